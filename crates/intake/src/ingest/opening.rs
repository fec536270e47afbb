//! A file to one grid: unpacks or decodes it, or says why that cannot be
//! done and what to do.

use super::container::{self, Container};
use super::findings::finding;
use super::grid::Grid;
use super::workbook::{self, Unreadable};
use super::{Input, delimited, encoding, header};
use crate::data::SourceRule;
use staywise_core::domain::{Finding, Origin, Severity};

/// A grid, with what is known of the file it came from.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    pub(crate) grid: Grid,
    pub(crate) sheet: Option<String>,
    pub(crate) encoding: Option<&'static str>,
    pub(crate) delimiter: Option<char>,
    /// Fields by grid row, of a delimited text.
    pub(crate) widths: Vec<u32>,
    pub(crate) findings: Vec<Finding>,
}

/// Opens a file: each grid in it, or why there is none.
pub(crate) fn open(input: &Input<'_>, rule: &SourceRule) -> Vec<Result<Opened, Box<Finding>>> {
    vec![one(input, rule)]
}

fn one(input: &Input<'_>, rule: &SourceRule) -> Result<Opened, Box<Finding>> {
    let refuse = |rule, message: &str, remedy| {
        let origin = Origin::file(input.name);
        Err(Box::new(finding(
            (rule, Severity::Error),
            origin,
            message,
            remedy,
        )))
    };
    match container::recognise(input.bytes) {
        Container::Empty => refuse(
            "empty-file",
            "The file is empty.",
            "Export it again, or take it out of the folder.",
        ),
        Container::Text => text(input),
        Container::Workbook(book) => {
            workbook::read(input.bytes, book, rule.sheet.as_deref(), header::score)
                .map(|read| sheets(input, read))
                .or_else(|why| {
                    let (slug, message, remedy) = unreadable(&why);
                    refuse(slug, &message, remedy)
                })
        }
        Container::Locked => {
            let (slug, message, remedy) = unreadable(&Unreadable::Locked);
            refuse(slug, &message, remedy)
        }
        Container::Broken => refuse("truncated-workbook", CUT_SHORT, COPY_AGAIN),
        Container::Bomb => refuse(
            "zip-too-large",
            "The workbook would unpack to far more than a workbook holds, so it was not opened.",
            "Open it in Excel, copy the sheet that is wanted into a new workbook and save that.",
        ),
        Container::Foreign(what) if container::is_named_workbook(input.name) => refuse(
            "not-a-workbook",
            &format!("The file is named as a workbook, but it is {what}."),
            "Open it with the program that it is for and save or export it as .xlsx or .csv.",
        ),
        Container::Foreign(what) => refuse(
            "not-a-table",
            &format!("The file is {what}, and no table."),
            "Save it as .xlsx or .csv, or take it out of the folder.",
        ),
    }
}

const CUT_SHORT: &str = "The workbook is broken or cut short.";
const COPY_AGAIN: &str = "Copy or download it again; if Excel can repair it, save the repaired \
    workbook.";

fn unreadable(why: &Unreadable) -> (&'static str, String, &'static str) {
    match why {
        Unreadable::Locked => (
            "password-protected",
            "The workbook is locked with a password.".to_owned(),
            "Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, \
             empty the box, and save.",
        ),
        Unreadable::Broken(reason) => (
            "truncated-workbook",
            format!("{CUT_SHORT} The reader says: {reason}."),
            COPY_AGAIN,
        ),
        Unreadable::TooLarge => too_large(),
        Unreadable::NoSuchSheet(sheets) => (
            "no-such-sheet",
            format!(
                "The sheet that the study names is not there. The workbook has: {}.",
                sheets.join(", ")
            ),
            "Correct `sheet` for this source in staywise.toml.",
        ),
        Unreadable::NothingVisible => (
            "empty-file",
            "No visible sheet of the workbook holds anything.".to_owned(),
            "Export it again; if the table is on a hidden sheet, unhide it in Excel or name it as \
             `sheet` for this source in staywise.toml.",
        ),
    }
}

fn too_large() -> (&'static str, String, &'static str) {
    (
        "too-large",
        "The sheet has more than 16,384 columns or 250 million cells.".to_owned(),
        "Delete the columns and rows that are not needed, or split the file.",
    )
}

fn sheets(input: &Input<'_>, read: workbook::Workbook) -> Opened {
    let mut findings = Vec::new();
    let origin = Origin::file(input.name);
    if !read.hidden.is_empty() {
        findings.push(Finding {
            count: read.hidden.len() as u64,
            ..finding(
                ("hidden-sheet", Severity::Note),
                origin.clone(),
                &format!("Hidden sheets were not read: {}.", read.hidden.join(", ")),
                "To read one, unhide it or name it as `sheet` for this source in staywise.toml.",
            )
        });
    }
    if !read.others.is_empty() {
        findings.push(Finding {
            count: read.others.len() as u64,
            ..finding(
                ("other-sheets", Severity::Note),
                origin,
                &format!(
                    "The sheet \"{}\" was read. Others hold something and were not: {}.",
                    read.sheet,
                    read.others.join(", ")
                ),
                "If another is meant, name it as `sheet` for this source in staywise.toml.",
            )
        });
    }
    Opened {
        grid: read.grid,
        sheet: Some(read.sheet),
        findings,
        ..Opened::default()
    }
}

fn text(input: &Input<'_>) -> Result<Opened, Box<Finding>> {
    let decoded = encoding::decode(input.bytes);
    let read = delimited::read(&decoded.text).map_err(|_| {
        let (slug, message, remedy) = too_large();
        let origin = Origin::file(input.name);
        Box::new(finding((slug, Severity::Error), origin, &message, remedy))
    })?;
    let mut findings = Vec::new();
    if container::is_named_workbook(input.name) {
        findings.push(finding(
            ("not-a-workbook", Severity::Note),
            Origin::file(input.name),
            "The file is named as a workbook, but it is delimited text; it was read as that.",
            "",
        ));
    }
    if let Some(row) = read.unclosed {
        let origin = Origin {
            row: u32::try_from(row + 1).ok(),
            ..Origin::file(input.name)
        };
        findings.push(finding(
            ("unclosed-quote", Severity::Error),
            origin,
            "A quotation mark in this row is never closed, so the rest of the file was taken for \
             one cell.",
            "Close the quotation mark or delete it, or export the file again.",
        ));
    }
    Ok(Opened {
        grid: read.grid,
        encoding: Some(decoded.encoding),
        delimiter: Some(read.delimiter),
        widths: read.widths,
        findings,
        sheet: None,
    })
}
