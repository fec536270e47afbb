//! Figures that others published, to be read beside the study's own: as
//! published, never tested against them. Nothing where the study has none.

use super::Page;
use crate::chart::text::escape;
use crate::report::cells::Cell;
use crate::report::facts::PublishedLine;
use crate::report::phrases;
use crate::report::table::{Column, Text};

/// A table of published figures.
pub(super) fn published(page: &mut Page<'_>) -> String {
    let told = &page.shelf.facts.published;
    let read = crate::report::facts::count(u64::try_from(told.all).unwrap_or(u64::MAX));
    if told.all == 0 {
        return String::new();
    }
    if told.lines.is_empty() {
        let words = phrases::PUBLISHED_OF_OTHERS.say([&read]);
        return format!("<p>{}</p>\n", escape(&words));
    }
    let row = |line: &PublishedLine| {
        [
            &line.measure,
            &line.of,
            &line.period,
            &line.figure,
            &line.source,
            &line.note,
        ]
        .map(Cell::words)
        .to_vec()
    };
    let table = Text {
        title: phrases::PUBLISHED_TITLE.say([]),
        columns: vec![
            (phrases::COLUMN_MEASURE.say([]), Column::Name),
            (phrases::COLUMN_OF.say([]), Column::Words),
            (phrases::COLUMN_PERIOD.say([]), Column::Words),
            (phrases::COLUMN_PUBLISHED.say([]), Column::Words),
            (phrases::COLUMN_SOURCE.say([]), Column::Words),
            (phrases::COLUMN_COMPARABLE.say([]), Column::Words),
        ],
        rows: told.lines.iter().map(row).collect(),
        ..Text::default()
    };
    let words = phrases::PUBLISHED_RULE.say([&read]);
    format!("{}<p>{}</p>\n", page.table(table, None), escape(&words))
}
