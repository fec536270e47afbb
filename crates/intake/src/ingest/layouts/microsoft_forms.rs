//! Microsoft Forms: what Forms records of a response, then a column a
//! question. A question asked twice has a number behind its second name; the
//! points and feedback of a quiz are no answers.

use super::grids::Sheet;
use super::{Draft, Shape, headers};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::text;
use std::collections::HashSet;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;
/// How often a question may be asked in the same words.
const MOST: u32 = 200;

/// Recognises a header with a start time and a completion time.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let row = (0..grid.rows().min(ROWS)).find(|row| {
        let folded: Vec<String> = (0..grid.width().min(8))
            .map(|c| text::fold(&grid.cell(*row, c).text()))
            .collect();
        let at = |name: &str| folded.iter().position(|cell| cell == name);
        at("start time").is_some_and(|start| at("completion time") == Some(start + 1))
    })?;
    let sheet = Sheet {
        grid,
        from: row + 1,
    };
    let headers = headers(grid, row);
    let known: HashSet<&str> = headers.iter().map(|(_, header)| header.as_str()).collect();
    let mut asking = Asking::NotYet;
    let drafts: Vec<Draft> = headers
        .iter()
        .map(|(index, header)| {
            let base = base(header, &known);
            let words = base.unwrap_or(header);
            let role = match role(words, &mut asking) {
                Role::Question => sheet.role(words, *index),
                role => role,
            };
            Draft {
                question: base.filter(|_| role == Role::Question).map(str::to_owned),
                ..Draft::new(*index, header.clone(), role)
            }
        })
        .collect();
    let reason = format!(
        "row {} has the Start time and Completion time of Forms",
        row + 1
    );
    let kind = (Layout::MicrosoftForms, Holds::Survey);
    Some(Shape {
        remarks: sheet.figures_alone(&drafts).into_iter().collect(),
        ..Shape::new(kind, reason, row, drafts)
    })
}

/// The words of a question that is asked again: `When` of `When2`, where
/// `When` is there, and of `When3` where `When2` is there too. A number that
/// belongs to the question stays.
fn base<'a>(header: &'a str, known: &HashSet<&str>) -> Option<&'a str> {
    let words = header.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = header.get(words.len()..).filter(|n| !n.starts_with('0'))?;
    let number: u32 = number.parse().ok().filter(|n| (2..=MOST).contains(n))?;
    let numbered = !words.is_empty() && !words.ends_with(char::is_whitespace);
    let all = || (2..number).all(|n| known.contains(format!("{words}{n}").as_str()));
    (numbered && known.contains(words) && all()).then_some(words)
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
    Role::Question
}

#[cfg(test)]
mod tests {
    use super::{Asking, base, role};
    use crate::data::Role;
    use std::collections::HashSet;

    #[test]
    fn a_number_goes_only_where_the_question_stands_without_it() {
        let known = HashSet::from([
            "When", "When2", "When3", "Ward 7", "Band5", "Rate", "Rate 2",
        ]);
        assert_eq!(base("When3", &known), Some("When"));
        assert_eq!(base("When5", &known), None);
        assert_eq!(base("When", &known), None);
        assert_eq!(base("Band5", &known), None);
        assert_eq!(base("Rate 2", &known), None);
    }

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
