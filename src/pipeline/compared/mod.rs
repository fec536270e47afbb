//! The comparisons that a study declares: people into groups, the guard
//! against immortal time, the answers, and what a page is told of them. Every
//! figure leaves through disclosure control; nothing here prints one.

mod answers;
mod coefficients;
mod followed;
mod people;
mod told;

pub(super) use coefficients::{Coefficients, csv};

use super::{Gathered, Run};
use crate::data::Linked;
use crate::report::evidence::{Comparison as Told, Guard, Standing};
use crate::report::words::dimension_name;
use crate::study::Comparison as Asked;
use staywise_core::disclosure::{Basis, Protected, Released, release_modelled};
use staywise_core::domain::sample::{Arm, Sample};
use staywise_core::domain::{Grain, Group, Kind, Level, Metric, Period};
use staywise_core::stats::adjusted::{Robust, Settings, compare};

/// The days of a horizon in months.
fn days(months: u32) -> i32 {
    let days = staywise_core::stats::survival::day_of_month(months);
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// What every comparison found.
pub(super) fn all(
    run: &Run<'_>,
    gathered: &Gathered,
    protected: &Protected,
    period: &Period,
) -> Found {
    let mut found = Found::default();
    let mut asked: Vec<&Asked> = run.study.comparisons.iter().collect();
    asked.sort_by_key(|c| !c.primary);
    for comparison in asked {
        let metric = run.catalogue.get(&comparison.outcome).map(|q| &q.metric);
        let of_time = |m: &&Metric| m.kind == Kind::Survival && m.grain == Grain::Followed;
        let (told, models) = match metric.filter(of_time) {
            Some(metric) => followed::one(
                (&gathered.benchmarks.durations, protected),
                (metric, period),
                comparison,
                blank(comparison, Some(metric)),
            ),
            None => one(run, (&gathered.linked, protected, period), comparison),
        };
        found
            .rows
            .extend(told.answers.iter().map(|a| a.row.clone()));
        found.told.push(told);
        found.models.extend(models);
    }
    found
}

/// What comparisons found.
#[derive(Default)]
pub(super) struct Found {
    /// Their rows.
    pub rows: Vec<Released>,
    /// What a page says.
    pub told: Vec<Told>,
    /// The models, for private/.
    pub models: Vec<Coefficients>,
}

/// What is known of a comparison before anybody is counted.
fn blank(asked: &Asked, metric: Option<&Metric>) -> Told {
    let against = asked
        .against
        .clone()
        .unwrap_or_else(|| "all others".to_owned());
    Told {
        name: asked.name.clone(),
        title: format!("{}, against {}", asked.compare, lowered(&against)),
        standing: if asked.primary {
            Standing::Primary
        } else {
            Standing::Exploratory
        },
        declared_on: asked.declared_on,
        outcome: asked.outcome.clone(),
        outcome_label: metric.map_or_else(|| asked.outcome.clone(), |m| m.label.clone()),
        dimension: asked.dimension.clone(),
        compared: asked.compare.clone(),
        comparator: against,
        covariates: asked
            .covariates
            .iter()
            .map(|c| dimension_name(c.as_str()))
            .collect(),
        guard: Guard::Allowed(String::new()),
        flow: Vec::new(),
        answers: Vec::new(),
        refusals: Vec::new(),
        about: None,
        balance: Vec::new(),
        notes: Vec::new(),
        could_show: None,
        bounds: Vec::new(),
    }
}

/// The first letter small, unless the word is all capitals.
fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

fn one(
    run: &Run<'_>,
    (linked, protected, period): (&Linked, &Protected, &Period),
    asked: &Asked,
) -> (Told, Vec<Coefficients>) {
    let metric = run.catalogue.get(&asked.outcome).map(|q| &q.metric);
    let mut told = blank(asked, metric);
    let refuse = |mut told: Told, why: String, instead: String| {
        told.guard = Guard::Refused { why, instead };
        (told, Vec::new())
    };
    let horizon = metric.filter(|m| m.kind == Kind::Proportion);
    let Some((metric, months)) = horizon.and_then(|m| Some((m, m.horizon_months?))) else {
        let why = format!("`{}` is no retention at a horizon.", asked.outcome);
        let instead = "Write outcome = \"retention_12m\", or another horizon.".to_owned();
        return refuse(told, why, instead);
    };
    if !linked.workforce.sees_leavers {
        let why = "The staff list does not show who left.".to_owned();
        return refuse(told, why, "Add a list of leavers.".to_owned());
    }
    let found = people::candidates(linked, days(months));
    let placed = match people::place(linked, asked, &found) {
        Ok(placed) => placed,
        Err(refused) => return refuse(told, refused.why, refused.instead),
    };
    told.guard = match placed.landmark {
        Some(day) => Guard::Landmark {
            day,
            words: placed.words.clone(),
        },
        None => Guard::Allowed(placed.words.clone()),
    };
    let sample = match people::sample(linked, asked, &placed) {
        Ok(sample) => sample,
        Err(_) => {
            let why = "The people of the comparison could not be put together.".to_owned();
            return refuse(told, why, "Check the covariates.".to_owned());
        }
    };
    let missing = asked
        .covariates
        .iter()
        .filter(|c| people::history(linked, c).is_none());
    for dimension in missing {
        told.notes.push(format!(
            "The study has no {}, so it is not allowed for.",
            dimension_name(dimension.as_str())
        ));
    }
    let settings = Settings {
        level: staywise_core::stats::LEVEL,
        robust: Robust::Hc3,
    };
    let compared = compare(&sample, &settings);
    let basis = basis(asked, (metric, period), &sample, (&found, &placed));
    let asks = answers::Asks {
        asked,
        metric,
        period,
        sample: &sample,
    };
    let hazard = answers::hazard(&asks);
    let modelled = answers::modelled(&asks, &compared, &hazard);
    let (what, figures): (Vec<_>, Vec<_>) = modelled.into_iter().unzip();
    let rows = release_modelled(protected, &basis, figures);
    told.answers = answers::told(what, rows);
    let shown = basis.is_shown(protected);
    told::fill(&mut told, &asks, (&compared, &hazard), shown);
    if shown {
        told.flow = told::flow(&found, &placed, &sample, (&told, protected.policy()));
    }
    (told, hazard.ok().into_iter().collect())
}

fn basis(
    asked: &Asked,
    (metric, period): (&Metric, &Period),
    sample: &Sample,
    (found, placed): (&people::Candidates, &people::Placed),
) -> Basis {
    let group = |level: &str| Group::one(&asked.dimension, &Level::new(level));
    let cell = |group: Group| (metric.name.clone(), period.clone(), group);
    let mut cells = vec![cell(group(&asked.compare)), cell(Group::everyone())];
    cells.extend(asked.against.as_ref().map(|against| cell(group(against))));
    let counts = [Arm::Compared, Arm::Comparator].map(|arm| sample.counts(arm));
    let out = found.out.iter().chain(&placed.out).map(|(_, n)| *n);
    let unknown = counts.iter().map(|c| c.unknown);
    Basis {
        cells,
        people: counts.iter().map(|c| c.known()).collect(),
        left_out: out.chain(unknown).collect(),
    }
}
