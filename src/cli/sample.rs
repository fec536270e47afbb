//! The made-up study: written to any size, and the demonstration on it.

use super::arguments::Synth;
use super::folder::{command_on, open};
use super::init::write_proposal;
use super::report::{Asked, make};
use super::say::{Talk, Voice};
use super::{Ended, Failed};
use crate::files;
use crate::study;
use crate::synth::{self, Size};
use std::path::Path;

/// What the sample study declares beforehand.
const DECLARED: &str = r#"
[[comparison]]
name = "programme"
dimension = "programme"
compare = "On programme"
against = "Not on programme"
covariates = ["staff_group", "site", "ethnic_minority", "sex"]
declared_on = 2025-06-01
primary = true

[programme]
months = 12

# A business case. These amounts are made up; yours have sources of your own.
[case]
preceptees = 120
declared_on = 2026-04-01

[case.input.usual_share]
low = 0.4
central = 0.6
high = 0.8
source = "Made up for the sample: what the induction policy gives everybody"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"

[case.input.backfill_share]
low = 0.1
central = 0.25
high = 0.4
source = "Made up for the sample: released hours that were filled, 2025-26"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"

[case.input.cover_rate]
low = 27
central = 33
high = 48
price_year = "2026-27"
source = "Made up for the sample: temporary staffing, all shifts of 2025-26"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"
"#;

/// Refuses a folder that holds anything, so that nothing is overwritten.
fn write_study(dir: &Path, size: &Size, seed: u64) -> Result<(), Failed> {
    if files::holds_anything(dir) {
        let failed = Failed::new(
            "The folder is not empty.",
            "Name a new folder, so that nothing of yours is overwritten.",
        );
        return Err(failed.at(dir));
    }
    let files = synth::make(size, seed).map_err(|e| {
        Failed::new(
            &format!("The sample could not be made: {e}."),
            "Ask for another size with --staff and --responses.",
        )
    })?;
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
        "Everything in it is made up. Next: {}",
        talk.look.bold(&command_on(&synth.dir, "init"))
    ));
    Ok(Ended::Done)
}

pub(super) fn demo(dir: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = dir.unwrap_or(Path::new("staywise-demo"));
    let quiet = Talk::new(Voice::Quiet);
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
        let file = dir.join(study::FILE);
        let text = files::read_text(&file)?.unwrap_or_default() + DECLARED;
        files::write(&file, text.as_bytes())?;
    }
    let Some(folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    let Some(finished) = make(&folder, Asked::default(), talk)? else {
        return Ok(Ended::Mend);
    };
    for path in &finished.reports {
        talk.data(&path.display().to_string());
    }
    finished.say(&folder, talk);
    talk.line(&format!(
        "  {}\n      what was read, and what was set aside\n  {}\n      your own files\n\n\
         Everything in the sample is made up.",
        talk.look.bold(&command_on(dir, "check")),
        talk.look.bold("staywise init YOUR-FOLDER"),
    ));
    Ok(Ended::Done)
}
