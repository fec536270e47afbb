//! Published national figures, by their marks: never a person in them. Rows
//! and columns stay as published; what they mean is read later.

mod flows;
mod leaving_reasons;
mod packs;
mod people_survey;
mod staff_survey;

pub(super) use flows::flows;
pub(super) use leaving_reasons::leaving_reasons;
pub(super) use packs::{turnover_pack, turnover_supplement, workforce_pack};
pub(super) use people_survey::people_survey;
pub(super) use staff_survey::staff_survey;

use super::{Draft, SetAside, Shape, collapsed, present};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::text;

/// Rows that may hold a header, as title rows come and go between releases.
const ROWS: usize = 60;
/// Columns that are looked at for names.
const COLUMNS: usize = 4_096;

/// The first row whose names fit, with its names as slugs by column.
fn header(grid: &Grid, fits: impl Fn(&[String]) -> bool) -> Option<usize> {
    (0..grid.rows().min(ROWS)).find(|row| fits(&names(grid, *row)))
}

/// The names of a row as slugs, by column.
fn names(grid: &Grid, row: usize) -> Vec<String> {
    let slug = |column| match grid.cell(row, column) {
        Cell::Text(words) if words.len() <= 120 => text::slug(words),
        _ => String::new(),
    };
    (0..grid.width().min(COLUMNS)).map(slug).collect()
}

/// Whether one of these is among the names.
fn any(names: &[String], wanted: &[&str]) -> bool {
    names.iter().any(|name| wanted.contains(&name.as_str()))
}

/// Whether all of these are among the names.
fn all(names: &[String], wanted: &[&str]) -> bool {
    wanted.iter().all(|want| any(names, &[want]))
}

/// The columns below a header row, each as published.
fn drafts(grid: &Grid, row: usize) -> Vec<Draft> {
    present(grid, row, row + 1)
        .map(|index| Draft::new(index, collapsed(grid.cell(row, index)), Role::Published))
        .collect()
}

/// A table of published figures with one header row.
fn flat(grid: &Grid, layout: Layout, row: usize, reason: &str) -> Shape {
    let kind = (layout, Holds::Benchmark);
    Shape::new(kind, reason.to_owned(), row, drafts(grid, row))
}

/// Whether the cells of a row from a column on are blank.
fn is_blank_from(grid: &Grid, row: usize, column: usize) -> bool {
    (column..grid.width()).all(|c| grid.cell(row, c).is_blank())
}

/// Rows of a rule, where there are any.
fn aside(
    rule: &'static str,
    message: &'static str,
    rows: impl Iterator<Item = usize>,
) -> Option<SetAside> {
    let rows: Vec<u32> = rows.filter_map(|row| u32::try_from(row).ok()).collect();
    (!rows.is_empty()).then_some(SetAside {
        rule,
        message,
        rows,
    })
}
