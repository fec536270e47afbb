//! A programme that came to sites at different dates, as a study declares it:
//! each site's quarters of starters, what changed where it had begun less what
//! changed where it had not, and how it went before. Rests only on sites that
//! may be shown; refuses, with the reason, where sites or quarters are few.

use super::compared::{Setting, candidates, days, history, nobodys_group, p_words};
use crate::data::{History, Linked};
use crate::report::evidence::{Rollout as Told, Standing};
use crate::report::words::dimension_name;
use crate::study::Rollout as Asked;
use staywise_core::disclosure::{Basis, Modelled, Released, release_modelled};
use staywise_core::domain::{
    Day, Figures, Group, Kind, Level, Metric, Period, Statistic, Unit, Unknown,
};
use staywise_core::stats::LEVEL;
use staywise_core::stats::difference::Share;
use staywise_core::stats::difference_in_differences::{
    DifferenceInDifferences, Site, difference_in_differences,
};
use staywise_core::stats::multiplicity::holm;
use std::collections::BTreeMap;

/// A quarter without starters.
const NOBODY: Share = Share { hits: 0, n: 0 };

/// What rollouts found.
#[derive(Default)]
pub(super) struct Found {
    /// Their rows.
    pub rows: Vec<Released>,
    /// What a page says.
    pub told: Vec<Told>,
}

/// Sites over quarters.
struct Panel {
    sites: Vec<Site>,
    basis: Basis,
    /// Sites that are left out as they may not be shown.
    hidden: usize,
    quarters: (Period, Period),
}

/// Every rollout that the study declares, the primary one first.
pub(super) fn all(setting: Setting<'_>) -> Found {
    let mut asked: Vec<&Asked> = setting.run.study.rollouts.iter().collect();
    asked.sort_by_key(|r| !r.primary);
    let made: Vec<_> = asked.into_iter().map(|r| (r, one(setting, r))).collect();
    let p = |answered: &Answered| {
        let average = answered.found.average.as_ref().ok()?;
        Some(average.p).filter(|_| answered.panel.basis.is_shown(setting.protected))
    };
    let family: Vec<f64> = made
        .iter()
        .filter_map(|(_, one)| one.as_ref().ok().and_then(p))
        .collect();
    let mut judged = holm(&family).into_iter();
    let mut found = Found::default();
    for (asked, answered) in made {
        let mut told = blank(setting, asked);
        match answered {
            Err(refusals) => told.refusals = refusals,
            Ok(answered) => {
                let own = p(&answered).and_then(|_| judged.next());
                let row = answered.row(setting, (asked, own));
                told.notes = answered.notes(setting, asked);
                found.rows.extend(row.clone());
                told.answer = row;
            }
        }
        found.told.push(told);
    }
    found
}

fn blank(setting: Setting<'_>, asked: &Asked) -> Told {
    let metric = setting.run.catalogue.get(&asked.outcome).map(|q| &q.metric);
    Told {
        name: asked.name.clone(),
        standing: match asked.primary {
            true => Standing::Primary,
            false => Standing::Exploratory,
        },
        declared_on: asked.declared_on,
        outcome_label: metric.map_or_else(|| asked.outcome.clone(), |m| m.label.clone()),
        site: dimension_name(asked.dimension.as_str()),
        answer: None,
        refusals: Vec::new(),
        notes: Vec::new(),
    }
}

/// A rollout with its answer.
struct Answered<'a> {
    metric: &'a Metric,
    panel: Panel,
    found: DifferenceInDifferences,
}

fn one<'a>(setting: Setting<'a>, asked: &Asked) -> Result<Answered<'a>, Vec<String>> {
    let refuse = |why: String| vec![why];
    let linked = &setting.gathered.linked;
    let metric = setting.run.catalogue.get(&asked.outcome).map(|q| &q.metric);
    let (metric, months) = metric
        .filter(|m| m.kind == Kind::Proportion)
        .and_then(|m| Some((m, m.horizon_months?)))
        .ok_or_else(|| refuse(format!("`{}` is no retention at a horizon.", asked.outcome)))?;
    if !linked.workforce.sees_leavers {
        return Err(refuse("The staff list does not show who left.".to_owned()));
    }
    let history = history(linked, &asked.dimension)
        .ok_or_else(|| refuse(format!("The study has no `{}`.", asked.dimension.as_str())))?;
    let panel = panel(setting, (asked, metric), (history, days(months)))
        .ok_or_else(|| refuse("No quarter of starters has reached the horizon.".to_owned()))?;
    let found = difference_in_differences(&panel.sites, LEVEL)
        .map_err(|refusals| refusals.iter().map(|r| r.words()).collect::<Vec<_>>())?;
    Ok(Answered {
        metric,
        panel,
        found,
    })
}

/// By site and quarter those who started and those of them who stayed.
struct Starters {
    /// By the first day of the quarter.
    sites: BTreeMap<u32, BTreeMap<Day, Share>>,
    /// Every quarter from the first to the last that has a starter.
    quarters: Vec<Period>,
}

/// From the quarter of the one day to that of the other.
fn quarters(first: Day, last: Day) -> Vec<Period> {
    let next = |quarter: &Period| Some(Period::quarter_of(quarter.last().plus(1)));
    let all = std::iter::successors(Some(Period::quarter_of(first)), next);
    all.take_while(|quarter| quarter.start <= last).collect()
}

impl Starters {
    /// Of the quarters all of whose starters have reached the horizon.
    fn of(linked: &Linked, history: &History, days: i32) -> Option<Self> {
        let mut sites: BTreeMap<u32, BTreeMap<Day, Share>> = BTreeMap::new();
        let mut span: Option<(Day, Day)> = None;
        for candidate in candidates(linked, days).list {
            let quarter = Period::quarter_of(candidate.zero);
            let code = history.at(candidate.person, candidate.zero);
            let (Some(code), Some(left)) = (code, candidate.outcome) else {
                continue;
            };
            if quarter.last().plus(days) > linked.as_at {
                continue;
            }
            let own = sites.entry(code).or_default();
            let share = own.entry(quarter.start).or_insert(NOBODY);
            share.n += 1;
            share.hits += u64::from(!left);
            let (first, last) = span.unwrap_or((candidate.zero, candidate.zero));
            span = Some((first.min(candidate.zero), last.max(candidate.zero)));
        }
        let quarters = span.map(|(first, last)| quarters(first, last))?;
        Some(Self { sites, quarters })
    }

    /// The place of the first quarter in which what begins on a day has begun;
    /// one past the last where that is later.
    fn place(&self, day: Day) -> usize {
        let ended = |quarter: &Period| quarter.last() < day;
        self.quarters.partition_point(ended)
    }

    /// A site's quarters in order, those without anybody too.
    fn site(&self, own: &BTreeMap<Day, Share>, begun: Option<&Day>) -> Site {
        let quarters = self.quarters.iter();
        Site {
            start: begun.map(|day| self.place(*day)),
            periods: quarters
                .map(|quarter| own.get(&quarter.start).copied().unwrap_or(NOBODY))
                .collect(),
        }
    }
}

/// The sites that may be shown.
fn panel(
    setting: Setting<'_>,
    (asked, metric): (&Asked, &Metric),
    (history, days): (&History, i32),
) -> Option<Panel> {
    let starters = Starters::of(&setting.gathered.linked, history, days)?;
    let cell = |group: Group| (metric.name.clone(), setting.period.clone(), group);
    let mut panel = Panel {
        sites: Vec::new(),
        basis: Basis {
            cells: vec![cell(Group::everyone())],
            people: vec![0, 0],
            ..Basis::default()
        },
        hidden: 0,
        quarters: starters
            .quarters
            .first()
            .cloned()
            .zip(starters.quarters.last().cloned())?,
    };
    for (code, quarters) in &starters.sites {
        let level = usize::try_from(*code).ok();
        let level = level.and_then(|c| history.levels.get(c));
        let Some(level) = level.filter(|level| !nobodys_group(level.as_str())) else {
            continue;
        };
        let people: u64 = quarters.values().map(|share| share.n).sum();
        let own = Basis {
            cells: vec![cell(Group::one(&asked.dimension, level))],
            people: vec![people],
            ..Basis::default()
        };
        if !own.is_shown(setting.protected) {
            // The base of the rest, less that of everyone, would tell of it.
            panel.hidden += 1;
            panel.basis.left_out = vec![1];
            continue;
        }
        let site = starters.site(quarters, asked.starts.get(level.as_str()));
        let begun = site
            .start
            .is_some_and(|start| start < starters.quarters.len());
        panel.basis.people[usize::from(!begun)] += people;
        panel.basis.cells.extend(own.cells);
        panel.sites.push(site);
    }
    Some(panel)
}

impl Answered<'_> {
    fn row(
        &self,
        setting: Setting<'_>,
        (asked, judged): (&Asked, Option<f64>),
    ) -> Option<Released> {
        let basis = &self.panel.basis;
        let outcome = self.found.average.clone().map(|answer| Figures {
            n: basis.people.iter().sum(),
            numerator: None,
            denominator: None,
            estimate: answer.estimate,
            interval: Some(answer.interval),
            unit: Unit::Fraction,
        });
        let figure = Modelled {
            metric: self.metric.clone(),
            period: setting.period.clone(),
            group: Group::one(&asked.dimension, &Level::new("Programme begun")),
            comparator: Some(Level::new("Not begun yet")),
            statistic: Statistic::Difference,
            horizon_months: self.metric.horizon_months,
            adjusted_for: Some(format!("group-time differences: nothing, {}", asked.name)),
            p: judged,
            outcome,
        };
        release_modelled(setting.protected, basis, vec![figure]).pop()
    }

    fn notes(&self, setting: Setting<'_>, asked: &Asked) -> Vec<String> {
        if !self.panel.basis.is_shown(setting.protected) {
            return Vec::new();
        }
        let (first, last) = &self.panel.quarters;
        let mut notes = vec![format!(
            "People count in the quarter they started in, from {} to {}: {} sites where it began \
             are judged, beside {} where it had not begun by then.",
            first.in_words(),
            last.in_words(),
            self.found.started,
            self.found.compared
        )];
        notes.push(self.before());
        let left_out = [
            (
                self.found.too_early,
                "began too early to know how they were going",
            ),
            (
                self.found.too_late,
                "began when too few were left to compare with",
            ),
            (self.panel.hidden, "are hidden to protect people"),
        ];
        let left_out = left_out.iter().filter(|(sites, _)| *sites > 0);
        notes.extend(left_out.map(|(sites, why)| format!("Left out: {sites} that {why}.")));
        let linked = &setting.gathered.linked;
        let levels = history(linked, &asked.dimension).map_or(&[][..], |h| &h.levels);
        let unknown = asked.starts.keys();
        let unknown = unknown.filter(|name| levels.iter().all(|l| l.as_str() != name.as_str()));
        notes.extend(unknown.map(|name| {
            format!("staywise.toml gives a start for \"{name}\", which the data do not have.")
        }));
        notes
    }

    /// How it went before, in words.
    fn before(&self) -> String {
        match &self.found.before.p {
            Ok(p) if *p < 0.05 => format!(
                "Before it began, the sites where it was to begin already went another way than \
                 the others (p {}): what came after may be that and not the programme.",
                p_words(*p)
            ),
            Ok(p) => format!(
                "Before it began, one cannot see that the sites where it was to begin went another \
                 way than the others (p {}). That is no proof that they would not have later.",
                p_words(*p)
            ),
            Err(
                Unknown::TooFew(why) | Unknown::NotApplicable(why) | Unknown::NotAvailable(why),
            ) => {
                format!("How it went before cannot be checked: {why}.")
            }
        }
    }
}
