//! Kinds of interval, means, weighted tests, causes, states, leaving rates and
//! hours against values computed another way, to ten significant digits:
//! `reference/make_survival_reference.py` says how.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{assert_limits, assert_same, life_table, number, reference, same};
use staywise_core::domain::LifeTable;
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence};
use staywise_core::stats::leaving::{months, step_at};
use staywise_core::stats::logrank::{Weight, stratified_log_rank};
use staywise_core::stats::states::{Occupation, Path, Paths, State};
use staywise_core::stats::survival::{KaplanMeier, Limits, restricted_mean_difference};
use staywise_core::stats::weighted_retention::{Standing, StartingHours, hours_kept};

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn real(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().expect("a whole number")).unwrap()
}

/// Two limits, where there are any.
fn limits(value: &Value) -> Option<(f64, f64)> {
    value
        .as_array()
        .map(|ends| (real(&ends[0]), real(&ends[1])))
}

#[test]
fn beta_product_limits() {
    let mut seen = 0;
    for row in reference("beta_product") {
        let table = life_table(&row["units"]);
        let curve = KaplanMeier::fit(&table, 0.95).with_limits(Limits::BetaProduct);
        for point in list(&row["points"]) {
            let what = format!("{} {point}", row["name"]);
            let point = list(point);
            // A day after the last is past the curve, but for one that ends at 0.
            let Ok(step) = curve.at(whole(&point[0])) else {
                assert!(real(&point[1]) == 0.0, "{what}");
                continue;
            };
            let expected = (real(&point[1]), real(&point[2]));
            assert_limits(step.interval, expected, &what);
            assert_eq!(step.interval.unwrap().method, "km_beta_product");
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen}");
}

#[test]
fn beta_product_limits_of_the_four_in_the_notes_of_the_package() {
    // Fay and Brittain's notes on their R package bpcp, from version 1.3.0 on.
    let mut table = LifeTable::default();
    for day in [3, 7, 8, 14] {
        table.follow(0, day, stats_read::ending(true));
    }
    let curve = KaplanMeier::fit(&table, 0.95).with_limits(Limits::BetaProduct);
    for (day, lower, upper) in [
        (2, 0.397_635_364, 1.0),
        (3, 0.194_120_450, 0.993_690_5),
        (7, 0.067_585_986, 0.932_414_0),
        (8, 0.006_309_463, 0.805_879_6),
        (14, 0.0, 0.602_364_6),
    ] {
        let found = curve.at(day).unwrap().interval.unwrap();
        assert!((found.lower - lower).abs() < 5e-8, "{day}: {found:?}");
        assert!((found.upper - upper).abs() < 5e-8, "{day}: {found:?}");
    }
}

#[test]
fn restricted_means_and_their_difference() {
    for row in reference("restricted_mean") {
        let horizon = whole(&row["horizon"]);
        let curves: Vec<_> = list(&row["groups"])
            .iter()
            .map(|units| KaplanMeier::fit(&life_table(units), 0.95))
            .collect();
        for (i, curve) in curves.iter().enumerate() {
            let found = curve.restricted_mean(horizon).unwrap();
            let ends = limits(&row["limits"][i]).unwrap();
            assert_limits(found.interval, ends, &row["name"]);
            assert_same(found.days, real(&row["means"][i]), &row["name"]);
            assert_same(
                found.std_err.unwrap(),
                real(&row["errors"][i]),
                &row["name"],
            );
        }
        let found = restricted_mean_difference(&curves[0], &curves[1], horizon).unwrap();
        assert_same(found.days, number(&row, "difference"), &row["name"]);
        assert_same(
            found.std_err.unwrap(),
            number(&row, "difference_error"),
            &row["name"],
        );
        let expected = (number(&row, "lower"), number(&row, "upper"));
        assert_limits(found.interval, expected, &row["name"]);
    }
}

#[test]
fn log_rank_in_strata_and_with_weights() {
    for row in reference("weighted_log_rank") {
        let tables: Vec<Vec<LifeTable>> = list(&row["strata"])
            .iter()
            .map(|groups| list(groups).iter().map(life_table).collect())
            .collect();
        let groups: Vec<Vec<&LifeTable>> = tables.iter().map(|g| g.iter().collect()).collect();
        let strata: Vec<&[&LifeTable]> = groups.iter().map(Vec::as_slice).collect();
        let weight = match whole(&row["rho"]) {
            0 => Weight::Equal,
            _ => Weight::StillThere,
        };
        let found = stratified_log_rank(&strata, weight).unwrap();
        assert_same(found.chi_square, number(&row, "chi_square"), &row["name"]);
        assert_same(found.p, number(&row, "p"), &row["name"]);
    }
}

#[test]
fn cumulative_incidence_of_three_causes() {
    for row in reference("competing") {
        let mut table = CauseTable::new(3);
        for unit in list(&row["units"]) {
            let cause = whole(&unit[2]).checked_sub(1).map(|c| c as usize);
            table
                .follow(whole(&unit[0]), whole(&unit[1]), cause)
                .unwrap();
        }
        let fitted = CumulativeIncidence::fit(&table, 0.95);
        for point in list(&row["points"]) {
            let found = fitted.at(whole(&point[0])).unwrap();
            let sum: f64 = found.causes.iter().map(|c| c.estimate).sum();
            assert!((sum + found.still_there.survival - 1.0).abs() < 1e-13);
            for (cause, expected) in found.causes.iter().zip(list(&point[1])) {
                let what = format!("{} {point}", row["name"]);
                assert_same(cause.estimate, real(&expected[0]), &what);
                if let Some(error) = cause.std_err {
                    assert_same(error, real(&expected[1]), &what);
                }
                if let Some(ends) = limits(&expected[2]) {
                    assert_limits(cause.interval, ends, &what);
                }
            }
        }
    }
}

fn path(value: &Value) -> Path {
    Path {
        entry: whole(&value["entry"]),
        first: whole(&value["first"]) as usize,
        moves: list(&value["moves"])
            .iter()
            .map(|m| (whole(&m[0]), whole(&m[1]) as usize))
            .collect(),
        last: whole(&value["last"]),
    }
}

#[test]
fn shares_of_five_states() {
    let kinds = [
        State::Followed,
        State::Followed,
        State::Followed,
        State::Followed,
        State::Final,
    ];
    for row in reference("states") {
        let mut paths = Paths::new(&kinds);
        for one in list(&row["paths"]) {
            paths.follow(&path(one)).unwrap();
        }
        let fitted = Occupation::fit(&paths, 0.95);
        for point in list(&row["points"]) {
            let found = fitted.at(whole(&point[0])).unwrap();
            for (state, expected) in found.states.iter().zip(list(&point[1])) {
                let what = format!("{} {point}", row["name"]);
                assert_same(state.estimate, real(&expected[0]), &what);
                if let Some(error) = state.std_err {
                    assert_same(error, real(&expected[1]), &what);
                }
                if let Some(ends) = limits(&expected[2]) {
                    assert_limits(state.interval, ends, &what);
                }
            }
        }
    }
}

#[test]
fn leaving_rates_by_month_and_the_step() {
    let mut steps = 0;
    for row in reference("leaving") {
        let table = life_table(&row["units"]);
        let found = months(&table, 0.95);
        for expected in list(&row["months"]) {
            let month = found
                .iter()
                .find(|m| m.month == whole(&expected[0]))
                .unwrap();
            let exposure = month.exposure;
            let terms = (exposure.events, exposure.person_days);
            assert_eq!(Some(terms.0), expected[1].as_u64(), "{row}");
            assert_eq!(Some(terms.1), expected[2].as_u64(), "{row}");
            let rate = month.per_100_person_months.clone().unwrap();
            assert_same(rate.estimate, real(&expected[3]), expected);
            let ends = (real(&expected[4]), real(&expected[5]));
            assert_limits(rate.interval, ends, expected);
        }
        for expected in list(&row["steps"]) {
            let step = step_at(&table, whole(&expected[0]), whole(&expected[1]), 0.95);
            let terms = [step.before, step.after].map(|e| [e.events, e.person_days]);
            for (term, i) in terms.as_flattened().iter().zip(2..) {
                assert_eq!(Some(*term), expected[i].as_u64(), "{expected}");
            }
            let Some(ratio) = expected[6].as_array() else {
                continue;
            };
            let (estimate, interval) = step.ratio.unwrap();
            assert_same(estimate, real(&ratio[0]), expected);
            let ends = (real(&ratio[1]), real(&ratio[2]));
            assert_limits(Some(interval), ends, expected);
            steps += 1;
        }
    }
    assert!(steps >= 8, "{steps}");
}

#[test]
fn hours_kept_of_cohorts() {
    for row in reference("hours") {
        let people: Vec<StartingHours> = list(&row["people"])
            .iter()
            .map(|p| StartingHours {
                thousandths: whole(&p[0]),
                standing: if p[1].as_bool().unwrap() {
                    Standing::InPost
                } else {
                    Standing::Gone
                },
            })
            .collect();
        let found = hours_kept(&people, 0.95).unwrap();
        assert_same(found.estimate, number(&row, "estimate"), &row);
        assert_same(found.n_effective, number(&row, "n_effective"), &row);
        let expected = row["std_err"].as_f64();
        assert_eq!(found.std_err.is_some(), expected.is_some(), "{row}");
        assert!(
            found.std_err.zip(expected).is_none_or(|(a, b)| same(a, b)),
            "{row}"
        );
        let ends = (number(&row, "lower"), number(&row, "upper"));
        assert_limits(found.interval, ends, &row);
    }
}
