//! Small workbooks written part by part, as tests/hostile keeps them: a sheet
//! that is shown and a second one. Parts are stored, not packed, so that the
//! bytes are the same everywhere.

use std::io::{Cursor, Write};
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const SHEET_LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
const SHEET_END: &str = "</sheetData></worksheet>";

/// A workbook of two sheets, Staff and Old; the second in a state.
struct Book {
    properties: &'static str,
    state: &'static str,
    sheets: [String; 2],
}

impl Book {
    fn bytes(&self) -> Vec<u8> {
        let workbook = format!(
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{}<sheets><sheet name="Staff" sheetId="1" r:id="rId1"/><sheet name="Old" sheetId="2" state="{}" r:id="rId2"/></sheets></workbook>"#,
            self.properties, self.state
        );
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, part) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", LINKS),
            ("xl/workbook.xml", &workbook),
            ("xl/_rels/workbook.xml.rels", SHEET_LINKS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", &self.sheets[0]),
            ("xl/worksheets/sheet2.xml", &self.sheets[1]),
        ] {
            zip.start_file(name, stored).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

/// A sheet of rows: each its number and cells, tabs between. A cell `d:1` is
/// formatted as a date, `n:1` a number, `f:1` a formula with that value last
/// seen, `#N/A` an error, anything else text.
fn sheet(rows: &[(u32, &str)]) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for (row, cells) in rows {
        out.push_str(&format!(r#"<row r="{row}">"#));
        for (letter, cell) in ('A'..='Z').zip(cells.split('\t')) {
            let place = format!("{letter}{row}");
            out.push_str(&match cell.split_once(':') {
                _ if cell.is_empty() => String::new(),
                Some(("d", n)) => format!(r#"<c r="{place}" s="1"><v>{n}</v></c>"#),
                Some(("n", n)) => format!(r#"<c r="{place}"><v>{n}</v></c>"#),
                Some(("f", n)) => format!(r#"<c r="{place}"><f>1*1</f><v>{n}</v></c>"#),
                _ if cell.starts_with('#') => format!(r#"<c r="{place}" t="e"><v>{cell}</v></c>"#),
                _ => format!(r#"<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>"#),
            });
        }
        out.push_str("</row>");
    }
    out.push_str(SHEET_END);
    out
}

fn book(state: &'static str, sheets: [String; 2]) -> Vec<u8> {
    Book {
        properties: "",
        state,
        sheets,
    }
    .bytes()
}

const STAFF: [(u32, &str); 7] = [
    (1, "Staff in post"),
    (2, "As at\td:46112"),
    (5, "Employee Number\tHire Date\tTermination Date\tFTE\tSite"),
    (6, "n:20012345\td:45335\t\tn:1\tNorth"),
    (7, "00712\td:45336.5\td:45700\tf:0.5\tSouth"),
    (9, "n:20012347\td:45337\t\t#N/A\tSouth"),
    (10, "Total\t\t\tn:1.5"),
];
const TWO: [(u32, &str); 2] = [(1, "Employee Number\tHire Date"), (2, "n:1\td:45335")];

/// Every workbook of tests/hostile with its name.
pub(super) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let staff = book("hidden", [sheet(&STAFF), sheet(&TWO)]);
    let mut says_3_gib = staff.clone();
    let entry = says_3_gib
        .windows(4)
        .rposition(|w| w == b"PK\x01\x02")
        .unwrap();
    says_3_gib[entry + 24..entry + 28].copy_from_slice(&(3_u32 << 30).to_le_bytes());
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.resize(512, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    locked.resize(1024, 0);
    let cut = sheet(&STAFF)[..500].to_owned();
    let notes = sheet(&[(1, "Notes"), (2, "Read me first please")]);
    vec![
        ("truncated.xlsx", staff[..staff.len() / 2].to_vec()),
        ("staff.xlsx", staff),
        ("says-3-gib.xlsx", says_3_gib),
        ("locked.xlsx", locked),
        ("broken-sheet.xlsx", book("hidden", [cut, sheet(&[])])),
        ("two-sheets.xlsx", book("visible", [notes, sheet(&TWO)])),
        ("all-hidden.xlsx", book("hidden", [sheet(&[]), sheet(&TWO)])),
        (
            "header-only.xlsx",
            book("hidden", [sheet(&TWO[..1]), sheet(&[])]),
        ),
        ("far-cells.xlsx", book("hidden", [far_cells(), sheet(&[])])),
        (
            "epoch-1904.xlsx",
            Book {
                properties: r#"<workbookPr date1904="1"/>"#,
                state: "hidden",
                sheets: [sheet(&[TWO[0], (2, "n:1\td:43873")]), sheet(&[])],
            }
            .bytes(),
        ),
    ]
}

/// A last row with a cell in each of 400 far columns: 420 million cells if
/// all before them were held.
fn far_cells() -> String {
    let mut out = sheet(&TWO[..1]);
    out.truncate(out.len() - SHEET_END.len());
    out.push_str(r#"<row r="1048576">"#);
    for first in 'A'..='P' {
        for second in 'A'..='Z' {
            out.push_str(&format!(r#"<c r="A{first}{second}1048576"><v>1</v></c>"#));
        }
    }
    out.push_str("</row>");
    out.push_str(SHEET_END);
    out
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile")
}

#[test]
fn the_workbooks_kept_are_those_made_here() {
    for (name, bytes) in all() {
        let kept = std::fs::read(folder().join(name)).unwrap_or_default();
        assert!(
            kept == bytes,
            "{name} differs: run the ignored test of this file"
        );
    }
}

#[test]
#[ignore = "writes the workbooks of tests/hostile again"]
fn write_the_workbooks_again() {
    for (name, bytes) in all() {
        std::fs::write(folder().join(name), bytes).unwrap();
    }
}
