//! Leavers ahead, of those in post now, by the leaving rates at each time since
//! start. Nobody who starts later is among them.

use super::starters::{first, poisson_prediction};
use crate::domain::{Interval, Unknown};
use crate::stats::quantile::{beta_below, poisson_at_most, usable};
use std::ops::Range;

/// Closer than this to a Poisson variance, the number is Poisson.
const SAME: f64 = 1e-6;
/// The longest look ahead, in months.
const FARTHEST: u32 = 120;

/// What is known of leaving in some months since start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The first month since start: month 0 is the first month in post.
    pub from_month: u32,
    /// The month after the last; nothing for "and later".
    pub to_month: Option<u32>,
    /// Who left in these months.
    pub leavers: u64,
    /// Months that people were followed in them.
    pub person_months: f64,
}

impl Band {
    fn holds(&self, month: u32) -> bool {
        month >= self.from_month && self.to_month.is_none_or(|to| month < to)
    }
}

/// People in post now who started equally long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPost {
    /// Whole months since their start.
    pub months: u32,
    /// How many.
    pub people: u64,
}

/// Leavers ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leavers {
    /// How many are expected.
    pub expected: f64,
    /// The variance of their number that comes of chance, if the rates were
    /// known.
    pub chance: f64,
    /// The variance that comes of the rates not being known well.
    pub rates: f64,
    /// Where their number will lie.
    pub interval: Option<Interval>,
    /// People in post now.
    pub people: u64,
    /// Leavers that the rates rest on.
    pub leavers_before: u64,
    /// Months ahead.
    pub months: u32,
}

/// Leavers over the months ahead of those in post now: each leaves within
/// them with the chance that the rates of the months they will pass give. The
/// number's variance is that of chance and that of the rates, and its
/// distribution the one of that mean and variance: negative binomial where it
/// is wider than Poisson, binomial where it is narrower.
///
/// # Errors
/// `NotApplicable` where nobody is in post, there are no months ahead (or over
/// ten years), a band is no band, or the level is outside 0 to 1;
/// `NotAvailable` where nobody was ever followed in months that people in post
/// will pass.
pub fn leavers_due(
    in_post: &[InPost],
    bands: &[Band],
    months: u32,
    level: f64,
) -> Result<Leavers, Unknown> {
    leavers_within(in_post, bands, 0..months, level)
}

/// Leavers of those in post now within some of the months ahead, as 3 to 6:
/// those who stay until then and leave before they are over.
///
/// # Errors
/// Those of [`leavers_due`]; months that end before they begin are none.
pub fn leavers_within(
    in_post: &[InPost],
    bands: &[Band],
    months: Range<u32>,
    level: f64,
) -> Result<Leavers, Unknown> {
    let people = check(in_post, bands, (&months, level))?;
    let sums = Sums::over(in_post, bands, &months)?;
    let months = months.end - months.start;
    let rates: f64 = bands
        .iter()
        .zip(&sums.slopes)
        .filter(|(_, slope)| slope.abs() > 0.0)
        // Half an event more than were seen, so that none seen is not taken
        // for none possible.
        .map(|(band, slope)| {
            let error = slope / band.person_months;
            error * error * (band.leavers as f64 + 0.5)
        })
        .sum();
    let leavers_before = sums.used(bands, |band| band.leavers as f64);
    let made = Leavers {
        expected: sums.expected,
        chance: sums.chance,
        rates,
        interval: None,
        people,
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        leavers_before: leavers_before as u64,
        months,
    };
    let interval = if sums.expected > 0.0 {
        made.limits(level)
    } else {
        // Nobody ever left: what no events over that long leave possible.
        let followed = sums.used(bands, |band| band.person_months);
        let ahead = people as f64 * f64::from(months);
        poisson_prediction(0, (followed, ahead), level)
    };
    Ok(Leavers {
        interval: interval.map(|i| Interval {
            upper: i.upper.min(people as f64),
            method: "leavers_prediction",
            ..i
        }),
        ..made
    })
}

/// The people in post, where everything asked for can be used.
fn check(
    in_post: &[InPost],
    bands: &[Band],
    (months, level): (&Range<u32>, f64),
) -> Result<u64, Unknown> {
    let refuse = |why: &str| Err(Unknown::NotApplicable(why.to_owned()));
    if !usable(level) {
        return refuse("the level of the interval is not between 0 and 1");
    }
    if months.is_empty() || months.end > FARTHEST {
        return refuse("the look ahead is one month to ten years");
    }
    let people = in_post
        .iter()
        .try_fold(0_u64, |s, p| s.checked_add(p.people));
    let Some(people) = people.filter(|people| *people > 0) else {
        return refuse("nobody is in post now");
    };
    let known = |b: &Band| b.person_months.is_finite() && b.person_months >= 0.0;
    let whole = |b: &Band| b.to_month.is_none_or(|to| to > b.from_month);
    if !bands.iter().all(|band| known(band) && whole(band)) {
        return refuse("a stretch of months since start is empty or was followed for no number");
    }
    Ok(people)
}

/// What those in post add up to.
struct Sums {
    expected: f64,
    chance: f64,
    /// How much the expected number grows with each band's monthly rate.
    slopes: Vec<f64>,
}

impl Sums {
    fn over(in_post: &[InPost], bands: &[Band], months: &Range<u32>) -> Result<Self, Unknown> {
        let mut sums = Self {
            expected: 0.0,
            chance: 0.0,
            slopes: vec![0.0; bands.len()],
        };
        for group in in_post.iter().filter(|group| group.people > 0) {
            let people = group.people as f64;
            // Months of each band by the end, and before the first that counts.
            let mut passed = vec![0.0; bands.len()];
            let mut before = passed.clone();
            let (mut hazard, mut earlier) = (0.0, 0.0);
            for ahead in 0..months.end {
                let month = group.months.saturating_add(ahead);
                let at = bands
                    .iter()
                    .position(|band| band.holds(month) && band.person_months > 0.0);
                let Some(at) = at else {
                    return Err(Unknown::NotAvailable(format!(
                        "nobody was followed in month {month} since start, which {} in post now \
                         will pass",
                        group.people
                    )));
                };
                let rate = bands[at].leavers as f64 / bands[at].person_months;
                passed[at] += 1.0;
                hazard += rate;
                if ahead < months.start {
                    before[at] += 1.0;
                    earlier += rate;
                }
            }
            let (stay, there) = ((-hazard).exp(), (-earlier).exp());
            let leave = there * -(earlier - hazard).exp_m1();
            sums.expected += people * leave;
            sums.chance += people * leave * (stay + (1.0 - there));
            let months = passed.iter().zip(&before);
            for (slope, (passed, before)) in sums.slopes.iter_mut().zip(months) {
                *slope += people * (stay * passed - there * before);
            }
        }
        let finite = sums.expected.is_finite() && sums.slopes.iter().all(|s| s.is_finite());
        if !finite {
            return Err(Unknown::NotApplicable(
                "the leaving rates are too large to add up".to_owned(),
            ));
        }
        Ok(sums)
    }

    /// A sum over the bands that someone in post will pass.
    fn used(&self, bands: &[Band], part: impl Fn(&Band) -> f64) -> f64 {
        let both = bands.iter().zip(&self.slopes);
        both.filter(|(_, slope)| slope.abs() > 0.0)
            .map(|(band, _)| part(band))
            .sum()
    }
}

impl Leavers {
    /// The standard deviation of their number as foretold.
    #[must_use]
    pub fn std_dev(&self) -> f64 {
        (self.chance + self.rates).sqrt()
    }

    fn limits(&self, level: f64) -> Option<Interval> {
        let tail = (1.0 - level) / 2.0;
        let at_most = |count: u64, rates: f64| at_most(count, self.expected, self.chance + rates);
        let highest = |rates: f64| first(|count| Some(at_most(count, rates)? >= 1.0 - tail));
        let mut upper = 0;
        for halvings in 0..=HALVINGS {
            upper = upper.max(highest(self.rates * 0.5_f64.powi(halvings))?);
        }
        Some(Interval {
            lower: first(|count| Some(at_most(count, self.rates)? > tail))? as f64,
            upper: upper.max(highest(0.0)?) as f64,
            level,
            method: "leavers_prediction",
        })
    }
}

/// How often the variance of the rates is halved in search of the highest
/// upper limit. With one mean, ever more variance gathers the number at 0 with
/// a few far above, and the limit falls to 0 where least is known; rates known
/// less well must not narrow what is foretold.
const HALVINGS: i32 = 40;

/// The chance of at most `count` with this mean and variance.
fn at_most(count: u64, mean: f64, variance: f64) -> Option<f64> {
    let over = variance / mean - 1.0;
    let k = count as f64;
    if over.abs() < SAME {
        return poisson_at_most(count, mean);
    }
    if over > 0.0 {
        return beta_below(mean / over, k + 1.0, 1.0 / (1.0 + over));
    }
    let n = mean / -over;
    if k >= n {
        return Some(1.0);
    }
    beta_below(n - k, k + 1.0, 1.0 + over)
}
