//! Text that stands for nothing being there.

use super::text::folded;

/// The placeholders of spreadsheets, statistical releases (`[c]`, `[x]` and
/// `[z]` are the shorthand of the Government Analysis Function), databases
/// and statistics packages. Numbers such as -99 or 999 are never here: they
/// are missing only where a study says so of a column.
const PLACEHOLDERS: [&str; 18] = [
    "-", "--", ".", "..", "...", "*", "[c]", "[x]", "[z]", "[low]", "[k]", "[w]", "[u]", "n/a",
    "na", "null", "(blank)", "#n/a",
];

/// Whether a text stands for a missing value in any column: blank, `-`, `..`,
/// `.`, `*`, `[c]`, `[x]`, `[z]`, `[low]`, `n/a`, `NA`, `NULL`, `(blank)`.
#[must_use]
pub fn is_missing(text: &str) -> bool {
    if has_more(text) {
        return false;
    }
    let folded = folded(text);
    folded.is_empty() || PLACEHOLDERS.contains(&&*folded)
}

/// Whether a text has more characters than any placeholder, which most have:
/// these need no folding. White space and marks that do not show aside.
fn has_more(text: &str) -> bool {
    const LONGEST: usize = 7;
    let shows = |c: &char| {
        let hidden = matches!(*c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
        !(hidden || c.is_whitespace() || c.is_control())
    };
    text.len() > LONGEST && text.chars().filter(shows).nth(LONGEST).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_missing;

    #[test]
    fn placeholders_are_missing() {
        for text in [
            "", " \u{a0}", "\u{feff}", "-", "\u{2013}", "\u{2014}", "..", ".", "*", "[c]", "[X]",
            "[z]", "[low]", "[w]", "N/A", "n/a ", "NA", "null", "(Blank)", "#N/A",
        ] {
            assert!(is_missing(text), "{text:?}");
        }
    }

    #[test]
    fn no_placeholder_is_longer_than_what_is_looked_up() {
        for text in super::PLACEHOLDERS {
            assert!(is_missing(&format!(
                " \u{200b}\u{a0}{}\u{a0} ",
                text.to_uppercase()
            )));
        }
        assert!(is_missing(&" ".repeat(40)));
        assert!(!is_missing("(blanked)"));
    }

    #[test]
    fn answers_and_codes_are_not_missing() {
        // Z is "not stated" and 99 "not known": answers, not gaps (trap T13).
        // 999 is missing only where a study says so (trap T11).
        for text in [
            "Z",
            "99",
            "999",
            "-99",
            "0",
            "No",
            "None",
            "Not stated",
            "X",
        ] {
            assert!(!is_missing(text), "{text:?}");
        }
    }
}
