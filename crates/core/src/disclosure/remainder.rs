//! What is left of `all` when dated periods are taken from it, cell by cell.
//! Judges; hides nothing.
//!
//! The periods and what came before them are the rows of a two-way table, the
//! levels its columns, `all` its column totals. With whole numbers such a
//! table has no more to give than its margins: a cell is at least row plus
//! column less everything, and at most the smaller of the two, and can be
//! anything between.

use super::Policy;
use super::measure::flow;
use super::protect::Draft;
use crate::domain::period::Shape;

/// `all` and the dated tables of a series.
pub(super) struct Parts<'a> {
    pub(super) all: &'a Draft,
    pub(super) reported: Vec<&'a Draft>,
    pub(super) trend: Vec<&'a Draft>,
}

impl<'a> Parts<'a> {
    fn dated(&self) -> impl Iterator<Item = &'a Draft> {
        self.reported.iter().chain(&self.trend).copied()
    }
}

/// Whether the cells of `all` may stay as they are beside the dated tables as
/// they are.
pub(super) fn withstands(parts: &Parts<'_>, policy: &Policy) -> bool {
    let all = parts.all;
    if all.is_whole() {
        return true;
    }
    let shown: Vec<&Draft> = parts.dated().filter(|d| shows(d)).collect();
    if all.hides() && !shown.is_empty() {
        // Both have hidden cells, and not of the same people.
        return false;
    }
    let hides = parts.dated().any(Draft::hides);
    let flows = all.table.cells.iter().map(|c| flow(&c.tally));
    let Some(columns) = flows.collect::<Option<Vec<u64>>>() else {
        // A stock adds up over nothing, so there is nothing to subtract; but
        // nothing to check a hidden cell by either.
        return !hides;
    };
    if parts.dated().any(|d| d.table.period.shape == Shape::Window) {
        return !hides && shown.iter().all(|d| leaves(&columns, &[d], policy));
    }
    let room = left(&columns, parts);
    leaves(&columns, &shown, policy)
        && parts.trend.iter().all(|d| keeps_trend(&room, d))
        && parts
            .reported
            .iter()
            .all(|d| keeps_reported((&columns, &room), d, policy))
}

fn shows(draft: &Draft) -> bool {
    let cells = draft.table.cells.iter().zip(&draft.hidden);
    cells
        .into_iter()
        .any(|(c, hidden)| !hidden && c.people() > 0)
}

/// The flow of a draft's cells in the order of `all`'s; 0 for a level that it
/// does not have.
fn row(draft: &Draft, columns: &[u64]) -> Vec<u64> {
    let cells = &draft.table.cells;
    (0..columns.len())
        .map(|i| cells.get(i).and_then(|c| flow(&c.tally)).unwrap_or(0))
        .collect()
}

/// Whether each level that is shown in every table leaves 0 or at least the
/// threshold. A negative remainder is no remainder: the periods then do not
/// lie inside `all` (the latest answer of a person, say), and the difference
/// counts nobody.
fn leaves(columns: &[u64], shown: &[&Draft], policy: &Policy) -> bool {
    (0..columns.len()).all(|i| {
        if shown.iter().any(|d| d.hidden.get(i) == Some(&true)) {
            return true;
        }
        let taken = shown.iter().fold(0_u64, |sum, d| {
            sum.saturating_add(row(d, columns).get(i).copied().unwrap_or(0))
        });
        !columns[i]
            .checked_sub(taken)
            .is_some_and(|n| policy.too_few(n))
    })
}

/// Whether a hidden trend, of which only the total is known, stays hidden
/// beside `all`.
fn keeps_trend(room: &[u64], dated: &Draft) -> bool {
    if !dated.hides() || dated.total_hidden {
        return true;
    }
    let total = flow(&dated.table.total.tally).unwrap_or(0);
    roomy(room, total)
}

/// Whether the hidden cells of the reported period stay hidden beside `all`,
/// and what they leave of it too: the two stand side by side as rows, and
/// neither may be few. `all` is so large in each of those levels that it
/// bounds no hidden cell and leaves enough whatever that cell is.
fn keeps_reported(of: (&[u64], &[u64]), dated: &Draft, policy: &Policy) -> bool {
    if !dated.hides() || dated.total_hidden {
        return true;
    }
    let (columns, room) = of;
    let taken = row(dated, columns);
    let hidden: Vec<usize> = (0..columns.len())
        .filter(|i| dated.hidden.get(*i) == Some(&true))
        .collect();
    let sum = hidden
        .iter()
        .fold(0_u64, |sum, i| sum.saturating_add(taken[*i]));
    let ample = |n: u64| n >= sum.saturating_add(policy.threshold());
    if dated.is_whole() {
        // An empty level of `all` is an empty level of each period.
        let empty_or_ample = |i: &usize| columns[*i] == 0 || ample(columns[*i]);
        return roomy(room, sum) && hidden.iter().all(empty_or_ample);
    }
    hidden.iter().all(|i| ample(columns[*i]))
}

/// Whether a row of that total can have 1 in any column, which is when the
/// other columns have room for all the rest.
fn roomy(room: &[u64], row: u64) -> bool {
    let everything = room.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    room.iter()
        .all(|n| *n == 0 || everything - n >= row.saturating_sub(1))
}

/// What shown cells leave of each level of `all`.
fn left(columns: &[u64], parts: &Parts<'_>) -> Vec<u64> {
    let mut room = columns.to_vec();
    for dated in parts.dated() {
        for (i, taken) in row(dated, columns).into_iter().enumerate() {
            if dated.hidden.get(i) == Some(&false) {
                room[i] = room[i].saturating_sub(taken);
            }
        }
    }
    room
}
