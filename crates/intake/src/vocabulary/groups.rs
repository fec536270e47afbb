//! Printed names of levels, and the order they are printed in: staff groups,
//! bands, sex, disability, age bands, yes and no for the programme.

use super::{ethnicity, missing, natural, tables, text};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

const NOT_STATED: &str = "Not stated";
const NOT_KNOWN: &str = "Not known";
const NOT_LINKED: &str = "Not linked";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    not_stated: Vec<String>,
    not_known: Vec<String>,
    not_linked: Vec<String>,
    dimension: BTreeMap<String, DimensionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionRow {
    label: String,
    comparator: Option<String>,
    /// What an answer beginning with yes, or with no, is.
    yes_no: Option<[String; 2]>,
    /// Each a printed name and its other spellings.
    #[serde(default)]
    levels: Vec<Vec<String>>,
}

const TOML: &str = include_str!("groups.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static ALIASES: LazyLock<HashMap<&'static str, HashMap<String, &'static str>>> =
    LazyLock::new(|| {
        let dimensions = TABLE.dimension.iter();
        dimensions
            .map(|(slug, row)| (slug.as_str(), row.aliases()))
            .collect()
    });
static APART: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    [
        (&TABLE.not_stated, NOT_STATED),
        (&TABLE.not_known, NOT_KNOWN),
        (&TABLE.not_linked, NOT_LINKED),
    ]
    .into_iter()
    .flat_map(|(spellings, name)| spellings.iter().map(move |s| (s.as_str(), name)))
    .collect()
});

impl DimensionRow {
    fn aliases(&'static self) -> HashMap<String, &'static str> {
        let mut out = HashMap::new();
        for spellings in &self.levels {
            for spelling in spellings {
                if let Some(printed) = spellings.first() {
                    out.insert(text::words(spelling), printed.as_str());
                }
            }
        }
        out
    }
}

/// Whether a printed name is one of a dimension's own list.
#[must_use]
pub fn is_listed(dimension: &str, level: &str) -> bool {
    let row = TABLE.dimension.get(dimension);
    row.is_some_and(|row| {
        let listed = row.levels.iter().filter_map(|spellings| spellings.first());
        let yes_no = row.yes_no.iter().flatten();
        listed.chain(yes_no).any(|name| name == level)
    })
}

/// Every spelling of a dimension's levels with the printed name.
pub(super) fn spellings(dimension: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = TABLE.dimension.get(dimension).into_iter();
    rows.flat_map(|row| &row.levels).flat_map(|names| {
        let printed = names.first().map_or("", String::as_str);
        names.iter().map(move |name| (name.as_str(), printed))
    })
}

/// The printed names that a dimension's own list has.
pub fn listed_names(dimension: &str) -> impl Iterator<Item = &'static str> {
    let row = TABLE.dimension.get(dimension);
    let levels = row.into_iter().flat_map(|row| &row.levels);
    levels.filter_map(|spellings| spellings.first().map(String::as_str))
}

/// The slugs of the built-in dimensions.
pub fn known() -> impl Iterator<Item = &'static str> {
    TABLE.dimension.keys().map(String::as_str)
}

/// Whether a dimension is one of the built-in ones.
#[must_use]
pub fn is_known(dimension: &str) -> bool {
    TABLE.dimension.contains_key(dimension)
}

/// The printed name of a level of a dimension: aliases resolved where the
/// dimension has a list, else the tidied text. A blank is `Not known`. An
/// ethnic label that is not recognised stays as written in
/// `ethnic_category`, and is `Not known` in the two that group.
#[must_use]
pub fn level(dimension: &str, text: &str) -> String {
    let tidied = text::tidy(text);
    if missing::is_missing(&tidied) {
        return NOT_KNOWN.to_owned();
    }
    let words = text::words(&tidied);
    if let Some(apart) = APART.get(words.as_str()) {
        return (*apart).to_owned();
    }
    let named = named(dimension, tidied);
    // What a part of a piped text says may be nothing: `|*`.
    if missing::is_missing(&named) {
        return NOT_KNOWN.to_owned();
    }
    let apart = APART.get(text::words(&named).as_str());
    apart.map_or(named, |apart| (*apart).to_owned())
}

/// The printed name of a text that is neither blank nor apart.
fn named(dimension: &str, tidied: String) -> String {
    match dimension {
        "ethnic_category" => ethnicity::read(&tidied).map_or(tidied, |e| e.category.to_owned()),
        "ethnic_group" => ethnicity::read(&tidied)
            .map_or(NOT_KNOWN, |e| e.group)
            .to_owned(),
        "ethnic_minority" => ethnicity::read(&tidied)
            .map_or(NOT_KNOWN, |e| e.minority)
            .to_owned(),
        "band" => band(&tidied),
        "age_band" => age_band_text(&tidied),
        "staff_group" => listed("staff_group", segment(&tidied, Segment::Group)),
        "profession" => listed("profession", segment(&tidied, Segment::Role)),
        _ => listed(dimension, &tidied),
    }
}

/// The printed name by the dimension's list, else the text.
fn listed(dimension: &str, tidied: &str) -> String {
    let words = text::words(tidied);
    let known = ALIASES
        .get(dimension)
        .and_then(|aliases| aliases.get(&words).copied());
    let begun = || {
        let [yes, no] = TABLE.dimension.get(dimension)?.yes_no.as_ref()?;
        match words.split(' ').next()? {
            "yes" => Some(yes.as_str()),
            "no" => Some(no.as_str()),
            _ => None,
        }
    };
    known.or_else(begun).unwrap_or(tidied).to_owned()
}

/// Which part of a piped job a text is wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Segment {
    Group,
    Role,
}

/// ESR joins parts with pipes: `Nursing and Midwifery Registered|Staff Nurse`
/// is group and role, `4362624|Community Nurse Band 5|N6H|` number and title.
fn segment(tidied: &str, wanted: Segment) -> &str {
    let parts: Vec<&str> = tidied.split('|').map(str::trim).collect();
    let part = match (parts.as_slice(), wanted) {
        ([_, role, ..], Segment::Role) => role,
        ([group, _, ..], Segment::Group) => group,
        _ => tidied,
    };
    if part.is_empty() { tidied } else { part }
}

/// `Band 5` of `5`, `AfC Band 05`, `NHS|XR05|Review Body Band 5`; `Band 8a`
/// keeps its letter. Anything else stays as written.
fn band(tidied: &str) -> String {
    let last = tidied
        .rsplit('|')
        .map(str::trim)
        .find(|part| !part.is_empty())
        .unwrap_or(tidied);
    let folded = text::words(last);
    let words: Vec<&str> = folded.split(' ').collect();
    let numbered = match words.as_slice() {
        [only] => only
            .strip_prefix("xr")
            .and_then(grade_code)
            .or_else(|| band_number(only.strip_prefix("band").unwrap_or(only))),
        [one, two] if *one != "band" => band_number(&format!("{one}{two}")),
        _ => words
            .iter()
            .position(|word| *word == "band")
            .and_then(|at| words.get(at + 1..))
            .and_then(|after| match after {
                [number, letter @ ("a" | "b" | "c" | "d"), ..]
                | [number, "range", letter @ ("a" | "b" | "c" | "d"), ..] => {
                    band_number(&format!("{number}{letter}"))
                }
                [number, ..] => band_number(number),
                [] => None,
            }),
    };
    numbered.unwrap_or_else(|| last.to_owned())
}

/// The grade codes of the Electronic Staff Record: `XR05` is Band 5. Those of
/// Band 8 and above have numbers of their own and are left as written.
fn grade_code(digits: &str) -> Option<String> {
    let below_8 = digits.len() == 2 && ("01"..="07").contains(&digits);
    below_8.then(|| band_number(digits)).flatten()
}

fn band_number(text: &str) -> Option<String> {
    let text = text.trim_start_matches('0');
    let mut chars = text.chars();
    let number = chars.next().filter(|c| ('1'..='9').contains(c))?;
    match (chars.next(), chars.next()) {
        (None, _) => Some(format!("Band {number}")),
        (Some(letter @ 'a'..='d'), None) if number == '8' => Some(format!("Band {number}{letter}")),
        _ => None,
    }
}

/// A band of ages as printed: `25-34` and `25 - 34 years` are `25 to 34`; an
/// age alone goes to its band. Bands of other makes keep their own limits.
fn age_band_text(tidied: &str) -> String {
    let folded = text::fold(tidied);
    let words = text::words(tidied);
    let numbers: Vec<u32> = words.split(' ').filter_map(|w| w.parse().ok()).collect();
    let has = |wanted: &[&str]| words.split(' ').any(|w| wanted.contains(&w));
    match numbers.as_slice() {
        [age] if words.split(' ').count() == 1 && !folded.contains(['+', '<', '>']) => {
            age_band(*age).to_owned()
        }
        [age] if has(&["under", "below", "younger"]) || folded.starts_with('<') => {
            format!("Under {age}")
        }
        [age] if has(&["over", "above", "older", "plus"]) || folded.ends_with('+') => {
            // "Over 55" may or may not hold those of 55; "55 and over" does.
            if words.starts_with("over") {
                tidied.to_owned()
            } else {
                format!("{age} and over")
            }
        }
        [from, to] if from < to && has_only_range_words(&words) => format!("{from} to {to}"),
        _ => tidied.to_owned(),
    }
}

fn has_only_range_words(words: &str) -> bool {
    let known = |w: &str| {
        w.parse::<u32>().is_ok()
            || [
                "to", "and", "years", "yrs", "year", "aged", "old", "between",
            ]
            .contains(&w)
    };
    words.split(' ').all(known)
}

/// Sorts levels of a dimension as they are printed: the dimension's own order
/// where it has one, else by natural order (Ward 2 before Ward 10), with
/// `Other`, `Not stated`, `Not known` and `Not linked` last in that order.
pub fn sort(dimension: &str, levels: &mut [String]) {
    let own = own_order(dimension);
    levels.sort_by(|a, b| {
        rank(&own, dimension, a)
            .cmp(&rank(&own, dimension, b))
            .then_with(|| natural::compare(a, b))
    });
}

fn own_order(dimension: &str) -> HashMap<&'static str, usize> {
    let names: Vec<&'static str> = if dimension == "ethnic_category" {
        ethnicity::categories().collect()
    } else {
        let rows = TABLE.dimension.get(dimension).into_iter();
        rows.flat_map(|row| row.levels.iter().filter_map(|names| names.first()))
            .map(String::as_str)
            .collect()
    };
    names.into_iter().zip(0..).collect()
}

/// First what a level is (listed, unlisted, other, apart), then its place.
fn rank(own: &HashMap<&'static str, usize>, dimension: &str, level: &str) -> (usize, usize) {
    match level {
        "Other" => (2, 0),
        NOT_STATED => (3, 0),
        NOT_KNOWN => (4, 0),
        NOT_LINKED => (5, 0),
        // Bands of ages go by their first age, whoever made them.
        _ if dimension == "age_band" => (0, first_age(level)),
        _ => own.get(level).map_or((1, 0), |place| (0, *place)),
    }
}

fn first_age(level: &str) -> usize {
    if level.starts_with("Under") {
        return 0;
    }
    let words = text::words(level);
    let number = words.split(' ').find_map(|w| w.parse().ok());
    number.unwrap_or(usize::MAX)
}

/// The printed name of a dimension: `Ethnic group`; of one that is not built
/// in, its slug as words.
#[must_use]
pub fn label(dimension: &str) -> String {
    if let Some(row) = TABLE.dimension.get(dimension) {
        return row.label.clone();
    }
    let words = dimension.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The level that others are compared with, where the field has one: `White`
/// for `ethnic_minority`.
#[must_use]
pub fn comparator(dimension: &str) -> Option<&'static str> {
    TABLE.dimension.get(dimension)?.comparator.as_deref()
}

/// An age in whole years to its band.
#[must_use]
pub fn age_band(years: u32) -> &'static str {
    match years {
        // Nobody of under 14 or over 100 works: a slip, or a code.
        0..=13 | 101.. => NOT_KNOWN,
        14..=24 => "Under 25",
        25..=34 => "25 to 34",
        35..=44 => "35 to 44",
        45..=54 => "45 to 54",
        55..=100 => "55 and over",
    }
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
