//! A cell as a level of a dimension: what is printed, and the three levels
//! that stand for not having one.

use super::cells::is_missing;
use super::ethnicity;
use super::groups;
use super::text;
use crate::data::stage::Aside;
use crate::data::{Cell, Column};

/// The level of those of whom nothing is recorded.
pub const NOT_KNOWN: &str = "Not known";
/// The level of those who were asked and did not say.
pub const NOT_STATED: &str = "Not stated";
/// The level of answers that belong to nobody in the staff list.
pub const NOT_LINKED: &str = "Not linked";

/// The level of what only a few typed themselves.
pub const OTHER: &str = "Other";

/// Whether a level is one of the field's own words for a dimension, and so
/// nothing that a person made up.
#[must_use]
pub fn is_of_the_field(dimension: &str, level: &str) -> bool {
    match dimension {
        "ethnic_category" => ethnicity::categories().any(|c| c == level),
        "ethnic_group" | "ethnic_minority" | "age_band" | "programme" => true,
        _ => groups::is_listed(dimension, level),
    }
}

/// Whether a level says something: neither not known, not stated nor not
/// linked.
#[must_use]
pub fn is_known(level: &str) -> bool {
    ![NOT_KNOWN, NOT_STATED, NOT_LINKED].contains(&level)
}

/// The level that a cell stands for, as printed.
#[must_use]
pub fn read(dimension: &str, cell: &Cell) -> String {
    if is_missing(cell) || matches!(cell, Cell::Fault(_)) {
        return NOT_KNOWN.to_owned();
    }
    groups::level(dimension, &cell.text())
}

/// An ethnic category with its group and whether it is a minority.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ethnic {
    /// `Asian - Indian`, `Not stated`, `Not known`.
    pub category: String,
    /// One of five groups, `Not stated` or `Not known`.
    pub group: String,
    /// `White`, `Ethnic minority`, `Not stated` or `Not known`.
    pub minority: String,
}

/// One of the three that an ethnic category tells.
pub type EthnicPart = fn(&Ethnic) -> &String;

/// The three, by the slug of their dimension.
pub const ETHNIC_PARTS: [(&str, EthnicPart); 3] = [
    ("ethnic_category", |e| &e.category),
    ("ethnic_group", |e| &e.group),
    ("ethnic_minority", |e| &e.minority),
];

impl Ethnic {
    /// The same level in all three: not known, or not stated.
    #[must_use]
    pub fn all(level: &str) -> Self {
        Self {
            category: level.to_owned(),
            group: level.to_owned(),
            minority: level.to_owned(),
        }
    }

    /// From one of the five groups, where the category is not recorded.
    #[must_use]
    pub fn of_group(group: String) -> Self {
        let minority = match group.as_str() {
            "White" => "White",
            NOT_KNOWN => NOT_KNOWN,
            NOT_STATED => NOT_STATED,
            _ => "Ethnic minority",
        };
        Self {
            category: NOT_KNOWN.to_owned(),
            minority: minority.to_owned(),
            group,
        }
    }
}

/// Reads an ethnic category; nothing for a label of no scheme.
#[must_use]
pub fn ethnic(cell: &Cell) -> Option<Ethnic> {
    if is_missing(cell) {
        return Some(Ethnic::all(NOT_KNOWN));
    }
    let written = text::tidy(&cell.text());
    if let Some(found) = ethnicity::read(&written) {
        return Some(Ethnic {
            category: found.category.to_owned(),
            group: found.group.to_owned(),
            minority: found.minority.to_owned(),
        });
    }
    let level = groups::level("ethnic_category", &written);
    (!is_known(&level)).then(|| Ethnic::all(&level))
}

/// The ethnicity of each pool value of a column, not known for a label that
/// `read` knows nothing of; those labels are set aside.
#[must_use]
pub fn ethnicities(cells: &Column, read: impl Fn(&Cell) -> Option<Ethnic>) -> (Vec<Ethnic>, Aside) {
    let (mut aside, mut labels) = (Aside::default(), Vec::new());
    let pool = cells.pool.iter().zip(cells.counts());
    let found = pool.map(|(cell, count)| {
        let found = read(cell);
        if found.is_none() && count > 0 {
            aside.count += count;
            labels.push(cell.text().into_owned());
        }
        found.unwrap_or_else(|| Ethnic::all(NOT_KNOWN))
    });
    let found = found.collect();
    aside.value = Some(labels.join("; "));
    (found, aside)
}

/// Levels sorted for printing without repeats, and for each given level its
/// place among them.
#[must_use]
pub fn sorted(dimension: &str, given: &[String]) -> (Vec<String>, Vec<u32>) {
    let mut levels = given.to_vec();
    levels.sort();
    levels.dedup();
    groups::sort(dimension, &mut levels);
    let place: std::collections::HashMap<&str, u32> =
        levels.iter().map(String::as_str).zip(0..).collect();
    let places = given
        .iter()
        .map(|l| place.get(l.as_str()).copied().unwrap_or(0))
        .collect();
    (levels, places)
}

#[cfg(test)]
mod tests {
    use super::{Cell, Ethnic, NOT_KNOWN, NOT_STATED, ethnic, read, sorted};

    #[test]
    fn not_stated_is_not_not_known() {
        let level = |text: &str| read("site", &Cell::Text(text.into()));
        assert_eq!(level("Prefer not to say"), NOT_STATED);
        assert_eq!(level("(Unknown)"), NOT_KNOWN);
        assert_eq!(level(" "), NOT_KNOWN);
        assert_eq!(ethnic(&Cell::Empty), Some(Ethnic::all(NOT_KNOWN)));
        assert_eq!(ethnic(&Cell::Text("Martian".into())), None);
        assert_eq!(Ethnic::of_group("Black".into()).minority, "Ethnic minority");
    }

    #[test]
    fn each_given_level_knows_its_place() {
        let given = ["b", "a", "b"].map(String::from);
        let (levels, places) = sorted("site", &given);
        assert_eq!(levels, ["a", "b"]);
        assert_eq!(places, [1, 0, 1]);
    }
}
