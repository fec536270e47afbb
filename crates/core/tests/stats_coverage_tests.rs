//! Tests at their levels, and intervals at their coverage: by enumeration of
//! every outcome where there are few, else by simulation with a fixed seed.
//! Ignored by `cargo test`; `.ci/run` runs them.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

mod stats_read;

use stats_read::{count, number, reference};
use staywise_core::domain::tally::SCORE_ONE;
use staywise_core::stats::association::chi_square;
use staywise_core::stats::chance::Chance;
use staywise_core::stats::difference::{Share, newcombe_p};
use staywise_core::stats::mean::Sums;
use staywise_core::stats::odds::{Alternative, fisher_exact};
use staywise_core::stats::paired::{Pairs, mcnemar, paired_difference};
use staywise_core::stats::permutation::{Draws, gap_of_means, permutation_test};
use staywise_core::stats::ranks::{mann_whitney, signed_rank};
use staywise_core::stats::ratio_of_shares::miettinen_nurminen_ratio;
use staywise_core::stats::two_means::{hedges_g, welch};
use staywise_core::stats::two_shares::{Continuity, miettinen_nurminen, pooled_test};

const PLAIN: Continuity = Continuity::Uncorrected;
const DRAWN: Continuity = Continuity::Corrected;

fn chances(n: u64, p: f64) -> Vec<f64> {
    let mut out = vec![(1.0 - p).powf(n as f64)];
    for k in 1..=n {
        let last = *out.last().unwrap();
        out.push(last * (n - k + 1) as f64 / k as f64 * p / (1.0 - p));
    }
    out
}

/// The chance of the outcomes of two groups that `counts` names.
fn chance_of(sizes: (u64, u64), shares: (f64, f64), counts: &[Vec<bool>]) -> f64 {
    let (one, two) = (chances(sizes.0, shares.0), chances(sizes.1, shares.1));
    let mut sum = 0.0;
    for (line, a) in counts.iter().zip(&one) {
        for (counted, b) in line.iter().zip(&two) {
            if *counted {
                sum += a * b;
            }
        }
    }
    sum
}

fn outcomes(m: u64, n: u64, counted: impl Fn(Share, Share) -> bool) -> Vec<Vec<bool>> {
    let of = |hits, n| Share { hits, n };
    (0..=m)
        .map(|a| (0..=n).map(|b| counted(of(a, m), of(b, n))).collect())
        .collect()
}

/// The mean and the largest chance of a find at 5% where shares are alike,
/// over the shares given in per cent.
fn level_of(
    sizes: (u64, u64),
    percents: std::ops::RangeInclusive<u32>,
    find: impl Fn(Share, Share) -> bool,
) -> (f64, f64) {
    let found = outcomes(sizes.0, sizes.1, find);
    let all: Vec<f64> = percents
        .map(|percent| {
            let p = f64::from(percent) / 100.0;
            chance_of(sizes, (p, p), &found)
        })
        .collect();
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    (mean, all.into_iter().fold(0.0, f64::max))
}

/// An exact test never finds more than it says, and at small numbers far
/// less.
#[test]
#[ignore = "long"]
fn fisher_finds_fewer_than_3_in_a_hundred_at_small_numbers_and_never_over_5() {
    for row in reference("fisher_levels") {
        let sizes = (count(&row, "m"), count(&row, "n"));
        let find = |a, b| {
            let found = fisher_exact(a, b, Alternative::TwoSided, 0.95).unwrap();
            found.p <= 0.05
        };
        let (mean, most) = level_of(sizes, 1..=99, find);
        println!("Fisher {sizes:?}: mean {mean:.4}, most {most:.4}");
        assert!((mean - number(&row, "mean")).abs() < 1e-10, "{row}: {mean}");
        assert!((most - number(&row, "most")).abs() < 1e-10, "{row}: {most}");
        assert!(most <= 0.05 && mean < 0.03, "{row}");
    }
}

#[test]
#[ignore = "long"]
fn chi_square_finds_4_to_6_in_a_hundred_where_five_are_expected() {
    for sizes in [(20, 20), (30, 60), (50, 50), (100, 100)] {
        let least = u32::try_from(500 / sizes.0.min(sizes.1)).unwrap();
        let shares = least..=100 - least;
        let find = |continuity| {
            move |a: Share, b: Share| {
                pooled_test(a, b, continuity, 0.95).is_ok_and(|found| found.p <= 0.05)
            }
        };
        let plain = level_of(sizes, shares.clone(), find(PLAIN));
        let drawn = level_of(sizes, shares.clone(), find(DRAWN));
        let newcombe = level_of(sizes, shares, |a, b| newcombe_p(a, b).unwrap() < 0.05);
        println!("{sizes:?}: plain {plain:.4?}, Yates {drawn:.4?}, Newcombe {newcombe:.4?}");
        assert!(
            (0.04..0.06).contains(&plain.0) && plain.1 < 0.066,
            "{plain:?}"
        );
        assert!(drawn.1 <= 0.051 && drawn.0 < plain.0, "{drawn:?}");
        assert!(
            (0.04..0.06).contains(&newcombe.0) && newcombe.1 < 0.065,
            "{newcombe:?}"
        );
    }
}

#[test]
#[ignore = "long"]
fn miettinen_nurminen_covers_about_95_in_a_hundred() {
    for (m, n) in [(10, 10), (20, 20), (30, 60), (50, 10)] {
        let (mut gaps, mut ratios) = (Vec::new(), Vec::new());
        let of = |hits, n| Share { hits, n };
        let found: Vec<Vec<_>> = (0..=m)
            .map(|a| {
                let both = |b| {
                    let (one, two) = (of(a, m), of(b, n));
                    let gap = miettinen_nurminen(one, two, 0.95).unwrap().interval;
                    (
                        gap,
                        miettinen_nurminen_ratio(one, two, 0.95).unwrap().interval,
                    )
                };
                (0..=n).map(both).collect()
            })
            .collect();
        for (i, j) in (1..20).flat_map(|i| (1..20).map(move |j| (i, j))) {
            let (p, q) = (f64::from(i) / 20.0, f64::from(j) / 20.0);
            let (one, two) = (chances(m, p), chances(n, q));
            let (mut gap, mut ratio) = (0.0, 0.0);
            for (line, a) in found.iter().zip(&one) {
                for ((limits, ratios), b) in line.iter().zip(&two) {
                    let near = 1e-12;
                    if limits.lower <= p - q + near && p - q - near <= limits.upper {
                        gap += a * b;
                    }
                    if ratios.holds(p / q) {
                        ratio += a * b;
                    }
                }
            }
            gaps.push(gap);
            ratios.push(ratio);
        }
        for (what, all) in [("difference", gaps), ("ratio", ratios)] {
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            let least = all.iter().copied().fold(1.0, f64::min);
            println!("Miettinen-Nurminen {what} {m} and {n}: mean {mean:.4}, least {least:.4}");
            assert!(
                (0.945..0.965).contains(&mean) && least > 0.90,
                "{m} {n}: {mean} {least}"
            );
        }
    }
}

/// Every table of 15, 25 and 40 pairs, under several ways to hit.
#[test]
#[ignore = "long"]
fn paired_limits_and_mcnemar_by_enumeration() {
    for n in [15_u64, 25, 40] {
        for cells in [
            [0.5, 0.2, 0.2, 0.1],
            [0.6, 0.1, 0.1, 0.2],
            [0.4, 0.3, 0.1, 0.2],
            [0.25, 0.25, 0.25, 0.25],
        ] {
            let (mut held, mut exact, mut plain) = (0.0, 0.0, 0.0);
            for (pairs, chance) in tables(n, cells) {
                let limits = paired_difference(pairs, 0.95).unwrap().interval;
                let truth: f64 = cells[1] - cells[2];
                if limits.lower <= truth + 1e-12 && truth - 1e-12 <= limits.upper {
                    held += chance;
                }
                if let Ok(test) = mcnemar(pairs, PLAIN) {
                    exact += if test.exact_p <= 0.05 { chance } else { 0.0 };
                    plain += if test.p <= 0.05 { chance } else { 0.0 };
                }
            }
            println!(
                "{n} pairs {cells:?}: held {held:.4}, McNemar exact {exact:.4}, plain {plain:.4}"
            );
            assert!((0.93..0.985).contains(&held), "{n} {cells:?}: {held}");
            if cells[1] == cells[2] {
                assert!(
                    exact <= 0.05 && plain < 0.065,
                    "{n} {cells:?}: {exact} {plain}"
                );
            }
        }
    }
}

/// Every table of n pairs with its chance.
fn tables(n: u64, cells: [f64; 4]) -> Vec<(Pairs, f64)> {
    let logs: Vec<f64> = (0..=n)
        .scan(0.0_f64, |sum, k| {
            *sum += if k == 0 { 0.0 } else { (k as f64).ln() };
            Some(*sum)
        })
        .collect();
    let log = |k: u64| logs[usize::try_from(k).unwrap()];
    let mut all = Vec::new();
    for both in 0..=n {
        for first_only in 0..=n - both {
            for second_only in 0..=n - both - first_only {
                let neither = n - both - first_only - second_only;
                let counts = [both, first_only, second_only, neither];
                let mut chance = log(n);
                for (count, cell) in counts.into_iter().zip(cells) {
                    chance += count as f64 * f64::ln(cell) - log(count);
                }
                let pairs = Pairs {
                    both,
                    first_only,
                    second_only,
                    neither,
                };
                all.push((pairs, chance.exp()));
            }
        }
    }
    all
}

/// Answers on a scale of five, and how many of them each group gives.
fn answer(chance: &mut Chance) -> f64 {
    let draw = chance.fraction();
    let steps = [0.08, 0.25, 0.50, 0.82];
    1.0 + f64::from(u32::try_from(steps.iter().filter(|s| draw >= **s).count()).unwrap())
}

/// How often `find` is true in so many draws.
fn rate(count: u32, part: u64, mut find: impl FnMut(&mut Chance) -> bool) -> f64 {
    let mut chance = Chance::new(2026, part);
    let found: u32 = (0..count).map(|_| u32::from(find(&mut chance))).sum();
    f64::from(found) / f64::from(count)
}

fn drawn(chance: &mut Chance, n: usize, one: fn(&mut Chance) -> f64) -> Vec<f64> {
    (0..n).map(|_| one(chance)).collect()
}

#[test]
#[ignore = "long"]
fn rank_and_permutation_tests_are_at_their_level() {
    // Monte Carlo error at 5% of 20,000: 0.15 points; of 4,000: 0.34.
    for (part, (m, n)) in [(12, 15), (40, 60), (60, 60)].into_iter().enumerate() {
        let part = u64::try_from(part).unwrap();
        let test = |c: &mut Chance, one: fn(&mut Chance) -> f64| {
            let (a, b) = (drawn(c, m, one), drawn(c, n, one));
            mann_whitney(&a, &b, DRAWN, 0.95).is_ok_and(|t| t.p <= 0.05)
        };
        let scale = rate(20_000, part, |c| test(c, answer));
        let smooth = rate(20_000, part + 10, |c| test(c, Chance::normal));
        let signed = rate(20_000, part + 20, |c| {
            let changes: Vec<f64> = (0..n).map(|_| answer(c) - answer(c)).collect();
            signed_rank(&changes, DRAWN).is_ok_and(|t| t.p <= 0.05)
        });
        println!(
            "{m} and {n}: Mann-Whitney scale {scale:.4}, untied {smooth:.4}; signed ranks {signed:.4}"
        );
        for found in [scale, smooth, signed] {
            assert!((0.035..0.055).contains(&found), "{m} {n}: {found}");
        }
    }
    let permuted = rate(4_000, 30, |c| {
        let (a, b) = (drawn(c, 10, answer), drawn(c, 14, answer));
        let seed = u64::from(c.below(u32::MAX));
        let draws = Draws { count: 199, seed };
        permutation_test(&a, &b, draws, gap_of_means).unwrap().p <= 0.05
    });
    println!("permutation, 10 and 14: {permuted:.4}");
    assert!((0.035..0.061).contains(&permuted), "{permuted}");
}

/// Newcombe's interval of the share of pairs, where the first group is moved
/// and scores are untied or on a scale of five.
#[test]
#[ignore = "long"]
fn superiority_limits_cover() {
    for (part, (m, n, shift)) in [(15, 20, 0.0), (15, 20, 1.0), (40, 40, 0.5), (50, 20, 2.0)]
        .into_iter()
        .enumerate()
    {
        // The chance that a deviate moved by `shift` beats one that is not.
        let truth = 1.0 - tail(shift / 2.0_f64.sqrt());
        let covered = rate(10_000, 40 + u64::try_from(part).unwrap(), |c| {
            let a: Vec<f64> = (0..m).map(|_| c.normal() + shift).collect();
            let b = drawn(c, n, Chance::normal);
            let limits = mann_whitney(&a, &b, DRAWN, 0.95).unwrap().interval;
            limits.lower <= truth && truth <= limits.upper
        });
        println!("pairs {m} and {n}, moved {shift}: {covered:.4}");
        assert!(
            (0.935..0.97).contains(&covered),
            "{m} {n} {shift}: {covered}"
        );
    }
    let scale = rate(10_000, 50, |c| {
        let (a, b) = (drawn(c, 20, answer), drawn(c, 25, answer));
        let limits = mann_whitney(&a, &b, DRAWN, 0.95).unwrap().interval;
        limits.lower <= 0.5 && 0.5 <= limits.upper
    });
    println!("pairs 20 and 25 on a scale of five: {scale:.4}");
    assert!((0.94..0.985).contains(&scale), "{scale}");
}

/// The normal tail by a fine sum, apart from the code's own.
fn tail(z: f64) -> f64 {
    let step = 1e-3;
    let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (0..12_000_u32)
        .map(|i| density(z + (f64::from(i) + 0.5) * step) * step)
        .sum()
}

fn sums(scores: &[f64]) -> Sums {
    let mut sums = Sums {
        n: 0,
        sum: 0,
        squares: 0,
    };
    for score in scores {
        #[allow(clippy::cast_possible_truncation)]
        let fixed = (score * SCORE_ONE as f64).round() as i128;
        sums.n += 1;
        sums.sum += fixed;
        sums.squares += fixed * fixed / SCORE_ONE;
    }
    sums
}

#[test]
#[ignore = "long"]
fn welch_is_at_its_level_and_hedges_covers() {
    for (part, (m, n, spread)) in [(8, 12, 1.0), (10, 40, 3.0), (30, 30, 2.0)]
        .into_iter()
        .enumerate()
    {
        let part = 60 + u64::try_from(part).unwrap();
        let found = rate(20_000, part, |c| {
            let a: Vec<f64> = (0..m).map(|_| spread * c.normal()).collect();
            let b = drawn(c, n, Chance::normal);
            welch(sums(&a), sums(&b), 0.95).unwrap().p <= 0.05
        });
        println!("Welch {m} and {n}, spreads {spread} to 1: {found:.4}");
        assert!((0.044..0.056).contains(&found), "{m} {n}: {found}");
    }
    let covered = rate(3_000, 70, |c| {
        let a: Vec<f64> = (0..12).map(|_| c.normal() + 0.8).collect();
        let b = drawn(c, 15, Chance::normal);
        let limits = hedges_g(sums(&a), sums(&b), 0.95).unwrap().interval;
        limits.lower <= 0.8 && 0.8 <= limits.upper
    });
    println!("Hedges' limits, 12 and 15, 0.8 apart: {covered:.4}");
    assert!((0.938..0.962).contains(&covered), "{covered}");
    let scale = rate(20_000, 71, |c| {
        let mut table = vec![vec![0_u64; 5]; 3];
        for row in &mut table {
            for _ in 0..70 {
                let given = answer(c);
                let place = (1..5).filter(|k| given > f64::from(*k)).count();
                row[place.min(4)] += 1;
            }
        }
        chi_square(&table, PLAIN).is_ok_and(|t| t.p <= 0.05)
    });
    println!("chi-square 3 x 5, 70 each: {scale:.4}");
    assert!((0.043..0.057).contains(&scale), "{scale}");
}
