//! Why people left: the reasons of the Electronic Staff Record and of the
//! adult social care workforce data set, and what sort of leaving each is.
//! Dashes, case and white space do not matter. A blank is `Unknown`, never
//! left out.

use super::grouped::{self, Grouped};
use super::tables;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What sort of leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The person chose to.
    Voluntary,
    /// The employer ended it.
    Involuntary,
    /// Retired.
    Retirement,
    /// A fixed term ended.
    ContractEnd,
    /// A record closed for reasons of administration: transfer, merger.
    Administrative,
    /// Died in service.
    Death,
    /// Went on a break, where the rules have a break as leaving; no list has
    /// it as a reason.
    Break,
    /// Not recorded, or not among the reasons.
    Unknown,
    /// Moved inside the organisation: not left.
    InternalMove,
}

impl Sort {
    /// The slug.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.words().0
    }

    /// As printed.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// Whether the person left the organisation.
    #[must_use]
    pub fn is_leaving(self) -> bool {
        self != Self::InternalMove
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Voluntary => ("voluntary", "Voluntary"),
            Self::Involuntary => ("involuntary", "Involuntary"),
            Self::Retirement => ("retirement", "Retirement"),
            Self::ContractEnd => ("contract_end", "End of contract"),
            Self::Administrative => ("administrative", "Administrative"),
            Self::Death => ("death", "Death in service"),
            Self::Break => ("break", "On a break"),
            Self::Unknown => ("unknown", "Not known"),
            Self::InternalMove => ("internal_move", "Moved inside the organisation"),
        }
    }
}

/// A leaving reason as recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The printed name.
    pub name: &'static str,
    /// What sort of leaving it is.
    pub sort: Sort,
}

impl Reason {
    /// Whether the work went to another employer and the person with it
    /// (TUPE).
    #[must_use]
    pub fn is_transfer(&self) -> bool {
        self.name == "Employee Transfer"
    }
}

const TOML: &str = include_str!("leaving_reasons.toml");
static TABLE: LazyLock<Grouped<Sort>> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<HashMap<String, Reason>> =
    LazyLock::new(|| TABLE.lookup(|name, sort| Reason { name, sort }));

/// Every spelling with its printed name.
pub(super) fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE
        .spellings()
        .map(|(spelling, name, _)| (spelling, name))
}

/// The printed names, by sort of leaving.
pub fn names() -> impl Iterator<Item = &'static str> {
    let lists = TABLE.lists();
    lists
        .filter_map(|(_, names)| names.first())
        .map(String::as_str)
}

/// Reads a reason; nothing for words that are none. A blank is `Unknown`.
#[must_use]
pub fn read(text: &str) -> Option<Reason> {
    grouped::read(&LOOKUP, text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{LOOKUP, Sort, TABLE, TOML, names, read, spellings};
    use crate::vocabulary::grouped::Grouped;
    use crate::vocabulary::{tables, text};

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Grouped<Sort>>(TOML), None);
        // 39 of the Electronic Staff Record and 9 of adult social care, of which
        // "not known" is the same.
        assert_eq!(names().count(), 47);
        assert_eq!(spellings().count(), LOOKUP.len(), "a spelling is of one");
        for spelling in TABLE.lists().flat_map(|(_, names)| names.iter().skip(1)) {
            assert_eq!(*spelling, text::words(spelling));
        }
        for name in names() {
            assert_eq!(read(name).unwrap().name, name);
        }
    }

    #[test]
    fn dashes_and_case_do_not_matter() {
        let capability = read("DISMISSAL \u{2013} Capability ").unwrap();
        assert_eq!(capability.name, "Dismissal - Capability");
        assert_eq!(capability.sort, Sort::Involuntary);
        let of = |text: &str| read(text).map(|r| r.sort);
        assert_eq!(
            of("Voluntary Resignation \u{2014} Work Life Balance"),
            Some(Sort::Voluntary)
        );
        assert_eq!(of("Retirement Age"), Some(Sort::Retirement));
        assert_eq!(
            of("End of Fixed Term Contract - Other"),
            Some(Sort::ContractEnd)
        );
        assert_eq!(of("Employee Transfer"), Some(Sort::Administrative));
        assert!(read("TUPE").unwrap().is_transfer());
        assert!(!read("Has Not Worked").unwrap().is_transfer());
        assert_eq!(of("Death in Service"), Some(Sort::Death));
        assert_eq!(of("went home"), None);
    }

    #[test]
    fn t33_an_unknown_reason_is_kept_and_t10_a_move_inside_is_no_leaving() {
        for text in ["", "-", "Unknown", "Not known"] {
            assert_eq!(read(text).map(|r| r.sort), Some(Sort::Unknown), "{text}");
        }
        let moved = read("Moved to a different role in this organisation").unwrap();
        assert!(!moved.sort.is_leaving());
        assert!(
            read("Moved to the health sector")
                .unwrap()
                .sort
                .is_leaving()
        );
        assert_eq!(moved.sort.slug(), "internal_move");
    }
}
