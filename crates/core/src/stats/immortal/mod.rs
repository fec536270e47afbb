//! The guard against immortal time: who finishes a programme, or enrols after
//! the start, has stayed at least until then, so that a comparison from the
//! start flatters the programme whatever it does. Never computes a figure;
//! says whether a comparison may be made, and gives the people for the two
//! that may be made instead.

mod landmark;
mod varying;

pub use landmark::{Landmark, landmark};
pub use varying::{Varying, varying};

use super::cox::{FROM_THE_START, Followed};
use crate::domain::tally::Ending;
use crate::domain::{Day, Unknown};
use std::fmt;

/// The day by which standards must be due to be compared by, and on which
/// people must still be in post.
pub const STANDARDS_DAY: u32 = 90;
/// The largest share of those enrolled that may have enrolled after the
/// start; they are then compared as they stood at the start.
pub const LATE_SHARE: f64 = 0.02;
/// The words of every refusal by completion.
pub const WHY: &str = "Those who finish have, by definition, stayed that long.";

/// One person's post, the programme's days and how long they were followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Time zero: the day the post began.
    pub start: Day,
    /// The day the programme was offered, or of enrolment.
    pub enrolled: Option<Day>,
    /// The day the programme was completed.
    pub completed: Option<Day>,
    /// The programme's standards.
    pub standards: Vec<Standard>,
    /// The first day they were followed: after the start where leavers before
    /// were not listed.
    pub followed_from: Day,
    /// The day they left, or the last day they were followed.
    pub until: Day,
    /// Whether they left on it.
    pub ending: Ending,
}

/// A standard of a programme, as one person was due it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Due so many days after the start.
    pub due: u32,
    /// The day it was met.
    pub met: Option<Day>,
}

/// What people are to be compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Enrolled, or offered the programme, against not.
    ByEnrolment,
    /// Completed against not.
    ByCompletion,
    /// By how many standards were met.
    ByStandards,
}

/// A comparison with what the guard needs to know of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// What people are to be compared by.
    pub comparison: Comparison,
    /// The day since the start on which a landmark would be set instead.
    pub landmark_day: u32,
    /// See `LATE_SHARE`.
    pub late_share: f64,
}

impl Question {
    /// A question with the usual share of late enrolment.
    #[must_use]
    pub fn new(comparison: Comparison, landmark_day: u32) -> Self {
        Self {
            comparison,
            landmark_day,
            late_share: LATE_SHARE,
        }
    }
}

/// What the guard says.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The comparison may be made from the start.
    Allowed(Allowed),
    /// It may not, and nothing is computed.
    Refused(Refusal),
}

/// People who may be compared from the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowed {
    /// One for each person: arm 1 was enrolled on or before time zero.
    pub rows: Vec<Placed>,
    /// People enrolled on or before time zero.
    pub enrolled: u64,
    /// People enrolled later: in arm 0, as they stood at time zero.
    pub late: u64,
    /// People without a day of follow-up.
    pub set_aside: u64,
}

/// Why a comparison is not made, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why, in words.
    pub why: String,
    /// People with a day of enrolment, completion or a standard met.
    pub ever: u64,
    /// Those of them with that day after time zero.
    pub late: u64,
    /// What may be compared instead, the first before the second.
    pub instead: Vec<Instead>,
}

/// A comparison that may be made instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Among those still in post on a day, by what was so on that day: see
    /// `landmark`.
    Landmark {
        /// Days since the start.
        day: u32,
    },
    /// Each person counts as what they were on each day: see `varying`.
    TimeVarying,
}

impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Landmark { day } => write!(
                f,
                "Compare those still in post on day {day} by what they had done by then."
            ),
            Self::TimeVarying => {
                f.write_str("Count each person with the programme only from the day they had it.")
            }
        }
    }
}

/// One person, or a part of their time, in an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Their place in what was given.
    pub person: usize,
    /// 0 without the programme, 1 with it; by standards: how many were met.
    pub arm: u32,
    /// At risk only after this day since the start.
    pub from: i32,
    /// At risk up to this day and on it.
    pub to: i32,
    /// Whether they left on that day.
    pub event: bool,
}

impl Placed {
    /// The row as Cox's model takes it; a person is a cluster.
    #[must_use]
    pub fn followed(&self) -> Followed {
        Followed {
            from: self.from,
            cluster: self.person as u64,
            ..Followed::until(self.to, self.event)
        }
    }
}

impl Post {
    /// Days from the start to a day.
    fn since(&self, day: Day) -> i32 {
        day.0.saturating_sub(self.start.0)
    }

    /// The time they were at risk; nothing where there is no day of it.
    fn span(&self) -> Option<(i32, i32)> {
        let entry = self.since(self.followed_from);
        // Those of day 0 are at risk on day 0, later ones from the next day.
        let from = if entry <= 0 { FROM_THE_START } else { entry };
        let to = self.since(self.until);
        (from < to).then_some((from, to))
    }

    fn left(&self) -> bool {
        self.ending == Ending::Event
    }

    /// Since when they have had what they are compared by; for standards the
    /// first that counts.
    fn since_when(&self, comparison: Comparison) -> Option<i32> {
        let day = match comparison {
            Comparison::ByEnrolment => self.enrolled,
            Comparison::ByCompletion => self.completed,
            Comparison::ByStandards => self.due().filter_map(|s| s.met).min(),
        };
        day.map(|d| self.since(d))
    }

    /// The standards that were due early enough to be compared by.
    fn due(&self) -> impl Iterator<Item = &Standard> {
        self.standards.iter().filter(|s| s.due <= STANDARDS_DAY)
    }

    /// The arm they are in by what was so at the close of a day.
    fn arm(&self, comparison: Comparison, day: i32) -> u32 {
        let by = |d: Option<Day>| d.is_some_and(|d| self.since(d) <= day);
        match comparison {
            Comparison::ByEnrolment => u32::from(by(self.enrolled)),
            Comparison::ByCompletion => u32::from(by(self.completed)),
            Comparison::ByStandards => self.due().map(|s| u32::from(by(s.met))).sum(),
        }
    }
}

/// Whether people may be compared from the start of their posts.
///
/// By completion and by standards never. By enrolment where all but a tiny
/// share of those enrolled were so on or before time zero.
///
/// # Errors
/// `NotApplicable` where there are no two groups to compare.
pub fn guard(people: &[Post], question: Question) -> Result<Verdict, Unknown> {
    let none = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
    if people.is_empty() {
        return none("nobody was followed");
    }
    let days: Vec<i32> = people
        .iter()
        .filter_map(|p| p.since_when(question.comparison))
        .collect();
    let ever = days.len() as u64;
    let late = days.iter().filter(|d| **d > 0).count() as u64;
    let landmark = Instead::Landmark {
        day: question.landmark_day,
    };
    match question.comparison {
        Comparison::ByCompletion => Ok(Verdict::Refused(Refusal {
            why: WHY.to_owned(),
            ever,
            late,
            instead: vec![landmark, Instead::TimeVarying],
        })),
        Comparison::ByStandards => Ok(Verdict::Refused(Refusal {
            why: format!("Standards are met over time. {WHY}"),
            ever,
            late,
            instead: vec![Instead::Landmark { day: STANDARDS_DAY }],
        })),
        Comparison::ByEnrolment if ever == 0 => none("nobody enrolled"),
        Comparison::ByEnrolment if late as f64 > question.late_share * ever as f64 => {
            Ok(Verdict::Refused(Refusal {
                why: format!(
                    "{late} of {ever} enrolled only after they had started. Those who enrol later \
                     have, by definition, stayed that long."
                ),
                ever,
                late,
                instead: vec![landmark, Instead::TimeVarying],
            }))
        }
        Comparison::ByEnrolment => allowed(people, ever - late, late),
    }
}

/// Everyone from the start, as they stood on it.
fn allowed(people: &[Post], enrolled: u64, late: u64) -> Result<Verdict, Unknown> {
    let rows: Vec<Placed> = people
        .iter()
        .enumerate()
        .filter_map(|(person, post)| {
            let (from, to) = post.span()?;
            Some(Placed {
                person,
                arm: post.arm(Comparison::ByEnrolment, 0),
                from,
                to,
                event: post.left(),
            })
        })
        .collect();
    two_arms(&rows, || "at the start".to_owned())?;
    Ok(Verdict::Allowed(Allowed {
        set_aside: (people.len() - rows.len()) as u64,
        rows,
        enrolled,
        late,
    }))
}

/// Refuses where there is nobody, or only one arm.
fn two_arms(rows: &[Placed], when: impl Fn() -> String) -> Result<(), Unknown> {
    let why = match rows.first() {
        None => format!("nobody was still followed {}", when()),
        Some(first) if rows.iter().all(|r| r.arm == first.arm) => {
            format!("all who were still followed {} were of one group", when())
        }
        Some(_) => return Ok(()),
    };
    Err(Unknown::NotApplicable(why))
}
