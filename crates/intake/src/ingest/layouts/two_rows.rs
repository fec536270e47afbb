//! Two header rows: questions, and below them the options or rows of each.

use super::grids::{Part, Questions, Sheet, same};
use super::{Draft, collapsed, present};
use crate::data::Role;
use crate::vocabulary::text;

/// Two header rows: questions, and below them options, rows, or a word that
/// says that there is an answer.
#[derive(Clone, Copy)]
pub(super) struct TwoRows {
    pub(super) names: usize,
    /// Nothing where somebody has deleted the second.
    pub(super) labels: Option<usize>,
}

/// The questions of a sheet with two header rows. What `own` knows is what
/// the tool records of a response.
pub(super) fn two_rows(
    sheet: Sheet<'_>,
    rows: TwoRows,
    own: fn(&str) -> Option<Role>,
) -> Questions {
    let mut all = Questions::default();
    let mut open: Option<(String, Vec<Part>)> = None;
    let close = |open: Option<(String, Vec<Part>)>, all: &mut Questions| {
        if let Some((question, parts)) = open {
            let made = sheet.group(&question, &parts);
            all.drafts.extend(made.drafts);
            all.remarks.extend(made.remarks);
        }
    };
    for index in present(sheet.grid, rows.names, sheet.from) {
        let name = collapsed(sheet.grid.cell(rows.names, index));
        let below = rows
            .labels
            .map(|row| collapsed(sheet.grid.cell(row, index)))
            .unwrap_or_default();
        if below.is_empty()
            && let Some(role) = own(&name)
        {
            close(open.take(), &mut all);
            all.drafts.push(Draft::new(index, name, role));
            continue;
        }
        let label = if is_answer(&below) {
            String::new()
        } else {
            below
        };
        let part = Part { index, label };
        match &mut open {
            Some((question, parts)) if goes_on(question, parts, (&name, &part)) => parts.push(part),
            _ => {
                close(open.take(), &mut all);
                open = Some((name, vec![part]));
            }
        }
    }
    close(open, &mut all);
    all.drafts.sort_by_key(|draft| draft.index);
    all
}

/// `Response` and `Open-Ended Response` say only that there is an answer.
fn is_answer(label: &str) -> bool {
    let folded = text::fold(label);
    [
        "response",
        "open-ended response",
        "open ended response",
        "answer",
    ]
    .contains(&folded.as_str())
}

/// Whether a column goes on with the question before it: there is no text
/// over it, or the same one again with an option that is new.
fn goes_on(question: &str, parts: &[Part], (name, part): (&str, &Part)) -> bool {
    if part.label.is_empty() {
        return false;
    }
    name.is_empty()
        || same(name, question)
            && parts
                .iter()
                .all(|p| !p.label.is_empty() && !same(&p.label, &part.label))
}
