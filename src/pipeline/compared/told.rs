//! What a page is told of a comparison beside its answers: refusals, balance,
//! bounds, what so many people could show, who was in and who was out. Counts
//! of people stand only where they may.

use super::answers::Asks;
use super::coefficients::Coefficients;
use super::people::{Candidates, Placed};
use crate::report::evidence::{Balance, Comparison as Told, FlowStep};
use crate::report::words::dimension_name;
use staywise_core::disclosure::Policy;
use staywise_core::domain::sample::{Arm, Sample, Values};
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{LifeTable, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::adjusted::balance::Of;
use staywise_core::stats::adjusted::{ABOUT, Comparison, Names, bounds};
use staywise_core::stats::evalue::e_value;
use staywise_core::stats::logrank::{Weight, log_rank, stratified_log_rank};
use staywise_core::stats::power::{Change, Design, RELIABLY, smallest_detectable};
use staywise_core::stats::survival::{KaplanMeier, day_of_month, restricted_mean_difference};
use std::collections::BTreeMap;

/// The fewest people of a level for which its balance is told.
const LEAST: usize = 10;
/// Under this p the hazard ratio is not the same all along.
const NOT_PROPORTIONAL: f64 = 0.05;
/// Under this p curves differ.
const REAL: f64 = 0.05;
/// What is then said.
pub(super) const NOT_THE_SAME: &str = "The hazard ratio is not the same all along (Grambsch and \
    Therneau's check): read it as a mean over the time followed.";

/// Everything but the answers and the flow.
pub(super) fn fill(
    told: &mut Told,
    asks: &Asks<'_>,
    (compared, hazard): (&Comparison, &Result<Coefficients, Unknown>),
    shown: bool,
) {
    let names = Names {
        compared: &told.compared,
        comparator: &told.comparator,
    };
    match &compared.adjusted {
        Err(refusals) => {
            told.refusals = refusals.iter().map(|r| r.words(&names)).collect();
        }
        Ok(adjusted) => {
            told.about = Some(ABOUT.to_owned());
            if shown
                && let Ok(ratio) = &adjusted.primary.leaving_ratio
                && let Ok(value) = e_value(ratio.estimate, ratio.interval)
            {
                told.notes.push(format!(
                    "Something not allowed for would have to go with both the group and leaving \
                     by a ratio of {:.1} each to explain the answer away, and of {:.1} to make it \
                     fit no difference (E-value).",
                    value.estimate, value.limit
                ));
            }
            let checked = hazard.as_ref().ok().and_then(Coefficients::first_check);
            if checked.is_some_and(|p| p < NOT_PROPORTIONAL) {
                told.notes.push(NOT_THE_SAME.to_owned());
            }
        }
    }
    if shown {
        told.notes.extend(time_in_post(asks));
        told.balance = balance(asks.sample, compared);
        told.could_show = could_show(asks.sample);
        told.bounds = bounds_of(asks.sample);
    }
}

/// The mean time in post up to the horizon, one group less the other, and
/// whether their curves differ at all; unadjusted. Nothing from a landmark on,
/// where time does not begin with the start.
fn time_in_post(asks: &Asks<'_>) -> Option<String> {
    let rows = asks.sample.rows();
    let follow = rows.follow_up.as_ref()?;
    if follow.iter().any(|f| f.entry > 0) {
        return None;
    }
    let all: Vec<usize> = (0..follow.len()).collect();
    let [one, two] = tables(asks.sample, &all);
    let months = asks.metric.horizon_months?;
    let curves = [&one, &two].map(|t| KaplanMeier::fit(t, LEVEL));
    let found = restricted_mean_difference(&curves[0], &curves[1], day_of_month(months)).ok()?;
    let limits = found.interval?;
    let in_months = |days: f64| format!("{:+.1}", days * 12.0 / 365.0);
    let differ = match log_rank(&[&one, &two]) {
        Ok(test) if test.p < REAL => {
            "The curves of the two groups, as they are, differ by the log-rank test."
        }
        _ => "By the log-rank test we cannot tell whether the curves of the two groups differ.",
    };
    let within = within_strata(asks).unwrap_or_default();
    Some(format!(
        "Within {months} months the group of interest spent {} months in post on average beside \
         the other (between {} and {}), with nothing allowed for. {differ}{within}",
        in_months(found.days),
        in_months(limits.lower),
        in_months(limits.upper)
    ))
}

/// The life tables of both groups, of some of the people.
fn tables(sample: &Sample, people: &[usize]) -> [LifeTable; 2] {
    let rows = sample.rows();
    [Arm::Compared, Arm::Comparator].map(|arm| {
        let mut table = LifeTable::default();
        for place in people {
            let follow = rows.follow_up.as_ref().and_then(|all| all.get(*place));
            let own = rows.arms.get(*place) == Some(&arm);
            if let Some(follow) = follow.filter(|_| own) {
                let ending = match follow.left {
                    true => Ending::Event,
                    false => Ending::StillFollowed,
                };
                table.follow(0, follow.exit, ending);
            }
        }
        table
    })
}

/// The log-rank test within levels of the first covariate, or of the cluster
/// where there is none.
fn within_strata(asks: &Asks<'_>) -> Option<String> {
    let rows = asks.sample.rows();
    let (name, codes) = match rows.covariates.first() {
        Some(first) => match &first.values {
            Values::Categorical { codes, .. } => (first.name.clone(), codes),
            Values::Numeric(_) => return None,
        },
        None => {
            let cluster = asks.asked.cluster.as_ref()?;
            (dimension_name(cluster.as_str()), rows.clusters.as_ref()?)
        }
    };
    let mut strata: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, code) in codes.iter().enumerate() {
        strata.entry(*code).or_default().push(place);
    }
    let made: Vec<[LifeTable; 2]> = strata
        .values()
        .map(|people| tables(asks.sample, people))
        .collect();
    let pairs: Vec<[&LifeTable; 2]> = made.iter().map(|[one, two]| [one, two]).collect();
    let groups: Vec<&[&LifeTable]> = pairs.iter().map(<[_; 2]>::as_slice).collect();
    let name = name.to_lowercase();
    let found = match stratified_log_rank(&groups, Weight::Equal) {
        Ok(test) if test.p < REAL => {
            format!(" Compared only within each {name}, they differ (stratified log-rank test).")
        }
        Ok(_) => {
            format!(" Compared only within each {name}, we cannot tell (stratified log-rank test).")
        }
        Err(_) => return None,
    };
    Some(found)
}

fn balance(sample: &Sample, compared: &Comparison) -> Vec<Balance> {
    let Some(found) = &compared.balance else {
        return Vec::new();
    };
    let rows = found.rows.iter().filter_map(|row| {
        let Of::Level(level) = &row.of else {
            return None;
        };
        let enough = people(sample, &row.covariate, level) >= LEAST;
        let of = |pair: Option<staywise_core::stats::adjusted::balance::Pair>| {
            let apart = pair.filter(|_| enough).and_then(|p| p.standardised);
            // To two decimals, as it is printed: in full it would give counts back.
            apart.map(|d| (d * 100.0).round() / 100.0 + 0.0)
        };
        Some(Balance {
            covariate: row.covariate.clone(),
            level: level.clone(),
            before: of(Some(row.before)),
            after: of(row.after),
        })
    });
    rows.collect()
}

/// People of a level in both arms together.
fn people(sample: &Sample, covariate: &str, level: &str) -> usize {
    let rows = sample.rows();
    let found = rows.covariates.iter().find(|c| c.name == covariate);
    match found.map(|c| &c.values) {
        Some(Values::Categorical { levels, codes }) => {
            let place = levels.iter().position(|l| l == level);
            let code = place.and_then(|p| u32::try_from(p).ok());
            codes.iter().filter(|c| Some(**c) == code).count()
        }
        _ => 0,
    }
}

/// What groups of this size could have shown, whatever was found.
fn could_show(sample: &Sample) -> Option<String> {
    let of = |arm| sample.counts(arm).known();
    let (compared, comparator) = (of(Arm::Compared), of(Arm::Comparator));
    // Assumed, not observed: power worked out from what was found says nothing
    // that its p has not said.
    let assumed = 0.8;
    let design = Design {
        reference_n: comparator,
        compared_n: compared,
        reference_share: assumed,
        level: LEVEL,
    };
    let rise = smallest_detectable(design, Change::Rise, RELIABLY).ok();
    let fall = smallest_detectable(design, Change::Fall, RELIABLY).ok();
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    let of = |share: Option<f64>, way: &str| {
        share.map(|s| format!("a {way} from {} to {}", percent(assumed), percent(s)))
    };
    let found: Vec<String> = [
        of(rise.map(|d| d.share), "rise"),
        of(fall.map(|d| d.share), "fall"),
    ]
    .into_iter()
    .flatten()
    .collect();
    Some(if found.is_empty() {
        format!(
            "Groups of this size could not reliably show any difference from {} still in post.",
            percent(assumed)
        )
    } else {
        format!(
            "Groups of this size would reliably show {}, not a smaller difference.",
            found.join(" or ")
        )
    })
}

/// If everybody whose outcome is not known had left, or stayed.
fn bounds_of(sample: &Sample) -> Vec<String> {
    let counts = [Arm::Compared, Arm::Comparator].map(|arm| sample.counts(arm));
    if counts.iter().all(|c| c.unknown == 0) {
        return vec!["What became of everybody is known.".to_owned()];
    }
    let Some(found) = bounds::differences(counts[0], counts[1], LEVEL) else {
        return Vec::new();
    };
    let points = |value: f64| format!("{:+.0} points", value * 100.0);
    let all = found.iter().map(|(_, d)| d.estimate);
    let lowest = all.clone().fold(f64::INFINITY, f64::min);
    let highest = all.fold(f64::NEG_INFINITY, f64::max);
    vec![format!(
        "Whatever became of those whose outcome is not known, the unadjusted difference lies \
         between {} and {}.",
        points(lowest),
        points(highest)
    )]
}

/// Who was in, and who was out and why. Where a reason is of too few people,
/// all reasons are told as one: one alone could be worked out from the rest.
pub(super) fn flow(
    found: &Candidates,
    placed: &Placed,
    sample: &Sample,
    (told, policy): (&Told, &Policy),
) -> Vec<FlowStep> {
    let counts = [Arm::Compared, Arm::Comparator].map(|arm| sample.counts(arm));
    let unknown = counts[0].unknown + counts[1].unknown;
    let mut late: Vec<(String, u64)> = placed.out.clone();
    late.push(("Outcome not known".to_owned(), unknown));
    let some = |list: &[(String, u64)]| -> Vec<(String, u64)> {
        list.iter().filter(|(_, n)| *n > 0).cloned().collect()
    };
    let (first, second) = (some(&found.out), some(&late));
    let few = |list: &[(String, u64)]| list.iter().any(|(_, n)| policy.too_few(*n));
    let shown = |list: Vec<(String, u64)>| list.into_iter().map(|(w, n)| (w, Some(n))).collect();
    let all = FlowStep {
        label: "Times in post in the staff list".to_owned(),
        count: Some(found.all),
        out: Vec::new(),
    };
    let mut steps = if few(&first) || few(&second) {
        let words: Vec<String> = first
            .iter()
            .chain(&second)
            .map(|(w, _)| w.clone())
            .collect();
        let sum = first.iter().chain(&second).map(|(_, n)| n).sum();
        let sum = Some(sum).filter(|n| !policy.too_few(*n));
        vec![FlowStep {
            out: vec![(words.join("; or ").to_lowercase(), sum)],
            count: sum.map(|_| found.all),
            ..all
        }]
    } else {
        vec![
            FlowStep {
                out: shown(first),
                ..all
            },
            FlowStep {
                label: "Horizon reached, followed from the start".to_owned(),
                count: Some(u64::try_from(found.list.len()).unwrap_or(u64::MAX)),
                out: shown(second),
            },
        ]
    };
    let [one, two] = counts.map(|c| c.known());
    steps.push(FlowStep {
        label: format!(
            "Compared: {one} {}, {two} {}",
            told.compared, told.comparator
        ),
        count: Some(one + two),
        out: Vec::new(),
    });
    steps
}
