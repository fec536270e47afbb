//! Where people went when they left, and what sort of destination that is.
//! Dashes, case and white space do not matter. A blank is `Unknown`, never
//! left out.

use super::{missing, tables, text};
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

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: Sort,
    destinations: Vec<Vec<String>>,
}

const TOML: &str = include_str!("destinations.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<HashMap<String, Destination>> = LazyLock::new(|| {
    let all = TABLE.group.iter().flat_map(|group| {
        let names = group.destinations.iter();
        names.map(|names| (group.name, names))
    });
    all.flat_map(|(sort, names)| {
        let name = names.first().map_or("", String::as_str);
        names
            .iter()
            .map(move |spelling| (text::words(spelling), Destination { name, sort }))
    })
    .collect()
});

/// Every spelling with its printed name.
pub(super) fn spellings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let names = TABLE.group.iter().flat_map(|group| &group.destinations);
    names.flat_map(|names| {
        let printed = names.first().map_or("", String::as_str);
        names.iter().map(move |name| (name.as_str(), printed))
    })
}

/// Reads a destination; nothing for words that are none. A blank is
/// `Unknown`.
#[must_use]
pub fn read(written: &str) -> Option<Destination> {
    if missing::is_missing(written) {
        return LOOKUP.get("unknown").copied();
    }
    LOOKUP.get(&text::words(written)).copied()
}

#[cfg(test)]
mod tests {
    use super::{LOOKUP, Sort, TABLE, TOML, Table, read, spellings};
    use crate::vocabulary::{tables, text};

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Table>(TOML), None);
        assert_eq!(spellings().count(), LOOKUP.len(), "a spelling is of one");
        for sort in Sort::ALL {
            assert!(TABLE.group.iter().any(|group| group.name == sort));
        }
        for names in TABLE.group.iter().flat_map(|group| &group.destinations) {
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
