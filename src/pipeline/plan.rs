//! What a run must make: each report is rendered once with recording
//! components before anything is computed, so that a name that does not exist
//! is an error with its place.

use crate::query::Catalogue;
use crate::report::{self, Known, ReportError};

/// Every mistake in the reports' texts; none where all can be rendered.
#[must_use]
pub fn plan(catalogue: &Catalogue, reports: &[(String, String)]) -> Vec<ReportError> {
    let known = Known {
        metrics: catalogue.metrics().map(|m| m.name.clone()).collect(),
    };
    reports
        .iter()
        .filter_map(|(name, text)| report::plan(name, text, &known).err())
        .flatten()
        .collect()
}
