//! `report`: makes a run, puts it in place, and says what is in it.

use super::arguments::Report;
use super::check::verdict;
use super::compare::before;
use super::figures::{any_shown, figures, headlines};
use super::folder::{command, folder_of, open, run_of};
use super::say::Talk;
use super::study_folder::StudyFolder;
use super::summary::{Summary, by_severity, statuses};
use super::{Ended, Failed};
use crate::files;
use crate::pipeline::{self, Gathered, Made, Outputs, Periods, Pictures, Run};
use crate::report::{ReportError, words};
use serde_json::{Value, json};
use staywise_core::domain::{Finding, Period, Severity, Status};
use std::path::{Path, PathBuf};

/// What is asked of a run beside the study's own settings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    pub(super) period: Option<&'a str>,
    pub(super) out: Option<&'a Path>,
    pub(super) pictures: Pictures,
    /// The run that the reports say what moved since.
    pub(super) since: Option<&'a str>,
}

/// A run that was made and put in place.
pub(super) struct Finished {
    /// Its folder.
    pub(super) target: PathBuf,
    /// Its reports, with their folder.
    pub(super) reports: Vec<PathBuf>,
    /// Every file in it, by its path in the folder.
    names: Vec<String>,
    gathered: Gathered,
    made: Made,
    /// What was found about the period reported, as it stands in the findings.
    of_period: Vec<Finding>,
}

pub(super) fn report(report: &Report, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let Some(mut folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    let known: Vec<String> = folder.reports.iter().map(|(n, _)| n.clone()).collect();
    if report.list {
        list(&known, report.json, talk);
        return Ok(Ended::Done);
    }
    if let Some(name) = report.names.iter().find(|n| !known.contains(n)) {
        return Err(Failed::new(
            &format!("There is no report `{name}`."),
            &format!(
                "Choose one of these: {}. Or write reports/{name}.md.",
                known.join(", ")
            ),
        ));
    }
    if !report.names.is_empty() {
        folder.reports.retain(|(n, _)| report.names.contains(n));
    }
    let asked = Asked {
        period: report.period.as_deref(),
        out: report.out.as_deref(),
        pictures: if report.png {
            Pictures::SvgAndPng
        } else {
            Pictures::Svg
        },
        since: report.since.as_deref(),
    };
    let Some(finished) = make(&folder, asked, talk)? else {
        return Ok(Ended::Mend);
    };
    if report.json {
        talk.data(&finished.json(&folder));
        return Ok(Ended::Done);
    }
    for path in &finished.reports {
        talk.data(&path.display().to_string());
    }
    talk.findings(&finished.of_period);
    finished.say(&folder, talk);
    Ok(Ended::Done)
}

fn list(known: &[String], json: bool, talk: &Talk) {
    if json {
        talk.data(&json!(known).to_string());
    } else {
        for name in known {
            talk.data(name);
        }
    }
}

/// Makes a run and puts it in place; nothing where the data, a report or a
/// metric must be mended first, which is said.
pub(super) fn make(
    folder: &StudyFolder,
    asked: Asked<'_>,
    talk: &Talk,
) -> Result<Option<Finished>, Failed> {
    let mistakes = pipeline::plan(&folder.catalogue, &folder.reports);
    if !mistakes.is_empty() {
        for mistake in &mistakes {
            talk.failed(&of_report(mistake));
        }
        return Ok(None);
    }
    let earlier = asked
        .since
        .map(|named| {
            let at = files::run_at(&folder.path, named)?;
            Ok::<_, Failed>((before(&at)?, at))
        })
        .transpose()?;
    let key = files::key(&folder.path)?;
    let run = Run {
        period: asked.period.or(folder.study.period.as_deref()),
        pictures: asked.pictures,
        ..run_of(folder, &key, talk)
    };
    let mut gathered = pipeline::gather(&run);
    if gathered.must_be_mended() {
        talk.findings(
            gathered
                .findings
                .iter()
                .filter(|f| f.severity != Severity::Note),
        );
        verdict(&gathered, talk);
        return Ok(None);
    }
    let periods = periods(&run, &gathered)?;
    let since = earlier
        .as_ref()
        .map(|(earlier, at)| {
            pipeline::since(&run, &earlier.run, &periods.reported)
                .map_err(|unlike| Failed::new(&unlike.to_string(), &unlike.remedy()).at(&at.path))
        })
        .transpose()?;
    let run = Run {
        since: since.as_ref(),
        before: earlier.as_ref().map(|(earlier, _)| earlier),
        ..run
    };
    let of_period = pipeline::of_period(&gathered, &periods);
    gathered.findings.extend(of_period.iter().cloned());
    let made = pipeline::make(&run, &gathered, periods);
    if made.findings.iter().any(|f| f.severity == Severity::Error) {
        talk.findings(&made.findings);
        talk.failed(&Failed::new(
            "Metrics must be mended first. Nothing was written.",
            "Mend the files above, and type the command again.",
        ));
        return Ok(None);
    }
    gathered.findings.extend(made.findings.iter().cloned());
    let outputs = match Outputs::make(&run, &gathered, &made) {
        Ok(outputs) => outputs,
        Err(wrong) => {
            for mistake in &wrong {
                talk.failed(&of_report(mistake));
            }
            return Ok(None);
        }
    };
    let label = &made.periods.reported.label;
    let target = asked
        .out
        .map_or_else(|| folder.path.join("out").join(label), Path::to_path_buf);
    let reports = outputs.reports.iter().map(|r| target.join(r)).collect();
    let names = publish(folder, &target, outputs, talk)?;
    Ok(Some(Finished {
        target,
        reports,
        names,
        gathered,
        made,
        of_period,
    }))
}

/// A mistake in a report's text.
fn of_report(mistake: &ReportError) -> Failed {
    let place = match mistake.line {
        Some(line) => format!("{}, line {line}", mistake.file),
        None => mistake.file.clone(),
    };
    let (what, meant) = match mistake.message.split_once("; did you mean ") {
        Some((what, meant)) => (what, format!("Did you mean {meant} ")),
        None => (mistake.message.as_str(), String::new()),
    };
    let remedy = format!(
        "{meant}Mend the line, and type the command again; docs/reports.md has every component."
    );
    Failed::new(what, &remedy).at(Path::new(&place))
}

pub(super) fn periods(run: &Run<'_>, gathered: &Gathered) -> Result<Periods, Failed> {
    let periods = Periods::choose(run.period, &gathered.linked).map_err(|unknown| {
        Failed::new(
            &format!("`{}` is not a period.", unknown.0),
            "Write a quarter (2026-Q2, or 2026-27-Q1 by financial year), a year (2026 or \
             2026-27), or all.",
        )
    })?;
    if periods.reported.start > gathered.linked.as_at {
        return Err(Failed::new(
            &format!(
                "The data end on {}, before {} begins.",
                gathered.linked.as_at,
                periods.reported.in_words()
            ),
            "Ask for an earlier period with --period.",
        ));
    }
    Ok(periods)
}

/// Puts the files in place; their names, in order.
fn publish(
    folder: &StudyFolder,
    target: &Path,
    outputs: Outputs,
    talk: &Talk,
) -> Result<Vec<String>, Failed> {
    let mut written: Vec<(String, Vec<u8>)> = outputs
        .files
        .into_iter()
        .map(|f| (f.name, f.bytes))
        .collect();
    written.push((
        "private/timings.json".to_owned(),
        talk.timings().into_bytes(),
    ));
    files::publish(&folder.path, target, &written)?;
    Ok(written.into_iter().map(|(name, _)| name).collect())
}

impl Finished {
    /// What was read, what is in the run, and what to type next.
    pub(super) fn say(&self, folder: &StudyFolder, talk: &Talk) {
        let reported = &self.made.periods.reported;
        let mut summary = Summary::of(&self.gathered, folder.left_alone.len());
        let (errors, warnings, _) = by_severity(&self.gathered.findings);
        if errors + warnings > 0 {
            let all = self.target.join("private").join("findings.csv");
            summary.add("", format!("all of them: {}", all.display()));
        }
        summary.add("Figures", figures(&self.made.rows, &reported.label));
        for (index, path) in self.reports.iter().enumerate() {
            let heading = if index == 0 { "Report" } else { "" };
            summary.add(heading, path.display().to_string());
        }
        talk.line(&format!(
            "\n{}: {}, as at {}. A draft.\n\n{}",
            folder.study.name,
            reported.in_words(),
            self.gathered.linked.as_at,
            summary.written(talk.look)
        ));
        talk.line(&format!("\n{}", self.next(folder, talk)));
    }

    fn next(&self, folder: &StudyFolder, talk: &Talk) -> String {
        let reported = &self.made.periods.reported;
        let mut lines = Vec::new();
        let mut typed = |rest: String, what: String| {
            lines.push(format!(
                "  {}",
                talk.look.bold(&command(&folder.path, &rest))
            ));
            lines.push(format!("      {what}"));
        };
        if let Some(row) = headlines(&self.made.rows, &reported.label)
            .into_iter()
            .find(|row| row.status() == Status::Shown)
        {
            typed(
                format!("explain {}", row.claim()),
                format!(
                    "what stands behind \"{}: {}\"",
                    row.label(),
                    words::with_interval(row)
                ),
            );
        }
        let before = reported.previous();
        let has_figures = |p: &Period| any_shown(&self.made.rows, &p.label);
        if let Some(before) = before.filter(has_figures) {
            let (now, before) = (&reported.label, before.label);
            if files::is_run(&folder.path.join("out").join(&before)) {
                let what = "the same, with what moved since the period before".to_owned();
                typed(format!("report --period {now} --since {before}"), what);
            } else {
                let what = "the period before".to_owned();
                typed(format!("report --period {before}"), what);
            }
        }
        if lines.is_empty() {
            return "Open the report in any browser.".to_owned();
        }
        lines.insert(
            0,
            "Open the report in any browser. Then, for instance:".to_owned(),
        );
        lines.join("\n")
    }

    /// What `report --json` prints: paths, counts of files, findings and rows,
    /// and the claims of what the reports open with. No count of people.
    fn json(&self, folder: &StudyFolder) -> String {
        let reported = &self.made.periods.reported;
        let path = |path: &PathBuf| path.display().to_string();
        let (errors, warnings, notes) = by_severity(&self.gathered.findings);
        let rows: serde_json::Map<String, Value> = statuses(self.made.rows.iter())
            .iter()
            .map(|(status, n)| (status.code().to_owned(), json!(n)))
            .collect();
        let headlines: Vec<Value> = headlines(&self.made.rows, &reported.label)
            .into_iter()
            .map(|row| {
                json!({
                    "metric": row.key().metric, "label": row.label(), "claim": row.claim(),
                    "status": row.status().code(), "reason": row.reason(),
                    "estimate": digits(row.estimate()), "lower": digits(row.lower()),
                    "upper": digits(row.upper()),
                    "unit": row.unit().word(),
                })
            })
            .collect();
        let everything = reported.label == "all";
        let document = json!({
            "study": folder.study.name,
            "as_at": self.gathered.linked.as_at.iso(),
            "period": {
                "label": reported.label,
                "first_day": (!everything).then(|| reported.start.iso()),
                "last_day": reported.last().iso(),
            },
            "draft": true,
            "run": path(&self.target),
            "reports": self.reports.iter().map(path).collect::<Vec<String>>(),
            "files": self.names,
            "files_read": self.gathered.files.iter().filter(|f| f.report.holds.is_some()).count(),
            "findings": {"errors": errors, "warnings": warnings, "notes": notes},
            "rows": rows,
            "unavailable": self.made.unavailable.iter()
                .map(|(metric, why)| json!({"metric": metric.name, "reason": why}))
                .collect::<Vec<Value>>(),
            "headlines": headlines,
        });
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }
}

/// A number at the 12 significant digits of results.csv.
fn digits(value: Option<f64>) -> Option<f64> {
    value.and_then(|value| format!("{value:.11e}").parse().ok())
}
