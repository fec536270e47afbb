//! The gallery's curves, trends and funnels. For tests.

use super::fixture::{Picture, cases, names, picture};
use super::made_up::{Said, everyone, shares};
use crate::chart::{Curve, FunnelAt, FunnelLimits, Line, Moment, funnel, survival, trend};
use crate::report::made_up::{hidden_curves, rows};
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;

pub(super) fn of_curves() -> Vec<Picture> {
    let curve = |all: &[Released]| -> Vec<Vec<Released>> {
        let of = |name: &str| -> Vec<Released> {
            let wanted = |row: &&Released| {
                let parts = row.key().group.parts();
                row.key().metric == "retention_curve"
                    && parts
                        .first()
                        .is_some_and(|(_, level)| level.as_str() == name)
            };
            all.iter().filter(wanted).cloned().collect()
        };
        vec![of("On the programme"), of("Not on it")]
    };
    let both = vec!["On the programme".to_owned(), "Not on it".to_owned()];
    let cases = [
        ("two", curve(&rows()), both.clone()),
        ("one", curve(&rows())[..1].to_vec(), both[..1].to_vec()),
        ("none", Vec::new(), Vec::new()),
        ("all hidden", curve(&hidden_curves()), both),
    ];
    cases
        .into_iter()
        .map(|(case, rows, labels)| {
            let curves: Vec<Curve<'_>> = rows
                .iter()
                .map(|rows| Curve {
                    rows: rows.iter().collect(),
                })
                .collect();
            picture(&format!("survival, {case}"), labels, &[], |caption| {
                survival(&curves, caption).unwrap()
            })
        })
        .collect()
}

/// Four groups at most over seven quarters, each quarter a little better.
pub(super) fn of_trends() -> Vec<Picture> {
    let quarters = [
        "Oct to Dec 24",
        "Jan to Mar 25",
        "Apr to Jun 25",
        "Jul to Sep 25",
        "Oct to Dec 25",
        "Jan to Mar 26",
        "Apr to Jun 26",
    ];
    cases()
        .iter()
        .map(|(case, said)| {
            let said: Vec<Said> = said.iter().take(4).cloned().collect();
            let rows: Vec<Vec<Released>> = (0..quarters.len() as u64)
                .map(|quarter| {
                    let moved = said.iter().map(|(name, hits, n)| {
                        let fixed = *hits == 0 || hits == n || n < &10;
                        let hits = if fixed {
                            *hits
                        } else {
                            hits * (80 + 3 * quarter) / 100
                        };
                        // One quarter in which one group was small.
                        if *case == "several" && quarter == 2 && name == "White" {
                            (name.clone(), 2, 5)
                        } else {
                            (name.clone(), hits, *n)
                        }
                    });
                    shares("site", &moved.collect::<Vec<_>>())
                })
                .collect();
            let lines: Vec<Line<'_>> = said
                .iter()
                .enumerate()
                .map(|(group, (name, ..))| Line {
                    label: name.clone(),
                    moments: quarters
                        .iter()
                        .zip(&rows)
                        .map(|(label, rows)| Moment {
                            label: (*label).to_owned(),
                            row: &rows[group],
                        })
                        .collect(),
                })
                .collect();
            picture(&format!("trend, {case}"), names(&said), &[], |caption| {
                trend(&lines, caption).unwrap()
            })
        })
        .collect()
}

/// Limits near enough to be drawn.
fn limits(share: f64, largest: u64) -> FunnelLimits {
    let bases = (1..=20).map(|k| (largest * k / 20).max(k));
    let at = bases.map(|base| {
        let spread = (share * (1.0 - share) / base as f64).sqrt();
        let limit = |z: f64| ((share - z * spread).max(0.0), (share + z * spread).min(1.0));
        FunnelAt {
            base,
            inner: limit(1.96),
            outer: limit(3.09),
        }
    });
    FunnelLimits { at: at.collect() }
}

pub(super) fn of_funnels() -> Vec<Picture> {
    cases()
        .iter()
        .map(|(case, said)| {
            let rows = shares("site", said);
            let refs: Vec<&Released> = rows.iter().collect();
            let whole = if said.is_empty() {
                everyone(&[("A".to_owned(), 60, 100)])
            } else {
                everyone(said)
            };
            let largest = rows.iter().filter_map(Released::n).max().unwrap_or(100);
            let limits = limits(whole.estimate().unwrap_or(0.5), largest);
            // Sites within the limits have no name; those outside and the hidden do.
            let hidden = rows
                .iter()
                .zip(said)
                .filter(|(row, _)| row.status() != Status::Shown);
            let labels = hidden.map(|(_, (name, ..))| name.clone()).collect();
            picture(&format!("funnel, {case}"), labels, &[], |caption| {
                funnel(&refs, &whole, &limits, caption).unwrap()
            })
        })
        .collect()
}
