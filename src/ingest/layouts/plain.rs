//! A survey with one header row, whatever wrote it. Every column that is not
//! known to be something else is a question.

use super::{Draft, Named, Shape};
use crate::data::{Holds, Layout, Role};
use crate::vocabulary::text;

/// What survey tools record of a response.
const OF_RESPONSES: [Role; 5] = [
    Role::ResponseId,
    Role::StartedAt,
    Role::CompletedAt,
    Role::ResponseStatus,
    Role::Finished,
];

/// Recognises a survey by what its tool records, where that is plain: two
/// such columns, or one and a question.
pub(super) fn by_its_signs(named: &Named<'_>) -> Option<Shape> {
    let sign = named.first(&OF_RESPONSES)?;
    if named.count(&OF_RESPONSES) < 2 && named.question().is_none() {
        return None;
    }
    let reason = format!("it has what survey tools record (column {})", sign.place());
    Some(shape(named, reason))
}

/// Recognises a survey by a question alone.
pub(super) fn by_its_questions(named: &Named<'_>) -> Option<Shape> {
    let question = named.question()?;
    let reason = format!("it asks a question (column {})", question.place());
    Some(shape(named, reason))
}

/// A survey with these columns.
pub(super) fn shape(named: &Named<'_>, reason: String) -> Shape {
    let mut shape = named.shape(Layout::Plain, Holds::Survey, reason);
    let recorded = named.first(&OF_RESPONSES).is_some();
    for draft in &mut shape.drafts {
        if let Some(role) = in_a_survey(draft, recorded) {
            draft.role = role;
        }
    }
    shape
}

/// What a column is for in a survey, where that is other than in a staff
/// list: Qualtrics calls the start of a response `StartDate`.
fn in_a_survey(draft: &Draft, recorded: bool) -> Option<Role> {
    let name = text::slug(&draft.header).replace('_', "");
    match draft.role {
        Role::Unknown if !draft.header.is_empty() => Some(Role::Question),
        Role::StartDate | Role::PostStart if recorded && name == "startdate" => {
            Some(Role::StartedAt)
        }
        Role::LeaveDate | Role::PostEnd if recorded && name == "enddate" => Some(Role::CompletedAt),
        _ => None,
    }
}
