//! What somebody else has published passes at full precision, and nothing
//! that is made of people's rows goes that way.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod disclosure_support;

use disclosure_support::{by, everyone, faces, metric, now, protected, sizes};
use staywise_core::disclosure::{Comparator, Estimator, Precision, Released, release};
use staywise_core::domain::{
    Cell, Dimension, Estimate, Grain, Group, Kind, Level, Metric, Status, Tally, TallyTable,
};
use staywise_core::stats;

struct Standard;

impl Estimator for Standard {
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate> {
        stats::estimates(metric, tally)
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        stats::difference(metric, level, comparator)
    }
}

/// A table by staff group of a metric of published flows.
fn published(kind: Kind, tallies: &[Tally]) -> TallyTable {
    let group = Dimension::new("staff_group");
    let cell = |(place, tally): (usize, &Tally)| Cell {
        group: Group::one(&group, &Level::new(&format!("G{place}"))),
        tally: tally.clone(),
        persons: None,
    };
    TallyTable {
        metric: Metric {
            grain: Grain::Flow,
            ..metric("published", kind)
        },
        period: now(),
        dimensions: vec![group.clone()],
        item: None,
        answers: Vec::new(),
        cells: tallies.iter().enumerate().map(cell).collect(),
        total: Cell {
            group: Group::everyone(),
            tally: tallies[tallies.len() - 1].clone(),
            persons: None,
        },
        not_yet_due: None,
    }
}

fn sum(n: u64, total: i128) -> Tally {
    Tally::Sum { n, total }
}

fn rows(tables: Vec<TallyTable>) -> Vec<Released> {
    let none: [Comparator; 0] = [];
    release(&protected(tables), &Standard, &none)
}

#[test]
fn a_published_count_of_two_is_shown_as_it_is() {
    let rate = |leavers| Tally::Ratio {
        numerator: leavers,
        denominator: 575,
        parts: 2,
        smallest: leavers,
    };
    let sums = published(Kind::Sum, &[sum(1, 71), sum(1, 2), sum(1, -3)]);
    let mut rates = published(Kind::Ratio, &[rate(71), rate(2), rate(0)]);
    rates.metric.name = "published_rate".to_owned();
    let safe = protected(vec![sums.clone(), rates.clone()]);
    assert_eq!(faces(&safe), ["....", "...."]);
    assert!(
        safe.tables()
            .iter()
            .all(|t| t.precision() == Precision::Exact)
    );
    assert_eq!(safe.summary().metrics, []);
    let rows = rows(vec![sums, rates]);
    assert!(rows.iter().all(|row| row.status() == Status::Shown));
    let estimates: Vec<f64> = rows.iter().filter_map(Released::estimate).collect();
    assert_eq!(estimates[..4], [-3.0, 71.0, 2.0, -3.0]);
    assert_eq!(estimates[4..], [0.0, 71.0 / 287.5, 2.0 / 287.5, 0.0]);
    assert_eq!(rows[6].method(), Some("poisson_exact"));
}

#[test]
fn what_its_publisher_hid_is_not_available_and_never_nought() {
    let hidden = Tally::Ratio {
        numerator: 0,
        denominator: 0,
        parts: 0,
        smallest: 0,
    };
    for (kind, tally) in [(Kind::Sum, sum(0, 0)), (Kind::Ratio, hidden)] {
        for row in rows(vec![published(kind, &[tally])]) {
            assert_eq!(row.status(), Status::NotAvailable);
            assert_eq!(row.estimate(), None);
            assert!(
                row.reason().starts_with("not published"),
                "{}",
                row.reason()
            );
        }
    }
}

#[test]
fn nothing_that_counts_people_goes_that_way() {
    let sums = || {
        published(
            Kind::Sum,
            &[sum(4, 2), sum(40, 50), sum(60, 70), sum(80, 90)],
        )
    };
    assert_eq!(faces(&protected(vec![sums()])), ["....."]);
    // Rows of people add up to their total.
    let sums = || {
        let mut table = sums();
        table.total.tally = sum(184, 212);
        table
    };
    // The same table as people's rows give it, by mistake or on purpose: with
    // people behind a cell, behind the total, or both.
    let mut all = sums();
    for cell in &mut all.cells {
        cell.persons = Some(cell.tally.base());
    }
    let mut one = sums();
    one.cells[0].persons = Some(4);
    let mut total = sums();
    total.total.persons = Some(4);
    for table in [all, one] {
        assert_eq!(faces(&protected(vec![table])), [".cc.."]);
    }
    assert_eq!(faces(&protected(vec![total])), ["ccccc"]);
    // A grain of its own does not open the door, nor does the grain alone.
    let mut people = sums();
    people.metric.grain = Grain::Followed;
    assert_eq!(faces(&protected(vec![people])), [".cc.."]);
    let mut shares = sizes(&now(), "site", &[4, 40, 60, 80]);
    shares.metric.grain = Grain::Flow;
    assert_eq!(faces(&protected(vec![shares])), [".cc.."]);
    let counts = [4, 40, 60, 80].map(|n| ("", Tally::Event { n }));
    let mut events = by("site", &now(), &counts);
    events.metric.grain = Grain::Flow;
    assert_eq!(faces(&protected(vec![events])), [".cc.."]);
    // A ratio that says it is a sum is neither.
    let mut disguised = sums();
    disguised.metric.kind = Kind::Ratio;
    assert_eq!(faces(&protected(vec![disguised])), [".cc.."]);
}

#[test]
fn published_figures_bear_on_nothing_else_and_keep_their_place() {
    let own = sizes(&now(), "site", &[4, 12, 43, 50]);
    let sums = published(Kind::Sum, &[sum(1, 4), sum(1, 12), sum(1, 43), sum(1, 50)]);
    let alone = faces(&protected(vec![everyone(&own), own.clone()]));
    let beside = protected(vec![everyone(&own), sums, own]);
    assert_eq!(faces(&beside), [&alone[0], ".....", &alone[1]]);
    let names: Vec<&str> = beside
        .tables()
        .iter()
        .map(|t| t.metric().name.as_str())
        .collect();
    assert_eq!(names, ["measure", "published", "measure"]);
}
