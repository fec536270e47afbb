//! Harrell's concordance: of two people of whom it is known who left first,
//! how often the model said so. Never a standard error.

use super::risk::dot;
use super::{CoxFit, CoxModel, Refused};
use std::ops::Range;

/// Pairs of people in which one left while the other was still in post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concordance {
    /// Pairs the model put in the right order, and half of those it could not
    /// tell apart, over all.
    pub share: f64,
    /// Pairs in the right order, by weight.
    pub right: f64,
    /// Pairs in the wrong order.
    pub wrong: f64,
    /// Pairs of the same risk.
    pub same: f64,
}

/// Pairs so far.
#[derive(Default)]
struct Found {
    right: f64,
    wrong: f64,
    same: f64,
}

/// Weights by rank of risk, with sums up to any rank (Fenwick 1994).
struct Ranks(Vec<f64>);

impl Ranks {
    fn add(&mut self, rank: usize, weight: f64) {
        let mut at = rank + 1;
        while let Some(slot) = self.0.get_mut(at) {
            *slot += weight;
            at += at & at.wrapping_neg();
        }
    }

    /// The sum of the ranks below one.
    fn below(&self, rank: usize) -> f64 {
        let (mut at, mut sum) = (rank, 0.0);
        while at > 0 {
            sum += self.0[at];
            at &= at - 1;
        }
        sum
    }
}

impl CoxModel {
    /// The concordance of a fitted model, counted as R's survival does: pairs
    /// within a stratum, both at risk; who left on a day came before those
    /// followed to its close; two who left on the same day are no pair.
    ///
    /// # Errors
    /// `NoPairs` where there is none.
    pub fn concordance(&self, fit: &CoxFit) -> Result<Concordance, Refused> {
        let mut found = Found::default();
        let mut begin = 0;
        while let Some(first) = self.rows.get(begin) {
            let end = self.rows.partition_point(|r| r.stratum <= first.stratum);
            self.count_pairs(begin..end, fit, &mut found);
            begin = end;
        }
        let all = found.right + found.wrong + found.same;
        if all <= 0.0 {
            return Err(Refused::NoPairs);
        }
        Ok(Concordance {
            share: (found.right + 0.5 * found.same) / all,
            right: found.right,
            wrong: found.wrong,
            same: found.same,
        })
    }

    /// Counts the pairs of one stratum, from the last day to the first.
    fn count_pairs(&self, rows: Range<usize>, fit: &CoxFit, found: &mut Found) {
        let (first, size) = (rows.start, rows.len());
        let scores: Vec<f64> = rows.map(|i| dot(self.row(i), &fit.beta)).collect();
        let mut levels = scores.clone();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let rank = |i: usize| levels.partition_point(|l| *l < scores[i - first]);
        let top = levels.len();
        let mut later = Ranks(vec![0.0; top + 1]);
        let stratum = self.rows[first].stratum;
        let entry = self
            .entries
            .partition_point(|i| self.rows[*i].stratum < stratum);
        let mut entries = self.entries[entry..]
            .iter()
            .copied()
            .take_while(|i| self.rows[*i].stratum == stratum)
            .peekable();
        let mut begin = first;
        for block in self.rows[first..first + size].chunk_by(|a, b| a.to == b.to) {
            let (day, end) = (self.rows[begin].to, begin + block.len());
            while let Some(i) = entries.next_if(|i| self.rows[*i].from >= day) {
                later.add(rank(i), -self.rows[i].weight);
            }
            let of = |event: bool| (begin..end).filter(move |i| self.rows[*i].event == event);
            for i in of(false) {
                later.add(rank(i), self.rows[i].weight);
            }
            for i in of(true) {
                let below = later.below(rank(i));
                let upto = later.below(rank(i) + 1);
                found.right += self.rows[i].weight * below;
                found.same += self.rows[i].weight * (upto - below);
                found.wrong += self.rows[i].weight * (later.below(top) - upto);
            }
            for i in of(true) {
                later.add(rank(i), self.rows[i].weight);
            }
            begin = end;
        }
    }
}
