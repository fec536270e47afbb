//! Metrics: `.sql` files with a header, run against the frames, their rows
//! sliced into exact counts. SQL says what is counted; this module counts it
//! by group and period. Never a rate, never an interval, never a file.

pub mod catalogue;
pub mod compose;
mod contract;
mod count;
mod divide;
mod engine;
mod flows;
pub mod header;
mod one;
mod order;
mod ratio;
mod rows;
pub mod slice;
pub mod sql;
mod stock;
#[cfg(test)]
mod tests;
mod units;
mod window;
mod wrong;

pub use catalogue::Catalogue;
pub use header::MetricQuery;
pub use slice::{Slicing, Tallied, tally};
