//! Curves, weighted tests, causes and states at their ends:
//! nobody, one, all left, nobody left, ties, day 0, late entry. Expected values
//! are worked by hand.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use staywise_core::domain::tally::Ending;
use staywise_core::domain::{LifeTable, Unknown};
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence, NoSuchCause};
use staywise_core::stats::logrank::{Weight, log_rank, stratified_log_rank, weighted_log_rank};
use staywise_core::stats::proportion::clopper_pearson;
use staywise_core::stats::states::{BrokenPath, Occupation, Path, Paths, State};
use staywise_core::stats::survival::{KaplanMeier, Limits, restricted_mean_difference};

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
fn the_beta_product_looks_ahead_with_the_fewest_since_the_last_leaver() {
    // One of 10 leaves on day 10; 4 are left from day 20 on; 50 come on day 30.
    let mut units = vec![(0, 10, Event)];
    units.extend([(0, 20, StillFollowed); 5]);
    units.extend([(0, 90, StillFollowed); 4]);
    let few = curve(&units).with_limits(Limits::BetaProduct);
    units.extend([(30, 90, StillFollowed); 50]);
    let many = curve(&units).with_limits(Limits::BetaProduct);
    let interval = |c: &KaplanMeier, day| c.at(day).unwrap().interval.unwrap();
    assert_eq!(interval(&few, 40), interval(&many, 40));
    assert!(interval(&few, 15).lower > interval(&few, 25).lower);
    // Those last followed on day 90 are known to have come through it.
    assert_eq!(interval(&many, 90), interval(&many, 89));
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
    let unseen = [5, 7, 9].map(|day| tie.at(day).unwrap().unseen);
    assert_eq!(unseen, [0.0, 0.5, 0.5]);
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
