//! The made-up study: written to any size, and the demonstration on it.

use super::arguments::Synth;
use super::say::Talk;
use super::work::{make, open, write_proposal};
use super::{Ended, Failed};
use crate::files;
use crate::study;
use crate::synth::{self, Size};
use std::path::Path;

/// Refuses a folder that holds anything, so that nothing is overwritten.
fn write_study(dir: &Path, size: &Size, seed: u64) -> Result<(), Failed> {
    if files::holds_anything(dir) {
        return Err(Failed(format!(
            "{} is not empty; name a new folder, so that nothing of yours is overwritten",
            dir.display()
        )));
    }
    let files = synth::make(size, seed).map_err(|e| Failed(e.to_string()))?;
    for file in files {
        files::write(&files::place(dir, &file.path), &file.bytes)?;
    }
    Ok(())
}

pub(super) fn synth(synth: &Synth, talk: &Talk) -> Result<Ended, Failed> {
    let sample = Size::default();
    let size = Size {
        staff: synth.staff,
        responses: synth.responses.unwrap_or(sample.responses),
    };
    write_study(&synth.dir, &size, synth.seed)?;
    talk.data(&synth.dir.display().to_string());
    talk.line(&format!(
        "Everything in it is made up. Next: staywise init {}",
        synth.dir.display()
    ));
    Ok(Ended::Done)
}

pub(super) fn demo(dir: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = dir.unwrap_or(Path::new("staywise-demo"));
    let quiet = Talk::new(true);
    if dir.join(study::FILE).exists() {
        talk.line(&format!(
            "{} is there already; running it again.",
            dir.display()
        ));
    } else {
        write_study(dir, &Size::default(), synth::SEED)?;
        if write_proposal(dir, "Sample preceptorship study", &quiet)?.is_none() {
            return Ok(Ended::Mend);
        }
    }
    let Some(folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    let Some(reports) = make(&folder, None, None, &quiet)? else {
        return Ok(Ended::Mend);
    };
    for path in &reports {
        talk.data(&path.display().to_string());
    }
    talk.line(&format!(
        "The report opens in any browser, with no network. Everything in it is made up.\n\
         Next: staywise check {0}        what was read, and what was set aside\n      \
         staywise -C {0} report --period 2026-Q1        another quarter\n      \
         staywise init YOUR-FOLDER        your own files",
        dir.display()
    ));
    Ok(Ended::Done)
}
