//! Partial pooling: each site's share drawn towards that of all sites, the
//! more so the fewer people it has, and whether the site is like the rest.
//! Gives no ranks: the sites come back in the order they were given.

mod likelihood;

use super::difference::Share;
use super::quantile::{beta_below, beta_quantile, usable};
use crate::domain::{Interval, Unknown};
use likelihood::{Likelihood, Support};

/// Sites below which nothing is pooled.
pub const SITES_NEEDED: usize = 5;
/// People at a site below which nothing is said of it.
pub const PEOPLE_NEEDED: u64 = 10;
/// How sure one must be of the side of the mean a site is on.
pub const SURE: f64 = 0.99;
/// A site is like the rest where its whole interval is this close to the mean.
pub const CLOSE: f64 = 0.1;

/// What is said of a site. Has no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Its whole interval lies within ten points of the mean of sites.
    LikeTheRest,
    /// Almost surely above the mean of sites.
    UnlikeTheRestHigher,
    /// Almost surely below it.
    UnlikeTheRestLower,
    /// Neither can be said.
    TooFewToSay,
}

impl Verdict {
    /// The words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::LikeTheRest => "like the rest",
            Self::UnlikeTheRestHigher => "unlike the rest: higher",
            Self::UnlikeTheRestLower => "unlike the rest: lower",
            Self::TooFewToSay => "too few to say",
        }
    }
}

/// A site's share, drawn towards that of all sites. Has no order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PooledSite {
    /// What was counted there.
    pub counted: Share,
    /// The share once pooled.
    pub estimate: f64,
    /// Its limits, for the site's own true share.
    pub interval: Option<Interval>,
    /// The chance, given all sites, that its true share is above their mean.
    pub chance_higher: f64,
    /// What is said of it.
    pub verdict: Verdict,
}

/// Sites, pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The mean of the true shares of sites, by maximum likelihood.
    pub mean: f64,
    /// Their standard deviation, by maximum likelihood; 0 where sites vary no
    /// more than chance makes them.
    pub between_sites: f64,
    /// The sites, in the order given.
    pub sites: Vec<PooledSite>,
}

/// Pools the shares of sites: true shares have a beta distribution, whose mean
/// and spread the sites together say; how unsure they are of both is in each
/// interval.
///
/// # Errors
/// `TooFew` under [`SITES_NEEDED`] sites with anyone in them; `NotApplicable`
/// where one has more hits than people, or over a million people, where it is
/// everybody or nobody at all of them, or for a level outside 0 to 1.
pub fn pool(sites: &[Share], level: f64) -> Result<Pooled, Unknown> {
    let refuse = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
    if !usable(level) {
        return refuse("the level of the interval is not between 0 and 1");
    }
    let used = sites.iter().filter(|site| site.n > 0).count();
    if used < SITES_NEEDED {
        return Err(Unknown::TooFew(format!(
            "there are {used} sites with anyone in them, and pooling takes {SITES_NEEDED}"
        )));
    }
    let likelihood = Likelihood::of(sites)?;
    let best = likelihood.largest();
    let supports = likelihood.supports();
    let mean: f64 = supports.iter().map(|s| s.weight * s.mean).sum();
    let pooled = sites
        .iter()
        .map(|site| pooled(*site, &supports, (mean, level)))
        .collect::<Option<Vec<_>>>();
    match pooled {
        Some(sites) => Ok(Pooled {
            mean: best.mean,
            between_sites: best.between(),
            sites,
        }),
        None => refuse("the sites' shares could not be pooled"),
    }
}

/// One site over all the spreads that the sites together allow.
fn pooled(site: Share, supports: &[Support], (rest, level): (f64, f64)) -> Option<PooledSite> {
    let (x, n) = (site.hits as f64, site.n as f64);
    let own = |s: &Support| (s.mean + s.spread * x) / (1.0 + s.spread * n);
    let estimate: f64 = supports.iter().map(|s| s.weight * own(s)).sum();
    let (mut variance, mut higher) = (0.0, 0.0);
    for s in supports {
        let m = own(s);
        let within = m * (1.0 - m) * s.spread / (1.0 + s.spread * (n + 1.0));
        // The mean of sites is itself unsure; the site's share moves with it
        // by this much.
        let moves = 1.0 / (1.0 + s.spread * n);
        let all = within + moves * moves * s.mean_variance;
        variance += s.weight * (all + (m - estimate).powi(2));
        let apart = within + (1.0 - moves).powi(2) * s.mean_variance;
        let (a, b) = shapes(m, apart)?;
        higher += s.weight * (1.0 - beta_below(a, b, s.mean)?);
    }
    let (a, b) = shapes(estimate, variance)?;
    let tail = (1.0 - level) / 2.0;
    let limits = (beta_quantile(tail, a, b), beta_quantile(1.0 - tail, a, b));
    let interval = match limits {
        (Some(lower), Some(upper)) => Some(Interval {
            lower,
            upper,
            level,
            method: "beta_binomial",
        }),
        _ => None,
    };
    let chance_higher = higher.clamp(0.0, 1.0);
    Some(PooledSite {
        counted: site,
        estimate,
        interval,
        chance_higher,
        verdict: verdict(site.n, (chance_higher, interval), rest),
    })
}

/// The beta distribution with a mean and a variance.
fn shapes(mean: f64, variance: f64) -> Option<(f64, f64)> {
    let size = mean * (1.0 - mean) / variance - 1.0;
    let (a, b) = (mean * size, (1.0 - mean) * size);
    (a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()).then_some((a, b))
}

fn verdict(n: u64, (higher, interval): (f64, Option<Interval>), rest: f64) -> Verdict {
    let close = interval.is_some_and(|i| rest - i.lower <= CLOSE && i.upper - rest <= CLOSE);
    if n < PEOPLE_NEEDED {
        Verdict::TooFewToSay
    } else if higher >= SURE {
        Verdict::UnlikeTheRestHigher
    } else if higher <= 1.0 - SURE {
        Verdict::UnlikeTheRestLower
    } else if close {
        Verdict::LikeTheRest
    } else {
        Verdict::TooFewToSay
    }
}
