//! Tests and effects against values computed by other software, to ten
//! significant digits: `reference/make_tests_reference.py` says how.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::float_cmp
)]

mod stats_read;

use serde_json::Value;
use stats_read::{assert_limits, assert_same, count, number, reference};
use staywise_core::stats::association::chi_square;
use staywise_core::stats::difference::Share;
use staywise_core::stats::mean::Sums;
use staywise_core::stats::odds::{Alternative, fisher_exact, mantel_haenszel, odds_ratio};
use staywise_core::stats::paired::{Pairs, mcnemar, paired_difference};
use staywise_core::stats::ranks::{RankMethod, mann_whitney, signed_rank};
use staywise_core::stats::ratio_of_shares::{katz_log, miettinen_nurminen_ratio};
use staywise_core::stats::two_means::{hedges_g, welch};
use staywise_core::stats::two_shares::{Continuity, miettinen_nurminen, pooled_test};

const PLAIN: Continuity = Continuity::Uncorrected;
const DRAWN: Continuity = Continuity::Corrected;

fn share(row: &Value, key: &str) -> Share {
    Share {
        hits: row[key][0].as_u64().unwrap(),
        n: row[key][1].as_u64().unwrap(),
    }
}

fn ends(value: &Value) -> (f64, f64) {
    (value[0].as_f64().unwrap(), value[1].as_f64().unwrap())
}

fn numbers(value: &Value) -> Vec<f64> {
    let all = value.as_array().unwrap().iter();
    all.map(|x| x.as_f64().unwrap()).collect()
}

/// Each level that a row has limits at.
fn levels(limits: &Value) -> impl Iterator<Item = (f64, &Value)> {
    let all = limits.as_object().unwrap().iter();
    all.map(|(level, ends)| (level.parse().unwrap(), ends))
}

/// To ten decimals, for a limit at or next to 0.
fn assert_near(found: f64, expected: f64, what: &Value) {
    let near = (found - expected).abs() <= 1e-10 * expected.abs().max(1.0);
    assert!(near, "{what}: {found:?} is not {expected:?}");
}

#[test]
fn miettinen_nurminen_for_differences_and_ratios() {
    for row in reference("score_intervals") {
        let (first, second) = (share(&row, "first"), share(&row, "second"));
        let level = number(&row, "level");
        let found = miettinen_nurminen(first, second, level).unwrap().interval;
        let expected = ends(&row["difference"]);
        assert_near(found.lower, expected.0, &row);
        assert_near(found.upper, expected.1, &row);
        let found = miettinen_nurminen_ratio(first, second, level).unwrap();
        assert_same(
            found.interval.lower,
            row["ratio"][0].as_f64().unwrap(),
            &row,
        );
        match (found.interval.upper, row["ratio"][1].as_f64()) {
            (Some(found), Some(expected)) => assert_same(found, expected, &row),
            (found, expected) => assert_eq!(found, expected, "{row}"),
        }
    }
}

/// Newcombe, Stat Med 1998;17:873, table II, method 5 (Miettinen and
/// Nurminen), as printed.
#[test]
fn miettinen_nurminen_as_newcombe_printed_it() {
    for (first, second, lower, upper) in [
        ((56, 70), (48, 80), 0.0528, 0.3382),
        ((9, 10), (3, 10), 0.1700, 0.8406),
        ((6, 7), (2, 7), 0.0342, 0.8534),
        ((5, 56), (0, 29), -0.0326, 0.1933),
        ((0, 10), (0, 20), -0.1658, 0.2844),
        ((0, 10), (0, 10), -0.2879, 0.2879),
        ((10, 10), (0, 20), 0.7156, 1.0),
        ((10, 10), (0, 10), 0.6636, 1.0),
    ] {
        let of = |(hits, n): (u64, u64)| Share { hits, n };
        let found = miettinen_nurminen(of(first), of(second), 0.95)
            .unwrap()
            .interval;
        let near = |a: f64, b: f64| (a - b).abs() <= 5.1e-5;
        assert!(
            near(found.lower, lower) && near(found.upper, upper),
            "{found:?}"
        );
    }
}

#[test]
fn the_published_examples_of_two_shares() {
    let (first, second) = (Share { hits: 30, n: 80 }, Share { hits: 18, n: 90 });
    let found = pooled_test(first, second, PLAIN, 0.95).unwrap();
    assert!((found.z - 2.530).abs() < 5e-4 && (found.p - 0.0114).abs() < 5e-5);
    let (few, many) = (Share { hits: 9, n: 750 }, Share { hits: 17, n: 2430 });
    let (ratio, limits) = katz_log(few, many, 0.95).unwrap();
    let near = |a: f64, b: f64| (a - b).abs() < 5e-4;
    assert!(near(ratio, 1.715) && near(limits.lower, 0.768) && near(limits.upper, 3.832));
}

#[test]
fn associations_with_empty_rows_and_without_chance() {
    for row in reference("associations") {
        let lines = row["table"].as_array().unwrap().iter();
        let table: Vec<Vec<u64>> = lines
            .map(|line| {
                line.as_array()
                    .unwrap()
                    .iter()
                    .flat_map(Value::as_u64)
                    .collect()
            })
            .collect();
        let found = chi_square(&table, PLAIN).unwrap();
        assert_near(found.chi_square, number(&row, "chi_square"), &row);
        assert_same(found.p, number(&row, "p"), &row);
        assert_eq!(
            u64::from(found.degrees_of_freedom),
            count(&row, "freedom"),
            "{row}"
        );
        assert_same(found.smallest_expected, number(&row, "smallest"), &row);
        assert_near(found.cramers_v, number(&row, "v"), &row);
        match (found.cramers_v_corrected, row["less_chance"].as_f64()) {
            (Some(found), Some(expected)) => assert_near(found, expected, &row),
            (found, expected) => assert_eq!(found, expected, "{row}"),
        }
    }
}

#[test]
fn fisher_odds_ratios_and_limits() {
    for row in reference("fisher") {
        let cells: Vec<u64> = row["table"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(Value::as_u64)
            .collect();
        let of = |hits, missed| Share {
            hits,
            n: hits + missed,
        };
        let (first, second) = (of(cells[0], cells[1]), of(cells[2], cells[3]));
        for (alternative, side) in [
            (Alternative::TwoSided, "two-sided"),
            (Alternative::Less, "less"),
            (Alternative::Greater, "greater"),
        ] {
            let expected = &row["sides"][side];
            for (level, ends) in levels(&expected["ends"]) {
                let found = fisher_exact(first, second, alternative, level).unwrap();
                assert_same(found.p, number(expected, "p"), &row);
                match (found.odds_ratio, row["odds_ratio"].as_f64()) {
                    (Some(found), Some(expected)) => assert_same(found, expected, &row),
                    (found, expected) => assert_eq!(found, expected, "{row}"),
                }
                assert_same(found.interval.lower, ends[0].as_f64().unwrap(), &row);
                match (found.interval.upper, ends[1].as_f64()) {
                    (Some(found), Some(expected)) => assert_same(found, expected, &row),
                    (found, expected) => assert_eq!(found, expected, "{row}"),
                }
            }
        }
        match row["plain"].as_array() {
            None => assert!(odds_ratio(first, second, 0.95).is_err()),
            Some(plain) => {
                let (ratio, limits) = odds_ratio(first, second, 0.95).unwrap();
                assert_same(ratio, plain[0].as_f64().unwrap(), &row);
                let expected = (plain[1].as_f64().unwrap(), plain[2].as_f64().unwrap());
                assert_limits(Some(limits), expected, &row);
            }
        }
    }
}

#[test]
fn mantel_haenszel_over_strata() {
    for row in reference("strata") {
        let strata: Vec<(Share, Share)> = row["tables"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cells| {
                let at = |i: usize| cells[i].as_u64().unwrap();
                let of = |hits, missed| Share {
                    hits,
                    n: hits + missed,
                };
                (of(at(0), at(1)), of(at(2), at(3)))
            })
            .collect();
        let continuity = if row["corrected"] == true {
            DRAWN
        } else {
            PLAIN
        };
        let found = mantel_haenszel(&strata, continuity, 0.95).unwrap();
        assert_same(found.chi_square, number(&row, "chi_square"), &row);
        assert_same(found.p, number(&row, "p"), &row);
        assert_same(found.odds_ratio.unwrap(), number(&row, "odds_ratio"), &row);
        assert_limits(found.interval, ends(&row["ends"]), &row);
    }
}

/// The p of a rank test under both continuities against a row.
fn assert_ranked(row: &Value, run: impl Fn(Continuity) -> (f64, RankMethod)) {
    if row["exact"] == true {
        let found = run(DRAWN);
        assert_eq!(found.1, RankMethod::Exact, "{row}");
        assert_same(found.0, number(row, "p"), row);
        return;
    }
    for (continuity, key) in [(DRAWN, "corrected"), (PLAIN, "plain")] {
        let found = run(continuity);
        assert_eq!(found.1, RankMethod::Normal(continuity), "{row}");
        assert_same(found.0, number(row, key), row);
    }
}

#[test]
fn mann_whitney_with_ties_and_exactly() {
    for row in reference("rank_tests") {
        let (first, second) = (numbers(&row["first"]), numbers(&row["second"]));
        assert_ranked(&row, |continuity| {
            let found = mann_whitney(&first, &second, continuity, 0.95).unwrap();
            assert_same(found.u, number(&row, "u"), &row);
            (found.p, found.method)
        });
        for (level, expected) in levels(&row["ends"]) {
            let found = mann_whitney(&first, &second, DRAWN, level).unwrap();
            assert_limits(Some(found.interval), ends(expected), &row);
        }
    }
}

#[test]
fn signed_ranks_with_ties_and_exactly() {
    for row in reference("signed_ranks") {
        let changes = numbers(&row["changes"]);
        assert_ranked(&row, |continuity| {
            let found = signed_rank(&changes, continuity).unwrap();
            assert_same(found.v, number(&row, "v"), &row);
            assert_eq!(found.changed + found.unchanged, changes.len());
            (found.p, found.method)
        });
    }
}

#[test]
fn welch_and_hedges_from_exact_sums() {
    for row in reference("two_means") {
        let sums = |key: &str| {
            let big = |i: usize| row[key][i].as_str().unwrap().parse::<i128>().unwrap();
            Sums {
                n: row[key][0].as_u64().unwrap(),
                sum: big(1),
                squares: big(2),
            }
        };
        let (first, second) = (sums("first"), sums("second"));
        for (level, expected) in levels(&row["welch"]) {
            let found = welch(first, second, level).unwrap();
            assert_same(found.estimate, number(&row, "estimate"), &row);
            assert_same(found.t, number(&row, "t"), &row);
            assert_same(found.degrees_of_freedom, number(&row, "freedom"), &row);
            assert_same(found.p, number(&row, "p"), &row);
            assert_limits(Some(found.interval), ends(expected), &row);
        }
        for (level, expected) in levels(&row["hedges"]) {
            let found = hedges_g(first, second, level).unwrap();
            assert_same(found.estimate, number(&row, "g"), &row);
            assert_near(found.interval.lower, ends(expected).0, &row);
            assert_near(found.interval.upper, ends(expected).1, &row);
        }
    }
}

#[test]
fn mcnemar_and_paired_differences() {
    for row in reference("pairs") {
        let at = |i: usize| row["table"][i].as_u64().unwrap();
        let pairs = Pairs {
            both: at(0),
            first_only: at(1),
            second_only: at(2),
            neither: at(3),
        };
        for (level, expected) in levels(&row["ends"]) {
            let found = paired_difference(pairs, level).unwrap().interval;
            assert_near(found.lower, ends(expected).0, &row);
            assert_near(found.upper, ends(expected).1, &row);
        }
        let Some(exact) = row["exact"].as_f64() else {
            assert!(mcnemar(pairs, DRAWN).is_err(), "{row}");
            continue;
        };
        for (continuity, key) in [(DRAWN, "corrected"), (PLAIN, "plain")] {
            let found = mcnemar(pairs, continuity).unwrap();
            assert_same(found.exact_p, exact, &row);
            if let Some(expected) = row[key].as_array() {
                assert_same(found.chi_square, expected[0].as_f64().unwrap(), &row);
                assert_same(found.p, expected[1].as_f64().unwrap(), &row);
            }
        }
    }
}

/// Fagerland, Lydersen and Laake's example of airway responsiveness before
/// and after transplantation: -0.286 (-0.507 to -0.026), as printed.
#[test]
fn the_published_example_of_a_paired_difference() {
    let pairs = Pairs {
        both: 1,
        first_only: 1,
        second_only: 7,
        neither: 12,
    };
    let found = paired_difference(pairs, 0.95).unwrap();
    let near = |a: f64, b: f64| (a - b).abs() < 5e-4;
    assert!(near(found.estimate, -0.286), "{found:?}");
    assert!(near(found.interval.lower, -0.507) && near(found.interval.upper, -0.026));
}
