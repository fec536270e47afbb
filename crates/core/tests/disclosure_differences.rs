//! Differences as they leave: their families, what moves their p, and the
//! change since an earlier period.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod disclosure_support;

use disclosure_support::{all, by, everyone, hits, now, protected, quarter, yes};
use staywise_core::disclosure::{Comparator, Estimator, Released, release};
use staywise_core::domain::{
    Dimension, Estimate, Group, Level, Metric, Period, Statistic, Status, Tally, TallyTable,
};
use staywise_core::stats;
use staywise_core::stats::difference::{Share, newcombe_p};
use staywise_core::stats::multiplicity::holm;
use std::collections::HashSet;

/// The estimators of the product.
struct Real;

impl Estimator for Real {
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate> {
        stats::estimates(metric, tally)
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        stats::difference(metric, level, comparator)
    }

    fn adjusted_p(&self, _: &Metric, family: &[(&Tally, &Tally)]) -> Vec<Option<f64>> {
        stats::adjusted_p(family)
    }
}

fn rows(tables: Vec<TallyTable>) -> Vec<Released> {
    let against = |dimension: &str| Comparator {
        dimension: Dimension::new(dimension),
        level: Level::new("A"),
    };
    release(
        &protected(tables),
        &Real,
        &[against("site"), against("band")],
    )
}

fn differences(rows: &[Released]) -> Vec<&Released> {
    let is = |r: &&Released| r.key().statistic == Statistic::Difference;
    rows.iter().filter(is).collect()
}

fn p_of(rows: &[Released], dimension: &str) -> Vec<Option<f64>> {
    let of = |r: &&&Released| {
        let part = r.key().group.parts().first();
        part.is_some_and(|(d, _)| d.as_str() == dimension)
    };
    let rows = differences(rows);
    rows.iter().filter(of).map(|r| r.adjusted_p()).collect()
}

fn p(a: (u64, u64), b: (u64, u64)) -> f64 {
    let share = |(n, hits)| Share { hits, n };
    newcombe_p(share(a), share(b)).expect("a test")
}

#[test]
fn a_family_is_the_differences_of_one_dimension() {
    let site = [
        ("A", hits(60, 31)),
        ("B", hits(50, 40)),
        ("C", hits(80, 30)),
    ];
    let band = [
        ("A", hits(90, 40)),
        ("B", hits(90, 51)),
        ("Not stated", hits(10, 10)),
    ];
    let rows = rows(vec![by("site", &now(), &site), by("band", &now(), &band)]);
    let own = [p((50, 40), (60, 31)), p((80, 30), (60, 31))];
    let sites: Vec<Option<f64>> = holm(&own).into_iter().map(Some).collect();
    assert_eq!(p_of(&rows, "site"), sites);
    assert!(sites.iter().zip(own).any(|(q, p)| *q > Some(p)));
    // "Not stated" is nobody's group: the other is alone and stays as it is.
    assert_eq!(p_of(&rows, "band"), [Some(p((90, 51), (90, 40)))]);
    // Nothing but a difference has one.
    let others = rows
        .iter()
        .filter(|r| r.key().statistic != Statistic::Difference);
    assert!(others.clone().count() > 5 && others.clone().all(|r| r.adjusted_p().is_none()));
}

/// The twin law: what is hidden moves no p, and does not make its family
/// larger.
#[test]
fn hidden_cells_are_in_no_family() {
    let study = |b: (u64, u64), c: (u64, u64)| {
        // Blocks of two in the order printed, the first of five alone.
        let levels = [
            ("E", hits(70, 50)),
            ("B", hits(b.0, b.1)),
            ("C", hits(c.0, c.1)),
            ("A", hits(60, 31)),
            ("D", hits(80, 9)),
        ];
        rows(vec![by("site", &now(), &levels)])
    };
    let first = study((4, 1), (12, 7));
    let shown: Vec<f64> = p_of(&first, "site").into_iter().flatten().collect();
    assert_eq!(shown, holm(&[p((70, 50), (60, 31)), p((80, 9), (60, 31))]));
    for (b, c) in [((12, 7), (4, 1)), ((1, 0), (15, 8)), ((9, 8), (7, 0))] {
        // The rows are compared whole, their p with them.
        assert!(study(b, c) == first, "{b:?} {c:?}");
    }
}

/// Everyone of a period, and by site.
fn tables(period: &Period, a: (u64, u64), b: (u64, u64)) -> [TallyTable; 2] {
    let sites = by(
        "site",
        period,
        &[("A", hits(a.0, a.1)), ("B", hits(b.0, b.1))],
    );
    [everyone(&sites), sites]
}

fn changes(rows: &[Released]) -> Vec<&Released> {
    let mut found = differences(rows);
    found.retain(|r| r.key().group.is_everyone());
    found
}

#[test]
fn the_reported_period_has_its_change_since_the_latest_with_a_figure() {
    let mut given = Vec::new();
    given.extend(tables(&quarter("2025-Q3"), (80, 20), (90, 60)));
    given.extend(tables(&quarter("2025-Q4"), (60, 41), (40, 20)));
    // Nobody answered in the first quarter.
    given.extend(tables(&quarter("2026-Q1"), (0, 0), (0, 0)));
    given.extend(tables(&now(), (50, 31), (70, 50)));
    given.extend(tables(&all(), (190, 92), (200, 130)));
    let rows = rows(given);
    let [change] = changes(&rows)[..] else {
        panic!("{:?}", changes(&rows));
    };
    let key = change.key();
    assert_eq!(
        (&key.period, key.group == Group::everyone()),
        (&now(), true)
    );
    assert_eq!(key.comparator, Some(Level::new("2025-Q4")));
    assert_eq!(key.change_since(), Some(quarter("2025-Q4")));
    assert_eq!((change.n(), change.numerator()), (Some(120), None));
    assert_eq!(change.estimate(), Some(81.0 / 120.0 - 61.0 / 100.0));
    assert_eq!(change.method(), Some("newcombe"));
    // One comparison: its own p.
    assert_eq!(change.adjusted_p(), Some(p((120, 81), (100, 61))));
    // It stands after the figure it is of, and is no other's claim.
    let place = rows
        .iter()
        .position(|r| r.claim() == change.claim())
        .expect("there");
    assert_eq!(rows[place - 1].key().period, now());
    assert!(rows[place - 1].key().group.is_everyone());
    let claims: HashSet<String> = rows.iter().map(Released::claim).collect();
    assert_eq!(claims.len(), rows.len());
    // A difference between groups is no change.
    let groups = differences(&rows);
    assert!(groups.iter().any(|r| !r.key().group.is_everyone()));
    assert_eq!(
        groups
            .iter()
            .filter(|r| r.key().change_since().is_some())
            .count(),
        1
    );
}

#[test]
fn there_is_no_change_from_what_is_hidden_later_or_overlapping() {
    let before = |given: Vec<TallyTable>| {
        let rows = rows(given);
        let found = changes(&rows);
        found
            .iter()
            .map(|r| r.key().comparator.clone())
            .map(|c| c.map_or_else(String::new, |c| c.to_string()))
            .collect::<Vec<_>>()
    };
    let one = |period: &Period, n: u64| everyone(&by("site", period, &[("A", yes(n))]));
    let last = quarter("2026-Q1");
    assert_eq!(before(vec![one(&last, 40), one(&now(), 50)]), ["2026-Q1"]);
    // The reported total hidden, or the earlier one.
    assert!(before(vec![one(&last, 40), one(&now(), 4)]).is_empty());
    assert!(before(vec![one(&last, 4), one(&now(), 50)]).is_empty());
    // Nobody in the reported period.
    assert!(before(vec![one(&last, 40), one(&now(), 0)]).is_empty());
    // Later, or everything, is nothing to take away.
    assert!(before(vec![one(&quarter("2026-Q3"), 40), one(&now(), 50)]).is_empty());
    assert!(before(vec![one(&now(), 50), one(&all(), 90)]).is_empty());
    // Windows of twelve months: only the one that ended when this began.
    let window = |label: &str| quarter(label).window(12).expect("a window");
    let windows = |labels: &[&str]| -> Vec<TallyTable> {
        let labels = labels.iter().enumerate();
        labels
            .map(|(i, l)| one(&window(l), 100 + 20 * i as u64))
            .collect()
    };
    assert!(before(windows(&["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"])).is_empty());
    let five = windows(&["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]);
    assert_eq!(before(five), ["2025-Q2"]);
}

#[test]
fn a_change_belongs_to_its_own_metric_and_item() {
    let item = |period: &Period, item: &str, n: u64| {
        let mut table = everyone(&by("site", period, &[("A", yes(n))]));
        table.item = Some(item.to_owned());
        table
    };
    let rows = rows(vec![
        item(&quarter("2026-Q1"), "belonging", 40),
        item(&now(), "belonging", 50),
        item(&quarter("2025-Q4"), "supported", 60),
        item(&now(), "supported", 70),
        item(&now(), "new", 70),
    ]);
    let found: Vec<(Option<&str>, Option<&str>)> = changes(&rows)
        .iter()
        .map(|r| {
            let key = r.key();
            (
                key.item.as_deref(),
                key.comparator.as_ref().map(Level::as_str),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (Some("belonging"), Some("2026-Q1")),
            (Some("supported"), Some("2025-Q4"))
        ]
    );
}

#[test]
fn only_what_has_a_difference_has_a_change() {
    let events =
        |period: &Period, n| everyone(&by("site", period, &[("A", disclosure_support::events(n))]));
    let rows = rows(vec![events(&quarter("2026-Q1"), 40), events(&now(), 50)]);
    assert!(changes(&rows).is_empty());
    assert!(rows.iter().all(|r| r.status() == Status::Shown));
}
