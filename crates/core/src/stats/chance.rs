//! Chance with a seed, for permutations, draws and simulations: the same
//! numbers on every machine and any number of threads, as each stream is a
//! part's own. Never reads a clock or the system's randomness.

use super::quantile::two_sided_normal;
use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// One part in 2^53: the step of a fraction drawn from 53 random bits.
const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

/// A stream of chance.
#[derive(Clone, Debug)]
pub struct Chance(Pcg64);

impl Chance {
    /// A stream of its own for each `part`, so that parts may be drawn in any
    /// order.
    #[must_use]
    pub fn new(seed: u64, part: u64) -> Self {
        let state = u128::from(seed) << 64 | u128::from(part.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self(Pcg64::new(state, u128::from(part)))
    }

    /// A fraction from 0 up to but without 1.
    pub fn fraction(&mut self) -> f64 {
        // The top 53 bits fit a double exactly.
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// True with the given probability.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }

    /// A whole number from 0 to `count - 1`; 0 where there is no such.
    pub fn below(&mut self, count: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(count);
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// A standard normal deviate, by the quantile of a fraction.
    pub fn normal(&mut self) -> f64 {
        // Half a step keeps it off 0 and 1.
        let p = self.fraction() + 0.5 * STEP;
        if p < 0.5 {
            -two_sided_normal(1.0 - 2.0 * p)
        } else {
            two_sided_normal(2.0 * p - 1.0)
        }
    }

    /// An exponential waiting time of mean 1.
    pub fn waiting(&mut self) -> f64 {
        -(1.0 - self.fraction()).ln()
    }

    /// Puts things into a random order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            let count = u32::try_from(last + 1).unwrap_or(u32::MAX);
            let other = usize::try_from(self.below(count)).unwrap_or(0);
            things.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn a_stream_is_its_seed_and_part() {
        let draw = |seed, part| {
            let mut chance = Chance::new(seed, part);
            [chance.fraction(), chance.normal(), chance.waiting()]
        };
        assert_eq!(draw(1, 2).map(f64::to_bits), draw(1, 2).map(f64::to_bits));
        assert_ne!(draw(1, 2).map(f64::to_bits), draw(1, 3).map(f64::to_bits));
        assert_ne!(draw(1, 2).map(f64::to_bits), draw(2, 2).map(f64::to_bits));
    }

    #[test]
    fn deviates_have_the_mean_and_spread_they_should() {
        let mut chance = Chance::new(7, 0);
        let draws: Vec<f64> = (0..40_000).map(|_| chance.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 40_000.0;
        let square = draws.iter().map(|x| x * x).sum::<f64>() / 40_000.0;
        assert!(mean.abs() < 0.02 && (square - 1.0).abs() < 0.03);
        let waits: f64 = (0..40_000).map(|_| chance.waiting()).sum();
        assert!((waits / 40_000.0 - 1.0).abs() < 0.02);
    }

    #[test]
    fn a_shuffle_keeps_what_it_orders() {
        let mut chance = Chance::new(3, 1);
        let mut things: Vec<u32> = (0..50).collect();
        chance.shuffle(&mut things);
        assert_ne!(things, (0..50).collect::<Vec<_>>());
        things.sort_unstable();
        assert_eq!(things, (0..50).collect::<Vec<_>>());
    }
}
