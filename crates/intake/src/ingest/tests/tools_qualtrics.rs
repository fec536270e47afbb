//! Qualtrics from file to survey: the small studies kept beside the
//! integration tests, real pairs of both exports where they are at hand, and
//! awkward ones made here.

use super::tools_coded::{
    HELPED, STAY, build_with, built, counts, dropped, made, options, question, real, rules, study,
    tables,
};
use super::{complaints, notes, read_bytes, shown};
use crate::data::{Layout, Role, Table};
use crate::survey::Partials;
use staywise_core::domain::QuestionType;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn qualtrics_with_labels() {
    let readings = study("qualtrics");
    assert!(
        complaints(&readings[0]).is_empty(),
        "{:?}",
        readings[0].findings
    );
    assert_eq!(readings[0].report.rows_read, 37);
    let (survey, files, _) = built(readings);
    let expected = [("preview", 2), ("spam", 3), ("unfinished", 2)];
    assert_eq!(dropped(&files), counts(&expected));
    assert_eq!(survey.responses(), 30);
    let stay = counts(&[
        ("Strongly disagree", 1),
        ("Disagree", 4),
        ("Neither agree nor disagree", 2),
        ("Agree", 15),
        ("Strongly agree", 8),
    ]);
    assert_eq!(
        options(&files, STAY),
        stay,
        "a statement of a matrix is the item"
    );
    let helped = counts(&[
        ("Protected time", 16),
        ("My preceptor", 13),
        ("Study days, paid", 17),
        ("Other preceptees", 7),
        ("Something else:", 13),
    ]);
    assert_eq!(options(&files, HELPED), helped);
    // Turns of a loop are two questions.
    for turn in ["(loop 1)", "(loop 2)"] {
        let asked = format!("How useful was this placement? {turn}");
        assert_eq!(question(&files, &asked).answers, 30);
    }
    let site = |d: &&crate::data::Coded| d.dimension.as_str() == "site";
    assert!(
        survey.dimensions.iter().any(|d| site(&d)),
        "the choice is said without its mark"
    );
}

#[test]
fn t22_rows_of_texts_and_import_ids_are_no_data() {
    let readings = study("qualtrics");
    let table = &readings[0].tables[0];
    assert_eq!((table.header_row, table.row_numbers[0]), (1, 4));
    assert_eq!(table.time_zone.as_deref(), Some("Europe/London"));
    let legacy = &study("qualtrics-legacy")[0].tables[0].row_numbers[0];
    assert_eq!(*legacy, 3);
    // Someone deleted the row of import ids, and the account speaks German.
    let text = "StartDate,EndDate,Status,Finished,ResponseId,Q1\n\
        Anfangsdatum,Enddatum,Antworttyp,Beendet,Antwort-ID,I feel that I belong in my team\n\
        2026-01-05 10:00:00,2026-01-05 10:05:00,IP Address,True,R_1,Agree\n\
        2026-01-06 10:00:00,2026-01-06 10:05:00,IP Address,True,R_2,Disagree\n";
    let reading = made(text);
    assert_eq!(
        reading.report.layout,
        Some(Layout::Qualtrics),
        "{}",
        reading.report.reason
    );
    assert_eq!(reading.tables[0].row_numbers, [3, 4]);
    let (survey, files, _) = built(vec![reading]);
    assert_eq!(survey.responses(), 2);
    assert_eq!(
        question(&files, "I feel that I belong in my team").answers,
        2
    );
}

#[test]
fn t24_previews_tests_and_spam_are_no_responses_in_either_age() {
    let (survey, files, _) = built(study("qualtrics-legacy"));
    let expected = [("preview", 2), ("test", 1), ("unfinished", 2)];
    assert_eq!(dropped(&files), counts(&expected));
    assert_eq!(survey.responses(), 25);
    let (_, files, _) = built(study("qualtrics-values"));
    let expected = [("preview", 1), ("spam", 2), ("unfinished", 2)];
    assert_eq!(
        dropped(&files),
        counts(&expected),
        "statuses are numbers here"
    );
}

#[test]
fn t25_an_exported_response_that_comes_again_counts_once() {
    let readings = || study("qualtrics").into_iter().chain(study("qualtrics"));
    let (survey, files, _) = built(readings().collect());
    assert_eq!(survey.responses(), 30);
    assert_eq!(dropped(&files).get("same-response"), Some(&30));
}

#[test]
fn t26_a_reference_that_was_a_float_is_the_same_number() {
    let text = "StartDate,EndDate,Status,Finished,ResponseId,ExternalReference,Q1\n\
        Start,End,Type,Finished,Response,Reference,I feel that I belong in my team\n\
        2026-01-05 10:00:00,2026-01-05 10:05:00,IP Address,True,R_1,20000001.0,Agree\n";
    let (survey, ..) = built(vec![made(text)]);
    assert_eq!(survey.identities[0].reference.as_deref(), Some("20000001"));
}

#[test]
fn answers_in_one_cell_come_apart_where_it_can_be_told() {
    let readings = study("qualtrics-legacy");
    assert!(notes(&readings[0]).contains(&"answers-apart"));
    let (_, files, _) = built(readings);
    let helped = counts(&[
        ("Protected time", 13),
        ("My preceptor", 8),
        ("Study days, paid", 16),
        ("Other preceptees", 12),
    ]);
    assert_eq!(options(&files, HELPED), helped);
    let stay = options(&files, &format!("{STEM}-{STAY}"));
    assert_eq!(stay.get("Agree"), Some(&7));
}

const STEM: &str = "Thinking about your preceptorship, how far do you agree or disagree?";

#[test]
fn values_without_labels_are_told_and_no_end_is_taken_for_good() {
    let readings = study("qualtrics-values");
    let reading = &readings[0];
    assert_eq!(complaints(reading), ["warning codes-without-labels x8"]);
    let unanswered = reading
        .findings
        .iter()
        .find(|f| f.rule == "seen-unanswered");
    assert_eq!(unanswered.map(|f| f.count), Some(4));
    let said = reading
        .findings
        .iter()
        .find(|f| f.rule == "codes-without-labels")
        .unwrap();
    assert!(said.remedy.contains("choice text") && said.remedy.contains("rating_1_5"));
    let (tables, _) = tables(readings);
    let (survey, files, _) = build_with(&tables, Partials::Drop);
    // A rating from 0 to 10 says which end is good; codes do not.
    let scales: Vec<&str> = survey
        .items
        .iter()
        .map(|i| i.item.scale.name.as_str())
        .collect();
    assert_eq!(scales, ["rating_0_10"]);
    let favour = (0..survey.responses()).filter(|r| survey.items[0].favourable(*r) == Some(true));
    assert_eq!(favour.count(), 20);
    let belong = question(&files, "I feel that I belong in my team");
    assert_eq!(belong.kind, QuestionType::Number);
    // The same file with labels says nothing of the sort.
    assert!(!notes(&study("qualtrics")[0]).contains(&"codes-without-labels"));
}

#[test]
fn a_file_saved_by_excel_is_read_alike() {
    let text = "\u{feff}StartDate,EndDate,Status,Finished,ResponseId,Q1\n\
        Start Date,End Date,Response Type,Finished,Response ID,I feel that I belong in my team\n\
        \"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"Europe/London\"\"}\",\
        \"{\"\"ImportId\"\":\"\"endDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\
        \"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\
        \"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n\
        9/11/2025 17:50,9/11/2025 17:54,IP Address,TRUE,R_1,Agree\n\
        23/11/2025 09:10,23/11/2025 09:14,IP Address,TRUE,R_2,Disagree\n";
    let reading = made(text);
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    let (survey, ..) = built(vec![reading]);
    let days: Vec<String> = survey.answered_on.iter().map(|d| d.iso()).collect();
    assert_eq!(days, ["2025-11-09", "2025-11-23"]);
}

/// Variable names, texts, and rows, with what Qualtrics records before them.
fn export(names: &str, texts: &str, rows: &[&str]) -> Table {
    let mut text =
        format!("StartDate,EndDate,Status,Finished,{names}\nStart,End,Type,Finished,{texts}\n");
    for row in rows {
        text.push_str("2026-01-05 10:00:00,2026-01-05 10:05:00,IP Address,True,");
        text.push_str(row);
        text.push('\n');
    }
    made(&text).tables.remove(0)
}

#[test]
fn one_row_and_two_questions_of_the_same_words_stay_two() {
    let table = export(
        "Q1,Q2",
        "My work is fun,My work is fun",
        &["Agree,Disagree"],
    );
    let asked = table.columns.iter().filter(|c| c.role == Role::Question);
    assert_eq!(asked.count(), 2);
    assert_eq!(
        (shown(&table, "Q1"), shown(&table, "Q2")),
        (vec!["Agree".into()], vec!["Disagree".into()])
    );
    let (survey, ..) = build_with(&[table], Partials::Drop);
    assert_eq!(survey.responses(), 1);
}

#[test]
fn a_text_in_the_last_row_of_numbers_is_kept() {
    let mut rows = vec!["", "12", "14", "9"];
    rows.extend(["a good deal more than that"; 1]);
    let table = export("Q1", "How many hours?", &rows);
    let said = shown(&table, "Q1");
    assert_eq!(said[4], "a good deal more than that");
    assert_eq!(said[0], "");
}

#[test]
fn a_matrix_answered_with_ones_is_no_list_of_ticks() {
    let texts = "How far? - I like it here,How far? - I learn a lot here";
    let all = export("Q1_1,Q1_2", texts, &["1,1", "1,1"]);
    assert_eq!(shown(&all, "Q1_1"), ["1", "1"]);
    let ticked = export("Q1_1,Q1_2", texts, &["1,", "1,1"]);
    assert_eq!(
        shown(&ticked, "Q1"),
        ["I like it here;", "I like it here;I learn a lot here;"]
    );
}

#[test]
fn by_products_are_no_questions_whatever_their_import_id() {
    let table = export(
        "Q1,Q1 - Topics,Q1 - Sentiment",
        "Why?,x,x",
        &["So,work,Positive"],
    );
    let asked = table.columns.iter().filter(|c| c.role == Role::Question);
    assert_eq!(asked.count(), 1);
}

/// By question, the answers of each response as a set of what was said.
fn said(table: &Table) -> BTreeMap<String, Vec<BTreeSet<String>>> {
    let asked = table.columns.iter().filter(|c| c.role == Role::Question);
    let mut all: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
    for column in asked {
        let answers = (0..table.rows()).map(|row| {
            let text = column.cells.cell(row).text().into_owned();
            let parts = text.split(';').filter(|p| !p.is_empty());
            parts.map(str::to_owned).collect()
        });
        let text = column.asks().trim_end_matches("-TEXT").to_owned();
        let key = if column.header.ends_with("_TEXT") {
            format!("{text} in words")
        } else {
            text
        };
        all.insert(key, answers.collect());
    }
    all
}

#[test]
fn both_ages_of_a_real_survey_give_the_same_answers() {
    for (name, asked) in [("MAMC", 6), ("SAMC", 6), ("SAMatrix", 16)] {
        let read = |age: &str| real(&format!("survey-qualtrics-tools/{name}_{age}.csv"));
        let Some((new, old)) = read("Insights").zip(read("Legacy")) else {
            return;
        };
        let (new, old) = (said(&new.tables[0]), said(&old.tables[0]));
        assert_eq!(new.len(), asked, "{name}: {new:?}");
        assert_eq!(new, old, "{name}");
    }
    // Every one of them was made by the tool's own test.
    let Some(reading) = real("survey-qualtrics-tools/SAMC_Legacy.csv") else {
        return;
    };
    let (survey, files, _) = built(vec![reading]);
    assert_eq!(
        (survey.responses(), dropped(&files)),
        (0, counts(&[("test", 5)]))
    );
}

#[test]
fn a_workbook_name_changes_nothing() {
    let text = "V1,V2,V8,V9,V10,Q1,Q1_1\nResponseID,ResponseSet,StartDate,EndDate,Finished,\
        How?,Which?\nR_1,Default,2026-01-05 10:00:00,2026-01-05 10:01:00,1,Well,a\n";
    let reading = read_bytes("x.xlsx", text.as_bytes());
    assert_eq!(reading.report.layout, Some(Layout::Qualtrics));
    assert!(rules(&reading.findings).contains(&"not-a-workbook x1".to_owned()));
}
