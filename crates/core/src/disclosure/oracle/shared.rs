//! Tables of several dimensions that share the people of whom the staff list
//! says nothing, by brute force.

use super::periods::shown;
use super::{Attacker, compositions, few, quarter, table};
use crate::disclosure::Policy;
use crate::disclosure::protect::{Release, protect};
use crate::domain::{Dimension, Group, Kind, Level, Tally, TallyTable};

/// The levels that every dimension has; a test takes the first or both.
const COMMON: [&str; 2] = ["Not linked", "Not known"];

/// A table of a dimension: its own levels, then the common ones.
fn divided(dimension: &str, own: &[u64], common: &[u64]) -> TallyTable {
    let bases = own.iter().chain(common);
    let tallies = bases.map(|n| Tally::Event { n: *n }).collect();
    let mut table = table(Kind::Event, &quarter("2026-Q2"), tallies);
    let dimension = Dimension::new(dimension);
    for (cell, name) in table.cells[own.len()..].iter_mut().zip(COMMON) {
        cell.group = Group::one(&dimension, &Level::new(name));
    }
    table.dimensions = vec![dimension];
    table
}

/// Every way of dividing `total` people by each dimension, with so many own
/// levels and `common` ones, as it is published; says in how many forms
/// something few is hidden and yet a cell is shown.
fn attacked(dimensions: &[(&str, usize)], common: usize, total: u64, threshold: u64) -> usize {
    let policy = Policy::of("test", threshold);
    let mut attacker = Attacker::default();
    for whole in compositions(total, common + 1) {
        let shared = &whole[1..];
        let mut releases: Vec<Vec<Vec<u64>>> = vec![Vec::new()];
        for (_, levels) in dimensions {
            let ways = compositions(whole[0], *levels);
            let with = |release: &Vec<Vec<u64>>| -> Vec<Vec<Vec<u64>>> {
                let next = ways.iter().cloned();
                next.map(|row| [release.as_slice(), &[row]].concat())
                    .collect()
            };
            releases = releases.iter().flat_map(with).collect();
        }
        for rows in releases {
            let named = dimensions.iter().zip(&rows);
            let tables = named.map(|((name, _), row)| divided(name, row, shared));
            let release = Release {
                tables: tables.collect(),
                reported: quarter("2026-Q2"),
            };
            let out = shown(&protect(release, &policy));
            let truth = [rows.concat().as_slice(), shared].concat();
            attacker.see(out, &truth, &few(&truth, threshold));
        }
    }
    attacker.finds_nothing(threshold);
    attacker.beside_shown(dimensions.len())
}

#[test]
fn those_not_linked_are_not_given_away_by_two_dimensions_together() {
    let mut forms = 0;
    for total in 3..=18 {
        forms += attacked(&[("band", 2), ("sex", 2)], 1, total, 4);
    }
    for total in [7, 10, 13, 16] {
        forms += attacked(&[("band", 3), ("sex", 2)], 1, total, 4);
        forms += attacked(&[("band", 3), ("sex", 1)], 1, total, 4);
    }
    forms += attacked(&[("band", 3), ("sex", 3)], 1, 12, 4);
    assert!(forms > 100, "{forms}");
}

#[test]
fn those_not_linked_and_those_not_known_are_not_given_away() {
    let mut forms = 0;
    for total in 3..=14 {
        forms += attacked(&[("band", 2), ("sex", 2)], 2, total, 4);
        forms += attacked(&[("band", 3), ("sex", 1)], 2, total, 4);
    }
    assert!(forms > 100, "{forms}");
}

#[test]
fn those_not_linked_are_not_given_away_by_an_organisation_and_its_sites() {
    let mut forms = 0;
    for total in [4, 8, 13, 18] {
        forms += attacked(&[("organisation", 1), ("site", 3)], 1, total, 4);
        let both = [("organisation", 1), ("site", 3), ("sex", 2)];
        forms += attacked(&both, 1, total.min(12), 4);
    }
    forms += attacked(&[("organisation", 1), ("site", 4)], 1, 14, 4);
    assert!(forms > 50, "{forms}");
}
