//! Rates: events over time at risk or over a count of people, with the exact
//! Poisson interval on the events. A rate may pass 1 and is never treated as a
//! proportion.

use super::quantile::{gamma_quantile, usable};
use crate::domain::Interval;

/// Days in a year of person-time.
pub const DAYS_A_YEAR: f64 = 365.25;

/// A rate and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Events for each unit of exposure.
    pub estimate: f64,
    /// Its interval, in the same unit.
    pub interval: Option<Interval>,
}

/// The exact interval of a Poisson mean (Garwood 1936) from the events
/// counted; the lower limit of no events is 0. None for a level outside 0 to 1.
#[must_use]
pub fn poisson(events: u64, level: f64) -> Option<Interval> {
    if !usable(level) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let lower = match events {
        0 => 0.0,
        some => gamma_quantile(tail, some as f64)?,
    };
    Some(Interval {
        lower,
        upper: gamma_quantile(1.0 - tail, events as f64 + 1.0)?,
        level,
        method: "poisson_exact",
    })
}

/// Events for each unit of exposure. None where the exposure is not a number
/// above 0.
#[must_use]
pub fn rate(events: u64, exposure: f64, level: f64) -> Option<Rate> {
    let finite = |x: f64| x.is_finite().then_some(x);
    if exposure <= 0.0 {
        return None;
    }
    let estimate = finite(events as f64 / finite(exposure)?)?;
    let interval = poisson(events, level).and_then(|counted| {
        Some(Interval {
            lower: finite(counted.lower / exposure)?,
            upper: finite(counted.upper / exposure)?,
            ..counted
        })
    });
    Some(Rate { estimate, interval })
}

/// Events for each 100 person-years of 365.25 days. None where nobody was
/// followed for a day.
#[must_use]
pub fn per_100_person_years(events: u64, person_days: u64, level: f64) -> Option<Rate> {
    rate(events, person_years(person_days) / 100.0, level)
}

/// Person-years in person-days.
#[must_use]
pub fn person_years(person_days: u64) -> f64 {
    person_days as f64 / DAYS_A_YEAR
}
