//! The Civil Service People Survey by group: a figure a measure and group, and
//! intention to stay and to leave of the four answers about the future. The
//! same publication as CSV and as a workbook gives the same figures.

use super::cells::{Figures, SURVEY, count};
use super::turnover::{Place, unreadable};
use super::{Made, periods, publication};
use crate::data::benchmark::{Benchmark, Given, Level, Period, Publication};
use crate::data::{Table, TableColumn};
use crate::vocabulary::text;
use std::sync::Arc;

const NOTE: &str = "Civil servants of all departments, each answer counted once: not the median of \
organisations, and another sector than health and care. Small groups are hidden by the publisher.";
const MADE: &str = "The sum of two of four answers to one question on the future, rounded before \
they were added: up to one percentage point off. Civil servants, another sector than health and \
care.";

/// Answers on the future with their measures.
const FUTURE: [(&str, &str); 4] = [
    (
        "want to leave my organisation as soon as possible",
        "intention_to_leave_asap",
    ),
    (
        "want to leave my organisation within the next 12 months",
        "intention_to_leave_12_months",
    ),
    (
        "want to stay working for my organisation for at least the next year",
        "intention_to_stay_1_year",
    ),
    (
        "want to stay working for my organisation for at least the next three years",
        "intention_to_stay_3_years",
    ),
];

/// A row's measure and its label.
struct Row {
    measure: String,
    label: Arc<str>,
    /// Its place among the answers on the future.
    future: Option<usize>,
}

/// Makes the figures.
pub(super) fn build(table: &Table, file: &[&Table], made: &mut Made) {
    let Some((measures, groups)) = table.columns.split_first() else {
        return;
    };
    let rows: Vec<Row> = (0..table.rows())
        .map(|row| measured(measures, row))
        .collect();
    let divisor = divisor(file);
    let publication = publication(table);
    let period = periods::labelled(&year(table));
    for column in groups {
        let figures = Figures::of(column, &SURVEY);
        unreadable(table, &figures, made);
        let (levels, stated) = group(column);
        let responses = rows.iter().position(is_responses);
        let base = stated.or_else(|| count(figures.given(responses?)));
        let mut future = [Given::NotAvailable; 4];
        let mut first = None;
        let place = |row: usize, note| Place {
            note,
            ..place(table, row, (&levels, &period), &publication)
        };
        for (row, own) in rows
            .iter()
            .enumerate()
            .filter(|(_, own)| !is_responses(own))
        {
            let given = share(&figures, row, divisor);
            if let Some(at) = own.future {
                future[at] = given;
                first.get_or_insert(row);
            }
            made.all.figures.push(Benchmark {
                label: own.label.clone(),
                base,
                column: Some(column.place().into()),
                ..place(row, NOTE).figure((&own.measure, "people_survey"), given)
            });
        }
        let Some(first) = first else {
            continue;
        };
        for (measure, answers) in [
            ("intention_to_leave", [0, 1]),
            ("intention_to_stay", [2, 3]),
        ] {
            let given = sum(future[answers[0]], future[answers[1]]);
            made.all.figures.push(Benchmark {
                label: "The two answers together".into(),
                base,
                ..place(first, MADE).figure((measure, "people_survey_two_answers"), given)
            });
        }
    }
}

fn place(
    table: &Table,
    row: usize,
    (levels, period): (&Arc<[Level]>, &Arc<Period>),
    publication: &Arc<Publication>,
) -> Place {
    Place {
        levels: levels.clone(),
        period: period.clone(),
        publication: publication.clone(),
        row: table.row_numbers.get(row).copied().unwrap_or(0),
        note: NOTE,
    }
}

fn is_responses(row: &Row) -> bool {
    row.measure == "number_of_responses"
}

fn measured(measures: &TableColumn, row: usize) -> Row {
    let label = text::tidy(&measures.cells.cell(row).text());
    let words = text::words(&label);
    let future = FUTURE
        .iter()
        .position(|(answer, _)| words.strip_prefix("i ").is_some_and(|rest| rest == *answer));
    let measure = match future.and_then(|at| FUTURE.get(at)) {
        Some((_, measure)) => (*measure).to_owned(),
        None => measure(&label),
    };
    Row {
        measure,
        label: label.into(),
        future,
    }
}

/// `cs_b01` of `B01. I am interested in my work`; else the label's own slug,
/// the number of a note behind it left out.
pub(super) fn measure(label: &str) -> String {
    let first = label.split([' ', '.']).next().unwrap_or_default();
    let coded = first.len() == 3
        && first.starts_with(|c: char| c.is_ascii_uppercase())
        && first.ends_with(|c: char| c.is_ascii_digit());
    let slug = text::slug(label);
    if coded {
        format!("cs_{}", first.to_lowercase())
    } else {
        let bare = slug.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        if bare == "number_of_responses" {
            bare.to_owned()
        } else {
            format!("cs_{bare}")
        }
    }
}

/// A group's levels, and how many answered where its header says so: `AO/AA
/// (n=71,169)`.
fn group(column: &TableColumn) -> (Arc<[Level]>, Option<u64>) {
    let header = text::tidy(&column.header);
    let (level, base) = match header.rsplit_once("(n=") {
        Some((level, n)) => {
            let digits: String = n.chars().filter(char::is_ascii_digit).collect();
            (level.trim(), digits.parse().ok())
        }
        None => (header.as_str(), None),
    };
    let dimension = column.question.as_deref().map_or_else(
        || "overall".to_owned(),
        // `Sex [J01]`: the question's code is no part of the name.
        |over| text::slug(over.split(['[', '(']).next().unwrap_or(over)),
    );
    (Arc::new([Level::new(&dimension, level)]), base)
}

/// The survey's year, as the sheet or the file's name has it.
fn year(table: &Table) -> String {
    let of = |name: &str| {
        let words = text::words(&name.replace(['_', '/'], " "));
        let years = |word: &str| {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            (digits.len() == 4 && digits.starts_with("20")).then_some(digits)
        };
        words.split(' ').find_map(years)
    };
    let sheet = table.sheet.as_deref().and_then(of);
    sheet.or_else(|| of(&table.file)).unwrap_or_default()
}

/// What plain numbers of the file are divided by: a hundred where one that is
/// no count is above one.
pub(super) fn divisor(file: &[&Table]) -> f64 {
    let mut highest = 0.0_f64;
    for table in file {
        let Some((measures, groups)) = table.columns.split_first() else {
            continue;
        };
        let shares: Vec<usize> = (0..table.rows())
            .filter(|row| !is_responses(&measured(measures, *row)))
            .collect();
        for column in groups {
            let figures = Figures::of(column, &SURVEY);
            let plain = shares.iter().filter_map(|row| figures.at(*row));
            let values = plain
                .filter(|w| !w.per_cent)
                .filter_map(|w| w.given.value());
            highest = values.fold(highest, f64::max);
        }
    }
    if highest > 1.0 { 100.0 } else { 1.0 }
}

pub(super) fn share(figures: &Figures<'_>, row: usize, divisor: f64) -> Given {
    match figures.at(row).map(|w| (w.given, w.per_cent)) {
        Some((Given::Value(value), true)) => Given::Value(value / 100.0),
        Some((Given::Value(value), false)) => Given::Value(value / divisor),
        Some((given, _)) => given,
        None => Given::NotAvailable,
    }
}

fn sum(a: Given, b: Given) -> Given {
    match (a, b) {
        (Given::Suppressed, _) | (_, Given::Suppressed) => Given::Suppressed,
        (Given::Value(a), Given::Value(b)) => Given::Value(a + b),
        _ => Given::NotAvailable,
    }
}
