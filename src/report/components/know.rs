//! What to know: the few sentences that the figures bear, the strongest first,
//! and last what they cannot tell.

use super::Page;
use crate::chart::figure::{HIDDEN, shorthand};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::strength::{by_words, change_sentence, difference_sentence, is_real, undecided};
use crate::report::words::{self, Sentence};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Status};

/// The most sentences before the last.
const MOST: usize = 4;

/// At most five sentences: groups that differ, figures that rose or fell, and
/// where there is room the figures themselves; the last what we cannot tell.
pub(super) fn findings(page: &Page<'_>, request: &Request) -> String {
    let shelf = page.shelf;
    let mut told = real(shelf, request);
    // What a card says is not said again.
    let plain = request.metrics.iter();
    for metric in plain.filter(|metric| !page.cards.contains(metric)) {
        let one = request.one(metric, &[]);
        let row = shelf.everyone(&one).into_iter().next();
        // What is missing is said where its section is.
        told.extend(
            row.filter(|row| row.status() == Status::Shown)
                .map(|row| words::sentence(row, shelf.metric(metric))),
        );
    }
    told.truncate(MOST);
    let last = open(shelf, request);
    // What a card has said is missing is not said again.
    if !last.first.is_empty() || !page.has_missed(request) {
        told.push(last);
    }
    if told.is_empty() {
        return String::new();
    }
    let items: String = told
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", super::told(sentence)))
        .collect();
    format!("<ul class=\"read\">\n{items}</ul>\n")
}

/// Sentences on every comparison that is real, the least likely by chance
/// first.
fn real(shelf: Shelf<'_>, request: &Request) -> Vec<Sentence> {
    let mut found: Vec<(f64, Sentence)> = Vec::new();
    for metric in &request.metrics {
        for dimension in &request.by {
            let one = request.one(metric, std::slice::from_ref(dimension));
            let rows = shelf.asked(&one);
            let differences = shelf.differences(&one);
            for row in differences.into_iter().filter(|row| is_real(row)) {
                let told =
                    pair(row, &rows, dimension).and_then(|pair| difference_sentence(row, pair));
                found.extend(row.adjusted_p().zip(told));
            }
        }
        let one = request.one(metric, &[]);
        let change = shelf.change(&one).filter(|row| is_real(row));
        let now = shelf.everyone(&one).into_iter().next();
        let told = change.and_then(|change| {
            let pair = now.zip(shelf.before(change))?;
            change_sentence(change, pair)
        });
        found.extend(change.and_then(Released::adjusted_p).zip(told));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, sentence)| sentence).collect()
}

/// The two groups of a difference, both shown.
fn pair<'a>(
    difference: &Released,
    rows: &[&'a Released],
    dimension: &Dimension,
) -> Option<(&'a Released, &'a Released)> {
    let key = difference.key();
    let find = |wanted: &str| {
        rows.iter().copied().find(|row| {
            let parts = row.key().group.parts();
            row.status() == Status::Shown
                && parts
                    .iter()
                    .any(|(d, level)| d == dimension && level.as_str() == wanted)
        })
    };
    let (_, level) = key.group.parts().first()?;
    find(level.as_str()).zip(find(key.comparator.as_ref()?.as_str()))
}

/// What we cannot tell of the first metric that leaves a comparison open.
fn open(shelf: Shelf<'_>, request: &Request) -> Sentence {
    for metric in &request.metrics {
        for dimension in &request.by {
            let one = request.one(metric, std::slice::from_ref(dimension));
            let row = shelf
                .differences(&one)
                .into_iter()
                .find_map(|row| undecided(row).map(|words| (row, words)));
            if let Some((row, words)) = row {
                return Sentence {
                    first: phrases::CANNOT_TELL.say([]),
                    rest: phrases::WHETHER.say([&words]),
                    claims: vec![row.claim()],
                };
            }
        }
    }
    let metric = request.metric().to_owned();
    cannot_tell(shelf, &request.one(&metric, &request.by))
}

/// What the figures of one metric cannot say: differences that may be none,
/// what they are not adjusted for, and groups without a figure.
pub(super) fn cannot_tell(shelf: Shelf<'_>, request: &Request) -> Sentence {
    let label = words::small(&shelf.label(request.metric()));
    let rows: Vec<&Released> = match request.by.as_slice() {
        [] => shelf.everyone(request),
        _ => shelf.divided(request),
    };
    if rows.is_empty() {
        return Sentence {
            first: String::new(),
            rest: shelf.why_missing(request),
            claims: Vec::new(),
        };
    }
    let differences = shelf.differences(request);
    let mut open = String::new();
    let mut claims = Vec::new();
    for row in differences {
        let Some(words) = undecided(row) else {
            continue;
        };
        claims.push(row.claim());
        open = if open.is_empty() {
            words
        } else {
            phrases::NOR_WHETHER.say([&open, &words])
        };
    }
    let by = by_words(request.by.iter().map(Dimension::as_str));
    let mut rest = if !open.is_empty() {
        phrases::WHETHER.say([&open])
    } else if by.is_empty() {
        phrases::WHAT_LIES_BEHIND.say([&label])
    } else {
        phrases::WHY_DIFFERS.say([&label, &by])
    };
    let mut hidden = rows.iter().filter(|r| r.status() == Status::Confidential);
    if hidden.next().is_some() {
        rest.push_str(&phrases::GROUPS_HIDDEN.say([&shorthand(Status::Confidential), HIDDEN]));
    }
    Sentence {
        first: phrases::CANNOT_TELL.say([]),
        rest,
        claims,
    }
}
