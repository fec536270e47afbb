//! What each input alone does to the answer, the largest first, with where it
//! turns the answer round. Moves no input itself.

use super::Drawn;
use super::amounts::{amount, pounds};
use super::told::{Told, grade, label};
use crate::chart::{Against, Length, LengthRow, Shade};
use crate::report::cells::Cell;
use crate::report::phrases::case as say;
use crate::report::table::{Column, Text};
use staywise_core::casemodel::{Bar, Input, Target, Turn};
use staywise_core::domain::Unit;

/// The most inputs of the drawing; its table has all.
const MOST: usize = 12;

/// The chart with its table; nothing where no input moves the answer.
pub(super) fn tornado(told: &Told<'_>) -> Option<Drawn> {
    let answers = &told.case.answers;
    let target = answers.target;
    let bars: Vec<(&Bar, &Input)> = answers
        .bars
        .iter()
        .filter_map(|bar| Some((bar, told.model().input(&bar.input)?)))
        .collect();
    let central = told.get(target.step())?;
    let (title, unit, scale) = match target {
        Target::NetValue => (say::CASE_TITLE_TORNADO_NET.say([]), Unit::Pence, 100.0),
        Target::BreakEven => (say::CASE_TITLE_TORNADO_PEOPLE.say([]), Unit::Score, 1.0),
    };
    if bars.is_empty() {
        return None;
    }
    let at = central * scale;
    let edge = edge(&bars[..bars.len().min(MOST)], central);
    let rows = bars
        .iter()
        .take(MOST)
        .map(|(bar, input)| row(told, (bar, input), Drawing { at, scale, edge }))
        .collect();
    let mut source = Vec::new();
    if bars.len() > MOST {
        let [drawn, all] = [MOST, bars.len()].map(|n| n.to_string());
        source.push(say::CASE_SOURCE_TORNADO.say([&drawn, &all]));
    }
    source.extend(answers.scenarios.map(|s| {
        let [worst, central, best] = [s.worst, central, s.best].map(|v| told.answer(v));
        say::CASE_SCENARIOS.say([&worst, &central, &best])
    }));
    let over = format!(
        "{}: {}",
        say::CASE_AT_LIKELIEST.say([]),
        told.answer(central)
    );
    Some(Drawn {
        lead: say::CASE_LEAD_TORNADO.say([]),
        rows,
        against: Against {
            unit,
            upright: Some((at, over)),
            key: Some([say::CASE_AT_LEAST.say([]), say::CASE_AT_MOST.say([])]),
        },
        table: table(told, title.clone(), &bars),
        title,
        source: source.join(" "),
    })
}

/// Where the bars start, what an answer is multiplied by, and how far an
/// answer without end is drawn.
#[derive(Clone, Copy)]
struct Drawing {
    at: f64,
    scale: f64,
    edge: f64,
}

/// A fifth beyond the farthest end that there is: what has no end reaches the
/// drawing's, and its words say so.
fn edge(bars: &[(&Bar, &Input)], central: f64) -> f64 {
    let ends = bars.iter().flat_map(|(bar, _)| [bar.at_low, bar.at_high]);
    let most = ends.filter(|end| end.is_finite()).fold(central, f64::max);
    central + (most - central).max(central.abs() * 0.5) * 1.2
}

fn row(told: &Told<'_>, (bar, input): (&Bar, &Input), drawing: Drawing) -> LengthRow {
    let [low, high] = [bar.at_low, bar.at_high].map(|value| told.answer(value));
    let Drawing { at, scale, edge } = drawing;
    let to = |value: f64| if value.is_infinite() { edge } else { value } * scale;
    let range = input.range;
    let [least, most] = [range.low, range.high].map(|value| amount(input.unit, value));
    LengthRow {
        label: label(input),
        words: say::CASE_REACH.say([&low, &high]),
        aside: say::CASE_REACH.say([&least, &most]),
        lengths: vec![
            Length::Bar(at, to(bar.at_low), Shade::First),
            Length::Bar(at, to(bar.at_high), Shade::Second),
        ],
    }
}

fn table(told: &Told<'_>, title: String, bars: &[(&Bar, &Input)]) -> Text {
    let answers = &told.case.answers;
    let turns = !answers.switching.is_empty();
    let mut columns = vec![(say::CASE_COLUMN_INPUT.say([]), Column::Name)];
    columns.extend(
        [
            say::CASE_COLUMN_LEAST,
            say::CASE_COLUMN_LIKELIEST,
            say::CASE_COLUMN_MOST,
        ]
        .map(|heading| (heading.say([]), Column::Mixed)),
    );
    columns.extend(
        [say::CASE_COLUMN_AT_LEAST, say::CASE_COLUMN_AT_MOST]
            .map(|heading| (heading.say([]), Column::Number)),
    );
    if turns {
        columns.push((say::CASE_COLUMN_TURN.say([]), Column::Mixed));
    }
    columns.push((say::CASE_COLUMN_GRADE.say([]), Column::Words));
    let mut table = Text {
        title,
        columns,
        ..Text::default()
    };
    let answer = |value: f64| match answers.target {
        Target::NetValue => super::amounts::about_cell(value),
        Target::BreakEven => people_cell(value),
    };
    for (bar, input) in bars {
        let range = input.range;
        let mut cells = vec![Cell::words(label(input))];
        cells.extend(
            [range.low, range.central, range.high].map(|v| Cell::words(amount(input.unit, v))),
        );
        cells.extend([answer(bar.at_low), answer(bar.at_high)]);
        if turns {
            let found = answers
                .switching
                .iter()
                .find(|(name, _)| *name == bar.input);
            let words = match found {
                Some((_, Turn::At(value))) => near(input, *value),
                _ => say::CASE_TURN_NEVER.say([]),
            };
            cells.push(Cell::words(words));
        }
        cells.push(Cell::words(grade(input)));
        table.rows.push(cells);
    }
    let answer = told
        .get(answers.target.step())
        .map(|value| told.answer(value));
    table.dates = answer.map_or_else(String::new, |value| {
        format!("{}: {value}", say::CASE_AT_LIKELIEST.say([]))
    });
    table
}

/// How many must stay as a cell, or that no number is enough.
pub(super) fn people_cell(value: f64) -> Cell {
    match value.is_finite() {
        true => Cell::decimal(value, 1),
        false => Cell::words(say::CASE_NONE_ENOUGH.say([])),
    }
}

/// A turning point as closely as it is of use: to a tenth, money to the
/// pound.
fn near(input: &Input, value: f64) -> String {
    match input.unit.is_money() && value.abs() >= 100.0 {
        true => pounds(value),
        false => {
            let to = match input.unit {
                staywise_core::casemodel::Unit::Share => 1_000.0,
                unit if unit.is_money() => 100.0,
                _ => 10.0,
            };
            amount(input.unit, (value * to).round() / to)
        }
    }
}
