//! The attacker by brute force, for tests: every table of small total is put
//! through the rules, and those that are published alike are laid side by
//! side. What one of them has in a hidden cell, the attacker must believe of
//! all of them.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod one_way;
mod periods;
mod shared;
mod told;

use super::pattern::Pattern;
use crate::domain::{
    Cell, Dimension, Good, Grain, Group, Kind, Level, Metric, Period, Tally, TallyTable, Unit,
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

impl Attacker {
    /// How many published forms show every cell of their first table (`all`,
    /// with its total in front) and hide one of a later table.
    fn beside_all(&self, cells: usize) -> usize {
        let is = |form: &&Vec<i64>| {
            let (all, dated) = form.split_at(cells + 1);
            !all.contains(&-1) && dated.contains(&-1)
        };
        self.0.keys().filter(is).count()
    }
}

impl Attacker {
    /// How many published forms of so many tables hide something primary and
    /// show more people than the totals.
    fn beside_shown(&self, tables: usize) -> usize {
        let forms = self.0.iter().filter(|(_, b)| !b.primary.is_empty());
        let numbers = |form: &[i64]| form.iter().filter(|n| **n > 0).count();
        forms.filter(|(form, _)| numbers(form) > tables).count()
    }
}

/// What is published of a one-way table, -1 for a hidden cell: the totals,
/// then the cells.
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
