//! Starters ahead from those declared, or from past quarters by the exact
//! prediction interval of a Poisson count.

use crate::domain::{Interval, Unknown};
use crate::stats::quantile::{binomial_at_most, usable};

/// What is known of starters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartersKnown {
    /// Offers accepted and dates agreed.
    Declared(u64),
    /// Starters over past quarters like those ahead; where starters come in
    /// seasons, the same quarters of earlier years.
    Past {
        /// How many started.
        starters: u64,
        /// Over how many quarters.
        quarters: u32,
    },
}

/// Starters ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Starters {
    /// How many are expected.
    pub expected: f64,
    /// Where their number will lie; nothing for declared ones, which are a
    /// count.
    pub interval: Option<Interval>,
    /// What it rests on.
    pub known: StartersKnown,
    /// Quarters ahead.
    pub quarters: u32,
}

/// Starters over the quarters ahead. With x over t past quarters and y over s
/// ahead, x of x + y is binomial with t / (s + t), whatever the rate: the
/// interval has every y that x does not contradict.
///
/// # Errors
/// `NotApplicable` for no quarters, past or ahead, or a level outside 0 to 1.
pub fn starters_due(known: StartersKnown, quarters: u32, level: f64) -> Result<Starters, Unknown> {
    let refuse = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
    if quarters == 0 {
        return refuse("there is no quarter ahead to look at");
    }
    let (past, over) = match known {
        StartersKnown::Declared(starters) => {
            return Ok(Starters {
                expected: starters as f64,
                interval: None,
                known,
                quarters,
            });
        }
        StartersKnown::Past { starters, quarters } => (starters, quarters),
    };
    if over == 0 {
        return refuse("there is no past quarter to go by");
    }
    let exposure = (f64::from(over), f64::from(quarters));
    Ok(Starters {
        expected: past as f64 * exposure.1 / exposure.0,
        interval: poisson_prediction(past, exposure, level),
        known,
        quarters,
    })
}

/// Where a Poisson count of the future lies, from `past` events over the first
/// exposure and for the second: Nelson's exact interval (1982). None for
/// exposures that are not above 0, or a level outside 0 to 1.
pub(super) fn poisson_prediction(
    past: u64,
    (before, ahead): (f64, f64),
    level: f64,
) -> Option<Interval> {
    let part = before / (before + ahead);
    if !(usable(level) && part > 0.0 && part < 1.0) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    // So few in the past, had there been `next` ahead: falls as `next` grows.
    let few = |next: u64| binomial_at_most(past, past.checked_add(next)?, part);
    // So many in the past: grows with `next`.
    let many = |next: u64| match past.checked_sub(1) {
        Some(less) => Some(1.0 - binomial_at_most(less, past.checked_add(next)?, part)?),
        None => Some(1.0),
    };
    let beyond = first(|next| Some(few(next)? <= tail))?;
    let lower = first(|next| Some(many(next)? > tail))?;
    Some(Interval {
        lower: lower as f64,
        upper: beyond.saturating_sub(1) as f64,
        level,
        method: "poisson_prediction",
    })
}

/// The first whole number from which `holds` is true, by doubling and halving;
/// nothing past 2^40.
pub(super) fn first(holds: impl Fn(u64) -> Option<bool>) -> Option<u64> {
    let mut high = 1_u64;
    if holds(0)? {
        return Some(0);
    }
    while !holds(high)? {
        high = high.checked_mul(2).filter(|next| *next < 1 << 40)?;
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}
