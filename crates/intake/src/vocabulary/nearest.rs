//! The nearest known label to one that is not known, to be offered in a
//! finding. Never takes it in its stead.

use super::{destinations, ethnicity, groups, leaving_reasons, text};

/// How alike two labels must be, from 0 to 1.
const ALIKE: f64 = 0.7;

/// The known level of a dimension (or reason for leaving, for
/// `leaving_reason`, where they went for `destination`) that is written most
/// like a text; nothing where none is much like it.
#[must_use]
pub fn nearest(dimension: &str, text: &str) -> Option<&'static str> {
    let wanted = text::words(text);
    // Of a letter or two anything is near.
    if wanted.chars().count() < 4 {
        return None;
    }
    let spellings: Vec<(&'static str, &'static str)> = match dimension {
        "leaving_reason" => leaving_reasons::spellings().collect(),
        "destination" => destinations::spellings().collect(),
        "ethnic_category" | "ethnic_group" | "ethnic_minority" => ethnicity::spellings().collect(),
        _ => groups::spellings(dimension).collect(),
    };
    let mut best: Option<(f64, &'static str)> = None;
    for (spelling, printed) in spellings {
        let like = strsim::normalized_damerau_levenshtein(&wanted, &text::words(spelling));
        if like >= ALIKE && best.is_none_or(|(most, _)| like > most) {
            best = Some((like, printed));
        }
    }
    best.map(|(_, printed)| printed)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_offered_the_right_word_and_nonsense_nothing() {
        for (dimension, text, near) in [
            (
                "staff_group",
                "Alied Health Proffesionals",
                Some("Allied Health Professionals"),
            ),
            (
                "staff_group",
                "Nursing & Midwifry Registered",
                Some("Nursing and Midwifery Registered"),
            ),
            ("ethnic_category", "Pakistany", Some("Asian - Pakistani")),
            ("ethnic_group", "White Britsh", Some("White - British")),
            (
                "leaving_reason",
                "Dismisal - Capabilty",
                Some("Dismissal - Capability"),
            ),
            ("sex", "Femal", Some("Female")),
            ("staff_group", "Ward 7", None),
            ("sex", "x", None),
            ("no_such", "Female", None),
        ] {
            assert_eq!(nearest(dimension, text), near, "{text}");
        }
    }
}
