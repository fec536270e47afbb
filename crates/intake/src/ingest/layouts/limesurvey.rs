//! LimeSurvey: headings by code, by text, or both.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn recognise(_grid: &Grid) -> Option<Shape> {
    None
}
