//! A waterfall: from one level to the next, each step as long as its change,
//! up and down told apart by words and by shade. Levels are dots, so that the
//! axis need not start at nothing. Adds nothing up: steps come with both ends.

use super::axis::Axis;
use super::drawing::{Drawing, Form};
use super::ink::Ink;
use super::rows::{Placed, Row, Rows, Words};
use super::symbols::Symbol;
use super::{Caption, ChartError, MOST_ROWS};
use staywise_core::domain::Unit;

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stand {
    /// A level that was reached.
    Level(f64),
    /// A change from one level to the next, and how far it may reach.
    Change {
        /// The level before it.
        from: f64,
        /// The level after it.
        to: f64,
        /// The limits of the change itself.
        reach: Option<(f64, f64)>,
    },
}

/// One row of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// Its figure in words.
    pub words: String,
    /// What is said of it beneath; may be empty.
    pub aside: String,
    /// Where it stands.
    pub stand: Stand,
}

impl Step {
    fn values(&self) -> Vec<f64> {
        match self.stand {
            Stand::Level(at) => vec![at],
            Stand::Change { from, to, reach } => {
                let ends = reach.map(|(lower, upper)| [from + lower, from + upper]);
                [from, to]
                    .into_iter()
                    .chain(ends.into_iter().flatten())
                    .collect()
            }
        }
    }

    fn row(&self) -> Row {
        let (marks, join) = match self.stand {
            Stand::Level(at) => (vec![Placed::At(at, Symbol::Round(Ink::Dot), 6.0)], Some(at)),
            Stand::Change { from, to, reach } => {
                let ink = if to < from { Ink::Down } else { Ink::Up };
                let mut marks = vec![Placed::Bar(from, to, ink)];
                marks.extend(reach.map(|(l, u)| Placed::Reach(from + l, from + u, 11.5)));
                (marks, Some(to))
            }
        };
        let aside = (!self.aside.is_empty()).then(|| (self.aside.clone(), Words::Aside));
        Row {
            label: self.label.clone(),
            words: [(self.words.clone(), Words::Figure)]
                .into_iter()
                .chain(aside)
                .collect(),
            marks,
            join,
        }
    }
}

/// Draws steps from the top down.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` steps, or where the drawing fails.
pub fn waterfall(steps: &[Step], unit: Unit, caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if steps.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} steps")));
    }
    let values: Vec<f64> = steps.iter().flat_map(Step::values).collect();
    if values.iter().any(|value| !value.is_finite()) {
        return Err(ChartError("a step without a place".to_owned()));
    }
    let has = |up: bool| {
        steps
            .iter()
            .any(|step| matches!(step.stand, Stand::Change { from, to, .. } if (to >= from) == up))
    };
    let key = [
        (has(true), Symbol::Square(Ink::Up), "higher"),
        (has(false), Symbol::Square(Ink::Down), "lower"),
    ];
    Drawing::of(caption, |form: Form, caption| {
        Rows {
            rows: steps.iter().map(Step::row).collect(),
            axis: (!values.is_empty()).then(|| Axis::close(&values, unit)),
            tick: Axis::label,
            uprights: Vec::new(),
            over: None,
            foot: String::new(),
            key: key
                .iter()
                .filter(|(any, ..)| *any)
                .map(|(_, symbol, words)| (*symbol, (*words).to_owned()))
                .collect(),
        }
        .draw(caption, form)
    })
}
