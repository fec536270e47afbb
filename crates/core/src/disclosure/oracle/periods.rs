//! Periods and `all` by brute force.

use super::{Attacker, compositions, few, quarter, table};
use crate::disclosure::protect::{Release, protect};
use crate::disclosure::{Policy, Protected};
use crate::domain::{Day, Kind, Period, Tally, period::Shape};

/// Everything that a protected release shows, -1 for what is hidden.
pub(super) fn shown(protected: &Protected) -> Vec<i64> {
    let number =
        |tally: Option<&Tally>| tally.map_or(-1, |t| i64::try_from(t.base()).expect("small"));
    let mut out = Vec::new();
    for table in protected.tables() {
        out.push(number(table.total().tally()));
        out.extend(table.cells().iter().map(|c| number(c.tally())));
    }
    out
}

/// `all` and the periods in it, what came before them last: rows of cells.
fn periods(rows: &[Vec<u64>], labels: &[&str], policy: &Policy) -> Vec<i64> {
    let events = |counts: &[u64]| counts.iter().map(|n| Tally::Event { n: *n }).collect();
    let mut all = rows[0].clone();
    for row in &rows[1..] {
        for (sum, n) in all.iter_mut().zip(row) {
            *sum += n;
        }
    }
    let as_at = Period::all(Day(30_000));
    assert_eq!(as_at.shape, Shape::All);
    let mut tables = vec![table(Kind::Event, &as_at, events(&all))];
    for (label, row) in labels.iter().zip(rows) {
        tables.push(table(Kind::Event, &quarter(label), events(row)));
    }
    let reported = quarter(labels[0]);
    shown(&protect(Release { tables, reported }, policy))
}

#[test]
fn a_period_and_all_do_not_give_one_another_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let mut beside_all = 0;
    for (now, before, cells) in [
        (8, 12, 3),
        (6, 0, 3),
        (10, 15, 2),
        (5, 30, 2),
        (4, 24, 3),
        (9, 20, 3),
    ] {
        let mut attacker = Attacker::default();
        for row in compositions(now, cells) {
            for rest in compositions(before, cells) {
                let rows = [row.clone(), rest.clone()];
                let out = periods(&rows, &["2026-Q2"], &policy);
                let mut truth = rows.concat();
                truth.extend(row.iter().zip(&rest).map(|(a, b)| a + b));
                attacker.see(out, &truth, &few(&truth, threshold));
            }
        }
        assert!(attacker.finds_nothing(threshold) > 0, "{now} {before}");
        beside_all += attacker.beside_all(cells);
    }
    // In some of them `all` stayed beside a hidden period.
    assert!(beside_all > 0);
}

#[test]
fn a_trend_and_all_do_not_give_one_another_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let mut beside_all = 0;
    for (now, last, before, cells) in [
        (9, 8, 9, 2),
        (6, 6, 20, 2),
        (5, 5, 6, 3),
        (12, 4, 0, 2),
        (7, 5, 30, 2),
    ] {
        let mut attacker = Attacker::default();
        for row in compositions(now, cells) {
            for quarter in compositions(last, cells) {
                for rest in compositions(before, cells) {
                    let rows = [row.clone(), quarter.clone(), rest.clone()];
                    let out = periods(&rows, &["2026-Q2", "2026-Q1"], &policy);
                    // The two quarters, what the reported one leaves, `all`.
                    let mut truth = [row.clone(), quarter.clone()].concat();
                    truth.extend((0..cells).map(|i| quarter[i] + rest[i]));
                    truth.extend((0..cells).map(|i| row[i] + quarter[i] + rest[i]));
                    attacker.see(out, &truth, &few(&truth, threshold));
                }
            }
        }
        assert!(
            attacker.finds_nothing(threshold) > 0,
            "{now} {last} {before}"
        );
        beside_all += attacker.beside_all(cells);
    }
    // In some of them `all` stayed beside a hidden period.
    assert!(beside_all > 0);
}
