//! Every real file that is at hand and is neither an answer nor a licence:
//! the table a careful analyst would take from it, or a clear error. What is
//! said of each is in `every_file_rows`.

use super::every_file_rows::{File, files as named_files};
use super::real::folder;
use super::{complaints, read_bytes};
use crate::data::SourceRule;
use crate::ingest::{Input, Reading, read};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

const LONGEST: Duration = Duration::from_secs(10);

/// Whether a file of the folder is to be read: not an answer, a licence or a
/// note on where it is from.
fn is_to_be_read(path: &str) -> bool {
    const ENDS: [&str; 5] = [".json", ".txt", ".md", "LICENSE", "LICENSE_FOR_DATA"];
    const FOLDERS: [&str; 3] = ["/parameters/", "/clean/", "/.git"];
    !path.starts_with("ref-")
        && !path.contains("expected")
        && !ENDS.iter().any(|end| path.ends_with(end))
        && !FOLDERS.iter().any(|folder| path.contains(folder))
}

fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(here) = folders.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path.strip_prefix(root).unwrap();
            let name = relative.to_string_lossy().replace('\\', "/");
            if is_to_be_read(&name) {
                found.insert(name);
            }
        }
    }
    found
}

/// What a reading is, as the table of files has it.
fn as_read(reading: &Reading) -> (String, u64, usize, u32, String) {
    let report = &reading.report;
    let layout = match report.layout {
        Some(layout) => layout.word().to_owned(),
        None => reading
            .findings
            .iter()
            .find(|f| f.severity != staywise_core::domain::Severity::Note)
            .map_or(String::new(), |f| format!("none: {}", f.rule)),
    };
    let source = report.encoding.map(str::to_owned);
    let source = source.or_else(|| report.sheet.clone()).unwrap_or_default();
    (
        layout,
        report.rows_read,
        report.columns.len(),
        report.header_row.unwrap_or(0),
        source,
    )
}

fn is_so(file: &File, reading: &Reading) -> bool {
    let (was, read, held, row, from) = as_read(reading);
    (
        file.layout,
        file.rows,
        file.columns,
        file.header,
        file.source,
    ) == (was.as_str(), read, held, row, from.as_str())
}

#[test]
fn every_file_is_named_and_gives_its_table() {
    let Some(root) = folder() else { return };
    let there = files(&root);
    let stated_files = named_files();
    let named: BTreeSet<String> = stated_files.iter().map(|f| f.path.to_owned()).collect();
    let unnamed: Vec<&String> = there.difference(&named).collect();
    let gone: Vec<&String> = named.difference(&there).collect();
    let mut wrong = Vec::new();
    for path in &there {
        let bytes = std::fs::read(root.join(path)).unwrap();
        let clock = Instant::now();
        let input = Input {
            name: path,
            bytes: &bytes,
        };
        let readings = read(input, &SourceRule::default());
        let took = clock.elapsed();
        assert!(took < LONGEST, "{path} took {took:?}");
        assert!(readings.iter().all(|r| !r.findings.is_empty()), "{path}");
        let stated = stated_files.iter().find(|file| file.path == path);
        if !stated.is_some_and(|file| readings.iter().any(|r| is_so(file, r))) {
            wrong.extend(
                readings
                    .iter()
                    .map(|r| (path.clone(), as_read(r), complaints(r))),
            );
        }
    }
    for (path, (layout, rows, columns, header, source), complaints) in &wrong {
        println!("{path} | {layout} | {rows} | {columns} | {header} | {source}     {complaints:?}");
    }
    assert!(
        unnamed.is_empty() && gone.is_empty(),
        "{unnamed:?} {gone:?}"
    );
    assert!(wrong.is_empty(), "{} files are read otherwise", wrong.len());
}

#[test]
fn every_sheet_of_a_workbook_is_read_or_named() {
    let Some(root) = folder() else { return };
    let path = "gov-people-survey/Civil_Service_People_Survey_2024_-_Results_Highlights_Data_\
                Companion.ods";
    let bytes = std::fs::read(root.join(path)).unwrap();
    let readings = read(
        Input {
            name: path,
            bytes: &bytes,
        },
        &SourceRule::default(),
    );
    let said: Vec<&str> = readings
        .iter()
        .flat_map(|r| r.findings.iter().map(|f| f.message.as_str()))
        .chain(readings.iter().filter_map(|r| r.report.sheet.as_deref()))
        .collect();
    for sheet in 1..=7 {
        let name = format!("Table_{sheet}");
        assert!(said.iter().any(|words| words.contains(&name)), "{name}");
    }
    // The first has what changed since 2023, and no figure that others lack.
    let rows = readings.iter().map(|reading| as_read(reading).1);
    assert_eq!(rows.collect::<Vec<_>>(), [160, 16, 16, 16, 16, 16]);
}

#[test]
fn every_file_cut_short_or_bent_gives_a_reading() {
    let Some(root) = folder() else { return };
    for path in files(&root) {
        let bytes = std::fs::read(root.join(&path)).unwrap();
        if bytes.len() >= 20_000 {
            continue;
        }
        for cut in [1, 2, 3, 5, 8] {
            let at = bytes.len() * cut / 9;
            let mut bent = bytes.clone();
            bent.get_mut(at).into_iter().for_each(|byte| *byte ^= 0x55);
            for reading in [read_bytes(&path, &bytes[..at]), read_bytes(&path, &bent)] {
                assert!(!reading.report.reason.is_empty(), "{path}");
                for table in &reading.tables {
                    let even = |c: &crate::data::TableColumn| c.cells.codes.len() == table.rows();
                    assert!(table.columns.iter().all(even), "{path}");
                }
            }
        }
    }
}
