//! `init`: looks at the files, says what was recognised and why, and writes
//! staywise.toml.

use super::arguments::Init;
use super::folder::{PASSING_KEY, command_on, folder_of, open, run_of};
use super::say::Talk;
use super::{Ended, Failed};
use crate::files;
use crate::pipeline::{self, Moved, Moves, Proposed};
use crate::study::{self, Proposal, ProposedSource};
use staywise_core::domain::{Finding, Severity};
use std::path::Path;

/// How the files looked at the last `init`, in the study's private folder.
const SEEN: &str = "private/seen.json";

pub(super) fn init(init: &Init, study: Option<&Path>, talk: &Talk) -> Result<Ended, Failed> {
    let dir = folder_of(init.dir.as_deref(), study);
    let file = dir.join(study::FILE);
    if file.exists() && !init.force {
        return again(dir, &file, talk);
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

/// A line a file: what it was recognised as, and why.
fn say(proposal: &Proposal, talk: &Talk) {
    let look = talk.look;
    for source in &proposal.sources {
        let beside = |other: &&ProposedSource| other.file == source.file;
        let several = proposal.sources.iter().filter(beside).count() > 1;
        let name = match source.sheet.as_ref().filter(|_| several) {
            Some(sheet) => format!("{} > {sheet}", source.file),
            None => source.file.clone(),
        };
        talk.line(&format!(
            "{}: {}; {}",
            look.bold(&name),
            source.holds.in_words(),
            look.dim(&source.reason)
        ));
    }
    for (file, why) in &proposal.left_alone {
        talk.line(&format!(
            "{}: left alone; {}",
            look.bold(file),
            look.dim(why)
        ));
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
    let Some(proposed) = look(dir, name, talk)? else {
        return Ok(None);
    };
    let text = study::write(&proposed.proposal);
    files::write(&dir.join(study::FILE), text.as_bytes())?;
    remember(dir, &proposed)?;
    Ok(Some(proposed.proposal))
}

/// Looks at the files as the study at hand, if any, says.
fn look(dir: &Path, name: &str, talk: &Talk) -> Result<Option<Proposed>, Failed> {
    let Some(folder) = open(dir, talk)? else {
        return Ok(None);
    };
    let run = run_of(&folder, PASSING_KEY, talk);
    let proposed = pipeline::propose(&run, name, &folder.left_alone);
    // What was recognised, and why, is said file by file.
    let worth_saying = |f: &&Finding| f.severity != Severity::Note;
    talk.findings(proposed.findings.iter().filter(worth_saying));
    if proposed.proposal.sources.is_empty() {
        talk.failed(
            &Failed::new(
                "No file could be used, so there is nothing to write.",
                "Mend what is said above, or put the staff list and the survey exports there.",
            )
            .at(dir),
        );
        return Ok(None);
    }
    Ok(Some(proposed))
}

fn remember(dir: &Path, proposed: &Proposed) -> Result<(), Failed> {
    let text = pipeline::write_seen(&proposed.seen);
    files::write_private(&dir.join(SEEN), text.as_bytes())?;
    Ok(())
}

/// On a study that has its file: keeps all that it says, adds what is new,
/// and says what moved.
fn again(dir: &Path, file: &Path, talk: &Talk) -> Result<Ended, Failed> {
    let before = files::read_text(&dir.join(SEEN))?.unwrap_or_default();
    let text = files::read_text(file)?.unwrap_or_default();
    let Ok(known) = study::read(&text) else {
        // Opening the folder says what is wrong with it.
        open(dir, talk)?;
        return Ok(Ended::Mend);
    };
    let Some(proposed) = look(dir, &known.name, talk)? else {
        return Ok(Ended::Mend);
    };
    say(&proposed.proposal, talk);
    let moves = pipeline::moved(&pipeline::read_seen(&before), &proposed.seen);
    let told: Vec<String> = moves.iter().flat_map(told).collect();
    for line in &told {
        talk.line(line);
    }
    match study::more(&known, &proposed.proposal, &told) {
        None => talk.line("Nothing is new: staywise.toml is as it was."),
        Some(more) => {
            files::set_aside(file)?;
            files::write(file, format!("{}\n{more}", text.trim_end()).as_bytes())?;
            talk.line(
                "What is new was added at the end of staywise.toml; the file as it was is \
                 staywise.toml.old.",
            );
        }
    }
    remember(dir, &proposed)?;
    talk.data(&file.display().to_string());
    Ok(Ended::Done)
}

/// What moved in a file, a line each.
fn told(moves: &Moves) -> Vec<String> {
    let place = if moves.place == moves.against {
        format!("{}, since the last time", moves.place)
    } else {
        format!("{}, against {}", moves.place, moves.against)
    };
    let line = |moved: &Moved| format!("{place}: {}.", moved.told());
    moves.moved.iter().map(line).collect()
}

fn folder_name(dir: &Path) -> String {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    full.file_name()
        .map(|n| n.to_string_lossy().replace(['-', '_'], " "))
        .filter(|n| !n.trim().is_empty())
        .unwrap_or_else(|| "Preceptorship study".to_owned())
}
