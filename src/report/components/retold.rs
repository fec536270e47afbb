//! The difference of two groups in other ways than its answer: a table under
//! it, and what tests found. Draws nothing, and leads to no title.

use super::Page;
use super::comparison::{listed, measured};
use super::tables::{explain, limit_headings};
use crate::chart::text::escape;
use crate::report::cells::Cell;
use crate::report::evidence::{Answer, Comparison};
use crate::report::phrases;
use crate::report::table::{Column, Text};
use staywise_core::disclosure::Released;

/// The table with its sentences; nothing where there is nothing to tell.
pub(super) fn retold(page: &mut Page<'_>, of: &Comparison) -> String {
    let notes = listed("", &of.retold.notes);
    if of.retold.answers.is_empty() {
        return notes;
    }
    let lead = phrases::LEAD_RETOLD.html([&of.compared, &of.comparator], page.terms);
    format!(
        "<h4>{}</h4>\n<p>{lead}</p>\n{}{notes}",
        escape(&phrases::RETOLD.say([])),
        page.table(table(of), None),
    )
}

fn table(of: &Comparison) -> Text {
    let answers = &of.retold.answers;
    let rows: Vec<&Released> = answers.iter().map(|answer| &answer.row).collect();
    let mut columns = vec![
        (phrases::COLUMN_WAY.say([]), Column::Name),
        (phrases::COLUMN_FIGURE.say([]), Column::Number),
    ];
    columns.extend(limit_headings(&rows));
    columns.push((phrases::COLUMN_MEASURED.say([]), Column::Words));
    columns.push((phrases::COLUMN_BASE.say([]), Column::Number));
    let cells = |answer: &Answer| {
        let mut cells = vec![
            Cell::words(answer.method.clone()),
            Cell::figure(&answer.row),
        ];
        cells.extend(Cell::limits(&answer.row));
        cells.push(Cell::words(measured(&answer.row)));
        cells.push(Cell::base(&answer.row));
        cells
    };
    let mut table = Text {
        title: phrases::TITLE_RETOLD.say([&of.title]),
        columns,
        rows: answers.iter().map(cells).collect(),
        ..Text::default()
    };
    explain(&mut table, &rows);
    table
}
