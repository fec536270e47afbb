//! Newton's method on the partial likelihood, halving steps that do not
//! climb. All of it on standardised columns. Never goes on where a
//! coefficient runs away: that is refused by name.

use super::risk::{Depth, dot};
use super::{CoxModel, Refused, Ties};
use crate::stats::matrix::{Cholesky, Symmetric};

/// Steps before giving up.
const MOST_STEPS: usize = 100;
/// Halvings of one step before giving up.
const MOST_HALVINGS: usize = 30;
/// Squared length of a step in standard errors from which the next is the
/// last: Newton's method squares what is wrong.
const CLOSE: f64 = 1e-14;
/// The same where rounding leaves nothing to climb.
const NEAR: f64 = 1e-7;
/// Squared spreads among those at risk, for each leaving, that are rounding.
const NOTHING: f64 = 1e-10;
/// A step of this many spreads, where the likelihood has come to its top, is
/// a coefficient that goes on for ever.
const RUNS_AWAY: f64 = 1e-3;

/// The partial likelihood at one place.
#[derive(Clone, Debug)]
pub(super) struct At {
    /// Standardised coefficients.
    pub(super) beta: Vec<f64>,
    /// Log of the partial likelihood.
    pub(super) log: f64,
    /// Its slope.
    pub(super) score: Vec<f64>,
    /// Less its second derivative.
    pub(super) information: Symmetric,
}

/// Where the likelihood is highest, and where it is without covariates.
#[derive(Clone, Debug)]
pub(super) struct Top {
    pub(super) start: At,
    pub(super) end: At,
    pub(super) root: Cholesky,
    pub(super) score_test: f64,
    pub(super) steps: usize,
}

impl CoxModel {
    /// The sum of the leavers' weighted covariates.
    pub(super) fn leavers_sum(&self) -> Vec<f64> {
        let mut sum = vec![0.0; self.width()];
        for (i, row) in self.rows.iter().enumerate().filter(|(_, r)| r.event) {
            for (slot, x) in sum.iter_mut().zip(self.row(i)) {
                *slot += row.weight * x;
            }
        }
        sum
    }

    /// The likelihood at standardised coefficients; nothing where numbers do
    /// not hold it.
    fn at(&self, beta: Vec<f64>, leavers: &[f64], ties: Ties) -> Option<At> {
        let width = self.width();
        let risks = self.risks(&beta)?;
        let mut log = dot(&beta, leavers);
        let mut score = leavers.to_vec();
        let mut spread = vec![0.0; width * (width + 1) / 2];
        self.walk(&risks, (Depth::Spread, ties), |leaving| {
            log -= leaving.tied.log;
            leaving.add_mean(&mut score, -1.0);
            leaving.add_spread(&mut spread);
        })?;
        let finite = log.is_finite() && score.iter().chain(&spread).all(|v| v.is_finite());
        finite.then(|| At {
            beta,
            log,
            score,
            information: from_lower(&spread, width),
        })
    }

    /// Finds where the likelihood is highest.
    pub(super) fn climb(&self, ties: Ties) -> Result<Top, Refused> {
        let leavers = self.leavers_sum();
        let start = self
            .at(vec![0.0; self.width()], &leavers, ties)
            .ok_or(Refused::NotFound)?;
        self.each_says_something(&start.information)?;
        let mut root = start
            .information
            .cholesky()
            .map_err(|s| Refused::GivenByOthers(self.label(s.term)))?;
        let score_test = dot(&start.score, &root.solve(&start.score));
        let mut now = start.clone();
        for steps in 0..MOST_STEPS {
            let step = root.solve(&now.score);
            let length = dot(&now.score, &step);
            let next = self.climb_once(&now, &step, &leavers, ties);
            if length <= CLOSE || (next.is_none() && length <= NEAR) {
                self.stays(&step)?;
                let end = next.unwrap_or(now);
                root = self.root(&end)?;
                return Ok(Top {
                    start,
                    end,
                    root,
                    score_test,
                    steps,
                });
            }
            now = next.ok_or_else(|| self.runs_away(&step))?;
            root = self.root(&now)?;
        }
        Err(Refused::NotFound)
    }

    /// Refuses a column that does not differ where it could say anything.
    fn each_says_something(&self, information: &Symmetric) -> Result<(), Refused> {
        let leavers = self.rows.iter().filter(|r| r.event);
        let weight: f64 = leavers.map(|r| r.weight).sum();
        match (0..self.width()).find(|i| information.at(*i, *i) <= NOTHING * weight) {
            Some(column) => Err(Refused::SameWheneverAnyoneLeft(self.label(column))),
            None => Ok(()),
        }
    }

    /// One step, halved until the likelihood does not fall.
    fn climb_once(&self, now: &At, step: &[f64], leavers: &[f64], ties: Ties) -> Option<At> {
        let floor = now.log - 1e-13 * now.log.abs();
        let mut share = 1.0;
        for _ in 0..MOST_HALVINGS {
            let beta = now.beta.iter().zip(step).map(|(b, s)| b + share * s);
            let next = self.at(beta.collect(), leavers, ties);
            if let Some(next) = next.filter(|n| n.log >= floor) {
                return Some(next);
            }
            share /= 2.0;
        }
        None
    }

    /// Refuses a coefficient that still moves although the likelihood does
    /// not.
    fn stays(&self, step: &[f64]) -> Result<(), Refused> {
        if step.iter().all(|s| s.abs() < RUNS_AWAY) {
            return Ok(());
        }
        Err(self.runs_away(step))
    }

    fn runs_away(&self, step: &[f64]) -> Refused {
        let mut furthest = (0, 0.0);
        for (i, s) in step.iter().enumerate() {
            if s.abs() > furthest.1 {
                furthest = (i, s.abs());
            }
        }
        Refused::NoEnd(self.label(furthest.0))
    }

    /// Information that was there at first and is gone is a coefficient that
    /// runs away.
    fn root(&self, at: &At) -> Result<Cholesky, Refused> {
        at.information
            .cholesky()
            .map_err(|s| Refused::NoEnd(self.label(s.term)))
    }

    fn label(&self, column: usize) -> String {
        self.labels.get(column).cloned().unwrap_or_default()
    }
}

/// A matrix from its lower triangle, row after row.
pub(super) fn from_lower(lower: &[f64], size: usize) -> Symmetric {
    let mut out = Symmetric::zeros(size);
    let mut values = lower.iter();
    for i in 0..size {
        for j in 0..=i {
            out.add(i, j, values.next().copied().unwrap_or(0.0));
        }
    }
    out.mirror();
    out
}
