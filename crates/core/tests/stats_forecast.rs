//! Leavers and starters ahead: against scipy, and at their ends.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{assert_same, count, number, reference};
use staywise_core::domain::Unknown;
use staywise_core::stats::forecast::{
    Band, InPost, Leavers, StartersKnown, leavers_due, leavers_within, starters_due,
};

fn bands(value: &Value) -> Vec<Band> {
    let all: Vec<(u32, Option<u32>, u64, f64)> = serde_json::from_value(value.clone()).unwrap();
    all.into_iter()
        .map(|(from_month, to_month, leavers, person_months)| Band {
            from_month,
            to_month,
            leavers,
            person_months,
        })
        .collect()
}

fn posts(pairs: &[(u32, u64)]) -> Vec<InPost> {
    let of = |(months, people): &(u32, u64)| InPost {
        months: *months,
        people: *people,
    };
    pairs.iter().map(of).collect()
}

/// numpy with slopes by differences, scipy.stats.nbinom and betainc.
#[test]
fn leavers_ahead_by_months_since_start() {
    for row in reference("forecast_leavers") {
        let pairs: Vec<(u32, u64)> = serde_json::from_value(row["in_post"].clone()).unwrap();
        let months = u32::try_from(count(&row, "months")).unwrap();
        let found = leavers_due(&posts(&pairs), &bands(&row["bands"]), months, 0.95).unwrap();
        let what = &row["name"];
        assert_same(found.expected, number(&row, "expected"), what);
        assert_same(found.chance, number(&row, "chance"), what);
        let rates = number(&row, "rates");
        assert!(
            (found.rates / rates - 1.0).abs() < 1e-6,
            "{what}: {found:?}"
        );
        let limits = found.interval.unwrap();
        let expected = (number(&row, "lower"), number(&row, "upper"));
        assert_eq!((limits.lower, limits.upper), expected, "{what}");
        assert_eq!(limits.method, "leavers_prediction");
    }
}

/// scipy.stats.binom, every number ahead tried one by one.
#[test]
fn starters_ahead_by_the_exact_interval() {
    for row in reference("forecast_starters") {
        let quarters = |key: &str| u32::try_from(count(&row, key)).unwrap();
        let known = StartersKnown::Past {
            starters: count(&row, "past"),
            quarters: quarters("over"),
        };
        let found = starters_due(known, quarters("ahead"), 0.95).unwrap();
        assert_same(found.expected, number(&row, "expected"), &row);
        let limits = found.interval.unwrap();
        let expected = (number(&row, "lower"), number(&row, "upper"));
        assert_eq!((limits.lower, limits.upper), expected, "{row}");
    }
}

#[test]
fn declared_starters_are_a_count() {
    let found = starters_due(StartersKnown::Declared(14), 2, 0.95).unwrap();
    assert_eq!((found.expected, found.interval), (14.0, None));
    let past = |starters, quarters| StartersKnown::Past { starters, quarters };
    assert!(starters_due(past(3, 0), 2, 0.95).is_err());
    assert!(starters_due(past(3, 4), 0, 0.95).is_err());
    assert_eq!(starters_due(past(3, 4), 2, 1.0).unwrap().interval, None);
}

fn band(leavers: u64, person_months: f64) -> Band {
    Band {
        from_month: 0,
        to_month: None,
        leavers,
        person_months,
    }
}

fn due(in_post: &[(u32, u64)], band: Band) -> Result<Leavers, Unknown> {
    leavers_due(&posts(in_post), &[band], 6, 0.95)
}

#[test]
fn nobody_left_so_far_is_not_nobody_will() {
    let found = due(&[(2, 30)], band(0, 400.0)).unwrap();
    assert_eq!((found.expected, found.leavers_before), (0.0, 0));
    let limits = found.interval.unwrap();
    // 180 person-months ahead: the last y with (180/580)^y over 0.025.
    let most = (0.025_f64.ln() / (180.0_f64 / 580.0).ln()).floor();
    assert_eq!((limits.lower, limits.upper), (0.0, most));
    let tiny = due(&[(2, 3)], band(0, 4.0)).unwrap();
    assert_eq!(tiny.interval.unwrap().upper, 3.0, "no more than there are");
}

/// 32 people on a list of two years, of whom the longest there pass months in
/// which one person was followed for 29 days.
#[test]
fn rates_known_less_well_never_narrow_what_is_foretold() {
    let two = |followed: f64| {
        [
            Band {
                to_month: Some(6),
                ..band(9, 190.0)
            },
            Band {
                from_month: 6,
                ..band(0, followed)
            },
        ]
    };
    let in_post = posts(&[(2, 10), (9, 8), (23, 14)]);
    let upper = |followed: f64| {
        let found = leavers_within(&in_post, &two(followed), 3..6, 0.95).unwrap();
        assert!((0.2..0.5).contains(&found.expected), "{found:?}");
        found.interval.unwrap().upper
    };
    let uppers = [3000.0, 300.0, 100.0, 30.0, 10.0, 1.0, 0.1].map(upper);
    assert!(uppers.is_sorted(), "{uppers:?}");
    assert!(
        uppers[0] >= 2.0,
        "a chance of 1 in 3 of one at least: {uppers:?}"
    );
    assert!(uppers[6] <= 32.0);
}

#[test]
fn leavers_ahead_are_refused_where_nothing_is_known() {
    let nobody = due(&[(2, 0)], band(3, 40.0)).unwrap_err();
    assert!(matches!(nobody, Unknown::NotApplicable(_)));
    let known = Band {
        to_month: Some(24),
        ..band(3, 40.0)
    };
    match leavers_due(&posts(&[(20, 12)]), &[known], 6, 0.95).unwrap_err() {
        Unknown::NotAvailable(why) => {
            assert!(
                why.contains("month 24") && why.contains("12 in post"),
                "{why}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(due(&[(2, 3)], band(0, 0.0)).is_err(), "nobody followed");
    assert!(due(&[(2, 3)], band(1, f64::NAN)).is_err());
    let empty = Band {
        to_month: Some(0),
        ..band(1, 9.0)
    };
    assert!(due(&[(2, 3)], empty).is_err());
    for (months, level) in [(0, 0.95), (121, 0.95), (6, 1.0)] {
        assert!(leavers_due(&posts(&[(2, 3)]), &[band(1, 9.0)], months, level).is_err());
    }
}

#[test]
fn leavers_ahead_stay_numbers_at_any_rate() {
    for (leavers, months) in [(1, 1e-300), (u64::MAX, 1.0), (1, 1e300), (5, 0.01)] {
        if let Ok(found) = due(&[(u32::MAX, 40)], band(leavers, months)) {
            assert!(found.expected.is_finite() && found.std_dev().is_finite());
            assert!(
                found
                    .interval
                    .is_none_or(|i| i.lower <= i.upper && i.upper <= 40.0)
            );
        }
    }
}

/// Those who leave in months 3 to 6 are those of 0 to 6 less those of 0 to 3.
#[test]
fn leavers_within_later_months_are_what_the_earlier_leave_of_the_whole() {
    let two = [
        Band {
            to_month: Some(4),
            ..band(30, 400.0)
        },
        Band {
            from_month: 4,
            ..band(20, 900.0)
        },
    ];
    let in_post = posts(&[(0, 40), (2, 25), (9, 60)]);
    let within = |months| leavers_within(&in_post, &two, months, 0.95).unwrap();
    let (all, early, late) = (within(0..6), within(0..3), within(3..6));
    assert!((all.expected - early.expected - late.expected).abs() < 1e-10);
    assert_eq!(all, leavers_due(&in_post, &two, 6, 0.95).unwrap());
    // By hand, 40 people from month 0: 0.075 a month to month 4, 1/45 after.
    let alone = leavers_within(&posts(&[(0, 40)]), &two, 3..6, 0.95).unwrap();
    let (until, stay) = ((-0.225_f64).exp(), (-0.3 - 2.0 / 45.0_f64).exp());
    let leave = until - stay;
    assert!((alone.expected - 40.0 * leave).abs() < 1e-10);
    assert!((alone.chance - 40.0 * leave * (1.0 - leave)).abs() < 1e-10);
    let first = 40.0 * (4.0 * stay - 3.0 * until) / 400.0;
    let second = 40.0 * 2.0 * stay / 900.0;
    let rates = first * first * 30.5 + second * second * 20.5;
    assert!((alone.rates - rates).abs() < 1e-10);
    assert_eq!(alone.months, 3);
    assert!(leavers_within(&in_post, &two, 3..3, 0.95).is_err());
}
