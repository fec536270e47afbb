//! Metrics: `.sql` files with a header, run against the frames, their rows
//! sliced into exact counts. SQL says what is counted; this module counts it
//! by group and period. Never a rate, never an interval, never a file.

pub mod catalogue;
pub mod compose;
pub mod header;
pub mod sql;

pub use catalogue::Catalogue;
pub use header::MetricQuery;
