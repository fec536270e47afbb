//! Made-up rows for the gallery, through disclosure control as in a run.

use crate::report::made_up::{Table, metric, quarter, released};
use staywise_core::disclosure::Released;
use staywise_core::domain::{
    Cell, Dimension, Group, Kind, Level, Metric, Statistic, Tally, TallyTable,
};

/// A group's name, how many said yes, and how many answered.
pub(super) type Said = (String, u64, u64);

pub(super) const LONG: &str =
    "Northshire Community and Mental Health Partnership, Riverside House Assessment Unit";

pub(in crate::chart) const FIVE: [&str; 5] = [
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
];

pub(super) fn stay() -> Metric {
    metric("intention_to_stay", "Intention to stay", Kind::Proportion)
}

/// Forty groups of many sizes, of which some are hidden.
pub(super) fn forty() -> Vec<Said> {
    (0..40_u64)
        .map(|k| {
            let n = match k {
                11 => 6,
                23 => 8,
                _ => 60 + (k * 53) % 400,
            };
            (format!("Ward {}", k + 1), n * (30 + k) / 100, n)
        })
        .collect()
}

pub(super) fn several() -> Vec<Said> {
    [
        ("White", 305, 412),
        ("Asian or Asian British", 163, 268),
        ("Black, Black British, Caribbean or African", 84, 145),
        ("Mixed or multiple ethnic groups", 24, 38),
        ("Not stated", 5, 8),
        ("Other ethnic group", 40, 61),
    ]
    .map(|(name, hits, n)| (name.to_owned(), hits, n))
    .into()
}

pub(super) fn long_names() -> Vec<Said> {
    let end = [
        "East Wing",
        "West Wing",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        "A & B <c>",
    ];
    let names = end.iter().enumerate();
    names
        .map(|(k, end)| {
            let name = if end.len() > 40 {
                (*end).to_owned()
            } else {
                format!("{LONG}, {end}")
            };
            (name, 80 + 10 * k as u64, 160)
        })
        .collect()
}

pub(super) fn hidden() -> Vec<Said> {
    (0..4_u64)
        .map(|k| (format!("Ward {}", k + 1), k, 3 + k))
        .collect()
}

pub(super) fn all_the_same(hits: u64) -> Vec<Said> {
    (0..3_u64)
        .map(|k| (format!("Ward {}", k + 1), hits, 200))
        .collect()
}

/// The rows of a dimension's levels, in the order given.
pub(super) fn shares(by: &str, said: &[Said]) -> Vec<Released> {
    if said.is_empty() {
        return Vec::new();
    }
    let levels = said
        .iter()
        .map(|(name, hits, n)| (name.as_str(), Tally::Proportion { n: *n, hits: *hits }));
    let table = Table {
        metric: &stay(),
        period: quarter(),
        by,
        levels: levels.collect(),
    };
    let rows = released(vec![table.tallies()]);
    let of = |name: &str| {
        rows.iter()
            .find(|row| {
                let parts = row.key().group.parts();
                row.key().statistic == Statistic::Value
                    && parts
                        .first()
                        .is_some_and(|(_, level)| level.as_str() == name)
            })
            .cloned()
            .unwrap()
    };
    said.iter().map(|(name, ..)| of(name)).collect()
}

/// Everyone, of the same answers.
pub(super) fn everyone(said: &[Said]) -> Released {
    let (hits, n) = said
        .iter()
        .fold((0, 0), |(h, m), (_, hits, n)| (h + hits, m + n));
    let table = Table {
        metric: &stay(),
        period: quarter(),
        by: "",
        levels: vec![("", Tally::Proportion { n, hits })],
    };
    released(vec![table.tallies()]).remove(0)
}

/// Differences of each other group from the first; a hidden group has no
/// difference, and stands as the hidden figure that it is.
pub(super) fn differences(said: &[Said]) -> Vec<Released> {
    if said.is_empty() {
        return Vec::new();
    }
    let levels = said.iter().enumerate().map(|(k, (name, hits, n))| {
        let name = if k == 0 { "White" } else { name.as_str() };
        (name, Tally::Proportion { n: *n, hits: *hits })
    });
    let table = Table {
        metric: &stay(),
        period: quarter(),
        by: "ethnic_minority",
        levels: levels.collect(),
    };
    let rows = released(vec![table.tallies()]);
    let of = |name: &str, statistic| {
        let wanted = |row: &&Released| {
            let parts = row.key().group.parts();
            row.key().statistic == statistic
                && parts
                    .first()
                    .is_some_and(|(_, level)| level.as_str() == name)
        };
        rows.iter().find(wanted)
    };
    let others = said.iter().skip(1).map(|(name, ..)| name.as_str());
    others
        .filter_map(|name| of(name, Statistic::Difference).or_else(|| of(name, Statistic::Value)))
        .cloned()
        .collect()
}

/// The rows of one question's answers, in scale order.
pub(in crate::chart) fn answered(item: &str, answers: &[&str], counts: &[u64]) -> Vec<Released> {
    let metric = metric(
        "item_distribution",
        "Answers to each question",
        Kind::Distribution,
    );
    let tally = Tally::Distribution {
        counts: counts.to_vec(),
    };
    let cell = Cell {
        group: Group::everyone(),
        persons: Some(tally.base()),
        tally,
    };
    let table = TallyTable {
        metric,
        period: quarter(),
        dimensions: Vec::<Dimension>::new(),
        item: Some(item.to_owned()),
        answers: answers.iter().map(|a| Level::new(a)).collect(),
        cells: vec![cell.clone()],
        total: cell,
        not_yet_due: None,
    };
    let rows = released(vec![table]);
    let of = |answer: &&str| {
        let same = |row: &&Released| {
            row.key()
                .answer
                .as_ref()
                .is_some_and(|a| a.as_str() == *answer)
        };
        rows.iter().find(same).cloned().unwrap()
    };
    answers.iter().map(of).collect()
}
