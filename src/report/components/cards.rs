//! Headline cards and sentences made from figures.

use crate::chart::figure::{HIDDEN, count, interval, shorthand, why_not};
use crate::chart::text::escape;
use crate::report::request::Request;
use crate::report::shelf::{Pick, Shelf};
use crate::report::words::{self, base_and_dates, dimension_name, plainly};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Level, Statistic, Status};

/// A card: label, figure, interval in words, base and dates, definition, claim.
pub(super) fn headline(shelf: Shelf<'_>, request: &Request) -> String {
    let rows = shelf.everyone(request);
    let label = shelf.label(request.metric());
    let Some(row) = rows.first() else {
        let why = shelf.why_missing(request);
        return format!(
            "<article class=\"card\">\n<h3>{}</h3>\n<p class=\"big\">[x]</p>\n<p>{}</p>\n</article>\n",
            escape(&label),
            escape(&why)
        );
    };
    let metric = shelf.metric(request.metric());
    let plain = plainly(row);
    let telling = if row.status() == Status::Shown {
        let exact = words::with_interval(row);
        if exact.starts_with(&plain) {
            interval(row).unwrap_or_default()
        } else {
            exact
        }
    } else {
        why_not(row)
    };
    let due = row.not_yet_due().filter(|n| *n > 0);
    let due = due.map(|n| format!("{} not yet due", count(n)));
    let about = [Some(base_and_dates(row, metric)), due];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let about = words::capital(&about);
    let mut card = format!(
        "<article class=\"card\">\n<h3>{}</h3>\n<p class=\"big\">{}</p>\n",
        escape(&label),
        escape(&words::capital(&plain))
    );
    for (class, words) in [("exact", telling), ("base", about)] {
        if !words.is_empty() {
            card.push_str(&format!("<p class=\"{class}\">{}</p>\n", escape(&words)));
        }
    }
    card.push_str(&format!(
        "<p class=\"source\">{}</p>\n</article>\n",
        source(row)
    ));
    card
}

/// Definition and claim, which lead back to how a figure was made, as markup.
pub(super) fn source(row: &Released) -> String {
    format!(
        "Definition: {}. Claim: <span class=\"claim\">{}</span>.",
        escape(&row.key().definition),
        escape(&row.claim())
    )
}

/// One figure as a sentence.
pub(super) fn sentence(shelf: Shelf<'_>, request: &Request) -> String {
    match shelf.everyone(request).first() {
        Some(row) => words::sentence(row, shelf.metric(request.metric())),
        None => shelf.why_missing(request),
    }
}

/// What the figures cannot say: differences whose interval holds no
/// difference, and groups without a figure.
pub(super) fn cannot_tell(shelf: Shelf<'_>, request: &Request) -> String {
    let label = words::small(&shelf.label(request.metric()));
    let rows = shelf.asked(request);
    if rows.is_empty() {
        return shelf.why_missing(request);
    }
    let differences = shelf.pick(&Pick {
        metric: request.metric(),
        by: &request.by,
        item: request.item.as_deref(),
        statistic: Statistic::Difference,
        period: Some(shelf.period(request.when)),
    });
    let open: Vec<String> = differences
        .iter()
        .filter_map(|row| undecided(row))
        .collect();
    let names: Vec<String> = request
        .by
        .iter()
        .map(|dimension| dimension_name(dimension.as_str()))
        .collect();
    let by = names.join(" and ");
    let mut told = if !open.is_empty() {
        format!("We cannot tell whether {}.", open.join("; nor whether "))
    } else if by.is_empty() {
        format!("We cannot tell from these figures alone what lies behind {label}.")
    } else {
        format!(
            "We cannot tell from these figures why {label} differs by {by}, if it does: \
             they are not adjusted for anything else about people."
        )
    };
    let hidden = rows.iter().filter(|r| r.status() == Status::Confidential);
    if hidden.count() > 0 {
        told.push_str(&format!(
            " Groups marked {} are {HIDDEN}.",
            shorthand(Status::Confidential)
        ));
    }
    told
}

/// A difference that may be none, in words.
fn undecided(row: &Released) -> Option<String> {
    let (lower, upper) = row.lower().zip(row.upper())?;
    let shown = row.status() == Status::Shown;
    if !shown || lower > 0.0 || upper < 0.0 {
        return None;
    }
    let level = row
        .key()
        .group
        .parts()
        .iter()
        .map(|(_, level)| level.as_str());
    let level: Vec<&str> = level.collect();
    let comparator = row
        .key()
        .comparator
        .as_ref()
        .map_or("everyone else", Level::as_str);
    let limits = interval(row)?;
    Some(format!(
        "{} differs from {comparator}: the figures fit anything {limits}",
        level.join(", ")
    ))
}
