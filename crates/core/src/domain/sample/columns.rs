//! What is known of people as the columns of a model. Never fits one.

use super::{Sample, Values, at};
use std::fmt;

/// One column of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The covariate's name.
    pub covariate: String,
    /// The level whose people have a 1; none for a number.
    pub level: Option<String>,
    /// The level it is set against: the most common one; none for a number.
    pub against: Option<String>,
}

/// The covariates as numbers: a column of 0 and 1 for each level but the most
/// common, one column for each number. No constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// What each column is.
    pub terms: Vec<Term>,
    /// The columns, each with one value a person.
    pub values: Vec<Vec<f64>>,
}

impl Sample {
    /// The covariates as columns of a model. A level nobody has makes none;
    /// of levels that are equally common the first is the one others are set
    /// against.
    #[must_use]
    pub fn columns(&self) -> Columns {
        let mut terms = Vec::new();
        let mut values = Vec::new();
        for covariate in &self.0.covariates {
            match &covariate.values {
                Values::Categorical { levels, codes } => {
                    let common = most_common(levels, codes);
                    for (code, level) in (0_u32..).zip(levels) {
                        if code == common || !codes.contains(&code) {
                            continue;
                        }
                        terms.push(Term {
                            covariate: covariate.name.clone(),
                            level: Some(level.clone()),
                            against: at(levels, common).cloned(),
                        });
                        let own = codes.iter().map(|c| f64::from(u8::from(*c == code)));
                        values.push(own.collect());
                    }
                }
                Values::Numeric(numbers) => {
                    terms.push(Term {
                        covariate: covariate.name.clone(),
                        level: None,
                        against: None,
                    });
                    values.push(numbers.clone());
                }
            }
        }
        Columns { terms, values }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.level {
            Some(level) => write!(f, "{}: {level}", self.covariate),
            None => f.write_str(&self.covariate),
        }
    }
}

fn most_common(levels: &[String], codes: &[u32]) -> u32 {
    let mut best = (0_usize, 0_u32);
    for (code, _) in (0_u32..).zip(levels) {
        let people = codes.iter().filter(|c| **c == code).count();
        if people > best.0 {
            best = (people, code);
        }
    }
    best.1
}
