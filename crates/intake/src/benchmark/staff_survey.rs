//! NHS Staff Survey workbooks: a figure an organisation, question and year; or,
//! of the older detailed sheets, a figure a group and answer. Whether questions
//! are shares or per cent is decided once a file, by all its values: the same
//! question is 0.31 in one publication and 31 in another.

use super::cells::{Figures, SURVEY, count};
use super::levels::{Of, column};
use super::turnover::{Place, unreadable};
use super::{Made, Said, periods, publication};
use crate::data::benchmark::{Benchmark, Given, Level, Unit};
use crate::data::{Table, TableColumn};
use crate::vocabulary::staff_survey::{Kind, Variable, measure, variable};
use crate::vocabulary::text;
use staywise_core::domain::Severity;
use std::sync::Arc;

const SHARES: &str = "Share of those who answered; of questions on leaving less is better, and it is \
no turnover. Benchmark data are weighted by occupation group and earlier years re-weighted: not \
comparable with an unweighted local figure without saying so.";
const SCORES: &str = "Score from 0 to 10, more is better, also of thinking about leaving; weighted by \
occupation group, earlier years re-weighted. A mean of people's scores, not of percentages.";
const DETAILED: &str = "Unweighted share of those who answered: not comparable with the weighted \
benchmark data, nor trusts of different make-up with one another.";

/// Makes figures of either make.
pub(super) fn build(table: &Table, file: &[&Table], made: &mut Made) {
    let variables: Vec<(Variable, &TableColumn)> = variables(table).collect();
    if variables.is_empty() {
        detailed(table, made);
        return;
    }
    let all: Vec<Variable> = file
        .iter()
        .flat_map(|table| variables_only(table))
        .collect();
    let questions = divisor(file, Kind::Question);
    let rates = divisor(file, Kind::ResponseRate);
    told_scale(table, questions, made);
    let named: Vec<&str> = vec!["org_id", "org_name", "org_type_reporting_name", "org_type"];
    let not: Vec<String> = table
        .columns
        .iter()
        .map(|column| text::slug(&column.header))
        .filter(|slug| !named.contains(&slug.as_str()))
        .collect();
    let of = Of::all_but(table, &not.iter().map(String::as_str).collect::<Vec<_>>());
    let levels: Vec<Arc<[Level]>> = (0..table.rows()).map(|row| of.levels(row)).collect();
    for (own, column) in variables.iter().filter(|(own, _)| !own.is_base) {
        let figures = Figures::of(column, &SURVEY);
        unreadable(table, &figures, made);
        let base = bases(&variables, own);
        let measured = measure(own, &all);
        let (divisor, unit, note) = match own.kind() {
            Kind::Question => (questions.unwrap_or(1.0), Unit::Share, SHARES),
            Kind::ResponseRate => (rates.unwrap_or(1.0), Unit::Share, SHARES),
            Kind::Score => (1.0, Unit::Score, SCORES),
        };
        let definition = if measured.harmonised {
            "nhs_staff_survey_latest_number"
        } else {
            "nhs_staff_survey"
        };
        let place = |row: usize| Place {
            levels: levels.get(row).cloned().unwrap_or_else(|| Arc::new([])),
            period: periods::labelled(&own.year.to_string()),
            publication: publication(table),
            row: table.row_numbers.get(row).copied().unwrap_or(0),
            note,
        };
        let column_place: Arc<str> = column.place().into();
        let label: Arc<str> = measured.label.as_str().into();
        for row in 0..table.rows() {
            let given = scaled(figures.given(row), divisor);
            made.all.figures.push(Benchmark {
                label: label.clone(),
                unit,
                base: base.as_ref().and_then(|base| count(base.given(row))),
                column: Some(column_place.clone()),
                ..place(row).figure((&measured.measure, definition), given)
            });
        }
    }
}

fn scaled(given: Given, divisor: f64) -> Given {
    match given {
        Given::Value(value) => Given::Value(value / divisor),
        other => other,
    }
}

fn variables(table: &Table) -> impl Iterator<Item = (Variable, &TableColumn)> {
    let columns = table.columns.iter();
    columns.filter_map(|column| Some((variable(&column.header)?, column)))
}

fn variables_only(table: &Table) -> impl Iterator<Item = Variable> + '_ {
    variables(table).map(|(variable, _)| variable)
}

/// The column that counts the answers to a variable.
fn bases<'a>(variables: &[(Variable, &'a TableColumn)], own: &Variable) -> Option<Figures<'a>> {
    let is_base =
        |other: &Variable| other.is_base && other.name == own.name && other.year == own.year;
    let (_, column) = variables.iter().find(|(other, _)| is_base(other))?;
    Some(Figures::of(column, &SURVEY))
}

/// What the questions (or response rates) of a file are divided by: a hundred
/// where one of them is above one. Nothing where there is none.
fn divisor(file: &[&Table], kind: Kind) -> Option<f64> {
    let mut highest = f64::NEG_INFINITY;
    for table in file {
        let own = variables(table).filter(|(own, _)| own.kind() == kind && !own.is_base);
        for (_, column) in own {
            let figures = Figures::of(column, &SURVEY);
            let values = figures.distinct().filter_map(|w| w.given.value());
            highest = values.fold(highest, f64::max);
        }
    }
    highest
        .is_finite()
        .then_some(if highest > 1.0 { 100.0 } else { 1.0 })
}

fn told_scale(table: &Table, divisor: Option<f64>, made: &mut Made) {
    let message = match divisor {
        Some(100.0) => "Questions are per cent: among all values of the file some are above one.",
        Some(_) => "Questions are shares of one: no value of the file is above one.",
        None => return,
    };
    made.found(
        table,
        &Said {
            rule: "share-or-per-cent",
            severity: Severity::Note,
            row: None,
            count: 1,
            message,
            remedy: "",
        },
    );
}

/// A row a group, a column an answer; the base stands behind the answers.
fn detailed(table: &Table, made: &mut Made) {
    let asked: Vec<&TableColumn> = table
        .columns
        .iter()
        .filter(|c| c.question.is_some())
        .collect();
    let Some(groups) = column(table, &["group"]).filter(|_| !asked.is_empty()) else {
        made.unused += table.rows();
        return;
    };
    let is_base =
        |column: &TableColumn| text::words(&column.header) == "base number of respondents";
    let publication = publication(table);
    for (at, column) in asked
        .iter()
        .enumerate()
        .filter(|(_, column)| !is_base(column))
    {
        let figures = Figures::of(column, &SURVEY);
        unreadable(table, &figures, made);
        let base = asked.iter().skip(at).find(|other| is_base(other));
        let base = base.map(|base| Figures::of(base, &SURVEY));
        let question = column.question.as_deref().unwrap_or_default();
        let label: Arc<str> = format!("{question}: {}", text::tidy(&column.header)).into();
        let number = question.split_whitespace().next().unwrap_or_default();
        let measure = format!("nss_{}", text::slug(number));
        for row in 0..table.rows() {
            let place = Place {
                levels: Arc::new([Level::new(
                    "group",
                    &text::tidy(&groups.cells.cell(row).text()),
                )]),
                period: periods::labelled(""),
                publication: publication.clone(),
                row: table.row_numbers.get(row).copied().unwrap_or(0),
                note: DETAILED,
            };
            // Its own row of units says per cent.
            let given = scaled(figures.given(row), 100.0);
            made.all.figures.push(Benchmark {
                label: label.clone(),
                base: base.as_ref().and_then(|base| count(base.given(row))),
                column: Some(column.place().into()),
                ..place.figure((&measure, "unweighted_per_answer"), given)
            });
        }
    }
}
