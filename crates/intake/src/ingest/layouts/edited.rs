//! Questions that somebody edited while the form was open: the answers go on
//! in a new column. Such pairs are told, never merged.

use super::grids::{Sheet, note};
use super::{Draft, Made, Remark};
use crate::data::Role;
use crate::data::table::letters;
use crate::vocabulary::text;
use staywise_core::domain::Severity;
use std::collections::BTreeSet;

/// Columns looked at: pairs of more would take too long.
const COLUMNS: usize = 400;

/// A question with the rows from its first answer to its last.
struct Asked<'a> {
    draft: &'a Draft,
    words: BTreeSet<String>,
    first: usize,
    last: usize,
}

/// Pairs of questions of nearly the same words of which one ends before the
/// other begins. Rows stand in the order in which the answers came.
pub(super) fn pairs(sheet: Sheet<'_>, drafts: &[Draft]) -> Vec<Remark> {
    let questions = drafts
        .iter()
        .filter(|draft| draft.role != Role::Unused && draft.made == Made::Own && asks(draft));
    let asked: Vec<Asked> = questions
        .take(COLUMNS)
        .filter_map(|draft| Asked::of(sheet, draft))
        .collect();
    let mut found = Vec::new();
    for (at, one) in asked.iter().enumerate() {
        let later = asked.iter().skip(at + 1);
        if let Some(other) = later.into_iter().find(|other| one.is_followed(other)) {
            found.push(told(sheet, one, other));
        }
    }
    found
}

fn asks(draft: &Draft) -> bool {
    matches!(draft.role, Role::Question | Role::Dimension(_))
}

impl<'a> Asked<'a> {
    fn of(sheet: Sheet<'_>, draft: &'a Draft) -> Option<Self> {
        let mut rows = sheet.answered(draft.index);
        let first = rows.next()?;
        let last = rows.last().unwrap_or(first);
        let words = text::words(draft.question.as_deref().unwrap_or(&draft.header));
        Some(Self {
            draft,
            words: words.split(' ').map(str::to_owned).collect(),
            first,
            last,
        })
    }

    /// Whether the other asks nearly the same, and their answers stand in
    /// rows apart.
    fn is_followed(&self, other: &Self) -> bool {
        let apart = self.last < other.first || other.last < self.first;
        apart && is_near(&self.words, &other.words)
    }
}

/// The same words, or three in four of them in questions of four words and
/// more.
fn is_near(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let all = one.union(other).count();
    one == other || one.len().min(other.len()) >= 4 && shared * 4 >= all * 3
}

fn told(sheet: Sheet<'_>, one: &Asked, other: &Asked) -> Remark {
    let (earlier, later) = if one.last < other.first {
        (one, other)
    } else {
        (other, one)
    };
    let (old, new) = (letters(earlier.draft.index), letters(later.draft.index));
    Remark {
        rule: ("question-edited", Severity::Warning),
        row: u32::try_from(later.first).ok(),
        count: sheet.answered(earlier.draft.index).count() as u64,
        message: format!(
            "Columns {old} and {new} ask nearly the same, and no row answers both: the answers \
             stand in {old} up to row {} and in {new} from row {}, as when a question is edited \
             while the form is open. They are read as two questions.",
            earlier.last + 1,
            later.first + 1
        ),
        remedy: format!(
            "If they are one question, move the answers of column {old} into column {new} in a \
             copy of the file and empty {old}; if they are two, nothing is to be done."
        ),
        ..note("question-edited", later.draft.index, "")
    }
}
