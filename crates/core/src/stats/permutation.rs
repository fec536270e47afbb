//! A test by chance alone: how often do groups drawn anew from the same
//! people differ by as much? Seeded, so that the same data give the same p.
//! Never gives a p of 0.

use super::chance::Chance;
use super::two_shares::refuse;
use crate::domain::Unknown;

/// A statistic of one draw may be this share of itself smaller than the one
/// at hand and still count as large: sums in another order round otherwise.
const ROUNDING: f64 = 1e-9;

/// How many draws, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// Draws; at least one.
    pub count: u32,
    /// The seed.
    pub seed: u64,
}

/// What the draws gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// The statistic of the groups as they are.
    pub statistic: f64,
    /// Draws with a statistic at least as large.
    pub as_large: u32,
    /// How they were drawn.
    pub draws: Draws,
    /// (as large + 1) / (draws + 1): never 0, as the groups as they are count
    /// as one draw.
    pub p: f64,
    /// The standard error of p that more draws would lessen.
    pub monte_carlo_error: f64,
}

/// Draws groups of the same sizes anew and counts how often the statistic is
/// at least as large as that of the groups as they are. The statistic must be
/// large where groups differ: for a two-sided test, a distance. A draw whose
/// statistic is no number counts as large.
///
/// # Errors
/// Where a group has nobody, there are no draws, or the groups as they are
/// have no statistic.
pub fn permutation_test(
    first: &[f64],
    second: &[f64],
    draws: Draws,
    statistic: impl Fn(&[f64], &[f64]) -> f64,
) -> Result<Permutation, Unknown> {
    if first.is_empty() || second.is_empty() {
        return Err(refuse("nobody in one of the groups"));
    }
    if draws.count == 0 {
        return Err(refuse("a permutation test needs draws"));
    }
    let found = statistic(first, second);
    if !found.is_finite() {
        return Err(refuse("the groups have no such statistic"));
    }
    let least = found - ROUNDING * found.abs();
    let mut chance = Chance::new(draws.seed, 0);
    let mut all = [first, second].concat();
    let mut as_large = 0_u32;
    for _ in 0..draws.count {
        chance.shuffle(&mut all);
        let (one, other) = all.split_at(first.len());
        let drawn = statistic(one, other);
        as_large += u32::from(drawn.is_nan() || drawn >= least);
    }
    let (b, m) = (f64::from(as_large), f64::from(draws.count));
    let p = (b + 1.0) / (m + 1.0);
    Ok(Permutation {
        statistic: found,
        as_large,
        draws,
        p,
        monte_carlo_error: (p * (1.0 - p) / (m + 1.0)).sqrt(),
    })
}

/// How far the means of two groups are apart.
#[must_use]
pub fn gap_of_means(first: &[f64], second: &[f64]) -> f64 {
    let mean = |group: &[f64]| group.iter().sum::<f64>() / group.len() as f64;
    (mean(first) - mean(second)).abs()
}
