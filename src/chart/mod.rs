//! Charts over released rows: accessible SVG whose colours are classes, so
//! that one style sheet serves light, dark and print. Draws nothing that is
//! not a `Released` row, and never a number for a row that is not shown.

pub mod axis;
pub mod dots;
pub mod drawing;
pub mod figure;
pub mod ink;
pub mod letters;
pub mod style;
pub mod survival;
pub mod text;

mod backend;
mod canvas;
mod picture;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use dots::interval_dots;
pub use drawing::{Drawing, Form, Svg};
pub use style::STYLE;
pub use survival::{Curve, survival};

use std::fmt;

/// What a drawing says to those who do not see it, and its column headings.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// An id that no other drawing of the page has: letters, digits, hyphens.
    pub id: &'a str,
    /// What the drawing shows, in a line.
    pub title: &'a str,
    /// The figures of the drawing, in words.
    pub description: &'a str,
    /// What the bases count: `answers`, `people`.
    pub base: &'a str,
}

/// A drawing that could not be made; nothing a reader did wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartError(pub String);

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chart could not be drawn: {}", self.0)
    }
}

impl std::error::Error for ChartError {}
