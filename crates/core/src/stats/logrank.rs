//! The log-rank test, plain, stratified or weighted towards early leavers: do
//! the curves of two or more groups differ at all? Never says by how much, and
//! never which group.

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

/// How much each day's gap between observed and expected counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The same on every day: the log-rank test.
    #[default]
    Equal,
    /// By the share of all groups together still there before that day: Peto
    /// and Peto's test, Harrington and Fleming's with rho = 1.
    StillThere,
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
    stratified_log_rank(&[groups], Weight::Equal)
}

/// The same with days weighed. `observed` and `expected` stay counts of
/// events; only the statistic is weighed.
///
/// # Errors
/// As `log_rank`.
pub fn weighted_log_rank(groups: &[&LifeTable], weight: Weight) -> Result<LogRank, Unknown> {
    stratified_log_rank(&[groups], weight)
}

/// The same within strata, such as sites or bands: a group is compared only
/// with those of its own stratum, and the gaps and variances are added. Each
/// stratum holds the groups in the same order, an empty table for a group that
/// it does not have; weights are of the stratum's own curve.
///
/// # Errors
/// As `log_rank`, and where the strata do not hold the same groups.
pub fn stratified_log_rank(strata: &[&[&LifeTable]], weight: Weight) -> Result<LogRank, Unknown> {
    let refuse = |why: &str| Unknown::NotApplicable(why.to_owned());
    let size = strata.first().map_or(0, |groups| groups.len());
    if strata.iter().any(|groups| groups.len() != size) {
        return Err(refuse("the strata do not hold the same groups"));
    }
    let mut sums = Sums::of(size);
    for groups in strata {
        sums.over(groups, weight);
    }
    if sums.observed.iter().all(|o| *o == 0) {
        return Err(refuse("nobody left in any group"));
    }
    let used: Vec<usize> = (0..size).filter(|i| sums.expected[*i] > 0.0).collect();
    let freedom = used.len().saturating_sub(1);
    let (Ok(degrees_of_freedom), true) = (u32::try_from(freedom), freedom > 0) else {
        return Err(refuse("only one group was followed when anyone left"));
    };
    let kept = &used[..freedom];
    let gaps: Vec<f64> = kept.iter().map(|i| sums.gaps[*i]).collect();
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
    /// Observed less expected, weighed.
    gaps: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Sums {
    fn of(size: usize) -> Self {
        Self {
            observed: vec![0; size],
            expected: vec![0.0; size],
            gaps: vec![0.0; size],
            covariance: vec![vec![0.0; size]; size],
        }
    }

    /// Adds one stratum.
    fn over(&mut self, groups: &[&LifeTable], weight: Weight) {
        let mut still = 1.0;
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
            let own = match weight {
                Weight::Equal => 1.0,
                Weight::StillThere => still,
            };
            still *= self.count(&rows, &at_risk, own);
            for (n, row) in at_risk.iter_mut().zip(&rows) {
                let came = if day == 0 { 0 } else { row.entered };
                *n = (*n - row.events)
                    .saturating_sub(row.ended)
                    .saturating_add(came);
            }
        }
    }

    /// Adds one day's observed and expected events and their covariance; gives
    /// the share of those at risk who stayed.
    fn count(&mut self, rows: &[LifeDay], at_risk: &[u64], weight: f64) -> f64 {
        let events = rows.iter().fold(0_u64, |s, r| s.saturating_add(r.events));
        if events == 0 {
            return 1.0;
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
            self.gaps[i] += weight * (row.events as f64 - d * mine);
            for (j, other) in at_risk.iter().enumerate() {
                let theirs = *other as f64 / all;
                let same = if i == j { 1.0 } else { 0.0 };
                self.covariance[i][j] += weight * weight * spread * mine * (same - theirs);
            }
        }
        (all - d) / all
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
