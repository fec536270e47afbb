//! The Civil Service People Survey's published results: measures as rows,
//! groups as columns, the dimension in the row above its first group.

use super::{Shape, aside, is_blank_from};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, collapsed};
use crate::vocabulary::text;

/// Recognises one.
pub(in crate::ingest::layouts) fn people_survey(grid: &Grid) -> Option<Shape> {
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
