//! The filled-in workbook of a business case's inputs, read back: which inputs
//! it gives, which of them are the reader's own, and everything that is wrong
//! with it, each with its place and what to do. Takes the bytes of an xlsx or
//! OpenDocument workbook or of the same sheet as CSV; opens no file, judges no
//! case and fills in nothing that is missing.

mod figures;
mod rows;

use crate::data::nearest::nearest;
use crate::export::case_template::{Field, SHEET, is_asked};
use crate::ingest;
use rows::{Form, Row};
use staywise_core::casemodel::{Grade, Input, SetBy};
use staywise_core::domain::{Day, Finding, Origin, Severity};
use std::collections::BTreeMap;

/// An input as a workbook gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseInput {
    /// What it is an input of: `vacancy_weeks`; `preceptees` and `leavers`
    /// for the rows about people.
    pub slug: String,
    /// The staff group it is of; none where it is of all.
    pub group: Option<String>,
    /// The least, in the input's unit; shares as fractions of 1.
    pub low: f64,
    /// The likeliest.
    pub central: f64,
    /// The most.
    pub high: f64,
    /// The year whose prices it is in: `2026-27`.
    pub price_year: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// When they said so.
    pub dated: Option<Day>,
    /// The last day it is good for.
    pub good_until: Option<Day>,
    /// How good the source is.
    pub grade: Option<Grade>,
    /// What to check.
    pub note: Option<String>,
    /// Who set it: as known where the row was not changed, else the workbook.
    pub set_by: SetBy,
}

/// What a workbook is read against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The inputs that its template was made of.
    pub inputs: &'a [Input],
    /// The groups of staff as printed; one without a name where all are one.
    pub groups: &'a [String],
}

/// Reads a filled-in workbook: the inputs of every row that gives all of its
/// figures, in order, and all that was found. Rows without a figure give
/// none. Where a finding is an error, the workbook must be mended.
#[must_use]
pub fn read_back(input: ingest::Input<'_>, known: Known<'_>) -> (Vec<CaseInput>, Vec<Finding>) {
    let (written, mut findings) = ingest::sheet(input, SHEET);
    findings.iter_mut().for_each(of_this_workbook);
    let Some(written) = written else {
        return (Vec::new(), findings);
    };
    let form = match Form::of(input.name, &written) {
        Ok((form, missing)) => {
            findings.extend(missing);
            form
        }
        Err(missing) => {
            findings.push(*missing);
            return (Vec::new(), findings);
        }
    };
    let mut read = Vec::new();
    let mut seen: BTreeMap<(String, Option<String>), u32> = BTreeMap::new();
    for row in form.rows() {
        let found = findings.len();
        let Some(own) = one(&row, known, &mut findings) else {
            continue;
        };
        let key = (own.slug.clone(), own.group.clone());
        if let Some(first) = seen.get(&key) {
            findings.push(row.wrong(
                Field::Name,
                "case-input-twice",
                &format!("This input, for this staff group, stands in row {first} already."),
                "Delete one of the two rows, or write another staff group.",
            ));
            continue;
        }
        seen.insert(key, row.number());
        let whole = findings.get(found..).unwrap_or_default();
        if whole.iter().all(|f| f.severity != Severity::Error) {
            read.push(own);
        }
    }
    leavers_among_preceptees(&read, input.name, &mut findings);
    findings.sort_by_key(|finding| (finding.severity, finding.origin.row));
    (read, findings)
}

/// What is said of files of a study is said of this workbook.
fn of_this_workbook(finding: &mut Finding) {
    if finding.rule == "no-such-sheet" {
        finding.message = format!("The workbook has no sheet \"{SHEET}\".");
        finding.remedy = format!("Call the sheet with the inputs \"{SHEET}\", as in the template.");
    }
}

/// One row as an input; none where its name, its group or a figure is not
/// there.
fn one(row: &Row<'_>, known: Known<'_>, findings: &mut Vec<Finding>) -> Option<CaseInput> {
    let asked = figures::asked_of(row, known.inputs, findings)?;
    let group = group(row, known.groups, findings);
    let range = figures::range(row, &asked, findings);
    let price_year = figures::price_year(row, findings);
    let dated = figures::day(row, Field::Date, findings);
    let good_until = figures::day(row, Field::GoodUntil, findings);
    let grade = figures::grade(row, findings);
    let range = range?;
    let own = CaseInput {
        slug: asked.slug,
        group: group.ok()?,
        low: range.low,
        central: range.central,
        high: range.high,
        price_year,
        source: row.text(Field::Source),
        dated,
        good_until,
        grade,
        note: row.text(Field::Note),
        set_by: SetBy::Workbook,
    };
    Some(against_known(row, own, (known, findings)))
}

/// The group of a row, where it names one; an error where there is no such
/// group.
fn group(
    row: &Row<'_>,
    groups: &[String],
    findings: &mut Vec<Finding>,
) -> Result<Option<String>, ()> {
    let Some(written) = row.text(Field::Group) else {
        return Ok(None);
    };
    let named: Vec<&str> = groups
        .iter()
        .map(String::as_str)
        .filter(|g| !g.is_empty())
        .collect();
    if let Some(group) = named.iter().find(|g| g.eq_ignore_ascii_case(&written)) {
        return Ok(Some((*group).to_owned()));
    }
    let near = nearest(&written, named.iter().copied());
    let remedy = match (near, named.as_slice()) {
        (Some(near), _) => format!("If \"{near}\" is meant, write that."),
        (None, []) => "Leave the staff group empty: the study prices all staff as one.".to_owned(),
        (None, _) => format!("Write one of these, or nothing: {}.", named.join("; ")),
    };
    findings.push(row.wrong(
        Field::Group,
        "case-group",
        "The study has no staff group of this name.",
        &remedy,
    ));
    Err(())
}

/// Whose a row is: as it was known where nothing was changed, else the
/// reader's own. A figure of their own has not the source of the one that
/// came with the program.
fn against_known(
    row: &Row<'_>,
    own: CaseInput,
    (known, findings): (Known<'_>, &mut Vec<Finding>),
) -> CaseInput {
    let inputs = known.inputs.iter().filter(|input| is_asked(input));
    let mut same = inputs.filter(|i| i.slug == own.slug && i.group == own.group);
    let Some(input) = same.next() else {
        return own;
    };
    let from = &input.provenance;
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
    let as_known = near(own.low, input.range.low)
        && near(own.central, input.range.central)
        && near(own.high, input.range.high);
    if as_known && tidy(&own.source) == tidy(&from.source) {
        // To the last digit, which a copy as CSV may not have.
        return CaseInput {
            low: input.range.low,
            central: input.range.central,
            high: input.range.high,
            set_by: if tidy(&own.note) == tidy(&from.note)
                && own.grade == from.grade
                && own.dated == from.dated
                && own.good_until == from.good_until
                && own.price_year == from.price_year
            {
                from.set_by
            } else {
                SetBy::Workbook
            },
            ..own
        };
    }
    let shipped = from.set_by == SetBy::Shipped && from.source.is_some();
    if shipped && tidy(&own.source) == tidy(&from.source) {
        findings.push(Finding {
            severity: Severity::Warning,
            ..row.wrong(
                Field::Source,
                "case-own-figure",
                "The figures of this row are your own, but the source is still that of the figures \
                 that came with staywise; they are taken as figures without a source.",
                "Write where your figures come from, with its date and its grade; or make the \
                 template anew if you changed nothing.",
            )
        });
        return CaseInput {
            source: None,
            dated: own.dated.filter(|day| Some(*day) != from.dated),
            good_until: own.good_until.filter(|day| Some(*day) != from.good_until),
            grade: own.grade.filter(|grade| Some(*grade) != from.grade),
            note: own
                .note
                .filter(|_| tidy(&row.text(Field::Note)) != tidy(&from.note)),
            ..own
        };
    }
    own
}

/// A text without what spreadsheets change in it.
fn tidy(text: &Option<String>) -> Option<String> {
    let words = text.as_deref()?.split_whitespace();
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// No more can leave than there are.
fn leavers_among_preceptees(read: &[CaseInput], file: &str, findings: &mut Vec<Finding>) {
    let sum = |slug: &str| {
        let rows = read.iter().filter(|input| input.slug == slug);
        let numbers: Vec<f64> = rows.map(|input| input.central).collect();
        (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>())
    };
    let (leavers, people) = (
        sum(crate::export::case_template::LEAVERS),
        sum(crate::export::case_template::PRECEPTEES),
    );
    if let (Some(leavers), Some(people)) = (leavers, people)
        && leavers > people
    {
        findings.push(Finding {
            rule: "case-leavers",
            severity: Severity::Error,
            origin: Origin::file(file),
            message: "More left within twelve months than there are preceptees a year.".to_owned(),
            remedy: "Count those who left of those who began in one year.".to_owned(),
            count: 1,
            private_value: None,
        });
    }
}
