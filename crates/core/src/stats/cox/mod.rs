//! Cox's proportional hazards model: how much faster one group leaves than
//! another, at the same time since the start. Takes people's followed spells
//! in days and covariates as columns; never reads data, never gives an
//! infinite hazard ratio: a model that the data cannot hold is refused in
//! words.

mod baseline;
mod concordance;
mod fit;
mod newton;
mod proportional;
mod refused;
mod risk;
mod robust;
mod rows;

pub use baseline::Baseline;
pub use concordance::Concordance;
pub use fit::{Caution, Coefficient, CoxFit, Test};
pub use proportional::{Proportional, TermCheck};
pub use refused::Refused;
pub use rows::{Column, CoxModel, FROM_THE_START, Followed};

/// How leavings on the same day are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// Efron's approximation: those who left are taken out of the risk set
    /// one after another, in no known order.
    #[default]
    Efron,
    /// Breslow's: all of them are at risk for each other.
    Breslow,
}

/// Which standard errors the intervals are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Errors {
    /// The model's own, from its information.
    #[default]
    Model,
    /// Lin and Wei's, each row by itself: for weights, or a model that may
    /// not hold.
    Robust,
    /// Lin and Wei's, with the rows of one cluster (a person, a site) taken
    /// together.
    Clustered,
}

/// How a model is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How leavings on the same day are told apart.
    pub ties: Ties,
    /// Which standard errors the intervals are made of.
    pub errors: Errors,
    /// Level of the intervals, as 0.95.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ties: Ties::Efron,
            errors: Errors::Model,
            level: super::LEVEL,
        }
    }
}
