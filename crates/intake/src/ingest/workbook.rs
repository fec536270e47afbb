//! Workbooks into grids, one for each sheet that is a table. .xlsx and .xlsb
//! are streamed cell by cell; .xls and .ods go through the reader's own range.
//! Hidden sheets are never read unless the study names them.

use super::container::Book;
use super::filling::{Filling, fill};
use super::grid::{Grid, TooLarge};
use super::layouts::{self, Unrecognised};
use super::sheet_cells::{is_nothing, put};
use super::{compound, header, merged, parts};
use crate::data::{Holds, Layout, SourceRule};
use calamine::{
    DataRef, Dimensions, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsb, Xlsx,
    open_workbook_from_rs,
};
use std::io::Cursor;

/// The sheets that were read, and those that were not.
#[derive(Debug)]
pub(crate) struct Workbook {
    /// In the order of the workbook; each with its name.
    pub(crate) sheets: Vec<(String, Result<Grid, Unreadable>)>,
    pub(crate) why: Why,
    /// Other visible sheets that hold something, with why they were not read.
    pub(crate) others: Vec<(String, String)>,
    /// Sheets that hold what an earlier one holds, with its name.
    pub(crate) twins: Vec<(String, String)>,
    /// Hidden sheets.
    pub(crate) hidden: Vec<String>,
}

/// Why these sheets were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The study names it.
    Named,
    /// No other is visible.
    Only,
    /// The table of each was recognised.
    Recognised,
    /// None was recognised; it looks most like a table.
    Likeliest,
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
    /// It says something of itself that no program writes.
    Unsafe(&'static str),
    /// It was not read to the end in so many seconds.
    Late(u64),
    /// The sheet that the study names is not there; those that are.
    NoSuchSheet(Vec<String>),
    /// No visible sheet holds anything; the hidden ones.
    NothingVisible(Vec<String>),
}

impl From<TooLarge> for Unreadable {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Which rows to read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Enough to recognise the table.
    Preview,
    All,
}

const PREVIEW_ROWS: usize = 100;

/// Reads the sheet that the study names, or else each that is recognised, or
/// else the one that looks most like a table.
pub(crate) fn read(bytes: &[u8], book: Book, rule: &SourceRule) -> Result<Workbook, Unreadable> {
    match book {
        Book::Xls => compound::validate(bytes)?,
        Book::Ods => parts::validate(bytes, parts::Kind::Open)?,
        Book::Xlsx => parts::validate(bytes, parts::Kind::Office)?,
        Book::Xlsb => {}
    }
    match book {
        Book::Xlsx => xlsx(bytes, rule),
        Book::Xlsb => xlsb(bytes, rule),
        Book::Xls => ranges(open::<Xls<_>>(bytes)?, rule, |book, name| {
            book.merge_cells_by_sheet_name(name).unwrap_or_default()
        }),
        Book::Ods => ranges(open::<Ods<_>>(bytes)?, rule, |_, _| Vec::new()),
    }
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
    } else if text.contains("Cell limit exceeded") {
        Unreadable::TooLarge
    } else {
        Unreadable::Broken(text)
    }
}

fn xlsx(bytes: &[u8], rule: &SourceRule) -> Answer {
    let mut book: Xlsx<Cursor<&[u8]>> = open(bytes)?;
    let names = Names::of(book.sheets_metadata());
    read_sheets(names, rule, |name, extent| {
        let mut cells = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
        let grid = streamed(extent, || cells.next_cell().map_err(|e| broken(&e)))?;
        drop(cells);
        if extent == Extent::Preview || grid.rows() > merged::MOST_ROWS {
            return Ok(grid);
        }
        // A sheet that tells of none, or not well, has none.
        let areas = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        Ok(grid.with_merged(merged::downward(&areas)))
    })
}

fn xlsb(bytes: &[u8], rule: &SourceRule) -> Answer {
    let mut book: Xlsb<Cursor<&[u8]>> = open(bytes)?;
    let names = Names::of(book.sheets_metadata());
    read_sheets(names, rule, |name, extent| {
        let mut cells = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
        streamed(extent, || cells.next_cell().map_err(|e| broken(&e)))
    })
}

/// A grid of the cells of a reader, one after the other.
fn streamed<'a>(
    extent: Extent,
    mut next: impl FnMut() -> Result<Option<calamine::Cell<DataRef<'a>>>, Unreadable>,
) -> Result<Grid, Unreadable> {
    let read = |filling: &mut Filling<'_, DataRef<'a>>| {
        while let Some(cell) = next()? {
            let (row, column) = place(cell.get_position());
            if extent == Extent::Preview && row >= PREVIEW_ROWS {
                break;
            }
            match cell.get_value() {
                DataRef::Empty => {}
                value if is_nothing(value) => filling.widen(column)?,
                value => filling.put(row, column, value.clone())?,
            }
        }
        Ok(())
    };
    fill(read)
}

/// `areas` gives the merged cells of a sheet.
fn ranges<'a, R>(
    mut book: R,
    rule: &SourceRule,
    areas: impl Fn(&R, &str) -> Vec<Dimensions>,
) -> Answer
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let names = Names::of(book.sheets_metadata());
    read_sheets(names, rule, |name, extent| {
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
        Ok(grid.with_merged(merged::downward(&areas(&book, name))))
    })
}

/// Sheets have at most 2^20 rows.
fn place((row, column): (u32, u32)) -> (usize, usize) {
    (
        usize::try_from(row).unwrap_or(usize::MAX),
        usize::try_from(column).unwrap_or(usize::MAX),
    )
}

/// Sheets by whether they are shown; charts and macros are left out.
struct Names {
    shown: Vec<String>,
    hidden: Vec<String>,
}

impl Names {
    fn of(sheets: &[Sheet]) -> Self {
        let tables = sheets.iter().filter(|s| s.typ == SheetType::WorkSheet);
        let (shown, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
            tables.partition(|s| s.visible == SheetVisible::Visible);
        let names = |sheets: Vec<&Sheet>| sheets.into_iter().map(|s| s.name.clone()).collect();
        Self {
            shown: names(shown),
            hidden: names(hidden),
        }
    }

    /// The sheet that the study names, where it names one.
    fn wanted(&self, rule: &SourceRule) -> Result<Option<String>, Unreadable> {
        let Some(wanted) = &rule.sheet else {
            return Ok(None);
        };
        let same = |name: &&String| name.trim().eq_ignore_ascii_case(wanted.trim());
        match self.shown.iter().chain(&self.hidden).find(same) {
            Some(found) => Ok(Some(found.clone())),
            None => Err(Unreadable::NoSuchSheet(self.shown.clone())),
        }
    }
}

type Answer = Result<Workbook, Unreadable>;

/// What the first rows of a sheet say.
struct Look {
    name: String,
    /// Why it is not to be read; nothing where its table was recognised.
    not: Option<String>,
    /// How much it looks like a table.
    score: f64,
}

/// Reads the sheets that are tables. `read` gives the grid of one.
fn read_sheets<F>(names: Names, rule: &SourceRule, mut read: F) -> Answer
where
    F: FnMut(&str, Extent) -> Result<Grid, Unreadable>,
{
    let wanted = names.wanted(rule)?;
    // The first rows of a sheet say whether it is read; where that is settled
    // they need not be looked at.
    let looks = if wanted.is_some() || names.shown.len() == 1 {
        Vec::new()
    } else {
        look(&names.shown, rule, &mut read)
    };
    let (chosen, why) = match wanted {
        Some(sheet) => (vec![sheet], Why::Named),
        None if names.shown.len() == 1 => (names.shown.clone(), Why::Only),
        None => choose(&looks, &names)?,
    };
    let mut out = Workbook {
        sheets: Vec::new(),
        why,
        others: Vec::new(),
        twins: Vec::new(),
        hidden: names.hidden,
    };
    out.hidden.retain(|name| !chosen.contains(name));
    for name in &chosen {
        let grid = read(name, Extent::All);
        let same = |(_, there): &&(String, Result<Grid, Unreadable>)| match (there, &grid) {
            (Ok(there), Ok(here)) => here.rows() > 0 && are_the_same(there, here),
            _ => false,
        };
        match out.sheets.iter().find(same) {
            Some((twin, _)) => out.twins.push((name.clone(), twin.clone())),
            None => out.sheets.push((name.clone(), grid)),
        }
    }
    let others = looks.into_iter().filter(|l| !chosen.contains(&l.name));
    out.others = others
        .map(|l| (l.name, l.not.unwrap_or_default()))
        .collect();
    let nothing = |(_, grid): &(String, Result<Grid, Unreadable>)| {
        grid.as_ref().is_ok_and(|grid| grid.rows() == 0)
    };
    if out.sheets.iter().all(nothing) {
        return Err(Unreadable::NothingVisible(out.hidden));
    }
    Ok(out)
}

/// Looks at the first rows of each sheet that holds something.
fn look<F>(shown: &[String], rule: &SourceRule, read: &mut F) -> Vec<Look>
where
    F: FnMut(&str, Extent) -> Result<Grid, Unreadable>,
{
    let looked = |name: &String| match read(name, Extent::Preview) {
        // A chart that says it is a table, say: one bad sheet of several does
        // not spoil the others.
        Err(_) => Some(Look {
            name: name.clone(),
            not: Some("it cannot be read".to_owned()),
            score: f64::MIN,
        }),
        Ok(grid) if grid.rows() == 0 => None,
        Ok(grid) => Some(Look {
            name: name.clone(),
            not: why_not(&grid, rule),
            score: header::score(&grid),
        }),
    };
    shown.iter().filter_map(looked).collect()
}

/// Why a sheet is not one to read. What the study says of the whole file
/// makes no table of a page of notes: a sheet is recognised by itself, and
/// must then be what the study says.
fn why_not(grid: &Grid, rule: &SourceRule) -> Option<String> {
    let unsaid = SourceRule {
        holds: None,
        layout: None,
        ..rule.clone()
    };
    match layouts::recognise(grid, &unsaid) {
        Ok(shape) if shape.layout == Layout::Table || shape.holds == Holds::Other => {
            Some("its table is of no known kind".to_owned())
        }
        Ok(shape) => {
            let differs = rule.layout.is_some_and(|layout| layout != shape.layout)
                || rule.holds.is_some_and(|holds| holds != shape.holds);
            differs.then(|| format!("it is {}", shape.layout.as_a_file()))
        }
        Err(Unrecognised::NoHeader) => Some("no row looks like a header".to_owned()),
        Err(Unrecognised::NotThis(_)) => Some("its table is of no known kind".to_owned()),
        Err(Unrecognised::Nothing(reason)) => Some(reason),
    }
}

/// The sheets whose tables are recognised, or else the likeliest.
fn choose(looks: &[Look], names: &Names) -> Result<(Vec<String>, Why), Unreadable> {
    let known: Vec<String> = looks
        .iter()
        .filter(|look| look.not.is_none())
        .map(|look| look.name.clone())
        .collect();
    if !known.is_empty() {
        return Ok((known, Why::Recognised));
    }
    let mut best: Option<&Look> = None;
    for look in looks {
        if best.is_none_or(|best| look.score > best.score) {
            best = Some(look);
        }
    }
    best.map(|look| look.name.clone())
        .or_else(|| names.shown.first().cloned())
        .map(|name| (vec![name], Why::Likeliest))
        .ok_or_else(|| Unreadable::NothingVisible(names.hidden.clone()))
}

/// Whether two sheets hold the same values in the same cells. Values are
/// numbered as they come, so that equal columns have equal numbers.
fn are_the_same(a: &Grid, b: &Grid) -> bool {
    let columns = || a.columns().iter().zip(b.columns());
    (a.rows(), a.width()) == (b.rows(), b.width())
        && columns().all(|(a, b)| a.codes() == b.codes() && a.pool() == b.pool())
}
