//! Opening the study folder that a command is about, and the commands that a
//! person is told to type next.

use super::Failed;
use super::say::Talk;
use super::study_folder::StudyFolder;
use crate::pipeline::{Pictures, Run};
use staywise_core::domain::Day;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// A key that is forgotten at once, for commands that keep nothing.
pub(super) const PASSING_KEY: &[u8] = b"a key for commands that keep nothing";

/// The folder of a command: its own argument, -C, or the current one.
pub(super) fn folder_of<'a>(dir: Option<&'a Path>, study: Option<&'a Path>) -> &'a Path {
    dir.or(study).unwrap_or(Path::new("."))
}

/// Opens a study folder with data, or says what must be mended in it.
pub(super) fn open(path: &Path, talk: &Talk) -> Result<Option<StudyFolder>, Failed> {
    Ok(open_any(path, talk)?.filter(|folder| folder.has_data(talk)))
}

/// Opens a study folder, with data or without.
pub(super) fn open_any(path: &Path, talk: &Talk) -> Result<Option<StudyFolder>, Failed> {
    match StudyFolder::open(path)? {
        Ok(folder) => Ok(Some(folder)),
        Err(wrong) => {
            talk.findings(&wrong);
            talk.failed(&Failed::new(
                "The study's own files must be mended first. Nothing was written.",
                "Mend what is said above, and type the command again.",
            ));
            Ok(None)
        }
    }
}

/// A run on a folder, with nothing but the defaults asked for.
pub(super) fn run_of<'a>(folder: &'a StudyFolder, key: &'a [u8], talk: &'a Talk) -> Run<'a> {
    Run {
        library: &folder.library,
        study: &folder.study,
        key,
        catalogue: &folder.catalogue,
        reports: &folder.reports,
        period: folder.study.period.as_deref(),
        pictures: Pictures::Svg,
        since: None,
        before: None,
        today: today(),
        progress: talk,
    }
}

/// The day of the run, by universal time.
fn today() -> Day {
    const SECONDS_A_DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / SECONDS_A_DAY);
    Day(i32::try_from(days).unwrap_or(0))
}

/// A command on a study with `-C`, as it is typed: `staywise -C demo report`.
pub(super) fn command(dir: &Path, rest: &str) -> String {
    match typed(dir) {
        None => format!("staywise {rest}"),
        Some(dir) => format!("staywise -C {dir} {rest}"),
    }
}

/// A command that takes the folder as its last argument: `staywise check demo`.
pub(super) fn command_on(dir: &Path, name: &str) -> String {
    match typed(dir) {
        None => format!("staywise {name}"),
        Some(dir) => format!("staywise {name} {dir}"),
    }
}

/// A folder as it is typed; nothing for the current one.
fn typed(dir: &Path) -> Option<String> {
    let text = dir.display().to_string();
    match text.as_str() {
        "." | "./" | "" => None,
        _ if text.contains(char::is_whitespace) => Some(format!("\"{text}\"")),
        _ => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{command, command_on};
    use std::path::Path;

    #[test]
    fn commands_can_be_copied_as_they_stand() {
        assert_eq!(command(Path::new("."), "report"), "staywise report");
        assert_eq!(
            command(Path::new("a b"), "report"),
            "staywise -C \"a b\" report"
        );
        assert_eq!(
            command_on(Path::new("demo"), "check"),
            "staywise check demo"
        );
    }
}
