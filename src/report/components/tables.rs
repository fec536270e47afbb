//! Tables of figures: one metric by group, and several metrics for everyone.

use super::Page;
use super::answers::distributions;
use crate::chart::figure::shorthand;
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::strength::by_words;
use crate::report::table::{Column, Text};
use crate::report::words::{base_noun, base_words, capital, dimension_name};
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{Dimension, Kind, Status, Unit};

/// A table as asked for, or why there is none.
pub(super) fn table(page: &mut Page<'_>, request: &Request) -> String {
    let shelf = page.shelf;
    if request.metrics.len() > 1 {
        let each = request.metrics.iter().map(|name| request.one(name, &[]));
        let each: Vec<Request> = each.collect();
        if each.iter().all(|one| shelf.everyone(one).is_empty()) {
            return each.iter().map(|one| page.missing(one)).collect();
        }
        return page.table(several(shelf, request), None);
    }
    let rows = shelf.asked(request);
    let answers = shelf.metric(request.metric()).map_or_else(
        || rows.iter().any(|row| row.key().answer.is_some()),
        |metric| metric.kind == Kind::Distribution,
    );
    if rows.is_empty() {
        return page.missing(request);
    }
    if !answers {
        let mut text = by_group(shelf, request, &rows);
        text.notes.extend(waves(shelf, request));
        return page.table(text, None);
    }
    let mut tables = distributions(shelf, request, &rows);
    if let Some(last) = tables.last_mut() {
        last.notes.extend(waves(shelf, request));
    }
    let html = tables.into_iter().map(|text| page.table(text, None));
    html.collect()
}

/// What must be said of answers that are divided by wave, where they are.
pub(super) fn waves(shelf: Shelf<'_>, request: &Request) -> Option<String> {
    let by_wave = request.by.iter().any(|d| d.as_str() == "wave");
    let answered = shelf
        .metric(request.metric())
        .is_some_and(|metric| matches!(metric.grain, Grain::Response | Grain::Answer));
    (by_wave && answered).then(|| phrases::WAVE_TWICE.say([]))
}

/// `Intention to stay, by ethnic group`: neutral, whatever the figures.
pub(super) fn title(shelf: Shelf<'_>, request: &Request) -> String {
    let label = shelf.label(request.metric());
    match request.by.as_slice() {
        [] => label,
        by => phrases::TITLE_BY.say([&label, &by_words(by.iter().map(Dimension::as_str))]),
    }
}

/// One metric, a row a group, everyone last.
pub(super) fn by_group(shelf: Shelf<'_>, request: &Request, rows: &[&Released]) -> Text {
    let everyone = match request.by.as_slice() {
        [] => Vec::new(),
        _ => shelf.everyone(request),
    };
    let all: Vec<&Released> = rows.iter().copied().chain(everyone).collect();
    let metric = shelf.metric(request.metric());
    let mut columns = headings(&request.by);
    let names = columns.len();
    let label = shelf.label(request.metric());
    columns.push((figure_heading(&label, &all), Column::Number));
    columns.extend(limit_headings(&all));
    let noun = match metric {
        Some(metric) => base_noun(metric).map(capital),
        None => Some(phrases::COLUMN_BASE.say([])),
    };
    let based = noun.is_some();
    columns.extend(noun.map(|noun| (noun, Column::Number)));
    let cells = |row: &&Released| {
        let mut cells = group_cells(row, names);
        cells.push(Cell::figure(row));
        cells.extend(Cell::limits(row));
        cells.extend(based.then(|| Cell::base(row)));
        cells
    };
    let mut table = Text {
        title: title(shelf, request),
        dates: capital(&shelf.dates(request, rows)),
        columns,
        rows: all.iter().map(cells).collect(),
        ..Text::default()
    };
    explain(&mut table, &all);
    table
}

/// Explains the marks of rows, and that a full count has no interval.
pub(super) fn explain(table: &mut Text, rows: &[&Released]) {
    table.explain(rows);
    let bare = |row: &&&Released| row.status() == Status::Shown && row.lower().is_none();
    if rows.iter().any(|row| bare(&row)) {
        table.mark(Status::NotApplicable, &phrases::NO_INTERVAL.say([]));
    }
}

/// A metric's label with its unit, where the cells do not have it.
pub(super) fn figure_heading(label: &str, rows: &[&Released]) -> String {
    let unit = rows.iter().find(|row| row.status() == Status::Shown);
    match unit.map(|row| row.unit()) {
        Some(Unit::Per100PersonYears) => phrases::COLUMN_PER_100.say([label]),
        Some(Unit::Per100PersonMonths) => phrases::COLUMN_PER_100_MONTHS.say([label]),
        Some(Unit::Months) => phrases::COLUMN_IN_MONTHS.say([label]),
        _ => label.to_owned(),
    }
}

/// A heading for each dimension, or one for everyone's row.
pub(super) fn headings(by: &[Dimension]) -> Vec<(String, Column)> {
    if by.is_empty() {
        return vec![(phrases::COLUMN_GROUP.say([]), Column::Name)];
    }
    by.iter()
        .map(|d| (capital(&dimension_name(d.as_str())), Column::Name))
        .collect()
}

/// The levels of a row, a column each; everyone in each where it is everyone.
pub(super) fn group_cells(row: &Released, columns: usize) -> Vec<Cell> {
    let parts = row.key().group.parts();
    if parts.is_empty() {
        return vec![Cell::words(phrases::EVERYONE.say([])); columns];
    }
    parts
        .iter()
        .map(|(_, level)| Cell::words(level.as_str()))
        .collect()
}

/// `95% interval, lower` and `95% interval, upper`.
pub(super) fn limit_headings(rows: &[&Released]) -> [(String, Column); 2] {
    let words = match super::frame::level(rows) {
        Some(level) => [
            phrases::COLUMN_LOWER.say([&level]),
            phrases::COLUMN_UPPER.say([&level]),
        ],
        None => [
            phrases::COLUMN_LOWER_PLAIN.say([]),
            phrases::COLUMN_UPPER_PLAIN.say([]),
        ],
    };
    words.map(|words| (words, Column::Number))
}

/// Several metrics for everyone, a row a metric, missing ones too.
fn several(shelf: Shelf<'_>, request: &Request) -> Text {
    let mut table = Text::default();
    let mut found: Vec<&Released> = Vec::new();
    for name in &request.metrics {
        let one = request.one(name, &[]);
        let values = shelf.everyone(&one);
        let dates = Cell::words(capital(&shelf.dates(&one, &values)));
        let Some(row) = values.first() else {
            table.mark(Status::NotAvailable, &shelf.why_missing(&one));
            let mark = Cell::words(shorthand(Status::NotAvailable));
            let mut cells = vec![Cell::words(shelf.label(name))];
            cells.extend([mark.clone(), mark.clone(), mark.clone(), mark, dates]);
            table.rows.push(cells);
            continue;
        };
        found.push(row);
        let base = base_words(row, shelf.metric(name)).unwrap_or_else(|| match row.status() {
            Status::Shown => phrases::COLUMN_THE_FIGURE.say([]),
            status => shorthand(status),
        });
        let label = figure_heading(&shelf.label(name), &[row]);
        let mut cells = vec![Cell::words(label), Cell::figure(row)];
        cells.extend(Cell::limits(row));
        cells.extend([Cell::words(base), dates]);
        table.rows.push(cells);
    }
    table.title = phrases::CAPTION_EVERYONE.say([&shelf.facts.reported.in_words()]);
    table.columns = vec![
        (phrases::COLUMN_MEASURE.say([]), Column::Name),
        (phrases::COLUMN_FIGURE.say([]), Column::Number),
    ];
    table.columns.extend(limit_headings(&found));
    table.columns.extend([
        (phrases::COLUMN_BASE.say([]), Column::Words),
        (phrases::COLUMN_DATES.say([]), Column::Words),
    ]);
    explain(&mut table, &found);
    table
}
