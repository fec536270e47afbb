//! What a run says of the data: findings about the study's sources and its
//! period, and the JSON of `check`, which the data team's own programs read
//! and which has exact counts.

use super::{FileRead, Gathered, Periods};
use crate::study::{self, Study};
use crate::survey::FileResponses;
use crate::vocabulary::text::fold;
use serde_json::{Map, Value, json};
use staywise_core::domain::{Finding, Origin, Period, Severity};

/// Findings about the study's own list of sources.
pub(super) fn of_sources(study: &Study, names: &[String], files: &[FileRead]) -> Vec<Finding> {
    let mut found = Vec::new();
    // Tables inside an archive have names too.
    let inside = files.iter().map(|file| file.report.file.clone());
    let names: Vec<String> = names.iter().cloned().chain(inside).collect();
    for source in study.unmatched(&names) {
        found.push(Finding {
            rule: "source-without-file",
            // A file that the study counts on; a bare pattern may wait for its first file.
            severity: if source.rule.holds.is_some() {
                Severity::Error
            } else {
                Severity::Warning
            },
            origin: Origin::file(study::FILE),
            message: format!("No file matches files = \"{}\".", source.pattern),
            remedy: "Put the file into the study folder, or take the [[source]] out.".to_owned(),
            count: 1,
            private_value: None,
        });
    }
    found.extend(unmatched_items(study, files));
    if !study.sources.is_empty() {
        for file in files {
            let name = &file.report.file;
            let listed = study.rule_for(name).or(study.rule_for(&file.container));
            if listed.is_none() && !file.tables.is_empty() {
                found.push(Finding {
                    rule: "file-not-listed",
                    severity: Severity::Note,
                    origin: Origin::file(name),
                    message: format!(
                        "No [[source]] of {} names this file; it was read as recognised.",
                        study::FILE
                    ),
                    remedy: "Add a [[source]] for it, or ignore = [\"..\"] under [study]."
                        .to_owned(),
                    count: 1,
                    private_value: None,
                });
            }
        }
    }
    found
}

/// Items of the study whose question no file asks.
fn unmatched_items(study: &Study, files: &[FileRead]) -> Vec<Finding> {
    let columns = || {
        files
            .iter()
            .flat_map(|f| &f.tables)
            .flat_map(|t| &t.columns)
    };
    let asked = |question: &str| {
        let wanted = fold(question);
        columns().any(|c| {
            [c.asks(), &c.header, &c.name]
                .iter()
                .any(|words| fold(words) == wanted)
        })
    };
    let missing = study.items.iter().filter(|item| !asked(&item.question));
    missing
        .map(|item| Finding {
            rule: "item-not-asked",
            severity: Severity::Warning,
            origin: Origin::file(study::FILE),
            message: format!("No file asks the question of [[item]] \"{}\".", item.name),
            remedy: "Copy the question's words from the file, or name its column.".to_owned(),
            count: 1,
            private_value: None,
        })
        .collect()
}

/// Rules to which the study gives a severity and of which nothing was found:
/// one may be mistyped.
pub(super) fn idle_severities(study: &Study, findings: &[Finding]) -> Vec<Finding> {
    let idle = study
        .severities
        .keys()
        .filter(|rule| !findings.iter().any(|f| f.rule == rule.as_str()));
    idle.map(|rule| Finding {
        rule: "severity-of-nothing",
        severity: Severity::Note,
        origin: Origin::file(study::FILE),
        message: format!(
            "Nothing was found by the rule `{rule}`, to which [quality] gives a severity."
        ),
        remedy: "Look at how the rule is written: `staywise check --json` names those that found \
                 something."
            .to_owned(),
        count: 1,
        private_value: None,
    })
    .collect()
}

/// A study of whose files none is one that can be counted.
pub(super) fn nothing_read() -> Finding {
    Finding {
        rule: "nothing-read",
        severity: Severity::Error,
        origin: Origin::file(study::FILE),
        message: "None of the files was recognised, so there is nothing to count.".to_owned(),
        remedy: "Put in the staff list or survey exports, or say under [[source]] what the files \
                 hold."
            .to_owned(),
        count: 1,
        private_value: None,
    }
}

/// Data without any date: nothing can be counted at a time.
pub(super) fn no_as_at() -> Finding {
    Finding {
        rule: "no-as-at-date",
        severity: Severity::Error,
        origin: Origin::file(study::FILE),
        message: "No date was found in the data, so nothing says when they are from.".to_owned(),
        remedy: "Write as_at = 2026-06-30, with your date, under [study].".to_owned(),
        count: 1,
        private_value: None,
    }
}

/// What is to be known of the period reported: that the data end before it
/// does, or that no response falls in it though there are some.
#[must_use]
pub fn of_period(gathered: &Gathered, periods: &Periods) -> Vec<Finding> {
    let (reported, as_at) = (&periods.reported, gathered.linked.as_at);
    let said = |rule, message: String, remedy: String| Finding {
        rule,
        severity: Severity::Warning,
        origin: Origin::default(),
        message,
        remedy,
        count: 1,
        private_value: None,
    };
    let mut found = Vec::new();
    if reported.last() > as_at {
        found.push(said(
            "period-not-ended",
            format!(
                "The data end on {as_at}, before {} does.",
                reported.in_words()
            ),
            "Read its figures as those of part of the period, or report an earlier one.".to_owned(),
        ));
    }
    let answered = &gathered.linked.survey.answered_on;
    if let Some(last) = answered.iter().max()
        && !answered.iter().any(|day| reported.holds(*day))
    {
        let quarter = Period::quarter_of(*last).label;
        found.push(said(
            "no-responses-in-period",
            format!("No response was given in {}.", reported.in_words()),
            format!("The latest were given in {quarter}: staywise report --period {quarter}"),
        ));
    }
    found
}

/// What `check --json` prints.
#[must_use]
pub fn check_json(gathered: &Gathered) -> String {
    let files: Vec<Value> = gathered
        .files
        .iter()
        .map(|file| {
            let responses = gathered
                .responses
                .iter()
                .find(|r| r.file == file.report.file && r.sheet == file.report.sheet);
            file_json(file, responses)
        })
        .collect();
    let findings: Vec<Value> = gathered.findings.iter().map(finding_json).collect();
    let report = &gathered.linked.report;
    let document = json!({
        "as_at": gathered.linked.as_at.iso(),
        "files": files,
        "people": gathered.linked.workforce.people(),
        "spells": gathered.linked.workforce.spells.len(),
        "responses": gathered.linked.survey.responses(),
        "linkage": {
            "responses": report.responses,
            "linked": report.linked,
            "anonymous": report.anonymous,
            "unmatched": report.unmatched,
            "ambiguous": report.ambiguous,
            "repeats": report.repeats,
            "people_without_response": report.people_without_response,
            "key": report.key,
        },
        "counts": gathered.counts.iter().map(|(what, n)| json!({"what": what, "n": n})).collect::<Vec<_>>(),
        "findings": findings,
        "must_be_mended": gathered.must_be_mended(),
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn file_json(file: &FileRead, responses: Option<&FileResponses>) -> Value {
    let report = &file.report;
    let columns: Vec<Value> = report
        .columns
        .iter()
        .map(|c| json!({"name": c.name, "header": c.header, "role": c.role, "type": c.kind}))
        .collect();
    let set_aside: Map<String, Value> = report
        .set_aside
        .iter()
        .map(|(rule, n)| (rule.clone(), json!(n)))
        .collect();
    let mut dropped = Map::new();
    let mut questions = Vec::new();
    if let Some(responses) = responses {
        for (rule, n) in &responses.dropped {
            dropped.insert(rule.clone(), json!(n));
        }
        for question in &responses.questions {
            let options: Vec<Value> = question
                .options
                .iter()
                .map(|(label, n)| json!({"label": label, "n": n}))
                .collect();
            questions.push(json!({
                "name": question.name,
                "text": question.text,
                "type": question.kind.word(),
                "answers": question.answers,
                "options": options,
            }));
        }
    }
    json!({
        "file": report.file,
        "layout": report.layout.map(crate::data::Layout::word),
        "holds": report.holds.map(crate::data::Holds::word),
        "reason": report.reason,
        "sheet": report.sheet,
        "header_row": report.header_row,
        "encoding": report.encoding,
        "delimiter": report.delimiter.map(|c| c.to_string()),
        "rows_read": report.rows_read,
        "set_aside": set_aside,
        "responses": responses.map(|r| r.responses),
        "dropped": dropped,
        "questions": questions,
        "columns": columns,
    })
}

/// A finding as `check --json` has it.
#[must_use]
pub fn finding_json(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule,
        "severity": finding.severity.word(),
        "file": finding.origin.file,
        "sheet": finding.origin.sheet,
        "row": finding.origin.row,
        "column": finding.origin.column,
        "message": finding.message,
        "remedy": finding.remedy,
        "count": finding.count,
    })
}
