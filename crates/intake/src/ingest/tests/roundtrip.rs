//! Any table that another program writes comes back the same: delimited text
//! by its delimiters and encodings, workbooks, OpenDocument and Parquet.

use crate::data::{Cell, SourceRule};
use crate::ingest::Input;
use crate::ingest::grid::Grid;
use crate::ingest::opening::{Opened, open};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::sync::Arc;

/// Texts that were read wrong somewhere, alone and joined.
const PIECES: [&str; 20] = [
    "a",
    "\"",
    "\"\"",
    ",",
    ";",
    "|",
    "\t",
    "'",
    "007",
    "0.10",
    "=1+1",
    "-",
    "\u{e9}",
    "\u{2019}",
    "\u{4e2d}\u{6587}",
    "\u{1f600}",
    "1,234",
    "TRUE",
    "#N/A",
    "x y",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&PIECES[..]), 1..4).prop_map(|pieces| pieces.concat())
}

/// Text that runs over lines.
fn lines() -> impl Strategy<Value = String> {
    (text(), text()).prop_map(|(a, b)| format!("{a}\n{b}"))
}

fn value() -> impl Strategy<Value = Cell> {
    prop_oneof![
        text().prop_map(|t| Cell::Text(t.into())),
        lines().prop_map(|t| Cell::Text(t.into())),
        any::<i32>().prop_map(|n| Cell::Number(f64::from(n))),
        (-1e9..1e9).prop_map(Cell::Number),
        (0..40_000_i32).prop_map(|day| Cell::Moment(f64::from(day))),
        any::<bool>().prop_map(Cell::Bool),
        Just(Cell::Empty),
    ]
}

/// A table with a header; its last row has a value in its last column.
fn table() -> impl Strategy<Value = Vec<Vec<Cell>>> {
    (2..6_usize, 1..9_usize)
        .prop_flat_map(|(columns, rows)| {
            proptest::collection::vec(proptest::collection::vec(value(), columns), rows)
        })
        .prop_map(|mut rows| {
            let width = rows[0].len();
            let header = (0..width).map(|c| Cell::Text(format!("h{c}").into()));
            rows.insert(0, header.collect());
            let end = rows.len() - 1;
            rows[end][width - 1] = Cell::Text("end".into());
            rows
        })
}

fn opened(name: &str, bytes: &[u8]) -> Opened {
    let mut all = open(&Input { name, bytes }, &SourceRule::default());
    assert_eq!(all.len(), 1);
    all.remove(0).expect("a grid")
}

fn rows_of(grid: &Grid) -> Vec<Vec<Cell>> {
    let row = |r| (0..grid.width()).map(|c| grid.cell(r, c).clone()).collect();
    (0..grid.rows()).map(row).collect()
}

fn as_text(rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
    let row = |row: &Vec<Cell>| row.iter().map(|c| c.text().into_owned()).collect();
    rows.iter().map(row).collect()
}

fn delimited(rows: &[Vec<String>], delimiter: u8, newline: csv::Terminator) -> String {
    let mut out = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(newline)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    for row in rows {
        out.write_record(row).unwrap();
    }
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let little = || text.encode_utf16().flat_map(u16::to_le_bytes);
    let big = || text.encode_utf16().flat_map(u16::to_be_bytes);
    match encoding {
        "UTF-8 with BOM" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "UTF-16LE" => [0xff, 0xfe].into_iter().chain(little()).collect(),
        "UTF-16BE" => [0xfe, 0xff].into_iter().chain(big()).collect(),
        _ => text.as_bytes().to_vec(),
    }
}

fn workbook(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (r, row) in (0..).zip(rows) {
        for (c, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string(r, c, &**text),
                Cell::Number(n) => sheet.write_number(r, c, *n),
                Cell::Bool(b) => sheet.write_boolean(r, c, *b),
                Cell::Moment(day) => {
                    let serial = ExcelDateTime::from_serial_datetime(day + 25_569.0).unwrap();
                    sheet.write_datetime_with_format(r, c, &serial, &date)
                }
                _ => continue,
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// The rows of an OpenDocument sheet; equal neighbours are written once and
/// repeated, as its programs do.
fn ods_rows(rows: &[Vec<Cell>]) -> String {
    let cell = |cell: &Cell, times: usize| {
        let times = match times {
            1 => String::new(),
            _ => format!(" table:number-columns-repeated=\"{times}\""),
        };
        let (value, body) = match cell {
            Cell::Text(text) => {
                let lines = escaped(text).replace('\t', "<text:tab/>");
                let lines: Vec<String> = lines
                    .split('\n')
                    .map(|l| format!("<text:p>{l}</text:p>"))
                    .collect();
                (" office:value-type=\"string\"".to_owned(), lines.concat())
            }
            Cell::Number(n) => (
                format!(" office:value-type=\"float\" office:value=\"{n}\""),
                String::new(),
            ),
            Cell::Bool(b) => (
                format!(" office:value-type=\"boolean\" office:boolean-value=\"{b}\""),
                String::new(),
            ),
            Cell::Moment(_) => (
                format!(
                    " office:value-type=\"date\" office:date-value=\"{}\"",
                    cell.text()
                ),
                String::new(),
            ),
            _ => (String::new(), String::new()),
        };
        format!("<table:table-cell{times}{value}>{body}</table:table-cell>")
    };
    let row = |row: &Vec<Cell>| {
        let runs = row
            .chunk_by(|a, b| a == b)
            .map(|run| cell(&run[0], run.len()));
        let cells: String = runs.collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    rows.iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn delimited_text_comes_back(
        rows in table(),
        delimiter in select(&b",;\t|"[..]),
        newline in select(&[csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')][..]),
        encoding in select(&["UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE"][..]),
    ) {
        let rows = as_text(&rows);
        let read = opened("t.csv", &encoded(&delimited(&rows, delimiter, newline), encoding));
        prop_assert_eq!(read.delimiter, Some(char::from(delimiter)));
        prop_assert_eq!(read.encoding, Some(encoding));
        prop_assert_eq!(as_text(&rows_of(&read.grid)), rows);
    }

    #[test]
    fn workbooks_come_back(rows in table()) {
        let read = opened("t.xlsx", &workbook(&rows));
        prop_assert_eq!(rows_of(&read.grid), rows);
    }

    #[test]
    fn opendocument_comes_back(rows in table()) {
        let read = opened("t.ods", &super::containers::ods_of(&ods_rows(&rows)));
        prop_assert_eq!(rows_of(&read.grid), rows);
    }

    #[test]
    fn parquet_comes_back(
        rows in proptest::collection::vec(columns(), 1..40),
        codec in select(&["none", "snappy", "gzip", "zstd", "lz4"][..]),
    ) {
        let read = opened("t.parquet", &parquet_of(&rows, codec));
        let mut expected: Vec<Vec<Cell>> = rows.iter().map(expected).collect();
        let names = NAMES.map(|name| Cell::Text(name.into()));
        expected.insert(0, names.to_vec());
        // Rows of nothing at the end are no rows of a grid.
        while expected.last().is_some_and(|row| row.iter().all(|c| *c == Cell::Empty)) {
            expected.pop();
        }
        prop_assert_eq!(rows_of(&read.grid), expected);
    }
}

/// A row: text, a whole number, a number, true or false, a day, a time in
/// milliseconds, a decimal of two places.
type Row = (
    Option<String>,
    Option<i64>,
    Option<f64>,
    Option<bool>,
    Option<i32>,
    Option<i64>,
    Option<i32>,
);

const NAMES: [&str; 7] = ["text", "whole", "number", "yes", "day", "moment", "pounds"];

fn columns() -> impl Strategy<Value = Row> {
    use proptest::option::of;
    (
        of(text()),
        of(any::<i64>()),
        of(-1e9..1e9),
        of(any::<bool>()),
        of(-10_000..40_000),
        of((0..40_000_i64).prop_map(|day| day * 86_400_000 + 43_200_000)),
        of(-1_000_000..1_000_000),
    )
}

#[allow(clippy::cast_precision_loss)]
fn expected(row: &Row) -> Vec<Cell> {
    let whole = |n: &i64| match n.unsigned_abs() {
        // Such a number would lose digits.
        0x20_0000_0000_0001.. => Cell::Text(n.to_string().into()),
        _ => Cell::Number(*n as f64),
    };
    let cells = [
        row.0.as_ref().map(|t| Cell::Text(t.as_str().into())),
        row.1.as_ref().map(whole),
        row.2.map(Cell::Number),
        row.3.map(Cell::Bool),
        row.4.map(|day| Cell::Moment(f64::from(day))),
        row.5.map(|at| Cell::Moment(at as f64 / 86_400_000.0)),
        row.6.map(|pence| Cell::Number(f64::from(pence) / 100.0)),
    ];
    let filled = |cell: Option<Cell>| cell.unwrap_or(Cell::Empty);
    cells.into_iter().map(filled).collect()
}

fn parquet_of(rows: &[Row], codec: &str) -> Vec<u8> {
    use parquet::basic::Compression;
    use parquet::data_type::{
        BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
    };
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};

    fn put<T: DataType>(
        group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
        values: impl Iterator<Item = Option<T::T>>,
    ) {
        let values: Vec<Option<T::T>> = values.collect();
        let levels: Vec<i16> = values.iter().map(|v| i16::from(v.is_some())).collect();
        let present: Vec<T::T> = values.into_iter().flatten().collect();
        let mut column = group.next_column().unwrap().expect("a column");
        let typed = column.typed::<T>();
        typed.write_batch(&present, Some(&levels), None).unwrap();
        column.close().unwrap();
    }
    let schema = "message t { optional binary text (UTF8); optional int64 whole; \
        optional double number; optional boolean yes; optional int32 day (DATE); \
        optional int64 moment (TIMESTAMP(MILLIS,false)); optional int32 pounds (DECIMAL(9,2)); \
        optional group inner { optional int32 x; } }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let compression = match codec {
        "snappy" => Compression::SNAPPY,
        "gzip" => Compression::GZIP(Default::default()),
        "zstd" => Compression::ZSTD(Default::default()),
        "lz4" => Compression::LZ4_RAW,
        _ => Compression::UNCOMPRESSED,
    };
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .build();
    let mut out = Vec::new();
    let mut file =
        SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::new(properties)).unwrap();
    // Two groups of rows, so that the second follows the first.
    for rows in rows.chunks(rows.len().div_ceil(2)) {
        let mut group = file.next_row_group().unwrap();
        let bytes = |t: &String| ByteArray::from(t.as_bytes().to_vec());
        put::<ByteArrayType>(&mut group, rows.iter().map(|r| r.0.as_ref().map(bytes)));
        put::<Int64Type>(&mut group, rows.iter().map(|r| r.1));
        put::<DoubleType>(&mut group, rows.iter().map(|r| r.2));
        put::<BoolType>(&mut group, rows.iter().map(|r| r.3));
        put::<Int32Type>(&mut group, rows.iter().map(|r| r.4));
        put::<Int64Type>(&mut group, rows.iter().map(|r| r.5));
        put::<Int32Type>(&mut group, rows.iter().map(|r| r.6));
        put::<Int32Type>(&mut group, rows.iter().map(|_| None));
        group.close().unwrap();
    }
    file.close().unwrap();
    out
}

#[test]
fn a_parquet_file_says_which_columns_were_left_out() {
    let row = (Some("a".to_owned()), None, None, None, None, None, None);
    let read = opened("t.parquet", &parquet_of(&[row], "none"));
    let rules: Vec<&str> = read.findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["nested-columns"]);
    assert!(read.findings[0].message.ends_with(": inner."));
}
