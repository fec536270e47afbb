//! Odds ratios of two independent groups: Fisher's exact test with the
//! conditional estimate, the plain odds ratio, and the ratio common to
//! several strata. An odds ratio is not a ratio of shares and is never named
//! so.

use super::difference::Share;
use super::quantile::{chi_square_tail, two_sided_normal};
use super::ratio_of_shares::RatioInterval;
use super::root::{boundary, outside};
use super::two_shares::{Continuity, checked, checked_level, refuse};
use crate::domain::{Interval, Unknown};

/// Tables with the same margins beyond which nothing is enumerated.
const MOST_TABLES: u64 = 2_000_000;
/// How much likelier than the table at hand one may be and still count as no
/// likelier: chances that are equal come out a rounding apart (as in R).
const NO_LIKELIER: f64 = 1.0 + 1e-7;
/// The largest logarithm of an odds ratio that is looked for.
const FURTHEST_LOG: f64 = 1024.0;

/// What a test looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// A difference either way.
    TwoSided,
    /// The first group has less.
    Less,
    /// The first group has more.
    Greater,
}

/// Fisher's exact test of two groups, as R's `fisher.test`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherExact {
    /// The odds of the first group over those of the second, likeliest given
    /// the margins; none where the table is the last it can be (no upper end)
    /// or the only one.
    pub odds_ratio: Option<f64>,
    /// Its exact interval; one-sided where the alternative is.
    pub interval: RatioInterval,
    /// The exact chance.
    pub p: f64,
    /// What was looked for.
    pub alternative: Alternative,
}

/// All tables with the margins of the one at hand, told by the hits of the
/// first group.
struct Tables {
    low: u64,
    /// Logarithms of their weights at an odds ratio of 1.
    logs: Vec<f64>,
}

impl Tables {
    fn new(first: Share, second: Share) -> Result<Self, Unknown> {
        let hits = u128::from(first.hits) + u128::from(second.hits);
        let least = hits.saturating_sub(u128::from(second.n));
        let most = hits.min(u128::from(first.n));
        if most - least > u128::from(MOST_TABLES) {
            return Err(refuse("too many people to count every table"));
        }
        let missed = |k: u128| (u128::from(second.n) + k).saturating_sub(hits) as f64;
        // From one table to the next: one hit more in the first group.
        let step = |k: u128| {
            let up = (u128::from(first.n) - k) as f64 * (hits - k) as f64;
            (up / ((k + 1) as f64 * missed(k + 1))).ln()
        };
        let mut logs = vec![0.0];
        let mut last = 0.0;
        for k in least..most {
            last += step(k);
            logs.push(last);
        }
        let low = u64::try_from(least).map_err(|_| refuse("too many people"))?;
        Ok(Self { low, logs })
    }

    fn last(&self) -> u64 {
        self.low + (self.logs.len() as u64 - 1)
    }

    /// The weights at an odds ratio whose logarithm is `tilt`, and their sum.
    fn weights(&self, tilt: f64) -> (Vec<f64>, f64) {
        let tilted = |(place, log): (usize, &f64)| log + place as f64 * tilt;
        let all = || self.logs.iter().enumerate().map(tilted);
        let most = all().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = all().map(|log| (log - most).exp()).collect();
        let sum = weights.iter().sum();
        (weights, sum)
    }

    /// The chance of `hits` or more.
    fn at_least(&self, hits: u64, tilt: f64) -> f64 {
        let (weights, sum) = self.weights(tilt);
        weights.iter().skip(self.place(hits)).sum::<f64>() / sum
    }

    /// The chance of `hits` or fewer.
    fn at_most(&self, hits: u64, tilt: f64) -> f64 {
        let (weights, sum) = self.weights(tilt);
        weights.iter().take(self.place(hits) + 1).sum::<f64>() / sum
    }

    /// The chance of a table no likelier than that of `hits`.
    fn no_likelier(&self, hits: u64) -> f64 {
        let (weights, sum) = self.weights(0.0);
        let own = weights.get(self.place(hits)).copied().unwrap_or(0.0);
        let counted = weights.iter().filter(|w| **w <= own * NO_LIKELIER);
        counted.sum::<f64>() / sum
    }

    /// The mean of the hits less `hits`.
    fn mean_above(&self, hits: u64, tilt: f64) -> f64 {
        let (weights, sum) = self.weights(tilt);
        let own = self.place(hits) as f64;
        let parts = weights.iter().enumerate();
        parts.map(|(i, w)| (i as f64 - own) * w).sum::<f64>() / sum
    }

    fn place(&self, hits: u64) -> usize {
        usize::try_from(hits.saturating_sub(self.low)).unwrap_or(usize::MAX)
    }
}

/// The odds ratio at which `low` stops holding: it holds at small ones.
fn tilt_where(low: impl Fn(f64) -> bool) -> Option<f64> {
    let tilt = if low(0.0) {
        boundary(0.0, outside(0.0, 1.0, FURTHEST_LOG, &low)?, &low)
    } else {
        let beyond = outside(0.0, -1.0, FURTHEST_LOG, |t| !low(t))?;
        boundary(beyond, 0.0, &low)
    };
    let ratio = tilt.exp();
    (ratio.is_finite() && ratio > 0.0).then_some(ratio)
}

/// Fisher's exact test, with the conditional odds ratio and its interval.
///
/// # Errors
/// Where a group has nobody, counts or level cannot be, or there are too many
/// people to count every table.
pub fn fisher_exact(
    first: Share,
    second: Share,
    alternative: Alternative,
    level: f64,
) -> Result<FisherExact, Unknown> {
    checked(first, second)?;
    checked_level(level)?;
    let tables = Tables::new(first, second)?;
    let (hits, least, most) = (first.hits, tables.low, tables.last());
    let p = match alternative {
        Alternative::TwoSided => tables.no_likelier(hits),
        Alternative::Less => tables.at_most(hits, 0.0),
        Alternative::Greater => tables.at_least(hits, 0.0),
    };
    let odds_ratio = match hits {
        _ if least == most => None,
        _ if hits == least => Some(0.0),
        _ if hits == most => None,
        _ => tilt_where(|tilt| tables.mean_above(hits, tilt) < 0.0),
    };
    let tail = match alternative {
        Alternative::TwoSided => (1.0 - level) / 2.0,
        Alternative::Less | Alternative::Greater => 1.0 - level,
    };
    let lower = if hits == least || alternative == Alternative::Less {
        0.0
    } else {
        tilt_where(|tilt| tables.at_least(hits, tilt) < tail)
            .ok_or_else(|| refuse("the odds ratio has no lower limit that can be found"))?
    };
    let upper = if hits == most || alternative == Alternative::Greater {
        None
    } else {
        tilt_where(|tilt| tables.at_most(hits, tilt) > tail)
    };
    Ok(FisherExact {
        odds_ratio,
        interval: RatioInterval {
            lower,
            upper,
            level,
            method: "fisher_exact",
        },
        p: p.clamp(0.0, 1.0),
        alternative,
    })
}

/// The plain odds ratio, with an interval from the variance of its logarithm
/// (Woolf 1955).
///
/// # Errors
/// Where any of the four counts is 0: there is then no logarithm, and no half
/// is added. And as for `fisher_exact`.
pub fn odds_ratio(first: Share, second: Share, level: f64) -> Result<(f64, Interval), Unknown> {
    checked(first, second)?;
    checked_level(level)?;
    let [a, b, c, d] = cells(first, second);
    if [a, b, c, d].contains(&0.0) {
        return Err(refuse(
            "everybody or nobody in one of the groups: the plain odds ratio is not defined",
        ));
    }
    let estimate = a / b * (d / c);
    let error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    Ok((estimate, log_interval(estimate, error, level, "woolf_log")))
}

/// Hits and misses of the first group, then of the second.
fn cells(first: Share, second: Share) -> [f64; 4] {
    [
        first.hits as f64,
        (first.n - first.hits) as f64,
        second.hits as f64,
        (second.n - second.hits) as f64,
    ]
}

fn log_interval(estimate: f64, error: f64, level: f64, method: &'static str) -> Interval {
    let apart = (two_sided_normal(level) * error).exp();
    Interval {
        lower: estimate / apart,
        upper: estimate * apart,
        level,
        method,
    }
}

/// Two groups compared within strata, as R's `mantelhaen.test`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MantelHaenszel {
    /// The odds ratio common to the strata; none where no stratum bounds it.
    pub odds_ratio: Option<f64>,
    /// Its interval by the variance of Robins, Breslow and Greenland (1986);
    /// none where the ratio is 0 or has no bound.
    pub interval: Option<Interval>,
    /// The statistic, with one degree of freedom.
    pub chi_square: f64,
    /// Two-sided.
    pub p: f64,
    /// Strata that told something: both groups present, and neither everybody
    /// nor nobody hit.
    pub strata: usize,
}

/// The odds ratio common to strata of two groups, and its test (Mantel and
/// Haenszel 1959). A stratum with one group alone, or where everybody or
/// nobody hit, tells nothing and drops out.
///
/// # Errors
/// Where no stratum tells anything, or counts or level cannot be.
pub fn mantel_haenszel(
    strata: &[(Share, Share)],
    continuity: Continuity,
    level: f64,
) -> Result<MantelHaenszel, Unknown> {
    checked_level(level)?;
    let mut sums = Strata::default();
    for (first, second) in strata {
        if first.hits > first.n || second.hits > second.n {
            return Err(refuse("the counts do not agree: more hits than people"));
        }
        sums.add(cells(*first, *second));
    }
    if sums.variance <= 0.0 {
        return Err(refuse(
            "no stratum has both groups and both those who hit and those who did not",
        ));
    }
    let off = sums.gap.abs();
    let drawn = match continuity {
        Continuity::Corrected => off.min(0.5),
        Continuity::Uncorrected => 0.0,
    };
    let chi_square = (off - drawn).powi(2) / sums.variance;
    let odds_ratio = (sums.down > 0.0).then(|| sums.up / sums.down);
    Ok(MantelHaenszel {
        odds_ratio,
        interval: odds_ratio
            .filter(|ratio| *ratio > 0.0)
            .map(|ratio| log_interval(ratio, sums.log_error(), level, "mantel_haenszel")),
        chi_square,
        p: chi_square_tail(chi_square, 1).ok_or_else(|| refuse("the test has no p"))?,
        strata: sums.used,
    })
}

/// Sums over strata.
#[derive(Default)]
struct Strata {
    used: usize,
    gap: f64,
    variance: f64,
    up: f64,
    down: f64,
    up_up: f64,
    crossed: f64,
    down_down: f64,
}

impl Strata {
    fn add(&mut self, [a, b, c, d]: [f64; 4]) {
        let n = a + b + c + d;
        let margins = [a + b, c + d, a + c, b + d];
        if margins.contains(&0.0) {
            return;
        }
        let product: f64 = margins.iter().map(|m| m / n).product();
        self.used += 1;
        self.gap += a - (a + b) * (a + c) / n;
        self.variance += product * n * n / (n - 1.0);
        let (up, down) = (a * d / n, b * c / n);
        let (along, across) = ((a + d) / n, (b + c) / n);
        self.up += up;
        self.down += down;
        self.up_up += along * up;
        self.crossed += along * down + across * up;
        self.down_down += across * down;
    }

    /// The standard error of the logarithm of the common ratio.
    fn log_error(&self) -> f64 {
        let (up, down) = (self.up, self.down);
        (self.up_up / (2.0 * up * up)
            + self.crossed / (2.0 * up * down)
            + self.down_down / (2.0 * down * down))
            .sqrt()
    }
}
