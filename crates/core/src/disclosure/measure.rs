//! The counts of a cell that a policy judges: distinct people, bases, both
//! dates of a stock, both sides of a ratio. Reads tallies; hides nothing.

use super::Policy;
use crate::domain::{Cell, Tally, tally::SCORE_ONE};

/// One judged count over the cells of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// By cell.
    pub(super) values: Vec<u64>,
    /// What it is held against: the policy's threshold, times the number of
    /// counts that were added up.
    pub(super) threshold: u64,
}

/// The judged counts of a table's cells: at least one measure, each with a
/// value a cell.
///
/// Where distinct people are known and never more than the base, they alone
/// are judged: bases are then at least as many, and a base that could be any
/// number of repeat answers larger is no tighter to the attacker.
pub(super) fn measures(cells: &[Cell], policy: &Policy) -> Vec<Measure> {
    let threshold = policy.threshold();
    let parts = cells.iter().map(|c| parts(&c.tally)).max().unwrap_or(1);
    let plain = |count: fn(&Cell) -> u64, times: u64| Measure {
        values: cells.iter().map(count).collect(),
        threshold: threshold.saturating_mul(times),
    };
    let mut found = match cells.first().map(|c| &c.tally) {
        Some(Tally::Stock { .. } | Tally::Amounts { .. }) => {
            vec![plain(opening, 1), plain(closing, 1)]
        }
        Some(Tally::Ratio { .. }) => vec![plain(numerator, 1), plain(denominator, parts)],
        _ => vec![plain(|c| c.tally.base(), 1)],
    };
    if cells.iter().all(|c| c.persons.is_some()) && !cells.is_empty() {
        let persons = plain(|c| c.persons.unwrap_or(0), 1);
        let within = |m: &Measure| persons.values.iter().zip(&m.values).all(|(p, b)| p <= b);
        if found.len() == 1 && found.iter().all(within) {
            found = vec![persons];
        } else if found.iter().all(|m| m.values != persons.values) {
            found.push(persons);
        }
    } else if cells.iter().any(|c| c.persons.is_some()) {
        found.push(plain(|c| c.persons.unwrap_or(c.tally.base()), 1));
    }
    found
}

/// Whether a cell is about too few people by any of its counts.
pub(super) fn primary(cell: &Cell, policy: &Policy) -> bool {
    let few = |n| policy.too_few(n);
    let by_count = match &cell.tally {
        Tally::Stock { opening, closing }
        | Tally::Amounts {
            opening, closing, ..
        } => few(*opening) || few(*closing),
        Tally::Ratio {
            numerator,
            smallest,
            ..
        } => few(*numerator) || few(*smallest),
        other => few(other.base()),
    };
    by_count || cell.persons.is_some_and(few)
}

/// Whether anybody is in a cell.
pub(super) fn occupied(cell: &Cell) -> bool {
    cell.tally.base() > 0 || cell.persons.is_some_and(|n| n > 0)
}

/// The count that adds up over periods that do not overlap; nothing for a
/// stock, whose change is a net of comings and goings and counts nobody.
pub(super) fn flow(tally: &Tally) -> Option<u64> {
    match tally {
        Tally::Stock { .. } | Tally::Amounts { .. } => None,
        Tally::Ratio { numerator, .. } => Some(*numerator),
        other => Some(other.base()),
    }
}

/// Whether a tally says the same of everybody in it: all hit or none did, one
/// answer, one score, nobody or everybody left.
pub(super) fn unanimous(tally: &Tally) -> bool {
    match tally {
        Tally::Proportion { n, hits } => *hits == 0 || hits == n,
        Tally::Distribution { counts } => counts.iter().filter(|c| **c > 0).count() < 2,
        Tally::Mean { n, sum, squares } | Tally::Paired { n, sum, squares } => {
            no_spread(*n, *sum, *squares)
        }
        Tally::Survival(table) => table.events() == 0 || table.events() == table.entered(),
        Tally::Event { .. }
        | Tally::Stock { .. }
        | Tally::Amounts { .. }
        | Tally::AmountRatio { .. }
        | Tally::Exposure { .. }
        | Tally::Sum { .. }
        | Tally::Ratio { .. } => false,
    }
}

/// Whether `n` fixed-point scores are all one, allowing for each square
/// having been rounded to the fixed point.
fn no_spread(n: u64, sum: i128, squares: i128) -> bool {
    let n = i128::from(n);
    let spread = n
        .checked_mul(squares)
        .and_then(|x| x.checked_mul(SCORE_ONE))
        .zip(sum.checked_mul(sum))
        .and_then(|(a, b)| a.checked_sub(b));
    let rounding = n.checked_mul(n).and_then(|x| x.checked_mul(SCORE_ONE));
    spread
        .zip(rounding)
        .is_some_and(|(spread, rounding)| spread.abs() <= rounding)
}

fn parts(tally: &Tally) -> u64 {
    match tally {
        Tally::Ratio { parts, .. } => (*parts).max(1),
        _ => 1,
    }
}

fn opening(cell: &Cell) -> u64 {
    match cell.tally {
        Tally::Stock { opening, .. } | Tally::Amounts { opening, .. } => opening,
        _ => 0,
    }
}

fn closing(cell: &Cell) -> u64 {
    match cell.tally {
        Tally::Stock { closing, .. } | Tally::Amounts { closing, .. } => closing,
        _ => 0,
    }
}

fn numerator(cell: &Cell) -> u64 {
    match cell.tally {
        Tally::Ratio { numerator, .. } => numerator,
        _ => 0,
    }
}

fn denominator(cell: &Cell) -> u64 {
    match cell.tally {
        Tally::Ratio { denominator, .. } => denominator,
        _ => 0,
    }
}
