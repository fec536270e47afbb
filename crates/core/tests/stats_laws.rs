//! What must hold for any counts: an interval holds its point and stays in
//! range, nothing is NaN or infinite, merging life tables adds them.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_made;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{prop_assert, prop_assert_eq, proptest};
use stats_made::metric;
use staywise_core::domain::estimate::METHODS;
use staywise_core::domain::tally::{Ending, SCORE_ONE};
use staywise_core::domain::{Interval, Kind, LifeTable, Tally};
use staywise_core::stats::difference::{Share, newcombe, newcombe_p};
use staywise_core::stats::logrank::log_rank;
use staywise_core::stats::mean::{Sums, mean};
use staywise_core::stats::multiplicity::holm;
use staywise_core::stats::proportion::{clopper_pearson, wilson};
use staywise_core::stats::rate::rate;
use staywise_core::stats::survival::{KaplanMeier, at_risk};
use staywise_core::stats::{adjusted_p, difference, estimates, funnel_limits};

fn holds(interval: &Interval, point: f64) -> bool {
    interval.lower <= point && point <= interval.upper
}

fn within(interval: &Interval, ends: (f64, f64)) -> bool {
    ends.0 <= interval.lower && interval.lower <= interval.upper && interval.upper <= ends.1
}

/// Units, small and large, and how many of them hit.
fn share() -> impl Strategy<Value = Share> {
    let size = prop_oneof![1..40_u64, 1..5_000_u64, 1..2_000_000_u64];
    size.prop_flat_map(|n| (0..=n).prop_map(move |hits| Share { hits, n }))
}

fn level() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.95), 0.01..0.999_f64]
}

fn ending() -> impl Strategy<Value = Ending> {
    prop_oneof![Just(Ending::Event), Just(Ending::StillFollowed)]
}

/// Some follow-ups: half of them late.
fn units() -> impl Strategy<Value = Vec<(u32, u32, Ending)>> {
    let entry = prop_oneof![Just(0_u32), 0..300_u32];
    vec((entry, 0..400_u32, ending()), 0..40)
}

fn table(units: &[(u32, u32, Ending)]) -> LifeTable {
    let mut table = LifeTable::default();
    for (entry, stay, ending) in units {
        table.follow(*entry, entry + stay, *ending);
    }
    table
}

/// Any tally, impossible ones too.
fn tally() -> impl Strategy<Value = Tally> {
    let sums = || (any::<u64>(), any::<i128>(), any::<i128>());
    prop_oneof![
        (any::<u64>(), any::<u64>()).prop_map(|(n, hits)| Tally::Proportion { n, hits }),
        share().prop_map(|s| Tally::Proportion {
            n: s.n,
            hits: s.hits
        }),
        sums().prop_map(|(n, sum, squares)| Tally::Mean { n, sum, squares }),
        sums().prop_map(|(n, sum, squares)| Tally::Paired { n, sum, squares }),
        vec(any::<u64>(), 0..6).prop_map(|counts| Tally::Distribution { counts }),
        any::<u64>().prop_map(|n| Tally::Event { n }),
        (any::<u64>(), any::<u64>())
            .prop_map(|(opening, closing)| Tally::Stock { opening, closing }),
        (any::<u64>(), any::<u64>()).prop_map(|(events, person_days)| Tally::Exposure {
            events,
            person_days
        }),
        (0..3_u64, 0..3_u64).prop_map(|(events, person_days)| Tally::Exposure {
            events,
            person_days
        }),
        units().prop_map(|u| Tally::Survival(table(&u))),
        (any::<u64>(), any::<i128>()).prop_map(|(n, total)| Tally::Sum { n, total }),
        (any::<u64>(), any::<u64>(), any::<u64>()).prop_map(|(numerator, denominator, parts)| {
            Tally::Ratio {
                numerator,
                denominator,
                parts,
                smallest: 0,
            }
        }),
        (0..9_u64, 0..9_u64, 0..3_u64).prop_map(|(numerator, denominator, parts)| {
            Tally::Ratio {
                numerator,
                denominator,
                parts,
                smallest: 0,
            }
        }),
    ]
}

fn kinds() -> impl Strategy<Value = Kind> {
    (0..Kind::ALL.len()).prop_map(|i| Kind::ALL[i])
}

proptest! {
    #[test]
    fn p_is_small_just_where_the_interval_leaves_out_nothing(a in share(), b in share(), level in level()) {
        let p = newcombe_p(a, b).unwrap();
        let limits = newcombe(a, b, level).unwrap().interval;
        let leaves_out = limits.lower > 0.0 || limits.upper < 0.0;
        // On the limit itself rounding decides.
        if (p - (1.0 - level)).abs() > 1e-9 {
            prop_assert_eq!(p < 1.0 - level, leaves_out, "{} {:?}", p, limits);
        }
        prop_assert_eq!(Some(p), newcombe_p(b, a));
    }

    #[test]
    fn holm_only_raises_and_keeps_the_order(family in vec(0.0..=1.0_f64, 0..30)) {
        let adjusted = holm(&family);
        prop_assert_eq!(adjusted.len(), family.len());
        for (i, (p, q)) in family.iter().zip(&adjusted).enumerate() {
            prop_assert!(p <= q && *q <= 1.0);
            for (other, above) in family.iter().zip(&adjusted).skip(i) {
                prop_assert!(p > other || q <= above);
            }
        }
        // Bonferroni is never smaller.
        if let Some((least, at)) = family.iter().zip(&adjusted).min_by(|a, b| a.0.total_cmp(b.0)) {
            prop_assert_eq!(*at, (least * family.len() as f64).min(1.0));
        }
    }

    #[test]
    fn funnel_limits_hold_the_share_and_one_another(share in 0.0..=1.0_f64, base in 1..3_000_u64) {
        for (_, inner, outer) in funnel_limits(share, &[base]) {
            prop_assert!(0.0 <= outer.0 && outer.0 <= inner.0 && inner.1 <= outer.1 && outer.1 <= 1.0);
            // Interpolation shifts what is whole numbers of hits by at most one.
            let one = 1.0 / base as f64;
            prop_assert!(inner.0 <= share && share <= inner.1 + one, "{share} {base} {inner:?}");
        }
    }

    #[test]
    fn a_proportion_lies_in_its_intervals(share in share(), level in level()) {
        let p = share.hits as f64 / share.n as f64;
        for interval in [wilson(share.hits, share.n, level), clopper_pearson(share.hits, share.n, level)] {
            let interval = interval.unwrap();
            prop_assert!(holds(&interval, p) && within(&interval, (0.0, 1.0)), "{interval:?} {p}");
        }
    }

    #[test]
    fn the_other_side_is_the_mirror(share in share(), level in level()) {
        let other = share.n - share.hits;
        for method in [wilson, clopper_pearson] {
            let (one, two) = (method(share.hits, share.n, level).unwrap(), method(other, share.n, level).unwrap());
            prop_assert!((one.lower + two.upper - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_difference_lies_in_its_interval(first in share(), second in share(), level in level()) {
        let found = newcombe(first, second, level).unwrap();
        prop_assert!(holds(&found.interval, found.estimate) && within(&found.interval, (-1.0, 1.0)));
        let turned = newcombe(second, first, level).unwrap();
        prop_assert!((found.interval.lower + turned.interval.upper).abs() < 1e-12);
    }

    #[test]
    fn a_mean_of_scores_lies_in_its_interval(scores in vec(-5_000..5_000_i128, 1..60), level in level()) {
        let sums = Sums {
            n: scores.len() as u64,
            sum: scores.iter().map(|s| s * (SCORE_ONE / 1_000)).sum(),
            squares: scores.iter().map(|s| s * s * (SCORE_ONE / 1_000_000)).sum(),
        };
        let found = mean(sums, level).unwrap();
        prop_assert_eq!(found.interval.is_none(), scores.len() == 1);
        if let Some(interval) = found.interval {
            prop_assert!(holds(&interval, found.estimate));
            let same = scores.iter().all(|s| *s == scores[0]);
            prop_assert_eq!(interval.lower == interval.upper, same);
        }
    }

    #[test]
    fn a_rate_lies_in_its_interval(events in 0..2_000_000_u64, exposure in 0.01..1e9_f64, level in level()) {
        let found = rate(events, exposure, level).unwrap();
        let interval = found.interval.unwrap();
        prop_assert!(holds(&interval, found.estimate) && within(&interval, (0.0, f64::MAX)));
        prop_assert_eq!(events == 0, interval.lower == 0.0);
    }

    #[test]
    fn a_curve_falls_and_lies_in_its_limits(units in units(), level in level()) {
        let table = table(&units);
        let curve = KaplanMeier::fit(&table, level);
        let mut before = 1.0;
        for step in curve.steps() {
            prop_assert!((0.0..=before).contains(&step.survival));
            before = step.survival;
            prop_assert_eq!(step.at_risk, at_risk(&table, step.day));
            prop_assert_eq!(step.interval.is_none(), step.survival == 0.0);
            if let Some(interval) = step.interval {
                prop_assert!(holds(&interval, step.survival) && within(&interval, (0.0, 1.0)), "{step:?}");
            }
        }
    }

    #[test]
    fn merging_life_tables_adds_them(one in units(), two in units()) {
        let both = table(&[one.clone(), two.clone()].concat());
        let mut merged = Tally::Survival(table(&one));
        merged.add(&Tally::Survival(table(&two))).unwrap();
        prop_assert_eq!(&merged, &Tally::Survival(both.clone()));
        let (one, two) = (table(&one), table(&two));
        for day in [0, 1, 91, 365] {
            prop_assert_eq!(at_risk(&both, day), at_risk(&one, day) + at_risk(&two, day));
        }
        let made = metric(Kind::Survival);
        prop_assert_eq!(estimates(&made, &merged), estimates(&made, &Tally::Survival(both)));
    }

    #[test]
    fn the_log_rank_test_does_not_mind_the_order(one in units(), two in units()) {
        let (one, two) = (table(&one), table(&two));
        match (log_rank(&[&one, &two]), log_rank(&[&two, &one])) {
            (Ok(a), Ok(b)) => {
                prop_assert!((a.chi_square - b.chi_square).abs() <= 1e-9 * (1.0 + a.chi_square));
                prop_assert!((0.0..=1.0).contains(&a.p));
                let (seen, hoped) = (a.observed.iter().sum::<u64>() as f64, a.expected.iter().sum::<f64>());
                prop_assert!((seen - hoped).abs() < 1e-9);
            }
            (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
        }
    }

    #[test]
    fn nothing_is_ever_nan_or_infinite(kind in kinds(), one in tally(), two in tally()) {
        let metric = metric(kind);
        let mut all = estimates(&metric, &one);
        all.extend(difference(&metric, &one, &two));
        for figures in all.iter().filter_map(|e| e.outcome.as_ref().ok()) {
            let mut numbers = vec![figures.estimate];
            numbers.extend(figures.numerator);
            numbers.extend(figures.denominator);
            numbers.extend(figures.interval.map(|i| i.lower));
            numbers.extend(figures.interval.map(|i| i.upper));
            prop_assert!(numbers.iter().all(|x| x.is_finite()), "{figures:?}");
            prop_assert!(figures.interval.is_none_or(|i| holds(&i, figures.estimate)), "{figures:?}");
            prop_assert!(figures.interval.is_none_or(|i| METHODS.contains(&i.method)), "{figures:?}");
        }
        for p in adjusted_p(&[(&one, &two), (&two, &one)]).into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&p), "{p}");
        }
    }
}
