//! Where people went when they left, and what sort of destination that is.
//! Dashes, case and white space do not matter. A blank is `Unknown`, never
//! left out.

use super::grouped::{self, Grouped};
use super::tables;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What sort of destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Another post in the organisation.
    SameOrganisation,
    /// Elsewhere in the NHS.
    Nhs,
    /// Social care.
    SocialCare,
    /// Health care outside the NHS.
    OtherHealth,
    /// Work outside health and social care.
    OtherSector,
    /// Abroad.
    Abroad,
    /// Education or training.
    Education,
    /// No work: retired, not working, died.
    None,
    /// Not recorded, or not among the destinations.
    Unknown,
}

impl Sort {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::SameOrganisation,
        Self::Nhs,
        Self::SocialCare,
        Self::OtherHealth,
        Self::OtherSector,
        Self::Abroad,
        Self::Education,
        Self::None,
        Self::Unknown,
    ];

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

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::SameOrganisation => ("same_organisation", "Same organisation"),
            Self::Nhs => ("nhs", "NHS"),
            Self::SocialCare => ("social_care", "Social care"),
            Self::OtherHealth => ("other_health", "Other health care"),
            Self::OtherSector => ("other_sector", "Other sector"),
            Self::Abroad => ("abroad", "Abroad"),
            Self::Education => ("education", "Education or training"),
            Self::None => ("none", "Not working"),
            Self::Unknown => ("unknown", "Not known"),
        }
    }
}

/// A destination as recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The printed name.
    pub name: &'static str,
    /// What sort it is.
    pub sort: Sort,
}

const TOML: &str = include_str!("destinations.toml");
static TABLE: LazyLock<Grouped<Sort>> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<HashMap<String, Destination>> =
    LazyLock::new(|| TABLE.lookup(|name, sort| Destination { name, sort }));

/// Every spelling with its printed name.
pub(super) fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE
        .spellings()
        .map(|(spelling, name, _)| (spelling, name))
}

/// Reads a destination; nothing for words that are none. A blank is
/// `Unknown`.
#[must_use]
pub fn read(written: &str) -> Option<Destination> {
    grouped::read(&LOOKUP, written)
}

#[cfg(test)]
mod tests {
    use super::{LOOKUP, Sort, TABLE, TOML, read, spellings};
    use crate::vocabulary::grouped::Grouped;
    use crate::vocabulary::{tables, text};

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Grouped<Sort>>(TOML), None);
        assert_eq!(spellings().count(), LOOKUP.len(), "a spelling is of one");
        for sort in Sort::ALL {
            assert!(TABLE.lists().any(|(own, _)| own == sort));
        }
        for (_, names) in TABLE.lists() {
            assert!(names.iter().skip(1).all(|n| *n == text::words(n)));
        }
    }

    #[test]
    fn destinations_are_of_a_sort_and_a_blank_is_unknown() {
        for (written, slug) in [
            ("NHS Organisation", Some("nhs")),
            ("Abroad \u{2013} Non EU Country", Some("abroad")),
            ("private health/social care", Some("other_health")),
            ("Social Services", Some("social_care")),
            ("Education/Training", Some("education")),
            ("No Employment", Some("none")),
            ("Self-Employed", Some("other_sector")),
            ("", Some("unknown")),
            ("-", Some("unknown")),
            ("the moon", None),
        ] {
            assert_eq!(read(written).map(|d| d.sort.slug()), slug, "{written}");
        }
    }
}
