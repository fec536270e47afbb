//! What a run leaves, as names and bytes: reports, tables, results, charts, the
//! manifest, and private/ for the data team.

use super::told::{asked, funnels};
use super::{Gathered, Made, Run, book, changed, private, published, vacancy};
use crate::data::{Holds, Layout};
use crate::export::{self, ExportError, ManifestFacts};
use crate::report::{self, Facts, FileLine, FindingLine, Quality, ReportError, Source};
use staywise_core::disclosure::{Policy, Released};
use staywise_core::domain::{Finding, Metric, Severity};
use std::fmt::Write;

const VERSION: &str = env!("CARGO_PKG_VERSION");

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
        // No page waits for the rows as files, nor they for one another.
        let (told, (results, linkage)) = rayon::join(
            || Self::told(run, &facts, made),
            || rayon::join(|| results(&made.rows), || private::linkage(gathered)),
        );
        let mut out = told?;
        out.files.extend(results?);
        out.add("data-dictionary.csv", export::data_dictionary());
        out.add(
            "manifest.json",
            export::manifest(&manifest(run, gathered, &facts)),
        );
        out.add(
            "private/findings.csv",
            private::findings(&gathered.findings),
        );
        if let Some(figures) = published::csv(&gathered.benchmarks) {
            out.add("benchmarks.csv", figures);
        }
        if let Some(models) = super::compared::csv(&made.models) {
            out.add("private/models.csv", models);
        }
        out.add("private/linkage.csv", linkage);
        out.add(
            "private/linkage_report.csv",
            private::linkage_report(gathered),
        );
        out.add("private/counts.csv", private_counts(gathered, made));
        out.files.extend(changed::files(run, made));
        Ok(out)
    }

    /// The reports, with the workbook and the charts made from them.
    fn told(run: &Run<'_>, facts: &Facts, made: &Made) -> Result<Self, Vec<ReportError>> {
        let mut out = Self::default();
        let mut wrong = Vec::new();
        let mut documents = Vec::new();
        for (name, text) in run.reports {
            // Asked for by name it says how to make a case.
            let alone = run.reports.len() == 1;
            if name == report::OF_CASE && facts.evidence.case.is_none() && !alone {
                continue;
            }
            let path = format!("reports/{name}.md");
            match report::render(&Source::new(&path, text), &made.rows, facts) {
                Ok(mut document) => {
                    let file = format!("{name}.html");
                    out.reports.push(file.clone());
                    out.add(&file, std::mem::take(&mut document.html).into_bytes());
                    documents.push((name.clone(), document));
                }
                Err(errors) => wrong.extend(errors),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let book = book::book(run, facts, &documents);
        out.add(
            "tables.xlsx",
            exported("tables.xlsx", export::workbook(&book))?,
        );
        let tells_case = documents.iter().any(|(name, _)| name == report::OF_CASE);
        if let Some(case) = facts.evidence.case.as_ref().filter(|_| tells_case) {
            out.add(
                "business-case.xlsx",
                exported("business-case.xlsx", export::case_book(case))?,
            );
        }
        out.files.extend(book::charts(&documents, run.pictures)?);
        Ok(out)
    }
}

/// Every row in the formats that machines read.
fn results(rows: &[Released]) -> Result<Vec<Output>, Vec<ReportError>> {
    let ((csv, parquet), json) = rayon::join(
        || (export::results_csv(rows), export::results_parquet(rows)),
        || export::results_json(rows),
    );
    let mut out = Outputs::default();
    out.add("results.csv", csv);
    out.add("results.json", json);
    out.add("results.parquet", exported("results.parquet", parquet)?);
    Ok(out.files)
}

/// A file's bytes, or why there are none as a mistake of the run.
fn exported(file: &str, made: Result<Vec<u8>, ExportError>) -> Result<Vec<u8>, Vec<ReportError>> {
    made.map_err(|error| {
        vec![ReportError {
            file: file.to_owned(),
            line: None,
            message: error.to_string(),
        }]
    })
}

fn facts(run: &Run<'_>, gathered: &Gathered, made: &Made) -> Facts {
    let policy = Policy::named(&run.study.policy).unwrap_or_else(Policy::nss10);
    let missing = |m: &&Metric| {
        made.unavailable
            .iter()
            .any(|(metric, _)| metric.name == m.name)
    };
    Facts {
        study: run.study.name.clone(),
        as_at: gathered.linked.as_at,
        reported: made.periods.reported.clone(),
        nation: run.study.nation.clone(),
        policy: format!(
            "Figures about fewer than {} people are {}, and so is any figure from which one of \
             those could be worked out (policy {}).",
            policy.threshold(),
            policy.words(),
            policy.name()
        ),
        version: VERSION.to_owned(),
        published: published::told(&gathered.benchmarks, run.study.organisation.as_deref()),
        quality: quality(gathered),
        definitions: run
            .catalogue
            .metrics()
            .filter(|m| !missing(m))
            .cloned()
            .chain(vacancy::made(run, &made.rows))
            .collect(),
        unavailable: [
            &made.unavailable[..],
            &vacancy::unavailable(run, gathered, made),
        ]
        .concat(),
        items: gathered
            .linked
            .survey
            .items
            .iter()
            .map(|answers| asked(&answers.item))
            .collect(),
        funnels: funnels(&made.rows, &made.periods.reported.label, run.reports),
        since: run.since.cloned(),
        dimensions: made
            .dimensions
            .iter()
            .map(|d| d.as_str().to_owned())
            .collect(),
        evidence: made.evidence.clone(),
        draft: true,
    }
}

pub(super) fn quality(gathered: &Gathered) -> Quality {
    let files = gathered
        .files
        .iter()
        .filter(|f| f.report.holds.is_some())
        .map(|file| {
            let responses = gathered
                .responses
                .iter()
                .find(|r| r.file == file.report.file && r.sheet == file.report.sheet);
            let mut set_aside = file.report.set_aside.clone();
            set_aside.extend(responses.map(|r| r.dropped.clone()).unwrap_or_default());
            FileLine {
                file: match &file.report.sheet {
                    Some(sheet) if several(gathered, &file.container) => {
                        format!("{} > {sheet}", file.report.file)
                    }
                    _ => file.report.file.clone(),
                },
                holds: file
                    .report
                    .holds
                    .map(Holds::in_words)
                    .unwrap_or_default()
                    .to_owned(),
                layout: file
                    .report
                    .layout
                    .map(Layout::in_words)
                    .unwrap_or_default()
                    .to_owned(),
                rows: file.report.rows_read,
                used: responses.map_or(file.report.rows_read, |r| r.responses),
                set_aside,
            }
        })
        .collect();
    let report = &gathered.linked.report;
    let surveyed = report.responses > 0;
    let linkable = surveyed && gathered.linked.workforce.people() > 0;
    Quality {
        files,
        responses: surveyed.then_some(report.responses),
        linked: linkable.then_some(report.linked),
        anonymous: surveyed.then_some(report.anonymous),
        unmatched: linkable.then_some(report.unmatched),
        ambiguous: linkable.then_some(report.ambiguous),
        repeats: surveyed.then_some(report.repeats),
        findings: finding_lines(&gathered.findings),
    }
}

/// Whether more than one table of a file was read.
fn several(gathered: &Gathered, container: &str) -> bool {
    let read = |f: &&super::FileRead| f.container == container && f.report.holds.is_some();
    gathered.files.iter().filter(read).count() > 1
}

/// Findings that say that something was set aside or must be looked at.
fn finding_lines(findings: &[Finding]) -> Vec<FindingLine> {
    findings
        .iter()
        .filter(|f| f.severity != Severity::Note)
        .map(|f| FindingLine {
            rule: f.rule.to_owned(),
            severity: f.severity,
            place: f.origin.to_string(),
            message: f.message.clone(),
            count: f.count,
        })
        .collect()
}

fn manifest(run: &Run<'_>, gathered: &Gathered, facts: &Facts) -> ManifestFacts {
    ManifestFacts {
        version: VERSION.to_owned(),
        study: facts.study.clone(),
        as_at: facts.as_at,
        period: facts.reported.clone(),
        policy: run.study.policy.clone(),
        inputs: gathered
            .files
            .iter()
            .filter(|f| f.part == 0)
            .map(|f| (f.report.file.clone(), f.digest.clone()))
            .collect(),
        study_digest: super::digest(run.key, run.study.text.as_bytes()),
        definitions: facts.definitions.clone(),
    }
}

/// What every stage counted in and out, and what was hidden.
fn private_counts(gathered: &Gathered, made: &Made) -> Vec<u8> {
    let mut out = String::from("stage,n\n");
    let mut line = |what: &str, n: u64| {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "\"{}\",{n}", what.replace('"', "\"\""));
    };
    for (what, n) in &gathered.counts {
        line(what, *n);
    }
    for hidden in &made.hidden.metrics {
        line(&format!("{}: cells", hidden.metric), hidden.cells);
        line(
            &format!("{}: hidden, primary", hidden.metric),
            hidden.primary,
        );
        line(
            &format!("{}: hidden, complementary", hidden.metric),
            hidden.complementary,
        );
        line(&format!("{}: totals hidden", hidden.metric), hidden.totals);
    }
    out.into_bytes()
}
