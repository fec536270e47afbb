//! When a share of those who started have left. Never a day beyond the curve:
//! what was not reached says so.

use super::{KaplanMeier, Point};
use crate::domain::{Interval, Unknown};

/// How far above its mark rounding may leave a survival of exactly that mark.
const ROUNDING: f64 = 1e-12;

/// The first day by which at least half have had the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Median {
    /// Days since time zero.
    pub day: u32,
    /// The first day on which the curve's lower limit is at most a half.
    pub lower: Option<u32>,
    /// The same for its upper limit; none where that is never reached.
    pub upper: Option<u32>,
}

/// The first day by which at least a stated share have had the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantile {
    /// The share, as 0.25.
    pub gone: f64,
    /// Days since time zero, or why there is no such day.
    pub day: Result<u32, Unknown>,
    /// The first day on which the curve's lower limit is at most `1 - gone`;
    /// may be there where the day itself is not.
    pub lower: Option<u32>,
    /// The same for its upper limit; none where that is never reached.
    pub upper: Option<u32>,
}

impl KaplanMeier {
    /// The first day by which at least half have had the event, its limits
    /// where the curve's own limits reach a half.
    ///
    /// # Errors
    /// `NotApplicable` where it is not reached.
    pub fn median(&self) -> Result<Median, Unknown> {
        let Quantile {
            day, lower, upper, ..
        } = self.quantile(0.5);
        let day = day?;
        Ok(Median { day, lower, upper })
    }

    /// The first day by which at least a share `gone` (between 0 and 1) have
    /// had the event, its limits where the curve's own limits reach the rest.
    #[must_use]
    pub fn quantile(&self, gone: f64) -> Quantile {
        let refused = |day| Quantile {
            gone,
            day: Err(day),
            lower: None,
            upper: None,
        };
        if !(gone > 0.0 && gone < 1.0) {
            let why = "the share must be between 0 and 1";
            return refused(Unknown::NotApplicable(why.to_owned()));
        }
        let mark = 1.0 - gone + ROUNDING;
        let day = self.points.iter().find(|p| p.survival <= mark);
        let first = |limit: fn(&Interval) -> f64| {
            self.points
                .iter()
                .filter(|p| p.events_so_far > 0)
                .find(|p| self.limits(p, p.day).is_some_and(|i| limit(&i) <= mark))
                .map(|p| p.day)
        };
        Quantile {
            lower: first(|i| i.lower),
            upper: first(|i| i.upper),
            ..match day {
                Some(Point { day, .. }) => Quantile {
                    day: Ok(*day),
                    ..refused(Unknown::NotApplicable(String::new()))
                },
                None => refused(self.not_reached()),
            }
        }
    }

    fn not_reached(&self) -> Unknown {
        let why = match (&self.broken, self.entered) {
            (_, 0) => "nobody was followed",
            (Some(broken), _) => &broken.why,
            (None, _) => "not reached",
        };
        Unknown::NotApplicable(why.to_owned())
    }
}
