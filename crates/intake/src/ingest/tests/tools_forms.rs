//! Exports of Google Forms, Jisc Online Surveys, SmartSurvey, Typeform and
//! Microsoft Forms in their own shapes, and plain surveys.

use super::tools::{
    BELONG, HELP, MONKEY, STAY, answers, asked, holds_the_questions, kept, kept_as, kind, parts,
};
use super::{complaints, notes, read_as, read_bytes, shown};
use crate::data::{Layout, Role, SourceRule};
use crate::survey::{self, Rules};
use staywise_core::domain::{Day, QuestionType};

#[test]
fn google_forms_of_its_own_download_and_of_its_sheet() {
    let own = kept("google-forms/Preceptorship feedback October 2025.csv");
    let table = &own.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::GoogleForms, 30));
    assert_eq!(table.time_zone.as_deref(), Some("Europe/London"));
    holds_the_questions(table, true);
    assert_eq!(kind(table, HELP), Some(QuestionType::Multi));
    assert!(complaints(&own).is_empty(), "{:?}", own.findings);
    assert!(notes(&own).contains(&"figures-without-labels"));

    let sheet =
        kept("google-forms/Preceptorship feedback March 2026 (Responses) - Form responses 1.csv");
    let table = &sheet.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::GoogleForms, 36));
    assert_eq!(table.time_zone, None);
    holds_the_questions(table, true);
    assert_eq!(kind(table, HELP), Some(QuestionType::Multi));
    let chosen = answers(table, HELP);
    let options = parts(&chosen);
    assert!(
        options.contains_key("Pay, terms and conditions"),
        "{options:?}"
    );
    assert!(!options.contains_key("Pay"), "{options:?}");
    assert!(notes(&sheet).contains(&"answers-parted"));
    // The question that was edited is told, and stays two.
    assert_eq!(complaints(&sheet), ["warning question-edited row 20 x18"]);
    assert!(asked(table).contains(&"Where do you work now?"));
}

#[test]
fn an_edited_question_is_joined_where_the_study_says_so() {
    let path = "google-forms/Preceptorship feedback March 2026 (Responses) - Form responses 1.csv";
    let mut rule = SourceRule::default();
    for words in ["Where do you work?", "Where do you work now?"] {
        rule.columns.insert(words.into(), "item:base".into());
    }
    let reading = kept_as(path, &rule);
    let table = &reading.tables[0];
    assert!(notes(&reading).contains(&"questions-joined"));
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    let base: Vec<&crate::data::TableColumn> = table
        .columns
        .iter()
        .filter(|c| c.name.contains("base"))
        .collect();
    assert_eq!(base.len(), 1);
    let given = answers(table, "Where do you work?");
    assert_eq!(
        (given.len(), given.iter().filter(|g| g.is_empty()).count()),
        (36, 0)
    );
    // Rows that answer both are two questions, whatever the study says.
    let both = "Timestamp,Why stay?,Why leave?\n2026-01-13 10:00:00,a,b\n2026-01-14 10:00:00,,c\n";
    let mut rule = SourceRule::default();
    for words in ["Why stay?", "Why leave?"] {
        rule.columns.insert(words.into(), "item:why".into());
    }
    let reading = read_as("g.csv", both.as_bytes(), &rule);
    assert_eq!(complaints(&reading), ["warning same-item-twice row 2 x1"]);
    assert_eq!(reading.tables[0].columns.len(), 3);
}

#[test]
fn a_timestamp_alone_makes_no_google_form() {
    let layout = |text: &str| read_bytes("a.csv", text.as_bytes()).report.layout;
    let staff = "Timestamp,Employee Number,Hire Date,Termination Date\n\
        13/02/2026 10:00:00,1,13/02/2024,\n14/02/2026 10:00:00,2,14/02/2024,\n";
    assert_eq!(layout(staff), Some(Layout::StaffList));
    let words = "Timestamp,How are you today?\nsoon,well\nlater,fine\n";
    assert_ne!(layout(words), Some(Layout::GoogleForms));
    let form = "Timestamp,Score,How are you today?,How are you today? [Score]\n\
        2026/02/13 4:36:37 pm GMT,3 / 5,well,1\n2026/02/14 4:36:37 am GMT,3 / 5,ill,1\n";
    let reading = read_bytes("a.csv", form.as_bytes());
    assert_eq!(reading.report.layout, Some(Layout::GoogleForms));
    assert_eq!(reading.tables[0].time_zone.as_deref(), Some("UTC"));
    assert_eq!(asked(&reading.tables[0]), ["How are you today?"]);
}

#[test]
fn jisc_numbers_stay_in_the_header_and_leave_the_question() {
    let reading = kept("jisc/results-for-preceptorship-autumn-2025.csv");
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::Jisc, 30));
    holds_the_questions(table, false);
    assert_eq!(kind(table, HELP), Some(QuestionType::Multi));
    let chosen = answers(table, HELP);
    assert!(parts(&chosen).contains_key("Other"), "{chosen:?}");
    let headers: Vec<&str> = table.columns.iter().map(|c| &*c.header).collect();
    assert!(headers.contains(&format!("1. {STAY}").as_str()));
    assert!(headers.contains(&format!("3. {HELP}").as_str()));
    assert_eq!(
        kind(table, "If you selected Other, please specify:"),
        Some(QuestionType::Text)
    );
    assert!(
        table
            .column(&Role::Dimension("ethnic_category".into()))
            .is_some()
    );
    assert!(table.column(&Role::CompletedAt).is_some());
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
}

#[test]
fn jisc_options_below_a_question_are_its_answers() {
    let mut text = "Unique Response Number,9. Why?,9.a. Pay,9.b. Rota,10. Why?\n".to_owned();
    for ticks in ["Pay,", "Pay,Rota", ",Rota"] {
        text.push_str(&format!("12-3,,{ticks},because\n"));
    }
    let table = read_bytes("j.csv", text.as_bytes()).tables.remove(0);
    let headers: Vec<&str> = table.columns.iter().map(|c| &*c.header).collect();
    assert_eq!(headers, ["Unique Response Number", "9. Why?", "10. Why?"]);
    assert_eq!(shown(&table, "9. Why?"), ["Pay;", "Pay;Rota;", "Rota;"]);
}

#[test]
fn smartsurvey_is_read_as_far_as_it_is_known() {
    let reading = kept("smartsurvey/SmartSurvey export 2026-02.csv");
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::SmartSurvey, 30));
    assert!(table.reason.contains("as far as its exports are known"));
    assert_eq!(table.row_numbers[0], 3);
    let of = |words: &str| table.columns.iter().find(|c| c.asks().contains(words));
    let stay = of(STAY).and_then(|c| c.question_type);
    let help = of(HELP).and_then(|c| c.question_type);
    assert_eq!(
        (stay, help),
        (Some(QuestionType::Scale), Some(QuestionType::Multi))
    );
    assert_eq!(of("IP Address").map(|c| &c.role), Some(&Role::Dropped));
    assert!(notes(&reading).contains(&"custom-data"));
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    let one_row = "UserID,IP Address,Started,Ended,How are you?\n\
        1,,13/01/2026 10:00,13/01/2026 10:05,well\n2,,14/01/2026 10:00,14/01/2026 10:05,ill\n";
    let table = read_bytes("s.csv", one_row.as_bytes()).tables.remove(0);
    assert_eq!((table.layout, table.rows()), (Layout::SmartSurvey, 2));
}

#[test]
fn typeform_times_are_utc_and_options_are_joined() {
    let reading = kept("typeform/responses-preceptorship-2026-04.csv");
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::Typeform, 30));
    assert_eq!(table.time_zone.as_deref(), Some("UTC"));
    holds_the_questions(table, false);
    let several = "Pay, terms and conditions / Rota / Support from peers / ..";
    assert_eq!(kind(table, several), Some(QuestionType::Multi));
    assert!(asked(table).contains(&format!("{several} - Other").as_str()));
    let finished = shown(table, "Response Type");
    assert_eq!(finished.iter().filter(|f| *f == "No").count(), 2);
    assert_eq!(shown(table, "Network ID")[0], "");
    assert!(table.column(&Role::StaffNumber).is_some());
    assert!(notes(&reading).contains(&"question-not-there"));
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
}

#[test]
fn an_option_that_comes_again_begins_the_next_question_of_typeform() {
    let text = "#,Pay,Rota,Pay,Rota,Other,Why?,Submitted At\n\
        t1,Pay,Rota,Pay,,,a,2026-01-13 10:00\nt2,,Rota,Pay,Rota,luck,b,2026-01-14 10:00\n";
    let table = read_bytes("t.csv", text.as_bytes()).tables.remove(0);
    let names: Vec<&str> = table.columns.iter().map(|c| &*c.name).collect();
    let expected = [
        "#",
        "Pay / Rota",
        "Pay / Rota / Other",
        "Pay / Rota / Other - Other",
        "Why?",
        "Submitted At",
    ];
    assert_eq!(names, expected);
    assert_eq!(answers(&table, "Pay / Rota"), ["Pay;Rota;", "Rota;"]);
    assert_eq!(table.time_zone, None);
}

#[test]
fn t23_microsoft_forms_lists_have_no_empty_option() {
    let reading = kept("microsoft-forms/Preceptorship feedback(1-34).xlsx");
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::MicrosoftForms, 34));
    holds_the_questions(table, false);
    assert_eq!(kind(table, HELP), Some(QuestionType::Multi));
    let lists = answers(table, HELP);
    assert!(lists.iter().any(|list| list.ends_with(';')));
    assert!(parts(&lists).keys().all(|part| !part.is_empty()));
    // Nobody who did not sign in has an address, and several have none.
    let emails = shown(table, "Email");
    assert_eq!(emails.iter().filter(|e| e.is_empty()).count(), 12);
}

#[test]
fn peers_12_two_questions_with_the_same_words_stay_two() {
    let reading = kept("microsoft-forms/Preceptorship feedback(1-34).xlsx");
    let table = &reading.tables[0];
    let twice = table.columns.iter().filter(|c| c.asks() == BELONG);
    let names: Vec<&str> = twice.map(|c| &*c.name).collect();
    assert_eq!(names, [BELONG, &format!("{BELONG}2")]);
    // A number that belongs to the question stays.
    let forms = "Id,Start time,Completion time,Email,Name,Ward 7,When,When2,Band5\n\
        1,13/01/2026 10:00,13/01/2026 10:05,anonymous,,a,b,c,d\n";
    let table = read_bytes("f.csv", forms.as_bytes()).tables.remove(0);
    assert_eq!(asked(&table), ["Ward 7", "When", "When", "Band5"]);
    let monkey = format!("{MONKEY},Why?,Why?\n,,,,,Response,Response\n1181,4,01/13/2026,,,a,b\n");
    let table = read_bytes("s.csv", monkey.as_bytes()).tables.remove(0);
    let names: Vec<&str> = table.columns.iter().skip(5).map(|c| &*c.name).collect();
    assert_eq!(names, ["Why?", "Why? (2)"]);
}

#[test]
fn peers_9_a_text_in_the_last_row_makes_no_column_of_figures() {
    let mut text = "Timestamp,How many shifts?\n".to_owned();
    for day in 1..9 {
        text.push_str(&format!("2026-01-0{day} 10:00:00,{day}\n"));
    }
    text.push_str("2026-01-09 10:00:00,it depends on the rota\n");
    let table = read_bytes("g.csv", text.as_bytes()).tables.remove(0);
    assert_eq!(table.layout, Layout::GoogleForms);
    assert_eq!(
        answers(&table, "How many shifts?")[8],
        "it depends on the rota"
    );
}

#[test]
fn peers_10_title_rows_above_a_two_row_header_are_passed_over() {
    let title = "Preceptorship survey,,,,,,\n\n\n\n\n\n";
    let text = format!(
        "{title}{MONKEY},Which?,\n,,,,,Pay,Rota\n1181,4,01/13/2026 10:00,,,Pay,\n\
         1182,4,01/14/2026 10:00,,,Pay,Rota\n"
    );
    let table = read_bytes("s.csv", text.as_bytes()).tables.remove(0);
    assert_eq!(
        (table.header_row, &table.row_numbers[..]),
        (7, &[9, 10][..])
    );
    assert_eq!(answers(&table, "Which?"), ["Pay;", "Pay;Rota;"]);
}

#[test]
fn peers_11_a_header_alone_is_no_row() {
    for text in [
        format!("{MONKEY},{STAY}\n,,,,,Response\n"),
        format!("Timestamp,Email Address,{STAY}\n"),
        format!("Unique Response Number,1. {STAY}\n"),
        format!("#,{STAY},Start Date (UTC),Submit Date (UTC),Network ID\n"),
    ] {
        let reading = read_bytes("h.csv", text.as_bytes());
        assert_eq!(complaints(&reading), ["error header-only x1"], "{text}");
        assert_eq!(reading.tables[0].rows(), 0, "{text}");
    }
}

#[test]
fn a_plain_survey_of_forms_on_paper() {
    let reading = kept("plain/paper-forms-typed-in-2026.csv");
    let table = &reading.tables[0];
    assert_eq!((table.layout, table.rows()), (Layout::Plain, 30));
    holds_the_questions(table, false);
    assert!(table.column(&Role::StaffNumber).is_some());
    assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
}

#[test]
fn every_kept_export_gives_responses_and_well_known_items() {
    let as_at = Day::from_ymd(2026, 8, 31).expect("a day");
    for (path, responses) in [
        ("surveymonkey/preceptorship-autumn-2025.csv", 32),
        ("surveymonkey/preceptorship-winter-2026.xlsx", 28),
        ("google-forms/Preceptorship feedback October 2025.csv", 30),
        (
            "google-forms/Preceptorship feedback March 2026 (Responses) - Form responses 1.csv",
            36,
        ),
        ("jisc/results-for-preceptorship-autumn-2025.csv", 30),
        ("smartsurvey/SmartSurvey export 2026-02.csv", 30),
        // Two of the thirty are partial.
        ("typeform/responses-preceptorship-2026-04.csv", 28),
        ("microsoft-forms/Preceptorship feedback(1-34).xlsx", 34),
        ("plain/paper-forms-typed-in-2026.csv", 30),
    ] {
        let tables = kept(path).tables;
        let (survey, reports, stage) = survey::build(&tables, &Rules::default(), as_at);
        assert_eq!(survey.responses(), responses, "{path}");
        let names: Vec<&str> = survey.items.iter().map(|i| &*i.item.name).collect();
        for item in ["intention_to_stay", "belonging"] {
            assert!(names.contains(&item), "{path}: {names:?}");
        }
        assert!(stage.findings.is_empty(), "{path}: {:?}", stage.findings);
        let several = reports[0].questions.iter();
        for question in several.filter(|q| q.kind == QuestionType::Multi) {
            let options = question.options.iter();
            assert!(
                options.clone().all(|(option, _)| !option.is_empty()),
                "{path}"
            );
            assert!(options.len() >= 4, "{path}: {:?}", question.options);
        }
    }
}
