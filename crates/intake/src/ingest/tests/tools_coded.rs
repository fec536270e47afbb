//! REDCap with its dictionary from file to survey: small studies kept beside
//! the integration tests, real projects where they are at hand, and awkward
//! exports made here. What the tests of all survey tools share stands here too.

use super::{complaints, notes, read_bytes, shown};
use crate::data::{Cell, Holds, Layout, Role, Stage, Survey, Table};
use crate::ingest::{Reading, dictionary};
use crate::survey::{FileResponses, Partials, QuestionReport, Rules, build};
use staywise_core::domain::{Day, Finding, QuestionType};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Built = (Survey, Vec<FileResponses>, Stage);

/// The readings of a study kept with the tests, by file name.
pub(super) fn study(name: &str) -> Vec<Reading> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "csv"))
        .collect();
    files.sort();
    let read = |path: &PathBuf| {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        read_bytes(&file, &std::fs::read(path).unwrap())
    };
    files.iter().map(read).collect()
}

pub(super) fn tables(readings: Vec<Reading>) -> (Vec<Table>, Vec<Finding>) {
    let mut tables: Vec<Table> = readings.into_iter().flat_map(|r| r.tables).collect();
    let found = dictionary::apply(&mut tables);
    (tables, found)
}

pub(super) fn build_with(tables: &[Table], partials: Partials) -> Built {
    let rules = Rules {
        partials,
        ..Rules::default()
    };
    build(tables, &rules, Day::parse_iso("2026-06-30").unwrap())
}

pub(super) fn built(readings: Vec<Reading>) -> Built {
    build_with(&tables(readings).0, Partials::Drop)
}

pub(super) fn made(text: &str) -> Reading {
    read_bytes("made.csv", text.as_bytes())
}

/// A real file, where the folder of them is at hand.
pub(super) fn real(path: &str) -> Option<Reading> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above
        .map(|above| above.join("shared/data").join(path))
        .find(|file| file.is_file());
    if found.is_none() {
        println!("skipped: {path}");
    }
    Some(read_bytes(path, &std::fs::read(found?).unwrap()))
}

pub(super) fn rules(findings: &[Finding]) -> Vec<String> {
    let said = findings.iter().map(|f| format!("{} x{}", f.rule, f.count));
    said.collect()
}

pub(super) fn question<'a>(files: &'a [FileResponses], text: &str) -> &'a QuestionReport {
    let all: Vec<&str> = files
        .iter()
        .flat_map(|f| &f.questions)
        .map(|q| q.text.as_str())
        .collect();
    files
        .iter()
        .flat_map(|f| &f.questions)
        .find(|q| q.text == text)
        .unwrap_or_else(|| panic!("{text} is not among {all:?}"))
}

pub(super) fn options(files: &[FileResponses], text: &str) -> BTreeMap<String, u64> {
    question(files, text).options.iter().cloned().collect()
}

pub(super) fn counts(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
    pairs.iter().map(|(o, n)| ((*o).to_owned(), *n)).collect()
}

fn waves(survey: &Survey) -> Vec<(String, usize)> {
    let of = |at: usize| survey.wave.iter().filter(|w| **w as usize == at).count();
    let names = survey.waves.iter().enumerate();
    names.map(|(at, name)| (name.to_string(), of(at))).collect()
}

pub(super) fn dropped(files: &[FileResponses]) -> BTreeMap<String, u64> {
    files.iter().flat_map(|f| f.dropped.clone()).collect()
}

pub(super) const STAY: &str =
    "I intend to stay with this organisation for at least the next 12 months";
pub(super) const HELPED: &str = "What has helped you most?";

#[test]
fn redcap_rows_of_other_instruments_multiply_nobody() {
    let readings = study("redcap");
    let data = &readings[0];
    assert_eq!(data.report.layout, Some(Layout::Redcap));
    assert_eq!(readings[1].report.layout, Some(Layout::RedcapDictionary));
    assert_eq!(readings[1].report.holds, Some(Holds::Dictionary));
    let aside = [("redcap-repeats", 30), ("redcap-other-instrument", 28)];
    let aside = aside.map(|(rule, n)| (rule.to_owned(), n));
    assert_eq!(
        (data.report.rows_read, &data.report.set_aside[..]),
        (49, &aside[..])
    );
    let (tables, _) = tables(readings);
    let (survey, files, stage) = build_with(&tables, Partials::Drop);
    assert_eq!(dropped(&files), counts(&[("unfinished", 6)]));
    let expected = [("Baseline".to_owned(), 25), ("Month 6".to_owned(), 18)];
    assert_eq!(waves(&survey), expected);
    assert_eq!(survey.answered_on.len(), 43);
    assert!(stage.findings.is_empty(), "{:?}", stage.findings);
    // The record id is no staff number; an address links.
    let known = survey.identities.iter();
    assert!(
        known
            .clone()
            .all(|i| i.staff_number.is_none() && i.reference.is_none())
    );
    assert!(known.clone().any(|i| i.email.is_some()));
    let site = survey
        .dimensions
        .iter()
        .find(|d| d.dimension.as_str() == "site")
        .unwrap();
    let levels: Vec<&str> = site.levels.iter().map(|l| l.as_str()).collect();
    assert!(levels.contains(&"North site"), "{levels:?}");
}

#[test]
fn a_redcap_dictionary_gives_codes_their_labels() {
    let (tables, found) = tables(study("redcap"));
    let expected = ["dictionary x1", "field-not-in-data x1"];
    assert_eq!(rules(&found), expected, "{found:?}");
    let (survey, files, _) = build_with(&tables, Partials::Drop);
    let stay = counts(&[
        ("Strongly disagree", 2),
        ("Disagree", 3),
        ("Neither agree nor disagree", 8),
        ("Agree", 20),
        ("Strongly agree", 10),
    ]);
    assert_eq!(options(&files, STAY), stay);
    let belong = question(&files, "I feel that I belong in my team");
    assert_eq!(belong.answers, 41, "two were declared missing");
    let helped = counts(&[
        ("Protected time", 28),
        ("My preceptor", 26),
        ("Study days, paid", 14),
        ("Other preceptees", 15),
    ]);
    assert_eq!(options(&files, HELPED), helped);
    let kind = |text: &str| question(&files, text).kind;
    assert_eq!(kind("Score"), QuestionType::Number);
    let notes = "Is there anything else you would like to tell us?";
    assert_eq!(kind(notes), QuestionType::Text);
    let names: Vec<&str> = survey.items.iter().map(|i| i.item.name.as_str()).collect();
    assert!(names.contains(&"intention_to_stay"), "{names:?}");
    assert!(
        !names
            .iter()
            .any(|n| n.contains("score") || n.contains("anything")),
        "{names:?}"
    );
    // What the project marks as identifying is gone.
    let data = tables.iter().find(|t| t.layout == Layout::Redcap).unwrap();
    let reach = data
        .columns
        .iter()
        .find(|c| c.header == "reach_me")
        .unwrap();
    assert_eq!(reach.role, Role::Dropped);
    assert!(reach.cells.pool.iter().all(Cell::is_blank));
}

#[test]
fn a_raw_redcap_export_alone_says_that_codes_have_no_labels() {
    let mut readings = study("redcap");
    readings.truncate(1);
    let (tables, found) = tables(readings);
    // Three items of 1 to 5, and the profession, the yes or no, a score.
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].rule, "codes-without-labels");
    assert!(found[0].remedy.contains("Data Dictionary") && found[0].count >= 3);
    let (survey, ..) = build_with(&tables, Partials::Drop);
    let named = survey
        .items
        .iter()
        .any(|i| i.item.scale.name.starts_with("agreement"));
    assert!(!named, "no scale is guessed");
}

#[test]
fn partials_keep_keeps_the_unfinished_of_every_tool() {
    for (name, unfinished) in [("redcap", 1), ("limesurvey", 4), ("qualtrics", 2)] {
        let (tables, _) = tables(study(name));
        let (kept, files, _) = build_with(&tables, Partials::Keep);
        let (without, ..) = build_with(&tables, Partials::Drop);
        assert_eq!(dropped(&files).get("unfinished"), None, "{name}");
        let more = kept.finished.iter().filter(|f| !**f).count();
        assert_eq!(more, unfinished, "{name}");
        assert_eq!(kept.responses() - without.responses(), more, "{name}");
    }
}

#[test]
fn redcap_with_labels_is_the_same_survey() {
    let readings = study("redcap-labels");
    assert_eq!(readings[0].report.layout, Some(Layout::Redcap));
    assert!(notes(&readings[0]).contains(&"redcap-arms"));
    let (survey, files, _) = built(readings);
    let expected = [("Baseline".to_owned(), 23), ("Month 6".to_owned(), 18)];
    assert_eq!(waves(&survey), expected);
    assert_eq!(dropped(&files), counts(&[("unfinished", 4)]));
    assert_eq!(options(&files, HELPED).get("Study days, paid"), Some(&21));
    assert!(
        survey
            .items
            .iter()
            .any(|i| i.item.name == "intention_to_stay")
    );
}

const REPEATING: &str = "record_id,redcap_repeat_instrument,redcap_repeat_instance,site,about_complete,\
    feedback_timestamp,stay,belong,feedback_complete\n\
    1,,,North,2,,,,\n\
    1,feedback,1,,,2026-01-05 10:00:00,Agree,Agree,2\n\
    1,feedback,2,,,2026-04-05 10:00:00,Agree,Disagree,2\n\
    2,,,South,2,,,,\n\
    2,feedback,1,,,2026-01-06 10:00:00,Disagree,Agree,2\n\
    2,feedback,2,,,,Disagree,Agree,1\n";

#[test]
fn a_survey_that_repeats_has_its_instances_for_waves() {
    let reading = made(REPEATING);
    assert!(notes(&reading).contains(&"redcap-instance"));
    assert_eq!(
        reading.report.set_aside,
        [("redcap-other-instrument".to_owned(), 2)]
    );
    let (survey, files, _) = built(vec![reading]);
    let expected = [("Wave 1".to_owned(), 2), ("Wave 2".to_owned(), 1)];
    assert_eq!(waves(&survey), expected);
    assert_eq!(dropped(&files), counts(&[("unfinished", 1)]));
}

fn events(rows: &str) -> Built {
    let head = "record_id,redcap_event_name,survey_timestamp,stay,belong,survey_complete\n";
    built(vec![made(&format!("{head}{rows}"))])
}

#[test]
fn t25_a_numbered_respondent_counts_once_a_wave_by_the_last_complete_answer() {
    let (survey, files, stage) = events(
        "1,baseline_arm_1,2026-01-05 10:00:00,Agree,Agree,2\n\
         1,month_6_arm_1,2026-06-05 10:00:00,Disagree,Agree,2\n\
         2,baseline_arm_1,2026-01-06 10:00:00,Agree,Agree,2\n\
         2,baseline_arm_1,2026-01-07 10:00:00,Disagree,Agree,2\n",
    );
    let expected = [("Baseline".to_owned(), 2), ("Month 6".to_owned(), 1)];
    assert_eq!(
        waves(&survey),
        expected,
        "two events of one record are two answers"
    );
    assert_eq!(dropped(&files), counts(&[("earlier-answer", 1)]));
    assert_eq!(rules(&stage.findings), ["same-respondent x1"]);
    let days: Vec<String> = survey.answered_on.iter().map(|d| d.iso()).collect();
    assert_eq!(
        days,
        ["2026-01-05", "2026-01-07", "2026-06-05"],
        "the last one stays"
    );
    assert_eq!(
        stage.counted("survey rows dropped: earlier-answer"),
        Some(1)
    );
    // A finished answer counts more than a later one that is not.
    let text = "record_id,redcap_event_name,survey_timestamp,stay,survey_complete\n\
        1,a_arm_1,2026-01-05 10:00:00,Agree,2\n1,a_arm_1,2026-01-09 10:00:00,Disagree,0\n";
    let (tables, _) = tables(vec![made(text)]);
    let (survey, ..) = build_with(&tables, Partials::Keep);
    assert_eq!(survey.answered_on[0].iso(), "2026-01-05");
}

#[test]
fn t25_a_redcap_export_that_holds_an_earlier_one_counts_each_response_once() {
    let head = "record_id,redcap_event_name,survey_timestamp,stay,belong,survey_complete\n";
    let first = "1,baseline_arm_1,2026-01-05 10:00:09,Agree,Agree,2\n";
    let other = "1,baseline_arm_1,2026-01-05 11:30:00,Agree,Agree,2\n";
    let (survey, files, _) = built(vec![
        read_bytes("a.csv", format!("{head}{first}").as_bytes()),
        read_bytes(
            "b.csv",
            format!("{head}{first}{}", first.replace('1', "2")).as_bytes(),
        ),
    ]);
    assert_eq!(survey.responses(), 2);
    assert_eq!(dropped(&files), counts(&[("same-response", 1)]));
    // Another project numbers its records alike.
    let (survey, ..) = built(vec![
        read_bytes("a.csv", format!("{head}{first}").as_bytes()),
        read_bytes("b.csv", format!("{head}{other}").as_bytes()),
    ]);
    assert_eq!(survey.responses(), 2);
}

#[test]
fn t26_a_record_id_that_was_a_float_is_the_same_respondent() {
    let (survey, files, _) = events(
        "12,baseline_arm_1,2026-01-05 10:00:00,Agree,Agree,2\n\
         12.0,baseline_arm_1,2026-01-07 10:00:00,Disagree,Agree,2\n",
    );
    assert_eq!(survey.responses(), 1);
    assert_eq!(dropped(&files), counts(&[("earlier-answer", 1)]));
}

#[test]
fn a_record_id_named_as_a_staff_number_links_nobody_unless_the_study_says_so() {
    let text = "staff_number,redcap_event_name,survey_timestamp,stay,belong,survey_complete\n\
        20000001,baseline_arm_1,2026-01-05 10:00:00,Agree,Agree,2\n";
    let reading = made(text);
    assert!(notes(&reading).contains(&"redcap-record-id"));
    assert!(built(vec![reading]).0.identities[0].staff_number.is_none());
    let mut rule = crate::data::SourceRule::default();
    rule.columns
        .insert("staff_number".into(), "staff_number".into());
    let stated = super::read_as("made.csv", text.as_bytes(), &rule);
    let number = built(vec![stated]).0.identities[0].staff_number.clone();
    assert_eq!(number.as_deref(), Some("20000001"));
}

#[test]
fn a_status_that_was_never_set_is_told() {
    let text = "record_id,redcap_event_name,survey_timestamp,stay,belong,survey_complete\n\
        1,baseline_arm_1,2026-01-05 10:00:00,Agree,Agree,0\n";
    assert_eq!(complaints(&made(text)), ["warning none-complete x1"]);
}

#[test]
fn a_table_with_a_complete_column_is_not_redcap() {
    for text in [
        "Employee_ID,Start Date,induction_complete\n1,2024-01-01,2\n",
        "employee_id,hire_date,induction_complete\n1,2024-01-01,2\n",
        "course_id,wave,training_complete\n1,a,0\n2,b,1\n",
    ] {
        assert_ne!(made(text).report.layout, Some(Layout::Redcap), "{text}");
    }
}

#[test]
fn real_redcap_projects_and_their_dictionaries() {
    let names = ["simple", "repeating", "checkboxes"];
    let files = names.map(|n| [format!("{n}_data"), format!("{n}_dictionary")]);
    let mut readings = Vec::new();
    for file in files.iter().flatten() {
        let Some(reading) = real(&format!("survey-redcap/{file}.csv")) else {
            return;
        };
        readings.push(reading);
    }
    assert_eq!(
        readings[2].report.set_aside,
        [("redcap-repeats".to_owned(), 4)],
        "two people, not six"
    );
    let (tables, found) = tables(readings);
    assert_eq!(
        found.iter().filter(|f| f.rule == "dictionary").count(),
        3,
        "{found:?}"
    );
    assert!(
        !found.iter().any(|f| f.rule.contains("not-in")),
        "{found:?}"
    );
    let [simple, _, repeating, _, checkboxes, _] = &tables[..] else {
        panic!("six tables");
    };
    let race = shown(simple, "race");
    assert_eq!(race[0], "White;");
    assert_eq!(race[1], "Native Hawaiian or Other Pacific Islander;White;");
    assert_eq!(
        shown(simple, "sex"),
        ["Female", "Male", "Male", "Female", "Male"]
    );
    // Names, addresses and telephones are marked as identifying.
    for header in ["name_first", "address", "telephone"] {
        assert!(
            shown(simple, header).iter().all(String::is_empty),
            "{header}"
        );
    }
    assert_eq!(repeating.rows(), 2);
    assert_eq!(
        shown(repeating, "race"),
        ["White", "Unknown / Not Reported"]
    );
    assert_eq!(
        shown(checkboxes, "check_one"),
        ["one;", "", "one;two;three;four;", ""]
    );
    assert_eq!(shown(checkboxes, "check_two")[1], "B;D;");
    let (_, reports, _) = build_with(&tables, Partials::Drop);
    let kept: Vec<u64> = reports.iter().map(|r| r.responses).collect();
    assert_eq!((kept[1], kept[2]), (2, 2), "{kept:?}");
}
