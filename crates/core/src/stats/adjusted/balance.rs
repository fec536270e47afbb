//! How alike the two arms are: every level's share and every number's mean in
//! both, before and after weighting. Never tests for a difference: how far
//! apart the arms are is no matter of chance.

use crate::domain::sample::{Arm, Sample, Values};

/// How alike two arms are.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// One for every level somebody has and every number; numbers also by
    /// their squares, which means alone do not see.
    pub rows: Vec<BalanceRow>,
    /// How many people the weighted arms are worth; none without weights.
    pub effective: Option<Effective>,
}

/// One characteristic in both arms.
#[derive(Clone, Debug, PartialEq)]
pub struct BalanceRow {
    /// The covariate.
    pub covariate: String,
    /// What of it.
    pub of: Of,
    /// As the people are.
    pub before: Pair,
    /// As they are weighted; none without weights.
    pub after: Option<Pair>,
}

/// What of a covariate is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The share at a level.
    Level(String),
    /// The mean.
    Mean,
    /// The mean of the squared distance from the mean of all.
    Square,
}

/// A share or mean in both arms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Of those compared.
    pub compared: f64,
    /// Of the comparator.
    pub comparator: f64,
    /// The first less the second over the spread within arms, unweighted: the
    /// root of the mean of the two variances. None where neither arm has any
    /// spread and yet they differ.
    pub standardised: Option<f64>,
}

/// How many people weighted arms are worth (Kish).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effective {
    /// Of those compared.
    pub compared: f64,
    /// Of the comparator.
    pub comparator: f64,
}

/// The two arms of a sample, with one weight a person or none. None where
/// an arm has nobody or no weight.
#[must_use]
pub fn balance(sample: &Sample, weights: Option<&[f64]>) -> Option<Balance> {
    let arms = &sample.rows().arms;
    if !arms.contains(&Arm::Compared) || !arms.contains(&Arm::Comparator) {
        return None;
    }
    let ones = vec![1.0; arms.len()];
    let arms = Arms {
        arms,
        ones: &ones,
        weights: weights.filter(|all| all.len() == ones.len()),
    };
    let mut rows = Vec::new();
    for covariate in &sample.rows().covariates {
        let mut add = |of: Of, values: &[f64], kind: Spread| {
            rows.push(arms.row(&covariate.name, of, (values, kind)));
        };
        match &covariate.values {
            Values::Categorical { levels, codes } => {
                for (code, level) in (0_u32..).zip(levels) {
                    if codes.contains(&code) {
                        let own: Vec<f64> = codes
                            .iter()
                            .map(|c| f64::from(u8::from(*c == code)))
                            .collect();
                        add(Of::Level(level.clone()), &own, Spread::Share);
                    }
                }
            }
            Values::Numeric(values) => {
                let count = values.len().max(1) as f64;
                let mean: f64 = values.iter().map(|v| v / count).sum();
                let squares: Vec<f64> = values.iter().map(|v| (v - mean).powi(2)).collect();
                add(Of::Mean, values, Spread::Number);
                add(Of::Square, &squares, Spread::Number);
            }
        }
    }
    let effective = match arms.weights {
        None => None,
        Some(weights) => Some(Effective {
            compared: kish(arms.own(Arm::Compared, weights).map(|(_, w)| w))?,
            comparator: kish(arms.own(Arm::Comparator, weights).map(|(_, w)| w))?,
        }),
    };
    Some(Balance { rows, effective })
}

/// How many people weights are worth: the square of their sum over the sum of
/// their squares (Kish). None where they come to nothing.
#[must_use]
pub fn kish(weights: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, squares) = weights.fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
    let worth = sum * sum / squares;
    worth.is_finite().then_some(worth)
}

/// Which variance a characteristic has within an arm.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    /// p (1 - p).
    Share,
    /// The squares over one fewer than the people.
    Number,
}

struct Arms<'a> {
    arms: &'a [Arm],
    ones: &'a [f64],
    weights: Option<&'a [f64]>,
}

impl Arms<'_> {
    /// The places and weights of an arm's people.
    fn own(&self, arm: Arm, weights: &[f64]) -> impl Iterator<Item = (usize, f64)> {
        let pairs = self.arms.iter().zip(weights).enumerate();
        pairs.filter_map(move |(place, (own, w))| (*own == arm).then_some((place, *w)))
    }

    fn mean(&self, arm: Arm, values: &[f64], weights: &[f64]) -> f64 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (place, weight) in self.own(arm, weights) {
            sum += weight * values.get(place).copied().unwrap_or(0.0);
            total += weight;
        }
        if total > 0.0 { sum / total } else { 0.0 }
    }

    fn variance(&self, arm: Arm, values: &[f64], kind: Spread) -> f64 {
        let mean = self.mean(arm, values, self.ones);
        if kind == Spread::Share {
            return mean * (1.0 - mean);
        }
        let (mut sum, mut people) = (0.0, 0.0);
        for (place, _) in self.own(arm, self.ones) {
            sum += (values.get(place).copied().unwrap_or(0.0) - mean).powi(2);
            people += 1.0;
        }
        if people > 1.0 {
            sum / (people - 1.0)
        } else {
            0.0
        }
    }

    fn row(&self, covariate: &str, of: Of, (values, kind): (&[f64], Spread)) -> BalanceRow {
        let spread = |arm| self.variance(arm, values, kind);
        let within = f64::midpoint(spread(Arm::Compared), spread(Arm::Comparator)).sqrt();
        let pair = |weights: &[f64]| {
            let compared = self.mean(Arm::Compared, values, weights);
            let comparator = self.mean(Arm::Comparator, values, weights);
            let apart = compared - comparator;
            let size = compared.abs().max(comparator.abs());
            let standardised = if apart.abs() <= 1e-12 * size {
                Some(0.0)
            } else if within <= 1e-12 * size {
                None
            } else {
                Some(apart / within)
            };
            Pair {
                compared,
                comparator,
                standardised,
            }
        };
        BalanceRow {
            covariate: covariate.to_owned(),
            of,
            before: pair(self.ones),
            after: self.weights.map(pair),
        }
    }
}
