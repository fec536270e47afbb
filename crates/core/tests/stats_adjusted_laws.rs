//! What must be true of any comparison of made people and sites: nothing is
//! ever no number, and what is only another way of writing the same people
//! says the same.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, prop_assume, proptest};
use staywise_core::domain::sample::{Arm, ArmCounts, Covariate, Rows, Sample, Values};
use staywise_core::stats::adjusted::bounds::{differences, staying, tipping_points};
use staywise_core::stats::adjusted::{
    Answer, Comparison, Effect, Robust, Sensitivity, Settings, compare,
};
use staywise_core::stats::difference::Share;
use staywise_core::stats::difference_in_differences::{Site, difference_in_differences};

const SETTINGS: Settings = Settings {
    level: 0.95,
    robust: Robust::Hc2,
};

/// A person: arm, outcome, band, age, site.
type Person = (bool, Option<bool>, u32, i8, u32);

fn sample(people: &[Person], clustered: bool) -> Sample {
    let arm = |compared: bool| match compared {
        true => Arm::Compared,
        false => Arm::Comparator,
    };
    Sample::new(Rows {
        arms: people.iter().map(|p| arm(p.0)).collect(),
        left: people.iter().map(|p| p.1).collect(),
        covariates: vec![
            Covariate {
                name: "band".to_owned(),
                values: Values::Categorical {
                    levels: ["5", "6", "Not stated"].map(str::to_owned).to_vec(),
                    codes: people.iter().map(|p| p.2).collect(),
                },
            },
            Covariate {
                name: "age".to_owned(),
                values: Values::Numeric(people.iter().map(|p| f64::from(p.3)).collect()),
            },
        ],
        clusters: clustered.then(|| people.iter().map(|p| p.4).collect()),
        follow_up: None,
    })
    .unwrap()
}

fn outcome() -> impl Strategy<Value = Option<bool>> {
    prop::sample::select(vec![Some(true), Some(false), Some(false), None])
}

fn person() -> impl Strategy<Value = Person> {
    let arm = prop::sample::select(vec![true, false]);
    (arm, outcome(), 0..3_u32, -20..40_i8, 0..6_u32)
}

fn sound(answer: &Answer) -> bool {
    let limits = answer.interval;
    [
        answer.estimate,
        answer.std_err,
        limits.lower,
        limits.upper,
        answer.p,
    ]
    .iter()
    .all(|v| v.is_finite())
        && limits.lower <= answer.estimate
        && answer.estimate <= limits.upper
        && (0.0..=1.0).contains(&answer.p)
}

fn effects(found: &Comparison) -> Vec<&Effect> {
    let Ok(adjusted) = &found.adjusted else {
        return Vec::new();
    };
    let mut all = vec![&adjusted.primary];
    for other in &adjusted.sensitivity {
        if let Sensitivity::Standardised(Ok(effect)) = other {
            all.push(effect);
        }
    }
    all
}

fn whole(found: &Comparison) -> bool {
    let effects = effects(found);
    let answers = effects.iter().flat_map(|e| {
        [&e.difference, &e.staying_ratio, &e.leaving_ratio]
            .into_iter()
            .flatten()
    });
    let rows = found.balance.iter().flat_map(|b| &b.rows);
    let pairs = rows.flat_map(|row| [Some(row.before), row.after]).flatten();
    answers.into_iter().all(sound)
        && effects
            .iter()
            .all(|e| (0.0..=1.0 + 1e-12).contains(&e.compared))
        && pairs.into_iter().all(|p| {
            p.compared.is_finite()
                && p.comparator.is_finite()
                && p.standardised.is_none_or(f64::is_finite)
        })
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(150))]

    #[test]
    fn no_sample_gives_what_is_no_number(
        people in prop::collection::vec(person(), 0..300),
        clustered in prop::sample::select(vec![true, false]),
    ) {
        let found = compare(&sample(&people, clustered), &SETTINGS);
        prop_assert!(whole(&found), "{found:?}");
        // No refused number: a refusal is all there is.
        if let Err(refused) = &found.adjusted {
            prop_assert!(!refused.is_empty());
        }
    }

    #[test]
    fn the_order_of_people_the_side_they_are_on_and_a_scale_change_nothing(
        people in prop::collection::vec(person(), 200..300),
    ) {
        let found = compare(&sample(&people, true), &SETTINGS);
        prop_assume!(found.adjusted.is_ok());
        let same = |one: &Comparison, two: &Comparison, sign: f64| {
            effects(one).iter().zip(effects(two)).all(|(a, b)| {
                let (a, b) = (a.difference.as_ref().unwrap(), b.difference.as_ref().unwrap());
                (a.estimate - sign * b.estimate).abs() < 1e-9
                    && (a.std_err - b.std_err).abs() < 1e-9
            })
        };
        let mut turned = people.clone();
        turned.reverse();
        prop_assert!(same(&found, &compare(&sample(&turned, true), &SETTINGS), 1.0));
        let other: Vec<Person> = people.iter().map(|p| (!p.0, p.1, p.2, p.3, p.4)).collect();
        prop_assert!(same(&found, &compare(&sample(&other, true), &SETTINGS), -1.0));
        // Age in other units from another zero.
        let mut rows = sample(&people, true).rows().clone();
        if let Values::Numeric(ages) = &mut rows.covariates[1].values {
            for age in ages {
                *age = 1e6 + 365.25 * *age;
            }
        }
        prop_assert!(same(&found, &compare(&Sample::new(rows).unwrap(), &SETTINGS), 1.0));
        // Each person a cluster of their own: the same but for G/(G-1).
        let n = people.iter().filter(|p| p.1.is_some()).count() as f64;
        let alone: Vec<Person> = (0_u32..)
            .zip(&people)
            .map(|(i, p)| (p.0, p.1, p.2, p.3, i))
            .collect();
        let single = compare(&sample(&alone, true), &SETTINGS);
        let plain = compare(&sample(&people, false), &SETTINGS);
        let error = |c: &Comparison| effects(c)[0].difference.as_ref().unwrap().std_err;
        prop_assert!((error(&single) - error(&plain) * (n / (n - 1.0)).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn bounds_hold_every_outcome_there_could_be(
        counts in prop::array::uniform6(0..40_u64),
        shares in prop::array::uniform2(0.0..=1.0_f64),
    ) {
        let arm = |at: usize| ArmCounts {
            stayed: counts[at],
            left: counts[at + 1],
            unknown: counts[at + 2],
        };
        let (one, two) = (arm(0), arm(3));
        prop_assume!(one.people() > 0 && two.people() > 0);
        let found = differences(one, two, 0.95).unwrap();
        let true_share = |c: ArmCounts, share: f64| {
            let stayed = (c.unknown as f64 * share).floor();
            (c.stayed as f64 + stayed) / c.people() as f64
        };
        let (p, q) = (true_share(one, shares[0]), true_share(two, shares[1]));
        let within = staying(one).unwrap();
        prop_assert!(within.lower <= p && p <= within.upper);
        prop_assert!(found[2].1.estimate <= p - q + 1e-12 && p - q <= found[3].1.estimate + 1e-12);
        if let Some(points) = tipping_points(one, two, 0.95) {
            for point in points {
                prop_assert!(point.as_others <= point.unknown);
                prop_assert!(point.at_most.is_none_or(|k| k < point.as_others));
                prop_assert!(point.at_least.is_none_or(|k| point.as_others < k && k <= point.unknown));
            }
        } else {
            prop_assert_eq!(one.known().min(two.known()), 0);
        }
    }

    #[test]
    fn no_panel_gives_what_is_no_number(
        rows in prop::collection::vec(
            (prop::option::of(0..7_usize), prop::collection::vec((0..6_u64, 0..6_u64), 6)),
            0..30,
        ),
    ) {
        let site = |(start, periods): &(Option<usize>, Vec<(u64, u64)>)| Site {
            start: *start,
            periods: periods
                .iter()
                .map(|(a, b)| Share { hits: *a.min(b), n: *a.max(b) })
                .collect(),
        };
        let sites: Vec<Site> = rows.iter().map(site).collect();
        match difference_in_differences(&sites, 0.95) {
            Err(refused) => prop_assert!(!refused.is_empty()),
            Ok(found) => {
                prop_assert!(found.average.iter().all(sound));
                prop_assert!(found.freedom.is_finite());
                prop_assert!(found.effects.iter().all(|e| e.estimate.abs() <= 2.0));
                prop_assert!(found.before.p.iter().all(|p| (0.0..=1.0).contains(p)));
                let leads = &found.before.leads;
                prop_assert!(leads.iter().all(|l| l.std_err.is_finite() && l.started >= 5));
                prop_assert!(found.started >= 5 && found.compared >= 5);
            }
        }
    }
}
