//! Curves, causes, states, landmarks, leaving rates and hours at their ends:
//! nobody, one, all left, nobody left, ties, day 0, late entry; and the laws
//! that hold for any cohort. Expected values are worked by hand.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use staywise_core::domain::estimate::METHODS;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Interval, LifeTable, Unknown};
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence, NoSuchCause};
use staywise_core::stats::landmark::{Followed, Place, landmark, place};
use staywise_core::stats::leaving::{Exposure, exposure, months, step_at};
use staywise_core::stats::logrank::{Weight, log_rank, stratified_log_rank, weighted_log_rank};
use staywise_core::stats::proportion::clopper_pearson;
use staywise_core::stats::states::{BrokenPath, Occupation, Path, Paths, State};
use staywise_core::stats::survival::{KaplanMeier, Limits, restricted_mean_difference};
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

fn curve(units: &[(u32, u32, Ending)]) -> KaplanMeier {
    KaplanMeier::fit(&table(units), 0.95)
}

fn why<T: std::fmt::Debug>(found: Result<T, Unknown>) -> String {
    match found {
        Err(Unknown::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Peers' complaint about other tools (lifelines 1385, 497): with late entry
/// the number at risk may rise, and who enters on the day of an event is not
/// at risk for it.
#[test]
fn peers_14_the_number_at_risk_rises_with_late_entry_and_not_for_the_days_own_event() {
    let fitted = curve(&[
        (0, 20, Event),
        (0, 60, StillFollowed),
        (20, 40, Event),
        (30, 60, StillFollowed),
        (30, 60, StillFollowed),
    ]);
    let found: Vec<_> = fitted
        .steps()
        .iter()
        .map(|s| (s.day, s.at_risk, s.events))
        .collect();
    // 2 on day 20 (not the one who enters then), 4 on day 40.
    assert_eq!(found, [(20, 2, 1), (40, 4, 1), (60, 3, 0)]);
    assert_eq!(fitted.at(60).map(|s| s.survival), Ok(0.5 * 0.75));
}

#[test]
fn while_nobody_has_left_every_kind_of_limits_is_clopper_and_pearsons() {
    let stayed = [(0, 400, StillFollowed); 7];
    for kind in KINDS {
        let fitted = curve(&stayed).with_limits(kind);
        let year = fitted.at(365).unwrap();
        assert_eq!(year.interval, clopper_pearson(7, 7, 0.95), "{kind:?}");
        assert_eq!(why(fitted.quantile(0.25).day), "not reached");
        let mean = fitted.restricted_mean(365).unwrap();
        assert_eq!((mean.days, mean.std_err, mean.events), (365.0, None, 0));
        let least = clopper_pearson(7, 7, 0.95).unwrap().lower * 365.0;
        assert_eq!(
            mean.interval.map(|i| (i.lower, i.upper)),
            Some((least, 365.0))
        );
        assert_eq!(why(fitted.at(401)), "nobody was followed as far as day 401");
    }
}

#[test]
fn once_all_have_left_only_the_beta_product_has_limits() {
    let gone = [(0, 9, Event); 5];
    for kind in KINDS {
        let last = curve(&gone).with_limits(kind).at(9).unwrap();
        assert_eq!((last.survival, last.std_err), (0.0, None));
        let upper = last.interval.map(|i| (i.lower, i.upper));
        // Nobody of five: 1 - 0.025^(1/5), as Clopper and Pearson.
        let exact = clopper_pearson(0, 5, 0.95).map(|i| (i.lower, i.upper));
        let hoped = exact.filter(|_| kind == Limits::BetaProduct);
        assert_eq!(upper.is_some(), hoped.is_some(), "{kind:?}");
        if let (Some(found), Some(hoped)) = (upper, hoped) {
            assert!(found.0 == hoped.0 && (found.1 - hoped.1).abs() < 1e-14);
        }
    }
    // All went on one day: nothing to judge the mean by, and no 0 for an error.
    let mean = curve(&gone).restricted_mean(30).unwrap();
    assert_eq!(
        (mean.days, mean.std_err, mean.interval, mean.events),
        (9.0, None, None, 5)
    );
}

#[test]
fn limits_without_ends_of_follow_up_are_clopper_and_pearsons_by_the_beta_product() {
    for left in 1..12 {
        let mut units = vec![(0, 500, StillFollowed); 12 - left];
        units.extend((0..left).map(|i| (0, 10 + u32::try_from(i / 2).unwrap(), Event)));
        let found = curve(&units)
            .with_limits(Limits::BetaProduct)
            .at(365)
            .unwrap();
        let exact = clopper_pearson(12 - left as u64, 12, 0.95).unwrap();
        let found = found.interval.unwrap();
        assert!(
            (found.lower - exact.lower).abs() < 1e-12,
            "{left}: {found:?}"
        );
        assert!(
            (found.upper - exact.upper).abs() < 1e-12,
            "{left}: {found:?}"
        );
    }
}

#[test]
fn a_mean_is_refused_where_the_horizon_is_beyond_what_is_followed() {
    let fitted = curve(&[(0, 50, Event), (0, 100, StillFollowed)]);
    assert_eq!(
        why(fitted.restricted_mean(0)),
        "a mean time needs a horizon of at least a day"
    );
    assert_eq!(
        why(fitted.restricted_mean(101)),
        "nobody was followed as far as day 101"
    );
    assert_eq!(why(curve(&[]).restricted_mean(10)), "nobody was followed");
    // Half leave on day 50: 50 days and half of the other 50, error half of
    // the area after it times root 1/2.
    let mean = fitted.restricted_mean(100).unwrap();
    assert_eq!((mean.days, mean.at_risk, mean.events), (75.0, 1, 1));
    assert!((mean.std_err.unwrap() - 25.0 * (0.5_f64).sqrt()).abs() < 1e-12);
    // An event on the horizon's own day costs no time.
    let mean = curve(&[(0, 100, Event), (0, 100, StillFollowed)])
        .restricted_mean(100)
        .unwrap();
    assert_eq!((mean.days, mean.std_err, mean.events), (100.0, None, 1));
    assert_eq!(mean.interval.map(|i| i.upper), Some(100.0));
    let stayed = curve(&[(0, 100, StillFollowed)]);
    let gap = restricted_mean_difference(&stayed, &fitted, 100).unwrap();
    assert_eq!((gap.days, gap.std_err, gap.interval), (25.0, None, None));
    assert!(restricted_mean_difference(&stayed, &fitted, 101).is_err());
}

#[test]
fn shares_outside_0_to_1_have_no_day() {
    let fitted = curve(&[(0, 9, Event), (0, 9, StillFollowed)]);
    for gone in [0.0, 1.0, -1.0, 2.0, f64::NAN] {
        assert_eq!(
            why(fitted.quantile(gone).day),
            "the share must be between 0 and 1"
        );
    }
    assert_eq!(fitted.quantile(0.5).day, Ok(9));
    assert_eq!(why(curve(&[]).quantile(0.5).day), "nobody was followed");
}

#[test]
fn a_stratum_of_one_group_adds_nothing() {
    let one = table(&[(0, 10, Event), (0, 20, StillFollowed), (0, 30, Event)]);
    let two = table(&[(0, 15, Event), (0, 40, StillFollowed)]);
    let none = LifeTable::default();
    let plain = log_rank(&[&one, &two]).unwrap();
    let strata: [&[&LifeTable]; 2] = [&[&one, &two], &[&one, &none]];
    let both = stratified_log_rank(&strata, Weight::Equal).unwrap();
    assert!((plain.chi_square - both.chi_square).abs() < 1e-14);
    assert_eq!(both.observed, [4, 1]);
    let uneven: [&[&LifeTable]; 2] = [&[&one, &two], &[&one]];
    let found = stratified_log_rank(&uneven, Weight::Equal);
    assert_eq!(why(found), "the strata do not hold the same groups");
    assert_eq!(
        why(stratified_log_rank(&[], Weight::Equal)),
        "nobody left in any group"
    );
    let stayed = table(&[(0, 30, StillFollowed)]);
    let found = weighted_log_rank(&[&stayed, &stayed], Weight::StillThere);
    assert_eq!(why(found), "nobody left in any group");
}

#[test]
fn causes_at_their_ends() {
    let fit = |units: &[(u32, u32, Option<usize>)]| {
        let mut table = CauseTable::new(2);
        for (entry, exit, cause) in units {
            table.follow(*entry, *exit, *cause).unwrap();
        }
        CumulativeIncidence::fit(&table, 0.95)
    };
    assert_eq!(
        CauseTable::new(2).follow(0, 5, Some(2)),
        Err(NoSuchCause(2))
    );
    assert_eq!(why(fit(&[]).at(0)), "nobody was followed");
    assert_eq!(
        why(fit(&[(5, 9, Some(0))]).at(9)),
        "nobody was followed from the start"
    );
    // Nobody has gone: Clopper and Pearson, both ways.
    let stayed = fit(&[(0, 9, None); 4]).at(9).unwrap();
    for cause in &stayed.causes {
        assert_eq!(
            (cause.estimate, cause.std_err, cause.events),
            (0.0, Some(0.0), 0)
        );
        let ends = clopper_pearson(0, 4, 0.95).unwrap();
        let found = cause.interval.unwrap();
        assert!(found.lower == 0.0 && (found.upper - ends.upper).abs() < 1e-15);
    }
    // All have gone, on one day, each cause half: binomial, no limits lost.
    let gone = fit(&[(0, 9, Some(0)), (0, 9, Some(1))]).at(400).unwrap();
    assert_eq!(
        (gone.still_there.survival, gone.still_there.interval),
        (0.0, None)
    );
    for cause in &gone.causes {
        assert_eq!(cause.estimate, 0.5);
        assert!((cause.std_err.unwrap() - (0.125_f64).sqrt()).abs() < 1e-15);
        assert!(cause.interval.is_some());
    }
    let one = fit(&[(0, 0, Some(1))]).at(0).unwrap();
    assert_eq!(
        (
            one.causes[1].estimate,
            one.causes[1].std_err,
            one.causes[1].interval
        ),
        (1.0, None, None)
    );
    // One was at risk on day 0; nobody is after it.
    assert_eq!(one.causes[0].interval.map(|i| i.upper), Some(0.975));
    let after = fit(&[(0, 0, Some(1))]).at(1).unwrap().causes[0];
    assert_eq!((after.estimate, after.interval), (0.0, None));
    // A tie of an event and an end of follow-up: the event first.
    let tie = fit(&[(0, 5, Some(0)), (0, 5, None)]);
    assert_eq!(tie.at(5).unwrap().causes[0].estimate, 0.5);
    assert_eq!(tie.days().collect::<Vec<_>>(), [5]);
    assert!(tie.at(6).is_err());
}

fn walk(moves: &[(u32, usize)], last: u32) -> Path {
    Path {
        moves: moves.to_vec(),
        last,
        ..Path::default()
    }
}

const THREE: [State; 3] = [State::Followed, State::Followed, State::Final];

#[test]
fn states_at_their_ends() {
    let fit = |all: &[Path]| {
        let mut paths = Paths::new(&THREE);
        for path in all {
            paths.follow(path).unwrap();
        }
        Occupation::fit(&paths, 0.95)
    };
    let shares = |found: &Occupation, day| -> Vec<f64> {
        let at = found.at(day).unwrap();
        at.states.iter().map(|s| s.estimate).collect()
    };
    assert_eq!(why(fit(&[]).at(0)), "nobody was followed");
    let stayed = fit(&[walk(&[], 50), walk(&[], 50)]);
    let found = stayed.at(50).unwrap();
    assert_eq!(found.states[0].interval, clopper_pearson(2, 2, 0.95));
    assert_eq!(found.states[0].at_risk, 2);
    assert_eq!(found.states[1].std_err, Some(0.0));
    assert_eq!(why(stayed.at(51)), "nobody was followed as far as day 51");
    // There and back: nobody is elsewhere at the end, and it says no limits.
    let back = fit(&[walk(&[(10, 1), (20, 0)], 50)]);
    assert_eq!(shares(&back, 10), [0.0, 1.0, 0.0]);
    assert_eq!(shares(&back, 20), [1.0, 0.0, 0.0]);
    let end = back.at(50).unwrap();
    assert_eq!(
        (end.states[0].std_err, end.states[0].interval),
        (None, None)
    );
    assert_eq!(
        (end.states[1].std_err, end.states[1].interval),
        (None, None)
    );
    // All left for good on day 0: known for ever.
    let gone = fit(&[walk(&[(0, 2)], 0), walk(&[(0, 2)], 900)]);
    assert_eq!(shares(&gone, 4000), [0.0, 0.0, 1.0]);
    // A move and an end of follow-up on one day: the move first.
    let tie = fit(&[walk(&[(5, 1)], 9), walk(&[], 5)]);
    assert_eq!(shares(&tie, 5), [0.5, 0.5, 0.0]);
    // Nobody is seen in state 0 from day 6 on: its half is taken to stay.
    assert_eq!(
        (tie.at(5).unwrap().unseen, tie.at(7).unwrap().unseen),
        (0.0, 0.5)
    );
    let mut late = walk(&[(40, 2)], 40);
    late.entry = 10;
    let emptied = fit(&[walk(&[(5, 2)], 5), late]);
    assert!(why(emptied.at(20)).contains("had left by day 5"));
}

#[test]
fn paths_that_cannot_be_are_refused() {
    let mut paths = Paths::new(&THREE);
    let mut refuse = |path: &Path| paths.follow(path).unwrap_err();
    assert_eq!(refuse(&walk(&[(3, 7)], 9)), BrokenPath::NoSuchState(7));
    assert_eq!(refuse(&walk(&[(3, 0)], 9)), BrokenPath::NoMove(3));
    assert_eq!(
        refuse(&walk(&[(3, 1), (3, 0)], 9)),
        BrokenPath::OutOfOrder(3)
    );
    assert_eq!(refuse(&walk(&[(10, 1)], 9)), BrokenPath::OutOfOrder(10));
    assert_eq!(
        refuse(&walk(&[(3, 2), (4, 1)], 9)),
        BrokenPath::AfterTheEnd(4)
    );
    let begins = |entry, first| Path {
        entry,
        first,
        ..walk(&[(5, 1)], 9)
    };
    assert_eq!(refuse(&begins(5, 0)), BrokenPath::OutOfOrder(5));
    assert_eq!(refuse(&begins(0, 2)), BrokenPath::BeginsAtTheEnd);
    assert_eq!(
        refuse(&Path {
            entry: 12,
            ..walk(&[], 9)
        }),
        BrokenPath::OutOfOrder(9)
    );
    assert_eq!(paths.never_followed(), 0);
    paths
        .follow(&Path {
            entry: 9,
            ..walk(&[], 9)
        })
        .unwrap();
    assert_eq!(paths.never_followed(), 1);
    assert_eq!(
        why(Occupation::fit(&paths, 0.95).at(0)),
        "nobody was followed"
    );
}

#[test]
fn a_landmark_counts_everybody_once() {
    let at = |entry, exit, ending| {
        place(
            Followed {
                entry,
                exit,
                ending,
            },
            90,
        )
    };
    let since = |entry, exit, ending| Followed {
        entry,
        exit,
        ending,
    };
    assert_eq!(at(0, 90, Event), Place::LeftBefore);
    assert_eq!(at(0, 91, Event), Place::InPost(since(0, 1, Event)));
    assert_eq!(at(0, 89, StillFollowed), Place::NotYetThere);
    assert_eq!(
        at(0, 90, StillFollowed),
        Place::InPost(since(0, 0, StillFollowed))
    );
    assert_eq!(at(40, 200, Event), Place::InPost(since(0, 110, Event)));
    assert_eq!(at(90, 200, Event), Place::InPost(since(0, 110, Event)));
    assert_eq!(at(100, 200, Event), Place::Later(since(10, 110, Event)));
    assert_eq!(at(100, 100, Event), Place::NeverFollowed);
    let people: Vec<Followed> = [
        (0, 90, Event),
        (0, 91, Event),
        (0, 89, StillFollowed),
        (0, 90, StillFollowed),
        (100, 200, Event),
        (100, 100, Event),
    ]
    .into_iter()
    .map(|(entry, exit, ending)| since(entry, exit, ending))
    .collect();
    let found = landmark(&people, 90);
    assert_eq!((found.in_post, found.later, found.left_before), (2, 1, 1));
    assert_eq!((found.not_yet_there, found.never_followed), (1, 1));
    assert_eq!((found.table.entered(), found.table.events()), (3, 2));
    assert_eq!(
        landmark(&[], 90),
        staywise_core::stats::landmark::Landmark::default()
    );
}

#[test]
fn leaving_rates_at_their_ends() {
    let none = LifeTable::default();
    assert_eq!(exposure(&none, 0, 30), Exposure::default());
    assert_eq!(
        why(months(&none, 0.95)[0].per_100_person_months.clone()),
        "nobody was followed in month 1"
    );
    // One leaves on day 0, one on day 30, one stays to day 61.
    let some = table(&[(0, 0, Event), (0, 30, Event), (0, 61, StillFollowed)]);
    let all = months(&some, 0.95);
    let found: Vec<_> = all
        .iter()
        .map(|m| (m.exposure.events, m.exposure.person_days))
        .collect();
    assert_eq!(found, [(2, 60), (0, 31)]);
    let rate = all[0].per_100_person_months.clone().unwrap();
    assert!((rate.estimate - 100.0 * 2.0 * 365.0 / 12.0 / 60.0).abs() < 1e-10);
    assert_eq!(all[1].per_100_person_months.clone().unwrap().estimate, 0.0);
    let step = |units: &[(u32, u32, Ending)]| step_at(&table(units), 100, 3, 0.95);
    let stays = (0, 300, StillFollowed);
    assert_eq!(
        why(step(&[stays]).ratio),
        "nobody left before or after the day"
    );
    assert_eq!(
        why(step(&[(0, 100, Event)]).ratio),
        "nobody was followed after the day"
    );
    assert_eq!(
        why(step(&[(100, 300, Event)]).ratio),
        "nobody was followed before the day"
    );
    // Day 100 itself is before; with nobody before there is only a lower limit.
    let up = step(&[stays, (0, 101, Event), (0, 150, Event)]);
    assert_eq!(why(up.ratio), "nobody left before the day");
    assert!(up.at_least.is_some_and(|least| least > 0.0 && least < 1.0));
    let down = step(&[stays, (0, 100, Event)]);
    let (ratio, interval) = down.ratio.unwrap();
    assert_eq!(
        (ratio, interval.lower, down.at_least),
        (0.0, 0.0, Some(0.0))
    );
    assert!(interval.upper.is_finite() && interval.upper > 1.0);
    let end = step_at(&table(&[stays]), u32::MAX, u32::MAX, 0.95);
    assert!(end.ratio.is_err());
}

#[test]
fn hours_at_their_ends() {
    let person = |thousandths, standing| StartingHours {
        thousandths,
        standing,
    };
    assert_eq!(why(hours_kept(&[], 0.95)), "nobody to count");
    let due = [person(1000, Standing::NotYetDue)];
    assert_eq!(
        why(hours_kept(&due, 0.95)),
        "nobody has come to the horizon yet"
    );
    let zero = [person(0, Standing::Gone)];
    assert_eq!(
        why(hours_kept(&zero, 0.95)),
        "nobody due at the horizon has hours at the start"
    );
    let all = [
        person(600, Standing::InPost),
        person(0, Standing::Gone),
        due[0],
    ];
    let found = hours_kept(&all, 0.95).unwrap();
    assert_eq!((found.estimate, found.std_err, found.n), (1.0, None, 1));
    assert_eq!(
        (found.not_yet_due, found.without_hours, found.kept),
        (1, 1, 0.6)
    );
    assert_eq!(found.interval.map(|i| i.upper), Some(1.0));
    let most = [
        person(u32::MAX, Standing::InPost),
        person(u32::MAX, Standing::Gone),
    ];
    assert_eq!(
        hours_kept(&most, 0.95).map(|h| (h.estimate, h.n_effective)),
        Ok((0.5, 1.0))
    );
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
    fn a_landmark_at_day_0_changes_only_who_goes_that_day(units in vec(unit(), 0..60)) {
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
