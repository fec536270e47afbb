//! What a run leaves, as names and bytes: reports, results, the manifest, and
//! private/ for the data team.

use super::{Gathered, Made, Run, say};
use crate::export::{self, ManifestFacts};
use crate::report::{self, Facts, FileLine, FindingLine, Quality, ReportError};
use staywise_core::disclosure::Policy;
use staywise_core::domain::{Finding, Metric, Severity};
use std::collections::BTreeMap;

/// One file of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path in the run's folder, with forward slashes.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Everything a run leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outputs {
    /// The files.
    pub files: Vec<Output>,
    /// The reports among them, by file name.
    pub reports: Vec<String>,
}

impl Outputs {
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.push(Output {
            name: name.to_owned(),
            bytes,
        });
    }

    /// Renders and exports.
    ///
    /// # Errors
    /// Every mistake in a report's text, with its place.
    pub fn make(run: &Run<'_>, gathered: &Gathered, made: &Made) -> Result<Self, Vec<ReportError>> {
        run.progress.stage("Writing the report");
        let facts = facts(run, gathered, made);
        let mut out = Self::default();
        let mut wrong = Vec::new();
        for (name, text) in run.reports {
            match report::render(name, text, &made.rows, &facts) {
                Ok(html) => {
                    let file = format!("{name}.html");
                    out.reports.push(file.clone());
                    out.add(&file, html.into_bytes());
                }
                Err(error) => wrong.push(error),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        out.add("results.csv", export::results_csv(&made.rows));
        out.add("results.json", export::results_json(&made.rows));
        out.add("manifest.json", export::manifest(&manifest(run, gathered, made, &facts)));
        out.add("private/findings.csv", say::private_findings(&gathered.findings));
        out.add("private/linkage.csv", say::private_linkage(gathered));
        out.add("private/counts.csv", private_counts(gathered, made));
        Ok(out)
    }
}

fn facts(run: &Run<'_>, gathered: &Gathered, made: &Made) -> Facts {
    let policy = Policy::named(&run.study.policy).unwrap_or_else(Policy::nss10);
    Facts {
        study: run.study.name.clone(),
        as_at: gathered.linked.as_at,
        reported: made.periods.reported.clone(),
        policy: policy.words().to_owned(),
        quality: quality(gathered),
        definitions: definitions(run),
        unavailable: made.tallied.unavailable.clone(),
        draft: true,
    }
}

fn definitions(run: &Run<'_>) -> Vec<Metric> {
    run.catalogue.metrics().cloned().collect()
}

fn quality(gathered: &Gathered) -> Quality {
    let files = gathered
        .files
        .iter()
        .filter(|f| f.report.holds.is_some())
        .map(|file| {
            let responses =
                gathered.responses.iter().find(|r| r.file == file.report.file);
            let mut set_aside = file.report.set_aside.clone();
            set_aside.extend(responses.map(|r| r.dropped.clone()).unwrap_or_default());
            FileLine {
                file: file.report.file.clone(),
                holds: file.report.holds.map(|h| h.word().to_owned()).unwrap_or_default(),
                layout: file.report.layout.map(|l| l.word().to_owned()).unwrap_or_default(),
                rows: file.report.rows_read,
                used: responses.map_or(file.report.rows_read, |r| r.responses),
                set_aside,
            }
        })
        .collect();
    let report = &gathered.linked.report;
    Quality {
        files,
        responses: Some(report.responses),
        linked: Some(report.linked),
        anonymous: Some(report.anonymous),
        unmatched: Some(report.unmatched),
        ambiguous: Some(report.ambiguous),
        repeats: Some(report.repeats),
        findings: finding_lines(&gathered.findings),
    }
}

/// Findings by rule: how many, and where the first is.
fn finding_lines(findings: &[Finding]) -> Vec<FindingLine> {
    let mut lines: Vec<FindingLine> = Vec::new();
    for f in findings.iter().filter(|f| f.severity != Severity::Note) {
        lines.push(FindingLine {
            rule: f.rule.to_owned(),
            severity: f.severity.word().to_owned(),
            place: f.origin.to_string(),
            message: f.message.clone(),
            count: f.count,
        });
    }
    lines
}

fn manifest(run: &Run<'_>, gathered: &Gathered, made: &Made, facts: &Facts) -> ManifestFacts {
    let study = format!("{:?}", (&run.study.items, &run.study.policy, &run.study.pairs));
    let used: BTreeMap<String, String> = made
        .rows
        .iter()
        .map(|row| (row.key().metric.clone(), row.key().definition.clone()))
        .collect();
    ManifestFacts {
        study: facts.study.clone(),
        as_at: facts.as_at,
        reported: facts.reported.clone(),
        policy: run.study.policy.clone(),
        inputs: gathered
            .files
            .iter()
            .map(|f| (f.report.file.clone(), f.digest.clone()))
            .collect(),
        study_digest: super::digest(run.key, study.as_bytes()),
        definitions: used.into_iter().collect(),
        draft: facts.draft,
    }
}

/// What every stage counted in and out, and what was hidden.
fn private_counts(gathered: &Gathered, made: &Made) -> Vec<u8> {
    let mut out = String::from("stage,n\n");
    for (what, n) in &gathered.counts {
        out.push_str(&format!("\"{}\",{n}\n", what.replace('"', "\"\"")));
    }
    out.push_str(&format!("\"cells hidden, primary\",{}\n", made.hidden.primary));
    out.push_str(&format!("\"cells hidden, complementary\",{}\n", made.hidden.complementary));
    out.into_bytes()
}
