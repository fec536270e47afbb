//! Microsoft Forms: what Forms records of a response, then a column a
//! question. A question asked twice has a number behind its second name; the
//! points and feedback of a quiz are no answers.

use super::{Draft, Shape, collapsed, present, who};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::text;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;

/// Recognises a header with a start time and a completion time.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let row = (0..grid.rows().min(ROWS)).find(|row| {
        let folded: Vec<String> = (0..grid.width().min(8))
            .map(|c| text::fold(&grid.cell(*row, c).text()))
            .collect();
        let at = |name: &str| folded.iter().position(|cell| cell == name);
        at("start time").is_some_and(|start| at("completion time") == Some(start + 1))
    })?;
    let mut asking = Asking::NotYet;
    let drafts = present(grid, row, row + 1)
        .map(|index| {
            let header = collapsed(grid.cell(row, index));
            let role = role(&header, &mut asking);
            Draft::new(index, header, role)
        })
        .collect();
    let reason = format!(
        "row {} has the Start time and Completion time of Forms",
        row + 1
    );
    Some(Shape::new(
        (Layout::MicrosoftForms, Holds::Survey),
        reason,
        row,
        drafts,
    ))
}

/// Whether the first question has come: after it, `Name` is a question.
enum Asking {
    NotYet,
    Begun,
}

fn role(header: &str, asking: &mut Asking) -> Role {
    let folded = text::fold(header);
    if folded.is_empty() {
        return Role::Unknown;
    }
    let quiz = [
        "total points",
        "quiz feedback",
        "grade posted time",
        "last modified time",
    ];
    if quiz.contains(&folded.as_str())
        || folded.starts_with("points - ")
        || folded.starts_with("feedback - ")
    {
        return Role::Unused;
    }
    if matches!(asking, Asking::NotYet) {
        match folded.as_str() {
            "id" => return Role::ResponseId,
            "start time" => return Role::StartedAt,
            "completion time" => return Role::CompletedAt,
            "email" => return Role::Email,
            "name" => return Role::PersonName,
            "language" => return Role::Unused,
            _ => *asking = Asking::Begun,
        }
    }
    who(header).unwrap_or(Role::Question)
}

#[cfg(test)]
mod tests {
    use super::{Asking, role};
    use crate::data::Role;

    #[test]
    fn a_name_after_the_first_question_is_a_question() {
        let mut asking = Asking::NotYet;
        let mut of = |header: &str| role(header, &mut asking);
        assert_eq!(of("Id"), Role::ResponseId);
        assert_eq!(of("Start\u{a0}time"), Role::StartedAt);
        assert_eq!(of("Last modified time"), Role::Unused);
        assert_eq!(of("How was it?"), Role::Question);
        assert_eq!(of("Points - How was it?"), Role::Unused);
        assert_eq!(of("Language"), Role::Question);
    }
}
