//! Real exports of survey tools, where the folder of them is at hand.

use super::tools::{answers, asked, kind, parts};
use super::{notes, read_as, read_bytes};
use crate::data::{DateOrder, Holds, Layout, Role, SourceRule};
use staywise_core::domain::QuestionType;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A real file, where the folder of them is at hand.
fn real(path: &str) -> Option<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data"))
        .find(|data| data.join("INDEX.md").is_file());
    let Some(folder) = folder else {
        println!("skipped: no folder of real files");
        return None;
    };
    let path = folder.join(path);
    let bytes = std::fs::read(&path).expect("a real file");
    Some((path, bytes))
}

#[test]
fn surveymonkey_as_it_really_is() {
    let Some((path, bytes)) = real("survey-surveymonkey-538/StarWars.csv") else {
        return;
    };
    let reading = read_bytes(&path.to_string_lossy(), &bytes);
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::SurveyMonkey, 1186));
    // 38 columns: an identifier, six options that are one answer, six ranks,
    // fourteen characters and eleven more.
    assert_eq!(table.columns.len(), 38 - 5);
    let seen = table
        .columns
        .iter()
        .find(|c| c.asks().contains("films have you seen"));
    assert_eq!(
        seen.and_then(|c| c.question_type),
        Some(QuestionType::Multi)
    );
    let ranked = asked(table)
        .iter()
        .filter(|q| q.contains("rank the Star Wars"))
        .count();
    let liked = asked(table)
        .iter()
        .filter(|q| q.contains("following characters"))
        .count();
    assert_eq!((ranked, liked), (6, 14));
    assert!(notes(&reading).contains(&"ranks"));
    let Some((path, bytes)) = real("survey-surveymonkey-538/steak-risk-survey.csv") else {
        return;
    };
    let reading = read_bytes(&path.to_string_lossy(), &bytes);
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::SurveyMonkey, 550));
    assert_eq!((table.columns.len(), table.row_numbers[0]), (15, 3));
}

#[test]
fn google_forms_as_it_really_is() {
    let Some((_, bytes)) = real("survey-osmi/osmi_2014_survey.csv") else {
        return;
    };
    let reading = read_bytes("osmi.csv", &bytes);
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::GoogleForms, 1259));
    assert_eq!(table.columns.len(), 27);
    let stamped = table.column(&Role::CompletedAt).expect("a timestamp");
    assert_eq!(stamped.dates, Some(DateOrder::MonthFirst));
    let mut leave: BTreeMap<String, usize> = BTreeMap::new();
    for answer in answers(table, "leave") {
        *leave.entry(answer).or_default() += 1;
    }
    let expected = [
        ("Don't know", 563),
        ("Somewhat difficult", 126),
        ("Somewhat easy", 266),
        ("Very difficult", 98),
        ("Very easy", 206),
    ];
    let expected = expected.map(|(label, count)| (label.to_owned(), count));
    assert_eq!(leave, BTreeMap::from(expected));
    let treated = answers(table, "treatment");
    assert_eq!(treated.iter().filter(|t| *t == "Yes").count(), 637);
    // Comments are long texts with commas: none is torn.
    assert_eq!(kind(table, "comments"), Some(QuestionType::Text));
    assert!(!notes(&reading).contains(&"answers-parted"));
}

#[test]
fn microsoft_forms_as_it_really_is() {
    let Some((_, bytes)) = real("survey-msforms/surveyEng.xlsx") else {
        return;
    };
    let table = read_bytes("surveyEng.xlsx", &bytes).tables.remove(0);
    let lists = answers(
        &table,
        "What factors are important to you whilst purchasing your phone?",
    );
    let options = parts(&lists);
    let wanted = [
        "Pricing",
        "Operating system",
        "Battery",
        "Storage",
        "Publicity",
    ];
    let counts: Vec<usize> = wanted.iter().map(|option| options[option]).collect();
    assert_eq!((counts, options.len()), (vec![21, 19, 17, 15, 1], 15));
}

#[test]
fn plain_surveys_as_they_really_are() {
    let survey = SourceRule {
        holds: Some(Holds::Survey),
        ..SourceRule::default()
    };
    for (path, rows, questions) in [
        ("survey-carpentries/2020_carpentryconhome_raw.csv", 124, 17),
        ("likert-r/mass_math_anxiety_raw.csv", 20, 14),
        ("hr-mcnulty/employee_survey.csv", 2833, 14),
    ] {
        let Some((_, bytes)) = real(path) else { return };
        let reading = read_as("a.csv", &bytes, &survey);
        let table = &reading.tables[0];
        assert_eq!(
            (table.layout, table.rows()),
            (Layout::Plain, rows),
            "{path}"
        );
        assert_eq!(asked(table).len(), questions, "{path}");
    }
    let Some((_, bytes)) = real("likert-r/mass_math_anxiety_raw.csv") else {
        return;
    };
    let table = read_bytes("m.csv", &bytes).tables.remove(0);
    assert_eq!((table.layout, table.holds), (Layout::Plain, Holds::Survey));
    let scales = table.columns.iter();
    let scales = scales.filter(|c| c.question_type == Some(QuestionType::Scale));
    assert_eq!(scales.count(), 14);
    let Some((_, bytes)) = real("nhs-apha-cpd/apha_cpd_survey.csv") else {
        return;
    };
    let table = read_bytes("a.csv", &bytes).tables.remove(0);
    assert_eq!((table.layout, table.rows()), (Layout::Plain, 237));
    assert_eq!(table.columns.len(), 38);
    assert_eq!(
        kind(&table, "q00a_age_bracket_cat"),
        Some(QuestionType::Choice)
    );
    assert!(table.column(&Role::ResponseId).is_some());
    for published in [
        "likert-r/MathAnxiety_published_summary.csv",
        "survey-rse-limesurvey/published_outputs/2016_uk_turnOver3_4.csv",
    ] {
        let Some((_, bytes)) = real(published) else {
            return;
        };
        let reading = read_bytes("p.csv", &bytes);
        assert_eq!(reading.report.layout, Some(Layout::Table), "{published}");
    }
}
