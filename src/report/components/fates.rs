//! What became of people by a year and by two, as a table. Estimates nothing.

use super::Page;
use crate::chart::figure::shorthand;
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::table::{Column, Text};
use staywise_core::domain::Status;

/// A table of the ways people went, or why there is none.
pub(super) fn fates(page: &mut Page<'_>) -> String {
    let lines = &page.shelf.facts.evidence.fates;
    if lines.is_empty() {
        return page.without(&phrases::NO_FATES.say([]));
    }
    let mut table = Text {
        title: phrases::TITLE_FATES.say([]),
        columns: vec![
            (phrases::COLUMN_BECAME.say([]), Column::Name),
            (phrases::COLUMN_MONTHS_SINCE.say([]), Column::Number),
            (phrases::COLUMN_LEVEL_PERCENT.say([]), Column::Number),
            (phrases::COLUMN_LOWER_PLAIN.say([]), Column::Number),
            (phrases::COLUMN_UPPER_PLAIN.say([]), Column::Number),
        ],
        ..Text::default()
    };
    for line in lines {
        let percent = |share: f64| Cell::decimal(share * 100.0, 0);
        let limits = match line.limits {
            Some((low, high)) => [percent(low), percent(high)],
            None => {
                table.mark(Status::NotApplicable, &phrases::NO_LIMITS.say([]));
                let none = || Cell::words(shorthand(Status::NotApplicable));
                [none(), none()]
            }
        };
        let [low, high] = limits;
        table.rows.push(vec![
            Cell::words(line.what.clone()),
            Cell::decimal(f64::from(line.months), 0),
            percent(line.share),
            low,
            high,
        ]);
    }
    let lead = phrases::FATES_LEAD.html([], page.terms);
    format!("<p>{lead}</p>\n{}", page.table(table, None))
}
