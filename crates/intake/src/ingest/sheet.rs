//! One sheet of a file as it stands, cell by cell: for a form whose headings
//! are ours, of which nothing is to be recognised and no row set aside.

use super::grid::Grid;
use super::{Input, opening};
use crate::data::{Cell, SourceRule};
use staywise_core::domain::Finding;

/// A sheet as it stands.
#[derive(Debug)]
pub struct Written {
    /// The sheet's name, in a workbook.
    pub sheet: Option<String>,
    grid: Grid,
}

impl Written {
    /// Rows up to the last that has a value.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.grid.rows()
    }

    /// Columns up to the last that has a value.
    #[must_use]
    pub fn width(&self) -> usize {
        self.grid.width()
    }

    /// The value in a cell, both counted from 0; empty outside.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.grid.cell(row, column)
    }
}

/// Opens the sheet of that name, in any letters' case; a delimited text has
/// but one and no name. None where there is no such sheet or the bytes cannot
/// be read; the findings say why.
#[must_use]
pub fn sheet(input: Input<'_>, name: &str) -> (Option<Written>, Vec<Finding>) {
    let rule = SourceRule {
        sheet: Some(name.to_owned()),
        ..SourceRule::default()
    };
    let (mut written, mut findings) = (None, Vec::new());
    for opened in opening::open(&input, &rule) {
        match opened {
            Ok(opened) => {
                findings.extend(opened.findings);
                written.get_or_insert(Written {
                    sheet: opened.sheet,
                    grid: opened.grid,
                });
            }
            Err(finding) => findings.push(*finding),
        }
    }
    (written, findings)
}
