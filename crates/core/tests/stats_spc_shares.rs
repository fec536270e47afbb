//! Charts of shares: against scipy, and at their ends.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use stats_read::{assert_same, number, reference};
use staywise_core::domain::{Day, Good};
use staywise_core::stats::difference::Share;
use staywise_core::stats::p_chart::{Limits, PChart, SharePoint, Shares, Spread, p_chart};
use staywise_core::stats::spc::{Refused, Rule, Variation, Windows};

/// The days of quarters, one after another.
fn quarter(at: usize) -> Day {
    Day(i32::try_from(at).unwrap() * 91)
}

fn made_shares(counts: &[(u64, u64)]) -> Vec<SharePoint> {
    let at = |(at, (hits, n)): (usize, &(u64, u64))| SharePoint {
        from: quarter(at),
        share: Share { hits: *hits, n: *n },
    };
    counts.iter().enumerate().map(at).collect()
}

fn of(points: &[SharePoint]) -> Shares<'_> {
    Shares {
        points,
        windows: Windows::Apart,
        good: Good::Lower,
        target: None,
    }
}

fn p(points: &[SharePoint], spread: Spread) -> PChart {
    p_chart(&of(points), spread).unwrap()
}

/// scipy.stats.binom and numpy, by make_sites.py.
#[test]
fn p_charts_with_exact_binomial_limits_and_laneys() {
    for row in reference("p_charts") {
        let counts: Vec<(u64, u64)> = serde_json::from_value(row["points"].clone()).unwrap();
        let points = made_shares(&counts);
        for (spread, key) in [(Spread::Binomial, "exact"), (Spread::Laney, "laney")] {
            let found = p(&points, spread);
            assert_same(found.centre, number(&row, "centre"), &row["name"]);
            assert_same(found.spread.unwrap(), number(&row, "spread"), &row["name"]);
            for (at, point) in found.points.iter().enumerate() {
                let b = point.bounds;
                let ends = [b.lower, b.near_lower, b.near_upper, b.upper];
                for (end, found) in ends.into_iter().enumerate() {
                    let expected = row[key][at][end].as_f64().unwrap();
                    assert_same(found, expected, &row["name"]);
                }
            }
        }
        let chosen = p(&points, Spread::AsFound).limits;
        let expected = if row["name"] == "steady" {
            Limits::Binomial
        } else {
            Limits::Laney
        };
        assert_eq!(chosen, expected, "{}", row["name"]);
    }
}

#[test]
fn p_charts_at_their_ends() {
    for hits in [0, 10] {
        let none = made_shares(&[(hits, 10); 13]);
        for spread in [Spread::AsFound, Spread::Laney] {
            let found = p(&none, spread);
            assert_eq!((found.limits, found.spread), (Limits::Binomial, None));
            assert!(found.points.iter().all(|p| p.cause.is_none()), "{found:?}");
        }
    }
    let refused =
        |counts: &[(u64, u64)]| p_chart(&of(&made_shares(counts)), Spread::AsFound).unwrap_err();
    assert_eq!(refused(&[(0, 0), (1, 2)]), Refused::NotANumber);
    assert_eq!(refused(&[(3, 2), (1, 2)]), Refused::NotANumber);
    let few = Refused::TooFewPoints {
        points: 1,
        needed: 2,
    };
    assert_eq!(refused(&[(1, 2)]), few);
    // One period far above the rest is outside its own limits.
    let mut counts = vec![(10, 50); 14];
    counts[6] = (30, 50);
    let found = p(&made_shares(&counts), Spread::Binomial);
    assert_eq!(found.points[6].cause.unwrap().rule, Rule::OutsideLimit);
    assert_eq!(found.points[6].variation, Variation::Concern);
}

#[test]
fn t34_shares_of_fewer_than_twelve_points_have_trial_limits() {
    let shares = made_shares(&[(3, 10); 12]);
    assert!(p(&shares[..11], Spread::AsFound).trial.is_some());
    assert!(p(&shares, Spread::AsFound).trial.is_none());
}

#[test]
fn shares_of_rolling_windows_are_refused() {
    let shares = made_shares(&[(3, 10), (4, 10)]);
    let rolling = Shares {
        windows: Windows::Rolling { months: 12 },
        ..of(&shares)
    };
    assert_eq!(
        p_chart(&rolling, Spread::AsFound),
        Err(Refused::RollingWindow { months: 12 })
    );
}
