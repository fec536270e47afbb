//! What a chart of answers is made from, and whether its bar may be drawn. A
//! bar with some of its parts hidden would let them be read off its length,
//! so then there is none.

use super::ChartError;
use super::figure::{shorthand, why_not};
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Against what the question says.
    Against,
    /// On neither side.
    Neither,
    /// For what the question says.
    For,
    /// Not on the scale: don't know, prefer not to say.
    Outside,
}

/// One answer of one question.
#[derive(Clone, Debug)]
pub struct Answered<'a> {
    /// The answer as asked.
    pub answer: String,
    /// Where it stands.
    pub side: Side,
    /// The share that gave it.
    pub row: &'a Released,
}

/// One question and its answers in scale order.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The question as asked.
    pub label: String,
    /// Its answers, in scale order.
    pub answers: Vec<Answered<'a>>,
}

impl Question<'_> {
    /// The share of each answer, in order.
    ///
    /// # Errors
    /// In words, why no bar may be drawn: a hidden answer before all else, so
    /// that the words are the same whichever is hidden.
    pub(super) fn shares(&self) -> Result<Vec<f64>, String> {
        let rows = || self.answers.iter().map(|answered| answered.row);
        let hidden = rows().find(|row| row.status() == Status::Confidential);
        let missing = || rows().find(|row| row.status() != Status::Shown);
        if let Some(row) = hidden.or_else(missing) {
            return Err(format!("{} {}", shorthand(row.status()), why_not(row)));
        }
        let shares: Option<Vec<f64>> = rows().map(Released::estimate).collect();
        match shares {
            Some(shares) if !shares.is_empty() => {
                Ok(shares.into_iter().map(|s| s.clamp(0.0, 1.0)).collect())
            }
            _ => Err("not available".to_owned()),
        }
    }

    /// The row that the base is of.
    pub(super) fn first(&self) -> Option<&Released> {
        self.answers.first().map(|answered| answered.row)
    }
}

/// The one scale of some questions: the answers and their sides, in order.
///
/// # Errors
/// `ChartError` where two questions have different scales.
pub(super) fn scale(questions: &[Question<'_>]) -> Result<Vec<(String, Side)>, ChartError> {
    let of = |question: &Question<'_>| -> Vec<(String, Side)> {
        let answers = question.answers.iter();
        answers.map(|a| (a.answer.clone(), a.side)).collect()
    };
    let Some(first) = questions.first().map(of) else {
        return Ok(Vec::new());
    };
    if questions.iter().any(|question| of(question) != first) {
        return Err(ChartError("questions with different answers".to_owned()));
    }
    Ok(first)
}
