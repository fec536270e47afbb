//! The date up to which the data are complete, where the study does not say:
//! the date in a title row, else in a file's name, else the latest date on
//! which something in the data had happened.

use super::read_in::FileRead;
use crate::data::Benchmarks;
use crate::data::{Cell, DateOrder, Holds, Role, Table, TableColumn};
use crate::vocabulary::{dates, months};
use staywise_core::domain::Day;

/// A proposed as-at date with where it was found, in words.
#[must_use]
pub fn find(files: &[FileRead]) -> Option<(Day, String)> {
    titled(files)
        .or_else(|| snapshot(files))
        .or_else(|| named(files))
        .or_else(|| latest(files.iter().flat_map(|f| &f.tables)))
}

/// Where nothing that happened to the study's own people has a date: the last
/// day of what others published, or of its own flows; else the day of the run,
/// where people were followed without dates.
pub(super) fn beside(benchmarks: &Benchmarks, today: Day) -> Option<(Day, String)> {
    let last = |days: Option<(Day, Day)>| days.map(|(_, to)| to);
    let flows = benchmarks.flows.iter().filter_map(|f| last(f.period.days));
    let figures = benchmarks
        .figures
        .iter()
        .filter_map(|f| last(f.period.days));
    let dated = |found: Option<Day>, why: &str| found.map(|day| (day, why.to_owned()));
    let followed = (!benchmarks.durations.is_empty()).then_some(today);
    dated(flows.max(), "the end of the last period of the flows")
        .or_else(|| {
            dated(
                figures.max(),
                "the end of the last period of the published figures",
            )
        })
        .or_else(|| dated(followed, "today, as people were followed without dates"))
}

fn staff(files: &[FileRead]) -> impl Iterator<Item = &FileRead> {
    files
        .iter()
        .filter(|f| f.tables.iter().any(|t| t.holds == Holds::Staff))
}

fn titled(files: &[FileRead]) -> Option<(Day, String)> {
    staff(files)
        .filter_map(|file| {
            let day = file.report.titles.iter().filter_map(|t| stated(t)).max()?;
            Some((day, format!("a title row of {}", file.report.file)))
        })
        .max_by_key(|(day, _)| *day)
}

fn named(files: &[FileRead]) -> Option<(Day, String)> {
    staff(files)
        .filter_map(|file| {
            let day = date_in(&file.report.file)?;
            Some((day, format!("the name of {}", file.report.file)))
        })
        .max_by_key(|(day, _)| *day)
}

/// The last day that a list of snapshots is of: a month stands for its last
/// day.
fn snapshot(files: &[FileRead]) -> Option<(Day, String)> {
    staff(files)
        .filter_map(|file| {
            let columns = file.tables.iter().flat_map(|t| &t.columns);
            let day = columns
                .filter(|column| column.role == Role::SnapshotOn)
                .flat_map(snapshot_days)
                .max()?;
            Some((day, format!("the last snapshot of {}", file.report.file)))
        })
        .max_by_key(|(day, _)| *day)
}

/// The days of snapshots: months, or days as they stand.
fn snapshot_days(column: &TableColumn) -> Vec<Day> {
    let read = days(column);
    let of_months = !read.is_empty() && read.iter().all(|day| months::is_first(*day));
    let named = column.cells.pool.iter().filter_map(|cell| match cell {
        Cell::Text(text) => months::read(text),
        _ => None,
    });
    let ends = read
        .into_iter()
        .map(|day| if of_months { months::end_of(day) } else { day });
    named.chain(ends).collect()
}

/// Words before a date that something begins with: `leavers since 1 July 2023`
/// says nothing of how far the data reach.
const BEGINNINGS: [&str; 4] = ["since", "from", "after", "starting"];

/// The date that a title gives the data, but none that something begins with.
fn stated(title: &str) -> Option<Day> {
    dates_in(title, |before| {
        !before.is_some_and(|word| BEGINNINGS.contains(&word.to_lowercase().as_str()))
    })
}

/// A whole date in running text: `as at 30 June 2026`, `staff-2026-06-30`.
pub(super) fn date_in(text: &str) -> Option<Day> {
    dates_in(text, |_| true)
}

/// The latest whole date in running text whose word before it is wanted.
fn dates_in(text: &str, wanted: impl Fn(Option<&str>) -> bool) -> Option<Day> {
    let plain: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '/' {
                c
            } else {
                ' '
            }
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut found = None;
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        if !wanted(before) {
            continue;
        }
        let three = words.get(at..at + 3);
        let candidates = [
            three.map(|w| w.join("-")),
            three.map(|w| w.join(" ")),
            Some((*word).to_owned()),
        ];
        for candidate in candidates.into_iter().flatten() {
            // Four digits of a year keep a lone number from being a date.
            let has_year = candidate
                .split(|c: char| !c.is_ascii_digit())
                .any(|digits| digits.len() == 4);
            if has_year && let Some(days) = dates::read(&candidate, DateOrder::DayFirst) {
                found = found.max(whole_day(days));
            }
        }
    }
    found
}

/// The latest date on which something had happened: an answer, an invitation,
/// a start; or a leaving, where more than a few lie after all of those, which
/// are then no mere notices of leaving.
fn latest<'t>(tables: impl Iterator<Item = &'t Table> + Clone) -> Option<(Day, String)> {
    const HAPPENED: [Role; 5] = [
        Role::CompletedAt,
        Role::InvitedOn,
        Role::StartDate,
        Role::PostStart,
        Role::StartedAt,
    ];
    const NOTICES: usize = 20;
    let of = |roles: &[Role]| -> Vec<Day> {
        let columns = tables.clone().flat_map(|table| &table.columns);
        columns
            .filter(|column| roles.contains(&column.role))
            .flat_map(days)
            .collect()
    };
    let happened = of(&HAPPENED).into_iter().max();
    let leavings = of(&[Role::LeaveDate, Role::PostEnd]);
    let after = leavings.iter().filter(|day| Some(**day) > happened).count();
    let last = if after * NOTICES > leavings.len() {
        leavings.into_iter().max()
    } else {
        happened
    };
    last.map(|day| (day, "the latest date in the data".to_owned()))
}

/// The distinct days of a column.
fn days(column: &TableColumn) -> Vec<Day> {
    let order = column.dates.unwrap_or(DateOrder::DayFirst);
    let day = |cell: &Cell| match cell {
        Cell::Moment(days) => whole_day(*days),
        Cell::Text(text) => dates::read(text, order).and_then(whole_day),
        _ => None,
    };
    column.cells.pool.iter().filter_map(day).collect()
}

fn whole_day(days: f64) -> Option<Day> {
    // A day outside this range is no date of a workforce.
    let whole = days.floor();
    if (-40_000.0..80_000.0).contains(&whole) {
        #[allow(clippy::cast_possible_truncation)]
        return Some(Day(whole as i32));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn a_title_gives_the_date_that_it_stands_at_not_one_that_something_begins_with() {
        let iso = |title: &str| stated(title).map(|day| day.iso());
        for (title, day) in [
            ("Staff list as at 30 June 2026", Some("2026-06-30")),
            ("In post and leavers since 01-JAN-2024", None),
            (
                "Leavers from 1 July 2023 to 30 June 2026",
                Some("2026-06-30"),
            ),
            (
                "Report date: 31/03/2026, leavers since 01/04/2027",
                Some("2026-03-31"),
            ),
        ] {
            assert_eq!(iso(title).as_deref(), day, "{title}");
        }
    }
}
