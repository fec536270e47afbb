//! A staff list by its column names, as from ESR: somebody, and when they
//! started.

use super::{Kind, Named, Shape};
use crate::data::{Holds, Layout, Role};

/// What only a staff list says.
const OF_STAFF: [Role; 7] = [
    Role::LeaveDate,
    Role::PostEnd,
    Role::LeavingReason,
    Role::Destination,
    Role::Fte,
    Role::Contract,
    Role::Assignment,
];

/// Recognises a list with a start date and a person, or with what only a
/// staff list has.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Staff);
    let start = kind.first(&[Role::StartDate, Role::PostStart]);
    let person = kind.first(&[Role::StaffNumber, Role::Email, Role::RegistrationNumber]);
    let reason = match (person, start) {
        (Some(person), Some(start)) => format!(
            "it has people (column {}) and start dates (column {})",
            person.place(),
            start.place()
        ),
        (None, Some(start)) if kind.count(&OF_STAFF) > 0 => {
            format!("it has start dates (column {}) and posts", start.place())
        }
        (Some(person), None) if kind.count(&OF_STAFF) > 1 => {
            format!("it has people (column {}) and posts", person.place())
        }
        _ => return None,
    };
    Some(shape(&kind, reason))
}

/// A staff list with these columns.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    kind.shape(Layout::StaffList, reason)
}
