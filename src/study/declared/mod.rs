//! What a study declares beforehand: the case rules of its workforce, its
//! comparisons, control charts, targets and establishment. Each is read whole,
//! and what is wrong is said with its line. Computes nothing.

mod comparisons;
mod plans;

pub(super) use comparisons::{comparisons, rollouts};
pub(super) use plans::plans;

use super::Study;
use super::key::{Findings, Section};
use super::read::table;
use crate::workforce::{BankPosts, Breaks, Clock, Ending, Leavings};
use staywise_core::domain::{Day, Dimension};
use std::collections::BTreeMap;

/// The switches of who has left, and when the clock starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseRules {
    /// Which ends count as leaving.
    pub leavings: Leavings,
    /// The day on which the clock starts.
    pub clock: Clock,
    /// How bank posts count.
    pub bank: BankPosts,
    /// How breaks count.
    pub breaks: Breaks,
}

/// By what people came into the group of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// By what they were when they started: nothing that time can bring.
    Characteristic,
    /// By enrolling on a programme, on a day of their own.
    Enrolment,
    /// By completing a programme.
    Completion,
}

/// One `[[comparison]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Its slug.
    pub name: String,
    /// The outcome's metric: a retention at a horizon.
    pub outcome: String,
    /// How people are divided.
    pub dimension: Dimension,
    /// The level of interest.
    pub compare: String,
    /// The level it is held against; nothing for all others.
    pub against: Option<String>,
    /// By what people came into the group of interest.
    pub entered: Entered,
    /// The day from which both groups are compared, where not the start.
    pub landmark_day: Option<u32>,
    /// Whom it is about: levels of dimensions, as people were when they
    /// started; everybody where empty.
    pub among: Vec<(Dimension, Vec<String>)>,
    /// What the two groups are made alike in.
    pub covariates: Vec<Dimension>,
    /// People of one level of this are alike in ways that are not recorded.
    pub cluster: Option<Dimension>,
    /// When it was declared.
    pub declared_on: Option<Day>,
    /// Whether it is the one that was declared as primary.
    pub primary: bool,
}

/// One `[[rollout]]`: a programme that came to sites at different dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Rollout {
    /// Its slug.
    pub name: String,
    /// The outcome's metric: a retention at a horizon.
    pub outcome: String,
    /// What divides people into sites.
    pub dimension: Dimension,
    /// By site, when the programme began there. A site that is not named has
    /// not begun.
    pub starts: BTreeMap<String, Day>,
    /// When it was declared.
    pub declared_on: Option<Day>,
    /// Whether it is the one that was declared as primary.
    pub primary: bool,
}

/// Which control charts are made, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trends {
    /// Metrics that have a control chart.
    pub control: Vec<String>,
    /// Whether large moving ranges are left out once; they are where not said.
    pub unscreened: bool,
    /// Limits worked out anew from a date on: metric, date, reason.
    pub rebases: Vec<(String, Day, String)>,
}

/// Posts that are planned and paid for.
#[derive(Clone, Debug, PartialEq)]
pub struct Establishment {
    /// Full-time equivalents.
    pub fte: f64,
    /// By dimension and level, where given.
    pub levels: BTreeMap<(String, String), f64>,
    /// Where it was taken from.
    pub source: String,
    /// Of when it is.
    pub on: Option<Day>,
}

/// The establishments of a study, and which of them a period is held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Establishments {
    /// One for every period, whatever its date.
    Every(Establishment),
    /// Several, each from its day until the next one's; in order of the days.
    From(Vec<(Day, Establishment)>),
}

impl Establishments {
    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = &Establishment> {
        let (every, from) = match self {
            Self::Every(one) => (Some(one), [].as_slice()),
            Self::From(dated) => (None, dated.as_slice()),
        };
        every.into_iter().chain(from.iter().map(|(_, one)| one))
    }

    /// The one that holds on a day: the only one, or the last that is dated on
    /// or before it.
    ///
    /// # Errors
    /// The day of the first, where that is later.
    pub fn on(&self, day: Day) -> Result<&Establishment, Day> {
        match self {
            Self::Every(one) => Ok(one),
            Self::From(dated) => {
                let begun = dated.iter().take_while(|(from, _)| *from <= day);
                let first = dated.first().map_or(day, |(from, _)| *from);
                begun.last().map(|(_, one)| one).ok_or(first)
            }
        }
    }
}

const ENDINGS: [(Ending, &str); 2] = [
    (Ending::Counts, "counts"),
    (Ending::EndsFollowUp, "ends follow-up"),
];

/// Reads `[workforce]`.
pub(super) fn workforce(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    let Some(mut section) = table(top, "workforce", found) else {
        return;
    };
    if let Some(days) = section.whole("rehire_gap_days", 0..=365, found) {
        study.rehire_gap_days = days;
    }
    let rules = &mut study.case_rules;
    let clocks = [
        (Clock::Start, "start"),
        (Clock::Registration, "registration"),
        (Clock::Later, "later"),
    ];
    if let Some(clock) = section.one_of("clock", &clocks, found) {
        rules.clock = clock;
    }
    let banks = [(BankPosts::Apart, "apart"), (BankPosts::Count, "count")];
    if let Some(bank) = section.one_of("bank", &banks, found) {
        rules.bank = bank;
    }
    let breaks = [(Breaks::InPost, "in post"), (Breaks::Leaving, "leaving")];
    if let Some(said) = section.one_of("breaks", &breaks, found) {
        rules.breaks = said;
    }
    if let Some(mut leavings) = table(&mut section, "leavings", found) {
        let of = &mut rules.leavings;
        let slots: [(&'static str, &mut Ending); 5] = [
            ("contract_end", &mut of.contract_end),
            ("administrative", &mut of.administrative),
            ("retirement", &mut of.retirement),
            ("death", &mut of.death),
            ("internal_move", &mut of.internal_move),
        ];
        for (key, slot) in slots {
            if let Some(ending) = leavings.one_of(key, &ENDINGS, found) {
                *slot = ending;
            }
        }
        leavings.finish(found);
    }
    section.finish(found);
}
