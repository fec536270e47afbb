//! One workforce under every definition of a leaver rate: the rates side by
//! side, each under its own name, the way from one to the next, and the flow
//! of people behind them. No rate stands here without its definition.

use super::Page;
use super::comparison::listed;
use super::frame::{Figure, tried};
use super::scale::Scale;
use super::tables::limit_headings;
use crate::chart::figure::{HIDDEN, shorthand, unquoted, why_not};
use crate::chart::text::escape;
use crate::chart::{Caption, ChartError, Stand, Step, waterfall};
use crate::report::cells::{Cell, plain};
use crate::report::evidence::{RateStep, Turnover};
use crate::report::phrases;
use crate::report::shelf::Shelf;
use crate::report::table::{Column, Text};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

/// The rates, the way from one to the next, and the flow of people.
pub(super) fn turnover(page: &mut Page<'_>) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let Some(of) = &shelf.facts.evidence.turnover else {
        return Ok(page.without(&phrases::NO_TURNOVER.say([])));
    };
    let title = phrases::TITLE_RATES.say([&of.rates.len().to_string()]);
    let mut html = format!(
        "<h3>{}</h3>\n<p>{}</p>\n",
        escape(&title),
        phrases::LEAD_RATES.html([], page.terms)
    );
    let scale = scale(of);
    html.push_str(&cards(of, scale));
    let table = rates(shelf, of, (title, scale));
    html.push_str(&page.table(table, None));
    if !of.steps.is_empty() {
        html.push_str(&steps(page, of, scale)?);
    }
    if !of.flow.is_empty() {
        let table = flow(of, shelf.facts.reported.in_words());
        html.push_str(&page.table(table, None));
    }
    html.push_str(&listed(&phrases::NOTES_LEAD.say([]), &of.notes));
    Ok(html)
}

/// How closely the rates and the way between them are written.
fn scale(of: &Turnover) -> Scale {
    let rates = of.rates.iter().filter_map(Released::estimate);
    let steps = of
        .steps
        .iter()
        .flat_map(|step| [Some(step.to), step.change]);
    let steps: Vec<f64> = steps.flatten().collect();
    match steps.is_empty() {
        true => Scale::of(Unit::Rate, rates),
        false => Scale::of(Unit::Rate, steps),
    }
}

fn terms(row: &Released) -> Option<(String, String)> {
    let (above, below) = row.numerator().zip(row.denominator())?;
    Some((amount(above), amount(below)))
}

/// A count, or a mean of counts with one decimal place.
fn amount(value: f64) -> String {
    plain(value, u8::from((value - value.round()).abs() > 1e-6))
}

/// The scale of one rate: a rate for each 100 person-years is no percentage,
/// and a rate that was rounded is written as it was.
fn own(row: &Released, scale: Scale) -> Scale {
    let exact = row.numerator().is_some() && row.unit() == Unit::Rate;
    if exact {
        return scale;
    }
    Scale::of(row.unit(), row.estimate())
}

/// A card a rate: its definition's name, the rate, and what it is made of.
fn cards(of: &Turnover, scale: Scale) -> String {
    let card = |row: &Released| {
        let shown = row.estimate().filter(|_| row.status() == Status::Shown);
        let (big, base) = match shown {
            Some(rate) => (
                own(row, scale).level(rate),
                terms(row).map(|(a, b)| phrases::RATE_OF.say([&a, &b])),
            ),
            None => (shorthand(row.status()), Some(why_not(row))),
        };
        let base = base.map_or_else(String::new, |words| {
            format!("<p class=\"base\">{}</p>\n", escape(&words))
        });
        format!(
            "<div class=\"card\">\n<h3>{}</h3>\n<p class=\"big\">{}</p>\n{base}</div>\n",
            escape(row.label()),
            escape(&big)
        )
    };
    let cards: String = of.rates.iter().map(card).collect();
    format!("<div class=\"cards\">\n{cards}</div>\n")
}

/// A definition in words; its id where nothing is said of it.
fn definition(shelf: Shelf<'_>, row: &Released) -> String {
    let key = row.key();
    let all = shelf.facts.definitions.iter();
    let mut all = all.chain(shelf.facts.unavailable.iter().map(|(metric, _)| metric));
    let found =
        all.find(|metric| metric.name == key.metric && metric.definition_id == key.definition);
    let found = found.or_else(|| shelf.metric(&key.metric));
    found.map_or_else(
        || key.definition.replace('_', " "),
        |m| unquoted(&m.definition),
    )
}

fn rates(shelf: Shelf<'_>, of: &Turnover, (title, scale): (String, Scale)) -> Text {
    let rows: Vec<&Released> = of.rates.iter().collect();
    let mut columns = vec![
        (phrases::COLUMN_RATE.say([]), Column::Name),
        (phrases::COLUMN_RATE_PERCENT.say([]), Column::Number),
    ];
    columns.extend(limit_headings(&rows));
    columns.extend([
        (phrases::COLUMN_ABOVE.say([]), Column::Number),
        (phrases::COLUMN_BELOW.say([]), Column::Number),
        (phrases::COLUMN_DEFINITION.say([]), Column::Words),
    ]);
    let mut table = Text {
        title,
        dates: of.period.in_words(),
        columns,
        ..Text::default()
    };
    for row in &of.rates {
        let shown = row.estimate().filter(|_| row.status() == Status::Shown);
        let mark = Cell::words(shorthand(row.status()));
        let mut cells = vec![Cell::words(row.label())];
        cells.push(shown.map_or(mark.clone(), |rate| own(row, scale).level_cell(rate)));
        for limit in [row.lower(), row.upper()] {
            cells.push(match (shown, limit) {
                (Some(_), Some(limit)) => own(row, scale).level_cell(limit),
                (Some(_), None) => Cell::words(shorthand(Status::NotApplicable)),
                (None, _) => mark.clone(),
            });
        }
        for part in [row.numerator(), row.denominator()] {
            cells.push(match (shown, part) {
                (Some(_), Some(n)) => Cell::decimal(n, u8::from((n - n.round()).abs() > 1e-6)),
                (Some(_), None) => {
                    let why = phrases::RATES_ROUNDED.say([]);
                    table.mark(Status::NotAvailable, &why);
                    Cell::words(shorthand(Status::NotAvailable))
                }
                (None, _) => mark.clone(),
            });
        }
        cells.push(Cell::words(definition(shelf, row)));
        table.rows.push(cells);
    }
    super::tables::explain(&mut table, &rows);
    table
}

/// The waterfall from one definition to the next, and the table behind it.
fn steps(page: &mut Page<'_>, of: &Turnover, scale: Scale) -> Result<String, ChartError> {
    let title = phrases::TITLE_RATE_STEPS.say([]);
    let mut before = None;
    let drawn: Vec<Step> = of
        .steps
        .iter()
        .map(|step| {
            let from = before.replace(step.to).unwrap_or(step.to);
            drawn(step, from, scale)
        })
        .collect();
    let told: Vec<String> = drawn
        .iter()
        .map(|step| format!("{}: {}.", step.label, step.words))
        .collect();
    let id = format!("c{}", page.index);
    let caption = Caption {
        id: &id,
        title: &title,
        description: &told.join(" "),
        base: "",
    };
    let drawing = waterfall(&drawn, Unit::Rate, &caption);
    let period = of.period.in_words();
    let figure = Figure {
        title: title.clone(),
        lead: phrases::LEAD_RATE_STEPS.html([], page.terms),
        caution: None,
        drawing: tried(Ok(drawing))?,
        table: steps_table(of, title, scale),
        source: phrases::RATES_SOURCE.html([&period], page.terms),
        level: None,
    };
    Ok(figure.set(page))
}

fn drawn(step: &RateStep, from: f64, scale: Scale) -> Step {
    let (words, stand) = match step.change {
        None => (scale.level(step.to), Stand::Level(step.to)),
        Some(change) => (
            scale.change(change),
            Stand::Change {
                from,
                to: step.to,
                reach: None,
            },
        ),
    };
    Step {
        label: step.label.clone(),
        words,
        aside: String::new(),
        stand,
    }
}

fn steps_table(of: &Turnover, title: String, scale: Scale) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (phrases::COLUMN_STEP.say([]), Column::Name),
            (scale.change_heading(), Column::Number),
            (phrases::COLUMN_RATE_PERCENT.say([]), Column::Number),
        ],
        ..Text::default()
    };
    table.mark(Status::NotApplicable, &phrases::NOT_A_CHANGE.say([]));
    for step in &of.steps {
        let none = || Cell::words(shorthand(Status::NotApplicable));
        let change = step.change.map_or_else(none, |c| scale.change_cell(c));
        let name = Cell::words(step.label.clone());
        table
            .rows
            .push(vec![name, change, scale.level_cell(step.to)]);
    }
    table
}

/// Opening, starters, leavers, other ends, closing.
fn flow(of: &Turnover, dates: String) -> Text {
    let mut table = Text {
        title: phrases::TITLE_PEOPLE_FLOW.say([]),
        dates,
        columns: vec![
            (phrases::COLUMN_STEP.say([]), Column::Name),
            (phrases::COLUMN_PEOPLE.say([]), Column::Number),
        ],
        ..Text::default()
    };
    for (label, n) in &of.flow {
        let cell = n.map_or_else(
            || Cell::words(shorthand(Status::Confidential)),
            |n| Cell::decimal(n as f64, 0),
        );
        if n.is_none() {
            table.mark(Status::Confidential, HIDDEN);
        }
        table.rows.push(vec![Cell::words(label.clone()), cell]);
    }
    table
}
