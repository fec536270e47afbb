//! When people leave: the leaving rate of each month since starting, and the
//! mean and median times in post. Shows rows that were released, no more.

use super::Page;
use super::frame::{Figure, level, source, tried};
use super::tables::{group_cells, headings, limit_headings};
use crate::chart::text::escape;
use crate::chart::{Caption, ChartError, MOST_MONTHS, Month, months as draw_months};
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::request::{Request, When};
use crate::report::shelf::{Pick, Shelf};
use crate::report::table::{Column, Text};
use crate::report::words::{capital, telling};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status};

/// The rows of a statistic, of everything up to the as-at date.
fn picked<'a>(shelf: Shelf<'a>, request: &Request, statistic: Statistic) -> Vec<&'a Released> {
    shelf.pick(&Pick {
        metric: request.metric(),
        by: &request.by,
        item: None,
        statistic,
        period: Some(shelf.period(When::All)),
    })
}

/// The leaving rate by month since starting, or why there is none.
pub(super) fn leaving(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let mut rows = picked(shelf, request, Statistic::LeavingRate);
    rows.retain(|row| row.key().horizon_months.is_some());
    rows.sort_by_key(|row| row.key().horizon_months);
    if rows.is_empty() {
        let whole = Request {
            when: When::All,
            ..request.clone()
        };
        return Ok(match shelf.facts.why_unavailable(request.metric()) {
            Some(_) => page.missing(&whole),
            None => page.without(&phrases::NO_LEAVING.say([])),
        });
    }
    let title = phrases::TITLE_LEAVING.say([]);
    let drawn: Vec<Month<'_>> = rows
        .iter()
        .filter_map(|row| {
            let month = row.key().horizon_months?;
            (month <= MOST_MONTHS).then_some(Month { month, row })
        })
        .collect();
    let described: Vec<String> = rows
        .iter()
        .map(|row| {
            let month = row.key().horizon_months.unwrap_or(0);
            let month = phrases::MONTH_NAMED.say([&month.to_string()]);
            format!("{month}: {}.", telling(row, None))
        })
        .collect();
    let followed = phrases::COLUMN_FOLLOWED.say([]);
    let hidden = rows.iter().all(|row| row.status() == Status::Confidential);
    let drawing = if hidden {
        Err(phrases::THIS_HIDDEN.say([]))
    } else {
        let id = format!("c{}", page.index);
        let caption = Caption {
            id: &id,
            title: &title,
            description: &described.join(" "),
            base: &followed.to_lowercase(),
        };
        Ok(draw_months(&drawn, ends(page, request), &caption))
    };
    let figure = Figure {
        title: title.clone(),
        lead: phrases::LEAD_LEAVING.html([], page.terms),
        caution: None,
        drawing: tried(drawing)?,
        table: table(title, &rows),
        source: notes(page, request, (&rows, drawn.len())),
        level: level(&rows),
    };
    Ok(figure.set(page))
}

/// The month at whose end the programme ends: as the report says or, failing
/// that, the study.
fn ends(page: &Page<'_>, request: &Request) -> Option<u32> {
    let told = page.shelf.facts.evidence.programme_months;
    request.end.or(told)
}

/// Dates, the programme's end, what is not drawn, and the claim, as markup.
fn notes(page: &Page<'_>, request: &Request, (rows, drawn): (&[&Released], usize)) -> String {
    let mut notes = vec![escape(&(capital(&page.shelf.dates(request, rows)) + "."))];
    let ends = ends(page, request).map(|n| n.to_string());
    notes.extend(ends.map(|n| phrases::PROGRAMME_ENDS.html([&n], page.terms)));
    if drawn < rows.len() {
        let most = MOST_MONTHS.to_string();
        notes.push(phrases::LEAVING_MANY.html([&most], page.terms));
    }
    notes.extend(rows.first().map(|row| source(row, page.terms)));
    notes.join(" ")
}

fn table(title: String, rows: &[&Released]) -> Text {
    let mut columns = vec![
        (phrases::COLUMN_MONTH.say([]), Column::Name),
        (phrases::COLUMN_LEAVING.say([]), Column::Number),
    ];
    columns.extend(limit_headings(rows));
    columns.push((phrases::COLUMN_FOLLOWED.say([]), Column::Number));
    let cells = |row: &&Released| {
        let month = row.key().horizon_months.unwrap_or(0);
        // Words: a bare number would read as one of the figures.
        let month = phrases::MONTH_NAMED.say([&month.to_string()]);
        let mut cells = vec![Cell::words(month), Cell::figure(row)];
        cells.extend(Cell::limits(row));
        cells.push(Cell::base(row));
        cells
    };
    let mut table = Text {
        title,
        columns,
        rows: rows.iter().map(cells).collect(),
        ..Text::default()
    };
    super::tables::explain(&mut table, rows);
    table
}

/// Mean and median times in post by group, everyone last, or why there are
/// none.
pub(super) fn times(page: &mut Page<'_>, request: &Request) -> String {
    let shelf = page.shelf;
    let everyone = request.one(request.metric(), &[]);
    let mut rows: Vec<&Released> = Vec::new();
    for statistic in [Statistic::Median, Statistic::Rmst] {
        rows.extend(picked(shelf, request, statistic));
        if !request.by.is_empty() {
            rows.extend(picked(shelf, &everyone, statistic));
        }
    }
    let label = shelf.label(request.metric());
    if rows.is_empty() {
        return match shelf.facts.why_unavailable(request.metric()) {
            Some(_) => page.missing(request),
            None => page.without(&phrases::NO_TIMES.say([&label])),
        };
    }
    let mut columns = headings(&request.by);
    columns.push((phrases::COLUMN_STATISTIC.say([]), Column::Words));
    columns.push((phrases::COLUMN_TIME.say([]), Column::Number));
    columns.extend(limit_headings(&rows));
    columns.push((phrases::COLUMN_BASE.say([]), Column::Number));
    // One table has one precision: the same people must not differ by it.
    let whole = rows.iter().any(|row| in_whole_months(row));
    let time = |cell: Cell| if whole { cell.in_whole() } else { cell };
    let cells = |row: &&Released| {
        let mut cells = group_cells(row, request.by.len().max(1));
        cells.push(Cell::words(statistic(row)));
        cells.push(time(Cell::figure(row)));
        cells.extend(Cell::limits(row).map(time));
        cells.push(Cell::base(row));
        cells
    };
    let mut table = Text {
        title: phrases::TITLE_TIMES.say([&label]),
        dates: capital(&shelf.dates(request, &rows)),
        columns,
        rows: rows.iter().map(cells).collect(),
        ..Text::default()
    };
    table.explain(&rows);
    page.table(table, None)
}

/// Whether a time left in whole months, as it does where something beside it is
/// hidden.
fn in_whole_months(row: &Released) -> bool {
    let figures = [row.estimate(), row.lower(), row.upper()];
    row.estimate().is_some()
        && figures
            .into_iter()
            .flatten()
            .all(|value| value.fract() == 0.0)
}

fn statistic(row: &Released) -> String {
    match (row.key().statistic, row.key().horizon_months) {
        (Statistic::Rmst, Some(months)) => phrases::MEAN_TIME.say([&months.to_string()]),
        (Statistic::Rmst, None) => phrases::MEAN_TIME_PLAIN.say([]),
        _ => phrases::HALF_LEFT.say([]),
    }
}
