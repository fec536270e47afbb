//! Identifiers of people and responses as text: what a spreadsheet turned
//! into numbers comes back as digits, and leading zeros stay.

use super::findings::{Places, finding};
use super::grid::relabel;
use super::numerals;
use crate::data::{Cell, Role, Table};
use crate::vocabulary::text;
use staywise_core::domain::{Finding, Severity};

/// Settles every identifier column of a table.
pub(crate) fn settle(table: &mut Table) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in 0..table.columns.len() {
        match table.columns[at].role {
            Role::StaffNumber
            | Role::Assignment
            | Role::RegistrationNumber
            | Role::ExternalReference
            | Role::Respondent
            | Role::ResponseId => {}
            Role::Email => {
                relabel(&mut table.columns[at].cells, without_anonymous);
                continue;
            }
            _ => continue,
        }
        let column = &table.columns[at];
        let rounded = Places::of(column, |cell| match cell {
            Cell::Text(text) => numerals::restored(text).is_some_and(|r| r.rounded),
            _ => false,
        });
        if rounded.count > 0 {
            found.push(Finding {
                count: rounded.count,
                private_value: rounded
                    .first
                    .map(|r| column.cells.cell(r).text().into_owned()),
                ..finding(
                    ("identifier-rounded", Severity::Warning),
                    table.origin(rounded.first, Some(column)),
                    "Identifiers are written with a power of ten, as 1.14E+10; digits may be \
                     lost, and different people may look the same. They name nobody.",
                    "In the spreadsheet, format the column as a number without decimals or as \
                     text, and export it again.",
                )
            });
        }
        let of_response = table.columns[at].role == Role::ResponseId;
        relabel(&mut table.columns[at].cells, |cell| {
            let digits = match cell {
                Cell::Number(_) => cell.text().into_owned(),
                Cell::Text(text) => {
                    let restored = numerals::restored(text)?;
                    // What is rounded names nobody: it stays as it is
                    // written, and different responses never become one.
                    if restored.rounded {
                        return of_response.then_some(Cell::Empty);
                    }
                    restored.digits
                }
                _ => return None,
            };
            Some(Cell::Text(digits.into()))
        });
    }
    found
}

/// Microsoft Forms writes `anonymous` for the address of somebody who did not
/// sign in: no address.
fn without_anonymous(cell: &Cell) -> Option<Cell> {
    match cell {
        Cell::Text(words) if words.len() < 20 && text::fold(words) == "anonymous" => {
            Some(Cell::Empty)
        }
        _ => None,
    }
}
