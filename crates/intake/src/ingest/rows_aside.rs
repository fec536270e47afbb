//! What is said of rows that are no data: how many by rule, and where the
//! first of each stands. Sets none aside itself.

use super::body::Body;
use super::findings::finding;
use super::layouts::Shape;
use staywise_core::domain::{Finding, Origin, Severity};

/// Rows that are no data, by rule.
pub(crate) fn counted(body: &Body, shape: &Shape) -> Vec<(String, u64)> {
    let ruled = shape.aside.iter().map(|aside| aside.rule).zip(&body.ruled);
    [
        ("totals-row", &body.totals),
        ("notes-at-foot", &body.notes),
        ("header-again", &body.headers),
        ("rule-line", &body.lines),
        ("row-label", &body.labels),
        ("second-table", &body.second),
    ]
    .into_iter()
    .chain(ruled)
    .filter(|(_, rows)| !rows.is_empty())
    .map(|(rule, rows)| (rule.to_owned(), rows.len() as u64))
    .collect()
}

/// A note for each rule by which rows were set aside.
pub(crate) fn told(body: &Body, shape: &Shape, origin: &Origin) -> Vec<Finding> {
    let ruled = shape
        .aside
        .iter()
        .zip(&body.ruled)
        .map(|(aside, rows)| (aside.rule, rows, aside.message));
    let sorts = [
        ("totals-row", &body.totals, "Rows of totals were set aside."),
        (
            "notes-at-foot",
            &body.notes,
            "Notes below the table were set aside.",
        ),
        (
            "header-again",
            &body.headers,
            "The header comes again among the rows; set aside.",
        ),
        ("rule-line", &body.lines, "Rows of dashes were set aside."),
        (
            "row-label",
            &body.labels,
            "Words over the rows that follow are no data; set aside.",
        ),
    ];
    sorts
        .into_iter()
        .chain(ruled)
        .filter_map(|(rule, rows, message)| {
            let first = Origin {
                row: Some(rows.first()? + 1),
                ..origin.clone()
            };
            Some(Finding {
                count: rows.len() as u64,
                ..finding((rule, Severity::Note), first, message, "")
            })
        })
        .collect()
}

/// Where another table begins below the first.
pub(crate) fn second_table(body: &Body, origin: &Origin) -> Option<Finding> {
    let header = u32::try_from(body.second_header?).ok()?;
    let rows = body.second.iter().filter(|row| **row > header).count() as u64;
    Some(Finding {
        count: rows,
        ..finding(
            ("second-table", Severity::Warning),
            Origin {
                row: Some(header + 1),
                ..origin.clone()
            },
            "Another table begins here, below the first; what follows was not read.",
            "If it is needed, put it into a sheet or a file of its own.",
        )
    })
}
