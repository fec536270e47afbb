//! The business case for a terminal: the page's own sentences, and what moves
//! the answer most. Works nothing out.

use super::amounts::amount;
use super::answer::{first, lines};
use super::told::{Told, grade, label};
use crate::case::Case;
use crate::report::phrases::case as say;
use crate::report::words::capital;
use staywise_core::casemodel::{Bar, SetBy, Turn};

/// How many inputs are told.
const MOST: usize = 5;

/// A case in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseWords {
    /// What it comes to.
    pub first: String,
    /// The few figures of the decision, where they come from and what is held
    /// back, a sentence each.
    pub lines: Vec<String>,
    /// What moves the answer most, an input each.
    pub moves: Vec<String>,
    /// How many inputs nobody but staywise has set; none where all are set.
    pub not_set: Option<String>,
}

impl CaseWords {
    /// A case, told.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let told = Told::of(case);
        let (bold, rest) = first(&told);
        let bars = case.answers.bars.iter().take(MOST);
        Self {
            first: format!("{bold}{rest}"),
            lines: lines(&told),
            moves: bars.filter_map(|bar| moves(&told, bar)).collect(),
            not_set: not_set(&told),
        }
    }
}

/// One input from its least to its most, and what the answer then is.
fn moves(told: &Told<'_>, bar: &Bar) -> Option<String> {
    let input = told.model().input(&bar.input)?;
    let [least, most] = [input.range.low, input.range.high].map(|n| amount(input.unit, n));
    let [at_least, at_most] = [bar.at_low, bar.at_high].map(|n| told.answer(n));
    let line = say::CASE_MOVES.say([
        &label(input),
        &least,
        &most,
        &at_least,
        &at_most,
        &grade(input),
    ]);
    let mut turns = told.case.answers.switching.iter();
    let turn = turns.find(|(name, _)| *name == bar.input);
    Some(match turn {
        Some((_, Turn::At(at))) => {
            format!(
                "{line}{}",
                say::CASE_TURNS_AT.say([&amount(input.unit, *at)])
            )
        }
        _ => line,
    })
}

fn not_set(told: &Told<'_>) -> Option<String> {
    let inputs = &told.model().inputs;
    let shipped = inputs
        .iter()
        .filter(|input| input.provenance.set_by == SetBy::Shipped)
        .count();
    let most = told.case.not_set.iter().take(3);
    let most: Vec<String> = most
        .filter_map(|input| told.model().input(&input.input))
        .map(|input| format!("{} ({})", label(input), input.name))
        .collect();
    let [shipped_n, all] = [shipped, inputs.len()].map(|n| n.to_string());
    (shipped > 0).then(|| capital(&say::CASE_NOT_YOURS.say([&shipped_n, &all, &most.join("; ")])))
}
