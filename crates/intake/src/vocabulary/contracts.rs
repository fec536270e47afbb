//! What a post is by the words of its contract: substantive, bank, agency or
//! honorary. Guesses nothing of words that it does not know.

use super::phrase::has_any;
use super::{tables, text};
use crate::data::PostKind;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: Name,
    words: Vec<String>,
    holding: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Substantive,
    Bank,
    Agency,
    Honorary,
}

impl Name {
    fn kind(self) -> PostKind {
        match self {
            Self::Substantive => PostKind::Substantive,
            Self::Bank => PostKind::Bank,
            Self::Agency => PostKind::Agency,
            Self::Honorary => PostKind::Honorary,
        }
    }
}

const TOML: &str = include_str!("contracts.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<HashMap<&'static str, PostKind>> = LazyLock::new(|| {
    let kinds = TABLE.kind.iter();
    kinds
        .flat_map(|kind| kind.words.iter().map(|w| (w.as_str(), kind.name.kind())))
        .collect()
});

/// The kind of post that words stand for; nothing where they are not known.
#[must_use]
pub fn read(written: &str) -> Option<PostKind> {
    let words = text::words(written);
    LOOKUP.get(words.as_str()).copied().or_else(|| {
        let words: Vec<&str> = words.split(' ').collect();
        let mut kinds = TABLE.kind.iter();
        let kind = kinds.find(|kind| has_any(&words, &kind.holding))?;
        Some(kind.name.kind())
    })
}

/// Who works with a bank or an agency and is employed: `Bank office manager`.
const OF_AN_OFFICE: [&str; 17] = [
    "manager",
    "administrator",
    "admin",
    "administration",
    "coordinator",
    "officer",
    "office",
    "lead",
    "clerk",
    "booking",
    "bookings",
    "liaison",
    "partner",
    "supervisor",
    "service",
    "services",
    "director",
];

/// The kind of post that a job's name tells: bank or agency, where it begins
/// or ends with that (`Agency nurse`, `Care worker (bank)`); nothing for all
/// other jobs, for a blood bank, and for who runs the bank.
#[must_use]
pub fn of_job(written: &str) -> Option<PostKind> {
    let words = text::words(written);
    let words: Vec<&str> = words.split(' ').collect();
    let kind = |word: &str| match word {
        "agency" => Some(PostKind::Agency),
        "bank" => Some(PostKind::Bank),
        _ => None,
    };
    if words.iter().any(|word| OF_AN_OFFICE.contains(word)) {
        return None;
    }
    let (first, last) = (words.first()?, words.last()?);
    // `Blood bank` ends with it too; a mark before it tells a remark.
    let remark = || {
        let marks = ['(', '[', '-', '\u{2013}', ',', '/', ':'];
        let (_, behind) = written.rsplit_once(marks)?;
        let alone = text::words(behind) == *last;
        kind(last).filter(|_| alone)
    };
    kind(first).or_else(remark)
}

#[cfg(test)]
mod tests {
    use super::{LOOKUP, TABLE, TOML, Table, of_job, read};
    use crate::data::PostKind;
    use crate::vocabulary::{tables, text};

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Table>(TOML), None);
        let words = || TABLE.kind.iter().flat_map(|kind| &kind.words);
        assert!(words().all(|word| *word == text::words(word)));
        assert_eq!(words().count(), LOOKUP.len(), "a word is of one kind");
    }

    #[test]
    fn contracts_are_of_a_kind_and_other_words_are_none() {
        for (written, kind) in [
            ("Permanent", Some(PostKind::Substantive)),
            ("Fixed Term Temp", Some(PostKind::Substantive)),
            ("Locum", Some(PostKind::Substantive)),
            ("BANK", Some(PostKind::Bank)),
            ("Pool/Bank", Some(PostKind::Bank)),
            ("Bank - Band 5", Some(PostKind::Bank)),
            ("Permanent (also on bank)", Some(PostKind::Substantive)),
            ("Agency worker", Some(PostKind::Agency)),
            ("Honorary contract", Some(PostKind::Honorary)),
            ("Non-Exec Director/Chair", Some(PostKind::Honorary)),
            ("Banker", None),
            ("", None),
        ] {
            assert_eq!(read(written), kind, "{written}");
        }
    }

    #[test]
    fn a_job_tells_bank_and_agency_only_where_it_is_plain() {
        for (written, kind) in [
            ("Agency nurse", Some(PostKind::Agency)),
            ("Care worker (agency)", Some(PostKind::Agency)),
            ("Bank Healthcare Assistant", Some(PostKind::Bank)),
            ("Staff nurse - Bank", Some(PostKind::Bank)),
            ("Blood Bank", None),
            ("Blood Bank Assistant", None),
            ("Bank Office Manager", None),
            ("Agency Liaison Officer", None),
            ("Care worker", None),
            ("", None),
        ] {
            assert_eq!(of_job(written), kind, "{written}");
        }
    }
}
