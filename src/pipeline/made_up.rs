//! Made-up rows, and a study in memory, for the tests of what models and rules
//! make of a run.

use super::estimator::Standard;
use super::{Library, Periods, Pictures, Progress, Run};
use crate::query::Catalogue;
use crate::report::made_up::Table;
use crate::study::{self, Study};
use staywise_core::disclosure::{Policy, Release, Released, protect, release};
use staywise_core::domain::{Day, Metric, Period, Tally, TallyTable};

/// A day by its ISO date.
pub(super) fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

/// So many quarters, the last of them April to June 2026.
pub(super) fn periods(quarters: usize) -> Periods {
    let reported = Period::parse("2026-Q2").unwrap();
    let mut trend = vec![reported.clone()];
    while trend.len() < quarters {
        trend.push(trend.last().unwrap().previous().unwrap());
    }
    trend.reverse();
    Periods {
        all: Period::all(day("2026-06-30")),
        reported,
        trend,
    }
}

/// A built-in metric.
pub(super) fn built_in(name: &str) -> Metric {
    Catalogue::built_in().get(name).unwrap().metric.clone()
}

/// A metric's tables of everyone, a period each.
pub(super) fn series(metric: &Metric, periods: &[Period], tallies: &[Tally]) -> Vec<TallyTable> {
    let table = |(period, tally): (&Period, &Tally)| {
        Table {
            metric,
            period: period.clone(),
            by: "",
            levels: vec![("", tally.clone())],
        }
        .tallies()
    };
    periods.iter().zip(tallies).map(table).collect()
}

/// What disclosure control lets out of some tables.
pub(super) fn rows(tables: Vec<TallyTable>) -> Vec<Released> {
    let wanted = Release {
        tables,
        reported: Period::parse("2026-Q2").unwrap(),
    };
    release(&protect(wanted, &Policy::nss10()), &Standard, &[])
}

/// A study in memory.
pub(super) struct Kept {
    pub(super) study: Study,
    pub(super) catalogue: Catalogue,
    pub(super) reports: Vec<(String, String)>,
    names: Vec<String>,
    files: Vec<String>,
}

struct Quiet;

impl Progress for Quiet {
    fn stage(&self, _: &str) {}
    fn file_done(&self, _: usize) {}
}

impl Library for Kept {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&self, name: &str) -> Result<Vec<u8>, String> {
        let at = self.names.iter().position(|n| n == name);
        let text = at.and_then(|at| self.files.get(at));
        Ok(text.unwrap().clone().into_bytes())
    }
}

impl Kept {
    /// A study of its staywise.toml and its files.
    pub(super) fn new(toml: &str, files: &[(&str, &str)]) -> Self {
        Self {
            study: study::read(toml).unwrap(),
            catalogue: Catalogue::built_in(),
            reports: Vec::new(),
            names: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
            files: files.iter().map(|(_, text)| (*text).to_owned()).collect(),
        }
    }

    pub(super) fn run(&self) -> Run<'_> {
        Run {
            library: self,
            study: &self.study,
            key: b"made-up",
            catalogue: &self.catalogue,
            reports: &self.reports,
            period: None,
            pictures: Pictures::Svg,
            since: None,
            before: None,
            today: day("2026-07-01"),
            progress: &Quiet,
        }
    }
}
