//! Charts with what belongs to them: a neutral title, what is measured, the
//! table behind the drawing with the same words, and where the figures come
//! from.

use super::cards::source;
use super::nothing;
use super::tables::{
    by_group, group_cells, interval_cell, interval_heading, statuses, title, waves,
};
use crate::chart::figure::{base, figure, group_label, unquoted};
use crate::chart::survival::MOST;
use crate::chart::text::escape;
use crate::chart::{Caption, ChartError, Curve, Drawing, interval_dots, survival as draw_survival};
use crate::report::request::{Request, When};
use crate::report::shelf::Shelf;
use crate::report::table::{Column, TableText};
use crate::report::words::{base_noun, base_words, capital, dimension_name, telling};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Metric, Status};

/// More rows than a drawing can hold and a person can take in.
const MOST_ROWS: usize = 60;

/// What a comparison by programme must never be read as.
const UNADJUSTED: &str = "These figures are not adjusted: people on the programme and people not \
    on it may differ in other ways, so they do not show what the programme did.";

/// Interval dots by group, or why there are none.
pub(super) fn chart(
    shelf: Shelf<'_>,
    request: &Request,
    index: usize,
) -> Result<String, ChartError> {
    let rows = shelf.asked(request);
    if rows.is_empty() {
        return Ok(nothing(&shelf.why_missing(request)));
    }
    if rows
        .iter()
        .any(|row| row.key().answer.is_some() || row.key().item.is_some())
        && request.item.is_none()
    {
        return Ok(super::tables::table(shelf, request, index));
    }
    let metric = shelf.metric(request.metric());
    let everyone = shelf.everyone(request).into_iter().next();
    let noun = metric.and_then(base_noun).unwrap_or("base");
    let title = title(shelf, request);
    let described = description(&rows, everyone, metric);
    let table = by_group(shelf, request, &rows);
    let against = everyone.filter(|_| !request.by.is_empty());
    let drawing = if rows.len() > MOST_ROWS {
        Err("Too many groups for one chart; the table has them all.")
    } else if rows.iter().all(|row| row.status() == Status::Confidential) {
        Err(all_hidden(request))
    } else {
        let id = format!("c{index}");
        let caption = Caption {
            id: &id,
            title: &title,
            description: &described,
            base: noun,
        };
        Ok(interval_dots(&rows, against, &caption)?)
    };
    let cited = everyone.or(rows.first().copied());
    let mut notes = vec![escape(&(capital(&shelf.dates(request, &rows)) + "."))];
    notes.extend(
        everyone
            .and_then(|row| base_words(row, metric))
            .map(|b| format!("Everyone: {b}.")),
    );
    notes.extend(waves(shelf, request).map(escape));
    notes.extend(cited.map(source));
    Ok(Figure {
        title,
        lead: lead(
            metric,
            drawing
                .as_ref()
                .map_or("", |_| "The bar is the interval around each figure."),
        ),
        caution: caution(request),
        drawing,
        table,
        notes: notes.join(" "),
        index,
    }
    .html())
}

/// Curves of those still in post, or why there are none.
pub(super) fn survival(
    shelf: Shelf<'_>,
    request: &Request,
    index: usize,
) -> Result<String, ChartError> {
    let request = Request {
        when: When::All,
        ..request.clone()
    };
    let curves = curves(&shelf.asked(&request));
    if curves.is_empty() {
        return Ok(nothing(&shelf.why_missing(&request)));
    }
    let metric = shelf.metric(request.metric());
    let title = title(shelf, &request);
    let described = curves
        .iter()
        .map(|c| curve_words(c, metric))
        .collect::<Vec<_>>()
        .join(" ");
    let hidden = |curve: &Curve<'_>| {
        let first = curve.rows.first().map(|row| row.status());
        first == Some(Status::Confidential)
    };
    let drawing = if curves.len() > MOST {
        Err("Too many groups for one chart; the table has them all.")
    } else if curves.iter().all(hidden) {
        Err(all_hidden(&request))
    } else {
        let id = format!("c{index}");
        let caption = Caption {
            id: &id,
            title: &title,
            description: &described,
            base: "still being followed",
        };
        Ok(draw_survival(&curves, &caption)?)
    };
    let rows: Vec<&Released> = curves.iter().flat_map(|c| c.rows.iter().copied()).collect();
    let cited = rows
        .iter()
        .copied()
        .max_by_key(|row| row.key().horizon_months.filter(|m| *m <= 12));
    let mut notes = vec![escape(&(capital(&shelf.dates(&request, &rows)) + "."))];
    notes.extend(cited.map(|row| {
        let months = row.key().horizon_months.unwrap_or(0);
        format!("At {months} months: {}", source(row))
    }));
    Ok(Figure {
        title,
        lead: lead(
            metric,
            drawing.as_ref().map_or(
                "",
                |_| "Shading is the interval. Each line ends where too few are left to show.",
            ),
        ),
        caution: caution(&request),
        drawing,
        table: months_table(shelf, &request, &curves),
        notes: notes.join(" "),
        index,
    }
    .html())
}

/// In place of a drawing that would have nothing in it. Says no more of why
/// than any hidden cell does.
fn all_hidden(request: &Request) -> &'static str {
    if request.by.is_empty() {
        "Not shown, to protect people."
    } else {
        "No group can be shown: all are hidden to protect people."
    }
}

fn caution(request: &Request) -> Option<&'static str> {
    let by_programme = request.by.iter().any(|d| d.as_str() == "programme");
    by_programme.then_some(UNADJUSTED)
}

fn lead(metric: Option<&Metric>, how: &str) -> String {
    metric.map_or_else(
        || how.to_owned(),
        |metric| {
            let words = format!("{} {how}", unquoted(&metric.definition));
            words.trim_end().to_owned()
        },
    )
}

/// Each row in words, everyone last.
fn description(rows: &[&Released], everyone: Option<&Released>, metric: Option<&Metric>) -> String {
    let all = rows.iter().copied().chain(everyone);
    let told: Vec<String> = all
        .map(|row| format!("{}: {}.", group_label(row), telling(row, metric)))
        .collect();
    told.join(" ")
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
fn months_table(shelf: Shelf<'_>, request: &Request, curves: &[Curve<'_>]) -> TableText {
    let groups = request.by.len().max(1);
    let mut columns: Vec<(String, Column)> = match request.by.as_slice() {
        [] => vec![("Group".to_owned(), Column::Name)],
        by => by
            .iter()
            .map(|d| (capital(&dimension_name(d.as_str())), Column::Name))
            .collect(),
    };
    let mut kept: Vec<&Released> = Vec::new();
    for curve in curves {
        let shown = curve.shown();
        if shown.is_empty() {
            kept.extend(curve.rows.first());
        }
        kept.extend(shown.into_iter().map(|(_, row)| row));
    }
    columns.extend([
        ("Months since starting".to_owned(), Column::Number),
        ("Still in post".to_owned(), Column::Number),
        (interval_heading(&kept), Column::Words),
        ("Still being followed".to_owned(), Column::Number),
    ]);
    let cells = |row: &&Released| {
        let month = row
            .key()
            .horizon_months
            .map_or_else(|| "none".to_owned(), |m| m.to_string());
        let mut cells = group_cells(row, groups);
        cells.extend([month, figure(row), interval_cell(row), base(row)]);
        cells
    };
    TableText {
        caption: title(shelf, request),
        columns,
        rows: kept.iter().map(cells).collect(),
        statuses: statuses(&kept),
    }
}

/// A figure of the page.
struct Figure {
    title: String,
    lead: String,
    caution: Option<&'static str>,
    /// The drawing, or why there is none.
    drawing: Result<Drawing, &'static str>,
    table: TableText,
    /// Markup.
    notes: String,
    index: usize,
}

impl Figure {
    fn html(&self) -> String {
        let mut html = format!(
            "<figure>\n<figcaption>\n<h3>{}</h3>\n<p>{}</p>\n",
            escape(&self.title),
            escape(&self.lead)
        );
        if let Some(caution) = self.caution {
            html.push_str(&format!("<p class=\"caution\">{}</p>\n", escape(caution)));
        }
        html.push_str("</figcaption>\n");
        let table = self.table.html(&format!("t{}", self.index));
        match &self.drawing {
            Ok(svg) => html.push_str(&format!(
                "<div class=\"plot\" role=\"region\" tabindex=\"0\" aria-label=\"Chart: {}\">\n{}\n</div>\n\
                 <details>\n<summary>Table behind this chart</summary>\n{table}</details>\n",
                escape(&self.title),
                svg.wide().as_str()
            )),
            Err(why) => html.push_str(&format!(
                "<p class=\"missing\">{}</p>\n<details>\n<summary>The table</summary>\n{table}</details>\n",
                escape(why)
            )),
        }
        html.push_str(&format!(
            "<p class=\"source\">{}</p>\n</figure>\n",
            self.notes
        ));
        html
    }
}
