//! `init`: looks at the files, says what was recognised and why, and writes
//! staywise.toml.

use super::arguments::Init;
use super::folder::{PASSING_KEY, command_on, folder_of, open, run_of};
use super::say::Talk;
use super::{Ended, Failed};
use crate::files;
use crate::pipeline;
use crate::study::{self, Proposal};
use staywise_core::domain::Severity;
use std::path::Path;

pub(super) fn init(init: &Init, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(init.dir.as_deref(), study);
    let file = dir.join(study::FILE);
    if file.exists() && !init.force {
        let failed = Failed::new(
            "The study has its file already.",
            "Change it by hand, or write a new one with --force: the old one is kept as \
             staywise.toml.old.",
        );
        talk.failed(&failed.at(&file));
        return Ok(Ended::Mend);
    }
    if file.exists() {
        files::set_aside(&file)?;
    }
    let name = init.name.clone().unwrap_or_else(|| folder_name(dir));
    let Some(proposal) = write_proposal(dir, &name, talk)? else {
        return Ok(Ended::Mend);
    };
    say(&proposal, talk);
    talk.data(&file.display().to_string());
    talk.line(&format!(
        "\nRead it, change what is wrong, and then type: {}",
        talk.look.bold(&command_on(dir, "check"))
    ));
    Ok(Ended::Done)
}

/// What each file was recognised as, and why.
fn say(proposal: &Proposal, talk: &Talk) {
    let look = talk.look;
    for source in &proposal.sources {
        let name = look.bold(&source.file);
        talk.line(&format!("{name}: {}", source.holds.in_words()));
        talk.line(&format!("  {}", look.dim(&source.reason)));
    }
    for (file, why) in &proposal.left_alone {
        talk.line(&format!("{}: left alone", look.bold(file)));
        talk.line(&format!("  {}", look.dim(why)));
    }
    match &proposal.as_at {
        Some((day, why)) => talk.line(&format!("As at {day}, from {why}.")),
        None => talk.line("No date was found in the data: write as_at into the file."),
    }
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
    // What was recognised, and why, is said file by file.
    talk.findings(findings.iter().filter(|f| f.severity != Severity::Note));
    if proposal.sources.is_empty() {
        talk.failed(
            &Failed::new(
                "No file could be used, so there is nothing to write.",
                "Mend what is said above, or put the staff list and the survey exports there.",
            )
            .at(dir),
        );
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
