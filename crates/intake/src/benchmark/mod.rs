//! Tables to benchmarks: published figures with what they are of, when and of
//! how many; flows; durations. Adds no row to another, so that an `All` row is
//! never counted with its parts. Never a person, never a hidden figure undone.

mod cells;
mod durations;
mod flows;
mod levels;
mod people_survey;
mod people_trends;
mod periods;
mod reasons;
mod staff_survey;
mod supplement;
#[cfg(test)]
mod tests;
mod turnover;
mod workforce;

use crate::data::benchmark::{Benchmarks, Given, Publication};
use crate::data::{Holds, Layout, Stage, Table};
use staywise_core::domain::{Finding, Severity};
use std::sync::Arc;

/// What is made, and what was found on the way.
#[derive(Default)]
struct Made {
    all: Benchmarks,
    stage: Stage,
    /// Rows that gave nothing.
    unused: usize,
}

impl Made {
    /// Adds a finding that rows or cells of a table gave.
    fn found(&mut self, table: &Table, said: &Said<'_>) {
        if said.count == 0 {
            return;
        }
        self.stage.findings.push(Finding {
            rule: said.rule,
            severity: said.severity,
            origin: table.origin(said.row, None),
            message: said.message.to_owned(),
            remedy: said.remedy.to_owned(),
            count: u64::try_from(said.count).unwrap_or(u64::MAX),
            private_value: None,
        });
    }
}

/// A finding of a table.
struct Said<'a> {
    rule: &'static str,
    severity: Severity,
    /// The first row (of the data rows, from 0).
    row: Option<usize>,
    count: usize,
    message: &'a str,
    remedy: &'a str,
}

/// Makes benchmarks, flows and durations of the tables that hold them; others
/// are passed over.
#[must_use]
pub fn build(tables: &[Table]) -> (Benchmarks, Stage) {
    let mut made = Made::default();
    let kinds = [Holds::Benchmark, Holds::Flows, Holds::Durations];
    let of_these: Vec<&Table> = tables
        .iter()
        .filter(|table| kinds.contains(&table.holds))
        .collect();
    for table in &of_these {
        // What is decided of a file is decided by all of its sheets.
        let file: Vec<&Table> = of_these
            .iter()
            .filter(|other| other.file == table.file && other.layout == table.layout)
            .copied()
            .collect();
        match (table.holds, table.layout) {
            (Holds::Flows, _) => flows::build(table, &mut made),
            (Holds::Durations, _) => durations::build(table, &mut made),
            (_, Layout::TurnoverPack) => turnover::build(table, &mut made),
            (_, Layout::TurnoverSupplement) => supplement::build(table, &file, &mut made),
            (_, Layout::WorkforcePack) => workforce::build(table, &mut made),
            (_, Layout::LeavingReasons) => reasons::build(table, &mut made),
            (_, Layout::StaffSurveyBenchmark) => staff_survey::build(table, &file, &mut made),
            (_, Layout::PeopleSurvey) if people_trends::are_years(table) => {
                people_trends::build(table, &file, &mut made);
            }
            (_, Layout::PeopleSurvey) => people_survey::build(table, &file, &mut made),
            _ => made.unused += table.rows(),
        }
    }
    counted(&of_these, made)
}

fn counted(tables: &[&Table], made: Made) -> (Benchmarks, Stage) {
    let Made {
        all,
        mut stage,
        unused,
    } = made;
    let hidden = |given: Given| all.figures.iter().filter(|f| f.given == given).count();
    stage.count(
        "tables of published figures, flows and durations",
        tables.len(),
    );
    stage.count("their rows", tables.iter().map(|table| table.rows()).sum());
    stage.count("rows that gave nothing", unused);
    stage.count("published figures", all.figures.len());
    stage.count(
        "of these hidden by the publisher",
        hidden(Given::Suppressed),
    );
    stage.count("of these not available", hidden(Given::NotAvailable));
    stage.count("flows", all.flows.len());
    let followed = all.durations.iter().map(|d| d.followed.len()).sum();
    stage.count("people followed without dates", followed);
    (all, stage)
}

/// The publication of a table.
fn publication(table: &Table) -> Arc<Publication> {
    let publisher = match table.layout {
        Layout::TurnoverPack
        | Layout::TurnoverSupplement
        | Layout::WorkforcePack
        | Layout::LeavingReasons => "NHS England",
        Layout::StaffSurveyBenchmark => "NHS Staff Survey",
        Layout::PeopleSurvey => "Civil Service People Survey",
        _ => "the organisation itself",
    };
    Arc::new(Publication {
        file: table.file.clone(),
        sheet: table.sheet.clone(),
        publisher,
    })
}
