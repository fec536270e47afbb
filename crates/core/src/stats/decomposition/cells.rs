//! Groups of two periods, what their mix and their shares give of a change,
//! and how much both vary when the same people may be in both periods.

use super::Row;
use crate::domain::{Interval, Unknown};
use crate::stats::quantile::two_sided_normal;
use std::collections::BTreeMap;

/// Spreads below this are rounding.
const NOTHING: f64 = 1e-12;

/// One period's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Side {
    hits: f64,
    n: f64,
}

impl Side {
    fn add(&mut self, hit: bool) {
        self.hits += f64::from(u8::from(hit));
        self.n += 1.0;
    }

    pub(super) fn share(&self) -> f64 {
        self.hits / self.n
    }
}

/// One group: its rows before and now.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    before: Side,
    now: Side,
}

impl Cell {
    fn in_both(&self) -> bool {
        self.before.n > 0.0 && self.now.n > 0.0
    }
}

/// What is known of one group relative to all.
#[derive(Clone, Copy, Debug)]
struct Parts {
    /// Its part of all rows, before and now.
    weights: (f64, f64),
    /// Its shares; those of all where it is in one period only.
    shares: (f64, f64),
    matched: bool,
}

impl Parts {
    fn gained(&self) -> f64 {
        self.weights.1 - self.weights.0
    }

    fn mean_weight(&self) -> f64 {
        f64::midpoint(self.weights.0, self.weights.1)
    }

    fn mean_share(&self) -> f64 {
        f64::midpoint(self.shares.0, self.shares.1)
    }

    fn rose(&self) -> f64 {
        self.shares.1 - self.shares.0
    }
}

/// All groups of both periods.
pub(super) struct Cells {
    pub(super) before: Side,
    pub(super) now: Side,
    cells: BTreeMap<u32, Cell>,
}

impl Cells {
    pub(super) fn of(before: &[Row], now: &[Row]) -> Result<Self, Unknown> {
        let refuse = |what: &str| Err(Unknown::NotApplicable(format!("{what} has nobody in it")));
        if before.is_empty() {
            return refuse("the earlier period as it is defined today");
        }
        if now.is_empty() {
            return refuse("the period reported");
        }
        let mut made = Self {
            before: Side::default(),
            now: Side::default(),
            cells: BTreeMap::new(),
        };
        for row in before {
            made.before.add(row.hit);
            made.cells.entry(row.cell).or_default().before.add(row.hit);
        }
        for row in now {
            made.now.add(row.hit);
            made.cells.entry(row.cell).or_default().now.add(row.hit);
        }
        Ok(made)
    }

    /// Groups with rows in one period only.
    pub(super) fn one_period_only(&self) -> Vec<u32> {
        let alone = self.cells.iter().filter(|(_, cell)| !cell.in_both());
        alone.map(|(id, _)| *id).collect()
    }

    /// Midway between the shares of all before and now: a group at this share
    /// moves nothing by growing.
    fn centre(&self) -> f64 {
        f64::midpoint(self.before.share(), self.now.share())
    }

    fn parts(&self, cell: &Cell) -> Parts {
        let or = |side: Side, all: Side| {
            if side.n > 0.0 {
                side.share()
            } else {
                all.share()
            }
        };
        Parts {
            weights: (cell.before.n / self.before.n, cell.now.n / self.now.n),
            shares: (or(cell.before, self.before), or(cell.now, self.now)),
            matched: cell.in_both(),
        }
    }

    fn matched(&self) -> impl Iterator<Item = Parts> {
        let all = self.cells.values().map(|cell| self.parts(cell));
        all.filter(|parts| parts.matched)
    }

    /// What the groups in both periods give by growing and shrinking, at the
    /// mean of their shares then and now (Kitagawa).
    pub(super) fn mix(&self) -> f64 {
        let centre = self.centre();
        self.matched()
            .map(|p| p.gained() * (p.mean_share() - centre))
            .sum()
    }

    /// What the groups in one period only give by coming and going.
    pub(super) fn remainder(&self) -> f64 {
        let centre = self.centre();
        let alone = self.cells.values().filter(|cell| !cell.in_both());
        alone
            .map(|cell| self.parts(cell))
            .map(|p| p.weights.1 * (p.shares.1 - centre) - p.weights.0 * (p.shares.0 - centre))
            .sum()
    }

    /// How much mix and rate vary: each row's influence on both, added up by
    /// person over both periods, squared.
    pub(super) fn spread(&self, before: &[Row], now: &[Row]) -> Spread {
        let influence = Influence::of(self);
        let mut people: BTreeMap<u64, Person> = BTreeMap::new();
        for (rows, period) in [(before, Period::Before), (now, Period::Now)] {
            for row in rows {
                let Some(cell) = self.cells.get(&row.cell) else {
                    continue;
                };
                let person = people.entry(row.person).or_default();
                let (mix, rate) = influence.of_row(row, &self.parts(cell), (cell, period));
                person.mix += mix;
                person.rate += rate;
                match period {
                    Period::Before => person.before = true,
                    Period::Now => person.now = true,
                }
            }
        }
        Spread::of(people.values())
    }
}

#[derive(Clone, Copy)]
enum Period {
    Before,
    Now,
}

/// What the influence of every row has in common.
struct Influence {
    centre: f64,
    before: Side,
    now: Side,
    /// What the matched groups gained of all, over all of them.
    gained: f64,
    /// Mean over the rows of a period of the share less the centre, and of the
    /// rise, in matched groups: before and now.
    level: (f64, f64),
    rose: (f64, f64),
}

impl Influence {
    fn of(cells: &Cells) -> Self {
        let centre = cells.centre();
        let sum = |part: &dyn Fn(&Parts) -> f64| cells.matched().map(|p| part(&p)).sum::<f64>();
        Self {
            centre,
            before: cells.before,
            now: cells.now,
            gained: sum(&|p| p.gained()),
            level: (
                sum(&|p| p.weights.0 * (p.mean_share() - centre)),
                sum(&|p| p.weights.1 * (p.mean_share() - centre)),
            ),
            rose: (
                sum(&|p| p.weights.0 * p.rose()),
                sum(&|p| p.weights.1 * p.rose()),
            ),
        }
    }

    /// The influence of one row on mix and on rate: derivatives of both in the
    /// weights, the shares and the centre.
    fn of_row(&self, row: &Row, parts: &Parts, (cell, period): (&Cell, Period)) -> (f64, f64) {
        let (all, own, sign, level, rose) = match period {
            Period::Before => (self.before, cell.before, -1.0, self.level.0, self.rose.0),
            Period::Now => (self.now, cell.now, 1.0, self.level.1, self.rose.1),
        };
        let hit = f64::from(u8::from(row.hit));
        let moved = self.gained * (hit - all.share()) / (2.0 * all.n);
        let (mut mix, mut rate) = (-sign * level / all.n - moved, -rose / (2.0 * all.n));
        if parts.matched {
            let apart = (hit - own.share()) / own.n;
            mix += sign * (parts.mean_share() - self.centre) / all.n + parts.gained() / 2.0 * apart;
            rate += sign * parts.mean_weight() * apart + parts.rose() / (2.0 * all.n);
        }
        (mix, rate)
    }
}

/// One person's influence, over both periods.
#[derive(Clone, Copy, Debug, Default)]
struct Person {
    mix: f64,
    rate: f64,
    before: bool,
    now: bool,
}

/// How much mix and rate vary, and over how many people.
pub(super) struct Spread {
    mix: f64,
    rate: f64,
    pub(super) people_before: u64,
    pub(super) people_now: u64,
    pub(super) people_in_both: u64,
}

impl Spread {
    fn of<'a>(people: impl Iterator<Item = &'a Person>) -> Self {
        let mut made = Self {
            mix: 0.0,
            rate: 0.0,
            people_before: 0,
            people_now: 0,
            people_in_both: 0,
        };
        let mut count = 0.0;
        for person in people {
            count += 1.0;
            made.mix += person.mix * person.mix;
            made.rate += person.rate * person.rate;
            made.people_before += u64::from(person.before);
            made.people_now += u64::from(person.now);
            made.people_in_both += u64::from(person.before && person.now);
        }
        // One person says nothing of how people vary.
        let scale = if count > 1.0 {
            count / (count - 1.0)
        } else {
            0.0
        };
        made.mix = (made.mix * scale).sqrt();
        made.rate = (made.rate * scale).sqrt();
        made
    }

    pub(super) fn mix(&self, estimate: f64, level: f64) -> Option<Interval> {
        limits(estimate, self.mix, level)
    }

    pub(super) fn rate(&self, estimate: f64, level: f64) -> Option<Interval> {
        limits(estimate, self.rate, level)
    }
}

fn limits(estimate: f64, error: f64, level: f64) -> Option<Interval> {
    let reach = two_sided_normal(level) * error;
    (error > NOTHING && reach.is_finite()).then_some(Interval {
        lower: estimate - reach,
        upper: estimate + reach,
        level,
        method: "linearised_by_person",
    })
}
