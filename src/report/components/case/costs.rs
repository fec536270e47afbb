//! What one leaver costs and what the programme costs, line by line: a
//! waterfall, and a table with each line's formula in words and the inputs it
//! rests on.

use super::amounts::{pounds, pounds_cell};
use super::told::{Told, purse};
use super::waterfall_of;
use crate::chart::ChartError;
use crate::chart::text::escape;
use crate::chart::{Stand, Step as Drawn};
use crate::report::cells::Cell;
use crate::report::components::Page;
use crate::report::components::frame::Figure;
use crate::report::phrases::case as say;
use crate::report::table::{Column, Text};
use staywise_core::casemodel::{Part, Step};

/// One block of lines with its total.
struct Block {
    title: String,
    lead: String,
    part: Part,
    total: &'static str,
    money: &'static str,
}

/// What one leaver costs, by group where there are several.
pub(super) fn leaver(page: &mut Page<'_>, told: &Told<'_>) -> Result<String, ChartError> {
    let block = Block {
        title: say::CASE_TITLE_LEAVER.say([]),
        lead: say::CASE_LEAD_LEAVER.say([]),
        part: Part::Leaver,
        total: "leaver_cost",
        money: "leaver_cash",
    };
    by_group(page, told, &block)
}

/// What the programme costs for one preceptee, by group where there are
/// several, and what it costs however many take part.
pub(super) fn programme(page: &mut Page<'_>, told: &Told<'_>) -> Result<String, ChartError> {
    let block = Block {
        title: say::CASE_TITLE_PROGRAMME.say([]),
        lead: say::CASE_LEAD_PROGRAMME.say([]),
        part: Part::Preceptee,
        total: "preceptee_cost",
        money: "preceptee_cash",
    };
    let mut html = by_group(page, told, &block)?;
    let fixed: Vec<&Step> = told
        .model()
        .steps
        .iter()
        .filter(|s| s.part == Part::Fixed)
        .collect();
    let table = table(told, say::CASE_TITLE_FIXED.say([]), &fixed);
    html.push_str(&page.table(table, None));
    Ok(html)
}

fn by_group(page: &mut Page<'_>, told: &Told<'_>, block: &Block) -> Result<String, ChartError> {
    let mut html = String::new();
    for group in 0..told.case.groups.len() {
        html.push_str(&one(page, told, (block, group))?);
    }
    Ok(html)
}

fn one(
    page: &mut Page<'_>,
    told: &Told<'_>,
    (block, group): (&Block, usize),
) -> Result<String, ChartError> {
    let groups = &told.case.groups;
    let of = groups.get(group).filter(|_| groups.len() > 1);
    let title = match of {
        Some(of) => say::CASE_OF_GROUP.say([&block.title, of]),
        None => block.title.clone(),
    };
    let steps = &told.model().steps;
    let mine = |step: &&Step| step.part == block.part && step.group.as_ref() == of;
    let lines: Vec<&Step> = steps.iter().filter(mine).collect();
    let [total, money] = [block.total, block.money].map(|slug| told.own(slug, group));
    let totals = [&total, &money].map(|name| told.model().step(name));
    let rows: Vec<&Step> = lines
        .iter()
        .copied()
        .chain(totals.into_iter().flatten())
        .collect();
    let steps = drawn(told, (&lines, &total));
    let drawing = match steps.len() {
        1 => Err(say::CASE_NOTHING_PAID.say([])),
        _ => waterfall_of(page, (&steps, &title), group)?,
    };
    let figure = Figure {
        table: table(told, title.clone(), &rows),
        title,
        lead: escape(&block.lead),
        caution: None,
        drawing,
        source: escape(&say::CASE_COST_SOURCE.say([&told.case.prices_of])),
        level: None,
    };
    Ok(figure.set(page))
}

/// A step up or down for each line that is not nought, and the total.
fn drawn(told: &Told<'_>, (lines, total): (&[&Step], &str)) -> Vec<Drawn> {
    let mut at = 0.0;
    let mut steps = Vec::new();
    for line in lines {
        let cost = told.at(&line.name);
        if cost == 0.0 {
            continue;
        }
        steps.push(Drawn {
            label: line.label.clone(),
            words: pounds(cost),
            aside: purse(line.purse),
            stand: Stand::Change {
                from: at * 100.0,
                to: (at + cost) * 100.0,
                reach: None,
            },
        });
        at += cost;
    }
    let whole = told.at(total);
    steps.push(Drawn {
        label: say::CASE_TOTAL.say([]),
        words: pounds(whole),
        aside: String::new(),
        stand: Stand::Level(whole * 100.0),
    });
    steps
}

fn table(told: &Told<'_>, title: String, lines: &[&Step]) -> Text {
    let columns = vec![
        (say::CASE_COLUMN_LINE.say([]), Column::Name),
        (say::CASE_COLUMN_POUNDS.say([]), Column::Number),
        (say::CASE_COLUMN_PURSE.say([]), Column::Words),
        (say::CASE_COLUMN_HOW_WORKED.say([]), Column::Working),
        (say::CASE_COLUMN_RESTS.say([]), Column::Words),
    ];
    let cells = |line: &&Step| {
        let is_sum = matches!(line.part, Part::LeaverTotal | Part::PrecepteeTotal);
        let rests = match is_sum {
            true => say::CASE_TOTAL_RESTS.say([]),
            false => told.rests_on(&line.name),
        };
        vec![
            Cell::words(line.label.clone()),
            pounds_cell(told.at(&line.name)),
            Cell::words(purse(line.purse)),
            Cell::words(match is_sum {
                true => say::CASE_TOTAL_HOW.say([]),
                false => told.formula(line),
            }),
            Cell::words(rests),
        ]
    };
    Text {
        title,
        columns,
        rows: lines.iter().map(cells).collect(),
        ..Text::default()
    }
}
