//! The variance of an estimate from what each person adds to it (its influence
//! function), and the answer made of both. Never treats people who come in
//! clusters as independent where the clusters are known.

use crate::domain::{Interval, Unknown};
use crate::stats::quantile::{two_sided_normal, two_sided_t, usable};
use crate::stats::tail::t_two_sided;
use statrs::function::erf::erfc;
use std::collections::BTreeMap;
use std::f64::consts::SQRT_2;

/// An estimate, how sure we are of it, and the test that says the same as its
/// interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error; of its logarithm for a ratio.
    pub std_err: f64,
    /// Its interval.
    pub interval: Interval,
    /// Two-sided, of no difference (0, or a ratio of 1): under 0.05 just where
    /// the 95% interval leaves that out.
    pub p: f64,
}

/// What an interval is made by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::stats) struct Making {
    /// Confidence level.
    pub(in crate::stats) level: f64,
    /// The slug of the method.
    pub(in crate::stats) method: &'static str,
    /// Degrees of freedom of Student's t; the normal where there are none.
    pub(in crate::stats) freedom: Option<f64>,
}

/// Adds up what the people of each cluster add, cluster by cluster in the
/// order of their numbers. None for fewer than two clusters.
pub(super) fn totals(rows: &[Vec<f64>], clusters: &[u32]) -> Option<Vec<Vec<f64>>> {
    if rows.len() != clusters.len() {
        return None;
    }
    let mut sums: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (row, cluster) in rows.iter().zip(clusters) {
        let sum = sums.entry(*cluster).or_insert_with(|| vec![0.0; row.len()]);
        for (slot, value) in sum.iter_mut().zip(row) {
            *slot += value;
        }
    }
    (sums.len() > 1).then(|| sums.into_values().collect())
}

/// The standard error of an estimate from each person's influence on it, and
/// the degrees of freedom where people come in clusters: one fewer than those.
/// With G clusters the variance is times G/(G-1).
///
/// # Errors
/// Fewer than two clusters.
pub(super) fn standard_error(
    influence: &[f64],
    clusters: Option<&[u32]>,
) -> Result<(f64, Option<f64>), Unknown> {
    let Some(clusters) = clusters else {
        let square: f64 = influence.iter().map(|v| v * v).sum();
        return Ok((square.sqrt(), None));
    };
    let rows: Vec<Vec<f64>> = influence.iter().map(|v| vec![*v]).collect();
    let sums = totals(&rows, clusters).ok_or_else(one_cluster)?;
    let groups = sums.len() as f64;
    let square: f64 = sums.iter().flatten().map(|v| v * v).sum();
    let error = (square * groups / (groups - 1.0)).sqrt();
    Ok((error, Some(groups - 1.0)))
}

/// What to say where clusters cannot give a variance.
pub(super) fn one_cluster() -> Unknown {
    Unknown::NotApplicable("all people belong to one cluster".to_owned())
}

/// A difference with its interval, within -1 to 1.
///
/// # Errors
/// No spread to judge it by.
pub(in crate::stats) fn of_difference(
    estimate: f64,
    std_err: f64,
    making: Making,
) -> Result<Answer, Unknown> {
    let (deviate, p) = judged(estimate, std_err, making)?;
    Ok(Answer {
        estimate,
        std_err,
        interval: Interval {
            lower: (estimate - deviate * std_err).max(-1.0),
            upper: (estimate + deviate * std_err).min(1.0),
            level: making.level,
            method: making.method,
        },
        p,
    })
}

/// A ratio with the interval of its logarithm; `std_err` is that of the
/// logarithm.
///
/// # Errors
/// No spread to judge it by, or a ratio that has no logarithm.
pub(super) fn of_ratio(estimate: f64, std_err: f64, making: Making) -> Result<Answer, Unknown> {
    if !(estimate > 0.0 && estimate.is_finite()) {
        return Err(no_spread());
    }
    let (deviate, p) = judged(estimate.ln(), std_err, making)?;
    let (lower, upper) = (
        estimate * (-deviate * std_err).exp(),
        estimate * (deviate * std_err).exp(),
    );
    if !upper.is_finite() {
        return Err(no_spread());
    }
    Ok(Answer {
        estimate,
        std_err,
        interval: Interval {
            lower,
            upper,
            level: making.level,
            method: making.method,
        },
        p,
    })
}

/// The deviate that the interval is wide by, and the p that goes with it.
fn judged(distance: f64, std_err: f64, making: Making) -> Result<(f64, f64), Unknown> {
    let whole = distance.is_finite() && std_err.is_finite() && usable(making.level);
    // Without any spread there is an interval of no width, which would claim
    // to know what it does not.
    if !whole || std_err <= 1e-12 * (1.0 + distance.abs()) {
        return Err(no_spread());
    }
    let beyond = distance.abs() / std_err;
    let found = match making.freedom {
        None => Some((
            two_sided_normal(making.level),
            erfc(beyond / SQRT_2).clamp(0.0, 1.0),
        )),
        Some(freedom) => {
            let tail = t_two_sided(beyond, freedom);
            two_sided_t(making.level, freedom).zip(tail)
        }
    };
    found.ok_or_else(no_spread)
}

fn no_spread() -> Unknown {
    Unknown::NotApplicable(
        "everybody in either group had the same outcome, so nothing says how sure we are"
            .to_owned(),
    )
}
