//! Dates that are written as numbers, without a day or by another zone's
//! clocks, turned into dates where most of a column is so, and said. Decides
//! no order of day and month.

use super::date_columns::texts;
use super::findings::finding;
use super::grid::relabel;
use super::sheet_cells::serial_day;
use crate::data::{Cell, DateOrder, Role, Table};
use crate::vocabulary::zones::{self, UK};
use crate::vocabulary::{dates, missing, month_dates};
use staywise_core::domain::{Day, Finding, Severity};

/// Settles how the dates of a column are written.
pub(super) fn settle(table: &mut Table, at: usize) -> Vec<Finding> {
    let forms = [
        serials(table, at),
        compact(table, at),
        without_day(table, at),
    ];
    forms.into_iter().flatten().collect()
}

/// Serial day numbers in cells that are not formatted as dates, where most of
/// the column is such: a date format was lost.
fn serials(table: &mut Table, at: usize) -> Option<Finding> {
    let column = &mut table.columns[at];
    let serial = |cell: &Cell| match cell {
        Cell::Number(n) => serial_day(*n),
        Cell::Text(text) if text.len() <= 18 => text.trim().parse().ok().and_then(serial_day),
        _ => None,
    };
    let (mut serials, mut others) = (0, 0);
    for (cell, count) in column.cells.pool.iter().zip(column.cells.counts()) {
        if serial(cell).is_some() {
            serials += count;
        } else if matches!(cell, Cell::Number(_))
            || matches!(cell, Cell::Text(text) if !missing::is_missing(text))
        {
            others += count;
        }
    }
    if serials == 0 || serials < others {
        return None;
    }
    relabel(&mut column.cells, serial);
    let column = &table.columns[at];
    Some(Finding {
        count: serials,
        ..finding(
            ("serial-dates", Severity::Note),
            table.origin(None, Some(column)),
            "Dates are day numbers, as a spreadsheet keeps them; they were read as such.",
            "",
        )
    })
}

fn moment(day: Day) -> Cell {
    Cell::Moment(f64::from(day.0))
}

/// How many rows can be read so, and whether these are most of what there is.
fn most(table: &Table, at: usize, read: impl Fn(&Cell) -> Option<Cell>) -> Option<u64> {
    let column = table.columns.get(at)?;
    let (mut so, mut others) = (0_u64, 0_u64);
    for (cell, count) in column.cells.pool.iter().zip(column.cells.counts()) {
        let none = matches!(cell, Cell::Text(text) if missing::is_missing(text));
        if cell.is_blank() || none {
            continue;
        }
        if read(cell).is_some() {
            so += count;
        } else {
            others += count;
        }
    }
    (so > 0 && so > others).then_some(so)
}

/// Eight digits: year, month and day.
fn compact(table: &mut Table, at: usize) -> Option<Finding> {
    let read = |cell: &Cell| match cell {
        Cell::Number(_) => month_dates::compact(&cell.text()).map(moment),
        Cell::Text(text) => month_dates::compact(text).map(moment),
        _ => None,
    };
    read_as(table, at, read, |table| {
        finding(
            ("compact-dates", Severity::Note),
            table.origin(None, table.columns.get(at)),
            "Dates are eight digits, as 20260331: year, month, day; they were read as such.",
            "",
        )
    })
}

/// Months without a day.
fn without_day(table: &mut Table, at: usize) -> Option<Finding> {
    let read = |cell: &Cell| match cell {
        Cell::Text(text) if has_two_parts(text) => month_dates::month(text).map(moment),
        _ => None,
    };
    read_as(table, at, read, |table| {
        finding(
            ("dates-without-day", Severity::Warning),
            table.origin(None, table.columns.get(at)),
            "Dates are months without a day; the first day of each month was taken, so spans of \
             time may be a month out.",
            "Export the column with whole dates if there are any.",
        )
    })
}

/// Turns a column into what `read` makes of its cells, where that is most of
/// them, and says so with the number of rows.
fn read_as(
    table: &mut Table,
    at: usize,
    read: impl Fn(&Cell) -> Option<Cell>,
    said: impl Fn(&Table) -> Finding,
) -> Option<Finding> {
    let count = most(table, at, &read)?;
    relabel(&mut table.columns.get_mut(at)?.cells, read);
    Some(Finding {
        count,
        ..said(table)
    })
}

/// Whether a text may be a month and a year: most texts of a column of dates
/// are seen at once to have more parts.
fn has_two_parts(text: &str) -> bool {
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_alphabetic());
    let mut parts = 0;
    let mut before = (false, false);
    for byte in text.bytes() {
        let here = kind(byte);
        parts += u8::from(here != before && here != (false, false));
        before = here;
        if !byte.is_ascii() {
            return true;
        }
        if parts > 2 {
            return false;
        }
    }
    parts == 2
}

/// Turns the times of responses to UK time, where the export says that they
/// are another zone's; times that state their own zone are read as UK time in
/// any case, which is said. Plain columns state none.
pub(super) fn zones(table: &mut Table, plain: &[usize]) -> Vec<Finding> {
    let mut columns = table.columns.iter().enumerate();
    let own = columns.find(|(at, column)| {
        !plain.contains(at)
            && column.dates.is_some()
            && texts(&column.cells)
                .iter()
                .any(|text| !dates::is_plain(text) && dates::states_zone(text))
    });
    let mut found: Vec<Finding> = own
        .map(|(_, column)| {
            finding(
                ("time-zone", Severity::Note),
                table.origin(None, Some(column)),
                "Times state their zone; they were turned to UK time before a day was chosen.",
                "",
            )
        })
        .into_iter()
        .collect();
    let Some(stated) = table.time_zone.clone() else {
        return found;
    };
    match zones::named(&stated) {
        Some(UK) => {}
        Some(zone) => {
            let turned = turn(table, |shown| zones::to_uk(shown, zone));
            if turned {
                found.push(finding(
                    ("time-zone", Severity::Note),
                    table.origin(None, None),
                    &format!(
                        "The export says that its times are those of {stated}; they were turned \
                         to UK time before a day was chosen."
                    ),
                    "",
                ));
            }
        }
        None => found.push(finding(
            ("time-zone-unknown", Severity::Warning),
            table.origin(None, None),
            "The export states a time zone that is not known here; its times were left as they \
             are, so a response near midnight may be a day out.",
            "Export the responses again with the time zone Europe/London.",
        )),
    }
    found
}

/// Changes every time of day of responses; dates without a time stay.
fn turn(table: &mut Table, change: impl Fn(f64) -> f64) -> bool {
    let mut turned = false;
    for column in &mut table.columns {
        let Some(order) = column.dates.or_else(|| holds_moments(&column.cells.pool)) else {
            continue;
        };
        if !matches!(column.role, Role::StartedAt | Role::CompletedAt) {
            continue;
        }
        relabel(&mut column.cells, |cell| {
            let shown = match cell {
                Cell::Moment(shown) => *shown,
                Cell::Text(text) if !dates::states_zone(text) => dates::read(text, order)?,
                _ => return None,
            };
            let has_time = shown.fract() != 0.0 || matches!(cell, Cell::Text(t) if t.contains(':'));
            turned |= has_time;
            has_time.then(|| Cell::Moment(change(shown)))
        });
    }
    turned
}

/// Where a column has dates as such, texts beside them need no order.
fn holds_moments(pool: &[Cell]) -> Option<DateOrder> {
    pool.iter()
        .any(|cell| matches!(cell, Cell::Moment(_)))
        .then_some(DateOrder::DayFirst)
}
