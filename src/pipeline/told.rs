//! What a page is told beside its figures: the questions with where their
//! answers stand, and where chance alone would put groups of a size. Made from
//! released rows and the questionnaire, never from counts.

use crate::chart::{FunnelAt, FunnelLimits, Side};
use crate::report::Asked;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Item, Kind, Statistic};
use staywise_core::stats;
use std::collections::{BTreeMap, BTreeSet};

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

/// How many bases a funnel's limits are worked out at.
const FUNNEL_STEPS: u64 = 48;

/// The limits of chance around everyone's figure, for each metric of shares
/// that is divided by anything, up to the largest group that is shown.
pub(super) fn funnels(rows: &[Released], period: &str) -> Vec<(String, FunnelLimits)> {
    let mut largest: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut everyone: BTreeMap<&str, f64> = BTreeMap::new();
    for row in rows {
        let key = row.key();
        let wanted = row.kind() == Kind::Proportion
            && key.statistic == Statistic::Value
            && key.period.label == period
            && key.item.is_none();
        let (true, Some(n), Some(share)) = (wanted, row.n(), row.estimate()) else {
            continue;
        };
        if key.group.parts().is_empty() {
            everyone.insert(&key.metric, share);
        } else {
            let (least, most) = largest.entry(&key.metric).or_insert((n, n));
            *least = n.min(*least);
            *most = n.max(*most);
        }
    }
    let limits = |(metric, share): (&str, f64)| {
        let (least, most) = *largest.get(metric)?;
        let bases: BTreeSet<u64> = (0..=FUNNEL_STEPS)
            .map(|step| least + (most - least) * step * step / (FUNNEL_STEPS * FUNNEL_STEPS))
            .collect();
        let bases: Vec<u64> = bases.into_iter().collect();
        let at = stats::funnel_limits(share, &bases)
            .into_iter()
            .map(|(base, inner, outer)| FunnelAt { base, inner, outer })
            .collect();
        Some((metric.to_owned(), FunnelLimits { at }))
    };
    everyone.into_iter().filter_map(limits).collect()
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
