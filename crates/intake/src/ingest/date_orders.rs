//! Which of day and month comes first in a column of dates: what decided it,
//! and what may decide it where its own dates do not. Guesses nothing.

use super::date_columns::{severity, texts};
use super::findings::{Places, finding};
use crate::data::{Cell, DateOrder, Role, Table, TableColumn};
use crate::vocabulary::dates;
use staywise_core::domain::{Finding, Severity};

/// What to write in staywise.toml.
const SAY: &str = "Say how the dates are written: `dates = \"day first\"` or \
    `dates = \"month first\"` for this source in staywise.toml.";

/// The first cell that can be read in this order only; nothing where the
/// study's word decided and no cell does.
pub(super) fn evidence(table: &Table, at: usize, order: DateOrder) -> Option<Finding> {
    let column = table.columns.get(at)?;
    let other = match order {
        DateOrder::DayFirst => DateOrder::MonthFirst,
        DateOrder::MonthFirst => DateOrder::DayFirst,
    };
    let places = Places::of(column, |cell| {
        matches!(cell, Cell::Text(text)
            if dates::read(text, order).is_some() && dates::read(text, other).is_none())
    });
    let first = places.first?;
    Some(Finding {
        count: places.count,
        ..finding(
            ("dates-order", Severity::Note),
            table.origin(Some(first), Some(column)),
            &format!(
                "Dates are read {}, as cells of the column can be read in no other way; this is \
                 the first.",
                words(order)
            ),
            "",
        )
    })
}

/// Settles a column whose every date can be read either way: by the other
/// date columns of the sheet; for the times of a survey, by what keeps them
/// together; else not at all.
pub(super) fn otherwise(table: &mut Table, at: usize, evidence: &[DateOrder]) -> Finding {
    let neighbour = evidence
        .first()
        .filter(|first| evidence.iter().all(|o| o == *first));
    let (order, why) = match neighbour {
        Some(order) => (
            Some(*order),
            "as in the other date columns of the sheet".to_owned(),
        ),
        None => by_closeness(&table.columns[at]),
    };
    table.columns[at].dates = order;
    let column = &table.columns[at];
    let origin = table.origin(None, Some(column));
    match order {
        Some(order) => finding(
            ("dates-undecidable", Severity::Note),
            origin,
            &format!(
                "Every date can be read either way; taken {}, {why}.",
                words(order)
            ),
            SAY,
        ),
        None => finding(
            ("dates-undecidable", severity(table, &column.role)),
            origin,
            "Every date can be read day first or month first, so 03/04/2026 may be 3 April or \
             4 March.",
            SAY,
        ),
    }
}

fn words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day first",
        DateOrder::MonthFirst => "month first",
    }
}

/// A survey is open for some weeks. Where the times lie within 120 days in
/// one order and are strewn over more than twice that stretch in the other
/// (a month at least, as a few days prove nothing), the first is meant.
fn by_closeness(column: &TableColumn) -> (Option<DateOrder>, String) {
    const OPEN: f64 = 120.0;
    const LEAST: f64 = 30.0;
    if !matches!(column.role, Role::StartedAt | Role::CompletedAt) {
        return (None, String::new());
    }
    let span = |order: DateOrder| {
        let days = texts(&column.cells)
            .into_iter()
            .filter_map(|text| dates::read(text, order));
        let (low, high) = days.fold((f64::MAX, f64::MIN), |(l, h), d| (l.min(d), h.max(d)));
        high - low
    };
    let both = [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| (order, span(order)));
    let [(first, a), (second, b)] = both;
    let (order, near, far) = if a <= b {
        (first, a, b)
    } else {
        (second, b, a)
    };
    if near <= OPEN && far > 2.0 * near.max(LEAST) {
        let why = format!(
            "as the times then lie within {:.0} days, and else are strewn over {far:.0}",
            near.ceil()
        );
        (Some(order), why)
    } else {
        (None, String::new())
    }
}
