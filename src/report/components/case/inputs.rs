//! Every input with its range, where it came from and what is wrong with
//! that, those that the study has not set first; and every step with its
//! formula and its numbers. Leaves no input and no fault out.

use super::amounts::{amount, bare, penny};
use super::none;
use super::told::{Told, grade, label};
use crate::chart::text::escape;
use crate::report::cells::Cell;
use crate::report::components::Page;
use crate::report::phrases::{self, case as say};
use crate::report::table::{Column, Text};
use staywise_core::casemodel::{Input, Unit};

/// Two tables: what came with the program, and what the study has set.
pub(super) fn inputs(page: &mut Page<'_>, told: &Told<'_>) -> String {
    let case = told.case;
    let not_set: Vec<(&Input, f64)> = case
        .not_set
        .iter()
        .filter_map(|one| Some((told.model().input(&one.input)?, one.swing)))
        .collect();
    let is_set = |input: &&Input| !not_set.iter().any(|(other, _)| other.name == input.name);
    let set: Vec<&Input> = told.model().inputs.iter().filter(is_set).collect();
    let year = &case.prices_of;
    let mut html = format!("<p>{}</p>\n", escape(&say::CASE_INPUTS_NOTE.say([year])));
    let all = told.model().inputs.len();
    let faulty = told.model().inputs.iter();
    let faulty = faulty
        .filter(|i| !i.faults(case.today, year).is_empty())
        .count();
    if faulty > 0 {
        let words = say::CASE_FAULTS.say([&faulty.to_string(), &all.to_string()]);
        html.push_str(&format!("<p class=\"caution\">{}</p>\n", escape(&words)));
    }
    if not_set.is_empty() {
        html.push_str(&format!("<p>{}</p>\n", escape(&say::CASE_ALL_SET.say([]))));
    } else {
        let title = say::CASE_TITLE_NOT_SET.say([&not_set.len().to_string()]);
        let mut table = table(title, Some(say::CASE_COLUMN_SWING.say([])));
        for (input, swing) in &not_set {
            let swing = Cell::words(told.answer(*swing));
            let cells = cells(told, (input, Some(swing)));
            table.rows.push(cells);
        }
        let lead = say::CASE_LEAD_NOT_SET.say([]);
        html.push_str(&format!("<p>{}</p>\n", escape(&lead)));
        html.push_str(&page.table(table, None));
    }
    if !set.is_empty() {
        let mut table = table(say::CASE_TITLE_SET.say([]), None);
        table.rows = set.iter().map(|input| cells(told, (input, None))).collect();
        html.push_str(&page.table(table, None));
    }
    html
}

fn table(title: String, swing: Option<String>) -> Text {
    let mut columns = vec![(say::CASE_COLUMN_INPUT.say([]), Column::Name)];
    let numbers = [
        say::CASE_COLUMN_LEAST,
        say::CASE_COLUMN_LIKELIEST,
        say::CASE_COLUMN_MOST,
    ];
    columns.extend(numbers.map(|heading| (heading.say([]), Column::Mixed)));
    columns.extend(swing.map(|heading| (heading, Column::Number)));
    let words = [
        say::CASE_COLUMN_UNIT,
        say::CASE_COLUMN_GRADE,
        say::CASE_COLUMN_CHECK,
        phrases::COLUMN_SOURCE,
        say::CASE_COLUMN_DATED,
        say::CASE_COLUMN_PRICES,
        say::CASE_COLUMN_SET_BY,
    ];
    columns.extend(words.map(|heading| (heading.say([]), Column::Words)));
    Text {
        title,
        columns,
        ..Text::default()
    }
}

fn cells(told: &Told<'_>, (input, swing): (&Input, Option<Cell>)) -> Vec<Cell> {
    let from = &input.provenance;
    let range = input.range;
    let mut cells = vec![Cell::words(label(input))];
    cells.extend([range.low, range.central, range.high].map(|v| figure(input.unit, v)));
    cells.extend(swing);
    let source = from
        .source
        .as_deref()
        .filter(|words| !words.trim().is_empty());
    let prices = match (input.unit.is_money(), &from.price_year) {
        (false, _) => say::CASE_NO_MONEY.say([]),
        (true, Some(year)) => year.clone(),
        (true, None) => say::CASE_NO_PRICES.say([]),
    };
    let dated = from.dated.map(|day| day.to_string());
    cells.extend(
        [
            input.unit.slug().to_owned(),
            grade(input),
            to_check(told, input),
            source.map_or_else(|| say::CASE_NO_SOURCE.say([]), str::to_owned),
            dated.unwrap_or_else(|| say::CASE_NO_DATE.say([])),
            prices,
            from.set_by.words().to_owned(),
        ]
        .map(Cell::words),
    );
    cells
}

/// An input's figure; its unit has a column of its own.
fn figure(unit: Unit, value: f64) -> Cell {
    match unit {
        unit if unit.is_money() || unit == Unit::Share => Cell::words(amount(unit, value)),
        _ => Cell::words(bare(value)),
    }
}

/// Its faults, and what its note says to check.
fn to_check(told: &Told<'_>, input: &Input) -> String {
    let faults = input.faults(told.case.today, &told.case.prices_of);
    let mut words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    words.extend(input.provenance.note.clone());
    match words.is_empty() {
        true => phrases::NOTHING_ASIDE.say([]),
        false => words.join("; "),
    }
}

/// Every step, in the order in which one is made of another.
pub(super) fn worked(page: &mut Page<'_>, told: &Told<'_>) -> String {
    let headings = [
        (say::CASE_COLUMN_LINE, Column::Name),
        (say::CASE_COLUMN_VALUE, Column::Mixed),
        (say::CASE_COLUMN_WITH_NUMBERS, Column::Working),
        (say::CASE_COLUMN_HOW_WORKED, Column::Working),
    ];
    let mut table = Text {
        title: say::CASE_TITLE_WORKED.say([]),
        columns: headings.map(|(heading, of)| (heading.say([]), of)).into(),
        ..Text::default()
    };
    for step in &told.model().steps {
        if is_held(told, &step.name) {
            continue;
        }
        let value = match told.get(&step.name) {
            None => none(&mut table, &say::CASE_NO_VALUE.say([])),
            Some(value) if step.unit.is_money() => Cell::words(penny(value)),
            Some(value) if step.unit == Unit::Share => Cell::words(bare(value)),
            Some(value) => Cell::words(amount(step.unit, value)),
        };
        table.rows.push(vec![
            Cell::words(told.label(&step.name)),
            value,
            Cell::words(told.with_numbers(step)),
            Cell::words(told.formula(step)),
        ]);
    }
    let lead = say::CASE_LEAD_WORKED.say([]);
    format!("<p>{}</p>\n{}", escape(&lead), page.table(table, None))
}

/// Whether a step is one that the page holds back.
fn is_held(told: &Told<'_>, name: &str) -> bool {
    let held = told.held();
    let ranges_only = held.one_figure.is_some() || told.spans();
    match name {
        "cost_per_stayer" => held.per_stayer.is_some(),
        "npv" | "cash_npv" | "bcr" => ranges_only,
        _ => false,
    }
}
