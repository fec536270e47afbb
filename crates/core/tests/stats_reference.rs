//! The estimators against values computed by other software, to ten
//! significant digits: `reference/make_reference.py` says how.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use statrs::distribution::{Binomial, Discrete};
use stats_read::{assert_limits, assert_same, count, life_table, number, reference};
use staywise_core::domain::LifeTable;
use staywise_core::stats::difference::{Share, newcombe, newcombe_p};
use staywise_core::stats::funnel_limits;
use staywise_core::stats::logrank::log_rank;
use staywise_core::stats::mean::{Sums, mean};
use staywise_core::stats::multiplicity::holm;
use staywise_core::stats::proportion::{clopper_pearson, wilson};
use staywise_core::stats::rate::poisson;
use staywise_core::stats::survival::{KaplanMeier, Step, curve};

fn pair(row: &Value, key: &str) -> (f64, f64) {
    let end = |i: usize| row[key][i].as_f64().expect("a limit");
    (end(0), end(1))
}

#[test]
fn wilson_and_clopper_pearson() {
    for row in reference("proportions") {
        let (hits, n, level) = (count(&row, "hits"), count(&row, "n"), number(&row, "level"));
        assert_limits(wilson(hits, n, level), pair(&row, "wilson"), &row);
        let exact = clopper_pearson(hits, n, level);
        assert_limits(exact, pair(&row, "clopper_pearson"), &row);
        let ends = |i: staywise_core::domain::Interval| (i.lower, i.upper);
        for limits in [wilson(hits, n, level), exact].map(|i| i.map(ends).unwrap()) {
            assert!(hits > 0 || limits.0 == 0.0, "exactly 0 at 0: {row}");
            assert!(hits < n || limits.1 == 1.0, "exactly 1 at n: {row}");
        }
    }
}

fn share(row: &Value, key: &str) -> Share {
    Share {
        hits: row[key][0].as_u64().unwrap(),
        n: row[key][1].as_u64().unwrap(),
    }
}

#[test]
fn newcombe_differences() {
    for row in reference("newcombe") {
        let (first, second) = (share(&row, "first"), share(&row, "second"));
        let found = newcombe(first, second, number(&row, "level")).unwrap();
        assert!((found.estimate - number(&row, "estimate")).abs() < 1e-15);
        let limits = (number(&row, "lower"), number(&row, "upper"));
        assert_limits(Some(found.interval), limits, &row);
    }
}

#[test]
fn the_p_that_goes_with_newcombe() {
    for row in reference("newcombe_p") {
        let found = newcombe_p(share(&row, "first"), share(&row, "second"));
        assert_same(found.unwrap(), number(&row, "p"), &row);
    }
}

/// How often the test finds a difference at 5% where there is none, at shares
/// of 2% to 98%: the mean and the largest.
fn false_alarms(m: u64, n: u64) -> (f64, f64) {
    let found: Vec<(u64, u64)> = (0..=m)
        .flat_map(|a| (0..=n).map(move |b| (a, b)))
        .filter(|(a, b)| {
            let share = |hits, n| Share { hits, n };
            newcombe_p(share(*a, m), share(*b, n)).unwrap() < 0.05
        })
        .collect();
    let at = |percent: u32| {
        let chances = |n: u64| -> Vec<f64> {
            let chance = Binomial::new(f64::from(percent) / 100.0, n).unwrap();
            (0..=n).map(|hits| chance.pmf(hits)).collect()
        };
        let (one, two) = (chances(m), chances(n));
        let place = |hits: &u64| usize::try_from(*hits).unwrap();
        let both = found.iter().map(|(a, b)| one[place(a)] * two[place(b)]);
        both.sum::<f64>()
    };
    let all: Vec<f64> = (2..=98).map(at).collect();
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    (mean, all.into_iter().fold(0.0, f64::max))
}

/// Enumerated by scipy.stats.binom over Newcombe's limits at 95%, to three
/// decimals.
#[test]
fn the_test_finds_a_difference_where_there_is_none_in_4_to_6_of_a_hundred() {
    for ((m, n), mean, most) in [
        ((12, 15), 0.040, 0.061),
        ((30, 30), 0.040, 0.052),
        ((30, 60), 0.043, 0.052),
        ((10, 200), 0.046, 0.056),
        ((100, 100), 0.048, 0.056),
        ((14, 1000), 0.046, 0.062),
    ] {
        let found = false_alarms(m, n);
        assert!((found.0 - mean).abs() <= 5e-4, "{m} {n}: {found:?}");
        assert!((found.1 - most).abs() <= 5e-4, "{m} {n}: {found:?}");
    }
}

#[test]
fn families_by_holm() {
    let list = |row: &Value, key: &str| -> Vec<f64> {
        let all = row[key].as_array().unwrap().iter();
        all.map(|p| p.as_f64().unwrap()).collect()
    };
    for row in reference("holm") {
        let (found, expected) = (holm(&list(&row, "family")), list(&row, "adjusted"));
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert_same(*found, expected, &row);
        }
    }
}

#[test]
fn funnel_limits_exactly_and_interpolated() {
    for row in reference("funnel") {
        let base = count(&row, "base");
        let found = funnel_limits(number(&row, "share"), &[base]);
        let [(at, inner, outer)] = found[..] else {
            panic!("{row}: {found:?}");
        };
        assert_eq!(at, base);
        for (found, key) in [(inner, "inner"), (outer, "outer")] {
            let expected = pair(&row, key);
            assert_same(found.0, expected.0, &row);
            assert_same(found.1, expected.1, &row);
        }
    }
}

#[test]
fn t_intervals_from_exact_sums() {
    for row in reference("means") {
        let big = |key: &str| row[key].as_str().unwrap().parse::<i128>().unwrap();
        let sums = Sums {
            n: count(&row, "n"),
            sum: big("sum"),
            squares: big("squares"),
        };
        let found = mean(sums, number(&row, "level")).unwrap();
        assert_same(found.estimate, number(&row, "estimate"), &row);
        let limits = (number(&row, "lower"), number(&row, "upper"));
        assert_limits(found.interval, limits, &row);
    }
}

#[test]
fn poisson_limits() {
    for row in reference("poisson") {
        let found = poisson(count(&row, "events"), number(&row, "level"));
        assert_limits(found, (number(&row, "lower"), number(&row, "upper")), &row);
    }
}

#[test]
fn kaplan_meier_curves_with_ties_and_late_entry() {
    for set in reference("survival") {
        let table = life_table(&set["units"]);
        for expected in set["curves"].as_array().unwrap() {
            let level = number(expected, "level");
            let steps = curve(&table, level);
            let fitted = KaplanMeier::fit(&table, level);
            for row in expected["steps"].as_array().unwrap() {
                let what = format!("{} at {level}: {row}", set["name"]);
                let day = u32::try_from(count(row, "day")).unwrap();
                let step = steps.iter().find(|s| s.day == day).expect(&what);
                assert_step(step, row, &what);
                assert_eq!(fitted.at(day).as_ref(), Ok(step), "{what}");
            }
        }
    }
}

fn assert_step(step: &Step, row: &Value, what: &String) {
    assert_eq!(step.at_risk, count(row, "at_risk"), "{what}");
    assert_eq!(step.events, count(row, "events"), "{what}");
    assert_same(step.survival, number(row, "survival"), what);
    match row["std_err"].as_f64() {
        None => assert_eq!((step.std_err, step.interval), (None, None), "{what}"),
        Some(error) => {
            assert_same(step.std_err.expect(what), error, what);
            let limits = (number(row, "lower"), number(row, "upper"));
            assert_limits(step.interval, limits, what);
        }
    }
}

#[test]
fn log_rank_with_ties_and_late_entry() {
    for row in reference("log_rank") {
        let tables: Vec<LifeTable> = row["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(life_table)
            .collect();
        let found = log_rank(&tables.iter().collect::<Vec<_>>()).unwrap();
        let what = &row["name"];
        assert_same(found.chi_square, number(&row, "chi_square"), what);
        assert_same(found.p, number(&row, "p"), what);
        let freedom = u64::from(found.degrees_of_freedom);
        assert_eq!(freedom, count(&row, "degrees_of_freedom"), "{what}");
        for (i, expected) in row["expected"].as_array().unwrap().iter().enumerate() {
            assert_same(found.expected[i], expected.as_f64().unwrap(), what);
            assert_eq!(Some(found.observed[i]), row["observed"][i].as_u64());
        }
    }
}

/// How often Wilson's 95% interval holds `p`, over every number of hits.
fn wilson_coverage(n: u64, p: f64) -> f64 {
    let chance = Binomial::new(p, n).unwrap();
    (0..=n)
        .filter(|hits| {
            let limits = wilson(*hits, n, 0.95).unwrap();
            limits.lower <= p && p <= limits.upper
        })
        .map(|hits| chance.pmf(hits))
        .sum()
}

#[test]
fn wilson_covers_as_it_is_known_to() {
    let mut all = Vec::new();
    for row in reference("coverage") {
        let found = wilson_coverage(count(&row, "n"), number(&row, "p"));
        assert!((found - number(&row, "coverage")).abs() < 1e-10, "{row}");
        all.push(found);
    }
    // The range over n = 10 to 500 and p = 0.05 to 0.95.
    let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = all.iter().copied().fold(0.0, f64::max);
    assert!((lowest - 0.914).abs() < 5e-4, "{lowest}");
    assert!((highest - 0.982).abs() < 5e-4, "{highest}");
}

#[test]
fn wilson_dips_to_838_in_a_thousand_near_an_end() {
    // Just under the lower limit of one hit only "no hits" covers p; as n
    // grows that is e^-0.1765 (Agresti and Coull 1998).
    let n = 2_000;
    let p = wilson(1, n, 0.95).unwrap().lower * (1.0 - 1e-9);
    let found = wilson_coverage(n, p);
    assert!((found - 0.838).abs() < 5e-4, "{found}");
}
