//! Exports of SurveyMonkey in their own shapes, and what the tests of all
//! survey tools share: the kept exports of tests/formats and their questions.

use super::{complaints, notes, read_as, read_bytes, shown};
use crate::data::{DateOrder, Layout, Role, SourceRule, Table};
use crate::ingest::Reading;
use staywise_core::domain::QuestionType;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) fn kept(path: &str) -> Reading {
    kept_as(path, &SourceRule::default())
}

pub(super) fn kept_as(path: &str, rule: &SourceRule) -> Reading {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats");
    let bytes = std::fs::read(root.join(path)).expect(path);
    read_as(path, &bytes, rule)
}

pub(super) fn asked(table: &Table) -> Vec<&str> {
    let questions = table.columns.iter().filter(|c| c.role == Role::Question);
    questions.map(|c| c.asks()).collect()
}

pub(super) fn kind(table: &Table, asks: &str) -> Option<QuestionType> {
    let column = table.columns.iter().find(|c| c.asks() == asks);
    column.expect(asks).question_type
}

pub(super) fn answers(table: &Table, asks: &str) -> Vec<String> {
    let column = table.columns.iter().find(|c| c.asks() == asks);
    let cells = &column.expect(asks).cells;
    (0..table.rows())
        .map(|row| cells.cell(row).text().into_owned())
        .collect()
}

/// How often each part of lists comes.
pub(super) fn parts(lists: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for list in lists {
        for part in list.split_terminator(';') {
            *counts.entry(part.trim()).or_default() += 1;
        }
    }
    counts
}

pub(super) fn roles(table: &Table) -> Vec<(&str, &str)> {
    let own = |c: &crate::data::TableColumn| c.role != Role::Question;
    let columns = table.columns.iter().filter(|c| own(c));
    columns
        .map(|c| (c.header.as_str(), c.role.word()))
        .collect()
}

pub(super) const STAY: &str = "I intend to stay in this organisation for the next 12 months";
pub(super) const BELONG: &str = "I feel that I belong in my team";
const STEM: &str = "How far do you agree with each statement?";
pub(super) const HELP: &str = "What would help you most to stay?";

/// What every kept export asked: who stays on a scale, a grid of three, and
/// what would help, of which several may be given.
pub(super) fn holds_the_questions(table: &Table, stem: bool) {
    assert_eq!(kind(table, STAY), Some(QuestionType::Scale));
    let row = if stem {
        format!("{STEM} - {BELONG}")
    } else {
        BELONG.to_owned()
    };
    assert_eq!(kind(table, &row), Some(QuestionType::Scale));
    let names: BTreeSet<&str> = table.columns.iter().map(|c| &*c.name).collect();
    assert_eq!(names.len(), table.columns.len(), "names are unique");
}

#[test]
fn t22_two_header_rows_are_no_data() {
    let csv = kept("surveymonkey/preceptorship-autumn-2025.csv");
    let xlsx = kept("surveymonkey/preceptorship-winter-2026.xlsx");
    for (reading, rows) in [(&csv, 32), (&xlsx, 28)] {
        let table = &reading.tables[0];
        assert_eq!((table.layout, table.rows()), (Layout::SurveyMonkey, rows));
        assert_eq!((table.header_row, table.row_numbers[0]), (1, 3));
        holds_the_questions(table, true);
        assert_eq!(kind(table, HELP), Some(QuestionType::Multi));
        assert!(complaints(reading).is_empty(), "{:?}", reading.findings);
    }
    let table = &csv.tables[0];
    let ended = table.column(&Role::CompletedAt).expect("an end");
    assert_eq!(ended.dates, Some(DateOrder::MonthFirst));
    let expected = [
        ("Respondent ID", "response_id"),
        ("Collector ID", "unused"),
        ("Start Date", "started_at"),
        ("End Date", "completed_at"),
        ("IP Address", "dropped"),
        ("Email Address", "email"),
        ("First Name", "person_name"),
        ("Last Name", "person_name"),
        ("Custom Data 1", "unused"),
        ("What is your ethnic group?", "ethnic_category"),
        ("At which site do you work?", "site"),
    ];
    assert_eq!(roles(table), expected);
    // Options with commas are whole, and what was written beside stands apart.
    let chosen = answers(table, HELP);
    let options: Vec<&str> = parts(&chosen).into_keys().collect();
    let all = [
        "Pay, terms and conditions",
        "Rota",
        "Support from peers",
        "Time with my preceptor",
    ];
    assert_eq!(options, all);
    let other = format!("{HELP} - Other (please specify)");
    assert!(asked(table).contains(&other.as_str()));
    assert!(notes(&csv).contains(&"ranks"));
    assert_eq!(shown(table, "IP Address")[0], "");
}

pub(super) const MONKEY: &str = "Respondent ID,Collector ID,End Date,IP Address,Custom Data 1";

#[test]
fn t26_a_respondents_number_that_excel_rounded_is_no_identity() {
    let mut text = format!("{MONKEY},{STAY}\n,,,,,Response\n");
    for day in 13..20 {
        text.push_str(&format!("1.18E+10,4.17E+08,01/{day}/2026 10:00,,,Agree\n"));
    }
    let reading = read_bytes("s.csv", text.as_bytes());
    assert_eq!(
        complaints(&reading),
        ["warning identifier-rounded row 3 x7"]
    );
    let table = &reading.tables[0];
    assert_eq!(table.rows(), 7);
    assert!(shown(table, "Respondent ID").iter().all(String::is_empty));
    // A number that is whole is text, whichever way the sheet had it.
    let whole = text.replace("1.18E+10", "11812345678.0");
    let table = read_bytes("s.csv", whole.as_bytes()).tables.remove(0);
    assert_eq!(shown(&table, "Respondent ID")[0], "11812345678");
}

#[test]
fn t25_two_answers_of_one_person_are_both_read() {
    let reading = kept("surveymonkey/preceptorship-autumn-2025.csv");
    let table = &reading.tables[0];
    let emails = shown(table, "Email Address");
    let given: Vec<&String> = emails.iter().filter(|e| !e.is_empty()).collect();
    let people: BTreeSet<&&String> = given.iter().collect();
    assert_eq!((given.len(), people.len()), (24, 23));
    let ids: BTreeSet<String> = shown(table, "Respondent ID").into_iter().collect();
    assert_eq!(ids.len(), 32);
}

#[test]
fn figures_of_surveymonkey_are_told_and_ticks_by_figure_are_options() {
    let mut text = format!("{MONKEY},{STAY},Which of these?,,\n,,,,,Response,Pay,Rota,Peers\n");
    for (stay, ticks) in [
        (4, "1,,3"),
        (5, ",2,3"),
        (4, "1,,"),
        (2, ",,"),
        (5, "1,2,3"),
        (4, ",,3"),
    ] {
        text.push_str(&format!(
            "118{stay},4,01/13/2026 10:00,,A{stay},{stay},{ticks}\n"
        ));
    }
    let reading = read_bytes("s.csv", text.as_bytes());
    let table = &reading.tables[0];
    assert!(notes(&reading).contains(&"figures-without-labels"));
    assert!(notes(&reading).contains(&"custom-data"));
    assert!(shown(table, "Custom Data 1").iter().all(String::is_empty));
    assert_eq!(kind(table, STAY), Some(QuestionType::Number));
    let chosen = answers(table, "Which of these?");
    assert_eq!(
        chosen,
        [
            "Pay;Peers;",
            "Rota;Peers;",
            "Pay;",
            "",
            "Pay;Rota;Peers;",
            "Peers;"
        ]
    );
    // A grid that is answered in every row is none.
    let grid = text.replace("1,,3", "1,2,3").replace(",2,3\n", "1,2,3\n");
    let grid = grid
        .replace(",1,,\n", ",1,2,3\n")
        .replace(",4,,,", ",4,1,2,3,");
    let lines: Vec<&str> = grid
        .lines()
        .filter(|line| line.ends_with("1,2,3") || !line.starts_with("118"))
        .collect();
    let table = read_bytes("s.csv", lines.join("\n").as_bytes())
        .tables
        .remove(0);
    assert!(
        asked(&table).contains(&"Which of these? - Rota"),
        "{:?}",
        asked(&table)
    );
}

#[test]
fn expanded_columns_of_one_answer_are_one_answer() {
    let labels = [
        "Strongly disagree",
        "Disagree",
        "Neither agree nor disagree",
        "Agree",
        "Strongly agree",
    ];
    let mut text = format!("{MONKEY},{STAY},,,,\n,,,,,{}\n", labels.join(","));
    for (nth, at) in [3, 4, 3, 1, 2].into_iter().enumerate() {
        let cells: Vec<&str> = (0..5)
            .map(|c| if c == at { labels[c] } else { "" })
            .collect();
        text.push_str(&format!(
            "118{nth},4,01/13/2026 10:00,,,{}\n",
            cells.join(",")
        ));
    }
    let reading = read_bytes("s.csv", text.as_bytes());
    let table = &reading.tables[0];
    assert_eq!(kind(table, STAY), Some(QuestionType::Scale));
    assert_eq!(answers(table, STAY)[..2], ["Agree", "Strongly agree"]);
    assert!(notes(&reading).contains(&"one-of-the-options"));
}

#[test]
fn a_question_written_over_each_of_its_options_is_one() {
    let twice = "Which?,Which?,Which?,Which?";
    let text = format!(
        "{MONKEY},{twice}\n,,,,,Pay,Rota,Pay,Rota\n1181,4,01/13/2026,,,Pay,Rota,,Rota\n\
         1182,4,01/14/2026,,,,Rota,Pay,Rota\n"
    );
    let table = read_bytes("s.csv", text.as_bytes()).tables.remove(0);
    let asked: Vec<(&str, &str)> = table
        .columns
        .iter()
        .skip(5)
        .map(|c| (c.asks(), &*c.name))
        .collect();
    assert_eq!(asked, [("Which?", "Which?"), ("Which?", "Which? (2)")]);
    assert_eq!(answers(&table, "Which?"), ["Pay;Rota;", "Rota;"]);
}

#[test]
fn places_in_an_order_are_no_rating() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let mut text = format!(
        "{MONKEY},Order these{}\n,,,,,{}\n",
        ",".repeat(8),
        names.join(",")
    );
    for (nth, order) in ["1,2,3,4,5,6,7,8,9", "9,8,7,6,5,4,3,2,1"]
        .iter()
        .enumerate()
    {
        text.push_str(&format!("118{nth},4,01/13/2026,,,{order}\n"));
    }
    let reading = read_bytes("s.csv", text.as_bytes());
    let table = &reading.tables[0];
    assert!(notes(&reading).contains(&"ranks"));
    assert_eq!(answers(table, "Order these - b"), ["2nd", "8th"]);
    assert_ne!(kind(table, "Order these - b"), Some(QuestionType::Scale));
}

#[test]
fn contact_details_are_left_behind() {
    let text = format!(
        "{MONKEY},Your details,,,\n,,,,,Name,Address,Email Address,Phone Number\n\
         1181,4,01/13/2026 10:00,,,Redacted,Redacted,p014@example.org,0000\n\
         1182,4,01/13/2026 10:00,,,Redacted,Redacted,p015@example.org,0000\n"
    );
    let table = read_bytes("s.csv", text.as_bytes()).tables.remove(0);
    let own: Vec<&str> = roles(&table)
        .iter()
        .skip(5)
        .map(|(_, role)| *role)
        .collect();
    assert_eq!(own, ["person_name", "dropped", "email", "dropped"]);
    assert_eq!(shown(&table, "Your details - Phone Number"), ["", ""]);
}

#[test]
fn the_second_row_of_surveymonkey_is_missed_and_the_first_row_of_data_is_data() {
    let text = format!(
        "{MONKEY},{STAY}\n1181,4,01/13/2026 10:00,,,Agree\n1182,4,01/14/2026 10:00,,,Agree\n"
    );
    let reading = read_bytes("s.csv", text.as_bytes());
    assert_eq!(complaints(&reading), ["warning second-header-row row 1 x1"]);
    assert_eq!(reading.tables[0].row_numbers, [2, 3]);
}
