//! When an adjusted comparison is not made, and the words that say so. All
//! reasons at once; never with the number that was refused.

use super::balance::{Balance, BalanceRow, Of};
use super::design::{ArmTerm, People};
use super::logistic::NotFitted;
use crate::domain::sample::{Arm, ArmCounts};

/// The fewest leavers in either arm.
pub const LEAST_LEAVERS: u64 = 10;
/// The fewest people in either arm.
pub const LEAST_PEOPLE: u64 = 30;
/// The fewest people of the smaller arm for each term.
pub const PEOPLE_PER_TERM: u64 = 10;
/// The least that a weighted arm may be worth, as a share of its people.
pub const LEAST_EFFECTIVE: f64 = 0.5;
/// The most that the arms may differ by after weighting, in standard
/// deviations.
pub const MOST_APART: f64 = 0.1;

/// A reason not to compare. The numbers are for those who may see them; the
/// words hold none of a group's.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Too few left in an arm.
    FewLeavers {
        /// Which.
        arm: Arm,
        /// How many left.
        leavers: u64,
    },
    /// Too few people in an arm.
    FewPeople {
        /// Which.
        arm: Arm,
        /// How many there are, outcome known.
        people: u64,
    },
    /// Too many terms for the smaller arm.
    ManyTerms {
        /// Terms of the model of who is in which arm, without the constant.
        terms: usize,
        /// People of the smaller arm, outcome known.
        smaller: u64,
    },
    /// The weights leave too little of an arm.
    SmallEffectiveSample {
        /// Which.
        arm: Arm,
        /// How many people it is worth.
        effective: f64,
        /// How many it has.
        people: u64,
    },
    /// The arms still differ after weighting.
    Unbalanced {
        /// In what.
        in_what: Vec<String>,
    },
    /// Something tells the arms completely apart.
    Separated {
        /// What does, as far as one can tell; may be empty.
        by: Vec<String>,
    },
    /// Something adjusted for is given by the rest.
    Redundant {
        /// What.
        term: String,
    },
}

/// What the two arms are called in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names<'a> {
    /// Those compared, as `those on the programme`.
    pub compared: &'a str,
    /// The comparator, as `those who were not`.
    pub comparator: &'a str,
}

impl Names<'_> {
    fn of(&self, arm: Arm) -> &str {
        match arm {
            Arm::Compared => self.compared,
            Arm::Comparator => self.comparator,
        }
    }
}

impl Refusal {
    /// The sentence to print in place of the number.
    #[must_use]
    pub fn words(&self, names: &Names) -> String {
        match self {
            Self::FewLeavers { arm, .. } => format!(
                "Fewer than {LEAST_LEAVERS} of {} left, too few to allow for how the groups differ.",
                names.of(*arm)
            ),
            Self::FewPeople { arm, .. } => format!(
                "There are fewer than {LEAST_PEOPLE} of {}, too few to allow for how the groups differ.",
                names.of(*arm)
            ),
            Self::ManyTerms { terms, .. } => format!(
                "{terms} characteristics (each level counts) are too many for the smaller group: \
                 it needs {PEOPLE_PER_TERM} people for each."
            ),
            Self::SmallEffectiveSample { arm, .. } => format!(
                "So few of {} have their like in the other group that under half of them would count.",
                names.of(*arm)
            ),
            Self::Unbalanced { in_what } => format!(
                "The groups still differ by more than {MOST_APART} standard deviations in {}.",
                in_what.join(", ")
            ),
            Self::Separated { by } => match by.as_slice() {
                [] => "The characteristics tell the two groups completely apart: \
                       nobody in the one has their like in the other."
                    .to_owned(),
                _ => format!(
                    "The two groups are told completely apart by {}: \
                     people there have no like in the other group.",
                    by.join(", ")
                ),
            },
            Self::Redundant { term } => format!(
                "{term} says nothing that the other characteristics do not: take one of them out."
            ),
        }
    }
}

/// What is refused before any model: too few leavers, people, people a term.
#[must_use]
pub fn of_counts(compared: ArmCounts, comparator: ArmCounts, terms: usize) -> Vec<Refusal> {
    let arms = [(Arm::Compared, compared), (Arm::Comparator, comparator)];
    let mut found = Vec::new();
    for (arm, counts) in arms {
        if counts.left < LEAST_LEAVERS {
            found.push(Refusal::FewLeavers {
                arm,
                leavers: counts.left,
            });
        }
        if counts.known() < LEAST_PEOPLE {
            found.push(Refusal::FewPeople {
                arm,
                people: counts.known(),
            });
        }
    }
    let smaller = compared.known().min(comparator.known());
    let needed = PEOPLE_PER_TERM.saturating_mul(u64::try_from(terms).unwrap_or(u64::MAX));
    if smaller < needed {
        found.push(Refusal::ManyTerms { terms, smaller });
    }
    found
}

/// What is refused once the people are weighted: an arm worth under half its
/// people, arms that still differ.
#[must_use]
pub fn of_balance(balance: &Balance, compared: ArmCounts, comparator: ArmCounts) -> Vec<Refusal> {
    let mut found = Vec::new();
    if let Some(effective) = balance.effective {
        for (arm, worth, counts) in [
            (Arm::Compared, effective.compared, compared),
            (Arm::Comparator, effective.comparator, comparator),
        ] {
            let people = counts.known();
            if worth < LEAST_EFFECTIVE * people as f64 {
                found.push(Refusal::SmallEffectiveSample {
                    arm,
                    effective: worth,
                    people,
                });
            }
        }
    }
    // Squares are shown, not judged: nothing makes them balance, and in small
    // groups chance alone takes them this far apart.
    let judged = balance.rows.iter().filter(|row| row.of != Of::Square);
    let apart = judged.filter(|row| {
        row.after.is_some_and(|pair| {
            let distance = pair.standardised.map(f64::abs);
            distance.is_none_or(|d| d > MOST_APART)
        })
    });
    let in_what: Vec<String> = apart.map(named).collect();
    if !in_what.is_empty() {
        found.push(Refusal::Unbalanced { in_what });
    }
    found
}

fn named(row: &BalanceRow) -> String {
    match &row.of {
        Of::Level(level) => format!("{}: {level}", row.covariate),
        Of::Mean | Of::Square => row.covariate.clone(),
    }
}

/// What is refused because who is in which arm cannot be modelled. Nothing
/// where an arm has nobody: too few people says that.
pub(super) fn of_model(people: &People, why: &NotFitted) -> Option<Refusal> {
    let name = |place: usize| people.name(place, ArmTerm::Without);
    match why {
        NotFitted::Malformed | NotFitted::OneOutcome => None,
        NotFitted::Singular(place) => Some(Refusal::Redundant { term: name(*place) }),
        NotFitted::Separated(places) => Some(Refusal::Separated {
            by: places.iter().map(|place| name(*place)).collect(),
        }),
    }
}
