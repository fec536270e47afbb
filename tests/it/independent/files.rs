//! Reads the sample's files as plainly as can be: fixed places, exact headers.
//! Shares no code with the program's own reading.

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::path::Path;

/// Days since 1 January 1970.
pub(crate) type Day = i64;

/// A row of the staff list.
#[derive(Clone)]
pub(crate) struct StaffRow {
    /// Employee number exactly as written.
    pub(crate) number: String,
    /// E-mail address.
    pub(crate) email: String,
    pub(crate) hired: Day,
    pub(crate) begun: Day,
    /// When the post ended.
    pub(crate) until: Option<Day>,
    /// When the person left.
    pub(crate) ended: Option<Day>,
    /// Whether they went to another employer with the work: no leaving.
    pub(crate) transferred: bool,
    pub(crate) fte: f64,
    pub(crate) site: String,
    pub(crate) ethnic: String,
    pub(crate) programme: String,
    /// Whether the date of birth is a date.
    pub(crate) birth_is_date: bool,
}

/// A row of a survey wave.
#[derive(Clone)]
pub(crate) struct SurveyRow {
    pub(crate) wave: String,
    /// Identifier exactly as written; blank where anonymous.
    pub(crate) id: String,
    pub(crate) sort: Sort,
    pub(crate) day: Day,
    /// Orders answers of one day.
    pub(crate) second: i64,
    pub(crate) stay: String,
    pub(crate) site: String,
    pub(crate) ethnic: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sort {
    Finished,
    Unfinished,
    Preview,
    Test,
}

/// A row of a list of those invited.
pub(crate) struct Invited {
    pub(crate) wave: String,
    pub(crate) id: String,
    pub(crate) day: Day,
}

/// Everything in the folder that the figures rest on.
pub(crate) struct Files {
    pub(crate) staff: Vec<StaffRow>,
    pub(crate) survey: Vec<SurveyRow>,
    pub(crate) invited: Vec<Invited>,
}

const STAY: &str = "I intend to stay with this organisation for at least the next 12 months";
const ETHNIC: &str = "What is your ethnic group?";
const SITE: &str = "Which site do you mainly work at?";

/// Reads a folder that `synth::make` made.
pub(crate) fn read(folder: &Path) -> Files {
    let mut survey = Vec::new();
    let mut invited = Vec::new();
    for wave in ["2025-Q4", "2026-Q2"] {
        let path = folder.join(format!("feedback-{wave}-qualtrics.csv"));
        survey.extend(qualtrics(wave, &path));
    }
    for wave in ["2025-Q3", "2026-Q1"] {
        let path = folder.join(format!("feedback-{wave}-forms.xlsx"));
        survey.extend(forms(wave, &path));
    }
    for wave in ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"] {
        invited.extend(invitations(&folder.join(format!("invited-{wave}.csv"))));
    }
    Files {
        staff: staff(&folder.join("staff-list.xlsx")),
        survey,
        invited,
    }
}

fn sheet(path: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn places(header: &[String]) -> HashMap<String, usize> {
    let named = header.iter().enumerate();
    named.rev().map(|(n, name)| (name.clone(), n)).collect()
}

fn words(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Excel counts days from 30 December 1899.
fn serial(cell: &Data) -> Option<f64> {
    match cell {
        Data::DateTime(moment) => Some(moment.as_f64() - 25_569.0),
        _ => None,
    }
}

fn date(text: &str) -> Day {
    let read = |form| NaiveDate::parse_from_str(text, form).ok();
    let date = read("%Y-%m-%d").or_else(|| read("%d/%m/%Y")).unwrap();
    (date - NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()).num_days()
}

fn staff(path: &Path) -> Vec<StaffRow> {
    let rows = sheet(path);
    let header: Vec<String> = rows[2].iter().map(words).collect();
    let at = places(&header);
    let (body, foot) = rows[3..].split_at(rows.len() - 4);
    assert_eq!(words(&foot[0][at["Employee Number"]]), "Total");
    let day = |row: &[Data], name: &str| serial(&row[at[name]]).map(|day| day.floor() as Day);
    let row = |row: &Vec<Data>| StaffRow {
        number: words(&row[at["Employee Number"]]),
        email: words(&row[at["Email Address"]]),
        hired: day(row, "Latest Start Date").unwrap(),
        begun: day(row, "Assignment Start Date").unwrap(),
        until: day(row, "Assignment End Date"),
        ended: day(row, "Termination Date"),
        transferred: words(&row[at["Leaving Reason"]]) == "Employee Transfer",
        fte: words(&row[at["FTE"]]).parse().unwrap(),
        site: words(&row[at["Site"]]),
        ethnic: words(&row[at["Ethnic Origin"]]),
        programme: words(&row[at["On Preceptorship Programme?"]]),
        birth_is_date: day(row, "Date of Birth").is_some(),
    };
    body.iter().map(row).collect()
}

fn lines(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .unwrap();
    let line = |line: csv::StringRecord| line.iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| line(record.unwrap()))
        .collect()
}

fn qualtrics(wave: &str, path: &Path) -> Vec<SurveyRow> {
    let lines = lines(path);
    let (names, texts) = (places(&lines[0]), places(&lines[1]));
    let row = |line: &Vec<String>| {
        let (day, time) = line[names["RecordedDate"]].split_once(' ').unwrap();
        let parts: Vec<i64> = time.split(':').map(|part| part.parse().unwrap()).collect();
        let sort = match line[names["Status"]].as_str() {
            "Survey Preview" => Sort::Preview,
            "Survey Test" => Sort::Test,
            _ if line[names["Finished"]] == "True" => Sort::Finished,
            _ => Sort::Unfinished,
        };
        SurveyRow {
            wave: wave.to_owned(),
            id: line[names["ExternalReference"]].clone(),
            sort,
            day: date(day),
            second: parts[0] * 3_600 + parts[1] * 60 + parts[2],
            stay: line[texts[STAY]].clone(),
            site: line[texts[SITE]].clone(),
            ethnic: line[texts[ETHNIC]].clone(),
        }
    };
    lines[3..].iter().map(row).collect()
}

fn forms(wave: &str, path: &Path) -> Vec<SurveyRow> {
    let rows = sheet(path);
    let header: Vec<String> = rows[0].iter().map(words).collect();
    let at = places(&header);
    let row = |row: &Vec<Data>| {
        let moment = serial(&row[at["Completion time"]]).unwrap();
        let email = words(&row[at["Email"]]);
        SurveyRow {
            wave: wave.to_owned(),
            id: if email == "anonymous" {
                String::new()
            } else {
                email
            },
            sort: Sort::Finished,
            day: moment.floor() as Day,
            second: (moment.fract() * 86_400.0).round() as i64,
            stay: words(&row[at[STAY]]),
            site: words(&row[at[SITE]]),
            ethnic: words(&row[at[ETHNIC]]),
        }
    };
    rows[1..].iter().map(row).collect()
}

fn invitations(path: &Path) -> Vec<Invited> {
    let line = |line: &Vec<String>| Invited {
        id: line[0].clone(),
        wave: line[1].clone(),
        day: date(&line[2]),
    };
    lines(path)[1..].iter().map(line).collect()
}
