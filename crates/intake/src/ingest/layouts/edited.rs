//! Questions that somebody edited while the form was open: the answers go on
//! in a new column. Such pairs are told, and joined only where the study gives
//! both the name of one item.

use super::grids::{Sheet, note};
use super::{Draft, Made, Remark, Shape};
use crate::data::Role;
use crate::data::table::letters;
use crate::ingest::grid::Grid;
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
        remedy: "If they are one question, give both the same item for this source in \
                 staywise.toml: columns = { \"The old words\" = \"item:name\", \"The new words\" = \
                 \"item:name\" }. If they are two, nothing is to be done."
            .to_owned(),
        ..note("question-edited", later.draft.index, "")
    }
}

/// Joins columns that the study gives the same item, where no row answers two
/// of them; where one does, they stay apart and that is told.
pub(super) fn join_stated(grid: &Grid, shape: &mut Shape) {
    let sheet = Sheet {
        grid,
        from: shape.data_from,
    };
    // What the study says of a column is not asked about again.
    let drafts = &shape.drafts;
    let stated = |column: Option<usize>| {
        let own = drafts.iter().find(|draft| Some(draft.index) == column);
        own.is_some_and(|draft| draft.stated)
    };
    let is_settled = |remark: &Remark| remark.rule.0 == "question-edited" && stated(remark.column);
    shape.remarks.retain(|remark| !is_settled(remark));
    let mut at = 0;
    while let Some(draft) = shape.drafts.get(at) {
        at += 1;
        let own =
            |other: &&Draft| other.item == draft.item && other.stated && other.made == Made::Own;
        let columns: Vec<usize> = shape
            .drafts
            .iter()
            .filter(own)
            .map(|other| other.index)
            .collect();
        if draft.item.is_none() || columns.first() != Some(&draft.index) || columns.len() < 2 {
            continue;
        }
        let first = draft.index;
        if let Some(row) = answers_two(sheet, &columns) {
            shape.remarks.push(answered_twice(row, first));
            continue;
        }
        shape.remarks.push(Remark {
            count: columns.len() as u64,
            ..note(
                "questions-joined",
                first,
                "Columns that the study gives the same item were read as one question; no row \
                 answers two of them.",
            )
        });
        let is_later = |other: &Draft| other.index != first && columns.contains(&other.index);
        shape.drafts.retain(|other| !is_later(other));
        if let Some(draft) = shape.drafts.get_mut(at - 1) {
            draft.made = Made::FirstOf(columns);
        }
    }
}

/// The first row that has a value in two of these columns.
fn answers_two(sheet: Sheet<'_>, columns: &[usize]) -> Option<usize> {
    (sheet.from..sheet.grid.rows()).find(|row| {
        let filled = |column: &&usize| !sheet.grid.cell(*row, **column).is_blank();
        columns.iter().filter(filled).count() > 1
    })
}

fn answered_twice(row: usize, column: usize) -> Remark {
    Remark {
        rule: ("same-item-twice", Severity::Warning),
        row: u32::try_from(row).ok(),
        remedy: "Give each a name of its own in `columns` for this source in staywise.toml."
            .to_owned(),
        ..note(
            "",
            column,
            "The study gives several columns the same item, but there are rows that answer two of \
             them; they stay two questions.",
        )
    }
}
