//! The words that a page explains, and whether it does. Says nothing of
//! figures.

use super::phrases::language;
use crate::chart::text::escape;

/// Whether words of the page lead to their explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terms {
    /// The page has the section that explains them.
    Linked,
    /// It has not, so a link would lead nowhere.
    Plain,
}

/// Every word that is explained, as markup.
pub(super) fn glossary() -> String {
    let mut html = String::from("<dl id=\"glossary\">\n");
    for term in &language().term {
        html.push_str(&format!(
            "<div id=\"term-{}\">\n<dt>{}</dt>\n<dd>{}</dd>\n</div>\n",
            escape(&term.id),
            escape(&term.word),
            escape(&term.meaning)
        ));
    }
    html.push_str("</dl>\n");
    html
}
