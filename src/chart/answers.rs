//! What a chart of answers is made from, and whether its bar may be drawn. A
//! bar with some of its parts hidden would let them be read off its length,
//! so then there is none.

use super::figure::base;
use super::layout::why_words;
use super::{Caption, ChartError, Form};
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
            return Err(why_words(row));
        }
        let shares: Option<Vec<f64>> = rows().map(Released::estimate).collect();
        match shares {
            Some(shares) if !shares.is_empty() => {
                Ok(shares.into_iter().map(|s| s.clamp(0.0, 1.0)).collect())
            }
            _ => Err("not available".to_owned()),
        }
    }

    /// Its base as it stands at the right edge, on a phone with what it
    /// counts; nothing where no bar may be drawn.
    pub(super) fn base_words(&self, caption: &Caption<'_>, form: Form) -> String {
        let first = self.answers.first().map(|answered| answered.row);
        let number = match self.shares() {
            Ok(_) => first.map(base).unwrap_or_default(),
            Err(_) => String::new(),
        };
        match form {
            Form::Narrow if !number.is_empty() => format!("{number} {}", caption.base),
            _ => number,
        }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Answered, Question, Side};
    use crate::chart::gallery::made_up::{FIVE, answered};
    use crate::chart::{Caption, bars, likert};
    use staywise_core::disclosure::Released;

    const CAPTION: Caption<'static> = Caption {
        id: "c",
        title: "t",
        description: "d",
        base: "answers",
    };

    fn question<'a>(rows: &[&'a Released], answers: &[&str]) -> Question<'a> {
        let answers = answers.iter().zip(rows).map(|(answer, row)| Answered {
            answer: (*answer).to_owned(),
            side: Side::For,
            row,
        });
        Question {
            label: "Q".to_owned(),
            answers: answers.collect(),
        }
    }

    #[test]
    fn one_hidden_answer_hides_the_bar() {
        let shown = answered("a", &FIVE, &[40, 60, 100, 300, 200]);
        let hidden = answered("b", &FIVE, &[1, 2, 1, 2, 1]);
        let whole: Vec<&Released> = shown.iter().collect();
        assert!(question(&whole, &FIVE).shares().is_ok());
        for at in 0..5 {
            let mut mixed = whole.clone();
            mixed[at] = &hidden[at];
            let question = question(&mixed, &FIVE);
            let words = "[c] hidden to protect people";
            assert_eq!(question.shares().unwrap_err(), words);
            for drawing in [
                likert(std::slice::from_ref(&question), &CAPTION).unwrap(),
                bars(&[question], &CAPTION).unwrap(),
            ] {
                for svg in [drawing.wide(), drawing.narrow()] {
                    // The key alone: a square for each answer.
                    assert_eq!(svg.as_str().matches("<rect ").count(), 5);
                    assert!(svg.as_str().contains(words) && !svg.as_str().contains("%<"));
                }
            }
        }
    }

    #[test]
    fn two_scales_or_too_many_answers_are_refused() {
        let rows = answered("a", &FIVE, &[40, 60, 100, 300, 200]);
        let rows: Vec<&Released> = rows.iter().collect();
        let (one, other) = (question(&rows, &FIVE), question(&rows[1..], &FIVE[1..]));
        assert!(likert(&[one.clone(), other], &CAPTION).is_err());
        let mut many = one.clone();
        for k in 0..4 {
            let mut more = one.answers[0].clone();
            more.answer = format!("More {k}");
            many.answers.push(more);
        }
        let refusal = bars(&[many], &CAPTION).unwrap_err();
        assert!(refusal.to_string().contains("9 answers"));
        assert!(bars(&[one], &CAPTION).is_ok());
    }
}
