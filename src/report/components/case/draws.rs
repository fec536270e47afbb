//! What many draws of all inputs at once come to, as five points with how far
//! another run would move each. Draws nothing itself.

use super::amounts::{about, about_cell, bare};
use super::none;
use super::told::Told;
use super::tornado::people_cell;
use crate::chart::text::escape;
use crate::report::cells::{Cell, plain};
use crate::report::components::Page;
use crate::report::phrases::case as say;
use crate::report::table::{Column, Text};
use staywise_core::casemodel::{POINTS, Target};

/// The five points with their table, or that there are none.
pub(super) fn draws(page: &mut Page<'_>, told: &Told<'_>) -> String {
    let answers = &told.case.answers;
    let Some((drawn, seed)) = &answers.drawn else {
        return page.without(&say::CASE_NO_DRAWS.say([]));
    };
    let people = answers.target == Target::BreakEven;
    let cell = |value: f64| match people {
        true => people_cell(value),
        false => about_cell(value),
    };
    let unknown = say::CASE_ERROR_UNKNOWN.say([]);
    let error = |table: &mut Text, value: f64| match people {
        _ if !value.is_finite() => none(table, &unknown),
        true => Cell::decimal(value, 2),
        false => about_cell(value),
    };
    let (title, heading) = match people {
        true => (say::CASE_TITLE_DRAWS_PEOPLE, say::CASE_COLUMN_MUST_STAY),
        false => (say::CASE_TITLE_DRAWS_NET, say::CASE_COLUMN_NET),
    };
    let mut table = Text {
        title: title.say([]),
        columns: vec![
            (say::CASE_COLUMN_OF_DRAWS.say([]), Column::Name),
            (heading.say([]), Column::Number),
            (say::CASE_COLUMN_ERROR.say([]), Column::Number),
        ],
        ..Text::default()
    };
    let all = POINTS.iter().zip(drawn.points).zip(drawn.point_errors);
    for ((share, at), moves) in all {
        let name = say::CASE_DRAWS_POINT.say([&bare(share * 100.0)]);
        let moves = error(&mut table, moves);
        table.rows.push(vec![Cell::words(name), cell(at), moves]);
    }
    let moves = drawn.point_errors[2];
    let middle = match people {
        true => plain(moves, 2),
        false => about(moves),
    };
    if moves.is_finite() {
        table.notes.push(say::CASE_DRAWS_AGAIN.say([&middle]));
    }
    if drawn.without > 0 {
        let n = plain(drawn.without as f64, 0);
        table.notes.push(say::CASE_DRAWS_WITHOUT.say([&n]));
    }
    table.notes.push(say::CASE_DRAWS_LIMIT.say([]));
    let n = plain(drawn.count as f64, 0);
    let lead = say::CASE_LEAD_DRAWS.say([&n, &seed.to_string()]);
    format!("<p>{}</p>\n{}", escape(&lead), page.table(table, None))
}
