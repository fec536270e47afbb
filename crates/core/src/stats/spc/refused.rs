//! Why there is no control chart, in words for those who plan a workforce.
//! Holds no figure of a person.

use crate::domain::{Day, Unknown};
use std::fmt::{Display, Formatter};

/// Why a series has no control chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Points that count the same events several times.
    RollingWindow {
        /// The window's length in months.
        months: u32,
    },
    /// A stretch with too few points for limits.
    TooFewPoints {
        /// Its points.
        points: usize,
        /// What it takes.
        needed: usize,
    },
    /// A point, or the target, that is no finite number, or a share of nobody.
    NotANumber,
    /// Points that do not follow one another in time.
    NotInOrder {
        /// The first that does not come after the one before it.
        at: Day,
    },
    /// A rebase without its reason.
    RebaseWithoutReason {
        /// Where it was asked for.
        from: Day,
    },
    /// A rebase that would leave no points before it or after it, or two
    /// rebases between the same points.
    RebaseNowhere {
        /// Where it was asked for.
        from: Day,
    },
}

impl Display for Refused {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::RollingWindow { months } => write!(
                f,
                "a control chart needs points that stand apart: each of these counts {months} \
                 months and shares most of them with the one before, so that runs and trends \
                 come about by themselves; use the figure of each quarter, or figures with \
                 their intervals"
            ),
            Self::TooFewPoints { points, needed } => write!(
                f,
                "limits need at least {needed} points in a stretch; there is {points} here"
            ),
            Self::NotANumber => f.write_str("a point or the target has no value that can be drawn"),
            Self::NotInOrder { at } => write!(
                f,
                "points must follow one another: the one from {} does not come after the one \
                 before it",
                at.date()
            ),
            Self::RebaseWithoutReason { from } => write!(
                f,
                "limits are made anew only for a stated reason: say what changed on {}",
                from.date()
            ),
            Self::RebaseNowhere { from } => write!(
                f,
                "the limits cannot be made anew from {}: there must be points before it and \
                 after it, and before the next time they are made anew",
                from.date()
            ),
        }
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for Unknown {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooFewPoints { .. } => Self::TooFew(refused.to_string()),
            _ => Self::NotApplicable(refused.to_string()),
        }
    }
}
