//! Rows into cells: one pass over rows in order of person, so that distinct
//! people are counted on the way. Never a rate.

use super::divide::{Divide, Way};
use super::rows::{Measures, Rows};
use staywise_core::domain::tally::{LifeDay, SCORE_ONE};
use staywise_core::domain::{Cell, Group, Level, LifeTable, Metric, Period, Tally, TallyTable};
use std::collections::BTreeMap;

/// The rows of one table: row numbers in order of person.
pub(super) struct Chosen<'a> {
    pub rows: &'a Rows,
    pub numbers: &'a [u32],
    /// The cell of every row of `rows`; none where there is one cell.
    pub cells: Option<&'a [u32]>,
    /// Marks of births and deaths in order of day, for curves.
    pub marks: &'a [Mark],
}

/// The start or end of one unit's follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub day: u32,
    pub row: u32,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Entered,
    Event,
    Ended,
}

/// What a table says beside its cells.
pub(super) struct Caption<'a> {
    pub metric: &'a Metric,
    pub period: &'a Period,
    pub item: Option<&'a str>,
    pub answers: &'a [Level],
    pub not_yet_due: Option<u64>,
}

/// The counts of one way's cells.
pub(super) struct Counted {
    pub tallies: Vec<Tally>,
    pub persons: Vec<u64>,
    /// Distinct people in all cells together.
    pub everyone: u64,
}

/// A tally of nothing.
pub(super) fn blank(measures: &Measures, answers: usize) -> Tally {
    let (n, sum, squares) = (0, 0, 0);
    match measures {
        Measures::Hit(_) => Tally::Proportion { n, hits: 0 },
        Measures::Score(_) => Tally::Mean { n, sum, squares },
        Measures::Level(_) => Tally::Distribution {
            counts: vec![0; answers],
        },
        Measures::Event => Tally::Event { n },
        Measures::Stay { .. } => Tally::Stock {
            opening: 0,
            closing: 0,
        },
        Measures::Exposure { .. } => Tally::Exposure {
            events: 0,
            person_days: 0,
        },
        Measures::Life { .. } => Tally::Survival(LifeTable::default()),
        Measures::Amount(_) => Tally::Sum { n, total: 0 },
        Measures::Change(_) => Tally::Paired { n, sum, squares },
    }
}

fn get<T: Copy + Default>(values: &[T], row: usize) -> T {
    values.get(row).copied().unwrap_or_default()
}

/// A square in fixed point, halves away from zero.
fn square(fixed: i64) -> i128 {
    let product = i128::from(fixed) * i128::from(fixed);
    (product + SCORE_ONE / 2) / SCORE_ONE
}

/// Adds one row to its cell's tally.
fn add(tally: &mut Tally, measures: &Measures, row: usize) {
    match (tally, measures) {
        (Tally::Proportion { n, hits }, Measures::Hit(hit)) => {
            *n += 1;
            *hits += u64::from(get(hit, row));
        }
        (Tally::Mean { n, sum, squares }, Measures::Score(values))
        | (Tally::Paired { n, sum, squares }, Measures::Change(values)) => {
            let value = get(values, row);
            *n += 1;
            *sum += i128::from(value);
            *squares += square(value);
        }
        (Tally::Distribution { counts }, Measures::Level(levels)) => {
            let level = usize::try_from(get(levels, row)).ok();
            if let Some(count) = level.and_then(|l| counts.get_mut(l)) {
                *count += 1;
            }
        }
        (Tally::Event { n }, Measures::Event) => *n += 1,
        (
            Tally::Exposure {
                events,
                person_days,
            },
            Measures::Exposure { events: e, days },
        ) => {
            *events = events.saturating_add(get(e, row));
            *person_days = person_days.saturating_add(get(days, row));
        }
        (Tally::Sum { n, total }, Measures::Amount(amounts)) => {
            *n += 1;
            *total += i128::from(get(amounts, row));
        }
        // Curves are counted by day, stocks by date, elsewhere.
        _ => {}
    }
}

impl Chosen<'_> {
    fn cell(&self, row: usize) -> usize {
        let code = self.cells.map_or(0, |cells| get(cells, row));
        usize::try_from(code).unwrap_or(usize::MAX)
    }

    /// Counts the chosen rows into `size` cells.
    pub(super) fn count(&self, size: usize, answers: usize) -> Counted {
        let blank = blank(&self.rows.measures, answers);
        let mut counted = Counted {
            tallies: vec![blank; size],
            persons: vec![0; size],
            everyone: 0,
        };
        let mut last = vec![u32::MAX; size];
        let mut last_of_all = u32::MAX;
        for number in self.numbers {
            let row = usize::try_from(*number).unwrap_or(usize::MAX);
            let cell = self.cell(row);
            let person = get(&self.rows.person, row);
            if let Some(tally) = counted.tallies.get_mut(cell) {
                add(tally, &self.rows.measures, row);
            }
            if let (Some(last), Some(persons)) = (last.get_mut(cell), counted.persons.get_mut(cell))
                && *last != person
            {
                *last = person;
                *persons += 1;
            }
            if last_of_all != person {
                last_of_all = person;
                counted.everyone += 1;
            }
        }
        if matches!(self.rows.measures, Measures::Life { .. }) {
            counted.tallies = self.lives(size);
        }
        counted
    }

    fn lives(&self, size: usize) -> Vec<Tally> {
        let mut days: Vec<Vec<(u32, LifeDay)>> = vec![Vec::new(); size];
        for mark in self.marks {
            let row = usize::try_from(mark.row).unwrap_or(usize::MAX);
            let Some(days) = days.get_mut(self.cell(row)) else {
                continue;
            };
            if days.last().is_none_or(|(day, _)| *day != mark.day) {
                days.push((mark.day, LifeDay::default()));
            }
            if let Some((_, day)) = days.last_mut() {
                match mark.what {
                    What::Entered => day.entered += 1,
                    What::Event => day.events += 1,
                    What::Ended => day.ended += 1,
                }
            }
        }
        let table = |days: Vec<(u32, LifeDay)>| {
            let days: BTreeMap<u32, LifeDay> = days.into_iter().collect();
            Tally::Survival(LifeTable { days })
        };
        days.into_iter().map(table).collect()
    }
}

/// The marks of rows, in order of day.
pub(super) fn marks(rows: &Rows, numbers: &[u32]) -> Vec<Mark> {
    let Measures::Life { entry, exit, event } = &rows.measures else {
        return Vec::new();
    };
    let mut all: Vec<Mark> = numbers
        .iter()
        .flat_map(|number| {
            let row = usize::try_from(*number).unwrap_or(usize::MAX);
            let what = match get(event, row) {
                true => What::Event,
                false => What::Ended,
            };
            let mark = |day, what| Mark {
                day,
                row: *number,
                what,
            };
            [
                mark(get(entry, row), What::Entered),
                mark(get(exit, row), what),
            ]
        })
        .collect();
    all.sort_unstable();
    all
}

/// A table of what was counted: every cell, and their sum.
pub(super) fn table(
    divide: &Divide<'_>,
    way: &Way,
    caption: &Caption<'_>,
    counted: Counted,
) -> TallyTable {
    let cells: Vec<Cell> = divide
        .groups(way)
        .into_iter()
        .zip(counted.tallies.into_iter().zip(counted.persons))
        .map(|(group, (tally, persons))| Cell {
            group,
            tally,
            persons: Some(persons),
        })
        .collect();
    let mut sum = cells.first().map(|c| c.tally.clone());
    for cell in cells.iter().skip(1) {
        // Cells of one table are of one kind.
        let _same_kind = sum.as_mut().map(|s| s.add(&cell.tally));
    }
    TallyTable {
        metric: caption.metric.clone(),
        period: caption.period.clone(),
        dimensions: divide.dimensions(way),
        item: caption.item.map(str::to_owned),
        answers: caption.answers.to_vec(),
        total: Cell {
            group: Group::everyone(),
            tally: sum.unwrap_or(Tally::Event { n: 0 }),
            persons: Some(counted.everyone),
        },
        cells,
        not_yet_due: caption.not_yet_due,
    }
}
