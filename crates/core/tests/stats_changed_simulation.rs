//! How often the intervals of mix and rate hold the truth: simulated with a
//! fixed seed. Ignored by `cargo test`; `.ci/run` runs it.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use staywise_core::domain::Interval;
use staywise_core::stats::chance::Chance;
use staywise_core::stats::decomposition::{Row, Steps, decompose};
use staywise_core::stats::difference::Share;

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn holds(interval: Option<Interval>, truth: f64) -> bool {
    interval.is_some_and(|i| i.lower <= truth && truth <= i.upper)
}

const CELLS: usize = 4;
const MIX: [[f64; CELLS]; 2] = [[0.4, 0.3, 0.2, 0.1], [0.25, 0.25, 0.25, 0.25]];
const ODDS: [[f64; CELLS]; 2] = [[-0.5, 0.3, 1.0, 0.0], [0.0, 0.4, 0.8, 0.3]];

fn cell(chance: &mut Chance, mix: &[f64; CELLS]) -> u32 {
    let mut left = chance.fraction();
    for (at, part) in mix.iter().enumerate() {
        left -= part;
        if left < 0.0 {
            return u32::try_from(at).unwrap();
        }
    }
    3
}

/// The mean chance where each person's own odds vary by one on the logit.
fn marginal(odds: f64) -> f64 {
    let steps = 4_000_u32;
    let at = |i: u32| -8.0 + 16.0 * (f64::from(i) + 0.5) / f64::from(steps);
    let density = |x: f64| (-x * x / 2.0).exp();
    let all: f64 = (0..steps).map(|i| density(at(i))).sum();
    (0..steps)
        .map(|i| density(at(i)) * logistic(odds + at(i)))
        .sum::<f64>()
        / all
}

/// Mix and rate intervals that hold the truth, with half of the people in both
/// periods.
fn change_coverage(people: u64, replicates: u32) -> (f64, f64) {
    let shares = ODDS.map(|odds| odds.map(marginal));
    let (mut mix, mut rate) = (0.0, 0.0);
    for at in 0..CELLS {
        let gained = MIX[1][at] - MIX[0][at];
        mix += gained * f64::midpoint(shares[0][at], shares[1][at]);
        rate += (shares[1][at] - shares[0][at]) * f64::midpoint(MIX[0][at], MIX[1][at]);
    }
    let mut chance = Chance::new(85, people);
    let mut held = (0.0, 0.0);
    for _ in 0..replicates {
        let mut rows: [Vec<Row>; 2] = [Vec::new(), Vec::new()];
        for (person, both) in (0..people).map(|p| (p, p < people / 2)) {
            let (own, first) = (chance.normal(), cell(&mut chance, &MIX[0]));
            let mut add = |period: usize, person: u64, cell: u32, own: f64, chance: &mut Chance| {
                let odds = ODDS[period][usize::try_from(cell).unwrap()] + own;
                let hit = chance.happens(logistic(odds));
                rows[period].push(Row { person, cell, hit });
            };
            add(0, person, first, own, &mut chance);
            // Whoever is in both keeps their odds, and may move.
            let second = cell(&mut chance, &MIX[1]);
            if both {
                add(1, person, second, own, &mut chance);
            } else {
                let other = chance.normal();
                add(1, person + people, second, other, &mut chance);
            }
        }
        let hits = rows[0].iter().filter(|r| r.hit).count() as u64;
        let once = Share { hits, n: people };
        let steps = Steps {
            published: once,
            on_todays_data: once,
            earlier: &rows[0],
            now: &rows[1],
        };
        let found = decompose(&steps, 0.95).unwrap();
        held.0 += f64::from(u8::from(holds(found.mix_interval, mix)));
        held.1 += f64::from(u8::from(holds(found.rate_interval, rate)));
    }
    let times = f64::from(replicates);
    (held.0 / times, held.1 / times)
}

#[test]
#[ignore = "long"]
fn intervals_of_mix_and_rate_hold_with_half_the_people_in_both_periods() {
    for people in [100, 400] {
        let (mix, rate) = change_coverage(people, 4_000);
        println!("{people} people a period: mix {mix:.4}, rate {rate:.4}");
        assert!((0.93..0.965).contains(&mix), "{people}: mix {mix}");
        assert!((0.935..0.96).contains(&rate), "{people}: rate {rate}");
    }
}
