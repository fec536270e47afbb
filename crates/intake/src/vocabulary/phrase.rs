//! Patterns over the words of a question: lists of phrases of which some must
//! and some must not occur. No regular expressions, so that a table can be
//! read and widened by anyone.

use serde::Deserialize;

/// A phrase: words in a row; a word ending in `*` stands for every word that
/// begins so.
pub(super) type Phrase = String;

/// A pattern: one phrase at least of every list in `all`, none of `none`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pattern {
    /// Lists of phrases; each list is an any-of.
    #[serde(default)]
    pub(super) all: Vec<Vec<Phrase>>,
    /// Phrases that rule the pattern out.
    #[serde(default)]
    pub(super) none: Vec<Phrase>,
    /// Whether agreeing is unfavourable in this wording, where it differs
    /// from the item's own direction.
    #[serde(default)]
    pub(super) reversed: Option<bool>,
}

impl Pattern {
    /// Whether a text, as `text::words` writes it, fits. A pattern that asks
    /// for nothing fits nothing.
    pub(super) fn fits(&self, words: &[&str]) -> bool {
        !self.all.is_empty()
            && self.all.iter().all(|any| has_any(words, any))
            && !has_any(words, &self.none)
    }
}

/// Whether one phrase at least occurs among the words.
pub(super) fn has_any(words: &[&str], phrases: &[Phrase]) -> bool {
    phrases.iter().any(|phrase| has(words, phrase))
}

/// Whether a phrase occurs among the words.
pub(super) fn has(words: &[&str], phrase: &str) -> bool {
    position(words, phrase).is_some()
}

/// Where a phrase first occurs, and how many words it has.
pub(super) fn position(words: &[&str], phrase: &str) -> Option<(usize, usize)> {
    let wanted: Vec<&str> = phrase.split(' ').filter(|w| !w.is_empty()).collect();
    if wanted.is_empty() {
        return None;
    }
    words
        .windows(wanted.len())
        .position(|window| {
            window
                .iter()
                .zip(&wanted)
                .all(|(word, want)| same(word, want))
        })
        .map(|at| (at, wanted.len()))
}

fn same(word: &str, want: &str) -> bool {
    want.strip_suffix('*')
        .map_or(word == want, |stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, has, position};

    #[test]
    fn phrases_are_whole_words() {
        let words = ["i", "often", "think", "about", "leaving"];
        assert!(has(&words, "think about"));
        assert!(has(&words, "leav*"));
        assert!(!has(&words, "leave"));
        assert!(!has(&words, "about think"));
        assert!(!has(&words, ""));
        assert!(!has(&[], "leave"));
        assert_eq!(position(&words, "about leaving"), Some((3, 2)));
    }

    #[test]
    fn an_empty_pattern_fits_nothing() {
        assert!(!Pattern::default().fits(&["stay"]));
    }
}
