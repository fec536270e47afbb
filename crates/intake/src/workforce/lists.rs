//! What a staff list is a list of: posts with their dates, people who left,
//! or who was there in a month. Decides it by the columns and what they hold.

use super::dates::Dates;
use super::people::NO_KEY;
use crate::data::stage::{Aside, Words};
use crate::data::{Role, Stage, Table};
use crate::vocabulary::months;
use staywise_core::domain::{Day, Finding, Severity};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a list is a list of.
pub(super) enum Sort {
    /// Posts, each with its start.
    Posts,
    /// Leavings, without a start.
    Leavers,
    /// Who was there: by row the day of the snapshot.
    Snapshots(Vec<Option<i32>>),
}

/// All staff lists.
#[derive(Default)]
pub(super) struct Lists {
    /// By list.
    pub(super) sorts: Vec<Sort>,
    /// The days of the snapshots in order, by the as-at date; empty where
    /// there are fewer than two.
    pub(super) days: Vec<i32>,
}

impl Lists {
    /// Looks at each list.
    pub(super) fn of(staff: &[&Table], keys: &[Vec<u32>], as_at: Day, stage: &mut Stage) -> Self {
        let named = named(staff, keys, stage);
        let seen: Vec<Option<Vec<Option<i32>>>> = staff
            .iter()
            .zip(named)
            .map(|(table, named)| {
                by_column(table).or_else(|| Some(vec![named.map(|d| Some(d.0))?; table.rows()]))
            })
            .collect();
        let days: BTreeSet<i32> = seen
            .iter()
            .flatten()
            .flatten()
            .flatten()
            .copied()
            .filter(|day| *day <= as_at.0)
            .collect();
        let several = days.len() > 1;
        let sorts: Vec<Sort> = staff
            .iter()
            .zip(seen)
            .map(|(table, seen)| match seen.filter(|_| several) {
                Some(days) => Sort::Snapshots(days),
                None if is_of_leavers(table) => Sort::Leavers,
                None => Sort::Posts,
            })
            .collect();
        let lists = Self {
            sorts,
            days: if several {
                days.into_iter().collect()
            } else {
                Vec::new()
            },
        };
        lists.report(staff, stage);
        lists
    }

    /// Whether a list is one of snapshots.
    pub(super) fn is_snapshots(&self, list: usize) -> bool {
        matches!(self.sorts.get(list), Some(Sort::Snapshots(_)))
    }

    /// Whether every list is one of leavings without a start.
    pub(super) fn are_all_of_leavers(&self) -> bool {
        self.sorts.iter().all(|sort| matches!(sort, Sort::Leavers))
    }

    /// Whether a list is one of leavings alone.
    pub(super) fn is_of_leavers(&self, list: usize) -> bool {
        matches!(self.sorts.get(list), Some(Sort::Leavers))
    }

    fn report(&self, staff: &[&Table], stage: &mut Stage) {
        let of = |wanted: fn(&Sort) -> bool| {
            let mut both = self.sorts.iter().zip(staff);
            both.find(|(sort, _)| wanted(sort)).map(|(_, table)| *table)
        };
        if let (Some(table), [first, .., last]) =
            (of(|s| matches!(s, Sort::Snapshots(_))), &*self.days)
        {
            stage.count("snapshots", self.days.len());
            let (from, to) = widest(&self.days);
            stage.findings.push(Finding {
                rule: "snapshots",
                severity: Severity::Note,
                origin: table.origin(None, table.column(&Role::SnapshotOn)),
                message: format!(
                    "Snapshots of staff in post from {} to {}: whoever is in one and not in the \
                     next left between, counted on the day of the first that they are missing \
                     from, so the day is known to the month at best. Those who came and went \
                     between two snapshots are in neither and are not seen; the widest gap is from \
                     {} to {}.",
                    Day(*first).iso(),
                    Day(*last).iso(),
                    from.iso(),
                    to.iso()
                ),
                remedy: String::new(),
                count: u64::try_from(self.days.len()).unwrap_or(u64::MAX),
                private_value: None,
            });
        }
        let alone = self.are_all_of_leavers();
        if let Some(table) = of(|s| matches!(s, Sort::Leavers)).filter(|_| alone) {
            let mut aside = Aside::default();
            aside.add(0);
            let words = Words {
                rule: "leavers-only",
                severity: Severity::Error,
                message: "There is a list of leavers without start dates, and no list of staff \
                          in post: how long anyone stayed, and out of how many they left, cannot \
                          be told.",
                remedy: "Put a list of staff in post with start dates beside it, or export the \
                         leavers with their start dates.",
            };
            let place = |_| table.origin(None, table.column(&Role::LeaveDate));
            stage.findings.extend(aside.finding(&words, place));
        }
    }
}

/// The two snapshots furthest apart that follow one another; the first of
/// several such pairs.
fn widest(days: &[i32]) -> (Day, Day) {
    let mut widest = (Day(0), Day(0));
    for pair in days.windows(2) {
        if let [a, b] = pair
            && b - a > widest.1.0 - widest.0.0
        {
            widest = (Day(*a), Day(*b));
        }
    }
    widest
}

/// By row the day of the snapshot, where a column says.
fn by_column(table: &Table) -> Option<Vec<Option<i32>>> {
    let dates = Dates::new(table, &Role::SnapshotOn);
    let column = dates.column?;
    let days: Vec<Option<i32>> = (0..table.rows()).map(|row| dates.day(row)).collect();
    // A month kept as a date is kept as its first day.
    let monthly = crate::vocabulary::text::words(&column.header)
        .split(' ')
        .any(|word| word == "month")
        && days.iter().flatten().all(|d| months::is_first(Day(*d)));
    let day = |day: i32| {
        if monthly {
            months::end_of(Day(day)).0
        } else {
            day
        }
    };
    Some(days.into_iter().map(|d| d.map(day)).collect())
}

/// The months in the names of lists of which several have the same columns,
/// most of the same people and nobody's leaving.
fn named(staff: &[&Table], keys: &[Vec<u32>], stage: &mut Stage) -> Vec<Option<Day>> {
    let columns = |table: &Table| -> Vec<String> {
        let headers = table.columns.iter().map(|c| c.header.clone());
        headers.collect()
    };
    let month = |table: &Table| {
        let plain = !Dates::new(table, &Role::LeaveDate).any()
            && !Dates::new(table, &Role::PostEnd).any()
            && table.column(&Role::SnapshotOn).is_none();
        let sheet = table.sheet.as_deref().and_then(months::within);
        let file = table.file.rsplit('/').next().unwrap_or_default();
        sheet.or_else(|| months::within(file)).filter(|_| plain)
    };
    let found: Vec<(Option<Day>, Vec<String>)> =
        staff.iter().map(|t| (month(t), columns(t))).collect();
    let named: Vec<Option<Day>> = found
        .iter()
        .map(|(day, columns)| {
            let others = found
                .iter()
                .filter(|(other, same)| other.is_some() && other != day && same == columns);
            day.filter(|_| others.count() > 0)
        })
        .collect();
    if follow(&named, keys) {
        return named;
    }
    let first = named.iter().position(Option::is_some);
    if let Some(table) = first.and_then(|at| staff.get(at)) {
        stage.findings.push(Finding {
            rule: "months-of-different-people",
            severity: Severity::Warning,
            origin: table.origin(None, None),
            message: "Lists have the same columns and months in their names, but mostly different \
                      people; they were taken as parts of one list, not as snapshots that follow \
                      one another."
                .to_owned(),
            remedy: "If they are snapshots, give each a column Snapshot date.".to_owned(),
            count: u64::try_from(named.iter().flatten().count()).unwrap_or(u64::MAX),
            private_value: None,
        });
    }
    vec![None; staff.len()]
}

/// Whether each month has more than half of the people of the one before or,
/// where that is smaller, the other way round: lists of two sites do not.
fn follow(named: &[Option<Day>], keys: &[Vec<u32>]) -> bool {
    let mut months: BTreeMap<Day, HashSet<u32>> = BTreeMap::new();
    for (day, keys) in named.iter().zip(keys) {
        if let Some(day) = day {
            let people = keys.iter().filter(|key| **key != NO_KEY);
            months.entry(*day).or_default().extend(people);
        }
    }
    let months: Vec<HashSet<u32>> = months.into_values().collect();
    months.windows(2).all(|pair| match pair {
        [a, b] => a.intersection(b).count() * 2 > a.len().min(b.len()),
        _ => true,
    })
}

/// Whether a list has leavings and nothing of when anyone started.
fn is_of_leavers(table: &Table) -> bool {
    let has = |role: &Role| table.column(role).is_some();
    !has(&Role::StartDate)
        && !has(&Role::PostStart)
        && Dates::new(table, &Role::LeaveDate).fill(table)
}
