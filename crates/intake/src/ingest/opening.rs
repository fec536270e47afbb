//! A file to its grids: unpacks or decodes it, or says why that cannot be
//! done and what to do. Looks at no value.

use super::columnar::{self, Columnar};
use super::container::{self, Book, Container};
use super::delimited::Delimited;
use super::encoding::Decoded;
use super::findings::finding;
use super::grid::Grid;
use super::patience::{self, Ended};
use super::refusals::{self, NamedAs, Refusal, refuse};
use super::workbook::{self, Unreadable, Why, Workbook};
use super::{Input, delimited, encoding};
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
    pub(crate) times: Times,
    pub(crate) findings: Vec<Finding>,
}

/// By which clocks the times of a grid are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Times {
    /// As written: the layout may know the zone.
    #[default]
    AsWritten,
    /// Turned to UK time already.
    Uk,
}

/// One grid of a file, or why there is none.
pub(crate) type Opening = Result<Opened, Box<Finding>>;

/// Opens a file: each grid in it, or why there is none.
pub(crate) fn open(input: &Input<'_>, rule: &SourceRule) -> Vec<Opening> {
    let refused = |refusal: Refusal| vec![Err(refuse(Origin::file(input.name), refusal))];
    let named = if container::is_named_workbook(input.name) {
        NamedAs::Workbook
    } else {
        NamedAs::Other
    };
    match container::recognise(input.bytes) {
        Container::Empty => refused(refusals::empty()),
        Container::Text => vec![text(input)],
        Container::Workbook(book) => match sheets_of(input, book, rule) {
            Ok(read) => sheets(input, read),
            Err(refusal) => refused(refusal),
        },
        Container::Parquet => vec![parquet(input)],
        Container::Spss => vec![Err(spss(input, rule))],
        Container::Locked => refused(refusals::unreadable(&Unreadable::Locked)),
        Container::Broken => refused(refusals::cut_short()),
        Container::Bomb => refused(refusals::bomb()),
        // An archive is unpacked before: this is one inside another.
        Container::Archive => refused(refusals::foreign("a zip archive", named)),
        Container::Foreign(what) => refused(refusals::foreign(what, named)),
    }
}

/// Reads a workbook on a thread of its own, which gets a copy of the bytes:
/// it may be left behind.
fn sheets_of(input: &Input<'_>, book: Book, rule: &SourceRule) -> Result<Workbook, Refusal> {
    let (bytes, rule) = (input.bytes.to_vec(), rule.clone());
    let limit = patience::limit(bytes.len());
    patience::within(limit, move || workbook::read(&bytes, book, &rule))
        .map_err(refusals::ended)?
        .map_err(|why| refusals::unreadable(&why))
}

fn quoted<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}

fn sheets(input: &Input<'_>, read: Workbook) -> Vec<Opening> {
    let mut told = left_alone(input, &read);
    let open = |(name, grid): (String, Result<Grid, Unreadable>)| {
        let origin = Origin {
            sheet: Some(name.clone()),
            ..Origin::file(input.name)
        };
        match grid {
            Ok(grid) => Ok(Opened {
                grid,
                sheet: Some(name),
                findings: std::mem::take(&mut told),
                ..Opened::default()
            }),
            Err(why) => Err(refuse(origin, refusals::unreadable(&why))),
        }
    };
    let mut out: Vec<Opening> = read.sheets.into_iter().map(open).collect();
    // No sheet was read that could tell of the others.
    out.extend(told.into_iter().map(|finding| Err(Box::new(finding))));
    out
}

/// What is said of the sheets that were not read, and why the others were.
fn left_alone(input: &Input<'_>, read: &Workbook) -> Vec<Finding> {
    let mut told = Vec::new();
    let mut note = |rule, count: usize, message: &str, remedy: &str| {
        told.push(Finding {
            count: count as u64,
            ..finding(
                (rule, Severity::Note),
                Origin::file(input.name),
                message,
                remedy,
            )
        });
    };
    if !read.hidden.is_empty() {
        note(
            "hidden-sheet",
            read.hidden.len(),
            &format!("Hidden sheets were not read: {}.", read.hidden.join(", ")),
            "To read one, unhide it or name it as `sheet` for this source in staywise.toml.",
        );
    }
    let names = quoted(read.sheets.iter().map(|(name, _)| name));
    if read.sheets.len() > 1 {
        note(
            "several-sheets",
            read.sheets.len(),
            &format!("Several sheets were read, as the table of each was recognised: {names}."),
            "If only one is meant, name it as `sheet` for this source in staywise.toml.",
        );
    }
    if !read.others.is_empty() {
        let why = match read.why {
            Why::Named | Why::Only => "",
            Why::Recognised => ", as its table was recognised",
            Why::Likeliest => ", which looks most like a table",
        };
        let read_were = match read.sheets.len() {
            1 => format!("The sheet {names} was read{why}."),
            _ => format!("The sheets {names} were read."),
        };
        note(
            "other-sheets",
            read.others.len(),
            &format!(
                "{read_were} Others hold something and were not: {}.",
                others(read)
            ),
            "If another is meant, name it as `sheet` for this source in staywise.toml.",
        );
    }
    for (name, twin) in &read.twins {
        note(
            "same-sheet-twice",
            1,
            &format!("The sheet \"{name}\" holds the same as \"{twin}\" and was left alone."),
            "Delete one of the two if that is a mistake.",
        );
    }
    told
}

/// Other sheets with why they were not read; where none was recognised the
/// reasons say nothing.
fn others(read: &Workbook) -> String {
    let others: Vec<String> = read
        .others
        .iter()
        .map(|(name, why)| match read.why {
            Why::Recognised if !why.is_empty() => format!("{name} ({why})"),
            _ => name.clone(),
        })
        .collect();
    others.join(", ")
}

fn parquet(input: &Input<'_>) -> Opening {
    let origin = || Origin::file(input.name);
    let bytes = input.bytes.to_vec();
    let limit = patience::limit(bytes.len());
    let read: Result<Result<Columnar, Unreadable>, Ended> =
        patience::within(limit, move || columnar::read(bytes));
    let broken = || {
        refuse(
            origin(),
            (
                "truncated-workbook",
                "The Parquet file is broken or cut short, or packed in a way that is not known."
                    .to_owned(),
                "Export it again; of the ways to pack it, none, Snappy, gzip, Zstandard and LZ4 \
                 are read.",
            ),
        )
    };
    let read = match read {
        Ok(Ok(read)) => read,
        Ok(Err(Unreadable::TooLarge)) => return Err(refuse(origin(), refusals::too_large())),
        Err(late @ Ended::Late(_)) => return Err(refuse(origin(), refusals::ended(late))),
        Ok(Err(_)) | Err(Ended::Failed) => return Err(broken()),
    };
    let findings = told_of_columns(input, &read);
    let times = if read.utc.is_empty() {
        Times::AsWritten
    } else {
        Times::Uk
    };
    Ok(Opened {
        grid: read.grid,
        times,
        findings,
        ..Opened::default()
    })
}

/// What is said of a Parquet file's columns.
fn told_of_columns(input: &Input<'_>, read: &Columnar) -> Vec<Finding> {
    let origin = || Origin::file(input.name);
    let mut findings = Vec::new();
    if !read.nested.is_empty() {
        findings.push(Finding {
            count: read.nested.len() as u64,
            ..finding(
                ("nested-columns", Severity::Warning),
                origin(),
                &format!(
                    "Columns that hold lists or further columns were left out: {}.",
                    read.nested.join(", ")
                ),
                "If one is needed, write it as columns of its own before exporting.",
            )
        });
    }
    if !read.utc.is_empty() {
        findings.push(Finding {
            count: read.utc.len() as u64,
            ..finding(
                ("times-in-utc", Severity::Note),
                origin(),
                &format!(
                    "The times of these columns are in UTC; they were turned to UK time before a \
                     day was chosen: {}.",
                    read.utc.join(", ")
                ),
                "",
            )
        });
    }
    findings
}

/// What is said of data of SPSS: what the study counts on must be readable,
/// but such a file often lies beside what was exported from it.
fn spss(input: &Input<'_>, rule: &SourceRule) -> Box<Finding> {
    let mut said = refuse(Origin::file(input.name), refusals::spss());
    if rule.holds.is_none() && rule.layout.is_none() {
        said.severity = Severity::Warning;
    }
    said
}

fn text(input: &Input<'_>) -> Opening {
    let decoded = encoding::decode(input.bytes);
    let origin = || Origin::file(input.name);
    let read =
        delimited::read(&decoded.text).map_err(|_| refuse(origin(), refusals::too_large()))?;
    Ok(Opened {
        encoding: Some(decoded.encoding),
        delimiter: Some(read.delimiter),
        findings: told_of_text(input, &decoded, &read),
        grid: read.grid,
        widths: read.widths,
        ..Opened::default()
    })
}

/// What is said of how a text is written.
fn told_of_text(input: &Input<'_>, decoded: &Decoded<'_>, read: &Delimited) -> Vec<Finding> {
    let origin = || Origin::file(input.name);
    let mut findings = Vec::new();
    if container::is_named_workbook(input.name) {
        findings.push(finding(
            ("not-a-workbook", Severity::Note),
            origin(),
            "The file is named as a workbook, but it is delimited text; it was read as that.",
            "",
        ));
    }
    if read.zero_bytes > 0 {
        findings.push(Finding {
            count: read.zero_bytes,
            ..finding(
                ("zero-bytes", Severity::Note),
                origin(),
                "Zero bytes stand in the text, which no character is; they were left out.",
                "Export the file again if a value looks wrong.",
            )
        });
    }
    if decoded.broken > 0 {
        findings.push(Finding {
            count: decoded.broken,
            ..finding(
                ("broken-characters", Severity::Warning),
                origin(),
                &format!(
                    "The text is {}, but in places its bytes are no characters; a mark stands for \
                     each.",
                    decoded.encoding
                ),
                "Export the file again; a copy that was cut short or joined from two is so.",
            )
        });
    }
    if let Some(row) = read.unclosed {
        let origin = Origin {
            row: u32::try_from(row + 1).ok(),
            ..origin()
        };
        findings.push(finding(
            ("unclosed-quote", Severity::Error),
            origin,
            "A quotation mark in this row is never closed, so the rest of the file was taken for \
             one cell.",
            "Close the quotation mark or delete it, or export the file again.",
        ));
    }
    findings
}
