//! Tables of durations: for how long each person was followed, whether they
//! left then, and what they are divided by. Rows without either are left out
//! and counted. No dates, no names, no link to anybody.

use super::{Made, Said};
use crate::data::benchmark::{Durations, Followed, Grouping};
use crate::data::{Cell, Role, Table, TableColumn};
use crate::vocabulary::{cells, events, levels, text};
use staywise_core::domain::Severity;

/// Levels that a column may have and still divide people.
const LEVELS: usize = 20;

/// Makes a table of durations.
pub(super) fn build(table: &Table, made: &mut Made) {
    let time = table.column(&Role::Duration);
    let left = table.column(&Role::Left);
    let (Some(time), Some(left)) = (time, left) else {
        made.unused += table.rows();
        made.found(table, &lacks(table));
        return;
    };
    let unit = time
        .question
        .as_deref()
        .and_then(events::unit)
        .or_else(|| events::unit(&time.header));
    let times = time.cells.read(|cell| {
        cells::number(cell)
            .filter(|n| *n >= 0.0 && !matches!(cell, Cell::Text(t) if t.contains('%')))
    });
    let left = (left, left.cells.read(events::read));
    let grouped: Vec<(Grouping, Vec<u32>, &TableColumn)> =
        table.columns.iter().filter_map(grouping).collect();
    let code = |column: &TableColumn, row: usize| {
        let code = column.cells.codes.get(row).copied().unwrap_or(0);
        usize::try_from(code).unwrap_or(0)
    };
    let mut out = (0, None);
    let mut followed = Vec::with_capacity(table.rows());
    for row in 0..table.rows() {
        let time = times.get(code(time, row)).copied().flatten();
        let left = left.1.get(code(left.0, row)).copied().flatten();
        let (Some(time), Some(left)) = (time, left) else {
            out.0 += 1;
            out.1.get_or_insert(row);
            continue;
        };
        let level = |(_, places, column): &(Grouping, Vec<u32>, &TableColumn)| {
            places.get(code(column, row)).copied().unwrap_or(0)
        };
        followed.push(Followed {
            row: table.row_numbers.get(row).copied().unwrap_or(0),
            time,
            left,
            levels: grouped.iter().map(level).collect(),
        });
    }
    made.unused += out.0;
    made.found(table, &left_out(out));
    if unit.is_none() {
        made.found(table, &NO_UNIT);
    }
    made.all.durations.push(Durations {
        unit,
        groupings: grouped.into_iter().map(|(grouping, ..)| grouping).collect(),
        followed,
        origin: table.origin(None, Some(time)),
    });
}

/// A column that people are divided by, with the place of each distinct value
/// among its levels: one of a known dimension, or one of few values.
fn grouping(column: &TableColumn) -> Option<(Grouping, Vec<u32>, &TableColumn)> {
    let dimension = match &column.role {
        Role::Dimension(slug) => slug.clone(),
        Role::Unknown if (2..=LEVELS + 1).contains(&column.cells.pool.len()) => {
            Some(text::slug(&column.header)).filter(|slug| !slug.is_empty())?
        }
        _ => return None,
    };
    let mut names: Vec<String> = Vec::new();
    let places = column.cells.read(|cell| {
        let name = levels::read(&dimension, cell);
        let at = names
            .iter()
            .position(|own| *own == name)
            .unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
        u32::try_from(at).unwrap_or(0)
    });
    let grouping = Grouping {
        dimension,
        levels: names,
    };
    Some((grouping, places, column))
}

fn lacks(table: &Table) -> Said<'static> {
    Said {
        rule: "no-duration",
        severity: Severity::Error,
        row: None,
        count: table.rows().max(1),
        message: "A table of durations needs a column of times and one of whether each person \
                  left.",
        remedy: "Say which they are: `columns = { \"Its header\" = \"duration\", \"Another\" = \
                 \"left\" }` for this source in staywise.toml.",
    }
}

fn left_out((count, row): (usize, Option<usize>)) -> Said<'static> {
    Said {
        rule: "no-time-or-event",
        severity: Severity::Warning,
        row,
        count,
        message: "Rows without a time, or that do not say whether the person left, were left out.",
        remedy: "Write times as numbers of 0 or more, and left or not as 1 and 0 or yes and no.",
    }
}

/// Times of an unknown unit.
const NO_UNIT: Said<'static> = Said {
    rule: "no-time-unit",
    severity: Severity::Warning,
    row: None,
    count: 1,
    message: "Nothing says whether times are days, weeks, months or years; they are shown without \
              a unit, and beside no other curve.",
    remedy: "Say it for this source in staywise.toml: `columns = { \"Its header\" = \
             \"duration_months\" }`; or write it into the header: Time (months).",
};
