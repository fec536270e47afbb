//! Why a model is not fitted, in words for whoever plans a workforce. Never a
//! number in place of a reason.

use crate::domain::Unknown;
use std::fmt;

/// Why there is no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No row has a day of follow-up and a weight.
    NobodyFollowed,
    /// No row ends in an event.
    NobodyLeft,
    /// There is no column.
    NothingToCompare,
    /// A column is not as long as there are rows.
    WrongLength(String),
    /// A column has a value that is no number.
    NotANumber(String),
    /// A weight is negative or no number.
    NotAWeight,
    /// The level is not between 0 and 1.
    NotALevel,
    /// A column is the same for everyone.
    SameForAll(String),
    /// A column is the same for all at risk, on each day with leavings.
    SameWheneverAnyoneLeft(String),
    /// A column is given by those before it, wherever somebody left.
    GivenByOthers(String),
    /// Nobody left at one of the two values of a column: the first is the
    /// column, the second the value.
    LevelWithoutLeavers(String, String),
    /// The columns together tell exactly who left: this one's hazard ratio
    /// has no end.
    NoEnd(String),
    /// One unit of a column is so large a step that its hazard ratio is no
    /// number.
    UnitTooLarge(String),
    /// Newton's method came to no end.
    NotFound,
    /// Clustered errors from a single cluster.
    OneCluster,
    /// All rows or clusters say exactly the same of a column, so that nothing
    /// is known of how sure it is.
    NoSpread(String),
    /// Too few days on which somebody left to see whether an effect changes.
    TooFewDays,
    /// No two people of whom it is known who left first.
    NoPairs,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyFollowed => f.write_str("nobody was followed"),
            Self::NobodyLeft => f.write_str("nobody left"),
            Self::NothingToCompare => f.write_str("there is nothing to compare people by"),
            Self::WrongLength(name) => write!(f, "{name} is not given for everybody"),
            Self::NotANumber(name) => write!(f, "{name} has a value that is not a number"),
            Self::NotAWeight => f.write_str("a weight is negative or not a number"),
            Self::NotALevel => f.write_str("the confidence level is not between 0 and 1"),
            Self::SameForAll(name) => write!(f, "{name} is the same for everyone"),
            Self::SameWheneverAnyoneLeft(name) => write!(
                f,
                "{name} is the same for all who were still in post whenever anyone left"
            ),
            Self::GivenByOthers(name) => write!(
                f,
                "{name} cannot be told apart from what stands before it: among those still in post \
                 whenever anyone left, the one gives the other exactly"
            ),
            Self::LevelWithoutLeavers(name, value) => {
                write!(f, "nobody left among those with {name} at {value}")
            }
            Self::NoEnd(name) => write!(
                f,
                "the data set no end to the hazard ratio of {name}: with what else people are \
                 compared by, it tells exactly who left"
            ),
            Self::UnitTooLarge(name) => write!(
                f,
                "one unit of {name} is too large a step: give it in smaller units"
            ),
            Self::NotFound => f.write_str("no hazard ratios were found that fit best"),
            Self::OneCluster => f.write_str("all are of one cluster"),
            Self::NoSpread(name) => write!(
                f,
                "how sure the hazard ratio of {name} is cannot be told from clusters that all say \
                 the same"
            ),
            Self::TooFewDays => f.write_str("people left on too few different days to tell"),
            Self::NoPairs => f.write_str("of no two people is it known who left first"),
        }
    }
}

impl From<Refused> for Unknown {
    fn from(refused: Refused) -> Self {
        let why = refused.to_string();
        match refused {
            Refused::NobodyLeft
            | Refused::LevelWithoutLeavers(..)
            | Refused::NoEnd(_)
            | Refused::OneCluster
            | Refused::NoSpread(_)
            | Refused::TooFewDays
            | Refused::NoPairs => Self::TooFew(why),
            _ => Self::NotApplicable(why),
        }
    }
}
