//! Ethnic categories: NHS 2001 codes (16+1) and the 19 of the 2021 census,
//! their five groups, and White or ethnic minority. Z (not stated) is not 99
//! (not known). The scheme is named, as Chinese moves between them: the five
//! groups are those of 2021, so Chinese is Asian even where it was coded R or
//! written under "Other Ethnic Groups" as in 2001.

use super::{missing, tables, text};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The scheme of the five groups, as printed beside figures.
pub const SCHEME: &str = "2021 census groups: Chinese is counted as Asian";

/// Asked, and declined to say.
const NOT_STATED: Ethnicity = Ethnicity {
    category: "Not stated",
    group: "Not stated",
    minority: "Not stated",
};

/// Not asked, or not recorded.
const NOT_KNOWN: Ethnicity = Ethnicity {
    category: "Not known",
    group: "Not known",
    minority: "Not known",
};

/// An ethnic category as recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ethnicity {
    /// The category's printed name: `Asian - Indian`, `Not stated`. Where only
    /// a group was given, the group's name: `Asian`.
    pub category: &'static str,
    /// One of the five groups, or `Not stated` or `Not known`.
    pub group: &'static str,
    /// `White`, `Ethnic minority`, `Not stated` or `Not known`.
    pub minority: &'static str,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    group: Vec<GroupRow>,
    category: Vec<CategoryRow>,
    unstated: Apart,
    unknown: Apart,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    name: String,
    category: Option<String>,
    minority: String,
    prefixes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryRow {
    name: String,
    group: String,
    #[serde(default)]
    codes: Vec<String>,
    labels: Vec<String>,
    #[serde(default)]
    after_prefix: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    codes: Vec<String>,
    labels: Vec<String>,
}

const TOML: &str = include_str!("ethnicity.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(&TABLE));

/// The table, made ready to look up in.
#[derive(Default)]
struct Lookup {
    codes: HashMap<&'static str, Ethnicity>,
    labels: HashMap<String, Ethnicity>,
    /// By group and what stands behind its name.
    after_prefix: HashMap<(&'static str, String), Ethnicity>,
}

impl Lookup {
    fn new(table: &'static Table) -> Self {
        let mut lookup = Self::default();
        for row in &table.group {
            let ethnicity = Ethnicity {
                category: row.category.as_deref().unwrap_or(&row.name),
                group: &row.name,
                minority: &row.minority,
            };
            for prefix in &row.prefixes {
                lookup.labels.insert(prefix.clone(), ethnicity.clone());
            }
        }
        for row in &table.category {
            lookup.add_category(table, row);
        }
        for (apart, ethnicity) in [(&table.unstated, NOT_STATED), (&table.unknown, NOT_KNOWN)] {
            for code in &apart.codes {
                lookup.codes.insert(code, ethnicity.clone());
            }
            for label in &apart.labels {
                lookup.labels.insert(label.clone(), ethnicity.clone());
            }
        }
        lookup
    }

    fn add_category(&mut self, table: &'static Table, row: &'static CategoryRow) {
        let minority = table
            .group
            .iter()
            .find(|group| group.name == row.group)
            .map_or("Not known", |group| &group.minority);
        let ethnicity = Ethnicity {
            category: &row.name,
            group: &row.group,
            minority,
        };
        for code in &row.codes {
            self.codes.insert(code, ethnicity.clone());
        }
        for label in &row.labels {
            self.labels.insert(label.clone(), ethnicity.clone());
        }
        for rest in row.labels.iter().chain(&row.after_prefix) {
            self.after_prefix
                .insert((&row.group, rest.clone()), ethnicity.clone());
        }
    }
}

/// Whose five groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// The NHS list of 2001: Chinese is under Other Ethnic Groups.
    Nhs2001,
    /// The census of 2021: Chinese is Asian.
    Census2021,
}

impl Scheme {
    /// The scheme as printed beside figures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nhs2001 => "NHS 2001 groups: Chinese is counted under Other",
            Self::Census2021 => SCHEME,
        }
    }

    /// The group of a category in this scheme: one of five, `Not stated` or
    /// `Not known`.
    #[must_use]
    pub fn group(self, ethnicity: &Ethnicity) -> &'static str {
        match self {
            Self::Nhs2001 if ethnicity.category == CHINESE => "Other",
            _ => ethnicity.group,
        }
    }
}

/// The one category that moves between the schemes.
const CHINESE: &str = "Asian - Chinese";

/// Every label with its category's printed name.
pub(super) fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.category.iter().flat_map(|row| {
        let printed = row.name.as_str();
        let labels = row.labels.iter().map(String::as_str);
        labels.chain([printed]).map(move |label| (label, printed))
    })
}

/// The printed names of all categories in the scheme's order.
pub fn categories() -> impl Iterator<Item = &'static str> {
    TABLE.category.iter().map(|row| row.name.as_str())
}

/// Reads a code (`A`, `CA`, `Z`, `99`), a label of either scheme, or both
/// together (`CA White English`, `A - White British`).
#[must_use]
pub fn read(text: &str) -> Option<Ethnicity> {
    if missing::is_missing(text) {
        return None;
    }
    let tidied = text::tidy(text);
    if let Some(ethnicity) = code(&tidied, Alone::Yes) {
        return Some(ethnicity);
    }
    if let Some(ethnicity) = label(&text::words(&tidied)) {
        return Some(ethnicity);
    }
    let (first, rest) = tidied.split_once([' ', '-', ':', '.', '='])?;
    let by_code = code(first, Alone::No)?;
    let rest = text::words(rest);
    match label(&rest) {
        // "CA White English": of a local code the national letter decides
        // within its group, whatever its wording would be by itself.
        Some(by_label) => (by_label.category == by_code.category
            || is_local(first) && by_label.group == by_code.group)
            .then_some(by_code),
        // "CP White Polish": a local code with a local wording; the national
        // letter decides. One letter before other words is an article.
        None => (is_local(first) && !rest.is_empty()).then_some(by_code),
    }
}

/// Two characters: a national letter and a local one. In capitals only, as
/// "me" is a word.
fn is_local(code: &str) -> bool {
    let mut chars = code.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars
            .next()
            .is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && chars.next().is_none()
        && code != "NO"
}

/// Whether a code is all there is in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    Yes,
    No,
}

fn code(text: &str, alone: Alone) -> Option<Ethnicity> {
    let upper = text.to_uppercase();
    let written_as_code = text == upper;
    if (written_as_code || alone == Alone::Yes)
        && let Some(ethnicity) = LOOKUP.codes.get(upper.as_str())
    {
        return Some(ethnicity.clone());
    }
    let national = text.get(..1).filter(|_| is_local(text))?;
    LOOKUP.codes.get(national).cloned()
}

fn label(words: &str) -> Option<Ethnicity> {
    if let Some(ethnicity) = LOOKUP.labels.get(words) {
        return Some(ethnicity.clone());
    }
    TABLE
        .group
        .iter()
        .flat_map(|group| group.prefixes.iter().map(move |prefix| (group, prefix)))
        .find_map(|(group, prefix)| {
            let rest = words.strip_prefix(prefix.as_str())?.strip_prefix(' ')?;
            LOOKUP
                .after_prefix
                .get(&(group.name.as_str(), rest.to_owned()))
                .cloned()
        })
}

#[cfg(test)]
#[path = "ethnicity_tests.rs"]
mod tests;
