//! The p-chart: shares of varying bases with limits that each base earns,
//! exact binomial ones, or Laney's where shares vary more than chance alone.
//! Never judges rolling windows, and never a rate that may pass 1.

use super::difference::Share;
use super::quantile::binomial_fewest;
use super::spc::rules::{causes, clearly};
use super::spc::{
    Assurance, Bounds, Judged, Refused, SpecialCause, Variation, Windows, trial_words,
};
use crate::domain::{Day, Good};

/// The chance beyond three and two standard deviations of a normal, a side.
const BEYOND_LIMIT: f64 = 0.001_349_898_031_630_1;
const BEYOND_NEAR: f64 = 0.022_750_131_948_179_2;
/// Mean moving range of independent normal values, in standard deviations.
const MOVING_RANGE: f64 = 1.128;
/// The variance of a spread taken from moving ranges is this over one less than
/// the points, in squares of the spread (Cryer and Ryan 1990).
const SPREAD_VARIANCE: f64 = 0.826;
/// The deviate that chance passes one time in twenty.
const ONE_SIDED: f64 = 1.645;
/// Points below which there is no moving range.
const NEEDED: usize = 2;

/// A share of one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharePoint {
    /// The first day of its period.
    pub from: Day,
    /// Who hit, of how many.
    pub share: Share,
}

/// Shares over time and what is good for them.
#[derive(Clone, Copy, Debug)]
pub struct Shares<'a> {
    /// A point each period, in order of time.
    pub points: &'a [SharePoint],
    /// What each counts.
    pub windows: Windows,
    /// Which way is better.
    pub good: Good,
    /// A target, as a share.
    pub target: Option<f64>,
}

/// Which limits are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// Laney's where the shares vary clearly more than chance alone, exact
    /// binomial limits otherwise.
    #[default]
    AsFound,
    /// Exact binomial limits.
    Binomial,
    /// Laney's p' limits.
    Laney,
}

/// Which limits were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// Exact binomial: on each side at most the chance that a normal has
    /// beyond three standard deviations.
    Binomial,
    /// Laney's p' (2002): binomial standard deviations times `spread`.
    Laney,
}

impl Limits {
    /// What to print beside them.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Binomial => "exact binomial limits, which allow for chance alone",
            Self::Laney => {
                "Laney's p' limits, which allow for more variation than chance alone brings"
            }
        }
    }
}

/// A chart of shares.
#[derive(Clone, Debug, PartialEq)]
pub struct PChart {
    /// Its points, in order of time, each with its own limits.
    pub points: Vec<Judged>,
    /// The share of all points together.
    pub centre: f64,
    /// How far standardised shares vary from one to the next, as a multiple of
    /// what chance alone brings; nothing where all or none hit.
    pub spread: Option<f64>,
    /// Which limits these are.
    pub limits: Limits,
    /// What the latest point says.
    pub variation: Variation,
    /// What the latest limits say of the target.
    pub assurance: Option<Assurance>,
    /// What to say where the limits are on trial.
    pub trial: Option<String>,
}

/// The chart of shares.
///
/// # Errors
/// Rolling windows; fewer than two points; a share of nobody or of more hits
/// than people; a target that is no share; points out of order.
pub fn p_chart(shares: &Shares<'_>, spread: Spread) -> Result<PChart, Refused> {
    check(shares)?;
    let (hits, n) = shares.points.iter().fold((0.0, 0.0), |(hits, n), point| {
        (hits + point.share.hits as f64, n + point.share.n as f64)
    });
    let centre = hits / n;
    let found = dispersion(shares.points, centre);
    let limits = match (spread, found) {
        (Spread::Laney, Some(_)) => Limits::Laney,
        (Spread::AsFound, Some(found)) if found > threshold(shares.points.len()) => Limits::Laney,
        _ => Limits::Binomial,
    };
    let reach = found.filter(|_| limits == Limits::Laney);
    let bounds = shares
        .points
        .iter()
        .map(|point| match reach {
            Some(found) => Some(laney(centre, point.share.n, found)),
            None => exact(centre, point.share.n),
        })
        .collect::<Option<Vec<_>>>()
        .ok_or(Refused::NotANumber)?;
    let values: Vec<f64> = shares.points.iter().map(|p| value(p.share)).collect();
    let causes = causes(&values, &bounds);
    Ok(chart(shares, (centre, found, limits), (bounds, causes)))
}

fn chart(
    shares: &Shares<'_>,
    (centre, spread, limits): (f64, Option<f64>, Limits),
    (bounds, causes): (Vec<Bounds>, Vec<Option<SpecialCause>>),
) -> PChart {
    let last = bounds.last().map(|b| (b.lower, b.upper));
    let points: Vec<Judged> = shares
        .points
        .iter()
        .zip(bounds)
        .zip(causes)
        .map(|((point, bounds), cause)| Judged {
            from: point.from,
            value: value(point.share),
            bounds,
            cause,
            variation: Variation::of(cause, shares.good),
        })
        .collect();
    PChart {
        variation: points
            .last()
            .map_or(Variation::CommonCause, |p| p.variation),
        assurance: last
            .zip(shares.target)
            .and_then(|(limits, target)| Assurance::of(limits, target, shares.good)),
        trial: trial_words(points.len()),
        points,
        centre,
        spread,
        limits,
    }
}

fn check(shares: &Shares<'_>) -> Result<(), Refused> {
    let points = shares.points;
    if let Windows::Rolling { months } = shares.windows {
        return Err(Refused::RollingWindow { months });
    }
    if points.len() < NEEDED {
        let (points, needed) = (points.len(), NEEDED);
        return Err(Refused::TooFewPoints { points, needed });
    }
    let share = |p: &SharePoint| p.share.n > 0 && p.share.hits <= p.share.n;
    let target = shares.target.is_none_or(|t| (0.0..=1.0).contains(&t));
    if !(points.iter().all(share) && target) {
        return Err(Refused::NotANumber);
    }
    match points.windows(2).find(|w| w[0].from >= w[1].from) {
        Some(pair) => Err(Refused::NotInOrder { at: pair[1].from }),
        None => Ok(()),
    }
}

fn value(share: Share) -> f64 {
    share.hits as f64 / share.n as f64
}

fn deviation(centre: f64, n: u64) -> f64 {
    (centre * (1.0 - centre) / n as f64).sqrt()
}

/// How far standardised shares vary from one to the next; nothing where all
/// or none hit.
fn dispersion(points: &[SharePoint], centre: f64) -> Option<f64> {
    if centre <= 0.0 || centre >= 1.0 {
        return None;
    }
    let standard: Vec<f64> = points
        .iter()
        .map(|p| (value(p.share) - centre) / deviation(centre, p.share.n))
        .collect();
    let moved: f64 = standard.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
    let found = moved / (standard.len() - 1) as f64 / MOVING_RANGE;
    found.is_finite().then_some(found)
}

/// The spread that chance alone passes about one time in twenty.
fn threshold(points: usize) -> f64 {
    1.0 + ONE_SIDED * (SPREAD_VARIANCE / (points - 1) as f64).sqrt()
}

fn laney(centre: f64, n: u64, spread: f64) -> Bounds {
    let one = deviation(centre, n) * spread;
    Bounds {
        lower: centre - 3.0 * one,
        near_lower: centre - 2.0 * one,
        centre,
        near_upper: centre + 2.0 * one,
        upper: centre + 3.0 * one,
    }
}

/// Exact limits: the last shares, whole numbers of hits, that are not beyond.
fn exact(centre: f64, n: u64) -> Option<Bounds> {
    if !(clearly(centre, 0.0) && clearly(1.0, centre)) {
        return Some(Bounds {
            lower: centre,
            near_lower: centre,
            centre,
            near_upper: centre,
            upper: centre,
        });
    }
    let at = |hits: u64| hits as f64 / n as f64;
    // On both sides the chance strictly beyond the limit is at most the tail:
    // the upper side is the lower one of those who did not hit.
    let lower = |tail: f64| binomial_fewest(tail, n, centre).map(at);
    let upper = |tail: f64| binomial_fewest(tail, n, 1.0 - centre).map(|misses| at(n - misses));
    Some(Bounds {
        lower: lower(BEYOND_LIMIT)?,
        near_lower: lower(BEYOND_NEAR)?,
        centre,
        near_upper: upper(BEYOND_NEAR)?,
        upper: upper(BEYOND_LIMIT)?,
    })
}
