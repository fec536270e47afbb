//! Which wave a response belongs to: what the study says, else a wave column,
//! else a name, number or date in the sheet's or the file's name, else the
//! quarter of the median completion. A wave is not a period.

use super::wave_names::{Stated, find, of_cell};
use super::{Given, day_of};
use crate::data::{Role, Table};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::text;
use chrono::Datelike;
use staywise_core::domain::Day;
use std::collections::BTreeMap;

/// The waves of the responses.
pub(super) struct Waves {
    /// In order of time.
    pub(super) names: Vec<String>,
    /// The median day of completion of each.
    pub(super) medians: Vec<Day>,
    /// By response, the wave.
    pub(super) of: Vec<u32>,
}

impl Waves {
    /// Names every response's wave. `given` is in order of time.
    pub(super) fn new(files: &[&Table], given: &[Given]) -> Self {
        let named: Vec<Named> = files.iter().map(|t| Named::of(t)).collect();
        let mut unnamed: Vec<Vec<f64>> = vec![Vec::new(); files.len()];
        for one in given {
            if let Some((named, times)) = named.get(one.file).zip(unnamed.get_mut(one.file))
                && named.at(one.row).is_none()
            {
                times.push(one.at);
            }
        }
        let quarters: Vec<String> = unnamed
            .iter()
            .map(|t| median(t).map(quarter).unwrap_or_default())
            .collect();
        let (names, by_response) = interned(given, |one| {
            let named = named.get(one.file).and_then(|n| n.at(one.row));
            named
                .or_else(|| quarters.get(one.file).map(String::as_str))
                .unwrap_or("")
        });
        let waves = times(&names, (given, &by_response));
        let mut ordered: Vec<(Day, String, &str)> = waves
            .into_iter()
            .map(|(key, (name, mut times))| {
                times.sort_by(f64::total_cmp);
                (median(&times).unwrap_or(Day(0)), key, name)
            })
            .collect();
        ordered.sort();
        let place = |name: &&str| {
            let key = text::fold(name);
            let at = ordered.iter().position(|(_, k, _)| *k == key);
            at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
        };
        let places: Vec<u32> = names.iter().map(place).collect();
        let of = by_response
            .iter()
            .map(|n| places.get(*n).copied().unwrap_or(0))
            .collect();
        Self {
            names: ordered
                .iter()
                .map(|(_, _, name)| (*name).to_owned())
                .collect(),
            medians: ordered.iter().map(|(median, _, _)| *median).collect(),
            of,
        }
    }
}

/// By a wave's name as compared, the name as printed and the times of its
/// responses, given the name of each.
fn times<'a>(
    names: &[&'a str],
    (given, of): (&[Given], &[usize]),
) -> BTreeMap<String, (&'a str, Vec<f64>)> {
    // Names that differ in case or spaces only are one wave.
    let mut waves: BTreeMap<String, (&str, Vec<f64>)> = BTreeMap::new();
    for name in names {
        let wave = waves.entry(text::fold(name)).or_insert((name, Vec::new()));
        wave.0 = wave.0.min(name);
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    for (one, name) in given.iter().zip(of) {
        if let Some(times) = times.get_mut(*name) {
            times.push(one.at);
        }
    }
    for (name, times) in names.iter().zip(times) {
        if let Some((_, all)) = waves.get_mut(&text::fold(name)) {
            all.extend(times);
        }
    }
    waves
}

/// The distinct names, and each response's place among them. Most responses
/// have the name of the one before them in the same file.
fn interned<'a>(
    given: &[Given],
    name_of: impl Fn(&Given) -> &'a str,
) -> (Vec<&'a str>, Vec<usize>) {
    let mut names: Vec<&str> = Vec::new();
    let mut last: Vec<Option<usize>> = Vec::new();
    let place = |one: &Given| {
        let name = name_of(one);
        if last.len() <= one.file {
            last.resize(one.file + 1, None);
        }
        let before = last.get(one.file).copied().flatten();
        let same = before.filter(|at| names.get(*at) == Some(&name));
        let at = same
            .or_else(|| names.iter().position(|n| *n == name))
            .unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
        if let Some(last) = last.get_mut(one.file) {
            *last = Some(at);
        }
        at
    };
    let places = given.iter().map(place).collect();
    (names, places)
}

/// The lower median of moments in order.
fn median(times: &[f64]) -> Option<Day> {
    times
        .get(times.len().checked_sub(1)? / 2)
        .map(|at| day_of(*at))
}

/// `2026-Q1`.
pub(super) fn quarter(day: Day) -> String {
    let date = day.date();
    format!("{}-Q{}", date.year(), date.month0() / 3 + 1)
}

/// What a table says of its rows' waves.
pub(super) struct Named<'a> {
    whole: Option<String>,
    by_row: Option<(&'a [u32], Vec<Option<String>>)>,
}

impl<'a> Named<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        let fixed = table
            .wave
            .as_deref()
            .map(text::tidy)
            .filter(|w| !w.is_empty());
        let column = table.column(&Role::Wave).filter(|_| fixed.is_none());
        let by_row = column.map(|c| {
            let read = c
                .cells
                .read(|cell| (!is_missing(cell)).then(|| of_cell(&text::tidy(&cell.text()))));
            (&*c.cells.codes, read)
        });
        Self {
            whole: fixed.or_else(|| stated(table).map(|s| s.name())),
            by_row,
        }
    }

    /// The wave of a row, where the table says.
    pub(super) fn at(&self, row: usize) -> Option<&str> {
        let own = self
            .by_row
            .as_ref()
            .and_then(|(codes, names)| names.get(*codes.get(row)? as usize)?.as_deref());
        own.or(self.whole.as_deref())
    }
}

/// The last day of the quarter or month that a table's sheet or file names.
pub(super) fn stated_day(table: &Table) -> Option<Day> {
    stated(table)?.last_day()
}

fn stated(table: &Table) -> Option<Stated> {
    let file = table.file.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let names = [table.sheet.as_deref(), Some(stem)];
    names
        .into_iter()
        .flatten()
        .find_map(|name| find(name).map(|(stated, _)| stated))
}
