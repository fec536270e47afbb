//! What reading costs over the bare readers: each .xlsx of a folder against
//! calamine's own cell reader, each .csv against the csv crate's own record
//! loop, in turn within one run. Prints medians and their ratio; writes
//! nothing.
//!
//!     cargo bench -p staywise-intake --bench reading -- FOLDER [RUNS]

#![allow(clippy::expect_used, missing_docs)]

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use staywise_intake::data::SourceRule;
use staywise_intake::ingest::{Input, read};
use std::hint::black_box;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Cells of all visible sheets, looked at once and dropped.
fn bare_workbook(bytes: &[u8]) -> u64 {
    let mut book: Xlsx<Cursor<&[u8]>> =
        open_workbook_from_rs(Cursor::new(bytes)).expect("the workbook opens");
    let mut cells = 0;
    for name in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&name).expect("the sheet opens");
        while let Some(cell) = reader.next_cell().expect("the cell reads") {
            black_box(cell.get_value());
            cells += 1;
        }
    }
    cells
}

/// Fields of all records, looked at once and dropped.
fn bare_csv(bytes: &[u8]) -> u64 {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut fields = 0;
    while reader
        .read_byte_record(&mut record)
        .expect("the record reads")
    {
        for field in &record {
            black_box(field);
            fields += 1;
        }
    }
    fields
}

fn seconds(work: impl FnOnce() -> u64) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64()
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

fn measure(path: &Path, runs: usize) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(path).expect("the file reads");
    let bare = if name.ends_with(".xlsx") {
        bare_workbook
    } else {
        bare_csv
    };
    let whole = || {
        let input = Input {
            name: &name,
            bytes: &bytes,
        };
        let readings = read(input, &SourceRule::default());
        readings.iter().map(|r| r.report.rows_read).sum::<u64>()
    };
    let (mut plain, mut ours, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..=runs {
        let (a, b) = (seconds(|| bare(&bytes)), seconds(whole));
        // The first is not counted.
        if run > 0 {
            plain.push(a);
            ours.push(b);
            ratios.push(b / a);
        }
    }
    println!(
        "{name:40} bare {:7.3} s   read {:7.3} s   {:.2} times",
        median(plain),
        median(ours),
        median(ratios)
    );
}

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|w| w != "--bench")
        .collect();
    let Some(folder) = words.first() else {
        println!("usage: cargo bench -p staywise-intake --bench reading -- FOLDER [RUNS]");
        return;
    };
    let runs = words.get(1).and_then(|n| n.parse().ok()).unwrap_or(5);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder reads")
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p.extension().is_some_and(|e| e == "xlsx" || e == "csv"))
        .collect();
    files.sort();
    for file in files {
        measure(&file, runs);
    }
}
