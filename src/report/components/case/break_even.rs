//! How many would have to stay, beside how many leave and what the study's
//! figures fit, in people. Counts nobody.

use super::amounts::people;
use super::told::Told;
use super::{Drawn, none};
use crate::case::Basis;
use crate::chart::{Against, Length, LengthRow, Shade};
use crate::report::cells::{Cell, plain};
use crate::report::phrases::{self, case as say};
use crate::report::table::{Column, Text};
use staywise_core::casemodel::{Adjustment, Target};
use staywise_core::domain::{Status, Unit};

/// One row: what it is, its figure, its range, who says so.
struct Line {
    label: String,
    at: f64,
    reach: Option<(f64, f64)>,
    /// How many there are: no more can stay.
    all: f64,
    source: String,
    is_found: bool,
}

/// The chart with its table; nothing where no number of people is the answer.
pub(super) fn break_even(told: &Told<'_>) -> Option<Drawn> {
    let whole = told.case.answers.verdict.people()?;
    let lines = lines(told, whole);
    let rows = lines.iter().map(row).collect();
    let title = say::CASE_TITLE_BREAK_EVEN.say([]);
    let mut source = vec![say::CASE_BREAK_EVEN_SOURCE.say([])];
    source.extend(told.found().map(|_| {
        let level = match &told.case.basis {
            Basis::Measured { row, .. } => row.interval_level().unwrap_or(0.95),
            Basis::BreakEven(_) => 0.95,
        };
        say::CASE_INTERVAL_SOURCE.say([&format!("{:.0}%", level * 100.0)])
    }));
    Some(Drawn {
        lead: say::CASE_LEAD_BREAK_EVEN.say([]),
        rows,
        against: Against {
            unit: Unit::People,
            upright: Some((whole, say::CASE_OVER_NEEDED.say([&people(whole)]))),
            key: None,
        },
        table: table(title.clone(), &lines),
        title,
        source: source.join(" "),
    })
}

fn lines(told: &Told<'_>, whole: f64) -> Vec<Line> {
    let inputs = say::CASE_FROM_INPUTS.say([]);
    let line = |label: String, at: f64, source: &str| Line {
        label,
        at,
        reach: None,
        all: told.everyone(),
        source: source.to_owned(),
        is_found: false,
    };
    let mut lines = vec![line(say::CASE_ROW_ALL.say([]), told.everyone(), &inputs)];
    if let Some(leavers) = &told.case.leavers {
        let label = say::CASE_ROW_LEAVE.say([]);
        lines.push(line(label, leavers.count, &leavers.source));
    }
    let answers = &told.case.answers;
    let scenarios = answers
        .scenarios
        .filter(|_| answers.target == Target::BreakEven);
    lines.push(Line {
        reach: scenarios.map(|s| (whole_of(s.best), whole_of(s.worst))),
        ..line(say::CASE_ROW_NEEDED.say([]), whole, &inputs)
    });
    let title = match &told.case.basis {
        Basis::Measured { title, .. } => title.clone(),
        Basis::BreakEven(_) => inputs.clone(),
    };
    let found = |label: String, (low, at, high): (f64, f64, f64)| Line {
        reach: Some((low, high)),
        is_found: true,
        ..line(label, at, &title)
    };
    lines.extend(told.found().map(|f| found(say::CASE_ROW_FOUND.say([]), f)));
    if told.case.adjustment == Adjustment::Attribution {
        let label = say::CASE_ROW_CREDITED.say([]);
        lines.extend(told.credited().map(|f| found(label, f)));
    }
    lines
}

/// Whole people, as a verdict counts them.
fn whole_of(people: f64) -> f64 {
    (people - 1e-9).ceil().max(0.0)
}

/// One decimal place for what is an estimate, whole people for the rest.
fn counted(line: &Line, value: f64) -> String {
    match line.is_found {
        true => plain(value, 1),
        false => people(value),
    }
}

/// The upper end of a range, which may be more than there are.
fn end(line: &Line, value: f64) -> String {
    match !line.is_found && value > line.all {
        true => say::CASE_MORE_THAN_ALL.say([]),
        false => counted(line, value),
    }
}

fn row(line: &Line) -> LengthRow {
    let reach = line.reach.filter(|(from, to)| from < to);
    let mut lengths = Vec::new();
    match (line.is_found, reach) {
        (true, _) => lengths.push(Length::Figure {
            at: line.at,
            reach: line.reach.unwrap_or((line.at, line.at)),
        }),
        (false, reach) => {
            lengths.push(Length::Bar(0.0, line.at, Shade::First));
            lengths.extend(
                reach.map(|(from, to)| Length::Below(from.min(line.all), to.min(line.all))),
            );
        }
    }
    LengthRow {
        label: line.label.clone(),
        words: counted(line, line.at),
        aside: reach.map_or_else(String::new, |(from, to)| {
            say::CASE_REACH.say([&counted(line, from), &end(line, to)])
        }),
        lengths,
    }
}

fn table(title: String, lines: &[Line]) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (say::CASE_COLUMN_WHO.say([]), Column::Name),
            (phrases::COLUMN_PEOPLE.say([]), Column::Number),
            (say::CASE_COLUMN_FROM.say([]), Column::Number),
            (say::CASE_COLUMN_TO.say([]), Column::Number),
            (say::CASE_COLUMN_BASIS.say([]), Column::Words),
        ],
        ..Text::default()
    };
    for line in lines {
        let places = |value: f64| u8::from(line.is_found || (value - value.round()).abs() > 1e-6);
        let number = |value: f64| Cell::decimal(value, places(value));
        let mut cells = vec![Cell::words(line.label.clone()), number(line.at)];
        cells.extend(match line.reach {
            Some((from, to)) if !line.is_found && to > line.all => {
                [number(from), Cell::words(end(line, to))]
            }
            Some((from, to)) => [number(from), number(to)],
            None => [(); 2].map(|()| none(&mut table, &say::CASE_NO_RANGE.say([]))),
        });
        cells.push(Cell::words(line.source.clone()));
        table.rows.push(cells);
    }
    // A range that no row has is no shorthand either.
    if lines.iter().all(|line| line.reach.is_some()) {
        table
            .marks
            .retain(|(status, _)| *status != Status::NotApplicable);
    }
    table
}
