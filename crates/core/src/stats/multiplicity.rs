//! Several tests at once. Only adjusts p; never says which tests make a
//! family, and makes none: a family is named by whoever asks.

use std::collections::BTreeSet;

/// Each p of a family adjusted by Holm's step-down method (1979), in the order
/// given: the smallest times how many there are, the next times one fewer, and
/// so on, none smaller than the one before it and none above 1. What is no
/// number from 0 to 1 counts as 1.
#[must_use]
pub fn holm(family: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = family.iter().copied().map(chance).enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut adjusted = vec![1.0; family.len()];
    let mut least = 0.0_f64;
    for (rank, (place, p)) in order.into_iter().enumerate() {
        let left = family.len() - rank;
        least = least.max(p * left as f64).min(1.0);
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = least;
        }
    }
    adjusted
}

/// Each p of a family by Bonferroni's inequality, in the order given: times
/// how many there are, at most 1. Holm's method is never less sure and finds
/// more.
#[must_use]
pub fn bonferroni(family: &[f64]) -> Vec<f64> {
    let count = family.len() as f64;
    family
        .iter()
        .map(|p| (chance(*p) * count).min(1.0))
        .collect()
}

/// Each p of a family by Benjamini and Hochberg's step-up method (1995), in
/// the order given: of what is found at a level, that share is expected to be
/// false, where the tests are independent or rise together. Says less than
/// Holm's, which bounds the chance of any false finding.
#[must_use]
pub fn benjamini_hochberg(family: &[f64]) -> Vec<f64> {
    step_up(family, 1.0)
}

/// The same whatever the dependence (Benjamini and Yekutieli 2001): larger by
/// 1 + 1/2 + 1/3 and so on.
#[must_use]
pub fn benjamini_yekutieli(family: &[f64]) -> Vec<f64> {
    let sum = (1..=family.len()).map(|k| 1.0 / k as f64).sum();
    step_up(family, sum)
}

fn step_up(family: &[f64], more: f64) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = family.iter().copied().map(chance).enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut adjusted = vec![1.0; family.len()];
    let count = family.len() as f64;
    let mut most = 1.0_f64;
    for (rank, (place, p)) in order.into_iter().enumerate() {
        most = most.min(more * count / (family.len() - rank) as f64 * p);
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = most;
        }
    }
    adjusted
}

/// A p as it counts: what is no number from 0 to 1 counts as 1.
fn chance(p: f64) -> f64 {
    if (0.0..=1.0).contains(&p) { p } else { 1.0 }
}

/// Tests that are judged together, under a name that was given beforehand.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    name: String,
    members: Vec<(String, f64)>,
}

/// One test of a family with its p as it stands and adjusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its own p.
    pub p: f64,
    /// The p adjusted by Holm's method within the family.
    pub adjusted: f64,
}

/// Why tests are no family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFamily {
    /// The name is empty, or that of a member is.
    NoName,
    /// Two members have this name: a test asked twice would be judged twice.
    Twice(String),
    /// The p of the member with this name is no number from 0 to 1.
    NoChance(String),
}

impl Family {
    /// A family of named tests, in the order given.
    ///
    /// # Errors
    /// `NoFamily` where a name is missing or comes twice, or a p is none.
    pub fn new(name: &str, members: Vec<(String, f64)>) -> Result<Self, NoFamily> {
        let mut seen = BTreeSet::new();
        if name.trim().is_empty() {
            return Err(NoFamily::NoName);
        }
        for (member, p) in &members {
            if member.trim().is_empty() {
                return Err(NoFamily::NoName);
            }
            if !seen.insert(member.as_str()) {
                return Err(NoFamily::Twice(member.clone()));
            }
            if !(0.0..=1.0).contains(p) {
                return Err(NoFamily::NoChance(member.clone()));
            }
        }
        Ok(Self {
            name: name.to_owned(),
            members,
        })
    }

    /// What the family is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tests with p adjusted by Holm's method, in the order given.
    #[must_use]
    pub fn adjusted(&self) -> Vec<Member> {
        let own: Vec<f64> = self.members.iter().map(|(_, p)| *p).collect();
        let all = self.members.iter().zip(holm(&own));
        all.map(|((name, p), adjusted)| Member {
            name: name.clone(),
            p: *p,
            adjusted,
        })
        .collect()
    }
}
