//! Which cells of one table are hidden, looked at alone. Chooses; the
//! attacker (`attack`) judges. Never looks at another table.

use super::Policy;
use super::attack::View;
use super::measure::{Measure, measures, occupied, primary, unanimous};
use crate::domain::{Cell, Tally, TallyTable};

/// What a one-way table must hide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Nothing.
    Open,
    /// These cells, none of them empty.
    Cells(Vec<bool>),
    /// Every cell, empty ones too; the total may stay.
    Whole,
    /// Every cell, and the cells that other tables show of the same people
    /// must go there too.
    Entangled,
}

/// The pattern of a one-way table whose total may be shown.
///
/// `elsewhere` marks the levels that another table of the same people has
/// too. A large one is shown there, so it protects nobody, and the rest must
/// withstand without it. A small one is hidden in both, and what either table
/// says of it holds in the other, so it is a block of its own, and two cells
/// that only this table has must be hidden with it.
///
/// Cells with anybody in them are taken two by two in their printed order
/// (the first stands alone where their number is odd). A block with a primary
/// cell is hidden whole, and further blocks in order until one of two cells is
/// among them, the attacker is withstood in every judged count and the hidden
/// cells together do not say the same of everybody in them. Which cells make a
/// block depends on no more of a count than whether it is 0, so the choice
/// itself tells nothing of a hidden one. A union of the
/// threshold or more that is all hits or no hits is allowed only where the
/// whole table is so too, as a shown cell of that size would be. If it takes
/// every block, or too few people are spread over the levels for any choice,
/// the empty cells are hidden with the rest.
pub(super) fn one_way(table: &TallyTable, elsewhere: &[bool], policy: &Policy) -> Pattern {
    let cells = &table.cells;
    let primaries: Vec<bool> = cells.iter().map(|c| primary(c, policy)).collect();
    if !primaries.contains(&true) {
        return Pattern::Open;
    }
    let is_elsewhere = |i: &usize| elsewhere.get(*i) == Some(&true);
    let known: Vec<bool> = (0..cells.len())
        .map(|i| is_elsewhere(&i) && !primaries[i])
        .collect();
    let judged = measures(cells, policy);
    match room(&judged, &known) {
        Room::None => return Pattern::Entangled,
        Room::Tight => return Pattern::Whole,
        Room::Enough if !adds_up(table) => return Pattern::Whole,
        Room::Enough => {}
    }
    let candidates: Vec<usize> = (0..cells.len())
        .filter(|i| occupied(&cells[*i]) && !known[*i])
        .collect();
    let everybody_agrees = unanimous_over(cells, &candidates);
    let (shared, own): (Vec<usize>, Vec<usize>) =
        candidates.iter().copied().partition(|i| is_elsewhere(i));
    let (mut taken, mut waiting): (Vec<&[usize]>, Vec<&[usize]>) = blocks(&own)
        .into_iter()
        .chain(shared.chunks(1))
        .partition(|block| block.iter().any(|i| primaries[*i]));
    if !taken.iter().any(|block| block.len() > 1) {
        // A block of two is needed in any case, so none is taken before it.
        waiting.sort_by_key(|block| block.len() < 2);
    }
    waiting.reverse();
    loop {
        let hidden = taken.concat();
        if hidden.len() == candidates.len() {
            return Pattern::Whole;
        }
        let paired = taken.iter().any(|block| block.len() > 1);
        let agree = !everybody_agrees && unanimous_over(cells, &hidden);
        if paired && !agree && withstands(&judged, &hidden) {
            return Pattern::Cells((0..cells.len()).map(|i| hidden.contains(&i)).collect());
        }
        match waiting.pop() {
            Some(block) => taken.push(block),
            None => return Pattern::Whole,
        }
    }
}

/// Cells two by two; the first alone where their number is odd.
fn blocks(cells: &[usize]) -> Vec<&[usize]> {
    let (first, rest) = cells.split_at(cells.len() % 2);
    first.chunks(1).chain(rest.chunks(2)).collect()
}

/// Whether the attacker is withstood in every judged count.
fn withstands(judged: &[Measure], hidden: &[usize]) -> bool {
    judged.iter().all(|measure| {
        let values = hidden.iter().filter_map(|i| measure.values.get(*i));
        View {
            hidden: hidden.len() as u64,
            sum: values.fold(0_u64, |sum, n| sum.saturating_add(*n)),
            threshold: measure.threshold,
        }
        .withstands()
    })
}

/// Whether a table has a cell about too few people.
pub(super) fn any_primary(table: &TallyTable, policy: &Policy) -> bool {
    table.cells.iter().any(|c| primary(c, policy))
}

enum Room {
    /// The cells that are not known elsewhere are too few people together.
    None,
    /// Enough people, but not for one more in each other level.
    Tight,
    /// Enough.
    Enough,
}

/// How much room the attacker leaves before any cell is chosen: a function of
/// the total and the number of levels, which are published.
fn room(judged: &[Measure], known: &[bool]) -> Room {
    let free = known.iter().filter(|k| !**k).count() as u64;
    let sums = judged.iter().map(|m| {
        let values = m.values.iter().zip(known).filter(|(_, known)| !**known);
        let sum = values.fold(0_u64, |sum, (n, _)| sum.saturating_add(*n));
        (sum, m.threshold)
    });
    let sums: Vec<(u64, u64)> = sums.filter(|(sum, _)| *sum > 0).collect();
    if free < 2 || sums.iter().any(|(sum, threshold)| sum < threshold) {
        return Room::None;
    }
    let tight = |(sum, threshold): &(u64, u64)| *sum < threshold.saturating_add(free - 2);
    if sums.iter().any(tight) {
        Room::Tight
    } else {
        Room::Enough
    }
}

fn unanimous_over(cells: &[Cell], of: &[usize]) -> bool {
    let mut tallies = of.iter().filter_map(|i| cells.get(*i)).map(|c| &c.tally);
    let Some(first) = tallies.next() else {
        return false;
    };
    let mut union = first.clone();
    for tally in tallies {
        if union.add(tally).is_err() {
            return false;
        }
    }
    unanimous(&union)
}

/// Whether the cells add up to the total, as the attacker supposes. A metric
/// whose total is not the sum of its parts gives other sums away than those
/// checked, so its tables are hidden whole.
fn adds_up(table: &TallyTable) -> bool {
    let line = |tally: &Tally| match tally {
        Tally::Ratio {
            numerator,
            denominator,
            ..
        }
        | Tally::AmountRatio {
            numerator,
            denominator,
            ..
        } => Some((*numerator, *denominator)),
        _ => None,
    };
    if let Some(total) = line(&table.total.tally) {
        let parts = table.cells.iter().filter_map(|c| line(&c.tally));
        let sum = parts.fold((0_u64, 0_u64), |a, b| {
            (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
        });
        return sum == total;
    }
    let mut cells = table.cells.iter();
    let Some(mut sum) = cells.next().map(|c| c.tally.clone()) else {
        return true;
    };
    for cell in cells {
        if sum.add(&cell.tally).is_err() {
            return false;
        }
    }
    sum == table.total.tally
}
