//! A list of people invited, by its column names: somebody, and the wave or
//! the day of the invitation, and no question.

use super::{Named, Shape};
use crate::data::{Holds, Layout, Role};

/// Recognises a list of people with a wave or a day of invitation.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let person = named.first(&[Role::StaffNumber, Role::Email, Role::ExternalReference])?;
    let when = named.first(&[Role::InvitedOn, Role::Wave])?;
    if named.question().is_some() {
        return None;
    }
    let reason = format!(
        "it has people (column {}), invitations (column {}) and no question",
        person.place(),
        when.place()
    );
    Some(shape(named, reason))
}

/// A list of people invited with these columns.
pub(super) fn shape(named: &Named<'_>, reason: String) -> Shape {
    named.shape(Layout::InvitedList, Holds::Invited, reason)
}
