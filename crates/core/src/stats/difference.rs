//! The interval of a difference of two independent proportions. Never for two
//! answers of the same people: those are paired.

use super::proportion::wilson;
use crate::domain::Interval;

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
    Some(Difference {
        estimate,
        interval: Interval {
            lower: (estimate - down).max(-1.0),
            upper: (estimate + up).min(1.0),
            level,
            method: "newcombe",
        },
    })
}
