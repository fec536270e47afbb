//! REDCap: a record a row, raw or with labels; and its data dictionary.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn recognise(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn dictionary(_grid: &Grid) -> Option<Shape> {
    None
}
