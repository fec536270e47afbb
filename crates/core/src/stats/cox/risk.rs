//! The risk sets: who was still followed on each day on which somebody left,
//! as sums that are carried from the last day to the first. Never looks at a
//! risk set person by person.

use super::{CoxModel, Followed, Ties};
use std::ops::Range;

/// Sums over a set of people, each by their risk of leaving.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// Of the risks.
    pub(super) risk: f64,
    /// Of the covariates.
    pub(super) first: Vec<f64>,
    /// Of their squares and products: the lower triangle, row after row.
    pub(super) second: Vec<f64>,
}

/// How far sums go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// To means.
    Means,
    /// To squares and products.
    Spread,
}

impl Sums {
    fn zeros(width: usize, depth: Depth) -> Self {
        let second = match depth {
            Depth::Means => 0,
            Depth::Spread => width * (width + 1) / 2,
        };
        Self {
            risk: 0.0,
            first: vec![0.0; width],
            second: vec![0.0; second],
        }
    }

    fn clear(&mut self) {
        self.risk = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }

    fn add(&mut self, row: &[f64], risk: f64) {
        self.risk += risk;
        for (sum, x) in self.first.iter_mut().zip(row) {
            *sum += risk * x;
        }
        let mut rest = self.second.as_mut_slice();
        for (i, x) in row.iter().enumerate() {
            if rest.is_empty() {
                return;
            }
            let (line, below) = rest.split_at_mut(i + 1);
            let own = risk * x;
            for (sum, y) in line.iter_mut().zip(row) {
                *sum += own * y;
            }
            rest = below;
        }
    }
}

/// One day of one stratum on which somebody left.
#[derive(Debug)]
pub(super) struct Leaving<'a> {
    /// The stratum.
    pub(super) stratum: u32,
    /// The day.
    pub(super) day: i32,
    /// The rows that end on it, leavers and others.
    pub(super) rows: Range<usize>,
    /// Rows at risk.
    pub(super) at_risk: u64,
    /// Rows that left.
    pub(super) left: u64,
    /// Their weight.
    pub(super) weight: f64,
    /// Sums over those at risk.
    pub(super) all: &'a Sums,
    /// Sums over those who left.
    pub(super) leavers: &'a Sums,
    /// What the tied leavings add up to.
    pub(super) tied: Tied,
}

/// Sums over the leavings of one day, each with the mean weight `w` of the
/// leavers, the share `f` of their risk taken out of the set before it, and
/// the risk `t` then left.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tied {
    /// Of w / t: the day's hazard.
    pub(super) hazard: f64,
    /// Of w f / t.
    pub(super) shared: f64,
    /// Of w / t^2, w f / t^2 and w f^2 / t^2.
    pub(super) squares: [f64; 3],
    /// Of w ln t.
    pub(super) log: f64,
}

impl Tied {
    fn of(risks: (f64, f64), leaving: (u64, f64), ties: Ties) -> Option<Self> {
        let ((all, leavers), (left, weight)) = (risks, leaving);
        let mut sums = Self::default();
        let each = weight / left as f64;
        for k in 0..left {
            let share = match ties {
                Ties::Efron => k as f64 / left as f64,
                Ties::Breslow => 0.0,
            };
            let rest = all - share * leavers;
            if !(rest > 0.0 && rest.is_finite()) {
                return None;
            }
            sums.hazard += each / rest;
            sums.shared += each * share / rest;
            let square = each / rest / rest;
            sums.squares[0] += square;
            sums.squares[1] += square * share;
            sums.squares[2] += square * share * share;
            sums.log += each * rest.ln();
        }
        Some(sums)
    }
}

impl Leaving<'_> {
    /// Adds the sum of w times the mean covariate of the set.
    pub(super) fn add_mean(&self, out: &mut [f64], times: f64) {
        for ((sum, all), left) in out.iter_mut().zip(&self.all.first).zip(&self.leavers.first) {
            *sum += times * (self.tied.hazard * all - self.tied.shared * left);
        }
    }

    /// Adds the sum of w / t times the mean covariate of the set.
    pub(super) fn add_hazard_mean(&self, out: &mut [f64]) {
        let [none, once, _] = self.tied.squares;
        for ((sum, all), left) in out.iter_mut().zip(&self.all.first).zip(&self.leavers.first) {
            *sum += none * all - once * left;
        }
    }

    /// Adds the sum of w f / t times the mean covariate of the set.
    pub(super) fn add_taken(&self, out: &mut [f64]) {
        let [_, once, twice] = self.tied.squares;
        for ((sum, all), left) in out.iter_mut().zip(&self.all.first).zip(&self.leavers.first) {
            *sum += once * all - twice * left;
        }
    }

    /// Adds the sum of w times the covariance in the set: the lower triangle,
    /// row after row.
    pub(super) fn add_spread(&self, out: &mut [f64]) {
        let [none, once, twice] = self.tied.squares;
        let (all, left) = (&self.all.first, &self.leavers.first);
        let mut at = 0;
        for i in 0..all.len() {
            let by_all = none * all[i] - once * left[i];
            let by_left = once * all[i] - twice * left[i];
            for j in 0..=i {
                let square = self.tied.hazard * self.all.second[at]
                    - self.tied.shared * self.leavers.second[at];
                out[at] += square - by_all * all[j] + by_left * left[j];
                at += 1;
            }
        }
    }
}

impl CoxModel {
    /// Each row's weight times its risk at standardised coefficients; nothing
    /// where a risk is beyond what numbers hold.
    pub(super) fn risks(&self, beta: &[f64]) -> Option<Vec<f64>> {
        const FAR: f64 = 300.0;
        self.rows
            .iter()
            .zip(self.values.chunks(self.width().max(1)))
            .map(|(row, x)| {
                let score = dot(x, beta);
                (score.abs() <= FAR).then(|| row.weight * score.exp())
            })
            .collect()
    }

    /// Calls `visit` on each day on which somebody left: stratum after
    /// stratum, in each from the last day to the first. Nothing where a risk
    /// set came to nothing by rounding.
    pub(super) fn walk(
        &self,
        risks: &[f64],
        how: (Depth, Ties),
        mut visit: impl FnMut(&Leaving),
    ) -> Option<()> {
        let (depth, ties) = how;
        let mut standing = Standing {
            model: self,
            risks,
            all: Sums::zeros(self.width(), depth),
            at_risk: 0,
            entry: 0,
        };
        let mut leavers = standing.all.clone();
        let (mut next, mut before) = (0, None);
        while let Some(first) = self.rows.get(next) {
            let (stratum, day, begin) = (first.stratum, first.to, next);
            if before != Some(stratum) {
                standing.start(stratum);
                before = Some(stratum);
            }
            standing.take_out(stratum, day);
            leavers.clear();
            let (mut left, mut weight) = (0_u64, 0.0);
            while let Some(row) = self.rows.get(next) {
                if (row.stratum, row.to) != (stratum, day) {
                    break;
                }
                standing.take_in(next);
                if row.event {
                    leavers.add(self.row(next), risks[next]);
                    left += 1;
                    weight += row.weight;
                }
                next += 1;
            }
            if left > 0 {
                let all = &standing.all;
                visit(&Leaving {
                    stratum,
                    day,
                    rows: begin..next,
                    at_risk: standing.at_risk,
                    left,
                    weight,
                    all,
                    leavers: &leavers,
                    tied: Tied::of((all.risk, leavers.risk), (left, weight), ties)?,
                });
            }
        }
        Some(())
    }
}

/// Who is still followed, while days are gone through from the last to the
/// first.
struct Standing<'a> {
    model: &'a CoxModel,
    risks: &'a [f64],
    all: Sums,
    at_risk: u64,
    /// The next late entry.
    entry: usize,
}

impl Standing<'_> {
    /// The row of the next late entry, from the last to the first.
    fn next_entry(&self) -> Option<(usize, &Followed)> {
        let place = *self.model.entries.get(self.entry)?;
        Some((place, self.model.rows.get(place)?))
    }

    /// Nobody, before a stratum's last day.
    fn start(&mut self, stratum: u32) {
        self.all.clear();
        self.at_risk = 0;
        // Entries before the first leaving of the stratum before are left.
        while self
            .next_entry()
            .is_some_and(|(_, row)| row.stratum < stratum)
        {
            self.entry += 1;
        }
    }

    /// Without those who had not yet entered.
    fn take_out(&mut self, stratum: u32, day: i32) {
        while let Some((place, _)) = self
            .next_entry()
            .filter(|(_, row)| row.stratum == stratum && row.from >= day)
        {
            self.all.add(self.model.row(place), -self.risks[place]);
            self.at_risk = self.at_risk.saturating_sub(1);
            self.entry += 1;
        }
        if self.at_risk == 0 {
            // What rounding left.
            self.all.clear();
        }
    }

    fn take_in(&mut self, place: usize) {
        self.all.add(self.model.row(place), self.risks[place]);
        self.at_risk += 1;
    }
}

/// Adds up products in order.
pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
