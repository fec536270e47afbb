//! A fair comparison of two groups of people: what the groups differ in, the
//! difference as it stands, and one adjusted answer with others beside it as a
//! check. What is refused has no number here. Never says what caused anything.

pub mod balance;
pub mod bounds;
pub mod logistic;
pub mod refusals;
pub mod regression;

mod design;
mod effect;
mod overlap;
pub(super) mod spread;
mod standardised;

pub use balance::{Balance, BalanceRow};
pub use effect::Effect;
pub use overlap::ABOUT;
pub use refusals::{Names, Refusal};
pub use regression::Robust;
pub use spread::Answer;

use super::difference::{Share, newcombe, newcombe_p};
use crate::domain::sample::{Arm, ArmCounts, Sample, Term};
use crate::domain::{Interval, Unknown};
use design::People;

/// How a comparison is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Confidence level of every interval.
    pub level: f64,
    /// How the errors of the linear regression are made robust.
    pub robust: Robust,
}

/// A comparison of two arms. All of it is of those whose outcome is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The people compared, those with no known outcome counted.
    pub compared: ArmCounts,
    /// The people of the comparator.
    pub comparator: ArmCounts,
    /// How alike the arms are, after weighting too where they can be weighted;
    /// none where an arm has nobody.
    pub balance: Option<Balance>,
    /// The difference in the share still in post as it stands (Newcombe).
    pub unadjusted: Result<Unadjusted, Unknown>,
    /// The adjusted answers, or every reason not to give them.
    pub adjusted: Result<Adjusted, Vec<Refusal>>,
}

/// A difference with nothing allowed for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unadjusted {
    /// Compared less comparator.
    pub estimate: f64,
    /// Newcombe's interval.
    pub interval: Interval,
    /// The p that goes with it.
    pub p: f64,
}

/// What is said once the groups' differences are allowed for.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjusted {
    /// What was allowed for.
    pub terms: Vec<Term>,
    /// The one answer, by overlap weights: it is about `ABOUT`.
    pub primary: Effect,
    /// Other ways of asking, to see whether they say the same. A caller may
    /// add its own, as an adjusted hazard ratio.
    pub sensitivity: Vec<Sensitivity>,
}

/// Another way of asking, marked as such wherever it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Sensitivity {
    /// Everybody in both arms, had they been in the one or in the other.
    Standardised(Result<Effect, Unknown>),
    /// The difference from a linear regression.
    Regression(Result<Answer, Unknown>),
    /// The hazard of leaving, compared over comparator, from Cox's model.
    Hazard(Result<Answer, Unknown>),
}

/// Compares the two arms of a sample.
#[must_use]
pub fn compare(sample: &Sample, settings: &Settings) -> Comparison {
    let known = sample.known();
    let people = People::of(&known);
    let counts = [Arm::Compared, Arm::Comparator].map(|arm| sample.counts(arm));
    let mut refused = refusals::of_counts(counts[0], counts[1], people.columns.terms.len());
    let propensity = overlap::propensity(&people);
    let weights = propensity.as_ref().ok().map(|p| p.weights.as_slice());
    let balance = balance::balance(&known, weights);
    match (&propensity, &balance) {
        (Err(why), _) => refused.extend(refusals::of_model(&people, why)),
        (Ok(_), Some(found)) => {
            refused.extend(refusals::of_balance(found, counts[0], counts[1]));
        }
        (Ok(_), None) => {}
    }
    let primary = match &propensity {
        Ok(propensity) if refused.is_empty() => {
            overlap::effect(&people, propensity, settings.level)
        }
        _ => None,
    };
    let adjusted = match primary {
        Some(primary) => Ok(Adjusted {
            primary,
            sensitivity: vec![
                Sensitivity::Standardised(standardised::effect(&people, settings.level)),
                Sensitivity::Regression(regression::difference(
                    &people,
                    settings.robust,
                    settings.level,
                )),
            ],
            terms: people.columns.terms,
        }),
        None => {
            // Weights that come to nothing: the arms are apart to rounding.
            if refused.is_empty() {
                refused.push(Refusal::Separated { by: Vec::new() });
            }
            Err(refused)
        }
    };
    Comparison {
        compared: counts[0],
        comparator: counts[1],
        balance,
        unadjusted: unadjusted(counts[0], counts[1], settings.level),
        adjusted,
    }
}

fn unadjusted(one: ArmCounts, two: ArmCounts, level: f64) -> Result<Unadjusted, Unknown> {
    let share = |counts: ArmCounts| Share {
        hits: counts.stayed,
        n: counts.known(),
    };
    let found = newcombe(share(one), share(two), level).zip(newcombe_p(share(one), share(two)));
    let (difference, p) = found
        .ok_or_else(|| Unknown::NotApplicable("one of the groups has nobody in it".to_owned()))?;
    Ok(Unadjusted {
        estimate: difference.estimate,
        interval: difference.interval,
        p,
    })
}
