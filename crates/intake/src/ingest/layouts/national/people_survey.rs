//! The Civil Service People Survey's published results: measures as rows,
//! groups as columns, the dimension in the row above its first group; or a
//! row a year.

use super::{Shape, aside, flat, is_blank_from};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, collapsed};
use crate::vocabulary::text;

/// Recognises one.
pub(in crate::ingest::layouts) fn people_survey(grid: &Grid) -> Option<Shape> {
    by_group(grid).or_else(|| by_year(grid))
}

/// A row a year below titles: every other column is a per cent, and a title
/// names the survey or a name is one of its own.
fn by_year(grid: &Grid) -> Option<Shape> {
    let is = |row: usize, column: usize, name: &str| match grid.cell(row, column) {
        Cell::Text(words) => text::fold(words) == name,
        _ => false,
    };
    let row = (1..grid.rows().min(6)).find(|row| is(*row, 0, "year"))?;
    let from = if is(row, 1, "measure") { 2 } else { 1 };
    let names: Vec<String> = (from..grid.width())
        .map(|column| collapsed(grid.cell(row, column)))
        .filter(|name| !name.is_empty())
        .collect();
    let titled = (0..row).any(|above| {
        text::fold(&grid.cell(above, 0).text()).contains("civil service people survey")
    });
    let year = grid.cell(row + 1, 0).text();
    let is_year = year.len() == 4 && year.starts_with("20");
    let of_it = titled || names.iter().any(|name| is_of_the_survey(name));
    let shares = !names.is_empty() && names.iter().all(|name| name.contains("(%"));
    (of_it && is_year && shares).then(|| {
        let reason = "it has measures of the Civil Service People Survey by year";
        flat(grid, Layout::PeopleSurvey, row, reason)
    })
}

/// `E01 Have you been...`, `W01. Overall...`, `PERMA Index`: no other survey's
/// names.
fn is_of_the_survey(name: &str) -> bool {
    let code = name.split([' ', '.']).next().unwrap_or_default();
    let coded = code.len() == 3
        && code.starts_with(['B', 'E', 'W'])
        && code.bytes().skip(1).all(|b| b.is_ascii_digit());
    coded || name.starts_with("PERMA Index")
}

/// Measures as rows, groups as columns.
fn by_group(grid: &Grid) -> Option<Shape> {
    let dimensions = (0..grid.rows().min(6)).find(|row| is_dimensions(grid, *row))?;
    let groups = dimensions + 1;
    let mut drafts = vec![Draft::new(0, "Measure".to_owned(), Role::Published)];
    let mut dimension = None;
    for index in 1..grid.width() {
        let above = collapsed(grid.cell(dimensions, index));
        if !above.is_empty() {
            dimension = Some(above);
        }
        let header = collapsed(grid.cell(groups, index));
        if header.is_empty() {
            continue;
        }
        drafts.push(Draft {
            question: dimension.clone(),
            ..Draft::new(index, header, Role::Published)
        });
    }
    if drafts.len() < 3 {
        return None;
    }
    let reason = "its title is that of the Civil Service People Survey, by group".to_owned();
    let kind = (Layout::PeopleSurvey, Holds::Benchmark);
    let mut shape = Shape::new(kind, reason, groups, drafts);
    let from = shape.data_from;
    let notes = (from..grid.rows())
        .find(
            |row| matches!(grid.cell(*row, 0), Cell::Text(words) if text::words(words) == "notes"),
        )
        .unwrap_or(grid.rows());
    let headings =
        (from..notes).filter(|row| !grid.cell(*row, 0).is_blank() && is_blank_from(grid, *row, 1));
    shape.aside.extend(aside(
        "section-heading",
        "Headings between the rows were set aside.",
        headings,
    ));
    shape.aside.extend(aside(
        "notes-at-foot",
        "Notes below the table were set aside.",
        (notes..grid.rows()).filter(|row| !is_blank_from(grid, *row, 0)),
    ));
    Some(shape)
}

/// The survey's title, and dimensions in the same row.
fn is_dimensions(grid: &Grid, row: usize) -> bool {
    let titled = match grid.cell(row, 0) {
        Cell::Text(words) => text::fold(words).starts_with("civil service people survey"),
        _ => false,
    };
    titled
        && (1..grid.width()).any(|c| !grid.cell(row, c).is_blank())
        && (1..grid.width()).any(|c| !grid.cell(row + 1, c).is_blank())
}
