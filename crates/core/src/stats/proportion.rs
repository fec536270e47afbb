//! Intervals for one proportion: Wilson's, which figures carry, Clopper and
//! Pearson's, and others to compare with figures made by them. Never for a rate: 30 leavers over a mean
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

/// Wilson's interval with a continuity correction, as R's `prop.test`: hits
/// are moved by half a unit, but not past a half of all. None as for `wilson`.
#[must_use]
pub fn wilson_continuity(hits: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || hits > n || !usable(level) {
        return None;
    }
    let z = two_sided_normal(level);
    let drawn = (hits.abs_diff(n - hits) as f64 / 2.0).min(0.5);
    let lower = |hits: u64| {
        let (x, n) = (hits as f64 - drawn, n as f64);
        if x <= 0.0 {
            return 0.0;
        }
        let root = z * (z * z + 4.0 * x * ((n - x) / n)).sqrt();
        (2.0 * x * (x / n) / (2.0 * x + z * z + root)).clamp(0.0, 1.0)
    };
    Some(Interval {
        lower: lower(hits),
        upper: 1.0 - lower(n - hits),
        level,
        method: "wilson_continuity",
    })
}

/// Agresti and Coull's interval (1998): Wald's after adding z^2 units, half of
/// them hits. Its ends may pass 0 and 1. None as for `wilson`.
#[must_use]
pub fn agresti_coull(hits: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || hits > n || !usable(level) {
        return None;
    }
    let z = two_sided_normal(level);
    let more = n as f64 + z * z;
    let interval = around((hits as f64 + z * z / 2.0) / more, more, level);
    Some(Interval {
        method: "agresti_coull",
        ..interval
    })
}

/// The textbook interval, from the estimate's own variance: of no width at 0%
/// and 100%, and its ends may pass 0 and 1. Only to compare with figures made
/// that way. None as for `wilson`.
#[must_use]
pub fn wald(hits: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || hits > n || !usable(level) {
        return None;
    }
    Some(around(hits as f64 / n as f64, n as f64, level))
}

fn around(share: f64, n: f64, level: f64) -> Interval {
    let half = two_sided_normal(level) * (share * (1.0 - share) / n).sqrt();
    Interval {
        lower: share - half,
        upper: share + half,
        level,
        method: "wald",
    }
}

/// Jeffreys' interval: quantiles of the beta distribution with half a unit
/// added to both counts, from 0 where nobody hit and up to 1 where everybody
/// did. None as for `clopper_pearson`.
#[must_use]
pub fn jeffreys(hits: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || hits > n || !usable(level) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let lower = |hits: u64| match hits {
        0 => Some(0.0),
        _ => beta_quantile(tail, hits as f64 + 0.5, (n - hits) as f64 + 0.5),
    };
    Some(Interval {
        lower: lower(hits)?,
        upper: 1.0 - lower(n - hits)?,
        level,
        method: "jeffreys",
    })
}
