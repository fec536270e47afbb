//! Aalen and Johansen's product-integral, a day at a time: the shares of a
//! cohort in each state and how they vary together. Never knows what a state
//! means, and never moves a share out of a state in which nobody is followed.

use super::proportion::clopper_pearson;
use super::quantile::{two_sided_normal, usable};
use crate::domain::Interval;

/// Shares by state, adding to 1, and their covariance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shares {
    pub(super) shares: Vec<f64>,
    covariance: Vec<f64>,
}

/// The moves out of one state on one day.
pub(super) struct Moves<'a> {
    pub(super) from: usize,
    pub(super) at_risk: u64,
    /// Units by the state that they moved to.
    pub(super) to: &'a [u64],
}

impl Shares {
    /// Where units stand at the start. None where there are none.
    pub(super) fn start(counts: &[u64]) -> Option<Self> {
        let total = counts.iter().fold(0_u64, |s, c| s.saturating_add(*c));
        if total == 0 {
            return None;
        }
        let n = total as f64;
        let mut start = Self {
            shares: counts.iter().map(|c| *c as f64 / n).collect(),
            covariance: vec![0.0; counts.len() * counts.len()],
        };
        let shares = start.shares.clone();
        start.spread(&shares, 1.0 / n);
        Some(start)
    }

    /// The variance of a state's share.
    pub(super) fn variance(&self, state: usize) -> f64 {
        let size = self.shares.len();
        // Rounding may leave a variance of 0 a little below it.
        self.covariance[state * size + state].max(0.0)
    }

    /// A state's share and the rest of the cohort, each summed by itself: the
    /// rest of everybody is exactly nobody.
    pub(super) fn split(&self, state: usize) -> (f64, f64) {
        let others = self.shares.iter().enumerate().filter(|(i, _)| *i != state);
        (self.shares[state], others.map(|(_, share)| share).sum())
    }

    /// Adds `weight` times the covariance of one draw with these chances.
    fn spread(&mut self, chances: &[f64], weight: f64) {
        let size = self.shares.len();
        for (i, p) in chances.iter().enumerate() {
            // From the other chances, so that nothing cancels near 1.
            let others: f64 = chances
                .iter()
                .enumerate()
                .map(|(j, q)| if i == j { 0.0 } else { *q })
                .sum();
            for (j, q) in chances.iter().enumerate() {
                let part = if i == j { p * others } else { -p * q };
                self.covariance[i * size + j] += weight * part;
            }
        }
    }

    /// One day's moves, all at once: shares by the day's matrix, covariance
    /// carried through it, and the day's own part added, as the moves out of a
    /// state are a multinomial draw among those at risk in it.
    pub(super) fn step(&mut self, moves: &[Moves<'_>]) {
        let size = self.shares.len();
        let mut matrix = vec![0.0; size * size];
        for state in 0..size {
            matrix[state * size + state] = 1.0;
        }
        let mut draws = Vec::with_capacity(moves.len());
        for out in moves {
            let gone = out.to.iter().fold(0_u64, |s, c| s.saturating_add(*c));
            if gone == 0 || gone > out.at_risk {
                continue;
            }
            let n = out.at_risk as f64;
            let row = &mut matrix[out.from * size..(out.from + 1) * size];
            for (slot, count) in row.iter_mut().zip(out.to) {
                *slot = *count as f64 / n;
            }
            row[out.from] = (out.at_risk - gone) as f64 / n;
            let before = self.shares[out.from];
            draws.push((row.to_vec(), before * before / n));
        }
        if draws.is_empty() {
            return;
        }
        let times = |left: &[f64], i: usize, j: usize| -> f64 {
            (0..size)
                .map(|k| left[i * size + k] * matrix[k * size + j])
                .sum()
        };
        self.shares = (0..size).map(|j| times(&self.shares, 0, j)).collect();
        let half: Vec<f64> = (0..size * size)
            .map(|at| times(&self.covariance, at / size, at % size))
            .collect();
        // The transpose of half is that matrix from the other side.
        let turned: Vec<f64> = (0..size * size)
            .map(|at| half[at % size * size + at / size])
            .collect();
        self.covariance = (0..size * size)
            .map(|at| times(&turned, at / size, at % size))
            .collect();
        for (chances, weight) in draws {
            self.spread(&chances, weight);
        }
    }
}

/// Which way a share goes with time, which decides the scale of its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// The share still where all started: limits on ln(-ln p), as a curve's.
    Leaves,
    /// A share that others come to: the same on 1 - p.
    Fills,
}

/// A share with what its interval rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    /// The share and the rest.
    pub(super) split: (f64, f64),
    pub(super) variance: f64,
    pub(super) course: Course,
    /// Whether nobody has yet come (or, for `Leaves`, gone).
    pub(super) untouched: bool,
    /// The fewest at risk on any day so far.
    pub(super) fewest: u64,
}

impl Stand {
    /// The standard error; none at 0% or 100% once somebody has moved.
    pub(super) fn std_err(&self) -> Option<f64> {
        (self.untouched || self.inside()).then(|| self.variance.sqrt())
    }

    fn inside(&self) -> bool {
        self.split.0 > 0.0 && self.split.1 > 0.0 && self.variance > 0.0
    }

    /// The limits: Clopper and Pearson's while nobody has moved, none at 0% or
    /// 100% after that.
    pub(super) fn interval(&self, level: f64) -> Option<Interval> {
        let turn = |i: Interval| Interval {
            lower: 1.0 - i.upper,
            upper: 1.0 - i.lower,
            ..i
        };
        let (stays, goes) = match self.course {
            Course::Leaves => self.split,
            Course::Fills => (self.split.1, self.split.0),
        };
        let limits = if self.untouched {
            clopper_pearson(self.fewest, self.fewest, level)?
        } else if usable(level) && self.inside() {
            // From the smaller of the two, so that nothing cancels.
            let log = if stays < goes {
                stays.ln()
            } else {
                (-goes).ln_1p()
            };
            let error = self.variance.sqrt() / (stays * log.abs());
            let power = (two_sided_normal(level) * error).exp();
            let limits = Interval {
                lower: (log * power).exp(),
                upper: (log / power).exp(),
                level,
                method: "aj_loglog",
            };
            (limits.lower.is_finite() && limits.upper.is_finite()).then_some(limits)?
        } else {
            return None;
        };
        Some(match self.course {
            Course::Leaves => limits,
            Course::Fills => turn(limits),
        })
    }
}
