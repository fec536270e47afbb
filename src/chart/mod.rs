//! Charts over released rows: accessible SVG whose colours are classes, so
//! that one style sheet serves light, dark and print. Draws nothing that is
//! not a `Released` row, and never a number for a row that is not shown.

pub mod answers;
pub mod axis;
pub mod bars;
pub mod dots;
pub mod figure;
pub mod forest;
pub mod heat_map;
pub mod ink;
pub mod likert;
pub mod slope;
pub mod survival;
pub mod text;

mod canvas;
mod key;
mod lines;
mod restyle;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use answers::{Answered, Question, Side};
pub use bars::{MOST_ANSWERS, bars};
pub use dots::interval_dots;
pub use forest::forest;
pub use heat_map::{Grid, heat_map};
pub use likert::likert;
pub use slope::{Change, slope};
pub use survival::{Curve, survival};

use std::fmt;

/// A finished drawing: one `<svg>` element, ready to be set in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg(String);

impl Svg {
    /// The element's markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One chart drawn twice: for a page and for a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    wide: Svg,
    narrow: Svg,
}

/// Which of the two drawings is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// 660 pixels across.
    Wide,
    /// 320 pixels across, labels above their row.
    Narrow,
}

impl Format {
    /// Pixels across.
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Wide => 660.0,
            Self::Narrow => 320.0,
        }
    }
}

impl Drawing {
    pub(crate) fn both(
        caption: &Caption<'_>,
        draw: impl Fn(Format, &Caption<'_>) -> Result<Svg, ChartError>,
    ) -> Result<Self, ChartError> {
        let id = format!("{}-narrow", caption.id);
        let narrow = Caption {
            id: &id,
            ..*caption
        };
        Ok(Self {
            wide: draw(Format::Wide, caption)?,
            narrow: draw(Format::Narrow, &narrow)?,
        })
    }

    /// The drawing for a page.
    #[must_use]
    pub fn wide(&self) -> &Svg {
        &self.wide
    }

    /// The drawing for a phone.
    #[must_use]
    pub fn narrow(&self) -> &Svg {
        &self.narrow
    }
}

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
