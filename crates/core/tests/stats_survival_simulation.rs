//! Curves at 12 months over many made-up cohorts with a fixed seed: is the
//! estimate right on average, and how often do the limits hold the truth?
//! Ignored by `cargo test`; `.ci/run` runs them.

#![allow(clippy::unwrap_used)]

use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Interval, LifeTable};
use staywise_core::stats::chance::Chance;
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence};
use staywise_core::stats::survival::{KaplanMeier, Limits, restricted_mean_difference};
use staywise_core::stats::weighted_retention::{Standing, StartingHours, hours_kept};

/// What many cohorts of one kind gave.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    defined: f64,
    undefined: u32,
    sum: f64,
    squares: f64,
    /// Answers with limits, and those whose limits hold the truth.
    limits: f64,
    held: f64,
}

impl Found {
    fn add(&mut self, estimate: f64, limits: Option<Interval>, truth: f64) {
        self.defined += 1.0;
        self.sum += estimate;
        self.squares += estimate * estimate;
        if let Some(limits) = limits {
            self.limits += 1.0;
            self.held += f64::from(u8::from(limits.lower <= truth && truth <= limits.upper));
        }
    }

    /// The mean less the truth, in Monte Carlo standard errors.
    fn off(&self, truth: f64) -> f64 {
        let mean = self.sum / self.defined;
        let variance = self.squares / self.defined - mean * mean;
        (mean - truth) / (variance / self.defined).sqrt()
    }

    fn coverage(&self) -> f64 {
        self.held / self.limits
    }
}

/// A day of leaving as a whole number, at least 1: rounded up, so that the
/// truth at the close of day 365 is exact.
fn day(time: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    {
        time.ceil().clamp(1.0, 100_000.0) as u32
    }
}

/// One cohort: its size, the true share still there at 12 months, and from
/// how few to how many days people are followed, evenly.
#[derive(Clone, Copy)]
struct Cohort {
    n: u32,
    truth: f64,
    followed: (u32, u32),
}

impl Cohort {
    /// The last day of each, and whether it is that of leaving.
    fn draw(&self, chance: &mut Chance) -> Vec<(u32, bool)> {
        let rate = -self.truth.ln() / 365.0;
        let (least, most) = self.followed;
        let mut one = || {
            let leaves = day(chance.waiting() / rate);
            let ends = least + chance.below(most - least + 1);
            (leaves.min(ends), leaves <= ends)
        };
        (0..self.n).map(|_| one()).collect()
    }
}

fn table(people: &[(u32, bool)]) -> LifeTable {
    let mut table = LifeTable::default();
    for (day, left) in people {
        let ending = if *left {
            Ending::Event
        } else {
            Ending::StillFollowed
        };
        table.follow(0, *day, ending);
    }
    table
}

const KINDS: [Limits; 3] = [Limits::LogLog, Limits::Log, Limits::BetaProduct];

/// The same cohorts' curves at 12 months with each kind of limits.
fn curves(cohort: Cohort, replicates: u32) -> [Found; 3] {
    let mut found = [Found::default(); 3];
    let part = u64::from(cohort.n) * 1_000 + (cohort.truth * 100.0).round() as u64;
    let mut chance = Chance::new(2026, part);
    for _ in 0..replicates {
        let made = table(&cohort.draw(&mut chance));
        for (found, kind) in found.iter_mut().zip(KINDS) {
            match KaplanMeier::fit(&made, 0.95).with_limits(kind).at(365) {
                Ok(step) => found.add(step.survival, step.interval, cohort.truth),
                Err(_) => found.undefined += 1,
            }
        }
    }
    found
}

/// Three Monte Carlo errors of a coverage near 95% over 10,000 cohorts.
const NOISE: f64 = 0.007;

/// Measured with this seed: n, the true share, then how often the limits of
/// each kind hold it. Log-log is at or above 95% but for 20 people of whom 5%
/// leave: three leavers of 20, one cohort in seventeen, have an upper limit of
/// 0.949. Log falls short where few leave and is cut at 1 where fewer do; the
/// beta product never falls short, and is wide.
const HELD: [(u32, f64, [f64; 3]); 9] = [
    (20, 0.95, [0.935, 1.000, 0.988]),
    (20, 0.8, [0.965, 0.924, 0.984]),
    (20, 0.6, [0.952, 0.931, 0.977]),
    (50, 0.95, [0.966, 0.998, 0.987]),
    (50, 0.8, [0.958, 0.928, 0.974]),
    (50, 0.6, [0.951, 0.940, 0.970]),
    (200, 0.95, [0.958, 0.921, 0.972]),
    (200, 0.8, [0.956, 0.947, 0.967]),
    (200, 0.6, [0.949, 0.947, 0.958]),
];

#[test]
#[ignore = "long"]
fn kaplan_meier_at_12_months_over_made_up_cohorts() {
    for (n, truth, held) in HELD {
        // Starts spread over two years, the last 180 days before the data end.
        let followed = (180, 910);
        let found = curves(Cohort { n, truth, followed }, 10_000);
        let (cover, off) = (found.map(|f| f.coverage()), found[0].off(truth));
        let what = format!(
            "n {n}, truth {truth}: undefined {}, mean off by {off:.2} errors, held {cover:.4?}",
            found[0].undefined
        );
        println!("{what}");
        assert!(found[0].undefined == 0 && off.abs() <= 2.0, "{what}");
        // Where it can be promised: docs/decisions/0011.
        let promised = (truth - 0.6).abs() < 1e-9 || n == 200;
        assert!(!promised || (0.94..=0.96).contains(&cover[0]), "{what}");
        for (mine, measured) in cover.iter().zip(held) {
            assert!((mine - measured).abs() <= NOISE, "{what}");
        }
    }
}

/// Measured with this seed, as [`HELD`], over shares from 60% to 95%.
const HELD_OVER_SHARES: [(u32, [f64; 3]); 3] = [
    (20, [0.9606, 0.9352, 0.9836]),
    (50, [0.9555, 0.9295, 0.9757]),
    (200, [0.9500, 0.9435, 0.9624]),
];

/// With few people one share is held too often and the next too seldom, as the
/// number who leave is whole: over the shares that cohorts have, each cohort
/// with its own, the limits that are shown hold the truth about as often as
/// they say.
#[test]
#[ignore = "long"]
fn kaplan_meier_at_12_months_over_the_shares_that_stay() {
    for (n, held) in HELD_OVER_SHARES {
        let mut found = [Found::default(); 3];
        let mut chance = Chance::new(2030, u64::from(n));
        for _ in 0..20_000 {
            let truth = 0.6 + 0.35 * chance.fraction();
            let followed = (180, 910);
            let made = table(&Cohort { n, truth, followed }.draw(&mut chance));
            for (found, kind) in found.iter_mut().zip(KINDS) {
                match KaplanMeier::fit(&made, 0.95).with_limits(kind).at(365) {
                    Ok(step) => {
                        let error = |bound: f64| bound - truth;
                        let limits = step.interval.map(|i| Interval {
                            lower: error(i.lower),
                            upper: error(i.upper),
                            ..i
                        });
                        found.add(error(step.survival), limits, 0.0);
                    }
                    Err(_) => found.undefined += 1,
                }
            }
        }
        let (cover, off) = (found.map(|f| f.coverage()), found[0].off(0.0));
        let what = format!(
            "n {n}: undefined {}, mean off by {off:.2} errors, held {cover:.4?}",
            found[0].undefined
        );
        println!("{what}");
        assert!(found[0].undefined == 0 && off.abs() <= 2.0, "{what}");
        for (mine, measured) in cover.iter().zip(held) {
            assert!((mine - measured).abs() <= NOISE, "{what}");
        }
    }
}

#[test]
#[ignore = "long"]
fn kaplan_meier_at_12_months_where_most_are_not_yet_due() {
    // Four in ten of those who started have come to their 12 months; a cohort
    // of 20 may have nobody followed that far, and then has no answer.
    for (n, undefined, held) in [
        (20, 33, [0.956, 0.911, 0.988]),
        (50, 0, [0.948, 0.933, 0.979]),
    ] {
        let (truth, followed) = (0.6, (1, 600));
        let found = curves(Cohort { n, truth, followed }, 10_000);
        let (cover, off) = (found.map(|f| f.coverage()), found[0].off(truth));
        let what = format!(
            "n {n}: undefined {}, mean off by {off:.2} errors, held {cover:.4?}",
            found[0].undefined
        );
        println!("{what}");
        assert_eq!(found[0].undefined, undefined);
        assert!(off.abs() <= 3.0, "{what}");
        for (mine, measured) in cover.iter().zip(held) {
            assert!((mine - measured).abs() <= NOISE, "{what}");
        }
    }
}

/// Mean days of the first 365, where a share `truth` is there at their end.
fn mean_days(truth: f64) -> f64 {
    (0..365).map(|d| truth.powf(f64::from(d) / 365.0)).sum()
}

#[test]
#[ignore = "long"]
fn restricted_means_over_made_up_cohorts() {
    let followed = (180, 910);
    for (n, held, held_gap) in [(20, 0.928, 0.939), (50, 0.946, 0.946), (200, 0.950, 0.947)] {
        let (one, two) = (0.8, 0.6);
        let (mut means, mut gaps) = (Found::default(), Found::default());
        let gap_truth = mean_days(one) - mean_days(two);
        let mut chance = Chance::new(2027, u64::from(n));
        for _ in 0..10_000 {
            let [first, second] = [one, two].map(|truth| {
                let people = Cohort { n, truth, followed }.draw(&mut chance);
                KaplanMeier::fit(&table(&people), 0.95)
            });
            match first.restricted_mean(365) {
                Ok(mean) => means.add(mean.days, mean.interval, mean_days(one)),
                Err(_) => means.undefined += 1,
            }
            match restricted_mean_difference(&first, &second, 365) {
                Ok(gap) => gaps.add(gap.days, gap.interval, gap_truth),
                Err(_) => gaps.undefined += 1,
            }
        }
        let off = [means.off(mean_days(one)), gaps.off(gap_truth)];
        let cover = [means.coverage(), gaps.coverage()];
        let without = gaps.defined - gaps.limits;
        println!(
            "n {n}: off by {off:.2?} errors, held {cover:.4?}, {without} differences without limits"
        );
        assert!(off.iter().all(|o| o.abs() <= 2.0), "{off:?}");
        assert!((cover[0] - held).abs() <= NOISE, "{cover:?}");
        assert!((cover[1] - held_gap).abs() <= NOISE, "{cover:?}");
    }
}

#[test]
#[ignore = "long"]
fn causes_over_made_up_cohorts() {
    for (n, held) in [(20, 0.962), (50, 0.960), (200, 0.947)] {
        let mut found = Found::default();
        let (truth, followed) = (0.8, (180, 910));
        let mut chance = Chance::new(2029, u64::from(n));
        // Seven in ten of those who leave, leave for cause 0.
        let gone = 0.7 * (1.0 - truth);
        for _ in 0..10_000 {
            let mut by_cause = CauseTable::new(2);
            for (day, left) in (Cohort { n, truth, followed }).draw(&mut chance) {
                let cause = left.then(|| usize::from(!chance.happens(0.7)));
                by_cause.follow(0, day, cause).unwrap();
            }
            match CumulativeIncidence::fit(&by_cause, 0.95).at(365) {
                Ok(at) => found.add(at.causes[0].estimate, at.causes[0].interval, gone),
                Err(_) => found.undefined += 1,
            }
        }
        let (off, cover) = (found.off(gone), found.coverage());
        println!("n {n}: off by {off:.2} errors, held {cover:.4}");
        assert!(off.abs() <= 2.0 && (cover - held).abs() <= NOISE);
    }
}

#[test]
#[ignore = "long"]
fn hours_kept_over_made_up_cohorts() {
    // Six in ten start full-time and 85% of them stay; the others half-time
    // and 70% stay: 0.65 of the 0.8 posts a head that they started with.
    let truth = 0.65 / 0.8;
    for (n, held) in [(20_u32, 0.958), (50, 0.968), (200, 0.965)] {
        let mut found = Found::default();
        let mut chance = Chance::new(2028, u64::from(n));
        for _ in 0..10_000 {
            let person = |i: u32| {
                let full = i % 5 < 3;
                let stays = chance.happens(if full { 0.85 } else { 0.7 });
                let standing = if stays {
                    Standing::InPost
                } else {
                    Standing::Gone
                };
                StartingHours {
                    thousandths: if full { 1000 } else { 500 },
                    standing,
                }
            };
            let people: Vec<StartingHours> = (0..n).map(person).collect();
            let kept = hours_kept(&people, 0.95).unwrap();
            found.add(kept.estimate, kept.interval, truth);
        }
        let (off, cover) = (found.off(truth), found.coverage());
        println!("n {n}: off by {off:.2} errors, held {cover:.4}");
        assert!(off.abs() <= 2.0 && (cover - held).abs() <= NOISE);
    }
}
