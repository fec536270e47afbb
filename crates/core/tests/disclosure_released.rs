//! What leaves: one face for every hidden cell, and no more precision than
//! the policy allows.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod disclosure_support;

use disclosure_support::{Division, all, by, everyone, hits, now, protected, quarter, sizes, yes};
use staywise_core::disclosure::{Comparator, Released, release};
use staywise_core::domain::{
    Dimension, Group, Level, LifeTable, Period, RowKey, Statistic, Status, Tally, TallyTable, Unit,
    tally::Ending,
};
use std::collections::HashSet;

fn rows(tables: Vec<TallyTable>) -> Vec<Released> {
    let against = Comparator {
        dimension: Dimension::new("site"),
        level: Level::new("A"),
    };
    release(&protected(tables), &Division, &[against])
}

fn name(row: &Released) -> String {
    let level = row.key().group.parts().first();
    level.map_or_else(|| "everyone".into(), |(_, level)| level.to_string())
}

#[test]
fn every_hidden_cell_has_the_same_face_and_no_number() {
    let rows = rows(vec![sizes(&now(), "site", &[4, 12, 60, 80])]);
    let hidden: Vec<&Released> = rows
        .iter()
        .filter(|r| r.status() != Status::Shown)
        .collect();
    assert_eq!(hidden.len(), 2);
    for row in hidden {
        assert_eq!(row.status(), Status::Confidential);
        assert_eq!(row.reason(), "hidden to protect people");
        let numbers = [
            row.numerator(),
            row.denominator(),
            row.estimate(),
            row.lower(),
            row.upper(),
        ];
        assert_eq!(numbers, [None; 5]);
        assert_eq!(
            (row.n(), row.persons(), row.not_yet_due()),
            (None, None, None)
        );
        assert_eq!((row.interval_level(), row.method()), (None, None));
    }
}

/// The twin test: two studies that differ only in hidden cells leave as one.
#[test]
fn twins_leave_as_one() {
    let site = |period: &Period, tallies: [Tally; 4]| {
        let levels: Vec<(&str, Tally)> = ["B", "C", "A", "D"].into_iter().zip(tallies).collect();
        by("site", period, &levels)
    };
    let study = |b: (u64, u64), c: (u64, u64)| {
        let reported = site(
            &now(),
            [hits(b.0, b.1), hits(c.0, c.1), hits(60, 31), hits(80, 9)],
        );
        rows(vec![
            everyone(&reported),
            reported,
            site(&quarter("2026-Q1"), [50; 4].map(yes)),
            site(&all(), [200; 4].map(yes)),
        ])
    };
    let first = study((4, 1), (12, 7));
    // The reported period hides two, the quarter before it all, `all` none.
    let faces = ["B", "C", "A", "D"].map(|level| statuses(&first, level));
    assert_eq!(faces, ["ccss", "ccss", "scs", "sscss"]);
    let twins = [
        ((12, 7), (4, 1)),
        ((1, 0), (15, 8)),
        ((9, 8), (7, 0)),
        ((12, 4), (4, 4)),
    ];
    for (b, c) in twins {
        assert!(first == study(b, c), "{b:?} {c:?}");
    }
    // One person more is another study.
    assert!(first != study((4, 1), (13, 7)));
}

#[test]
fn where_something_is_hidden_the_rest_leaves_rounded() {
    let table = |small| {
        let levels = [
            ("A", hits(31, 23)),
            ("D", yes(80)),
            ("B", hits(small, 2)),
            ("C", hits(12, 5)),
        ];
        rows(vec![by("site", &now(), &levels)])
    };
    let of = |rows: &[Released], level: &str| {
        let row = rows
            .iter()
            .find(|r| name(r) == level)
            .expect("a row")
            .clone();
        (row.n(), row.numerator(), row.estimate())
    };
    let (exact, rounded) = (table(13), table(4));
    assert_eq!(of(&exact, "A"), (Some(31), Some(23.0), Some(23.0 / 31.0)));
    assert_eq!(of(&rounded, "A"), (Some(31), None, Some(0.74)));
    // Everyone is a table of its own, with nothing hidden.
    assert_eq!(of(&rounded, "everyone").1, Some(70.0));
}

#[test]
fn a_period_of_a_series_with_something_hidden_leaves_rounded_too() {
    let tables = vec![
        sizes(&now(), "site", &[31, 50, 60]),
        sizes(&quarter("2026-Q1"), "site", &[4, 50, 60]),
    ];
    let first = rows(tables).into_iter().find(|r| name(r) == "A");
    assert_eq!(
        first.map(|r| (r.numerator(), r.estimate())),
        Some((None, Some(0.48)))
    );
}

#[test]
fn rows_come_in_order_everyone_first_and_each_once() {
    let site = sizes(&now(), "site", &[40, 50, 60]);
    let rows = rows(vec![
        site.clone(),
        everyone(&site),
        sizes(&now(), "band", &[70, 80]),
    ]);
    let order: Vec<String> = rows
        .iter()
        .map(|r| format!("{} {}", name(r), r.key().statistic.word()))
        .collect();
    let expected = [
        "everyone value",
        "A value",
        "B value",
        "B difference",
        "C value",
        "C difference",
        "A value",
        "B value",
    ];
    assert_eq!(order, expected);
    let claims: HashSet<String> = rows.iter().map(Released::claim).collect();
    assert_eq!(claims.len(), rows.len());
}

#[test]
fn a_difference_needs_both_cells_and_a_group() {
    let differences = |bases: &[(&str, u64)]| -> Vec<String> {
        let levels: Vec<(&str, Tally)> = bases.iter().map(|(l, n)| (*l, yes(*n))).collect();
        let rows = rows(vec![by("site", &now(), &levels)]);
        let is = |r: &&Released| r.key().statistic == Statistic::Difference;
        rows.iter().filter(is).map(name).collect()
    };
    let shown = [
        ("A", 40),
        ("B", 90),
        ("Empty", 0),
        ("Not stated", 30),
        ("C", 50),
    ];
    assert_eq!(differences(&shown), ["B", "C"]);
    assert_eq!(
        differences(&[("A", 40), ("B", 4), ("C", 70), ("D", 90)]).len(),
        0
    );
    assert_eq!(
        differences(&[("A", 90), ("D", 80), ("B", 4), ("C", 20)]),
        ["D"]
    );
}

#[test]
fn an_empty_cell_says_why_there_is_no_figure() {
    let rows = rows(vec![sizes(&now(), "site", &[40, 0, 60])]);
    let empty = rows.iter().find(|r| name(r) == "B").expect("a row");
    assert_eq!(
        (empty.status(), empty.reason()),
        (Status::NotApplicable, "Nobody is in this group.")
    );
}

/// So many who stay to the end of 24 months and so many who leave at a day.
fn curve(stay: u64, leave: u64, day: u32) -> Tally {
    let mut table = LifeTable::default();
    for _ in 0..stay {
        table.follow(0, 900, Ending::StillFollowed);
    }
    for _ in 0..leave {
        table.follow(0, day, Ending::Event);
    }
    Tally::Survival(table)
}

fn statuses(rows: &[Released], level: &str) -> String {
    let of = rows.iter().filter(|r| name(r) == level);
    of.map(|r| r.status().code().chars().next().unwrap_or('?'))
        .collect()
}

#[test]
fn a_curve_is_cut_where_it_follows_too_few_and_so_are_its_neighbours() {
    let levels = [
        ("A", curve(40, 10, 100)),
        ("B", curve(5, 20, 300)),
        ("C", curve(50, 5, 50)),
    ];
    let rows = rows(vec![by("unit", &all(), &levels)]);
    assert_eq!(statuses(&rows, "everyone"), "sssss");
    // B follows 5 from 12 months on; everyone less A and C would say so.
    for level in ["A", "B", "C"] {
        assert_eq!(statuses(&rows, level), "ssccc", "{level}");
    }
}

#[test]
fn a_hidden_curve_has_a_row_a_horizon_and_bounds_its_neighbours() {
    let levels = [
        ("A", curve(40, 10, 100)),
        ("D", curve(70, 0, 0)),
        ("B", curve(0, 6, 300)),
        ("C", curve(3, 9, 300)),
    ];
    let rows = rows(vec![by("unit", &all(), &levels)]);
    assert_eq!(statuses(&rows, "B"), "ccccc");
    // The hidden follow 18 at 6 months and 3 at 12.
    assert_eq!(statuses(&rows, "A"), "ssccc");
}

#[test]
fn a_hidden_distribution_has_a_row_an_answer() {
    let counts = |counts: &[u64]| Tally::Distribution {
        counts: counts.to_vec(),
    };
    let levels = [
        ("A", counts(&[20, 30, 9])),
        ("D", counts(&[10, 10, 10])),
        ("B", counts(&[1, 2, 0])),
        ("C", counts(&[9, 9, 0])),
    ];
    let mut table = by("unit", &now(), &levels);
    table.answers = ["No", "Unsure", "Yes"].map(Level::new).to_vec();
    let rows = rows(vec![table]);
    let answers = |level: &str| -> Vec<String> {
        let of = rows.iter().filter(|r| name(r) == level);
        of.filter_map(|r| r.key().answer.clone())
            .map(|a| a.to_string())
            .collect()
    };
    assert_eq!(statuses(&rows, "A"), "sss");
    assert_eq!(statuses(&rows, "B"), "ccc");
    assert_eq!(answers("B"), answers("A"));
}

#[test]
fn not_yet_due_stands_beside_everyone_unless_it_is_few() {
    let due = |not_yet_due| {
        let mut table = sizes(&now(), "site", &[40, 60]);
        table.not_yet_due = Some(not_yet_due);
        rows(vec![table])
            .iter()
            .map(Released::not_yet_due)
            .collect::<Vec<_>>()
    };
    assert_eq!(due(12)[0], Some(12));
    assert_eq!(due(0)[0], Some(0));
    assert_eq!(due(4)[0], None);
    assert!(due(12)[1..].iter().all(Option::is_none));
}

#[test]
fn a_declared_amount_is_shown_as_it_was_given() {
    let key = RowKey {
        metric: "preceptor_hour".into(),
        definition: "declared".into(),
        period: now(),
        group: Group::everyone(),
        statistic: Statistic::Value,
        item: None,
        answer: None,
        horizon_months: None,
        comparator: None,
        adjusted_for: None,
    };
    let given = Released::declared(key.clone(), "Preceptor hour", Unit::Pence, 3_150.0);
    assert_eq!(
        (given.status(), given.estimate(), given.n()),
        (Status::Shown, Some(3_150.0), None)
    );
    let missing = Released::declared(key, "Preceptor hour", Unit::Pence, f64::NAN);
    assert_eq!(
        (missing.status(), missing.estimate()),
        (Status::NotAvailable, None)
    );
}
