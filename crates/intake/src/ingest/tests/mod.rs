//! What reading gives for whole files: small hostile ones kept beside the
//! integration tests, and real ones where they are at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod books;
mod containers;
mod every_file;
mod every_file_rows;
mod fuzzed;
mod hostile;
mod layouts;
pub(crate) mod national;
mod real;
mod roundtrip;
mod sheets;
mod small_lists;
mod staff;
mod tools;
mod tools_coded;
mod tools_forms;
mod tools_limesurvey;
mod tools_qualtrics;
mod tools_real;
mod traps;
mod traps_of_cells;
mod zoned;

use super::{Input, Reading, read};
use crate::data::{SourceRule, Table};
use staywise_core::domain::Severity;

fn read_as(name: &str, bytes: &[u8], rule: &SourceRule) -> Reading {
    let mut readings = read(Input { name, bytes }, rule);
    readings.swap_remove(0)
}

pub(crate) fn read_bytes(name: &str, bytes: &[u8]) -> Reading {
    read_as(name, bytes, &SourceRule::default())
}

/// Findings that are no notes, as `rule row count`.
fn complaints(reading: &Reading) -> Vec<String> {
    reading
        .findings
        .iter()
        .filter(|f| f.severity != Severity::Note)
        .map(|f| {
            let row = f
                .origin
                .row
                .map_or(String::new(), |row| format!(" row {row}"));
            format!("{} {}{row} x{}", f.severity.word(), f.rule, f.count)
        })
        .collect()
}

fn notes(reading: &Reading) -> Vec<&str> {
    let notes = reading
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Note);
    notes.map(|f| f.rule).collect()
}

/// The shown values of a column.
fn shown(table: &Table, header: &str) -> Vec<String> {
    let column = table
        .columns
        .iter()
        .find(|c| c.header == header)
        .expect(header);
    (0..table.rows())
        .map(|row| column.cells.cell(row).text().into_owned())
        .collect()
}
