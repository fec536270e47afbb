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
use crate::domain::{Group, period::Shape};

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
    if all.is_whole() || parts.dated().next().is_none() {
        return true;
    }
    let shown: Vec<&Draft> = parts.dated().filter(|d| shows(d)).collect();
    if all.hides() {
        // Its hidden cells hold what the periods hold, and are not of the
        // same people.
        return false;
    }
    let hides = parts.dated().any(Draft::hides);
    let flows = all.table.cells.iter().map(|c| flow(&c.tally));
    let Some(flows) = flows.collect::<Option<Vec<u64>>>() else {
        // A stock adds up over nothing, so there is nothing to subtract; but
        // nothing to check a hidden cell by either.
        return !hides;
    };
    if !parts.dated().all(|d| same_levels(all, d)) {
        return false;
    }
    let columns = Columns {
        room: left(&flows, parts),
        flows,
    };
    if parts.dated().any(|d| d.table.period.shape == Shape::Window) {
        return !hides && shown.iter().all(|d| columns.leave(&[d], policy));
    }
    columns.leave(&shown, policy)
        && parts.trend.iter().all(|d| columns.keep_trend(d))
        && parts
            .reported
            .iter()
            .all(|d| columns.keep_reported(d, policy))
}

fn shows(draft: &Draft) -> bool {
    let mut cells = draft.table.cells.iter().zip(&draft.hidden);
    cells.any(|(cell, hidden)| !hidden && cell.people() > 0)
}

fn same_levels(a: &Draft, b: &Draft) -> bool {
    let groups = |d: &'_ Draft| -> Vec<Group> {
        let cells = d.table.cells.iter();
        cells.map(|c| c.group.clone()).collect()
    };
    groups(a) == groups(b)
}

fn row(draft: &Draft) -> impl Iterator<Item = (u64, bool)> {
    let flows = draft.table.cells.iter();
    flows
        .map(|c| flow(&c.tally).unwrap_or(0))
        .zip(draft.hidden.iter().copied())
}

/// What shown cells leave of each level of `all`.
fn left(flows: &[u64], parts: &Parts<'_>) -> Vec<u64> {
    let mut room = flows.to_vec();
    for dated in parts.dated() {
        for (room, (taken, hidden)) in room.iter_mut().zip(row(dated)) {
            if !hidden {
                *room = room.saturating_sub(taken);
            }
        }
    }
    room
}

/// The levels of `all`.
struct Columns {
    /// How many.
    flows: Vec<u64>,
    /// How many that no shown cell accounts for.
    room: Vec<u64>,
}

impl Columns {
    /// Whether each level that is shown in every table leaves 0 or at least
    /// the threshold. A negative remainder is no remainder: the periods then
    /// do not lie inside `all` (the latest answer of a person, say), and the
    /// difference counts nobody.
    fn leave(&self, shown: &[&Draft], policy: &Policy) -> bool {
        self.flows.iter().enumerate().all(|(i, n)| {
            let cells = || shown.iter().filter_map(|d| row(d).nth(i));
            let taken = cells().map(|(taken, _)| taken).fold(0, u64::saturating_add);
            cells().any(|(_, hidden)| hidden)
                || !n.checked_sub(taken).is_some_and(|n| policy.too_few(n))
        })
    }

    /// Whether a hidden trend, of which only the total is known, stays hidden.
    fn keep_trend(&self, dated: &Draft) -> bool {
        if !dated.hides() || dated.total_hidden {
            return true;
        }
        self.roomy(flow(&dated.table.total.tally).unwrap_or(0))
    }

    /// Whether the hidden cells of the reported period stay hidden, and what
    /// they leave of `all` too: the two stand side by side as rows, and
    /// neither may be few. `all` is so large in each of those levels that it
    /// bounds no hidden cell and leaves enough whatever that cell is.
    fn keep_reported(&self, dated: &Draft, policy: &Policy) -> bool {
        if !dated.hides() || dated.total_hidden {
            return true;
        }
        let cells = || row(dated).zip(&self.flows);
        let hidden = || cells().filter(|((_, hidden), _)| *hidden);
        let sum = hidden().fold(0_u64, |sum, ((n, _), _)| sum.saturating_add(n));
        let enough = sum.saturating_add(policy.threshold());
        // An empty level of `all` is known to be empty in each period; only
        // tables hidden whole hide such cells.
        let whole = dated.is_whole();
        let ample = |all: u64| all >= enough || (whole && all == 0);
        hidden().all(|(_, all)| ample(*all)) && (!whole || self.roomy(sum))
    }

    /// Whether a row of that total can have 1 in any column, which is when
    /// the others have room for all the rest.
    fn roomy(&self, row: u64) -> bool {
        let everything = self
            .room
            .iter()
            .fold(0_u64, |sum, n| sum.saturating_add(*n));
        let others = |n: &u64| everything.saturating_sub(*n);
        self.room
            .iter()
            .all(|n| *n == 0 || others(n) >= row.saturating_sub(1))
    }
}
