//! The same people twice: McNemar's test and the difference of two paired
//! shares. Never for different people, and people who answered once are in
//! neither.

use super::difference::Difference;
use super::proportion::wilson;
use super::quantile::{binomial_at_most, chi_square_tail};
use super::two_shares::{Continuity, checked_level, refuse};
use crate::domain::Unknown;

/// People by what they said the first and the second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// Hit both times.
    pub both: u64,
    /// Hit the first time only.
    pub first_only: u64,
    /// Hit the second time only.
    pub second_only: u64,
    /// Hit neither time.
    pub neither: u64,
}

/// McNemar's test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// The statistic, with one degree of freedom.
    pub chi_square: f64,
    /// Its p.
    pub p: f64,
    /// The exact two-sided p: each who changed went either way by the toss of
    /// a coin.
    pub exact_p: f64,
    /// People who changed.
    pub changed: u64,
    /// Whether the statistic is corrected.
    pub continuity: Continuity,
}

impl Pairs {
    fn n(self) -> Result<u64, Unknown> {
        let sum = [self.both, self.first_only, self.second_only, self.neither]
            .into_iter()
            .try_fold(0_u64, u64::checked_add);
        match sum {
            Some(0) => Err(refuse("nobody answered both times")),
            Some(n) => Ok(n),
            None => Err(refuse("more people than can be counted")),
        }
    }
}

/// Did more people change one way than the other (McNemar 1947), as R's
/// `mcnemar.test`; Edwards' correction draws in by one, but not where as many
/// went either way.
///
/// # Errors
/// Where nobody answered both times, or nobody changed.
pub fn mcnemar(pairs: Pairs, continuity: Continuity) -> Result<McNemar, Unknown> {
    pairs.n()?;
    let (b, c) = (pairs.first_only, pairs.second_only);
    let changed = b + c;
    if changed == 0 {
        return Err(refuse("nobody changed"));
    }
    let off = b.abs_diff(c) as f64;
    let drawn = match continuity {
        Continuity::Corrected if b != c => 1.0,
        _ => 0.0,
    };
    let chi_square = (off - drawn).powi(2) / changed as f64;
    let none = || refuse("too many people to count every outcome");
    let tail = binomial_at_most(b.min(c), changed, 0.5).ok_or_else(none)?;
    Ok(McNemar {
        chi_square,
        p: chi_square_tail(chi_square, 1).ok_or_else(none)?,
        exact_p: (2.0 * tail).min(1.0),
        changed,
        continuity,
    })
}

/// The share of the first time less that of the second, with Newcombe's
/// interval for pairs (1998, Stat Med 17:2635, method 10: two Wilson
/// intervals and the correlation of the answers, drawn in by half a person).
///
/// # Errors
/// Where nobody answered both times, or the level cannot be.
pub fn paired_difference(pairs: Pairs, level: f64) -> Result<Difference, Unknown> {
    checked_level(level)?;
    let n = pairs.n()?;
    let (first, second) = (
        pairs.both + pairs.first_only,
        pairs.both + pairs.second_only,
    );
    let limits = |hits: u64| wilson(hits, n, level).ok_or_else(|| refuse("no interval"));
    let (one, two) = (limits(first)?, limits(second)?);
    let whole = n as f64;
    let (p, q) = (first as f64 / whole, second as f64 / whole);
    let estimate = if pairs.first_only >= pairs.second_only {
        (pairs.first_only - pairs.second_only) as f64 / whole
    } else {
        -((pairs.second_only - pairs.first_only) as f64 / whole)
    };
    let phi = correlation(pairs, (first, second), n);
    let reach = |a: f64, b: f64| (a * a - 2.0 * phi * a * b + b * b).max(0.0).sqrt();
    let down = reach(p - one.lower, two.upper - q);
    let up = reach(one.upper - p, q - two.lower);
    Ok(Difference::reaching(
        estimate,
        (down, up),
        (level, "newcombe_paired"),
    ))
}

/// The correlation of both answers; one above 0 is drawn in by half a person,
/// but not past 0.
fn correlation(pairs: Pairs, (first, second): (u64, u64), n: u64) -> f64 {
    let whole = n as f64;
    let spread = (first as f64 / whole)
        * ((n - first) as f64 / whole)
        * (second as f64 / whole)
        * ((n - second) as f64 / whole);
    if spread <= 0.0 {
        return 0.0;
    }
    let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
    let (with, against) = (
        product(pairs.both, pairs.neither),
        product(pairs.first_only, pairs.second_only),
    );
    let off = if with >= against {
        ((with - against) as f64 - whole / 2.0).max(0.0)
    } else {
        -((against - with) as f64)
    };
    off / whole / whole / spread.sqrt()
}
