//! Reads `[[comparison]]` and `[[rollout]]`: what is compared with what, and
//! when it was declared.

use super::{Comparison, Entered, Rollout};
use crate::study::Study;
use crate::study::key::{Findings, Section, day, texts};
use crate::study::read::tables;
use staywise_core::domain::Dimension;

/// The outcome of what names none.
const OUTCOME: &str = "retention_12m";

/// Reads every `[[comparison]]`.
pub(in crate::study) fn comparisons(
    top: &mut Section<'_, '_>,
    study: &mut Study,
    found: &mut Findings<'_>,
) {
    for (at, section) in tables(top, "comparison", found) {
        let Some(comparison) = comparison(section, found) else {
            found.say(
                at,
                "A [[comparison]] needs `name`, `dimension` and `compare`.".to_owned(),
                "Write, for instance, name = \"programme\", dimension = \"programme\" and compare \
                 = \"On the programme\"."
                    .to_owned(),
            );
            continue;
        };
        if study.comparisons.iter().any(|c| c.name == comparison.name) {
            twice(at, ("comparisons", &comparison.name), found);
            continue;
        }
        study.comparisons.push(comparison);
    }
    let primaries = study.comparisons.iter().filter(|c| c.primary).count();
    if primaries > 1 {
        found.say(
            0,
            "More than one [[comparison]] is primary.".to_owned(),
            "Leave primary = true with the one that was declared beforehand.".to_owned(),
        );
    }
}

fn twice(at: usize, (what, name): (&str, &str), found: &mut Findings<'_>) {
    found.say(
        at,
        format!("Two {what} are called `{name}`."),
        "Give each a name of its own.".to_owned(),
    );
}

/// One comparison; nothing where it lacks what it cannot do without.
fn comparison(mut section: Section<'_, '_>, found: &mut Findings<'_>) -> Option<Comparison> {
    let name = section.text("name", found);
    let outcome = section.text("outcome", found);
    let dimension = section.text("dimension", found);
    let compare = section.text("compare", found);
    let against = section.text("against", found);
    let ways = [
        (Entered::Characteristic, "characteristic"),
        (Entered::Enrolment, "enrolment"),
        (Entered::Completion, "completion"),
    ];
    let entered = section.one_of("entered_by", &ways, found);
    let landmark_day = section.whole("landmark_day", 1..=730, found);
    let covariates = section.texts("covariates", found).unwrap_or_default();
    let among = section.free("among", "a list of texts, as [\"Nursing\"]", found, |v| {
        texts(v).filter(|levels| !levels.is_empty())
    });
    let cluster = section.text("cluster", found);
    let declared_on = section.day("declared_on", found);
    let primary = section.truth("primary", found);
    section.finish(found);
    let (name, dimension, compare) = (name?, dimension?, compare?);
    let by_default = match dimension.as_str() {
        "programme" => Entered::Enrolment,
        _ => Entered::Characteristic,
    };
    Some(Comparison {
        name,
        outcome: outcome.unwrap_or_else(|| OUTCOME.to_owned()),
        dimension: Dimension::new(&dimension),
        compare,
        against,
        entered: entered.unwrap_or(by_default),
        landmark_day,
        among: among
            .into_iter()
            .map(|(dimension, levels)| (Dimension::new(&dimension), levels))
            .collect(),
        covariates: covariates.iter().map(|c| Dimension::new(c)).collect(),
        cluster: cluster.map(|c| Dimension::new(&c)),
        declared_on,
        primary: primary.unwrap_or(false),
    })
}

/// Reads every `[[rollout]]`.
pub(in crate::study) fn rollouts(
    top: &mut Section<'_, '_>,
    study: &mut Study,
    found: &mut Findings<'_>,
) {
    for (at, section) in tables(top, "rollout", found) {
        let Some(rollout) = rollout(section, found) else {
            found.say(
                at,
                "A [[rollout]] needs `name` and `starts`.".to_owned(),
                "Write, for instance, name = \"programme\" and, under [rollout.starts], \"North\" \
                 = 2025-04-01."
                    .to_owned(),
            );
            continue;
        };
        if study.rollouts.iter().any(|r| r.name == rollout.name) {
            twice(at, ("rollouts", &rollout.name), found);
            continue;
        }
        study.rollouts.push(rollout);
    }
    let primaries = study.rollouts.iter().filter(|r| r.primary).count();
    let compared = study.comparisons.iter().filter(|c| c.primary).count();
    if primaries > 0 && primaries + compared > 1 {
        found.say(
            0,
            "More than one [[comparison]] or [[rollout]] is primary.".to_owned(),
            "Leave primary = true with the one that was declared beforehand.".to_owned(),
        );
    }
}

fn rollout(mut section: Section<'_, '_>, found: &mut Findings<'_>) -> Option<Rollout> {
    let name = section.text("name", found);
    let outcome = section.text("outcome", found);
    let dimension = section.text("dimension", found);
    let starts = section.free("starts", "a date", found, day);
    let declared_on = section.day("declared_on", found);
    let primary = section.truth("primary", found);
    section.finish(found);
    if starts.is_empty() {
        return None;
    }
    Some(Rollout {
        name: name?,
        outcome: outcome.unwrap_or_else(|| OUTCOME.to_owned()),
        dimension: Dimension::new(dimension.as_deref().unwrap_or("site")),
        starts: starts.into_iter().collect(),
        declared_on,
        primary: primary.unwrap_or(false),
    })
}
