//! Standardisation: a model of the outcome with the arm as a term, asked what
//! would have become of everybody in the one arm and in the other. Never takes
//! the model as known: the variance stacks it and the two means.

use super::design::{ArmTerm, People};
use super::effect::{Effect, Shares};
use super::logistic::{Data, fit};
use crate::domain::Unknown;

/// The effect if everybody in both arms had been in the one or in the other.
///
/// # Errors
/// The outcome cannot be modelled: it says why.
pub(super) fn effect(people: &People, level: f64) -> Result<Effect, Unknown> {
    let design = people.design(ArmTerm::With);
    let data = Data {
        width: design.width,
        rows: &design.rows,
        outcome: &people.stayed,
        weights: None,
    };
    let model = fit(&data).map_err(|why| Unknown::NotApplicable(people.why_not(&why)))?;
    let count = people.count() as f64;
    // The probability of staying in each arm, the mean over everybody and how
    // it moves with the coefficients.
    let mut chances = Vec::with_capacity(people.count());
    let mut mean = [0.0; 2];
    let mut slope = [vec![0.0; design.width], vec![0.0; design.width]];
    for line in design.lines() {
        let mut own = [0.0; 2];
        for (arm, set) in [1.0, 0.0].into_iter().enumerate() {
            let p = probability(line, &model.coefficients, set);
            own[arm] = p;
            mean[arm] += p / count;
            let by = p * (1.0 - p) / count;
            for (place, (slot, x)) in slope[arm].iter_mut().zip(line).enumerate() {
                *slot += by * if place == 1 { set } else { *x };
            }
        }
        chances.push(own);
    }
    let turned = [
        model.covariance().times(&slope[0]),
        model.covariance().times(&slope[1]),
    ];
    let mut influence = Vec::with_capacity(people.count());
    let lines = design.lines().zip(&people.stayed).zip(&model.fitted);
    for (((line, stayed), p), own) in lines.zip(&chances) {
        let residual = f64::from(u8::from(*stayed)) - p;
        let of = |arm: usize| {
            let inner: f64 = turned[arm].iter().zip(line).map(|(t, x)| t * x).sum();
            (own[arm] - mean[arm]) / count + inner * residual
        };
        influence.push([of(0), of(1)]);
    }
    let shares = Shares {
        compared: mean[0],
        comparator: mean[1],
        influence,
        clusters: people.clusters.as_deref(),
    };
    Ok(shares.effect(level))
}

/// The probability with the arm (the second term) set.
fn probability(line: &[f64], coefficients: &[f64], arm: f64) -> f64 {
    let odds: f64 = line
        .iter()
        .zip(coefficients)
        .enumerate()
        .map(|(place, (x, b))| if place == 1 { arm * b } else { x * b })
        .sum();
    let small = (-odds.abs()).exp();
    let near = 1.0 / (1.0 + small);
    if odds >= 0.0 { near } else { small * near }
}
