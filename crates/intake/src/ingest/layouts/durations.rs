//! How long each person was followed and whether they left, without dates: a
//! column of times and one of left or not.

use super::{Kind, Named, Shape};
use crate::data::{Cell, Holds, Layout, Role};
use crate::vocabulary::events;

/// Recognises one: a time, and an event that only ever is 0 or 1, yes or no.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    const DATES: [Role; 4] = [
        Role::StartDate,
        Role::LeaveDate,
        Role::PostStart,
        Role::PostEnd,
    ];
    let staff = named.kind(Holds::Staff);
    if staff.first(&DATES).is_some() {
        return None;
    }
    let kind = named.kind(Holds::Durations);
    let time = kind.first(&[Role::Duration])?;
    let left = kind.first(&[Role::Left])?;
    if !is_event(&kind, left.index) || !is_time(&kind, time.index) {
        return None;
    }
    let reason = format!(
        "it has times (column {}) and whether each person left (column {})",
        time.place(),
        left.place()
    );
    Some(shape(&kind, reason))
}

/// The columns as they are meant in such a table. A time whose unit the study
/// states (`duration_months`) keeps it as its question.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    let mut shape = kind.shape(Layout::Durations, reason);
    for draft in &mut shape.drafts {
        if let Role::Dimension(slug) = &draft.role
            && let Some(unit) = slug.strip_prefix("duration_")
        {
            draft.question = Some(unit.to_owned());
            draft.role = Role::Duration;
        }
    }
    shape
}

fn is_event(kind: &Kind<'_>, column: usize) -> bool {
    let mut some = false;
    kind.named.below(column).all(|cell| {
        some = true;
        events::read(cell).is_some()
    }) && some
}

fn is_time(kind: &Kind<'_>, column: usize) -> bool {
    kind.named.below(column).all(|cell| match cell {
        Cell::Number(n) => *n >= 0.0,
        Cell::Text(words) => words.trim().parse::<f64>().is_ok_and(|n| n >= 0.0),
        _ => false,
    })
}
