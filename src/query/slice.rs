//! All metrics, all periods, all ways of dividing, into tally tables. The
//! order of the tables is that of the catalogue, whatever ran first.

use super::catalogue::Catalogue;
use super::compose::Composition;
use super::header::{Body, MetricQuery};
use super::one;
use super::ratio;
use crate::data::{Linked, PublishedFlows};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use staywise_core::domain::period::Shape;
use staywise_core::domain::{
    Day, Dimension, Finding, Grain, Kind, Metric, Origin, Period, Severity, TallyTable,
};
use std::collections::BTreeMap;

/// What tables to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slicing {
    /// The period of the report.
    pub reported: Period,
    /// The periods of the trend, the reported one among them.
    pub trend: Vec<Period>,
    /// Everything up to the as-at date.
    pub all: Period,
    /// The single dimensions.
    pub dimensions: Vec<Dimension>,
    /// The pairs, for the reported period and for everything.
    pub pairs: Vec<(Dimension, Dimension)>,
    /// The as-at date.
    pub as_at: Day,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// By metric, item, period and way of dividing.
    pub tables: Vec<TallyTable>,
    /// Metrics that the study does not have the data for, and why: to follow
    /// "not available because".
    pub unavailable: Vec<(Metric, String)>,
    /// What is wrong with metric files, and what was left out.
    pub findings: Vec<Finding>,
}

/// A period that a metric is counted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub period: Period,
    /// Whether for the metric's own sake; else only for a ratio.
    pub own: bool,
    /// Whether by pairs too.
    pub pairs: bool,
}

/// What one metric came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Tables of all wanted periods.
    pub tables: Vec<TallyTable>,
    pub unavailable: Option<String>,
    pub findings: Vec<Finding>,
    /// The date before which the data cannot tell, if periods were left out.
    pub left_out_before: Option<Day>,
}

impl Slicing {
    /// The trend, the reported period and everything, each once.
    fn periods(&self) -> Vec<&Period> {
        let mut all: Vec<&Period> = Vec::new();
        for period in self.trend.iter().chain([&self.reported, &self.all]) {
            if !all.contains(&period) {
                all.push(period);
            }
        }
        all
    }

    /// A period as a metric counts it: itself, or the window that ends with
    /// it; nothing where the metric is not counted for it.
    fn counted(&self, metric: &Metric, period: &Period) -> Option<Period> {
        let everything = period.shape == Shape::All;
        match (metric.kind, metric.window_months) {
            (Kind::Survival, _) => everything.then(|| period.clone()),
            // The leavers of all time over two headcounts are no rate.
            (Kind::Ratio, _) if everything => None,
            (_, None) => Some(period.clone()),
            (_, Some(months)) => period.window(months),
        }
    }

    /// The periods of published flows that have begun, oldest first: as this
    /// run names them where it does.
    fn published(&self, flows: &PublishedFlows) -> Vec<Period> {
        let known = self.periods();
        let named = |own: Period| {
            let same = |p: &&&Period| p.start == own.start && p.end == own.end;
            let found = known.iter().find(same).map(|p| (*p).clone());
            found.unwrap_or(own)
        };
        let begun = |period: &Period| period.start <= self.as_at;
        flows
            .periods()
            .into_iter()
            .filter(begun)
            .map(named)
            .collect()
    }

    fn has_pairs(&self, period: &Period) -> bool {
        *period == self.reported || period.shape == Shape::All
    }
}

type Wants<'a> = BTreeMap<&'a str, Vec<Wanted>>;

fn wants<'a>(catalogue: &'a Catalogue, slicing: &Slicing, linked: &Linked) -> Wants<'a> {
    let published = slicing.published(&linked.flows);
    let mut wants = Wants::new();
    let mut want = |name: &'a str, period: &Period, (own, pairs): (bool, bool)| {
        let wanted = wants.entry(name).or_default();
        match wanted.iter_mut().find(|w| w.period == *period) {
            Some(old) => {
                old.own |= own;
                old.pairs |= pairs;
            }
            None => wanted.push(Wanted {
                period: period.clone(),
                own,
                pairs,
            }),
        }
    };
    for query in catalogue.queries() {
        // A published flow is of the days that its publisher gave it.
        let of_flows = query.metric.grain == Grain::Flow;
        let periods = match of_flows {
            true => published.iter().collect(),
            false => slicing.periods(),
        };
        for period in periods {
            let Some(counted) = slicing.counted(&query.metric, period) else {
                continue;
            };
            let latest = of_flows && published.last() == Some(period);
            let pairs = latest || slicing.has_pairs(period);
            want(&query.metric.name, &counted, (true, pairs));
            if let Body::Ratio(composition) = &query.body {
                for part in composition.parts() {
                    for (_, period) in part.counts(&counted) {
                        want(&part.metric, &period, (false, pairs));
                    }
                }
            }
        }
    }
    wants
}

/// Counts every metric of the catalogue. `params` are the study's named
/// parameters, which queries read from `params`.
#[must_use]
pub fn tally(
    catalogue: &Catalogue,
    linked: &Linked,
    slicing: &Slicing,
    params: &BTreeMap<String, f64>,
) -> Tallied {
    let wants = wants(catalogue, slicing, linked);
    let study = one::Study {
        linked,
        slicing,
        params,
    };
    let nothing = Vec::new();
    let run = |query: &MetricQuery| match &query.body {
        Body::Select(select) => {
            let wanted = wants.get(query.metric.name.as_str()).unwrap_or(&nothing);
            study.count(query, select, wanted)
        }
        Body::Ratio(_) => Outcome::default(),
    };
    let queries: Vec<&MetricQuery> = catalogue.queries().iter().collect();
    let mut outcomes: Vec<Outcome> = queries.into_par_iter().map(run).collect();
    for (index, query) in catalogue.queries().iter().enumerate() {
        if let Body::Ratio(composition) = &query.body {
            let wanted = wants.get(query.metric.name.as_str()).unwrap_or(&nothing);
            let made = compose((catalogue, &outcomes), (query, composition), wanted);
            if let Some(outcome) = outcomes.get_mut(index) {
                *outcome = made;
            }
        }
    }
    gather(catalogue, outcomes, &wants)
}

fn compose(
    (catalogue, outcomes): (&Catalogue, &[Outcome]),
    (query, composition): (&MetricQuery, &Composition),
    wanted: &[Wanted],
) -> Outcome {
    let place = |name: &str| catalogue.names().position(|n| n == name);
    let outcome = |name: &str| outcomes.get(place(name)?);
    let mut parts = composition.parts();
    if let Some(why) = parts.find_map(|p| outcome(&p.metric)?.unavailable.clone()) {
        return Outcome {
            unavailable: Some(why),
            ..Outcome::default()
        };
    }
    let own = wanted.iter().filter(|w| w.own);
    let periods: Vec<Period> = own.map(|w| w.period.clone()).collect();
    let tables = |name: &str| outcome(name).map_or(&[][..], |o| &o.tables);
    Outcome {
        tables: ratio::tables(&query.metric, composition, &periods, &tables),
        ..Outcome::default()
    }
}

fn gather(catalogue: &Catalogue, outcomes: Vec<Outcome>, wants: &Wants<'_>) -> Tallied {
    let mut tallied = Tallied::default();
    let mut short: Vec<&str> = Vec::new();
    let mut since = None;
    for (query, outcome) in catalogue.queries().iter().zip(outcomes) {
        let metric = &query.metric;
        let own = |table: &TallyTable| {
            let wanted = wants.get(metric.name.as_str());
            wanted.is_some_and(|w| w.iter().any(|w| w.own && w.period == table.period))
        };
        tallied
            .tables
            .extend(outcome.tables.into_iter().filter(own));
        tallied.findings.extend(outcome.findings);
        if let Some(why) = outcome.unavailable {
            tallied.unavailable.push((metric.clone(), why));
        }
        if outcome.left_out_before.is_some() {
            short.push(&metric.label);
            since = outcome.left_out_before;
        }
    }
    tallied
        .findings
        .extend(since.map(|day| left_out(&short, day)));
    tallied
}

/// How many metrics a finding names.
const NAMED: usize = 3;

fn left_out(labels: &[&str], day: Day) -> Finding {
    let mut named = labels
        .get(..NAMED.min(labels.len()))
        .unwrap_or(labels)
        .join(", ");
    if labels.len() > NAMED {
        named = format!("{named} and {} others", labels.len() - NAMED);
    }
    Finding {
        rule: "before-leavers",
        severity: Severity::Note,
        origin: Origin::default(),
        message: format!(
            "the staff list has leavers only since {day}; periods that begin before it have no {named}"
        ),
        remedy: String::new(),
        count: u64::try_from(labels.len()).unwrap_or(0),
        private_value: None,
    }
}
