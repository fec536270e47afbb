//! Bad input, file by file: what is said of each, and what is read in spite
//! of it.

use super::{complaints, notes, read_as, read_bytes, shown};
use crate::data::{Cell, DateOrder, Holds, Layout, Role, SourceRule};
use crate::ingest::Reading;
use staywise_core::domain::Severity;

fn hostile(name: &str) -> Reading {
    hostile_as(name, &SourceRule::default())
}

fn hostile_as(name: &str, rule: &SourceRule) -> Reading {
    let path = format!("{}/../../tests/hostile/{name}", env!("CARGO_MANIFEST_DIR"));
    read_as(name, &std::fs::read(path).expect(name), rule)
}

fn staff(dates: Option<DateOrder>) -> SourceRule {
    SourceRule {
        holds: Some(Holds::Staff),
        dates,
        ..SourceRule::default()
    }
}

#[test]
fn files_that_cannot_be_read_say_why_and_what_to_do() {
    for (name, rule) in [
        ("empty.csv", "empty-file"),
        ("blank-lines.csv", "empty-file"),
        ("image.xlsx", "not-a-workbook"),
        ("web-page.xls", "not-a-workbook"),
        ("no-table.csv", "not-a-table"),
        ("truncated.xlsx", "truncated-workbook"),
        ("broken-sheet.xlsx", "truncated-workbook"),
        ("locked.xlsx", "password-protected"),
        ("says-3-gib.xlsx", "zip-too-large"),
        ("all-hidden.xlsx", "empty-file"),
        ("far-cells.xlsx", "too-large"),
    ] {
        let reading = hostile(name);
        assert_eq!(complaints(&reading), [format!("error {rule} x1")], "{name}");
        assert!(reading.tables.is_empty(), "{name}");
        assert!(!reading.findings[0].remedy.is_empty(), "{name}");
        assert_eq!(reading.report.layout, None);
    }
    let image = hostile("image.xlsx");
    assert!(
        image.findings[0].message.contains("a PNG image"),
        "{:?}",
        image.findings
    );
}

#[test]
fn a_header_alone_is_no_rows_and_an_error() {
    for name in ["header-only.csv", "header-only.xlsx"] {
        let reading = hostile(name);
        assert_eq!(complaints(&reading), ["error header-only x1"], "{name}");
        assert_eq!(reading.tables[0].rows(), 0);
        assert_eq!(reading.report.layout, Some(Layout::StaffList));
    }
}

#[test]
fn rows_of_uneven_length_are_named() {
    let reading = hostile("ragged.csv");
    let expected = ["error ragged-rows row 3 x1", "warning ragged-rows row 4 x1"];
    assert_eq!(complaints(&reading), expected);
    let open = hostile("unclosed-quote.csv");
    assert!(complaints(&open).contains(&"error unclosed-quote row 3 x1".to_owned()));
}

#[test]
fn a_staff_list_must_say_who() {
    assert_eq!(
        complaints(&hostile("no-identifier.csv")),
        ["error no-identifier x1"]
    );
}

#[test]
fn dates_of_both_orders_are_an_error_until_the_study_decides() {
    let reading = hostile("dates-mixed.csv");
    assert_eq!(complaints(&reading), ["error dates-mixed row 2 x2"]);
    assert!(
        reading
            .findings
            .iter()
            .any(|f| f.remedy.contains("dates = \"day first\""))
    );
    let decided = hostile_as("dates-mixed.csv", &staff(Some(DateOrder::DayFirst)));
    assert_eq!(complaints(&decided), ["warning bad-date row 3 x1"]);
    let bad = decided
        .findings
        .iter()
        .find(|f| f.rule == "bad-date")
        .unwrap();
    assert_eq!(bad.private_value.as_deref(), Some("02/14/2024"));
    assert!(!bad.message.contains("02/14"));
}

#[test]
fn dates_of_no_order_are_an_error_until_the_study_decides() {
    let reading = hostile("dates-undecidable.csv");
    assert_eq!(complaints(&reading), ["error dates-undecidable x1"]);
    let column = |reading: &Reading| {
        reading.tables[0]
            .column(&Role::StartDate)
            .map(|c| c.dates)
            .unwrap()
    };
    assert_eq!(column(&reading), None);
    let decided = hostile_as("dates-undecidable.csv", &staff(Some(DateOrder::MonthFirst)));
    assert!(complaints(&decided).is_empty());
    assert_eq!(column(&decided), Some(DateOrder::MonthFirst));
}

#[test]
fn an_undecidable_column_follows_the_others_of_its_sheet() {
    let text =
        b"Employee Number,Start Date,Termination Date\n1,13/02/2024,\n2,14/02/2024,01/02/2025\n";
    let reading = read_bytes("s.csv", text);
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    assert!(notes(&reading).contains(&"dates-undecidable"));
    let leave = reading.tables[0].column(&Role::LeaveDate).unwrap();
    assert_eq!(leave.dates, Some(DateOrder::DayFirst));
    // A column of ISO dates says nothing of day and month.
    let iso =
        b"Employee Number,Start Date,Termination Date\n1,2024-02-13,\n2,2024-02-14,01/02/2025\n";
    assert_eq!(
        complaints(&read_bytes("s.csv", iso)),
        ["error dates-undecidable x1"]
    );
}

#[test]
fn bad_dates_are_counted_and_identifiers_keep_their_zeros() {
    let reading = hostile("bad-dates.csv");
    let expected = ["warning bad-date row 4 x1", "warning bad-date row 2 x1"];
    assert_eq!(complaints(&reading), expected);
    let table = &reading.tables[0];
    assert_eq!(shown(table, "Employee Number"), ["00101", "00102", "00103"]);
    assert_eq!(
        table.column(&Role::StartDate).unwrap().dates,
        Some(DateOrder::DayFirst)
    );
}

#[test]
fn the_same_question_twice_stays_two_columns() {
    let reading = hostile("same-question.csv");
    assert_eq!(complaints(&reading), ["warning same-question-twice x2"]);
    let table = &reading.tables[0];
    assert_eq!(table.layout, Layout::MicrosoftForms);
    let questions = table
        .columns
        .iter()
        .filter(|c| c.role == Role::Question)
        .count();
    assert_eq!(questions, 3);
    // Nobody signed in, so there is no address.
    assert_eq!(shown(table, "Email"), ["", ""]);
}

#[test]
fn titles_totals_and_notes_are_set_aside() {
    let reading = hostile("totals-and-notes.csv");
    assert!(
        complaints(&reading).iter().all(|c| c.contains("ragged")),
        "{:?}",
        reading.findings
    );
    let table = &reading.tables[0];
    assert_eq!((table.header_row, &table.row_numbers[..]), (4, &[5, 7][..]));
    assert_eq!(table.columns.len(), 3);
    let aside = [
        ("totals-row".to_owned(), 1),
        ("notes-at-foot".to_owned(), 1),
    ];
    assert_eq!(reading.report.set_aside, aside);
    assert!(notes(&reading).contains(&"header-row"));
}

#[test]
fn encodings_are_told() {
    let reading = hostile("windows-1252.csv");
    assert_eq!(reading.report.encoding, Some("Windows-1252"));
    assert_eq!(
        shown(&reading.tables[0], "Site"),
        ["St John\u{2019}s \u{2013} North"]
    );
}

#[test]
fn thousands_of_blank_rows_are_passed_over() {
    let reading = hostile("deep-rows.csv");
    assert_eq!(reading.tables[0].row_numbers, [2002]);
}

#[test]
fn a_workbook_keeps_its_types_and_row_numbers() {
    let reading = hostile("staff.xlsx");
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    assert_eq!(
        notes(&reading),
        [
            "hidden-sheet",
            "layout",
            "header-row",
            "totals-row",
            "missing-marks"
        ]
    );
    let table = &reading.tables[0];
    assert_eq!(table.sheet.as_deref(), Some("Staff"));
    assert_eq!(
        (table.header_row, &table.row_numbers[..]),
        (5, &[6, 7, 9][..])
    );
    let ids = ["20012345", "00712", "20012347"];
    assert_eq!(shown(table, "Employee Number"), ids);
    let hired = ["2024-02-13", "2024-02-14 12:00:00", "2024-02-15"];
    assert_eq!(shown(table, "Hire Date"), hired);
    let fte = table.column(&Role::Fte).unwrap();
    assert_eq!(fte.cells.cell(1), &Cell::Number(0.5));
    assert_eq!(fte.cells.cell(2), &Cell::Fault("#N/A".into()));
}

#[test]
fn dates_of_the_1904_epoch_are_the_same_days() {
    let reading = hostile("epoch-1904.xlsx");
    assert_eq!(shown(&reading.tables[0], "Hire Date"), ["2024-02-13"]);
}

#[test]
fn the_sheet_with_the_table_is_read_or_the_one_that_the_study_names() {
    let reading = hostile("two-sheets.xlsx");
    assert_eq!(reading.tables[0].sheet.as_deref(), Some("Old"));
    assert!(notes(&reading).contains(&"other-sheets"));
    let named = |sheet: &str| SourceRule {
        sheet: Some(sheet.to_owned()),
        ..SourceRule::default()
    };
    let hidden = hostile_as("all-hidden.xlsx", &named("old"));
    assert_eq!(hidden.tables[0].rows(), 1);
    let absent = hostile_as("two-sheets.xlsx", &named("Leavers"));
    assert_eq!(complaints(&absent), ["error no-such-sheet x1"]);
    assert!(absent.findings[0].message.contains("Staff, Old"));
}

#[test]
fn findings_of_what_the_study_counts_on_are_errors_and_others_are_left_alone() {
    let lookup = b"code,label\n1,one\n2,two\n";
    let alone = read_bytes("lookup.csv", lookup);
    assert_eq!(complaints(&alone), ["warning layout x1"]);
    let counted_on = read_as("lookup.csv", lookup, &staff(None));
    let rules: Vec<&str> = counted_on
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .map(|f| f.rule)
        .collect();
    assert_eq!(rules, ["no-identifier", "no-start-date"]);
    assert_eq!(
        complaints(&read_bytes("n.csv", b"1,2\n3,4\n")),
        ["warning header-row x1"]
    );
}

#[test]
fn a_header_alone_is_said_once() {
    let said = |rule: &SourceRule| {
        let reading = read_as("x.csv", b"Team,Heads,Cost\n", rule);
        let said = reading.findings.into_iter();
        let said = said.filter(|f| f.rule == "header-only");
        said.map(|f| f.severity).collect::<Vec<_>>()
    };
    assert_eq!(said(&SourceRule::default()), [Severity::Warning]);
    assert_eq!(said(&staff(None)), [Severity::Error]);
    // It is so too where only notes stand below the header.
    let notes = read_as(
        "x.csv",
        b"Team,Heads,Cost\n\nSource: the register of the trust,,\n",
        &SourceRule::default(),
    );
    let rules = notes.findings.iter().filter(|f| f.rule == "header-only");
    assert_eq!(
        rules.map(|f| f.severity).collect::<Vec<_>>(),
        [Severity::Warning]
    );
}
