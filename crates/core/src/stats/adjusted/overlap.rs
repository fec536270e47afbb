//! Overlap weights: each person counts by the probability of being in the
//! other arm, so that the answer is about people who are found in both (Li,
//! Morgan and Zaslavsky 2018). Never takes the weights as known: the variance
//! stacks the model of who is in which arm and the two means.

use super::design::{ArmTerm, Design, People};
use super::effect::{Effect, Shares};
use super::logistic::{Data, Logistic, NotFitted, fit};
use crate::stats::matrix::Symmetric;

/// Whom the answer is about.
pub const ABOUT: &str = "The answer is about people whose characteristics are found in both \
groups. Those who could as well have been in the one as in the other count most; those who \
could only have been in one of them hardly count.";

/// The probability of being among those compared, and the weights it gives.
#[derive(Clone, Debug)]
pub(super) struct Propensity {
    design: Design,
    model: Logistic,
    /// Each person's weight, from 0 to 1.
    pub(super) weights: Vec<f64>,
}

/// Models who is in which arm.
///
/// # Errors
/// Terms that are singular or tell the arms apart; one arm without anybody.
pub(super) fn propensity(people: &People) -> Result<Propensity, NotFitted> {
    let design = people.design(ArmTerm::Without);
    let model = fit(&Data {
        width: design.width,
        rows: &design.rows,
        outcome: &people.compared,
        weights: None,
    })?;
    let weights = people
        .compared
        .iter()
        .zip(&model.fitted)
        .map(|(compared, e)| if *compared { 1.0 - e } else { *e })
        .collect();
    Ok(Propensity {
        design,
        model,
        weights,
    })
}

/// Sums over people that the two weighted means are made of.
struct Sums {
    /// Weights, by arm.
    weight: [f64; 2],
    /// Weights of those who stayed.
    stayed: [f64; 2],
    /// How each mean's equation moves with the model's coefficients.
    slope: [Vec<f64>; 2],
}

/// The effect among people found in both arms. None where the weights of an
/// arm come to nothing.
pub(super) fn effect(people: &People, propensity: &Propensity, level: f64) -> Option<Effect> {
    let means = |sums: &Sums| {
        let of = |arm: usize| sums.stayed[arm] / sums.weight[arm];
        [of(0), of(1)]
    };
    let sums = sums(people, propensity);
    if sums.weight.iter().any(|w| !w.is_finite() || *w <= 0.0) {
        return None;
    }
    let mean = means(&sums);
    let slope = slopes(people, propensity, mean, sums.slope);
    let inverse: &Symmetric = propensity.model.covariance();
    let turned = [inverse.times(&slope[0]), inverse.times(&slope[1])];
    let mut influence = Vec::with_capacity(people.count());
    let lines = propensity.design.lines();
    for (person, line) in lines.enumerate() {
        let compared = people.compared[person];
        let e = propensity.model.fitted[person];
        let residual = f64::from(u8::from(compared)) - e;
        let stayed = f64::from(u8::from(people.stayed[person]));
        let own = |arm: usize| {
            let inner: f64 = turned[arm].iter().zip(line).map(|(t, x)| t * x).sum();
            let here = usize::from(!compared) == arm;
            let score = if here {
                propensity.weights[person] * (stayed - mean[arm])
            } else {
                0.0
            };
            (score - inner * residual) / sums.weight[arm]
        };
        influence.push([own(0), own(1)]);
    }
    let shares = Shares {
        compared: mean[0],
        comparator: mean[1],
        influence,
        clusters: people.clusters.as_deref(),
    };
    Some(shares.effect(level))
}

fn sums(people: &People, propensity: &Propensity) -> Sums {
    let width = propensity.design.width;
    let mut sums = Sums {
        weight: [0.0; 2],
        stayed: [0.0; 2],
        slope: [vec![0.0; width], vec![0.0; width]],
    };
    let rows = people.compared.iter().zip(&people.stayed);
    for ((compared, stayed), weight) in rows.zip(&propensity.weights) {
        let arm = usize::from(!compared);
        sums.weight[arm] += weight;
        if *stayed {
            sums.stayed[arm] += weight;
        }
    }
    sums
}

/// Less the derivative of each mean's equation by the coefficients: a weight
/// of 1 - e falls with e in the one arm, a weight of e rises in the other.
fn slopes(
    people: &People,
    propensity: &Propensity,
    mean: [f64; 2],
    mut slope: [Vec<f64>; 2],
) -> [Vec<f64>; 2] {
    for (person, line) in propensity.design.lines().enumerate() {
        let arm = usize::from(!people.compared[person]);
        let e = propensity.model.fitted[person];
        let sign = if arm == 0 { 1.0 } else { -1.0 };
        let stayed = f64::from(u8::from(people.stayed[person]));
        let by = sign * e * (1.0 - e) * (stayed - mean[arm]);
        for (slot, x) in slope[arm].iter_mut().zip(line) {
            *slot += by * x;
        }
    }
    slope
}
