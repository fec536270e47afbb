//! How a number of people came to be another: opening and joiners less leavers
//! and moves make closing. Flows of persons that do not add up are an error;
//! published ones leave a row that nobody explains.

use crate::domain::Unknown;
use std::fmt::{Display, Formatter};

/// Counts of people over one period, all of the same group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// In post at the start.
    pub opening: u64,
    /// Who came from outside.
    pub joiners: u64,
    /// Who left for outside.
    pub leavers: u64,
    /// Who came from another group inside.
    pub moved_in: u64,
    /// Who went to another group inside.
    pub moved_out: u64,
    /// In post at the end.
    pub closing: u64,
}

/// What the counts are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Persons one by one, so that they must add up.
    Persons,
    /// Aggregates as published, rounded and corrected.
    Published,
}

/// A flow with what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// The flow.
    pub flow: Flow,
    /// Closing less what joiners, leavers and moves make of opening: the row
    /// "unexplained".
    pub unexplained: i64,
}

/// Flows of persons that do not add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoesNotAddUp {
    /// The flow.
    pub flow: Flow,
    /// What is left over; nothing where the counts are too large to add.
    pub unexplained: Option<i64>,
}

impl Display for DoesNotAddUp {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Flow {
            opening,
            joiners,
            leavers,
            moved_in,
            moved_out,
            closing,
        } = self.flow;
        write!(
            f,
            "{opening} in post at the start, {joiners} joiners, {leavers} leavers, {moved_in} \
             moved in and {moved_out} moved out do not make {closing} at the end"
        )?;
        match self.unexplained {
            Some(left) => write!(f, ": {left:+} are not explained"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DoesNotAddUp {}

impl From<DoesNotAddUp> for Unknown {
    fn from(error: DoesNotAddUp) -> Self {
        Self::NotApplicable(error.to_string())
    }
}

impl Flow {
    /// What joiners, leavers and moves do not explain of the change. Nothing
    /// where the counts are too large to add.
    #[must_use]
    pub fn unexplained(&self) -> Option<i64> {
        let whole = i128::from;
        let expected = whole(self.opening) + whole(self.joiners) - whole(self.leavers)
            + whole(self.moved_in)
            - whole(self.moved_out);
        i64::try_from(whole(self.closing) - expected).ok()
    }

    /// The flow with its unexplained row.
    ///
    /// # Errors
    /// Persons that do not add up; published counts too large to add.
    pub fn reconcile(&self, counted: Counted) -> Result<Reconciled, DoesNotAddUp> {
        let unexplained = self.unexplained();
        match (counted, unexplained) {
            (Counted::Persons, Some(0)) | (Counted::Published, Some(_)) => Ok(Reconciled {
                flow: *self,
                unexplained: unexplained.unwrap_or_default(),
            }),
            _ => Err(DoesNotAddUp {
                flow: *self,
                unexplained,
            }),
        }
    }
}
