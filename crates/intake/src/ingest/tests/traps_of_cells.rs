//! Traps of the field and bugs of other readers that are about headers, types,
//! numbers and dates, by their names.

use super::{complaints, notes, read_as, read_bytes, shown};
use crate::data::{DateOrder, Holds, Role, SourceRule};
use crate::ingest::Reading;
use crate::vocabulary::cells;
use proptest::prelude::{Just, ProptestConfig, prop_assert, prop_assert_eq, prop_oneof, proptest};
use staywise_core::domain::{Day, QuestionType, Severity};

fn staff(text: &str, dates: Option<DateOrder>) -> Reading {
    let rule = SourceRule {
        holds: Some(Holds::Staff),
        dates,
        ..SourceRule::default()
    };
    read_as("staff.csv", text.as_bytes(), &rule)
}

fn starts(reading: &Reading) -> Vec<Option<String>> {
    let column = reading.tables[0].column(&Role::StartDate).unwrap();
    let read = cells::moments(column);
    let day = |code: &u32| read[usize::try_from(*code).unwrap()].day().map(Day::iso);
    column.cells.codes.iter().map(day).collect()
}

#[test]
fn t21_day_or_month_first_is_decided_by_the_whole_column_and_said() {
    let list = |dates: [&str; 3]| {
        let [a, b, c] = dates;
        staff(
            &format!("Employee Number,Start Date\n1,{a}\n2,{b}\n3,{c}\n"),
            None,
        )
    };
    let uk = list(["03/04/2026", "05/06/2026", "31/01/2026"]);
    assert_eq!(starts(&uk)[0].as_deref(), Some("2026-04-03"));
    let evidence = uk
        .findings
        .iter()
        .find(|f| f.rule == "dates-order")
        .unwrap();
    assert_eq!((evidence.origin.row, evidence.count), (Some(4), 1));
    assert!(evidence.message.contains("day first") && !evidence.message.contains("31"));
    let us = list(["03/04/2026", "05/06/2026", "01/31/2026"]);
    assert_eq!(starts(&us)[0].as_deref(), Some("2026-03-04"));
    let open = list(["03/04/2026", "05/06/2026", "01/02/2026"]);
    let doubt = open
        .findings
        .iter()
        .find(|f| f.rule == "dates-undecidable")
        .unwrap();
    assert_eq!(doubt.severity, Severity::Error);
    assert!(doubt.remedy.contains("dates = "));
    assert_eq!(starts(&open), [None, None, None]);
    let text = "Employee Number,Start Date\n1,03/04/2026\n";
    let said = staff(text, Some(DateOrder::MonthFirst));
    assert_eq!(starts(&said)[0].as_deref(), Some("2026-03-04"));
    let mixed = list(["31/01/2026", "01/31/2026", "05/06/2026"]);
    assert!(complaints(&mixed).iter().any(|c| c.starts_with("error")));
}

#[test]
fn dates_without_marks_or_days_are_read_and_said() {
    let compact = staff("Employee Number,Start Date\n1,20260331\n2,20250102\n", None);
    assert_eq!(starts(&compact)[0].as_deref(), Some("2026-03-31"));
    assert!(notes(&compact).contains(&"compact-dates"));
    let months = staff("Employee Number,Start Date\n1,Mar-26\n2,2025-01\n", None);
    assert_eq!(starts(&months)[0].as_deref(), Some("2026-03-01"));
    assert!(
        complaints(&months)
            .iter()
            .any(|c| c.contains("dates-without-day"))
    );
}

#[test]
fn times_are_uk_times_before_a_day_is_chosen() {
    let own = "Timestamp,I want to stay in my job\n\
        2025/06/30 11:30:00 pm GMT,Agree\n2025/07/01 4:36:37 pm GMT,Disagree\n";
    let reading = read_bytes("forms.csv", own.as_bytes());
    let column = reading.tables[0].column(&Role::CompletedAt).unwrap();
    let day = cells::moment(column.cells.cell(0), column.dates).day();
    assert_eq!(day, Day::from_ymd(2025, 7, 1));
    assert!(notes(&reading).contains(&"time-zone"));
    let qualtrics = |zone: &str| {
        let text = format!(
            "EndDate,ResponseId,Q1\nEnd Date,Response ID,I want to stay\n\
             \"{{\"\"ImportId\"\":\"\"endDate\"\",\"\"timeZone\"\":\"\"{zone}\"\"}}\",\
             \"{{\"\"ImportId\"\":\"\"_recordId\"\"}}\",\"{{\"\"ImportId\"\":\"\"QID1\"\"}}\"\n\
             2026-01-12 20:00:00,R_1,Agree\n2026-01-13 10:00:00,R_2,Agree\n"
        );
        read_bytes("q.csv", text.as_bytes())
    };
    let denver = qualtrics("America/Denver");
    assert_eq!(
        shown(&denver.tables[0], "EndDate")[0],
        "2026-01-13 03:00:00"
    );
    assert!(notes(&denver).contains(&"time-zone"));
    let london = qualtrics("Europe/London");
    assert_eq!(
        shown(&london.tables[0], "EndDate")[0],
        "2026-01-12 20:00:00"
    );
    let unknown = qualtrics("Mars/Olympus");
    assert!(
        complaints(&unknown)
            .iter()
            .any(|c| c.contains("time-zone-unknown"))
    );
}

#[test]
fn peers_9_a_column_is_typed_by_all_rows_and_the_first_may_be_blank() {
    let survey = |text: &str| {
        let rule = SourceRule {
            holds: Some(Holds::Survey),
            ..SourceRule::default()
        };
        read_as("x.csv", text.as_bytes(), &rule)
    };
    let mut text = String::from("Response ID,What was it worth to you?\n1,\n");
    for worth in 0..40 {
        text.push_str(&format!("{},{worth}\n", worth + 2));
    }
    text.push_str("42,it depends\n");
    let table = survey(&text).tables.remove(0);
    let typed = (table.rows(), table.columns[1].question_type);
    assert_eq!(typed, (42, Some(QuestionType::Number)));
    let worth = shown(&table, "What was it worth to you?");
    assert_eq!((worth[0].as_str(), worth[41].as_str()), ("", "it depends"));
    let worded = text.replace(",1", ",more than 1").replace(",2", ",about 2");
    let table = survey(&worded).tables.remove(0);
    assert_ne!(table.columns[1].question_type, Some(QuestionType::Number));
}

#[test]
fn peers_10_a_header_in_row_7_of_two_rows_with_totals_and_a_blank_column() {
    let text = "Trust workforce return\nRun on:,31/03/2026\n\nNot for circulation\n\n\
        Employee Number,Role,,Post,,Pay,\n,,,Start Date,FTE,Band,Point\n\
        1,Nurse,,01/02/2020,1.0,5,22\n2,Nurse,,15/02/2021,0.8,6,24\n\nTotal,,,,1.8,,\n\
        Source: the payroll,,,,,,\n";
    let reading = read_bytes("staff.csv", text.as_bytes());
    let table = &reading.tables[0];
    assert_eq!(
        (table.header_row, table.row_numbers.as_slice()),
        (7, &[8, 9][..])
    );
    let headers: Vec<&str> = table.columns.iter().map(|c| c.header.as_str()).collect();
    assert_eq!(
        headers,
        [
            "Employee Number",
            "Role",
            "Start Date",
            "FTE",
            "Band",
            "Point"
        ]
    );
    assert_eq!(table.holds, Holds::Staff);
    assert_eq!(
        reading.report.set_aside,
        [
            ("totals-row".to_owned(), 1),
            ("notes-at-foot".to_owned(), 1)
        ]
    );
}

#[test]
fn peers_11_a_header_alone_gives_no_rows() {
    let reading = read_bytes("x.csv", b"Employee Number,Start Date,Role\n");
    assert_eq!(
        (reading.report.rows_read, reading.report.header_row),
        (0, Some(1))
    );
    assert_eq!(complaints(&reading), ["error header-only x1"]);
}

#[test]
fn peers_12_two_questions_in_the_same_words_stay_two() {
    let text = "Timestamp,Why did you come?,Why did you come?\n2026-01-01 09:00,pay,place\n\
        2026-01-01 10:00,team,pay\n";
    let reading = read_bytes("x.csv", text.as_bytes());
    let names: Vec<&str> = reading
        .report
        .columns
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(names[1..], ["Why did you come?", "Why did you come? (2)"]);
    assert!(
        complaints(&reading)
            .iter()
            .any(|c| c.contains("same-question-twice"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn dates_of_one_style_read_back_or_are_undecided(
        days in proptest::collection::vec(3_653_i32..34_000, 1..12),
        form in prop_oneof![
            Just("%d/%m/%Y"), Just("%m/%d/%Y"), Just("%d.%m.%Y"), Just("%d/%m/%y"), Just("%m/%d/%y"),
            Just("%Y-%m-%d"), Just("%Y%m%d"), Just("%e %B %Y"), Just("%d-%b-%y"), Just("%b %e %Y"),
            Just("%Y-%m-%dT12:00:00Z"), Just("serial"),
        ],
    ) {
        let mut text = String::from("Employee Number,Start Date\n");
        for (at, day) in days.iter().enumerate() {
            let shown = match form {
                "serial" => (day + 25_569).to_string(),
                form => Day(*day).date().format(form).to_string(),
            };
            text.push_str(&format!("{at},{shown}\n"));
        }
        let reading = staff(&text, None);
        let undecided = reading.findings.iter().any(|f| f.rule == "dates-undecidable");
        let read = starts(&reading);
        if undecided {
            // Those that are the same either way may be read.
            prop_assert!(form.contains("%m") && read.iter().zip(&days).all(|(read, day)| {
                read.as_ref().is_none_or(|read| *read == Day(*day).iso())
            }), "{text}");
        } else {
            let expected: Vec<Option<String>> = days.iter().map(|d| Some(Day(*d).iso())).collect();
            prop_assert_eq!(read, expected, "{}", text);
        }
    }
}
