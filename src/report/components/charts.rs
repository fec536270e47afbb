//! Interval dots by group and curves of those still in post, with what
//! belongs to them.

use super::Page;
use super::frame::{Figure, Plan, drawn, level, source};
use super::tables::{by_group, group_cells, headings, limit_headings, title, waves};
use crate::chart::figure::{group_label, unquoted};
use crate::chart::survival::MOST;
use crate::chart::text::escape;
use crate::chart::{ChartError, Curve, interval_dots, survival as draw_survival};
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::request::{Request, When};
use crate::report::shelf::Shelf;
use crate::report::strength::{self, by_words};
use crate::report::table::{Column, Text};
use crate::report::words::{base_noun, base_words, capital, telling};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Metric, Status};
use std::collections::BTreeSet;

/// More rows than a drawing can hold and a person can take in.
const MOST_ROWS: usize = 60;

/// Interval dots by group, or why there are none.
pub(super) fn chart(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let rows = shelf.asked(request);
    if rows.is_empty() {
        return Ok(page.missing(request));
    }
    let by_answer = |row: &&Released| row.key().answer.is_some() || row.key().item.is_some();
    if request.item.is_none() && rows.iter().any(by_answer) {
        return Ok(super::tables::table(page, request));
    }
    let metric = shelf.metric(request.metric());
    let everyone = shelf.everyone(request).into_iter().next();
    let against = everyone.filter(|_| !request.by.is_empty());
    let title = active(shelf, request);
    let described = description(&rows, against, metric);
    let plan = Plan {
        request,
        title: &title,
        described: &described,
        base: metric.and_then(base_noun).unwrap_or_default(),
        rows: &rows,
        groups: (rows.len(), MOST_ROWS),
    };
    let drawing = drawn(page, &plan, |caption| {
        interval_dots(&rows, against, caption)
    })?;
    let figure = Figure {
        title,
        lead: lead(metric, &bars(page, &rows, drawing.is_ok())),
        caution: caution(request),
        drawing,
        table: by_group(shelf, request, &rows),
        source: sources(page, request, &rows),
        level: level(&rows),
    };
    Ok(figure.set(page))
}

/// What a bar of the drawing is, as markup, where it is the page's first;
/// nothing where none is drawn.
fn bars(page: &Page<'_>, rows: &[&Released], any: bool) -> String {
    match level(rows).filter(|_| any && !page.has_said()) {
        Some(level) => phrases::LEAD_INTERVAL.html([&level], page.terms),
        None => String::new(),
    }
}

/// A title that says what the chart shows where a comparison is real, and
/// else names the measure.
pub(super) fn active(shelf: Shelf<'_>, request: &Request) -> String {
    let by = by_words(request.by.iter().map(Dimension::as_str));
    let found = match request.by.as_slice() {
        [_] => strength::title(&shelf.differences(request), &by),
        _ => None,
    };
    found.unwrap_or_else(|| title(shelf, request))
}

/// Dates, everyone's base, what must be said of waves, definition and claim,
/// as markup.
pub(super) fn sources(page: &Page<'_>, request: &Request, rows: &[&Released]) -> String {
    let shelf = page.shelf;
    let everyone = shelf.everyone(request).into_iter().next();
    let metric = shelf.metric(request.metric());
    let mut notes = vec![escape(&(capital(&shelf.dates(request, rows)) + "."))];
    let base = everyone.and_then(|row| base_words(row, metric));
    notes.extend(base.map(|base| phrases::EVERYONE_BASE.html([&base], page.terms)));
    notes.extend(waves(shelf, request).map(|words| escape(&words)));
    let cited = everyone.or(rows.first().copied());
    notes.extend(cited.map(|row| source(row, page.terms)));
    notes.join(" ")
}

pub(super) fn all_confidential(rows: &[&Released]) -> bool {
    rows.iter().all(|row| row.status() == Status::Confidential)
}

/// In place of a drawing that would have nothing in it. Says no more of why
/// than any hidden cell does.
pub(super) fn all_hidden(request: &Request) -> String {
    if request.by.is_empty() {
        phrases::THIS_HIDDEN.say([])
    } else {
        phrases::ALL_HIDDEN.say([])
    }
}

/// What a comparison by programme must never be read as.
pub(super) fn caution(request: &Request) -> Option<String> {
    let by_programme = request.by.iter().any(|d| d.as_str() == "programme");
    by_programme.then(|| phrases::UNADJUSTED.say([]))
}

/// The definition's first sentence; all of it stands at the end of the page.
fn first_sentence(words: &str) -> &str {
    words
        .find(". ")
        .and_then(|end| words.get(..=end))
        .unwrap_or(words)
}

/// What is measured, then how the drawing is read, which is markup.
pub(super) fn lead(metric: Option<&Metric>, how: &str) -> String {
    let defined = metric.map(|metric| escape(first_sentence(&unquoted(&metric.definition))));
    let parts = [defined.unwrap_or_default(), how.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Each row in words, everyone last.
pub(super) fn description(
    rows: &[&Released],
    everyone: Option<&Released>,
    metric: Option<&Metric>,
) -> String {
    let all = rows.iter().copied().chain(everyone);
    let told: Vec<String> = all
        .map(|row| format!("{}: {}.", group_label(row), telling(row, metric)))
        .collect();
    told.join(" ")
}

/// Curves of those still in post, or why there are none.
pub(super) fn survival(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let request = Request {
        when: When::All,
        ..request.clone()
    };
    let curves = curves(&shelf.asked(&request));
    if curves.is_empty() {
        return Ok(page.missing(&request));
    }
    let metric = shelf.metric(request.metric());
    let title = title(shelf, &request);
    let told: Vec<String> = curves.iter().map(|c| curve_words(c, metric)).collect();
    let firsts: Vec<&Released> = curves
        .iter()
        .filter_map(|c| c.rows.first().copied())
        .collect();
    let plan = Plan {
        request: &request,
        title: &title,
        described: &told.join(" "),
        base: &phrases::COLUMN_FOLLOWED.say([]).to_lowercase(),
        rows: &firsts,
        groups: (curves.len(), MOST),
    };
    let drawing = drawn(page, &plan, |caption| draw_survival(&curves, caption))?;
    let how = if drawing.is_ok() {
        phrases::LEAD_CURVE.html([], page.terms)
    } else {
        String::new()
    };
    let rows: Vec<&Released> = curves.iter().flat_map(|c| c.rows.iter().copied()).collect();
    let figure = Figure {
        title,
        lead: lead(metric, &how),
        caution: caution(&request),
        drawing,
        table: months_table(shelf, &request, &curves),
        source: curve_sources(page, &request, &rows),
        level: None,
    };
    Ok(figure.set(page))
}

/// Dates, and the claim of everyone at a year, as markup.
fn curve_sources(page: &Page<'_>, request: &Request, rows: &[&Released]) -> String {
    let dates = capital(&page.shelf.dates(request, rows)) + ".";
    let cited = rows
        .iter()
        .copied()
        .max_by_key(|row| row.key().horizon_months.filter(|m| *m <= 12));
    let cited = cited.map_or_else(String::new, |row| {
        let months = row.key().horizon_months.unwrap_or(0).to_string();
        let at = phrases::AT_MONTHS.html([&months], page.terms);
        format!(" {at}{}", source(row, page.terms))
    });
    escape(&dates) + &cited
}

/// The rows of each group, by horizon, groups in the order they come in.
fn curves<'a>(rows: &[&'a Released]) -> Vec<Curve<'a>> {
    let mut curves: Vec<Curve<'a>> = Vec::new();
    for row in rows.iter().copied() {
        let same = curves.iter_mut().find(|curve| {
            let first = curve.rows.first().map(|first| &first.key().group);
            first == Some(&row.key().group)
        });
        match same {
            Some(curve) => curve.rows.push(row),
            None => curves.push(Curve { rows: vec![row] }),
        }
    }
    for curve in &mut curves {
        curve.rows.sort_by_key(|row| row.key().horizon_months);
    }
    curves
}

/// A curve in words: at each year that it reaches, and where it ends.
fn curve_words(curve: &Curve<'_>, metric: Option<&Metric>) -> String {
    let shown = curve.shown();
    let Some((last, _)) = shown.last().copied() else {
        let why = curve.rows.first().map(|row| telling(row, metric));
        return format!("{}: {}.", curve.label(), why.unwrap_or_default());
    };
    let told: Vec<String> = shown
        .iter()
        .filter(|(month, _)| month % 12 == 0 || *month == last)
        .map(|(month, row)| format!("at {month} months {}", telling(row, None)))
        .collect();
    format!("{}: {}.", curve.label(), told.join("; "))
}

/// Every month that is drawn, and why for a group that has none.
fn months_table(shelf: Shelf<'_>, request: &Request, curves: &[Curve<'_>]) -> Text {
    let groups = request.by.len().max(1);
    let mut columns = headings(&request.by);
    let mut kept: Vec<&Released> = Vec::new();
    for curve in curves {
        let shown = curve.shown();
        if shown.is_empty() {
            kept.extend(curve.rows.first());
        }
        kept.extend(shown.into_iter().map(|(_, row)| row));
    }
    columns.push((phrases::COLUMN_MONTHS.say([]), Column::Number));
    columns.push((phrases::COLUMN_STILL.say([]), Column::Number));
    columns.extend(limit_headings(&kept));
    columns.push((phrases::COLUMN_FOLLOWED.say([]), Column::Number));
    let cells = |row: &&Released| {
        let month = row.key().horizon_months;
        let mut cells = group_cells(row, groups);
        cells.push(month.map_or_else(
            || Cell::words(phrases::NOTHING_ASIDE.say([])),
            |m| Cell::count(u64::from(m)),
        ));
        cells.push(Cell::figure(row));
        cells.extend(Cell::limits(row));
        cells.push(Cell::base(row));
        cells
    };
    let mut table = Text {
        title: title(shelf, request),
        columns,
        rows: kept.iter().map(cells).collect(),
        between: between(&kept),
        ..Text::default()
    };
    table.explain(&kept);
    table
}

/// The rows of months that are no half-year, by index, save each curve's last.
fn between(rows: &[&Released]) -> BTreeSet<usize> {
    let last = |index: usize| {
        let next = rows.get(index + 1).map(|row| &row.key().group);
        next != rows.get(index).map(|row| &row.key().group)
    };
    let months = rows.iter().map(|row| row.key().horizon_months.unwrap_or(0));
    months
        .enumerate()
        .filter(|(index, month)| month % 6 != 0 && !last(*index))
        .map(|(index, _)| index)
        .collect()
}
