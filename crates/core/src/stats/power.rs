//! What so many people could show, before any answer is in: the smallest
//! difference that the test of two shares would find. Takes sizes and a share
//! assumed beforehand; never an observed difference, as power worked out from
//! that says nothing that its p has not said.

use super::difference::{Share, newcombe};
use super::quantile::{binomial_chances, two_sided_normal};
use super::root::boundary;
use super::tail::normal_below;
use super::two_shares::{checked_level, refuse};
use crate::domain::Unknown;

/// The largest group up to which every outcome is counted.
pub const EXACT_UP_TO: u64 = 400;

/// The power that makes a difference one that is reliably shown.
pub const RELIABLY: f64 = 0.8;

/// Two groups to be compared, and the share expected in the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Design {
    /// People in the group whose share is assumed.
    pub reference_n: u64,
    /// People in the group compared with it.
    pub compared_n: u64,
    /// The share assumed in the first, from 0 to 1.
    pub reference_share: f64,
    /// The confidence level of the interval that must leave out 0, as 0.95.
    pub level: f64,
}

/// Which way the second group would differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A smaller share.
    Fall,
    /// A larger share.
    Rise,
}

/// How a power was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerMethod {
    /// By counting every outcome of the test that is used: Newcombe's 95%
    /// interval leaves out 0.
    Enumerated,
    /// By the normal approximation, in groups too large to count.
    Normal,
}

/// The smallest difference that is reliably shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detectable {
    /// The share of the group compared at which the difference is just found
    /// as often as was asked.
    pub share: f64,
    /// How far that is from the share assumed, at least 0.
    pub difference: f64,
    /// How often it is found there.
    pub power: f64,
    /// How that was found.
    pub method: PowerMethod,
}

/// A design whose outcomes are counted: for each count of the first group,
/// the counts of the second that show a fall or a rise.
struct Regions {
    chances: Vec<f64>,
    /// The second group shows a fall with fewer hits than this.
    falls_under: Vec<u64>,
    /// The second group shows a rise with this many hits or more.
    rises_from: Vec<u64>,
}

fn checked_design(design: Design) -> Result<(), Unknown> {
    checked_level(design.level)?;
    if design.reference_n == 0 || design.compared_n == 0 {
        return Err(refuse("nobody in one of the groups"));
    }
    if !(0.0..=1.0).contains(&design.reference_share) {
        return Err(refuse("the share assumed must lie between 0 and 1"));
    }
    Ok(())
}

fn countable(design: Design) -> bool {
    design.reference_n.max(design.compared_n) <= EXACT_UP_TO
}

impl Regions {
    fn new(design: Design) -> Self {
        let (m, n) = (design.reference_n, design.compared_n);
        let shown = |a: u64, b: u64, fall: bool| {
            let (one, two) = (Share { hits: a, n: m }, Share { hits: b, n });
            newcombe(one, two, design.level).is_some_and(|found| {
                let gap = found.interval;
                if fall {
                    gap.lower > 0.0
                } else {
                    gap.upper < 0.0
                }
            })
        };
        // The difference falls as the second group's hits grow, and with it
        // both limits.
        let first = |holds: &dyn Fn(u64) -> bool| {
            let (mut low, mut high) = (0, n + 1);
            while low < high {
                let middle = u64::midpoint(low, high);
                if holds(middle) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        let counts = 0..=m;
        Self {
            chances: binomial_chances(m, design.reference_share),
            falls_under: counts
                .clone()
                .map(|a| first(&|b| shown(a, b, true)))
                .collect(),
            rises_from: counts.map(|a| first(&|b| !shown(a, b, false))).collect(),
        }
    }

    /// How often a change that way is shown where the second group's share is
    /// `share`.
    fn shown(&self, n: u64, share: f64, change: Change) -> f64 {
        let mut up_to = vec![0.0];
        let mut sum = 0.0;
        for chance in binomial_chances(n, share) {
            sum += chance;
            up_to.push(sum);
        }
        let under = |hits: &u64| {
            let place = usize::try_from(*hits).unwrap_or(usize::MAX);
            up_to.get(place).copied().unwrap_or(sum)
        };
        let ends = match change {
            Change::Fall => &self.falls_under,
            Change::Rise => &self.rises_from,
        };
        let parts = self.chances.iter().zip(ends).map(|(chance, end)| {
            let found = match change {
                Change::Fall => under(end),
                Change::Rise => (sum - under(end)).max(0.0),
            };
            chance * found
        });
        parts.sum::<f64>().clamp(0.0, 1.0)
    }
}

/// The normal approximation of the same: the difference's own variance where
/// it is assumed, the pooled one where there is none.
fn by_normal(design: Design, share: f64, change: Change) -> f64 {
    let (m, n) = (design.reference_n as f64, design.compared_n as f64);
    let reference = design.reference_share;
    let gap = match change {
        Change::Fall => reference - share,
        Change::Rise => share - reference,
    };
    let pooled = (m * reference + n * share) / (m + n);
    let null = (pooled * (1.0 - pooled) * (1.0 / m + 1.0 / n)).sqrt();
    let own = (reference * (1.0 - reference) / m + share * (1.0 - share) / n).sqrt();
    let beyond = gap - two_sided_normal(design.level) * null;
    if own == 0.0 {
        return if beyond > 0.0 { 1.0 } else { 0.0 };
    }
    normal_below(beyond / own)
}

/// How often a change that way would be shown if the compared group's share
/// were `share`.
///
/// # Errors
/// Where a group has nobody, or a share or level cannot be.
pub fn power(design: Design, share: f64, change: Change) -> Result<(f64, PowerMethod), Unknown> {
    checked_design(design)?;
    if !(0.0..=1.0).contains(&share) {
        return Err(refuse("the share assumed must lie between 0 and 1"));
    }
    if countable(design) {
        let shown = Regions::new(design).shown(design.compared_n, share, change);
        Ok((shown, PowerMethod::Enumerated))
    } else {
        Ok((by_normal(design, share, change), PowerMethod::Normal))
    }
}

/// The smallest fall or rise from the share assumed that would be shown at
/// least `wanted` of the time, as `RELIABLY`.
///
/// # Errors
/// Where not even a fall to nobody or a rise to everybody would be, and as
/// for `power`.
pub fn smallest_detectable(
    design: Design,
    change: Change,
    wanted: f64,
) -> Result<Detectable, Unknown> {
    checked_design(design)?;
    if !(wanted > 0.0 && wanted < 1.0) {
        return Err(refuse("a power lies between 0 and 1"));
    }
    let regions = countable(design).then(|| Regions::new(design));
    let at = |share: f64| match &regions {
        Some(regions) => regions.shown(design.compared_n, share, change),
        None => by_normal(design, share, change),
    };
    let (furthest, too_few) = match change {
        Change::Fall => (0.0, "too few people to show any fall reliably"),
        Change::Rise => (1.0, "too few people to show any rise reliably"),
    };
    if at(furthest) < wanted {
        return Err(Unknown::TooFew(too_few.to_owned()));
    }
    let share = boundary(furthest, design.reference_share, |share| {
        at(share) >= wanted
    });
    Ok(Detectable {
        share,
        difference: (design.reference_share - share).abs(),
        power: at(share),
        method: if regions.is_some() {
            PowerMethod::Enumerated
        } else {
            PowerMethod::Normal
        },
    })
}
