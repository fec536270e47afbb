//! What is said of a file, or of a sheet, that cannot be read: what is wrong
//! and what to do. Reads nothing.

use super::findings::finding;
use super::patience::Ended;
use super::workbook::Unreadable;
use staywise_core::domain::{Finding, Origin, Severity};

/// A rule's slug, what is wrong, and what to do.
pub(crate) type Refusal = (&'static str, String, &'static str);

/// The finding of a refusal.
pub(crate) fn refuse(origin: Origin, (rule, message, remedy): Refusal) -> Box<Finding> {
    Box::new(finding((rule, Severity::Error), origin, &message, remedy))
}

const CUT_SHORT: &str = "The workbook is broken or cut short.";
const COPY_AGAIN: &str = "Copy or download it again; if Excel can repair it, save the repaired \
    workbook.";

/// The file holds nothing.
pub(crate) fn empty() -> Refusal {
    (
        "empty-file",
        "The file is empty.".to_owned(),
        "Export it again, or take it out of the folder.",
    )
}

/// A workbook that its own beginning contradicts.
pub(crate) fn cut_short() -> Refusal {
    ("truncated-workbook", CUT_SHORT.to_owned(), COPY_AGAIN)
}

/// A workbook or archive that unpacks to too much.
pub(crate) fn bomb() -> Refusal {
    (
        "zip-too-large",
        "The file would unpack to far more than a workbook holds, so it was not opened.".to_owned(),
        "Open it in Excel, copy the sheet that is wanted into a new workbook and save that.",
    )
}

/// A table with too many cells.
pub(crate) fn too_large() -> Refusal {
    (
        "too-large",
        "The sheet has more than 16,384 columns or 250 million cells, or its cells lie too far \
         apart."
            .to_owned(),
        "Delete the columns and rows that are not needed, or split the file.",
    )
}

/// A file of another kind than its name says.
pub(crate) fn foreign(what: &str, is_named_workbook: NamedAs) -> Refusal {
    match is_named_workbook {
        NamedAs::Workbook => (
            "not-a-workbook",
            format!("The file is named as a workbook, but it is {what}."),
            "Open it with the program that it is for and save or export it as .xlsx or .csv.",
        ),
        NamedAs::Other => (
            "not-a-table",
            format!("The file is {what}, and no table."),
            "Save it as .xlsx or .csv, or take it out of the folder.",
        ),
    }
}

/// The data of SPSS.
pub(crate) fn spss() -> Refusal {
    (
        "spss-file",
        "The file is SPSS data (.sav), which is not read: its codes mean nothing without their \
         labels."
            .to_owned(),
        "In SPSS choose File > Save As, the type CSV, and tick \"Save value labels where defined \
         instead of data values\"; in PSPP or R write the labels too. From a survey tool, export \
         CSV instead of SPSS.",
    )
}

/// What a file's name says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedAs {
    /// A workbook.
    Workbook,
    /// Anything else.
    Other,
}

/// The reader did not come to an end.
pub(crate) fn ended(why: Ended) -> Refusal {
    match why {
        Ended::Failed => unreadable(&Unreadable::Broken(
            "its parts contradict one another".to_owned(),
        )),
        Ended::Late(seconds) => unreadable(&Unreadable::Late(seconds)),
    }
}

/// Why a workbook or a sheet cannot be read.
pub(crate) fn unreadable(why: &Unreadable) -> Refusal {
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
        Unreadable::Unsafe(what) => (
            "unsafe-workbook",
            format!(
                "The workbook was not read, as no spreadsheet program writes such a file: {what}."
            ),
            "Open it in Excel or LibreOffice, save it as a new .xlsx and use that; if it came from \
             somebody unknown, ask them for another.",
        ),
        Unreadable::Late(seconds) => (
            "took-too-long",
            format!("The file was not read to its end in {seconds} seconds and was given up."),
            "Open it in Excel, copy the table that is wanted into a new workbook, save that as \
             .xlsx or .csv and use it instead.",
        ),
        Unreadable::NoSuchSheet(sheets) => (
            "no-such-sheet",
            format!(
                "The sheet that the study names is not there. The workbook has: {}.",
                sheets.join(", ")
            ),
            "Correct `sheet` for this source in staywise.toml.",
        ),
        Unreadable::NothingVisible(hidden) => (
            "empty-file",
            if hidden.is_empty() {
                "No visible sheet of the workbook holds anything.".to_owned()
            } else {
                format!(
                    "No visible sheet of the workbook holds anything. Hidden: {}.",
                    hidden.join(", ")
                )
            },
            "Export it again; if the table is on a hidden sheet, unhide it in Excel or name it as \
             `sheet` for this source in staywise.toml.",
        ),
    }
}
