//! Vacancy rates, each under its own name: of an establishment that the study
//! declares, and of the vacancies that workplaces state. Made from released
//! rows alone, so that they tell no more than those do.

mod planned;
mod stated;

pub(super) use planned::NAME as PLANNED;

use super::{Gathered, Made, Periods, Run};
use crate::data::{Linked, Workplace};
use crate::study::Study;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Finding, Metric};

/// The metrics' slugs. No query counts them, so they have no file.
pub(super) const NAMES: [&str; 2] = [planned::NAME, stated::NAME];

/// The header of one of them.
pub(super) fn metric(name: &str) -> Option<Metric> {
    let all = [planned::metric(), stated::metric()];
    all.into_iter().find(|metric| metric.name == name)
}

/// Whether the study has a metric of that name of its own, which replaces it.
fn own(run: &Run<'_>, name: &str) -> bool {
    run.catalogue.get(name).is_some()
}

/// The headers of those that a run makes, by the rows that it has so far.
pub(super) fn made(run: &Run<'_>, rows: &[Released]) -> Vec<Metric> {
    let stated = rows.iter().any(|row| row.key().metric == stated::NAME);
    let both = [planned::made(run), stated.then(stated::metric)];
    let made = both.into_iter().flatten();
    made.filter(|metric| !own(run, &metric.name)).collect()
}

/// Their rows.
pub(super) fn rows(
    run: &Run<'_>,
    gathered: &Gathered,
    (rows, periods): (&[Released], &Periods),
) -> Vec<Released> {
    let mut out = Vec::new();
    if !own(run, planned::NAME) {
        out.extend(planned::rows(run, rows, periods));
    }
    if !own(run, stated::NAME) {
        out.extend(stated::rows(run, gathered, (rows, periods)));
    }
    out
}

/// How a figure of one of them is worked out, in place of a query: where it
/// comes from, and how.
pub(super) fn worked_out(study: &Study, row: &Released) -> Option<(String, String)> {
    match row.key().metric.as_str() {
        planned::NAME => planned::worked_out(study, row),
        stated::NAME => Some(stated::worked_out()),
        _ => None,
    }
}

/// Why one is not made, where a report asks for it.
pub(super) fn unavailable(
    run: &Run<'_>,
    gathered: &Gathered,
    of_run: &Made,
) -> Vec<(Metric, String)> {
    let made = made(run, &of_run.rows);
    let why = |name: &str| match (name, gathered.workplaces.is_empty()) {
        (planned::NAME, _) => "the study gives no [establishment]",
        (_, true) => "the study has no workplace file of ASC-WDS",
        (_, false) => stated::without_workers(&of_run.unavailable),
    };
    let missing = |name: &&str| !own(run, name) && made.iter().all(|m| m.name != **name);
    let asked = |name: &&str| run.reports.iter().any(|(_, text)| names(text, name));
    NAMES
        .iter()
        .filter(|name| missing(name) && asked(name))
        .filter_map(|name| Some((metric(name)?, why(name).to_owned())))
        .collect()
}

/// Whether a report's text has a metric's slug, and not as a part of another.
fn names(text: &str, slug: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .any(|word| word == slug)
}

/// What is in doubt about the posts declared, and about what workplaces state.
pub(super) fn findings(run: &Run<'_>, linked: &Linked, workplaces: &[Workplace]) -> Vec<Finding> {
    let mut found = planned::findings(run, linked);
    found.extend(stated::findings(run, linked, workplaces));
    found
}

#[cfg(test)]
mod tests {
    use super::{NAMES, metric, names};

    #[test]
    fn each_has_a_header_and_a_name_that_is_part_of_another_is_another() {
        for name in NAMES {
            assert_eq!(metric(name).map(|m| m.name), Some(name.to_owned()));
        }
        assert!(metric("turnover").is_none());
        let text = "{{ headline(\"vacancy_rate_asc_wds\") }}";
        assert!(names(text, "vacancy_rate_asc_wds"));
        assert!(!names(text, "vacancy_rate"));
    }
}
