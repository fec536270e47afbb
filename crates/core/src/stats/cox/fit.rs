//! The fitted model as a report needs it: hazard ratios with their intervals,
//! tests, counts and what to be wary of. Never decides what may be shown.

use super::newton::Top;
use super::risk::dot;
use super::{CoxModel, Errors, Options, Refused};
use crate::domain::Interval;
use crate::stats::matrix::Symmetric;
use crate::stats::quantile::{chi_square_tail, two_sided_normal, usable};

/// Events for each column below which a model is doubtful.
const EVENTS_A_COLUMN: u64 = 10;
/// Share of the model's own standard error below which a robust one is
/// rounding.
const NO_SPREAD: f64 = 1e-10;
/// The largest logarithm of a hazard ratio that is printed.
const LARGEST_LOG: f64 = 700.0;

/// One column's place in a fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// The column's name: its term, or `term: level`.
    pub label: String,
    /// Logarithm of the hazard ratio for one unit of the column.
    pub estimate: f64,
    /// The standard error that interval and p are made of.
    pub std_err: f64,
    /// The model's own standard error.
    pub model_std_err: f64,
    /// Estimate over standard error.
    pub z: f64,
    /// Two-sided, from the normal distribution.
    pub p: f64,
    /// How many times as fast people leave, for one unit of the column.
    pub hazard_ratio: f64,
    /// Wald's interval of the hazard ratio.
    pub interval: Interval,
}

/// A test that no column matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// The statistic.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: u32,
    /// The chance of a statistic as large if nothing mattered.
    pub p: f64,
}

/// What a caller decides about: the model stands, but.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caution {
    /// Fewer than ten events for each column.
    FewEvents {
        /// Events in all.
        events: u64,
        /// Columns.
        columns: usize,
    },
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct CoxFit {
    /// Rows fitted.
    pub rows: usize,
    /// Rows without follow-up or weight, set aside.
    pub set_aside: usize,
    /// Rows that end in an event.
    pub events: u64,
    /// Clusters, where errors are clustered.
    pub clusters: Option<usize>,
    /// How it was fitted.
    pub options: Options,
    /// One for each column.
    pub coefficients: Vec<Coefficient>,
    /// The columns' means, at which the baseline hazard is given.
    pub means: Vec<f64>,
    /// Covariance of the coefficients that the standard errors are of.
    pub covariance: Symmetric,
    /// Log partial likelihood without and with the columns.
    pub log_likelihood: [f64; 2],
    /// The likelihood ratio test; with weights or clusters its p does not
    /// hold.
    pub likelihood_ratio: Test,
    /// Wald's test, with the covariance above; none where there are fewer
    /// clusters than columns.
    pub wald: Option<Test>,
    /// The score test; with weights or clusters its p does not hold.
    pub score: Test,
    /// Steps of Newton's method.
    pub steps: usize,
    /// What to be wary of.
    pub cautions: Vec<Caution>,
    /// Coefficients of the standardised columns.
    pub(super) beta: Vec<f64>,
}

impl CoxModel {
    /// Fits the model.
    ///
    /// # Errors
    /// Why there is none.
    pub fn fit(&self, options: Options) -> Result<CoxFit, Refused> {
        if !usable(options.level) {
            return Err(Refused::NotALevel);
        }
        let top = self.climb(options.ties)?;
        let own = top.root.inverse();
        let (standardised, clusters) = match options.errors {
            Errors::Model => (own.clone(), None),
            Errors::Robust => (self.robust(&top, options)?.0, None),
            Errors::Clustered => {
                let (matrix, clusters) = self.robust(&top, options)?;
                (matrix, Some(clusters))
            }
        };
        let covariance = self.unscale(&standardised);
        let (own, mut coefficients) = (self.unscale(&own), Vec::new());
        for i in 0..self.width() {
            let errors = [covariance.at(i, i).sqrt(), own.at(i, i).sqrt()];
            coefficients.push(self.coefficient(i, top.end.beta[i], errors, options)?);
        }
        let [low, high] = [top.start.log, top.end.log];
        Ok(CoxFit {
            rows: self.rows(),
            set_aside: self.set_aside(),
            events: self.events(),
            clusters,
            options,
            coefficients,
            means: self.mean.clone(),
            covariance,
            log_likelihood: [low, high],
            likelihood_ratio: test(2.0 * (high - low).max(0.0), self.width())
                .ok_or(Refused::NotFound)?,
            wald: wald(&standardised, &top.end.beta),
            score: test(top.score_test, self.width()).ok_or(Refused::NotFound)?,
            steps: top.steps,
            cautions: self.cautions(),
            beta: top.end.beta,
        })
    }

    fn coefficient(
        &self,
        column: usize,
        beta: f64,
        errors: [f64; 2],
        options: Options,
    ) -> Result<Coefficient, Refused> {
        let label = self.labels[column].clone();
        let estimate = beta / self.spread[column];
        let [std_err, model_std_err] = errors;
        let half = two_sided_normal(options.level) * std_err;
        // No limit is then 0 or infinite; nor is one that is no number.
        let printable = estimate.abs() + half <= LARGEST_LOG;
        if !printable {
            return Err(Refused::UnitTooLarge(label));
        }
        let known = std_err > NO_SPREAD * model_std_err;
        if !known {
            return Err(Refused::NoSpread(label));
        }
        let z = estimate / std_err;
        Ok(Coefficient {
            label,
            estimate,
            std_err,
            model_std_err,
            z,
            p: chi_square_tail(z * z, 1).unwrap_or(0.0),
            hazard_ratio: estimate.exp(),
            interval: Interval {
                lower: (estimate - half).exp(),
                upper: (estimate + half).exp(),
                level: options.level,
                method: match options.errors {
                    Errors::Model => "cox_wald",
                    Errors::Robust => "cox_robust",
                    Errors::Clustered => "cox_clustered",
                },
            },
        })
    }

    /// A covariance of standardised coefficients on the columns' own scales.
    fn unscale(&self, matrix: &Symmetric) -> Symmetric {
        let mut out = Symmetric::zeros(self.width());
        for (i, one) in self.spread.iter().enumerate() {
            for (j, other) in self.spread.iter().enumerate() {
                out.add(i, j, matrix.at(i, j) / one / other);
            }
        }
        out
    }

    fn cautions(&self) -> Vec<Caution> {
        let (events, columns) = (self.events(), self.width());
        let few = events < EVENTS_A_COLUMN.saturating_mul(columns as u64);
        few.then_some(Caution::FewEvents { events, columns })
            .into_iter()
            .collect()
    }
}

impl Top {
    /// The change of the coefficients for a change of the score.
    pub(super) fn change(&self, score: &[f64]) -> Vec<f64> {
        self.root.solve(score)
    }
}

/// A chi-square with its p.
pub(super) fn test(chi_square: f64, columns: usize) -> Option<Test> {
    let degrees_of_freedom = u32::try_from(columns).ok()?;
    let p = chi_square_tail(chi_square, degrees_of_freedom)?;
    chi_square.is_finite().then_some(Test {
        chi_square,
        degrees_of_freedom,
        p,
    })
}

/// Wald's test of all coefficients.
fn wald(covariance: &Symmetric, beta: &[f64]) -> Option<Test> {
    let root = covariance.cholesky().ok()?;
    test(dot(beta, &root.solve(beta)), beta.len())
}
