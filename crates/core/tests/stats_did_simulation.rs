//! Sites that start at different dates, with a true effect that is known and a
//! fixed seed. Ignored by `cargo test`; `.ci/run` runs them.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use staywise_core::stats::chance::Chance;
use staywise_core::stats::difference::Share;
use staywise_core::stats::difference_in_differences::{Site, difference_in_differences};

const PERIODS: usize = 8;
/// Three sites start in each of four periods, twelve never.
const STARTS: [Option<usize>; 5] = [Some(3), Some(4), Some(5), Some(6), None];

/// 24 sites of 20 to 59 starters a period. Sites differ, all drift alike, and
/// those that start gain `effect` from then on.
fn sites(chance: &mut Chance, effect: f64) -> Vec<Site> {
    let of = |start: Option<usize>, chance: &mut Chance| {
        let level = 0.70 + 0.04 * chance.normal();
        let periods = (0..PERIODS).map(|t| {
            let on = start.is_some_and(|s| t >= s);
            let p = level + 0.01 * t as f64 + if on { effect } else { 0.0 };
            let n = 20 + u64::from(chance.below(40));
            let hits = (0..n).filter(|_| chance.happens(p)).count() as u64;
            Share { hits, n }
        });
        Site {
            start,
            periods: periods.collect(),
        }
    };
    let mut sites = Vec::new();
    for start in STARTS {
        for _ in 0..if start.is_some() { 3 } else { 12 } {
            sites.push(of(start, chance));
        }
    }
    sites
}

fn simulated(effect: f64, seed: u64) -> [f64; 4] {
    let replicates = 4_000;
    let (mut errors, mut held, mut found, mut before) = (Vec::new(), 0_u32, 0_u32, 0_u32);
    for replicate in 0..replicates {
        let sites = sites(&mut Chance::new(seed, replicate), effect);
        let fit = difference_in_differences(&sites, 0.95).unwrap();
        let average = fit.average.unwrap();
        errors.push(average.estimate - effect);
        let limits = average.interval;
        held += u32::from(limits.lower <= effect && effect <= limits.upper);
        found += u32::from(average.p < 0.05);
        before += u32::from(fit.before.p.unwrap() <= 0.05);
    }
    let n = replicates as f64;
    let mean = errors.iter().sum::<f64>() / n;
    let square: f64 = errors.iter().map(|e| (e - mean).powi(2)).sum();
    let bias = mean / (square / (n - 1.0) / n).sqrt();
    let share = |count: u32| f64::from(count) / n;
    println!(
        "effect {effect}: mean error {mean:.5} ({bias:.2} Monte Carlo errors), covered {:.4}, \
         found {:.4}, another way before {:.4}",
        share(held),
        share(found),
        share(before)
    );
    [bias, share(held), share(found), share(before)]
}

#[test]
#[ignore = "long"]
fn the_average_effect_of_sites_that_start_at_different_dates_is_recovered() {
    for (effect, seed) in [(0.0, 31), (0.08, 32)] {
        let [bias, held, found, before] = simulated(effect, seed);
        assert!(bias.abs() < 2.0, "mean error {bias}");
        assert!((0.935..=0.965).contains(&held), "covered {held}");
        assert!((0.03..=0.07).contains(&before), "before {before}");
        if effect == 0.0 {
            assert!((0.035..=0.065).contains(&found), "found {found}");
        } else {
            assert!(found > 0.7, "found {found}");
        }
    }
}
