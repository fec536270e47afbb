//! How people flowed, and how definitions of turnover differ: sums that must be
//! exact.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use stats_read::assert_same;
use staywise_core::domain::Unknown;
use staywise_core::stats::flow::{Counted, Flow};
use staywise_core::stats::turnover::{Counts, Definition, waterfall};

#[test]
fn flows_of_persons_must_add_up_and_published_ones_leave_a_row() {
    let flow = Flow {
        opening: 100,
        joiners: 70,
        leavers: 30,
        moved_in: 4,
        moved_out: 4,
        closing: 140,
    };
    let added = flow.reconcile(Counted::Persons).unwrap();
    assert_eq!(added.unexplained, 0);
    let off = Flow {
        closing: 138,
        ..flow
    };
    let error = off.reconcile(Counted::Persons).unwrap_err();
    assert_eq!(error.unexplained, Some(-2));
    assert!(
        error.to_string().ends_with("-2 are not explained"),
        "{error}"
    );
    assert_eq!(off.reconcile(Counted::Published).unwrap().unexplained, -2);
    let large = Flow {
        opening: u64::MAX,
        ..flow
    };
    assert_eq!(large.unexplained(), None);
    assert!(large.reconcile(Counted::Published).is_err());
    assert_eq!(Flow::default().unexplained(), Some(0));
}

/// domain.md, section 3.2: grew from 100 to 140 with 30 leavers.
fn grown() -> Counts {
    Counts {
        start: Some(100.0),
        end: Some(140.0),
        current: Some(140.0),
        leavers: Some(30.0),
        snapshot_leavers: Some(30.0),
        ..Counts::default()
    }
}

#[test]
fn one_workforce_under_three_definitions_and_the_way_between_them() {
    let counts = grown();
    let lines = |from, to| waterfall(&counts, from, to).unwrap().lines();
    let scotland = lines(Definition::NhsEngland, Definition::NhsScotland);
    assert_eq!(
        scotland,
        [
            "leaver rate as NHS England defines it: 25.0%",
            "without those who came and went within the period: two lists of staff do not show \
             them: +0.0 points",
            "divided by those in post at the start: +5.0 points",
            "turnover as NHS Scotland defines it: 30.0%",
        ]
    );
    let care = lines(Definition::NhsEngland, Definition::SkillsForCare);
    assert_eq!(
        care,
        [
            "leaver rate as NHS England defines it: 25.0%",
            "divided by workers now: -3.6 points",
            "turnover as Skills for Care defines it: 21.4%",
        ]
    );
    for line in scotland.iter().chain(&care) {
        println!("{line}");
    }
}

#[test]
fn every_way_between_definitions_adds_up_exactly() {
    let counts = Counts {
        mean_of_13: Some(119.307_692_307_692_3),
        person_years: Some(118.9),
        snapshot_leavers: Some(23.0),
        voluntary_leavers: Some(17.0),
        ..grown()
    };
    for from in Definition::ALL {
        for to in Definition::ALL {
            let way = waterfall(&counts, from, to).unwrap();
            let sum: f64 = way.steps.iter().map(|step| step.change).sum();
            assert_eq!(
                (way.start + sum).to_bits(),
                way.end.to_bits(),
                "{from:?} {to:?}"
            );
            assert_eq!(way.steps.is_empty(), from == to);
            assert!((way.end - counts.rate(to).unwrap()).abs() < 1e-12);
        }
    }
    let thirteen = counts.rate(Definition::ThirteenPoints).unwrap();
    assert!((thirteen - 30.0 / 119.307_692_307_692_3).abs() < 1e-12);
    let way = waterfall(&counts, Definition::NhsEngland, Definition::NhsScotland).unwrap();
    // 30/120, 23/120, 23/100.
    assert_same(way.steps[0].after, 23.0 / 120.0, &"snapshot leavers");
    assert_same(way.end, 0.23, &"over the start");
}

#[test]
fn a_definition_without_its_counts_says_what_is_missing() {
    let why = |counts: &Counts, definition| match counts.rate(definition).unwrap_err() {
        Unknown::NotAvailable(why) | Unknown::NotApplicable(why) | Unknown::TooFew(why) => why,
    };
    let counts = grown();
    assert!(why(&counts, Definition::ThirteenPoints).contains("13 month ends"));
    assert!(why(&counts, Definition::Voluntary).contains("reasons for leaving"));
    let nobody = Counts {
        start: Some(0.0),
        ..grown()
    };
    assert!(why(&nobody, Definition::NhsScotland).contains("nobody was in post"));
    for wrong in [f64::NAN, -1.0, f64::INFINITY] {
        let counts = Counts {
            leavers: Some(wrong),
            ..grown()
        };
        assert!(counts.rate(Definition::NhsEngland).is_err());
    }
    let none = Counts {
        leavers: Some(0.0),
        ..grown()
    };
    assert_eq!(none.rate(Definition::NhsEngland), Ok(0.0));
}
