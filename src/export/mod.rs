//! Figures as files: results.csv, results.json, results.parquet, the data
//! dictionary, the workbooks and the manifest. Takes only `Released` rows and
//! tables made of them, and business cases, so a hidden cell has no number to
//! write. Writes bytes, never a file; holds no clock and no path.

pub mod case_book;
pub mod case_template;
pub mod columns;
pub mod dictionary;
pub mod manifest;
pub mod number;
mod paper;
pub mod read_back;
pub mod record;
pub mod results;
pub mod workbook;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use case_book::case_book;
pub use case_template::{Template, case_template};
pub use columns::results_parquet;
pub use dictionary::data_dictionary;
pub use manifest::{ManifestFacts, manifest};
pub use number::number12;
pub use read_back::{Line, NotResults, Results, read_results};
pub use record::COLUMNS;
pub use results::{results_csv, results_json};
pub use workbook::{Book, ExportError, workbook};
