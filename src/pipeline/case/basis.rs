//! Where the difference of a case comes from: the study's own comparison,
//! adjusted and declared beforehand, or nowhere. A before and after without a
//! comparator, a comparison of those who completed, and a number typed in are
//! none. Makes no figure: it takes released ones.

use super::Given;
use super::inputs::{WhatIf, taken_to_be};
use crate::case::{Basis as Told, Leavers, Whose};
use crate::report::evidence::{Comparison, Guard, Purpose, Standing};
use crate::study::{CaseAsked, CaseEffect};
use staywise_core::casemodel::{
    Effect, Grade, Input, Model, Provenance, Range, Rounding, SetBy, Spread, Unit,
};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Group, Level, Statistic, Status};

/// The months within which a leaver is counted as one.
const MONTHS: u32 = 12;

/// Where the difference comes from.
pub(super) enum Basis<'a> {
    /// An adjusted answer that is shown.
    Measured {
        comparison: &'a Comparison,
        method: &'a str,
        row: &'a Released,
        range: Range,
    },
    /// None; why.
    None(String),
}

/// Finds the difference, or says why there is none.
pub(super) fn find<'a>(asked: &CaseAsked, given: &Given<'a>) -> Basis<'a> {
    let found = match &asked.effect {
        CaseEffect::None => Err("The study asks for break-even only.".to_owned()),
        CaseEffect::Named(name) => {
            let named = given.comparisons.iter().find(|c| c.name == *name);
            named.ok_or_else(|| format!("The study has no comparison called `{name}`."))
        }
        CaseEffect::Primary => {
            let mut all = given.comparisons.iter();
            all.find(|c| c.standing == Standing::Primary).ok_or_else(|| {
                "The study declares no primary comparison of those with preceptorship and those \
                 without, so that no difference can be put down to it: a before and after alone \
                 says nothing."
                    .to_owned()
            })
        }
    };
    match found.and_then(usable) {
        Ok(basis) => basis,
        Err(why) => Basis::None(why),
    }
}

/// The adjusted answer of a comparison, if it may be valued.
fn usable(comparison: &Comparison) -> Result<Basis<'_>, String> {
    let title = &comparison.title;
    if let Guard::Refused { why, instead } = &comparison.guard {
        return Err(format!("“{title}” is refused. {why} {instead}"));
    }
    if comparison.standing != Standing::Primary {
        return Err(format!(
            "“{title}” was not declared as the primary comparison before its figures were seen."
        ));
    }
    let primary = |answer: &&crate::report::evidence::Answer| answer.purpose == Purpose::Primary;
    let Some(answer) = comparison.answers.iter().find(primary) else {
        let why = comparison.refusals.join(" ");
        let why = match why.as_str() {
            "" => "It has no adjusted answer.",
            why => why,
        };
        return Err(format!("“{title}” has no answer that may be valued. {why}"));
    };
    let row = &answer.row;
    if row.key().horizon_months != Some(MONTHS) {
        return Err(format!(
            "“{title}” is not of staying for twelve months, which is what a leaver costs here."
        ));
    }
    let numbers = (row.estimate(), row.lower(), row.upper());
    match (row.status(), numbers) {
        (Status::Shown, (Some(central), Some(low), Some(high))) => Ok(Basis::Measured {
            comparison,
            method: &answer.method,
            row,
            range: Range { low, central, high },
        }),
        _ => Err(format!(
            "“{title}” has no figure that may be shown. {}",
            row.reason()
        )),
    }
}

impl Basis<'_> {
    pub(super) fn effect(&self) -> Effect {
        match self {
            Basis::Measured { .. } => Effect::Measured,
            Basis::None(_) => Effect::BreakEven,
        }
    }

    pub(super) fn told(&self) -> Told {
        match self {
            Basis::Measured {
                comparison,
                method,
                row,
                ..
            } => Told::Measured {
                comparison: comparison.name.clone(),
                title: comparison.title.clone(),
                method: (*method).to_owned(),
                row: Box::new((*row).clone()),
            },
            Basis::None(why) => Told::BreakEven(why.clone()),
        }
    }

    /// The difference as an input of the model.
    pub(super) fn input(&self, what_ifs: &[WhatIf]) -> Option<Input> {
        let Basis::Measured {
            comparison,
            method,
            row,
            range,
        } = self
        else {
            return None;
        };
        let mut input = Input {
            name: "effect".to_owned(),
            slug: "effect".to_owned(),
            group: None,
            label: "Difference in the share who stay twelve months".to_owned(),
            what: format!(
                "{}: how many more of a hundred stay, from this study, with its 95% interval. It \
                 is associated with preceptorship; that it is caused by it is not shown.",
                comparison.title
            ),
            unit: Unit::Share,
            range: *range,
            provenance: Provenance {
                price_year: None,
                source: Some(format!("this study, {method}, claim {}", row.claim())),
                dated: comparison.declared_on,
                good_until: None,
                grade: Some(Grade::B),
                set_by: SetBy::Data,
                note: None,
            },
            spread: Spread::Interval,
        };
        if let Some(what_if) = what_ifs.iter().find(|w| w.input == "effect") {
            taken_to_be(&mut input, what_if.value, "");
        }
        Some(input)
    }
}

/// How many of a year's preceptees leave within twelve months: as the study
/// says, else by its own released retention, of those without preceptorship
/// where it compares, else of everyone.
pub(super) fn leavers(
    asked: &CaseAsked,
    given: &Given<'_>,
    (model, basis): (&Model, &Basis<'_>),
) -> Option<Leavers> {
    let said = |(count, source): (f64, String)| Leavers {
        count,
        source,
        whose: Whose::WithoutIt,
    };
    if let Some(given) = &asked.leavers {
        return Some(said(given.clone()));
    }
    let mut read = given.workbook.iter().map(|w| &w.input);
    let read = read.find(|i| i.slug == "leavers");
    if let Some(range) = read.and_then(|i| i.range) {
        let source = read.and_then(|i| i.source.clone());
        let source = source.unwrap_or_else(|| "as given in the workbook of inputs".to_owned());
        return Some(said((range.central, source)));
    }
    let people = model
        .worked(&model.central(), Rounding::Pence)
        .get("preceptees_all")?;
    let without = without(given, basis).and_then(|comparison| {
        let group = Group::one(&comparison.dimension, &Level::new(&comparison.comparator));
        let stay = retention(given.rows, &group)?;
        Some((stay, comparison.comparator.clone(), Whose::WithoutIt))
    });
    let (stay, of, whose) = match without {
        Some(without) => without,
        None => {
            let stay = retention(given.rows, &Group::everyone())?;
            (stay, "everyone who started".to_owned(), Whose::Everyone)
        }
    };
    let source = format!(
        "this study: of {of}, {:.0}% stayed twelve months",
        stay * 100.0
    );
    Some(Leavers {
        count: people * (1.0 - stay),
        source,
        whose,
    })
}

/// The comparison that names those without preceptorship: the one that is
/// valued, else the primary one, unless it is no fair one from the start.
fn without<'a>(given: &Given<'a>, basis: &Basis<'a>) -> Option<&'a Comparison> {
    let of_everybody = |c: &&Comparison| !c.is_of_some;
    if let Basis::Measured { comparison, .. } = basis {
        return Some(*comparison).filter(of_everybody);
    }
    let mut all = given.comparisons.iter().filter(of_everybody);
    all.find(|c| c.standing == Standing::Primary && matches!(c.guard, Guard::Allowed(_)))
}

/// The released share who stayed twelve months, over everything.
fn retention(rows: &[Released], group: &Group) -> Option<f64> {
    let wanted = |row: &&Released| {
        let key = row.key();
        key.metric == "retention_12m"
            && key.period.label == "all"
            && key.group == *group
            && key.statistic == Statistic::Value
            && key.adjusted_for.is_none()
    };
    rows.iter().find(wanted).and_then(Released::estimate)
}
