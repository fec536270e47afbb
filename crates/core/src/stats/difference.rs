//! A difference of two independent proportions: its interval, and the test
//! that goes with it. Never for two answers of the same people: those are
//! paired.

use super::proportion::wilson;
use crate::domain::Interval;
use statrs::function::erf::erfc;
use std::f64::consts::SQRT_2;

/// Units and those of them that hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Units that hit.
    pub hits: u64,
    /// Units.
    pub n: u64,
}

/// A difference of proportions and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// First less second, from -1 to 1.
    pub estimate: f64,
    /// Its interval, within -1 to 1.
    pub interval: Interval,
}

impl Difference {
    /// With an interval that reaches so far down and up, but no further than a
    /// difference of shares can.
    pub(super) fn reaching(
        estimate: f64,
        (down, up): (f64, f64),
        (level, method): (f64, &'static str),
    ) -> Self {
        Self {
            estimate,
            interval: Interval {
                lower: (estimate - down).max(-1.0),
                upper: (estimate + up).min(1.0),
                level,
                method,
            },
        }
    }
}

/// The first proportion less the second, with Newcombe's hybrid score
/// interval (1998, method 10: two Wilson intervals, no continuity
/// correction). None where either has no interval of its own.
#[must_use]
pub fn newcombe(first: Share, second: Share, level: f64) -> Option<Difference> {
    let one = wilson(first.hits, first.n, level)?;
    let two = wilson(second.hits, second.n, level)?;
    let p = first.hits as f64 / first.n as f64;
    let q = second.hits as f64 / second.n as f64;
    let estimate = p - q;
    let down = (p - one.lower).hypot(two.upper - q);
    let up = (one.upper - p).hypot(q - two.lower);
    Some(Difference::reaching(
        estimate,
        (down, up),
        (level, "newcombe"),
    ))
}

/// A deviate whose tail area is below the smallest double.
const BEYOND: f64 = 40.0;

/// The two-sided p that goes with `newcombe`: 1 less the highest level at
/// which that interval still leaves out 0, so that p is under 0.05 just where
/// the 95% interval does. 1 where the two shares are the same (both 0%, both
/// 100%), 0 where it is too small for a number. None where either has no
/// interval of its own: no units, or more hits than units.
#[must_use]
pub fn newcombe_p(first: Share, second: Share) -> Option<f64> {
    if first.n == 0 || second.n == 0 || first.hits > first.n || second.hits > second.n {
        return None;
    }
    let cross = |a: Share, b: Share| u128::from(a.hits) * u128::from(b.n);
    let (one, two) = (cross(first, second), cross(second, first));
    let (more, less) = match one.cmp(&two) {
        std::cmp::Ordering::Equal => return Some(1.0),
        std::cmp::Ordering::Greater => (first, second),
        std::cmp::Ordering::Less => (second, first),
    };
    let apart = one.abs_diff(two) as f64 / (first.n as f64 * second.n as f64);
    let spared = Share {
        hits: less.n - less.hits,
        n: less.n,
    };
    // The distance from the estimate to the limit nearest 0 grows with z.
    let reaches = |z: f64| below(more, z).hypot(below(spared, z)) >= apart;
    if !reaches(BEYOND) {
        return Some(0.0);
    }
    let (mut low, mut high) = (0.0_f64, BEYOND);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if reaches(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(erfc(high / SQRT_2).clamp(0.0, 1.0))
}

/// How far Wilson's lower limit at the deviate `z` lies below the share; that
/// of the units that did not hit is how far the upper limit lies above it.
/// From the same roots as `wilson`, so that nothing cancels.
fn below(share: Share, z: f64) -> f64 {
    let (x, n) = (share.hits as f64, share.n as f64);
    let missed = (share.n - share.hits) as f64;
    let square = z * z;
    let spread = square + z * (square + 4.0 * x * (missed / n)).sqrt();
    if spread == 0.0 {
        return 0.0;
    }
    x / n * (spread / (2.0 * x + spread))
}
