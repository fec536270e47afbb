//! What a table must have and what in it may mislead: rows of uneven length,
//! no identifier, the same question or role twice.

use super::assemble::lists_people;
use super::body::Body;
use super::findings::finding;
use super::grid::Grid;
use super::layouts::Shape;
use super::unused_columns;
use crate::data::{Cell, Holds, Role, Table, TableColumn};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::text;
use staywise_core::domain::{Finding, Origin, Severity};
use std::collections::BTreeMap;

/// Rows of a delimited text with more cells than the header, so that it is
/// not plain which column a cell belongs to; and rows with fewer.
pub(crate) fn ragged(
    grid: &Grid,
    widths: &[u32],
    (shape, body): (&Shape, &Body),
    origin: &Origin,
) -> Vec<Finding> {
    let Some(header) = widths.get(shape.names_row) else {
        return Vec::new();
    };
    let header = usize::try_from(*header).unwrap_or(usize::MAX);
    let named = (0..header.min(grid.width()))
        .rposition(|column| !grid.cell(shape.names_row, column).is_blank())
        .map_or(0, |last| last + 1);
    let width = |row: &&u32| {
        let row = usize::try_from(**row).unwrap_or(usize::MAX);
        widths
            .get(row)
            .map_or(0, |w| usize::try_from(*w).unwrap_or(usize::MAX))
    };
    let beyond = |row: &&u32| {
        let at = usize::try_from(**row).unwrap_or(usize::MAX);
        width(row) > header && (header..grid.width()).any(|c| !grid.cell(at, c).is_blank())
    };
    let long: Vec<u32> = body.data.iter().filter(beyond).copied().collect();
    let short: Vec<u32> = body
        .data
        .iter()
        .filter(|row| width(row) < named)
        .copied()
        .collect();
    let long = (!long.is_empty()).then(|| {
        let message = format!(
            "Rows have more cells than the header names ({header}): {}.",
            listed(&long)
        );
        ragged_rows(&long, (Severity::Error, &message, LONG), origin)
    });
    let short = (!short.is_empty()).then(|| {
        let message = format!(
            "Rows have fewer cells than the header names ({named}): {}. The missing ones were \
             taken as empty.",
            listed(&short)
        );
        ragged_rows(&short, (Severity::Warning, &message, SHORT), origin)
    });
    long.into_iter().chain(short).collect()
}

const LONG: &str = "Put cells that hold the delimiter into quotation marks, or export the file \
again from its program.";
const SHORT: &str = "Look whether cells of these rows have slipped; if so, export the file again.";

fn ragged_rows(
    rows: &[u32],
    (severity, message, remedy): (Severity, &str, &str),
    origin: &Origin,
) -> Finding {
    let origin = Origin {
        row: rows.first().map(|row| row + 1),
        ..origin.clone()
    };
    Finding {
        count: rows.len() as u64,
        ..finding(("ragged-rows", severity), origin, message, remedy)
    }
}

/// The first rows, as a spreadsheet numbers them.
fn listed(rows: &[u32]) -> String {
    const SHOWN: usize = 5;
    let numbers: Vec<String> = rows
        .iter()
        .take(SHOWN)
        .map(|row| (row + 1).to_string())
        .collect();
    let more = rows.len().saturating_sub(SHOWN);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("row {}{more}", numbers.join(", "))
}

/// What a table lacks, and what in it may mislead.
pub(crate) fn table(table: &Table) -> Vec<Finding> {
    let mut found = lacks(table);
    found.extend(same_question(table));
    found.extend(same_role(table));
    found.extend(unnamed(table));
    found.extend(unused_columns::find(table));
    found
}

fn lacks(table: &Table) -> Vec<Finding> {
    let mut found = Vec::new();
    let has = |role: &Role| table.column(role).is_some();
    let reference = table.holds == Holds::Invited && has(&Role::ExternalReference);
    if lists_people(table.holds) && !has(&Role::StaffNumber) && !has(&Role::Email) && !reference {
        found.push(finding(
            ("no-identifier", Severity::Error),
            table.origin(None, None),
            "No column says who each row is about: there is no staff number and no e-mail \
             address.",
            "If a column does, say so: `columns = { \"Its header\" = \"staff_number\" }` for this \
             source in staywise.toml; else export the list with it.",
        ));
    }
    // Leavers alone are joined to another list's starts; snapshots tell them.
    let told_otherwise = has(&Role::SnapshotOn) || table.column(&Role::LeaveDate).is_some_and(fill);
    if table.holds == Holds::Staff
        && !has(&Role::StartDate)
        && !has(&Role::PostStart)
        && !told_otherwise
    {
        found.push(finding(
            ("no-start-date", Severity::Error),
            table.origin(None, None),
            "No column says when each person or post started.",
            "If a column does, say so: `columns = { \"Its header\" = \"start_date\" }` for this \
             source in staywise.toml; else export the list with it.",
        ));
    }
    found
}

/// Whether every row of a column holds something.
fn fill(column: &TableColumn) -> bool {
    let rows = &column.cells.codes;
    let blank = column.cells.read(is_missing);
    !rows.is_empty()
        && rows
            .iter()
            .all(|code| usize::try_from(*code).is_ok_and(|c| blank.get(c) == Some(&false)))
}

/// Questions that are asked in the same words. Forms puts a number behind the
/// second; what is written beside an option is not a second question.
fn same_question(table: &Table) -> Vec<Finding> {
    let asked: Vec<(String, &TableColumn)> = table
        .columns
        .iter()
        .filter(|c| c.role == Role::Question && !c.header.ends_with("_TEXT"))
        .map(|c| (text::fold(c.asks()), c))
        .collect();
    let mut groups: BTreeMap<&str, Vec<&TableColumn>> = BTreeMap::new();
    for (words, column) in &asked {
        let base = words
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end();
        let numbered = base.len() < words.len()
            && !base.is_empty()
            && asked.iter().any(|(other, _)| other == base);
        let key = if numbered { base } else { words.as_str() };
        groups.entry(key).or_default().push(column);
    }
    let mut found: Vec<Finding> = groups
        .into_values()
        .filter(|columns| columns.len() > 1)
        .map(|columns| twice(table, &columns))
        .collect();
    found.sort_by(|a, b| a.origin.cmp(&b.origin));
    found
}

fn twice(table: &Table, columns: &[&TableColumn]) -> Finding {
    let places: Vec<String> = columns.iter().map(|c| c.place()).collect();
    Finding {
        count: columns.len() as u64,
        ..finding(
            ("same-question-twice", Severity::Warning),
            table.origin(None, columns.first().copied()),
            &format!(
                "The same question stands in several columns: {}. All are kept.",
                places.join(", ")
            ),
            "If only one is meant, give the others the role `unused` in `columns` for this source \
             in staywise.toml.",
        )
    }
}

/// Two columns for what there can be only one of: the first is used.
fn same_role(table: &Table) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, first) in table.columns.iter().enumerate() {
        let many = [
            Role::Question,
            Role::Published,
            Role::Dropped,
            Role::Unused,
            Role::Unknown,
            Role::PersonName,
            Role::MeetingOn,
            Role::Outcome,
        ];
        let earlier = table.columns.iter().take(at).any(|c| c.role == first.role);
        if many.contains(&first.role) || earlier {
            continue;
        }
        let later = table
            .columns
            .iter()
            .skip(at + 1)
            .filter(|c| c.role == first.role);
        let places: Vec<String> = later.map(TableColumn::place).collect();
        if !places.is_empty() {
            found.push(Finding {
                count: places.len() as u64 + 1,
                ..finding(
                    ("same-role-twice", Severity::Warning),
                    table.origin(None, Some(first)),
                    &format!(
                        "Several columns look like `{}`. This one is used; not {}.",
                        first.role.word(),
                        places.join(", ")
                    ),
                    "If another is meant, give this one the role `unused` in `columns` for this \
                     source in staywise.toml.",
                )
            });
        }
    }
    found
}

fn unnamed(table: &Table) -> Option<Finding> {
    let mut columns = table.columns.iter().filter(|c| {
        c.header.is_empty() && c.role == Role::Unknown && !c.cells.pool.iter().all(Cell::is_blank)
    });
    let first = columns.next()?;
    Some(Finding {
        count: columns.count() as u64 + 1,
        ..finding(
            ("unnamed-column", Severity::Note),
            table.origin(None, Some(first)),
            "Columns hold something but have no name; they are used for nothing.",
            "If one is needed, write a name over it in the file.",
        )
    })
}
