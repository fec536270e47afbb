//! What became of people by a year and by two, as a table. Estimates nothing.

use super::Page;
use crate::chart::figure::shorthand;
use crate::report::cells::Cell;
use crate::report::evidence::Fate;
use crate::report::phrases;
use crate::report::table::{Column, Text};
use staywise_core::domain::Status;

/// A table of the ways people went, and one of where they are, or why there
/// is none.
pub(super) fn fates(page: &mut Page<'_>) -> String {
    let evidence = &page.shelf.facts.evidence;
    if evidence.fates.is_empty() {
        return page.without(&phrases::NO_FATES.say([]));
    }
    let went = table(
        &evidence.fates,
        (phrases::TITLE_FATES.say([]), phrases::COLUMN_BECAME.say([])),
    );
    let lead = phrases::FATES_LEAD.html([], page.terms);
    let mut html = format!("<p>{lead}</p>\n{}", page.table(went, None));
    if !evidence.whereabouts.is_empty() {
        let there = table(
            &evidence.whereabouts,
            (
                phrases::TITLE_WHEREABOUTS.say([]),
                phrases::COLUMN_WHERE.say([]),
            ),
        );
        let lead = phrases::WHEREABOUTS_LEAD.html([], page.terms);
        html.push_str(&format!("<p>{lead}</p>\n{}", page.table(there, None)));
    }
    html
}

fn table(lines: &[Fate], (title, what): (String, String)) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (what, Column::Name),
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
    table
}
