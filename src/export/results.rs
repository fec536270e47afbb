//! results.csv and results.json: the same rows, the same names, the same
//! order. A suppressed cell keeps its typed status and has no number in it.

use super::record::{COLUMNS, Field, record};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use staywise_core::disclosure::Released;

/// The rows as CSV: UTF-8, comma, LF line ends, one header row. A text that a
/// spreadsheet would take for a formula has an apostrophe before it.
#[must_use]
pub fn results_csv(rows: &[Released]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory fails for nothing: every record has as many fields as
    // the header.
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let _ = writer.write_record(record(row).into_iter().map(cell));
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(field: Field) -> String {
    match field {
        Field::Empty => String::new(),
        Field::Text(words) => guarded(words),
        Field::Number(digits) => digits,
        Field::Flag(yes) => yes.to_string(),
    }
}

/// Text that no spreadsheet runs as a formula.
#[must_use]
pub fn guarded(words: String) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{words}")
    } else {
        words
    }
}

/// The rows as a JSON array of objects, one a line: the same names, left out
/// where results.csv is empty, numbers as numbers. A hidden figure so has no
/// field that could be taken for a number.
#[must_use]
pub fn results_json(rows: &[Released]) -> Vec<u8> {
    let mut text = String::from("[");
    for (index, row) in rows.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        let object = serde_json::to_string(&Object(record(row)));
        text.push_str(&object.unwrap_or_else(|_| "null".to_owned()));
    }
    text.push_str("\n]\n");
    text.into_bytes()
}

/// A record with its names, in the order of the columns.
struct Object([Field; 29]);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, field) in COLUMNS.iter().zip(&self.0) {
            if !matches!(field, Field::Empty) {
                map.serialize_entry(name, field)?;
            }
        }
        map.end()
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(words) => serializer.serialize_str(words),
            Self::Flag(yes) => serializer.serialize_bool(*yes),
            Self::Number(digits) => match (digits.parse::<i64>(), digits.parse::<f64>()) {
                (Ok(whole), _) => serializer.serialize_i64(whole),
                (_, Ok(value)) => serializer.serialize_f64(value),
                _ => serializer.serialize_none(),
            },
        }
    }
}
