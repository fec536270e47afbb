//! What is released says nothing beyond the cells that are shown, by brute
//! force: differences, their p and changes included.

use super::periods::shown;
use super::{compositions, quarter, table};
use crate::disclosure::protect::{Release, protect};
use crate::disclosure::{Comparator, Estimator, Policy, Released, release};
use crate::domain::{
    Dimension, Estimate, Figures, Kind, Level, Metric, Statistic, Tally, Unit, Unknown,
};
use std::collections::BTreeMap;

/// Figures that differ wherever a count does, and a p that every member of its
/// family moves.
struct Telltale;

fn estimate(statistic: Statistic, n: u64, value: f64) -> Estimate {
    Estimate {
        statistic,
        answer: None,
        horizon_months: None,
        outcome: if n == 0 {
            Err(Unknown::NotApplicable("nobody".into()))
        } else {
            Ok(Figures {
                n,
                numerator: None,
                denominator: None,
                estimate: value,
                interval: None,
                unit: Unit::Count,
            })
        },
    }
}

impl Estimator for Telltale {
    fn estimates(&self, _: &Metric, tally: &Tally) -> Vec<Estimate> {
        let n = tally.base();
        vec![estimate(Statistic::Value, n, n as f64)]
    }

    fn difference(&self, _: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        let (a, b) = (level.base(), comparator.base());
        Some(estimate(Statistic::Difference, a, a as f64 - b as f64))
    }

    fn adjusted_p(&self, _: &Metric, family: &[(&Tally, &Tally)]) -> Vec<Option<f64>> {
        let counts = family.iter().flat_map(|(a, b)| [a.base(), b.base()]);
        let mixed = counts.fold(family.len() as f64, |sum, n| 0.7 * sum + n as f64);
        vec![Some(1.0 / (1.0 + mixed)); family.len()]
    }
}

#[test]
fn rows_are_made_of_what_is_shown_alone() {
    let policy = Policy::of("test", 3);
    // The third level is compared with; where it is hidden, nothing is.
    let against = Comparator {
        dimension: Dimension::new("site"),
        level: Level::new("Site 2"),
    };
    let mut told: BTreeMap<Vec<i64>, Vec<Released>> = BTreeMap::new();
    let (mut alike, mut changes, mut judged) = (0, 0, 0);
    for before in [compositions(8, 4), compositions(2, 4)].concat() {
        for now in compositions(9, 4) {
            let tables = [("2026-Q1", &before), ("2026-Q2", &now)].map(|(label, counts)| {
                let tallies = counts.iter().map(|n| Tally::Event { n: *n }).collect();
                table(Kind::Event, &quarter(label), tallies)
            });
            let release_of = Release {
                tables: tables.to_vec(),
                reported: quarter("2026-Q2"),
            };
            let protected = protect(release_of, &policy);
            let rows = release(&protected, &Telltale, std::slice::from_ref(&against));
            let is_change = |r: &&Released| r.key().change_since().is_some();
            changes += rows.iter().filter(is_change).count();
            judged += rows.iter().filter(|r| r.adjusted_p().is_some()).count();
            let form = shown(&protected);
            match told.get(&form) {
                Some(first) => {
                    assert!(*first == rows, "{before:?} {now:?} as {form:?}");
                    alike += 1;
                }
                None => {
                    told.insert(form, rows);
                }
            }
        }
    }
    assert!(alike > 1_000 && changes > 1_000, "{alike} {changes}");
    // Some differences between levels stood beside hidden ones.
    assert!(judged > changes, "{judged} {changes}");
}
