//! Funnel limits where sites differ by more than chance for many small reasons
//! that nobody is to blame for: Spiegelhalter's additive random effects. With
//! too few sites to see that it says so and allows for chance alone.

use super::{FunnelAt, LEVELS, Limits, funnel_limits};
use crate::domain::Unknown;
use crate::stats::difference::Share;
use crate::stats::quantile::two_sided_normal;
use std::f64::consts::FRAC_PI_2;

/// Sites below which the spread between them is not estimated.
pub const SITES_NEEDED: usize = 10;
/// The share of sites drawn in at either end before the spread is taken.
const WINSORISED: f64 = 0.1;
/// What winsorising leaves of the mean square of a standard normal:
/// 0.8 - 2 q f(q) + 0.2 q^2 at q = 1.28155, f its density.
const LEFT_OF_SQUARE: f64 = 0.678_654_558_952_874_4;

/// How much more sites vary than chance alone makes them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overdispersion {
    /// The share of all sites together.
    pub centre: f64,
    /// Sites with anyone in them.
    pub sites: usize,
    /// The mean square of the winsorised z-scores, as Spiegelhalter writes it.
    pub winsorised: f64,
    /// The variance as a multiple of chance: winsorised squares over what
    /// chance alone leaves of them. 1 is chance alone.
    pub phi: f64,
    /// Variance between sites, in squares of the arcsine scale; 0 where the
    /// sites vary no more than chance makes them.
    pub tau_squared: f64,
}

/// A funnel about the share of all sites together.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The share of all sites together.
    pub centre: f64,
    /// Limits, one for each site with anyone in it, in the order given.
    pub limits: Vec<FunnelAt>,
    /// The spread between sites that the limits allow for, or why they allow
    /// for chance alone.
    pub overdispersion: Result<Overdispersion, Unknown>,
}

impl Funnel {
    /// What the limits allow for, to print beside them.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.overdispersion {
            Ok(found) if found.tau_squared > 0.0 => format!(
                "the limits allow for chance and for the spread between sites: sites vary {:.1} \
                 times as much as chance alone would make them",
                found.phi
            ),
            Ok(_) => "the limits allow for chance alone: sites vary no more than that".to_owned(),
            Err(
                Unknown::TooFew(why) | Unknown::NotApplicable(why) | Unknown::NotAvailable(why),
            ) => {
                format!("the limits allow for chance alone (taken as 1.0): {why}")
            }
        }
    }
}

/// A funnel with limits that allow for the spread between sites, where there
/// are enough sites to see it; sites without anyone are left out.
///
/// # Errors
/// `NotApplicable` where no site has anyone in it or one has more hits than
/// people.
pub fn funnel(sites: &[Share]) -> Result<Funnel, Unknown> {
    let (centre, used) = pooled(sites)?;
    let overdispersion = overdispersion(sites);
    let bases: Vec<u64> = used.iter().map(|site| site.n).collect();
    let limits = match overdispersion {
        Ok(found) => bases.iter().filter_map(|n| found.limits(*n)).collect(),
        Err(_) => funnel_limits(centre, &bases),
    };
    Ok(Funnel {
        centre,
        limits,
        overdispersion,
    })
}

/// How much more sites vary than chance alone makes them, on the arcsine
/// scale: z-scores drawn in to their 10th and 90th percentiles, the moment
/// estimate of DerSimonian and Laird on them.
///
/// # Errors
/// `TooFew` under [`SITES_NEEDED`] sites; `NotApplicable` where no site has
/// anyone in it, one has more hits than people, or all or none hit.
pub fn overdispersion(sites: &[Share]) -> Result<Overdispersion, Unknown> {
    let (centre, used) = pooled(sites)?;
    if used.len() < SITES_NEEDED {
        return Err(Unknown::TooFew(format!(
            "there are {} sites, and the spread between sites takes {SITES_NEEDED}",
            used.len()
        )));
    }
    if centre <= 0.0 || centre >= 1.0 {
        return Err(Unknown::NotApplicable(
            "no site differs from another: it is everybody or nobody in all of them".to_owned(),
        ));
    }
    let middle = angle(centre);
    let scores: Vec<f64> = used
        .iter()
        .map(|site| (angle(site.hits as f64 / site.n as f64) - middle) / error(site.n))
        .collect();
    let squares: f64 = winsorise(&scores).iter().map(|z| z * z).sum();
    let count = used.len() as f64;
    let q = squares / LEFT_OF_SQUARE;
    let phi = q / (count - 1.0);
    let weights = || used.iter().map(|site| error(site.n).powi(-2));
    let whole: f64 = weights().sum();
    let own: f64 = weights().map(|w| w * w).sum();
    let tau_squared = ((q - (count - 1.0)) / (whole - own / whole)).max(0.0);
    if !(phi.is_finite() && tau_squared.is_finite()) {
        return Err(Unknown::NotApplicable(
            "the spread between sites could not be computed".to_owned(),
        ));
    }
    Ok(Overdispersion {
        centre,
        sites: used.len(),
        winsorised: squares / count,
        phi,
        tau_squared,
    })
}

impl Overdispersion {
    /// The limits of a base: exact ones for chance alone where there is no
    /// spread between sites. None for a base of 0.
    #[must_use]
    pub fn limits(&self, base: u64) -> Option<FunnelAt> {
        if self.tau_squared <= 0.0 {
            return funnel_limits(self.centre, &[base]).first().copied();
        }
        if base == 0 {
            return None;
        }
        let spread = (error(base).powi(2) + self.tau_squared).sqrt();
        let at = |level: f64| -> Limits {
            let reach = two_sided_normal(level) * spread;
            let middle = angle(self.centre);
            let share = |angle: f64| angle.clamp(0.0, FRAC_PI_2).sin().powi(2);
            (share(middle - reach), share(middle + reach))
        };
        Some((base, at(LEVELS.0), at(LEVELS.1)))
    }
}

/// The share of all sites together and the sites with anyone in them.
fn pooled(sites: &[Share]) -> Result<(f64, Vec<Share>), Unknown> {
    let refuse = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
    if sites.iter().any(|site| site.hits > site.n) {
        return refuse("a site has more hits than people");
    }
    let used: Vec<Share> = sites.iter().copied().filter(|site| site.n > 0).collect();
    let sum = |part: fn(&Share) -> u64| used.iter().map(|site| part(site) as f64).sum::<f64>();
    let n = sum(|site| site.n);
    if n <= 0.0 {
        return refuse("nobody is at any site");
    }
    Ok((sum(|site| site.hits) / n, used))
}

fn angle(share: f64) -> f64 {
    share.sqrt().asin()
}

/// The standard error of an angle: half over the root of the base, whatever
/// the share.
fn error(base: u64) -> f64 {
    0.5 / (base as f64).sqrt()
}

/// Values beyond the 10th and the 90th percentile, interpolated, drawn in to
/// them.
fn winsorise(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (sorted.len() - 1) as f64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = place.floor() as usize;
        let next = (whole + 1).min(sorted.len() - 1);
        sorted[whole] + (place - whole as f64) * (sorted[next] - sorted[whole])
    };
    let (low, high) = (at(WINSORISED), at(1.0 - WINSORISED));
    values.iter().map(|v| v.clamp(low, high)).collect()
}
