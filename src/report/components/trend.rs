//! A metric over the periods there are: a chart and the table behind it.

use super::charts::{all_confidential, lead};
use super::frame::{Figure, level, source, tried};
use super::tables::{explain, figure_heading, group_cells, headings, limit_headings};
use super::{Page, nothing};
use crate::chart::figure::group_label;
use crate::chart::text::escape;
use crate::chart::{
    Caption, ChartError, Line, MOST_CURVES, MOST_MOMENTS, Moment, trend as draw_trend,
};
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::{Pick, Shelf};
use crate::report::strength::{self, by_words};
use crate::report::table::{Column, Text};
use crate::report::words::{base_noun, capital, dates, telling};
use staywise_core::disclosure::Released;
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Dimension, Metric, Period, Statistic, Status};

/// A metric over time, oldest first, or why there is nothing to show.
pub(super) fn trend(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let rows = rows(shelf, request);
    if rows.is_empty() {
        return Ok(page.missing(request));
    }
    let rows = since_the_first(rows);
    let label = shelf.label(request.metric());
    if rows.is_empty() {
        return Ok(nothing(&phrases::NO_PERIOD.say([&label])));
    }
    let metric = shelf.metric(request.metric());
    let whole = match request.by.as_slice() {
        [] => label,
        by => phrases::TITLE_BY.say([&label, &by_words(by.iter().map(Dimension::as_str))]),
    };
    let neutral = phrases::TITLE_OVER_TIME.say([&whole]);
    let lines = lines(&rows, metric);
    let longest = lines.iter().map(|line| line.moments.len()).max();
    let drawing = if lines.len() > MOST_CURVES || longest.unwrap_or(0) > MOST_MOMENTS {
        Err(phrases::TOO_MANY.say([]))
    } else if all_confidential(&rows) {
        Err(phrases::THIS_HIDDEN.say([]))
    } else {
        let (id, described) = (format!("c{}", page.index), described(&rows, metric));
        let caption = Caption {
            id: &id,
            title: &neutral,
            description: &described,
            base: metric.and_then(base_noun).unwrap_or_default(),
        };
        Ok(draw_trend(&lines, &caption))
    };
    let bars = level(&rows).map_or_else(String::new, |_| phrases::LEAD_TREND.html([], page.terms));
    let change = match request.by.as_slice() {
        [] => shelf.change(request),
        _ => None,
    };
    let change = change.and_then(|row| strength::change_line(row, shelf.before(row)));
    let mut notes: Vec<String> = change
        .map(|line| escape(&(line + ".")))
        .into_iter()
        .collect();
    notes.extend(rows.last().map(|row| source(row, page.terms)));
    let figure = Figure {
        title: neutral.clone(),
        lead: lead(metric, &bars),
        caution: super::charts::caution(request),
        drawing: tried(drawing)?,
        table: table(shelf, request, (&rows, neutral)),
        source: notes.join(" "),
        level: level(&rows),
    };
    Ok(figure.set(page))
}

fn rows<'a>(shelf: Shelf<'a>, request: &Request) -> Vec<&'a Released> {
    let mut rows = shelf.pick(&Pick {
        metric: request.metric(),
        by: &request.by,
        item: request.item.as_deref(),
        statistic: Statistic::Value,
        period: None,
    });
    rows.retain(|row| row.key().period.shape != Shape::All && row.key().answer.is_none());
    rows.sort_by(|a, b| a.key().period.cmp(&b.key().period));
    rows
}

/// The periods from the first that has a figure, or one that may not be shown:
/// nothing is said of the time before there were data. Later gaps stay.
fn since_the_first(rows: Vec<&Released>) -> Vec<&Released> {
    let empty =
        |row: &&Released| matches!(row.status(), Status::NotApplicable | Status::NotAvailable);
    let first = rows
        .iter()
        .find(|row| !empty(row))
        .map(|row| &row.key().period);
    let Some(first) = first.cloned() else {
        return Vec::new();
    };
    rows.into_iter()
        .filter(|row| row.key().period >= first)
        .collect()
}

fn lines<'a>(rows: &[&'a Released], metric: Option<&Metric>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for row in rows.iter().copied() {
        let moment = Moment {
            label: short(&dates(&row.key().period, metric)),
            row,
        };
        let label = group_label(row);
        match lines.iter_mut().find(|line| line.label == label) {
            Some(line) => line.moments.push(moment),
            None => lines.push(Line {
                label,
                moments: vec![moment],
            }),
        }
    }
    lines
}

/// A period in few letters: `Apr to Jun 26`; of a year, where it ends.
pub(super) fn short(period: &Period) -> String {
    let (first, last) = (period.start.date(), period.last().date());
    match period.shape {
        Shape::Month => first.format("%b %y").to_string(),
        Shape::Quarter | Shape::FinancialQuarter => {
            format!("{} to {}", first.format("%b"), last.format("%b %y"))
        }
        Shape::Year | Shape::FinancialYear | Shape::Window | Shape::All => {
            format!("to {}", last.format("%b %y"))
        }
    }
}

/// Each period in words.
fn described(rows: &[&Released], metric: Option<&Metric>) -> String {
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let when = dates(&row.key().period, metric).in_words();
            let who = match row.key().group.parts() {
                [] => String::new(),
                _ => format!("{}, ", group_label(row)),
            };
            format!("{who}{when}: {}.", telling(row, metric))
        })
        .collect();
    told.join(" ")
}

fn heading(metric: Option<&Metric>) -> String {
    match metric.and_then(|metric| metric.horizon_months) {
        Some(1) => phrases::COLUMN_PERIOD_ENDED_MONTH.say([]),
        Some(months) => phrases::COLUMN_PERIOD_ENDED.say([&months.to_string()]),
        None => phrases::COLUMN_PERIOD.say([]),
    }
}

fn table(shelf: Shelf<'_>, request: &Request, (rows, title): (&[&Released], String)) -> Text {
    let metric = shelf.metric(request.metric());
    let label = shelf.label(request.metric());
    let mut columns = vec![(heading(metric), Column::Name)];
    if !request.by.is_empty() {
        columns.extend(headings(&request.by));
    }
    columns.push((figure_heading(&label, rows), Column::Number));
    columns.extend(limit_headings(rows));
    let noun = match metric {
        Some(metric) => base_noun(metric).map(capital),
        None => Some(phrases::COLUMN_BASE.say([])),
    };
    let based = noun.is_some();
    columns.extend(noun.map(|noun| (noun, Column::Number)));
    let cells = |row: &&Released| {
        let when = capital(&dates(&row.key().period, metric).in_words());
        let mut cells = vec![Cell::words(when)];
        if !request.by.is_empty() {
            cells.extend(group_cells(row, 1));
        }
        cells.push(Cell::figure(row));
        cells.extend(Cell::limits(row));
        cells.extend(based.then(|| Cell::base(row)));
        cells
    };
    let mut table = Text {
        title,
        columns,
        rows: rows.iter().map(cells).collect(),
        ..Text::default()
    };
    explain(&mut table, rows);
    table
}
