//! The files that other programs open: the sample's workbook reads as its page
//! and holds the numbers of results.csv, the Parquet file has its rows in
//! types, and each chart has a file.

use crate::harness::Study;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Cursor;

const RUN: &str = "out/2026-Q2";

type Book = Xlsx<Cursor<Vec<u8>>>;
type Line = HashMap<String, String>;

fn lines(bytes: &[u8]) -> Vec<Line> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(Result::unwrap).collect()
}

fn book(files: &BTreeMap<String, Vec<u8>>) -> Book {
    let bytes = files[&format!("{RUN}/tables.xlsx")].clone();
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// The sheets that hold a table of the page.
fn tables(book: &Book) -> Vec<String> {
    let around = ["Cover", "Contents", "Notes", "Definitions"];
    let names = book.sheet_names().into_iter();
    names
        .filter(|n| !around.contains(&n.as_str()) && !n.starts_with("Chart "))
        .collect()
}

/// A sheet's lines above its table, and the table with its header row.
fn parts(book: &mut Book, sheet: &str) -> (Vec<String>, Vec<Vec<Data>>) {
    let range = book.worksheet_range(sheet).unwrap();
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let last = |row: &Vec<Data>| row[0] == Data::String("Back to the contents".to_owned());
    let top = rows.iter().position(last).unwrap();
    let above = rows[..=top].iter().map(|row| row[0].to_string()).collect();
    (above, rows[top + 1..].to_vec())
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(value) => Some(*value),
        Data::Int(value) => Some(*value as f64),
        _ => None,
    }
}

fn same(text: &str, value: f64) -> bool {
    let wanted: Option<f64> = text.parse().ok();
    wanted.is_some_and(|wanted| (wanted - value).abs() <= 1e-11 * wanted.abs().max(1.0))
}

/// Whether results.csv has a shown figure of these measures with this estimate
/// and these limits.
fn figure(
    results: &[Line],
    metrics: &BTreeSet<String>,
    [estimate, lower, upper]: [f64; 3],
) -> bool {
    results.iter().any(|line| {
        // The page has differences in points.
        let points = line["statistic"] == "difference" && line["unit"] != "people";
        let scale = if points { 100.0 } else { 1.0 };
        let all = [("estimate", estimate), ("lower", lower), ("upper", upper)];
        line["status"] == "shown"
            && metrics.contains(&line["metric"])
            && all
                .into_iter()
                .all(|(column, value)| same(&line[column], value / scale))
    })
}

#[test]
fn other_programs_get_what_the_page_says() {
    let study = Study::new();
    let said = study.run(&["demo", "."]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let files = study.files();
    let results = lines(&files[&format!("{RUN}/results.csv")]);
    the_workbook_is_whole(&files);
    its_numbers_are_those_of_results(&files, &results);
    parquet_has_the_rows_of_results(&files, &results);
    every_drawing_has_a_file(&files);
    the_dictionary_has_every_column(&files);
}

fn the_workbook_is_whole(files: &BTreeMap<String, Vec<u8>>) {
    let mut book = book(files);
    let names = book.sheet_names();
    assert_eq!(names[..4], ["Cover", "Contents", "Notes", "Definitions"]);
    for name in &names {
        assert!(
            book.worksheet_formula(name).unwrap().is_empty(),
            "{name} has a formula"
        );
        assert!(name.encode_utf16().count() <= 31);
    }
    let (_, contents) = parts_of_contents(&mut book);
    let listed: Vec<String> = contents[1..].iter().map(|row| row[0].to_string()).collect();
    assert_eq!(listed, names[2..]);
    let sheets = tables(&book);
    assert!(sheets.len() >= 10, "{sheets:?}");
    for (index, name) in sheets.iter().enumerate() {
        let (above, table) = parts(&mut book, name);
        assert!(above[0].starts_with(&format!("Table {}: ", index + 1)));
        assert!(above[1].starts_with("This worksheet contains one table"));
        let headings: BTreeSet<String> = table[0].iter().map(Data::to_string).collect();
        assert_eq!(headings.len(), table[0].len(), "{name}");
        assert!(table.len() > 1 && !headings.contains(""), "{name}");
        let marks = table
            .iter()
            .flatten()
            .any(|cell| *cell == Data::String("[c]".to_owned()));
        let explained = above
            .iter()
            .any(|line| line.contains("[c] hidden to protect people"));
        assert_eq!(marks, explained, "{name}");
    }
}

/// The contents have no link to themselves.
fn parts_of_contents(book: &mut Book) -> (String, Vec<Vec<Data>>) {
    let range = book.worksheet_range("Contents").unwrap();
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    (rows[0][0].to_string(), rows[2..].to_vec())
}

fn its_numbers_are_those_of_results(files: &BTreeMap<String, Vec<u8>>, results: &[Line]) {
    let mut book = book(files);
    let mut compared = 0;
    let (_, definitions) = parts(&mut book, "Definitions");
    // A title, or a row's name, begins with its measure's label.
    let measures = |text: &str| -> BTreeSet<String> {
        let of = |row: &&Vec<Data>| text.starts_with(&row[1].to_string());
        let found = definitions[1..].iter().filter(of);
        found.map(|row| row[0].to_string()).collect()
    };
    for name in tables(&book) {
        let (above, table) = parts(&mut book, &name);
        let title = above[0].split_once(": ").unwrap().1;
        let Some(lower) = table[0]
            .iter()
            .position(|heading| heading.to_string().ends_with("interval, lower"))
        else {
            continue;
        };
        for row in &table[1..] {
            let numbers = [lower - 1, lower, lower + 1].map(|column| number(&row[column]));
            let [Some(a), Some(b), Some(c)] = numbers else {
                // A figure is never shown without its limits by halves.
                assert!(numbers[1].is_some() == numbers[2].is_some() || numbers[0].is_none());
                continue;
            };
            let mut metrics = measures(&row[0].to_string());
            if metrics.is_empty() {
                metrics = measures(title);
            }
            if metrics.is_empty() {
                // A title of its own, as of leavings by month: any measure's.
                metrics = definitions[1..]
                    .iter()
                    .map(|row| row[0].to_string())
                    .collect();
            }
            // Rates side by side are in per cent, as their heading says.
            let percent = [a, b, c].map(|n| n / 100.0);
            let found = figure(results, &metrics, [a, b, c]) || figure(results, &metrics, percent);
            assert!(found, "{name}: {row:?}");
            compared += 1;
        }
    }
    assert!(compared > 50, "only {compared} figures were compared");
}

fn parquet_has_the_rows_of_results(files: &BTreeMap<String, Vec<u8>>, results: &[Line]) {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, &files[&format!("{RUN}/results.parquet")]).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let mut read = 0;
    for (row, line) in reader.get_row_iter(None).unwrap().zip(results) {
        for (column, field) in row.unwrap().get_column_iter() {
            let text = &line[column];
            let equal = match field {
                Field::Null => text.is_empty(),
                // results.csv guards what a spreadsheet would run.
                Field::Str(words) => words == text || format!("'{words}") == *text,
                Field::Bool(yes) => yes.to_string() == *text,
                Field::Long(n) => n.to_string() == *text,
                Field::Double(value) => text.parse() == Ok(*value),
                _ => false,
            };
            assert!(equal, "row {read}, {column}: {field:?} is not {text}");
        }
        read += 1;
    }
    assert_eq!(read, results.len());
}

fn every_drawing_has_a_file(files: &BTreeMap<String, Vec<u8>>) {
    let pages = ["quarterly", "cohorts", "business-case"]
        .map(|name| String::from_utf8_lossy(&files[&format!("{RUN}/{name}.html")]).into_owned());
    let page = pages.concat();
    let drawn = page.matches("<div class=\"plot\"").count();
    let folder = format!("{RUN}/charts/");
    let charts: Vec<&str> = files
        .keys()
        .filter_map(|name| name.strip_prefix(&folder))
        .collect();
    assert!(drawn > 5 && charts.len() == drawn, "{drawn}: {charts:?}");
    for name in charts {
        let stem = name.strip_suffix(".svg").unwrap();
        assert!(
            stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "{name}"
        );
        let svg = String::from_utf8_lossy(&files[&format!("{folder}{name}")]);
        assert!(svg.starts_with("<?xml") && svg.contains("<title"), "{name}");
        // A name that several reports have has the later one's in front.
        let of_later = |report: &&&str| stem.starts_with(**report);
        let later = ["cohorts-", "business-case-"];
        let later = later.iter().find(of_later).copied().unwrap_or("");
        let own = stem.strip_prefix(later).unwrap_or(stem);
        assert!(page.contains(&format!("data-name=\"{own}\"")), "{name}");
    }
}

fn the_dictionary_has_every_column(files: &BTreeMap<String, Vec<u8>>) {
    let dictionary = lines(&files[&format!("{RUN}/data-dictionary.csv")]);
    let named: Vec<&str> = dictionary
        .iter()
        .map(|line| line["column"].as_str())
        .collect();
    let results = &files[&format!("{RUN}/results.csv")];
    let header = csv::Reader::from_reader(results.as_slice())
        .headers()
        .unwrap()
        .clone();
    assert_eq!(named, header.iter().collect::<Vec<&str>>());
}
