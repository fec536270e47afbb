//! Small releases for the disclosure tests, and an estimator that only
//! divides: no interval is right here, and none is tested.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use staywise_core::disclosure::{Estimator, Policy, Protected, Release, protect};
use staywise_core::domain::{
    Cell, Day, Dimension, Estimate, Figures, Good, Grain, Group, Interval, Kind, Level, Metric,
    Period, Statistic, Tally, TallyTable, Unit, Unknown,
};

pub fn quarter(label: &str) -> Period {
    Period::parse(label).expect("a period")
}

pub fn now() -> Period {
    quarter("2026-Q2")
}

pub fn all() -> Period {
    Period::all(Day::from_ymd(2026, 6, 30).expect("a day"))
}

pub fn metric(name: &str, kind: Kind) -> Metric {
    Metric {
        name: name.into(),
        label: name.into(),
        kind,
        grain: Grain::Person,
        additive: true,
        good: Good::Higher,
        definition_id: name.into(),
        definition: String::new(),
        exclusions: String::new(),
        source: String::new(),
        unit: Unit::Fraction,
        window_months: None,
        horizon_months: None,
    }
}

fn sum(tallies: &[Tally]) -> Tally {
    let mut total = tallies.first().expect("a tally").clone();
    for tally in &tallies[1..] {
        total.add(tally).expect("one kind");
    }
    total
}

fn cell(group: Group, tally: Tally) -> Cell {
    Cell {
        group,
        tally,
        persons: None,
    }
}

/// A table of one metric by one dimension.
pub fn by(dimension: &str, period: &Period, levels: &[(&str, Tally)]) -> TallyTable {
    let dimension = Dimension::new(dimension);
    let tallies: Vec<Tally> = levels.iter().map(|(_, t)| t.clone()).collect();
    let kind = match &tallies[0] {
        Tally::Proportion { .. } => Kind::Proportion,
        Tally::Distribution { .. } => Kind::Distribution,
        Tally::Event { .. } => Kind::Event,
        Tally::Stock { .. } => Kind::Stock,
        Tally::Survival(_) => Kind::Survival,
        other => panic!("no test has {other:?}"),
    };
    TallyTable {
        metric: metric("measure", kind),
        period: period.clone(),
        dimensions: vec![dimension.clone()],
        item: None,
        answers: Vec::new(),
        cells: levels
            .iter()
            .map(|(level, tally)| cell(Group::one(&dimension, &Level::new(level)), tally.clone()))
            .collect(),
        total: cell(Group::everyone(), sum(&tallies)),
        not_yet_due: None,
    }
}

/// A pair table: rows of one dimension, columns of another.
pub fn pair(names: (&str, &str), period: &Period, rows: &[&[u64]]) -> TallyTable {
    let (first, second) = (Dimension::new(names.0), Dimension::new(names.1));
    let mut cells = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, n) in row.iter().enumerate() {
            let (a, b) = (Level::new(&format!("A{i}")), Level::new(&format!("B{j}")));
            cells.push(cell(Group::pair((&first, &a), (&second, &b)), yes(*n)));
        }
    }
    let tallies: Vec<Tally> = cells.iter().map(|c| c.tally.clone()).collect();
    TallyTable {
        dimensions: vec![first, second],
        total: cell(Group::everyone(), sum(&tallies)),
        cells,
        ..by("site", period, &[("A", yes(0))])
    }
}

/// Everyone alone, as the total of another table.
pub fn everyone(of: &TallyTable) -> TallyTable {
    TallyTable {
        dimensions: Vec::new(),
        cells: vec![of.total.clone()],
        ..of.clone()
    }
}

/// So many people, half of whom hit.
pub fn yes(n: u64) -> Tally {
    Tally::Proportion { n, hits: n / 2 }
}

pub fn hits(n: u64, hits: u64) -> Tally {
    Tally::Proportion { n, hits }
}

pub fn events(n: u64) -> Tally {
    Tally::Event { n }
}

/// Levels A, B, C, ... of so many people each.
pub fn sizes(period: &Period, dimension: &str, bases: &[u64]) -> TallyTable {
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let levels: Vec<(&str, Tally)> = names
        .into_iter()
        .zip(bases.iter().map(|n| yes(*n)))
        .collect();
    by(dimension, period, &levels)
}

pub fn protected(tables: Vec<TallyTable>) -> Protected {
    let release = Release {
        tables,
        reported: now(),
    };
    protect(release, &Policy::nss10())
}

/// Which cells of each table are hidden, as a row of `.` and `c`; the total
/// in front.
pub fn faces(protected: &Protected) -> Vec<String> {
    let face = |hidden: bool| if hidden { 'c' } else { '.' };
    let tables = protected.tables().iter();
    tables
        .map(|t| {
            let cells = t.cells().iter().map(|c| face(c.is_hidden()));
            std::iter::once(face(t.total().is_hidden()))
                .chain(cells)
                .collect()
        })
        .collect()
}

/// Divides, and nothing more.
pub struct Division;

pub fn figures(n: u64, numerator: f64) -> Figures {
    let estimate = numerator / n as f64;
    Figures {
        n,
        numerator: Some(numerator),
        denominator: Some(n as f64),
        estimate,
        interval: Some(Interval {
            lower: estimate / 2.0,
            upper: (estimate * 1.5).min(1.0),
            level: 0.95,
            method: "none",
        }),
        unit: Unit::Fraction,
    }
}

fn value(answer: Option<usize>, horizon_months: Option<u32>, n: u64, numerator: u64) -> Estimate {
    Estimate {
        statistic: Statistic::Value,
        answer,
        horizon_months,
        outcome: if n == 0 {
            Err(Unknown::NotApplicable("Nobody is in this group.".into()))
        } else {
            Ok(figures(n, numerator as f64))
        },
    }
}

impl Estimator for Division {
    fn estimates(&self, _: &Metric, tally: &Tally) -> Vec<Estimate> {
        match tally {
            Tally::Proportion { n, hits } => vec![value(None, None, *n, *hits)],
            Tally::Distribution { counts } => {
                let n = counts.iter().sum();
                let answers = counts.iter().enumerate();
                answers.map(|(i, c)| value(Some(i), None, n, *c)).collect()
            }
            Tally::Survival(table) => [3, 6, 12, 18, 24]
                .into_iter()
                .map(|months: u32| {
                    let gone = table.days.range(..=months * 30);
                    let gone: u64 = gone.map(|(_, d)| d.events + d.ended).sum();
                    let left = table.entered() - gone;
                    value(None, Some(months), left, left)
                })
                .collect(),
            other => vec![value(None, None, other.base(), 0)],
        }
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        let first = |tally| self.estimates(metric, tally).remove(0).outcome.ok();
        let (a, b) = (first(level)?, first(comparator)?);
        Some(Estimate {
            statistic: Statistic::Difference,
            answer: None,
            horizon_months: None,
            outcome: Ok(Figures {
                n: a.n,
                numerator: None,
                denominator: None,
                estimate: a.estimate - b.estimate,
                interval: None,
                unit: Unit::Fraction,
            }),
        })
    }
}
