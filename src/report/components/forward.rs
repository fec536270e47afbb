//! The quarters to come: what is due, which is counted, and what is to be
//! expected, which has a range. Forecasts nothing itself.

use super::Page;
use crate::chart::figure::{HIDDEN, shorthand};
use crate::report::cells::Cell;
use crate::report::evidence::Forward;
use crate::report::phrases;
use crate::report::table::{Column, Text};
use crate::report::words::capital;
use staywise_core::domain::Status;

/// A table of what is due and expected, or why there is none.
pub(super) fn forward(page: &mut Page<'_>) -> String {
    let lines = &page.shelf.facts.evidence.forward;
    if lines.is_empty() {
        return page.without(&phrases::NO_FORWARD.say([]));
    }
    let mut table = Text {
        title: phrases::TITLE_FORWARD.say([]),
        columns: vec![
            (phrases::COLUMN_WHAT.say([]), Column::Name),
            (phrases::COLUMN_QUARTER.say([]), Column::Words),
            (phrases::COLUMN_EXPECTED.say([]), Column::Number),
            (phrases::COLUMN_RANGE_LOWER.say([]), Column::Number),
            (phrases::COLUMN_RANGE_UPPER.say([]), Column::Number),
            (phrases::COLUMN_HOW.say([]), Column::Words),
        ],
        ..Text::default()
    };
    for line in lines {
        let cells = cells(line, &mut table);
        table.rows.push(cells);
    }
    let lead = phrases::FORWARD_LEAD.html([], page.terms);
    format!("<p>{lead}</p>\n{}", page.table(table, None))
}

fn cells(line: &Forward, table: &mut Text) -> Vec<Cell> {
    let hidden = Cell::words(shorthand(Status::Confidential));
    let mut cells = vec![
        Cell::words(line.what.clone()),
        Cell::words(capital(&line.quarter.in_words())),
    ];
    match (line.expected, line.range) {
        (None, _) => {
            table.mark(Status::Confidential, HIDDEN);
            cells.extend([hidden.clone(), hidden.clone(), hidden]);
        }
        (Some(expected), Some((from, to))) => {
            cells.extend([expected, from, to].map(number));
        }
        (Some(expected), None) => {
            table.mark(Status::NotApplicable, &phrases::COUNTED.say([]));
            let none = Cell::words(shorthand(Status::NotApplicable));
            cells.extend([number(expected), none.clone(), none]);
        }
    }
    cells.push(Cell::words(match line.note.as_str() {
        "" => phrases::NOTHING_ASIDE.say([]),
        note => note.to_owned(),
    }));
    cells
}

/// A whole number as one, any other to one decimal place.
fn number(value: f64) -> Cell {
    Cell::decimal(value, u8::from((value - value.round()).abs() > 1e-6))
}
