//! Options, waves, dimensions and invitations of small exports made by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::tests::{STAY, answers, built, export, rules_of};
use crate::data::fixture::table;
use crate::data::{Holds, Role};
use proptest::prelude::{Strategy, any, prop, proptest};
use staywise_core::domain::QuestionType;

#[test]
fn t23_the_closing_semicolon_is_no_option() {
    let mut file = answers(
        "w1.csv",
        "What helped?",
        &["Time;Peers;", "Time;", "Time;Time;", ""],
    );
    file.columns[4].question_type = Some(QuestionType::Multi);
    file.columns.push(crate::data::TableColumn {
        role: Role::Question,
        name: "Q9".to_owned(),
        question_type: Some(QuestionType::Text),
        ..file.columns[2].clone()
    });
    let (survey, files, _) = built(&[file]);
    let question = &files[0].questions[0];
    assert_eq!(
        question.options,
        [("Time".to_owned(), 3), ("Peers".to_owned(), 1)]
    );
    assert_eq!((question.answers, survey.items.len()), (3, 0));
}

#[test]
fn waves_are_named_by_file_column_or_quarter_and_stand_in_order_of_time() {
    let one = answers("survey w2.csv", STAY, &["Agree"]);
    let mut two = answers("survey.csv", STAY, &["Agree"]);
    two.columns[0].cells =
        crate::data::fixture::pooled([crate::data::fixture::cell("2025-11-30")].into_iter());
    let mut three = answers("x.csv", STAY, &["Agree"]);
    three.wave = Some("WAVE 2".to_owned());
    let (survey, _, _) = built(&[one, two, three]);
    let names: Vec<&str> = survey.waves.iter().map(|w| w.as_str()).collect();
    assert_eq!(names, ["2025-Q4", "WAVE 2"]);
    assert_eq!(survey.wave, [0, 1, 1]);
}

#[test]
fn a_file_without_dates_has_the_day_of_its_name_and_says_so() {
    let columns = [(STAY, Role::Question)];
    let mut file = table(Holds::Survey, &columns, &[&["Agree"], &["Disagree"]]);
    file.file = "2026-Q1.csv".to_owned();
    let (survey, _, stage) = built(std::slice::from_ref(&file));
    assert_eq!(survey.answered_on[0].iso(), "2026-03-31");
    assert_eq!(rules_of(&stage), ["no-completion-dates"]);
    file.file = "answers.csv".to_owned();
    assert_eq!(built(&[file]).0.answered_on[0].iso(), "2026-06-30");
}

#[test]
fn what_people_say_of_themselves_is_a_dimension_and_no_item() {
    let rows: &[&[&str]] = &[
        &["2026-02-03", "", "", "", "Agree", "Asian - Indian"],
        &["2026-02-03", "", "", "", "Disagree", "Prefer not to say"],
        &["2026-02-03", "", "", "", "Agree", ""],
    ];
    let asks = [STAY, "What is your ethnic group?"];
    let (survey, _, _) = built(&[
        export("w1.csv", &asks, rows),
        answers("w2.csv", STAY, &["Agree"]),
    ]);
    let said = |slug: &str| -> Vec<&str> {
        let found = survey
            .dimensions
            .iter()
            .find(|d| d.dimension.as_str() == slug)
            .unwrap();
        found
            .codes
            .iter()
            .map(|c| found.levels[*c as usize].as_str())
            .collect()
    };
    let rest = ["Not stated", "Not known", "Not known"];
    assert_eq!(
        said("ethnic_minority"),
        [&["Ethnic minority"], &rest[..]].concat()
    );
    assert_eq!(said("ethnic_group"), [&["Asian"], &rest[..]].concat());
    assert_eq!(survey.items.len(), 1);
}

#[test]
fn invitations_find_their_wave() {
    let columns = [("No", Role::StaffNumber), ("Invited", Role::InvitedOn)];
    let rows: &[&[&str]] = &[
        &["1", "2026-01-20"],
        &["", "2026-01-20"],
        &["2", "2026-08-01"],
    ];
    let mut named = table(Holds::Invited, &columns, &rows[..1]);
    named.file = "invited wave 9.csv".to_owned();
    let dated = table(Holds::Invited, &columns, rows);
    let (survey, _, stage) = built(&[answers("wave 1.csv", STAY, &["Agree"]), named, dated]);
    let names: Vec<&str> = survey.waves.iter().map(|w| w.as_str()).collect();
    assert_eq!(names, ["Wave 9", "Wave 1"]);
    assert_eq!(
        (survey.wave, survey.invitations.wave),
        (vec![1], vec![0, 1])
    );
    assert_eq!(rules_of(&stage), ["invited-after-as-at", "no-identifier"]);
}

proptest! {
    #[test]
    fn every_row_is_a_response_or_dropped_once(
        (rows, keys) in prop::collection::vec(((0..4_u8, 0..3_u8, any::<bool>(), 0..4_u8), any::<u64>()), 1..30)
            .prop_map(|rows| rows.into_iter().unzip::<_, _, Vec<_>, Vec<u64>>())
    ) {
        let text: Vec<[&str; 5]> = rows
            .iter()
            .map(|(day, status, finished, answer)| {
                [
                    ["2026-02-03", "2026-05-01", "2026-09-01", ""][usize::from(*day)],
                    ["0", "1", "2"][usize::from(*status)],
                    if *finished { "True" } else { "False" },
                    "",
                    ["Agree", "Disagree", "", "Agree"][usize::from(*answer)],
                ]
            })
            .collect();
        let mut shuffled: Vec<_> = text.iter().zip(keys).collect();
        shuffled.sort_by_key(|(_, key)| *key);
        let whole = |rows: &[&[&str]]| built(&[export("w1.csv", &[STAY], rows)]);
        let (one, files, _) = whole(&text.iter().map(|r| &r[..]).collect::<Vec<_>>());
        let (other, other_files, _) = whole(&shuffled.iter().map(|(r, _)| &r[..]).collect::<Vec<_>>());
        let dropped: u64 = files[0].dropped.iter().map(|(_, n)| n).sum();
        assert_eq!(files[0].responses + dropped, u64::try_from(rows.len()).unwrap());
        assert_eq!(files, other_files);
        assert_eq!((one.answered_on, one.waves), (other.answered_on, other.waves));
    }
}

#[test]
fn often_and_very_often_are_never_made_one_answer() {
    let rows: &[&[&str]] = &[
        &["2026-02-03", "", "", "", "Never", "Often"],
        &["2026-02-03", "", "", "", "Rarely", "Very often"],
        &["2026-02-03", "", "", "", "Always", "Very often"],
    ];
    let asks = ["How often do you rest?", "How often do you run?"];
    let mut file = export("w1.csv", &asks, rows);
    file.columns[5].question_type = Some(QuestionType::Choice);
    let (survey, files, _) = built(&[file]);
    assert_eq!(
        survey.items.len(),
        1,
        "the other is answered on another scale"
    );
    let run = [("Very often".to_owned(), 2), ("Often".to_owned(), 1)];
    assert_eq!(files[0].questions[1].options, run);
}
