//! The beta-binomial likelihood of the sites' shares, in the mean of the true
//! shares and their spread. Its terms are sums of logarithms of what is above
//! 0, so that no site, whatever its share, and no spread makes it undefined.

use super::super::difference::Share;
use super::sums::{self, Counts, Inverse, Log, Square};
use crate::domain::Unknown;

/// A base past which the sums are not taken.
const LARGEST: u64 = 1_000_000;
/// Spreads at which the likelihood is taken.
const STEPS: u32 = 40;
/// A weight below which a spread no longer matters.
const NEGLIGIBLE: f64 = 1e-7;

/// Means taken at each spread.
pub(super) const MEANS: usize = 7;
/// Places and weights of Gauss-Hermite quadrature for a standard normal.
const NODES: [(f64, f64); MEANS] = [
    (-3.750_439_717_725_742, 5.482_688_559_722_181e-4),
    (-2.366_759_410_734_541, 0.030_757_123_967_586_497),
    (-1.154_405_394_739_968_1, 0.240_123_178_605_012_7),
    (0.0, 16.0 / 35.0),
    (1.154_405_394_739_968_1, 0.240_123_178_605_012_7),
    (2.366_759_410_734_541, 0.030_757_123_967_586_497),
    (3.750_439_717_725_742, 5.482_688_559_722_181e-4),
];

/// How many sites have more than j hits, misses and people, j from 0.
pub(super) struct Likelihood {
    hits: Counts,
    misses: Counts,
    people: Counts,
}

/// A spread between sites, and a mean that goes with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Support {
    /// One over the sum of the beta distribution's shapes; 0 where all sites
    /// are the same.
    pub(super) spread: f64,
    /// The mean of the true shares.
    pub(super) mean: f64,
    /// The variance of the likeliest mean at this spread.
    mean_variance: f64,
    /// The logarithm of the likelihood.
    log: f64,
    /// What part of the belief it has.
    pub(super) weight: f64,
}

impl Support {
    /// The standard deviation of the true shares.
    pub(super) fn between(&self) -> f64 {
        (self.mean * (1.0 - self.mean) * self.spread / (1.0 + self.spread)).sqrt()
    }
}

impl Likelihood {
    /// Of sites; those without anyone say nothing.
    pub(super) fn of(sites: &[Share]) -> Result<Self, Unknown> {
        let refuse = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
        if sites.iter().any(|site| site.hits > site.n) {
            return refuse("a site has more hits than people");
        }
        if sites.iter().any(|site| site.n > LARGEST) {
            return refuse("a site has over a million people");
        }
        let made = Self {
            hits: Counts::above(sites.iter().map(|site| site.hits)),
            misses: Counts::above(sites.iter().map(|site| site.n - site.hits)),
            people: Counts::above(sites.iter().map(|site| site.n)),
        };
        if made.hits.is_empty() || made.misses.is_empty() {
            return refuse("it is everybody or nobody at all sites, so they do not differ");
        }
        Ok(made)
    }

    /// The spread and the mean that are likeliest.
    pub(super) fn largest(&self) -> Support {
        let mut best = self.at(0.0);
        let (mut low, mut high) = (0.0, spread_at(1.0 / f64::from(STEPS)));
        for step in 1..STEPS {
            let here = self.at(spread_at(f64::from(step) / f64::from(STEPS)));
            if here.log > best.log {
                best = here;
                low = spread_at(f64::from(step - 1) / f64::from(STEPS));
                high = spread_at(f64::from(step + 1) / f64::from(STEPS));
            }
        }
        if best.spread <= 0.0 && self.slope(&best) <= 0.0 {
            return best;
        }
        if !high.is_finite() {
            return best;
        }
        // Where the likelihood no longer rises lies between the neighbours.
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                break;
            }
            if self.slope(&self.at(middle)) > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.at(f64::midpoint(low, high))
    }

    /// Spreads, each with [`MEANS`] means in a row, and the belief each has,
    /// given the sites, where beforehand every mean and every standard deviation between sites was as
    /// likely as another.
    pub(super) fn supports(&self) -> Vec<Support> {
        let all = self.weighed((0.0, 1.0));
        let step = |at: usize| at as f64 / f64::from(STEPS);
        let matters = |at: usize| {
            let own = all.iter().skip(at * MEANS).take(MEANS);
            own.map(|s| s.weight).sum::<f64>() > NEGLIGIBLE
        };
        let steps = 0..all.len() / MEANS;
        let first = steps.clone().find(|at| matters(*at)).unwrap_or(0);
        let last = steps.rev().find(|at| matters(*at)).unwrap_or(0);
        self.weighed((step(first), step(last + 1)))
    }

    /// The middles of equal steps of the root of the intraclass correlation,
    /// which is the standard deviation over its largest possible value, and at
    /// each the means of adaptive Gauss-Hermite quadrature on the logit.
    fn weighed(&self, (from, to): (f64, f64)) -> Vec<Support> {
        let mut found: Vec<Support> = (0..STEPS)
            .flat_map(|step| {
                let part = (f64::from(step) + 0.5) / f64::from(STEPS);
                self.nodes(self.at(spread_at(from + part * (to - from))))
            })
            .collect();
        let most = found.iter().map(|s| s.weight).fold(f64::MIN, f64::max);
        let whole: f64 = found.iter().map(|s| (s.weight - most).exp()).sum();
        for s in &mut found {
            s.weight = (s.weight - most).exp() / whole;
        }
        found
    }

    /// Means about the likeliest one; their weights are still logarithms.
    fn nodes(&self, centre: Support) -> [Support; MEANS] {
        let odds = (centre.mean / (1.0 - centre.mean)).ln();
        let scale = centre.mean_variance.sqrt() / (centre.mean * (1.0 - centre.mean));
        NODES.map(|(at, weight)| {
            let mean = 1.0 / (1.0 + (-(odds + at * scale)).exp());
            let log = self.log(mean, centre.spread);
            // A flat belief in the mean is mean (1 - mean) on the logit.
            let belief = (mean * (1.0 - mean) * scale).ln() + at * at / 2.0;
            Support {
                mean,
                log,
                weight: log + belief + weight.ln(),
                ..centre
            }
        })
    }

    fn log(&self, mean: f64, spread: f64) -> f64 {
        logs(&self.hits, mean, spread) + logs(&self.misses, 1.0 - mean, spread)
            - logs(&self.people, 1.0, spread)
    }

    /// The likeliest mean at a spread, by Newton's method within a bracket:
    /// the slope in the mean only falls.
    fn at(&self, spread: f64) -> Support {
        let (mut low, mut high) = (0.0, 1.0);
        let mut mean = self.hits.total() / self.people.total();
        let mut curve = 1.0;
        for _ in 0..100 {
            let (up, up_curve) = slopes(&self.hits, mean, spread);
            let (down, down_curve) = slopes(&self.misses, 1.0 - mean, spread);
            curve = up_curve + down_curve;
            let slope = up - down;
            if slope > 0.0 {
                low = mean;
            } else {
                high = mean;
            }
            let step = mean + slope / curve;
            let next = if step > low && step < high {
                step
            } else {
                f64::midpoint(low, high)
            };
            let done = (next - mean).abs() <= 4.0 * f64::EPSILON * mean;
            mean = next;
            if done {
                break;
            }
        }
        Support {
            spread,
            mean,
            mean_variance: 1.0 / curve,
            log: self.log(mean, spread),
            weight: 0.0,
        }
    }

    /// How fast the logarithm of the likelihood rises with the spread.
    fn slope(&self, at: &Support) -> f64 {
        let part = |sites: &Counts, start| sites.sum(&sums::Share(start, at.spread));
        part(&self.hits, at.mean) + part(&self.misses, 1.0 - at.mean) - part(&self.people, 1.0)
    }
}

/// The spread whose intraclass correlation has this root.
fn spread_at(root: f64) -> f64 {
    let rho = root * root;
    rho / (1.0 - rho)
}

fn logs(sites: &Counts, start: f64, spread: f64) -> f64 {
    sites.sum(&Log(start, spread))
}

/// The slope of the logarithms in their start, and how fast it falls.
fn slopes(sites: &Counts, start: f64, spread: f64) -> (f64, f64) {
    let (slope, curve) = (Inverse(start, spread), Square(start, spread));
    (sites.sum(&slope), sites.sum(&curve))
}
