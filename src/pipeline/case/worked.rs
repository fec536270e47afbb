//! Everything that a model answers, worked out once: what it comes to, every
//! input moved, and chance, drawn in parallel from streams that do not know of
//! one another.

use crate::case::{Answers, NotSet};
use crate::study::CaseAsked;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use staywise_core::casemodel::{
    Adjustment, BATCH, Bar, Effect, Model, SetBy, Target, Turn, Unit, batch, payback, scenarios,
    switching, together, tornado, verdict, withheld,
};

/// All answers of a model; none where it comes to no figure.
pub(super) fn answers(
    model: &Model,
    (effect, adjustment): (Effect, Adjustment),
    (asked, leavers): (&CaseAsked, Option<f64>),
) -> Option<Answers> {
    let target = match effect {
        Effect::Measured => Target::NetValue,
        Effect::BreakEven => Target::BreakEven,
    };
    let verdict = verdict(model, (effect, adjustment), leavers)?;
    let bars = tornado(model, target);
    let batches: Vec<Vec<f64>> = (0..asked.draws.div_ceil(BATCH))
        .into_par_iter()
        .map(|part| batch(model, target, (asked.seed, part)))
        .collect();
    let years = u16::try_from(asked.reach.len()).unwrap_or(u16::MAX);
    Some(Answers {
        verdict,
        held_back: withheld(model, &bars, effect),
        target,
        scenarios: scenarios(model, target),
        drawn: together(&batches).map(|drawn| (drawn, asked.seed)),
        payback: payback(model, years),
        switching: match effect {
            Effect::Measured => turns(model, &bars),
            Effect::BreakEven => Vec::new(),
        },
        bars,
    })
}

/// Where each input turns the net value.
fn turns(model: &Model, bars: &[Bar]) -> Vec<(String, Turn)> {
    let turn = |bar: &Bar| {
        let input = model.input(&bar.input)?;
        let most = input.range.high.max(input.range.central);
        let ends = match (input.slug.as_str(), input.unit) {
            ("effect", _) => (-1.0, 1.0),
            (_, Unit::Share) => (0.0, 1.0),
            (_, Unit::HoursAWeek) => (1.0, 168.0),
            _ => (0.0, most * 10.0),
        };
        Some((bar.input.clone(), switching(model, &bar.input, ends)?))
    };
    bars.iter().filter_map(turn).collect()
}

/// The inputs that nobody but staywise has set, those that move the answer
/// most first.
pub(super) fn not_set(model: &Model, bars: &[Bar]) -> Vec<NotSet> {
    let shipped = |bar: &&Bar| {
        model
            .input(&bar.input)
            .is_some_and(|input| input.provenance.set_by == SetBy::Shipped)
    };
    bars.iter()
        .filter(shipped)
        .map(|bar| NotSet {
            input: bar.input.clone(),
            swing: bar.swing(),
        })
        .collect()
}
