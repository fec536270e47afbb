//! One workforce under every definition of turnover, the way from one
//! definition to the next, and the flow of people that all of them rest on.
//! Reads released rows only: what is hidden is in no sum here.

use super::Periods;
use crate::data::Linked;
use crate::report::evidence::{RateStep, Turnover};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Period, Statistic, Status};
use staywise_core::stats::turnover::{Counts, Definition, Waterfall, waterfall};

/// The rates that are laid side by side, in this order.
const RATES: [&str; 8] = [
    "leaver_rate_start_12m",
    "leaver_rate_12m",
    "leaver_rate_end_12m",
    "leaver_rate_monthly_12m",
    "leaving_rate_12m",
    "leaver_rate_fte_12m",
    "voluntary_leaver_rate_12m",
    "stability_12m",
];

/// From one definition to the next.
const WAY: [Definition; 4] = [
    Definition::NhsScotland,
    Definition::NhsEngland,
    Definition::ThirteenPoints,
    Definition::SkillsForCare,
];

/// The switchboard of the reported period; nothing where there is no rate.
pub(super) fn turnover(linked: &Linked, periods: &Periods, rows: &[Released]) -> Option<Turnover> {
    let label = &periods.reported.label;
    let everyone = |name: &str| {
        rows.iter().find(|row| {
            let key = row.key();
            key.metric == name
                && key.period.label == *label
                && key.group.is_everyone()
                && key.statistic == Statistic::Value
        })
    };
    let rates: Vec<Released> = RATES.into_iter().filter_map(everyone).cloned().collect();
    let period = rates.first().map(|row| row.key().period.clone())?;
    let counts = counts(&everyone);
    let mut steps = steps(&counts);
    let mut notes = Vec::new();
    if steps.is_empty() {
        steps = rounded_steps(&everyone);
        notes.push(
            "The counts behind the rates are not all shown, so the way from one definition to \
             the next is told in rounded rates and not step by step."
                .to_owned(),
        );
    }
    if linked.workforce.leavers_from.is_some() {
        notes.push(
            "The staff list has leavers only since a date; no rate is made for a window that \
             begins before it."
                .to_owned(),
        );
    }
    let flow = flow(&periods.reported, periods, rows);
    if flow.is_empty() {
        notes.push(
            "How those in post at the start became those at the end is not laid out: one of its \
             lines is hidden, and could be worked out from the others."
                .to_owned(),
        );
    }
    Some(Turnover {
        period,
        rates,
        steps,
        flow,
        notes,
    })
}

/// The counts behind the rates, as far as they are shown.
fn counts<'a>(everyone: &dyn Fn(&str) -> Option<&'a Released>) -> Counts {
    let above = |name: &str| everyone(name)?.numerator();
    let below = |name: &str| everyone(name)?.denominator();
    let (mean, end) = (below("leaver_rate_12m"), below("leaver_rate_end_12m"));
    let start = below("leaver_rate_start_12m")
        .or_else(|| mean.zip(end).map(|(mean, end)| 2.0 * mean - end));
    Counts {
        start,
        end,
        current: end,
        mean_of_13: below("leaver_rate_monthly_12m"),
        person_years: below("leaving_rate_12m"),
        leavers: above("leaver_rate_12m"),
        snapshot_leavers: above("leaver_rate_start_12m"),
        voluntary_leavers: above("voluntary_leaver_rate_12m"),
    }
}

fn steps(counts: &Counts) -> Vec<RateStep> {
    let legs: Option<Vec<Waterfall>> = WAY
        .windows(2)
        .map(|pair| match pair {
            [from, to] => waterfall(counts, *from, *to).ok(),
            _ => None,
        })
        .collect();
    let Some(legs) = legs else {
        return Vec::new();
    };
    let rate = |definition: Definition, to: f64| RateStep {
        label: definition.name().to_owned(),
        to,
        change: None,
    };
    let mut steps = Vec::new();
    for leg in legs {
        if steps.is_empty() {
            steps.push(rate(leg.from, leg.start));
        }
        steps.extend(leg.steps.iter().map(|step| RateStep {
            label: step.words.to_owned(),
            to: step.after,
            change: Some(step.change),
        }));
        steps.push(rate(leg.to, leg.end));
    }
    steps
}

/// From one rounded rate to the next, where each is shown.
fn rounded_steps<'a>(everyone: &dyn Fn(&str) -> Option<&'a Released>) -> Vec<RateStep> {
    let mut steps: Vec<RateStep> = Vec::new();
    for (name, definition, otherwise) in [
        ("leaver_rate_start_12m", Definition::NhsScotland, ""),
        (
            "leaver_rate_12m",
            Definition::NhsEngland,
            "with those who came and went, over the mean of start and end",
        ),
        (
            "leaver_rate_monthly_12m",
            Definition::ThirteenPoints,
            "over the mean of 13 headcounts",
        ),
        (
            "leaver_rate_end_12m",
            Definition::SkillsForCare,
            "over the headcount at the end",
        ),
    ] {
        let Some(to) = everyone(name).and_then(Released::estimate) else {
            continue;
        };
        if let Some(before) = steps.last().map(|step| step.to) {
            steps.push(RateStep {
                label: otherwise.to_owned(),
                to,
                change: Some(to - before),
            });
        }
        steps.push(RateStep {
            label: definition.name().to_owned(),
            to,
            change: None,
        });
    }
    if steps.len() > 1 { steps } else { Vec::new() }
}

/// Opening, what came and went, closing: of the reported period, where each
/// is shown.
fn flow(reported: &Period, periods: &Periods, rows: &[Released]) -> Vec<(String, Option<i64>)> {
    let of = |name: &str, period: &Period| {
        let found = rows.iter().find(|row| {
            let key = row.key();
            key.metric == name
                && key.period == *period
                && key.group.is_everyone()
                && key.statistic == Statistic::Value
        });
        let shown = found.filter(|row| row.status() == Status::Shown)?;
        // A whole number of people.
        #[allow(clippy::cast_possible_truncation)]
        shown.estimate().map(|n| n.round() as i64)
    };
    let before = periods.trend.iter().rev().find(|p| p.end == reported.start);
    let opening = before.and_then(|p| of("headcount", p));
    let closing = of("headcount", reported);
    let started = of("starters", reported);
    let (left, ended) = (of("leavers", reported), of("other_ends", reported));
    // One hidden line among shown ones could be worked out: then there is no
    // table.
    let (Some(left), Some(ended)) = (left, ended) else {
        return Vec::new();
    };
    let lines = [
        ("In post at the start", opening),
        ("Started", started),
        ("Left", Some(-left)),
        ("Ended in a way that is not leaving", Some(-ended)),
        ("In post at the end", closing),
    ];
    if lines.iter().all(|(_, n)| n.is_none()) {
        return Vec::new();
    }
    lines
        .into_iter()
        .map(|(label, n)| (label.to_owned(), n))
        .collect()
}
