//! `--since`: an earlier run of the same study, fit to be compared with this
//! one. Hands its rows on as they were released; works out no difference.

use super::earlier::{Earlier, label_of};
use super::{Run, digest};
use crate::report::Since;
use staywise_core::domain::Period;
use staywise_core::domain::period::Shape;
use std::fmt;

/// Why an earlier run cannot be compared with this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// It is of another study, of this name.
    Study(String),
    /// It reports on a later period than is asked for.
    Newer(Period),
    /// It reports on a period of another length.
    Length(Period),
    /// A row that no run writes: as a spreadsheet numbers it, and why.
    Row(usize, String),
}

impl fmt::Display for Unlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Study(name) => write!(f, "It is a run of another study, \"{name}\"."),
            Self::Newer(period) => write!(
                f,
                "It reports on {}, later than the period asked for.",
                period.in_words()
            ),
            Self::Length(period) => write!(
                f,
                "It reports on {}, which is not as long as the period asked for.",
                period.in_words()
            ),
            Self::Row(row, why) => write!(f, "Row {row} of its results.csv was changed: {why}."),
        }
    }
}

impl Unlike {
    /// What to do, in a sentence.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::Study(_) => {
                "Name a run of this study; one that was renamed needs its old name back under \
                 [study]."
                    .to_owned()
            }
            Self::Newer(period) => format!(
                "Name an earlier run, or ask for a later period: --period {}",
                period.label
            ),
            Self::Length(_) => {
                "Name a run on a quarter to compare quarters, on a year to compare years."
                    .to_owned()
            }
            Self::Row(..) => {
                "Take the run's folder from where it was first put, or make it again.".to_owned()
            }
        }
    }
}

impl std::error::Error for Unlike {}

/// What an earlier run reported about everyone, for a page on `reported`.
///
/// # Errors
/// `Unlike` where the two cannot be compared.
pub fn since(run: &Run<'_>, earlier: &Earlier, reported: &Period) -> Result<Since, Unlike> {
    alike(run, earlier, reported)?;
    let then = &earlier.period;
    let mut rows = Vec::new();
    for line in earlier.lines() {
        if line.get("period") != then.label || !line.get("dimension").is_empty() {
            continue;
        }
        let slug = line.get("metric");
        let label = run
            .catalogue
            .get(slug)
            .map_or_else(|| label_of(slug), |query| query.metric.label.clone());
        let row = earlier
            .released(&line, &label)
            .map_err(|wrong| Unlike::Row(line.row(), wrong.to_string()))?;
        rows.push(row);
    }
    Ok(Since {
        period: then.clone(),
        rows,
    })
}

/// Whether an earlier run is one of this study on a period as long as the one
/// reported, and no later one.
///
/// # Errors
/// `Unlike` where it is not.
pub(super) fn alike(run: &Run<'_>, earlier: &Earlier, reported: &Period) -> Result<(), Unlike> {
    if !same_study(run, earlier) {
        return Err(Unlike::Study(earlier.study.clone()));
    }
    let then = &earlier.period;
    if length(then) != length(reported) || then.shape == Shape::All {
        return Err(Unlike::Length(then.clone()));
    }
    if then.last() > reported.last() {
        return Err(Unlike::Newer(then.clone()));
    }
    Ok(())
}

/// Whether a run is of this study: by name, or by a file that only this
/// study's key gives the same digest.
fn same_study(run: &Run<'_>, earlier: &Earlier) -> bool {
    earlier.study == run.study.name
        || earlier.study_digest == digest(run.key, run.study.text.as_bytes())
}

/// Months in a period; nothing for one of no fixed length.
fn length(period: &Period) -> Option<u32> {
    match period.shape {
        Shape::Month => Some(1),
        Shape::Quarter | Shape::FinancialQuarter => Some(3),
        Shape::Year | Shape::FinancialYear => Some(12),
        Shape::All | Shape::Window => None,
    }
}
