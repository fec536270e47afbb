//! Chance with a seed: the same numbers on every machine. Only integers,
//! comparisons and products are used, as logarithms and powers differ in the
//! last digit from one system to another.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use staywise_core::domain::Day;

/// A stream of chance.
pub(super) struct Chance(Pcg64);

/// One part in 2^53: the step of a fraction drawn from 53 random bits.
const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Chance {
    /// A stream of its own for each `part` of the study, so that a change to
    /// one part leaves the others as they were.
    pub(super) fn new(seed: u64, part: u64) -> Self {
        let state = u128::from(seed) << 64 | u128::from(part.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self(Pcg64::new(state, u128::from(part)))
    }

    /// A fraction from 0 up to but without 1.
    pub(super) fn fraction(&mut self) -> f64 {
        // The top 53 bits fit a double exactly.
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// True with the given probability.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }

    /// A whole number from 0 to `count - 1`; 0 where there is no such.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(count);
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let count = u32::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(0);
        low.saturating_add(i32::try_from(self.below(count)).unwrap_or(0))
    }

    /// A day from `first` to `last`, both included.
    pub(super) fn day(&mut self, first: Day, last: Day) -> Day {
        Day(self.between(first.0, last.0))
    }

    /// The index of one of some parts, each as likely as its weight says.
    pub(super) fn weighed(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// One of some values, each as likely as its weight says.
    pub(super) fn pick<T: Copy + Default>(&mut self, choices: &[(T, u32)]) -> T {
        let weights: Vec<u32> = choices.iter().map(|(_, weight)| *weight).collect();
        let index = self.weighed(&weights);
        choices
            .get(index)
            .map_or_else(T::default, |(value, _)| *value)
    }
}

/// How long people stay: a share still there after the first year, and the
/// share of those there who are still there a year on, for every later year.
/// Leaving is equally likely on each day of the first year, and on each later
/// day.
#[derive(Clone, Copy)]
pub(super) struct Staying {
    first_year_daily: f64,
    later_daily: f64,
}

const YEAR: u32 = 365;

impl Staying {
    /// From the two shares, each of 365 days.
    pub(super) fn new(first_year: f64, later_year: f64) -> Self {
        Self {
            first_year_daily: daily(first_year),
            later_daily: daily(later_year),
        }
    }

    /// On which day after the start (1, 2, ...) someone leaves, if within
    /// `days`. Still there at the close of day 365 is exactly as likely as
    /// the share of the first year says.
    pub(super) fn leaves_after(self, days: u32, chance: &mut Chance) -> Option<i32> {
        let draw = chance.fraction();
        let mut still = 1.0;
        for day in 1..=days {
            still *= if day <= YEAR {
                self.first_year_daily
            } else {
                self.later_daily
            };
            if draw >= still {
                return i32::try_from(day).ok();
            }
        }
        None
    }
}

/// The daily share that makes `share` in 365 days, by halving.
fn daily(share: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if (0..YEAR).fold(1.0, |product, _| product * middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::{Chance, Staying, daily};

    #[test]
    fn a_year_of_days_makes_the_share_of_a_year() {
        for share in [0.05, 0.76, 0.88, 0.999] {
            assert!((daily(share).powi(365) - share).abs() < 1e-12, "{share}");
        }
    }

    #[test]
    fn as_many_stay_the_year_as_the_share_says() {
        let staying = Staying::new(0.76, 0.9);
        let mut chance = Chance::new(7, 1);
        let stayed = (0..20_000)
            .filter(|_| staying.leaves_after(365, &mut chance).is_none())
            .count();
        // Four standard errors either way.
        assert!((14_958..=15_442).contains(&stayed), "{stayed}");
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_part_others() {
        let draw = |part| {
            let mut chance = Chance::new(3, part);
            [chance.below(1000), chance.below(1000), chance.below(1000)]
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn picks_follow_their_weights() {
        let mut chance = Chance::new(11, 0);
        let mut seen = [0_u32; 3];
        for _ in 0..10_000 {
            if let Some(count) = seen.get_mut(chance.weighed(&[1, 0, 3])) {
                *count += 1;
            }
        }
        assert_eq!(seen[1], 0);
        assert!((2_300..2_700).contains(&seen[0]), "{seen:?}");
    }
}
