//! Every kind of tally into figures. One tally in, its estimates out; what
//! cannot be estimated says why. Never NaN or infinity, and never 0 for
//! "unknown".

use super::difference::{Share, newcombe, newcombe_p};
use super::leaving::months;
use super::mean::{Sums, mean};
use super::multiplicity::holm;
use super::proportion::wilson;
use super::rate::{Rate, per_100_person_years, person_years, rate};
use super::survival::{KaplanMeier, Median, at_risk, day_of_month};
use crate::domain::metric::Grain;
use crate::domain::{
    Estimate, Figures, Interval, LifeTable, Metric, Statistic, Tally, Unit, Unknown,
};

/// The confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// Amounts are kept in thousandths of a full-time equivalent.
const FTE_ONE: f64 = 1000.0;
/// What to say of a published figure that is not there.
const UNPUBLISHED: &str = "not published: there is none, or its publisher hides a part of it";

/// The furthest horizon of a curve, in months.
const LAST_MONTH: u32 = 60;

/// The figures of one group's tally: one for most kinds; one an answer for a
/// distribution; one a whole month, and the median, for a curve.
#[must_use]
pub fn estimates(metric: &Metric, tally: &Tally) -> Vec<Estimate> {
    let outcome = match tally {
        Tally::Proportion { n, hits } => {
            let share = Share { hits: *hits, n: *n };
            return vec![Estimate {
                horizon_months: metric.horizon_months,
                ..value(proportion(metric, share))
            }];
        }
        Tally::Distribution { counts } => return distribution(metric, counts),
        Tally::Survival(table) => return survival(metric, table),
        Tally::Mean { n, sum, squares } | Tally::Paired { n, sum, squares } => {
            let sums = Sums {
                n: *n,
                sum: *sum,
                squares: *squares,
            };
            of_mean(metric, sums)
        }
        Tally::Event { n } => Ok(bare(*n, *n as f64, metric.unit)),
        Tally::Stock { closing, .. } => Ok(bare(*closing, *closing as f64, metric.unit)),
        Tally::Sum { n, total } if metric.unit == Unit::Fte => {
            Ok(bare(*n, *total as f64 / FTE_ONE, metric.unit))
        }
        Tally::Sum { n, total } => sum(metric, *n, *total),
        Tally::Amounts {
            closing,
            closing_amount,
            ..
        } => Ok(bare(
            *closing,
            *closing_amount as f64 / FTE_ONE,
            metric.unit,
        )),
        Tally::AmountRatio {
            numerator,
            denominator,
            parts,
            ..
        } => amount_ratio(metric, *numerator, (*denominator, *parts)),
        Tally::Exposure {
            events,
            person_days,
        } => exposure(*events, *person_days),
        Tally::Ratio {
            numerator,
            denominator,
            parts,
            ..
        } => ratio(metric, *numerator, (*denominator, *parts)),
    };
    vec![value(outcome)]
}

/// A level less its comparator, for proportions; no other kind has one.
#[must_use]
pub fn difference(metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
    let (first, second) = shares(level, comparator)?;
    let outcome = proportion(metric, first)
        .and_then(|_| proportion(metric, second))
        .and_then(|_| newcombe(first, second, LEVEL).ok_or_else(|| inconsistent("hits", "units")))
        .map(|found| Figures {
            interval: Some(found.interval),
            ..bare(first.n, found.estimate, Unit::Fraction)
        });
    Some(Estimate {
        statistic: Statistic::Difference,
        horizon_months: metric.horizon_months,
        ..value(outcome)
    })
}

/// The p of each difference of a family (a level and its comparator), adjusted
/// by Holm's method over those of the family that have a test: proportions, by
/// the test that goes with their interval. None for the others.
#[must_use]
pub fn adjusted_p(family: &[(&Tally, &Tally)]) -> Vec<Option<f64>> {
    let test = |(level, comparator): &(&Tally, &Tally)| {
        let (first, second) = shares(level, comparator)?;
        newcombe_p(first, second)
    };
    let own: Vec<Option<f64>> = family.iter().map(test).collect();
    let tested: Vec<f64> = own.iter().flatten().copied().collect();
    let mut adjusted = holm(&tested).into_iter();
    own.into_iter()
        .map(|p| p.and_then(|_| adjusted.next()))
        .collect()
}

fn shares(level: &Tally, comparator: &Tally) -> Option<(Share, Share)> {
    let of = |tally: &Tally| match tally {
        Tally::Proportion { n, hits } => Some(Share { hits: *hits, n: *n }),
        _ => None,
    };
    Some((of(level)?, of(comparator)?))
}

fn value(outcome: Result<Figures, Unknown>) -> Estimate {
    Estimate {
        statistic: Statistic::Value,
        answer: None,
        horizon_months: None,
        outcome,
    }
}

/// A figure with nothing round it.
fn bare(n: u64, estimate: f64, unit: Unit) -> Figures {
    Figures {
        n,
        numerator: None,
        denominator: None,
        estimate,
        interval: None,
        unit,
    }
}

fn none(why: &str) -> Unknown {
    Unknown::NotApplicable(why.to_owned())
}

fn inconsistent(more: &str, fewer: &str) -> Unknown {
    Unknown::NotApplicable(format!("the counts do not agree: more {more} than {fewer}"))
}

/// What to say where there is no unit at all.
fn nobody(metric: &Metric) -> Unknown {
    none(match metric.grain {
        Grain::Person => "nobody to count",
        Grain::Spell => "no time in post to count",
        Grain::Preceptorship => "no preceptorships",
        Grain::Response => "no valid responses",
        Grain::Answer => "no valid answers",
        Grain::Post => "no posts to count",
        Grain::Invitation => "no invitations of which it is known whether they were answered",
        Grain::Flow => return Unknown::NotAvailable(UNPUBLISHED.to_owned()),
        Grain::Followed => "nobody followed",
    })
}

fn proportion(metric: &Metric, share: Share) -> Result<Figures, Unknown> {
    if share.n == 0 {
        return Err(nobody(metric));
    }
    let interval =
        wilson(share.hits, share.n, LEVEL).ok_or_else(|| inconsistent("hits", "units"))?;
    let (hits, n) = (share.hits as f64, share.n as f64);
    Ok(over(
        share.n,
        (hits, n),
        (hits / n, Some(interval)),
        Unit::Fraction,
    ))
}

/// A figure with a line: `terms` stand above and below it.
fn over(n: u64, terms: (f64, f64), found: (f64, Option<Interval>), unit: Unit) -> Figures {
    Figures {
        numerator: Some(terms.0),
        denominator: Some(terms.1),
        interval: found.1,
        ..bare(n, found.0, unit)
    }
}

fn distribution(metric: &Metric, counts: &[u64]) -> Vec<Estimate> {
    let n = counts.iter().fold(0_u64, |sum, c| sum.saturating_add(*c));
    counts
        .iter()
        .enumerate()
        .map(|(index, hits)| Estimate {
            answer: Some(index),
            ..value(proportion(metric, Share { hits: *hits, n }))
        })
        .collect()
}

fn of_mean(metric: &Metric, sums: Sums) -> Result<Figures, Unknown> {
    let found = mean(sums, LEVEL).ok_or_else(|| nobody(metric))?;
    Ok(Figures {
        interval: found.interval,
        ..bare(sums.n, found.estimate, metric.unit)
    })
}

fn exposure(events: u64, person_days: u64) -> Result<Figures, Unknown> {
    let Rate { estimate, interval } = per_100_person_years(events, person_days, LEVEL)
        .ok_or_else(|| none("nobody was followed for a day"))?;
    let terms = (events as f64, person_years(person_days));
    let found = (estimate, interval);
    Ok(over(events, terms, found, Unit::Per100PersonYears))
}

/// A ratio of full-time equivalents has no interval: part-timers leave as
/// whole people, so its uncertainty is that of the rate by headcount.
fn amount_ratio(metric: &Metric, numerator: u64, below: (u64, u64)) -> Result<Figures, Unknown> {
    let (sum, parts) = below;
    if sum == 0 || parts == 0 {
        return Err(none("nobody below the line: the denominator is 0"));
    }
    let denominator = sum as f64 / parts as f64 / FTE_ONE;
    let above = numerator as f64 / FTE_ONE;
    let terms = (above, denominator);
    let base = (sum / parts) / 1000;
    Ok(over(base, terms, (above / denominator, None), metric.unit))
}

/// A total. Of published flows none is added where one of them is not given,
/// and nothing is not a nought.
fn sum(metric: &Metric, n: u64, total: i128) -> Result<Figures, Unknown> {
    if n == 0 && metric.grain == Grain::Flow {
        return Err(nobody(metric));
    }
    Ok(bare(n, total as f64, metric.unit))
}

/// `below` is the sum of the counts below the line and how many were added.
fn ratio(metric: &Metric, numerator: u64, below: (u64, u64)) -> Result<Figures, Unknown> {
    let (sum, parts) = below;
    if parts == 0 && metric.grain == Grain::Flow {
        return Err(nobody(metric));
    }
    if sum == 0 || parts == 0 {
        return Err(none("nobody below the line: the denominator is 0"));
    }
    let denominator = sum as f64 / parts as f64;
    let Rate { estimate, interval } = rate(numerator, denominator, LEVEL)
        .ok_or_else(|| none("the denominator is too small to divide by"))?;
    let terms = (numerator as f64, denominator);
    Ok(over(sum / parts, terms, (estimate, interval), metric.unit))
}

/// A figure for each month as far as anyone is followed, then the median.
fn survival(metric: &Metric, table: &LifeTable) -> Vec<Estimate> {
    let curve = KaplanMeier::fit(table, LEVEL);
    let followed: Vec<(u32, u64)> = (1..=LAST_MONTH)
        .map(|month| (month, at_risk(table, day_of_month(month))))
        .collect();
    let last = followed.iter().rposition(|(_, n)| *n > 0);
    let months = last.map_or(0, |index| index + 1);
    let mut all: Vec<Estimate> = followed
        .into_iter()
        .take(months)
        .map(|(month, _)| Estimate {
            horizon_months: Some(month),
            ..value(curve.at(day_of_month(month)).map(|step| Figures {
                interval: step.interval,
                ..bare(step.at_risk, step.survival, Unit::Fraction)
            }))
        })
        .collect();
    all.extend(leaving(table));
    let half = match table.entered() {
        0 => Err(nobody(metric)),
        n => curve.median().map(|median| in_months(metric, n, median)),
    };
    all.push(Estimate {
        statistic: Statistic::Median,
        ..value(half)
    });
    all
}

/// The leaving rate of each month since start.
fn leaving(table: &LifeTable) -> Vec<Estimate> {
    let mut found = Vec::new();
    let start = table.entered();
    if start == 0 {
        return found;
    }
    for month in months(table, LEVEL) {
        let from = day_of_month(month.month.saturating_sub(1)).saturating_add(1);
        let followed = match month.month {
            1 => start.min(at_risk(table, 0)),
            _ => at_risk(table, from),
        };
        found.push(Estimate {
            statistic: Statistic::LeavingRate,
            horizon_months: Some(month.month),
            ..value(month.per_100_person_months.map(|rate| Figures {
                interval: rate.interval,
                ..bare(followed, rate.estimate, Unit::Per100PersonMonths)
            }))
        });
    }
    found
}

/// The median in months; an interval only where both limits were reached.
///
/// Times without dates are whole months where their table has whole months:
/// the day that stands for one is that month.
fn in_months(metric: &Metric, n: u64, median: Median) -> Figures {
    let months = |day: u32| {
        let exact = f64::from(day) * 12.0 / 365.0;
        let whole = (u64::from(day) * 12 + 182) / 365;
        let whole = u32::try_from(whole).unwrap_or(u32::MAX);
        let is_month = metric.grain == Grain::Followed && day_of_month(whole) == day;
        if is_month { f64::from(whole) } else { exact }
    };
    let interval = median
        .lower
        .zip(median.upper)
        .map(|(lower, upper)| Interval {
            lower: months(lower),
            upper: months(upper),
            level: LEVEL,
            method: "km_loglog",
        });
    Figures {
        interval,
        ..bare(n, months(median.day), Unit::Months)
    }
}
