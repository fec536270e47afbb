//! Made-up sites: what is said of each, in which order, and that what is
//! hidden moves nothing.

use super::all;
use crate::pipeline::made_up::{built_in, periods, rows};
use crate::report::evidence::Sites;
use crate::report::made_up::Table;
use staywise_core::domain::Tally;

fn held(by: &'static str, sites: &[(&'static str, u64, u64)]) -> Vec<Sites> {
    let periods = periods(1);
    let levels = sites.iter().map(|(name, hits, n)| {
        let (hits, n) = (*hits, *n);
        (*name, Tally::Proportion { n, hits })
    });
    let table = Table {
        metric: &built_in("retention_12m"),
        period: periods.all.clone(),
        by,
        levels: levels.collect(),
    };
    all(&rows(vec![table.tallies()]), &periods)
}

const SIX: [(&str, u64, u64); 6] = [
    ("West", 80, 100),
    ("North", 40, 100),
    ("East", 82, 100),
    ("South", 79, 100),
    ("Mid", 81, 100),
    ("Old Town", 78, 100),
];

#[test]
fn sites_come_in_their_own_order_with_a_verdict_each() {
    let held = held("site", &SIX);
    assert_eq!(held.len(), 1);
    let names: Vec<&str> = held[0].groups.iter().map(|g| g.0.as_str()).collect();
    assert_eq!(names, ["West", "North", "East", "South", "Mid", "Old Town"]);
    let north = &held[0].groups[1];
    assert_eq!(north.2, "unlike the rest: lower");
    let (estimate, lower, upper) = north.1.unwrap();
    assert!(
        estimate > 0.4 && estimate < 0.5,
        "drawn to the rest: {estimate}"
    );
    assert!(lower < estimate && estimate < upper);
    assert!(
        held[0].notes.iter().any(|n| n.contains("(tau,")),
        "{:?}",
        held[0].notes
    );
}

#[test]
fn what_is_hidden_moves_nothing_and_is_told_in_its_words() {
    let mut small = SIX.to_vec();
    small.extend([("Quay", 3, 4), ("Hill", 20, 26)]);
    let one = held("site", &small);
    let hidden: Vec<_> = one[0].groups.iter().filter(|g| g.1.is_none()).collect();
    assert!(hidden.iter().any(|g| g.0 == "Quay") && hidden.len() > 1);
    assert!(hidden.iter().all(|g| g.2 == "hidden to protect people"));
    small.truncate(6);
    small.extend([("Quay", 5, 6), ("Hill", 18, 24)]);
    assert_eq!(one, held("site", &small), "a twin is told the same");
}

#[test]
fn three_groups_are_told_but_nothing_is_pooled() {
    let held = held("unit", &SIX[..3]);
    assert_eq!(held[0].dimension.as_str(), "unit");
    let said = &held[0].groups[1];
    assert_eq!(said.2, "not judged");
    assert!((said.1.unwrap().0 - 0.4).abs() < 1e-12, "its own figure");
    assert!(
        held[0].notes[1].contains("pooling takes 5"),
        "{:?}",
        held[0].notes
    );
}

#[test]
fn two_groups_are_no_sites_and_nobodys_groups_are_none() {
    assert!(held("site", &SIX[..2]).is_empty());
    let mut with = SIX[..2].to_vec();
    with.push(("Not known", 30, 60));
    assert!(held("site", &with).is_empty());
    assert!(held("band", &SIX).is_empty());
}
