//! The answers of a comparison as figures that disclosure control may let
//! through: unadjusted, the declared adjusted one, the ways it is checked by.
//! Releases nothing itself.

use super::coefficients::Coefficients;
use crate::report::evidence::{Answer as ToldAnswer, Purpose};
use crate::study::Comparison as Asked;
use staywise_core::disclosure::{Modelled, Released};
use staywise_core::domain::sample::{Arm, FollowUp, Sample};
use staywise_core::domain::{
    Figures, Group, Interval, Level, Metric, Period, Statistic, Unit, Unknown,
};
use staywise_core::stats::LEVEL;
use staywise_core::stats::adjusted::{Answer, Comparison, Sensitivity};
use staywise_core::stats::cox::{self, CoxFit, CoxModel};

/// A comparison that is being answered.
pub(super) struct Asks<'a> {
    pub asked: &'a Asked,
    pub metric: &'a Metric,
    pub period: &'a Period,
    pub sample: &'a Sample,
}

/// What an answer is for and how it came about.
pub(super) type What = (Purpose, String);

impl Asks<'_> {
    /// Everybody whose outcome is known.
    pub(super) fn people(&self) -> u64 {
        let of = |arm| self.sample.counts(arm).known();
        of(Arm::Compared) + of(Arm::Comparator)
    }

    fn group(&self) -> Group {
        Group::one(&self.asked.dimension, &Level::new(&self.asked.compare))
    }

    /// Of a figure that allows for nothing: its people are this comparison's
    /// own, so that it goes by the comparison's name.
    pub(super) fn unadjusted_by(&self, method: &str) -> String {
        format!("{method}: nothing, {}", self.asked.name)
    }

    fn adjusted_for(&self, method: &str) -> String {
        let names: Vec<&str> = self.asked.covariates.iter().map(|c| c.as_str()).collect();
        let among = match super::among::words(&self.asked.among) {
            all if all.is_empty() => all,
            some => format!("; among {some}"),
        };
        format!("{method}: {}{among}", names.join(", "))
    }

    pub(super) fn figure(
        &self,
        statistic: Statistic,
        adjusted: Option<String>,
        found: Result<(f64, Interval, f64), Unknown>,
    ) -> Modelled {
        let unit = match statistic {
            Statistic::Difference => Unit::Fraction,
            _ => Unit::Rate,
        };
        self.figure_in(unit, (statistic, adjusted), found)
    }

    pub(super) fn figure_in(
        &self,
        unit: Unit,
        (statistic, adjusted): (Statistic, Option<String>),
        found: Result<(f64, Interval, f64), Unknown>,
    ) -> Modelled {
        let against = self.asked.against.as_deref().unwrap_or("All others");
        Modelled {
            metric: self.metric.clone(),
            period: self.period.clone(),
            group: self.group(),
            comparator: Some(Level::new(against)),
            statistic,
            horizon_months: self.metric.horizon_months,
            adjusted_for: adjusted,
            p: found.as_ref().ok().map(|(_, _, p)| *p),
            outcome: found.map(|(estimate, interval, _)| Figures {
                n: self.people(),
                numerator: None,
                denominator: None,
                estimate,
                interval: Some(interval),
                unit,
            }),
        }
    }

    fn answer(&self, way: (Statistic, &str), found: Result<Answer, Unknown>) -> Modelled {
        let found = found.map(|a| (a.estimate, a.interval, a.p));
        self.figure(way.0, Some(self.adjusted_for(way.1)), found)
    }
}

/// What the declared answer is for.
pub(super) fn purpose(asked: &Asked) -> Purpose {
    match asked.primary {
        true => Purpose::Primary,
        false => Purpose::Exploratory,
    }
}

/// Every answer with what it is for, the unadjusted one first.
pub(super) fn modelled(
    asks: &Asks<'_>,
    compared: &Comparison,
    hazard: &Result<Coefficients, Unknown>,
) -> Vec<(What, Modelled)> {
    let mut all = Vec::new();
    let plain = compared
        .unadjusted
        .clone()
        .map(|u| (u.estimate, u.interval, u.p));
    // Told apart from the table's own difference: its people are others.
    let words = Some(format!("nothing: {} of this comparison", asks.asked.name));
    all.push((
        (Purpose::Unadjusted, "As the groups are".to_owned()),
        asks.figure(Statistic::Difference, words, plain),
    ));
    let Ok(adjusted) = &compared.adjusted else {
        return all;
    };
    all.push((
        (purpose(asks.asked), "Overlap weights".to_owned()),
        asks.answer(
            (Statistic::Difference, "overlap weights"),
            adjusted.primary.difference.clone(),
        ),
    ));
    let others = adjusted.sensitivity.iter();
    all.extend(others.map(|other| sensitivity(asks, other)));
    all.push(cox(asks, hazard));
    all
}

fn sensitivity(asks: &Asks<'_>, other: &Sensitivity) -> (What, Modelled) {
    let (name, way, found) = match other {
        Sensitivity::Standardised(effect) => (
            "Standardisation",
            (Statistic::Difference, "standardisation"),
            effect.clone().and_then(|e| e.difference),
        ),
        Sensitivity::Regression(answer) => (
            "Regression",
            (Statistic::Difference, "regression"),
            answer.clone(),
        ),
        Sensitivity::Hazard(answer) => (
            "Hazard ratio of leaving",
            (Statistic::Ratio, "cox"),
            answer.clone(),
        ),
    };
    let what = (Purpose::Sensitivity, name.to_owned());
    (what, asks.answer(way, found))
}

fn cox(asks: &Asks<'_>, hazard: &Result<Coefficients, Unknown>) -> (What, Modelled) {
    let name = "Hazard ratio of leaving over all the time followed, Cox's model".to_owned();
    let found = hazard.as_ref().map_err(Clone::clone).and_then(|model| {
        let first = model.first();
        first.ok_or_else(|| Unknown::NotApplicable("no group to compare".to_owned()))
    });
    (
        (Purpose::Sensitivity, name),
        asks.figure(Statistic::Ratio, Some(asks.adjusted_for("cox")), found),
    )
}

/// The hazard of leaving of those compared over that of the comparator, the
/// covariates allowed for, and whether it is the same all along.
pub(super) fn hazard(asks: &Asks<'_>) -> Result<Coefficients, Unknown> {
    let rows = asks.sample.rows();
    let refuse = |why: &str| Unknown::NotApplicable(why.to_owned());
    let follow = rows.follow_up.as_ref();
    let follow = follow.ok_or_else(|| refuse("nobody's follow-up is known"))?;
    let cluster = |place: usize| match &rows.clusters {
        Some(clusters) => u64::from(clusters.get(place).copied().unwrap_or(0)),
        None => u64::try_from(place).unwrap_or(u64::MAX),
    };
    let followed: Vec<cox::Followed> = follow
        .iter()
        .enumerate()
        .map(|(place, f)| cox::Followed {
            from: from(f),
            cluster: cluster(place),
            ..cox::Followed::until(i32::try_from(f.exit).unwrap_or(i32::MAX), f.left)
        })
        .collect();
    let arm: Vec<f64> = rows
        .arms
        .iter()
        .map(|arm| f64::from(u8::from(*arm == Arm::Compared)))
        .collect();
    let columns = asks.sample.columns();
    let mut all = vec![cox::Column {
        term: "group",
        level: None,
        values: &arm,
    }];
    for (term, values) in columns.terms.iter().zip(&columns.values) {
        all.push(cox::Column {
            term: &term.covariate,
            level: term.level.as_deref(),
            values,
        });
    }
    let model = CoxModel::new(&followed, &all).map_err(|why| refuse(&why.to_string()))?;
    let fit: CoxFit = model
        .fit(cox::Options {
            errors: if rows.clusters.is_some() {
                cox::Errors::Clustered
            } else {
                cox::Errors::Model
            },
            level: LEVEL,
            ..cox::Options::default()
        })
        .map_err(|why| refuse(&why.to_string()))?;
    let proportional = model.proportional(&fit).ok();
    Ok(Coefficients {
        comparison: asks.asked.name.clone(),
        fit,
        proportional,
    })
}

fn from(follow: &FollowUp) -> i32 {
    match follow.entry {
        0 => cox::FROM_THE_START,
        day => i32::try_from(day).unwrap_or(i32::MAX),
    }
}

/// The rows that came through, as a page is told of them.
pub(super) fn told(what: Vec<What>, rows: Vec<Released>) -> Vec<ToldAnswer> {
    what.into_iter()
        .zip(rows)
        .map(|((purpose, method), row)| ToldAnswer {
            purpose,
            method,
            row,
        })
        .collect()
}
