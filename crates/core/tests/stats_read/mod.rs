//! Reading reference values and public data sets for the tests of `stats`.
//! Holds no expected value of its own.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used
)]

use serde_json::Value;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Interval, LifeTable};
use std::path::{Path, PathBuf};

/// The rows of `tests/reference/<name>.json`.
pub fn reference(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(format!("{name}.json"));
    let rows: Vec<Value> = serde_json::from_str(&read(&path)).expect("reference is JSON");
    assert!(!rows.is_empty(), "{name} is empty");
    rows
}

/// The folder of public data sets beside the project, if it is there.
pub fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here
        .ancestors()
        .map(|folder| folder.join("shared/data"))
        .find(|folder| folder.join("INDEX.md").is_file());
    if found.is_none() {
        println!("skipped: shared data not here");
    }
    found
}

pub fn json(path: &Path) -> Value {
    serde_json::from_str(&read(path)).expect("file is JSON")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A plain CSV without commas inside its cells: header, then rows.
pub struct Csv {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Csv {
    pub fn read(path: &Path) -> Self {
        let cells = |line: &str| {
            line.split(',')
                .map(|c| c.trim().trim_matches('"').to_owned())
                .collect::<Vec<_>>()
        };
        let text = read(path);
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(cells);
        let header = lines.next().expect("a header");
        let rows: Vec<_> = lines.collect();
        assert!(rows.iter().all(|r| r.len() == header.len()), "ragged");
        Self { header, rows }
    }

    pub fn column(&self, name: &str) -> Vec<&str> {
        let index = self
            .header
            .iter()
            .position(|h| h == name)
            .unwrap_or_else(|| panic!("no column {name} in {:?}", self.header));
        self.rows.iter().map(|r| r[index].as_str()).collect()
    }

    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.column(name)
            .iter()
            .map(|c| c.parse().expect("a number"))
            .collect()
    }

    pub fn counts(&self, name: &str) -> Vec<u64> {
        self.column(name)
            .iter()
            .map(|c| c.parse().expect("a count"))
            .collect()
    }
}

pub fn ending(event: bool) -> Ending {
    if event {
        Ending::Event
    } else {
        Ending::StillFollowed
    }
}

/// A life table of `[entry, exit, event]` units.
pub fn life_table(units: &Value) -> LifeTable {
    let mut table = LifeTable::default();
    for unit in units.as_array().expect("units") {
        let day = |i: usize| u32::try_from(unit[i].as_u64().expect("a day")).expect("a day");
        table.follow(day(0), day(1), ending(unit[2].as_bool().expect("event")));
    }
    table
}

pub fn number(row: &Value, key: &str) -> f64 {
    row[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} in {row}"))
}

pub fn count(row: &Value, key: &str) -> u64 {
    row[key]
        .as_u64()
        .unwrap_or_else(|| panic!("{key} in {row}"))
}

/// The same to ten significant digits.
pub fn same(actual: f64, expected: f64) -> bool {
    (actual - expected).abs() <= 1e-10 * expected.abs()
}

#[track_caller]
pub fn assert_same(actual: f64, expected: f64, what: &dyn std::fmt::Display) {
    assert!(
        same(actual, expected),
        "{what}: {actual:?} is not {expected:?}"
    );
}

#[track_caller]
pub fn assert_limits(actual: Option<Interval>, expected: (f64, f64), what: &dyn std::fmt::Display) {
    let actual = actual.unwrap_or_else(|| panic!("{what}: no interval"));
    assert_same(actual.lower, expected.0, what);
    assert_same(actual.upper, expected.1, what);
}
