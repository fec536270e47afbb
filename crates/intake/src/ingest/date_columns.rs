//! Dates that are written as text: which of day and month comes first, for
//! each column from all of its rows, and what cannot be read. Where it cannot
//! be told, that is said and nothing is guessed.

use super::findings::{Places, finding};
use super::{date_forms, date_orders};
use crate::data::{Cell, Column, DateOrder, Layout, Role, SourceRule, Table, TableColumn};
use crate::vocabulary::dates::{self, Decision};
use crate::vocabulary::missing;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use staywise_core::domain::{Finding, Severity};

/// Settles every date column of a table.
pub(crate) fn settle(table: &mut Table, rule: &SourceRule) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut evidence = Vec::new();
    let plain = plain(table);
    for at in 0..table.columns.len() {
        if !is_date(&table.columns[at].role) {
            continue;
        }
        if plain.contains(&at) {
            let column = &mut table.columns[at];
            let order = rule.dates.or(of_layout(table.layout));
            column.dates = Some(order.unwrap_or(DateOrder::DayFirst));
            continue;
        }
        found.extend(date_forms::settle(table, at));
        let column = &mut table.columns[at];
        let texts = texts(&column.cells);
        if texts.is_empty() {
            continue;
        }
        let decision = match rule.dates.or(of_layout(table.layout)) {
            Some(order) => Decision::Order(order),
            None if texts.iter().all(|text| dates::is_plain(text)) => {
                Decision::Order(DateOrder::DayFirst)
            }
            None => dates::decide(texts.iter().copied()),
        };
        match decision {
            Decision::Order(order) => {
                let depends = texts.iter().any(|text| depends_on_order(text));
                column.dates = Some(order);
                if depends {
                    evidence.push(order);
                    found.extend(date_orders::evidence(table, at, order));
                }
            }
            Decision::Undecidable => open.push(at),
            Decision::Mixed => found.push(mixed(table, at)),
            // Real date cells beside a few texts: the texts are what is wrong.
            Decision::NotDates if mostly_moments(&column.cells) => {
                column.dates = Some(DateOrder::DayFirst);
            }
            Decision::NotDates => found.push(no_dates(table, at)),
        }
    }
    found.extend(
        open.iter()
            .map(|at| date_orders::otherwise(table, *at, &evidence)),
    );
    for (at, column) in table.columns.iter().enumerate() {
        if !plain.contains(&at) && (column.dates.is_some() || holds_no_text(column)) {
            found.extend(unreadable(table, column));
        }
    }
    found.extend(date_forms::zones(table, &plain));
    found
}

/// The columns of dates whose every text is an ISO date or stands for none,
/// beside dates as such: nothing is left to settle or to say of them.
fn plain(table: &Table) -> Vec<usize> {
    let is_plain = |column: &TableColumn| {
        let mut some = false;
        is_date(&column.role)
            && column.cells.pool.iter().all(|cell| match cell {
                Cell::Empty | Cell::Moment(_) => true,
                Cell::Text(text) => {
                    let date = dates::is_plain(text);
                    some |= date;
                    date || missing::is_missing(text)
                }
                Cell::Number(_) | Cell::Bool(_) | Cell::Fault(_) => false,
            })
            && some
    };
    let columns = table.columns.par_iter().enumerate();
    columns
        .filter(|(_, column)| is_plain(column))
        .map(|(at, _)| at)
        .collect()
}

/// The order that a layout lays down for its dates.
fn of_layout(layout: Layout) -> Option<DateOrder> {
    let ours = matches!(
        layout,
        Layout::AscWdsWorkplace | Layout::AscWdsWorker | Layout::AscWdsTraining
    );
    ours.then_some(DateOrder::DayFirst)
}

/// Whether a column of this role holds dates.
pub(crate) fn is_date(role: &Role) -> bool {
    *role == Role::BirthDate || is_needed(role)
}

/// Whether figures rest on these dates, so that they must be read aright.
fn is_needed(role: &Role) -> bool {
    matches!(
        role,
        Role::StartDate
            | Role::LeaveDate
            | Role::PostStart
            | Role::PostEnd
            | Role::StartedAt
            | Role::CompletedAt
            | Role::InvitedOn
            | Role::PreceptorshipStart
            | Role::PlannedEnd
            | Role::CompletedOn
            | Role::WithdrawnOn
            | Role::ExtendedTo
            | Role::MeetingOn
            | Role::SnapshotOn
    )
}

/// The start of a response is needed only where there is no end of it.
pub(super) fn severity(table: &Table, role: &Role) -> Severity {
    let spare = *role == Role::StartedAt && table.column(&Role::CompletedAt).is_some();
    if is_needed(role) && !spare {
        Severity::Error
    } else {
        Severity::Warning
    }
}

fn holds_no_text(column: &TableColumn) -> bool {
    is_date(&column.role) && texts(&column.cells).is_empty()
}

/// Distinct texts that are not missing.
pub(super) fn texts(cells: &Column) -> Vec<&str> {
    cells
        .pool
        .iter()
        .filter_map(|cell| match cell {
            Cell::Text(text) if !missing::is_missing(text) => Some(&**text),
            _ => None,
        })
        .collect()
}

/// Whether more rows hold real dates than texts.
fn mostly_moments(cells: &Column) -> bool {
    let (mut moments, mut texts) = (0_u64, 0_u64);
    for (cell, count) in cells.pool.iter().zip(cells.counts()) {
        match cell {
            Cell::Moment(_) => moments += count,
            Cell::Text(text) if !missing::is_missing(text) => texts += count,
            _ => {}
        }
    }
    moments > texts
}

fn depends_on_order(text: &str) -> bool {
    !dates::is_plain(text)
        && dates::read(text, DateOrder::DayFirst) != dates::read(text, DateOrder::MonthFirst)
}

fn mixed(table: &Table, at: usize) -> Finding {
    let column = &table.columns[at];
    let only = |one: DateOrder, other: DateOrder| {
        Places::of(column, |cell| {
            matches!(cell, Cell::Text(text)
                if dates::read(text, one).is_some() && dates::read(text, other).is_none())
        })
    };
    let day = only(DateOrder::DayFirst, DateOrder::MonthFirst);
    let month = only(DateOrder::MonthFirst, DateOrder::DayFirst);
    let row = |places: &Places| {
        table
            .origin(places.first, None)
            .row
            .map_or(String::new(), |row| format!(" (row {row})"))
    };
    Finding {
        count: day.count + month.count,
        ..finding(
            ("dates-mixed", severity(table, &column.role)),
            table.origin(day.first.min(month.first), Some(column)),
            &format!(
                "Some dates can only be day first{} and others only month first{}, so none \
                 between them can be trusted.",
                row(&day),
                row(&month)
            ),
            "Mend the dates in the file: write all of them one way, best as 2026-03-31. If those \
             of one way are typing errors, say which way is meant: `dates = \"day first\"` for \
             this source in staywise.toml.",
        )
    }
}

fn no_dates(table: &Table, at: usize) -> Finding {
    let column = &table.columns[at];
    let places = Places::of(
        column,
        |cell| matches!(cell, Cell::Text(text) if !missing::is_missing(text)),
    );
    finding_at(
        table,
        column,
        &places,
        (
            ("bad-date", severity(table, &column.role)),
            "Fewer than half of the cells are dates, but the column is named as one.".to_owned(),
            "Look at the column; if it is no date, give it another role in `columns` for this \
             source in staywise.toml.",
        ),
    )
}

pub(super) type Said<'a> = ((&'static str, Severity), String, &'a str);

pub(super) fn finding_at(
    table: &Table,
    column: &TableColumn,
    places: &Places,
    said: Said<'_>,
) -> Finding {
    let (rule, message, remedy) = said;
    Finding {
        count: places.count,
        private_value: places
            .first
            .map(|row| column.cells.cell(row).text().into_owned()),
        ..finding(
            rule,
            table.origin(places.first, Some(column)),
            &message,
            remedy,
        )
    }
}

/// Cells of a settled column that are no dates.
fn unreadable(table: &Table, column: &TableColumn) -> Option<Finding> {
    let places = Places::of(column, |cell| match cell {
        Cell::Empty | Cell::Moment(_) => false,
        Cell::Text(text) => {
            !missing::is_missing(text)
                && !dates::is_plain(text)
                && column
                    .dates
                    .is_none_or(|order| dates::read(text, order).is_none())
        }
        Cell::Number(_) | Cell::Bool(_) | Cell::Fault(_) => true,
    });
    (places.count > 0).then(|| {
        let message = "Cells that cannot be read as dates were set aside.".to_owned();
        finding_at(
            table,
            column,
            &places,
            (
                ("bad-date", Severity::Warning),
                message,
                "Mend these cells in the file; `staywise check` writes the first of them into \
                 private/findings.csv of the study folder.",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::data::DateOrder;
    use crate::vocabulary::dates;

    #[test]
    fn what_passes_for_plain_is_read_the_same_in_both_orders() {
        for text in ["2026-03-31", "2024-02-29 23:59:59", "2026-12-01T00:00"] {
            assert!(dates::is_plain(text), "{text}");
            let day_first = dates::read(text, DateOrder::DayFirst);
            assert!(day_first.is_some(), "{text}");
            assert_eq!(
                day_first,
                dates::read(text, DateOrder::MonthFirst),
                "{text}"
            );
        }
        for text in [
            "",
            "2026-02-30",
            "0202-03-31",
            "+2026-3-31",
            "2026-03-31T10:00:00Z",
            "2026-3-1",
            "2026-03-31 24:00",
            "2026-03-31 10:60",
            "31/03/2026",
            "2026-03-31 10:00:61",
            "2026-03-31x",
            "2026-03-31 10",
            "2026-03-3\u{e9}",
        ] {
            assert!(!dates::is_plain(text), "{text}");
        }
    }
}
