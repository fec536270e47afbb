//! What is due of those in post now: their first year, the end of their
//! preceptorship, their preceptors' protected hours. Counts and thresholds
//! only; what is to be expected is next door.

use super::Outlook;
use crate::data::workforce::{Outcome, Preceptorship};
use crate::report::evidence::Forward;
use staywise_core::domain::{Day, Period, Status};
use staywise_core::stats::survival::day_of_month;
use std::collections::{BTreeMap, BTreeSet};

/// The day of the first year's milestone: retention at 12 months counts on it.
const YEAR: i32 = 365;
/// A preceptor's protected hours a year: the core standard of NHS England's
/// National Preceptorship Framework for Nursing (the gold one has 12).
const HOURS_A_YEAR: f64 = 8.0;

const MILESTONE: &str = "12-month milestones due";
const ENDING: &str = "Preceptorships due to end";
const HOURS: &str = "Preceptor hours due";

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A preceptorship that is running, one a person.
struct Running {
    /// The last day, where one is known.
    end: Option<Day>,
    /// The preceptor, where named.
    preceptor: Option<u32>,
}

/// People in post now whose first year is over within the quarter.
pub(super) fn milestones(outlook: &Outlook<'_>) -> Vec<Forward> {
    let spells = outlook.linked.workforce.spells.iter();
    let there: Vec<Day> = spells
        .filter(|spell| spell.covers(outlook.as_at()))
        .map(|spell| spell.time_zero.plus(YEAR))
        .collect();
    let of = |quarter: &Period| number(there.iter().filter(|due| quarter.holds(**due)).count());
    let parts = [of(&outlook.quarters[0]), of(&outlook.quarters[1])];
    let counts = outlook.may_stand(parts, number(there.len()));
    let note = "People in post now whose day 365 after the clock started falls in the quarter. \
                Some may leave before it.";
    let line = |(at, count): (usize, Option<u64>)| {
        // A cohort that is hidden where it started stays so.
        let quarter = outlook.quarters.get(at)?;
        let cohort = Period::quarter_of(quarter.start.plus(-YEAR));
        let began = outlook.everyone("starters", &cohort);
        let hidden = began.is_some_and(|row| row.status() == Status::Confidential);
        let count = count.filter(|_| !hidden).map(|n| n as f64);
        outlook.due(at, MILESTONE, (count, note))
    };
    counts.into_iter().enumerate().filter_map(line).collect()
}

/// Preceptorships that end, and the hours that preceptors are due.
pub(super) fn preceptorships(outlook: &Outlook<'_>) -> Vec<Forward> {
    if outlook.linked.workforce.preceptorships.is_empty() {
        return Vec::new();
    }
    let running = running(outlook);
    let ends = |quarter: &Period| {
        let within = |one: &&Running| one.end.is_some_and(|end| quarter.holds(end));
        number(running.iter().filter(within).count())
    };
    let parts = [ends(&outlook.quarters[0]), ends(&outlook.quarters[1])];
    let counts = outlook.may_stand(parts, number(running.len()));
    let mut lines = Vec::new();
    let mut hidden = false;
    for (at, count) in counts.into_iter().enumerate() {
        let note = match outlook.programme_months {
            Some(months) => format!(
                "Preceptorships running now, by their planned or extended end; without one, \
                 {months} months after their start ([programme])."
            ),
            None => "Preceptorships running now, by their planned or extended end; those without \
                     one are not counted."
                .to_owned(),
        };
        let ending = count.map(|n| n as f64);
        lines.extend(outlook.due(at, ENDING, (ending, &note)));
        // Hours fall as preceptorships end, and so would tell how many do.
        hidden |= count.is_none();
        let hours = outlook.quarters.get(at).and_then(|q| hours(&running, q));
        let hours = hours.filter(|due| !hidden && !too_few(outlook, due));
        let note = "Protected time of preceptors by the core standard of NHS England's National \
                    Preceptorship Framework for Nursing, 8 hours a year each (gold: 12), while a \
                    preceptorship that is running now goes on. A preceptee without a named \
                    preceptor counts as having one of their own.";
        let hours = hours.map(|due| due.hours.round());
        lines.extend(outlook.due(at, HOURS, (hours, note)));
    }
    lines
}

/// Hours and whose they are.
struct Hours {
    hours: f64,
    preceptors: u64,
    preceptees: u64,
}

/// Hours tell how many preceptors there are, so both sides must be enough.
fn too_few(outlook: &Outlook<'_>, due: &Hours) -> bool {
    outlook.policy.too_few(due.preceptors) || outlook.policy.too_few(due.preceptees)
}

/// The hours due in a quarter: of each preceptor for the days until the last
/// of their preceptorships ends. All of them run already.
fn hours(running: &[Running], quarter: &Period) -> Option<Hours> {
    let days = |one: &Running| {
        let end = one
            .end
            .map_or(quarter.end, |end| end.plus(1).min(quarter.end));
        u32::try_from(end.0 - quarter.start.0).unwrap_or(0)
    };
    let on: Vec<(&Running, u32)> = running
        .iter()
        .map(|one| (one, days(one)))
        .filter(|(_, days)| *days > 0)
        .collect();
    let mut named: BTreeMap<u32, u32> = BTreeMap::new();
    let mut nameless: Vec<u32> = Vec::new();
    for (one, days) in &on {
        match one.preceptor {
            Some(preceptor) => {
                let most = named.entry(preceptor).or_default();
                *most = (*most).max(*days);
            }
            None => nameless.push(*days),
        }
    }
    let all = named.values().chain(&nameless);
    let days: u64 = all.map(|days| u64::from(*days)).sum();
    Some(Hours {
        hours: HOURS_A_YEAR * days as f64 / f64::from(YEAR),
        preceptors: number(named.len() + nameless.len()),
        preceptees: number(on.len()),
    })
}

/// Preceptorships that run on the as-at date of people in post then, or of
/// people whom the staff list does not have: the latest of each.
fn running(outlook: &Outlook<'_>) -> Vec<Running> {
    let as_at = outlook.as_at();
    let spells = outlook.linked.workforce.spells.iter();
    let there: BTreeSet<u32> = spells
        .filter(|spell| spell.covers(as_at))
        .map(|spell| spell.person)
        .collect();
    let mut known: BTreeMap<u32, &Preceptorship> = BTreeMap::new();
    let mut all: Vec<&Preceptorship> = Vec::new();
    for one in &outlook.linked.workforce.preceptorships {
        if !runs(one, as_at) {
            continue;
        }
        match one.person {
            Some(person) if there.contains(&person) => {
                let latest = known.entry(person).or_insert(one);
                if one.start > latest.start {
                    *latest = one;
                }
            }
            Some(_) => {}
            None => all.push(one),
        }
    }
    all.extend(known.into_values());
    all.into_iter()
        .map(|one| Running {
            end: end(one, outlook.programme_months),
            preceptor: one.preceptor,
        })
        .collect()
}

fn runs(one: &Preceptorship, as_at: Day) -> bool {
    let begun = one.start.is_some_and(|start| start <= as_at);
    let by_then = |day: Option<Day>| day.is_some_and(|day| day <= as_at);
    let over = matches!(one.outcome, Some(Outcome::Completed | Outcome::Withdrawn));
    begun && !over && !by_then(one.completed) && !by_then(one.withdrawn)
}

fn end(one: &Preceptorship, months: Option<u32>) -> Option<Day> {
    let by_rule = || {
        let days = i32::try_from(day_of_month(months?)).ok()?;
        Some(one.start?.plus(days))
    };
    one.extended_to.or(one.planned_end).or_else(by_rule)
}
