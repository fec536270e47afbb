//! Why people go, over time: Aalen and Johansen's cumulative incidence of
//! several causes, with late entry. Never one less a curve made by treating the
//! other causes as ends of follow-up: that answers what would happen if nobody
//! ever went for another reason.

use super::product_integral::{Course, Moves, Shares, Stand};
use super::survival::{KaplanMeier, Step};
use crate::domain::tally::{Ending, LifeDay};
use crate::domain::{Interval, LifeTable, Unknown};
use std::collections::BTreeMap;

/// Entries, events by cause and ends of follow-up by whole days since time
/// zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CauseTable {
    all: LifeTable,
    by_cause: BTreeMap<u32, Vec<u64>>,
    causes: usize,
}

impl CauseTable {
    /// An empty table of causes numbered from 0 to `causes - 1`.
    #[must_use]
    pub fn new(causes: usize) -> Self {
        Self {
            causes,
            ..Self::default()
        }
    }

    /// Counts one unit followed from `entry` to `exit` days, that went at
    /// `exit` for this cause, or had not gone when the data end. Late entry as
    /// in `LifeTable::follow`.
    ///
    /// # Errors
    /// Where there is no such cause; the unit is then not counted.
    pub fn follow(
        &mut self,
        entry: u32,
        exit: u32,
        cause: Option<usize>,
    ) -> Result<(), NoSuchCause> {
        let Some(cause) = cause else {
            self.all.follow(entry, exit, Ending::StillFollowed);
            return Ok(());
        };
        if cause >= self.causes {
            return Err(NoSuchCause(cause));
        }
        if entry > 0 && exit <= entry {
            return Ok(());
        }
        self.all.follow(entry, exit, Ending::Event);
        let day = self.by_cause.entry(exit).or_default();
        day.resize(self.causes, 0);
        if let Some(count) = day.get_mut(cause) {
            *count += 1;
        }
        Ok(())
    }

    /// The same people with all causes as one event.
    #[must_use]
    pub fn all_causes(&self) -> &LifeTable {
        &self.all
    }
}

/// A cause outside the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchCause(pub usize);

/// How many have gone for one cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CauseShare {
    /// The share gone for this cause, of all who started.
    pub estimate: f64,
    /// Its standard error (Greenwood's kind); none at 100%.
    pub std_err: Option<f64>,
    /// Log-log limits on the share not gone for this cause; Clopper-Pearson
    /// while nobody has; none at 100%.
    pub interval: Option<Interval>,
    /// Events of this cause so far.
    pub events: u64,
}

/// All causes on one day. The causes' estimates and the share still there add
/// to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidence {
    /// The share that has gone for no cause: Kaplan and Meier's.
    pub still_there: Step,
    /// By cause, in the table's order.
    pub causes: Vec<CauseShare>,
}

/// Fitted cumulative incidences.
#[derive(Clone, Debug)]
pub struct CumulativeIncidence {
    level: f64,
    all: KaplanMeier,
    points: Vec<Point>,
}

#[derive(Clone, Debug)]
struct Point {
    day: u32,
    at_risk_after: u64,
    fewest: u64,
    /// State 0 is still there; state k + 1 is gone for cause k.
    shares: Shares,
    events: Vec<u64>,
}

impl CumulativeIncidence {
    /// Fits the incidences; `level` is that of their intervals.
    #[must_use]
    pub fn fit(table: &CauseTable, level: f64) -> Self {
        let all = KaplanMeier::fit(&table.all, level);
        let mut fitted = Self {
            level,
            all,
            points: Vec::with_capacity(table.all.days.len()),
        };
        let start = table.all.days.get(&0).map_or(0, |row| row.entered);
        let mut counts = vec![0; table.causes + 1];
        counts[0] = start;
        let Some(shares) = Shares::start(&counts) else {
            return fitted;
        };
        let mut now = Point {
            day: 0,
            at_risk_after: start,
            fewest: start,
            shares,
            events: vec![0; table.causes],
        };
        for (day, row) in &table.all.days {
            now = now.step(*day, *row, table.by_cause.get(day).map(Vec::as_slice));
            fitted.points.push(now.clone());
        }
        fitted
    }

    /// The shares at the close of a day.
    ///
    /// # Errors
    /// As `KaplanMeier::at`: `NotApplicable` where nobody was followed from
    /// the start to that day without a gap.
    pub fn at(&self, day: u32) -> Result<Incidence, Unknown> {
        let still_there = self.all.at(day)?;
        let index = self.points.partition_point(|p| p.day <= day);
        let point = index.checked_sub(1).and_then(|i| self.points.get(i));
        let Some(point) = point else {
            return Err(Unknown::NotApplicable("nobody was followed".to_owned()));
        };
        let fewest = point.fewest.min(still_there.at_risk);
        let causes = point.events.iter().enumerate().map(|(cause, events)| {
            let stand = Stand {
                split: point.shares.split(cause + 1),
                variance: point.shares.variance(cause + 1),
                course: Course::Fills,
                untouched: *events == 0,
                fewest,
            };
            CauseShare {
                estimate: stand.split.0,
                std_err: stand.std_err(),
                interval: stand.interval(self.level),
                events: *events,
            }
        });
        Ok(Incidence {
            causes: causes.collect(),
            still_there,
        })
    }

    /// The days on which somebody went or was last followed, in order.
    pub fn days(&self) -> impl Iterator<Item = u32> {
        self.all.steps().into_iter().map(|step| step.day)
    }
}

impl Point {
    fn step(mut self, day: u32, row: LifeDay, causes: Option<&[u64]>) -> Self {
        let at_risk = self.at_risk_after;
        if let Some(causes) = causes {
            let mut to = vec![0];
            to.extend_from_slice(causes);
            self.shares.step(&[Moves {
                from: 0,
                at_risk,
                to: &to,
            }]);
            for (sum, count) in self.events.iter_mut().zip(causes) {
                *sum += count;
            }
        }
        let came = if day == 0 { 0 } else { row.entered };
        Self {
            day,
            at_risk_after: at_risk.saturating_sub(row.events).saturating_sub(row.ended) + came,
            fewest: self.fewest.min(at_risk),
            ..self
        }
    }
}
