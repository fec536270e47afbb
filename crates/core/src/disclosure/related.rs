//! Tables of one metric, item and period that speak of the same people:
//! nested dimensions, levels that several dimensions share, and pairs.
//! Never looks across periods.

use super::Policy;
use super::pattern::{Pattern, any_primary, one_way};
use super::protect::Draft;
use crate::domain::{Dimension, Level, Period};
use std::collections::BTreeMap;

/// Dimensions of which each is a finer division of the one before it.
const NESTS: [&[&str]; 3] = [
    &["ethnic_minority", "ethnic_group", "ethnic_category"],
    &["organisation", "site", "unit"],
    &["staff_group", "profession"],
];

/// Levels that mean the same people in whatever dimension they appear: those
/// of whom the staff list says nothing.
const COMMON: [&str; 2] = ["Not linked", "Not known"];

/// A metric, an item and a period.
pub(super) type Moment = (String, Option<String>, Period);

/// The tables of each moment, by their place among the drafts.
pub(super) fn moments(drafts: &[Draft]) -> BTreeMap<Moment, Vec<usize>> {
    let mut found: BTreeMap<Moment, Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let t = &draft.table;
        let key = (t.metric.name.clone(), t.item.clone(), t.period.clone());
        found.entry(key).or_default().push(i);
    }
    found
}

/// Hides in each table what it must hide looked at alone. A total that is
/// hidden in one table is hidden in all of its moment.
pub(super) fn own_patterns(drafts: &mut [Draft], policy: &Policy) {
    for places in moments(drafts).values() {
        if places.iter().any(|i| drafts[*i].total_hidden) {
            for i in places {
                drafts[*i].hide_total();
            }
            continue;
        }
        let mut entangled: Vec<Level> = Vec::new();
        for i in places {
            let elsewhere = elsewhere(drafts, places, *i);
            let draft = &mut drafts[*i];
            match draft.table.dimensions.len() {
                0 => {}
                1 => match one_way(&draft.table, &elsewhere, policy) {
                    Pattern::Open => {}
                    Pattern::Cells(hidden) => draft.hidden = hidden,
                    Pattern::Whole => draft.hide_cells(),
                    Pattern::Entangled => {
                        draft.hide_cells();
                        entangled.extend(common_levels(draft));
                    }
                },
                _ => {
                    if any_primary(&draft.table, policy) {
                        draft.hide_cells();
                    }
                }
            }
        }
        for i in places {
            let draft = &mut drafts[*i];
            let shares = common_levels(draft).iter().any(|l| entangled.contains(l));
            if draft.table.dimensions.len() == 1 && shares {
                draft.hide_cells();
            }
        }
    }
}

/// Hides the same cells in tables of the same people: those of one period and
/// one way of dividing whose bases are the same in every cell, as a share and
/// the answers that it is made of. What the one hides for its answers the
/// other would give away.
pub(super) fn same_bases(drafts: &mut [Draft]) {
    type Bases = Vec<(u64, Option<u64>)>;
    let mut found: BTreeMap<(Period, Vec<Dimension>, Bases), Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let t = &draft.table;
        let cells = t.cells.iter();
        let bases: Bases = cells.map(|c| (c.tally.base(), c.persons)).collect();
        if bases.iter().all(|(base, _)| *base == 0) {
            // Two tables about nobody have nothing in common.
            continue;
        }
        let key = (t.period.clone(), t.dimensions.clone(), bases);
        found.entry(key).or_default().push(i);
    }
    for places in found.values().filter(|places| places.len() > 1) {
        let total = places.iter().any(|i| drafts[*i].total_hidden);
        let cells = places
            .iter()
            .map(|i| drafts[*i].hidden.len())
            .min()
            .unwrap_or(0);
        let hidden: Vec<bool> = (0..cells)
            .map(|cell| places.iter().any(|i| drafts[*i].hidden[cell]))
            .collect();
        for i in places {
            let draft = &mut drafts[*i];
            if total {
                draft.hide_total();
                continue;
            }
            for (mine, all) in draft.hidden.iter_mut().zip(&hidden) {
                *mine |= all;
            }
            let mut occupied = draft.table.cells.iter().zip(&draft.hidden);
            if hidden.contains(&true) && occupied.all(|(c, hidden)| *hidden || c.people() == 0) {
                draft.hide_cells();
            }
        }
    }
}

/// The cells of a table that another one-way table of the moment has too.
fn elsewhere(drafts: &[Draft], places: &[usize], of: usize) -> Vec<bool> {
    let others: Vec<Level> = places
        .iter()
        .filter(|i| **i != of && drafts[**i].table.dimensions.len() == 1)
        .flat_map(|i| common_levels(&drafts[*i]))
        .collect();
    levels(&drafts[of])
        .map(|level| level.is_some_and(|l| others.contains(l)))
        .collect()
}

/// The common levels of a one-way table that have anybody in them.
fn common_levels(draft: &Draft) -> Vec<Level> {
    levels(draft)
        .zip(&draft.table.cells)
        .filter(|(_, cell)| cell.people() > 0)
        .filter_map(|(level, _)| level)
        .filter(|level| is_common(level))
        .cloned()
        .collect()
}

fn is_common(level: &Level) -> bool {
    COMMON.contains(&level.as_str())
}

fn levels(draft: &Draft) -> impl Iterator<Item = Option<&Level>> {
    let cells = draft.table.cells.iter();
    cells.map(|cell| cell.group.parts().first().map(|(_, level)| level))
}

/// Hides the finer of nested tables whole where a coarser one has a hidden
/// cell, which the finer would add up to; and where the finer has a hidden
/// cell and a coarser one divides anybody, whose levels are totals that the
/// finer table was not checked against.
///
/// A coarser table that has one level beside the common ones (a single
/// organisation) divides nobody: that level is everyone less those, and the
/// finer table was checked against both. It hides nothing more below it where
/// it is hidden because a common level is small, which the finer hides too.
pub(super) fn nested(drafts: &mut [Draft]) {
    for places in moments(drafts).values() {
        for nest in NESTS {
            let (mut hidden_above, mut divided_above) = (false, false);
            for slug in nest {
                let Some(i) = find(drafts, places, slug) else {
                    continue;
                };
                let draft = &mut drafts[i];
                if hidden_above || (draft.hides() && divided_above) {
                    draft.hide_cells();
                }
                let divides = divides(draft);
                hidden_above |= draft.hides() && (divides || !few_common(draft));
                divided_above |= divides;
            }
        }
    }
}

/// Whether it has two levels with anybody in them, the common ones apart.
fn divides(draft: &Draft) -> bool {
    let occupied = draft.table.cells.iter().filter(|c| c.people() > 0);
    occupied.count() > common_levels(draft).len() + 1
}

/// Whether a common level of it is of too few people.
fn few_common(draft: &Draft) -> bool {
    let mut named = levels(draft).zip(&draft.primary);
    named.any(|(level, primary)| *primary && level.is_some_and(is_common))
}

fn find(drafts: &[Draft], places: &[usize], slug: &str) -> Option<usize> {
    let is = |d: &[Dimension]| matches!(d, [only] if only.as_str() == slug);
    let mut places = places.iter().copied();
    places.find(|i| is(&drafts[*i].table.dimensions))
}

/// Hides a pair table whole where it has a cell about too few people, where
/// anything in it is hidden, and where a one-way table of either dimension
/// hides anything, since its rows add up to that table.
pub(super) fn pairs(drafts: &mut [Draft], policy: &Policy) {
    for places in moments(drafts).values() {
        let hiding: Vec<Dimension> = places
            .iter()
            .filter(|i| drafts[**i].table.dimensions.len() == 1 && drafts[**i].hides())
            .flat_map(|i| drafts[*i].table.dimensions.clone())
            .collect();
        for i in places {
            let draft = &mut drafts[*i];
            let dimensions = &draft.table.dimensions;
            if dimensions.len() < 2 {
                continue;
            }
            let margin = dimensions.iter().any(|d| hiding.contains(d));
            if margin || draft.hides() || any_primary(&draft.table, policy) {
                draft.hide_cells();
            }
        }
    }
}
