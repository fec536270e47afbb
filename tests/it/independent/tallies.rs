//! Units counted by group, and the figures that counts make.

use super::{Figure, Levels, limits};
use std::collections::{BTreeMap, BTreeSet};

/// A dimension and a level, both empty for everyone.
pub(crate) type Group = (String, String);
/// A figure a group.
pub(crate) type Groups = BTreeMap<Group, Figure>;
/// A count a group.
pub(crate) type Counts = BTreeMap<Group, u64>;

/// Counts units: everyone, and each level of each dimension.
pub(crate) fn tally(units: &[Levels]) -> Counts {
    let mut counts = Counts::new();
    *counts.entry((String::new(), String::new())).or_default() = units.len() as u64;
    for (dimension, level) in units.iter().flatten() {
        *counts
            .entry(((*dimension).to_owned(), level.clone()))
            .or_default() += 1;
    }
    counts
}

/// Units that hit over units, with Wilson's limits.
pub(crate) fn proportions(units: &[(Levels, bool)]) -> Groups {
    let all: Vec<Levels> = units.iter().map(|(levels, _)| levels.clone()).collect();
    let hits = units.iter().filter(|(_, hit)| *hit);
    let hits = tally(&hits.map(|(levels, _)| levels.clone()).collect::<Vec<_>>());
    let bases = tally(&all).into_iter().filter(|(_, base)| *base > 0);
    let figure = |(group, base): (Group, u64)| {
        let hit = hits.get(&group).copied().unwrap_or(0);
        let (lower, upper) = limits::wilson(hit, base);
        let figure = Figure {
            n: Some(base),
            numerator: Some(hit as f64),
            denominator: Some(base as f64),
            estimate: hit as f64 / base as f64,
            lower: Some(lower),
            upper: Some(upper),
        };
        (group, figure)
    };
    bases.map(figure).collect()
}

/// Counts as figures, which have no interval.
pub(crate) fn counts(counts: &Counts) -> Groups {
    let figure = |count: u64| Figure {
        n: None,
        numerator: None,
        denominator: None,
        estimate: count as f64,
        lower: None,
        upper: None,
    };
    let counts = counts.iter().filter(|(_, count)| **count > 0);
    counts
        .map(|(group, count)| (group.clone(), figure(*count)))
        .collect()
}

/// Leavers over the mean of who was there before the year and at its end.
pub(crate) fn rates(leavers: &Counts, before: &Counts, after: &Counts) -> Groups {
    let groups: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let count = |counts: &Counts, group: &Group| counts.get(group).copied().unwrap_or(0);
    let figure = |group: &Group| {
        let events = count(leavers, group);
        let mean = (count(before, group) + count(after, group)) as f64 / 2.0;
        let (lower, upper) = limits::poisson(events);
        let figure = Figure {
            n: None,
            numerator: Some(events as f64),
            denominator: Some(mean),
            estimate: events as f64 / mean,
            lower: Some(lower / mean),
            upper: Some(upper / mean),
        };
        (group.clone(), figure)
    };
    groups.into_iter().map(figure).collect()
}
