//! Observed against expected, a site at a time: how many would have left had
//! the site's people left as everyone like them did. Compares a site with the
//! standard, never one site with another.

use crate::domain::{Interval, Unknown};
use crate::stats::difference::Share;
use crate::stats::rate::poisson;

/// People of a site who are alike, and everyone who is like them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// The site's people.
    pub people: u64,
    /// How it went with everyone like them, the site's own people among them.
    pub standard: Share,
}

/// What was seen at a site against what was expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ObservedExpected {
    /// Events seen.
    pub observed: u64,
    /// Events expected.
    pub expected: f64,
    /// Observed less expected.
    pub difference: f64,
    /// Its limits.
    pub difference_interval: Option<Interval>,
    /// Observed over expected.
    pub ratio: f64,
    /// Its limits: exact Poisson on the events seen, the expected taken as
    /// known.
    pub ratio_interval: Option<Interval>,
}

/// The events expected of a site by indirect standardisation: in each stratum
/// its people times the share of everyone like them.
///
/// # Errors
/// `NotAvailable` where some of its people have nobody to be compared with;
/// `NotApplicable` for a site without people or a standard with more hits than
/// people.
pub fn expected(strata: &[Stratum]) -> Result<f64, Unknown> {
    let mut sum = 0.0;
    for stratum in strata.iter().filter(|stratum| stratum.people > 0) {
        let Share { hits, n } = stratum.standard;
        if n == 0 {
            return Err(Unknown::NotAvailable(format!(
                "there is nobody to compare {} of the site's people with",
                stratum.people
            )));
        }
        if hits > n {
            return Err(Unknown::NotApplicable(
                "a standard has more hits than people".to_owned(),
            ));
        }
        sum += stratum.people as f64 * (hits as f64 / n as f64);
    }
    if strata.iter().all(|stratum| stratum.people == 0) {
        return Err(Unknown::NotApplicable("nobody is at this site".to_owned()));
    }
    Ok(sum)
}

/// What was seen against what was expected, from strata or from a model.
///
/// # Errors
/// `NotApplicable` where nothing was expected, so that there is no ratio.
pub fn observed_expected(
    observed: u64,
    expected: f64,
    level: f64,
) -> Result<ObservedExpected, Unknown> {
    if !(expected > 0.0 && expected.is_finite()) {
        return Err(Unknown::NotApplicable(
            "no leaver was expected at this site, so there is nothing to divide by".to_owned(),
        ));
    }
    let limits = poisson(observed, level);
    let ratio = observed as f64 / expected;
    let divided = limits.map(|counted| Interval {
        lower: counted.lower / expected,
        upper: counted.upper / expected,
        ..counted
    });
    if !ratio.is_finite() || divided.is_some_and(|i| !i.upper.is_finite()) {
        return Err(Unknown::NotApplicable(
            "too little was expected at this site to divide by".to_owned(),
        ));
    }
    Ok(ObservedExpected {
        observed,
        expected,
        difference: observed as f64 - expected,
        difference_interval: limits.map(|counted| Interval {
            lower: counted.lower - expected,
            upper: counted.upper - expected,
            ..counted
        }),
        ratio,
        ratio_interval: divided,
    })
}
