//! What `init` proposes: what the files hold, as recognised, and why.

use super::{Run, as_at, leavers, read_in};
use crate::data::{Holds, ItemAnswers, Table};
use crate::study::{Proposal, ProposedItem, ProposedSource};
use crate::survey;
use crate::vocabulary::{items, text::slug};
use crate::workforce;
use staywise_core::domain::{Day, Finding, Severity};

/// Reads every file and proposes a study; with every finding of reading.
#[must_use]
pub fn propose(
    run: &Run<'_>,
    name: &str,
    skipped: &[(String, String)],
) -> (Proposal, Vec<Finding>) {
    run.progress.stage("Reading files");
    let files = read_in::read_in(run);
    let as_at = as_at::find(&files);
    let mut left_alone = skipped.to_vec();
    let mut sources = Vec::new();
    let mut findings = Vec::new();
    let mut tables: Vec<Table> = Vec::new();
    for file in files {
        if let Some(table) = file.tables.first().filter(|t| t.rows() > 0) {
            sources.push(ProposedSource {
                file: file.report.file.clone(),
                holds: table.holds,
                layout: table.layout,
                reason: file.report.reason.clone(),
                sheet: table.sheet.clone(),
                header_row: Some(table.header_row),
                wave: None,
                leavers_from: leavers::said(&file),
                rows: file.report.rows_read,
            });
        } else {
            let why = file
                .findings
                .iter()
                .find(|f| f.severity == Severity::Error || f.rule == "same-file-twice")
                .map_or_else(
                    || "nothing was read from it".to_owned(),
                    |f| f.message.clone(),
                );
            left_alone.push((file.report.file.clone(), why));
        }
        findings.extend(file.findings);
        tables.extend(file.tables);
    }
    let day = as_at.as_ref().map_or(Day(i32::MAX / 2), |(day, _)| *day);
    let (survey, _, _) = survey::build(&tables, &super::survey_rules(run.study), day);
    let (workforce, _) = workforce::build(&tables, &super::workforce_rules(run.study), day);
    for source in sources.iter_mut().filter(|s| s.holds == Holds::Staff) {
        if source.leavers_from.is_none() {
            source.leavers_from = leavers::shown(&workforce);
        }
    }
    let proposed = |answers: &ItemAnswers| ProposedItem {
        name: slug(&answers.item.name),
        question: answers.item.text.clone(),
        scale: answers.item.scale.name.clone(),
        reversed: answers.item.reversed,
    };
    let (known, others): (Vec<&ItemAnswers>, Vec<&ItemAnswers>) = survey
        .items
        .iter()
        .partition(|answers| items::label(&answers.item.name).is_some());
    findings.sort_by(|a, b| (a.severity, &a.origin, a.rule).cmp(&(b.severity, &b.origin, b.rule)));
    let proposal = Proposal {
        name: name.to_owned(),
        as_at,
        sources,
        items: known.into_iter().map(proposed).collect(),
        unrecognised: others.into_iter().map(proposed).collect(),
        left_alone,
    };
    (proposal, findings)
}
