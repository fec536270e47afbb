//! LimeSurvey from file to survey: a small study kept beside the integration
//! tests, a real one with the counts that its authors published, and awkward
//! exports made here.

use super::tools_coded::{
    HELPED, STAY, built, counts, dropped, made, options, question, real, rules, study,
};
use super::{complaints, shown};
use crate::data::{Layout, Role};
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn limesurvey_with_codes_and_texts() {
    let readings = study("limesurvey");
    let reading = &readings[0];
    assert_eq!(
        reading.report.layout,
        Some(Layout::LimeSurvey),
        "{}",
        reading.report.reason
    );
    assert!(complaints(reading).is_empty(), "{:?}", reading.findings);
    let table = &reading.tables[0];
    let of = |role: &Role| table.column(role).map(|c| c.header.as_str());
    assert_eq!(of(&Role::CompletedAt), Some("submitdate. Date submitted"));
    assert_eq!(of(&Role::ExternalReference), Some("token. Access code"));
    assert_eq!(
        of(&Role::Dimension("site".into())),
        Some("attribute_1. Site")
    );
    assert!(
        shown(table, "ipaddr. IP address")
            .iter()
            .all(String::is_empty)
    );
    let times = table.columns.iter().filter(|c| c.header.contains(" time"));
    let times = times.filter(|c| c.role != Role::Question);
    assert!(times.clone().count() == 3 && times.clone().all(|c| c.role == Role::Unused));
    let (survey, files, _) = built(readings);
    assert_eq!(survey.responses(), 34);
    assert_eq!(dropped(&files), counts(&[("unfinished", 4)]));
    let stay = counts(&[
        ("Strongly disagree", 1),
        ("Disagree", 6),
        ("Neither agree nor disagree", 2),
        ("Agree", 11),
        ("Strongly agree", 14),
    ]);
    assert_eq!(options(&files, STAY), stay);
    let helped = counts(&[
        ("Protected time", 22),
        ("My preceptor", 27),
        ("Study days", 6),
        ("Other", 2),
    ]);
    assert_eq!(options(&files, HELPED), helped);
    let often = options(&files, "How often do you meet your preceptor?");
    assert_eq!(often.get("Never"), Some(&6), "4 had a space behind them");
}

#[test]
fn limesurvey_in_each_form_of_heading() {
    let body = "1,2026-01-05 10:00:00,4,Agree,Y,,peers\n2,,2,Agree,,,\n\
        3,2026-01-06 10:00:00,4,Disagree,,Y,\n";
    let codes = "id,submitdate,lastpage,Q1[SQ001],Q2[SQ001],Q2[SQ002],Q2[other]\n";
    let texts = "Response ID,Date submitted,Last page,My work [I am proud of it],\
        What helped? [Time],What helped? [Peers],What helped? [Other]\n";
    for (head, sets) in [
        (codes, ["SQ001;Other;", "", "SQ002;"]),
        (texts, ["Time;Other;", "", "Peers;"]),
    ] {
        let reading = made(&format!("{head}{body}"));
        assert_eq!(reading.report.layout, Some(Layout::LimeSurvey), "{head}");
        let table = &reading.tables[0];
        let base = if head == codes { "Q2" } else { "What helped?" };
        assert_eq!(shown(table, base), sets, "{head}");
        let (survey, files, _) = built(vec![reading]);
        assert_eq!(survey.responses(), 2);
        assert_eq!(dropped(&files), counts(&[("unfinished", 1)]));
    }
}

#[test]
fn limesurvey_without_date_stamps_says_so() {
    let text = "id,submitdate,lastpage,startlanguage,Q1\n1,1980-01-01 00:00:00,3,en,Agree\n\
        2,,1,en,Agree\n3,1980-01-01 00:00:00,3,en,Disagree\n";
    let reading = made(text);
    assert_eq!(complaints(&reading), ["warning limesurvey-undated x1"]);
    let (survey, files, stage) = built(vec![reading]);
    assert_eq!(
        (survey.responses(), dropped(&files)),
        (2, counts(&[("unfinished", 1)]))
    );
    assert_eq!(rules(&stage.findings), ["no-completion-dates x3"]);
}

#[test]
fn an_array_of_yes_and_other_words_is_not_joined() {
    let text = "id,submitdate,lastpage,A[SQ1],A[SQ2]\n1,2026-01-05 10:00:00,4,Yes,Uncertain\n\
        2,2026-01-05 11:00:00,4,No,Yes\n";
    let table = made(text).tables.remove(0);
    assert_eq!(shown(&table, "A[SQ2]"), ["Uncertain", "Yes"]);
}

/// Published counts: the question's words, then each answer with its count.
fn published(text: &str) -> Vec<(String, String, u64)> {
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|r| r.unwrap()).collect();
    let mut found = Vec::new();
    for row in rows.iter().skip(1) {
        for (at, count) in row.iter().enumerate().skip(1) {
            let asked = rows[0][at].split_once(". ").unwrap().1.to_owned();
            if let Some(n) = count.parse::<f64>().ok().filter(|_| !row[0].is_empty()) {
                found.push((asked, row[0].to_owned(), n as u64));
            }
        }
    }
    found
}

#[test]
fn the_counts_of_a_real_limesurvey_are_those_that_were_published() {
    let Some(reading) = real("survey-rse-limesurvey/rse_2016_uk.csv") else {
        return;
    };
    assert_eq!(
        reading.report.layout,
        Some(Layout::LimeSurvey),
        "{}",
        reading.report.reason
    );
    assert_eq!(reading.report.rows_read, 273);
    let (survey, files, stage) = built(vec![reading]);
    assert_eq!(survey.responses(), 273);
    assert_eq!(rules(&stage.findings)[0], "no-completion-dates x273");
    let leaving = "How often do you consider leaving your job?";
    let mut options_of = options(&files, leaving);
    options_of.retain(|_, n| *n > 0);
    assert_eq!(
        options_of,
        counts(&[("Sometimes", 162), ("Never", 73), ("Often", 37)])
    );
    assert_eq!(question(&files, leaving).answers, 272);
    let spaced = spaced();
    let never = (leaving.to_owned(), "Never".to_owned());
    assert_eq!(spaced.get(&never), Some(&58));
    let (mut held, mut lost_in_all) = (0, 0);
    for name in [
        "affSat1_2_3",
        "affSat4",
        "currentEmp12",
        "socio2",
        "socio3",
        "turnOver1_2",
        "turnOver3_4",
        "turnOver5_6",
    ] {
        let path = format!("survey-rse-limesurvey/published_outputs/2016_uk_{name}.csv");
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut found = above.map(|a| a.join("shared/data").join(&path));
        let file = found.find(|f| f.is_file()).unwrap();
        for (asked, answer, n) in published(&std::fs::read_to_string(file).unwrap()) {
            // They lost those whose answer has a space behind it.
            let lost = spaced
                .get(&(asked.clone(), answer.clone()))
                .copied()
                .unwrap_or(0);
            lost_in_all += lost;
            let said = options(&files, &asked);
            let found = said
                .iter()
                .find(|(o, _)| o.eq_ignore_ascii_case(&answer) || same(o, &answer));
            assert_eq!(
                found.map(|(_, n)| *n),
                Some(n + lost),
                "{asked}: {answer} {said:?}"
            );
            held += 1;
        }
    }
    assert!(lost_in_all > 58, "{lost_in_all}");
    assert_eq!(held, 54, "answers compared");
}

/// Answers of the real file with white space about them, by question and
/// answer.
fn spaced() -> BTreeMap<(String, String), u64> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let file = "shared/data/survey-rse-limesurvey/rse_2016_uk.csv";
    let file = above.map(|a| a.join(file)).find(|f| f.is_file()).unwrap();
    let mut rows = csv::Reader::from_path(file).unwrap();
    let asked: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    let mut found = BTreeMap::new();
    for row in rows.records() {
        for (cell, asked) in row.unwrap().iter().zip(&asked) {
            if let Some((_, words)) = asked.split_once(". ").filter(|_| cell.trim() != cell) {
                let key = (words.to_owned(), cell.trim().to_owned());
                *found.entry(key).or_default() += 1;
            }
        }
    }
    found
}

/// The scale's own word for one that the survey wrote otherwise.
fn same(own: &str, written: &str) -> bool {
    own == "Neither agree nor disagree" && written == "Neither agree or disagree"
}
