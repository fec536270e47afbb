//! Logistic regression by iteratively reweighted least squares. Never gives
//! coefficients that have none: where a term tells the outcomes completely
//! apart, or is given by others, it says which.

use super::spread::totals;
use crate::stats::matrix::{Cholesky, Symmetric};

/// Steps before giving up; a model that has an answer needs under 15.
const MAX_STEPS: u32 = 30;
/// The largest step, in a term's own spread, that still counts as having
/// arrived. Steps square, so the coefficients are exact to rounding by then.
const ARRIVED: f64 = 1e-9;
/// Under separation a coefficient grows by about 1 a step, for ever.
const GROWING: f64 = 0.05;

/// What a model is fitted to: rows of terms, and what is to be explained.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a> {
    /// Terms a row.
    pub width: usize,
    /// The rows one after another; the constant is a column of 1 like any.
    pub rows: &'a [f64],
    /// One outcome a row.
    pub outcome: &'a [bool],
    /// One weight a row, none below 0; all 1 where there are none.
    pub weights: Option<&'a [f64]>,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Logistic {
    /// One a term, in log odds.
    pub coefficients: Vec<f64>,
    /// The probability of the outcome for each row.
    pub fitted: Vec<f64>,
    /// Of the data under the model.
    pub log_likelihood: f64,
    /// Steps that were needed.
    pub steps: u32,
    inverse: Symmetric,
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFitted {
    /// No rows, or rows, outcomes and weights of different numbers, or a
    /// weight below 0.
    Malformed,
    /// Everybody has the same outcome.
    OneOutcome,
    /// The term at this place is given by those before it.
    Singular(usize),
    /// The terms at these places tell the outcomes completely apart, as far as
    /// they are told apart.
    Separated(Vec<usize>),
}

impl Data<'_> {
    /// The rows, one slice each.
    pub fn lines(&self) -> impl Iterator<Item = &[f64]> {
        self.rows.chunks_exact(self.width.max(1))
    }

    fn weight(&self, row: usize) -> f64 {
        self.weights
            .and_then(|all| all.get(row).copied())
            .unwrap_or(1.0)
    }

    fn whole(&self) -> bool {
        let people = self.outcome.len();
        let weighted = self.weights.is_none_or(|weights| {
            weights.len() == people && weights.iter().all(|w| w.is_finite() && *w >= 0.0)
        });
        self.width > 0 && people > 0 && self.rows.len() == people * self.width && weighted
    }

    fn one_outcome(&self) -> bool {
        let seen = |wanted: bool| {
            let outcomes = self.outcome.iter().enumerate();
            outcomes
                .into_iter()
                .any(|(row, own)| *own == wanted && self.weight(row) > 0.0)
        };
        !(seen(true) && seen(false))
    }
}

/// Where the fitting is: what the coefficients make of the rows.
struct State {
    coefficients: Vec<f64>,
    fitted: Vec<f64>,
    log_likelihood: f64,
}

impl State {
    fn at(data: &Data, coefficients: Vec<f64>) -> Self {
        let mut fitted = Vec::with_capacity(data.outcome.len());
        let mut log_likelihood = 0.0;
        for (row, (line, left)) in data.lines().zip(data.outcome).enumerate() {
            let odds: f64 = line.iter().zip(&coefficients).map(|(x, b)| x * b).sum();
            // With e^-|odds| neither the probability nor its log overflows.
            let small = (-odds.abs()).exp();
            let near = 1.0 / (1.0 + small);
            fitted.push(if odds >= 0.0 { near } else { small * near });
            let against = if *left { -odds } else { odds };
            log_likelihood -= data.weight(row) * (against.max(0.0) + small.ln_1p());
        }
        Self {
            coefficients,
            fitted,
            log_likelihood,
        }
    }

    fn information(&self, data: &Data) -> Symmetric {
        let mut matrix = Symmetric::zeros(data.width);
        for (row, (line, p)) in data.lines().zip(&self.fitted).enumerate() {
            matrix.add_square(line, data.weight(row) * p * (1.0 - p));
        }
        matrix.mirror();
        matrix
    }

    fn gradient(&self, data: &Data) -> Vec<f64> {
        let mut sums = vec![0.0; data.width];
        let rows = data.lines().zip(data.outcome).zip(&self.fitted);
        for (row, ((line, left), p)) in rows.enumerate() {
            let residual = data.weight(row) * (f64::from(u8::from(*left)) - p);
            for (sum, x) in sums.iter_mut().zip(line) {
                *sum += residual * x;
            }
        }
        sums
    }

    /// The next state along a step, halved while it makes things worse.
    fn along(&self, data: &Data, step: &[f64]) -> Self {
        let mut share = 1.0;
        loop {
            let moved = self.coefficients.iter().zip(step);
            let next = Self::at(data, moved.map(|(b, s)| b + share * s).collect());
            let slack = 1e-10 * (1.0 + self.log_likelihood.abs());
            if next.log_likelihood >= self.log_likelihood - slack || share < 1e-3 {
                return next;
            }
            share /= 2.0;
        }
    }
}

/// Fits the model.
///
/// # Errors
/// Terms that are singular or separate the outcomes, and data that are not
/// whole.
pub fn fit(data: &Data) -> Result<Logistic, NotFitted> {
    if !data.whole() {
        return Err(NotFitted::Malformed);
    }
    let mut state = State::at(data, vec![0.0; data.width]);
    let first = state.information(data).cholesky();
    let mut root = first.map_err(|singular| NotFitted::Singular(singular.term))?;
    if data.one_outcome() {
        return Err(NotFitted::OneOutcome);
    }
    let spread = scales(data);
    let mut step = vec![0.0; data.width];
    for steps in 1..=MAX_STEPS {
        let next = root.solve(&state.gradient(data));
        if next.iter().any(|s| !s.is_finite()) {
            break;
        }
        step = next;
        state = state.along(data, &step);
        let largest = step
            .iter()
            .zip(&spread)
            .map(|(s, own)| (s * own).abs())
            .fold(0.0, f64::max);
        // All terms were independent with equal weights: they can only have
        // become singular because probabilities went to 0 and 1.
        let Ok(next_root) = state.information(data).cholesky() else {
            break;
        };
        root = next_root;
        if largest < ARRIVED {
            return Ok(Logistic::made(state, &root, steps));
        }
    }
    Err(NotFitted::Separated(growing(&step, &spread)))
}

/// The root mean square of each term.
fn scales(data: &Data) -> Vec<f64> {
    let mut squares = vec![0.0; data.width];
    for line in data.lines() {
        for (sum, x) in squares.iter_mut().zip(line) {
            *sum += x * x;
        }
    }
    let people = data.outcome.len() as f64;
    squares
        .into_iter()
        .map(|sum| (sum / people).sqrt())
        .collect()
}

/// The terms after the first (the constant) that still grow. Where the
/// constant alone does, none is at fault.
fn growing(step: &[f64], spread: &[f64]) -> Vec<usize> {
    // A rare level is all the same 0 or 1: its coefficient counts whole.
    let whole = |own: f64| if own < 1.0 { 1.0 } else { own };
    (1..step.len())
        .filter(|term| (step[*term] * whole(spread[*term])).abs() > GROWING)
        .collect()
}

impl Logistic {
    fn made(state: State, root: &Cholesky, steps: u32) -> Self {
        Self {
            coefficients: state.coefficients,
            fitted: state.fitted,
            log_likelihood: state.log_likelihood,
            steps,
            inverse: root.inverse(),
        }
    }

    /// The covariance of the coefficients if the model is right: the inverse
    /// of the information.
    #[must_use]
    pub fn covariance(&self) -> &Symmetric {
        &self.inverse
    }

    /// Their covariance whether or not it is (Huber and White, no correction
    /// for small samples).
    #[must_use]
    pub fn robust(&self, data: &Data) -> Symmetric {
        let mut middle = Symmetric::zeros(data.width);
        for score in self.scores(data) {
            middle.add_square(&score, 1.0);
        }
        middle.mirror();
        self.inverse.around(&middle)
    }

    /// The same where people come in clusters, times
    /// G/(G-1) (n-1)/(n-k) for G clusters, n rows and k terms. None for fewer
    /// than two clusters, or no more rows than terms.
    #[must_use]
    pub fn clustered(&self, data: &Data, clusters: &[u32]) -> Option<Symmetric> {
        let scores: Vec<Vec<f64>> = self.scores(data).collect();
        let sums = totals(&scores, clusters)?;
        let (groups, people) = (sums.len() as f64, data.outcome.len() as f64);
        let spare = people - data.width as f64;
        if spare <= 0.0 {
            return None;
        }
        let correction = groups / (groups - 1.0) * (people - 1.0) / spare;
        let mut middle = Symmetric::zeros(data.width);
        for sum in &sums {
            middle.add_square(sum, correction);
        }
        middle.mirror();
        Some(self.inverse.around(&middle))
    }

    /// Each row's part of the score.
    fn scores<'a>(&'a self, data: &'a Data) -> impl Iterator<Item = Vec<f64>> + 'a {
        let rows = data.lines().zip(data.outcome).zip(&self.fitted);
        rows.enumerate().map(|(row, ((line, left), p))| {
            let residual = data.weight(row) * (f64::from(u8::from(*left)) - p);
            line.iter().map(|x| x * residual).collect()
        })
    }
}
