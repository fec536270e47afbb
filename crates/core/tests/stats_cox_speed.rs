//! How long Cox's model takes on 200,000 people and 8 covariates; prints
//! seconds. The limit is held in a release build:
//! `cargo test --release -p staywise-core --test stats_cox_speed -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use staywise_core::stats::chance::Chance;
use staywise_core::stats::cox::{Column, CoxModel, Errors, Followed, Options};
use std::time::Instant;

const PEOPLE: usize = 200_000;
const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

fn whole(time: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation)]
    {
        time.clamp(0.0, 100_000.0) as i32
    }
}

/// Half the columns are shares, half yes or no; leaving goes with all.
fn made(late: f64) -> (Vec<Followed>, Vec<Vec<f64>>) {
    let mut chance = Chance::new(5, 0);
    let mut columns = vec![Vec::with_capacity(PEOPLE); NAMES.len()];
    let mut rows = Vec::with_capacity(PEOPLE);
    while rows.len() < PEOPLE {
        let mut score = 0.0;
        let mut values = [0.0; NAMES.len()];
        for (k, x) in values.iter_mut().enumerate() {
            *x = if k % 2 == 0 {
                chance.normal()
            } else {
                f64::from(u8::from(chance.happens(0.3)))
            };
            score += *x * 0.1 * (k as f64 - 3.5);
        }
        let leaves = whole(chance.waiting() * 900.0 / f64::exp(score)) + 1;
        let ends = 200 + whole(900.0 * chance.fraction());
        let to = leaves.min(ends);
        // Who had gone before their entry is in no list.
        let from = if chance.happens(late) {
            whole(300.0 * chance.fraction())
        } else {
            -1
        };
        if to <= from {
            continue;
        }
        for (column, x) in columns.iter_mut().zip(values) {
            column.push(x);
        }
        rows.push(Followed {
            from,
            cluster: (rows.len() % 500) as u64,
            ..Followed::until(to, leaves <= ends)
        });
    }
    (rows, columns)
}

#[test]
#[ignore = "long"]
fn two_hundred_thousand_people_and_8_covariates() {
    for (late, errors) in [
        (0.0, Errors::Model),
        (0.5, Errors::Model),
        (0.5, Errors::Clustered),
    ] {
        let (rows, values) = made(late);
        let columns: Vec<Column> = values
            .iter()
            .zip(NAMES)
            .map(|(values, term)| Column {
                term,
                level: None,
                values,
            })
            .collect();
        let begun = Instant::now();
        let model = CoxModel::new(&rows, &columns).unwrap();
        let options = Options {
            errors,
            ..Options::default()
        };
        let fit = model.fit(options).unwrap();
        let took = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let change = model.proportional(&fit).unwrap();
        let pairs = model.concordance(&fit).unwrap();
        let rest = begun.elapsed().as_secs_f64();
        println!(
            "late entry {late}, {errors:?}: {} events, {} steps, {took:.2} s; \
             change with time and concordance ({:.3}, {:.3}) {rest:.2} s",
            fit.events, fit.steps, change.all.p, pairs.share
        );
        for (k, found) in fit.coefficients.iter().enumerate() {
            let planted = 0.1 * (k as f64 - 3.5);
            assert!(
                (found.estimate - planted).abs() < 4.5 * found.std_err,
                "{found:?}"
            );
        }
        assert!(took < 3.0 || cfg!(debug_assertions), "{took} s");
    }
}
