//! What reading costs over the bare readers, in turn within one run: each
//! .xlsx of a folder against calamine's own cell reader, each .csv against the
//! csv crate's own record loop. The bare loops look at each cell once and keep
//! nothing; that of the csv crate runs over `StringRecord`s, which are valid
//! text as a program wants it, and beside it over `ByteRecord`s, which nobody
//! has looked at. Prints medians and ratios; writes nothing.
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

fn csv_reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes)
}

/// Fields of all records as text, looked at once and dropped.
fn bare_csv(bytes: &[u8]) -> u64 {
    let mut reader = csv_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut fields = 0;
    while reader.read_record(&mut record).expect("the record reads") {
        for field in &record {
            black_box(field);
            fields += 1;
        }
    }
    fields
}

/// Fields of all records as bytes, looked at once and dropped.
fn bare_csv_bytes(bytes: &[u8]) -> u64 {
    let mut reader = csv_reader(bytes);
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
    let bare: &[Bare] = if name.ends_with(".xlsx") {
        &[("cells", bare_workbook)]
    } else {
        &[("text", bare_csv), ("bytes", bare_csv_bytes)]
    };
    let whole = || {
        let input = Input {
            name: &name,
            bytes: &bytes,
        };
        let readings = read(input, &SourceRule::default());
        readings.iter().map(|r| r.report.rows_read).sum::<u64>()
    };
    let mut ours = Vec::new();
    let mut plain = vec![Vec::new(); bare.len()];
    let mut ratios = plain.clone();
    for run in 0..=runs {
        let loops: Vec<f64> = bare
            .iter()
            .map(|(_, bare)| seconds(|| bare(&bytes)))
            .collect();
        let read = seconds(whole);
        // The first is not counted.
        if run > 0 {
            ours.push(read);
            for (at, bare) in loops.into_iter().enumerate() {
                plain[at].push(bare);
                ratios[at].push(read / bare);
            }
        }
    }
    print!("{name:36} read {:7.3} s", median(ours));
    for ((kind, _), (plain, ratios)) in bare.iter().zip(plain.into_iter().zip(ratios)) {
        let (plain, ratio) = (median(plain), median(ratios));
        print!("   bare {kind} {plain:7.3} s, {ratio:.2} times");
    }
    println!();
}

/// A bare reader and what it gives.
type Bare = (&'static str, fn(&[u8]) -> u64);

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
