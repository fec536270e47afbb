//! A survey with one header row, whatever wrote it. Every column that is not
//! known to be something else is a question.

use super::grids::Sheet;
use super::{Kind, Named, Shape};
use crate::data::{Holds, Layout, Role};

/// What survey tools record of a response.
const OF_RESPONSES: [Role; 5] = [
    Role::ResponseId,
    Role::StartedAt,
    Role::CompletedAt,
    Role::Finished,
    Role::Channel,
];

/// Recognises a survey by what only survey tools record: two such columns, or
/// one and a question.
pub(super) fn by_its_signs(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Survey);
    let mut signs = kind.plainly(&OF_RESPONSES);
    let sign = signs.next()?;
    if signs.next().is_none() && kind.question().is_none() {
        return None;
    }
    let reason = format!("it has what survey tools record (column {})", sign.place());
    Some(shape(&kind, reason))
}

/// Recognises a survey by a question alone, if answers to it come again: a
/// table of each answer with its count is no survey.
pub(super) fn by_its_questions(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Survey);
    let question = kind
        .question()
        .filter(|question| !kind.lists_answers(question))?;
    let reason = format!("it asks a question (column {})", question.place());
    Some(shape(&kind, reason))
}

/// A survey with these columns.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    let mut shape = kind.shape(Layout::Plain, reason);
    let sheet = Sheet {
        grid: kind.named.grid,
        from: shape.data_from,
    };
    let band = Role::Dimension("age_band".to_owned());
    let has_bands = shape.drafts.iter().any(|draft| draft.role == band);
    let mut completed = false;
    for draft in &mut shape.drafts {
        match draft.role {
            Role::Unknown if !draft.stated && !draft.header.is_empty() => {
                draft.role = Role::Question;
            }
            // Bands of age are no ages.
            Role::Age if !draft.stated && !has_bands && !sheet.holds_figures(draft.index) => {
                draft.role = band.clone();
            }
            // The end of a response and when it was recorded: the first is used.
            Role::CompletedAt if completed && !draft.stated => draft.role = Role::Unused,
            Role::CompletedAt => completed = true,
            _ => {}
        }
    }
    shape
}
