//! Cox's model on public data sets, held to what R's survival says of them.
//! The answers stand beside the data in a shared folder and are read from
//! there; without it the tests say `skipped`.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{Csv, json, number, shared};
use staywise_core::stats::cox::{Column, CoxFit, CoxModel, Followed, Options, Ties};
use std::collections::BTreeSet;

/// A covariate as it stands in a data set.
struct Made {
    term: String,
    level: Option<String>,
    values: Vec<f64>,
}

impl Made {
    fn numbers(csv: &Csv, term: &str) -> Self {
        let values = csv
            .column(term)
            .iter()
            .map(|c| c.parse().unwrap_or(f64::NAN))
            .collect();
        Self {
            term: term.to_owned(),
            level: None,
            values,
        }
    }

    /// An indicator for each level but the first, as R makes them.
    fn levels(csv: &Csv, term: &str) -> Vec<Self> {
        let cells = csv.column(term);
        let levels: BTreeSet<&str> = cells.iter().copied().collect();
        let indicator = |level: &&str| Self {
            term: term.to_owned(),
            level: Some((*level).to_owned()),
            values: cells.iter().map(|c| f64::from(c == level)).collect(),
        };
        levels.iter().skip(1).map(indicator).collect()
    }

    /// The name that R gives the coefficient.
    fn name(&self) -> String {
        format!("{}{}", self.term, self.level.as_deref().unwrap_or(""))
    }
}

fn followed(csv: &Csv, time: &str, event: &str) -> Vec<Followed> {
    let events = csv.numbers(event);
    csv.numbers(time)
        .iter()
        .zip(&events)
        .map(|(time, event)| {
            assert!(time.fract() == 0.0);
            #[allow(clippy::cast_possible_truncation)]
            Followed::until(*time as i32, *event == 1.0)
        })
        .collect()
}

/// The model of the rows that have every covariate.
fn model(rows: &[Followed], made: &mut [Made]) -> CoxModel {
    let whole: Vec<bool> = (0..rows.len())
        .map(|i| made.iter().all(|m| m.values[i].is_finite()))
        .collect();
    let mut keep = whole.iter();
    let rows: Vec<Followed> = rows
        .iter()
        .copied()
        .filter(|_| *keep.next().unwrap())
        .collect();
    for one in made.iter_mut() {
        let mut keep = whole.iter();
        one.values.retain(|_| *keep.next().unwrap());
    }
    let columns: Vec<Column> = made
        .iter()
        .map(|m| Column {
            term: &m.term,
            level: m.level.as_deref(),
            values: &m.values,
        })
        .collect();
    CoxModel::new(&rows, &columns).unwrap()
}

#[track_caller]
fn assert_near(actual: f64, expected: f64, digits: i32, what: &str) {
    let gap = (actual - expected).abs();
    assert!(
        gap <= 10.0_f64.powi(-digits) * expected.abs(),
        "{what}: {actual:?} is not {expected:?}"
    );
}

fn coefficients(fit: &CoxFit, made: &[Made], expected: &Value) {
    assert_eq!(fit.coefficients.len(), made.len());
    for (found, made) in fit.coefficients.iter().zip(made) {
        let name = made.name();
        // R stops its steps at 1e-9 of the likelihood: a few parts in 1e-8.
        assert_near(found.estimate, number(&expected["coef"], &name), 7, &name);
        assert_near(found.std_err, number(&expected["se"], &name), 7, &name);
        if expected["p"].is_object() {
            assert_near(found.p, number(&expected["p"], &name), 6, &name);
        }
        if expected["z"].is_object() {
            assert_near(found.z, number(&expected["z"], &name), 7, &name);
            let limits = &expected["ci95"][&name];
            assert_near(found.interval.lower, number(limits, "lower .95"), 7, &name);
            assert_near(found.interval.upper, number(limits, "upper .95"), 7, &name);
            let ratio = number(&expected["exp_coef"], &name);
            assert_near(found.hazard_ratio, ratio, 7, &name);
        }
    }
}

fn proportional(model: &CoxModel, fit: &CoxFit, expected: &Value) {
    let found = model.proportional(fit).unwrap();
    let rows = expected.as_array().unwrap();
    assert_eq!(found.terms.len() + 1, rows.len());
    for row in rows {
        let name = row["term"].as_str().unwrap();
        let test = match found.terms.iter().find(|t| t.term == name) {
            Some(term) => &term.test,
            None => {
                assert_eq!(name, "GLOBAL");
                &found.all
            }
        };
        let what = format!("change of {name} with time");
        assert_near(test.chi_square, number(row, "chisq"), 7, &what);
        assert_near(test.p, number(row, "p"), 7, &what);
        assert_eq!(
            u64::from(test.degrees_of_freedom),
            row["df"].as_u64().unwrap()
        );
    }
}

/// Everything that one data set's answers say of the model.
fn held_to_r(name: &str, made: impl Fn(&Csv) -> Vec<Made>) {
    let Some(folder) = shared() else { return };
    let folder = folder.join("ref-survival");
    let csv = Csv::read(&folder.join(format!("{name}.csv")));
    let expected = json(&folder.join(format!("{name}.expected.json")));
    let rows = followed(
        &csv,
        expected["time"].as_str().unwrap(),
        expected["event"].as_str().unwrap(),
    );
    let mut made = made(&csv);
    let model = model(&rows, &mut made);
    for (ties, word) in [(Ties::Efron, "efron"), (Ties::Breslow, "breslow")] {
        let expected = &expected["cox"][word];
        let fit = model
            .fit(Options {
                ties,
                ..Options::default()
            })
            .unwrap();
        assert_eq!(fit.rows as u64, expected["n"].as_u64().unwrap());
        assert_eq!(fit.events, expected["nevent"].as_u64().unwrap());
        coefficients(&fit, &made, expected);
        for i in 0..2 {
            let log = expected["loglik"][i].as_f64().unwrap();
            assert_near(fit.log_likelihood[i], log, 10, "log likelihood");
        }
        for (test, key) in [(fit.likelihood_ratio, "lr_test"), (fit.score, "score_test")] {
            assert_near(test.chi_square, number(&expected[key], "test"), 8, key);
            assert_near(test.p, number(&expected[key], "pvalue"), 8, key);
        }
        // R rounds the statistic of Wald's test, but not its p.
        let wald = fit.wald.unwrap();
        let rounded = number(&expected["wald_test"], "test");
        assert!(
            (wald.chi_square - rounded).abs() <= 0.005 + 1e-9,
            "{wald:?}"
        );
        assert_near(wald.p, number(&expected["wald_test"], "pvalue"), 6, "wald");
        let c = model.concordance(&fit).unwrap();
        assert_near(c.share, number(&expected["concordance"], "C"), 10, "C");
    }
    let fit = model.fit(Options::default()).unwrap();
    proportional(&model, &fit, &expected["cox_zph"]);
}

#[test]
fn aml_as_r_gives_it() {
    held_to_r("aml", |csv| Made::levels(csv, "x"));
}

#[test]
fn lung_as_r_gives_it() {
    let terms = ["age", "sex", "ph.ecog"];
    held_to_r("lung", |csv| terms.map(|t| Made::numbers(csv, t)).into());
}

#[test]
fn rossi_as_r_gives_it() {
    let terms = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];
    held_to_r("rossi", |csv| terms.map(|t| Made::numbers(csv, t)).into());
}

#[test]
fn job_retention_as_r_gives_it() {
    let Some(folder) = shared() else { return };
    let folder = folder.join("hr-mcnulty");
    let csv = Csv::read(&folder.join("job_retention.csv"));
    let expected = json(&folder.join("expected.GIVE.json"))["job_retention"].clone();
    let rows = followed(&csv, "month", "left");
    for (key, last) in [("cox", "sentiment"), ("cox_intention", "intention")] {
        let expected = &expected[key];
        let mut made = Made::levels(&csv, "gender");
        made.extend(Made::levels(&csv, "field"));
        made.extend(Made::levels(&csv, "level"));
        made.push(Made::numbers(&csv, last));
        let model = model(&rows, &mut made);
        let fit = model.fit(Options::default()).unwrap();
        coefficients(&fit, &made, expected);
        if expected["lr"].is_object() {
            let lr = fit.likelihood_ratio;
            assert_near(lr.chi_square, number(&expected["lr"], "test"), 8, key);
            assert_near(lr.p, number(&expected["lr"], "pvalue"), 8, key);
            let c = model.concordance(&fit).unwrap();
            assert_near(c.share, number(&expected["concordance"], "C"), 10, key);
            proportional(&model, &fit, &expected["zph"]);
        }
    }
}
