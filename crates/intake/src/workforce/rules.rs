//! The rules that decide what is counted, each with what it is without being
//! said. Reads no settings: who builds a workforce gives them.

use crate::data::Rename;
use crate::vocabulary::leaving_reasons::Sort;

/// The rules that decide what is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// A gap of more days than this between two posts makes a new spell.
    pub rehire_gap_days: i32,
    /// Which ends of a spell count as leaving.
    pub leavings: Leavings,
    /// The day on which the clock starts.
    pub clock: Clock,
    /// How bank and agency posts count.
    pub bank: BankPosts,
    /// How maternity leave, career breaks and the like count.
    pub breaks: Breaks,
    /// A preceptorship that began at most this many days after the start of a
    /// spell puts the person on the programme.
    pub programme_days: i32,
    /// The share of a needed column that may be unusable.
    pub max_unusable: f64,
    /// Levels that took another name or were merged, with their dates.
    pub renames: Vec<Rename>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            rehire_gap_days: 30,
            leavings: Leavings::default(),
            clock: Clock::default(),
            bank: BankPosts::default(),
            breaks: Breaks::default(),
            programme_days: 90,
            max_unusable: 0.05,
            renames: Vec::new(),
        }
    }
}

/// Whether an end of a spell counts as leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It counts as leaving.
    Counts,
    /// Follow-up ends on the day, without an event.
    EndsFollowUp,
}

/// Which sorts of ends count as leaving. Voluntary and involuntary ones, and
/// those of which nothing is known, always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leavings {
    /// A fixed term that ended.
    pub contract_end: Ending,
    /// A record closed for reasons of administration: a transfer to another
    /// employer (TUPE), a merger of records.
    pub administrative: Ending,
    /// Retirement.
    pub retirement: Ending,
    /// Death in service.
    pub death: Ending,
    /// A move inside the organisation that the list has as a leaving.
    pub internal_move: Ending,
}

impl Default for Leavings {
    fn default() -> Self {
        Self {
            contract_end: Ending::Counts,
            administrative: Ending::EndsFollowUp,
            retirement: Ending::Counts,
            death: Ending::Counts,
            internal_move: Ending::EndsFollowUp,
        }
    }
}

impl Leavings {
    /// What an end of a sort does.
    #[must_use]
    pub fn of(&self, sort: Sort) -> Ending {
        match sort {
            Sort::ContractEnd => self.contract_end,
            Sort::Administrative => self.administrative,
            Sort::Retirement => self.retirement,
            Sort::Death => self.death,
            Sort::InternalMove => self.internal_move,
            Sort::Voluntary | Sort::Involuntary | Sort::Break | Sort::Unknown => Ending::Counts,
        }
    }
}

/// The day on which the clock of a spell starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The start of the spell.
    #[default]
    Start,
    /// The first day of the month of registration, where a registration
    /// number tells it; else the start. Who registered before the start is
    /// followed from the start on, a late entry.
    Registration,
    /// The later of both.
    Later,
}

/// How bank, agency and honorary posts count. Where no column tells the
/// contract, every post is substantive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BankPosts {
    /// They are not substantive: a person leaves when the last substantive
    /// post ends, and who has no other post is not in the workforce.
    #[default]
    Apart,
    /// They count as posts.
    Count,
}

/// How maternity leave, career breaks and the like count, where a list has
/// the status of each assignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Breaks {
    /// Whoever is on a break is in post.
    #[default]
    InPost,
    /// A break ends the spell and coming back starts another, as in NHS
    /// England's figures of staff in active service.
    Leaving,
}
