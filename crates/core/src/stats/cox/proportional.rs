//! Grambsch and Therneau's check that an effect is the same all along: the
//! exact score test of each term times a function of time, here the share of
//! people who have left (Kaplan and Meier's). Never says that an effect is
//! constant: only whether these data show that it is not.

use super::fit::test;
use super::newton::from_lower;
use super::risk::{Depth, dot};
use super::{CoxFit, CoxModel, Refused, Test};
use crate::stats::matrix::Symmetric;
use std::collections::BTreeMap;

/// The check of one term.
#[derive(Clone, Debug, PartialEq)]
pub struct TermCheck {
    /// The term.
    pub term: String,
    /// The test that its effect is the same all along.
    pub test: Test,
}

/// The check of a whole model.
#[derive(Clone, Debug, PartialEq)]
pub struct Proportional {
    /// Each term by itself.
    pub terms: Vec<TermCheck>,
    /// All of them together.
    pub all: Test,
}

/// Score and information of the columns times time.
struct Times {
    /// Score of column times time.
    score: Vec<f64>,
    /// Information of columns, columns with columns times time, and columns
    /// times time: lower triangles.
    blocks: [Vec<f64>; 3],
}

impl CoxModel {
    /// Whether the effects are the same all along.
    ///
    /// # Errors
    /// `TooFewDays` where somebody left on too few days to tell.
    pub fn proportional(&self, fit: &CoxFit) -> Result<Proportional, Refused> {
        let times = self.times(fit).ok_or(Refused::NotFound)?;
        let whole: Vec<usize> = (0..self.width()).collect();
        let terms = self
            .terms
            .iter()
            .map(|(term, columns)| {
                let columns: Vec<usize> = columns.clone().collect();
                let test = times.test(&columns, self.width())?;
                let term = term.clone();
                Ok(TermCheck { term, test })
            })
            .collect::<Result<Vec<_>, Refused>>()?;
        Ok(Proportional {
            terms,
            all: times.test(&whole, self.width())?,
        })
    }

    fn times(&self, fit: &CoxFit) -> Option<Times> {
        let left = self.share_left();
        let events = self.rows.iter().filter(|r| r.event);
        let on = |day: i32| left.get(&day).copied().unwrap_or(0.0);
        let mean = events.map(|r| on(r.to)).sum::<f64>() / self.events() as f64;
        let (width, risks) = (self.width(), self.risks(&fit.beta)?);
        let size = width * (width + 1) / 2;
        let mut out = Times {
            score: vec![0.0; width],
            blocks: [vec![0.0; size], vec![0.0; size], vec![0.0; size]],
        };
        let mut spread = vec![0.0; size];
        self.walk(&risks, (Depth::Spread, fit.options.ties), |leaving| {
            let time = on(leaving.day) - mean;
            for i in leaving.rows.clone().filter(|i| self.rows[*i].event) {
                for (slot, x) in out.score.iter_mut().zip(self.row(i)) {
                    *slot += time * self.rows[i].weight * x;
                }
            }
            leaving.add_mean(&mut out.score, -time);
            spread.fill(0.0);
            leaving.add_spread(&mut spread);
            for (block, power) in out.blocks.iter_mut().zip([1.0, time, time * time]) {
                for (slot, value) in block.iter_mut().zip(&spread) {
                    *slot += power * value;
                }
            }
        })?;
        Some(out)
    }

    /// The share of all people who had left before each day with leavings, by
    /// Kaplan and Meier's curve of all strata together, without weights.
    fn share_left(&self) -> BTreeMap<i32, f64> {
        let mut leavers: BTreeMap<i32, u64> = BTreeMap::new();
        for row in self.rows.iter().filter(|r| r.event) {
            *leavers.entry(row.to).or_default() += 1;
        }
        let mut from: Vec<i32> = self.rows.iter().map(|r| r.from).collect();
        let mut to: Vec<i32> = self.rows.iter().map(|r| r.to).collect();
        from.sort_unstable();
        to.sort_unstable();
        let (mut out, mut still) = (BTreeMap::new(), 1.0);
        for (day, left) in leavers {
            out.insert(day, 1.0 - still);
            let came = from.partition_point(|f| *f < day);
            let gone = to.partition_point(|t| *t < day);
            let at_risk = came.saturating_sub(gone).max(1);
            still *= 1.0 - left as f64 / at_risk as f64;
        }
        out
    }
}

impl Times {
    /// The score test that the effects of some columns do not change.
    fn test(&self, columns: &[usize], width: usize) -> Result<Test, Refused> {
        let [plain, mixed, timed] = self.blocks.each_ref().map(|b| from_lower(b, width));
        let size = width + columns.len();
        let mut information = Symmetric::zeros(size);
        for i in 0..width {
            for j in 0..width {
                information.add(i, j, plain.at(i, j));
            }
        }
        for (i, one) in columns.iter().enumerate() {
            for j in 0..width {
                information.add(width + i, j, mixed.at(*one, j));
            }
            for (j, other) in columns.iter().enumerate() {
                information.add(width + i, width + j, timed.at(*one, *other));
            }
        }
        information.mirror();
        let root = information.cholesky().map_err(|_| Refused::TooFewDays)?;
        let mut score = vec![0.0; width];
        score.extend(columns.iter().map(|i| self.score[*i]));
        let found = test(dot(&score, &root.solve(&score)), columns.len());
        found.ok_or(Refused::TooFewDays)
    }
}
