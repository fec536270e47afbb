//! Charts over released rows: accessible SVG whose colours are classes, so
//! that one style sheet serves light, dark and print. Draws nothing that is
//! not a `Released` row, and never a number for a row that is not shown.

pub mod answers;
pub mod axis;
pub mod balance;
pub mod bars;
pub mod control;
pub mod dots;
pub mod drawing;
pub mod figure;
pub mod flow;
pub mod forest;
pub mod funnel;
pub mod heat_map;
pub mod ink;
pub mod lengths;
pub mod letters;
pub mod likert;
pub mod months;
pub mod slope;
pub mod style;
pub mod survival;
pub mod text;
pub mod trend;
pub mod unlike;
pub mod waterfall;

mod backend;
mod canvas;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod gallery;
mod key;
mod label;
mod layout;
mod lines;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod over_time_tests;
mod picture;
mod rows;
mod symbols;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use answers::{Answered, Question, Side};
pub use balance::{Alike, balance, standardised};
pub use bars::{MOST_ANSWERS, bars};
pub use control::{Charted, ControlChart, cause_words, control};
pub use dots::interval_dots;
pub use drawing::{Drawing, Form, Svg};
pub use flow::{FlowBox, flow};
pub use forest::{Named, forest, forest_named};
pub use funnel::{FunnelAt, FunnelLimits, funnel};
pub use heat_map::{Grid, heat_map};
pub use ink::Cause;
pub use lengths::{Against, Length, LengthRow, Shade, lengths};
pub use likert::likert;
pub use months::{MOST_MONTHS, Month, months};
pub use slope::{Change, slope};
pub use style::STYLE;
pub use survival::{Curve, MOST as MOST_CURVES, survival};
pub use trend::{Line, MOST_MOMENTS, Moment, trend};
pub use unlike::{Unlike, unlike};
pub use waterfall::{Stand, Step, waterfall};

use std::fmt;

/// The most rows that a drawing can hold and a person can take in.
pub const MOST_ROWS: usize = 60;

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
