//! Leavings that belong to nobody's time in post are not seen, and most of
//! them lost stops the run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::tests::{built, staff};
use crate::data::fixture::table;
use crate::data::{Holds, Layout, Role, Stage, Table};
use staywise_core::domain::Severity;

/// Leavers with a number and the day they left alone.
fn leavers(rows: &[&[&str]]) -> Table {
    let columns = [("Worker no.", Role::StaffNumber), ("Left", Role::LeaveDate)];
    Table {
        file: "leavers.csv".into(),
        ..table(Holds::Staff, &columns, rows)
    }
}

/// Those employed now.
fn workers() -> Table {
    let columns = [
        ("UNIQUEWORKERID", Role::StaffNumber),
        ("STARTDATE", Role::StartDate),
    ];
    let rows: &[&[&str]] = &[&["1", "2023-01-01"], &["2", "2024-01-01"]];
    Table {
        layout: Layout::AscWdsWorker,
        ..table(Holds::Staff, &columns, rows)
    }
}

fn errors(stage: &Stage) -> Vec<(&str, u64)> {
    let errors = stage.findings.iter();
    errors
        .filter(|f| f.severity == Severity::Error)
        .map(|f| (f.rule, f.count))
        .collect()
}

#[test]
fn leavers_of_whom_no_start_is_known_are_no_source_of_leavers() {
    let gone = leavers(&[&["7", "2025-06-30"], &["8", "2025-08-31"]]);
    let (workforce, stage) = built(&[workers(), gone]);
    assert!(!workforce.sees_leavers, "nobody's leaving is seen");
    assert_eq!(errors(&stage), [("leavings-lost", 2)]);
    let said = stage.of("leavings-lost").next().unwrap();
    assert_eq!(
        (&*said.origin.file, said.origin.row),
        ("leavers.csv", Some(2))
    );
}

#[test]
fn the_same_where_their_starts_are_blank() {
    let mut rows: Vec<Vec<String>> = (1..=60)
        .map(|n| vec![n.to_string(), "2024-01-01".into(), String::new()])
        .collect();
    // Few enough of all rows for a warning.
    rows.push(vec!["90".into(), String::new(), "2025-06-30".into()]);
    rows.push(vec!["91".into(), String::new(), "2025-06-30".into()]);
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let (workforce, stage) = built(&[staff(&rows)]);
    assert!(!workforce.sees_leavers);
    assert_eq!(errors(&stage), [("leavings-lost", 2)]);
}

#[test]
fn a_few_lost_are_a_warning_and_the_rest_counts() {
    let rows: &[&[&str]] = &[
        &["1", "2025-06-30"],
        &["2", "2025-07-31"],
        &["9", "2025-07-31"],
    ];
    let (workforce, stage) = built(&[workers(), leavers(rows)]);
    assert!(workforce.sees_leavers);
    assert_eq!(errors(&stage), []);
    assert_eq!(stage.of("leaver-not-listed").count(), 1);
}

#[test]
fn that_a_worker_file_has_no_leavers_is_said_only_where_no_other_list_has() {
    let rule = "asc-wds-sees-no-leavers";
    let (_, alone) = built(&[workers()]);
    assert_eq!(alone.of(rule).count(), 1);
    let gone = staff(&[&["7", "2024-01-01", "2025-06-30", "A"]]);
    let (workforce, beside) = built(&[workers(), gone]);
    assert!(workforce.sees_leavers);
    assert_eq!(beside.of(rule).count(), 0);
}

#[test]
fn a_leaving_of_a_row_without_a_number_is_not_seen() {
    let (workforce, _) = built(&[staff(&[
        &["1", "2024-01-01", "", "A"],
        &["", "2024-01-01", "2025-06-30", "A"],
    ])]);
    assert!(!workforce.sees_leavers);
}

#[test]
fn words_in_place_of_a_number_are_nobody_and_are_told_by_kind() {
    let (workforce, stage) = built(&[staff(&[
        &["1", "2024-01-01", "", "A"],
        &["2", "2024-01-01", "2025-06-30", "A"],
        &["agency", "2025-05-01", "2025-05-03", "A"],
        &["Agency", "2025-06-01", "2025-06-03", "A"],
        &["TBC", "2025-06-01", "", "A"],
        &["", "2025-06-01", "", "A"],
    ])]);
    assert_eq!(workforce.people(), 2, "agency is nobody, and so no leaver");
    assert_eq!(stage.counted("leavers"), Some(1));
    let said: Vec<(&str, u64)> = stage.findings.iter().map(|f| (f.rule, f.count)).collect();
    assert_eq!(
        said,
        [
            ("placeholder-identifier", 2),
            ("placeholder-identifier", 1),
            ("no-identifier", 1)
        ]
    );
    assert!(stage.findings[0].message.contains("agency, bank"));
}

#[test]
fn an_agency_nurse_by_the_job_is_no_substantive_staff() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("Job", Role::Dimension("profession".to_owned())),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2024-01-01", "2025-06-30", "Registered nurse"],
        &["2", "2025-05-01", "2025-05-03", "Agency nurse"],
        &["3", "2025-05-01", "", "Care worker (bank)"],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    assert_eq!((workforce.people(), stage.counted("leavers")), (1, Some(1)));
    let told = stage.of("bank-only").next().unwrap();
    assert_eq!(told.count, 2);
    assert!(told.origin.column.as_deref().unwrap().contains("Job"));
}

#[test]
fn a_register_without_a_staff_list_is_told_so_and_not_that_nobody_matches() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Programme start", Role::PreceptorshipStart),
    ];
    let register = table(Holds::Register, &columns, &[&["1", "2024-01-01"]]);
    let (_, stage) = built(&[register]);
    let rules: Vec<&str> = stage.findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["no-staff-list"]);
}

/// Those in post with their sex, and leavers with or without.
fn with_sex(of_leavers: &str) -> Vec<String> {
    let columns = [
        ("Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("Sex", Role::Dimension("sex".to_owned())),
    ];
    let here = ["1", "2", "3", "4", "5", "6"];
    let gone = ["11", "12", "13", "14", "15"];
    let mut rows: Vec<[&str; 4]> = Vec::new();
    rows.extend(here.map(|n| [n, "2023-01-01", "", "Female"]));
    rows.extend(gone.map(|n| [n, "2023-01-01", "2025-03-31", of_leavers]));
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
    let (_, stage) = built(&[table(Holds::Staff, &columns, &rows)]);
    let said = stage.of("leavers-without-groups");
    said.map(|f| f.message.clone()).collect()
}

#[test]
fn leavers_without_what_others_have_are_told_of() {
    let said = with_sex("");
    assert_eq!(said.len(), 1);
    assert!(
        said[0].contains("those who stay: sex. They count"),
        "{said:?}"
    );
    assert!(with_sex("Male").is_empty());
}
