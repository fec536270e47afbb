//! Workbooks into grids. An .xlsx is streamed cell by cell; .xlsb, .xls and
//! .ods go through the reader's own range. Hidden sheets are never read. A
//! formula counts as its value when the workbook was last saved.

use super::container::Book;
use super::grid::{Grid, TooLarge, Value};
use crate::data::{Cell, DateOrder};
use crate::vocabulary::dates;
use calamine::{
    Data, DataRef, DataType, ExcelDateTime, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsb,
    Xlsx, open_workbook_from_rs,
};
use staywise_core::domain::Day;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The sheet that was read, and those that were not.
pub(crate) struct Workbook {
    pub(crate) sheet: String,
    pub(crate) grid: Grid,
    /// Other sheets that hold something.
    pub(crate) others: Vec<String>,
    /// Hidden sheets.
    pub(crate) hidden: Vec<String>,
}

/// Why no sheet could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Locked with a password.
    Locked,
    /// Broken; the reader's reason, which names parts and no values.
    Broken(String),
    /// More cells than a table can have.
    TooLarge,
    /// The sheet that the study names is not there; those that are.
    NoSuchSheet(Vec<String>),
    /// No visible sheet holds anything.
    NothingVisible,
}

impl From<TooLarge> for Unreadable {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Which rows to read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Enough to find the header.
    Preview,
    All,
}

const PREVIEW_ROWS: usize = 100;

/// Reads the sheet that the study names, or else the one that `score` finds
/// most like a table.
pub(crate) fn read(
    bytes: &[u8],
    book: Book,
    wanted: Option<&str>,
    score: fn(&Grid) -> f64,
) -> Result<Workbook, Unreadable> {
    // The reader is tested against broken files, but a panic on one more of
    // them must not end the run.
    let choice = Choice { wanted, score };
    catch_unwind(AssertUnwindSafe(|| match book {
        Book::Xlsx => xlsx(bytes, &choice),
        Book::Xlsb => ranges(open::<Xlsb<_>>(bytes)?, &choice),
        Book::Xls => ranges(open::<Xls<_>>(bytes)?, &choice),
        Book::Ods => ranges(open::<Ods<_>>(bytes)?, &choice),
    }))
    .unwrap_or_else(|_| {
        Err(Unreadable::Broken(
            "its parts contradict one another".to_owned(),
        ))
    })
}

struct Choice<'a> {
    wanted: Option<&'a str>,
    score: fn(&Grid) -> f64,
}

fn open<'a, R>(bytes: &'a [u8]) -> Result<R, Unreadable>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: R::Error| broken(&error))
}

fn broken(error: &impl std::fmt::Display) -> Unreadable {
    let text = error.to_string();
    if text.contains("password protected") {
        Unreadable::Locked
    } else {
        Unreadable::Broken(text)
    }
}

/// Sheets by whether they are shown; charts and macros are left out.
fn visible_and_hidden(sheets: &[Sheet]) -> (Vec<String>, Vec<String>) {
    let tables = sheets.iter().filter(|s| s.typ == SheetType::WorkSheet);
    let (shown, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
        tables.partition(|s| s.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&Sheet>| sheets.into_iter().map(|s| s.name.clone()).collect();
    (names(shown), names(hidden))
}

/// Reads sheets as far as needed to choose one; says which others hold
/// something. `read` gives the grid of a sheet.
fn choose<F>(names: (Vec<String>, Vec<String>), choice: &Choice<'_>, mut read: F) -> Answer
where
    F: FnMut(&str, Extent) -> Result<Grid, Unreadable>,
{
    let (shown, hidden) = names;
    let wanted = match choice.wanted {
        Some(wanted) => {
            let same = |name: &&String| name.trim().eq_ignore_ascii_case(wanted.trim());
            let found = shown.iter().chain(&hidden).find(same).cloned();
            Some(found.ok_or_else(|| Unreadable::NoSuchSheet(shown.clone()))?)
        }
        None if shown.len() == 1 => shown.first().cloned(),
        None => None,
    };
    let mut filled = Vec::new();
    let mut best: Option<(f64, String)> = None;
    let look = if wanted.is_some() && shown.len() == 1 {
        &[]
    } else {
        &shown[..]
    };
    for name in look {
        // A chart that says it is a table, say: one bad sheet of several does
        // not spoil the others.
        let Ok(grid) = read(name, Extent::Preview) else {
            continue;
        };
        if grid.rows() == 0 {
            continue;
        }
        filled.push(name.clone());
        let score = (choice.score)(&grid);
        if best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((score, name.clone()));
        }
    }
    let fallback = || {
        best.map(|(_, name)| name)
            .or_else(|| shown.first().cloned())
    };
    let sheet = wanted.or_else(fallback).ok_or(Unreadable::NothingVisible)?;
    let grid = read(&sheet, Extent::All)?;
    if grid.rows() == 0 {
        return Err(Unreadable::NothingVisible);
    }
    Ok(Workbook {
        grid,
        others: filled.into_iter().filter(|name| *name != sheet).collect(),
        hidden: hidden.into_iter().filter(|name| *name != sheet).collect(),
        sheet,
    })
}

type Answer = Result<Workbook, Unreadable>;

fn xlsx(bytes: &[u8], choice: &Choice<'_>) -> Answer {
    let mut book: Xlsx<Cursor<&[u8]>> = open(bytes)?;
    let names = visible_and_hidden(book.sheets_metadata());
    choose(names, choice, |name, extent| {
        stream(&mut book, name, extent)
    })
}

fn stream(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, extent: Extent) -> Result<Grid, Unreadable> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
    let mut grid = Grid::default();
    while let Some(cell) = cells.next_cell().map_err(|e| broken(&e))? {
        let (row, column) = place(cell.get_position());
        if extent == Extent::Preview && row >= PREVIEW_ROWS {
            break;
        }
        let value = cell.get_value();
        match value {
            DataRef::Empty => {}
            DataRef::SharedString(text) => grid.put(row, column, Value::Text(text))?,
            DataRef::String(text) => grid.put(row, column, Value::Text(text))?,
            DataRef::Float(n) => grid.put(row, column, number(*n))?,
            _ => put(&mut grid, (row, column), &Data::from(value.clone()))?,
        }
    }
    Ok(grid)
}

fn ranges<'a, R>(mut book: R, choice: &Choice<'_>) -> Answer
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let names = visible_and_hidden(book.sheets_metadata());
    choose(names, choice, |name, extent| {
        let range = book.worksheet_range(name).map_err(|e| broken(&e))?;
        let (first_row, first_column) = place(range.start().unwrap_or_default());
        let mut grid = Grid::default();
        for (row, column, value) in range.used_cells() {
            let row = first_row + row;
            if extent == Extent::Preview && row >= PREVIEW_ROWS {
                break;
            }
            put(&mut grid, (row, first_column + column), value)?;
        }
        Ok(grid)
    })
}

/// Sheets have at most 2^20 rows.
fn place((row, column): (u32, u32)) -> (usize, usize) {
    (
        usize::try_from(row).unwrap_or(usize::MAX),
        usize::try_from(column).unwrap_or(usize::MAX),
    )
}

fn put(grid: &mut Grid, (row, column): (usize, usize), value: &Data) -> Result<(), TooLarge> {
    match value {
        Data::Empty => Ok(()),
        Data::Int(_) => grid.put(row, column, number(value.as_f64().unwrap_or(f64::NAN))),
        Data::Float(n) => grid.put(row, column, number(*n)),
        Data::Bool(b) => grid.put(row, column, Value::Bool(*b)),
        Data::String(text) | Data::DurationIso(text) => grid.put(row, column, Value::Text(text)),
        Data::DateTimeIso(text) => match dates::read(text, DateOrder::DayFirst) {
            Some(days) => grid.put(row, column, Value::Moment(days)),
            None => grid.put(row, column, Value::Text(text)),
        },
        Data::DateTime(serial) => grid.put(row, column, moment(serial)),
        Data::Error(error) => grid.put(row, column, Value::Fault(&error.to_string())),
    }
}

fn number(n: f64) -> Value<'static> {
    if n.is_finite() {
        // Not minus zero.
        Value::Number(n + 0.0)
    } else {
        Value::Fault("#NUM!")
    }
}

/// A serial date by its calendar date, so that neither the epoch (1900, 1904)
/// nor the 29 February 1900 that never was matters here. Times of day and
/// durations are no dates and stay numbers.
fn moment(serial: &ExcelDateTime) -> Value<'static> {
    let value = serial.as_f64();
    if serial.is_duration() || !(1.0..2_958_466.0).contains(&value) {
        return number(value);
    }
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    let Some(date) = Day::from_ymd(i32::from(year), u32::from(month), u32::from(day)) else {
        return number(value);
    };
    let seconds = f64::from(u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second));
    Value::Moment(f64::from(date.0) + (seconds + f64::from(milli) / 1000.0) / 86_400.0)
}

/// A serial day number in a cell that is not formatted as a date.
pub(crate) fn serial_day(value: f64) -> Option<Cell> {
    // 1 January 1930 to 31 December 2119: dates in use, and no head counts.
    const FIRST: f64 = 10_959.0;
    const LAST: f64 = 80_353.0;
    const EPOCH: f64 = 25_569.0;
    (FIRST..=LAST)
        .contains(&value)
        .then_some(Cell::Moment(value - EPOCH))
}
