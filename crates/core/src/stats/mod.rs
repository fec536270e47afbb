//! Estimators: exact tallies in, figures with their intervals out. Formulas,
//! references and edge cases are in docs/methods.md. Never reads data, never
//! decides what may be shown, and never gives NaN, infinity or a panic: what
//! cannot be estimated says why.

pub mod adjusted;
pub mod association;
pub mod chance;
pub mod competing;
pub mod cox;
pub mod decomposition;
pub mod difference;
pub mod difference_in_differences;
pub mod estimate;
pub mod evalue;
pub mod flow;
pub mod forecast;
pub mod funnel;
pub mod immortal;
pub mod landmark;
pub mod leaving;
pub mod logrank;
pub mod matrix;
pub mod mean;
pub mod multiplicity;
pub mod odds;
pub mod p_chart;
pub mod paired;
pub mod permutation;
pub mod pooling;
pub mod power;
pub mod proportion;
pub mod ranks;
pub mod rate;
pub mod ratio_of_shares;
pub mod spc;
pub mod states;
pub mod survival;
pub mod turnover;
pub mod two_means;
pub mod two_shares;
pub mod weighted_retention;

mod product_integral;
mod quantile;
mod root;
mod tail;

pub use estimate::{LEVEL, adjusted_p, difference, estimates};
pub use funnel::funnel_limits;
