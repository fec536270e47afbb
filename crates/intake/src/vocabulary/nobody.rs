//! Words that stand where an identifier should and name nobody: `agency`,
//! `TBC`, `0000`. Ten rows of them are not one person. Knows no person's name.

use super::text;
use crate::data::Cell;

/// What such a word says of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nobody {
    /// Somebody who is not the organisation's own: agency, bank, locum.
    Outside,
    /// A number that is yet to come or stands elsewhere: `TBC`, `see notes`.
    Awaited,
    /// A number that is not known: `unknown`, `none`.
    NotKnown,
    /// Figures or marks that fill the cell: `0000`, `xxx`, `???`.
    Filler,
}

impl Nobody {
    /// As said in a finding.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Outside => "agency, bank, locum or the like",
            Self::Awaited => "a word for a number to come or found elsewhere (TBC, see notes)",
            Self::NotKnown => "a word for not known (unknown, none)",
            Self::Filler => "zeros or marks",
        }
    }
}

/// Words of which one makes a text without figures name nobody.
const OUTSIDE: [&str; 10] = [
    "agency",
    "bank",
    "locum",
    "locums",
    "temp",
    "temps",
    "temporary",
    "casual",
    "contractor",
    "volunteer",
];

const AWAITED: [&str; 18] = [
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "to follow",
    "pending",
    "awaiting",
    "awaited",
    "awaiting number",
    "not yet",
    "not yet issued",
    "new",
    "new starter",
    "new start",
    "see note",
    "see notes",
    "see below",
    "as above",
];

const NOT_KNOWN: [&str; 18] = [
    "unknown",
    "not known",
    "notknown",
    "n k",
    "nk",
    "none",
    "nil",
    "no number",
    "not applicable",
    "notapplicable",
    "not available",
    "not given",
    "not stated",
    "not recorded",
    "missing",
    "anonymous",
    "test",
    "vacant",
];

/// What a cell says that stands where an identifier should and names nobody;
/// nothing for identifiers, and for cells that hold nothing.
#[must_use]
pub fn read(cell: &Cell) -> Option<Nobody> {
    let written = match cell {
        Cell::Number(n) => return (*n == 0.0).then_some(Nobody::Filler),
        Cell::Text(written) => written,
        _ => return None,
    };
    if written.chars().any(|c| matches!(c, '1'..='9')) || super::missing::is_missing(written) {
        return None;
    }
    let words = text::words(written);
    let run = |of: char| words.chars().all(|c| c == of || c == ' ');
    if run('0') || words.len() > 1 && run('x') {
        // Marks alone leave no words.
        return Some(Nobody::Filler);
    }
    if words.split(' ').any(|word| OUTSIDE.contains(&word)) {
        Some(Nobody::Outside)
    } else if AWAITED.contains(&words.as_str()) {
        Some(Nobody::Awaited)
    } else {
        let known = NOT_KNOWN.contains(&words.as_str());
        known.then_some(Nobody::NotKnown)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Nobody, read};

    #[test]
    fn words_that_name_nobody_are_of_a_kind() {
        let kind = |text: &str| read(&Cell::Text(text.into()));
        for text in [
            "agency",
            "Agency nurse",
            "BANK",
            "Locum",
            "Temp.",
            "temporary",
        ] {
            assert_eq!(kind(text), Some(Nobody::Outside), "{text}");
        }
        for text in ["TBC", "t.b.a", "see notes", "To follow", "new starter"] {
            let expected = (text != "t.b.a").then_some(Nobody::Awaited);
            assert_eq!(kind(text), expected, "{text}");
        }
        for text in ["unknown", "Not known", "None", "N/K", "Not applicable"] {
            assert_eq!(kind(text), Some(Nobody::NotKnown), "{text}");
        }
        for text in ["0000", "xxx", "X X X", "???", "----", "0"] {
            let expected = (!super::super::missing::is_missing(text)).then_some(Nobody::Filler);
            assert_eq!(kind(text), expected, "{text}");
        }
        assert_eq!(read(&Cell::Number(0.0)), Some(Nobody::Filler));
    }

    #[test]
    fn identifiers_and_blanks_are_no_such_word() {
        for text in [
            "A0123",
            "SMITHJ",
            "x",
            "Banks",
            "agency 14",
            "",
            "-",
            "n/a",
            "bank01",
        ] {
            assert_eq!(read(&Cell::Text(text.into())), None, "{text}");
        }
        assert_eq!(read(&Cell::Number(7.0)), None);
    }
}
