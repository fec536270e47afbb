//! The E-value: how much a ratio of risks could owe to what nobody measured.
//! Says nothing of whether there is such a thing.

use super::quantile::usable;
use super::two_shares::refuse;
use crate::domain::{Interval, Unknown};

/// How strongly something that nobody measured would have to go with both
/// the group and the event to explain a ratio away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EValue {
    /// For the ratio itself; at least 1.
    pub estimate: f64,
    /// For the limit nearest 1; 1 where the interval holds 1.
    pub limit: f64,
}

/// The E-value of VanderWeele and Ding (2017) of a ratio of risks, as that of
/// leaving, and of its interval's limit nearest 1.
///
/// # Errors
/// Where the ratio or a limit is not above 0, or the limits do not hold it.
pub fn e_value(estimate: f64, interval: Interval) -> Result<EValue, Unknown> {
    let sound = estimate.is_finite() && estimate > 0.0 && usable(interval.level);
    let ordered = interval.lower <= estimate && estimate <= interval.upper;
    if !sound || !ordered || interval.lower < 0.0 {
        return Err(refuse("an E-value needs a ratio above 0 and its interval"));
    }
    let of = |ratio: f64| {
        let above = if ratio < 1.0 { 1.0 / ratio } else { ratio };
        above + (above * (above - 1.0)).sqrt()
    };
    let limit = if interval.lower > 1.0 {
        of(interval.lower)
    } else if interval.upper < 1.0 {
        of(interval.upper)
    } else {
        1.0
    };
    let found = EValue {
        estimate: of(estimate),
        limit,
    };
    if found.estimate.is_finite() && found.limit.is_finite() {
        Ok(found)
    } else {
        Err(refuse("the ratio is too near 0 for an E-value"))
    }
}
