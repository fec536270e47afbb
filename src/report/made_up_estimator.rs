//! An estimator for tests, just large enough for a page to be drawn from it.

use staywise_core::disclosure::Estimator;
use staywise_core::domain::{
    Estimate, Figures, Interval, LifeTable, Metric, Statistic, Tally, Unit, Unknown,
};

/// An estimator just large enough for a page.
pub(crate) struct Tiny;

impl Estimator for Tiny {
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate> {
        estimates(metric, tally)
    }

    /// Sure where the limits leave out no difference.
    fn adjusted_p(&self, metric: &Metric, family: &[(&Tally, &Tally)]) -> Vec<Option<f64>> {
        let p = |(level, comparator): &(&Tally, &Tally)| {
            let figures = self.difference(metric, level, comparator)?.outcome.ok()?;
            let limits = figures.interval?;
            Some(if limits.lower > 0.0 || limits.upper < 0.0 {
                0.01
            } else {
                0.4
            })
        };
        family.iter().map(p).collect()
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        let (Tally::Proportion { n, hits }, Tally::Proportion { n: m, hits: h }) =
            (level, comparator)
        else {
            return None;
        };
        let (one, other) = (wilson(*hits, *n), wilson(*h, *m));
        let apart = one.estimate - other.estimate;
        let half = 1.96
            * (one.estimate * (1.0 - one.estimate) / *n as f64
                + other.estimate * (1.0 - other.estimate) / *m as f64)
                .sqrt();
        Some(Estimate {
            statistic: Statistic::Difference,
            answer: None,
            horizon_months: metric.horizon_months,
            outcome: Ok(Figures {
                numerator: None,
                denominator: None,
                estimate: apart,
                interval: Some(Interval {
                    lower: apart - half,
                    upper: apart + half,
                    level: 0.95,
                    method: "newcombe",
                }),
                ..one
            }),
        })
    }
}

fn estimates(metric: &Metric, tally: &Tally) -> Vec<Estimate> {
    let one = |outcome| Estimate {
        statistic: Statistic::Value,
        answer: None,
        horizon_months: metric.horizon_months,
        outcome: Ok(outcome),
    };
    let bare = |n: u64, estimate: f64| Figures {
        n,
        numerator: None,
        denominator: None,
        estimate,
        interval: None,
        unit: metric.unit,
    };
    match tally {
        Tally::Proportion { n, hits } => vec![one(wilson(*hits, *n))],
        Tally::Distribution { counts } => {
            let n = counts.iter().sum();
            let each = counts.iter().enumerate();
            each.map(|(answer, hits)| Estimate {
                answer: Some(answer),
                ..one(wilson(*hits, n))
            })
            .collect()
        }
        Tally::Survival(table) => curve(table),
        Tally::Event { n }
        | Tally::Stock { closing: n, .. }
        | Tally::Amounts { closing: n, .. }
        | Tally::AmountRatio { smallest: n, .. } => vec![one(bare(*n, *n as f64))],
        Tally::Ratio {
            numerator,
            denominator,
            parts,
            ..
        } => {
            let below = *denominator as f64 / *parts as f64;
            let terms = Figures {
                numerator: Some(*numerator as f64),
                denominator: Some(below),
                ..bare(denominator / parts, *numerator as f64 / below)
            };
            vec![one(terms)]
        }
        _ => Vec::new(),
    }
}

fn wilson(hits: u64, n: u64) -> Figures {
    let (z, size, p) = (1.959_963_985_f64, n as f64, hits as f64 / n as f64);
    let wide = 1.0 + z * z / size;
    let centre = (p + z * z / (2.0 * size)) / wide;
    let half = z / wide * (p * (1.0 - p) / size + z * z / (4.0 * size * size)).sqrt();
    Figures {
        n,
        numerator: Some(hits as f64),
        denominator: Some(size),
        estimate: p,
        interval: Some(Interval {
            lower: centre - half,
            upper: centre + half,
            level: 0.95,
            method: "wilson",
        }),
        unit: Unit::Fraction,
    }
}

/// Kaplan and Meier by month with a plain interval, enough to be drawn.
fn curve(table: &LifeTable) -> Vec<Estimate> {
    (1..=26_u32)
        .map(|month| {
            let end = month * 365 / 12;
            let (mut left, mut kept, mut spread) = (table.entered() as f64, 1.0, 0.0);
            for (_, day) in table.days.range(..=end) {
                let gone = day.events as f64;
                if gone > 0.0 && left > gone {
                    kept *= 1.0 - gone / left;
                    spread += gone / (left * (left - gone));
                }
                left -= gone + day.ended as f64;
            }
            let half = 1.96 * kept * f64::sqrt(spread);
            let outcome = if left < 1.0 {
                Err(Unknown::NotApplicable(
                    "nobody was followed so far".to_owned(),
                ))
            } else {
                Ok(Figures {
                    n: left as u64,
                    numerator: None,
                    denominator: None,
                    estimate: kept,
                    interval: Some(Interval {
                        lower: (kept - half).max(0.0),
                        upper: (kept + half).min(1.0),
                        level: 0.95,
                        method: "km_loglog",
                    }),
                    unit: Unit::Fraction,
                })
            };
            Estimate {
                statistic: Statistic::Value,
                answer: None,
                horizon_months: Some(month),
                outcome,
            }
        })
        .collect()
}

/// Leaving rates by month, of which some rest on too few.
pub(crate) struct Leaving {
    /// How many months.
    pub(crate) months: u32,
    /// The months in which too few are followed.
    pub(crate) few: std::ops::RangeInclusive<u32>,
}

impl Estimator for Leaving {
    fn estimates(&self, _: &Metric, _: &Tally) -> Vec<Estimate> {
        let one = |month: u32| {
            let rate = 1.2 + 0.7 * f64::from(month % 5) + if month == 13 { 3.0 } else { 0.0 };
            let few = self.few.contains(&month);
            Estimate {
                statistic: Statistic::LeavingRate,
                answer: None,
                horizon_months: Some(month),
                outcome: Ok(Figures {
                    n: if few { 5 } else { u64::from(1300 - 20 * month) },
                    numerator: None,
                    denominator: None,
                    estimate: rate,
                    interval: Some(Interval {
                        lower: rate * 0.6,
                        upper: rate * 1.5,
                        level: 0.95,
                        method: "poisson_exact",
                    }),
                    unit: Unit::Per100PersonMonths,
                }),
            }
        };
        (1..=self.months).map(one).collect()
    }

    fn difference(&self, _: &Metric, _: &Tally, _: &Tally) -> Option<Estimate> {
        None
    }
}
