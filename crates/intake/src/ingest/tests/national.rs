//! Published national tables, flows and durations: how they are recognised and
//! read, from files in their shape and real ones where they are at hand.

use super::{complaints, read_as, read_bytes, shown};
use crate::data::{Holds, Layout, Role, SourceRule, Table};
use crate::ingest::{Input, Reading, read};
use std::path::{Path, PathBuf};

/// A fixture of a format, read: one reading a table.
pub(crate) fn formats(path: &str) -> Vec<Reading> {
    formats_as(path, &SourceRule::default())
}

/// The same, as a study says.
pub(crate) fn formats_as(path: &str, rule: &SourceRule) -> Vec<Reading> {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/formats")
        .join(path);
    let bytes = std::fs::read(whole).expect(path);
    let bytes = &bytes;
    read(Input { name: path, bytes }, rule)
}

/// A real file, read, where the folder of them is at hand.
pub(crate) fn real(path: &str) -> Option<Reading> {
    real_tables(path).map(|mut readings| readings.swap_remove(0))
}

/// Every table of a real file.
pub(crate) fn real_tables(path: &str) -> Option<Vec<Reading>> {
    let found: Option<PathBuf> = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data"))
        .find(|data| data.join("INDEX.md").is_file());
    let Some(folder) = found else {
        println!("skipped: no folder of real files");
        return None;
    };
    let bytes = std::fs::read(folder.join(path)).expect(path);
    let input = Input {
        name: path,
        bytes: &bytes,
    };
    Some(read(input, &SourceRule::default()))
}

fn recognised(text: &str) -> (Option<Layout>, Option<Holds>) {
    let report = read_bytes("a.csv", text.as_bytes()).report;
    (report.layout, report.holds)
}

fn benchmark(layout: Layout) -> (Option<Layout>, Option<Holds>) {
    (Some(layout), Some(Holds::Benchmark))
}

#[test]
fn each_is_known_by_its_marks_and_nothing_else_is() {
    let pack = "PERIOD,NHSE_REGION_NAME,STAFF_GROUP,TYPE,FTE\n\
        202509 to 202510,London,Midwives,Denominator at start of period,10.5\n\
        202509 to 202510,London,Midwives,Leavers,0.5\n";
    assert_eq!(recognised(pack), benchmark(Layout::TurnoverPack));
    let core = "DATA_MONTH,ORG_CODE,MAIN_STAFF_GROUP,STAFF_GROUP_1,FTE\n\
        2025-09-30,ZX1,All staff groups,All staff groups,10.5\n";
    assert_eq!(recognised(core), benchmark(Layout::WorkforcePack));
    let medical = "DATA_MONTH,ORG_CODE,GRADE,SPECIALTY_GROUP,FTE\n2025-09-30,ZX1,All,All,3\n";
    assert_eq!(recognised(medical), benchmark(Layout::WorkforcePack));
    let flows = "Month,Site,Opening headcount,Starters,Leavers\n2026-01,A,100,3,2\n";
    assert_eq!(recognised(flows), (Some(Layout::Flows), Some(Holds::Flows)));
    let times = "time,status,arm\n9,1,A\n13,0,B\n13,1,B\n";
    assert_eq!(
        recognised(times),
        (Some(Layout::Durations), Some(Holds::Durations))
    );
    // A type and a period of something else, an event that is none, a date.
    for other in [
        "PERIOD,TYPE,HC\nspring,bought,3\nspring,sold,4\n",
        "time,status,arm\n9,1,A\n13,2,B\n",
        "time,left,arm\nsoon,1,A\nlater,0,B\n",
    ] {
        assert_eq!(
            recognised(other),
            (Some(Layout::Table), Some(Holds::Other)),
            "{other}"
        );
    }
    let staff = "Employee Number,Start Date,Months,Left\n1,01/02/2024,12,0\n2,13/02/2024,3,1\n";
    assert_eq!(recognised(staff).1, Some(Holds::Staff));
}

#[test]
fn peers_10_a_header_below_titles_of_any_number_is_found_by_what_it_says() {
    let table = "Period,Type,Gender,Denominator at start of period,Denominator at end of period,\
        Joiner,Leaver,Leaver rate\n202403 to 202503,HC,Female,100,110,20,10,9.5\n";
    for titles in [
        "",
        "Table 3\n",
        "Table 3\nturnover by gender\n\n\n\n\nNotes apply\n",
    ] {
        let text = format!("{titles}{table}");
        let reading = read_bytes("t.csv", text.as_bytes());
        assert_eq!(
            reading.report.layout,
            Some(Layout::TurnoverSupplement),
            "{titles}"
        );
        assert_eq!(reading.report.rows_read, 1, "{titles}");
    }
}

#[test]
fn peers_11_a_pack_of_its_header_alone_has_no_row_and_says_so() {
    let text = "DATA_MONTH,ORG_CODE,MAIN_STAFF_GROUP,STAFF_GROUP_1,FTE\n";
    let reading = read_bytes("t.csv", text.as_bytes());
    assert_eq!(reading.report.rows_read, 0);
    assert!(
        complaints(&reading)[0].starts_with("error header-only"),
        "{:?}",
        reading.findings
    );
}

#[test]
fn reasons_have_a_row_of_years_over_a_row_of_quarters() {
    let readings = formats("nhs-leaving-reasons/Reasons for Leaving by quarter.csv");
    let reading = &readings[0];
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::LeavingReasons, 25));
    assert_eq!(table.header_row, 6);
    let headers: Vec<&str> = table.columns.iter().map(|c| c.header.as_str()).collect();
    assert_eq!(
        headers[..3],
        ["Reason for leaving", "2023-24 Q1", "2023-24 Q2"]
    );
    assert_eq!((headers[12], headers.len()), ("2025-26 Q4", 13));
    // The row of all reasons is no reason; the note is no row.
    let aside: Vec<(&str, u64)> = reading
        .report
        .set_aside
        .iter()
        .map(|(rule, n)| (rule.as_str(), *n))
        .collect();
    assert_eq!(aside, [("notes-at-foot", 1), ("totals-row", 1)]);
    assert!(complaints(reading).is_empty(), "{:?}", reading.findings);
}

#[test]
fn a_people_survey_keeps_dimension_and_group_apart() {
    let text = "Civil Service People Survey 2014: results,,Grade,,,Sex [J01],\n\
        ,,AO/AA (n=10),EO (n=20),,Male (n=12),Female (n=18)\n,,,,,,\n\
        Employee engagement index 2,,52%,53%,,50%,..\n,,,,,,\n\
        Future intentions,,,,,,\n\
        I want to leave [my organisation] as soon as possible,,11%,9%,,10%,..\n\
        Notes,,,,,,\n1. Rounded.,,,,,,\n";
    let reading = read_bytes("p.csv", text.as_bytes());
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::PeopleSurvey, 2));
    let over: Vec<Option<&str>> = table
        .columns
        .iter()
        .map(|c| c.question.as_deref())
        .collect();
    assert_eq!(
        over,
        [
            None,
            Some("Grade"),
            Some("Grade"),
            Some("Sex [J01]"),
            Some("Sex [J01]")
        ]
    );
    assert_eq!(shown(table, "Female (n=18)"), ["..", ".."]);
    let aside: u64 = reading.report.set_aside.iter().map(|(_, n)| n).sum();
    assert_eq!(aside, 3);
}

#[test]
fn a_time_unit_may_be_told() {
    let rule = SourceRule {
        columns: [("time".to_owned(), "duration_weeks".to_owned())].into(),
        holds: Some(Holds::Durations),
        ..SourceRule::default()
    };
    let reading = read_as("t.csv", b"time,status,arm\n9,1,A\n13,0,B\n", &rule);
    let table = &reading.tables[0];
    let time = table.column(&Role::Duration).unwrap();
    assert_eq!(time.question.as_deref(), Some("weeks"));
    assert!(table.column(&Role::Left).is_some());
}

fn rows(path: &str, layout: Layout, rows: usize) -> Option<Table> {
    let mut reading = real(path)?;
    assert!(
        complaints(&reading).is_empty(),
        "{path}: {:?}",
        complaints(&reading)
    );
    let table = reading.tables.remove(0);
    assert_eq!((table.layout, table.rows()), (layout, rows), "{path}");
    Some(table)
}

#[test]
fn real_national_files_are_recognised_with_their_rows() {
    let pack = "nhs-turnover-benchmark/turnover_benchmarking_2_monthly_Oct-25.csv";
    rows(pack, Layout::TurnoverPack, 9450);
    rows(
        "nhs-sickness/nhs_sickness_absence_2024-04.csv",
        Layout::WorkforcePack,
        285,
    );
    rows(
        "gov-people-survey/csps2014_demographics.csv",
        Layout::PeopleSurvey,
        85,
    );
    rows(
        "gov-people-survey/csps2014_demographics.xlsx",
        Layout::PeopleSurvey,
        85,
    );
    let detailed = "nhs-staff-survey/ST18_job1_sheet1_religion.xls";
    if let Some(table) = rows(detailed, Layout::StaffSurveyBenchmark, 10) {
        let never = &table.columns[5];
        assert_eq!(never.header, "Never");
        assert!(
            never
                .question
                .as_deref()
                .unwrap()
                .starts_with("Q2 For each"),
            "{never:?}"
        );
    }
}

#[test]
fn real_durations_are_recognised() {
    rows("hr-mcnulty/job_retention.csv", Layout::Durations, 3770);
    rows(
        "hr-ibm/WA_Fn-UseC_-HR-Employee-Attrition.csv",
        Layout::Durations,
        1470,
    );
    rows(
        "hr-ibm/ibm_hr_attrition_original.csv",
        Layout::Durations,
        1470,
    );
    rows(
        "hr-ibm/WA_Fn-UseC_-HR-Employee-Attrition.xlsx",
        Layout::Durations,
        1470,
    );
    rows("ref-survival/aml.csv", Layout::Durations, 23);
}

#[test]
fn a_table_of_averages_by_religion_is_told_and_left_alone() {
    let Some(reading) = real("nhs-staff-survey/data_trusts_burnout.csv") else {
        return;
    };
    assert_eq!(reading.report.layout, Some(Layout::Table));
    assert_eq!(reading.report.rows_read, 135);
    assert!(
        complaints(&reading)[0].starts_with("warning layout"),
        "{:?}",
        reading.findings
    );
}

#[test]
fn peers_12_two_groups_of_one_name_stay_two() {
    let text = "Civil Service People Survey 2018: results,,Time in job,,Time in organisation,\n\
        ,,Less than 1 year,Longer,Less than 1 year,Longer\n\
        Employee engagement index,,52%,53%,60%,61%\n";
    let reading = read_bytes("p.csv", text.as_bytes());
    let table = &reading.tables[0];
    let same = table
        .columns
        .iter()
        .filter(|c| c.header == "Less than 1 year");
    let said: Vec<(&str, Option<&str>, String)> = same
        .map(|c| {
            let value = c.cells.cell(0).text().into_owned();
            (c.name.as_str(), c.question.as_deref(), value)
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Less than 1 year", Some("Time in job"), "52%".to_owned()),
            (
                "Less than 1 year (2)",
                Some("Time in organisation"),
                "60%".to_owned()
            ),
        ]
    );
}

#[test]
fn peers_9_a_mark_in_the_last_row_of_numbers_is_kept() {
    let mut text = "DATA_MONTH,ORG_CODE,STAFF_GROUP_1,HC\n".to_owned();
    for n in 0..300 {
        text.push_str(&format!("2025-09-30,ZX{n},Midwives,{n}\n"));
    }
    text.push_str("2025-09-30,ZZZ,Midwives,*\n");
    let reading = read_bytes("c.csv", text.as_bytes());
    let counts = shown(&reading.tables[0], "HC");
    assert_eq!((counts.len(), counts[300].as_str()), (301, "*"));
}
