//! What a page is told beside its figures: the questions with where their
//! answers stand, and where chance alone would put groups of a size. Made from
//! released rows and the questionnaire, never from counts.

use crate::chart::{FunnelAt, FunnelLimits, Side};
use crate::report::{self, Asked, Component, Funnel, Source};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Item, Kind, Statistic};
use staywise_core::stats;
use std::collections::BTreeSet;

/// A question with where each of its answers stands. Only scales that have a
/// middle of their own, or are of agreement, take sides: "Fair" lies between
/// poor and good but is not neither.
pub(super) fn asked(item: &Item) -> Asked {
    let levels = &item.scale.levels;
    let middle = levels.len() / 2;
    let odd = levels.len() % 2 == 1;
    let neither = levels
        .get(middle)
        .is_some_and(|level| odd && level.label.starts_with("Neither"));
    let agreement = !odd && item.scale.name.starts_with("agreement");
    let side = |at: usize| match at {
        _ if !neither && !agreement => Side::Neither,
        at if at < middle => Side::Against,
        at if at == middle && odd => Side::Neither,
        _ => Side::For,
    };
    let answers = levels.iter().enumerate();
    Asked {
        item: item.name.clone(),
        text: item.text.clone(),
        answers: answers
            .map(|(at, level)| (level.label.clone(), side(at)))
            .collect(),
    }
}

/// How many bases a funnel's limits are worked out at, beside those of the
/// groups themselves.
const FUNNEL_STEPS: u64 = 40;
/// More groups than any drawing names.
const MOST_GROUPS: usize = 400;

/// The limits of chance around everyone's figure, for each funnel that the
/// reports ask for: at the base of every group that is shown, and between.
pub(super) fn funnels(
    rows: &[Released],
    period: &str,
    reports: &[(String, String)],
) -> Vec<Funnel> {
    let mut found: Vec<Funnel> = Vec::new();
    for (name, text) in reports {
        // A report that cannot be read says so when it is rendered.
        let requests = report::plan(&Source::new(name, text)).unwrap_or_default();
        for request in requests {
            let (Component::Funnel, [dimension]) = (request.component, request.by.as_slice())
            else {
                continue;
            };
            let known = |f: &Funnel| f.metric == request.metric() && f.dimension == *dimension;
            if !found.iter().any(known) {
                found.extend(one_funnel(rows, period, (request.metric(), dimension)));
            }
        }
    }
    found
}

fn one_funnel(
    rows: &[Released],
    period: &str,
    (metric, dimension): (&str, &Dimension),
) -> Option<Funnel> {
    let mut everyone: Option<f64> = None;
    let mut bases: BTreeSet<u64> = BTreeSet::new();
    for row in rows {
        let key = row.key();
        let wanted = key.metric == metric
            && row.kind() == Kind::Proportion
            && key.statistic == Statistic::Value
            && key.period.label == period
            && key.item.is_none();
        let (true, Some(n), Some(share)) = (wanted, row.n(), row.estimate()) else {
            continue;
        };
        match key.group.parts() {
            [] => everyone = Some(share),
            [(of, _)] if of == dimension && bases.len() < MOST_GROUPS => {
                bases.insert(n);
            }
            _ => {}
        }
    }
    let (least, most) = (*bases.first()?, *bases.last()?);
    // A little past the largest group, and closer together where they bend.
    let (least, most) = (least.clamp(1, 10), most + most / 12 + 1);
    let steps = 0..=FUNNEL_STEPS;
    bases.extend(steps.map(|k| least + (most - least) * k * k / (FUNNEL_STEPS * FUNNEL_STEPS)));
    let bases: Vec<u64> = bases.into_iter().collect();
    let at = stats::funnel_limits(everyone?, &bases)
        .into_iter()
        .map(|(base, inner, outer)| FunnelAt { base, inner, outer })
        .collect();
    Some(Funnel {
        metric: metric.to_owned(),
        dimension: dimension.clone(),
        limits: FunnelLimits { at },
    })
}

#[cfg(test)]
mod tests {
    use super::asked;
    use crate::chart::Side;
    use crate::vocabulary::scales;
    use staywise_core::domain::Item;

    #[test]
    fn sides_are_taken_only_about_a_middle_or_in_agreement() {
        let sides = |name: &str| -> Vec<Side> {
            let scale = scales::named(name).cloned();
            let of = scale.map(|scale| {
                asked(&Item {
                    name: "a".to_owned(),
                    text: "A".to_owned(),
                    scale,
                    reversed: false,
                    principle: None,
                })
            });
            of.map(|asked| asked.answers.into_iter().map(|(_, side)| side).collect())
                .unwrap_or_default()
        };
        let (against, neither, of) = (Side::Against, Side::Neither, Side::For);
        assert_eq!(sides("agreement_5"), [against, against, neither, of, of]);
        assert_eq!(sides("agreement_4"), [against, against, of, of]);
        assert_eq!(sides("yes_no"), [neither, neither]);
        assert_eq!(sides("quality_poor_excellent_5"), [neither; 5]);
    }
}
