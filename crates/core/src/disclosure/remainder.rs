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
    pub(super) dated: Vec<&'a Draft>,
}

/// Whether the cells of `all` may stay as they are beside the dated tables as
/// they are.
pub(super) fn withstands(parts: &Parts<'_>, policy: &Policy) -> bool {
    let all = parts.all;
    if all.is_whole() {
        return true;
    }
    // `one period shown` is a table with a cell that may be read.
    let shown: Vec<&Draft> = parts.dated.iter().copied().filter(|d| shows(d)).collect();
    if all.hides() && !shown.is_empty() {
        // Both have hidden cells, and not of the same people.
        return false;
    }
    let hides = parts.dated.iter().any(|d| d.hides());
    let flows = all.table.cells.iter().map(|c| flow(&c.tally));
    let Some(columns) = flows.collect::<Option<Vec<u64>>>() else {
        // A stock adds up over nothing, so there is nothing to subtract; but
        // nothing to check a hidden cell by either.
        return !hides;
    };
    if parts
        .dated
        .iter()
        .any(|d| d.table.period.shape == Shape::Window)
    {
        return !hides && shown.iter().all(|d| leaves(&columns, &[d], policy));
    }
    leaves(&columns, &shown, policy)
        && parts
            .dated
            .iter()
            .all(|d| keeps_hidden(&columns, d, parts, policy))
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

/// Whether the hidden cells of a dated table stay hidden beside `all`.
fn keeps_hidden(columns: &[u64], dated: &Draft, parts: &Parts<'_>, policy: &Policy) -> bool {
    if !dated.hides() || dated.total_hidden {
        return true;
    }
    let taken = row(dated, columns);
    let hidden: Vec<usize> = (0..columns.len())
        .filter(|i| dated.hidden.get(*i) == Some(&true))
        .collect();
    let sum = hidden
        .iter()
        .fold(0_u64, |sum, i| sum.saturating_add(taken[*i]));
    let threshold = policy.threshold();
    if !dated.is_whole() {
        // Then `all` is larger than a hidden cell can be, by people enough,
        // whichever it is: it bounds nothing and leaves nothing small.
        return hidden
            .iter()
            .all(|i| columns[*i] >= sum.saturating_add(threshold));
    }
    // Hidden whole: only its total is known. Each cell must be able to be 1,
    // so that the other columns must have room for all but one.
    let room: Vec<u64> = left(columns, parts);
    let everything = room.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let open = |i: &usize| room[*i] == 0 || everything - room[*i] >= sum.saturating_sub(1);
    // What the period leaves of a level may be small only where it may be
    // any small number.
    let leaves = |i: &usize| {
        let n = room[*i];
        n == 0 || n >= sum.saturating_add(threshold) || n <= sum.saturating_add(1)
    };
    hidden.iter().all(|i| open(i) && leaves(i))
}

/// What shown cells leave of each level of `all`.
fn left(columns: &[u64], parts: &Parts<'_>) -> Vec<u64> {
    let mut room = columns.to_vec();
    for dated in &parts.dated {
        for (i, taken) in row(dated, columns).into_iter().enumerate() {
            if dated.hidden.get(i) == Some(&false) {
                room[i] = room[i].saturating_sub(taken);
            }
        }
    }
    room
}
