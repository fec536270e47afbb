//! What tables of published figures, flows and durations become.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod published;
mod surveys;
mod times;

use super::build;
use crate::data::benchmark::{Benchmark, Benchmarks};
use crate::data::{SourceRule, Stage, Table};
use crate::ingest::tests::national::{formats, formats_as, real_tables};
use crate::ingest::{Input, read};
use staywise_core::domain::Severity;

/// The tables of a text.
fn tables(name: &str, text: &str) -> Vec<Table> {
    let bytes = text.as_bytes();
    let readings = read(Input { name, bytes }, &SourceRule::default());
    readings
        .into_iter()
        .flat_map(|reading| reading.tables)
        .collect()
}

fn of_text(text: &str) -> (Benchmarks, Stage) {
    build(&tables("a.csv", text))
}

fn of_format(path: &str) -> (Benchmarks, Stage) {
    let readings = formats(path);
    let tables: Vec<Table> = readings.into_iter().flat_map(|r| r.tables).collect();
    build(&tables)
}

/// One sheet of a workbook.
fn of_sheet(path: &str, sheet: &str) -> (Benchmarks, Stage) {
    let rule = SourceRule {
        sheet: Some(sheet.to_owned()),
        ..SourceRule::default()
    };
    let readings = formats_as(path, &rule);
    let tables: Vec<Table> = readings.into_iter().flat_map(|r| r.tables).collect();
    build(&tables)
}

fn of_real(path: &str) -> Option<(Benchmarks, Stage)> {
    let readings = real_tables(path)?;
    let tables: Vec<Table> = readings.into_iter().flat_map(|r| r.tables).collect();
    Some(build(&tables))
}

/// Rules of what is no note.
fn complaints(stage: &Stage) -> Vec<(&'static str, u64)> {
    let loud = stage
        .findings
        .iter()
        .filter(|f| f.severity != Severity::Note);
    loud.map(|f| (f.rule, f.count)).collect()
}

/// The one figure of a measure, definition and level.
fn one<'a>(
    all: &'a Benchmarks,
    (measure, definition): (&str, &str),
    level: (&str, &str),
) -> &'a Benchmark {
    let mut found = all.figures.iter().filter(|f| {
        *f.measure == *measure && f.definition == definition && f.level(level.0) == Some(level.1)
    });
    let first = found
        .next()
        .unwrap_or_else(|| panic!("no {measure} of {level:?}"));
    assert!(
        found.next().is_none(),
        "more than one {measure} of {level:?}"
    );
    first
}

fn near(a: Option<f64>, b: f64) -> bool {
    a.is_some_and(|a| (a - b).abs() < 1e-12)
}
