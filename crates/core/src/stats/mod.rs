//! Estimators: exact tallies in, figures with their intervals out. Formulas,
//! references and edge cases are in docs/methods.md. Never reads data, never
//! decides what may be shown, and never gives NaN, infinity or a panic: what
//! cannot be estimated says why.

pub mod chance;
pub mod decomposition;
pub mod difference;
pub mod estimate;
pub mod flow;
pub mod forecast;
pub mod funnel;
pub mod logrank;
pub mod matrix;
pub mod mean;
pub mod multiplicity;
pub mod p_chart;
pub mod pooling;
pub mod proportion;
pub mod rate;
pub mod spc;
pub mod survival;
pub mod turnover;

mod quantile;

pub use estimate::{LEVEL, adjusted_p, difference, estimates};
pub use funnel::funnel_limits;
