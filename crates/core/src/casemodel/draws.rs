//! Many cases at once: each input drawn by chance from its range, the answer
//! worked out for each draw. The same seed gives the same draws in any order
//! and on any number of threads, since a batch has a stream of its own.

use super::answers::{COST, LEAVER, Target};
use super::input::{Input, Spread};
use super::model::Model;
use crate::stats::chance::Chance;

/// How many draws have one stream.
pub const BATCH: u32 = 4_000;

/// The standard normal point that leaves 2.5% above it.
const Z: f64 = 1.959_963_984_540_054;

/// One input drawn.
fn drawn(input: &Input, chance: &mut Chance) -> f64 {
    let range = input.range;
    let (below, above) = (range.central - range.low, range.high - range.central);
    let width = below + above;
    if width <= 0.0 {
        return range.central;
    }
    match input.spread {
        Spread::Triangle => {
            let u = chance.fraction();
            if u * width < below {
                range.low + (u * width * below).sqrt()
            } else {
                range.high - ((1.0 - u) * width * above).sqrt()
            }
        }
        Spread::Interval => {
            let z = chance.normal();
            let side = if z < 0.0 { below } else { above };
            range.central + z * side / Z
        }
    }
}

/// One batch of draws of an answer, in order; answers that cannot be had are
/// not numbers.
#[must_use]
pub fn batch(model: &Model, target: Target, (seed, part): (u64, u32)) -> Vec<f64> {
    let mut chance = Chance::new(seed, u64::from(part));
    let places = [target.step(), COST, LEAVER].map(|name| model.place(name));
    // Lines that the answer does not rest on take as long as those it does.
    let wanted = model.under(target.step());
    let mut inputs = model.central();
    let mut row = Vec::new();
    let varied: Vec<usize> = (0..model.inputs.len())
        .filter(|&at| !model.inputs[at].range.is_fixed())
        .collect();
    (0..BATCH)
        .map(|_| {
            for &at in &varied {
                inputs[at] = drawn(&model.inputs[at], &mut chance);
            }
            model.work_wanted(&inputs, &wanted, &mut row);
            let [step, cost, leaver] = places.map(|at| at.and_then(|at| row.get(at)).copied());
            let of = (cost.unwrap_or(f64::NAN), leaver.unwrap_or(f64::NAN));
            target.read(step, of).unwrap_or(f64::NAN)
        })
        .collect()
}

/// What the draws say.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// How many draws there were.
    pub count: usize,
    /// Draws whose answer could not be had.
    pub without: usize,
    /// The mean; infinite where no number was enough in a draw.
    pub mean: f64,
    /// How far another run of as many draws would put the mean, one standard
    /// error; infinite where the mean is.
    pub mean_error: f64,
    /// The points below which 5, 25, 50, 75 and 95 of 100 draws lie; infinite
    /// where no number is enough there.
    pub points: [f64; 5],
    /// One standard error of each point, from how the batches differ; infinite
    /// where a batch had no finite point.
    pub point_errors: [f64; 5],
    /// The share of draws in which the net value is nought or more.
    pub share_even: f64,
}

/// The points that are told.
pub const POINTS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// All batches together; none where no draw had an answer. What is summed is
/// summed in the order of the batches.
#[must_use]
pub fn together(batches: &[Vec<f64>]) -> Option<Drawn> {
    let drawn: usize = batches.iter().map(Vec::len).sum();
    let mut all: Vec<f64> = batches
        .iter()
        .flatten()
        .copied()
        .filter(|x| !x.is_nan())
        .collect();
    if all.is_empty() {
        return None;
    }
    let n = all.len() as f64;
    let mean = all.iter().sum::<f64>() / n;
    let squares: f64 = match mean.is_finite() {
        true => all.iter().map(|x| (x - mean).powi(2)).sum(),
        false => f64::INFINITY,
    };
    let even = all.iter().filter(|x| **x >= 0.0).count();
    let count = all.len();
    all.sort_unstable_by(f64::total_cmp);
    let of_batches: Vec<[f64; 5]> = batches
        .iter()
        .filter_map(|batch| {
            let mut own: Vec<f64> = batch.iter().copied().filter(|x| !x.is_nan()).collect();
            own.sort_unstable_by(f64::total_cmp);
            (!own.is_empty()).then(|| POINTS.map(|p| point(&own, p)))
        })
        .collect();
    Some(Drawn {
        count: drawn,
        without: drawn - count,
        mean,
        mean_error: (squares / (n - 1.0).max(1.0) / n).sqrt(),
        points: POINTS.map(|p| point(&all, p)),
        point_errors: std::array::from_fn(|at| {
            let own: Vec<f64> = of_batches.iter().map(|points| points[at]).collect();
            error_of_mean(&own)
        }),
        share_even: even as f64 / n,
    })
}

/// One standard error of the mean of some numbers; nought for fewer than two.
fn error_of_mean(numbers: &[f64]) -> f64 {
    let n = numbers.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = numbers.iter().sum::<f64>() / n;
    if !mean.is_finite() {
        return f64::INFINITY;
    }
    let squares: f64 = numbers.iter().map(|x| (x - mean).powi(2)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

/// The point of a sorted row below which a share lies, between its two
/// nearest numbers (Hyndman and Fan's type 7).
fn point(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = at.floor();
    let (low, high) = (sorted[below as usize], sorted[at.ceil() as usize]);
    if low == high {
        return low;
    }
    low + (high - low) * (at - below)
}
