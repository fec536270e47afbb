//! Groups against one another: each less the one it is compared with, and all
//! of them by size within the limits of chance. A funnel in place of a league
//! table: it never ranks.

use super::charts::{active, caution, description, lead, sources};
use super::frame::{Figure, Plan, drawn, level, source};
use super::tables::{by_group, limit_headings};
use super::{Page, nothing};
use crate::chart::figure::group_label;
use crate::chart::text::escape;
use crate::chart::{ChartError, forest as draw_forest, funnel as draw_funnel};
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::strength::{self, by_words};
use crate::report::table::{Column, Text};
use crate::report::words::{base_noun, capital, dimension_name};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Level, Unit};

/// The most groups of one drawing.
const MOST_ROWS: usize = 60;

/// Each group less the one it is compared with, dimension by dimension.
pub(super) fn forest(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let rows = shelf.differences(request);
    let label = shelf.label(request.metric());
    if rows.is_empty() {
        let any = !shelf.divided(request).is_empty();
        return Ok(match any {
            true => nothing(&phrases::NO_DIFFERENCES.say([&label])),
            false => page.missing(request),
        });
    }
    let by = by_words(request.by.iter().map(Dimension::as_str));
    let neutral = phrases::TITLE_DIFFERENCE.say([&label]);
    let title = strength::title(&rows, &by).unwrap_or_else(|| neutral.clone());
    let metric = shelf.metric(request.metric());
    let plan = Plan {
        request,
        title: &title,
        described: &description(&rows, None, None),
        base: metric.and_then(base_noun).unwrap_or_default(),
        rows: &rows,
        groups: (rows.len(), MOST_ROWS),
    };
    let drawing = drawn(page, &plan, |caption| draw_forest(&rows, caption))?;
    let mut notes = vec![escape(&(capital(&shelf.dates(request, &rows)) + "."))];
    notes.extend(rows.first().map(|row| source(row, page.terms)));
    let figure = Figure {
        title,
        lead: lead(metric, &phrases::LEAD_FOREST.html([], page.terms)),
        caution: caution(request),
        drawing,
        table: differences(shelf, request, (&rows, neutral)),
        source: notes.join(" "),
        level: level(&rows),
    };
    Ok(figure.set(page))
}

fn differences(shelf: Shelf<'_>, request: &Request, of: (&[&Released], String)) -> Text {
    let (rows, title) = of;
    let points = rows
        .iter()
        .all(|row| matches!(row.unit(), Unit::Fraction | Unit::Rate));
    let heading = match points {
        true => phrases::COLUMN_POINTS.say([]),
        false => phrases::COLUMN_DIFFERENCE.say([]),
    };
    let mut columns = vec![
        (phrases::COLUMN_COMPARISON.say([]), Column::Name),
        (heading, Column::Number),
    ];
    columns.extend(limit_headings(rows));
    columns.push((phrases::COLUMN_BASE.say([]), Column::Number));
    let cells = |row: &&Released| {
        let key = row.key();
        let dimension = key.group.parts().first();
        let dimension = dimension.map(|(d, _)| dimension_name(d.as_str()));
        let comparator = key.comparator.as_ref().map_or("", Level::as_str);
        let words = phrases::COMPARED_WITH.say([&group_label(row), comparator]);
        let words = match dimension {
            Some(name) => format!("{}: {words}", capital(&name)),
            None => words,
        };
        let mut cells = vec![Cell::words(words), Cell::figure(row)];
        cells.extend(Cell::limits(row));
        cells.push(Cell::base(row));
        cells
    };
    let mut table = Text {
        title,
        dates: capital(&shelf.dates(request, rows)),
        columns,
        rows: rows.iter().map(cells).collect(),
        ..Text::default()
    };
    table.explain(rows);
    table
}

/// Groups by size within the limits of chance, or why they cannot be drawn so.
pub(super) fn funnel(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let rows = shelf.asked(request);
    if rows.is_empty() {
        return Ok(page.missing(request));
    }
    let metric = shelf.metric(request.metric());
    let everyone = shelf.everyone(request).into_iter().next();
    let limits = shelf
        .facts
        .funnels
        .iter()
        .find(|of| of.metric == request.metric() && request.by == [of.dimension.clone()]);
    let Some((everyone, limits)) = everyone.zip(limits) else {
        // Nothing to be unlike: the table and the dots say all there is.
        return super::charts::chart(page, request);
    };
    let one = by_words(request.by.iter().map(Dimension::as_str));
    let neutral = phrases::TITLE_FUNNEL.say([&shelf.label(request.metric()), &one]);
    let title = match active(shelf, request) {
        found if found == super::tables::title(shelf, request) => neutral.clone(),
        found => found,
    };
    let plan = Plan {
        request,
        title: &title,
        described: &description(&rows, Some(everyone), metric),
        base: metric.and_then(base_noun).unwrap_or_default(),
        rows: &rows,
        groups: (rows.len(), MOST_ROWS),
    };
    let drawing = drawn(page, &plan, |caption| {
        draw_funnel(&rows, everyone, &limits.limits, caption)
    })?;
    let mut table = by_group(shelf, request, &rows);
    table.title = neutral;
    let figure = Figure {
        title,
        lead: lead(metric, &phrases::LEAD_FUNNEL.html([], page.terms)),
        caution: caution(request),
        drawing,
        table,
        source: sources(page, request, &rows),
        level: None,
    };
    Ok(figure.set(page))
}
