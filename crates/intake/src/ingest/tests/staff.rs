//! Workforce lists, registers and lists of people invited, read from the
//! fixtures of each format and from real files where they are at hand.

use super::{complaints, notes, read_bytes, shown};
use crate::data::{DateOrder, Holds, Layout, Role, Stage, Table, Workforce};
use crate::ingest::Reading;
use crate::workforce::{self, Rules};
use staywise_core::domain::{Day, Severity};
use std::path::Path;

fn fixture(path: &str) -> Reading {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats");
    let bytes = std::fs::read(root.join(path)).expect(path);
    read_bytes(path, &bytes)
}

fn real(path: &str) -> Option<Reading> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data"))
        .find(|data| data.join("INDEX.md").is_file());
    let Some(folder) = folder else {
        println!("skipped: no folder of real files");
        return None;
    };
    let bytes = std::fs::read(folder.join(path)).expect(path);
    Some(read_bytes(path, &bytes))
}

fn only(reading: &Reading) -> &Table {
    &reading.tables[0]
}

fn built(paths: &[&str]) -> (Workforce, Stage) {
    let tables: Vec<Table> = paths.iter().flat_map(|path| fixture(path).tables).collect();
    let as_at = Day::parse_iso("2026-03-31").unwrap();
    workforce::build(&tables, &Rules::default(), as_at)
}

fn role(table: &Table, header: &str) -> String {
    let column = table.columns.iter().find(|c| c.header == header);
    column.expect(header).role.word().to_owned()
}

fn errors(stage: &Stage) -> Vec<&str> {
    let errors = stage.findings.iter();
    errors
        .filter(|f| f.severity == Severity::Error)
        .map(|f| f.rule)
        .collect()
}

fn levels(workforce: &Workforce, slug: &str) -> Vec<String> {
    let found = workforce
        .dimensions
        .iter()
        .find(|d| d.dimension.as_str() == slug);
    let levels = &found.expect(slug).levels;
    levels.iter().map(|l| l.as_str().to_owned()).collect()
}

#[test]
fn a_staff_list_as_esr_writes_it() {
    let reading = fixture("esr-staff-list/staff-list.csv");
    let table = only(&reading);
    assert_eq!((table.layout, table.rows()), (Layout::StaffList, 38));
    assert_eq!(complaints(&reading), [""; 0]);
    assert_eq!(role(table, "Organisation"), "unit");
    let units = shown(table, "Organisation");
    assert_eq!(units[0], "L8 SP-CLTC-7850 Out of Hours Nursing");
    assert_eq!(shown(table, "Employee Name")[0], "", "names stay behind");
    let (workforce, stage) = built(&["esr-staff-list/staff-list.csv"]);
    assert_eq!(errors(&stage), [""; 0]);
    assert_eq!(workforce.people(), 36, "two people have two assignments");
    let bands = levels(&workforce, "band");
    assert_eq!(bands, ["Band 3", "Band 5", "Band 6", "Not known"]);
    assert!(levels(&workforce, "staff_group").contains(&"Allied Health Professionals".into()));
    assert!(levels(&workforce, "profession").contains(&"Physiotherapist".into()));
    assert!(levels(&workforce, "country_of_training").contains(&"Overseas".into()));
    let malformed = stage.of("malformed-registration-number").next();
    assert_eq!(malformed.map(|f| f.count), Some(1));
}

#[test]
fn names_as_esr_writes_them_are_left_behind_whatever_the_column() {
    let text = "Employee Number,Colleague,Start Date,Org L4,Org L5\n\
        1,\"Redacted, Mrs. Redacted\",01/02/2025,638 Adult,638 Ward 4\n\
        2,\"Redacted, Mr. R\",13/02/2025,638 Adult,638 Ward 5\n";
    let reading = read_bytes("list.csv", text.as_bytes());
    let table = only(&reading);
    assert_eq!(role(table, "Colleague"), "person_name");
    assert_eq!(shown(table, "Colleague"), ["", ""]);
    assert_eq!(role(table, "Org L5"), "unit");
    assert_eq!(shown(table, "Org L5"), ["Ward 4", "Ward 5"]);
    assert!(notes(&reading).contains(&"unit-from-level"));
}

#[test]
fn leavers_beside_staff_in_post() {
    let list = fixture("esr-leavers/leavers.csv");
    assert_eq!(only(&list).holds, Holds::Staff);
    assert_eq!(complaints(&list), [""; 0]);
    let (workforce, stage) = built(&["esr-leavers/staff-in-post.csv", "esr-leavers/leavers.csv"]);
    assert_eq!(errors(&stage), [""; 0]);
    assert_eq!(workforce.people(), 36);
    assert_eq!(stage.counted("leavings listed"), Some(7));
    // One of the six was transferred with the work.
    assert_eq!(stage.counted("spells that ended"), Some(6));
    assert_eq!(stage.counted("leavers"), Some(5));
    assert_eq!(stage.of("leaver-not-listed").count(), 1);
    assert!(workforce.leavers_from.is_some());
    let (_, alone) = built(&["esr-leavers/leavers.csv"]);
    assert_eq!(errors(&alone), ["leavers-only"]);
}

#[test]
fn t7_twelve_snapshots_are_not_twelve_people() {
    let path = "snapshots/staff-in-post-by-month.csv";
    let reading = fixture(path);
    let table = only(&reading);
    assert_eq!(table.rows(), 342);
    assert_eq!(role(table, "Tm Year Month"), "snapshot_on");
    assert_eq!(shown(table, "Tm Year Month")[0], "2025-04-30");
    assert_eq!(complaints(&reading), [""; 0]);
    let (workforce, stage) = built(&[path]);
    assert_eq!(errors(&stage), [""; 0]);
    assert_eq!(stage.counted("snapshots"), Some(12));
    assert!(workforce.people() <= 36);
    assert_eq!(workforce.spells.len(), workforce.people());
    assert_eq!(workforce.leavers_from, Day::parse_iso("2025-04-30"));
    assert!(stage.counted("leavers") > Some(0));
    let gap = stage.of("missing-from-a-snapshot").next();
    assert_eq!(gap.map(|f| f.count), Some(1));
}

#[test]
fn asc_wds_workers() {
    let reading = fixture("asc-wds/worker.csv");
    let table = only(&reading);
    assert_eq!(table.layout, Layout::AscWdsWorker);
    assert_eq!(table.rows(), 29);
    assert_eq!(reading.report.set_aside, [("deleted-record".into(), 1)]);
    assert_eq!(complaints(&reading), [""; 0]);
    assert_eq!(shown(table, "GENDER")[..3], ["Female", "Female", "Male"]);
    assert_eq!(shown(table, "MAINJOBROLE")[3], "Registered nurse");
    assert_eq!(shown(table, "EMPLSTATUS")[4], "Agency");
    assert_eq!(shown(table, "DOB")[1], "", "Admin is no date");
    assert_eq!(shown(table, "NINUMBER")[0], "");
    assert!(
        notes(&reading).contains(&"code-without-label"),
        "53 and 356"
    );
    let (workforce, stage) = built(&["asc-wds/worker.csv"]);
    assert_eq!(errors(&stage), [""; 0]);
    // Pool, bank and agency workers are not in the substantive workforce.
    let bank = "people with bank, agency or honorary posts only";
    assert_eq!(stage.counted(bank), Some(9));
    assert_eq!(
        workforce.people(),
        29 - 9,
        "worker 1 at three homes is three"
    );
    assert!(!workforce.sees_leavers);
    assert_eq!(stage.of("asc-wds-sees-no-leavers").count(), 1);
}

#[test]
fn t11_999_hours_are_not_hours() {
    let reading = fixture("asc-wds/worker.csv");
    let hours = shown(only(&reading), "CONTHOURS");
    assert_eq!(hours[..3], ["37.5", "30", ""]);
    assert!(!hours.contains(&"999".to_owned()));
    let workplaces = fixture("asc-wds/workplace.csv");
    assert_eq!(shown(only(&workplaces), "STARTERS")[2], "");
}

#[test]
fn t12_lists_of_unequal_length_are_said_with_their_place() {
    let reading = fixture("asc-wds/workplace.csv");
    let table = only(&reading);
    assert_eq!((table.holds, table.rows()), (Holds::Workplaces, 3));
    let found: Vec<_> = reading
        .findings
        .iter()
        .filter(|f| f.rule == "unequal-lists")
        .collect();
    assert_eq!(found.len(), 1, "the deleted workplace is not looked at");
    assert_eq!((found[0].origin.row, found[0].count), (Some(3), 1));
    let column = found[0].origin.column.as_deref();
    assert_eq!(column, Some("AC \"VACANCIES\""));
    assert!(found[0].message.contains("(3 and 2)"));
}

#[test]
fn t13_asked_and_not_known_stay_apart_in_a_care_providers_list() {
    let (workforce, _) = built(&["esr-staff-list/staff-list.csv"]);
    let categories = levels(&workforce, "ethnic_category");
    assert!(categories.contains(&"Not stated".into()), "Z");
    assert!(categories.contains(&"Not known".into()), "99");
}

#[test]
fn asc_wds_training() {
    let reading = fixture("asc-wds/training.csv");
    let table = only(&reading);
    assert_eq!(
        (table.layout, table.holds),
        (Layout::AscWdsTraining, Holds::Training)
    );
    assert_eq!(table.rows(), 8);
}

#[test]
fn the_minimum_data_set_in_four_files() {
    let holds = |path: &str| {
        let reading = fixture(path);
        assert_eq!(complaints(&reading), [""; 0], "{path}");
        (only(&reading).layout, only(&reading).holds)
    };
    assert_eq!(holds("nwd/staff_details.csv"), (Layout::Nwd, Holds::Staff));
    assert_eq!(
        holds("nwd/registrations.csv"),
        (Layout::Nwd, Holds::Registrations)
    );
    assert_eq!(holds("nwd/absence.csv"), (Layout::Nwd, Holds::Absences));
    assert_eq!(holds("nwd/vacancy.csv"), (Layout::Nwd, Holds::Vacancies));
    let staff = fixture("nwd/staff_details.csv");
    assert_eq!(role(only(&staff), "END_DATE_ORG"), "leave_date");
    assert_eq!(role(only(&staff), "END_DATE_LAST_WORKING_DAY"), "unused");
    assert!(notes(&staff).contains(&"nwd-leaving-date"));
    let (workforce, stage) = built(&["nwd/staff_details.csv", "nwd/registrations.csv"]);
    assert_eq!(errors(&stage), [""; 0]);
    assert_eq!(workforce.people(), 28);
    assert_eq!(workforce.registered.len(), 28);
    assert!(workforce.registered.iter().flatten().count() > 5);
    assert!(levels(&workforce, "country_of_training").contains(&"Overseas".into()));
}

#[test]
fn a_generic_list_of_a_personnel_system() {
    let reading = fixture("hr-list/hr-extract.csv");
    let table = only(&reading);
    assert_eq!((table.layout, table.rows()), (Layout::StaffList, 30));
    assert_eq!(complaints(&reading), [""; 0]);
    let (workforce, stage) = built(&["hr-list/hr-extract.csv"]);
    assert_eq!((workforce.people(), errors(&stage).len()), (30, 0));
    let said = stage.of("unlisted-value").next().expect("Femal");
    assert!(said.message.contains("Female"));
}

#[test]
fn a_register_with_meetings_across() {
    let reading = fixture("register/register.csv");
    let table = only(&reading);
    assert_eq!(table.holds, Holds::Register);
    assert_eq!(complaints(&reading), [""; 0]);
    let meetings = table.columns.iter().filter(|c| c.role == Role::MeetingOn);
    assert_eq!(meetings.count(), 3);
    let (workforce, stage) = built(&["register/staff.csv", "register/register.csv"]);
    assert_eq!(errors(&stage), [""; 0]);
    assert_eq!(workforce.preceptorships.len(), 20);
    assert_eq!(stage.of("duplicate-row").map(|f| f.count).sum::<u64>(), 1);
    assert!(workforce.meetings.len() > 20);
    assert!(
        workforce
            .preceptorships
            .iter()
            .all(|p| p.preceptor < Some(6))
    );
}

#[test]
fn a_register_that_says_yes_and_no() {
    let text = "Staff Number,Preceptorship start date,Preceptorship completed,Withdrawn\n\
        1,13/01/2025,Yes,No\n2,14/01/2025,No,No\n3,15/01/2025,No,Yes\n";
    let reading = read_bytes("register.csv", text.as_bytes());
    let table = only(&reading);
    assert_eq!(complaints(&reading), [""; 0]);
    assert_eq!(
        shown(table, "Preceptorship completed"),
        ["Completed", "In progress", "In progress"]
    );
    assert_eq!(shown(table, "Withdrawn"), ["", "", "Withdrawn"]);
}

#[test]
fn people_invited() {
    let reading = fixture("invited/invited.csv");
    let table = only(&reading);
    assert_eq!((table.holds, table.rows()), (Holds::Invited, 34));
    assert_eq!(complaints(&reading), [""; 0]);
}

#[test]
fn real_asc_wds_files() {
    let Some(workers) = real("asc-wds/worker.csv") else {
        return;
    };
    assert_eq!(only(&workers).layout, Layout::AscWdsWorker);
    assert_eq!(shown(only(&workers), "DISPLAYID"), [""]);
    assert_eq!(shown(only(&workers), "MAINJOBROLE"), ["Registered manager"]);
    let started = only(&workers).column(&Role::StartDate).unwrap();
    assert_eq!(started.dates, Some(DateOrder::DayFirst), "12/11/2001");
    let old = real("asc-wds/worker_old_format.csv").unwrap();
    assert_eq!(only(&old).layout, Layout::AscWdsWorker);
    assert_eq!(shown(only(&old), "CONTHOURS"), [""], "t11: 999");
    assert_eq!(shown(only(&old), "MAINJOBROLE"), ["Admin"]);
    let workplace = real("asc-wds/workplace.csv").unwrap();
    assert_eq!(only(&workplace).layout, Layout::AscWdsWorkplace);
    assert_eq!(shown(only(&workplace), "LEAVERS"), ["999;0;0"]);
    assert_eq!(complaints(&workplace), [""; 0], "lists of three and three");
    let training = real("asc-wds/training_headers_only.csv").unwrap();
    let rules: Vec<_> = training.findings.iter().map(|f| f.rule).collect();
    assert!(rules.contains(&"header-only"), "{rules:?}");
}

#[test]
fn real_lists_without_dates_are_told() {
    for path in [
        "nasty-janitor/dirty_data.xlsx",
        "hr-ibm/ibm_hr_attrition_original.csv",
        "hr-mcnulty/job_retention.csv",
        "hr-mcnulty/absenteeism.csv",
    ] {
        let Some(reading) = real(path) else {
            return;
        };
        assert!(!reading.report.reason.is_empty(), "{path}");
        let staff = reading.tables.iter().filter(|t| t.holds == Holds::Staff);
        let told = reading
            .findings
            .iter()
            .any(|f| f.severity != Severity::Note);
        assert!(staff.count() == 0 || told, "{path} {:?}", reading.findings);
    }
}
