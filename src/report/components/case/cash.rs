//! Cost and saving year by year, with all that is counted and with money
//! alone, at the first year's value. Draws no saving that is held back.

use super::amounts::{pounds, pounds_cell, share};
use super::told::{Told, why};
use super::waterfall_of;
use crate::chart::ChartError;
use crate::chart::text::escape;
use crate::chart::{Stand, Step};
use crate::report::cells::Cell;
use crate::report::components::Page;
use crate::report::components::frame::Figure;
use crate::report::phrases::case as say;
use crate::report::table::{Column, Text};
use staywise_core::casemodel::Withheld;

/// The names of a year's lines: paid, at the first year's value, saved at it.
struct Lines {
    cost: &'static str,
    pv_cost: &'static str,
    saved: &'static str,
    pv_saved: &'static str,
}

const ALL: Lines = Lines {
    cost: "cost",
    pv_cost: "pv_cost",
    saved: "saved",
    pv_saved: "pv_saved",
};

const MONEY: Lines = Lines {
    cost: "cash_cost",
    pv_cost: "pv_cash_cost",
    saved: "cash_saved",
    pv_saved: "pv_cash_saved",
};

/// Two charts with their tables.
pub(super) fn cash(page: &mut Page<'_>, told: &Told<'_>) -> Result<String, ChartError> {
    let hidden = unsaid(told);
    let title = match hidden {
        None => say::CASE_TITLE_CASH.say([]),
        Some(_) => say::CASE_TITLE_CASH_COST.say([]),
    };
    let money = say::CASE_TITLE_MONEY.say([]);
    let mut html = one(page, told, (&ALL, title, say::CASE_LEAD_CASH.say([])), 0)?;
    let lead = say::CASE_LEAD_MONEY.say([]);
    html.push_str(&one(page, told, (&MONEY, money, lead), 1)?);
    if let Some(reason) = hidden {
        let words = say::CASE_CASH_NOT_TOLD.say([&crate::report::words::small(&why(&reason))]);
        html.push_str(&format!("<p class=\"source\">{}</p>\n", escape(&words)));
    }
    Ok(html)
}

/// Why savings are not drawn.
fn unsaid(told: &Told<'_>) -> Option<Withheld> {
    match told.held().one_figure {
        Some(reason) => Some(reason),
        None if told.spans() => Some(Withheld::SpansNought),
        None if !told.is_valued() => Some(Withheld::NoEffect),
        None => None,
    }
}

fn one(
    page: &mut Page<'_>,
    told: &Told<'_>,
    (lines, title, lead): (&Lines, String, String),
    part: usize,
) -> Result<String, ChartError> {
    let saves = unsaid(told).is_none();
    let mut steps = Vec::new();
    let mut at = 0.0;
    for year in 1..=told.case.years {
        let named = year.to_string();
        let cost = told.year(lines.pv_cost, year);
        steps.push(step(say::CASE_YEAR_COST.say([&named]), (&mut at, -cost)));
        if saves {
            let saved = told.year(lines.pv_saved, year);
            steps.push(step(say::CASE_YEAR_SAVED.say([&named]), (&mut at, saved)));
        }
        steps.push(Step {
            label: say::CASE_YEAR_END.say([&named]),
            words: pounds(at),
            aside: String::new(),
            stand: Stand::Level(at * 100.0),
        });
    }
    let drawing = waterfall_of(page, (&steps, &title), part)?;
    let rate = share(told.at("discount_rate"));
    let figure = Figure {
        table: table(told, title.clone(), (lines, saves)),
        title,
        lead: escape(&lead),
        caution: None,
        drawing,
        source: escape(&say::CASE_CASH_SOURCE.say([&told.case.prices_of, &rate])),
        level: None,
    };
    Ok(figure.set(page))
}

fn step(label: String, (at, change): (&mut f64, f64)) -> Step {
    let from = *at;
    *at += change;
    Step {
        label,
        words: pounds(change),
        aside: String::new(),
        stand: Stand::Change {
            from: from * 100.0,
            to: *at * 100.0,
            reach: None,
        },
    }
}

fn table(told: &Told<'_>, title: String, (lines, saves): (&Lines, bool)) -> Text {
    let mut headings = vec![say::CASE_COLUMN_PROGRAMME, say::CASE_COLUMN_FUNDING];
    if saves {
        headings.push(say::CASE_COLUMN_SAVED);
    }
    headings.push(say::CASE_COLUMN_PV_COST);
    if saves {
        headings.extend([say::CASE_COLUMN_PV_SAVED, say::CASE_COLUMN_NET]);
    }
    headings.push(say::CASE_COLUMN_RUNNING);
    let mut columns = vec![(say::CASE_COLUMN_YEAR.say([]), Column::Name)];
    columns.extend(headings.iter().map(|h| (h.say([]), Column::Number)));
    let mut table = Text {
        title,
        columns,
        ..Text::default()
    };
    let mut running = 0.0;
    for year in 1..=told.case.years {
        let at = |slug: &str| told.year(slug, year);
        let (cost, saved) = (at(lines.pv_cost), at(lines.pv_saved));
        let net = if saves { saved - cost } else { -cost };
        running += net;
        let mut cells = vec![Cell::words(say::CASE_YEAR.say([&year.to_string()]))];
        cells.extend([at(lines.cost), at("funding")].map(pounds_cell));
        if saves {
            cells.push(pounds_cell(at(lines.saved)));
        }
        cells.push(pounds_cell(-cost));
        if saves {
            cells.extend([saved, net].map(pounds_cell));
        }
        cells.push(pounds_cell(running));
        table.rows.push(cells);
    }
    table
}
