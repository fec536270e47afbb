//! A landmark: those still in post on a stated day, by what they had done by
//! then. Who they are is `stats::landmark`'s to say. Never hides those who left
//! before it: they are counted.

use super::{Comparison, Placed, Post, STANDARDS_DAY, two_arms};
use crate::domain::Unknown;
use crate::stats::landmark::{Followed, Place, place};
use std::collections::BTreeMap;

/// People still in post and still followed at the close of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landmark {
    /// Days since the start.
    pub day: u32,
    /// One for each person, followed from that day (or later, where they
    /// enter late), in the arm they were in on it.
    pub rows: Vec<Placed>,
    /// People who left on or before the day, by the arm they were in when
    /// they left; what they would have done later is not known.
    pub left_before: BTreeMap<u32, u64>,
    /// People whose follow-up ended on or before the day, still in post.
    pub ended_before: u64,
    /// People of arm 0 who enrolled or completed after the day: they stay in
    /// it. 0 for standards.
    pub later: u64,
    /// People without a day of follow-up.
    pub set_aside: u64,
    /// Standards due by the day; 0 in other comparisons.
    pub standards_due: u32,
}

/// The people still in post on a day, by what they had done by then.
///
/// # Errors
/// `NotApplicable` where nobody was, or all were of one group; for standards
/// where the day is not `STANDARDS_DAY` or different numbers were due.
pub fn landmark(people: &[Post], comparison: Comparison, day: u32) -> Result<Landmark, Unknown> {
    let none = |why: String| Err(Unknown::NotApplicable(why));
    let by_standards = comparison == Comparison::ByStandards;
    if by_standards && day != STANDARDS_DAY {
        return none(format!(
            "people are compared by standards on day {STANDARDS_DAY} only"
        ));
    }
    let Ok(at) = i32::try_from(day) else {
        return none(format!("nobody was still followed after day {day}"));
    };
    let mut made = Landmark {
        day,
        rows: Vec::new(),
        left_before: BTreeMap::new(),
        ended_before: 0,
        later: 0,
        set_aside: 0,
        standards_due: 0,
    };
    for (person, post) in people.iter().enumerate() {
        made.place(person, post, (comparison, at));
    }
    two_arms(&made.rows, || format!("after day {day}"))?;
    if by_standards {
        let mut due = made
            .rows
            .iter()
            .filter_map(|r| people.get(r.person))
            .map(|p| p.due().count());
        let first = due.next().unwrap_or(0);
        if due.any(|d| d != first) {
            return none(format!(
                "not the same number of standards was due for all by day {day}"
            ));
        }
        made.standards_due = u32::try_from(first).unwrap_or(u32::MAX);
    }
    Ok(made)
}

impl Landmark {
    fn place(&mut self, person: usize, post: &Post, asked: (Comparison, i32)) {
        let (comparison, at) = asked;
        let Some((from, to)) = post.span() else {
            self.set_aside += 1;
            return;
        };
        // Who is followed from the start is so from before day 0.
        let whole = |day: i32| u32::try_from(day).unwrap_or(0);
        let days = Followed {
            entry: whole(from),
            exit: whole(to),
            ending: post.ending,
        };
        match place(days, self.day) {
            Place::NeverFollowed => self.set_aside += 1,
            Place::NotYetThere => self.ended_before += 1,
            Place::LeftBefore => {
                let arm = post.arm(comparison, to);
                *self.left_before.entry(arm).or_default() += 1;
            }
            Place::InPost(_) | Place::Later(_) => {
                let began = post.since_when(comparison);
                self.later += u64::from(
                    comparison != Comparison::ByStandards
                        && began.is_some_and(|d| d > at && d <= to),
                );
                self.rows.push(Placed {
                    person,
                    arm: post.arm(comparison, at),
                    from: from.max(at),
                    to,
                    event: post.left(),
                });
            }
        }
    }
}
