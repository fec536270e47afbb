//! The difference in the share still in post from a linear regression with the
//! arm and the covariates as terms. Never assumes that everybody's outcome
//! varies alike: it does not, so the errors are robust, by the named formula.

use super::design::{ArmTerm, Design, People};
use super::logistic::NotFitted;
use super::spread::{Answer, Making, of_difference, one_cluster, totals};
use crate::domain::Unknown;
use crate::stats::matrix::Symmetric;

/// How the errors of a linear regression are made robust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robust {
    /// Squared residuals over one less the leverage.
    Hc2,
    /// Squared residuals over the square of that: a little wide, never narrow,
    /// in small samples.
    Hc3,
}

/// A leverage from which a person alone decides a term, so that nothing says
/// how far they are from it.
const ALONE: f64 = 1.0 - 1e-9;

/// The difference in the share still in post, compared less comparator. Where
/// people come in clusters, errors are by cluster and `robust` has no part.
///
/// # Errors
/// The model cannot be fitted or nothing is left to judge it by: it says why.
pub(super) fn difference(people: &People, robust: Robust, level: f64) -> Result<Answer, Unknown> {
    let refused = |why: &NotFitted| Unknown::NotApplicable(people.why_not(why));
    if people.count() == 0 {
        return Err(refused(&NotFitted::Malformed));
    }
    let design = people.design(ArmTerm::With);
    let mut squares = Symmetric::zeros(design.width);
    let mut sums = vec![0.0; design.width];
    for (line, stayed) in design.lines().zip(&people.stayed) {
        squares.add_square(line, 1.0);
        if *stayed {
            for (slot, x) in sums.iter_mut().zip(line) {
                *slot += x;
            }
        }
    }
    squares.mirror();
    let root = squares
        .cholesky()
        .map_err(|singular| refused(&NotFitted::Singular(singular.term)))?;
    let spare = people.count().saturating_sub(design.width) as f64;
    if spare < 1.0 {
        return Err(Unknown::TooFew(
            "there are no more people than terms".to_owned(),
        ));
    }
    let coefficients = root.solve(&sums);
    let residuals = residuals(people, &design, &coefficients);
    let fitted = Fitted {
        design: &design,
        inverse: root.inverse(),
        residuals,
        spare,
    };
    let (variance, freedom, method) = match &people.clusters {
        Some(clusters) => {
            let (variance, freedom) = fitted.clustered(clusters)?;
            (variance, freedom, "clustered")
        }
        None => {
            let method = match robust {
                Robust::Hc2 => "hc2",
                Robust::Hc3 => "hc3",
            };
            (fitted.robust(robust)?, spare, method)
        }
    };
    let making = Making {
        level,
        method,
        freedom: Some(freedom),
    };
    let estimate = coefficients.get(1).copied().unwrap_or(f64::NAN);
    of_difference(estimate, variance.at(1, 1).max(0.0).sqrt(), making)
}

fn residuals(people: &People, design: &Design, coefficients: &[f64]) -> Vec<f64> {
    let lines = design.lines().zip(&people.stayed);
    lines
        .map(|(line, stayed)| {
            let fitted: f64 = line.iter().zip(coefficients).map(|(x, b)| x * b).sum();
            f64::from(u8::from(*stayed)) - fitted
        })
        .collect()
}

/// A fitted regression.
struct Fitted<'a> {
    design: &'a Design,
    inverse: Symmetric,
    residuals: Vec<f64>,
    spare: f64,
}

impl Fitted<'_> {
    fn robust(&self, robust: Robust) -> Result<Symmetric, Unknown> {
        let mut middle = Symmetric::zeros(self.design.width);
        for (line, residual) in self.design.lines().zip(&self.residuals) {
            let turned = self.inverse.times(line);
            let leverage: f64 = turned.iter().zip(line).map(|(t, x)| t * x).sum();
            if leverage > ALONE {
                return Err(Unknown::TooFew(
                    "one person alone decides a term".to_owned(),
                ));
            }
            let left = 1.0 - leverage;
            let over = match robust {
                Robust::Hc2 => left,
                Robust::Hc3 => left * left,
            };
            middle.add_square(line, residual * residual / over);
        }
        middle.mirror();
        Ok(self.inverse.around(&middle))
    }

    /// Times G/(G-1) (n-1)/(n-k), with G-1 degrees of freedom.
    fn clustered(&self, clusters: &[u32]) -> Result<(Symmetric, f64), Unknown> {
        let lines = self.design.lines().zip(&self.residuals);
        let scores: Vec<Vec<f64>> = lines
            .map(|(line, residual)| line.iter().map(|x| x * residual).collect())
            .collect();
        let sums = totals(&scores, clusters).ok_or_else(one_cluster)?;
        let (groups, people) = (sums.len() as f64, self.residuals.len() as f64);
        let correction = groups / (groups - 1.0) * (people - 1.0) / self.spare;
        let mut middle = Symmetric::zeros(self.design.width);
        for sum in &sums {
            middle.add_square(sum, correction);
        }
        middle.mirror();
        Ok((self.inverse.around(&middle), groups - 1.0))
    }
}
