//! What a run must make: each report is rendered once with recording
//! components before anything is computed, so that a name that does not exist
//! is an error with its place.

use super::vacancy;
use crate::query::Catalogue;
use crate::report::{self, Known, ReportError, Source};
use crate::vocabulary::groups;

/// Every mistake in the reports' texts; none where all can be rendered.
#[must_use]
pub fn plan(catalogue: &Catalogue, reports: &[(String, String)]) -> Vec<ReportError> {
    let metrics: Vec<String> = catalogue
        .names()
        .chain(vacancy::NAMES)
        .map(str::to_owned)
        .collect();
    let dimensions: Vec<String> = groups::known().map(str::to_owned).collect();
    let known = Known {
        metrics: &metrics,
        dimensions: &dimensions,
    };
    let mut wrong = Vec::new();
    for (name, text) in reports {
        let path = format!("reports/{name}.md");
        let source = Source::new(&path, text);
        match report::plan(&source) {
            Ok(_) => wrong.extend(report::check(&source, &known)),
            Err(errors) => wrong.extend(errors),
        }
    }
    wrong
}
