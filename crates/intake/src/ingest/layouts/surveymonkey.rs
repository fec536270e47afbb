//! SurveyMonkey: two header rows, the second with options and rows of grids.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn recognise(_grid: &Grid) -> Option<Shape> {
    None
}
