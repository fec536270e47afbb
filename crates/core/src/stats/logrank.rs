//! The log-rank test: do the curves of two or more groups differ at all?
//! Never says by how much, and never which group.

use super::quantile::chi_square_tail;
use crate::domain::tally::LifeDay;
use crate::domain::{LifeTable, Unknown};
use std::collections::BTreeSet;

/// What the test found.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// The statistic.
    pub chi_square: f64,
    /// Groups in which an event could have been seen, less one.
    pub degrees_of_freedom: u32,
    /// The chance of a statistic as large if the curves are the same.
    pub p: f64,
    /// Events seen, a group each.
    pub observed: Vec<u64>,
    /// Events expected if the curves were the same, a group each.
    pub expected: Vec<f64>,
}

/// Tests whether the groups have the same curve: observed less expected events
/// with the hypergeometric variance, ties kept, units at risk only after their
/// entry. Groups never at risk on a day with an event are left out of the
/// degrees of freedom.
///
/// # Errors
/// `NotApplicable` where there were no events, or the groups cannot be told
/// apart: never at risk together, or all gone on the same day.
pub fn log_rank(groups: &[&LifeTable]) -> Result<LogRank, Unknown> {
    let refuse = |why: &str| Unknown::NotApplicable(why.to_owned());
    let sums = Sums::over(groups);
    if sums.observed.iter().all(|o| *o == 0) {
        return Err(refuse("nobody left in any group"));
    }
    let used: Vec<usize> = (0..groups.len())
        .filter(|i| sums.expected[*i] > 0.0)
        .collect();
    let freedom = used.len().saturating_sub(1);
    let (Ok(degrees_of_freedom), true) = (u32::try_from(freedom), freedom > 0) else {
        return Err(refuse("only one group was followed when anyone left"));
    };
    let kept = &used[..freedom];
    let gaps: Vec<f64> = kept
        .iter()
        .map(|i| sums.observed[*i] as f64 - sums.expected[*i])
        .collect();
    let matrix = kept
        .iter()
        .map(|i| kept.iter().map(|j| sums.covariance[*i][*j]).collect())
        .collect();
    let chi_square = quadratic_form(matrix, &gaps).ok_or_else(|| {
        refuse("the groups were never followed together while some left and some stayed")
    })?;
    let p = chi_square_tail(chi_square, degrees_of_freedom)
        .ok_or_else(|| refuse("the test could not be computed"))?;
    Ok(LogRank {
        chi_square,
        degrees_of_freedom,
        p,
        observed: sums.observed,
        expected: sums.expected,
    })
}

struct Sums {
    observed: Vec<u64>,
    expected: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Sums {
    fn over(groups: &[&LifeTable]) -> Self {
        let size = groups.len();
        let mut sums = Self {
            observed: vec![0; size],
            expected: vec![0.0; size],
            covariance: vec![vec![0.0; size]; size],
        };
        // Those who enter at day 0 are at risk on day 0; later ones only from
        // the day after.
        let mut at_risk: Vec<u64> = groups
            .iter()
            .map(|g| g.days.get(&0).map_or(0, |row| row.entered))
            .collect();
        let days: BTreeSet<u32> = groups.iter().flat_map(|g| g.days.keys().copied()).collect();
        for day in days {
            let rows: Vec<LifeDay> = groups
                .iter()
                .zip(&at_risk)
                .map(|(g, n)| {
                    let row = g.days.get(&day).copied().unwrap_or_default();
                    let events = row.events.min(*n);
                    LifeDay { events, ..row }
                })
                .collect();
            sums.count(&rows, &at_risk);
            for (n, row) in at_risk.iter_mut().zip(&rows) {
                let came = if day == 0 { 0 } else { row.entered };
                *n = (*n - row.events)
                    .saturating_sub(row.ended)
                    .saturating_add(came);
            }
        }
        sums
    }

    /// Adds one day's observed and expected events and their covariance.
    fn count(&mut self, rows: &[LifeDay], at_risk: &[u64]) {
        let events = rows.iter().fold(0_u64, |s, r| s.saturating_add(r.events));
        if events == 0 {
            return;
        }
        let all = at_risk.iter().map(|n| *n as f64).sum::<f64>();
        let d = events as f64;
        let spread = if all > 1.0 {
            d * ((all - d) / (all - 1.0))
        } else {
            0.0
        };
        for (i, row) in rows.iter().enumerate() {
            let mine = at_risk[i] as f64 / all;
            self.observed[i] = self.observed[i].saturating_add(row.events);
            self.expected[i] += d * mine;
            for (j, other) in at_risk.iter().enumerate() {
                let theirs = *other as f64 / all;
                let same = if i == j { 1.0 } else { 0.0 };
                self.covariance[i][j] += spread * mine * (same - theirs);
            }
        }
    }
}

/// `gaps' matrix^-1 gaps` by Cholesky's decomposition; none where the matrix
/// is not positive definite.
fn quadratic_form(mut matrix: Vec<Vec<f64>>, gaps: &[f64]) -> Option<f64> {
    let size = gaps.len();
    let mut solved = gaps.to_vec();
    let mut sum = 0.0;
    for k in 0..size {
        let whole = matrix[k][k];
        let taken: f64 = matrix[k][..k].iter().map(|v| v * v).sum();
        let pivot = whole - taken;
        // A billionth of the group's own variance is what rounding leaves of 0.
        if !(pivot > 0.0 && pivot > 1e-9 * whole) {
            return None;
        }
        let root = pivot.sqrt();
        matrix[k][k] = root;
        for i in k + 1..size {
            let inner: f64 = (0..k).map(|j| matrix[i][j] * matrix[k][j]).sum();
            matrix[i][k] = (matrix[i][k] - inner) / root;
        }
        let inner: f64 = (0..k).map(|j| matrix[k][j] * solved[j]).sum();
        solved[k] = (gaps[k] - inner) / root;
        sum += solved[k] * solved[k];
    }
    sum.is_finite().then_some(sum)
}
