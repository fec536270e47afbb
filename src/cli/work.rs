//! What each command does.

use super::arguments::{Check, Init, Metrics, Report};
use super::say::{Talk, few};
use super::study_folder::StudyFolder;
use super::{Ended, Failed};
use crate::files;
use crate::pipeline::{self, Gathered, Outputs, Periods, Run};
use crate::query::Catalogue;
use crate::report::facts::parts;
use crate::study::{self, Proposal};
use staywise_core::domain::{Finding, Severity};
use std::path::{Path, PathBuf};

/// Opens a study folder, or says what must be mended in it.
pub(super) fn open(path: &Path, talk: &Talk) -> Result<Option<StudyFolder>, Failed> {
    match StudyFolder::open(path)? {
        Ok(folder) => Ok(folder.has_data(talk).then_some(folder)),
        Err(wrong) => {
            talk.findings(&wrong);
            talk.error("mend the above and run the command again; nothing was written");
            Ok(None)
        }
    }
}

fn folder_of<'a>(dir: Option<&'a Path>, study: Option<&'a Path>) -> &'a Path {
    dir.or(study).unwrap_or(Path::new("."))
}

/// A key that is forgotten at once, for commands that keep nothing.
const PASSING_KEY: &[u8] = b"a key for commands that keep nothing";

fn run_of<'a>(folder: &'a StudyFolder, key: &'a [u8], talk: &'a Talk) -> Run<'a> {
    Run {
        library: &folder.library,
        study: &folder.study,
        key,
        catalogue: &folder.catalogue,
        reports: &folder.reports,
        period: folder.study.period.as_deref(),
        progress: talk,
    }
}

pub(super) fn init(init: &Init, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(init.dir.as_deref(), study);
    let file = dir.join(study::FILE);
    if file.exists() && !init.force {
        talk.error(&format!(
            "{} is there already; change it by hand, or write a new one with --force",
            file.display()
        ));
        return Ok(Ended::Mend);
    }
    if file.exists() {
        files::set_aside(&file)?;
    }
    let name = init.name.clone().unwrap_or_else(|| folder_name(dir));
    let Some(proposal) = write_proposal(dir, &name, talk)? else {
        return Ok(Ended::Mend);
    };
    for source in &proposal.sources {
        talk.line(&format!(
            "{}: {} ({})",
            source.file,
            source.holds.in_words(),
            source.reason
        ));
    }
    if let Some((day, why)) = &proposal.as_at {
        talk.line(&format!("As at {day}, from {why}."));
    }
    talk.data(&file.display().to_string());
    talk.line(&format!(
        "Read it, then run: staywise check {}",
        dir.display()
    ));
    Ok(Ended::Done)
}

/// Looks at the files and writes staywise.toml; nothing where none of the
/// files can be used.
pub(super) fn write_proposal(
    dir: &Path,
    name: &str,
    talk: &Talk,
) -> Result<Option<Proposal>, Failed> {
    let Some(folder) = open(dir, talk)? else {
        return Ok(None);
    };
    let run = run_of(&folder, PASSING_KEY, talk);
    let (proposal, findings) = pipeline::propose(&run, name, &folder.left_alone);
    talk.findings(&findings);
    if proposal.sources.is_empty() {
        talk.error("no file could be used, so there is nothing to write; mend the above");
        return Ok(None);
    }
    files::write(&dir.join(study::FILE), study::write(&proposal).as_bytes())?;
    Ok(Some(proposal))
}

fn folder_name(dir: &Path) -> String {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    full.file_name()
        .map(|n| n.to_string_lossy().replace(['-', '_'], " "))
        .filter(|n| !n.trim().is_empty())
        .unwrap_or_else(|| "Preceptorship study".to_owned())
}

pub(super) fn check(check: &Check, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(check.dir.as_deref(), study);
    let Some(folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    if !folder.has_file {
        talk.line(&format!(
            "There is no {}; the files are read as recognised. `staywise init` writes one.",
            study::FILE
        ));
    }
    for (name, why) in &folder.left_alone {
        talk.line(&format!("left alone: {name} ({why})"));
    }
    let run = run_of(&folder, PASSING_KEY, talk);
    let gathered = pipeline::gather(&run);
    if check.json {
        talk.data(&pipeline::check_json(&gathered));
    } else {
        talk.findings(&gathered.findings);
        talk.data(&summary(&gathered));
    }
    Ok(verdict(&gathered, talk))
}

fn verdict(gathered: &Gathered, talk: &Talk) -> Ended {
    if gathered.must_be_mended() {
        talk.error("the data must be mended before figures are made (errors above)");
        Ended::Mend
    } else {
        Ended::Done
    }
}

/// What was read, in a few lines.
fn summary(gathered: &Gathered) -> String {
    let report = &gathered.linked.report;
    let mut lines = vec![format!(
        "As at {}: {} people, {} responses.",
        gathered.linked.as_at,
        few(u64::try_from(gathered.linked.workforce.people()).unwrap_or(0)),
        few(report.responses)
    )];
    if report.responses > 0 {
        let (_, counts) = parts(
            report.responses,
            &[
                report.linked,
                report.anonymous,
                report.unmatched,
                report.ambiguous,
            ],
        );
        if let [linked, anonymous, unmatched, ambiguous] = counts.as_slice() {
            lines.push(format!(
                "Linked {linked}; anonymous {anonymous}; not in the staff list {unmatched}; an \
                 identifier of several people {ambiguous}."
            ));
        }
    }
    for file in &gathered.responses {
        let dropped: Vec<String> = file
            .dropped
            .iter()
            .map(|(rule, n)| format!("{rule} {}", few(*n)))
            .collect();
        let dropped = if dropped.is_empty() {
            "none dropped".to_owned()
        } else {
            format!("dropped: {}", dropped.join(", "))
        };
        lines.push(format!(
            "{}: {} responses, {dropped}.",
            file.file,
            few(file.responses)
        ));
    }
    lines.join("\n")
}

pub(super) fn report(report: &Report, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let Some(mut folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    if report.list {
        for (name, _) in &folder.reports {
            talk.data(name);
        }
        return Ok(Ended::Done);
    }
    let known: Vec<String> = folder.reports.iter().map(|(n, _)| n.clone()).collect();
    if let Some(name) = report.names.iter().find(|n| !known.contains(n)) {
        return Err(Failed(format!(
            "there is no report `{name}`; reports: {}",
            known.join(", ")
        )));
    }
    if !report.names.is_empty() {
        folder.reports.retain(|(n, _)| report.names.contains(n));
    }
    let made = make(
        &folder,
        report.period.as_deref(),
        report.out.as_deref(),
        talk,
    )?;
    let Some(made) = made else {
        return Ok(Ended::Mend);
    };
    for path in &made {
        talk.data(&path.display().to_string());
    }
    Ok(Ended::Done)
}

/// Makes a run and puts it in place: the paths of its reports, or nothing
/// where the data must be mended.
pub(super) fn make(
    folder: &StudyFolder,
    period: Option<&str>,
    out: Option<&Path>,
    talk: &Talk,
) -> Result<Option<Vec<PathBuf>>, Failed> {
    let mistakes = pipeline::plan(&folder.catalogue, &folder.reports);
    if !mistakes.is_empty() {
        for mistake in &mistakes {
            talk.error(&mistake.to_string());
        }
        return Ok(None);
    }
    let key = files::key(&folder.path)?;
    let run = Run {
        period: period.or(folder.study.period.as_deref()),
        ..run_of(folder, &key, talk)
    };
    let mut gathered = pipeline::gather(&run);
    if gathered.must_be_mended() {
        talk.findings(&gathered.findings);
        return Ok(Some(Vec::new()).filter(|_| verdict(&gathered, talk) == Ended::Done));
    }
    let periods = Periods::choose(run.period, &gathered.linked)
        .map_err(|unknown| Failed(unknown.to_string()))?;
    if periods.reported.start > gathered.linked.as_at {
        return Err(Failed(format!(
            "the data end on {}, before {} begins; ask for an earlier period",
            gathered.linked.as_at,
            periods.reported.in_words()
        )));
    }
    gathered
        .findings
        .extend(pipeline::of_period(&gathered, &periods));
    let label = periods.reported.label.clone();
    let made = pipeline::make(&run, &gathered, periods);
    let wrong = |f: &&Finding| f.severity == Severity::Error;
    if made.findings.iter().any(|f| wrong(&f)) {
        talk.findings(&made.findings);
        talk.error("mend the metrics above; nothing was written");
        return Ok(None);
    }
    gathered.findings.extend(made.findings.iter().cloned());
    let outputs = Outputs::make(&run, &gathered, &made).map_err(|wrong| {
        let all: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        Failed(all.join("\n"))
    })?;
    let target = out.map_or_else(|| folder.path.join("out").join(&label), Path::to_path_buf);
    let reports = outputs.reports.clone();
    let mut written: Vec<(String, Vec<u8>)> = outputs
        .files
        .into_iter()
        .map(|f| (f.name, f.bytes))
        .collect();
    written.push((
        "private/timings.json".to_owned(),
        talk.timings().into_bytes(),
    ));
    files::publish(&folder.path, &target, &written)?;
    talk.findings(&errors_and_warnings(&gathered.findings));
    talk.line(&summary(&gathered));
    Ok(Some(reports.iter().map(|r| target.join(r)).collect()))
}

fn errors_and_warnings(findings: &[Finding]) -> Vec<Finding> {
    findings
        .iter()
        .filter(|f| f.severity != Severity::Note)
        .cloned()
        .collect()
}

pub(super) fn metrics(
    metrics: &Metrics,
    study: Option<&Path>,
    talk: &Talk,
) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let own = files::own_texts(&dir.join("queries"), "sql")?;
    let (catalogue, wrong) = Catalogue::with_user(&own);
    talk.findings(&wrong);
    match &metrics.name {
        Some(name) => match catalogue.get(name) {
            Some(query) => talk.data(query.text.trim_end()),
            None => {
                let near = catalogue
                    .nearest(name)
                    .map_or_else(String::new, |n| format!("; did you mean `{n}`?"));
                return Err(Failed(format!("there is no metric `{name}`{near}")));
            }
        },
        None if metrics.json => talk.data(&catalogue_json(&catalogue)),
        None => {
            for metric in catalogue.metrics() {
                talk.data(&format!(
                    "{:<24} {:<13} {}",
                    metric.name,
                    metric.kind.word(),
                    metric.label
                ));
            }
        }
    }
    Ok(if wrong.is_empty() {
        Ended::Done
    } else {
        Ended::Mend
    })
}

fn catalogue_json(catalogue: &Catalogue) -> String {
    let list: Vec<serde_json::Value> = catalogue
        .metrics()
        .map(|m| {
            serde_json::json!({
                "name": m.name, "label": m.label, "kind": m.kind.word(),
                "grain": m.grain.word(), "additive": m.additive, "good": m.good.word(),
                "definition_id": m.definition_id, "definition": m.definition,
                "exclusions": m.exclusions, "source": m.source, "unit": m.unit.word(),
            })
        })
        .collect();
    serde_json::to_string_pretty(&list).unwrap_or_default()
}
