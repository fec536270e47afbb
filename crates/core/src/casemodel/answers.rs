//! What a case answers beside its steps: when it has paid for itself, how far
//! each input would have to move, the worst and the best, and which inputs
//! move it most. One input at a time unless said; says nothing of chance.

use super::formula::Rounding;
use super::input::{Input, Range};
use super::model::Model;
use super::plan::of_year;

/// The answer that inputs are moved for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// What is saved less what it costs, at the first year's value; better
    /// when more.
    NetValue,
    /// How many more must stay; better when fewer.
    BreakEven,
}

impl Target {
    /// The step that holds it.
    #[must_use]
    pub fn step(self) -> &'static str {
        match self {
            Self::NetValue => "npv",
            Self::BreakEven => "break_even",
        }
    }

    /// Whether one value is worse than another.
    #[must_use]
    pub fn is_worse(self, one: f64, other: f64) -> bool {
        match self {
            Self::NetValue => one < other,
            Self::BreakEven => one > other,
        }
    }

    /// The answer as it is to be read, from the step that holds it, what the
    /// programme costs and what a leaver costs (both in pounds). None need
    /// stay for what costs nothing; where a leaver costs nothing, or less, no
    /// number of them is enough, which is infinite and worse than any other.
    #[must_use]
    pub fn read(self, step: Option<f64>, (cost, leaver): (f64, f64)) -> Option<f64> {
        match self {
            Self::NetValue => step,
            Self::BreakEven if cost <= 0.0 => Some(0.0),
            Self::BreakEven if leaver <= 0.0 => Some(f64::INFINITY),
            Self::BreakEven => step,
        }
    }
}

/// The steps that [`Target::read`] needs beside the answer's own.
pub(super) const COST: &str = "pv_cost";
/// What a leaver costs.
pub(super) const LEAVER: &str = "leaver_mean";

/// What one input does to the answer, all others central.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The input's name.
    pub input: String,
    /// The answer with the input at its least.
    pub at_low: f64,
    /// The answer with the input at its most.
    pub at_high: f64,
}

impl Bar {
    /// From one end to the other; nought where both ends are alike, also where
    /// no number is enough at either.
    #[must_use]
    pub fn swing(&self) -> f64 {
        match self.at_high == self.at_low {
            true => 0.0,
            false => (self.at_high - self.at_low).abs(),
        }
    }
}

/// Where an input turns the net value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    /// At this value it is nought.
    At(f64),
    /// At none that it can have.
    Never,
}

/// One case told at its worst, likeliest and best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenarios {
    /// Each input at its worse end.
    pub worst: f64,
    /// Each at its likeliest.
    pub central: f64,
    /// Each at its better end.
    pub best: f64,
}

/// The answer for some values of the inputs, without rounding; none where it
/// cannot be had.
fn answer(model: &Model, inputs: &[f64], target: Target) -> Option<f64> {
    let values = model.worked(inputs, Rounding::None);
    let [cost, leaver] = [COST, LEAVER].map(|name| values.get(name).unwrap_or(f64::NAN));
    target.read(values.get(target.step()), (cost, leaver))
}

/// The answer with one input moved.
fn moved(model: &Model, (place, to): (usize, f64), target: Target) -> Option<f64> {
    let mut inputs = model.central();
    *inputs.get_mut(place)? = to;
    answer(model, &inputs, target)
}

/// What each input that is not fixed does alone, the largest first and equal
/// ones by name; those that do nothing are left out.
#[must_use]
pub fn tornado(model: &Model, target: Target) -> Vec<Bar> {
    let mut bars: Vec<Bar> = varied(model)
        .filter_map(|(place, input)| {
            let bar = Bar {
                input: input.name.clone(),
                at_low: moved(model, (place, input.range.low), target)?,
                at_high: moved(model, (place, input.range.high), target)?,
            };
            (bar.swing() > 0.0).then_some(bar)
        })
        .collect();
    bars.sort_by(|a, b| {
        let by_swing = b.swing().total_cmp(&a.swing());
        by_swing.then_with(|| a.input.cmp(&b.input))
    });
    bars
}

fn varied(model: &Model) -> impl Iterator<Item = (usize, &Input)> {
    let inputs = model.inputs.iter().enumerate();
    inputs.filter(|(_, input)| !input.range.is_fixed())
}

/// The share of all squared swings that the drivers make.
const DRIVEN: f64 = 0.9;

/// The fewest inputs that make nine tenths of the sum of squared swings.
#[must_use]
pub fn drivers(bars: &[Bar]) -> Vec<&str> {
    let squares = |bars: &[Bar]| bars.iter().map(|b| b.swing().powi(2)).sum::<f64>();
    let wanted = DRIVEN * squares(bars);
    let mut found = Vec::new();
    let mut so_far = 0.0;
    for bar in bars {
        if so_far >= wanted {
            break;
        }
        so_far += bar.swing().powi(2);
        found.push(bar.input.as_str());
    }
    found
}

/// All inputs at their worse ends, at their likeliest and at their better
/// ends; each end is the one that is worse alone.
#[must_use]
pub fn scenarios(model: &Model, target: Target) -> Option<Scenarios> {
    let central = model.central();
    let (mut worst, mut best) = (central.clone(), central.clone());
    for (place, input) in varied(model) {
        let low = moved(model, (place, input.range.low), target)?;
        let high = moved(model, (place, input.range.high), target)?;
        let Range {
            low: l, high: h, ..
        } = input.range;
        let (bad, good) = if target.is_worse(low, high) {
            (l, h)
        } else {
            (h, l)
        };
        worst[place] = bad;
        best[place] = good;
    }
    Some(Scenarios {
        worst: answer(model, &worst, target)?,
        central: answer(model, &central, target)?,
        best: answer(model, &best, target)?,
    })
}

/// The value of one input at which the net value is nought, all others
/// central, between the ends it can have; none where there is no such input
/// or no net value.
#[must_use]
pub fn switching(model: &Model, input: &str, (least, most): (f64, f64)) -> Option<Turn> {
    let place = model.place(input)?;
    let net = |to| moved(model, (place, to), Target::NetValue);
    let (mut low, mut high) = (least, most);
    let (at_low, at_high) = (net(low)?, net(high)?);
    if at_low == 0.0 {
        return Some(Turn::At(low));
    }
    if at_high == 0.0 {
        return Some(Turn::At(high));
    }
    if at_low.signum() == at_high.signum() {
        return Some(Turn::Never);
    }
    // Each half keeps the ends on either side of nought; so many halvings
    // leave nothing of a double to halve.
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        let at_middle = net(middle)?;
        if at_middle.signum() == at_low.signum() {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(Turn::At(low + (high - low) / 2.0))
}

/// How many years it takes until what is saved has made up for what it cost,
/// as if both came evenly within a year; none where it does not within the
/// case's years, or nothing is saved.
#[must_use]
pub fn payback(model: &Model, years: u16) -> Option<f64> {
    let values = model.worked(&model.central(), Rounding::Pence);
    let mut so_far = 0.0;
    let mut paid = None;
    for year in 1..=years {
        let net = values.get(&of_year("net", year))?;
        let after = so_far + net;
        if so_far < 0.0 && after >= 0.0 {
            paid = Some(f64::from(year) - 1.0 + -so_far / net);
        } else if year == 1 && net >= 0.0 {
            // Cost and saving come together, so that it never owes.
            paid = Some(0.0);
        } else if after < 0.0 {
            paid = None;
        }
        so_far = after;
    }
    paid
}
