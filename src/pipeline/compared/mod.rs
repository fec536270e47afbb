//! The comparisons that a study declares: people into groups, the guard
//! against immortal time, the answers, and what a page is told of them. Every
//! figure leaves through disclosure control; nothing here prints one.

mod among;
mod answers;
mod coefficients;
mod followed;
mod people;
mod retold;
mod scale;
mod told;
mod varying;

pub(super) use coefficients::{Coefficients, csv};
pub(super) use people::{candidates, history, nobodys_group};
pub(super) use retold::p_words;

use super::{Gathered, Run};
use crate::data::Linked;
use crate::report::evidence::{Comparison as Told, Guard, Retold, Standing};
use crate::report::words::dimension_name;
use crate::study::Comparison as Asked;
use people::Refused;
use retold::{Family, STAYING, TwoGroups};
use staywise_core::disclosure::{Basis, Modelled, Protected, Released, release_modelled};
use staywise_core::domain::sample::{Arm, Sample};
use staywise_core::domain::{Grain, Group, Kind, Level, Metric, Period};
use staywise_core::stats::adjusted::{Robust, Settings, compare};

/// The days of a horizon in months.
pub(super) fn days(months: u32) -> i32 {
    let days = staywise_core::stats::survival::day_of_month(months);
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// What every comparison is answered with.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub run: &'a Run<'a>,
    pub gathered: &'a Gathered,
    pub protected: &'a Protected,
    pub period: &'a Period,
}

/// What every comparison found.
pub(super) fn all(setting: Setting<'_>) -> Found {
    let mut asked: Vec<&Asked> = setting.run.study.comparisons.iter().collect();
    asked.sort_by_key(|c| !c.primary);
    let prepared: Vec<Prepared<'_>> = asked.into_iter().map(|c| prepare(setting, c)).collect();
    let tests = prepared.iter().filter_map(|one| one.test(setting));
    let family = Family::of(tests.collect());
    let mut found = Found::default();
    for one in prepared {
        let (told, models) = one.tell(setting, &family);
        let rows = told.answers.iter().chain(&told.retold.answers);
        found.rows.extend(rows.map(|a| a.row.clone()));
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
        title: match among::words(&asked.among) {
            all if all.is_empty() => format!("{}, against {}", asked.compare, lowered(&against)),
            some => format!("{}, against {} ({some})", asked.compare, lowered(&against)),
        },
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
        is_of_some: !asked.among.is_empty(),
        covariates: asked
            .covariates
            .iter()
            .map(|c| dimension_name(c.as_str()))
            .collect(),
        guard: Guard::Allowed(String::new()),
        flow: Vec::new(),
        answers: Vec::new(),
        retold: Retold::default(),
        refusals: Vec::new(),
        about: None,
        balance: Vec::new(),
        notes: Vec::new(),
        could_show: None,
        bounds: Vec::new(),
    }
}

/// The first letter small where the words begin with one that is no name: a
/// site keeps its own.
fn lowered(words: &str) -> String {
    const COMMON: [&str; 6] = ["All", "No", "Not", "On", "With", "Without"];
    let first = words.split(' ').next().unwrap_or_default();
    match COMMON.contains(&first) {
        true => words.replacen(first, &first.to_lowercase(), 1),
        false => words.to_owned(),
    }
}

/// A comparison as far as its people are known.
enum Prepared<'a> {
    /// All that can be said is said.
    Told(Box<Told>, Vec<Coefficients>),
    /// Its people are known, and nothing is answered.
    Ready(Box<Ready<'a>>),
    /// The same of answers on a scale.
    Scale(Box<scale::Ready<'a>>),
}

/// A comparison whose people are known.
struct Ready<'a> {
    asked: &'a Asked,
    metric: &'a Metric,
    found: people::Candidates,
    placed: people::Placed,
    sample: Sample,
    basis: Basis,
    told: Told,
}

impl Prepared<'_> {
    /// The test that is judged with those of other comparisons: of what may
    /// be shown only, so that a hidden one changes no other's p.
    fn test(&self, setting: Setting<'_>) -> Option<(String, f64)> {
        let ready = match self {
            Self::Told(..) => return None,
            Self::Scale(ready) => return ready.test(setting),
            Self::Ready(ready) => ready,
        };
        let shown = ready.basis.is_shown(setting.protected);
        let tested = TwoGroups::of(&ready.sample).test().ok().filter(|_| shown)?;
        Some((ready.asked.name.clone(), tested.p))
    }

    fn tell(self, setting: Setting<'_>, family: &Family) -> (Told, Vec<Coefficients>) {
        match self {
            Self::Told(told, models) => (*told, models),
            Self::Ready(ready) => ready.tell(setting, family),
            Self::Scale(ready) => (ready.tell(setting, family), Vec::new()),
        }
    }
}

fn prepare<'a>(setting: Setting<'a>, asked: &'a Asked) -> Prepared<'a> {
    let found = setting.run.catalogue.get(&asked.outcome);
    let metric = found.map(|q| &q.metric);
    let told = blank(asked, metric);
    let of_time = |m: &&Metric| m.kind == Kind::Survival && m.grain == Grain::Followed;
    if let Some(metric) = metric.filter(of_time) {
        let durations = &setting.gathered.benchmarks.durations;
        let from = (durations.as_slice(), setting.protected);
        let (told, models) = followed::one(from, (metric, setting.period), asked, told);
        return Prepared::Told(Box::new(told), models);
    }
    let item = metric.and_then(|m| Some((m, scale::item(&setting.gathered.linked, m)?)));
    let made = match item {
        Some((metric, answers)) => {
            let ready = scale::ready(setting, (asked, metric), answers);
            ready.map(|ready| Prepared::Scale(Box::new(ready)))
        }
        None => {
            let ready = ready(setting, asked, (metric, told.clone()));
            ready.map(|ready| Prepared::Ready(Box::new(ready)))
        }
    };
    match made {
        Ok(made) => made,
        Err(refused) => Prepared::Told(Box::new(refused.told(told)), Vec::new()),
    }
}

fn ready<'a>(
    setting: Setting<'a>,
    asked: &'a Asked,
    (metric, mut told): (Option<&'a Metric>, Told),
) -> Result<Ready<'a>, Refused> {
    let linked = &setting.gathered.linked;
    let horizon = metric.filter(|m| m.kind == Kind::Proportion);
    let (metric, months) = horizon
        .and_then(|m| Some((m, m.horizon_months?)))
        .ok_or_else(|| Refused {
            why: format!(
                "`{}` is neither retention at a horizon nor an item of the survey that a metric \
                 of that name counts.",
                asked.outcome
            ),
            instead: "Write outcome = \"retention_12m\", another horizon, or \
                      \"intention_to_stay\"."
                .to_owned(),
        })?;
    if !linked.workforce.sees_leavers {
        return Err(Refused {
            why: "The staff list does not show who left.".to_owned(),
            instead: "Add a list of leavers.".to_owned(),
        });
    }
    let mut found = candidates(linked, days(months));
    among::keep(linked, asked, &mut found)?;
    let placed = people::place(linked, asked, &found)?;
    told.guard = match placed.landmark {
        Some(day) => Guard::Landmark {
            day,
            words: placed.words.clone(),
        },
        None => Guard::Allowed(placed.words.clone()),
    };
    let sample = people::sample(linked, asked, &placed).map_err(|_| Refused {
        why: "The people of the comparison could not be put together.".to_owned(),
        instead: "Check the covariates.".to_owned(),
    })?;
    told.notes.extend(not_allowed_for(linked, asked));
    let basis = basis(asked, (metric, setting.period), &sample, (&found, &placed));
    Ok(Ready {
        asked,
        metric,
        found,
        placed,
        sample,
        basis,
        told,
    })
}

/// A sentence for each covariate that the study does not have.
fn not_allowed_for<'a>(linked: &'a Linked, asked: &'a Asked) -> impl Iterator<Item = String> + 'a {
    let all = asked.covariates.iter();
    let missing = all.filter(|c| history(linked, c).is_none());
    missing.map(|dimension| {
        format!(
            "The study has no {}, so it is not allowed for.",
            dimension_name(dimension.as_str())
        )
    })
}

impl Ready<'_> {
    fn tell(self, setting: Setting<'_>, family: &Family) -> (Told, Vec<Coefficients>) {
        let (protected, mut told) = (setting.protected, self.told);
        let settings = Settings {
            level: staywise_core::stats::LEVEL,
            robust: Robust::Hc3,
        };
        let compared = compare(&self.sample, &settings);
        let asks = answers::Asks {
            asked: self.asked,
            metric: self.metric,
            period: setting.period,
            sample: &self.sample,
        };
        let hazard = answers::hazard(&asks);
        let modelled = answers::modelled(&asks, &compared, &hazard);
        let released = |modelled: Vec<(answers::What, Modelled)>| {
            let (what, figures): (Vec<_>, Vec<_>) = modelled.into_iter().unzip();
            let rows = release_modelled(protected, &self.basis, figures);
            answers::told(what, rows)
        };
        told.answers = released(modelled);
        told.retold.answers = released(retold::modelled(&asks, STAYING, family));
        let people = (&self.found, &self.placed);
        let linked = &setting.gathered.linked;
        if let Some((basis, what, figure)) = varying::modelled(&asks, people, (linked, &self.basis))
        {
            let rows = release_modelled(protected, &basis, vec![figure]);
            told.retold.answers.extend(answers::told(vec![what], rows));
        }
        let shown = self.basis.is_shown(protected);
        told::fill(&mut told, &asks, (&compared, &hazard), shown);
        if shown {
            told.retold.notes = retold::notes(&asks, family);
            let counted = (&told, protected.policy());
            told.flow = told::flow(&self.found, &self.placed, &self.sample, counted);
        }
        (told, hazard.ok().into_iter().collect())
    }
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
    cells.extend(among::cells(asked).into_iter().map(cell));
    let counts = [Arm::Compared, Arm::Comparator].map(|arm| sample.counts(arm));
    let out = found.out.iter().chain(&placed.out).map(|(_, n)| *n);
    let unknown = counts.iter().map(|c| c.unknown);
    Basis {
        cells,
        people: counts.iter().map(|c| c.known()).collect(),
        left_out: out.chain(unknown).collect(),
        item: None,
    }
}
