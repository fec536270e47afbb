//! The vacancy rate: posts that the study declares as planned, less those
//! filled. Made from released rows alone, so that it tells no more than they
//! do; says what is in doubt about the posts declared.

use super::{Periods, Run};
use crate::data::Linked;
use crate::data::nearest::nearest;
use crate::report::words::dimension_name;
use crate::study::{self, Establishment, Study};
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{
    Day, Finding, Good, Group, Kind, Metric, Origin, Severity, Statistic, Unit,
};

/// The metric's slug.
pub(super) const NAME: &str = "vacancy_rate";
/// The metric of the posts that are filled.
const FILLED: &str = "fte";
/// Posts are planned a year at a time: older ones are last year's.
const A_YEAR: i32 = 366;

/// The header: no query counts it, so it has no file.
pub(super) fn metric() -> Metric {
    Metric {
        name: NAME.to_owned(),
        label: "Vacancy rate".to_owned(),
        kind: Kind::Ratio,
        grain: Grain::Post,
        additive: false,
        good: Good::Lower,
        definition_id: "nhs_establishment".to_owned(),
        definition: "Full-time equivalents of the establishment that are not filled by staff in \
                     post at the close of the period's last day, over those of the establishment. \
                     Below 0 where more are in post than planned."
            .to_owned(),
        exclusions: "Bank, agency and honorary posts fill no establishment. Posts of which the \
                     staff list does not say the full-time equivalent are not in post here."
            .to_owned(),
        source: "NHS England's vacancy statistics: establishment less staff in post, in full-time \
                 equivalents. The establishment is as the study gives it."
            .to_owned(),
        unit: Unit::Fraction,
        window_months: None,
        horizon_months: None,
    }
}

/// The header, where the study declares an establishment and has no metric of
/// that name of its own.
pub(super) fn made(run: &Run<'_>) -> Option<Metric> {
    let own = run.catalogue.get(NAME).is_some();
    let planned = run.study.establishment.is_some();
    (planned && !own).then(metric)
}

/// How it is worked out, in place of a query: where the study says it, and how.
pub(super) fn worked_out(study: &Study, name: &str) -> Option<(String, String)> {
    let planned = study.establishment.as_ref().filter(|_| name == NAME)?;
    let text = format!(
        "vacancy_rate = (posts - fte) / posts\n\nposts  [establishment], {}\nfte    the metric of \
         that name, as it stands in results.csv\n",
        planned.source
    );
    Some((study::FILE.to_owned(), text))
}

/// Why there is none, where a report asks for it.
pub(super) fn unavailable(run: &Run<'_>) -> Vec<(Metric, String)> {
    let asked = run.reports.iter().any(|(_, text)| text.contains(NAME));
    let none = run.study.establishment.is_none() && run.catalogue.get(NAME).is_none();
    let why = "the study gives no [establishment]";
    let said = (asked && none).then(|| (metric(), why.to_owned()));
    said.into_iter().collect()
}

/// A row for each figure of those in post of which the study says how many
/// were planned: of everyone, and of the levels it names.
pub(super) fn rows(run: &Run<'_>, filled: &[Released], periods: &Periods) -> Vec<Released> {
    let (Some(metric), Some(planned)) = (made(run), &run.study.establishment) else {
        return Vec::new();
    };
    let row = |row: &Released| {
        let key = row.key();
        let wanted = periods.trend.contains(&key.period) || key.period == periods.reported;
        if key.metric != FILLED || key.statistic != Statistic::Value || !wanted {
            return None;
        }
        let posts = posts(planned, &key.group)?;
        Some(Released::vacancy(row, &metric, posts))
    };
    filled.iter().filter_map(row).collect()
}

fn posts(planned: &Establishment, group: &Group) -> Option<f64> {
    match group.parts() {
        [] => Some(planned.fte),
        [(dimension, level)] => {
            let key = (dimension.as_str().to_owned(), level.as_str().to_owned());
            planned.levels.get(&key).copied()
        }
        _ => None,
    }
}

/// What is in doubt about the posts declared.
pub(super) fn findings(run: &Run<'_>, linked: &Linked) -> Vec<Finding> {
    let Some(planned) = &run.study.establishment else {
        return Vec::new();
    };
    let mut found: Vec<Finding> = dated(planned, linked.as_at).into_iter().collect();
    let known = |dimension: &str| {
        let all = linked.workforce.dimensions.iter();
        all.filter(|history| history.dimension.as_str() == dimension)
            .flat_map(|history| history.levels.iter().map(|level| level.as_str()))
            .collect::<Vec<_>>()
    };
    for (dimension, level) in planned.levels.keys() {
        let levels = known(dimension);
        if !levels.contains(&level.as_str()) {
            let near = nearest(level, levels.into_iter());
            found.push(Finding {
                rule: "establishment-of-nothing",
                severity: Severity::Warning,
                origin: Origin::file(study::FILE),
                message: format!(
                    "[establishment] gives posts for \"{level}\", which is no {} of the staff \
                     list.",
                    dimension_name(dimension)
                ),
                remedy: near.map_or_else(
                    || "Write the level as the report prints it, or take it out.".to_owned(),
                    |near| format!("Did you mean \"{near}\"?"),
                ),
                count: 1,
                private_value: None,
            });
        }
    }
    found
}

fn dated(planned: &Establishment, as_at: Day) -> Option<Finding> {
    let (rule, message) = match planned.on {
        None => (
            "establishment-undated",
            "[establishment] does not say of when it is.".to_owned(),
        ),
        Some(on) if on.plus(A_YEAR) < as_at => (
            "establishment-old",
            format!("[establishment] is of {on}, over a year before {as_at}."),
        ),
        Some(_) => return None,
    };
    Some(Finding {
        rule,
        severity: Severity::Warning,
        origin: Origin::file(study::FILE),
        message,
        remedy: "Write on = 2026-04-01, with the date of the establishment, and its posts as of \
                 then: the vacancy rate is no better than they are."
            .to_owned(),
        count: 1,
        private_value: None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
