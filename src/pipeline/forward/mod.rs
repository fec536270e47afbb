//! The forward look: what is due in the two quarters after the as-at date, and
//! what is to be expected. Counts of people stand only where they may; nobody
//! is foretold anything.

mod due;
mod expected;

use super::Run;
use crate::data::Linked;
use crate::report::evidence::Forward;
use staywise_core::disclosure::{Policy, Released};
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Day, Period, Statistic, Status};

/// What the lines are made from.
struct Outlook<'a> {
    linked: &'a Linked,
    rows: &'a [Released],
    policy: &'a Policy,
    programme_months: Option<u32>,
    quarters: [Period; 2],
}

/// Every line, quarter by quarter; none of a study without a staff list.
pub(super) fn all(
    run: &Run<'_>,
    linked: &Linked,
    (rows, policy): (&[Released], &Policy),
) -> Vec<Forward> {
    if linked.workforce.spells.is_empty() {
        return Vec::new();
    }
    let outlook = Outlook {
        linked,
        rows,
        policy,
        programme_months: run.study.programme_months,
        quarters: quarters(linked.as_at),
    };
    let milestones = due::milestones(&outlook);
    let preceptorships = due::preceptorships(&outlook);
    let (starters, leavers) = (expected::starters(&outlook), expected::leavers(&outlook));
    let mut lines = Vec::new();
    for at in 0..outlook.quarters.len() {
        let all = [&milestones, &preceptorships, &starters, &leavers];
        let of = |quarter: &Period| {
            let same = all.iter().flat_map(|lines| lines.iter());
            same.filter(|line| line.quarter == *quarter)
                .cloned()
                .collect::<Vec<_>>()
        };
        lines.extend(outlook.quarters.get(at).map(of).unwrap_or_default());
    }
    lines
}

/// The two whole quarters that begin after a day.
fn quarters(as_at: Day) -> [Period; 2] {
    let next = Period::quarter_of(as_at.plus(1));
    let first = if next.start > as_at {
        next
    } else {
        Period::quarter_of(next.end)
    };
    let second = Period::quarter_of(first.end);
    [first, second]
}

impl Outlook<'_> {
    fn as_at(&self) -> Day {
        self.linked.as_at
    }

    /// Everyone's figure of a metric over some days.
    fn everyone(&self, metric: &str, period: &Period) -> Option<&Released> {
        self.rows.iter().find(|row| {
            let key = row.key();
            key.metric == metric
                && key.statistic == Statistic::Value
                && key.group.is_everyone()
                && (key.period.start, key.period.end) == (period.start, period.end)
        })
    }

    /// Whether everyone's figure of a metric over all time is hidden.
    fn hides(&self, metric: &str) -> bool {
        self.rows.iter().any(|row| {
            let key = row.key();
            key.metric == metric
                && key.group.is_everyone()
                && key.period.shape == Shape::All
                && row.status() == Status::Confidential
        })
    }

    /// A line of what is due, with how it was worked out where it may stand.
    fn due(&self, at: usize, what: &str, (count, note): (Option<f64>, &str)) -> Option<Forward> {
        let hidden = || capital(self.policy.words());
        Some(Forward {
            quarter: self.quarters.get(at)?.clone(),
            what: what.to_owned(),
            note: if count.is_some() {
                note.to_owned()
            } else {
                hidden()
            },
            expected: count,
            range: None,
        })
    }

    /// Which parts of a whole may stand beside one another: each is nobody or
    /// enough people, and so is what they leave of the whole.
    fn may_stand(&self, parts: [u64; 2], whole: u64) -> [Option<u64>; 2] {
        let own = parts.map(|n| (!self.policy.too_few(n)).then_some(n));
        let told: u64 = own.iter().flatten().sum();
        let rest = whole.saturating_sub(told);
        if self.policy.too_few(whole) || self.policy.too_few(rest) {
            return [None; 2];
        }
        own
    }
}

/// The first letter as a capital, and a full stop.
fn capital(words: &str) -> String {
    format!("{}.", crate::report::words::capital(words))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
