//! Intervals for one proportion. Never for a rate: 30 leavers over a mean
//! headcount of 120 is not binomial (see `rate`).

use super::quantile::{beta_quantile, two_sided_normal, usable};
use crate::domain::Interval;

/// Wilson's score interval (1927), without continuity correction. None for
/// `n` = 0, for more hits than units, or for a level outside 0 to 1.
#[must_use]
pub fn wilson(hits: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || hits > n || !usable(level) {
        return None;
    }
    let z = two_sided_normal(level);
    Some(Interval {
        lower: wilson_lower(hits, n, z),
        upper: 1.0 - wilson_lower(n - hits, n, z),
        level,
        method: "wilson",
    })
}

/// The lower limit; the upper one is that of the units that did not hit, so
/// that both ends are exact at 0 and at n.
fn wilson_lower(hits: u64, n: u64, z: f64) -> f64 {
    if hits == 0 {
        return 0.0;
    }
    let (x, n) = (hits as f64, n as f64);
    let square = z * z;
    let root = z * (square + 4.0 * x * ((n - x) / n)).sqrt();
    // The larger root divides the product of both, x^2 / (n (n + z^2)), so
    // nothing cancels.
    let limit = 2.0 * x * (x / n) / (2.0 * x + square + root);
    limit.clamp(0.0, 1.0)
}

/// The exact interval of Clopper and Pearson (1934), from quantiles of the
/// beta distribution. None as for `wilson`, and for counts so large (beyond
/// about 10^9) that the quantile does not converge.
#[must_use]
pub fn clopper_pearson(hits: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || hits > n || !usable(level) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    Some(Interval {
        lower: clopper_pearson_lower(hits, n, tail)?,
        upper: 1.0 - clopper_pearson_lower(n - hits, n, tail)?,
        level,
        method: "clopper_pearson",
    })
}

fn clopper_pearson_lower(hits: u64, n: u64, tail: f64) -> Option<f64> {
    if hits == 0 {
        return Some(0.0);
    }
    if hits == n {
        return Some((tail.ln() / n as f64).exp());
    }
    beta_quantile(tail, hits as f64, (n - hits + 1) as f64)
}
