//! `staywise` without a command: what to type first, as the folder is.

use super::Ended;
use super::folder::{command, command_on, folder_of};
use super::say::Talk;
use crate::files;
use crate::study;
use std::path::Path;

/// Says what to type first.
pub(super) fn start(study: Option<&Path>, talk: &Talk) -> Ended {
    let dir = folder_of(None, study);
    let has_file = dir.join(study::FILE).is_file();
    let has_data = files::scan(dir).is_ok_and(|folder| !folder.data.is_empty());
    let (here, first, others) = match (has_file, has_data) {
        (true, _) => (
            "This folder is a study.",
            (command(dir, "report"), "makes its reports"),
            [(command_on(dir, "check"), "says what must be mended first")],
        ),
        (false, true) => (
            "This folder has spreadsheets or CSV files.",
            (
                command_on(dir, "init"),
                "looks at them and writes staywise.toml",
            ),
            [(
                "staywise demo".to_owned(),
                "makes a sample study and its report",
            )],
        ),
        (false, false) => (
            "This folder has no spreadsheet or CSV file.",
            (
                "staywise demo".to_owned(),
                "makes a sample study and its report",
            ),
            [(
                "staywise init my-study".to_owned(),
                "looks at the files of a folder of yours",
            )],
        ),
    };
    let look = talk.data_look;
    let help = ("staywise --help".to_owned(), "has every command");
    let all: Vec<(String, &str)> = [first].into_iter().chain(others).chain([help]).collect();
    let width = all
        .iter()
        .map(|(c, _)| c.chars().count())
        .max()
        .unwrap_or(0);
    talk.data(&format!(
        "staywise turns preceptorship surveys and staff lists into evidence people can act on.\n\
         \n{here} Type:\n"
    ));
    for (typed, what) in all {
        let gap = " ".repeat(width - typed.chars().count());
        talk.data(&format!("  {}{gap}   {what}", look.bold(&typed)));
    }
    Ended::Done
}
