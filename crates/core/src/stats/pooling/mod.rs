//! Partial pooling: each site's share drawn towards that of all sites, the
//! more so the fewer people it has, and whether the site is like the rest.
//! Gives no ranks: the sites come back in the order they were given.

mod likelihood;
mod sums;

use super::difference::Share;
use super::quantile::{beta_below, usable};
use crate::domain::{Interval, Unknown};
use likelihood::{Likelihood, MEANS, Support};

/// Sites below which nothing is pooled.
pub const SITES_NEEDED: usize = 5;
/// People at a site below which nothing is said of it.
pub const PEOPLE_NEEDED: u64 = 10;
/// How sure one must be of the side of the mean a site is on.
pub const SURE: f64 = 0.99;
/// A site is like the rest where its whole interval is this close to the mean.
pub const CLOSE: f64 = 0.1;

/// A weight that no chance depends on.
const NEGLIGIBLE: f64 = 1e-9;
/// Halvings of 0 to 1 for a limit: to a thousandth of a millionth.
const HALVINGS: u32 = 30;

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

/// One site over all the means and spreads that the sites together allow.
fn pooled(site: Share, supports: &[Support], (rest, level): (f64, f64)) -> Option<PooledSite> {
    let (x, n) = (site.hits as f64, site.n as f64);
    let mut higher = 0.0;
    for s in supports.iter().filter(|s| s.weight > NEGLIGIBLE) {
        // The shapes of the site's beta distribution, given mean and spread.
        let a = s.mean / s.spread + x;
        let b = (1.0 - s.mean) / s.spread + (n - x);
        higher += s.weight * (1.0 - beta_below(a, b, s.mean)?);
    }
    let parts: Vec<Part> = supports
        .chunks(MEANS)
        .filter_map(|means| Part::of(site, means))
        .collect();
    let estimate = parts.iter().map(|p| p.weight * p.mean).sum();
    let tail = (1.0 - level) / 2.0;
    let interval = match (quantile(&parts, tail), quantile(&parts, 1.0 - tail)) {
        (Some(lower), Some(upper)) => Some(Interval {
            lower,
            upper,
            level,
            method: "beta_binomial",
        }),
        _ => None,
    };
    let chance_higher = f64::clamp(higher, 0.0, 1.0);
    Some(PooledSite {
        counted: site,
        estimate,
        interval,
        chance_higher,
        verdict: verdict(site.n, (chance_higher, interval), rest),
    })
}

/// What is believed of a site's true share at one spread: the beta
/// distribution of the same mean and variance.
struct Part {
    weight: f64,
    mean: f64,
    shapes: (f64, f64),
}

impl Part {
    /// Over the means at one spread; nothing where hardly any belief is there.
    fn of(site: Share, means: &[Support]) -> Option<Self> {
        let (x, n) = (site.hits as f64, site.n as f64);
        let weight: f64 = means.iter().map(|s| s.weight).sum();
        if weight <= NEGLIGIBLE {
            return None;
        }
        let own = |s: &Support| (s.mean + s.spread * x) / (1.0 + s.spread * n);
        let mean = means.iter().map(|s| s.weight * own(s)).sum::<f64>() / weight;
        let variance = means
            .iter()
            .map(|s| {
                let m = own(s);
                let within = m * (1.0 - m) * s.spread / (1.0 + s.spread * (n + 1.0));
                s.weight * (within + (m - mean).powi(2))
            })
            .sum::<f64>()
            / weight;
        let size = mean * (1.0 - mean) / variance - 1.0;
        let shapes = (mean * size, (1.0 - mean) * size);
        let usable = shapes.0 > 0.0 && shapes.1 > 0.0 && size.is_finite();
        usable.then_some(Self {
            weight,
            mean,
            shapes,
        })
    }
}

/// The share with `p` of the belief below it, by halving.
fn quantile(parts: &[Part], p: f64) -> Option<f64> {
    let whole: f64 = parts.iter().map(|part| part.weight).sum();
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let mut below = 0.0;
        for part in parts {
            below += part.weight * beta_below(part.shapes.0, part.shapes.1, middle)?;
        }
        if below < p * whole {
            low = middle;
        } else {
            high = middle;
        }
    }
    (whole > 0.0).then_some(f64::midpoint(low, high))
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
