//! The limits of a funnel plot: how far a share may lie from a target by
//! chance alone, base by base, and by chance and the differences that sites
//! always have. Judges no site and knows none.

mod expected;
mod overdispersion;

pub use expected::{ObservedExpected, Stratum, expected, observed_expected};
pub use overdispersion::{Funnel, Overdispersion, SITES_NEEDED, funnel, overdispersion};

use super::quantile::{binomial_at_most, binomial_fewest};

/// The chances below the limits: 95% between the inner, 99.8% between the
/// outer ones.
const INNER: Limits = (0.025, 0.975);
const OUTER: Limits = (0.001, 0.999);
/// Their levels.
const LEVELS: (f64, f64) = (0.95, 0.998);

/// A lower and an upper limit, as shares.
pub type Limits = (f64, f64);

/// A base, its inner and its outer limits.
pub type FunnelAt = (u64, Limits, Limits);

/// For each base its 95% and its 99.8% limits around `share`, each (lower,
/// upper) as a share: exact binomial, interpolated between whole numbers of
/// hits (Spiegelhalter 2005, appendix A.1.1), so that they fall smoothly as
/// the base grows, and cut at 0 and 1. A base of 0 has no limits and is left
/// out, as is one (beyond about 10^9) at which the tail area does not
/// converge; a share outside 0 to 1 has none at all. Where the share is 0 or 1
/// the limits are the share itself.
#[must_use]
pub fn funnel_limits(share: f64, bases: &[u64]) -> Vec<FunnelAt> {
    if !(0.0..=1.0).contains(&share) {
        return Vec::new();
    }
    let at = |base: &u64| {
        let between = |ends: Limits| {
            let lower = limit(share, *base, ends.0)?;
            Some((lower, limit(share, *base, ends.1)?))
        };
        Some((*base, between(INNER)?, between(OUTER)?))
    };
    bases.iter().filter_map(at).collect()
}

/// The share of `base` with a chance of `below` under it.
fn limit(share: f64, base: u64, below: f64) -> Option<f64> {
    if base == 0 {
        return None;
    }
    if share <= 0.0 || share >= 1.0 {
        return Some(share);
    }
    let low = binomial_fewest(below, base, share)?;
    let up_to = binomial_at_most(low, base, share)?;
    let fewer = match low.checked_sub(1) {
        Some(less) => binomial_at_most(less, base, share)?,
        None => 0.0,
    };
    let part = (up_to - below) / (up_to - fewer);
    let found = (low as f64 - part) / base as f64;
    found.is_finite().then_some(found.clamp(0.0, 1.0))
}
