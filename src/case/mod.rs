//! A business case as pages, workbooks and the terminal are told it: the
//! model with what it answers, and where its difference came from. Only the
//! pipeline makes one; nothing here computes, and nothing here is of a person
//! but what was released or declared.

use staywise_core::casemodel::{
    Adjustment, Bar, Drawn, Effect, HeldBack, Model, Scenarios, Target, Turn, Verdict,
};
use staywise_core::disclosure::Released;
use staywise_core::domain::Day;
use std::collections::BTreeSet;

/// Where the difference in retention came from, or why there is none.
#[derive(Clone, Debug)]
pub enum Basis {
    /// A comparison of this study, adjusted, declared as primary.
    Measured {
        /// The comparison's slug.
        comparison: String,
        /// As "On the programme, against not on the programme".
        title: String,
        /// How it was adjusted: "Overlap weights".
        method: String,
        /// The difference in the share who stay, with its interval.
        row: Box<Released>,
    },
    /// There is none that may be used; a sentence says why.
    BreakEven(String),
}

/// Everything that is worked out for one model.
#[derive(Clone, Debug)]
pub struct Answers {
    /// What it comes to.
    pub verdict: Verdict,
    /// What is not said, and why.
    pub held_back: HeldBack,
    /// The answer that inputs were moved for.
    pub target: Target,
    /// What each input does alone, the largest first.
    pub bars: Vec<Bar>,
    /// All inputs at their worse and better ends.
    pub scenarios: Option<Scenarios>,
    /// The draws, with their seed.
    pub drawn: Option<(Drawn, u64)>,
    /// In how many years it has paid for itself.
    pub payback: Option<f64>,
    /// Where each input turns the net value, in the order of the bars; empty
    /// where there is no net value.
    pub switching: Vec<(String, Turn)>,
}

/// A way of doing it: core, gold, a lead that several share.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its slug.
    pub slug: String,
    /// As printed.
    pub label: String,
    /// What it is, in a sentence.
    pub what: String,
    /// The model with its inputs.
    pub model: Model,
    /// What it comes to, as break-even only: no data say what another way
    /// would do.
    pub verdict: Verdict,
}

/// An input that the study has not set, and rests on what staywise ships.
#[derive(Clone, Debug, PartialEq)]
pub struct NotSet {
    /// Its name in the model.
    pub input: String,
    /// How far the answer moves between its ends.
    pub swing: f64,
}

/// Who those that leave are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// They are without what is costed: no more can be kept than they.
    WithoutIt,
    /// Everyone as things are, also those who have it: whom it keeps already
    /// is not among them.
    Everyone,
}

/// How many of a year's preceptees leave within twelve months.
#[derive(Clone, Debug, PartialEq)]
pub struct Leavers {
    /// How many, in people; an average may be no whole number.
    pub count: f64,
    /// Who says so.
    pub source: String,
    /// Who they are.
    pub whose: Whose,
}

impl Leavers {
    /// The most who can be kept, where their number says so.
    #[must_use]
    pub fn most(&self) -> Option<f64> {
        (self.whose == Whose::WithoutIt).then_some(self.count)
    }
}

/// One business case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The model.
    pub model: Model,
    /// The groups of staff as printed; one without a name where all are one.
    pub groups: Vec<String>,
    /// How many years.
    pub years: u16,
    /// Whether there is a difference to value.
    pub effect: Effect,
    /// The one prudent adjustment.
    pub adjustment: Adjustment,
    /// Where the difference came from.
    pub basis: Basis,
    /// How many of a year's preceptees leave within twelve months.
    pub leavers: Option<Leavers>,
    /// The year whose prices all money is in: `2025-26`.
    pub prices_of: String,
    /// The kind of provider: `nhs`, `social_care`.
    pub setting: String,
    /// The day by which sources are judged to be out of date.
    pub today: Day,
    /// What it answers.
    pub answers: Answers,
    /// Other ways of doing it, beside doing nothing.
    pub choices: Vec<Choice>,
    /// Inputs that the study has not set, those that move the answer most
    /// first.
    pub not_set: Vec<NotSet>,
    /// What-ifs that were asked for, as typed; empty in a report.
    pub what_ifs: Vec<String>,
}

impl Case {
    /// The steps that are kept back: what rests on the difference where no
    /// single net value is told, the cost for each person kept where that is
    /// not, and what is worked out from them.
    #[must_use]
    pub fn kept_back(&self) -> BTreeSet<String> {
        let held = &self.answers.held_back;
        let rests = |name: &str| {
            let inputs = self.model.rests_on(name);
            inputs.iter().any(|input| input.slug == "effect")
        };
        let mut hidden = BTreeSet::new();
        for step in &self.model.steps {
            let mut reads = Vec::new();
            step.formula.reads(&mut reads);
            if (held.one_figure.is_some() && rests(&step.name))
                || (held.per_stayer.is_some() && step.name == "cost_per_stayer")
                || reads.iter().any(|name| hidden.contains(name))
            {
                hidden.insert(step.name.clone());
            }
        }
        hidden
    }
}
