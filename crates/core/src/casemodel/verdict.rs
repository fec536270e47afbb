//! What a case may say and what it may not. The first sentence of the page is
//! chosen here, from figures; so is what is held back. Writes no words.

use super::answers::{Bar, drivers};
use super::formula::Rounding;
use super::input::{Grade, SetBy};
use super::model::Model;
use super::plan::{Adjustment, Effect};

/// What the case comes to, before anything else is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// Others pay for all of it.
    Free,
    /// A leaver costs nothing, so that nothing can be saved.
    NothingToSave,
    /// More would have to stay than leave.
    CannotPay {
        /// How many more must stay.
        needed: f64,
        /// How many leave.
        leavers: f64,
    },
    /// No difference was measured, or none that may be used.
    PaysIf {
        /// How many more must stay.
        needed: f64,
    },
    /// The interval of the difference spans nought.
    CannotTell {
        /// How many more must stay.
        needed: f64,
    },
    /// The whole interval lies at or above what is needed.
    Pays {
        /// How many more must stay.
        needed: f64,
    },
    /// What is needed lies within the interval.
    MayPay {
        /// How many more must stay.
        needed: f64,
    },
    /// The whole interval lies below what is needed.
    DoesNotPay {
        /// How many more must stay.
        needed: f64,
    },
}

impl Verdict {
    /// How many more must stay, as whole people; none where nothing is needed
    /// or nothing helps.
    #[must_use]
    pub fn people(self) -> Option<f64> {
        match self {
            Self::Free | Self::NothingToSave => None,
            Self::CannotPay { needed, .. }
            | Self::PaysIf { needed }
            | Self::CannotTell { needed }
            | Self::Pays { needed }
            | Self::MayPay { needed }
            | Self::DoesNotPay { needed } => Some(whole(needed)),
        }
    }
}

/// Whole people: four and a bit are five, and four less the error of a
/// double's arithmetic are four.
#[must_use]
fn whole(people: f64) -> f64 {
    (people - 1e-9).ceil().max(0.0)
}

/// What the case comes to. `leavers` is how many of a year's preceptees leave
/// within twelve months as things are, where that is known. None where the
/// model has no such answers.
#[must_use]
pub fn verdict(
    model: &Model,
    (effect, adjustment): (Effect, Adjustment),
    leavers: Option<f64>,
) -> Option<Verdict> {
    let values = model.worked(&model.central(), Rounding::Pence);
    if values.get("pv_cost")? <= 0.0 {
        return Some(Verdict::Free);
    }
    if values.get("leaver_mean")? <= 0.0 {
        return Some(Verdict::NothingToSave);
    }
    let needed = values.get("break_even")?;
    // No more can be kept than leave, nor than there are.
    let most = leavers.or_else(|| values.get("preceptees_all"))?;
    if whole(needed) > most {
        return Some(Verdict::CannotPay {
            needed,
            leavers: most,
        });
    }
    if effect == Effect::BreakEven {
        return Some(Verdict::PaysIf { needed });
    }
    let range = model.interval()?;
    if spans_nought(model) {
        return Some(Verdict::CannotTell { needed });
    }
    let credited = match adjustment {
        Adjustment::Attribution => values.get("attribution")?,
        _ => 1.0,
    };
    let people = values.get("preceptees_all")? * credited;
    Some(if people * range.low >= needed {
        Verdict::Pays { needed }
    } else if people * range.high < needed {
        Verdict::DoesNotPay { needed }
    } else {
        Verdict::MayPay { needed }
    })
}

/// Whether the difference's interval touches nought.
fn spans_nought(model: &Model) -> bool {
    model
        .interval()
        .is_some_and(|range| range.low <= 0.0 && range.high >= 0.0)
}

/// Why something is not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// There is no difference to value.
    NoEffect,
    /// The interval of the difference touches nought.
    SpansNought,
    /// Too few preceptees for more than ranges.
    Few,
    /// An input that drives the answer has a source of grade C or D, or none.
    Driver {
        /// Its label.
        label: String,
        /// Its grade.
        grade: Option<Grade>,
    },
}

/// From how many preceptees a year one figure is told beside its range: as
/// many as an arm of a comparison needs.
pub(super) const FEW: f64 = 30.0;

/// What is held back of a case: the probability that it pays for itself, the
/// cost for each person kept, and the net value as one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldBack {
    /// Why the probability is not told.
    pub probability: Option<Withheld>,
    /// Why the cost for each person kept is not told.
    pub per_stayer: Option<Withheld>,
    /// Why the net value is told as a range only.
    pub one_figure: Option<Withheld>,
}

/// What is held back, from the model and what moves its answer.
#[must_use]
pub fn withheld(model: &Model, bars: &[Bar], effect: Effect) -> HeldBack {
    if effect == Effect::BreakEven {
        let why = Some(Withheld::NoEffect);
        return HeldBack {
            probability: why.clone(),
            per_stayer: why.clone(),
            one_figure: why,
        };
    }
    let values = model.worked(&model.central(), Rounding::Pence);
    let few = values
        .get("preceptees_all")
        .is_none_or(|people| people < FEW)
        .then_some(Withheld::Few);
    let spans = spans_nought(model).then_some(Withheld::SpansNought);
    let weak = drivers(bars).into_iter().find_map(|name| {
        let input = model.input(name)?;
        let grade = input.provenance.grade;
        let good = grade.is_some_and(|g| g <= Grade::B) && input.provenance.set_by != SetBy::WhatIf;
        (!good).then(|| Withheld::Driver {
            label: input.label.clone(),
            grade,
        })
    });
    HeldBack {
        probability: spans.clone().or_else(|| few.clone()).or(weak),
        per_stayer: spans.or_else(|| few.clone()),
        one_figure: few,
    }
}
