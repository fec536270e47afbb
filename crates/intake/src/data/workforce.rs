//! People, their continuous times in post, and what was true of them when.
//! People are dense integers from 0; identifiers stand beside, never in a
//! frame or a figure.

use super::History;
use staywise_core::domain::Day;

/// A continuous time with the organisation, over all of a person's posts.
/// Half-open: in post on `start`, not in post at the close of `leave`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// The person.
    pub person: u32,
    /// First day.
    pub start: Day,
    /// Leaving day, where it is by the as-at date.
    pub leave: Option<Day>,
    /// Days after `start` from which the person is followed: 0 unless the
    /// list has leavers only since a later date.
    pub entry_day: u32,
    /// Whether this is the person's first spell in the data.
    pub first: bool,
    /// The leaving reason as written, tidied.
    pub reason: Option<String>,
}

/// One post as listed, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The person.
    pub person: u32,
    /// First day.
    pub start: Day,
    /// Last day's close, where ended.
    pub end: Option<Day>,
    /// Full-time equivalent in thousandths.
    pub fte_milli: Option<u32>,
}

/// How a preceptorship stands, by what the register's words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Still under way.
    UnderWay,
    /// Completed.
    Completed,
    /// Withdrawn from.
    Withdrawn,
    /// Goes on beyond its planned end.
    Extended,
}

/// One preceptorship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preceptorship {
    /// The person, where they are in the staff list.
    pub person: Option<u32>,
    /// When it began.
    pub start: Option<Day>,
    /// When it is due to end.
    pub planned_end: Option<Day>,
    /// When it was completed.
    pub completed: Option<Day>,
    /// When the person withdrew.
    pub withdrawn: Option<Day>,
    /// Until when it was extended.
    pub extended_to: Option<Day>,
    /// How it stands, where the register says so in words.
    pub outcome: Option<Outcome>,
    /// Supernumerary hours had, in thousandths.
    pub supernumerary_hours_milli: Option<u32>,
    /// Protected hours had, in thousandths.
    pub protected_hours_milli: Option<u32>,
    /// The preceptor: a dense integer over all registers, no name.
    pub preceptor: Option<u32>,
}

/// One meeting of preceptor and preceptee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The preceptorship's place in `Workforce::preceptorships`.
    pub preceptorship: u32,
    /// When they met.
    pub on: Day,
    /// Which meeting it was, where the register numbers them.
    pub number: Option<u32>,
}

/// How a person can be recognised; normalised text, only ever in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The reference that a survey's sender gave the person, which may be a
    /// staff number; only of responses and invitations.
    pub reference: Option<String>,
    /// Staff number.
    pub staff_number: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The workforce.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workforce {
    /// By person.
    pub identities: Vec<Identity>,
    /// In order of person, then start.
    pub spells: Vec<Spell>,
    /// In order of person, then start.
    pub posts: Vec<Post>,
    /// In the register's order.
    pub preceptorships: Vec<Preceptorship>,
    /// In order of preceptorship, then day.
    pub meetings: Vec<Meeting>,
    /// By person the month in which they registered, as its first day, where
    /// a registration number tells; empty where none does. Never shown: only
    /// for the rule of who is newly registered.
    pub registered: Vec<Option<Day>>,
    /// What is known of people, a dimension each; each covers every person.
    pub dimensions: Vec<History>,
    /// The first date since which leavers are in the list, where said.
    pub leavers_from: Option<Day>,
    /// Whether the data can show leavers at all: a leaving date column, or
    /// one row at least with a leaving date.
    pub sees_leavers: bool,
}

impl Workforce {
    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.identities.len()
    }
}
