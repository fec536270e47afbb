//! Stretches of time cut to each period: who of those there at its opening
//! was there at its close, and time at risk within it. Levels are those of the
//! day a stretch is first in the period. Never a rate.

use super::count::{Caption, Counted, table};
use super::divide::{Divide, Way};
use super::rows::{Measures, Rows};
use super::slice::Wanted;
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Day, Kind, Metric, Period, Tally, TallyTable};

/// Stretches and how they are divided.
pub(super) struct Window<'a> {
    pub metric: &'a Metric,
    pub rows: &'a Rows,
    pub divide: &'a Divide<'a>,
    pub as_at: Day,
}

/// One row as a period sees it.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    pub row: u32,
    /// The day whose levels it has.
    pub day: i32,
    pub hit: bool,
    days: u64,
}

/// Whose stretches are in a period, in the order of the cuts: a person's
/// stand together.
struct Whom {
    persons: Vec<u32>,
    people: u64,
    /// Whether each is of another person.
    once: bool,
}

impl Whom {
    fn of(rows: &[u32], person: &[u32]) -> Self {
        let of = |row: &u32| person.get(usize::try_from(*row).ok()?).copied();
        let persons: Vec<u32> = rows.iter().map(|row| of(row).unwrap_or(u32::MAX)).collect();
        let changes = persons.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let people = changes + usize::from(!persons.is_empty());
        Self {
            once: people == persons.len(),
            people: u64::try_from(people).unwrap_or(u64::MAX),
            persons,
        }
    }

    /// 1 where the person is not the last that a cell has seen, else 0.
    fn fresh(&self, place: usize, last: Option<&mut u32>) -> u64 {
        let person = self.persons.get(place).copied().unwrap_or(u32::MAX);
        last.map_or(0, |last| {
            u64::from(std::mem::replace(last, person) != person)
        })
    }
}

impl Window<'_> {
    /// Its tables, by period and way. There is none for everything: that has
    /// no opening.
    pub(super) fn tables(&self, wanted: &[Wanted]) -> Vec<TallyTable> {
        let mut tables = Vec::new();
        for want in wanted.iter().filter(|w| w.period.shape != Shape::All) {
            let cuts = match self.metric.kind {
                Kind::Exposure => self.at_risk(&want.period),
                _ => self.stayed(&want.period),
            };
            let rows: Vec<u32> = cuts.iter().map(|c| c.row).collect();
            let day = |place: usize| cuts.get(place).map_or(0, |c| c.day);
            let codes = self.divide.codes_at(&rows, &day);
            let whom = Whom::of(&rows, &self.rows.person);
            let caption = Caption {
                metric: self.metric,
                period: &want.period,
                item: None,
                answers: &[],
                not_yet_due: None,
            };
            for way in &self.divide.ways {
                if want.pairs || way.axes.len() < 2 {
                    let cells = self.divide.cells(way, &codes);
                    let counted = self.count((way, &whom), &cuts, cells.as_deref());
                    tables.push(table(self.divide, way, &caption, counted));
                }
            }
        }
        tables
    }

    /// Of the people there at the close of the day before the period, whether
    /// each was there at the close of its last day, whatever lay between: a
    /// row a person.
    pub(super) fn stayed(&self, period: &Period) -> Vec<Cut> {
        let Measures::Stretch { from, to, flag } = &self.rows.measures else {
            return Vec::new();
        };
        let opening = period.start.plus(-1).0;
        let closing = period.last().0.min(self.as_at.0);
        let there = |row: usize, day: i32| {
            let starts = from.get(row).is_some_and(|from| *from <= day);
            starts && to.get(row).is_some_and(|to| day < *to)
        };
        let mut cuts: Vec<Cut> = Vec::new();
        let rows: Vec<usize> = (0..self.rows.len()).collect();
        let person = |row: &usize| self.rows.person.get(*row);
        for of_person in rows.chunk_by(|a, b| person(a) == person(b)) {
            let Some(first) = of_person.iter().find(|row| there(**row, opening)) else {
                continue;
            };
            let stayed = of_person.iter().any(|row| there(*row, closing));
            let counts_there = flag.get(*first).copied().unwrap_or(true);
            cuts.push(Cut {
                row: u32::try_from(*first).unwrap_or(u32::MAX),
                day: opening,
                hit: stayed == counts_there,
                days: 0,
            });
        }
        cuts
    }

    /// The days of each stretch that lie in the period, and whether its event
    /// does. A day counts where it is not the day of leaving.
    fn at_risk(&self, period: &Period) -> Vec<Cut> {
        let Measures::Stretch { from, to, flag } = &self.rows.measures else {
            return Vec::new();
        };
        let start = period.start.0;
        let end = period.end.min(self.as_at.plus(1)).0;
        let mut cuts = Vec::new();
        for (row, (from, to)) in from.iter().zip(to).enumerate() {
            let (first, last) = ((*from).max(start), (*to).min(end));
            let hit = flag.get(row) == Some(&true) && (start..end).contains(to);
            if last < first || (last == first && !hit) {
                continue;
            }
            cuts.push(Cut {
                row: u32::try_from(row).unwrap_or(u32::MAX),
                day: first,
                hit,
                days: u64::try_from(last - first).unwrap_or(0),
            });
        }
        cuts
    }

    fn count(&self, (way, whom): (&Way, &Whom), cuts: &[Cut], cells: Option<&[u32]>) -> Counted {
        let mut tallies = vec![self.blank(); way.size];
        let mut persons = vec![0_u64; way.size];
        let mut last = vec![u32::MAX; way.size];
        for (place, cut) in cuts.iter().enumerate() {
            let cell = cells.and_then(|c| c.get(place)).copied().unwrap_or(0);
            let cell = usize::try_from(cell).unwrap_or(usize::MAX);
            if let Some(count) = persons.get_mut(cell) {
                *count += match whom.once {
                    true => 1,
                    false => whom.fresh(place, last.get_mut(cell)),
                };
            }
            match tallies.get_mut(cell) {
                Some(Tally::Proportion { n, hits }) => {
                    *n += 1;
                    *hits += u64::from(cut.hit);
                }
                Some(Tally::Exposure {
                    events,
                    person_days,
                }) => {
                    *events += u64::from(cut.hit);
                    *person_days += cut.days;
                }
                _ => {}
            }
        }
        Counted {
            tallies,
            persons,
            everyone: whom.people,
        }
    }

    fn blank(&self) -> Tally {
        match self.metric.kind {
            Kind::Exposure => Tally::Exposure {
                events: 0,
                person_days: 0,
            },
            _ => Tally::Proportion { n: 0, hits: 0 },
        }
    }
}
