//! Small tables made by hand, for the tests of the stages that read tables.

use super::{Cell, Column, Holds, Layout, Role, Table, TableColumn};
use staywise_core::domain::{Day, QuestionType};

/// A table of what it holds, its columns as header and role, and its rows.
/// ISO dates become dates; an empty text an empty cell.
pub(crate) fn table(holds: Holds, columns: &[(&str, Role)], rows: &[&[&str]]) -> Table {
    let columns = columns
        .iter()
        .enumerate()
        .map(|(index, (header, role))| {
            let cells = rows.iter().map(|row| cell(row.get(index).unwrap_or(&"")));
            TableColumn {
                index,
                header: (*header).to_owned(),
                question: None,
                name: (*header).to_owned(),
                role: role.clone(),
                question_type: (*role == Role::Question).then_some(QuestionType::Scale),
                dates: None,
                cells: pooled(cells),
            }
        })
        .collect();
    Table {
        file: format!("{}.csv", holds.word()),
        sheet: None,
        holds,
        layout: Layout::Plain,
        reason: String::new(),
        wave: None,
        leavers_from: None,
        time_zone: None,
        header_row: 1,
        row_numbers: (2..).take(rows.len()).collect(),
        columns,
    }
}

/// A cell of a text as the fixture reads it.
pub(crate) fn cell(text: &str) -> Cell {
    if text.is_empty() {
        return Cell::Empty;
    }
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    match (Day::parse_iso(date), time.split_once(':')) {
        (Some(day), None) if time.is_empty() => Cell::Moment(f64::from(day.0)),
        (Some(day), Some((hour, minute))) => {
            let part = |s: &str| s.parse::<f64>().unwrap_or(0.0);
            Cell::Moment(f64::from(day.0) + part(hour) / 24.0 + part(minute) / 1440.0)
        }
        _ => Cell::Text(text.into()),
    }
}

/// A column of cells, each distinct value once.
pub(crate) fn pooled(cells: impl Iterator<Item = Cell>) -> Column {
    let mut column = Column::default();
    for cell in cells {
        let at = column.pool.iter().position(|known| *known == cell);
        let at = at.unwrap_or_else(|| {
            column.pool.push(cell);
            column.pool.len() - 1
        });
        column.codes.push(u32::try_from(at).unwrap_or(0));
    }
    column
}
