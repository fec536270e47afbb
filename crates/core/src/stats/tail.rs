//! Tail areas of the tests: normal, Student's t, and t about a mean that is
//! not 0. To ten significant digits, or as many decimals for the last. Never
//! loops without a bound.

use super::quantile::{beta_below, stirling_error};
use super::root::{boundary, outside};
use statrs::function::gamma::checked_gamma_ur;

/// Points on either side at which t about another mean is summed.
const MOST_POINTS: u32 = 20_000;
/// The share of the middle's density below which points are left out.
const NO_DENSITY: f64 = 1e-18;
/// A mean of t further out than any that a limit is looked for.
const FURTHEST: f64 = 1e9;

/// The chance of a standard normal deviate at least as far from 0, on either
/// side. The chi-square's tail, as the error function at hand is wrong in the
/// tenth digit.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    let half = z * z / 2.0;
    if half == 0.0 {
        return 1.0;
    }
    // Beyond the smallest double there is no tail left.
    checked_gamma_ur(0.5, half)
        .ok()
        .filter(|p| p.is_finite())
        .map_or(0.0, |p| p.clamp(0.0, 1.0))
}

/// The chance of a standard normal deviate up to `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    let tail = normal_two_sided(z) / 2.0;
    if z < 0.0 { tail } else { 1.0 - tail }
}

/// The chance that Student's t with `freedom` degrees of freedom is at least
/// as far from 0, on either side; nothing where it does not converge.
pub(super) fn t_two_sided(t: f64, freedom: f64) -> Option<f64> {
    let square = t * t;
    if square == 0.0 {
        return Some(1.0);
    }
    if square.is_infinite() {
        return Some(0.0);
    }
    // Near the middle the share is 1 less what is nearer, as what is left of 1
    // by a small square has few digits; past it, where that would cancel, it is
    // taken by itself.
    let (whole, near) = (freedom + square, 1.5 / (freedom / 2.0 + 2.5));
    let p = if square / whole < near {
        1.0 - beta_below(0.5, freedom / 2.0, square / whole)?
    } else {
        beta_below(freedom / 2.0, 0.5, freedom / whole)?
    };
    p.is_finite().then_some(p.clamp(0.0, 1.0))
}

/// The chance of t up to `t` where the deviate above the line has the mean
/// `centre`. The chi-square below the line is integrated over its logarithm
/// by the trapezoid rule, which is exact to rounding for such densities once
/// its step is a small part of their width; the sum of the densities
/// themselves is what it is divided by.
pub(super) fn shifted_t_below(t: f64, freedom: f64, centre: f64) -> f64 {
    let width = 1.0 / (2.0 * freedom).sqrt();
    let step = (width / 8.0).min(0.5 / t.abs().max(1.0));
    // Relative to the middle, where the logarithm is 0.
    let density = |log: f64| (freedom * (log - ((2.0 * log).exp_m1()) / 2.0)).exp();
    let (mut found, mut whole) = (normal_below(t - centre), 1.0);
    for side in [-1.0, 1.0] {
        for point in 1..=MOST_POINTS {
            let log = side * step * f64::from(point);
            let weight = density(log);
            if weight < NO_DENSITY {
                break;
            }
            found += weight * normal_below(t * log.exp() - centre);
            whole += weight;
        }
    }
    found / whole
}

/// The mean of the deviate above the line at which `share` of t lies below
/// `t`; none where it cannot be found.
pub(super) fn shifted_t_centre(t: f64, freedom: f64, share: f64) -> Option<f64> {
    // The chance falls as the centre rises.
    let more = |centre: f64| shifted_t_below(t, freedom, centre) > share;
    if more(t) {
        let end = outside(t, 1.0, FURTHEST, more)?;
        Some(boundary(t, end, more))
    } else {
        let end = outside(t, -1.0, FURTHEST, |c| !more(c))?;
        Some(boundary(t, end, |c| !more(c)))
    }
}

/// Hedges' correction: by how much the mean of a standardised difference is
/// too large with so many degrees of freedom, `Γ(m/2) / (√(m/2) Γ((m-1)/2))`.
/// By Stirling's formula and what it leaves, so that nothing cancels.
pub(super) fn hedges_correction(freedom: f64) -> f64 {
    let half = freedom / 2.0;
    if freedom < 2.0 {
        return 0.0;
    }
    let log = -(half - 1.0) * (-1.0 / freedom).ln_1p() - 0.5 + stirling_error(half)
        - stirling_error(half - 0.5);
    log.exp()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::t_two_sided;
    use std::f64::consts::PI;

    /// One and two degrees of freedom have their tails in closed form.
    #[test]
    fn tails_of_t_on_either_side_of_its_middle() {
        for t in [1e-9_f64, 1e-4, 0.3, 0.999, 1.0, 1.5, 12.0, 1e5, 1e12] {
            let root = (2.0 + t * t).sqrt();
            let two = 2.0 / (2.0 + t * t) / (1.0 + t / root);
            for (freedom, expected) in [(1.0, 2.0 * (1.0 / t).atan() / PI), (2.0, two)] {
                for sign in [-1.0, 1.0] {
                    let found = t_two_sided(sign * t, freedom).unwrap();
                    assert!(
                        (found / expected - 1.0).abs() < 1e-12,
                        "{t} {freedom}: {found} {expected}"
                    );
                }
            }
        }
        // The incomplete beta function with 40-digit arithmetic.
        for (t, freedom, expected) in [
            (10.0, 999.0, 1.67082188268713e-22),
            (0.001, 999.0, 0.999202315218074),
            (1.7, 999.0, 0.0894421982199314),
            (1.8, 999.0, 0.0721622411004801),
        ] {
            let found = t_two_sided(t, freedom).unwrap();
            assert!((found / expected - 1.0).abs() < 1e-10, "{t}: {found}");
        }
        assert_eq!(t_two_sided(0.0, 3.0), Some(1.0));
        assert_eq!(t_two_sided(1e200, 3.0), Some(0.0));
        assert_eq!(t_two_sided(f64::NAN, 3.0), None);
    }
}
