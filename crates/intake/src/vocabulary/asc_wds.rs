//! The codes of ASC-WDS bulk upload files, and the lists that stand side by
//! side in two of their cells. Reads no file.

use super::tables;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the codes of a column mean.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Codes with their labels.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// What stands for no value in this column.
    #[serde(default)]
    pub missing: Vec<String>,
}

const TOML: &str = include_str!("asc_wds.toml");
static TABLE: LazyLock<BTreeMap<String, Codes>> = LazyLock::new(|| tables::parse(TOML));

/// The codes of a column by its header, where the list is known.
#[must_use]
pub fn codes(header: &str) -> Option<&'static Codes> {
    TABLE.get(header)
}

/// What two cells say that list one thing each by job role, as `16;8` and
/// `3;10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parallel {
    /// Nothing is said, or a single 999: not known for any of them.
    NotKnown,
    /// A single 0: none for any of them.
    Nought,
    /// By entry of the first list its number; nothing where that is 999 or no
    /// number.
    Each(Vec<(String, Option<u32>)>),
    /// Lists of different length: which number belongs to which entry cannot
    /// be told.
    Unequal {
        /// Entries of the first list.
        entries: usize,
        /// Numbers of the second.
        numbers: usize,
    },
}

impl Parallel {
    /// The sum of the numbers that are known; 999 is not one of them.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        match self {
            Self::NotKnown | Self::Unequal { .. } => None,
            Self::Nought => Some(0),
            Self::Each(each) => {
                let known: Vec<u64> = each.iter().filter_map(|(_, n)| n.map(u64::from)).collect();
                (!known.is_empty()).then(|| known.iter().sum())
            }
        }
    }
}

/// Reads two cells side by side. 999 stands for not known, alone or in the
/// list.
#[must_use]
pub fn parallel(entries: &str, numbers: &str) -> Parallel {
    const NOT_KNOWN: &str = "999";
    let list = |text: &str| -> Vec<String> {
        let text = text.trim().trim_end_matches(';');
        if text.is_empty() {
            return Vec::new();
        }
        text.split(';').map(|part| part.trim().to_owned()).collect()
    };
    let (entries, numbers) = (list(entries), list(numbers));
    match numbers.as_slice() {
        [] => return Parallel::NotKnown,
        [only] if only == NOT_KNOWN => return Parallel::NotKnown,
        [only] if only == "0" => return Parallel::Nought,
        _ => {}
    }
    if entries.len() != numbers.len() {
        return Parallel::Unequal {
            entries: entries.len(),
            numbers: numbers.len(),
        };
    }
    let number = |text: &String| text.parse().ok().filter(|_| text != NOT_KNOWN);
    let each = entries
        .into_iter()
        .zip(&numbers)
        .map(|(entry, n)| (entry, number(n)));
    Parallel::Each(each.collect())
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::{Codes, Parallel, TOML, codes, parallel};
    use std::collections::BTreeMap;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<BTreeMap<String, Codes>>(TOML), None);
        let roles = codes("MAINJOBROLE").map(|c| c.labels.len());
        assert_eq!(roles, Some(31));
    }

    #[test]
    fn t11_999_is_not_known_and_in_no_total() {
        assert_eq!(parallel("34;8;4", "999"), Parallel::NotKnown);
        assert_eq!(parallel("34;8;4", "999").total(), None);
        assert_eq!(parallel("34;8;4", "999;0;2").total(), Some(2));
        assert_eq!(parallel("34;8;4", "999;999;999").total(), None);
        assert_eq!(parallel("34;8;4", "0").total(), Some(0));
        assert_eq!(parallel("16;8", "3;10").total(), Some(13));
    }

    #[test]
    fn t12_lists_of_unequal_length_give_no_number() {
        let found = parallel("34;8;4", "999;333");
        let unequal = Parallel::Unequal {
            entries: 3,
            numbers: 2,
        };
        assert_eq!(found, unequal);
        assert_eq!(found.total(), None);
        assert_eq!(parallel("16", "3;").total(), Some(3));
    }
}
