//! `check`: reads, validates and links; says what was found, where, and what
//! to do.

use super::arguments::Check;
use super::folder::{PASSING_KEY, command, command_on, folder_of, open, run_of};
use super::say::Talk;
use super::summary::Summary;
use super::{Ended, Failed};
use crate::files;
use crate::pipeline::{self, Gathered};
use crate::study;
use std::path::{Path, PathBuf};

pub(super) fn check(check: &Check, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(check.dir.as_deref(), study);
    let Some(folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    if !folder.has_file {
        talk.line(&format!(
            "There is no {}: files are read as recognised. {} writes one.",
            study::FILE,
            talk.look.bold(&command_on(dir, "init"))
        ));
    }
    let run = run_of(&folder, PASSING_KEY, talk);
    let gathered = pipeline::gather(&run);
    let page = leave(dir, &folder.study.name, &gathered)?;
    if check.json {
        talk.data(&pipeline::check_json(&gathered));
        return Ok(ended(&gathered));
    }
    for (name, why) in &folder.left_alone {
        talk.line(&format!("left alone: {name} ({why})"));
    }
    talk.findings(&gathered.findings);
    let mut summary = Summary::of(&gathered, folder.left_alone.len());
    summary.survey_files(&gathered);
    let as_at = gathered.linked.as_at;
    talk.line("");
    talk.data(&format!("{}, as at {as_at}", folder.study.name));
    summary.add("All of it", page.display().to_string());
    talk.data(&summary.written(talk.data_look));
    let ended = verdict(&gathered, talk);
    if ended == Ended::Done {
        let next = talk.look.bold(&command(dir, "report"));
        talk.line(&format!("\nThe data can be used. Next: {next}"));
    }
    Ok(ended)
}

/// Writes every finding into the study's private folder: as a table with the
/// values, and as a page, whose place it gives.
fn leave(dir: &Path, study: &str, gathered: &Gathered) -> Result<PathBuf, Failed> {
    let made = pipeline::check_files(study, gathered).map_err(|e| {
        Failed::new(
            &e.to_string(),
            "Report this: the page of `check` is built in.",
        )
    })?;
    let page = dir.join("private/check.html");
    files::write_private(&dir.join("private/findings.csv"), &made.findings)?;
    files::write_private(&page, made.page.as_bytes())?;
    Ok(page)
}

/// Says what must be mended first, if anything.
pub(super) fn verdict(gathered: &Gathered, talk: &Talk) -> Ended {
    if gathered.must_be_mended() {
        talk.failed(&Failed::new(
            "The data must be mended before figures are made. Nothing was written.",
            "Mend the errors above, and type the command again.",
        ));
    }
    ended(gathered)
}

fn ended(gathered: &Gathered) -> Ended {
    if gathered.must_be_mended() {
        Ended::Mend
    } else {
        Ended::Done
    }
}
