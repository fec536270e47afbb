//! Where people are some days after they started: the same post, moved within,
//! bank only, elsewhere, left. Shares of the cohort in each state from
//! everyone's path, by Aalen and Johansen's product-integral. Never a count of
//! moves, and never a share where nobody was followed.

use super::product_integral::{Course, Moves, Shares, Stand};
use crate::domain::{Interval, Unknown};
use std::collections::BTreeMap;

/// Whether people are still followed in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// They are, and may move on.
    Followed,
    /// Nobody is followed once there, and nobody moves on from it.
    Final,
}

/// One unit's way through the states, in whole days since time zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// The day from which it is followed; 0 unless it entered late.
    pub entry: u32,
    /// The state it is in then.
    pub first: usize,
    /// Moves: the day and the state moved to, the days rising, at most one a
    /// day; after `entry`, or on day 0 where that is 0.
    pub moves: Vec<(u32, usize)>,
    /// The last day on which it was followed, or the day it moved to a final
    /// state.
    pub last: u32,
}

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenPath {
    /// It names a state that does not exist.
    NoSuchState(usize),
    /// It begins in a final state.
    BeginsAtTheEnd,
    /// The move of this day comes before or with the one before it, or before
    /// the unit was followed, or after its last day.
    OutOfOrder(u32),
    /// The move of this day leads where the unit already is.
    NoMove(u32),
    /// The move of this day leads out of a final state.
    AfterTheEnd(u32),
}

/// Paths added up by day.
#[derive(Clone, Debug)]
pub struct Paths {
    states: Vec<State>,
    days: BTreeMap<u32, Day>,
    never_followed: u64,
}

#[derive(Clone, Debug)]
struct Day {
    entered: Vec<u64>,
    /// By the state moved from, then the state moved to.
    moves: Vec<Vec<u64>>,
    ended: Vec<u64>,
}

impl Paths {
    /// No paths yet. State 0 is the one that people start in.
    #[must_use]
    pub fn new(states: &[State]) -> Self {
        Self {
            states: states.to_vec(),
            days: BTreeMap::new(),
            never_followed: 0,
        }
    }

    /// Adds a path. One that enters late and ends on that day is never at
    /// risk and only counted as such.
    ///
    /// # Errors
    /// Where the path cannot be; it is then not counted.
    pub fn follow(&mut self, path: &Path) -> Result<(), BrokenPath> {
        self.check(path)?;
        if path.entry > 0 && path.last <= path.entry {
            self.never_followed += 1;
            return Ok(());
        }
        self.day(path.entry).entered[path.first] += 1;
        let mut state = path.first;
        for (day, to) in &path.moves {
            self.day(*day).moves[state][*to] += 1;
            state = *to;
        }
        if self.states[state] == State::Followed {
            self.day(path.last).ended[state] += 1;
        }
        Ok(())
    }

    /// Paths that entered late and were never at risk.
    #[must_use]
    pub fn never_followed(&self) -> u64 {
        self.never_followed
    }

    fn check(&self, path: &Path) -> Result<(), BrokenPath> {
        let kind = |state: usize| {
            let found = self.states.get(state);
            found.copied().ok_or(BrokenPath::NoSuchState(state))
        };
        if kind(path.first)? == State::Final {
            return Err(BrokenPath::BeginsAtTheEnd);
        }
        let (mut state, mut earliest) = (path.first, Some(path.entry).filter(|e| *e > 0));
        for (day, to) in &path.moves {
            kind(*to)?;
            if earliest.is_some_and(|e| *day <= e) || *day > path.last {
                return Err(BrokenPath::OutOfOrder(*day));
            }
            if kind(state)? == State::Final {
                return Err(BrokenPath::AfterTheEnd(*day));
            }
            if state == *to {
                return Err(BrokenPath::NoMove(*day));
            }
            (state, earliest) = (*to, Some(*day));
        }
        if path.last < path.entry {
            return Err(BrokenPath::OutOfOrder(path.last));
        }
        Ok(())
    }

    fn day(&mut self, day: u32) -> &mut Day {
        let size = self.states.len();
        self.days.entry(day).or_insert_with(|| Day {
            entered: vec![0; size],
            moves: vec![vec![0; size]; size],
            ended: vec![0; size],
        })
    }
}

/// The share of the cohort in one state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateShare {
    /// From 0 to 1.
    pub estimate: f64,
    /// Its standard error (Greenwood's kind); none at 0% or 100% once people
    /// have moved.
    pub std_err: Option<f64>,
    /// Log-log limits, on the share for state 0 and on the rest for the
    /// others; Clopper-Pearson while nobody has gone from it or come to it.
    pub interval: Option<Interval>,
    /// Units at risk in the state on that day; 0 in a final one.
    pub at_risk: u64,
}

/// Where the cohort is on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct StateShares {
    /// Days since time zero.
    pub day: u32,
    /// By state; the estimates add to 1.
    pub states: Vec<StateShare>,
    /// The largest share that was ever, on a day before this, in states in
    /// which nobody was then followed, and so was taken to stay there.
    pub unseen: f64,
}

/// Fitted shares.
#[derive(Clone, Debug)]
pub struct Occupation {
    level: f64,
    states: Vec<State>,
    points: Vec<Point>,
    broken: Option<(u32, String)>,
}

#[derive(Clone, Debug)]
struct Point {
    day: u32,
    at_risk: Vec<u64>,
    at_risk_after: Vec<u64>,
    fewest: u64,
    shares: Shares,
    /// By state: whether anybody has come to it, or gone from state 0.
    touched: Vec<bool>,
    unseen: f64,
    unseen_after: f64,
}

impl Occupation {
    /// Fits the shares; `level` is that of their intervals.
    #[must_use]
    pub fn fit(paths: &Paths, level: f64) -> Self {
        let mut fitted = Self {
            level,
            states: paths.states.clone(),
            points: Vec::with_capacity(paths.days.len()),
            broken: None,
        };
        let start = paths.days.get(&0).map(|day| day.entered.clone());
        let Some((start, shares)) = start.and_then(|s| Shares::start(&s).map(|made| (s, made)))
        else {
            let why = if paths.days.is_empty() {
                "nobody was followed"
            } else {
                "nobody was followed from the start"
            };
            fitted.broken = Some((0, why.to_owned()));
            return fitted;
        };
        let mut now = Point {
            day: 0,
            // State 0 is full only where all start in it.
            touched: (0..start.len())
                .map(|state| match state {
                    0 => start.iter().skip(1).any(|n| *n > 0),
                    other => start[other] > 0,
                })
                .collect(),
            fewest: start.iter().sum(),
            at_risk: start.clone(),
            at_risk_after: start,
            shares,
            unseen: 0.0,
            unseen_after: 0.0,
        };
        let last = paths.days.last_key_value().map(|(day, _)| *day);
        for (day, row) in &paths.days {
            now = now.step(*day, row, &paths.states);
            let more = Some(*day) < last;
            let followed: u64 = now.at_risk_after.iter().sum();
            let over = now.followed_share(&paths.states) <= 0.0;
            if over && (followed > 0 || more) {
                let why = format!(
                    "everyone followed had left by day {day}, before others came to be followed"
                );
                fitted.broken = Some((*day, why));
                break;
            }
            fitted.points.push(now.clone());
            if followed == 0 && more {
                let from = day.saturating_add(1);
                fitted.broken = Some((from, format!("nobody was followed on day {from}")));
                break;
            }
        }
        fitted
    }

    /// Where the cohort is at the close of a day.
    ///
    /// # Errors
    /// `NotApplicable` where nobody was followed from the start to that day
    /// without a gap.
    pub fn at(&self, day: u32) -> Result<StateShares, Unknown> {
        if let Some((_, why)) = self.broken.as_ref().filter(|(from, _)| *from <= day) {
            return Err(Unknown::NotApplicable(why.clone()));
        }
        let index = self.points.partition_point(|p| p.day <= day);
        let point = index.checked_sub(1).and_then(|i| self.points.get(i));
        let found = point.map(|p| (p, p.at_risk_on(day))).filter(|(p, risk)| {
            risk.iter().sum::<u64>() > 0 || p.followed_share(&self.states) <= 0.0
        });
        let Some((point, at_risk)) = found else {
            let why = format!("nobody was followed as far as day {day}");
            return Err(Unknown::NotApplicable(why));
        };
        let own = point.day == day;
        Ok(StateShares {
            day,
            states: (0..self.states.len())
                .map(|state| self.write(point, state, at_risk))
                .collect(),
            unseen: if own {
                point.unseen
            } else {
                point.unseen_after
            },
        })
    }

    fn write(&self, point: &Point, state: usize, at_risk: &[u64]) -> StateShare {
        let stand = Stand {
            split: point.shares.split(state),
            variance: point.shares.variance(state),
            course: if state == 0 {
                Course::Leaves
            } else {
                Course::Fills
            },
            untouched: !point.touched[state],
            fewest: point.fewest.min(at_risk.iter().sum()),
        };
        StateShare {
            estimate: stand.split.0,
            std_err: stand.std_err(),
            interval: stand.interval(self.level),
            at_risk: at_risk[state],
        }
    }
}

impl Point {
    fn at_risk_on(&self, day: u32) -> &[u64] {
        if self.day == day {
            &self.at_risk
        } else {
            &self.at_risk_after
        }
    }

    /// The share in states in which people are followed.
    fn followed_share(&self, states: &[State]) -> f64 {
        let shares = self.shares.shares.iter().zip(states);
        shares
            .filter(|(_, s)| **s == State::Followed)
            .map(|(p, _)| p)
            .sum()
    }

    /// The point of the next day of the table.
    fn step(mut self, day: u32, row: &Day, states: &[State]) -> Self {
        let at_risk = self.at_risk_after;
        let moves: Vec<Moves<'_>> = row
            .moves
            .iter()
            .enumerate()
            .map(|(from, to)| Moves {
                from,
                at_risk: at_risk[from],
                to,
            })
            .collect();
        self.shares.step(&moves);
        let (mut after, mut touched) = (at_risk.clone(), self.touched);
        for (from, to) in row.moves.iter().enumerate() {
            for (state, count) in to.iter().enumerate().filter(|(_, count)| **count > 0) {
                after[from] = after[from].saturating_sub(*count);
                if states[state] == State::Followed {
                    after[state] += count;
                }
                touched[state] = true;
                touched[from] = true;
            }
        }
        for (state, n) in after.iter_mut().enumerate() {
            let came = if day == 0 { 0 } else { row.entered[state] };
            *n = n.saturating_sub(row.ended[state]) + came;
        }
        let unseen = self
            .shares
            .shares
            .iter()
            .zip(states)
            .zip(&after)
            .filter(|((_, state), n)| **state == State::Followed && **n == 0)
            .map(|((share, _), _)| *share)
            .sum::<f64>();
        Self {
            day,
            fewest: self.fewest.min(at_risk.iter().sum()),
            at_risk,
            at_risk_after: after,
            touched,
            unseen: self.unseen_after,
            unseen_after: self.unseen_after.max(unseen),
            ..self
        }
    }
}
