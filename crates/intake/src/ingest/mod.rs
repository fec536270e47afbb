//! Bytes to tables: what a file is, which sheet and row its table begins in,
//! which tool wrote it, what each column is for and how its values are meant.
//! Opens no file itself, links nothing and counts nobody.

mod assemble;
mod body;
mod checks;
mod container;
mod date_columns;
mod delimited;
pub mod dictionary;
mod encoding;
mod findings;
mod grid;
mod header;
mod identifiers;
mod layouts;
mod numerals;
mod opening;
#[cfg(test)]
mod tests;
mod typing;
mod values;
mod workbook;

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
/// findings.
#[must_use]
pub fn read(input: Input<'_>, rule: &SourceRule) -> Vec<Reading> {
    opening::open(&input, rule)
        .into_iter()
        .map(|opened| match opened {
            Ok(opened) => assemble::assemble(&input, opened, rule),
            Err(finding) => Reading {
                report: FileReport {
                    file: input.name.to_owned(),
                    reason: finding.message.clone(),
                    ..FileReport::default()
                },
                findings: vec![*finding],
                tables: Vec::new(),
            },
        })
        .collect()
}
