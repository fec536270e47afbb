//! Traps of reading that others fell into, by their numbers: a respondent
//! whose number became another, a day that moved by four years, a value that
//! was lost as it came too late.

use super::{complaints, notes, read_bytes, shown};
use crate::data::{Cell, Layout, Role};
use rust_xlsxwriter::{Format, Workbook};

#[test]
fn t26_a_respondent_id_that_became_a_number_is_the_same_digits() {
    let id: i64 = 114_012_345_678;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let asked = "How likely are you to stay with us for the next 12 months?";
    for (column, name) in (0..).zip(["Respondent ID", "End Date", asked]) {
        sheet.write(0, column, name).unwrap();
    }
    for row in 1..4_i32 {
        let at = u32::try_from(row).unwrap();
        #[allow(clippy::cast_precision_loss)]
        sheet.write(at, 0, (id + i64::from(row)) as f64).unwrap();
        sheet.write(at, 1, "2026-02-13 10:00:00").unwrap();
        sheet
            .write(
                at,
                2,
                ["Likely", "Unlikely", "Very likely"][at as usize - 1],
            )
            .unwrap();
    }
    let workbook = book.save_to_buffer().unwrap();
    let csv = format!(
        "Respondent ID,End Date,{asked}\n114012345679.0,2026-02-13,Likely\n\
         114012345680.0,2026-02-13,Unlikely\n114012345681,2026-02-14,Very likely\n"
    );
    let ids = ["114012345679", "114012345680", "114012345681"];
    for (name, bytes) in [("s.xlsx", &workbook[..]), ("s.csv", csv.as_bytes())] {
        let reading = read_bytes(name, bytes);
        assert_eq!(shown(&reading.tables[0], "Respondent ID"), ids, "{name}");
    }
}

#[test]
fn t27_days_of_the_1900_and_1904_epochs_are_the_same_days() {
    // 13 February 2024 is day 45335 of the one and day 43873 of the other.
    let read = |name: &str| {
        let path = format!("{}/../../tests/hostile/{name}", env!("CARGO_MANIFEST_DIR"));
        let reading = read_bytes(name, &std::fs::read(path).expect(name));
        shown(&reading.tables[0], "Hire Date")[0].clone()
    };
    assert_eq!(read("staff.xlsx"), "2024-02-13");
    assert_eq!(read("epoch-1904.xlsx"), "2024-02-13");
}

/// A workbook of one sheet, from rows of text; a cell `=...` is a formula, one
/// that is `_` has a border and nothing in it.
fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let border = Format::new().set_border(rust_xlsxwriter::FormatBorder::Thin);
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            match cell.parse::<f64>() {
                _ if cell.is_empty() => continue,
                _ if *cell == "_" => sheet.write_blank(row, column, &border),
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, *cell),
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn peers_9_a_column_is_typed_by_all_its_rows() {
    let mut rows: Vec<Vec<String>> = vec![
        ["Employee Number", "Hire Date", "FTE", "Site"]
            .map(str::to_owned)
            .to_vec(),
    ];
    // The first row is blank but for borders; the last has text where all
    // others have numbers.
    rows.push(["_", "_", "_", "_"].map(str::to_owned).to_vec());
    for n in 0..1500 {
        rows.push(vec![
            format!("{}", 1000 + n),
            "2024-02-13".into(),
            "1".into(),
            "".into(),
        ]);
    }
    rows.push(
        ["A12", "2024-02-14", "0.5 wte", "North"]
            .map(str::to_owned)
            .to_vec(),
    );
    let cells: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let reading = read_bytes("s.xlsx", &sheet(&cells));
    let table = &reading.tables[0];
    assert_eq!((table.rows(), table.row_numbers[0]), (1501, 3));
    let last = |header| shown(table, header).pop().unwrap();
    assert_eq!(last("Employee Number"), "A12");
    assert_eq!(shown(table, "Employee Number")[0], "1000");
    assert_eq!(last("Site"), "North");
    let fte = table.column(&Role::Fte).unwrap();
    assert_eq!(fte.cells.cell(1500), &Cell::Text("0.5 wte".into()));
}

#[test]
fn peers_10_a_header_on_row_7_with_a_blank_column_and_a_row_of_totals() {
    let reading = read_bytes(
        "s.xlsx",
        &sheet(&[
            &["Staff in post"],
            &["Report date: 31 March 2026"],
            &[],
            &[],
            &["Produced by the workforce team"],
            &[],
            &["Employee Number", "Hire Date", "", "FTE", "Site"],
            &["101", "2024-02-13", "", "1", "North"],
            &["102", "2024-02-14", "", "0.5", "South"],
            &["Total", "", "", "1.5"],
        ]),
    );
    let table = &reading.tables[0];
    assert_eq!((table.header_row, &table.row_numbers[..]), (7, &[8, 9][..]));
    let headers: Vec<&str> = table.columns.iter().map(|c| c.header.as_str()).collect();
    assert_eq!(headers, ["Employee Number", "Hire Date", "FTE", "Site"]);
    // Columns keep their letters.
    assert_eq!(table.columns[2].index, 3);
    assert_eq!(reading.report.set_aside, [("totals-row".to_owned(), 1)]);
    assert!(notes(&reading).contains(&"header-row"));
}

#[test]
fn peers_11_a_sheet_of_headings_alone_is_no_rows() {
    let headings: &[&str] = &["Employee Number", "Hire Date", "Site"];
    let reading = read_bytes("s.xlsx", &sheet(&[headings]));
    assert_eq!(reading.tables[0].rows(), 0);
    assert_eq!(reading.report.rows_read, 0);
    assert_eq!(complaints(&reading), ["error header-only x1"]);
}

#[test]
fn peers_12_two_questions_with_the_same_text_stay_two_columns() {
    let asked = "How likely are you to stay with us for the next 12 months?";
    let header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        asked,
        asked,
    ];
    let reading = read_bytes(
        "s.xlsx",
        &sheet(&[
            &header,
            &[
                "1",
                "2026-02-13",
                "2026-02-13",
                "anonymous",
                "",
                "Likely",
                "Unlikely",
            ],
            &[
                "2",
                "2026-02-13",
                "2026-02-13",
                "anonymous",
                "",
                "Unlikely",
                "Likely",
            ],
        ]),
    );
    let table = &reading.tables[0];
    assert_eq!(table.layout, Layout::MicrosoftForms);
    let asks: Vec<_> = table.columns.iter().filter(|c| c.header == asked).collect();
    assert_eq!(asks.len(), 2);
    let of = |at: usize| asks[at].cells.cell(0).text().into_owned();
    assert_eq!((of(0), of(1)), ("Likely".into(), "Unlikely".into()));
    assert_ne!(asks[0].name, asks[1].name);
}
