//! Quantiles and tail areas that the intervals are made of, to at least ten
//! significant digits over the counts that occur. Of statrs only functions that
//! were found that exact are used: its continued fraction for the incomplete
//! beta function stops after 140 terms, too few for thousands of people, and
//! its gamma quantile at nine digits, so both are here. Never loops without a
//! bound.

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur, ln_gamma};
use std::f64::consts::{PI, SQRT_2};

/// Terms of a continued fraction before giving up; the number needed grows
/// with the square root of the larger shape.
const MAX_TERMS: u32 = 100_000;
/// From this shape on, the expansion is exact to double precision.
const LARGE_GAMMA: f64 = 1e6;
/// From these degrees of freedom on, the expansion is exact to double precision.
const LARGE_FREEDOM: f64 = 1e5;

/// Whether a confidence level can be used: strictly between 0 and 1.
pub(super) fn usable(level: f64) -> bool {
    level > 0.0 && level < 1.0
}

/// The standard normal deviate that leaves half of `1 - level` in each tail.
pub(super) fn two_sided_normal(level: f64) -> f64 {
    SQRT_2 * erfc_inv(1.0 - level)
}

/// The same for Student's t with `freedom` degrees of freedom; nothing where
/// it does not converge.
pub(super) fn two_sided_t(level: f64, freedom: f64) -> Option<f64> {
    if freedom >= LARGE_FREEDOM {
        let z = two_sided_normal(level);
        let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
        return Some(
            z + (z3 + z) / (4.0 * freedom)
                + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * freedom.powi(2))
                + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * freedom.powi(3)),
        );
    }
    // t^2 / (freedom + t^2) has a Beta(1/2, freedom/2) distribution; its upper
    // end is near 0, where nothing cancels.
    let share = beta_quantile(level, 0.5, freedom / 2.0)?;
    let t = (freedom * share / (1.0 - share)).sqrt();
    t.is_finite().then_some(t)
}

/// The `p` quantile of the gamma distribution with this shape and scale 1.
pub(super) fn gamma_quantile(p: f64, shape: f64) -> Option<f64> {
    let x = if shape >= LARGE_GAMMA {
        // Cornish and Fisher's expansion.
        let z = if p < 0.5 {
            -two_sided_normal(1.0 - 2.0 * p)
        } else {
            two_sided_normal(2.0 * p - 1.0)
        };
        let root = shape.sqrt();
        shape + z * root + (z * z - 1.0) / 3.0 + (z.powi(3) - 7.0 * z) / (36.0 * root)
            - (3.0 * z.powi(4) + 7.0 * z * z - 16.0) / (810.0 * shape)
    } else {
        find(p, shape, f64::INFINITY, |x| {
            let density = (-stirling_error(shape) - deviance(shape, x)).exp()
                * (shape / (2.0 * PI)).sqrt()
                / x;
            Some((checked_gamma_lr(shape, x).ok()?, density))
        })?
    };
    (x.is_finite() && x >= 0.0).then_some(x)
}

/// The chance of a chi-square above `x`.
pub(super) fn chi_square_tail(x: f64, freedom: u32) -> Option<f64> {
    if x <= 0.0 {
        return Some(1.0);
    }
    let p = checked_gamma_ur(f64::from(freedom) / 2.0, x / 2.0).ok()?;
    (0.0..=1.0).contains(&p).then_some(p)
}

/// The `p` quantile of the beta distribution.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    find(p, a / (a + b), 1.0, |x| {
        let density = beta_power(a, b, x) / (x * (1.0 - x));
        Some((beta_below(a, b, x)?, density))
    })
}

/// The chance of at most `hits` of `n` where each hits with the chance `p`,
/// strictly between 0 and 1.
pub(super) fn binomial_at_most(hits: u64, n: u64, p: f64) -> Option<f64> {
    if hits >= n {
        return Some(1.0);
    }
    let found = beta_below((n - hits) as f64, hits as f64 + 1.0, 1.0 - p)?;
    found.is_finite().then_some(found.clamp(0.0, 1.0))
}

/// The fewest hits of `n` for which the chance of so many or fewer is above
/// `chance`, where each hits with the chance `p`, strictly between 0 and 1.
pub(super) fn binomial_fewest(chance: f64, n: u64, p: f64) -> Option<u64> {
    let (mut low, mut high) = (0_u64, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if binomial_at_most(middle, n, p)? > chance {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// The chance of each count from 0 to `n` where each hits with the chance `p`,
/// from 0 to 1. From the likeliest count outwards, so that nothing is lost
/// where the chance of none is smaller than a double can be.
pub(super) fn binomial_chances(n: u64, p: f64) -> Vec<f64> {
    let whole = n as f64;
    let likeliest = ((whole + 1.0) * p).floor().clamp(0.0, whole);
    let mut down = Vec::new();
    let (mut k, mut weight) = (likeliest, 1.0);
    while k >= 1.0 {
        weight *= k * (1.0 - p) / ((whole - k + 1.0) * p);
        down.push(weight);
        k -= 1.0;
    }
    let mut chances: Vec<f64> = down.into_iter().rev().collect();
    chances.push(1.0);
    (k, weight) = (likeliest, 1.0);
    while k < whole {
        weight *= (whole - k) * p / ((k + 1.0) * (1.0 - p));
        chances.push(weight);
        k += 1.0;
    }
    let sum: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= sum;
    }
    chances
}

/// The chance of at most `events` where their number is Poisson with a mean
/// above 0.
pub(super) fn poisson_at_most(events: u64, mean: f64) -> Option<f64> {
    let found = checked_gamma_ur(events as f64 + 1.0, mean).ok()?;
    found.is_finite().then_some(found.clamp(0.0, 1.0))
}

/// The point between 0 and `end` with a share `p` below it: Newton's method
/// from `start`, halving the bracket where a step leaves it. `at` gives the
/// share below a point and the density there.
fn find(p: f64, start: f64, end: f64, at: impl Fn(f64) -> Option<(f64, f64)>) -> Option<f64> {
    let (mut low, mut high, mut x) = (0.0_f64, end, start);
    for _ in 0..200 {
        let (below, density) = at(x)?;
        if below < p {
            low = x;
        } else {
            high = x;
        }
        let step = x - (below - p) / density;
        let next = if step > low && step < high {
            step
        } else if high.is_infinite() {
            2.0 * low
        } else if low > 0.0 && high / low > 4.0 {
            (low * high).sqrt()
        } else {
            f64::midpoint(low, high)
        };
        let done = (next - x).abs() <= 4.0 * f64::EPSILON * x;
        x = next;
        if x <= 0.0 || x >= end {
            return None;
        }
        if done {
            break;
        }
    }
    x.is_finite().then_some(x)
}

/// The regularised incomplete beta function: the chance of a value up to `x`.
pub(super) fn beta_below(a: f64, b: f64, x: f64) -> Option<f64> {
    let power = beta_power(a, b, x);
    if x < (a + 1.0) / (a + b + 2.0) {
        Some(power * beta_fraction(a, b, x)? / a)
    } else {
        Some(1.0 - power * beta_fraction(b, a, 1.0 - x)? / b)
    }
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by
/// Lentz's method; nothing where it does not converge.
fn beta_fraction(a: f64, b: f64, x: f64) -> Option<f64> {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..=MAX_TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let change = d * c;
        h *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            return h.is_finite().then_some(h);
        }
    }
    None
}

/// `x^a (1-x)^b / B(a, b)` by Loader's saddle point (2000): differences of
/// large log-gammas would lose the digits.
fn beta_power(a: f64, b: f64, x: f64) -> f64 {
    let n = a + b;
    let log = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * (1.0 - x));
    log.exp() * (a * b / (2.0 * PI * n)).sqrt()
}

/// ln(n!) less Stirling's formula for it.
pub(super) fn stirling_error(n: f64) -> f64 {
    if n <= 15.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n - (2.0 * PI).sqrt().ln();
    }
    let square = n * n;
    let terms = [
        1.0 / 12.0,
        1.0 / 360.0,
        1.0 / 1260.0,
        1.0 / 1680.0,
        1.0 / 1188.0,
        691.0 / 360_360.0,
    ];
    let inner = terms
        .iter()
        .rev()
        .fold(0.0, |rest, term| term - rest / square);
    inner / n
}

/// `x ln(x / mean) + mean - x`, without cancellation where the two are close.
fn deviance(x: f64, mean: f64) -> f64 {
    let gap = x - mean;
    if gap.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() + mean - x;
    }
    let v = gap / (x + mean);
    let mut sum = gap * v;
    let mut power = 2.0 * x * v;
    for k in 1..100_u32 {
        power *= v * v;
        let next = sum + power / f64::from(2 * k + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}
