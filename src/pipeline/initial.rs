//! What `init` proposes: what the files hold, as recognised, and why.

use super::read_in::FileRead;
use super::seen::Seen;
use super::{Run, as_at, leavers, read_in, seen};
use crate::benchmark;
use crate::data::{Holds, ItemAnswers, Role, Table};
use crate::study::{Proposal, ProposedItem, ProposedSource};
use crate::survey;
use crate::vocabulary::{columns, items, text::slug};
use crate::workforce;
use staywise_core::domain::{Day, Finding, Severity};

/// What was proposed, with what was found and how the files look.
pub struct Proposed {
    /// The study.
    pub proposal: Proposal,
    /// Every finding of reading, errors first.
    pub findings: Vec<Finding>,
    /// How each file looks, to be held against the next time.
    pub seen: Vec<Seen>,
}

/// Reads every file and proposes a study. What the study at hand says of its
/// files holds.
#[must_use]
pub fn propose(run: &Run<'_>, name: &str, skipped: &[(String, String)]) -> Proposed {
    run.progress.stage("Reading files");
    let (mut files, mut findings) = read_in::with_labels(read_in::read_in(run));
    let mut as_at = as_at::find(&files);
    let mut left_alone = skipped.to_vec();
    let mut sources = Vec::new();
    for file in &files {
        match source(file) {
            Some(source) => sources.push(source),
            None => left_alone.push((file.report.file.clone(), why_not(file))),
        }
    }
    let mut tables: Vec<Table> = Vec::new();
    for file in &mut files {
        findings.append(&mut file.findings);
        tables.append(&mut file.tables);
    }
    if as_at.is_none() {
        as_at = as_at::beside(&benchmark::build(&tables).0, run.today);
    }
    let day = as_at.as_ref().map_or(Day(i32::MAX / 2), |(day, _)| *day);
    let (survey, responses, _) = survey::build(&tables, &super::survey_rules(run.study), day);
    let (workforce, _) = workforce::build(&tables, &super::workforce_rules(run.study), day);
    if sources.iter().any(|s| s.holds == Holds::Staff) {
        sources.iter_mut().for_each(|s| s.staff_by = None);
    }
    // A date that one list says holds for all: of several the latest counts.
    if sources.iter().all(|s| s.leavers_from.is_none()) {
        for source in sources.iter_mut().filter(|s| s.holds == Holds::Staff) {
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
    Proposed {
        proposal,
        findings,
        seen: seen::look(&files, &responses),
    }
}

/// A file that can be used, with what is doubtful about it.
fn source(file: &FileRead) -> Option<ProposedSource> {
    let table = file.tables.first().filter(|t| t.rows() > 0)?;
    let in_doubt = |f: &&Finding| f.severity != Severity::Note && !f.remedy.is_empty();
    let doubts = file
        .findings
        .iter()
        .filter(in_doubt)
        .map(|f| format!("{} {}", f.message, f.remedy));
    Some(ProposedSource {
        file: file.report.file.clone(),
        container: file.container.clone(),
        holds: table.holds,
        layout: table.layout,
        reason: file.report.reason.clone(),
        sheet: table.sheet.clone(),
        header_row: Some(table.header_row),
        wave: None,
        leavers_from: leavers::said(file),
        rows: file.report.rows_read,
        doubts: doubts.collect(),
        staff_by: staff_by(table),
    })
}

/// The header of the start in a register that tells who left.
fn staff_by(table: &Table) -> Option<String> {
    let meant = |header: &str| columns::recognise_in(Holds::Staff, header);
    let mut all = table.columns.iter();
    let leaves = all.any(|column| meant(&column.header) == Some(Role::LeaveDate));
    let start = table.column(&Role::PreceptorshipStart)?;
    (table.holds == Holds::Register && leaves).then(|| start.header.clone())
}

/// Why a file was left alone.
fn why_not(file: &FileRead) -> String {
    file.findings
        .iter()
        .find(|f| f.severity == Severity::Error || f.rule == "same-file-twice")
        .or_else(|| file.findings.iter().find(|f| f.rule == "layout"))
        .map_or_else(
            || "nothing was read from it".to_owned(),
            |f| f.message.clone(),
        )
}
