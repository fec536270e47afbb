//! Headline cards, and a figure as a sentence.

use crate::chart::figure::{count, interval, why_not};
use crate::chart::text::escape;
use crate::report::phrases::{self, language};
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::strength;
use crate::report::terms::Terms;
use crate::report::words::{self, Sentence, base_and_dates, plainly};
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;

/// A card: label, figure in plain words, interval, what changed, and small:
/// base and dates, definition, claim. Nothing where there is no such figure.
pub(super) fn headline(shelf: Shelf<'_>, request: &Request) -> Option<String> {
    let rows = shelf.everyone(request);
    let spoken = language().metric.get(request.metric());
    let label = spoken.map_or_else(|| shelf.label(request.metric()), |m| m.card.clone());
    let row = rows.first()?;
    let mut card = format!(
        "<article class=\"card\">\n<h3>{}</h3>\n<p class=\"big\">{}</p>\n",
        escape(&label),
        escape(&words::capital(&plainly(row)))
    );
    let exact = exactly(row);
    if !exact.is_empty() {
        card.push_str(&format!("<p class=\"exact\">{}</p>\n", escape(&exact)));
    }
    if let Some((class, words)) = changed(shelf, request) {
        card.push_str(&format!(
            "<p class=\"change{class}\">{}</p>\n",
            escape(&words)
        ));
    }
    let metric = shelf.metric(request.metric());
    let due = row.not_yet_due().filter(|n| *n > 0);
    let due = due.map(|n| phrases::NOT_YET_DUE.say([&count(n)]));
    let about = [Some(base_and_dates(row, metric)), due];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
    card.push_str(&format!(
        "<p class=\"base\">{}</p>\n<p class=\"source\">{}</p>\n</article>\n",
        escape(&words::capital(&about)),
        super::frame::source(row, Terms::Plain)
    ));
    Some(card)
}

/// The figure with its interval, or the interval alone where the figure is
/// told already, or why there is none.
fn exactly(row: &Released) -> String {
    if row.status() != Status::Shown {
        return why_not(row);
    }
    let exact = words::with_interval(row);
    if exact.starts_with(&plainly(row)) {
        interval(row).unwrap_or_default()
    } else {
        exact
    }
}

/// What changed since the latest earlier figure, and the class of its words.
fn changed(shelf: Shelf<'_>, request: &Request) -> Option<(&'static str, String)> {
    let change = shelf.change(request)?;
    let line = strength::change_line(change, shelf.before(change))?;
    let class = match strength::better(change).filter(|_| strength::is_real(change)) {
        Some(true) => " better",
        Some(false) => " worse",
        None => "",
    };
    Some((class, line))
}

/// One figure as a sentence.
pub(super) fn sentence(shelf: Shelf<'_>, request: &Request) -> Sentence {
    match shelf.everyone(request).first() {
        Some(row) => words::sentence(row, shelf.metric(request.metric())),
        None => Sentence {
            first: String::new(),
            rest: shelf.why_missing(request),
            claims: Vec::new(),
        },
    }
}
