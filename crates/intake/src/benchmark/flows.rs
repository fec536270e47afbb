//! An organisation's own flows, a row a period and group: opening, joiners,
//! leavers and closing as they stand. What they leave unexplained is told.

use super::cells::{Figures, WORKFORCE, count};
use super::levels::{Of, column};
use super::turnover::{told_unbalanced, unreadable};
use super::{Made, Said, periods};
use crate::data::Table;
use crate::data::benchmark::{Flow, Given, Period};
use crate::vocabulary::flows;
use staywise_core::domain::Severity;
use std::sync::Arc;

/// Makes flows.
pub(super) fn build(table: &Table, made: &mut Made) {
    let Some(period) = column(table, flows::PERIOD) else {
        made.unused += table.rows();
        made.found(table, &no_period(table));
        return;
    };
    let until = column(table, flows::PERIOD_END).filter(|until| until.index != period.index);
    let counts =
        flows::COUNTS.map(|names| column(table, names).map(|c| Figures::of(c, &WORKFORCE)));
    for figures in counts.iter().flatten() {
        unreadable(table, figures, made);
    }
    let used = [Some(period), until].into_iter().flatten();
    let used = used.chain(counts.iter().flatten().map(Figures::column));
    let not: Vec<String> = used
        .map(|column| crate::vocabulary::text::slug(&column.header))
        .collect();
    let of = Of::all_but(table, &not.iter().map(String::as_str).collect::<Vec<_>>());
    let mut unbalanced = (0, None);
    let mut parts = (0, None);
    for row in 0..table.rows() {
        let given = |figures: &Option<Figures<'_>>| {
            figures
                .as_ref()
                .map_or(Given::NotAvailable, |f| f.given(row))
        };
        let whole = |figures: &Option<Figures<'_>>| {
            count(given(figures)).and_then(|n| i64::try_from(n).ok())
        };
        let is_part = |figures: &Option<Figures<'_>>| {
            given(figures).value().is_some() && whole(figures).is_none()
        };
        if counts.iter().any(is_part) {
            parts.0 += 1;
            parts.1.get_or_insert(row);
        }
        let [opening, joiners, leavers, closing] = &counts;
        let flow = Flow {
            levels: of.levels(row),
            period: when(period.cells.cell(row), until.map(|u| u.cells.cell(row))),
            published: false,
            opening: whole(opening),
            joiners: whole(joiners),
            leavers: whole(leavers),
            closing: whole(closing),
            origin: table.origin(Some(row), None),
        };
        if flow.unexplained().is_some_and(|n| n != 0) {
            unbalanced.0 += 1;
            unbalanced.1.get_or_insert(row);
        }
        made.all.flows.push(flow);
    }
    told_unbalanced(table, unbalanced, made);
    told_parts(table, parts, made);
}

/// A period of one column, or from one day to another.
fn when(from: &crate::data::Cell, until: Option<&crate::data::Cell>) -> Arc<Period> {
    let first = periods::of_cell(from, periods::Dates::TheirMonths);
    let Some(until) = until.filter(|cell| !cell.is_blank()) else {
        return first;
    };
    let day = |cell| periods::of_cell(cell, periods::Dates::Themselves);
    let (from, until) = (day(from), day(until));
    Arc::new(Period {
        label: format!("{} to {}", from.label, until.label),
        days: from
            .days
            .zip(until.days)
            .map(|((from, _), (_, until))| (from, until))
            .filter(|(from, until)| from <= until),
    })
}

fn told_parts(table: &Table, of: (usize, Option<usize>), made: &mut Made) {
    made.found(
        table,
        &Said {
            rule: "not-a-count",
            severity: Severity::Warning,
            row: of.1,
            count: of.0,
            message: "Numbers of people are not whole, or below nought; they were left out.",
            remedy: "Give headcounts, not full-time equivalents; write thousands with a comma or \
                     not at all.",
        },
    );
}

fn no_period(table: &Table) -> Said<'static> {
    Said {
        rule: "no-period",
        severity: Severity::Error,
        row: None,
        count: table.rows().max(1),
        message: "No column says which period each row of flows is of.",
        remedy: "Name a column `period` and write `2026-03`, `2026-Q1` or `2025-26` into it.",
    }
}
