//! One row a person, for models that need people rather than counts: which
//! arm of a comparison they are in, whether they had left by the horizon, and
//! what is known of them. Never estimates, never holds a name or a number that
//! identifies a person, and never fills in what is not known: a level that
//! says so (`Not stated`) is a level like any other.

mod columns;

pub use columns::{Columns, Term};

/// Which side of a comparison somebody is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Arm {
    /// The group that is asked about, as those who were on the programme.
    Compared,
    /// The group it is compared with.
    Comparator,
}

/// Something known of everybody before the comparison begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariate {
    /// Its name as it is printed.
    pub name: String,
    /// One value a person.
    pub values: Values,
}

/// The values of a covariate, one a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Of a short list.
    Categorical {
        /// Every level's printed name, `Not stated` among them.
        levels: Vec<String>,
        /// Each person's level, as its place in `levels`.
        codes: Vec<u32>,
    },
    /// A number known of everybody; one that is not is to be banded.
    Numeric(Vec<f64>),
}

/// How long somebody was followed, in whole days since their time zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The day from the end of which they were followed; 0 from the start.
    pub entry: u32,
    /// The last day: that of leaving, or of the end of follow-up.
    pub exit: u32,
    /// Whether they left on that day.
    pub left: bool,
}

/// What a sample is made of: everything has one value a person, in one order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Which side each is on.
    pub arms: Vec<Arm>,
    /// Whether each had left by the horizon; none where that is not known.
    pub left: Vec<Option<bool>>,
    /// What is known of each.
    pub covariates: Vec<Covariate>,
    /// Whom each goes with, as a site's number, where people come in clusters.
    pub clusters: Option<Vec<u32>>,
    /// How long each was followed, for models of time.
    pub follow_up: Option<Vec<FollowUp>>,
}

/// Why rows make no sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Something has more or fewer values than there are people.
    Length(String),
    /// A covariate has a code that none of its levels has.
    Level(String),
    /// A covariate has a value that is no finite number.
    NotANumber(String),
    /// Two covariates have one name.
    Twice(String),
}

/// People in the two arms of a comparison, checked to be whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample(Rows);

/// The people of one arm, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArmCounts {
    /// Still in post at the horizon.
    pub stayed: u64,
    /// Left by the horizon.
    pub left: u64,
    /// Not known.
    pub unknown: u64,
}

/// What to take of those whose outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// All of them left.
    AllLeft,
    /// All of them stayed.
    AllStayed,
    /// Those compared left, the others stayed: the lowest difference.
    ComparedLeft,
    /// Those compared stayed, the others left: the highest difference.
    ComparedStayed,
}

impl ArmCounts {
    /// Everybody in the arm.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.stayed + self.left + self.unknown
    }

    /// Those whose outcome is known.
    #[must_use]
    pub fn known(&self) -> u64 {
        self.stayed + self.left
    }
}

impl Sample {
    /// People as rows.
    ///
    /// # Errors
    /// Values missing or beyond the list, and numbers that are none.
    pub fn new(rows: Rows) -> Result<Self, Malformed> {
        let people = rows.arms.len();
        let whole = |what: &str, length: usize| {
            if length == people {
                Ok(())
            } else {
                Err(Malformed::Length(what.to_owned()))
            }
        };
        whole("the outcome", rows.left.len())?;
        if let Some(clusters) = &rows.clusters {
            whole("the clusters", clusters.len())?;
        }
        if let Some(follow_up) = &rows.follow_up {
            whole("the follow-up", follow_up.len())?;
        }
        for (place, covariate) in rows.covariates.iter().enumerate() {
            let name = &covariate.name;
            let earlier = rows.covariates.iter().take(place);
            if earlier.into_iter().any(|other| other.name == *name) {
                return Err(Malformed::Twice(name.clone()));
            }
            match &covariate.values {
                Values::Categorical { levels, codes } => {
                    whole(name, codes.len())?;
                    if codes.iter().any(|code| at(levels, *code).is_none()) {
                        return Err(Malformed::Level(name.clone()));
                    }
                }
                Values::Numeric(values) => {
                    whole(name, values.len())?;
                    if values.iter().any(|value| !value.is_finite()) {
                        return Err(Malformed::NotANumber(name.clone()));
                    }
                }
            }
        }
        Ok(Self(rows))
    }

    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.0.arms.len()
    }

    /// What it is made of.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.0
    }

    /// The people of an arm, by what became of them.
    #[must_use]
    pub fn counts(&self, arm: Arm) -> ArmCounts {
        let mut counts = ArmCounts::default();
        for (own, left) in self.0.arms.iter().zip(&self.0.left) {
            if *own != arm {
                continue;
            }
            match left {
                Some(true) => counts.left += 1,
                Some(false) => counts.stayed += 1,
                None => counts.unknown += 1,
            }
        }
        counts
    }

    /// Those whose outcome is known.
    #[must_use]
    pub fn known(&self) -> Self {
        let kept: Vec<bool> = self.0.left.iter().map(Option::is_some).collect();
        let covariates = self.0.covariates.iter().map(|covariate| Covariate {
            name: covariate.name.clone(),
            values: match &covariate.values {
                Values::Categorical { levels, codes } => Values::Categorical {
                    levels: levels.clone(),
                    codes: those(codes, &kept),
                },
                Values::Numeric(values) => Values::Numeric(those(values, &kept)),
            },
        });
        Self(Rows {
            arms: those(&self.0.arms, &kept),
            left: those(&self.0.left, &kept),
            covariates: covariates.collect(),
            clusters: self.0.clusters.as_ref().map(|all| those(all, &kept)),
            follow_up: self.0.follow_up.as_ref().map(|all| those(all, &kept)),
        })
    }

    /// The same people, with something assumed of those whose outcome is not
    /// known.
    #[must_use]
    pub fn assuming(&self, assumption: Assumption) -> Self {
        let mut rows = self.0.clone();
        for (left, arm) in rows.left.iter_mut().zip(&rows.arms) {
            let taken = match assumption {
                Assumption::AllLeft => true,
                Assumption::AllStayed => false,
                Assumption::ComparedLeft => *arm == Arm::Compared,
                Assumption::ComparedStayed => *arm == Arm::Comparator,
            };
            left.get_or_insert(taken);
        }
        Self(rows)
    }
}

fn at(levels: &[String], code: u32) -> Option<&String> {
    levels.get(usize::try_from(code).ok()?)
}

fn those<T: Clone>(all: &[T], kept: &[bool]) -> Vec<T> {
    let pairs = all.iter().zip(kept);
    pairs.filter(|(_, k)| **k).map(|(v, _)| v.clone()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Arm, ArmCounts, Assumption, Covariate, Malformed, Rows, Sample, Values};

    fn rows() -> Rows {
        Rows {
            arms: vec![
                Arm::Compared,
                Arm::Compared,
                Arm::Comparator,
                Arm::Comparator,
            ],
            left: vec![Some(true), None, Some(false), None],
            covariates: vec![
                Covariate {
                    name: "band".to_owned(),
                    values: Values::Categorical {
                        levels: ["Band 5", "Band 6", "Band 7", "Not stated"]
                            .map(str::to_owned)
                            .to_vec(),
                        codes: vec![1, 3, 1, 0],
                    },
                },
                Covariate {
                    name: "age".to_owned(),
                    values: Values::Numeric(vec![22.0, 23.0, 24.0, 25.0]),
                },
            ],
            clusters: Some(vec![1, 1, 2, 2]),
            follow_up: None,
        }
    }

    #[test]
    fn the_most_common_level_is_the_one_others_are_set_against() {
        let columns = Sample::new(rows()).unwrap().columns();
        let said: Vec<String> = columns.terms.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["band: Band 5", "band: Not stated", "age"]);
        assert_eq!(columns.terms[0].against.as_deref(), Some("Band 6"));
        assert_eq!(columns.values[0], [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(columns.values[1], [0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn what_is_not_known_is_counted_and_only_assumed_when_asked() {
        let sample = Sample::new(rows()).unwrap();
        let counts = |s: &Sample, arm| {
            let ArmCounts {
                stayed,
                left,
                unknown,
            } = s.counts(arm);
            [stayed, left, unknown]
        };
        assert_eq!(counts(&sample, Arm::Compared), [0, 1, 1]);
        let known = sample.known();
        assert_eq!(known.people(), 2);
        assert_eq!(known.rows().clusters, Some(vec![1, 2]));
        assert_eq!(known.columns().terms.len(), 1);
        let lowest = sample.assuming(Assumption::ComparedLeft);
        assert_eq!(counts(&lowest, Arm::Compared), [0, 2, 0]);
        assert_eq!(counts(&lowest, Arm::Comparator), [2, 0, 0]);
    }

    #[test]
    fn rows_that_are_not_whole_are_no_sample() {
        let mut short = rows();
        short.left.pop();
        assert_eq!(
            Sample::new(short),
            Err(Malformed::Length("the outcome".to_owned()))
        );
        let mut beyond = rows();
        if let Values::Categorical { codes, .. } = &mut beyond.covariates[0].values {
            codes[0] = 4;
        }
        assert_eq!(
            Sample::new(beyond),
            Err(Malformed::Level("band".to_owned()))
        );
        let mut infinite = rows();
        infinite.covariates[1].values = Values::Numeric(vec![f64::INFINITY; 4]);
        assert_eq!(
            Sample::new(infinite),
            Err(Malformed::NotANumber("age".to_owned()))
        );
        let nobody = Sample::new(Rows::default()).unwrap();
        assert!(nobody.columns().terms.is_empty() && nobody.people() == 0);
    }
}
