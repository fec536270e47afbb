//! A preceptorship register by its column names: somebody, and when their
//! preceptorship began, is due to end or ended.

use super::{Named, Shape};
use crate::data::{Holds, Layout, Role};

/// What a register says of a preceptorship.
const OF_PRECEPTORSHIP: [Role; 4] = [
    Role::PreceptorshipStart,
    Role::PlannedEnd,
    Role::CompletedOn,
    Role::WithdrawnOn,
];

/// Recognises a list of people with dates of preceptorships. A staff list may
/// have one such date beside its own.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let person = named.first(&[Role::StaffNumber, Role::Email, Role::RegistrationNumber])?;
    let date = named.first(&OF_PRECEPTORSHIP)?;
    let staff = named.first(&[
        Role::LeaveDate,
        Role::LeavingReason,
        Role::Fte,
        Role::Assignment,
    ]);
    let start = named.first(&[Role::StartDate, Role::PostStart]);
    if staff.is_some() || (start.is_some() && named.count(&OF_PRECEPTORSHIP) < 2) {
        return None;
    }
    let reason = format!(
        "it has people (column {}) and dates of preceptorships (column {})",
        person.place(),
        date.place()
    );
    Some(shape(named, reason))
}

/// A register with these columns.
pub(super) fn shape(named: &Named<'_>, reason: String) -> Shape {
    named.shape(Layout::Register, Holds::Register, reason)
}
