//! Real files of survey tools and collections of awkward spreadsheets, where
//! the folder of them is at hand.

use super::{complaints, read_as, read_bytes, shown};
use crate::data::{Cell, DateOrder, Layout, Role, SourceRule, Table};
use crate::ingest::Reading;
use staywise_core::domain::QuestionType;
use std::path::{Path, PathBuf};

/// The folder of real files, above the project.
pub(super) fn folder() -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data"))
        .find(|data| data.join("INDEX.md").is_file());
    if found.is_none() {
        println!("skipped: no folder of real files");
    }
    found
}

fn real(path: &str) -> Option<Reading> {
    let bytes = std::fs::read(folder()?.join(path)).expect(path);
    Some(read_bytes(path, &bytes))
}

fn questions(table: &Table) -> Vec<&str> {
    let asked = table.columns.iter().filter(|c| c.role == Role::Question);
    asked.map(|c| c.header.as_str()).collect()
}

fn question_type(table: &Table, header: &str) -> Option<QuestionType> {
    table
        .columns
        .iter()
        .find(|c| c.header == header)
        .and_then(|c| c.question_type)
}

#[test]
fn microsoft_forms_csv() {
    let Some(reading) = real("survey-msforms/surveyEng.csv") else {
        return;
    };
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::MicrosoftForms, 55));
    assert_eq!(reading.report.encoding, Some("UTF-8 with BOM"));
    assert_eq!(questions(table).len(), 9);
    let completed = table.column(&Role::CompletedAt).unwrap();
    assert_eq!(completed.dates, Some(DateOrder::MonthFirst));
    let of = |header| question_type(table, header);
    let factors = "What factors are important to you whilst purchasing your phone?";
    assert_eq!(of(factors), Some(QuestionType::Multi));
    let satisfied = "How satisfied are you about your phone?";
    assert_eq!(of(satisfied), Some(QuestionType::Scale));
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
}

#[test]
fn microsoft_forms_workbook() {
    let Some(reading) = real("survey-msforms/surveyEng.xlsx") else {
        return;
    };
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::MicrosoftForms, 28));
    assert_eq!(questions(table).len(), 9);
    assert!(questions(table).contains(&"What is the name of the your preferred phone model?"));
    let satisfied = shown(table, "How satisfied are you about your phone?");
    let very = satisfied.iter().filter(|s| *s == "Very satisfied").count();
    assert_eq!(very, 19);
    assert_eq!(shown(table, "Completion time")[0], "2021-04-28 11:22:58");
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
}

#[test]
fn qualtrics_in_another_language() {
    let Some(reading) = real("survey-qualtrics/qualtRics_sample.csv") else {
        return;
    };
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::Qualtrics, 1));
    assert_eq!((table.header_row, &table.row_numbers[..]), (1, &[4][..]));
    assert_eq!(questions(table), ["Q1", "Q2"]);
    let asks: Vec<&str> = table
        .columns
        .iter()
        .filter_map(|c| c.question.as_deref())
        .collect();
    let texts = [
        "This is a multiple choice question.",
        "This is a free text question.",
    ];
    assert_eq!(asks, texts);
    assert_eq!(shown(table, "IPAddress"), [""]);
    assert_eq!(shown(table, "ResponseId"), ["R_2YPOQ602ER1jkf1"]);
    assert_eq!(
        table.column(&Role::CompletedAt).map(|c| c.header.as_str()),
        Some("EndDate")
    );
    // Its one answer is a value without a label.
    let expected = ["warning codes-without-labels x1"];
    assert_eq!(complaints(&reading), expected, "{:?}", reading.findings);
}

#[test]
fn qualtrics_of_both_ages_agrees() {
    for (name, asked) in [("MAMC", 6), ("SAMC", 6), ("SAMatrix", 16)] {
        for (age, header) in [("Insights", 1), ("Legacy", 1)] {
            let path = format!("survey-qualtrics-tools/{name}_{age}.csv");
            let Some(reading) = real(&path) else { return };
            let table = &reading.tables[0];
            assert_eq!(table.layout, Layout::Qualtrics, "{path}");
            assert_eq!((table.rows(), table.header_row), (5, header), "{path}");
            assert_eq!(questions(table).len(), asked, "{path}");
            assert!(table.column(&Role::ExternalReference).is_some(), "{path}");
            assert!(
                !complaints(&reading).iter().any(|c| c.starts_with("error")),
                "{path}"
            );
        }
    }
    let Some(reading) = real("survey-qualtrics/qualtRics_sample_legacy.csv") else {
        return;
    };
    assert_eq!(questions(&reading.tables[0]), ["Q1", "Q2"]);
}

#[test]
fn a_locked_workbook() {
    let Some(reading) = real("nasty-calamine/pass_protected.xlsx") else {
        return;
    };
    assert_eq!(complaints(&reading), ["error password-protected x1"]);
}

#[test]
fn a_messy_roster_is_read_by_its_own_columns() {
    let Some(reading) = real("nasty-janitor/dirty_data.xlsx") else {
        return;
    };
    let Some(folder) = folder() else { return };
    let bytes = std::fs::read(folder.join("nasty-janitor/dirty_data.xlsx")).unwrap();
    // It has names and no identifier, so a study must say what to use.
    assert!(!reading.findings.is_empty());
    let mut rule = SourceRule {
        holds: Some(crate::data::Holds::Staff),
        ..SourceRule::default()
    };
    rule.columns
        .insert("Last Name".into(), "staff_number".into());
    let table = read_as("dirty_data.xlsx", &bytes, &rule).tables.remove(0);
    assert_eq!((table.rows(), table.header_row), (12, 2));
    let hired = shown(&table, "Hire Date");
    assert!(hired.contains(&"2008-08-30".to_owned()), "{hired:?}");
}

#[test]
fn headers_of_plain_surveys() {
    let Some(reading) = real("nhs-apha-cpd/apha_cpd_survey.csv") else {
        return;
    };
    let report = &reading.report;
    assert_eq!(report.layout, Some(Layout::Plain), "{}", report.reason);
    assert_eq!((report.header_row, report.rows_read), (Some(1), 237));
    let Some(counts) = real("survey-rse-limesurvey/published_outputs/2016_uk_affSat4.csv") else {
        return;
    };
    assert_eq!(counts.report.layout, Some(Layout::Table));
}

#[test]
fn awkward_containers_give_what_their_index_says() {
    let Some(folder) = folder() else { return };
    // Header row and data rows as said of each, or the complaint.
    for (path, encoding, rows) in [
        ("nasty-csvkit/test_utf16_big.csv", "UTF-16BE", 2),
        ("nasty-csvkit/test_utf16_little.csv", "UTF-16LE", 2),
        ("nasty-csvkit/test_utf8_bom.csv", "UTF-8 with BOM", 2),
        ("nasty-csvkit/test_utf8.csv", "UTF-8", 2),
        ("nasty-csvkit/test_latin1.csv", "Windows-1252", 2),
        ("nasty-csvkit/mac_newlines.csv", "UTF-8", 2),
        ("nasty-csvkit/null_byte.csv", "UTF-8", 1),
        ("survey-surveymonkey-538/StarWars.csv", "Windows-1252", 1186),
    ] {
        let bytes = std::fs::read(folder.join(path)).expect(path);
        let reading = read_bytes(path, &bytes);
        assert_eq!(reading.report.encoding, Some(encoding), "{path}");
        let rows_read = reading.tables.iter().map(Table::rows).sum::<usize>();
        // A layout may know of rows that are no data.
        let aside: u64 = reading.report.set_aside.iter().map(|(_, n)| n).sum();
        let read = rows_read + usize::try_from(aside).unwrap();
        assert!((rows..=rows + 1).contains(&read), "{path}: {read}");
    }
}

#[test]
fn one_table_in_every_kind_of_workbook_is_the_same() {
    let Some(folder) = folder() else { return };
    let grid = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect(name);
        let input = crate::ingest::Input {
            name,
            bytes: &bytes,
        };
        let opened = crate::ingest::opening::open(&input, &SourceRule::default());
        let grid = opened.into_iter().next().unwrap().expect(name).grid;
        // Each program writes a fraction with as many digits as it likes.
        let cell = |r, c| match grid.cell(r, c) {
            Cell::Number(n) => Cell::Number((n * 1e9).round()),
            other => other.clone(),
        };
        let row = |r| (0..grid.width()).map(|c| cell(r, c)).collect();
        (0..grid.rows()).map(row).collect::<Vec<Vec<Cell>>>()
    };
    for (stem, ends) in [
        ("nasty-calamine/any_sheets", &["xls", "xlsb", "ods"][..]),
        ("nasty-calamine/date", &["xls", "xlsb"]),
        ("nasty-calamine/date_1904", &["xls", "xlsb"]),
        ("nasty-readxl/deaths", &["xls"]),
    ] {
        let first = grid(&format!("{stem}.xlsx"));
        for end in ends {
            assert_eq!(grid(&format!("{stem}.{end}")), first, "{stem}.{end}");
        }
    }
    let epochs = ["date", "date_1904"].map(|s| grid(&format!("nasty-calamine/{s}.xlsx")));
    assert_eq!(epochs[0][0], epochs[1][0]);
}
