//! Exact counts: what a query's rows add up to for one group in one period.
//! Integers only, so sums are exact in any order; never a rate, never an
//! interval.

use super::{Dimension, Group, Level, Metric, Period};
use std::collections::BTreeMap;

/// Fixed-point scale of score sums: a score of 1 is stored as this many.
pub const SCORE_ONE: i128 = 1_000_000_000;

/// The exact, additive counts of one group in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tally {
    /// Units, and those of them that hit.
    Proportion {
        /// Units with a valid measure.
        n: u64,
        /// Units that hit.
        hits: u64,
    },
    /// Scores, as fixed-point sums (`SCORE_ONE` to a point; squares to
    /// `SCORE_ONE` too).
    Mean {
        /// Units with a score.
        n: u64,
        /// Sum of scores.
        sum: i128,
        /// Sum of squared scores.
        squares: i128,
    },
    /// Units by answer level, in the table's answer order.
    Distribution {
        /// Units at each level.
        counts: Vec<u64>,
    },
    /// Things that happened in the period.
    Event {
        /// How many.
        n: u64,
    },
    /// Who is there.
    Stock {
        /// At the close of the day before the period.
        opening: u64,
        /// At the close of the period's last day.
        closing: u64,
    },
    /// Who is there, and how much of something they have between them, as
    /// full-time equivalents in thousandths.
    Amounts {
        /// Units at the close of the day before the period.
        opening: u64,
        /// Units at the close of the period's last day.
        closing: u64,
        /// What those at the opening have.
        opening_amount: u64,
        /// What those at the closing have.
        closing_amount: u64,
    },
    /// Events over time at risk.
    Exposure {
        /// Events.
        events: u64,
        /// Days at risk, added over people.
        person_days: u64,
    },
    /// Entries, events and ends of follow-up by day since time zero.
    Survival(LifeTable),
    /// A total.
    Sum {
        /// Units added.
        n: u64,
        /// Total, in the metric's integer unit.
        total: i128,
    },
    /// Two measures of the same unit, as sums of the change (fixed point as
    /// in `Mean`).
    Paired {
        /// Units with both measures.
        n: u64,
        /// Sum of after less before.
        sum: i128,
        /// Sum of its square.
        squares: i128,
    },
    /// A count over a composition of counts: `numerator / (denominator /
    /// parts)`; a mean of two headcounts has `parts` 2.
    Ratio {
        /// Events above the line.
        numerator: u64,
        /// Sum of the counts below the line.
        denominator: u64,
        /// How many counts were added below the line.
        parts: u64,
        /// The smallest single count that went in above or below the line
        /// (zeros apart), which disclosure judges it by; 0 if all are 0.
        smallest: u64,
    },
    /// The same of amounts, as leavers' full-time equivalents over a mean of
    /// those in post: what is above and below the line counts no units.
    AmountRatio {
        /// Amount above the line.
        numerator: u64,
        /// Sum of the amounts below the line.
        denominator: u64,
        /// How many amounts were added below the line.
        parts: u64,
        /// The fewest people behind any amount that went in (zeros apart).
        smallest: u64,
    },
}

impl Tally {
    /// The count that a threshold is held against when distinct people are
    /// not known: valid answers, events, people in post. For a stock the
    /// smaller of the two dates that is not zero.
    #[must_use]
    pub fn base(&self) -> u64 {
        match self {
            Self::Proportion { n, .. }
            | Self::Mean { n, .. }
            | Self::Event { n }
            | Self::Sum { n, .. }
            | Self::Paired { n, .. } => *n,
            Self::Distribution { counts } => counts.iter().sum(),
            Self::Stock { opening, closing }
            | Self::Amounts {
                opening, closing, ..
            } => match (*opening, *closing) {
                (0, n) | (n, 0) => n,
                (a, b) => a.min(b),
            },
            Self::Exposure { events, .. } => *events,
            Self::Survival(table) => table.entered(),
            Self::Ratio { smallest, .. } | Self::AmountRatio { smallest, .. } => *smallest,
        }
    }

    /// Adds another group's counts of the same kind. Different kinds, or
    /// distributions of different length, leave this unchanged and say so.
    ///
    /// # Errors
    /// `KindMismatch` where the two cannot be added.
    pub fn add(&mut self, other: &Self) -> Result<(), KindMismatch> {
        match (self, other) {
            (Self::Proportion { n, hits }, Self::Proportion { n: m, hits: h }) => {
                *n += m;
                *hits += h;
            }
            (Self::Distribution { counts }, Self::Distribution { counts: c })
                if counts.len() == c.len() =>
            {
                for (a, b) in counts.iter_mut().zip(c) {
                    *a += b;
                }
            }
            (Self::Event { n }, Self::Event { n: m }) => *n += m,
            (
                Self::Exposure {
                    events,
                    person_days,
                },
                Self::Exposure {
                    events: e,
                    person_days: d,
                },
            ) => {
                *events += e;
                *person_days += d;
            }
            (Self::Survival(a), Self::Survival(b)) => a.add(b),
            (mine, other) => return mine.add_sums(other),
        }
        Ok(())
    }

    /// What `add` does for sums of scores and amounts.
    fn add_sums(&mut self, other: &Self) -> Result<(), KindMismatch> {
        match (self, other) {
            (
                Self::Mean { n, sum, squares },
                Self::Mean {
                    n: m,
                    sum: s,
                    squares: q,
                },
            )
            | (
                Self::Paired { n, sum, squares },
                Self::Paired {
                    n: m,
                    sum: s,
                    squares: q,
                },
            ) => {
                *n += m;
                *sum += s;
                *squares += q;
            }
            (Self::Sum { n, total }, Self::Sum { n: m, total: t }) => {
                *n += m;
                *total += t;
            }
            (mine, other) => return mine.add_people(other),
        }
        Ok(())
    }

    /// What `add` does for who is there on two days.
    fn add_people(&mut self, other: &Self) -> Result<(), KindMismatch> {
        match (self, other) {
            (
                Self::Stock { opening, closing },
                Self::Stock {
                    opening: o,
                    closing: c,
                },
            ) => {
                *opening += o;
                *closing += c;
            }
            (
                Self::Amounts {
                    opening,
                    closing,
                    opening_amount,
                    closing_amount,
                },
                Self::Amounts {
                    opening: o,
                    closing: c,
                    opening_amount: before,
                    closing_amount: after,
                },
            ) => {
                *opening += o;
                *closing += c;
                *opening_amount += before;
                *closing_amount += after;
            }
            _ => return Err(KindMismatch),
        }
        Ok(())
    }
}

/// Two tallies of different kinds were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindMismatch;

/// What happened on one day since time zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LifeDay {
    /// Units first followed from this day (0 unless they entered late).
    pub entered: u64,
    /// Units whose event fell on this day.
    pub events: u64,
    /// Units last followed on this day, without the event.
    pub ended: u64,
}

/// Entries, events and ends of follow-up by whole days since time zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeTable {
    /// By day; days on which nothing happened are absent.
    pub days: BTreeMap<u32, LifeDay>,
}

impl LifeTable {
    /// Counts one unit followed from `entry` to `exit` days, with its event
    /// at `exit` or not. A unit that enters late is at risk only after its
    /// entry day, so one that goes on or before that day is never at risk and
    /// is not counted; one that enters at day 0 always is.
    pub fn follow(&mut self, entry: u32, exit: u32, event: Ending) {
        if entry > 0 && exit <= entry {
            return;
        }
        self.days.entry(entry).or_default().entered += 1;
        let day = self.days.entry(exit).or_default();
        match event {
            Ending::Event => day.events += 1,
            Ending::StillFollowed => day.ended += 1,
        }
    }

    /// Units ever followed.
    #[must_use]
    pub fn entered(&self) -> u64 {
        self.days.values().map(|d| d.entered).sum()
    }

    /// Events ever seen.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.days.values().map(|d| d.events).sum()
    }

    fn add(&mut self, other: &Self) {
        for (day, row) in &other.days {
            let mine = self.days.entry(*day).or_default();
            mine.entered += row.entered;
            mine.events += row.events;
            mine.ended += row.ended;
        }
    }
}

/// How a unit's follow-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The event happened.
    Event,
    /// It had not happened when the data end.
    StillFollowed,
}

/// One group's tally.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whom it counts.
    pub group: Group,
    /// The counts.
    pub tally: Tally,
    /// Distinct people behind them, where people are known.
    pub persons: Option<u64>,
}

impl Cell {
    /// What a threshold is held against: distinct people where known, else
    /// the base; the smaller of the two where both are.
    #[must_use]
    pub fn people(&self) -> u64 {
        let base = self.tally.base();
        self.persons.map_or(base, |p| p.min(base))
    }
}

/// One metric, one period, one way of dividing people (or none), one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyTable {
    /// What is measured.
    pub metric: Metric,
    /// When.
    pub period: Period,
    /// None, one, or a pair of dimensions.
    pub dimensions: Vec<Dimension>,
    /// The item, for a metric that is counted item by item.
    pub item: Option<String>,
    /// The answers in scale order, for a distribution.
    pub answers: Vec<Level>,
    /// A cell a group: exactly one (everyone) where there are no dimensions.
    /// Every level that occurs anywhere in the study has its cell, empty ones
    /// too, in the dimension's order.
    pub cells: Vec<Cell>,
    /// Everyone, whatever the dimensions.
    pub total: Cell,
    /// Units in the period that are not yet due and so in no cell.
    pub not_yet_due: Option<u64>,
}
