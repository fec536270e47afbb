//! What is to be expected: starters by the last four quarters, leavers among
//! those in post now by when people leave. Says a range for each; counts
//! nobody who is there.

use super::{Outlook, capital};
use crate::report::evidence::Forward;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Interval, LifeTable, Period, Status};
use staywise_core::stats::LEVEL;
use staywise_core::stats::forecast::{
    Band, InPost, Leavers, StartersKnown, leavers_within, starters_due,
};
use staywise_core::stats::leaving::{DAYS_A_MONTH, exposure};
use staywise_core::stats::survival::day_of_month;
use std::collections::BTreeMap;

const STARTERS: &str = "Starters expected";
const LEAVERS: &str = "Leavers expected";
/// Quarters of the past that starters are expected by: a year, so that its
/// seasons even out.
const QUARTERS: u32 = 4;
/// Months of a quarter.
const QUARTER: u32 = 3;
/// Person-months that a stretch of its own must have been followed for.
const LEAST: f64 = 12.0;
/// Months since start between which people are taken to leave at one rate.
const STRETCHES: [u32; 8] = [0, 3, 6, 12, 18, 24, 36, 60];

/// A line for each quarter; none where there is nothing to go by, which is
/// not the same as hidden.
fn lines(outlook: &Outlook<'_>, what: &str, of: impl Fn(u32) -> Found) -> Vec<Forward> {
    let quarters = outlook.quarters.iter().zip(0..);
    quarters
        .filter_map(|(quarter, at)| {
            let (expected, range, note) = match of(at) {
                Found::Expected(figure, interval, note) => {
                    let range = interval.map(|i| (i.lower, i.upper));
                    (Some(figure.round()), range, note.to_owned())
                }
                Found::Hidden => (None, None, capital(outlook.policy.words())),
                Found::Nothing => return None,
            };
            Some(Forward {
                quarter: quarter.clone(),
                what: what.to_owned(),
                expected,
                range,
                note,
            })
        })
        .collect()
}

/// What is expected, with its range and how it was worked out; or why there
/// is no figure.
enum Found {
    Expected(f64, Option<Interval>, &'static str),
    Hidden,
    Nothing,
}

/// Starters of the past year.
enum Past {
    Released(u64),
    Hidden,
    Unknown,
}

/// Starters, by those of the last four quarters that were released.
pub(super) fn starters(outlook: &Outlook<'_>) -> Vec<Forward> {
    let past = past(outlook);
    lines(outlook, STARTERS, |_| {
        let starters = match past {
            Past::Released(starters) => starters,
            Past::Hidden => return Found::Hidden,
            Past::Unknown => return Found::Nothing,
        };
        let known = StartersKnown::Past {
            starters,
            quarters: QUARTERS,
        };
        let note = "As many as in a quarter of the last four, whatever the season; offers that \
                    are accepted are not known here.";
        match starters_due(known, 1, LEVEL) {
            Ok(due) => Found::Expected(due.expected, due.interval, note),
            Err(_) => Found::Nothing,
        }
    })
}

fn past(outlook: &Outlook<'_>) -> Past {
    let mut sum = 0.0;
    // The last quarter that was over by the as-at date, and those before it.
    let began = Period::quarter_of(outlook.as_at().plus(1)).start;
    let mut quarter = Period::quarter_of(began.plus(-1));
    for _ in 0..QUARTERS {
        let row = outlook.everyone("starters", &quarter);
        match row.map(|row| (row.status(), row.estimate())) {
            Some((Status::Shown, Some(starters))) => sum += starters,
            Some((Status::Confidential, _)) => return Past::Hidden,
            _ => return Past::Unknown,
        }
        let Some(before) = quarter.previous() else {
            return Past::Unknown;
        };
        quarter = before;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let starters = sum.max(0.0).round() as u64;
    Past::Released(starters)
}

/// Leavers among those in post now, by the leaving rates at each time since
/// start.
pub(super) fn leavers(outlook: &Outlook<'_>) -> Vec<Forward> {
    let workforce = &outlook.linked.workforce;
    if !workforce.sees_leavers {
        return Vec::new();
    }
    let bands = bands(&table(outlook));
    let in_post = in_post(outlook);
    let hidden = outlook.hides("leavers") || outlook.hides("headcount");
    let first = months_until(outlook);
    let note = "Of those in post now, by the leaving rates since the data begin at each time since \
                start; those who start later are not among them.";
    lines(outlook, LEAVERS, |at| {
        let from = first + at * QUARTER;
        match leavers_within(&in_post, &bands, from..from + QUARTER, LEVEL) {
            Ok(due) if hidden || too_few(outlook, &due) => Found::Hidden,
            Ok(due) => Found::Expected(due.expected, due.interval, note),
            // Its words count people, and so are not told.
            Err(_) => Found::Nothing,
        }
    })
}

/// What is foretold rests on these people and leavers.
fn too_few(outlook: &Outlook<'_>, due: &Leavers) -> bool {
    outlook.policy.too_few(due.people) || outlook.policy.too_few(due.leavers_before)
}

/// Whole months from the as-at date to the first quarter ahead.
fn months_until(outlook: &Outlook<'_>) -> u32 {
    let [first, _] = &outlook.quarters;
    let days = f64::from(first.start.0 - outlook.as_at().0 - 1);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let months = (days / DAYS_A_MONTH).round().max(0.0) as u32;
    months
}

/// Everybody's time in post, and who left.
fn table(outlook: &Outlook<'_>) -> LifeTable {
    let mut table = LifeTable::default();
    for spell in &outlook.linked.workforce.spells {
        let last = spell.ended.unwrap_or(outlook.as_at()).min(outlook.as_at());
        let ending = if spell.leave.is_some() {
            Ending::Event
        } else {
            Ending::StillFollowed
        };
        if let Ok(exit) = u32::try_from(last.0 - spell.time_zero.0) {
            table.follow(spell.entry_day, exit, ending);
        }
    }
    table
}

/// Leavers and time by months since start. A stretch in which hardly anybody
/// was followed goes with the one before it.
fn bands(table: &LifeTable) -> Vec<Band> {
    let ends = STRETCHES.iter().skip(1).map(|month| Some(*month));
    let mut found: Vec<Band> = Vec::new();
    for (from, to) in STRETCHES.iter().zip(ends.chain([None])) {
        let until = to.map_or(u32::MAX, day_of_month);
        let seen = exposure(table, day_of_month(*from), until);
        let person_months = seen.person_days as f64 / DAYS_A_MONTH;
        match found.last_mut() {
            Some(before) if person_months < LEAST => {
                before.to_month = to;
                before.leavers += seen.events;
                before.person_months += person_months;
            }
            _ => found.push(Band {
                from_month: *from,
                to_month: to,
                leavers: seen.events,
                person_months,
            }),
        }
    }
    found
}

/// Those in post now by whole months since their start.
fn in_post(outlook: &Outlook<'_>) -> Vec<InPost> {
    let as_at = outlook.as_at();
    let mut people: BTreeMap<u32, u64> = BTreeMap::new();
    for spell in &outlook.linked.workforce.spells {
        let days = u32::try_from(as_at.0 - spell.time_zero.0);
        if let (true, Ok(days)) = (spell.covers(as_at), days) {
            *people.entry(months(days)).or_default() += 1;
        }
    }
    people
        .into_iter()
        .map(|(months, people)| InPost { months, people })
        .collect()
}

/// The last month whose day has come.
fn months(days: u32) -> u32 {
    let near = u32::try_from(u64::from(days) * 12 / 365).unwrap_or(u32::MAX);
    let next = near.saturating_add(1);
    if day_of_month(next) <= days {
        next
    } else {
        near
    }
}

#[cfg(test)]
mod tests {
    use super::bands;
    use staywise_core::domain::LifeTable;
    use staywise_core::domain::tally::Ending;

    #[test]
    fn a_stretch_that_hardly_anybody_was_followed_in_goes_with_the_one_before() {
        let mut table = LifeTable::default();
        for person in 0..30 {
            // Two years and a day at the longest.
            table.follow(0, 440 + 10 * person, Ending::StillFollowed);
        }
        table.follow(0, 720, Ending::Event);
        let found = bands(&table);
        let last = found[found.len() - 1];
        assert_eq!((last.from_month, last.to_month), (18, None));
        assert_eq!(last.leavers, 1);
    }
}
