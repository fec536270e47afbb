//! Workbooks of several sheets: which are read, and what is said of the rest.

use super::{complaints, notes, read_as};
use crate::data::{Holds, Layout, SourceRule};
use crate::ingest::{Input, Reading, read};
use rust_xlsxwriter::{Format, Workbook};
use staywise_core::domain::Severity;

const STAFF: [&[&str]; 3] = [
    &["Employee Number", "Hire Date", "Site"],
    &["101", "2024-02-13", "North"],
    &["102", "2024-03-14", "South"],
];
const LEAVERS: [&[&str]; 2] = [
    &["Employee Number", "Hire Date", "Termination Date"],
    &["103", "2023-02-13", "2025-03-14"],
];
const FORMS: [&[&str]; 3] = [
    &[
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "How likely are you to stay with us for the next 12 months?",
    ],
    &[
        "1",
        "2026-02-13 10:00:00",
        "2026-02-13 10:05:00",
        "anonymous",
        "",
        "Very likely",
    ],
    &[
        "2",
        "2026-02-14 10:00:00",
        "2026-02-14 10:05:00",
        "anonymous",
        "",
        "Unlikely",
    ],
];
const NOTES: [&[&str]; 2] = [&["Notes"], &["Read me first please"]];

/// A workbook of sheets by their names; one whose name ends with an asterisk
/// is hidden.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name.trim_end_matches('*')).unwrap();
        sheet.set_hidden(name.ends_with('*'));
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                sheet.write(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn readings(bytes: &[u8], rule: &SourceRule) -> Vec<Reading> {
    let name = "b.xlsx";
    read(Input { name, bytes }, rule)
}

fn sheets_of(readings: &[Reading]) -> Vec<(&str, Option<Layout>, u64)> {
    let of = |r: &'_ Reading| (r.report.layout, r.report.rows_read);
    readings
        .iter()
        .map(|r| (r.report.sheet.as_deref().unwrap_or(""), of(r).0, of(r).1))
        .collect()
}

fn message(reading: &Reading, rule: &str) -> String {
    let found = reading.findings.iter().find(|f| f.rule == rule);
    found.map(|f| f.message.clone()).unwrap_or_default()
}

#[test]
fn every_sheet_whose_table_is_recognised_is_read() {
    let bytes = book(&[
        ("Notes", &NOTES),
        ("Feedback", &FORMS),
        ("In post", &STAFF),
        ("Copy", &STAFF),
        ("Left", &LEAVERS),
        ("Secret*", &LEAVERS),
    ]);
    let all = readings(&bytes, &SourceRule::default());
    assert_eq!(
        sheets_of(&all),
        [
            ("Feedback", Some(Layout::MicrosoftForms), 2),
            ("In post", Some(Layout::StaffList), 2),
            ("Left", Some(Layout::StaffList), 1),
        ]
    );
    let first = &all[0];
    assert!(message(first, "several-sheets").contains("\"Feedback\", \"In post\", \"Left\""));
    assert!(message(first, "other-sheets").contains("Notes (none of its columns is known"));
    assert!(message(first, "same-sheet-twice").contains("\"Copy\" holds the same as \"In post\""));
    assert!(message(first, "hidden-sheet").contains("Secret"));
    // It is said once, and each table is told with its sheet.
    assert!(all[1..].iter().all(|r| !notes(r).contains(&"other-sheets")));
    for reading in &all {
        assert_eq!(reading.tables[0].sheet, reading.report.sheet);
    }
}

#[test]
fn what_the_study_says_of_the_file_makes_no_table_of_a_page_of_notes() {
    let bytes = book(&[("Notes", &NOTES), ("Feedback", &FORMS), ("In post", &STAFF)]);
    let rule = SourceRule {
        holds: Some(Holds::Staff),
        ..SourceRule::default()
    };
    let staff = readings(&bytes, &rule);
    assert_eq!(sheets_of(&staff), [("In post", Some(Layout::StaffList), 2)]);
    assert!(
        message(&staff[0], "other-sheets").contains("Feedback (it is a Microsoft Forms export)")
    );
}

#[test]
fn a_sheet_that_the_study_names_is_the_only_one_read() {
    let bytes = book(&[("In post", &STAFF), ("Left", &LEAVERS), ("Secret*", &FORMS)]);
    for (sheet, rows) in [("left ", 1), ("Secret", 2)] {
        let rule = SourceRule {
            sheet: Some(sheet.to_owned()),
            ..SourceRule::default()
        };
        let named = readings(&bytes, &rule);
        assert_eq!(
            (named.len(), named[0].report.rows_read),
            (1, rows),
            "{sheet}"
        );
    }
}

#[test]
fn where_no_sheet_is_recognised_the_likeliest_is_read() {
    let lookup: [&[&str]; 3] = [&["code", "label"], &["1", "one"], &["2", "two"]];
    let bytes = book(&[("Notes", &NOTES), ("Codes", &lookup)]);
    let read = readings(&bytes, &SourceRule::default());
    assert_eq!(sheets_of(&read), [("Codes", Some(Layout::Table), 2)]);
    assert!(message(&read[0], "other-sheets").contains("which looks most like a table"));
}

#[test]
fn one_broken_sheet_does_not_spoil_the_others() {
    let bytes = book(&[("In post", &STAFF), ("Left", &LEAVERS)]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut xml = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut xml).unwrap();
        if name.ends_with("sheet1.xml") {
            xml.truncate(xml.len() / 2);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut out, &xml).unwrap();
    }
    let bytes = out.finish().unwrap().into_inner();
    let read = readings(&bytes, &SourceRule::default());
    assert_eq!(sheets_of(&read), [("Left", Some(Layout::StaffList), 1)]);
    assert!(message(&read[0], "other-sheets").contains("In post (it cannot be read)"));
    let rule = SourceRule {
        sheet: Some("In post".to_owned()),
        ..SourceRule::default()
    };
    let named = read_as("b.xlsx", &bytes, &rule);
    assert_eq!(complaints(&named), ["error truncated-workbook x1"]);
    let error = named
        .findings
        .iter()
        .find(|f| f.severity == Severity::Error);
    assert_eq!(error.unwrap().origin.sheet.as_deref(), Some("In post"));
}

#[test]
fn a_few_tidy_cells_are_no_likelier_table_than_the_rows_beside_them() {
    let tiny: [&[&str]; 2] = [&["Colour", "Weight", "Size"], &["red", "1.5", "3"]];
    let data: [&[&str]; 7] = [
        &["Flower", "Garden", "Height", ""],
        &["rose", "north", "12", "x"],
        &["lily", "north", "13", ""],
        &["iris", "south", "14", "y"],
        &["rose", "south", "15", ""],
        &["lily", "east", "16", ""],
        &["iris", "east", "17", ""],
    ];
    let bytes = book(&[("Key", &tiny), ("Data", &data)]);
    let read = readings(&bytes, &SourceRule::default());
    assert_eq!(sheets_of(&read), [("Data", Some(Layout::Table), 6)]);
    assert!(message(&read[0], "other-sheets").contains("Key"));
}

/// Site merged over three rows and then two, under a title merged over all
/// columns.
fn merged_sites() -> Vec<u8> {
    let format = Format::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headers = ["Employee Number", "Site", "Hire Date"];
    sheet
        .merge_range(0, 0, 0, 2, "Staff in post", &format)
        .unwrap();
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write(1, column, header).unwrap();
    }
    for (row, person) in (2_u32..).zip(["101", "102", "103", "104", "105", "106"]) {
        sheet.write(row, 0, person).unwrap();
        sheet.write(row, 2, "2024-02-13").unwrap();
    }
    sheet.merge_range(2, 1, 4, 1, "North", &format).unwrap();
    sheet.merge_range(5, 1, 6, 1, "South", &format).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_cell_merged_over_rows_counts_for_each_of_them() {
    let bytes = merged_sites();
    let input = Input {
        name: "staff.xlsx",
        bytes: &bytes,
    };
    let readings = read(input, &SourceRule::default());
    let table = &readings[0].tables[0];
    let site = table.columns.iter().find(|c| c.header == "Site").unwrap();
    let said: Vec<String> = (0..table.rows())
        .map(|row| site.cells.cell(row).text().into_owned())
        .collect();
    // The last row is in no merged area, and its site is not known.
    assert_eq!(said, ["North", "North", "North", "South", "South", ""]);
    let mut notes = readings[0].findings.iter();
    let note = notes.find(|f| f.rule == "merged-cells").unwrap();
    assert_eq!((note.severity, note.count), (Severity::Note, 3));
    assert_eq!(note.origin.row, Some(3));
    assert_eq!(note.origin.column.as_deref(), Some("B \"Site\""));
    assert!(note.message.contains("down to row 5"), "{}", note.message);
}
