//! Two means of different people compared: Welch's test, and Hedges' g for
//! how large the difference is beside the spread. From exact sums. Never for
//! the same people twice.

use super::mean::{Sums, standard_error};
use super::quantile::two_sided_t;
use super::tail::{hedges_correction, shifted_t_centre, t_two_sided};
use super::two_shares::{checked_level, refuse};
use crate::domain::tally::SCORE_ONE;
use crate::domain::{Interval, Unknown};

/// A difference of means by Welch's method (1947).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// First less second, in points of the scale.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its interval.
    pub interval: Interval,
    /// The estimate over its standard error.
    pub t: f64,
    /// Satterthwaite's degrees of freedom.
    pub degrees_of_freedom: f64,
    /// Two-sided.
    pub p: f64,
}

/// A standardised difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HedgesG {
    /// First less second over their common standard deviation, corrected for
    /// small samples (Hedges 1981).
    pub estimate: f64,
    /// The interval of the standardised difference, exact where both groups
    /// are normal with one spread: from t about a mean that is not 0.
    pub interval: Interval,
    /// People in both groups.
    pub n: u64,
}

/// First mean less second, taken in whole numbers where they fit.
fn gap(first: Sums, second: Sums) -> f64 {
    let cross = |sum: i128, n: u64| sum.checked_mul(i128::from(n));
    let whole = cross(first.sum, second.n)
        .zip(cross(second.sum, first.n))
        .and_then(|(a, b)| a.checked_sub(b));
    let one = SCORE_ONE as f64;
    let (m, n) = (first.n as f64, second.n as f64);
    match whole {
        Some(gap) => gap as f64 / (m * n * one),
        None => first.sum as f64 / (m * one) - second.sum as f64 / (n * one),
    }
}

/// The squared standard errors of both means.
fn variances(first: Sums, second: Sums) -> Result<(f64, f64), Unknown> {
    if first.n == 0 || second.n == 0 {
        return Err(refuse("nobody in one of the groups"));
    }
    if first.n < 2 || second.n < 2 {
        return Err(refuse("a group of one has no spread to judge by"));
    }
    let of = |sums: Sums| {
        standard_error(sums)
            .map(|error| error * error)
            .ok_or_else(|| refuse("the sums do not agree: no scores add up to them"))
    };
    let found = (of(first)?, of(second)?);
    if found.0 + found.1 <= 0.0 {
        return Err(refuse("everybody within each group has the same score"));
    }
    Ok(found)
}

/// Welch's test of two means, as R's `t.test`.
///
/// # Errors
/// Where a group has fewer than two people, nobody differs from the others of
/// their group, or the level cannot be.
pub fn welch(first: Sums, second: Sums, level: f64) -> Result<Welch, Unknown> {
    checked_level(level)?;
    let (a, b) = variances(first, second)?;
    let (m, n) = (first.n as f64, second.n as f64);
    let estimate = gap(first, second);
    let error = (a + b).sqrt();
    let (one, two) = (a / (a + b), b / (a + b));
    let freedom = 1.0 / (one * one / (m - 1.0) + two * two / (n - 1.0));
    let t = estimate / error;
    let none = || refuse("the groups are too large for Student's t");
    let half = two_sided_t(level, freedom).ok_or_else(none)? * error;
    Ok(Welch {
        estimate,
        standard_error: error,
        interval: Interval {
            lower: estimate - half,
            upper: estimate + half,
            level,
            method: "welch",
        },
        t,
        degrees_of_freedom: freedom,
        p: t_two_sided(t, freedom).ok_or_else(none)?,
    })
}

/// Hedges' g of two groups.
///
/// # Errors
/// As for `welch`.
pub fn hedges_g(first: Sums, second: Sums, level: f64) -> Result<HedgesG, Unknown> {
    checked_level(level)?;
    let (a, b) = variances(first, second)?;
    let (m, n) = (first.n as f64, second.n as f64);
    let freedom = m + n - 2.0;
    let pooled = (a * m * (m - 1.0) + b * n * (n - 1.0)) / freedom;
    let d = gap(first, second) / pooled.sqrt();
    // t is d times this.
    let size = (m * n / (m + n)).sqrt();
    let tail = (1.0 - level) / 2.0;
    let limit = |share: f64| {
        shifted_t_centre(d * size, freedom, share)
            .map(|centre| centre / size)
            .ok_or_else(|| refuse("the standardised difference has no limit that can be found"))
    };
    Ok(HedgesG {
        estimate: d * hedges_correction(freedom),
        interval: Interval {
            lower: limit(1.0 - tail)?,
            upper: limit(tail)?,
            level,
            method: "noncentral_t",
        },
        n: first.n.saturating_add(second.n),
    })
}
