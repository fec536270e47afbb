//! Statistical process control: which points of a series say that something
//! changed, and which are the chance variation of a steady process. Judges no
//! rolling windows, moves no limits unasked and says when it has too few points.

mod rebase;
pub mod refused;
pub mod rules;
pub mod xmr;

pub use rebase::{Rebase, Suggestion};
pub use refused::Refused;
pub use rules::{Bounds, Rule, Side, SpecialCause};
pub use xmr::{Chart, Screening, Segment, Series, Settings, xmr};

use crate::domain::{Day, Good};

/// Points from which limits are more than a trial.
pub const SETTLED: usize = 12;

/// What each point of a series counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Windows {
    /// Its own period and nothing of another point's.
    Apart,
    /// A window of months longer than the step from point to point, as 12
    /// months at the end of each quarter.
    Rolling {
        /// Its length.
        months: u32,
    },
}

/// One value of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The first day of its period.
    pub from: Day,
    /// The figure, in whatever unit.
    pub value: f64,
}

/// What a point, or a series by its latest point, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variation {
    /// Chance: no rule is met.
    CommonCause,
    /// A special cause on the good side.
    Improvement,
    /// A special cause on the bad side.
    Concern,
    /// A special cause where neither side is good.
    Neutral,
}

impl Variation {
    /// What a special cause means where `good` is better.
    #[must_use]
    pub fn of(cause: Option<SpecialCause>, good: Good) -> Self {
        match (cause.map(|found| found.side), good) {
            (None, _) => Self::CommonCause,
            (Some(_), Good::Neither) => Self::Neutral,
            (Some(Side::Higher), Good::Higher) | (Some(Side::Lower), Good::Lower) => {
                Self::Improvement
            }
            (Some(_), Good::Higher | Good::Lower) => Self::Concern,
        }
    }

    /// The words of a legend.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::CommonCause => "common cause variation",
            Self::Improvement => "special cause: improvement",
            Self::Concern => "special cause: concern",
            Self::Neutral => "special cause: neither way is better",
        }
    }
}

/// What the limits say of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assurance {
    /// The target lies beyond the limit on the bad side: it is met as things
    /// stand.
    ConsistentlyPassing,
    /// The target lies beyond the limit on the good side: it is not met unless
    /// something changes.
    ConsistentlyFailing,
    /// The target lies within the limits: chance decides.
    HitAndMiss,
}

impl Assurance {
    /// What limits say of a target; nothing where neither way is better. A
    /// target on a limit is within.
    #[must_use]
    pub fn of(limits: (f64, f64), target: f64, good: Good) -> Option<Self> {
        let (lower, upper) = limits;
        let beyond = match good {
            Good::Neither => return None,
            Good::Higher => (rules::clearly(target, upper), rules::clearly(lower, target)),
            Good::Lower => (rules::clearly(lower, target), rules::clearly(target, upper)),
        };
        Some(match beyond {
            (true, _) => Self::ConsistentlyFailing,
            (_, true) => Self::ConsistentlyPassing,
            _ => Self::HitAndMiss,
        })
    }

    /// The words of a legend.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ConsistentlyPassing => "consistently passing the target",
            Self::ConsistentlyFailing => "consistently failing the target",
            Self::HitAndMiss => "hit and miss",
        }
    }
}

/// A point with what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The first day of its period.
    pub from: Day,
    /// The figure.
    pub value: f64,
    /// The limits it is judged by.
    pub bounds: Bounds,
    /// The rule it meets, the first in their order.
    pub cause: Option<SpecialCause>,
    /// What that means.
    pub variation: Variation,
}

/// What is said of limits made from `points` points; nothing from
/// [`SETTLED`] on.
#[must_use]
pub fn trial_words(points: usize) -> Option<String> {
    (points < SETTLED).then(|| {
        format!(
            "trial limits: they rest on {points} points, fewer than {SETTLED}, and will move; \
             figures with their intervals are the safer reading"
        )
    })
}
