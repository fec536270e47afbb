//! Funnels, observed against expected, and pooling: against values computed by
//! scipy, and at their ends.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{assert_same, count, number, reference};
use staywise_core::domain::Unknown;
use staywise_core::stats::difference::Share;
use staywise_core::stats::funnel::{Stratum, expected, funnel, observed_expected, overdispersion};
use staywise_core::stats::funnel_limits;
use staywise_core::stats::pooling::{Verdict, pool};

fn sites(row: &Value) -> Vec<Share> {
    let pairs: Vec<(u64, u64)> = serde_json::from_value(row["sites"].clone()).unwrap();
    shares(&pairs)
}

fn shares(pairs: &[(u64, u64)]) -> Vec<Share> {
    let of = |(hits, n): &(u64, u64)| Share { hits: *hits, n: *n };
    pairs.iter().map(of).collect()
}

/// numpy and scipy, by make_sites.py.
#[test]
fn overdispersion_of_sites_and_the_limits_it_gives() {
    let mut spread = 0;
    for row in reference("sites_overdispersion") {
        let found = overdispersion(&sites(&row)).unwrap();
        let what = &row["name"];
        assert_same(found.centre, number(&row, "centre"), what);
        assert_eq!(found.sites as u64, count(&row, "used"));
        assert_same(found.winsorised, number(&row, "winsorised"), what);
        assert_same(found.phi, number(&row, "phi"), what);
        assert_same(found.tau_squared, number(&row, "tau_squared"), what);
        for limits in row["limits"].as_array().unwrap() {
            spread += 1;
            let (_, inner, outer) = found.limits(limits[0].as_u64().unwrap()).unwrap();
            for (found, at) in [(inner, 1), (outer, 2)] {
                let end = |i: usize| limits[at][i].as_f64().unwrap();
                // Where the angle is cut at 0 the limit is exactly 0.
                assert!((found.0 - end(0)).abs() <= 1e-12, "{what}");
                assert_same(found.1, end(1), what);
            }
        }
    }
    assert!(spread >= 3, "a set with a spread between sites");
}

#[test]
fn sites_that_vary_by_chance_alone_keep_the_exact_limits() {
    let like = shares(&[(10, 40); 12]);
    let found = overdispersion(&like).unwrap();
    assert_eq!((found.winsorised, found.tau_squared), (0.0, 0.0));
    let made = funnel(&like).unwrap();
    assert_eq!(made.limits, funnel_limits(0.25, &[40; 12]));
    assert!(made.words().contains("chance alone"));
}

#[test]
fn under_ten_sites_the_funnel_allows_for_chance_alone_and_says_so() {
    let unlike = shares(&[(1, 40), (39, 40), (5, 40), (30, 40), (20, 40)]);
    let made = funnel(&unlike).unwrap();
    assert!(matches!(made.overdispersion, Err(Unknown::TooFew(_))));
    let words = made.words();
    assert!(
        words.contains("5 sites") && words.contains("takes 10"),
        "{words}"
    );
    assert_eq!(made.limits, funnel_limits(made.centre, &[40; 5]));
    // Sites without anyone do not make up the number.
    let mut with_empty = unlike;
    with_empty.extend(shares(&[(0, 0); 6]));
    assert!(overdispersion(&with_empty).is_err());
    assert_eq!(funnel(&with_empty).unwrap().limits.len(), 5);
}

#[test]
fn funnels_at_their_ends() {
    let refused = |pairs: &[(u64, u64)]| funnel(&shares(pairs)).unwrap_err();
    for pairs in [&[][..], &[(0, 0)], &[(3, 2)]] {
        assert!(matches!(refused(pairs), Unknown::NotApplicable(_)));
    }
    for hits in [0, 9] {
        let all = funnel(&shares(&[(hits, 9); 11])).unwrap();
        assert!(matches!(all.overdispersion, Err(Unknown::NotApplicable(_))));
        let share = if hits == 0 { 0.0 } else { 1.0 };
        assert_eq!(all.limits[0], (9, (share, share), (share, share)));
    }
    let mixed = funnel(&shares(&[(0, 9), (9, 9)].repeat(8))).unwrap();
    let (_, _, outer) = mixed.limits[0];
    assert_eq!(outer, (0.0, 1.0), "cut at 0 and 1");
}

/// Worked by hand: 20 people at 10%, 30 at 20%: 8 expected. Exact Poisson
/// limits of 12 are 6.2006 and 20.9616 (scipy.stats.gamma).
#[test]
fn observed_against_expected_by_indirect_standardisation() {
    let stratum = |people, hits, n| Stratum {
        people,
        standard: Share { hits, n },
    };
    let strata = [stratum(20, 12, 120), stratum(30, 40, 200), stratum(0, 0, 0)];
    let due = expected(&strata).unwrap();
    assert_same(due, 8.0, &"expected");
    let found = observed_expected(12, due, 0.95).unwrap();
    assert_same(found.ratio, 1.5, &"ratio");
    assert_same(found.difference, 4.0, &"difference");
    let ratio = found.ratio_interval.unwrap();
    assert!((ratio.lower - 6.200_575 / 8.0).abs() < 1e-6, "{ratio:?}");
    assert!((ratio.upper - 20.961_585 / 8.0).abs() < 1e-6, "{ratio:?}");
    let difference = found.difference_interval.unwrap();
    assert!((difference.lower + 1.799_425).abs() < 1e-6);
    assert_eq!(ratio.method, "poisson_exact");
    let none = observed_expected(0, 3.0, 0.95).unwrap();
    assert_eq!((none.ratio, none.ratio_interval.unwrap().lower), (0.0, 0.0));
    assert!(matches!(
        expected(&[stratum(2, 0, 0)]),
        Err(Unknown::NotAvailable(_))
    ));
    assert!(matches!(expected(&[]), Err(Unknown::NotApplicable(_))));
    assert!(matches!(
        expected(&[stratum(2, 3, 2)]),
        Err(Unknown::NotApplicable(_))
    ));
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-320] {
        assert!(observed_expected(1, wrong, 0.95).is_err(), "{wrong}");
    }
}

/// The mean and the spread by scipy.optimize on log-gammas; estimates, limits
/// and chances by the full posterior on a fine grid, which these approximate.
#[test]
fn pooled_sites_as_scipy_finds_them() {
    for row in reference("sites_pooled") {
        let what = row["name"].as_str().unwrap();
        let found = pool(&sites(&row), 0.95).unwrap();
        let near = |a: f64, b: f64, within: f64| (a - b).abs() <= within;
        assert!(
            near(found.mean, number(&row, "mean"), 1e-6),
            "{what}: {found:?}"
        );
        let between = number(&row, "between");
        assert!(
            near(found.between_sites, between, 1e-6),
            "{what}: {found:?} {between}"
        );
        let mut worst = (0.0_f64, 0.0_f64, 0.0_f64);
        for (site, expected) in found.sites.iter().zip(row["pooled"].as_array().unwrap()) {
            let limits = site.interval.unwrap();
            let gap = |found: f64, key: &str| (found - number(expected, key)).abs();
            worst.0 = worst.0.max(gap(site.estimate, "estimate"));
            worst.1 = worst.1.max(gap(limits.lower, "lower"));
            worst.1 = worst.1.max(gap(limits.upper, "upper"));
            worst.2 = worst.2.max(gap(site.chance_higher, "higher"));
        }
        println!("{what}: estimate, limits, chance off by at most {worst:.4?}");
        assert!(
            worst.0 <= 1e-4 && worst.1 <= 0.004 && worst.2 <= 0.01,
            "{what}: {worst:?}"
        );
    }
}

#[test]
fn sites_come_back_in_the_order_given_with_what_can_be_said() {
    let mut pairs = vec![(50, 200); 14];
    pairs[3] = (120, 200);
    pairs[9] = (5, 200);
    pairs[11] = (1, 4);
    let found = pool(&shares(&pairs), 0.95).unwrap();
    let counted: Vec<Share> = found.sites.iter().map(|s| s.counted).collect();
    assert_eq!(counted, shares(&pairs));
    assert_eq!(found.sites[3].verdict, Verdict::UnlikeTheRestHigher);
    assert_eq!(found.sites[9].verdict, Verdict::UnlikeTheRestLower);
    assert_eq!(found.sites[11].verdict, Verdict::TooFewToSay);
    assert_eq!(found.sites[0].verdict, Verdict::LikeTheRest);
    // Drawn in, the smaller site further.
    assert!(found.sites[3].estimate < 0.6 && found.sites[3].estimate > 0.5);
    assert!((found.sites[11].estimate - 0.25).abs() < 0.02);
    for site in &found.sites {
        let limits = site.interval.unwrap();
        assert!(limits.lower <= site.estimate && site.estimate <= limits.upper);
        assert_eq!(limits.method, "beta_binomial");
    }
}

/// A site with few people and a share far from the rest is not called unlike.
#[test]
fn a_small_site_with_nobody_left_is_too_few_to_say() {
    let mut pairs = vec![(9, 60), (12, 60), (10, 60), (8, 60), (11, 60), (10, 60)];
    pairs.extend([(0, 12), (5, 9), (0, 0)]);
    let found = pool(&shares(&pairs), 0.95).unwrap();
    assert_eq!(found.sites[6].verdict.words(), "too few to say");
    assert_eq!(found.sites[1].verdict.words(), "like the rest");
    assert_eq!(found.sites[7].verdict, Verdict::TooFewToSay);
    let empty = found.sites[8];
    assert_eq!(empty.verdict, Verdict::TooFewToSay);
    assert!(
        (empty.estimate - found.mean).abs() < 0.01,
        "the mean of sites"
    );
}

#[test]
fn pooling_is_refused_where_it_says_nothing() {
    let refused = |pairs: &[(u64, u64)]| pool(&shares(pairs), 0.95).unwrap_err();
    assert!(matches!(refused(&[]), Unknown::TooFew(_)));
    assert!(matches!(
        refused(&[(1, 2), (1, 3), (1, 4), (2, 9), (0, 0)]),
        Unknown::TooFew(_)
    ));
    for pairs in [
        [(0, 20); 6],
        [(20, 20); 6],
        [(21, 20); 6],
        [(1, 2_000_000); 6],
    ] {
        assert!(
            matches!(refused(&pairs), Unknown::NotApplicable(_)),
            "{pairs:?}"
        );
    }
    for level in [0.0, 1.0, f64::NAN] {
        assert!(pool(&shares(&[(1, 20); 6]), level).is_err());
    }
    // All or none, a site each: as unlike as can be, and still numbers.
    let apart = pool(&shares(&[(0, 20), (20, 20)].repeat(5)), 0.95).unwrap();
    assert!(
        apart
            .sites
            .iter()
            .all(|s| s.estimate.is_finite() && s.interval.is_some())
    );
    let same = pool(&shares(&[(5, 20); 8]), 0.95).unwrap();
    assert_eq!(same.between_sites, 0.0);
    assert_same(same.mean, 0.25, &"mean");
}
