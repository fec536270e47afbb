//! Groups held against the rest: a dot with its limits each, in the order of
//! the dimension, and in words whether it is like the rest. Never ranks.

use super::axis::Axis;
use super::drawing::Drawing;
use super::figure::{HIDDEN, amount};
use super::ink::Ink;
use super::rows::{Placed, Row, Rows, Words};
use super::symbols::Symbol;
use super::{Caption, ChartError, MOST_ROWS};
use staywise_core::domain::Unit;

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlike {
    /// Its name.
    pub label: String,
    /// Its figure and the limits of it; none where they are hidden.
    pub figure: Option<(f64, f64, f64)>,
    /// Whether it is like the rest, in words.
    pub verdict: String,
}

/// Draws a row for each group, in the order given.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` groups, or where the drawing fails.
pub fn unlike(groups: &[Unlike], unit: Unit, caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if groups.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} groups")));
    }
    let figures = groups.iter().filter_map(|group| group.figure);
    let values: Vec<f64> = figures.flat_map(|(a, b, c)| [a, b, c]).collect();
    Drawing::of(caption, |form, caption| {
        Rows {
            rows: groups.iter().map(|group| row(group, unit)).collect(),
            axis: (!values.is_empty()).then(|| Axis::holding(&values, unit)),
            tick: Axis::label,
            uprights: Vec::new(),
            over: None,
            foot: String::new(),
            key: Vec::new(),
        }
        .draw(caption, form)
    })
}

fn row(group: &Unlike, unit: Unit) -> Row {
    let Some((figure, lower, upper)) = group.figure else {
        return Row {
            label: group.label.clone(),
            words: vec![(format!("[c] {HIDDEN}"), Words::Aside)],
            ..Row::default()
        };
    };
    Row {
        label: group.label.clone(),
        words: vec![
            (amount(unit, figure), Words::Figure),
            (group.verdict.clone(), Words::Aside),
        ],
        marks: vec![
            Placed::Reach(lower, upper, 0.0),
            Placed::At(figure, Symbol::Round(Ink::Dot), 6.0),
        ],
        join: None,
    }
}
