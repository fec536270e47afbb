//! Leavers and starters ahead: against scipy, and at their ends.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{assert_same, count, number, reference};
use staywise_core::domain::Unknown;
use staywise_core::stats::forecast::{
    Band, InPost, Leavers, StartersKnown, leavers_due, starters_due,
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
