//! A list of people invited, by its column names: somebody, and the wave or
//! the day of the invitation, and no question.

use super::{Kind, Named, Shape};
use crate::data::{Holds, Layout, Role};

/// Recognises a list of people with a wave or a day of invitation.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Invited);
    let person = kind.first(&[Role::StaffNumber, Role::Email, Role::ExternalReference])?;
    let when = kind.first(&[Role::InvitedOn, Role::Wave])?;
    if kind.question().is_some() {
        return None;
    }
    let reason = format!(
        "it has people (column {}), invitations (column {}) and no question",
        person.place(),
        when.place()
    );
    Some(shape(&kind, reason))
}

/// A list of people invited with these columns.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    kind.shape(Layout::InvitedList, reason)
}
