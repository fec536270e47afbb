//! A ratio of two independent shares: how many times as likely something is
//! in one group as in another. Adds no half to a count of zero, and gives no
//! figure from a handful of events.

use super::difference::Share;
use super::quantile::two_sided_normal;
use super::root::boundary;
use super::two_shares::{checked, checked_level, refuse};
use crate::domain::{Interval, Unknown};

/// Events in both groups together below which nothing is said of a ratio.
pub const FEWEST_EVENTS: u64 = 10;

/// The ratios between which no group is said to be worse off: the
/// four-fifths band.
pub const BAND: (f64, f64) = (0.80, 1.25);

/// An interval of a ratio, which may have no upper end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioInterval {
    /// Lower limit, 0 where nothing bounds it from below.
    pub lower: f64,
    /// Upper limit; none where nothing bounds it from above.
    pub upper: Option<f64>,
    /// Confidence level, as 0.95.
    pub level: f64,
    /// The method's slug.
    pub method: &'static str,
}

impl RatioInterval {
    /// Whether a ratio lies within, its ends too.
    #[must_use]
    pub fn holds(&self, ratio: f64) -> bool {
        self.lower <= ratio && self.upper.is_none_or(|upper| ratio <= upper)
    }

    /// The interval, where it has both ends.
    #[must_use]
    pub fn closed(&self) -> Option<Interval> {
        self.upper.map(|upper| Interval {
            lower: self.lower,
            upper,
            level: self.level,
            method: self.method,
        })
    }
}

/// A ratio of shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The first share over the second; none where nobody in the second
    /// group hit.
    pub estimate: Option<f64>,
    /// Its score interval.
    pub interval: RatioInterval,
}

/// One of two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The group whose share stands above the line.
    First,
    /// The group whose share stands below it.
    Second,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// What a relative likelihood says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The interval holds 1: it cannot be told which group is worse off.
    CannotTell,
    /// The interval leaves out 1, but the ratio lies within the band.
    WithinBand(Side),
    /// The interval leaves out 1 and the ratio lies outside the band: the
    /// group named is worse off. Only this is flagged.
    Flagged(Side),
}

/// How many times as likely something is in the first group as in the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelativeLikelihood {
    /// The group above the line.
    pub first: Share,
    /// The group below the line.
    pub second: Share,
    /// Events in both together.
    pub events: u64,
    /// The ratio and its interval.
    pub ratio: Ratio,
    /// Which group is worse off where the ratio is above 1: the first where
    /// the event is unwanted, as entering a disciplinary process; the second
    /// where it is wanted, as being appointed.
    pub worse_above_one: Side,
    /// What it says.
    pub reading: Reading,
}

/// The score interval of Miettinen and Nurminen (1985) for the ratio, with
/// their factor N / (N - 1). Nobody hit in the first group: 0, from 0.
/// Nobody in the second: no ratio and no upper end. Nobody in either:
/// anything.
///
/// # Errors
/// Where a group has nobody, or counts or level cannot be.
pub fn miettinen_nurminen_ratio(first: Share, second: Share, level: f64) -> Result<Ratio, Unknown> {
    checked(first, second)?;
    checked_level(level)?;
    let z = two_sided_normal(level);
    let lower = match (first.hits, highest_ratio(second, first, z)) {
        (0, _) | (_, None) => 0.0,
        (_, Some(upper)) => 1.0 / upper,
    };
    Ok(Ratio {
        estimate: ratio(first, second),
        interval: RatioInterval {
            lower,
            upper: highest_ratio(first, second, z),
            level,
            method: "miettinen_nurminen",
        },
    })
}

fn ratio(first: Share, second: Share) -> Option<f64> {
    let above = first.hits as f64 * second.n as f64;
    (second.hits > 0).then(|| above / (first.n as f64 * second.hits as f64))
}

/// The largest ratio that the score test at `z` does not refuse; none where
/// it refuses none.
fn highest_ratio(first: Share, second: Share, z: f64) -> Option<f64> {
    let estimate = ratio(first, second)?;
    let (x, m) = (first.hits as f64, first.n as f64);
    let (y, n) = (second.hits as f64, second.n as f64);
    let factor = z * z * ((m + n) / (m + n - 1.0));
    let held = |theta: f64| {
        // The likeliest second share where the first is `theta` times it: the
        // smaller root, taken so that nothing cancels.
        let (a, b, c) = ((m + n) * theta, (m + y) * theta + x + n, x + y);
        let q = (2.0 * c / (b + (b * b - 4.0 * a * c).max(0.0).sqrt())).min(1.0);
        let p = (theta * q).min(1.0);
        let variance = p * (1.0 - p) / m + theta * theta * (q * (1.0 - q)) / n;
        (x / m - theta * (y / n)).powi(2) <= factor * variance
    };
    let mut beyond = estimate.max(1.0);
    while held(beyond) {
        beyond *= 2.0;
        if !beyond.is_finite() {
            return None;
        }
    }
    Some(boundary(estimate, beyond, held))
}

/// The interval of a ratio from the variance of its logarithm (Katz and
/// others 1978). Only to compare with figures made that way.
///
/// # Errors
/// Where nobody hit in either of the groups, and as for the score interval.
pub fn katz_log(first: Share, second: Share, level: f64) -> Result<(f64, Interval), Unknown> {
    checked(first, second)?;
    checked_level(level)?;
    if first.hits == 0 || second.hits == 0 {
        return Err(refuse("a group without events has no logarithm"));
    }
    let part = |share: Share| {
        let missed = (share.n - share.hits) as f64;
        missed / (share.n as f64 * share.hits as f64)
    };
    let estimate = (first.hits as f64 * second.n as f64) / (first.n as f64 * second.hits as f64);
    let apart = (two_sided_normal(level) * (part(first) + part(second)).sqrt()).exp();
    let interval = Interval {
        lower: estimate / apart,
        upper: estimate * apart,
        level,
        method: "katz_log",
    };
    Ok((estimate, interval))
}

/// A relative likelihood, with what it says of who is worse off.
///
/// # Errors
/// "Too few to say" under `FEWEST_EVENTS` events in both groups together, and
/// what `miettinen_nurminen_ratio` refuses.
pub fn relative_likelihood(
    first: Share,
    second: Share,
    worse_above_one: Side,
    level: f64,
) -> Result<RelativeLikelihood, Unknown> {
    checked(first, second)?;
    let events = first.hits.saturating_add(second.hits);
    if events < FEWEST_EVENTS {
        return Err(Unknown::TooFew(format!(
            "too few to say: {events} of {FEWEST_EVENTS} events needed"
        )));
    }
    let ratio = miettinen_nurminen_ratio(first, second, level)?;
    Ok(RelativeLikelihood {
        first,
        second,
        events,
        ratio,
        worse_above_one,
        reading: reading(&ratio, worse_above_one),
    })
}

fn reading(ratio: &Ratio, worse_above_one: Side) -> Reading {
    if ratio.interval.holds(1.0) {
        return Reading::CannotTell;
    }
    let worse = if ratio.interval.lower > 1.0 {
        worse_above_one
    } else {
        worse_above_one.other()
    };
    let inside = |estimate: f64| BAND.0 <= estimate && estimate <= BAND.1;
    if ratio.estimate.is_some_and(inside) {
        Reading::WithinBand(worse)
    } else {
        Reading::Flagged(worse)
    }
}

/// The least and the largest that the ratio could be, whichever group those
/// who did not say belong to, each for themselves. An end that a group
/// without events or people leaves open is none.
///
/// # Errors
/// Where counts do not agree, and where there is nobody at all in the end.
pub fn undeclared_bounds(
    first: Share,
    second: Share,
    undeclared: Share,
) -> Result<(Option<f64>, Option<f64>), Unknown> {
    if [first, second, undeclared].iter().any(|s| s.hits > s.n) {
        return Err(refuse("the counts do not agree: more hits than people"));
    }
    let (hit, missed) = (undeclared.hits, undeclared.n - undeclared.hits);
    let with = |share: Share, hits: u64, people: u64| Share {
        hits: share.hits.saturating_add(hits),
        n: share.n.saturating_add(people),
    };
    let least = (with(first, 0, missed), with(second, hit, hit));
    let most = (with(first, hit, hit), with(second, 0, missed));
    if first.n.max(second.n).max(undeclared.n) == 0 {
        return Err(refuse("nobody in either group"));
    }
    let of = |pair: (Share, Share)| {
        let there = pair.0.n > 0 && pair.1.n > 0;
        there.then(|| ratio(pair.0, pair.1)).flatten()
    };
    Ok((of(least), of(most)))
}
