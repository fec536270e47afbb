//! The three files of an ASC-WDS bulk upload, by their header prefixes.

use super::Shape;
use crate::ingest::grid::Grid;

/// Recognises one.
pub(super) fn workplaces(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn workers(_grid: &Grid) -> Option<Shape> {
    None
}

/// Recognises one.
pub(super) fn training(_grid: &Grid) -> Option<Shape> {
    None
}
