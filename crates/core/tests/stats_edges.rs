//! Each kind of tally into figures, and the ends of the estimators: nobody,
//! one, all, none. Expected values are worked by hand.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_made;

use stats_made::metric;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::tally::SCORE_ONE;
use staywise_core::domain::{
    Estimate, Figures, Kind, LifeTable, Metric, Statistic, Tally, Unit, Unknown,
};
use staywise_core::stats::difference::{Share, newcombe_p};
use staywise_core::stats::proportion::{clopper_pearson, wilson};
use staywise_core::stats::rate::{per_100_person_years, poisson, rate};
use staywise_core::stats::{LEVEL, adjusted_p, difference, estimates, funnel_limits};

fn only(metric: &Metric, tally: &Tally) -> Figures {
    let all = estimates(metric, tally);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].statistic, all[0].answer), (Statistic::Value, None));
    all[0].outcome.clone().unwrap()
}

fn why(estimate: &Estimate) -> &str {
    match &estimate.outcome {
        Err(Unknown::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn close(actual: f64, expected: f64) -> bool {
    (actual - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

#[test]
fn levels_and_counts_that_cannot_be_give_nothing() {
    for level in [0.0, 1.0, -0.5, 2.0, f64::NAN, f64::INFINITY] {
        assert_eq!(wilson(1, 2, level), None);
        assert_eq!(clopper_pearson(1, 2, level), None);
        assert_eq!(poisson(1, level), None);
    }
    assert_eq!(wilson(0, 0, 0.95), None);
    assert_eq!(wilson(3, 2, 0.95), None);
    assert_eq!(clopper_pearson(0, 0, 0.95), None);
    for exposure in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(rate(1, exposure, 0.95), None);
    }
}

#[test]
fn counts_of_billions_end() {
    assert!(wilson(u64::MAX / 2, u64::MAX, 0.95).is_some());
    assert!(poisson(u64::MAX, 0.95).is_some());
    // The exact limits of these do not converge, and say so.
    assert_eq!(clopper_pearson(u64::MAX / 2, u64::MAX, 0.95), None);
    let all = clopper_pearson(u64::MAX, u64::MAX, 0.95).unwrap();
    assert!(all.upper == 1.0 && all.lower > 0.999);
}

#[test]
fn a_proportion_is_over_its_base_and_keeps_its_horizon() {
    let mut made = metric(Kind::Proportion);
    made.horizon_months = Some(12);
    let all = estimates(&made, &Tally::Proportion { n: 31, hits: 23 });
    assert_eq!(all[0].horizon_months, Some(12));
    let figures = all[0].outcome.clone().unwrap();
    assert_eq!((figures.n, figures.unit), (31, Unit::Fraction));
    assert_eq!(
        (figures.numerator, figures.denominator),
        (Some(23.0), Some(31.0))
    );
    assert!(close(figures.estimate, 23.0 / 31.0));
    assert_eq!(figures.interval, wilson(23, 31, LEVEL));
    let broken = estimates(&made, &Tally::Proportion { n: 3, hits: 4 });
    assert!(why(&broken[0]).contains("do not agree"));
}

#[test]
fn nobody_is_said_in_the_words_of_the_grain() {
    let mut made = metric(Kind::Proportion);
    for (grain, words) in [
        (Grain::Person, "nobody to count"),
        (Grain::Spell, "no time in post to count"),
        (Grain::Preceptorship, "no preceptorships"),
        (Grain::Response, "no valid responses"),
        (Grain::Answer, "no valid answers"),
        (
            Grain::Invitation,
            "no invitations of which it is known whether they were answered",
        ),
        (Grain::Followed, "nobody followed"),
    ] {
        made.grain = grain;
        let empty = Tally::Proportion { n: 0, hits: 0 };
        assert_eq!(why(&estimates(&made, &empty)[0]), words);
        let some = Tally::Proportion { n: 5, hits: 5 };
        for (a, b) in [(&empty, &some), (&some, &empty)] {
            assert_eq!(why(&difference(&made, a, b).unwrap()), words);
        }
        let mean = Tally::Mean {
            n: 0,
            sum: 0,
            squares: 0,
        };
        assert_eq!(why(&estimates(&made, &mean)[0]), words);
        let curve = estimates(&made, &Tally::Survival(LifeTable::default()));
        assert_eq!((curve.len(), why(&curve[0])), (1, words));
    }
}

#[test]
fn a_distribution_has_a_figure_an_answer() {
    let made = metric(Kind::Distribution);
    let all = estimates(
        &made,
        &Tally::Distribution {
            counts: vec![0, 3, 7],
        },
    );
    let answers: Vec<_> = all.iter().map(|e| e.answer).collect();
    assert_eq!(answers, [Some(0), Some(1), Some(2)]);
    let shares: Vec<_> = all
        .iter()
        .map(|e| e.outcome.as_ref().unwrap().estimate)
        .collect();
    assert_eq!(shares, [0.0, 0.3, 0.7]);
    assert_eq!(
        all[1].outcome.as_ref().unwrap().interval,
        wilson(3, 10, LEVEL)
    );
    let empty = estimates(&made, &Tally::Distribution { counts: vec![0, 0] });
    assert_eq!(
        empty.iter().map(why).collect::<Vec<_>>(),
        ["no valid responses"; 2]
    );
}

#[test]
fn counts_stand_as_they_are() {
    let event = only(&metric(Kind::Event), &Tally::Event { n: 0 });
    assert_eq!((event.n, event.estimate, event.interval), (0, 0.0, None));
    let stock = only(
        &metric(Kind::Stock),
        &Tally::Stock {
            opening: 90,
            closing: 120,
        },
    );
    assert_eq!(
        (stock.n, stock.estimate, stock.interval, stock.unit),
        (120, 120.0, None, Unit::People)
    );
    let sum = only(
        &metric(Kind::Sum),
        &Tally::Sum {
            n: 4,
            total: -1_250,
        },
    );
    assert_eq!(
        (sum.n, sum.estimate, sum.interval, sum.unit),
        (4, -1250.0, None, Unit::Pence)
    );
}

#[test]
fn one_score_has_no_interval_and_equal_scores_a_point() {
    let one = only(
        &metric(Kind::Mean),
        &Tally::Mean {
            n: 1,
            sum: 4 * SCORE_ONE,
            squares: 16 * SCORE_ONE,
        },
    );
    assert_eq!((one.estimate, one.interval), (4.0, None));
    let same = Tally::Paired {
        n: 3,
        sum: -6 * SCORE_ONE,
        squares: 12 * SCORE_ONE,
    };
    let same = only(&metric(Kind::Paired), &same);
    let limits = same.interval.unwrap();
    assert_eq!(
        (same.estimate, limits.lower, limits.upper),
        (-2.0, -2.0, -2.0)
    );
    assert_eq!((limits.method, same.unit), ("t", Unit::Score));
}

#[test]
fn a_ratio_may_pass_one_and_divides_by_the_mean_of_its_parts() {
    let made = metric(Kind::Ratio);
    // 30 leavers over the mean of 11 and 14 in post.
    let tally = Tally::Ratio {
        numerator: 30,
        denominator: 25,
        parts: 2,
        smallest: 11,
    };
    let found = only(&made, &tally);
    assert_eq!(
        (found.n, found.numerator, found.denominator),
        (12, Some(30.0), Some(12.5))
    );
    assert_eq!((found.estimate, found.unit), (2.4, Unit::Rate));
    let (limits, counted) = (found.interval.unwrap(), poisson(30, LEVEL).unwrap());
    assert!(close(limits.lower, counted.lower / 12.5) && close(limits.upper, counted.upper / 12.5));
    assert_eq!(limits.method, "poisson_exact");
    for (denominator, parts) in [(0, 2), (5, 0)] {
        let tally = Tally::Ratio {
            numerator: 3,
            denominator,
            parts,
            smallest: 3,
        };
        assert!(why(&estimates(&made, &tally)[0]).contains("denominator is 0"));
    }
}

#[test]
fn exposure_is_per_100_person_years() {
    let made = metric(Kind::Exposure);
    // 7 leavers in exactly 200 years.
    let found = only(
        &made,
        &Tally::Exposure {
            events: 7,
            person_days: 73_050,
        },
    );
    assert!(close(found.estimate, 3.5) && close(found.denominator.unwrap(), 200.0));
    assert_eq!(
        (found.numerator, found.unit),
        (Some(7.0), Unit::Per100PersonYears)
    );
    let none = per_100_person_years(0, 73_050, LEVEL).unwrap();
    let limits = none.interval.unwrap();
    assert_eq!((none.estimate, limits.lower), (0.0, 0.0));
    // -ln(0.025) / 2: what no events leave possible.
    assert!(
        close(limits.upper, 3.688_879_454_113_936 / 2.0),
        "{limits:?}"
    );
    let nobody = estimates(
        &made,
        &Tally::Exposure {
            events: 0,
            person_days: 0,
        },
    );
    assert_eq!(why(&nobody[0]), "nobody was followed for a day");
}

#[test]
fn only_proportions_have_a_difference() {
    let made = metric(Kind::Proportion);
    let (a, b) = (
        Tally::Proportion { n: 70, hits: 56 },
        Tally::Proportion { n: 80, hits: 48 },
    );
    let found = difference(&made, &a, &b).unwrap();
    assert_eq!(found.statistic, Statistic::Difference);
    let figures = found.outcome.unwrap();
    assert!(close(figures.estimate, 0.2));
    assert_eq!(
        (figures.n, figures.interval.unwrap().method),
        (70, "newcombe")
    );
    assert_eq!(difference(&made, &a, &Tally::Event { n: 3 }), None);
    assert_eq!(
        difference(&made, &Tally::Event { n: 3 }, &Tally::Event { n: 4 }),
        None
    );
}

#[test]
fn the_test_of_a_difference_at_its_ends() {
    let p = |a: (u64, u64), b: (u64, u64)| {
        let share = |(hits, n)| Share { hits, n };
        newcombe_p(share(a), share(b))
    };
    for none in [(0, 0), (1, 0), (3, 2)] {
        assert_eq!(p(none, (1, 2)), None);
        assert_eq!(p((1, 2), none), None);
    }
    // The same share, whatever the bases: both none, both all, 1 in 3.
    for (a, b) in [
        ((0, 1), (0, 1)),
        ((0, 10), (0, 400)),
        ((10, 10), (7, 7)),
        ((1, 3), (100, 300)),
        ((u64::MAX, u64::MAX), (1, 1)),
    ] {
        assert_eq!(p(a, b), Some(1.0));
    }
    // One of one against none of one: 2 (z^2 / (1 + z^2))^2 = 1.
    let z_squared = 1.0 / (2.0_f64.sqrt() - 1.0);
    let limits = wilson(1, 1, 1.0 - p((1, 1), (0, 1)).unwrap()).unwrap();
    let expected = 1.0 / (1.0 + z_squared);
    assert!((limits.lower - expected).abs() < 1e-10, "{limits:?}");
    // Far apart: too small for a number, and nothing overflows.
    assert_eq!(p((0, 1_000_000), (1_000_000, 1_000_000)), Some(0.0));
    assert_eq!(p((u64::MAX, u64::MAX), (0, u64::MAX)), Some(0.0));
}

#[test]
fn only_proportions_are_tested_and_only_those_make_the_family() {
    let (a, b) = (
        Tally::Proportion { n: 70, hits: 56 },
        Tally::Proportion { n: 80, hits: 48 },
    );
    let empty = Tally::Proportion { n: 0, hits: 0 };
    let event = Tally::Event { n: 70 };
    let alone = adjusted_p(&[(&a, &b)]);
    let share = |hits, n| Share { hits, n };
    assert_eq!(alone, [newcombe_p(share(56, 70), share(48, 80))]);
    let family = [(&event, &event), (&a, &b), (&a, &event), (&empty, &b)];
    assert_eq!(adjusted_p(&family), [None, alone[0], None, None]);
    let twice = alone[0].map(|p| 2.0 * p);
    assert_eq!(adjusted_p(&[(&a, &b), (&a, &b)]), [twice, twice]);
    assert_eq!(adjusted_p(&[]), []);
}

#[test]
fn a_funnel_has_limits_only_where_there_can_be() {
    for share in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert_eq!(funnel_limits(share, &[10]), []);
    }
    assert_eq!(funnel_limits(0.5, &[0]), []);
    assert_eq!(funnel_limits(0.5, &[u64::MAX]), []);
    assert_eq!(funnel_limits(0.0, &[7]), [(7, (0.0, 0.0), (0.0, 0.0))]);
    assert_eq!(funnel_limits(1.0, &[7]), [(7, (1.0, 1.0), (1.0, 1.0))]);
    // The order is that of the bases given, repeats and all.
    let bases: Vec<u64> = funnel_limits(0.7, &[30, 10, 0, 30])
        .iter()
        .map(|(base, ..)| *base)
        .collect();
    assert_eq!(bases, [30, 10, 30]);
}

/// At 0% and 100% an interval is one-sided and finite, whatever the base, and
/// one group picked out has the interval that it has among others.
#[test]
fn peers_13_intervals_at_the_ends_are_one_sided_and_finite() {
    for n in [1, 2, 12, 100, 100_000] {
        let none = wilson(0, n, LEVEL).unwrap();
        let all = wilson(n, n, LEVEL).unwrap();
        assert!(
            none.lower == 0.0 && none.upper > 0.0 && none.upper < 1.0,
            "{n}"
        );
        assert!(
            all.upper == 1.0 && all.lower < 1.0 && all.lower > 0.0,
            "{n}"
        );
        assert!((none.upper - (1.0 - all.lower)).abs() < 1e-15);
    }
    let made = metric(Kind::Proportion);
    let alone = estimates(&made, &Tally::Proportion { n: 40, hits: 9 });
    let mut whole = Tally::Proportion { n: 60, hits: 60 };
    whole.add(&Tally::Proportion { n: 40, hits: 9 }).unwrap();
    assert_eq!(
        alone,
        estimates(&made, &Tally::Proportion { n: 40, hits: 9 })
    );
    assert_ne!(alone, estimates(&made, &whole));
}
