//! Lists as small providers and programme leads keep them: short headers, a
//! leavers sheet, a register with who left. Made by hand.

use super::{complaints, read_as, read_bytes};
use crate::data::{Holds, Layout, SourceRule, Table};
use crate::ingest::Reading;

const LEAVERS: &str = "Staff who left since 1 October 2024,,,,,,,
Worker no.,Name,Started,Left,Home,Job,Why they left,Where to
L001,A,14/02/2023,17/05/2025,OAK,Care worker,Pay,NHS
L002,B,02/06/2024,21 May 2025,ELM,Care worker,Retired,
L003,C,30/11/2025,31/01/2026,OAK,Registered nurse,Other job,Not known
";

fn read(text: &str) -> Reading {
    read_bytes("list.csv", text.as_bytes())
}

fn roles(reading: &Reading) -> Vec<(&str, &str)> {
    let table: &Table = &reading.tables[0];
    let columns = table.columns.iter();
    columns.map(|c| (&*c.header, c.role.word())).collect()
}

fn role<'a>(reading: &'a Reading, header: &str) -> &'a str {
    let found = roles(reading).into_iter().find(|(h, _)| *h == header);
    found.expect(header).1
}

#[test]
fn a_leavers_sheet_in_short_words_is_a_staff_list() {
    let reading = read(LEAVERS);
    assert_eq!(reading.tables[0].layout, Layout::StaffList);
    assert_eq!(
        roles(&reading),
        [
            ("Worker no.", "staff_number"),
            ("Name", "person_name"),
            ("Started", "start_date"),
            ("Left", "leave_date"),
            ("Home", "site"),
            ("Job", "profession"),
            ("Why they left", "leaving_reason"),
            ("Where to", "destination"),
        ]
    );
    assert_eq!(complaints(&reading), [""; 0]);
}

#[test]
fn what_the_study_says_of_columns_adds_to_what_is_recognised() {
    let columns = [("Worker no.", "staff_number"), ("Left", "leave_date")];
    let rule = SourceRule {
        holds: Some(Holds::Staff),
        columns: columns
            .map(|(header, word)| (header.to_owned(), word.to_owned()))
            .into(),
        ..SourceRule::default()
    };
    let reading = read_as("list.csv", LEAVERS.as_bytes(), &rule);
    assert_eq!(role(&reading, "Started"), "start_date");
    assert_eq!(role(&reading, "Why they left"), "leaving_reason");
}

#[test]
fn a_yes_or_no_below_left_is_no_date() {
    let reading =
        read("Employee Number,Start Date,Left,Reason\n1,01/02/2024,Yes,x\n2,03/04/2025,No,\n");
    assert_eq!(role(&reading, "Left"), "unknown");
    assert_eq!(
        role(&reading, "Reason"),
        "unknown",
        "no leaving date beside it"
    );
    let durations = read("Staff ID,Tenure (months),Left\n1,12,1\n2,7,0\n3,9,1\n");
    assert_eq!(durations.tables[0].holds, Holds::Durations);
}

#[test]
fn a_survey_that_says_started_and_finished_stays_one() {
    let reading = read(
        "Staff number,Started,Finished,I feel I belong in my team\n\
         1,01/02/2026 09:10,01/02/2026 09:14,Agree\n2,03/02/2026 10:00,03/02/2026 10:04,Disagree\n\
         3,04/02/2026 10:00,04/02/2026 10:04,Agree\n",
    );
    assert_eq!(reading.tables[0].holds, Holds::Survey);
}

const REGISTER: &str =
    "Staff No,Name,Profession,Site,Programme start,Completed,Protected hours received,Left on,Gone to,Notes
0041200,A,Podiatrist,North hub,2024-10-19,,4,,,
0041201,B,Podiatrist,North hub,2024-12-01,,10,2025-04-02,Australia,
0041202,C,Physiotherapist,South hub,2024-11-12,2025-11-12,12 hrs,,,mat leave
0041203,D,Physiotherapist,South hub,2024-11-12,2025-11-12,12,,,
0041204,E,Physiotherapist,South hub,2024-11-12,2025-12-12,20,,,
";

#[test]
fn a_register_with_hours_and_who_left_is_no_survey() {
    let reading = read(REGISTER);
    assert_eq!(
        reading.tables[0].holds,
        Holds::Register,
        "{}",
        reading.report.reason
    );
    assert_eq!(
        role(&reading, "Protected hours received"),
        "protected_hours"
    );
    assert_eq!(role(&reading, "Completed"), "completed_on");
    assert_eq!(role(&reading, "Left on"), "unknown");
    // The same where the words for the hours are not known.
    let reading = read(&REGISTER.replace("Protected hours received", "Protected hrs so far"));
    assert_eq!(
        reading.tables[0].holds,
        Holds::Register,
        "{}",
        reading.report.reason
    );
    // By two columns that only a register has.
    let reading = read(&REGISTER.replace("Programme start", "Started"));
    assert_eq!(
        reading.tables[0].holds,
        Holds::Staff,
        "who started and left"
    );
    let reading =
        read("Staff No,Started,Completed,Preceptor\n1,01/02/2024,01/02/2025,X\n2,13/02/2024,,Y\n");
    assert_eq!(reading.tables[0].holds, Holds::Register);
}

#[test]
fn leavers_with_a_date_of_their_programme_stay_leavers() {
    let reading = read(
        "Staff No,Programme start,Left on,Reason for leaving\n\
         1,01/02/2024,01/09/2024,Pay\n2,13/02/2024,03/09/2024,Pay\n",
    );
    assert_eq!(reading.tables[0].holds, Holds::Staff);
}

#[test]
fn a_lone_question_with_answers_is_a_survey() {
    let reading = read(
        "Email,I had protected time\na@x.nhs.uk,Agree\nb@x.nhs.uk,Agree\nc@x.nhs.uk,Disagree\n",
    );
    assert_eq!(reading.tables[0].holds, Holds::Survey);
}

fn unused(reading: &Reading) -> (String, String) {
    let mut found = reading.findings.iter();
    let found = found.find(|f| f.rule == "unused-columns").expect("said");
    (found.message.clone(), found.remedy.clone())
}

#[test]
fn columns_that_no_figure_uses_are_named() {
    let (message, remedy) = unused(&read(REGISTER));
    assert_eq!(
        message,
        "No figure uses these columns: H \"Left on\", I \"Gone to\", J \"Notes\"."
    );
    assert!(
        remedy.contains("second [[source]] with holds = \"staff\""),
        "{remedy}"
    );
    let rule = SourceRule {
        holds: Some(Holds::Staff),
        columns: [("Programme start".to_owned(), "start_date".to_owned())].into(),
        ..SourceRule::default()
    };
    let (message, remedy) = unused(&read_as("list.csv", REGISTER.as_bytes(), &rule));
    assert_eq!(
        message,
        "No figure uses these columns: F \"Completed\", G \"Protected hours received\", J \"Notes\"."
    );
    assert!(remedy.contains("holds = \"register\""), "{remedy}");
    let nothing = read(LEAVERS);
    assert!(nothing.findings.iter().all(|f| f.rule != "unused-columns"));
}

#[test]
fn answers_with_the_day_they_were_completed_on_are_no_register() {
    let reading = read(
        "Employee Number,Completed on,I intend to stay with this organisation,My team is kind to me
S01,13/05/2026,Agree,Agree
S02,14/05/2026,Disagree,Disagree
S03,15/05/2026,Neither agree nor disagree,Agree
S04,15/05/2026,Agree,Strongly agree
",
    );
    assert_eq!(reading.tables[0].holds, Holds::Survey);
    assert_eq!(role(&reading, "Completed on"), "completed_at");
    let register = read(
        "Employee Number,Preceptorship start,Completed on
S01,13/05/2025,13/05/2026
S02,14/05/2025,
",
    );
    assert_eq!(register.tables[0].holds, Holds::Register);
}
