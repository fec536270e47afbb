//! SmartSurvey, as far as its exports are known.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn recognise(_grid: &Grid) -> Option<Shape> {
    None
}
