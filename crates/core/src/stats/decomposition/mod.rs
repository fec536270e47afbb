//! Why a share changed between two periods: data, definition, mix and rate, in
//! that order, and what is left. The parts sum exactly to the change. Never
//! says that one of them caused another.

mod cells;
mod words;

pub use words::Points;

use super::difference::Share;
use super::quantile::usable;
use crate::domain::{Interval, Unknown};
use cells::Cells;

/// Parts are kept to 2^-40, a millionth of a millionth: sums of such numbers
/// are exact in floating point.
const STEP: f64 = 1.0 / 1_099_511_627_776.0;

/// One answer, or one time in post, of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who: the same number in both periods is the same person.
    pub person: u64,
    /// The group whose mix is looked at, as a site.
    pub cell: u32,
    /// Whether it hit.
    pub hit: bool,
}

/// The figures between which a share changed.
#[derive(Clone, Copy, Debug)]
pub struct Steps<'a> {
    /// The earlier period as it was first published.
    pub published: Share,
    /// The earlier period again, on today's data and as it was defined then.
    pub on_todays_data: Share,
    /// The earlier period on today's data, as it is defined and mapped today.
    pub earlier: &'a [Row],
    /// The period reported.
    pub now: &'a [Row],
}

/// Why a share changed. All are shares: 0.04 is four points.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The share first published for the earlier period.
    pub before: f64,
    /// The share now, less that.
    pub change: f64,
    /// From corrections and late records of the earlier period.
    pub data: f64,
    /// From counting the earlier period as it is counted today.
    pub definition: f64,
    /// From groups being larger or smaller.
    pub mix: f64,
    /// Its limits; nothing where nothing varies.
    pub mix_interval: Option<Interval>,
    /// From shares within groups.
    pub rate: f64,
    /// Its limits; nothing where nothing varies.
    pub rate_interval: Option<Interval>,
    /// From groups that have people in one of the periods only: neither mix
    /// nor rate can be told there.
    pub remainder: f64,
    /// The groups that the remainder is of, in order.
    pub one_period_only: Vec<u32>,
    /// People in the earlier period.
    pub people_before: u64,
    /// People in the period reported.
    pub people_now: u64,
    /// People in both, who are kept together.
    pub people_in_both: u64,
}

/// Splits the change of a share.
///
/// # Errors
/// `NotApplicable` where one of the four has nobody in it or more hits than
/// people, or for a level outside 0 to 1.
pub fn decompose(steps: &Steps<'_>, level: f64) -> Result<Change, Unknown> {
    let refuse = |why: &str| Unknown::NotApplicable(why.to_owned());
    if !usable(level) {
        return Err(refuse("the level of the interval is not between 0 and 1"));
    }
    let first = share(steps.published, "the earlier figure as first published")?;
    let again = share(steps.on_todays_data, "the earlier period on today's data")?;
    let cells = Cells::of(steps.earlier, steps.now)?;
    let (then, now) = (cells.before.share(), cells.now.share());
    let change = whole(now - first);
    let data = whole(again - first);
    let definition = whole(then - again);
    let one_period_only = cells.one_period_only();
    let mix = whole(cells.mix());
    // Rounding is no remainder: without such groups there is none.
    let remainder = if one_period_only.is_empty() {
        0.0
    } else {
        whole(cells.remainder())
    };
    let spread = cells.spread(steps.earlier, steps.now);
    let rate = change - data - definition - mix - remainder;
    Ok(Change {
        before: first,
        change,
        data,
        definition,
        mix,
        mix_interval: spread.mix(mix, level),
        rate,
        rate_interval: spread.rate(rate, level),
        remainder,
        one_period_only,
        people_before: spread.people_before,
        people_now: spread.people_now,
        people_in_both: spread.people_in_both,
    })
}

fn share(share: Share, what: &str) -> Result<f64, Unknown> {
    if share.n == 0 {
        return Err(Unknown::NotApplicable(format!("{what} has nobody in it")));
    }
    if share.hits > share.n {
        return Err(Unknown::NotApplicable(format!(
            "{what} has more hits than people"
        )));
    }
    Ok(share.hits as f64 / share.n as f64)
}

/// To the nearest step.
fn whole(part: f64) -> f64 {
    (part / STEP).round() * STEP
}
