//! Which periods a run makes: the one reported, the quarters before it, and
//! everything.

use crate::data::{Linked, Spell};
use staywise_core::domain::period::UnknownPeriod;
use staywise_core::domain::{Day, Period};

/// How many periods a trend goes back before the one reported.
const TREND: usize = 12;

/// The periods of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// The one that the report is about.
    pub reported: Period,
    /// Up to twelve before it and itself, oldest first.
    pub trend: Vec<Period>,
    /// Everything up to the as-at date.
    pub all: Period,
}

impl Periods {
    /// The period asked for, or the latest quarter that has ended by the as-at
    /// date and has a response or, failing any, somebody in post; of a study
    /// of neither, what its flows are of.
    ///
    /// # Errors
    /// `UnknownPeriod` where what was asked for is no period.
    pub fn choose(asked: Option<&str>, linked: &Linked) -> Result<Self, UnknownPeriod> {
        let all = Period::all(linked.as_at);
        let reported = match asked {
            Some("all") => all.clone(),
            Some(text) => Period::parse(text)?,
            None => latest_quarter(linked),
        };
        let first = first_day(linked);
        let mut trend = vec![reported.clone()];
        while trend.len() <= TREND {
            let Some(before) = trend.last().and_then(Period::previous) else {
                break;
            };
            if before.end <= first {
                break;
            }
            trend.push(before);
        }
        trend.reverse();
        Ok(Self {
            reported,
            trend,
            all,
        })
    }
}

fn latest_quarter(linked: &Linked) -> Period {
    let mut quarter = Period::quarter_of(linked.as_at);
    if quarter.last() > linked.as_at {
        quarter = quarter.previous().unwrap_or(quarter);
    }
    let ended = |day: &&Day| **day < quarter.end;
    if let Some(day) = linked.survey.answered_on.iter().filter(ended).max() {
        return Period::quarter_of(*day);
    }
    let in_post = |period: &Period| {
        let there = |s: &Spell| s.start < period.end && s.ended.is_none_or(|e| e > period.start);
        linked.workforce.spells.iter().any(there)
    };
    if linked.workforce.spells.is_empty() {
        return without_people(linked);
    }
    let first = first_day(linked);
    let mut candidate = quarter.clone();
    while candidate.end > first {
        if in_post(&candidate) {
            return candidate;
        }
        match candidate.previous() {
            Some(before) => candidate = before,
            None => break,
        }
    }
    quarter
}

/// The period of a study that has no staff list, and no response up to its
/// last quarter: the latest that flows were published for, or everything where
/// people were followed without dates.
fn without_people(linked: &Linked) -> Period {
    let responses = !linked.survey.answered_on.is_empty();
    let mut published = linked.flows.periods().into_iter().rev();
    let begun = published.find(|period| period.start <= linked.as_at);
    match begun {
        // All of the responses came since the last quarter ended.
        _ if responses => Period::quarter_of(linked.as_at),
        Some(period) => period,
        None if linked.followed.tables > 0 => Period::all(linked.as_at),
        None => Period::quarter_of(linked.as_at),
    }
}

fn first_day(linked: &Linked) -> Day {
    let answered = linked.survey.answered_on.iter().min();
    let started = linked.workforce.spells.iter().map(|s| &s.start).min();
    let published = || linked.flows.flows.iter().map(|f| f.from).min();
    let own = answered.into_iter().chain(started).min().copied();
    own.or_else(published).unwrap_or(linked.as_at)
}
