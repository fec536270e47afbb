//! Rows into cells: one pass over rows in order of person, so that distinct
//! people are counted on the way. Never a rate.

use super::divide::{Divide, Way};
use super::rows::{Measures, Rows};
use staywise_core::domain::tally::{LifeDay, SCORE_ONE};
use staywise_core::domain::{Cell, Group, Level, LifeTable, Metric, Period, Tally, TallyTable};
use std::collections::BTreeMap;

/// Row numbers in order of person.
pub(super) struct Numbers {
    rows: Vec<u32>,
    /// Whether no person has two of them.
    distinct: bool,
}

impl Numbers {
    pub(super) fn new(of: &Rows, rows: Vec<u32>) -> Self {
        let person = |number: Option<&u32>| {
            let row = usize::try_from(*number?).ok()?;
            of.person.get(row)
        };
        let twice = |pair: &[u32]| person(pair.first()) == person(pair.last());
        Self {
            distinct: !rows.windows(2).any(twice),
            rows,
        }
    }
}

/// The rows of one table.
pub(super) struct Chosen<'a> {
    pub rows: &'a Rows,
    pub numbers: &'a Numbers,
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

/// A tally of nothing, for the kinds that are added row by row.
fn blank(measures: &Measures) -> Tally {
    let (n, sum, squares) = (0, 0, 0);
    match measures {
        Measures::Score(_) => Tally::Mean { n, sum, squares },
        Measures::Change(_) => Tally::Paired { n, sum, squares },
        Measures::Exposure { .. } => Tally::Exposure {
            events: 0,
            person_days: 0,
        },
        Measures::Amount(_) => Tally::Sum { n, total: 0 },
        _ => Tally::Event { n },
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
        (Tally::Mean { n, sum, squares }, Measures::Score(values))
        | (Tally::Paired { n, sum, squares }, Measures::Change(values)) => {
            let value = get(values, row);
            *n += 1;
            *sum += i128::from(value);
            *squares += square(value);
        }
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
        // The other kinds are counted otherwise.
        _ => {}
    }
}

impl Chosen<'_> {
    fn cell(&self, row: usize) -> usize {
        let code = self.cells.map_or(0, |cells| get(cells, row));
        usize::try_from(code).unwrap_or(usize::MAX)
    }

    fn each(&self) -> impl Iterator<Item = usize> {
        let numbers = self.numbers.rows.iter();
        numbers.map(|number| usize::try_from(*number).unwrap_or(usize::MAX))
    }

    /// Counts the chosen rows into `size` cells.
    pub(super) fn count(&self, size: usize, answers: usize) -> Counted {
        let tallies = match &self.rows.measures {
            Measures::Hit(hit) => self
                .histogram((size, 2), |row| usize::from(get(hit, row)))
                .chunks(2)
                .map(|counts| Tally::Proportion {
                    n: counts.iter().sum(),
                    hits: get(counts, 1),
                })
                .collect(),
            Measures::Level(levels) => {
                let level = |row| usize::try_from(get(levels, row)).unwrap_or(usize::MAX);
                let counts = self.histogram((size, answers), level);
                let of = |cell: usize| counts.get(cell * answers..(cell + 1) * answers);
                (0..size)
                    .map(|cell| Tally::Distribution {
                        counts: of(cell).unwrap_or(&[]).to_vec(),
                    })
                    .collect()
            }
            Measures::Event => {
                let counts = self.histogram((size, 1), |_| 0).into_iter();
                counts.map(|n| Tally::Event { n }).collect()
            }
            Measures::Life { .. } => self.lives(size),
            other => {
                let mut tallies = vec![blank(other); size];
                for row in self.each() {
                    if let Some(tally) = tallies.get_mut(self.cell(row)) {
                        add(tally, other, row);
                    }
                }
                tallies
            }
        };
        let (persons, everyone) = match self.heads(&tallies) {
            Some(counted) => counted,
            None => self.persons(size),
        };
        Counted {
            tallies,
            persons,
            everyone,
        }
    }

    /// How many rows of each cell have each small value: `shape` is how many
    /// cells and values there are.
    fn histogram(&self, shape: (usize, usize), value: impl Fn(usize) -> usize) -> Vec<u64> {
        let (size, width) = shape;
        let mut counts = vec![0; size * width];
        for row in self.each() {
            let place = self
                .cell(row)
                .saturating_mul(width)
                .saturating_add(value(row));
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        counts
    }

    /// Distinct people in each cell and in all, where each row is of another
    /// and the tallies have counted the rows; nothing else says.
    fn heads(&self, tallies: &[Tally]) -> Option<(Vec<u64>, u64)> {
        if !self.numbers.distinct {
            return None;
        }
        let head = |tally: &Tally| match tally {
            Tally::Proportion { n, .. } | Tally::Event { n } => Some(*n),
            Tally::Distribution { counts } => Some(counts.iter().sum()),
            _ => None,
        };
        let persons: Vec<u64> = tallies.iter().map(head).collect::<Option<_>>()?;
        let everyone = persons.iter().sum();
        Some((persons, everyone))
    }

    /// Distinct people in each cell and in all.
    fn persons(&self, size: usize) -> (Vec<u64>, u64) {
        if self.numbers.distinct {
            let persons = self.histogram((size, 1), |_| 0);
            let everyone = persons.iter().sum();
            return (persons, everyone);
        }
        let (mut persons, mut everyone) = (vec![0; size], 0);
        let (mut last, mut last_of_all) = (vec![u32::MAX; size], u32::MAX);
        for row in self.each() {
            let person = get(&self.rows.person, row);
            everyone += u64::from(std::mem::replace(&mut last_of_all, person) != person);
            let cell = self.cell(row);
            if let (Some(last), Some(count)) = (last.get_mut(cell), persons.get_mut(cell)) {
                *count += u64::from(std::mem::replace(last, person) != person);
            }
        }
        (persons, everyone)
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
