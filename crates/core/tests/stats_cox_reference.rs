//! Cox's model with ties, late entry, strata, weights, clusters and changing
//! covariates, held to values computed by definition
//! (`reference/make_cox.py`).

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{count, number, reference};
use staywise_core::stats::cox::{Column, CoxModel, Errors, Followed, Options, Ties};

const NAMES: [&str; 3] = ["first", "second", "third"];

fn day(row: &Value, key: &str) -> i32 {
    i32::try_from(row[key].as_i64().unwrap()).unwrap()
}

fn followed(case: &Value) -> Vec<Followed> {
    let rows = case["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| Followed {
            from: day(row, "from"),
            to: day(row, "to"),
            event: row["event"].as_bool().unwrap(),
            stratum: u32::try_from(count(row, "stratum")).unwrap(),
            weight: number(row, "weight"),
            cluster: count(row, "cluster"),
        })
        .collect()
}

/// Columns, moved and stretched where asked.
fn values(case: &Value, change: (f64, f64)) -> Vec<Vec<f64>> {
    let rows = case["rows"].as_array().unwrap();
    let width = rows[0]["x"].as_array().unwrap().len();
    (0..width)
        .map(|k| {
            rows.iter()
                .map(|r| change.0 + change.1 * r["x"][k].as_f64().unwrap())
                .collect()
        })
        .collect()
}

fn columns(values: &[Vec<f64>]) -> Vec<Column<'_>> {
    values
        .iter()
        .zip(NAMES)
        .map(|(values, term)| Column {
            term,
            level: None,
            values,
        })
        .collect()
}

fn options(case: &Value, errors: Errors) -> Options {
    let ties = match case["ties"].as_str().unwrap() {
        "efron" => Ties::Efron,
        _ => Ties::Breslow,
    };
    Options {
        ties,
        errors,
        ..Options::default()
    }
}

#[track_caller]
fn assert_near(actual: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!(
        (actual - expected).abs() <= 1e-9 * expected.abs(),
        "{what}: {actual:?} is not {expected:?}"
    );
}

#[test]
fn models_as_by_definition() {
    for case in reference("cox") {
        let what = format!("{} {}", case["name"], case["ties"]);
        let values = values(&case, (0.0, 1.0));
        let model = CoxModel::new(&followed(&case), &columns(&values)).unwrap();
        for (errors, key) in [
            (Errors::Model, "se"),
            (Errors::Robust, "robust_se"),
            (Errors::Clustered, "clustered_se"),
        ] {
            let fit = model.fit(options(&case, errors)).unwrap();
            for (k, found) in fit.coefficients.iter().enumerate() {
                assert_near(found.estimate, &case["coef"][k], &what);
                assert_near(found.std_err, &case[key][k], &format!("{what} {key}"));
                assert_near(found.model_std_err, &case["se"][k], &what);
                assert_eq!(fit.covariance.at(k, k).sqrt(), found.std_err);
            }
            for i in 0..2 {
                assert_near(fit.log_likelihood[i], &case["log_likelihood"][i], &what);
            }
            assert_near(fit.score.chi_square, &case["score_test"], &what);
            if errors == Errors::Clustered {
                let wald = fit.wald.unwrap();
                assert_near(wald.chi_square, &case["wald_clustered"], &what);
            }
        }
    }
}

#[test]
fn hazards_pairs_and_change_with_time_as_by_definition() {
    for case in reference("cox") {
        let what = format!("{} {}", case["name"], case["ties"]);
        let values = values(&case, (0.0, 1.0));
        let model = CoxModel::new(&followed(&case), &columns(&values)).unwrap();
        let fit = model.fit(options(&case, Errors::Model)).unwrap();
        let days = model.baseline(&fit).unwrap();
        let expected = case["baseline"].as_array().unwrap();
        assert_eq!(days.len(), expected.len(), "{what}");
        for (found, row) in days.iter().zip(expected) {
            assert_eq!(Some(u64::from(found.stratum)), row[0].as_u64(), "{what}");
            assert_eq!(Some(i64::from(found.day)), row[1].as_i64(), "{what}");
            assert_near(found.cumulative_hazard, &row[2], &what);
        }
        let pairs = model.concordance(&fit).unwrap();
        assert_near(pairs.share, &case["concordance"], &what);
        let change = model.proportional(&fit).unwrap();
        let expected = &case["change_with_time"];
        for (k, term) in change.terms.iter().enumerate() {
            assert_eq!(term.term, NAMES[k]);
            assert_near(term.test.chi_square, &expected[k], &what);
        }
        assert_near(change.all.chi_square, &expected[values.len()], &what);
    }
}

#[test]
fn the_scale_of_a_column_is_its_own() {
    // Years as days since 1970, or tenths: the same people leave.
    for case in reference("cox") {
        for (offset, scale) in [(20_000.0, 365.25), (-3.0, 0.1)] {
            let values = values(&case, (offset, scale));
            let model = CoxModel::new(&followed(&case), &columns(&values)).unwrap();
            let fit = model.fit(options(&case, Errors::Clustered)).unwrap();
            for (k, found) in fit.coefficients.iter().enumerate() {
                assert_near(found.estimate * scale, &case["coef"][k], "moved");
                assert_near(found.std_err * scale, &case["clustered_se"][k], "moved");
            }
        }
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    for case in reference("cox") {
        let mut rows = followed(&case);
        let mut values = values(&case, (0.0, 1.0));
        rows.reverse();
        values.iter_mut().for_each(|v| v.reverse());
        let model = CoxModel::new(&rows, &columns(&values)).unwrap();
        let fit = model.fit(options(&case, Errors::Robust)).unwrap();
        for (k, found) in fit.coefficients.iter().enumerate() {
            assert_near(found.estimate, &case["coef"][k], "reversed");
            assert_near(found.std_err, &case["robust_se"][k], "reversed");
        }
    }
}
