//! A love plot: how alike two groups are in each of a list of things, before
//! and after they were made alike, with the lines that a difference should
//! stay within. A hidden row keeps its place.

use super::axis::Axis;
use super::drawing::Drawing;
use super::figure::HIDDEN;
use super::ink::Ink;
use super::rows::{Placed, Row, Rows, Words};
use super::symbols::Symbol;
use super::{Caption, ChartError, MOST_ROWS};
use staywise_core::domain::Unit;

/// What a standardised difference should stay within.
pub const ALIKE: f64 = 0.1;

/// One thing that two groups may differ in.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// What it is.
    pub label: String,
    /// The standardised difference before; none where it is hidden.
    pub before: Option<f64>,
    /// The same after; none where it is hidden or there is no after.
    pub after: Option<f64>,
}

/// A standardised difference as printed: `+0.23`, `-0.04`, `0.00`.
#[must_use]
pub fn standardised(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    match value {
        _ if text == "0.00" => text,
        v if v < 0.0 => format!("-{text}"),
        _ => format!("+{text}"),
    }
}

/// Draws a row for each thing, in the order given.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows, or where the drawing fails.
pub fn balance(rows: &[Alike], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if rows.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let values = || {
        let both = rows.iter().flat_map(|row| [row.before, row.after]);
        both.flatten().filter(|value| value.is_finite())
    };
    let most = values().map(f64::abs).fold(ALIKE * 1.5, f64::max);
    let any = values().next().is_some();
    let after = rows.iter().any(|row| row.after.is_some());
    let mut key = vec![(Symbol::Round(Ink::Before), "before".to_owned())];
    if after {
        key.push((Symbol::Round(Ink::Dot), "after".to_owned()));
    }
    key.push((Symbol::Stroke(Ink::Inner), "0.1 either way".to_owned()));
    Drawing::of(caption, |form, caption| {
        Rows {
            rows: rows.iter().map(row).collect(),
            axis: any.then(|| Axis::holding(&[-most, most], Unit::Score)),
            tick: signed,
            uprights: vec![
                (0.0, Ink::Reference),
                (-ALIKE, Ink::Inner),
                (ALIKE, Ink::Inner),
            ],
            over: any.then(|| (0.0, "the same in both groups".to_owned())),
            foot: "standardised difference".to_owned(),
            key: if any { key.clone() } else { Vec::new() },
        }
        .draw(caption, form)
    })
}

fn signed(axis: &Axis, tick: f64) -> String {
    let words = axis.label(tick.abs());
    match tick {
        t if t.abs() < 1e-12 => "0".to_owned(),
        t if t < 0.0 => format!("\u{2212}{words}"),
        _ => format!("+{words}"),
    }
}

fn row(of: &Alike) -> Row {
    let hidden = || vec![(format!("[c] {HIDDEN}"), Words::Aside)];
    let (words, marks) = match (of.before, of.after) {
        (Some(before), Some(after)) => (
            vec![(
                format!("{}, then {}", standardised(before), standardised(after)),
                Words::Figure,
            )],
            vec![
                Placed::At(before, Symbol::Round(Ink::Before), 5.5),
                Placed::At(after, Symbol::Round(Ink::Dot), 5.5),
            ],
        ),
        (Some(before), None) => (
            vec![(standardised(before), Words::Figure)],
            vec![Placed::At(before, Symbol::Round(Ink::Before), 5.5)],
        ),
        (None, Some(after)) => (
            vec![(standardised(after), Words::Figure)],
            vec![Placed::At(after, Symbol::Round(Ink::Dot), 5.5)],
        ),
        (None, None) => (hidden(), Vec::new()),
    };
    Row {
        label: of.label.clone(),
        words,
        marks,
        join: None,
    }
}
