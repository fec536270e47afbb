//! Curves at 12 months over many made-up cohorts with a fixed seed: is the
//! estimate right on average, and how often do the limits hold the truth?
//! Ignored by `cargo test`; `.ci/run` runs them.

#![allow(clippy::unwrap_used)]

use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Interval, LifeTable};
use staywise_core::stats::chance::Chance;
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence};
use staywise_core::stats::survival::{KaplanMeier, Limits};
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

#[test]
#[ignore = "long"]
fn kaplan_meier_at_12_months_over_made_up_cohorts() {
    for n in [20, 50, 200] {
        for truth in [0.95, 0.8, 0.6] {
            // Starts spread over two years, the last 180 days before the data end.
            let cohort = Cohort {
                n,
                truth,
                followed: (180, 910),
            };
            let found = curves(cohort, 10_000);
            let cover = found.map(|f| f.coverage());
            println!(
                "n {n}, truth {truth}: undefined {}, without limits {}, mean off by {:.2} errors, held {cover:.4?}",
                found[0].undefined,
                found[0].defined - found[0].limits,
                found[0].off(truth),
            );
        }
    }
    for n in [20, 50] {
        // Four in ten of those who started have come to their 12 months.
        let cohort = Cohort {
            n,
            truth: 0.6,
            followed: (1, 600),
        };
        let found = curves(cohort, 10_000);
        let cover = found.map(|f| f.coverage());
        println!(
            "n {n}, mostly not yet due: undefined {}, mean off by {:.2} errors ({:.4}), held {cover:.4?}",
            found[0].undefined,
            found[0].off(0.6),
            found[0].sum / found[0].defined - 0.6
        );
    }
}

#[test]
#[ignore = "long"]
fn restricted_means_and_causes_over_made_up_cohorts() {
    for n in [20, 50, 200] {
        let truth = 0.8_f64;
        let cohort = Cohort {
            n,
            truth,
            followed: (180, 910),
        };
        let mean_truth: f64 = (0..365).map(|d| truth.powf(f64::from(d) / 365.0)).sum();
        let (mut means, mut causes) = (Found::default(), Found::default());
        let mut chance = Chance::new(2027, u64::from(n));
        for _ in 0..10_000 {
            let people = cohort.draw(&mut chance);
            let curve = KaplanMeier::fit(&table(&people), 0.95);
            match curve.restricted_mean(365) {
                Ok(mean) => means.add(mean.days, mean.interval, mean_truth),
                Err(_) => means.undefined += 1,
            }
            // Seven in ten of those who leave, leave for cause 0.
            let mut by_cause = CauseTable::new(2);
            for (day, left) in &people {
                let cause = left.then(|| usize::from(!chance.happens(0.7)));
                by_cause.follow(0, *day, cause).unwrap();
            }
            let gone = 0.7 * (1.0 - truth);
            match CumulativeIncidence::fit(&by_cause, 0.95).at(365) {
                Ok(found) => causes.add(found.causes[0].estimate, found.causes[0].interval, gone),
                Err(_) => causes.undefined += 1,
            }
        }
        println!(
            "n {n}: mean days off by {:.2} errors, held {:.4}; cause off by {:.2}, held {:.4}",
            means.off(mean_truth),
            means.coverage(),
            causes.off(0.7 * (1.0 - truth)),
            causes.coverage()
        );
    }
}

#[test]
#[ignore = "long"]
fn hours_kept_over_made_up_cohorts() {
    // Six in ten start full-time and 85% of them stay; the others half-time
    // and 70% stay: 0.65 of the 0.8 posts a head that they started with.
    let truth = 0.65 / 0.8;
    for n in [20, 50, 200] {
        let mut found = Found::default();
        let mut chance = Chance::new(2028, u64::from(n));
        for _ in 0..10_000 {
            let people: Vec<StartingHours> = (0..n)
                .map(|_| {
                    let full = chance.happens(0.6);
                    let stays = chance.happens(if full { 0.85 } else { 0.7 });
                    StartingHours {
                        thousandths: if full { 1000 } else { 500 },
                        standing: if stays {
                            Standing::InPost
                        } else {
                            Standing::Gone
                        },
                    }
                })
                .collect();
            let kept = hours_kept(&people, 0.95).unwrap();
            found.add(kept.estimate, kept.interval, truth);
        }
        println!(
            "n {n}: hours off by {:.2} errors ({:.5}), held {:.4}",
            found.off(truth),
            found.sum / found.defined - truth,
            found.coverage()
        );
    }
}
