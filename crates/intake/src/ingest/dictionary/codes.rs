//! Codes to labels, in columns of one answer and of several.

use super::entry::{Entry, Sort};
use crate::data::{Cell, TableColumn};
use crate::ingest::findings::Places;
use crate::ingest::grid::relabel;
use crate::vocabulary::missing::is_missing;
use crate::vocabulary::text;

/// What relabelling left over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Relabelled {
    /// Answers whose code has no label.
    pub(super) unknown: u64,
    /// The row of the first.
    pub(super) first: Option<usize>,
}

/// Gives a column's codes their labels and empties what is declared missing.
pub(super) fn relabelled(column: &mut TableColumn, entry: &Entry) -> Relabelled {
    let read = |written: &str| of_cell(written, entry);
    let unknown = Places::of(column, |cell| {
        !cell.is_blank() && matches!(read(&cell.text()), Read::Unknown)
    });
    relabel(&mut column.cells, |cell| {
        if cell.is_blank() {
            return None;
        }
        match read(&cell.text()) {
            Read::Label(label) => Some(Cell::Text(label.into())),
            Read::Missing => Some(Cell::Empty),
            Read::AsItIs | Read::Unknown => None,
        }
    });
    Relabelled {
        unknown: unknown.count,
        first: unknown.first,
    }
}

enum Read {
    Label(String),
    Missing,
    AsItIs,
    Unknown,
}

fn of_cell(written: &str, entry: &Entry) -> Read {
    if entry
        .missing
        .iter()
        .any(|code| text::tidy(written) == *code)
    {
        return Read::Missing;
    }
    match entry.sort {
        Sort::Several => several(written, entry),
        Sort::One => one(written, entry),
        _ => Read::AsItIs,
    }
}

fn one(written: &str, entry: &Entry) -> Read {
    if is_missing(written) {
        return Read::AsItIs;
    }
    match label(written, entry) {
        Some(label) => Read::Label(label.to_owned()),
        None if is_label(written, entry) => Read::AsItIs,
        None => Read::Unknown,
    }
}

/// The codes of ticked boxes, each with a semicolon behind it.
fn several(written: &str, entry: &Entry) -> Read {
    let mut labels = String::new();
    let mut unknown = false;
    for code in written.split(';').filter(|part| !part.is_empty()) {
        if entry.missing.iter().any(|m| m == code) {
            continue;
        }
        let found = label(code, entry);
        unknown |= found.is_none() && !is_label(code, entry);
        labels.push_str(&found.unwrap_or(code).replace(';', ","));
        labels.push(';');
    }
    if unknown {
        Read::Unknown
    } else if labels.is_empty() {
        Read::Missing
    } else {
        Read::Label(labels)
    }
}

/// The label of a code. A file that went through a spreadsheet may have
/// `1.0` for 1, or TRUE and FALSE for 1 and 0.
fn label<'a>(written: &str, entry: &'a Entry) -> Option<&'a str> {
    let folded = text::fold(written);
    let of = |code: &str| {
        let same = |(own, _): &&(String, String)| text::fold(own) == code;
        entry.choices.iter().find(same).map(|(_, l)| l.as_str())
    };
    let logical = || {
        let binary = entry.choices.iter().all(|(c, _)| c == "0" || c == "1");
        match folded.as_str() {
            "true" if binary => of("1"),
            "false" if binary => of("0"),
            _ => None,
        }
    };
    of(&folded)
        .or_else(|| of(folded.strip_suffix(".0")?))
        .or_else(logical)
}

fn is_label(written: &str, entry: &Entry) -> bool {
    let folded = text::fold(written);
    entry.choices.iter().any(|(_, l)| text::fold(l) == folded)
}
