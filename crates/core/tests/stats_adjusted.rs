//! Adjusted comparisons against models fitted by other software and variances
//! stacked numerically: `reference/make_adjusted_reference.py` says how.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{Csv, number, reference, shared};
use staywise_core::domain::sample::{Arm, Covariate, Rows, Sample, Values};
use staywise_core::stats::adjusted::balance::Pair;
use staywise_core::stats::adjusted::logistic::{Data, Logistic, fit};
use staywise_core::stats::adjusted::{
    Adjusted, Answer, Comparison, Effect, Robust, Sensitivity, Settings, compare,
};

const SETTINGS: Settings = Settings {
    level: 0.95,
    robust: Robust::Hc3,
};

/// The same to eight significant digits; `scale` is what a difference near 0
/// is measured by.
#[track_caller]
fn near(actual: f64, expected: f64, what: &str) {
    let close = (actual - expected).abs() <= 1e-8 * expected.abs().max(1e-6);
    assert!(close, "{what}: {actual:?} is not {expected:?}");
}

fn numbers(value: &Value) -> Vec<f64> {
    let all = value.as_array().expect("a list");
    all.iter().map(|v| v.as_f64().expect("a number")).collect()
}

fn categorical(name: &str, codes: &[f64], levels: u32) -> Covariate {
    Covariate {
        name: name.to_owned(),
        values: Values::Categorical {
            levels: (0..levels).map(|k| k.to_string()).collect(),
            codes: codes.iter().map(|c| *c as u32).collect(),
        },
    }
}

fn numeric(name: &str, values: &[f64]) -> Covariate {
    Covariate {
        name: name.to_owned(),
        values: Values::Numeric(values.to_vec()),
    }
}

fn arms(compared: &[f64]) -> Vec<Arm> {
    let arm = |v: &f64| match *v == 1.0 {
        true => Arm::Compared,
        false => Arm::Comparator,
    };
    compared.iter().map(arm).collect()
}

fn made(row: &Value) -> Rows {
    let people = &row["people"];
    let get = |name: &str| numbers(&people[name]);
    Rows {
        arms: arms(&get("compared")),
        left: get("stayed").iter().map(|v| Some(*v == 0.0)).collect(),
        covariates: vec![
            categorical("band", &get("band"), 4),
            categorical("part", &get("part"), 2),
            numeric("age", &get("age")),
        ],
        clusters: None,
        follow_up: None,
    }
}

fn sites(row: &Value) -> Option<Vec<u32>> {
    let all = row["people"]["site"].as_array()?;
    Some(all.iter().map(|v| v.as_u64().unwrap() as u32).collect())
}

fn rossi() -> Option<Rows> {
    let csv = Csv::read(&shared()?.join("ref-survival/rossi.csv"));
    let get = |name: &str| csv.numbers(name);
    let flag = |name: &str| categorical(name, &get(name), 2);
    Some(Rows {
        arms: arms(&get("fin")),
        left: get("arrest").iter().map(|v| Some(*v == 1.0)).collect(),
        covariates: vec![
            flag("race"),
            flag("wexp"),
            flag("mar"),
            flag("paro"),
            numeric("age", &get("age")),
            numeric("prio", &get("prio")),
        ],
        clusters: None,
        follow_up: None,
    })
}

/// Each reference row with its people, public data only where they are.
fn cases() -> Vec<(Value, Rows)> {
    let rows = reference("adjusted").into_iter();
    let found: Vec<(Value, Rows)> = rows
        .filter_map(|row| {
            let people = match row["name"] == "rossi" {
                true => rossi()?,
                false => made(&row),
            };
            Some((row, people))
        })
        .collect();
    assert!(found.len() >= 2);
    found
}

/// 1, the covariates, then the arm: as the reference has them.
fn design(sample: &Sample) -> (usize, Vec<f64>) {
    let columns = sample.columns();
    let mut rows = Vec::new();
    for (person, arm) in sample.rows().arms.iter().enumerate() {
        rows.push(1.0);
        rows.extend(columns.values.iter().map(|c| c[person]));
        rows.push(f64::from(u8::from(*arm == Arm::Compared)));
    }
    (columns.terms.len() + 2, rows)
}

fn same_errors(covariance: &staywise_core::stats::matrix::Symmetric, expected: &Value, what: &str) {
    for (place, error) in numbers(expected).into_iter().enumerate() {
        near(covariance.at(place, place).sqrt(), error, what);
    }
}

#[test]
fn logistic_regression_as_statsmodels_has_it_on_made_people_and_rossi() {
    for (row, people) in cases() {
        let sample = Sample::new(people).unwrap();
        let (width, rows) = design(&sample);
        let stayed: Vec<bool> = sample
            .rows()
            .left
            .iter()
            .map(|l| *l == Some(false))
            .collect();
        let data = Data {
            width,
            rows: &rows,
            outcome: &stayed,
            weights: None,
        };
        let expected = &row["logistic"];
        let model = fit(&data).unwrap();
        let same = |model: &Logistic, expected: &Value| {
            for (own, other) in model
                .coefficients
                .iter()
                .zip(numbers(&expected["coefficients"]))
            {
                near(*own, other, "coefficient");
            }
            same_errors(model.covariance(), &expected["std_err"], "standard error");
        };
        same(&model, expected);
        near(
            model.log_likelihood,
            number(expected, "log_likelihood"),
            "log likelihood",
        );
        same_errors(&model.robust(&data), &expected["robust"], "robust");
        if let Some(sites) = sites(&row) {
            let by_site = model.clustered(&data, &sites).unwrap();
            same_errors(&by_site, &expected["clustered"], "clustered");
        }
        let weights: Vec<f64> = (0..stayed.len()).map(|i| 1.0 + (i % 3) as f64).collect();
        let weighted = Data {
            weights: Some(&weights),
            ..data
        };
        same(&fit(&weighted).unwrap(), &expected["weighted"]);
    }
}

#[test]
fn balance_before_and_after_weighting_on_made_people_and_rossi() {
    for (row, people) in cases() {
        let found = compare(&Sample::new(people).unwrap(), &SETTINGS);
        let balance = found.balance.unwrap();
        let expected = row["balance"].as_array().unwrap();
        assert_eq!(balance.rows.len(), expected.len());
        for (own, other) in balance.rows.iter().zip(expected) {
            let same = |pair: Pair, key: &str| {
                let [one, two, apart] = numbers(&other[key])[..] else {
                    panic!("three numbers");
                };
                near(pair.compared, one, key);
                near(pair.comparator, two, key);
                // After weighting what is left is rounding, on both sides.
                assert!((pair.standardised.unwrap() - apart).abs() < 1e-9, "{other}");
            };
            same(own.before, "before");
            same(own.after.unwrap(), "after");
        }
        let worth = balance.effective.unwrap();
        let expected = numbers(&row["effective"]);
        near(worth.compared, expected[0], "effective");
        near(worth.comparator, expected[1], "effective");
    }
}

fn same_answer(own: &Answer, expected: &Value, what: &str) {
    near(own.estimate, number(expected, "estimate"), what);
    near(own.std_err, number(expected, "std_err"), what);
    near(own.interval.lower, number(expected, "lower"), what);
    near(own.interval.upper, number(expected, "upper"), what);
    near(own.p, number(expected, "p"), what);
}

fn same_effect(own: &Effect, expected: &Value, what: &str) {
    near(own.compared, number(expected, "compared"), what);
    near(own.comparator, number(expected, "comparator"), what);
    same_answer(
        own.difference.as_ref().unwrap(),
        &expected["difference"],
        what,
    );
    same_answer(
        own.staying_ratio.as_ref().unwrap(),
        &expected["staying_ratio"],
        what,
    );
    same_answer(
        own.leaving_ratio.as_ref().unwrap(),
        &expected["leaving_ratio"],
        what,
    );
}

fn adjusted(found: &Comparison) -> &Adjusted {
    found.adjusted.as_ref().unwrap()
}

fn standardised(found: &Comparison) -> &Effect {
    let of = |s: &'_ Sensitivity| matches!(s, Sensitivity::Standardised(_));
    match adjusted(found).sensitivity.iter().find(|s| of(s)) {
        Some(Sensitivity::Standardised(Ok(effect))) => effect,
        other => panic!("{other:?}"),
    }
}

fn regression(found: &Comparison) -> &Answer {
    let of = |s: &'_ Sensitivity| matches!(s, Sensitivity::Regression(_));
    match adjusted(found).sensitivity.iter().find(|s| of(s)) {
        Some(Sensitivity::Regression(Ok(answer))) => answer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn overlap_weights_and_standardisation_with_stacked_variances_on_made_people_and_rossi() {
    for (row, people) in cases() {
        let found = compare(&Sample::new(people.clone()).unwrap(), &SETTINGS);
        same_effect(&adjusted(&found).primary, &row["overlap"], "overlap");
        same_effect(standardised(&found), &row["standardised"], "standardised");
        let Some(clusters) = sites(&row) else {
            continue;
        };
        let clustered = Rows {
            clusters: Some(clusters),
            ..people
        };
        let found = compare(&Sample::new(clustered).unwrap(), &SETTINGS);
        let primary = &adjusted(&found).primary;
        same_effect(primary, &row["overlap_clustered"], "overlap by site");
        same_effect(
            standardised(&found),
            &row["standardised_clustered"],
            "standardised by site",
        );
        let method = primary.difference.as_ref().unwrap().interval.method;
        assert_eq!(method, "sandwich_clustered");
    }
}

#[test]
fn regression_with_robust_errors_on_made_people_and_rossi() {
    for (row, people) in cases() {
        let expected = &row["regression"];
        for (robust, slug) in [(Robust::Hc2, "hc2"), (Robust::Hc3, "hc3")] {
            let settings = Settings { robust, ..SETTINGS };
            let found = compare(&Sample::new(people.clone()).unwrap(), &settings);
            same_answer(regression(&found), &expected[slug], slug);
            assert_eq!(regression(&found).interval.method, slug);
        }
        if let Some(clusters) = sites(&row) {
            let clustered = Rows {
                clusters: Some(clusters),
                ..people
            };
            let found = compare(&Sample::new(clustered).unwrap(), &SETTINGS);
            same_answer(regression(&found), &expected["clustered"], "clustered");
        }
    }
}

#[test]
fn overlap_weights_balance_the_means_of_all_terms_exactly() {
    for (_, people) in cases() {
        let found = compare(&Sample::new(people).unwrap(), &SETTINGS);
        let balance = found.balance.unwrap();
        let squares = balance
            .rows
            .iter()
            .filter(|row| matches!(row.of, staywise_core::stats::adjusted::balance::Of::Square));
        // What is no term is not balanced exactly: the law is no accident.
        let apart = |pair: Option<Pair>| pair.unwrap().standardised.unwrap().abs();
        assert!(squares.into_iter().any(|row| apart(row.after) > 1e-6));
        for row in &balance.rows {
            if !matches!(row.of, staywise_core::stats::adjusted::balance::Of::Square) {
                assert!(apart(row.after) < 1e-9, "{row:?}");
            }
        }
        assert!(
            balance
                .rows
                .iter()
                .any(|row| apart(Some(row.before)) > 0.05)
        );
    }
}

#[test]
fn the_p_says_what_the_interval_says() {
    for (_, people) in cases() {
        let sample = Sample::new(people).unwrap();
        let found = compare(&sample, &SETTINGS);
        let p = adjusted(&found).primary.difference.as_ref().unwrap().p;
        // At a level just under 1 - p the interval leaves out 0, just over not.
        for (shift, leaves_out) in [(-1e-6, true), (1e-6, false)] {
            let settings = Settings {
                level: 1.0 - p + shift,
                ..SETTINGS
            };
            let found = compare(&sample, &settings);
            let limits = adjusted(&found)
                .primary
                .difference
                .as_ref()
                .unwrap()
                .interval;
            assert_eq!(limits.lower > 0.0 || limits.upper < 0.0, leaves_out);
        }
    }
}
