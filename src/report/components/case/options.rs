//! Other ways of doing it, what each costs and how many would have to stay;
//! and who pays and who gains. Says of no way what it would do to staying.

use super::amounts::{people, pounds_cell};
use super::none;
use super::told::Told;
use crate::case::Choice;
use crate::chart::text::escape;
use crate::report::cells::Cell;
use crate::report::components::Page;
use crate::report::phrases::{Phrase, case as say};
use crate::report::table::{Column, Text};
use staywise_core::casemodel::{Model, Rounding, Verdict};

/// A row a way, doing nothing first.
pub(super) fn options(page: &mut Page<'_>, told: &Told<'_>) -> String {
    let mut table = Text {
        title: say::CASE_TITLE_OPTIONS.say([]),
        columns: vec![
            (say::CASE_COLUMN_OPTION.say([]), Column::Name),
            (say::CASE_COLUMN_WHAT_IT_IS.say([]), Column::Words),
            (say::CASE_COLUMN_A_YEAR.say([]), Column::Number),
            (say::CASE_COLUMN_EACH.say([]), Column::Number),
            (say::CASE_COLUMN_MUST_STAY.say([]), Column::Number),
        ],
        ..Text::default()
    };
    table.rows.push(vec![
        Cell::words(say::CASE_OPTION_NOTHING.say([])),
        Cell::words(say::CASE_OPTION_NOTHING_WHAT.say([])),
        pounds_cell(0.0),
        pounds_cell(0.0),
        Cell::count(0),
    ]);
    let own = [say::CASE_OPTION_OWN, say::CASE_OPTION_OWN_WHAT].map(|words| words.say([]));
    let verdict = told.case.answers.verdict;
    table.rows.push(row(&own, told.model(), verdict));
    for choice in &told.case.choices {
        let Choice { label, what, .. } = choice;
        let words = [label.clone(), what.clone()];
        table.rows.push(row(&words, &choice.model, choice.verdict));
    }
    table.notes.push(say::CASE_OPTION_NO_DATA.say([]));
    let lead = say::CASE_LEAD_OPTIONS.say([]);
    format!("<p>{}</p>\n{}", escape(&lead), page.table(table, None))
}

fn row(words: &[String; 2], model: &Model, verdict: Verdict) -> Vec<Cell> {
    let values = model.worked(&model.central(), Rounding::Pence);
    let year = values.get("programme_year").unwrap_or(0.0);
    let all = values.get("preceptees_all").filter(|n| *n > 0.0);
    let each = all.map_or(0.0, |all| year / all);
    let must = verdict.people().unwrap_or(0.0);
    let cell = match verdict {
        Verdict::Free => Cell::words(say::CASE_OPTION_FREE.say([])),
        Verdict::NothingToSave => Cell::words(say::CASE_OPTION_NO_SAVING.say([])),
        Verdict::CannotPay { leavers, .. } => {
            Cell::words(say::CASE_OPTION_ABOVE.say([&people(must), &people(leavers)]))
        }
        _ => Cell::decimal(must, 0),
    };
    let [label, what] = words.clone().map(Cell::words);
    vec![label, what, pounds_cell(year), pounds_cell(each), cell]
}

/// A row for each who pays or gains, those that are not counted last.
pub(super) fn who(page: &mut Page<'_>, told: &Told<'_>) -> String {
    let mut table = Text {
        title: say::CASE_TITLE_WHO.say([]),
        columns: vec![
            (say::CASE_COLUMN_WHO.say([]), Column::Name),
            (say::CASE_COLUMN_PAYS.say([]), Column::Number),
            (say::CASE_COLUMN_GAINS.say([]), Column::Number),
            (say::CASE_COLUMN_COUNTED.say([]), Column::Words),
        ],
        ..Text::default()
    };
    let funding = told.year("funding", 1);
    let (cash, year) = (told.at("programme_cash_year"), told.at("programme_year"));
    let (money, leaver) = (told.at("leaver_cash_mean"), told.at("leaver_mean"));
    for (name, pays, gains, what) in [
        (
            say::CASE_WHO_MONEY,
            cash - funding,
            money,
            say::CASE_WHO_MONEY_WHAT,
        ),
        (
            say::CASE_WHO_TIME,
            year - cash,
            leaver - money,
            say::CASE_WHO_TIME_WHAT,
        ),
    ] {
        let mut cells = vec![Cell::words(name.say([]))];
        cells.extend([pays, gains].map(pounds_cell));
        cells.push(Cell::words(what.say([])));
        table.rows.push(cells);
    }
    let not_counted = say::CASE_NOT_COUNTED.say([]);
    let others = none(&mut table, &not_counted);
    table.rows.push(vec![
        Cell::words(say::CASE_WHO_OTHERS.say([])),
        pounds_cell(funding),
        others,
        Cell::words(say::CASE_WHO_OTHERS_WHAT.say([])),
    ]);
    let uncounted: [(Phrase<0>, Phrase<0>); 4] = [
        (say::CASE_WHO_PATIENTS, say::CASE_WHO_PATIENTS_WHAT),
        (say::CASE_WHO_STAFF, say::CASE_WHO_STAFF_WHAT),
        (say::CASE_WHO_PUBLIC, say::CASE_WHO_PUBLIC_WHAT),
        (say::CASE_WHO_NEXT, say::CASE_WHO_NEXT_WHAT),
    ];
    for (name, what) in uncounted {
        let [pays, gains] = [(); 2].map(|()| none(&mut table, &not_counted));
        let name = Cell::words(name.say([]));
        table
            .rows
            .push(vec![name, pays, gains, Cell::words(what.say([]))]);
    }
    let lead = say::CASE_LEAD_WHO.say([]);
    format!("<p>{}</p>\n{}", escape(&lead), page.table(table, None))
}
