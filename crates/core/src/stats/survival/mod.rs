//! Kaplan and Meier's curve from a life table in whole days, with late entry.
//! Never a figure where nobody was followed, and never 0 for ever because a
//! few early people left before others came to be followed.

mod limits;
mod quantiles;
mod restricted_mean;

pub use limits::Limits;
pub use quantiles::{Median, Quantile};
pub use restricted_mean::{MeanDifference, RestrictedMean, restricted_mean_difference};

use crate::domain::tally::LifeDay;
use crate::domain::{Interval, LifeTable, Unknown};
use limits::BetaProduct;

/// The curve on one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Days since time zero.
    pub day: u32,
    /// Units at risk on that day: entered before it (or at day 0) and not gone
    /// before it.
    pub at_risk: u64,
    /// Units whose event fell on that day.
    pub events: u64,
    /// The share still without the event at the close of that day.
    pub survival: f64,
    /// Greenwood's standard error of `survival`; none once it is 0.
    pub std_err: Option<f64>,
    /// By the curve's `Limits`; Clopper-Pearson while nobody has had the event;
    /// none once `survival` is 0, but for the beta product.
    pub interval: Option<Interval>,
}

/// A fitted curve.
#[derive(Clone, Debug)]
pub struct KaplanMeier {
    level: f64,
    kind: Limits,
    entered: u64,
    points: Vec<Point>,
    last_day: Option<u32>,
    broken: Option<Broken>,
}

/// The curve at one day of the table, in exact counts as far as they go.
#[derive(Clone, Copy, Debug)]
struct Point {
    row: LifeDay,
    day: u32,
    at_risk: u64,
    at_risk_after: u64,
    /// The fewest at risk on any day so far.
    fewest: u64,
    events_so_far: u64,
    survival: f64,
    /// Greenwood's sum, the variance of ln S.
    greenwood: f64,
    product: BetaProduct,
    /// The fewest who came through a day since the latest one with an event,
    /// that one and this included.
    fewest_since: u64,
}

/// From when, and why, nothing can be said.
#[derive(Clone, Debug)]
struct Broken {
    from: u32,
    why: String,
}

impl KaplanMeier {
    /// Fits the curve; `level` is that of its intervals, which are log-log.
    #[must_use]
    pub fn fit(table: &LifeTable, level: f64) -> Self {
        let mut curve = Self {
            level,
            kind: Limits::LogLog,
            entered: table.entered(),
            points: Vec::with_capacity(table.days.len()),
            last_day: table.days.last_key_value().map(|(day, _)| *day),
            broken: None,
        };
        let at_start = table.days.get(&0).map_or(0, |row| row.entered);
        if at_start == 0 {
            let why = match curve.entered {
                0 => "nobody was followed",
                _ => "nobody was followed from the start",
            };
            curve.break_at(0, why.to_owned());
            return curve;
        }
        let mut before = Point {
            row: LifeDay::default(),
            day: 0,
            at_risk: at_start,
            at_risk_after: at_start,
            fewest: at_start,
            events_so_far: 0,
            survival: 1.0,
            greenwood: 0.0,
            product: BetaProduct::default(),
            fewest_since: at_start,
        };
        for (day, row) in &table.days {
            before = before.step(*day, *row);
            let (left, more) = (before.survival, Some(*day) < curve.last_day);
            if left <= 0.0 && (before.at_risk_after > 0 || more) {
                curve.break_at(
                    *day,
                    format!(
                        "everyone followed had left by day {day}, before others came to be followed"
                    ),
                );
                break;
            }
            curve.points.push(before);
            if before.at_risk_after == 0 && more {
                let from = day.saturating_add(1);
                curve.break_at(from, format!("nobody was followed on day {from}"));
                break;
            }
        }
        curve
    }

    /// The same curve with intervals of another kind.
    #[must_use]
    pub fn with_limits(self, kind: Limits) -> Self {
        Self { kind, ..self }
    }

    fn break_at(&mut self, from: u32, why: String) {
        self.broken = Some(Broken { from, why });
    }

    /// The curve on the days on which someone had the event or was last
    /// followed, in order.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        self.points
            .iter()
            .filter(|p| p.row.events > 0 || p.row.ended > 0)
            .map(|p| self.write(p, p.day))
            .collect()
    }

    /// The curve at the close of a day.
    ///
    /// # Errors
    /// `NotApplicable` where nobody was followed from the start to that day
    /// without a gap.
    pub fn at(&self, day: u32) -> Result<Step, Unknown> {
        if let Some(broken) = self.broken.as_ref().filter(|b| b.from <= day) {
            return Err(Unknown::NotApplicable(broken.why.clone()));
        }
        let index = self.points.partition_point(|p| p.day <= day);
        let followed = index
            .checked_sub(1)
            .and_then(|i| self.points.get(i))
            .map(|p| self.write(p, day))
            .filter(|step| step.at_risk > 0 || step.survival <= 0.0);
        followed.ok_or_else(|| {
            Unknown::NotApplicable(format!("nobody was followed as far as day {day}"))
        })
    }

    /// A point as it stands at the close of `day`, its own or a later one.
    fn write(&self, point: &Point, day: u32) -> Step {
        let own = point.day == day;
        let error = point.survival * point.greenwood.sqrt();
        Step {
            day,
            at_risk: point.at_risk_on(day),
            events: if own { point.row.events } else { 0 },
            survival: point.survival,
            std_err: (point.survival > 0.0).then_some(error),
            interval: self.limits(point, day),
        }
    }
}

impl Point {
    /// Units at risk on its own day or a later one.
    fn at_risk_on(&self, day: u32) -> u64 {
        if self.day == day {
            self.at_risk
        } else {
            self.at_risk_after
        }
    }

    /// The point of the next day of the table.
    fn step(self, day: u32, row: LifeDay) -> Self {
        let at_risk = self.at_risk_after;
        // Events come before ends of follow-up on the same day. A table made
        // by hand may have more of them than people.
        let events = row.events.min(at_risk);
        let left = at_risk - events;
        let came = if day == 0 { 0 } else { row.entered };
        let after = left.saturating_sub(row.ended).saturating_add(came);
        let (survival, added) = if events == 0 {
            (self.survival, 0.0)
        } else {
            let (n, d, rest) = (at_risk as f64, events as f64, left as f64);
            let added = if left == 0 { 0.0 } else { d / n / rest };
            (self.survival * (rest / n), added)
        };
        let (product, fewest_since) = if events == 0 {
            (self.product, self.fewest_since.min(left))
        } else {
            (self.product.times(at_risk, events), left)
        };
        Self {
            row: LifeDay { events, ..row },
            day,
            at_risk,
            at_risk_after: after,
            fewest: self.fewest.min(at_risk),
            events_so_far: self.events_so_far.saturating_add(events),
            survival,
            greenwood: self.greenwood + added,
            product,
            fewest_since,
        }
    }
}

/// The steps of the curve: see `KaplanMeier::steps`.
#[must_use]
pub fn curve(table: &LifeTable, level: f64) -> Vec<Step> {
    KaplanMeier::fit(table, level).steps()
}

/// Units at risk on a day: entered before it (or at day 0), not gone before it.
#[must_use]
pub fn at_risk(table: &LifeTable, day: u32) -> u64 {
    let start = table.days.get(&0).map_or(0, |row| row.entered);
    let (mut came, mut gone) = (start, 0_u64);
    for (past, row) in table.days.range(..day) {
        if *past > 0 {
            came = came.saturating_add(row.entered);
        }
        gone = gone.saturating_add(row.events).saturating_add(row.ended);
    }
    came.saturating_sub(gone)
}

/// The day of a horizon in months, rounded as 3, 6, 12, 18 and 24 months are
/// 91, 183, 365, 548 and 730 days.
#[must_use]
pub fn day_of_month(months: u32) -> u32 {
    let day = (u64::from(months) * 365 + 6) / 12;
    u32::try_from(day).unwrap_or(u32::MAX)
}
