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

#[cfg(test)]
mod tests {
    use super::{LOOKUP, TABLE, TOML, Table, read};
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
}
