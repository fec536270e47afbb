//! What the fuzz targets share: a file is read whatever its bytes, and what is
//! said of it must hold together. Writes nothing.

use staywise_intake::data::SourceRule;
use staywise_intake::ingest::{Input, Reading, read};

/// Reads a file and holds its readings to what every reading must be: as many
/// rows as are told, a value for each, row numbers in order, and an error or a
/// table.
///
/// # Panics
/// Where a reading contradicts itself; that is what fuzzing is for.
pub fn read_and_hold(name: &str, bytes: &[u8]) -> Vec<Reading> {
    let readings = read(Input { name, bytes }, &SourceRule::default());
    assert!(!readings.is_empty(), "nothing is said of the file");
    for reading in &readings {
        assert!(
            !reading.tables.is_empty() || !reading.findings.is_empty(),
            "neither a table nor a finding"
        );
        for table in &reading.tables {
            assert!(table.row_numbers.is_sorted_by(|a, b| a < b), "row numbers");
            for column in &table.columns {
                assert_eq!(column.cells.codes.len(), table.rows(), "a value a row");
                let pool = column.cells.pool.len();
                let inside = |code: &u32| usize::try_from(*code).is_ok_and(|c| c < pool);
                assert!(column.cells.codes.iter().all(inside), "a code past the pool");
            }
        }
        for finding in &reading.findings {
            assert!(!finding.message.is_empty(), "a finding without words");
        }
    }
    readings
}

/// Ends the run at a panic of our own code only. A reader crate that panics is
/// caught by the code under test, and what it then says is held like any other.
pub fn end_at_our_own_panics() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let foreign = panic
            .location()
            .is_some_and(|place| place.file().contains("/registry/"));
        if !foreign {
            end(panic);
        }
    }));
}

/// A piece of the input, and the rest.
#[must_use]
pub fn split(data: &[u8], at: usize) -> (&[u8], &[u8]) {
    data.split_at(at.min(data.len()))
}
