//! The vacancy rate of an establishment: posts that the study declares as
//! planned, less those filled. Made from released rows alone, so that it tells
//! no more than they do; says what is in doubt about the posts declared.

use crate::data::Linked;
use crate::data::nearest::nearest;
use crate::pipeline::{Periods, Run};
use crate::report::words::dimension_name;
use crate::study::{self, Establishment, Establishments, Study};
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{
    Day, Finding, Good, Group, Kind, Metric, Origin, Severity, Statistic, Unit,
};
use std::collections::BTreeSet;

/// The metric's slug.
pub(in crate::pipeline) const NAME: &str = "vacancy_rate";
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

/// The header, where the study declares an establishment.
pub(super) fn made(run: &Run<'_>) -> Option<Metric> {
    run.study.establishments.as_ref().map(|_| metric())
}

/// How it is worked out, in place of a query: where the study says it, and how.
pub(super) fn worked_out(study: &Study, row: &Released) -> Option<(String, String)> {
    let planned = study.establishments.as_ref()?;
    let posts = match (planned, planned.on(row.key().period.last())) {
        (Establishments::Every(one), _) => format!("[establishment], {}", one.source),
        (Establishments::From(_), Ok(one)) => {
            let on = one.on.map_or_else(String::new, |on| format!(" of {on}"));
            format!("[[establishment]]{on}, {}", one.source)
        }
        (Establishments::From(_), Err(first)) => before(first),
    };
    let text = format!(
        "{NAME} = (posts - fte) / posts\n\nposts  {posts}\nfte    the metric of that name, as it \
         stands in results.csv\n"
    );
    Some((study::FILE.to_owned(), text))
}

/// Why a period has no establishment.
fn before(first: Day) -> String {
    format!("The first establishment that the study gives is of {first}, after this period.")
}

/// A row for each figure of those in post of which the study says how many
/// were planned: of everyone, and of the levels it names.
pub(super) fn rows(run: &Run<'_>, filled: &[Released], periods: &Periods) -> Vec<Released> {
    let (Some(metric), Some(planned)) = (made(run), &run.study.establishments) else {
        return Vec::new();
    };
    let row = |row: &Released| {
        let key = row.key();
        let wanted = periods.trend.contains(&key.period) || key.period == periods.reported;
        if key.metric != FILLED || key.statistic != Statistic::Value || !wanted {
            return None;
        }
        match planned.on(key.period.last()) {
            Ok(one) => {
                let posts = posts(one, &key.group)?;
                Some(Released::vacancy(row, &metric, posts))
            }
            Err(first) => {
                planned.all().find_map(|one| posts(one, &key.group))?;
                Some(Released::vacancy_not_known(row, &metric, &before(first)))
            }
        }
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
    let Some(planned) = &run.study.establishments else {
        return Vec::new();
    };
    // The data's end is held against the last; one that is all too late is
    // told of by the rows that lack it.
    let now = planned.on(linked.as_at).ok();
    let mut found: Vec<Finding> = now
        .and_then(|one| dated(one, linked.as_at))
        .into_iter()
        .collect();
    let known = |dimension: &str| {
        let all = linked.workforce.dimensions.iter();
        all.filter(|history| history.dimension.as_str() == dimension)
            .flat_map(|history| history.levels.iter().map(|level| level.as_str()))
            .collect::<Vec<_>>()
    };
    let named: BTreeSet<&(String, String)> =
        planned.all().flat_map(|one| one.levels.keys()).collect();
    for (dimension, level) in named {
        let levels = known(dimension);
        if !levels.contains(&level.as_str()) {
            let near = nearest(level, levels.into_iter());
            found.push(of_nothing((dimension, level), near));
        }
    }
    found
}

fn of_nothing((dimension, level): (&str, &str), near: Option<&str>) -> Finding {
    Finding {
        rule: "establishment-of-nothing",
        severity: Severity::Warning,
        origin: Origin::file(study::FILE),
        message: format!(
            "[establishment] gives posts for \"{level}\", which is no {} of the staff list.",
            dimension_name(dimension)
        ),
        remedy: near.map_or_else(
            || "Write the level as the report prints it, or take it out.".to_owned(),
            |near| format!("Did you mean \"{near}\"?"),
        ),
        count: 1,
        private_value: None,
    }
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
