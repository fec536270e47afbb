//! Layouts by small files that have just what each is known by.

use super::{complaints, notes, read_as, read_bytes, shown};
use crate::data::{DateOrder, Holds, Layout, Role, SourceRule, Table};
use crate::ingest::Reading;
use staywise_core::domain::QuestionType;

fn recognised(text: &str) -> (Option<Layout>, Option<Holds>) {
    let report = read_bytes("a.csv", text.as_bytes()).report;
    (report.layout, report.holds)
}

fn roles(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|c| c.role.word()).collect()
}

#[test]
fn lists_are_known_by_their_columns() {
    let staff = "Employee Number,Latest Start Date,FTE\n1,13/02/2024,1\n";
    assert_eq!(
        recognised(staff),
        (Some(Layout::StaffList), Some(Holds::Staff))
    );
    let both = "Employee Number,Start Date,FTE,Preceptorship Start\n1,13/02/2024,1,14/02/2024\n";
    assert_eq!(
        recognised(both),
        (Some(Layout::StaffList), Some(Holds::Staff))
    );
    let register = "Employee Number,Start Date,Due Date,Date Completed\n1,13/02/2024,13/02/2025,\n";
    assert_eq!(
        recognised(register),
        (Some(Layout::Register), Some(Holds::Register))
    );
    let invited = "Email,Survey Wave,Date Invited\na@example.org,Spring,13/02/2024\n";
    assert_eq!(
        recognised(invited),
        (Some(Layout::InvitedList), Some(Holds::Invited))
    );
    let survey = "Work Email,Wave,I feel that I belong,Why?\n\
        a@example.org,1,Agree,x\nb@example.org,1,Agree,y\n";
    assert_eq!(
        recognised(survey),
        (Some(Layout::Plain), Some(Holds::Survey))
    );
    // Each answer with its count is no survey.
    assert_eq!(
        recognised("I feel that I belong,n\nAgree,10\nDisagree,12\n"),
        (Some(Layout::Table), Some(Holds::Other))
    );
}

#[test]
fn a_start_date_is_what_its_list_means_by_it() {
    let register = "Employee Number,Start Date,Due Date\n1,13/02/2024,13/02/2025\n";
    let table = read_bytes("r.csv", register.as_bytes()).tables.remove(0);
    assert_eq!(
        roles(&table),
        ["staff_number", "preceptorship_start", "planned_end"]
    );
    let survey = "StartDate,EndDate,Finished,ResponseId,How are you?\n\
        2026-01-05 10:00:00,2026-01-05 10:05:00,True,R_1,Well\n";
    let table = read_bytes("s.csv", survey.as_bytes()).tables.remove(0);
    let expected = [
        "started_at",
        "completed_at",
        "finished",
        "response_id",
        "question",
    ];
    assert_eq!(
        (table.layout, roles(&table)),
        (Layout::Plain, expected.to_vec())
    );
}

const QUALTRICS: &str = "EndDate,RecordedDate,IPAddress,ResponseId,ExternalReference,Q1,Q2,Q3,StaffNumber,Site\n\
    End,Recorded,IP,Response,Reference,I want to stay,What is your ethnic group?,Q1 - Topics,StaffNumber,Site\n\
    \"{\"\"ImportId\"\":\"\"endDate\"\",\"\"timeZone\"\":\"\"Europe/London\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\",\
    \"{\"\"ImportId\"\":\"\"ipAddress\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\
    \"{\"\"ImportId\"\":\"\"externalDataReference\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\
    \"{\"\"ImportId\"\":\"\"QID2\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_TEXT_9Topics\"\"}\",\
    \"{\"\"ImportId\"\":\"\"StaffNumber\"\"}\",\"{\"\"ImportId\"\":\"\"Site\"\"}\"\n\
    2026-01-05 10:00:00,2026-01-12 10:00:00,10.0.0.1,R_1,20000001.0,Agree,White,,007,North\n\
    2026-01-06 10:00:00,2026-01-13 10:00:00,10.0.0.2,R_2,20000002,Disagree,White,,008,North\n\
    2026-01-07 10:00:00,2026-01-13 10:00:00,10.0.0.2,R_3,20000003,Disagree,White,,009,North\n";

#[test]
fn qualtrics_says_its_time_zone_and_what_was_embedded() {
    let reading = read_bytes("q.csv", QUALTRICS.as_bytes());
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    let table = &reading.tables[0];
    assert_eq!(table.time_zone.as_deref(), Some("Europe/London"));
    assert_eq!(table.row_numbers, [4, 5, 6]);
    let expected = [
        "completed_at",
        "unused",
        "dropped",
        "response_id",
        "external_reference",
        "question",
        "ethnic_category",
        "unused",
        "staff_number",
        "site",
    ];
    assert_eq!(roles(table), expected);
    assert_eq!(table.columns[5].asks(), "I want to stay");
    assert_eq!(table.columns[5].question_type, Some(QuestionType::Scale));
    assert_eq!(shown(table, "ExternalReference")[0], "20000001");
    assert_eq!(shown(table, "StaffNumber")[0], "007");
    assert_eq!(shown(table, "IPAddress"), ["", "", ""]);
}

fn forms(times: [&str; 3]) -> Reading {
    let mut text = String::from("ID,Start time,Completion time,Email,Name,How was it?\n");
    for (id, time) in times.iter().enumerate() {
        text.push_str(&format!("{id},{time},{time},anonymous,,fine\n"));
    }
    read_bytes("f.csv", text.as_bytes())
}

#[test]
fn times_of_a_survey_are_read_so_that_they_keep_together() {
    let order = |reading: &Reading| {
        reading.tables[0]
            .column(&Role::CompletedAt)
            .map(|c| c.dates)
            .unwrap()
    };
    // 3 to 12 April; month first they would be strewn from March to December.
    let april = forms(["3/4/26 9:00", "7/4/26 9:00", "12/4/26 9:00"]);
    assert_eq!(order(&april), Some(DateOrder::DayFirst));
    assert!(complaints(&april).is_empty() && notes(&april).contains(&"dates-undecidable"));
    let months = forms(["4/3/26 9:00", "4/7/26 9:00", "4/12/26 9:00"]);
    assert_eq!(order(&months), Some(DateOrder::MonthFirst));
    // Two neighbouring days prove nothing.
    let few = forms(["3/4/26 9:00", "4/4/26 9:00", "4/4/26 9:00"]);
    assert_eq!(order(&few), None);
    let expected = ["warning dates-undecidable x1", "error dates-undecidable x1"];
    assert_eq!(complaints(&few), expected);
}

#[test]
fn the_study_overrides_what_is_recognised() {
    let mut rule = SourceRule {
        holds: Some(Holds::Staff),
        header_row: Some(2),
        wave: Some("Spring".into()),
        ..SourceRule::default()
    };
    rule.columns.insert("ref no".into(), "staff_number".into());
    rule.columns.insert("Began".into(), "start_date".into());
    rule.columns.insert("Absent".into(), "site".into());
    let text = "Name,Start Date,Employee Number\nRef No,Began,Place\nA1,2024-02-13,North\n";
    let reading = read_as("s.csv", text.as_bytes(), &rule);
    assert_eq!(complaints(&reading), ["warning no-such-column x1"]);
    let table = &reading.tables[0];
    assert_eq!((table.header_row, table.rows()), (2, 1));
    assert_eq!(roles(table), ["staff_number", "start_date", "unknown"]);
    assert_eq!(table.wave.as_deref(), Some("Spring"));
}

#[test]
fn an_item_that_the_study_names_stays_a_question() {
    let mut rule = SourceRule::default();
    rule.columns
        .insert("I want to stay".into(), "item:stay".into());
    rule.columns.insert("Q2".into(), "item:ethnicity".into());
    let table = read_as("q.csv", QUALTRICS.as_bytes(), &rule)
        .tables
        .remove(0);
    let named: Vec<&str> = table
        .columns
        .iter()
        .filter(|c| c.role == Role::Question)
        .map(|c| &*c.name)
        .collect();
    assert_eq!(named, ["stay", "ethnicity"]);
}

#[test]
fn a_stated_layout_must_be_there() {
    let rule = SourceRule {
        layout: Some(Layout::Qualtrics),
        ..SourceRule::default()
    };
    let reading = read_as("q.csv", b"Employee Number,Hire Date\n1,2024-01-01\n", &rule);
    assert_eq!(complaints(&reading), ["error layout x1"]);
}

#[test]
fn two_columns_for_one_role_are_said() {
    let text = "Employee Number,Hire Date,Latest Hire Date\n1,2024-02-13,2025-02-13\n";
    let reading = read_bytes("s.csv", text.as_bytes());
    assert_eq!(complaints(&reading), ["warning same-role-twice x2"]);
    assert_eq!(
        reading.tables[0].column(&Role::StartDate).map(|c| c.index),
        Some(1)
    );
}
