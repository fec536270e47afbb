//! When people leave: the leaving rate of each month since they started, and
//! the step at a stated day, as the end of a programme. Never a share of
//! people, and never a ratio over no leavers.

use super::proportion::clopper_pearson;
use super::rate::{Rate, rate};
use super::survival::day_of_month;
use crate::domain::{Interval, LifeTable, Unknown};

/// Days in a month since start: 3, 6 and 12 months are 91, 183 and 365 days.
pub const DAYS_A_MONTH: f64 = 365.0 / 12.0;

/// The furthest month that is asked for.
const LAST_MONTH: u32 = 60;

/// Leavers and the time in which they could leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Events.
    pub events: u64,
    /// Days at risk, added over units.
    pub person_days: u64,
}

/// One month since start.
#[derive(Clone, Debug, PartialEq)]
pub struct Month {
    /// 1 for the first.
    pub month: u32,
    /// Its leavers and time.
    pub exposure: Exposure,
    /// Leavers for each 100 people a month with the exact Poisson interval, or
    /// why there is none.
    pub per_100_person_months: Result<Rate, Unknown>,
}

/// The rate after a day against the rate before it.
#[derive(Clone, Debug, PartialEq)]
pub struct RateStep {
    /// The months before and with the day.
    pub before: Exposure,
    /// The months after it.
    pub after: Exposure,
    /// After over before with its exact interval, or why there is none.
    pub ratio: Result<(f64, Interval), Unknown>,
    /// The lower limit of the ratio, also where nobody left before and so
    /// there is neither a ratio nor an upper limit.
    pub at_least: Option<f64>,
}

/// Events and days at risk on the days after `after` up to and with `until`.
/// A unit is at risk on the days after its entry up to and with its last;
/// events on day 0 belong to day 1 and add no time.
#[must_use]
pub fn exposure(table: &LifeTable, after: u32, until: u32) -> Exposure {
    let mut sum = Exposure::default();
    // Units at risk on the days after `last`.
    let (mut at_risk, mut last) = (0_u64, 0_u32);
    let mut add = |at_risk: u64, from: u32, to: u32| {
        let days = to.min(until).saturating_sub(from.max(after));
        let days = at_risk.saturating_mul(u64::from(days));
        sum.person_days = sum.person_days.saturating_add(days);
    };
    for (day, row) in &table.days {
        add(at_risk, last, *day);
        at_risk = at_risk
            .saturating_add(row.entered)
            .saturating_sub(row.events.saturating_add(row.ended));
        last = *day;
    }
    add(at_risk, last, until);
    let first = if after == 0 {
        0
    } else {
        after.saturating_add(1)
    };
    if first <= until {
        let rows = table.days.range(first..=until);
        sum.events = rows.fold(0, |s, (_, row)| s.saturating_add(row.events));
    }
    sum
}

/// The leaving rate of each month since start, as far as anyone is followed,
/// at most 60 months.
#[must_use]
pub fn months(table: &LifeTable, level: f64) -> Vec<Month> {
    let last = table.days.last_key_value().map_or(0, |(day, _)| *day);
    (1..=LAST_MONTH)
        .take_while(|month| *month == 1 || day_of_month(month - 1) < last)
        .map(|month| {
            let exposure = exposure(table, day_of_month(month - 1), day_of_month(month));
            let time = exposure.person_days as f64 / DAYS_A_MONTH / 100.0;
            let why = || Unknown::NotApplicable(format!("nobody was followed in month {month}"));
            Month {
                month,
                exposure,
                per_100_person_months: rate(exposure.events, time, level).ok_or_else(why),
            }
        })
        .collect()
}

/// The leaving rate in the `months` after a day against that in the `months`
/// before it (fewer where the day comes sooner). People are taken to leave at
/// one rate within each stretch. The interval is Clopper and Pearson's for the
/// share of all these leavers that left after.
#[must_use]
pub fn step_at(table: &LifeTable, day: u32, months: u32, level: f64) -> RateStep {
    let width = day_of_month(months);
    let before = exposure(table, day.saturating_sub(width), day);
    let after = exposure(table, day, day.saturating_add(width));
    let (ratio, at_least) = match rate_ratio(after, before, level) {
        Ok(found) => (Ok(found), Some(found.1.lower)),
        Err((why, at_least)) => (Err(Unknown::NotApplicable(why)), at_least),
    };
    RateStep {
        before,
        after,
        ratio,
        at_least,
    }
}

/// The first rate over the second, with the exact interval given how many
/// events there are in all; or why not, and the lower limit if there is one.
fn rate_ratio(
    first: Exposure,
    second: Exposure,
    level: f64,
) -> Result<(f64, Interval), (String, Option<f64>)> {
    let refuse = |why: &str, least| Err((why.to_owned(), least));
    if first.person_days == 0 {
        return refuse("nobody was followed after the day", None);
    }
    if second.person_days == 0 {
        return refuse("nobody was followed before the day", None);
    }
    let all = first.events.saturating_add(second.events);
    if all == 0 {
        return refuse("nobody left before or after the day", None);
    }
    let times = second.person_days as f64 / first.person_days as f64;
    let share = |events| clopper_pearson(events, all, level);
    let (Some(one), Some(two)) = (share(first.events), share(second.events)) else {
        return refuse("the interval could not be computed", None);
    };
    // The odds of a leaver being one after; each limit from the smaller side.
    let odds = |part: f64| part / (1.0 - part);
    let lower = times * odds(one.lower);
    if second.events == 0 {
        return refuse("nobody left before the day", Some(lower));
    }
    let ratio = times * (first.events as f64 / second.events as f64);
    let interval = Interval {
        lower,
        upper: times / odds(two.lower),
        level,
        method: "rate_ratio_exact",
    };
    Ok((ratio, interval))
}
