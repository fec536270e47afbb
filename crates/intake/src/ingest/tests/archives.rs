//! Zips of tables: what is read, under which name, and what is refused.

use super::complaints;
use crate::data::SourceRule;
use crate::ingest::{Input, Reading, read, unpack};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const STAFF: &[u8] = b"Employee Number,Hire Date\n101,2024-02-13\n102,2024-03-14\n";

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        if name.ends_with('/') {
            out.add_directory(*name, SimpleFileOptions::default())
                .unwrap();
            continue;
        }
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn readings(bytes: &[u8]) -> Vec<Reading> {
    let name = "pack.zip";
    read(Input { name, bytes }, &SourceRule::default())
}

fn all_complaints(readings: &[Reading]) -> Vec<String> {
    readings.iter().flat_map(complaints).collect()
}

#[test]
fn each_table_is_read_as_if_it_lay_in_the_folder() {
    let bytes = zipped(&[
        ("inner/", b""),
        ("inner/staff.csv", STAFF),
        ("__MACOSX/inner/._staff.csv", b"\0\x05\x16"),
        (".DS_Store", b"x"),
        ("~$staff.xlsx", b"x"),
        ("guide.pdf", b"%PDF"),
        ("a.docx", b"PK"),
        ("b.PDF", b"%PDF"),
        ("..\\..\\up.csv", STAFF),
    ]);
    let read = readings(&bytes);
    let files: Vec<&str> = read.iter().map(|r| r.report.file.as_str()).collect();
    assert_eq!(files, ["pack.zip/inner/staff.csv", "pack.zip/up.csv"]);
    assert!(read.iter().all(|r| r.report.rows_read == 2));
    assert_eq!(read[0].tables[0].file, "pack.zip/inner/staff.csv");
    let told = &read[0].findings[0];
    assert_eq!(
        (told.rule, told.origin.file.as_str()),
        ("zip-members", "pack.zip")
    );
    assert_eq!(
        told.message,
        "Tables taken out of the archive: 2. Left out: 3 that are no tables (1 .docx, 2 .pdf), \
         3 hidden or of a system's own, 1 folders."
    );
    assert!(all_complaints(&read).is_empty());
}

#[test]
fn archives_inside_archives_are_refused() {
    let inner = zipped(&[("staff.csv", STAFF)]);
    let bytes = zipped(&[("a.zip", &inner), ("named.csv", &inner), ("s.csv", STAFF)]);
    let read = readings(&bytes);
    assert_eq!(read.len(), 1);
    assert_eq!(all_complaints(&read), ["warning zip-inside-zip x2"]);
    let only = readings(&zipped(&[("a.zip", &inner)]));
    assert_eq!(all_complaints(&only), ["warning zip-inside-zip x1"]);
    assert!(only[0].tables.is_empty());
}

#[test]
fn a_bomb_stops_whatever_it_says_of_its_size() {
    let big = vec![b'a'; 40 << 20];
    let honest = zipped(&[("big.csv", &big), ("staff.csv", STAFF)]);
    let mut lying = honest.clone();
    for mark in [b"PK\x01\x02", b"PK\x03\x04"] {
        let at = lying.windows(4).position(|w| w == mark).unwrap();
        let size = at + if mark[2] == 1 { 24 } else { 22 };
        lying[size..size + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    for bytes in [honest, lying] {
        let read = readings(&bytes);
        assert_eq!(read.len(), 1);
        let found = all_complaints(&read);
        assert!(
            found == ["error zip-too-large x1"] || found == ["error broken-archive x1"],
            "{found:?}"
        );
        assert!(
            read[0]
                .findings
                .iter()
                .any(|f| f.origin.file == "pack.zip/big.csv")
        );
        assert_eq!(read[0].report.file, "pack.zip/staff.csv");
    }
}

#[test]
fn a_workbook_that_says_too_little_of_its_parts_is_broken() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..20_000 {
        sheet.write(row, 0, "Employee Number").unwrap();
    }
    let mut bytes = book.save_to_buffer().unwrap();
    let name = b"xl/worksheets/sheet1.xml";
    for (mark, size, to_name) in [(b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)] {
        let is =
            |at: usize| bytes[at..].starts_with(mark) && bytes[at + to_name..].starts_with(name);
        let at = (0..bytes.len() - 60).find(|at| is(*at)).unwrap();
        bytes[at + size..at + size + 4].copy_from_slice(&99_u32.to_le_bytes());
    }
    let read = readings(&bytes);
    assert_eq!(all_complaints(&read), ["error truncated-workbook x1"]);
}

#[test]
fn too_many_members_and_none_are_said() {
    let names: Vec<String> = (0..1001).map(|n| format!("{n}.csv")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), STAFF)).collect();
    assert_eq!(
        all_complaints(&readings(&zipped(&files))),
        ["error zip-too-large x1"]
    );
    let none = readings(&zipped(&[("a.pdf", b"%PDF")]));
    assert_eq!(all_complaints(&none), ["error not-a-table x1"]);
    assert_eq!(none[0].report.file, "pack.zip");
}

#[test]
fn a_locked_member_is_named() {
    let mut bytes = zipped(&[("locked.csv", STAFF), ("staff.csv", STAFF)]);
    // The first bit of the flags says that it is locked.
    for (mark, flags) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
        let at = bytes.windows(4).position(|w| w == mark).unwrap();
        bytes[at + flags] |= 1;
    }
    let read = readings(&bytes);
    assert_eq!(all_complaints(&read), ["error password-protected x1"]);
    let found = &read[0].findings[0];
    assert_eq!(found.origin.file, "pack.zip/locked.csv");
}

#[test]
fn what_is_no_archive_is_not_unpacked() {
    let workbook = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap();
    for bytes in [STAFF, &workbook[..], b"PK\x03\x04 cut short"] {
        let name = "pack.zip";
        assert_eq!(unpack(Input { name, bytes }), None);
    }
}
