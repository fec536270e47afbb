//! Then and now: groups in the latest two periods, and what moved since an
//! earlier run. Sets figures beside one another and subtracts none: a change is
//! a released row of its own.

use super::charts::{caution, description, lead};
use super::frame::{Figure, Plan, drawn, source};
use super::tables::group_cells;
use super::{Page, nothing};
use crate::chart::figure::{figure, group_label};
use crate::chart::text::escape;
use crate::chart::{Change, ChartError, slope as draw_slope};
use crate::report::cells::Cell;
use crate::report::facts::Since;
use crate::report::phrases;
use crate::report::request::{Request, When};
use crate::report::shelf::{Pick, Shelf};
use crate::report::strength::{self, by_words};
use crate::report::table::{Column, Text};
use crate::report::words::{base_noun, capital, dimension_name};
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Kind;
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Dimension, Level, Statistic, Status};

/// The most groups that two columns of labels hold.
const MOST_ROWS: usize = 12;

/// Groups in the period reported on and the latest one before it that has
/// figures.
pub(super) fn slope(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let after = match request.by.as_slice() {
        [] => shelf.everyone(request),
        _ => shelf.asked(request),
    };
    let Some(first) = after.first() else {
        return Ok(page.missing(request));
    };
    let Some(earlier) = earlier(shelf, request) else {
        let label = shelf.label(request.metric());
        return Ok(page.without(&phrases::NO_EARLIER.say([&label])));
    };
    let of = |row: &Released| {
        let same = |other: &&&Released| other.key().group == row.key().group;
        earlier.iter().find(same).copied()
    };
    let changes: Vec<Change<'_>> = after
        .iter()
        .filter_map(|row| {
            Some(Change {
                label: group_label(row),
                before: of(row)?,
                after: row,
            })
        })
        .collect();
    let Some(one) = changes.first() else {
        return Ok(page.missing(request));
    };
    let names = [one.before, first].map(|row| row.key().period.in_words());
    let title = super::tables::title(shelf, request);
    let both: Vec<&Released> = changes.iter().flat_map(|c| [c.before, c.after]).collect();
    let metric = shelf.metric(request.metric());
    let plan = Plan {
        request,
        title: &title,
        described: &description(&both, None, metric),
        base: metric.and_then(base_noun).unwrap_or_default(),
        rows: &both,
        groups: (changes.len(), MOST_ROWS),
    };
    let drawing = drawn(page, &plan, |caption| {
        draw_slope(&changes, (&names[0], &names[1]), caption)
    })?;
    let how = phrases::LEAD_SLOPE.html([&names[0], &names[1]], page.terms);
    let figure = Figure {
        title,
        lead: lead(metric, &how),
        caution: caution(request),
        drawing,
        table: then_and_now(shelf, request, &changes),
        source: source(first, page.terms),
        level: None,
    };
    Ok(figure.set(page))
}

/// The rows of the latest earlier period that has a figure to show.
fn earlier<'a>(shelf: Shelf<'a>, request: &Request) -> Option<Vec<&'a Released>> {
    let mut rows = shelf.pick(&Pick {
        metric: request.metric(),
        by: &request.by,
        item: request.item.as_deref(),
        statistic: Statistic::Value,
        period: None,
    });
    let reported = &shelf.facts.reported;
    rows.retain(|row| {
        let period = &row.key().period;
        period.shape != Shape::All && period.start < reported.start
    });
    let shown = rows.iter().filter(|row| row.status() == Status::Shown);
    let latest = shown.map(|row| row.key().period.start).max()?;
    rows.retain(|row| row.key().period.start == latest);
    Some(rows)
}

fn then_and_now(shelf: Shelf<'_>, request: &Request, changes: &[Change<'_>]) -> Text {
    let by = request.by.first();
    let name = by.map_or_else(
        || phrases::COLUMN_GROUP.say([]),
        |d| capital(&dimension_name(d.as_str())),
    );
    let mut table = Text {
        title: phrases::TITLE_BY.say([
            &shelf.label(request.metric()),
            &by_words(request.by.iter().map(Dimension::as_str)),
        ]),
        columns: vec![
            (name, Column::Name),
            (phrases::COLUMN_BEFORE.say([]), Column::Number),
            (phrases::COLUMN_NOW.say([]), Column::Number),
        ],
        ..Text::default()
    };
    if by.is_none() {
        table.title = shelf.label(request.metric());
    }
    for change in changes {
        table.explain(&[change.before, change.after]);
        let mut cells = group_cells(change.after, 1);
        cells.extend([Cell::figure(change.before), Cell::figure(change.after)]);
        table.rows.push(cells);
    }
    table
}

/// What moved since an earlier run: nothing where none was named.
pub(super) fn since(page: &mut Page<'_>) -> String {
    let shelf = page.shelf;
    let Some(since) = &shelf.facts.since else {
        return String::new();
    };
    let period = since.period.in_words();
    let title = phrases::TITLE_MOVED.say([&period]);
    let table = moved(page, since);
    let mut html = format!(
        "<h3>{}</h3>\n<p>{}</p>\n",
        escape(&title),
        phrases::MOVED_LEAD.html([&period], page.terms)
    );
    html.push_str(&match table.rows.is_empty() {
        true => nothing(&phrases::NOTHING_MOVED.say([])),
        false => page.table(table, None),
    });
    html
}

fn moved(page: &Page<'_>, since: &Since) -> Text {
    let shelf = page.shelf;
    let mut table = Text {
        title: phrases::TITLE_MOVED.say([&since.period.in_words()]),
        columns: vec![
            (phrases::COLUMN_MEASURE.say([]), Column::Name),
            (phrases::COLUMN_BEFORE.say([]), Column::Number),
            (phrases::COLUMN_NOW.say([]), Column::Number),
            (phrases::COLUMN_CHANGE.say([]), Column::Words),
        ],
        ..Text::default()
    };
    let metrics = page.used.iter().filter(|name| {
        let kind = shelf.metric(name).map(|metric| metric.kind);
        !matches!(kind, None | Some(Kind::Distribution | Kind::Survival))
    });
    for name in metrics {
        let now = Request::everyone(name, When::Reported);
        let now = shelf
            .everyone(&now)
            .into_iter()
            .find(|row| row.key().item.is_none());
        let old = Shelf {
            rows: &since.rows,
            facts: shelf.facts,
        };
        let then = old.pick(&Pick {
            metric: name,
            by: &[],
            item: None,
            statistic: Statistic::Value,
            period: Some(&since.period.label),
        });
        let then = then.into_iter().find(|row| row.key().item.is_none());
        let then = then.map(|then| hidden_today(shelf, then).unwrap_or(then));
        if let Some((then, now)) = then.zip(now) {
            table.explain(&[then, now]);
            let words = Cell::words(change(shelf, then, now));
            let name = Cell::words(shelf.label(name));
            table
                .rows
                .push(vec![name, Cell::figure(then), Cell::figure(now), words]);
        }
    }
    table
}

/// This run's own row of an earlier figure, where it hides it: what was shown
/// then would undo that here.
fn hidden_today<'a>(shelf: Shelf<'a>, then: &Released) -> Option<&'a Released> {
    let of_then = Pick {
        metric: &then.key().metric,
        by: &[],
        item: None,
        statistic: Statistic::Value,
        period: Some(&then.key().period.label),
    };
    let mut own = shelf.pick(&of_then).into_iter();
    own.find(|row| row.key().item.is_none() && row.status() == Status::Confidential)
}

/// What may be said of a figure that was published and the one of now. The
/// change is this run's own, of both periods as it counts them, so it is told
/// only where the earlier figure still reads as it was published.
fn change(shelf: Shelf<'_>, then: &Released, now: &Released) -> String {
    if then.status() == Status::Confidential {
        return phrases::MOVED_UNTESTED.say([]);
    }
    if matches!(now.kind(), Kind::Event | Kind::Stock | Kind::Sum) {
        return phrases::MOVED_COUNT.say([]);
    }
    let request = Request::everyone(&now.key().metric, When::Reported);
    let then_label = &then.key().period.label;
    let change = shelf.change(&request).filter(|row| {
        let since = row.key().comparator.as_ref().map(Level::as_str);
        since == Some(then_label) && row.status() == Status::Shown
    });
    let Some(change) = change else {
        return phrases::MOVED_UNTESTED.say([]);
    };
    let again = shelf.before(change).map(figure);
    if again != Some(figure(then)) {
        return phrases::MOVED_AGAIN.say([]);
    }
    let reach = strength::reach(change).unwrap_or_default();
    match strength::is_real(change) {
        true => phrases::MOVED_REAL.say([&figure(change), &reach]),
        false => phrases::MOVED_UNCLEAR.say([&reach]),
    }
}
