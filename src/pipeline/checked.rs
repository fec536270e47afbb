//! What `check` leaves in the study's private folder: every finding with its
//! value, and a page for people.

use super::outputs::quality;
use super::{Gathered, private};
use crate::report::{CheckedTable, ReportError, findings_page};

/// What `check` leaves.
pub struct CheckFiles {
    /// findings.csv: every finding, with its value.
    pub findings: Vec<u8>,
    /// check.html: what was read and what was found, by rule.
    pub page: String,
}

/// Makes what `check` leaves.
///
/// # Errors
/// A page that cannot be set.
pub fn check_files(study: &str, gathered: &Gathered) -> Result<CheckFiles, ReportError> {
    let used = quality(gathered).files;
    let left_alone = gathered.files.iter().filter(|f| f.report.holds.is_none());
    let why = |place: &str| {
        gathered
            .files
            .iter()
            .find(|f| {
                let sheet = f.report.sheet.as_deref().unwrap_or_default();
                place == f.report.file || place == format!("{} > {sheet}", f.report.file)
            })
            .map(|f| f.report.reason.clone())
            .unwrap_or_default()
    };
    let mut tables: Vec<CheckedTable> = used
        .into_iter()
        .map(|line| CheckedTable {
            reason: why(&line.file),
            holds: if line.holds == line.layout || line.holds.ends_with(&line.layout) {
                line.holds
            } else {
                format!("{}, {}", line.holds, line.layout)
            },
            place: line.file,
            rows: line.rows,
            set_aside: line.set_aside,
        })
        .collect();
    tables.extend(left_alone.map(|file| CheckedTable {
        place: file.report.file.clone(),
        holds: "left alone".to_owned(),
        reason: file.report.reason.clone(),
        rows: file.report.rows_read,
        set_aside: file.report.set_aside.clone(),
    }));
    let as_at = gathered.linked.as_at.to_string();
    Ok(CheckFiles {
        findings: private::findings(&gathered.findings),
        page: findings_page((study, &as_at), &tables, &gathered.findings)?,
    })
}
