//! The four tables of the workforce minimum data set.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn recognise(_grid: &Grid) -> Option<Shape> {
    None
}
