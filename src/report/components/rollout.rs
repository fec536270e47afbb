//! A programme that came to sites at different dates: what changed where it
//! had begun, or why that cannot be told. Prints no figure of one that was
//! refused, and says of none that the programme did it.

use super::Page;
use super::comparison::{listed, paragraph, standing};
use super::tables::{explain, limit_headings};
use crate::chart::figure::{figure, why_not};
use crate::chart::text::escape;
use crate::report::cells::Cell;
use crate::report::evidence::Rollout;
use crate::report::phrases;
use crate::report::strength::{anything, is_real, reach};
use crate::report::table::{Column, Text};
use crate::report::words::{Sentence, small, with_interval};
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;

/// Every rollout that was declared, or that there is none.
pub(super) fn rollout(page: &mut Page<'_>) -> String {
    let all = &page.shelf.facts.evidence.rollouts;
    if all.is_empty() {
        return page.without(&phrases::NO_ROLLOUT.say([]));
    }
    let told = all.iter().map(|one| told(page, one));
    told.collect()
}

fn told(page: &mut Page<'_>, of: &Rollout) -> String {
    let title = phrases::TITLE_ROLLOUT.say([&of.outcome_label, &of.site]);
    let mut html = format!("<h3>{}</h3>\n", escape(&title));
    html.push_str(&paragraph(&standing((of.standing, of.declared_on))));
    let Some(row) = &of.answer else {
        let refused = phrases::REFUSED.html([], page.terms);
        html.push_str(&format!(
            "<p class=\"caution\"><strong>{refused}</strong> {}</p>\n",
            escape(&of.refusals.join(" "))
        ));
        return html;
    };
    let lead = phrases::ROLLOUT_LEAD.html([&of.site], page.terms);
    html.push_str(&format!("<p>{lead}</p>\n"));
    html.push_str(&format!("<p>{}</p>\n", super::told(&sentence(of, row))));
    html.push_str(&page.table(table(row, title), None));
    html.push_str(&listed("", &of.notes));
    html
}

/// What was found; told as found only where the interval leaves out no
/// difference.
fn sentence(of: &Rollout, row: &Released) -> Sentence {
    let claims = vec![row.claim()];
    let say = |first: String, rest: String| Sentence {
        first,
        rest,
        claims,
    };
    if row.status() != Status::Shown {
        let why = why_not(row);
        let why = phrases::ANSWER_MISSING.say([why.trim_end_matches('.')]);
        return say(why, String::new());
    }
    if let Some(reach) = reach(row).filter(|_| is_real(row)) {
        let points = figure(row);
        let found = [&of.outcome_label, &of.site, &points].map(String::as_str);
        return say(
            phrases::ROLLOUT_FOUND.say(found),
            phrases::ROLLOUT_FOUND_REST.say([&reach]),
        );
    }
    match anything(row) {
        Some(reach) => {
            let outcome = small(&of.outcome_label);
            let open = [&outcome, &of.site, &reach].map(String::as_str);
            say(
                phrases::CANNOT_TELL.say([]),
                phrases::ROLLOUT_OPEN.say(open),
            )
        }
        None => say(
            phrases::ROLLOUT_PLAINLY.say([&of.outcome_label, &with_interval(row)]),
            phrases::FULL_STOP.say([]),
        ),
    }
}

fn table(row: &Released, title: String) -> Text {
    let rows = [row];
    let mut columns = vec![
        (phrases::COLUMN_COMPARISON.say([]), Column::Name),
        (phrases::COLUMN_POINTS.say([]), Column::Number),
    ];
    columns.extend(limit_headings(&rows));
    columns.push((phrases::COLUMN_BASE.say([]), Column::Number));
    let group = crate::chart::figure::group_label(row);
    let comparator = row.key().comparator.as_ref();
    let comparator = comparator.map_or("", |level| level.as_str());
    let mut cells = vec![
        Cell::words(phrases::COMPARED_WITH.say([&group, comparator])),
        Cell::figure(row),
    ];
    cells.extend(Cell::limits(row));
    cells.push(Cell::base(row));
    let mut table = Text {
        title,
        columns,
        rows: vec![cells],
        ..Text::default()
    };
    explain(&mut table, &rows);
    table
}
