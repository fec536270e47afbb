//! A sample as the rows of a model: a constant, the arm where it is a term,
//! and the covariates. Never changes what a model says of the arms: numbers
//! are set to a mean of 0 and a spread of 1 only so that rounding is small.

use super::logistic::NotFitted;
use crate::domain::sample::{Arm, Columns, Sample, Term};

/// A sample whose outcomes are all known, as the models take it.
#[derive(Clone, Debug)]
pub(super) struct People {
    /// Whether each is in the group that is asked about.
    pub(super) compared: Vec<bool>,
    /// Whether each was still in post.
    pub(super) stayed: Vec<bool>,
    /// Whom each goes with.
    pub(super) clusters: Option<Vec<u32>>,
    /// The covariates.
    pub(super) columns: Columns,
}

/// Rows of terms, one after another.
#[derive(Clone, Debug)]
pub(super) struct Design {
    pub(super) width: usize,
    pub(super) rows: Vec<f64>,
}

/// Whether the arm is a term of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArmTerm {
    /// As in a model of who is in which arm.
    Without,
    /// As in a model of the outcome: the second term.
    With,
}

impl People {
    /// The people of a sample that has only known outcomes.
    pub(super) fn of(known: &Sample) -> Self {
        let rows = known.rows();
        Self {
            compared: rows.arms.iter().map(|a| *a == Arm::Compared).collect(),
            stayed: rows.left.iter().map(|l| *l == Some(false)).collect(),
            clusters: rows.clusters.clone(),
            columns: known.columns(),
        }
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        self.compared.len()
    }

    /// Their rows.
    pub(super) fn design(&self, arm: ArmTerm) -> Design {
        let scaled: Vec<Vec<f64>> = self
            .columns
            .terms
            .iter()
            .zip(&self.columns.values)
            .map(|(term, values)| match term.level {
                Some(_) => values.clone(),
                None => centred(values),
            })
            .collect();
        let first = match arm {
            ArmTerm::Without => 1,
            ArmTerm::With => 2,
        };
        let width = first + scaled.len();
        let mut rows = Vec::with_capacity(width * self.count());
        for (person, compared) in self.compared.iter().enumerate() {
            rows.push(1.0);
            if arm == ArmTerm::With {
                rows.push(f64::from(u8::from(*compared)));
            }
            rows.extend(scaled.iter().map(|c| c.get(person).copied().unwrap_or(0.0)));
        }
        Design { width, rows }
    }

    /// What a term of a design is called.
    pub(super) fn name(&self, place: usize, arm: ArmTerm) -> String {
        let before = match arm {
            ArmTerm::Without => 1,
            ArmTerm::With => 2,
        };
        let term = place
            .checked_sub(before)
            .and_then(|own| self.columns.terms.get(own));
        term.map_or_else(|| "the group".to_owned(), Term::to_string)
    }

    /// Why a model of the outcome could not be made, in words.
    pub(super) fn why_not(&self, why: &NotFitted) -> String {
        match why {
            NotFitted::Malformed => "there is nobody to compare".to_owned(),
            NotFitted::OneOutcome => "everybody had the same outcome".to_owned(),
            NotFitted::Singular(place) => format!(
                "{} says nothing that the others do not",
                self.name(*place, ArmTerm::With)
            ),
            NotFitted::Separated(places) => {
                let names: Vec<String> = places
                    .iter()
                    .map(|place| self.name(*place, ArmTerm::With))
                    .collect();
                match names.as_slice() {
                    [] => {
                        "those who left and those who stayed are told completely apart".to_owned()
                    }
                    _ => format!(
                        "{} tells those who left and those who stayed completely apart",
                        names.join(", ")
                    ),
                }
            }
        }
    }
}

/// Numbers less their mean, over their spread.
fn centred(values: &[f64]) -> Vec<f64> {
    let people = values.len().max(1) as f64;
    let mean = values.iter().map(|v| v / people).sum::<f64>();
    let largest = values
        .iter()
        .fold(0.0_f64, |most, v| most.max((v - mean).abs()));
    // Numbers that are all the same stay a column that the constant gives.
    if largest <= 1e-12 * mean.abs() || largest == 0.0 {
        return vec![1.0; values.len()];
    }
    let square = values
        .iter()
        .map(|v| ((v - mean) / largest).powi(2))
        .sum::<f64>();
    let spread = largest * (square / people).sqrt();
    values.iter().map(|v| (v - mean) / spread).collect()
}

impl Design {
    /// The rows, one slice each.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[f64]> {
        self.rows.chunks_exact(self.width.max(1))
    }
}
