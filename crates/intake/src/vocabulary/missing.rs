//! Text that stands for nothing being there.

use super::text::fold;

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
    let folded = fold(text);
    folded.is_empty() || PLACEHOLDERS.contains(&folded.as_str())
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
