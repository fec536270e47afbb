//! tables.xlsx: the tables of a report as a workbook that follows the UK
//! Government Analysis Function's checklist for accessible spreadsheets (cover,
//! contents, notes, one table a sheet, one header row, no merged cell, no blank
//! row, no filter, no colour as the only sign). A cell reads as on the page and
//! holds the released number; no cell is a formula. Holds no clock: the same
//! figures give the same bytes. Never makes a figure.

mod format;
pub(super) mod names;
mod native;
mod pages;
mod picture;
pub(super) mod styles;
pub(super) mod tables;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use format::NumberFormat;

use format::Literals;
use names::SheetNames;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use staywise_core::domain::Day;
use std::fmt;
use styles::Styles;

/// What a workbook holds.
#[derive(Clone, Debug)]
pub struct Book {
    /// Its title, on the cover and in the document's properties.
    pub title: String,
    /// The study's name.
    pub study: String,
    /// Who publishes it; the study's name where nothing else is known.
    pub publisher: String,
    /// The period reported on, in words.
    pub period: String,
    /// The date the data stand at. Also the document's date.
    pub as_at: Day,
    /// The program's version.
    pub version: String,
    /// The disclosure policy in words.
    pub policy: String,
    /// What must be known before a figure is read: that it is a draft, say.
    pub cautions: Vec<String>,
    /// The tables, in the order of the report.
    pub sheets: Vec<Sheet>,
    /// What is counted.
    pub definitions: Vec<Definition>,
}

/// One table.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What its tab is called, after its number; cut to what Excel takes.
    pub name: String,
    /// Its title, as on the page.
    pub title: String,
    /// The section of the report that it stands in.
    pub section: String,
    /// What dates it is about; empty where the title says so.
    pub dates: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// The shorthand that stands in it, each explained: `[c] hidden to ...`.
    pub shorthand: Vec<String>,
    /// What must be said of it.
    pub notes: Vec<String>,
    /// The chart that a spreadsheet program can draw of it.
    pub native: Option<NativeChart>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading, as on the page.
    pub heading: String,
    /// What it holds.
    pub role: Role,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Words that name the row.
    Name,
    /// Words.
    Words,
    /// Numbers, set to the right.
    Number,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Exactly what the page shows.
    pub text: String,
    /// The released number behind it, where there is one.
    pub number: Option<f64>,
    /// How the number is printed.
    pub format: NumberFormat,
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            number: None,
            format: NumberFormat::Words,
        }
    }
}

/// A chart that the spreadsheet program draws itself. Columns by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NativeChart {
    /// A bar a row with its interval as a line.
    Intervals(Limits),
    /// A bar a row, divided into the shares of these columns, to 100%.
    Shares(Vec<usize>),
    /// A line over the rows, oldest first, with intervals.
    Trend(Limits),
    /// A line a group; a row is a group at a month.
    Curves {
        /// The column of months.
        month: usize,
        /// The column of the figure.
        figure: usize,
    },
}

/// The columns of a figure and of its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The figure.
    pub figure: usize,
    /// The lower limit.
    pub lower: usize,
    /// The upper limit.
    pub upper: usize,
}

/// What a metric counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The metric's slug, as in results.csv.
    pub metric: String,
    /// Its printed name.
    pub label: String,
    /// What it is, in words.
    pub definition: String,
    /// What is left out, in words.
    pub exclusions: String,
    /// Where the definition comes from.
    pub source: String,
}

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError(pub(super) String);

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ExportError {}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        Self(format!("tables.xlsx cannot be made: {error}"))
    }
}

/// The most rows of a table, so that its sheet ends where Excel's do.
const MOST_ROWS: usize = 1_048_000;

/// The workbook's bytes.
///
/// # Errors
/// Where the workbook cannot be put together, which a table of up to 16,384
/// columns never makes happen.
pub fn workbook(book: &Book) -> Result<Vec<u8>, ExportError> {
    let mut file = Workbook::new();
    let styles = Styles::new();
    // 20 pixels is Excel's own height of a row: any other would keep rows from
    // growing with words that wrap.
    file.set_default_format(styles.plain(), 20, 80)?;
    file.set_properties(&properties(book));
    let placed = placed(book);
    pages::cover(&mut file, &styles, (book, &placed))?;
    pages::contents(&mut file, &styles, &placed)?;
    let notes = pages::numbered(book);
    pages::notes(&mut file, &styles, &notes)?;
    pages::definitions(&mut file, &styles, book)?;
    let mut literals = Literals::default();
    for place in &placed {
        tables::table(&mut file, &styles, (place, &notes, &mut literals))?;
    }
    for place in &placed {
        native::chart(&mut file, &styles, place)?;
    }
    Ok(file.save_to_buffer()?)
}

/// A table with its sheet's name and that of its chart.
struct Placed<'a> {
    number: usize,
    name: String,
    chart: Option<(String, &'a NativeChart)>,
    sheet: &'a Sheet,
}

/// The sheets that are always there.
const COVER: &str = "Cover";
const CONTENTS: &str = "Contents";
const NOTES: &str = "Notes";
const DEFINITIONS: &str = "Definitions";

fn placed(book: &Book) -> Vec<Placed<'_>> {
    let mut names = SheetNames::default();
    for name in [COVER, CONTENTS, NOTES, DEFINITIONS] {
        names.take(name);
    }
    let mut placed: Vec<Placed<'_>> = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        let number = index + 1;
        placed.push(Placed {
            number,
            name: names.take(&format!("{number} {}", sheet.name)),
            chart: None,
            sheet,
        });
    }
    for place in &mut placed {
        let native = place.sheet.native.as_ref();
        place.chart = native
            .filter(|native| native::can_be_drawn(place.sheet, native))
            .map(|native| (names.take(&format!("Chart {}", place.number)), native));
    }
    placed
}

/// The document's properties. The date is that of the data.
fn properties(book: &Book) -> DocProperties {
    let properties = DocProperties::new()
        .set_title(names::first(&book.title, 255))
        .set_subject(names::first(
            &format!("{}: {}", book.study, book.period),
            255,
        ))
        .set_author(names::first(&book.publisher, 255))
        .set_company(names::first(&book.publisher, 255))
        .set_keywords("preceptorship, retention, intention to stay, workforce")
        .set_comment(format!(
            "Made by staywise {} from data as at {}.",
            book.version, book.as_at
        ))
        .set_custom_property("Language", "en-GB");
    match fixed_date(book.as_at) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    }
}

/// A day as Excel writes it, or the first it knows of.
pub(super) fn fixed_date(day: Day) -> Option<ExcelDateTime> {
    let iso = day.iso();
    let mut parts = iso.split('-');
    let date = parts
        .next()
        .and_then(|year| year.parse().ok())
        .zip(parts.next().and_then(|month| month.parse().ok()))
        .zip(parts.next().and_then(|day| day.parse().ok()))
        .and_then(|((year, month), day)| ExcelDateTime::from_ymd(year, month, day).ok());
    date.or_else(|| ExcelDateTime::from_ymd(1900, 1, 1).ok())
}
