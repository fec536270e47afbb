//! Who is there at a date: stocks at the close of days, each date counted
//! once however many periods share it. Levels are those of that date.

use super::count::{Caption, Counted, table};
use super::divide::{Divide, Way};
use super::rows::{Measures, Rows};
use super::slice::Wanted;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Day, Metric, Period, Tally, TallyTable};
use std::collections::BTreeMap;

/// Units and distinct people.
#[derive(Clone, Copy, Default)]
struct Count {
    units: u64,
    persons: u64,
    amount: u64,
}

/// The close of one day, by way: a count a cell, and everyone's. None for a
/// pair that nobody asked for on that day.
type Close = Vec<Option<(Vec<Count>, Count)>>;

/// Those there on a day, in the order of their rows.
struct There {
    persons: Vec<u32>,
    /// What each has of what is measured; empty where nothing is.
    amounts: Vec<u64>,
    /// Whether nobody is there twice.
    once: bool,
}

impl There {
    /// Heads by cell, where each is one person and nothing is measured.
    fn heads(&self, size: usize, cells: Option<&[u32]>) -> (Vec<Count>, Count) {
        let all = u64::try_from(self.persons.len()).unwrap_or(u64::MAX);
        let mut heads = vec![0_u64; size];
        match cells {
            Some(cells) => {
                for cell in cells {
                    let cell = usize::try_from(*cell).unwrap_or(usize::MAX);
                    if let Some(head) = heads.get_mut(cell) {
                        *head += 1;
                    }
                }
            }
            None => heads.iter_mut().take(1).for_each(|head| *head = all),
        }
        let count = |n: u64| Count {
            units: n,
            persons: n,
            amount: 0,
        };
        (heads.into_iter().map(count).collect(), count(all))
    }
}

/// A stock and how it is divided.
pub(super) struct Stock<'a> {
    pub metric: &'a Metric,
    pub rows: &'a Rows,
    pub divide: &'a Divide<'a>,
    pub as_at: Day,
}

impl Stock<'_> {
    /// Its tables, by period and way.
    pub(super) fn tables(&self, wanted: &[Wanted]) -> Vec<TallyTable> {
        let mut asked: BTreeMap<i32, bool> = BTreeMap::new();
        for want in wanted {
            let (opening, closing) = self.dates(&want.period);
            for day in opening.into_iter().chain([closing]) {
                *asked.entry(day).or_default() |= want.pairs;
            }
        }
        let close = |(day, pairs)| (day, self.close(day, pairs));
        let closes: BTreeMap<i32, Close> = asked.into_par_iter().map(close).collect();
        let of_period = |want| self.of_period(&closes, want);
        wanted.iter().flat_map(of_period).collect()
    }

    /// The close of the day before the period, none for everything, and the
    /// close of its last day; never past the as-at date.
    fn dates(&self, period: &Period) -> (Option<i32>, i32) {
        let latest = self.as_at.0;
        let opening = period.start.plus(-1).0.min(latest);
        let closing = period.last().0.min(latest);
        ((period.shape != Shape::All).then_some(opening), closing)
    }

    fn close(&self, day: i32, pairs: bool) -> Close {
        let Measures::Stay { from, to, .. } = &self.rows.measures else {
            return Vec::new();
        };
        let there = from.iter().zip(to).enumerate();
        let there: Vec<u32> = there
            .filter(|(_, (from, to))| **from <= day && day < **to)
            .filter_map(|(row, _)| u32::try_from(row).ok())
            .collect();
        let codes = self.divide.codes_on(&there, day);
        let there = self.there(&there);
        let ways = self.divide.ways.iter();
        ways.map(|way| {
            let asked = pairs || way.axes.len() < 2;
            asked.then(|| {
                let cells = self.divide.cells(way, &codes);
                self.count(way.size, &there, cells.as_deref())
            })
        })
        .collect()
    }

    /// Those there on a day, as they are counted.
    fn there(&self, rows: &[u32]) -> There {
        let place = |row: &u32| usize::try_from(*row).unwrap_or(usize::MAX);
        let person = |row: &u32| self.rows.person.get(place(row)).copied();
        let persons: Vec<u32> = rows.iter().filter_map(person).collect();
        There {
            // A person's rows stand together.
            once: persons.windows(2).all(|pair| pair[0] != pair[1]),
            amounts: match self.is_measured() {
                true => rows.iter().map(|row| self.amount(place(row))).collect(),
                false => Vec::new(),
            },
            persons,
        }
    }

    fn count(&self, size: usize, there: &There, cells: Option<&[u32]>) -> (Vec<Count>, Count) {
        if there.once && there.amounts.is_empty() {
            return there.heads(size, cells);
        }
        let mut counts = vec![Count::default(); size];
        let mut last = vec![u32::MAX; size];
        let (mut everyone, mut last_of_all) = (Count::default(), u32::MAX);
        for (place, person) in there.persons.iter().copied().enumerate() {
            let cell = cells.and_then(|c| c.get(place)).copied().unwrap_or(0);
            let cell = usize::try_from(cell).unwrap_or(usize::MAX);
            let amount = there.amounts.get(place).copied().unwrap_or(0);
            everyone.units += 1;
            everyone.amount += amount;
            everyone.persons += u64::from(std::mem::replace(&mut last_of_all, person) != person);
            if let (Some(count), Some(last)) = (counts.get_mut(cell), last.get_mut(cell)) {
                count.units += 1;
                count.amount += amount;
                count.persons += u64::from(std::mem::replace(last, person) != person);
            }
        }
        (counts, everyone)
    }

    fn amount(&self, row: usize) -> u64 {
        match &self.rows.measures {
            Measures::Stay { amount, .. } => amount.get(row).copied().unwrap_or(0),
            _ => 0,
        }
    }

    fn is_measured(&self) -> bool {
        matches!(&self.rows.measures, Measures::Stay { amount, .. } if !amount.is_empty())
    }

    fn of_period(&self, closes: &BTreeMap<i32, Close>, want: &Wanted) -> Vec<TallyTable> {
        let (opening, closing) = self.dates(&want.period);
        let caption = Caption {
            metric: self.metric,
            period: &want.period,
            item: None,
            answers: &[],
            not_yet_due: None,
        };
        let ways = self.divide.ways.iter().enumerate();
        ways.filter(|(_, way)| want.pairs || way.axes.len() < 2)
            .filter_map(|(place, way)| {
                let at = |day: i32| closes.get(&day)?.get(place)?.as_ref();
                let after = at(closing)?;
                let before = opening.and_then(at);
                let counted = self.both(way, before, after);
                Some(table(self.divide, way, &caption, counted))
            })
            .collect()
    }

    fn both(
        &self,
        way: &Way,
        before: Option<&(Vec<Count>, Count)>,
        after: &(Vec<Count>, Count),
    ) -> Counted {
        let everyone = before.map_or(0, |(_, all)| all.persons);
        let before = |cell: usize| {
            let count = before.and_then(|(cells, _)| cells.get(cell));
            count.copied().unwrap_or_default()
        };
        let after_of = |cell: usize| after.0.get(cell).copied().unwrap_or_default();
        let measured = self.is_measured();
        let tally = |cell| {
            let (before, after) = (before(cell), after_of(cell));
            if measured {
                Tally::Amounts {
                    opening: before.units,
                    closing: after.units,
                    opening_amount: before.amount,
                    closing_amount: after.amount,
                }
            } else {
                Tally::Stock {
                    opening: before.units,
                    closing: after.units,
                }
            }
        };
        let persons = |cell| smaller(before(cell).persons, after_of(cell).persons);
        Counted {
            tallies: (0..way.size).map(tally).collect(),
            persons: (0..way.size).map(persons).collect(),
            everyone: smaller(everyone, after.1.persons),
        }
    }
}

/// The smaller of two counts that is not 0.
fn smaller(a: u64, b: u64) -> u64 {
    match (a, b) {
        (0, n) | (n, 0) => n,
        (a, b) => a.min(b),
    }
}
