//! Comparisons at their ends, worked by hand, and the traps of relative
//! likelihoods: which way they point, and how few events say nothing.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::float_cmp
)]

use staywise_core::domain::tally::SCORE_ONE;
use staywise_core::domain::{Interval, Unknown};
use staywise_core::stats::association::{chi_square, shares_alike, trend};
use staywise_core::stats::difference::{Share, newcombe_p};
use staywise_core::stats::evalue::e_value;
use staywise_core::stats::mean::Sums;
use staywise_core::stats::multiplicity::{Family, NoFamily, benjamini_hochberg, bonferroni};
use staywise_core::stats::odds::{Alternative, fisher_exact, mantel_haenszel, odds_ratio};
use staywise_core::stats::paired::{Pairs, mcnemar, paired_difference};
use staywise_core::stats::permutation::{Draws, gap_of_means, permutation_test};
use staywise_core::stats::power::{
    Change, Design, EXACT_UP_TO, PowerMethod, RELIABLY, power, smallest_detectable,
};
use staywise_core::stats::ranks::{kruskal_wallis, mann_whitney, signed_rank};
use staywise_core::stats::ratio_of_shares::{
    BAND, FEWEST_EVENTS, Reading, Side, katz_log, miettinen_nurminen_ratio, relative_likelihood,
    undeclared_bounds,
};
use staywise_core::stats::two_means::{hedges_g, welch};
use staywise_core::stats::two_shares::{Continuity, miettinen_nurminen, pooled_test};

const PLAIN: Continuity = Continuity::Uncorrected;
const DRAWN: Continuity = Continuity::Corrected;

fn of(hits: u64, n: u64) -> Share {
    Share { hits, n }
}

fn why<T: std::fmt::Debug>(found: Result<T, Unknown>) -> String {
    match found.unwrap_err() {
        Unknown::NotApplicable(why) | Unknown::TooFew(why) | Unknown::NotAvailable(why) => why,
    }
}

/// WRES: indicators 2 (appointed) and 4 (trained) put White staff above the
/// line, indicator 3 (disciplined) BME staff. Above 1 is always worse for BME
/// staff there; turned round, below 1 is.
#[test]
fn t16_a_relative_likelihood_says_which_group_is_worse_off() {
    let (white, bme) = (of(300, 1000), of(60, 400));
    let appointed = relative_likelihood(white, bme, Side::Second, 0.95).unwrap();
    assert_eq!(appointed.ratio.estimate, Some(2.0));
    assert_eq!(appointed.reading, Reading::Flagged(Side::Second));
    let turned = relative_likelihood(bme, white, Side::Second, 0.95).unwrap();
    assert_eq!(turned.ratio.estimate, Some(0.5));
    assert_eq!(turned.reading, Reading::Flagged(Side::First));
    let (one, two) = (appointed.ratio.interval, turned.ratio.interval);
    assert!((one.lower * two.upper.unwrap() - 1.0).abs() < 1e-14);
    // The event is unwanted: whoever stands above the line is worse off above 1.
    let disciplined = relative_likelihood(bme, white, Side::First, 0.95).unwrap();
    assert_eq!(disciplined.reading, Reading::Flagged(Side::Second));
    let disciplined = relative_likelihood(of(60, 400), of(75, 1000), Side::First, 0.95).unwrap();
    assert_eq!(disciplined.ratio.estimate, Some(2.0));
    assert_eq!(disciplined.reading, Reading::Flagged(Side::First));
    assert_eq!(disciplined.worse_above_one, Side::First);
}

#[test]
fn peers_22_under_ten_events_there_is_only_too_few_to_say() {
    let found = relative_likelihood(of(4, 200), of(5, 900), Side::First, 0.95);
    assert_eq!(
        found,
        Err(Unknown::TooFew(
            "too few to say: 9 of 10 events needed".to_owned()
        ))
    );
    // Ten are enough, however they fall.
    for (first, second) in [(of(4, 200), of(6, 900)), (of(0, 200), of(10, 900))] {
        let found = relative_likelihood(first, second, Side::First, 0.95).unwrap();
        assert_eq!(found.events, FEWEST_EVENTS);
    }
    // As published: 9 of BME staff and 17 of White staff, bases as assumed in
    // the guidance; 1.7 "times" that might as well be none.
    let found = relative_likelihood(of(9, 750), of(17, 2430), Side::First, 0.95).unwrap();
    assert_eq!((found.events, found.reading), (26, Reading::CannotTell));
    assert!((found.ratio.estimate.unwrap() - 1.715).abs() < 5e-4);
    let ends = found.ratio.interval.closed().unwrap();
    assert!(
        ends.lower > 0.7 && ends.lower < 1.0 && ends.upper < 4.0,
        "{ends:?}"
    );
    assert_eq!(FEWEST_EVENTS, 10);
    // Those who did not say: 2 events among 100 people.
    let (least, most) = undeclared_bounds(of(9, 750), of(17, 2430), of(2, 100)).unwrap();
    let ratio = |a: f64, b: f64| a / b;
    assert!((least.unwrap() - ratio(9.0 / 848.0, 19.0 / 2432.0)).abs() < 1e-15);
    assert!((most.unwrap() - ratio(11.0 / 752.0, 17.0 / 2528.0)).abs() < 1e-15);
}

#[test]
fn no_half_is_added_to_zero_events() {
    let none = of(0, 40);
    let found = relative_likelihood(none, of(12, 40), Side::First, 0.95).unwrap();
    assert_eq!(found.ratio.estimate, Some(0.0));
    assert_eq!(found.ratio.interval.lower, 0.0);
    assert_eq!(found.reading, Reading::Flagged(Side::Second));
    let found = relative_likelihood(of(12, 40), none, Side::First, 0.95).unwrap();
    assert_eq!(
        (found.ratio.estimate, found.ratio.interval.upper),
        (None, None)
    );
    assert_eq!(found.ratio.interval.closed(), None);
    assert_eq!(found.reading, Reading::Flagged(Side::First));
    let anything = miettinen_nurminen_ratio(none, of(0, 9), 0.95).unwrap();
    assert_eq!(anything.estimate, None);
    assert_eq!(
        (anything.interval.lower, anything.interval.upper),
        (0.0, None)
    );
    assert!(katz_log(none, of(3, 9), 0.95).is_err());
    assert!(odds_ratio(of(9, 9), of(3, 9), 0.95).is_err());
    let all = miettinen_nurminen_ratio(of(30, 30), of(20, 20), 0.95).unwrap();
    assert!(all.estimate == Some(1.0) && all.interval.holds(1.0));
}

/// Flagged only where the interval leaves out 1 and the ratio the band.
#[test]
fn the_four_fifths_band_alone_flags_nobody() {
    assert_eq!(BAND, (0.80, 1.25));
    let outside_but_unsure = relative_likelihood(of(14, 30), of(10, 30), Side::First, 0.95);
    assert_eq!(outside_but_unsure.unwrap().reading, Reading::CannotTell);
    let sure = relative_likelihood(of(5500, 10_000), of(5000, 10_000), Side::First, 0.95);
    assert_eq!(sure.unwrap().reading, Reading::WithinBand(Side::First));
    let sure = relative_likelihood(of(4500, 10_000), of(5000, 10_000), Side::First, 0.95);
    assert_eq!(sure.unwrap().reading, Reading::WithinBand(Side::Second));
    // Just outside at either end.
    for (hits, side) in [(6251, Side::First), (3999, Side::Second)] {
        let found = relative_likelihood(of(hits, 10_000), of(5000, 10_000), Side::First, 0.95);
        assert_eq!(found.unwrap().reading, Reading::Flagged(side), "{hits}");
    }
    // At the ends themselves nobody is.
    for (hits, side) in [(6250, Side::First), (4000, Side::Second)] {
        let found = relative_likelihood(of(hits, 10_000), of(5000, 10_000), Side::First, 0.95);
        assert_eq!(found.unwrap().reading, Reading::WithinBand(side), "{hits}");
    }
}

#[test]
fn undeclared_people_may_leave_an_end_open() {
    let (least, most) = undeclared_bounds(of(3, 10), of(0, 10), of(0, 5)).unwrap();
    assert_eq!((least, most), (None, None));
    let (least, most) = undeclared_bounds(of(3, 10), of(0, 10), of(1, 5)).unwrap();
    assert!((least.unwrap() - 3.0 / 14.0 * 11.0).abs() < 1e-15 && most.is_none());
    assert_eq!(
        why(undeclared_bounds(of(0, 0), of(0, 0), of(0, 0))),
        "nobody in either group"
    );
}

#[test]
fn two_shares_refuse_what_cannot_be_compared() {
    let half = of(5, 10);
    let both = |a, b| {
        [
            why(pooled_test(a, b, PLAIN, 0.95)),
            why(miettinen_nurminen(a, b, 0.95)),
            why(miettinen_nurminen_ratio(a, b, 0.95)),
            why(fisher_exact(a, b, Alternative::TwoSided, 0.95)),
            why(relative_likelihood(a, b, Side::First, 0.95)),
        ]
    };
    assert!(
        both(of(0, 0), of(0, 0))
            .iter()
            .all(|w| w == "nobody in either group")
    );
    assert!(
        both(of(0, 0), half)
            .iter()
            .all(|w| w == "nobody in the first group")
    );
    assert!(
        both(half, of(0, 0))
            .iter()
            .all(|w| w == "nobody in the second group")
    );
    assert!(
        both(of(3, 2), half)
            .iter()
            .all(|w| w.contains("more hits than people"))
    );
    assert!(why(pooled_test(of(0, 9), of(0, 4), PLAIN, 0.95)).starts_with("nobody in either"));
    assert!(why(pooled_test(of(9, 9), of(4, 4), PLAIN, 0.95)).starts_with("everybody"));
    assert!(miettinen_nurminen(half, half, 1.0).is_err());
    // One person each: 1 of 1 and 0 of 1.
    let found = pooled_test(of(1, 1), of(0, 1), DRAWN, 0.95).unwrap();
    assert_eq!((found.chi_square, found.p), (0.0, 1.0));
    let found = pooled_test(of(1, 1), of(0, 1), PLAIN, 0.95).unwrap();
    assert!((found.chi_square - 2.0).abs() < 1e-15);
    let same = pooled_test(of(3, 10), of(3, 10), DRAWN, 0.95).unwrap();
    assert_eq!(
        (same.chi_square, same.p, same.difference.estimate),
        (0.0, 1.0, 0.0)
    );
}

#[test]
fn fisher_where_margins_leave_one_table() {
    let found = fisher_exact(of(0, 5), of(0, 7), Alternative::TwoSided, 0.95).unwrap();
    assert_eq!((found.odds_ratio, found.p), (None, 1.0));
    assert_eq!((found.interval.lower, found.interval.upper), (0.0, None));
    let found = fisher_exact(of(5, 5), of(0, 5), Alternative::TwoSided, 0.95).unwrap();
    assert!((found.p - 2.0 / 252.0).abs() < 1e-15);
    assert_eq!((found.odds_ratio, found.interval.upper), (None, None));
    let found = fisher_exact(of(0, 5), of(5, 5), Alternative::Less, 0.95).unwrap();
    assert!((found.p - 1.0 / 252.0).abs() < 1e-15);
    assert_eq!((found.odds_ratio, found.interval.lower), (Some(0.0), 0.0));
    let huge = of(1 << 40, 1 << 41);
    assert!(why(fisher_exact(huge, huge, Alternative::Less, 0.95)).contains("too many people"));
}

#[test]
fn tables_refuse_what_has_no_rows_to_compare() {
    assert_eq!(why(chi_square(&[], PLAIN)), "nobody in the table");
    assert_eq!(
        why(chi_square(&[vec![0, 0], vec![0, 0]], PLAIN)),
        "nobody in the table"
    );
    assert_eq!(
        why(chi_square(&[vec![3, 4], vec![0, 0]], PLAIN)),
        "only one group has anybody"
    );
    let same = chi_square(&[vec![3, 0], vec![5, 0]], PLAIN);
    assert_eq!(why(same), "everybody gave the same answer");
    assert!(why(chi_square(&[vec![3, 0], vec![5]], PLAIN)).contains("different lengths"));
    assert!(shares_alike(&[of(3, 2), of(1, 2)]).is_err());
    assert!(why(trend(&[(of(1, 3), 2.0), (of(2, 3), 2.0)])).contains("same place"));
    assert!(why(trend(&[(of(0, 3), 1.0), (of(0, 3), 2.0)])).contains("0% or 100%"));
    assert!(trend(&[(of(1, 3), f64::NAN), (of(2, 3), 2.0)]).is_err());
    let up = trend(&[(of(1, 4), 1.0), (of(2, 4), 2.0), (of(3, 4), 3.0)]).unwrap();
    assert!((up.slope - 0.25).abs() < 1e-15);
    assert!(mantel_haenszel(&[], PLAIN, 0.95).is_err());
    assert!(mantel_haenszel(&[(of(0, 0), of(2, 3)), (of(3, 3), of(3, 3))], PLAIN, 0.95).is_err());
    // Bounded on one side only: no ratio, but a test.
    let found = mantel_haenszel(&[(of(3, 3), of(1, 3))], PLAIN, 0.95).unwrap();
    assert_eq!(
        (found.odds_ratio, found.interval, found.strata),
        (None, None, 1)
    );
}

#[test]
fn ranks_at_their_ends() {
    assert!(mann_whitney(&[], &[1.0], DRAWN, 0.95).is_err());
    assert!(mann_whitney(&[f64::NAN], &[1.0], DRAWN, 0.95).is_err());
    assert!(
        why(mann_whitney(&[2.0; 3], &[2.0; 4], DRAWN, 0.95)).contains("everybody has the same")
    );
    let found = mann_whitney(&[1.0], &[2.0], DRAWN, 0.95).unwrap();
    assert_eq!((found.u, found.p, found.superiority), (0.0, 1.0, 0.0));
    assert_eq!(found.interval.lower, 0.0);
    assert!(found.interval.upper > 0.7 && found.interval.upper < 1.0);
    assert_eq!(why(signed_rank(&[], DRAWN)), "nobody answered both times");
    assert_eq!(why(signed_rank(&[0.0, 0.0], DRAWN)), "nobody changed");
    assert_eq!(signed_rank(&[-2.0], DRAWN).unwrap().p, 1.0);
    assert!(kruskal_wallis(&[&[1.0, 2.0], &[]]).is_err());
    assert!(kruskal_wallis(&[&[1.0], &[1.0, 1.0]]).is_err());
    assert!(kruskal_wallis(&[&[1.0, 3.0], &[], &[2.0, 5.0]]).is_ok());
}

fn sums(scores: &[i128]) -> Sums {
    let square = |s: &i128| s * SCORE_ONE * s;
    Sums {
        n: scores.len() as u64,
        sum: scores.iter().sum::<i128>() * SCORE_ONE,
        squares: scores.iter().map(square).sum(),
    }
}

#[test]
fn two_means_refuse_what_has_no_spread() {
    let some = sums(&[1, 2, 4]);
    assert!(why(welch(sums(&[]), some, 0.95)).contains("nobody"));
    assert!(why(welch(sums(&[3]), some, 0.95)).contains("a group of one"));
    assert!(why(hedges_g(some, sums(&[3]), 0.95)).contains("a group of one"));
    assert!(why(welch(sums(&[3, 3]), sums(&[4, 4]), 0.95)).contains("the same score"));
    assert!(welch(some, some, 0.0).is_err());
    let same = welch(some, some, 0.95).unwrap();
    assert_eq!((same.estimate, same.p), (0.0, 1.0));
    let none = hedges_g(some, some, 0.95).unwrap();
    assert!(none.estimate == 0.0 && (none.interval.lower + none.interval.upper).abs() < 1e-9);
}

#[test]
fn pairs_at_their_ends() {
    let pairs = |both, first_only, second_only, neither| Pairs {
        both,
        first_only,
        second_only,
        neither,
    };
    assert_eq!(
        why(mcnemar(pairs(0, 0, 0, 0), DRAWN)),
        "nobody answered both times"
    );
    assert_eq!(why(mcnemar(pairs(9, 0, 0, 3), DRAWN)), "nobody changed");
    let even = mcnemar(pairs(9, 4, 4, 3), DRAWN).unwrap();
    assert_eq!((even.chi_square, even.p, even.exact_p), (0.0, 1.0, 1.0));
    assert!(paired_difference(pairs(0, 0, 0, 0), 0.95).is_err());
    assert!(mcnemar(pairs(u64::MAX, 1, 0, 0), DRAWN).is_err());
    let all = paired_difference(pairs(20, 0, 0, 0), 0.95).unwrap();
    assert!(all.estimate == 0.0 && all.interval.lower < 0.0 && all.interval.upper > 0.0);
}

#[test]
fn a_permutation_p_is_never_0_and_the_same_for_a_seed() {
    let (one, two) = ([1.0, 2.0, 3.0, 4.0], [101.0, 102.0, 103.0, 104.0]);
    let draws = Draws {
        count: 999,
        seed: 7,
    };
    let found = permutation_test(&one, &two, draws, gap_of_means).unwrap();
    // 2 of the 70 ways to draw are as far apart.
    assert!(
        (found.p - 2.0 / 70.0).abs() < 3.0 * found.monte_carlo_error,
        "{found:?}"
    );
    assert_eq!(found.p, f64::from(found.as_large + 1) / 1000.0);
    let again = permutation_test(&one, &two, draws, gap_of_means).unwrap();
    assert_eq!(found.p.to_bits(), again.p.to_bits());
    let other = Draws { seed: 8, ..draws };
    assert_ne!(
        permutation_test(&one, &two, other, gap_of_means)
            .unwrap()
            .as_large,
        found.as_large
    );
    let one_draw = Draws { count: 1, seed: 1 };
    assert!(
        permutation_test(&one, &two, one_draw, gap_of_means)
            .unwrap()
            .p
            > 0.0
    );
    let same = permutation_test(&[2.0; 4], &[2.0; 3], draws, gap_of_means).unwrap();
    assert_eq!(same.p, 1.0);
    assert!(permutation_test(&[], &two, draws, gap_of_means).is_err());
    assert!(permutation_test(&one, &two, Draws { count: 0, seed: 1 }, gap_of_means).is_err());
    assert!(permutation_test(&one, &two, draws, |_, _| f64::NAN).is_err());
}

#[test]
fn families_are_named_and_ask_once() {
    let members = |all: &[(&str, f64)]| all.iter().map(|(n, p)| ((*n).to_owned(), *p)).collect();
    let family = Family::new("sites", members(&[("a", 0.04), ("b", 0.01), ("c", 0.5)])).unwrap();
    let adjusted: Vec<f64> = family.adjusted().iter().map(|m| m.adjusted).collect();
    assert_eq!((family.name(), adjusted), ("sites", vec![0.08, 0.03, 0.5]));
    assert_eq!(family.adjusted()[1].name, "b");
    let twice = Family::new("sites", members(&[("a", 0.04), ("a", 0.5)]));
    assert_eq!(twice, Err(NoFamily::Twice("a".to_owned())));
    assert_eq!(Family::new(" ", vec![]), Err(NoFamily::NoName));
    assert_eq!(
        Family::new("x", members(&[("", 0.1)])),
        Err(NoFamily::NoName)
    );
    let none = Family::new("x", members(&[("a", f64::NAN)]));
    assert_eq!(none, Err(NoFamily::NoChance("a".to_owned())));
    assert!(Family::new("x", vec![]).unwrap().adjusted().is_empty());
    assert!(benjamini_hochberg(&[]).is_empty() && bonferroni(&[]).is_empty());
    assert_eq!(benjamini_hochberg(&[f64::NAN, 0.01]), [1.0, 0.02]);
}

/// VanderWeele and Ding (2017): smoking and lung cancer, 10.73 (8.02 to
/// 14.36), E-values 20.9 and 15.5; breastfeeding 3.9 (1.8 to 8.7), 7.2 and 3.0.
#[test]
fn e_values_as_published() {
    let limits = |lower, upper| Interval {
        lower,
        upper,
        level: 0.95,
        method: "miettinen_nurminen",
    };
    // They round the second down.
    let near = |a: f64, b: f64| (a - b).abs() < 0.07;
    let found = e_value(10.73, limits(8.02, 14.36)).unwrap();
    assert!(
        near(found.estimate, 20.9) && near(found.limit, 15.5),
        "{found:?}"
    );
    let found = e_value(3.9, limits(1.8, 8.7)).unwrap();
    assert!(
        near(found.estimate, 7.2) && near(found.limit, 3.0),
        "{found:?}"
    );
    let turned = e_value(1.0 / 3.9, limits(1.0 / 8.7, 1.0 / 1.8)).unwrap();
    assert!(
        near(turned.estimate, 7.2) && near(turned.limit, 3.0),
        "{turned:?}"
    );
    let unsure = e_value(1.5, limits(0.9, 2.5)).unwrap();
    assert_eq!(unsure.limit, 1.0);
    assert_eq!((unsure.estimate * 100.0).round(), 237.0);
    assert_eq!(e_value(1.0, limits(0.5, 2.0)).unwrap().estimate, 1.0);
    assert!(e_value(0.0, limits(0.0, 2.0)).is_err());
    assert!(e_value(f64::NAN, limits(0.5, 2.0)).is_err());
    assert!(e_value(3.0, limits(0.5, 2.0)).is_err());
    assert!(e_value(1e-320, limits(1e-321, 1e-319)).is_err());
}

#[test]
fn power_at_its_ends() {
    let design = |reference_n, compared_n, reference_share| Design {
        reference_n,
        compared_n,
        reference_share,
        level: 0.95,
    };
    assert!(power(design(0, 5, 0.5), 0.4, Change::Fall).is_err());
    assert!(power(design(5, 5, 1.5), 0.4, Change::Fall).is_err());
    assert!(power(design(5, 5, 0.5), f64::NAN, Change::Fall).is_err());
    assert!(smallest_detectable(design(5, 5, 0.5), Change::Fall, 1.0).is_err());
    let few = smallest_detectable(design(1, 1, 0.5), Change::Rise, RELIABLY);
    assert!(matches!(few, Err(Unknown::TooFew(_))), "{few:?}");
    let none = smallest_detectable(design(60, 60, 0.0), Change::Fall, RELIABLY);
    assert!(none.is_err());
    // Counting and approximating meet where one takes over from the other.
    let most = EXACT_UP_TO;
    let counted = smallest_detectable(design(most, most, 0.8), Change::Fall, RELIABLY).unwrap();
    let above = design(most + 1, most + 1, 0.8);
    let rough = smallest_detectable(above, Change::Fall, RELIABLY).unwrap();
    assert_eq!(counted.method, PowerMethod::Enumerated);
    assert_eq!(rough.method, PowerMethod::Normal);
    assert!(
        (counted.share - rough.share).abs() < 0.003,
        "{counted:?} {rough:?}"
    );
    let rise = smallest_detectable(above, Change::Rise, RELIABLY).unwrap();
    assert!(rise.share > 0.86 && rise.share < 0.9, "{rise:?}");
    // A change the other way is none of this: at no change about half of the
    // false alarms each.
    let at = |change| power(design(60, 60, 0.8), 0.8, change).unwrap().0;
    assert!(at(Change::Fall) > 0.015 && at(Change::Fall) < 0.03);
    assert!((at(Change::Fall) - at(Change::Rise)).abs() < 1e-12);
    // What is counted is the test that is used.
    let (m, n) = (7, 9);
    let found = (0..=m)
        .flat_map(|a| (0..=n).map(move |b| (a, b)))
        .filter(|(a, b)| newcombe_p(of(*a, m), of(*b, n)).unwrap() < 0.05 && a * n > b * m);
    let chance = |hits: u64, n: u64| -> f64 {
        let ways = (0..hits).fold(1.0, |w, k| w * (n - k) as f64 / (k + 1) as f64);
        ways * 0.5_f64.powf(n as f64)
    };
    let by_hand: f64 = found.map(|(a, b)| chance(a, m) * chance(b, n)).sum();
    let (counted, _) = power(design(m, n, 0.5), 0.5, Change::Fall).unwrap();
    assert!((counted - by_hand).abs() < 1e-12, "{counted} {by_hand}");
}
