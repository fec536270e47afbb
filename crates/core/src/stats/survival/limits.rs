//! The kinds of interval that a curve may have on one day. Never one where
//! nobody was followed, and never 100% to 100% because nobody has left yet.

use super::{KaplanMeier, Point};
use crate::domain::Interval;
use crate::stats::proportion::clopper_pearson;
use crate::stats::quantile::{beta_quantile, two_sided_normal, usable};

/// How a curve's intervals are made, once somebody has had the event. Before
/// that all are Clopper and Pearson's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// Normal on the scale of ln(-ln S): within 0 to 1 by itself.
    #[default]
    LogLog,
    /// Normal on the scale of ln S, cut at 1: R's default.
    Log,
    /// Normal on S itself, cut at 0 and 1.
    Plain,
    /// Fay, Brittain and Proschan's product of beta variables, without mid-p,
    /// by its first two moments: for fewer than ten events.
    BetaProduct,
}

/// The product of independent beta variables, one a day with events, by the
/// logarithms of its moments, so that nothing cancels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BetaProduct {
    /// ln of the mean.
    log_mean: f64,
    /// ln of the mean square over the squared mean.
    log_spread: f64,
}

impl BetaProduct {
    /// With one day more on which `events` of `at_risk` had the event.
    pub(super) fn times(self, at_risk: u64, events: u64) -> Self {
        let (n, d) = (at_risk as f64, events as f64);
        self.beta(n - d + 1.0, d)
    }

    fn beta(self, a: f64, b: f64) -> Self {
        Self {
            log_mean: self.log_mean - (b / a).ln_1p(),
            log_spread: self.log_spread + (b / (a * (a + b + 1.0))).ln_1p(),
        }
    }

    /// The shapes of the one beta variable with the same two moments.
    fn shapes(self) -> Option<(f64, f64)> {
        let (mean, rest) = (self.log_mean.exp(), -self.log_mean.exp_m1());
        let size = rest / (mean * self.log_spread.exp_m1()) - 1.0;
        let (a, b) = (mean * size, rest * size);
        let good = |x: f64| x.is_finite() && x > 0.0;
        (good(a) && good(b)).then_some((a, b))
    }

    /// The limits where `next` are at risk for whoever goes next.
    fn limits(self, next: u64, level: f64) -> Option<(f64, f64)> {
        let tail = (1.0 - level) / 2.0;
        let (a, b) = self.shapes()?;
        let upper = 1.0 - beta_quantile(tail, b, a)?;
        if next == 0 {
            return Some((0.0, upper));
        }
        let (a, b) = self.beta(next as f64, 1.0).shapes()?;
        Some((beta_quantile(tail, a, b)?, upper))
    }
}

impl KaplanMeier {
    /// The interval of one point as it stands at the close of `day`, its own
    /// or a later one.
    pub(super) fn limits(&self, point: &Point, day: u32) -> Option<Interval> {
        let at_risk = point.at_risk_on(day);
        if point.events_so_far == 0 {
            // The smallest number at risk on any day so far.
            let fewest = point.fewest.min(at_risk);
            return clopper_pearson(fewest, fewest, self.level);
        }
        if !usable(self.level) {
            return None;
        }
        let (survival, spread) = (point.survival, point.greenwood.sqrt());
        if survival <= 0.0 && self.kind != Limits::BetaProduct {
            return None;
        }
        let z = two_sided_normal(self.level);
        let ((lower, upper), method) = match self.kind {
            Limits::LogLog => {
                let power = (z * spread / survival.ln().abs()).exp();
                let ends = (survival.powf(power), survival.powf(1.0 / power));
                (ends, "km_loglog")
            }
            Limits::Log => {
                let factor = (z * spread).exp();
                ((survival / factor, (survival * factor).min(1.0)), "km_log")
            }
            Limits::Plain => {
                let half = z * spread * survival;
                let ends = ((survival - half).max(0.0), (survival + half).min(1.0));
                (ends, "km_plain")
            }
            Limits::BetaProduct => {
                let next = point.fewest_since.min(at_risk);
                let ends = point.product.limits(next, self.level)?;
                (ends, "km_beta_product")
            }
        };
        Some(Interval {
            lower,
            upper,
            level: self.level,
            method,
        })
    }
}
