//! Lengths along one axis, a row each: bars from one value to another told
//! apart by shade, a reach as a line, a figure as a dot, and one upright line
//! that they are held against. Sorts nothing and adds nothing up.

use super::axis::Axis;
use super::drawing::Drawing;
use super::ink::Ink;
use super::rows::{Placed, Row, Rows, Words};
use super::symbols::Symbol;
use super::{Caption, ChartError, MOST_ROWS};
use staywise_core::domain::Unit;

/// Which of two a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// The first: filled.
    First,
    /// The second: of another shade.
    Second,
}

impl Shade {
    fn ink(self) -> Ink {
        match self {
            Self::First => Ink::Up,
            Self::Second => Ink::Down,
        }
    }
}

/// One mark of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// A bar from one value to another.
    Bar(f64, f64, Shade),
    /// How far a figure may reach, below its bar.
    Below(f64, f64),
    /// A figure and how far it may reach.
    Figure {
        /// The figure.
        at: f64,
        /// Its limits.
        reach: (f64, f64),
    },
}

impl Length {
    fn values(self) -> Vec<f64> {
        match self {
            Self::Bar(from, to, _) | Self::Below(from, to) => vec![from, to],
            Self::Figure { at, reach } => vec![at, reach.0, reach.1],
        }
    }

    fn placed(self) -> Vec<Placed> {
        match self {
            Self::Bar(from, to, shade) => vec![Placed::Bar(from, to, shade.ink())],
            Self::Below(from, to) => vec![Placed::Reach(from, to, 11.5)],
            Self::Figure { at, reach } => vec![
                Placed::Reach(reach.0, reach.1, 0.0),
                Placed::At(at, Symbol::Round(Ink::Dot), 6.0),
            ],
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct LengthRow {
    /// What it is.
    pub label: String,
    /// Its figure in words.
    pub words: String,
    /// What is said of it beneath; may be empty.
    pub aside: String,
    /// Its marks.
    pub lengths: Vec<Length>,
}

/// What the rows are held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// What the values are counted in.
    pub unit: Unit,
    /// An upright line with what stands over it.
    pub upright: Option<(f64, String)>,
    /// What each shade is, where both are used.
    pub key: Option<[String; 2]>,
}

/// Draws a row each, in the order given.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows, for a value that is no number,
/// or where the drawing fails.
pub fn lengths(
    rows: &[LengthRow],
    against: &Against,
    caption: &Caption<'_>,
) -> Result<Drawing, ChartError> {
    if rows.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let lengths = rows.iter().flat_map(|row| row.lengths.iter());
    let mut values: Vec<f64> = lengths.flat_map(|length| length.values()).collect();
    values.extend(against.upright.iter().map(|(value, _)| *value));
    if values.iter().any(|value| !value.is_finite()) {
        return Err(ChartError("a row without a place".to_owned()));
    }
    let from_nought = values.iter().copied().any(|v| v <= 0.0);
    let axis = match from_nought {
        true => Axis::holding(&values, against.unit),
        false => Axis::close(&values, against.unit),
    };
    let key: Vec<(Symbol, String)> = against
        .key
        .iter()
        .flat_map(|[first, second]| {
            [
                (Symbol::Square(Ink::Up), first.clone()),
                (Symbol::Square(Ink::Down), second.clone()),
            ]
        })
        .collect();
    Drawing::of(caption, |form, caption| {
        Rows {
            rows: rows.iter().map(row).collect(),
            axis: (!values.is_empty()).then(|| axis.clone()),
            tick: Axis::label,
            uprights: against
                .upright
                .iter()
                .map(|(value, _)| (*value, Ink::Reference))
                .collect(),
            over: against.upright.clone(),
            foot: String::new(),
            key: key.clone(),
        }
        .draw(caption, form)
    })
}

fn row(of: &LengthRow) -> Row {
    let aside = (!of.aside.is_empty()).then(|| (of.aside.clone(), Words::Aside));
    Row {
        label: of.label.clone(),
        words: [(of.words.clone(), Words::Figure)]
            .into_iter()
            .chain(aside)
            .collect(),
        marks: of
            .lengths
            .iter()
            .flat_map(|length| length.placed())
            .collect(),
        join: None,
    }
}
