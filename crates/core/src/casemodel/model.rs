//! The business case as a row of values: inputs first, then steps, each a
//! formula over what stands before it. Works the row out, whole; knows which
//! steps there are only by their names.

use super::formula::{Bound, Formula, Rounding};
use super::input::{Input, Range, Unit};
use std::collections::BTreeMap;

/// What part of the case a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What an hour costs.
    Rates,
    /// A line of what one leaver costs.
    Leaver,
    /// What one leaver costs in all.
    LeaverTotal,
    /// A line of what the programme costs for one preceptee.
    Preceptee,
    /// What the programme costs for one preceptee in all.
    PrecepteeTotal,
    /// A line of what the programme costs however many take part.
    Fixed,
    /// A line of a year: the year counts from 1.
    Year(u16),
    /// An answer.
    Answer,
}

/// Whether money stays in the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purse {
    /// Money that is paid or not paid.
    Cash,
    /// Time of people who are paid anyway.
    Time,
    /// Neither, or both.
    Mixed,
}

/// One line of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name: `cover`, or `cover.2` for the second group.
    pub name: String,
    /// As printed: "Cover of the empty post".
    pub label: String,
    /// The group it is of, where there are several.
    pub group: Option<String>,
    /// What it is counted in.
    pub unit: Unit,
    /// How it is worked out.
    pub formula: Formula,
    /// What part it belongs to.
    pub part: Part,
    /// Whether it is money or time.
    pub purse: Purse,
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// An input is needed that nobody gave.
    Missing(String),
    /// A name stands twice.
    Twice(String),
    /// A range is not low, central, high in that order.
    Unordered(String),
    /// An input lies where no such thing can.
    Impossible(String),
    /// More or fewer shares of the effect than years.
    Ramp,
}

/// Inputs and steps, bound to one another.
#[derive(Clone, Debug)]
pub struct Model {
    /// The inputs, in order.
    pub inputs: Vec<Input>,
    /// The steps, each after all that it reads.
    pub steps: Vec<Step>,
    bound: Vec<Bound>,
    places: BTreeMap<String, usize>,
    interval: Option<Range>,
}

impl Model {
    /// Binds each step to what stands before it.
    ///
    /// # Errors
    ///
    /// A name that is not there before it is read, or there twice, and a
    /// range that is not in order.
    pub fn new(inputs: Vec<Input>, steps: Vec<Step>) -> Result<Self, Wrong> {
        let mut places = BTreeMap::new();
        for (at, input) in inputs.iter().enumerate() {
            if !input.range.is_ordered() {
                return Err(Wrong::Unordered(input.name.clone()));
            }
            if places.insert(input.name.clone(), at).is_some() {
                return Err(Wrong::Twice(input.name.clone()));
            }
        }
        let mut bound = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let place = |name: &str| places.get(name).copied();
            bound.push(Bound::new(&step.formula, &place).map_err(Wrong::Missing)?);
            if places
                .insert(step.name.clone(), inputs.len() + at)
                .is_some()
            {
                return Err(Wrong::Twice(step.name.clone()));
            }
        }
        Ok(Self {
            inputs,
            steps,
            bound,
            places,
            interval: None,
        })
    }

    /// The interval of the difference, where the input `effect` has but one
    /// end of it.
    pub(super) fn with_interval(mut self, interval: Option<Range>) -> Self {
        self.interval = interval;
        self
    }

    /// The interval of the study's difference, whole: also where the prudent
    /// adjustment takes its lower end, so that the input `effect` is one
    /// number. What may be said of the difference rests on this.
    #[must_use]
    pub fn interval(&self) -> Option<Range> {
        self.interval.or_else(|| self.range("effect"))
    }

    /// The central value of every input.
    #[must_use]
    pub fn central(&self) -> Vec<f64> {
        self.inputs.iter().map(|i| i.range.central).collect()
    }

    /// Every step's value, for one value an input.
    #[must_use]
    pub fn worked(&self, inputs: &[f64], rounding: Rounding) -> Values<'_> {
        let mut row = inputs.to_vec();
        for formula in &self.bound {
            row.push(formula.worth(&row, rounding));
        }
        Values { model: self, row }
    }

    /// Without rounding, into a row that is used again, and only the steps
    /// that are wanted, by their places in the row; others are not numbers.
    pub(super) fn work_wanted(&self, inputs: &[f64], wanted: &[bool], row: &mut Vec<f64>) {
        row.clear();
        row.extend_from_slice(inputs);
        for formula in &self.bound {
            let value = if wanted.get(row.len()).copied().unwrap_or(true) {
                formula.worth(row, Rounding::None)
            } else {
                f64::NAN
            };
            row.push(value);
        }
    }

    /// Where a name stands in the row.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// An input by its name.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.get(self.place(name)?)
    }

    /// A step by its name.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps
            .get(self.place(name)?.checked_sub(self.inputs.len())?)
    }

    /// The range of an input, by its name.
    #[must_use]
    pub fn range(&self, name: &str) -> Option<Range> {
        self.input(name).map(|input| input.range)
    }

    /// Every input that a step rests on, through whatever steps, in order.
    #[must_use]
    pub fn rests_on(&self, name: &str) -> Vec<&Input> {
        let wanted = self.under(name);
        let inputs = self.inputs.iter().zip(&wanted);
        inputs
            .filter_map(|(input, on)| on.then_some(input))
            .collect()
    }

    /// Of each place in the row, whether a step is it or rests on it.
    pub(super) fn under(&self, name: &str) -> Vec<bool> {
        let mut wanted = vec![false; self.inputs.len() + self.steps.len()];
        let mut names = vec![name.to_owned()];
        while let Some(next) = names.pop() {
            let Some(place) = self.place(&next) else {
                continue;
            };
            if std::mem::replace(&mut wanted[place], true) {
                continue;
            }
            if let Some(step) = self.step(&next) {
                step.formula.reads(&mut names);
            }
        }
        wanted
    }
}

/// A row of values that was worked out.
#[derive(Clone, Debug)]
pub struct Values<'m> {
    model: &'m Model,
    row: Vec<f64>,
}

impl Values<'_> {
    /// The value of an input or a step; none where there is no such name or
    /// something was divided by nought.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        let place = self.model.place(name)?;
        self.row.get(place).copied().filter(|n| n.is_finite())
    }
}
