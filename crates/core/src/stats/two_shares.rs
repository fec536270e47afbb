//! Two independent shares compared by a pooled variance, and the score
//! interval of their difference. Never for two answers of the same people:
//! those are `paired`. The difference that reports show is Newcombe's, in
//! `difference`.

use super::difference::{Difference, Share};
use super::quantile::{two_sided_normal, usable};
use super::root::boundary;
use super::tail::normal_two_sided;
use crate::domain::{Interval, Unknown};

/// Whether a chi-square is drawn in by half a person, as Yates did, because
/// counts are whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// By at most a half, and never past what is expected.
    Corrected,
    /// As it is.
    Uncorrected,
}

/// The test of two shares with one pooled variance, as R's `prop.test`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PooledTest {
    /// First less second, and its interval from their own variances
    /// (`wald_difference`), cut at -1 and 1.
    pub difference: Difference,
    /// The deviate, with the sign of the difference.
    pub z: f64,
    /// Its square.
    pub chi_square: f64,
    /// Two-sided.
    pub p: f64,
    /// Whether it is corrected.
    pub continuity: Continuity,
}

/// A reason for no figure.
pub(super) fn refuse(why: &str) -> Unknown {
    Unknown::NotApplicable(why.to_owned())
}

/// Refuses groups of nobody and counts that do not agree.
pub(super) fn checked(first: Share, second: Share) -> Result<(), Unknown> {
    match (first.n, second.n) {
        (0, 0) => return Err(refuse("nobody in either group")),
        (0, _) => return Err(refuse("nobody in the first group")),
        (_, 0) => return Err(refuse("nobody in the second group")),
        _ => {}
    }
    if first.hits > first.n || second.hits > second.n {
        return Err(refuse("the counts do not agree: more hits than people"));
    }
    Ok(())
}

/// Refuses a confidence level that is none.
pub(super) fn checked_level(level: f64) -> Result<(), Unknown> {
    if usable(level) {
        Ok(())
    } else {
        Err(refuse("a confidence level lies between 0 and 1"))
    }
}

/// The chi-square of two shares.
///
/// # Errors
/// Where a group has nobody, where counts do not agree, and where everybody or
/// nobody hit in both: then there is no variance to judge by.
pub fn pooled_test(
    first: Share,
    second: Share,
    continuity: Continuity,
    level: f64,
) -> Result<PooledTest, Unknown> {
    checked(first, second)?;
    checked_level(level)?;
    let (x, m) = (first.hits as f64, first.n as f64);
    let (y, n) = (second.hits as f64, second.n as f64);
    let (hits, all) = (x + y, m + n);
    if hits == 0.0 || hits == all {
        return Err(refuse(if hits == 0.0 {
            "nobody in either group: there is nothing to compare"
        } else {
            "everybody in both groups: there is nothing to compare"
        }));
    }
    let inverse = 1.0 / m + 1.0 / n;
    // Every cell lies equally far from what is expected.
    let off = (x * n - y * m).abs() / all;
    let drawn = match continuity {
        Continuity::Corrected => off.min(0.5),
        Continuity::Uncorrected => 0.0,
    };
    let pooled = hits / all;
    let root = (off - drawn) * inverse / (pooled * ((all - hits) / all) * inverse).sqrt();
    let estimate = x / m - y / n;
    let own = (x / m * ((m - x) / m) / m + y / n * ((n - y) / n) / n).sqrt();
    let half = two_sided_normal(level) * own + drawn * inverse;
    let interval = Interval {
        lower: (estimate - half).max(-1.0),
        upper: (estimate + half).min(1.0),
        level,
        method: "wald_difference",
    };
    Ok(PooledTest {
        difference: Difference { estimate, interval },
        z: root.copysign(estimate),
        chi_square: root * root,
        p: normal_two_sided(root),
        continuity,
    })
}

/// The score interval of Miettinen and Nurminen (1985) for the difference,
/// with their factor N / (N - 1).
///
/// # Errors
/// Where a group has nobody, or counts or level cannot be.
pub fn miettinen_nurminen(first: Share, second: Share, level: f64) -> Result<Difference, Unknown> {
    checked(first, second)?;
    checked_level(level)?;
    let z = two_sided_normal(level);
    Ok(Difference {
        estimate: first.hits as f64 / first.n as f64 - second.hits as f64 / second.n as f64,
        interval: Interval {
            lower: -highest_difference(second, first, z),
            upper: highest_difference(first, second, z),
            level,
            method: "miettinen_nurminen",
        },
    })
}

/// The largest difference that the score test at `z` does not refuse.
fn highest_difference(first: Share, second: Share, z: f64) -> f64 {
    let estimate = first.hits as f64 / first.n as f64 - second.hits as f64 / second.n as f64;
    let all = (first.n as f64) + (second.n as f64);
    let factor = z * z * (all / (all - 1.0));
    let held = |gap: f64| {
        let q = second_given_gap(first, second, gap);
        let p = (q + gap).clamp(0.0, 1.0);
        let variance = p * (1.0 - p) / first.n as f64 + q * (1.0 - q) / second.n as f64;
        (estimate - gap).powi(2) <= factor * variance
    };
    if estimate >= 1.0 || held(1.0) {
        return 1.0;
    }
    boundary(estimate, 1.0, held)
}

/// The likeliest second share where the first is larger by `gap`: the
/// likelihood is concave, so its slope changes sign once.
fn second_given_gap(first: Share, second: Share, gap: f64) -> f64 {
    let term = |count: u64, share: f64| {
        if count == 0 {
            0.0
        } else {
            count as f64 / share
        }
    };
    let rising = |q: f64| {
        let p = q + gap;
        term(first.hits, p) + term(second.hits, q)
            > term(first.n - first.hits, 1.0 - p) + term(second.n - second.hits, 1.0 - q)
    };
    let (low, high) = ((-gap).max(0.0), (1.0 - gap).min(1.0));
    boundary(low, high, rising)
}
