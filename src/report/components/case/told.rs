//! The case while it is told: its central values, the names of its lines, its
//! interval in people, and what is held back. Estimates nothing; holds back
//! at least what the case does.

use super::amounts::{amount, typed};
use crate::case::{Basis, Case};
use crate::report::phrases::case as say;
use staywise_core::casemodel::{
    Adjustment, Effect, HeldBack, Input, Model, Part, Purse, Rounding, Step, Target, Unit, Values,
    Verdict, Withheld, named, of_year,
};
use staywise_core::domain::Status;

/// A case with its central values.
pub(super) struct Told<'a> {
    pub(super) case: &'a Case,
    values: Values<'a>,
}

impl<'a> Told<'a> {
    pub(super) fn of(case: &'a Case) -> Self {
        let values = case.model.worked(&case.model.central(), Rounding::Pence);
        Self { case, values }
    }

    pub(super) fn model(&self) -> &'a Model {
        &self.case.model
    }

    /// The central value of an input or a step; nought where there is none.
    pub(super) fn at(&self, name: &str) -> f64 {
        self.get(name).unwrap_or(0.0)
    }

    /// The central value, where there is one.
    pub(super) fn get(&self, name: &str) -> Option<f64> {
        self.values.get(name)
    }

    /// The value of a line of a year.
    pub(super) fn year(&self, slug: &str, year: u16) -> f64 {
        self.at(&of_year(slug, year))
    }

    /// The name of a group's own line.
    pub(super) fn own(&self, slug: &str, group: usize) -> String {
        named(slug, group, self.case.groups.len())
    }

    /// Preceptees of a year.
    pub(super) fn everyone(&self) -> f64 {
        self.at("preceptees_all")
    }

    /// How many more must stay, in part people; none where that is no answer.
    pub(super) fn needed(&self) -> Option<f64> {
        match self.case.answers.verdict {
            Verdict::Free | Verdict::NothingToSave => None,
            Verdict::CannotPay { needed, .. }
            | Verdict::PaysIf { needed }
            | Verdict::CannotTell { needed }
            | Verdict::Pays { needed }
            | Verdict::MayPay { needed }
            | Verdict::DoesNotPay { needed } => Some(needed),
        }
    }

    /// The measured difference as a share: least, likeliest, most. The
    /// study's own, whatever adjustment is made.
    pub(super) fn difference(&self) -> Option<(f64, f64, f64)> {
        if self.case.effect == Effect::BreakEven {
            return None;
        }
        if let Basis::Measured { row, .. } = &self.case.basis
            && row.status() == Status::Shown
            && let (Some(at), Some(low), Some(high)) = (row.estimate(), row.lower(), row.upper())
        {
            return Some((low, at, high));
        }
        let range = self.model().range("effect")?;
        Some((range.low, range.central, range.high))
    }

    /// The same in people of a year.
    pub(super) fn found(&self) -> Option<(f64, f64, f64)> {
        let all = self.everyone();
        let (low, at, high) = self.difference()?;
        Some((low * all, at * all, high * all))
    }

    /// Of that, what is put down to preceptorship.
    pub(super) fn credited(&self) -> Option<(f64, f64, f64)> {
        let (low, at, high) = self.found()?;
        Some(match self.case.adjustment {
            Adjustment::Attribution => {
                let share = self.at("attribution");
                (low * share, at * share, high * share)
            }
            Adjustment::LowerEnd => (low, low, low),
            Adjustment::None | Adjustment::OptimismBias => (low, at, high),
        })
    }

    /// Whether the study's interval touches nought.
    pub(super) fn spans(&self) -> bool {
        self.difference()
            .is_some_and(|(low, _, high)| low <= 0.0 && high >= 0.0)
    }

    /// Whether there is a difference to tell pounds of.
    pub(super) fn is_valued(&self) -> bool {
        self.case.effect == Effect::Measured && self.get("npv").is_some()
    }

    /// What is held back: what the case holds back, and what an interval that
    /// touches nought does whatever the adjustment.
    pub(super) fn held(&self) -> HeldBack {
        let mut held = self.case.answers.held_back.clone();
        if self.spans() {
            held.probability.get_or_insert(Withheld::SpansNought);
            held.per_stayer.get_or_insert(Withheld::SpansNought);
        }
        held
    }

    /// The answer that inputs were moved for, in words.
    pub(super) fn answer(&self, value: f64) -> String {
        match self.case.answers.target {
            Target::NetValue => super::amounts::about(value),
            Target::BreakEven if value.is_infinite() => say::CASE_NONE_ENOUGH.say([]),
            Target::BreakEven => crate::report::cells::plain(value, 1),
        }
    }

    /// A name as printed: an input's label or a step's, told apart by group
    /// and year.
    pub(super) fn label(&self, name: &str) -> String {
        if let Some(input) = self.model().input(name) {
            return label(input);
        }
        let steps = &self.model().steps;
        let Some(at) = steps.iter().position(|step| step.name == name) else {
            return name.to_owned();
        };
        let step = &steps[at];
        let before = at.checked_sub(1).and_then(|before| steps.get(before));
        let own = match before.filter(|_| step.label.starts_with("Of that")) {
            Some(whole) => say::CASE_OF_WHICH.say([&whole.label]),
            None => step.label.clone(),
        };
        let own = match step.part {
            Part::Year(year) => say::CASE_IN_YEAR.say([&own, &year.to_string()]),
            _ => own,
        };
        match &step.group {
            Some(group) => say::CASE_OF_GROUP.say([&own, group]),
            None => own,
        }
    }

    /// A step's formula in words.
    pub(super) fn formula(&self, step: &Step) -> String {
        self.written(step, &|name| {
            let label = self.label(name);
            match label.contains([' ', ',']) {
                true => format!("[{label}]"),
                false => label,
            }
        })
    }

    /// A step's formula with its numbers.
    pub(super) fn with_numbers(&self, step: &Step) -> String {
        self.written(step, &|name| {
            let number = typed(self.unit(name), self.at(name));
            match number.starts_with('-') {
                true => format!("({number})"),
                false => number,
            }
        })
    }

    fn written(&self, step: &Step, tell: &impl Fn(&str) -> String) -> String {
        use staywise_core::casemodel::Formula;
        let (formula, to_penny) = match &step.formula {
            Formula::Pence(inner) => (inner.as_ref(), true),
            whole => (whole, false),
        };
        let text = formula
            .text(tell)
            .replace(" * ", " × ")
            .replace(" / ", " ÷ ");
        match to_penny {
            true => say::CASE_TO_PENNY.say([&text]),
            false => text,
        }
    }

    /// What a name is counted in.
    pub(super) fn unit(&self, name: &str) -> Unit {
        let input = self.model().input(name).map(|input| input.unit);
        let step = self.model().step(name).map(|step| step.unit);
        input.or(step).unwrap_or(Unit::Number)
    }

    /// The inputs that a step reads itself or through what an hour costs,
    /// each with its value and grade.
    pub(super) fn rests_on(&self, name: &str) -> String {
        let told: Vec<String> = self
            .model()
            .rests_on(name)
            .into_iter()
            .map(|input| {
                let value = amount(input.unit, input.range.central);
                say::CASE_INPUT_IS.say([&label(input), &value, &grade(input)])
            })
            .collect();
        told.join("; ")
    }
}

/// An input as printed, with its group.
pub(super) fn label(input: &Input) -> String {
    match &input.group {
        Some(group) => say::CASE_OF_GROUP.say([&input.label, group]),
        None => input.label.clone(),
    }
}

/// An input's grade, or that it has none.
pub(super) fn grade(input: &Input) -> String {
    match input.provenance.grade {
        Some(grade) => grade.letter().to_owned(),
        None => say::CASE_UNGRADED.say([]),
    }
}

/// Money, time or both.
pub(super) fn purse(of: Purse) -> String {
    match of {
        Purse::Cash => say::CASE_PURSE_CASH.say([]),
        Purse::Time => say::CASE_PURSE_TIME.say([]),
        Purse::Mixed => say::CASE_PURSE_MIXED.say([]),
    }
}

/// Why something is not told.
pub(super) fn why(of: &Withheld) -> String {
    match of {
        Withheld::NoEffect => say::CASE_WHY_NO_EFFECT.say([]),
        Withheld::SpansNought => say::CASE_WHY_SPANS.say([]),
        Withheld::Few => say::CASE_WHY_FEW.say([]),
        Withheld::LowerEnd => say::CASE_WHY_LOWER.say([]),
        Withheld::Driver { label, grade } => {
            let grade = grade.map_or_else(
                || say::CASE_WHY_UNGRADED.say([]),
                |grade| say::CASE_WHY_GRADE.say([grade.letter(), grade.words()]),
            );
            say::CASE_WHY_DRIVER.say([label, &grade])
        }
    }
}
