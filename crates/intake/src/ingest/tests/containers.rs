//! Files that would make a reader loop, fill the memory or follow a path out
//! of the file, and awkward text: what is said, or what is read all the same.

use super::{complaints, notes, read_as, read_bytes, shown};
use crate::data::{Holds, Layout, SourceRule};
use crate::ingest::{Input, Reading, read};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

/// The bytes of an .xls with a stream of records, and the sector that follows
/// the directory's first: the end of its chain, or itself.
fn compound(after_directory: u32, records: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut stream = records.to_vec();
    stream.resize(4096, 0);
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.resize(512, 0);
    header[26] = 3;
    (header[30], header[32], header[44], header[48]) = (9, 6, 1, 1);
    header[60..64].copy_from_slice(&END.to_le_bytes());
    header[68..72].copy_from_slice(&END.to_le_bytes());
    header[76..].fill(0xFF);
    header[76..80].fill(0);
    // Sector 0 chains: itself, the directory, eight sectors of the stream.
    let mut chains = vec![0xFFFF_FFFD, after_directory];
    chains.extend(3..10);
    chains.push(END);
    chains.resize(128, 0xFFFF_FFFF_u32);
    let mut directory = vec![0; 512];
    for (at, name, start, length) in [(0, "Root Entry", END, 0), (128, "Workbook", 2, 4096_u32)] {
        let entry = &mut directory[at..at + 128];
        for (place, unit) in name.encode_utf16().enumerate() {
            entry[place * 2..place * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&length.to_le_bytes());
    }
    let chains = chains.into_iter().flat_map(u32::to_le_bytes);
    header
        .into_iter()
        .chain(chains)
        .chain(directory)
        .chain(stream)
        .collect()
}

fn record(sort: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&sort.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// Records of a workbook with sheets that all begin at the same place, and
/// records of that sheet.
fn records(sheets: usize, body: &[Vec<u8>]) -> Vec<u8> {
    let begin = |sort: u8| record(0x0809, &[0, 6, sort, 0, 0, 0, 0, 0]);
    let one = |at: u32| {
        record(
            0x0085,
            &[&at.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat(),
        )
    };
    let globals = begin(5).len() + one(0).len() * sheets + 4;
    let at = u32::try_from(globals).unwrap();
    let mut out = begin(5);
    (0..sheets).for_each(|_| out.extend(one(at)));
    out.extend(record(0x000A, &[]));
    out.extend(begin(0x10));
    body.iter().for_each(|record| out.extend(record));
    out.extend(record(0x000A, &[]));
    out
}

/// A number in a cell.
fn cell(row: u16, column: u16) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x0203, &[&place[..], &1_f64.to_le_bytes()].concat())
}

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

fn said(bytes: &[u8]) -> Vec<String> {
    complaints(&read_bytes("x.xls", bytes))
}

#[test]
fn an_xls_whose_sectors_form_a_circle_is_broken() {
    let records = records(1, &[cell(0, 0)]);
    // The same file with its directory's chain at an end is read.
    let sound = read_bytes("x.xls", &compound(END_OF_CHAIN, &records));
    assert_eq!(
        sound.report.sheet.as_deref(),
        Some("S"),
        "{:?}",
        sound.findings
    );
    let circle = read_bytes("x.xls", &compound(1, &records));
    assert_eq!(complaints(&circle), ["error truncated-workbook x1"]);
    assert!(circle.findings[0].message.contains("form a circle"));
}

#[test]
fn the_size_that_a_sheet_says_it_has_is_not_believed() {
    let huge = [0, u32::MAX].map(u32::to_le_bytes).concat();
    let dimensions = record(0x0200, &[&huge[..], &[0, 0, 0xFF, 0xFF, 0, 0]].concat());
    let says = compound(END_OF_CHAIN, &records(1, &[dimensions, cell(0, 0)]));
    assert_eq!(said(&says), ["error unsafe-workbook x1"]);
    let far = compound(
        END_OF_CHAIN,
        &records(1, &[cell(0, 0), cell(65_535, 65_535)]),
    );
    assert_eq!(said(&far), ["error too-large x1"]);
    let many = compound(END_OF_CHAIN, &records(90, &[cell(0, 0)]));
    assert_eq!(said(&many), ["error unsafe-workbook x1"]);
}

const CONTENT_BEGIN: &str = "<office:document-content><office:body><office:spreadsheet>\
     <table:table table:name=\"Staff\">";
const CONTENT_END: &str =
    "</table:table></office:spreadsheet></office:body></office:document-content>";

/// An .ods by its content.
pub(super) fn ods(content: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest></manifest:manifest>",
        ),
        ("content.xml", content),
    ] {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(part.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// An .ods by the rows of its sheet.
pub(super) fn ods_of(rows: &str) -> Vec<u8> {
    ods(&format!("{CONTENT_BEGIN}{rows}{CONTENT_END}"))
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let cells: String = cells.iter().map(cell).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

#[test]
fn an_ods_that_never_ends_or_repeats_without_end_is_refused() {
    let staff = ods_row(&["Employee Number", "Hire Date"]) + &ods_row(&["101", "2024-02-13"]);
    let sound = read_bytes("s.ods", &ods_of(&staff));
    assert_eq!(sound.report.rows_read, 1, "{:?}", sound.findings);
    let of = |bytes: Vec<u8>| complaints(&read_bytes("s.ods", &bytes));
    // The reader waits for the table's end for ever.
    let endless = ods(&format!("{CONTENT_BEGIN}{staff}"));
    assert_eq!(of(endless), ["error truncated-workbook x1"]);
    let wide = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell \
        table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>\
        </table:table-row>";
    assert_eq!(of(ods_of(wide)), ["error too-large x1"]);
    let declared = format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{CONTENT_BEGIN}{staff}{CONTENT_END}");
    assert_eq!(of(ods(&declared)), ["error unsafe-workbook x1"]);
}

/// A workbook with a part changed, or with one more.
pub(super) fn with_part(bytes: &[u8], changed: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        if name == changed {
            xml = change(&xml);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(xml.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub(super) fn staff_workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([["Employee Number", "Hire Date"], ["101", "2024-02-13"]]) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn entities_are_refused_and_external_links_are_not_followed() {
    let bytes = staff_workbook();
    let declared = with_part(&bytes, "xl/workbook.xml", |xml| {
        xml.replacen(
            "?>",
            "?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>",
            1,
        )
    });
    let refused = read_bytes("s.xlsx", &declared);
    assert_eq!(complaints(&refused), ["error unsafe-workbook x1"]);
    // A formula that looks into another workbook counts as the value that it
    // had when this one was saved.
    let linked = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        let end = "<row r=\"3\"><c r=\"A3\"><f>[1]Staff!A1</f><v>102</v></c>\
            <c r=\"B3\" t=\"str\"><f>HYPERLINK(\"http://example.org\")</f><v>2024-02-14</v></c></row></sheetData>";
        xml.replace("</sheetData>", end)
    });
    let table = read_bytes("s.xlsx", &linked).tables.remove(0);
    assert_eq!(shown(&table, "Employee Number"), ["101", "102"]);
    assert_eq!(shown(&table, "Hire Date")[1], "2024-02-14");
}

fn staff_text(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn text_is_read_in_whichever_encoding_and_dialect_it_comes() {
    let plain = "Employee Number,Hire Date,Site\n101,2024-02-13,St John\u{2019}s\n";
    let big: Vec<u8> = staff_text(plain)
        .chunks(2)
        .flat_map(|c| [c[1], c[0]])
        .collect();
    let mac = plain.replace('\n', "\r").replace('\u{2019}', "\u{d5}");
    let mac: Vec<u8> = mac
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for (bytes, encoding, delimiter) in [
        (plain.as_bytes().to_vec(), "UTF-8", ','),
        (
            [b"\xef\xbb\xbf", plain.as_bytes()].concat(),
            "UTF-8 with BOM",
            ',',
        ),
        (staff_text(plain), "UTF-16LE", ','),
        (
            [b"\xff\xfe".to_vec(), staff_text(plain)].concat(),
            "UTF-16LE",
            ',',
        ),
        (big.clone(), "UTF-16BE", ','),
        ([b"\xfe\xff".to_vec(), big].concat(), "UTF-16BE", ','),
        (mac, "Mac OS Roman", ','),
        (plain.replace(',', "\t").into_bytes(), "UTF-8", '\t'),
        (plain.replace(',', "|").into_bytes(), "UTF-8", '|'),
        (plain.replace(',', ";").into_bytes(), "UTF-8", ';'),
        (
            format!("sep=;\r\n{}", plain.replace(',', ";")).into_bytes(),
            "UTF-8",
            ';',
        ),
        (plain.replace("St", "\0St").into_bytes(), "UTF-8", ','),
    ] {
        let reading = read_bytes("s.csv", &bytes);
        let said = (reading.report.encoding, reading.report.delimiter);
        assert_eq!(said, (Some(encoding), Some(delimiter)));
        assert_eq!(
            shown(&reading.tables[0], "Site"),
            ["St John\u{2019}s"],
            "{encoding}"
        );
        let zeros = bytes.windows(3).any(|w| w == b"\0St") && encoding == "UTF-8";
        assert_eq!(notes(&reading).contains(&"zero-bytes"), zeros);
        assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    }
}

#[test]
fn data_of_spss_is_refused_with_what_to_export_instead() {
    let bytes = b"$FL2@(#) SPSS DATA FILE";
    let reading: Reading = read_bytes("survey.sav", bytes);
    // It may lie beside what was exported from it; not so where the study
    // counts on it.
    assert_eq!(complaints(&reading), ["warning spss-file x1"]);
    let counted_on = SourceRule {
        holds: Some(Holds::Survey),
        ..SourceRule::default()
    };
    let said = complaints(&read_as("survey.sav", bytes, &counted_on));
    assert_eq!(said, ["error spss-file x1"]);
    assert!(reading.findings[0].remedy.contains("Save value labels"));
}

#[test]
fn a_broken_parquet_file_is_said() {
    for bytes in [&b"PAR1"[..], b"PAR1\0\0\0\0\xff\xff\xff\x7fPAR1"] {
        let reading = read_bytes("s.parquet", bytes);
        assert_eq!(complaints(&reading), ["error truncated-workbook x1"]);
        assert!(reading.findings[0].message.contains("Parquet"));
    }
}

/// The tables of a study folder kept beside the integration tests: name,
/// sheet, layout and rows of each.
fn study(folder: &str, name: &str) -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let path = format!("{root}/../../tests/formats/{folder}/{name}");
    let bytes = std::fs::read(&path).expect(&path);
    let input = Input {
        name,
        bytes: &bytes,
    };
    let said = |reading: &Reading| {
        assert!(complaints(reading).is_empty(), "{:?}", reading.findings);
        format!(
            "{} {} {} {}",
            reading.report.file,
            reading.report.sheet.as_deref().unwrap_or("-"),
            reading.report.layout.map_or("", Layout::word),
            reading.report.rows_read
        )
    };
    read(input, &SourceRule::default())
        .iter()
        .map(said)
        .collect()
}

#[test]
fn the_studies_of_archives_sheets_and_parquet_are_read_whole() {
    assert_eq!(
        study("zip", "return 2026.zip"),
        [
            "return 2026.zip/return/feedback spring 2026.csv - microsoft_forms 28",
            "return 2026.zip/return/workforce/staff list.xlsx Staff staff_list 32",
        ]
    );
    let workbook = "preceptorship return Q4.xlsx";
    let sheets = ["Feedback microsoft_forms 28", "In post staff_list 32"];
    let sheets = sheets.map(|sheet| format!("{workbook} {sheet}"));
    assert_eq!(study("sheets", workbook), sheets);
    for (name, read) in [
        ("staff list.parquet", "staff_list 32"),
        ("feedback spring 2026.parquet", "microsoft_forms 28"),
    ] {
        assert_eq!(study("parquet", name), [format!("{name} - {read}")]);
    }
}
