//! The vacancy rate of adult social care: the vacancies that workplaces state,
//! over them and the workers. Made from the released headcount, so that it
//! tells no more than that does; never of a total that is known in part.

use crate::data::{History, Linked, PostKind, Vacancies, Workplace};
use crate::pipeline::{Gathered, Periods, Run};
use crate::study::Study;
use crate::vocabulary::levels::is_known;
use crate::vocabulary::text;
use crate::workforce::BankPosts;
use crate::workplaces::ROLES;
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{
    Day, Finding, Good, Group, Kind, Metric, Origin, Severity, Statistic, Status, Unit,
};
use std::collections::BTreeMap;

/// The metric's slug.
pub(super) const NAME: &str = "vacancy_rate_asc_wds";
/// The metric of the workers.
const WORKERS: &str = "headcount";
/// The file is of now: workers of longer ago are others.
const A_QUARTER: i32 = 92;

/// The header: no query counts it, so it has no file.
pub(super) fn metric() -> Metric {
    Metric {
        name: NAME.to_owned(),
        label: "Vacancy rate (ASC-WDS)".to_owned(),
        kind: Kind::Ratio,
        grain: Grain::Post,
        additive: false,
        good: Good::Lower,
        definition_id: "asc_wds_vacancy".to_owned(),
        definition: "Vacancies, over vacancies and workers together: posts that the workplace \
                     file says are vacant, and people in post at the close of the period's last \
                     day. Heads and posts, not full-time equivalents."
            .to_owned(),
        exclusions: "Pool, bank and agency workers fill no post. A total of which a workplace \
                     does not know its part is not made."
            .to_owned(),
        source: "Skills for Care's adult social care workforce data set: VACANCIES of the \
                 workplace file, permanent and temporary workers of the worker file."
            .to_owned(),
        unit: Unit::Fraction,
        window_months: None,
        horizon_months: None,
    }
}

/// How it is worked out, in place of a query.
pub(super) fn worked_out() -> (String, String) {
    let text = format!(
        "{NAME} = vacancies / (vacancies + headcount)\n\nvacancies  VACANCIES beside ALLJOBROLES \
         in the workplace file\nheadcount  the metric of that name, as it stands in results.csv\n"
    );
    ("workplace file of ASC-WDS".to_owned(), text)
}

/// A row for each headcount of the period reported that has vacancies beside
/// it: of everyone, of each workplace and of each job role.
pub(super) fn rows(
    run: &Run<'_>,
    gathered: &Gathered,
    (rows, periods): (&[Released], &Periods),
) -> Vec<Released> {
    if gathered.workplaces.is_empty() {
        return Vec::new();
    }
    let workers: Vec<&Released> = rows
        .iter()
        .filter(|row| {
            let key = row.key();
            key.metric == WORKERS
                && key.statistic == Statistic::Value
                && key.period == periods.reported
        })
        .collect();
    let metric = metric();
    let refused = refused(run.study, (periods, gathered.linked.as_at));
    let places = Places::of(run.study, &gathered.linked, &gathered.workplaces);
    let uncovered = places.uncovered(&workers, &gathered.linked);
    let row = |row: &&Released| {
        let told = places.vacancies(&row.key().group, uncovered)?;
        let told = refused.clone().map_or(told, Err);
        Some(match told {
            Ok(vacant) => Released::vacancy_stated(row, &metric, vacant),
            Err(why) => Released::vacancy_not_known(row, &metric, &why),
        })
    };
    workers.iter().filter_map(row).collect()
}

/// Why there is no headcount to hold vacancies against.
pub(super) fn without_workers(unavailable: &[(Metric, String)]) -> &str {
    let workers = unavailable.iter().find(|(of, _)| of.name == WORKERS);
    workers.map_or("the study has no list of workers", |(_, why)| why)
}

/// Why no rate can be told of any group.
fn refused(study: &Study, (periods, as_at): (&Periods, Day)) -> Option<String> {
    if study.case_rules.bank == BankPosts::Count {
        let why = "The study counts bank work (`bank = \"count\"`), and this rate is of permanent \
                   and temporary workers only.";
        return Some(why.to_owned());
    }
    (periods.reported.last().plus(A_QUARTER) < as_at).then(|| {
        "The workplace file is of now, and this period ended more than three months before the \
         data do."
            .to_owned()
    })
}

/// Vacancies by workplace, as the staff list names workplaces.
struct Places<'a> {
    /// The dimension whose levels workplaces are; nothing where the staff list
    /// has nobody at any of them.
    dimension: Option<String>,
    /// By level; several where workplaces were merged.
    vacancies: BTreeMap<String, Vec<&'a Vacancies>>,
}

impl<'a> Places<'a> {
    fn of(study: &Study, linked: &Linked, workplaces: &'a [Workplace]) -> Self {
        let by_level = |dimension: &str| {
            let mut all: BTreeMap<String, Vec<&Vacancies>> = BTreeMap::new();
            for workplace in workplaces {
                let level = renamed(study, (dimension, &workplace.level), linked.as_at);
                all.entry(level).or_default().push(&workplace.vacancies);
            }
            all
        };
        let own = workplaces.first().map_or("site", |w| w.dimension.as_str());
        let dimension = dimension(study, linked, workplaces);
        Self {
            vacancies: by_level(dimension.as_deref().unwrap_or(own)),
            dimension,
        }
    }

    /// How many places of the staff list the file lacks: those that have
    /// workers in the period, or may have, as their number is hidden.
    fn uncovered(&self, workers: &[&Released], linked: &Linked) -> usize {
        let Some(dimension) = &self.dimension else {
            return 0;
        };
        let lacks = |level: &str| !self.vacancies.contains_key(level);
        let rows: Vec<(&str, &Released)> = workers
            .iter()
            .filter_map(|row| match row.key().group.parts() {
                [(of, level)] if of.as_str() == dimension => Some((level.as_str(), *row)),
                _ => None,
            })
            .collect();
        if rows.is_empty() {
            let history = history(linked, dimension);
            let levels = history.iter().flat_map(|h| &h.levels);
            return levels.filter(|level| lacks(level.as_str())).count();
        }
        let nobody = |row: &Released| row.status() == Status::Shown && row.estimate() == Some(0.0);
        let missing = |(level, row): &&(&str, &Released)| lacks(level) && !nobody(row);
        rows.iter().filter(missing).count()
    }

    /// The vacancies of a group, or why they are not known; nothing of a group
    /// that vacancies are not counted by.
    fn vacancies(&self, group: &Group, uncovered: usize) -> Option<Result<u32, String>> {
        let told = match group.parts() {
            [] => self.all(uncovered),
            [(_, level)] if !is_known(level.as_str()) => return None,
            [(dimension, level)] if Some(dimension.as_str()) == self.dimension.as_deref() => {
                self.at(level.as_str())
            }
            [(dimension, role)] if dimension.as_str() == ROLES => {
                self.of_role(role.as_str(), uncovered)
            }
            _ => return None,
        };
        Some(match &self.dimension {
            Some(_) => told,
            None => Err(
                "The staff list has nobody at a workplace that the workplace file names."
                    .to_owned(),
            ),
        })
    }

    fn all(&self, uncovered: usize) -> Result<u32, String> {
        self.summed(uncovered, Vacancies::total, "posts are vacant")
    }

    fn at(&self, level: &str) -> Result<u32, String> {
        let known = self
            .vacancies
            .get(level)
            .ok_or_else(|| "The workplace file does not have this workplace.".to_owned())?;
        sum(known, Vacancies::total).ok_or_else(|| {
            "The workplace file does not say how many posts are vacant here.".to_owned()
        })
    }

    /// A role that no workplace names is no role with nothing vacant: the two
    /// files may call it by different codes.
    fn of_role(&self, role: &str, uncovered: usize) -> Result<u32, String> {
        let each = || self.vacancies.values().flatten();
        let none_at_all = each().all(|v| **v == Vacancies::Nought);
        if !none_at_all && !each().any(|v| v.names(role)) {
            return Err("The workplace file does not name this job role.".to_owned());
        }
        let what = "posts of this job role are vacant";
        self.summed(uncovered, |v| v.of(role), what)
    }

    /// The sum over all workplaces, where each of them knows its part.
    fn summed(
        &self,
        uncovered: usize,
        of: impl Fn(&Vacancies) -> Option<u32>,
        what: &str,
    ) -> Result<u32, String> {
        let parts: Vec<Option<u32>> = self.vacancies.values().map(|v| sum(v, &of)).collect();
        let not_known = parts.iter().filter(|part| part.is_none()).count() + uncovered;
        let all = parts.len() + uncovered;
        let total = parts
            .into_iter()
            .try_fold(0_u32, |sum, part| sum.checked_add(part?));
        total.filter(|_| uncovered == 0).ok_or_else(|| {
            format!(
                "How many {what} is not known for {not_known} of {all} workplaces, so there is no \
                 total."
            )
        })
    }
}

fn sum(each: &[&Vacancies], of: impl Fn(&Vacancies) -> Option<u32>) -> Option<u32> {
    each.iter()
        .try_fold(0_u32, |sum, one| sum.checked_add(of(one)?))
}

/// What the study has renamed a level to by a day.
fn renamed(study: &Study, (dimension, level): (&str, &str), by: Day) -> String {
    let mut name = level.to_owned();
    for rename in &study.renames {
        let begun = rename.since.is_none_or(|since| since <= by);
        let same = text::words(&rename.from) == text::words(&name);
        if rename.dimension == dimension && begun && same {
            name.clone_from(&rename.to);
        }
    }
    name
}

fn history<'l>(linked: &'l Linked, dimension: &str) -> Option<&'l History> {
    let mut all = linked.workforce.dimensions.iter();
    all.find(|history| history.dimension.as_str() == dimension)
}

/// The dimension by which the staff list has workers at these workplaces: that
/// of the workplace file, else the organisation, as the study may have the
/// worker file's.
fn dimension(study: &Study, linked: &Linked, workplaces: &[Workplace]) -> Option<String> {
    let own = workplaces.first()?.dimension.as_str();
    let met = |dimension: &&str| {
        history(linked, dimension).is_some_and(|history| {
            workplaces.iter().any(|workplace| {
                let level = renamed(study, (dimension, &workplace.level), linked.as_at);
                history.levels.iter().any(|known| known.as_str() == level)
            })
        })
    };
    let mut all = [own, "organisation", "site", "unit"].into_iter();
    all.find(met).map(str::to_owned)
}

/// Workplaces at which nobody is, and those whose own number of workers is not
/// that of the staff list. The latter are notes: on a page they would tell of
/// a number that is hidden whether it is the one that the workplace states.
pub(super) fn findings(run: &Run<'_>, linked: &Linked, workplaces: &[Workplace]) -> Vec<Finding> {
    if workplaces.is_empty() || linked.workforce.people() == 0 {
        return Vec::new();
    }
    let Some(dimension) = dimension(run.study, linked, workplaces) else {
        return workplaces.first().map(nobody_at).into_iter().collect();
    };
    let unseen = (!linked.workforce.sees_leavers).then(|| no_headcount(workplaces));
    let counted = counted(linked, &dimension);
    // Workplaces that were merged state their workers together.
    let mut by_level: BTreeMap<String, Vec<&Workplace>> = BTreeMap::new();
    for workplace in workplaces {
        let level = renamed(run.study, (&dimension, &workplace.level), linked.as_at);
        by_level.entry(level).or_default().push(workplace);
    }
    let differ = |(level, all): (String, Vec<&Workplace>)| {
        let stated: u64 = all.iter().map(|w| w.workers).sum::<Option<u64>>()?;
        let counted = counted.get(level.as_str()).copied().unwrap_or(0);
        let first = all.first().filter(|_| stated != counted)?;
        Some(workers_differ(first, (stated, counted)))
    };
    let differing = by_level.into_iter().filter_map(differ);
    unseen.into_iter().flatten().chain(differing).collect()
}

/// People with a substantive post at the close of the as-at date, by where
/// they are then.
fn counted<'l>(linked: &'l Linked, dimension: &str) -> BTreeMap<&'l str, u64> {
    let mut all = BTreeMap::new();
    let Some(history) = history(linked, dimension) else {
        return all;
    };
    let now = linked.as_at;
    let mut people: Vec<u32> = linked
        .workforce
        .posts
        .iter()
        .filter(|p| p.kind == PostKind::Substantive && p.start <= now)
        .filter(|p| p.end.is_none_or(|end| end > now))
        .map(|p| p.person)
        .collect();
    people.dedup();
    for person in people {
        let code = history
            .at(person, now)
            .and_then(|c| usize::try_from(c).ok());
        if let Some(level) = code.and_then(|code| history.levels.get(code)) {
            *all.entry(level.as_str()).or_default() += 1;
        }
    }
    all
}

/// Vacancies are known and those in post when a quarter ended are not: whoever
/// left since is in no list.
fn no_headcount(workplaces: &[Workplace]) -> Option<Finding> {
    let told = workplaces.iter().find(|w| w.vacancies.total().is_some())?;
    Some(Finding {
        rule: "vacancies-without-headcount",
        severity: Severity::Note,
        origin: whole_file(told),
        message: "Vacancies are known, but not the headcount of a day gone by, as the staff list \
                  shows nobody who left: there is no vacancy rate."
            .to_owned(),
        remedy: "Put a list of leavers beside the worker file, or keep each quarter's worker file."
            .to_owned(),
        count: 1,
        private_value: None,
    })
}

fn whole_file(of: &Workplace) -> Origin {
    Origin {
        row: None,
        column: None,
        ..of.origin.clone()
    }
}

fn nobody_at(first: &Workplace) -> Finding {
    Finding {
        rule: "workplaces-of-nobody",
        severity: Severity::Warning,
        origin: whole_file(first),
        message: "The staff list has nobody at any of these workplaces, so there is no vacancy \
                  rate of them."
            .to_owned(),
        remedy: "Give both files the same LOCALESTID, or in staywise.toml the column of the staff \
                 list that has it the role \"site\"."
            .to_owned(),
        count: 1,
        private_value: None,
    }
}

fn workers_differ(workplace: &Workplace, (stated, counted): (u64, u64)) -> Finding {
    Finding {
        rule: "workers-differ",
        severity: Severity::Note,
        origin: workplace.origin.clone(),
        message: "A workplace states another number of permanent and temporary workers than the \
                  staff list has there; the vacancy rate rests on the staff list."
            .to_owned(),
        remedy:
            "Correct TOTALPERMTEMP, or give each of them a record. Workers whose EMPLSTATUS is \
                 7 (other) count as employed here. Both numbers are in private/findings.csv."
                .to_owned(),
        count: 1,
        private_value: Some(format!("TOTALPERMTEMP {stated}; staff list {counted}")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
