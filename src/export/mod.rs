//! Figures as files: results.csv, results.json and the manifest. Takes only
//! `Released` rows, so a hidden cell has no number to write. Writes bytes,
//! never a file; holds no clock and no path.

pub mod manifest;
pub mod number;
pub mod read_back;
pub mod record;
pub mod results;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use manifest::{ManifestFacts, manifest};
pub use number::number12;
pub use read_back::{Line, NotResults, Results, read_results};
pub use record::COLUMNS;
pub use results::{results_csv, results_json};
