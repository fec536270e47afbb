//! `check`: reads, validates and links; says what was found, where, and what
//! to do.

use super::arguments::Check;
use super::folder::{PASSING_KEY, command, command_on, folder_of, open, run_of};
use super::say::Talk;
use super::summary::Summary;
use super::{Ended, Failed};
use crate::pipeline::{self, Gathered};
use crate::study;
use std::path::Path;

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
    talk.data(&summary.written(talk.data_look));
    let ended = verdict(&gathered, talk);
    if ended == Ended::Done {
        let next = talk.look.bold(&command(dir, "report"));
        talk.line(&format!("\nThe data can be used. Next: {next}"));
    }
    Ok(ended)
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
