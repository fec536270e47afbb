//! Exposure that begins when it begins: each person is without the programme
//! up to the day they had it, and with it after. Never counts time before
//! that day for the programme.

use super::{Comparison, Placed, Post};
use crate::domain::Unknown;

/// Everyone's time, in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Varying {
    /// One or two for each person: arm 0 up to the day of enrolment or
    /// completion and on it, arm 1 after.
    pub rows: Vec<Placed>,
    /// People.
    pub people: u64,
    /// People who changed from arm 0 to arm 1 while followed.
    pub changed: u64,
    /// People who had it from when they were first followed.
    pub throughout: u64,
    /// People without a day of follow-up.
    pub set_aside: u64,
}

/// Everyone's time without and with the programme.
///
/// # Errors
/// `NotApplicable` by standards, where nobody was followed, or where nobody
/// was followed without it or with it.
pub fn varying(people: &[Post], comparison: Comparison) -> Result<Varying, Unknown> {
    let none = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
    if comparison == Comparison::ByStandards {
        return none("standards are compared among those still in post on a day only");
    }
    let mut made = Varying {
        rows: Vec::new(),
        people: 0,
        changed: 0,
        throughout: 0,
        set_aside: 0,
    };
    for (person, post) in people.iter().enumerate() {
        made.place(person, post, comparison);
    }
    let arms = [0, 1].map(|arm| made.rows.iter().any(|r| r.arm == arm));
    match arms {
        [false, false] => none("nobody was followed"),
        [false, true] => none("nobody was followed without the programme"),
        [true, false] => none("nobody was followed with the programme"),
        [true, true] => Ok(made),
    }
}

impl Varying {
    fn place(&mut self, person: usize, post: &Post, comparison: Comparison) {
        let Some((from, to)) = post.span() else {
            self.set_aside += 1;
            return;
        };
        self.people += 1;
        let mut part = |arm, from, to, event| {
            self.rows.push(Placed {
                person,
                arm,
                from,
                to,
                event,
            });
        };
        let left = post.left();
        match post.since_when(comparison) {
            // Who has it on day 0 has it on the whole of day 0.
            Some(day) if day <= from.max(0) => {
                part(1, from, to, left);
                self.throughout += 1;
            }
            Some(day) if day < to => {
                part(0, from, day, false);
                part(1, day, to, left);
                self.changed += 1;
            }
            _ => part(0, from, to, left),
        }
    }
}
