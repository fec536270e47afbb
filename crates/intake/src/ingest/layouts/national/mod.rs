//! Published national figures, by their marks: never a person in them.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn turnover_pack(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn turnover_supplement(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn workforce_pack(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn leaving_reasons(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn staff_survey(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn people_survey(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn flows(_grid: &Grid) -> Option<Shape> {
    None
}
