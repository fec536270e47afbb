//! Mean time in post up to a horizon: the area under the curve. Never beyond
//! what is followed, and never an error of 0 because nobody has left yet.

use super::{KaplanMeier, Point};
use crate::domain::{Interval, Unknown};
use crate::stats::quantile::{two_sided_normal, usable};

/// Mean days in post of the first `horizon` days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RestrictedMean {
    /// Days since time zero up to which time counts.
    pub horizon: u32,
    /// The mean, in days, from 0 to `horizon`.
    pub days: f64,
    /// Its standard error in days; none where no event before the horizon left
    /// anybody behind, so that there is nothing to judge it by.
    pub std_err: Option<f64>,
    /// Limits from the time lost, normal on its logarithm. Without a standard
    /// error the horizon times the curve's lower limit on that day, up to the
    /// horizon: a mean is at least the horizon times the share still there.
    pub interval: Option<Interval>,
    /// Units at risk on the horizon's day.
    pub at_risk: u64,
    /// Events up to the horizon.
    pub events: u64,
}

/// A mean less another of a different group, at one horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanDifference {
    /// First less second, in days.
    pub days: f64,
    /// Its standard error in days; none where either group's has none.
    pub std_err: Option<f64>,
    /// Normal limits, cut at the horizon either way.
    pub interval: Option<Interval>,
}

impl KaplanMeier {
    /// The mean time without the event, counting only the first `horizon`
    /// days.
    ///
    /// # Errors
    /// `NotApplicable` where the horizon is 0, or nobody was followed from the
    /// start to it without a gap.
    pub fn restricted_mean(&self, horizon: u32) -> Result<RestrictedMean, Unknown> {
        if horizon == 0 {
            let why = "a mean time needs a horizon of at least a day";
            return Err(Unknown::NotApplicable(why.to_owned()));
        }
        let end = self.at(horizon)?;
        let (mut area, mut variance, mut until, mut events) = (0.0, 0.0, horizon, 0_u64);
        // From the horizon back: an event on a day weighs by the area after it.
        let past = self.points.iter().rev().filter(|p| p.day <= horizon);
        for point in past.filter(|p| p.row.events > 0) {
            area += point.survival * f64::from(until - point.day);
            variance += area * area * point.greenwood_of_the_day();
            until = point.day;
            events = events.saturating_add(point.row.events);
        }
        let days = area + f64::from(until);
        let std_err = (variance > 0.0).then(|| variance.sqrt());
        let top = f64::from(horizon);
        let interval = match std_err {
            None => end.interval.map(|i| Interval {
                lower: i.lower * top,
                upper: top,
                ..i
            }),
            Some(error) => lost(days, error, (self.level, top)),
        };
        Ok(RestrictedMean {
            horizon,
            days,
            std_err,
            interval,
            at_risk: end.at_risk,
            events,
        })
    }
}

impl Point {
    /// The day's own part of Greenwood's sum; 0 where everybody went, as there
    /// is no area after that.
    fn greenwood_of_the_day(&self) -> f64 {
        let (n, d) = (self.at_risk as f64, self.row.events as f64);
        if n > d { d / n / (n - d) } else { 0.0 }
    }
}

/// The first mean less the second, of two groups of different people.
///
/// # Errors
/// As for each mean: the horizon must be followed in both groups.
pub fn restricted_mean_difference(
    first: &KaplanMeier,
    second: &KaplanMeier,
    horizon: u32,
) -> Result<MeanDifference, Unknown> {
    let (one, two) = (
        first.restricted_mean(horizon)?,
        second.restricted_mean(horizon)?,
    );
    let days = one.days - two.days;
    let std_err = one.std_err.zip(two.std_err).map(|(a, b)| a.hypot(b));
    let top = f64::from(horizon);
    Ok(MeanDifference {
        days,
        std_err,
        interval: std_err.and_then(|error| normal(days, error, (first.level, -top, top))),
    })
}

/// Limits of a mean from the time lost before the horizon, normal on its
/// logarithm: a few leavers may have cost much, but never less than nothing.
fn lost(days: f64, error: f64, of: (f64, f64)) -> Option<Interval> {
    let (level, top) = of;
    let lost = top - days;
    if !usable(level) || lost <= 0.0 {
        return None;
    }
    let factor = (two_sided_normal(level) * error / lost).exp();
    Some(Interval {
        lower: (top - lost * factor).max(0.0),
        upper: top - lost / factor,
        level,
        method: "rmst_log_lost",
    })
}

/// A normal interval at a level, cut at two ends.
fn normal(estimate: f64, error: f64, within: (f64, f64, f64)) -> Option<Interval> {
    let (level, least, most) = within;
    if !usable(level) {
        return None;
    }
    let half = two_sided_normal(level) * error;
    Some(Interval {
        lower: (estimate - half).max(least),
        upper: (estimate + half).min(most),
        level,
        method: "rmst_normal",
    })
}
