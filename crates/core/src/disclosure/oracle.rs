//! The attacker by brute force, for tests: every table of small total is put
//! through the rules, and those that are published alike are laid side by
//! side. What one of them has in a hidden cell, the attacker must believe of
//! all of them.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use super::pattern::{Pattern, one_way};
use super::protect::{Release, protect};
use super::{Policy, Protected};
use crate::domain::{
    Cell, Day, Dimension, Good, Grain, Group, Kind, Level, Metric, Period, Tally, TallyTable, Unit,
    period::Shape,
};
use std::collections::{BTreeMap, BTreeSet};

fn metric(kind: Kind) -> Metric {
    Metric {
        name: "measure".into(),
        label: "Measure".into(),
        kind,
        grain: Grain::Person,
        additive: true,
        good: Good::Neither,
        definition_id: "measure".into(),
        definition: String::new(),
        exclusions: String::new(),
        source: String::new(),
        unit: Unit::People,
        window_months: None,
        horizon_months: None,
    }
}

fn table(kind: Kind, period: &Period, tallies: Vec<Tally>) -> TallyTable {
    let site = Dimension::new("site");
    let mut total = tallies[0].clone();
    for tally in &tallies[1..] {
        total.add(tally).expect("one kind");
    }
    let cell = |group, tally| Cell {
        group,
        tally,
        persons: None,
    };
    let named = tallies.into_iter().enumerate().map(|(i, tally)| {
        let level = Level::new(&format!("Site {i}"));
        cell(Group::one(&site, &level), tally)
    });
    TallyTable {
        metric: metric(kind),
        period: period.clone(),
        dimensions: vec![site.clone()],
        item: None,
        answers: Vec::new(),
        cells: named.collect(),
        total: cell(Group::everyone(), total),
        not_yet_due: None,
    }
}

fn quarter(label: &str) -> Period {
    Period::parse(label).expect("a quarter")
}

/// Every way of writing `total` as `parts` numbers in order.
fn compositions(total: u64, parts: usize) -> Vec<Vec<u64>> {
    if parts == 1 {
        return vec![vec![total]];
    }
    let mut all = Vec::new();
    for first in 0..=total {
        for mut rest in compositions(total - first, parts - 1) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

/// What the attacker believes of tables that are published alike.
#[derive(Default)]
struct Belief {
    /// The values each count is seen to take.
    values: Vec<BTreeSet<u64>>,
    /// Counts that are primary in one of them, with an example.
    primary: BTreeMap<usize, Vec<u64>>,
}

/// Beliefs by what is published.
#[derive(Default)]
struct Attacker(BTreeMap<Vec<i64>, Belief>);

impl Attacker {
    fn see(&mut self, published: Vec<i64>, truth: &[u64], primary: &[usize]) {
        let belief = self.0.entry(published).or_default();
        belief.values.resize(truth.len(), BTreeSet::new());
        for (seen, value) in belief.values.iter_mut().zip(truth) {
            seen.insert(*value);
        }
        for i in primary {
            belief.primary.entry(*i).or_insert_with(|| truth.to_vec());
        }
    }

    /// Says of how many published forms something primary is hidden in, and
    /// fails at the first that tells too much.
    fn finds_nothing(&self, threshold: u64) -> usize {
        for (published, belief) in &self.0 {
            for (i, example) in &belief.primary {
                for v in 1..threshold {
                    assert!(
                        belief.values[*i].contains(&v),
                        "threshold {threshold}: {example:?} published as {published:?}: \
                         count {i} cannot be {v}"
                    );
                }
            }
        }
        self.0.values().filter(|b| !b.primary.is_empty()).count()
    }
}

/// What is published of a one-way table: -1 for a hidden cell, -2 in front
/// of a table that is hidden whole.
fn published(pattern: &Pattern, counts: &[Vec<u64>]) -> Vec<i64> {
    let number = |n: &u64| i64::try_from(*n).expect("small");
    let mut out: Vec<i64> = counts.iter().map(|c| number(&c.iter().sum())).collect();
    let hidden = |i: usize| match pattern {
        Pattern::Open => false,
        Pattern::Cells(hidden) => hidden[i],
        Pattern::Whole | Pattern::Entangled => true,
    };
    for count in counts {
        for (i, n) in count.iter().enumerate() {
            out.push(if hidden(i) { -1 } else { number(n) });
        }
    }
    out
}

fn few(truth: &[u64], threshold: u64) -> Vec<usize> {
    let is = |i: &usize| truth[*i] > 0 && truth[*i] < threshold;
    (0..truth.len()).filter(is).collect()
}

fn one_measure(cells: usize, totals: std::ops::RangeInclusive<u64>, threshold: u64) -> usize {
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    let mut attacker = Attacker::default();
    for total in totals.filter(|t| *t >= threshold) {
        for bases in compositions(total, cells) {
            let tallies = bases.iter().map(|n| Tally::Event { n: *n }).collect();
            let pattern = one_way(&table(Kind::Event, &period, tallies), &[], &policy);
            let out = published(&pattern, std::slice::from_ref(&bases));
            attacker.see(out, &bases, &few(&bases, threshold));
        }
    }
    attacker.finds_nothing(threshold)
}

#[test]
fn no_small_table_gives_a_hidden_base_away() {
    let mut forms = 0;
    for threshold in [4, 5, 6] {
        forms += one_measure(2, 0..=40, threshold);
        forms += one_measure(3, 0..=40, threshold);
        forms += one_measure(4, 0..=30, threshold);
        forms += one_measure(5, 0..=22, threshold);
    }
    forms += one_measure(6, 0..=17, 4);
    forms += one_measure(3, 0..=60, 10);
    // Enough were hidden in part for the test to mean something.
    assert!(forms > 2_000, "{forms}");
}

/// The reference against which the oracle itself is held: hiding the primary
/// cells and one more does not withstand, and the oracle must say so.
#[test]
#[should_panic(expected = "cannot be")]
fn the_oracle_finds_what_two_hidden_cells_give_away() {
    let mut attacker = Attacker::default();
    for bases in compositions(30, 3) {
        let mut order: Vec<usize> = (0..3).filter(|i| bases[*i] > 0).collect();
        order.sort_by_key(|i| (bases[*i], *i));
        let small = few(&bases, 5);
        let count = if small.is_empty() {
            0
        } else {
            small.len().max(2)
        };
        let hidden = (0..3).map(|i| order.iter().take(count).any(|j| *j == i));
        let pattern = Pattern::Cells(hidden.collect());
        let out = published(&pattern, std::slice::from_ref(&bases));
        attacker.see(out, &bases, &small);
    }
    attacker.finds_nothing(5);
}

#[test]
fn no_small_table_of_hits_gives_a_hidden_base_or_answer_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    for (cells, totals) in [(2, 4..=14), (3, 4..=13), (4, 4..=10)] {
        let mut attacker = Attacker::default();
        let mut unions: BTreeMap<Vec<i64>, (u64, bool, bool)> = BTreeMap::new();
        for total in totals {
            for bases in compositions(total, cells) {
                for hits in below(&bases) {
                    let pairs = bases.iter().zip(&hits);
                    let tallies = pairs.map(|(n, hits)| Tally::Proportion { n: *n, hits: *hits });
                    let table = table(Kind::Proportion, &period, tallies.collect());
                    let pattern = one_way(&table, &[], &policy);
                    let out = published(&pattern, &[bases.clone(), hits.clone()]);
                    let small = few(&bases, threshold);
                    let everybody: u64 = hits.iter().sum();
                    let entry = unions.entry(out.clone()).or_insert((0, true, true));
                    entry.0 = u64::from(everybody == 0 || everybody == total);
                    entry.1 &= small.iter().all(|i| hits[*i] == 0);
                    entry.2 &= small.iter().all(|i| hits[*i] == bases[*i]);
                    if small.is_empty() {
                        (entry.1, entry.2) = (false, false);
                    }
                    attacker.see(out, &bases, &small);
                }
            }
        }
        assert!(attacker.finds_nothing(threshold) > 50);
        for (out, (everybody_agrees, none, all)) in unions {
            assert!(everybody_agrees == 1 || !(none || all), "{out:?}");
        }
    }
}

/// Every vector of hits no larger than the bases.
fn below(bases: &[u64]) -> Vec<Vec<u64>> {
    let Some((first, rest)) = bases.split_first() else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for hits in 0..=*first {
        for mut tail in below(rest) {
            tail.insert(0, hits);
            all.push(tail);
        }
    }
    all
}

#[test]
fn no_small_stock_gives_either_date_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    let mut forms = 0;
    for (opening_total, closing_total) in [(0, 9), (4, 4), (5, 12), (9, 9), (12, 13), (16, 17)] {
        let mut attacker = Attacker::default();
        for opening in compositions(opening_total, 3) {
            for closing in compositions(closing_total, 3) {
                let dates = opening.iter().zip(&closing);
                let tallies = dates.map(|(opening, closing)| Tally::Stock {
                    opening: *opening,
                    closing: *closing,
                });
                let table = table(Kind::Stock, &period, tallies.collect());
                let pattern = one_way(&table, &[], &policy);
                let counts = [opening.clone(), closing.clone()];
                let out = published(&pattern, &counts);
                let truth = counts.concat();
                attacker.see(out, &truth, &few(&truth, threshold));
            }
        }
        forms += attacker.finds_nothing(threshold);
    }
    assert!(forms > 20, "{forms}");
}

/// Everything that a protected release shows, -1 for what is hidden.
fn shown(protected: &Protected) -> Vec<i64> {
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
    for (now, before, cells) in [(8, 12, 3), (6, 0, 3), (10, 15, 2), (5, 30, 2), (4, 21, 3)] {
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
    }
}

#[test]
fn a_trend_and_all_do_not_give_one_another_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    for (now, last, before, cells) in [(9, 8, 9, 2), (6, 6, 20, 2), (5, 5, 6, 3), (12, 4, 0, 2)] {
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
    }
}
