//! Where each input and step stands in the workbook, and the name of its cell.

use super::layout::{Entry, FIRST_VALUE, Page};
use super::{INPUTS, inputs};
use crate::case::Case;
use rust_xlsxwriter::{Workbook, XlsxError, utility};
use staywise_core::casemodel::Formula;
use std::collections::BTreeMap;

/// A cell.
struct Place {
    sheet: &'static str,
    row: u32,
    column: u16,
    name: String,
}

/// The cells of a case, by the names of its inputs and steps.
pub(super) struct Places(BTreeMap<String, Place>);

impl Places {
    /// Every input's cell in use and every step that has a cell.
    pub(super) fn of(case: &Case, pages: &[Page]) -> Self {
        let mut places = BTreeMap::new();
        for (at, input) in (0_u32..).zip(&case.model.inputs) {
            let place = Place {
                sheet: INPUTS,
                row: inputs::FIRST_ROW + at,
                column: inputs::IN_USE,
                name: cell_name("in_", &input.name),
            };
            places.insert(input.name.clone(), place);
        }
        for page in pages {
            for (at, row) in (0_u32..).zip(&page.rows) {
                for (column, entry) in (FIRST_VALUE..).zip(&row.entries) {
                    if let Entry::Step(step) = entry {
                        let place = Place {
                            sheet: page.name,
                            row: page.first_row() + at,
                            column,
                            name: cell_name("calc_", step),
                        };
                        places.insert(step.clone(), place);
                    }
                }
            }
        }
        Self(places)
    }

    /// A formula as a cell has it.
    pub(super) fn formula(&self, formula: &Formula) -> String {
        formula.text(&|name| self.name(name))
    }

    /// The name of the cell that holds an input or a step.
    pub(super) fn name(&self, of: &str) -> String {
        let place = self.0.get(of);
        // No step that has a cell reads one that has none.
        place.map_or_else(|| "NA()".to_owned(), |place| place.name.clone())
    }

    /// Names the cells.
    pub(super) fn name_cells(&self, file: &mut Workbook) -> Result<(), XlsxError> {
        for place in self.0.values() {
            let cell = utility::row_col_to_cell_absolute(place.row, place.column);
            file.define_name(&place.name, &format!("='{}'!{cell}", place.sheet))?;
        }
        Ok(())
    }
}

/// A name that spreadsheet programs take: letters, digits and `_`, begun so
/// that it is no cell and no function.
fn cell_name(begin: &str, name: &str) -> String {
    let name = name.replace('.', "_group_");
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    begin.chars().chain(name.chars().map(plain)).collect()
}
