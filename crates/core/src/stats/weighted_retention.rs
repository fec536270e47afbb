//! Hours kept: of the hours that a cohort started with, the share whose people
//! are still in post at a horizon. Never a share of people, and never the
//! hours that they work by then.

use super::quantile::{two_sided_normal, usable};
use crate::domain::{Interval, Unknown};

/// How one person stands at the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Still in post at its close.
    InPost,
    /// Gone by then.
    Gone,
    /// Their horizon has not come, whether they have left or not.
    NotYetDue,
}

/// One person's contracted hours at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartingHours {
    /// In thousandths of a full-time post.
    pub thousandths: u32,
    /// How they stand at the horizon.
    pub standing: Standing,
}

/// The share of starting hours still in post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoursKept {
    /// From 0 to 1.
    pub estimate: f64,
    /// The linearised standard error of a ratio of two sums; none for one
    /// person, or where all or none stayed.
    pub std_err: Option<f64>,
    /// Wilson's limits on the effective number.
    pub interval: Option<Interval>,
    /// People with hours whose horizon has come.
    pub n: u64,
    /// Those of them still in post.
    pub in_post: u64,
    /// Full-time posts that they started with.
    pub started: f64,
    /// Full-time posts that those still in post started with.
    pub kept: f64,
    /// How many people with equal hours would be as sure: the smaller of
    /// Kish's number and the one that the linearised variance gives.
    pub n_effective: f64,
    /// People whose horizon has not come.
    pub not_yet_due: u64,
    /// People due with no hours at the start, who are in no figure.
    pub without_hours: u64,
}

/// Whole-number sums over people; no rounding, in any order.
#[derive(Default)]
struct Sums {
    n: u64,
    in_post: u64,
    all: u128,
    kept: u128,
    squares: u128,
    squares_kept: u128,
    not_yet_due: u64,
    without_hours: u64,
}

/// The share of the hours a cohort started with that is still in post, over
/// people whose horizon has come.
///
/// # Errors
/// `NotApplicable` where nobody's horizon has come, or nobody due had hours.
pub fn hours_kept(people: &[StartingHours], level: f64) -> Result<HoursKept, Unknown> {
    let mut sums = Sums::default();
    for person in people {
        sums.add(*person);
    }
    if sums.n == 0 {
        let why = match (sums.without_hours, sums.not_yet_due) {
            (0, 0) => "nobody to count",
            (0, _) => "nobody has come to the horizon yet",
            _ => "nobody due at the horizon has hours at the start",
        };
        return Err(Unknown::NotApplicable(why.to_owned()));
    }
    let (all, kept) = (sums.all as f64, sums.kept as f64);
    let (estimate, gone) = (kept / all, (sums.all - sums.kept) as f64 / all);
    let kish = all / sums.squares as f64 * all;
    let variance = sums.variance(estimate, gone);
    let n_effective = variance.map_or(kish, |v| (estimate * gone / v).min(kish));
    Ok(HoursKept {
        estimate,
        std_err: variance.map(f64::sqrt),
        interval: wilson((estimate, gone), n_effective, level),
        n: sums.n,
        in_post: sums.in_post,
        started: all / 1000.0,
        kept: kept / 1000.0,
        n_effective,
        not_yet_due: sums.not_yet_due,
        without_hours: sums.without_hours,
    })
}

impl Sums {
    fn add(&mut self, person: StartingHours) {
        let hours = u128::from(person.thousandths);
        match (person.standing, hours) {
            (Standing::NotYetDue, _) => self.not_yet_due += 1,
            (_, 0) => self.without_hours += 1,
            (standing, _) => {
                self.n += 1;
                self.all += hours;
                self.squares += hours * hours;
                if standing == Standing::InPost {
                    self.in_post += 1;
                    self.kept += hours;
                    self.squares_kept += hours * hours;
                }
            }
        }
    }

    /// n/(n-1) times the sum of squared `hours (in post - estimate)`, over the
    /// squared sum of hours. None where it says nothing.
    fn variance(&self, estimate: f64, gone: f64) -> Option<f64> {
        if self.n < 2 || self.in_post == 0 || self.in_post == self.n {
            return None;
        }
        let (stayed, left) = (self.squares_kept, self.squares - self.squares_kept);
        let sum = stayed as f64 * gone * gone + left as f64 * estimate * estimate;
        let (n, all) = (self.n as f64, self.all as f64);
        Some(sum / all / all * (n / (n - 1.0)))
    }
}

/// Wilson's limits of a share and the rest of it, on a number that need not be
/// whole.
fn wilson(share: (f64, f64), n: f64, level: f64) -> Option<Interval> {
    if !usable(level) || n <= 0.0 || !n.is_finite() {
        return None;
    }
    let z = two_sided_normal(level);
    let lower = |p: f64, rest: f64| {
        let root = z * (z * z + 4.0 * n * p * rest).sqrt();
        2.0 * n * p * p / (2.0 * n * p + z * z + root)
    };
    Some(Interval {
        lower: lower(share.0, share.1),
        upper: 1.0 - lower(share.1, share.0),
        level,
        method: "wilson_hours",
    })
}
