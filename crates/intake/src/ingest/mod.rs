//! Bytes to tables: what a file is, which sheet and row its table begins in,
//! which tool wrote it, what each column is for and how its values are meant.
//! Opens no file itself, links nothing and counts nobody.

mod archive;
mod assemble;
mod body;
mod checks;
mod columnar;
mod compound;
mod container;
mod date_columns;
mod date_forms;
mod date_orders;
mod delimited;
pub mod dictionary;
mod encoding;
mod filling;
mod findings;
mod foot;
mod grid;
mod header;
mod header_rows;
mod identifiers;
mod interned;
mod layouts;
mod merged;
mod number_columns;
mod numerals;
mod opening;
mod parts;
mod patience;
mod records;
mod refusals;
mod rows_aside;
mod sheet;
mod sheet_cells;
#[cfg(test)]
pub(crate) mod tests;
mod total_rows;
mod typing;
pub mod unused_columns;
mod values;
mod workbook;

pub use archive::{Member, Unpacked, unpack};
pub use numerals::number;
pub use sheet::{Written, sheet};

use crate::data::{Holds, Layout, SourceRule, Table};
use staywise_core::domain::Finding;

/// A file to read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Path inside the study folder, with forward slashes.
    pub name: &'a str,
    /// The whole file.
    pub bytes: &'a [u8],
}

/// What `check --json` says of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReport {
    /// The name, unique in the table.
    pub name: String,
    /// The header as written.
    pub header: String,
    /// The role's word, as in staywise.toml.
    pub role: String,
    /// What its values are: for a question `scale`, `choice`, `multi`,
    /// `number`, `date` or `text`; else `date`, `identifier`, `category`,
    /// `number`, `text` or, for one whose values are not kept, `dropped`.
    pub kind: String,
}

/// What `check --json` says of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The file's path inside the study folder.
    pub file: String,
    /// The layout, where one was recognised.
    pub layout: Option<Layout>,
    /// What it holds, where that was recognised.
    pub holds: Option<Holds>,
    /// Why, in a sentence.
    pub reason: String,
    /// The sheet that was read, in a workbook.
    pub sheet: Option<String>,
    /// The row of the (first) header, as a spreadsheet numbers it.
    pub header_row: Option<u32>,
    /// What stands in title rows above the header, a text a cell.
    pub titles: Vec<String>,
    /// The encoding, of a text file.
    pub encoding: Option<&'static str>,
    /// The delimiter, of a text file.
    pub delimiter: Option<char>,
    /// Data rows.
    pub rows_read: u64,
    /// Rows that are no data, by rule.
    pub set_aside: Vec<(String, u64)>,
    /// The columns of the table.
    pub columns: Vec<ColumnReport>,
}

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The table, or none where there is none or nothing was recognised.
    pub tables: Vec<Table>,
    /// What was found; the file cannot be used where one is an error.
    pub findings: Vec<Finding>,
    /// What is said of the file.
    pub report: FileReport,
}

/// Reads a file: one reading for each table in it, or one that says why there
/// is none. Whatever the bytes, there is a reading: what is wrong is among its
/// findings. The tables of a zip are read as if they lay in the folder, by the
/// one rule; where each has a rule of its own, [`unpack`] it first.
#[must_use]
pub fn read(input: Input<'_>, rule: &SourceRule) -> Vec<Reading> {
    let Some(unpacked) = unpack(input) else {
        return tables(input, rule);
    };
    let mut readings: Vec<Reading> = unpacked
        .members
        .iter()
        .flat_map(|member| {
            let (name, bytes) = (&member.name, &member.bytes);
            tables(Input { name, bytes }, rule)
        })
        .collect();
    match readings.first_mut() {
        Some(first) => {
            first.findings.splice(0..0, unpacked.findings);
        }
        None => readings.push(Reading::of_nothing(input.name, unpacked.findings)),
    }
    readings
}

fn tables(input: Input<'_>, rule: &SourceRule) -> Vec<Reading> {
    opening::open(&input, rule)
        .into_iter()
        .map(|opened| match opened {
            Ok(opened) => assemble::assemble(&input, opened, rule),
            Err(finding) => Reading::of_nothing(input.name, vec![*finding]),
        })
        .collect()
}

impl Reading {
    /// A file of which no table was made, and why.
    #[must_use]
    pub fn of_nothing(file: &str, findings: Vec<Finding>) -> Self {
        let why = findings.iter().min_by_key(|f| f.severity);
        Self {
            report: FileReport {
                file: file.to_owned(),
                sheet: why.and_then(|f| f.origin.sheet.clone()),
                reason: why.map(|f| f.message.clone()).unwrap_or_default(),
                ..FileReport::default()
            },
            findings,
            tables: Vec::new(),
        }
    }
}
