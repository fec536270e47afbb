//! The mean of scores kept as exact sums, with Student's t interval. Sums are
//! subtracted as whole numbers of 256 bits, so nothing cancels; never as
//! floats.

use super::quantile::{two_sided_t, usable};
use crate::domain::Interval;
use crate::domain::tally::SCORE_ONE;

/// Exact sums of scores, in the fixed point of `domain::tally::SCORE_ONE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Units with a score.
    pub n: u64,
    /// Sum of scores, `SCORE_ONE` to a point.
    pub sum: i128,
    /// Sum of squared scores, `SCORE_ONE` to a squared point.
    pub squares: i128,
}

/// A mean and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// In points of the scale.
    pub estimate: f64,
    /// Its t interval; a single unit has none. Units that all score the same
    /// have an interval of one point.
    pub interval: Option<Interval>,
}

/// The mean of the scores. None for `n` = 0.
#[must_use]
pub fn mean(sums: Sums, level: f64) -> Option<Mean> {
    if sums.n == 0 {
        return None;
    }
    let estimate = sums.sum as f64 / (sums.n as f64 * SCORE_ONE as f64);
    let interval = standard_error(sums)
        .filter(|_| usable(level))
        .and_then(|error| {
            let t = two_sided_t(level, (sums.n - 1) as f64)?;
            Some(Interval {
                lower: estimate - t * error,
                upper: estimate + t * error,
                level,
                method: "t",
            })
        });
    Some(Mean { estimate, interval })
}

/// The standard error of the mean in points; none for fewer than two units or
/// for sums that no scores can have.
#[must_use]
pub fn standard_error(sums: Sums) -> Option<f64> {
    if sums.n < 2 {
        return None;
    }
    let n = u128::from(sums.n);
    let one = SCORE_ONE.unsigned_abs();
    let squares = u128::try_from(sums.squares).ok()?;
    let total = Wide::product(n * one, squares);
    let square_of_sum = Wide::product(sums.sum.unsigned_abs(), sums.sum.unsigned_abs());
    // Each square was rounded to the fixed point, so n of them may be off by
    // n; what is left by that alone is no spread.
    let rounding = Wide::product(n * n, one);
    let spread = match total.less(square_of_sum) {
        Some(spread) if spread.less(rounding).is_some() => spread.to_f64(),
        Some(_) => 0.0,
        None => {
            square_of_sum
                .less(total)
                .filter(|excess| excess.less(rounding).is_none_or(Wide::is_zero))?;
            0.0
        }
    };
    let n = n as f64;
    Some((spread / (n - 1.0)).sqrt() / n / one as f64)
}

/// A whole number of 256 bits, from 0 up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    fn product(a: u128, b: u128) -> Self {
        const HALF: u128 = u64::MAX as u128;
        let (a1, a0) = (a >> 64, a & HALF);
        let (b1, b0) = (b >> 64, b & HALF);
        let bottom = a0 * b0;
        let middle = a1 * b0 + (bottom >> 64);
        let cross = a0 * b1 + (middle & HALF);
        Self {
            high: a1 * b1 + (middle >> 64) + (cross >> 64),
            low: (cross << 64) | (bottom & HALF),
        }
    }

    /// `self - other`; none below 0.
    fn less(self, other: Self) -> Option<Self> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self
            .high
            .checked_sub(other.high)?
            .checked_sub(u128::from(borrow))?;
        Some(Self { high, low })
    }

    fn is_zero(self) -> bool {
        self.high == 0 && self.low == 0
    }

    fn to_f64(self) -> f64 {
        self.high as f64 * 2.0_f64.powi(128) + self.low as f64
    }
}

#[cfg(test)]
mod tests {
    use super::{Sums, Wide, standard_error};
    use crate::domain::tally::SCORE_ONE;

    #[test]
    fn wide_products_carry() {
        let all = Wide::product(u128::MAX, u128::MAX);
        let expected = Wide {
            high: u128::MAX - 1,
            low: 1,
        };
        assert_eq!(all, expected);
        assert_eq!(Wide::product(1 << 127, 6), Wide { high: 3, low: 0 });
        let less = Wide { high: 1, low: 0 }.less(Wide { high: 0, low: 1 });
        assert_eq!(
            less,
            Some(Wide {
                high: 0,
                low: u128::MAX
            })
        );
        assert_eq!(Wide::product(2, 3).less(Wide::product(7, 1)), None);
    }

    #[test]
    fn rounded_squares_are_no_spread_and_impossible_sums_no_error() {
        // Three scores of 3.333333333: each square is rounded.
        let score = 3_333_333_333_i128;
        let square = score * score / SCORE_ONE;
        let same = Sums {
            n: 3,
            sum: 3 * score,
            squares: 3 * square,
        };
        assert_eq!(standard_error(same), Some(0.0));
        let up = Sums {
            squares: 3 * (square + 1),
            ..same
        };
        assert_eq!(standard_error(up), Some(0.0));
        let impossible = Sums {
            squares: SCORE_ONE,
            ..same
        };
        assert_eq!(standard_error(impossible), None);
    }

    #[test]
    fn a_small_spread_on_a_large_offset_is_kept() {
        // Scores 1,000,000 and 1,000,000.001: floats would lose this.
        let one = SCORE_ONE;
        let (a, b) = (1_000_000 * one, 1_000_000 * one + one / 1000);
        let sums = Sums {
            n: 2,
            sum: a + b,
            squares: a * a / one + b * b / one,
        };
        let error = standard_error(sums).unwrap_or(f64::NAN);
        assert!((error - 0.0005).abs() < 1e-12, "{error}");
    }
}
