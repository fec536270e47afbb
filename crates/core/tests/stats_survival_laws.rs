//! Laws of curves, causes, states, landmarks, leaving rates and hours that hold
//! for any cohort.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use staywise_core::domain::estimate::METHODS;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Interval, LifeTable};
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence};
use staywise_core::stats::landmark::{Followed, landmark};
use staywise_core::stats::leaving::exposure;
use staywise_core::stats::states::{Occupation, Path, Paths, State};
use staywise_core::stats::survival::{KaplanMeier, Limits};
use staywise_core::stats::weighted_retention::{Standing, StartingHours, hours_kept};

use Ending::{Event, StillFollowed};

const KINDS: [Limits; 4] = [
    Limits::LogLog,
    Limits::Log,
    Limits::Plain,
    Limits::BetaProduct,
];

fn table(units: &[(u32, u32, Ending)]) -> LifeTable {
    let mut table = LifeTable::default();
    for (entry, exit, ending) in units {
        table.follow(*entry, *exit, *ending);
    }
    table
}

fn unit() -> impl Strategy<Value = (u32, u32, Option<usize>)> {
    let cause = proptest::option::weighted(0.5, 0..3_usize);
    (0..3_u32, 0..60_u32, 0..90_u32, cause)
        .prop_map(|(late, entry, exit, cause)| (if late == 0 { entry } else { 0 }, exit, cause))
}

fn good(interval: Option<Interval>, holds: f64) -> bool {
    interval.is_none_or(|i| {
        let inside = (0.0..=1.0).contains(&i.lower) && (0.0..=1.0).contains(&i.upper);
        let close = 1e-12;
        inside
            && i.lower <= holds + close
            && holds <= i.upper + close
            && METHODS.contains(&i.method)
    })
}

proptest! {
    #[test]
    fn limits_hold_their_estimate_and_nothing_is_nan(units in vec(unit(), 0..60), level in 0.5..0.999_f64) {
        let mut made = LifeTable::default();
        for (entry, exit, cause) in &units {
            made.follow(*entry, *exit, cause.map_or(StillFollowed, |_| Event));
        }
        for kind in KINDS {
            let fitted = KaplanMeier::fit(&made, level).with_limits(kind);
            for step in fitted.steps() {
                // With late entry one or two may be at risk again and again;
                // the beta product then may leave out the estimate.
                let middle = |i: Interval| f64::midpoint(i.lower, i.upper);
                let within = match kind {
                    Limits::BetaProduct => step.interval.map_or(0.0, middle),
                    _ => step.survival,
                };
                prop_assert!(good(step.interval, within), "{kind:?} {step:?}");
            }
            for day in [1, 30, 80] {
                if let Ok(mean) = fitted.restricted_mean(day) {
                    prop_assert!(mean.days >= 0.0 && mean.days <= f64::from(day) + 1e-9);
                    prop_assert!(mean.std_err.is_none_or(|e| e > 0.0 && e.is_finite()));
                    prop_assert!(mean.interval.is_none_or(|i| i.lower <= mean.days + 1e-9 && mean.days <= i.upper + 1e-9));
                }
            }
        }
    }

    #[test]
    fn causes_and_those_still_there_add_to_everybody(units in vec(unit(), 1..60)) {
        let mut made = CauseTable::new(3);
        let mut one = CauseTable::new(1);
        for (entry, exit, cause) in &units {
            made.follow(*entry, *exit, *cause).unwrap();
            one.follow(*entry, *exit, cause.map(|_| 0)).unwrap();
        }
        let (three, single) = (CumulativeIncidence::fit(&made, 0.95), CumulativeIncidence::fit(&one, 0.95));
        for day in 0..90 {
            let (Ok(found), Ok(all)) = (three.at(day), single.at(day)) else {
                prop_assert_eq!(three.at(day).is_err(), single.at(day).is_err());
                continue;
            };
            let sum: f64 = found.causes.iter().map(|c| c.estimate).sum();
            prop_assert!((sum + found.still_there.survival - 1.0).abs() < 1e-12);
            prop_assert!(found.causes.iter().all(|c| good(c.interval, c.estimate)));
            // One cause is the curve turned over, limits and all.
            let (cause, still) = (all.causes[0], all.still_there);
            prop_assert!((cause.estimate + still.survival - 1.0).abs() < 1e-12);
            prop_assert_eq!(cause.interval.is_some(), still.interval.is_some());
            if let (Some(gone), Some(stays)) = (cause.interval, still.interval) {
                prop_assert!((gone.lower + stays.upper - 1.0).abs() < 1e-9);
                prop_assert!((gone.upper + stays.lower - 1.0).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn two_states_are_kaplan_and_meiers_curve(units in vec(unit(), 1..60)) {
        let mut made = LifeTable::default();
        let mut paths = Paths::new(&[State::Followed, State::Final]);
        for (entry, exit, cause) in &units {
            if *entry > 0 && exit <= entry {
                continue;
            }
            made.follow(*entry, *exit, cause.map_or(StillFollowed, |_| Event));
            let moves = cause.map(|_| (*exit, 1)).into_iter().collect();
            paths.follow(&Path { entry: *entry, first: 0, moves, last: *exit }).unwrap();
        }
        let (curve, states) = (KaplanMeier::fit(&made, 0.95), Occupation::fit(&paths, 0.95));
        for day in 0..90 {
            match (curve.at(day), states.at(day)) {
                (Err(one), Err(two)) => prop_assert_eq!(one, two),
                (Ok(step), Ok(found)) => {
                    let still = found.states[0];
                    prop_assert!((still.estimate - step.survival).abs() < 1e-12);
                    prop_assert_eq!(still.at_risk, step.at_risk);
                    prop_assert_eq!(found.unseen, 0.0);
                    prop_assert_eq!(still.interval.is_some(), step.interval.is_some());
                    if let (Some(a), Some(b)) = (still.interval, step.interval) {
                        prop_assert!((a.lower - b.lower).abs() < 1e-9 && (a.upper - b.upper).abs() < 1e-9);
                    }
                    if let (Some(a), Some(b)) = (still.std_err, step.std_err) {
                        prop_assert!((a - b).abs() < 1e-12);
                    }
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }

    #[test]
    fn a_landmark_counts_everybody_whoever_they_are(units in vec(unit(), 0..60)) {
        let people: Vec<Followed> = units.iter()
            .map(|(entry, exit, cause)| Followed { entry: *entry, exit: *exit, ending: cause.map_or(StillFollowed, |_| Event) })
            .collect();
        for day in [0, 7, 45] {
            let all = landmark(&people, day);
            let sum = all.in_post + all.later + all.left_before + all.not_yet_there + all.never_followed;
            prop_assert_eq!(sum, people.len() as u64);
            prop_assert_eq!(all.table.entered(), all.in_post + all.later);
        }
    }

    #[test]
    fn exposures_of_parts_add_to_the_whole(units in vec(unit(), 0..60), cut in 1..89_u32) {
        let made = table(&units.iter().map(|(a, b, c)| (*a, *b, c.map_or(StillFollowed, |_| Event))).collect::<Vec<_>>());
        let parts = [exposure(&made, 0, cut), exposure(&made, cut, 90)];
        let whole = exposure(&made, 0, 90);
        prop_assert_eq!(whole.events, parts[0].events + parts[1].events);
        prop_assert_eq!(whole.person_days, parts[0].person_days + parts[1].person_days);
        prop_assert_eq!(whole.events, made.events());
    }

    #[test]
    fn hours_are_a_share_and_equal_hours_are_people(stays in vec(any::<bool>(), 1..80), hours in 1..2000_u32) {
        let people: Vec<StartingHours> = stays.iter()
            .map(|s| StartingHours { thousandths: hours, standing: if *s { Standing::InPost } else { Standing::Gone } })
            .collect();
        let found = hours_kept(&people, 0.95).unwrap();
        let hits = stays.iter().filter(|s| **s).count() as f64;
        prop_assert!((found.estimate - hits / stays.len() as f64).abs() < 1e-14);
        prop_assert!(found.n_effective <= stays.len() as f64 + 1e-9);
        prop_assert!(found.interval.is_some_and(|i| good(Some(i), found.estimate)));
    }
}
