//! Reads `[trend]`, `[targets]`, `[programme]` and `[establishment]`: what is
//! charted, aimed at and paid for.

use super::{Establishment, Trends};
use crate::study::Study;
use crate::study::key::{Findings, Section, number};
use crate::study::read::{table, tables};
use std::collections::BTreeMap;

/// What posts are counted by.
const LEVELS: [&str; 6] = [
    "organisation",
    "site",
    "unit",
    "staff_group",
    "profession",
    "band",
];

/// Reads all four.
pub(in crate::study) fn plans(
    top: &mut Section<'_, '_>,
    study: &mut Study,
    found: &mut Findings<'_>,
) {
    if let Some(section) = table(top, "trend", found) {
        trends(section, &mut study.trends, found);
    }
    study.targets = top
        .free("targets", "a number", found, number)
        .into_iter()
        .collect();
    if let Some(mut section) = table(top, "programme", found) {
        study.programme_months = section.whole("months", 1..=36, found);
        section.finish(found);
    }
    if let Some(section) = table(top, "establishment", found) {
        study.establishment = establishment(section, found);
    }
}

fn trends(mut section: Section<'_, '_>, trends: &mut Trends, found: &mut Findings<'_>) {
    trends.control = section.texts("control", found).unwrap_or_default();
    let screening = [(false, "on"), (true, "off")];
    if let Some(off) = section.one_of("screening", &screening, found) {
        trends.unscreened = off;
    }
    for (at, mut rebase) in tables(&mut section, "rebase", found) {
        let metric = rebase.text("metric", found);
        let on = rebase.day("on", found);
        let reason = rebase.text("reason", found);
        rebase.finish(found);
        match (metric, on, reason) {
            (Some(metric), Some(on), Some(reason)) => trends.rebases.push((metric, on, reason)),
            _ => found.say(
                at,
                "A [[trend.rebase]] needs `metric`, `on` and `reason`.".to_owned(),
                "Write, for instance, metric = \"intention_to_stay\", on = 2026-01-01 and reason = \
                 \"a new rota\"."
                    .to_owned(),
            ),
        }
    }
    section.finish(found);
}

fn establishment(mut section: Section<'_, '_>, found: &mut Findings<'_>) -> Option<Establishment> {
    let fte = section.positive("fte", found);
    let source = section.text("source", found);
    let on = section.day("on", found);
    let mut levels = BTreeMap::new();
    for dimension in LEVELS {
        for (level, amount) in section.free(dimension, "a number", found, number) {
            levels.insert((dimension.to_owned(), level), amount);
        }
    }
    section.finish(found);
    Some(Establishment {
        fte: fte?,
        levels,
        source: source.unwrap_or_else(|| "as given in staywise.toml".to_owned()),
        on,
    })
}
