//! A preceptorship register by its column names: somebody, and when their
//! preceptorship began, is due to end or ended.

use super::{Kind, Named, Shape};
use crate::data::{Holds, Layout, Role};

/// What a register says of a preceptorship.
const OF_PRECEPTORSHIP: [Role; 4] = [
    Role::PreceptorshipStart,
    Role::PlannedEnd,
    Role::CompletedOn,
    Role::WithdrawnOn,
];

/// Recognises a list of people with dates of preceptorships. A staff list may
/// have such a date beside its own.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Register);
    let person = kind.first(&[Role::StaffNumber, Role::Email, Role::RegistrationNumber])?;
    let date = kind.plainly(&OF_PRECEPTORSHIP).next()?;
    let staff = named.kind(Holds::Staff);
    let posts = [
        Role::LeaveDate,
        Role::LeavingReason,
        Role::Fte,
        Role::Contract,
    ];
    let start = staff.first(&[Role::StartDate, Role::PostStart]);
    if staff.first(&posts).is_some() || start.is_some() && kind.count(&OF_PRECEPTORSHIP) < 2 {
        return None;
    }
    let reason = format!(
        "it has people (column {}) and dates of preceptorships (column {})",
        person.place(),
        date.place()
    );
    Some(shape(&kind, reason))
}

/// A register with these columns.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    kind.shape(Layout::Register, reason)
}
