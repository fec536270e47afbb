//! Made-up business cases for tests, from the small model with round numbers
//! that the model's own tests use.

#[path = "../../crates/core/tests/case_made/mod.rs"]
mod case_made;

use super::made_up::against;
use crate::case::{Answers, Basis, Case, Choice, Leavers, NotSet, Whose};
use staywise_core::casemodel::{
    Adjustment, Effect, Input, Model, Plan, Range, SetBy, Target, batch, payback, scenarios,
    switching, together, tornado, verdict, withheld,
};
use staywise_core::disclosure::Released;
use staywise_core::domain::Day;

/// What a made-up case differs in from the example.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made {
    /// Stayers and people on the programme, and not on it.
    pub(crate) found: Option<[(u64, u64); 2]>,
    /// The prudent adjustment.
    pub(crate) adjustment: Adjustment,
    /// How many leave.
    pub(crate) leavers: Option<f64>,
    /// Inputs with another range.
    pub(crate) set: Vec<(&'static str, f64, f64, f64)>,
    /// Groups of staff.
    pub(crate) groups: Vec<&'static str>,
}

impl Made {
    /// The case.
    pub(crate) fn case(&self) -> Case {
        let row = self.found.map(|[on, not]| against(on, not));
        let model = self.plan(row.as_ref()).model().unwrap();
        let effect = effect(row.as_ref());
        let answers = answers(&model, (effect, self.adjustment), self.leavers);
        let not_set = answers.bars.iter().map(|bar| NotSet {
            input: bar.input.clone(),
            swing: bar.swing(),
        });
        let not_set = not_set.filter(|one| one.input != "effect").collect();
        Case {
            groups: self.groups(),
            years: 3,
            effect,
            adjustment: self.adjustment,
            basis: match row {
                Some(row) => Basis::Measured {
                    comparison: "programme".to_owned(),
                    title: "On the programme, against not on the programme".to_owned(),
                    method: "Overlap weights".to_owned(),
                    row: Box::new(row),
                },
                None => Basis::BreakEven("The study declares no comparison.".to_owned()),
            },
            leavers: self.leavers.map(|count| Leavers {
                count,
                source: "this study's retention".to_owned(),
                whose: Whose::WithoutIt,
            }),
            prices_of: "2025-26".to_owned(),
            setting: "nhs".to_owned(),
            today: Day::from_ymd(2026, 6, 30).unwrap(),
            choices: vec![choice(&model, self.leavers)],
            model,
            answers,
            not_set,
            what_ifs: Vec::new(),
        }
    }

    fn groups(&self) -> Vec<String> {
        match self.groups.as_slice() {
            [] => vec![String::new()],
            names => names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn plan(&self, row: Option<&Released>) -> Plan {
        let ends = row.and_then(|row| Some((row.lower()?, row.estimate()?, row.upper()?)));
        let mut plan = case_made::plan(ends, self.adjustment);
        plan.groups = self.groups();
        for &(slug, low, central, high) in &self.set {
            for input in plan.inputs.iter_mut().filter(|input| input.slug == slug) {
                input.range = Range { low, central, high };
            }
        }
        if plan.groups.len() > 1 {
            let own = plan.inputs.iter().position(|i| i.slug == "preceptees");
            let all = plan.inputs.remove(own.unwrap());
            let of = |(at, group): (usize, &String)| Input {
                name: format!("preceptees.{}", at + 1),
                group: Some(group.clone()),
                ..all.clone()
            };
            let mut owned: Vec<Input> = plan.groups.iter().enumerate().map(of).collect();
            plan.inputs.append(&mut owned);
        }
        for input in &mut plan.inputs {
            let from = &mut input.provenance;
            match input.slug.as_str() {
                "effect" => from.set_by = SetBy::Data,
                "preceptees" => from.set_by = SetBy::Study,
                _ => from.set_by = SetBy::Shipped,
            }
            let words = input.label.clone();
            input.label = super::words::capital(&words);
        }
        plan
    }
}

fn effect(row: Option<&Released>) -> Effect {
    match row {
        Some(_) => Effect::Measured,
        None => Effect::BreakEven,
    }
}

fn answers(model: &Model, asked: (Effect, Adjustment), leavers: Option<f64>) -> Answers {
    let target = match asked.0 {
        Effect::Measured => Target::NetValue,
        Effect::BreakEven => Target::BreakEven,
    };
    let bars = tornado(model, target);
    let batches: Vec<Vec<f64>> = (0..3).map(|part| batch(model, target, (7, part))).collect();
    let turns = bars.iter().filter(|_| asked.0 == Effect::Measured);
    let turns = turns.filter_map(|bar| {
        let range = model.range(&bar.input)?;
        let turn = switching(model, &bar.input, (0.0, range.high * 2.0))?;
        Some((bar.input.clone(), turn))
    });
    Answers {
        verdict: verdict(model, asked, leavers).unwrap(),
        held_back: withheld(model, &bars, asked.0),
        target,
        scenarios: scenarios(model, target),
        drawn: together(&batches).map(|drawn| (drawn, 7)),
        payback: payback(model, 3),
        switching: turns.collect(),
        bars,
    }
}

/// The programme with twice the study days.
fn choice(model: &Model, leavers: Option<f64>) -> Choice {
    let mut inputs = model.inputs.clone();
    inputs.retain(|input| input.slug != "effect");
    for input in inputs.iter_mut().filter(|i| i.slug == "study_days") {
        input.range = Range::fixed(8.0);
    }
    let groups = inputs.iter().filter(|i| i.slug == "preceptees").count();
    let plan = Plan {
        inputs,
        groups: (0..groups).map(|n| n.to_string()).collect(),
        years: 3,
        effect: Effect::BreakEven,
        adjustment: Adjustment::None,
    };
    let model = plan.model().unwrap();
    let asked = (Effect::BreakEven, Adjustment::None);
    Choice {
        slug: "gold".to_owned(),
        label: "Gold standard".to_owned(),
        what: "Eight study days.".to_owned(),
        verdict: verdict(&model, asked, leavers).unwrap(),
        model,
    }
}
