//! Curves and the log-rank test at their ends: nobody, one, everyone left,
//! everyone stayed, ties, late entry, gaps. Expected values are worked by hand.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_made;

use stats_made::metric;
use staywise_core::domain::tally::{Ending, LifeDay};
use staywise_core::domain::{Estimate, Kind, LifeTable, Statistic, Tally, Unit, Unknown};
use staywise_core::stats::logrank::log_rank;
use staywise_core::stats::proportion::clopper_pearson;
use staywise_core::stats::survival::{KaplanMeier, curve, day_of_month};
use staywise_core::stats::{LEVEL, estimates};

use Ending::{Event, StillFollowed};

fn table(units: &[(u32, u32, Ending)]) -> LifeTable {
    let mut table = LifeTable::default();
    for (entry, exit, ending) in units {
        table.follow(*entry, *exit, *ending);
    }
    table
}

fn why(estimate: &Estimate) -> &str {
    match &estimate.outcome {
        Err(Unknown::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn close(actual: f64, expected: f64) -> bool {
    (actual - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

#[test]
fn months_fall_on_the_days_of_the_design() {
    let days = [0, 1, 3, 6, 12, 18, 24, 36, 60].map(day_of_month);
    assert_eq!(days, [0, 30, 91, 183, 365, 548, 730, 1095, 1825]);
    assert_eq!(day_of_month(u32::MAX), u32::MAX);
}

#[test]
fn a_curve_goes_as_far_as_anyone_is_followed() {
    let made = metric(Kind::Survival);
    // Four from the start: gone at 91, gone at 200, here at 365, here at 400.
    let units = [
        (0, 91, Event),
        (0, 200, Event),
        (0, 365, StillFollowed),
        (0, 400, StillFollowed),
    ];
    let mut all = estimates(&made, &Tally::Survival(table(&units)));
    let rates: Vec<_> = all
        .extract_if(.., |e| e.statistic == Statistic::LeavingRate)
        .collect();
    // One leaver in the days 62 to 91 of four people, 30 days each.
    let third = rates[2].outcome.clone().unwrap();
    assert!(close(third.estimate, 100.0 / (4.0 * 30.0 / (365.0 / 12.0))));
    assert_eq!((third.n, third.unit), (4, Unit::Per100PersonMonths));
    assert_eq!(rates.len(), 14);
    let (months, median) = all.split_at(all.len() - 1);
    // 13 months is day 395, 14 is 426.
    let horizons: Vec<_> = months.iter().filter_map(|e| e.horizon_months).collect();
    assert_eq!(horizons, (1..=13).collect::<Vec<_>>());
    let figures = |m: usize| months[m - 1].outcome.clone().unwrap();
    assert_eq!((figures(2).n, figures(2).estimate), (4, 1.0));
    assert_eq!(figures(2).interval, clopper_pearson(4, 4, LEVEL));
    // Leaving on day 91 is not being in post at its close; n is who came to it.
    assert_eq!((figures(3).n, figures(3).estimate), (4, 0.75));
    assert_eq!(
        (figures(12).n, figures(12).estimate, figures(12).unit),
        (2, 0.5, Unit::Fraction)
    );
    assert_eq!((figures(13).n, figures(13).estimate), (1, 0.5));
    assert_eq!(median[0].statistic, Statistic::Median);
    let half = median[0].outcome.clone().unwrap();
    assert!(close(half.estimate, 200.0 * 12.0 / 365.0));
    assert_eq!((half.n, half.unit, half.interval), (4, Unit::Months, None));
}

#[test]
fn everyone_stayed_and_everyone_left() {
    let stayed = table(&[
        (0, 800, StillFollowed),
        (0, 800, StillFollowed),
        (0, 100, StillFollowed),
    ]);
    let fitted = KaplanMeier::fit(&stayed, LEVEL);
    let year = fitted.at(365).unwrap();
    assert_eq!(
        (year.survival, year.std_err, year.at_risk),
        (1.0, Some(0.0), 2)
    );
    assert_eq!(year.interval, clopper_pearson(2, 2, LEVEL));
    assert_eq!(
        fitted.median(),
        Err(Unknown::NotApplicable("not reached".into()))
    );
    assert!(fitted.at(801).is_err());
    let left = KaplanMeier::fit(&table(&[(0, 9, Event), (0, 9, Event)]), LEVEL);
    let last = left.at(9).unwrap();
    assert_eq!(
        (last.survival, last.std_err, last.interval, last.events),
        (0.0, None, None, 2)
    );
    assert_eq!(left.at(1000).map(|s| (s.survival, s.at_risk)), Ok((0.0, 0)));
    assert_eq!(left.median().map(|m| m.day), Ok(9));
}

#[test]
fn the_limits_of_a_median_are_days_on_which_someone_had_left() {
    // Clopper-Pearson limits before the first leaver are no part of it.
    let mut units = vec![(0, 10, StillFollowed)];
    units.extend((0..6).map(|i| (0, 50 + 10 * i, Event)));
    let median = KaplanMeier::fit(&table(&units), LEVEL).median().unwrap();
    assert_eq!(
        (median.day, median.lower, median.upper),
        (70, Some(50), None)
    );
}

#[test]
fn a_unit_of_day_0_does_not_vanish() {
    let units = [
        (0, 0, Event),
        (0, 0, StillFollowed),
        (0, 50, StillFollowed),
        (0, 50, StillFollowed),
    ];
    let steps = curve(&table(&units), LEVEL);
    let found: Vec<_> = steps
        .iter()
        .map(|s| (s.day, s.at_risk, s.events, s.survival))
        .collect();
    assert_eq!(found, [(0, 4, 1, 0.75), (50, 2, 0, 0.75)]);
}

#[test]
fn late_entry_on_an_events_day_comes_after_it() {
    let units = [
        (0, 10, Event),
        (0, 30, StillFollowed),
        (10, 30, StillFollowed),
    ];
    let fitted = KaplanMeier::fit(&table(&units), LEVEL);
    let found = |day| fitted.at(day).map(|s| (s.at_risk, s.survival));
    assert_eq!((found(10), found(11)), (Ok((2, 0.5)), Ok((2, 0.5))));
    // Who goes on the day of entering late was never at risk.
    let never = table(&[(0, 30, StillFollowed), (12, 12, Event)]);
    assert_eq!((never.entered(), never.events()), (1, 0));
}

#[test]
fn with_no_leavers_the_smallest_number_at_risk_speaks() {
    // Two from the start; fifty more only from day 100.
    let mut units = vec![(0, 500, StillFollowed); 2];
    units.extend([(100, 500, StillFollowed); 50]);
    let year = KaplanMeier::fit(&table(&units), LEVEL).at(365).unwrap();
    assert_eq!((year.at_risk, year.survival), (52, 1.0));
    assert_eq!(year.interval, clopper_pearson(2, 2, LEVEL));
}

#[test]
fn nothing_is_said_across_a_gap() {
    let made = metric(Kind::Survival);
    let say = |units: &[(u32, u32, Ending)]| {
        let mut all = estimates(&made, &Tally::Survival(table(units)));
        all.retain(|e| e.statistic != Statistic::LeavingRate);
        all
    };
    // Nobody from the start.
    let late = say(&[(40, 400, StillFollowed), (40, 90, Event)]);
    assert!(
        late[1..]
            .iter()
            .all(|e| why(e) == "nobody was followed from the start")
    );
    // One from the start, followed to day 60; the next from day 100.
    let gap = say(&[(0, 60, StillFollowed), (100, 400, StillFollowed)]);
    assert_eq!(gap[0].outcome.as_ref().unwrap().estimate, 1.0);
    assert_eq!(
        (gap[1].horizon_months, why(&gap[1])),
        (Some(2), "nobody was followed on day 61")
    );
    assert_eq!(
        (gap.len(), why(&gap[12])),
        (14, "nobody was followed on day 61")
    );
    assert_eq!(why(&gap[13]), "nobody was followed on day 61");
    // The only one followed leaves on day 5, two come later: not 0 for ever.
    for entry in [5, 6, 50] {
        let emptied = say(&[
            (0, 5, Event),
            (entry, 400, StillFollowed),
            (entry, 400, StillFollowed),
        ]);
        for estimate in emptied.iter().skip(1) {
            assert!(why(estimate).contains("had left by day 5"), "{estimate:?}");
        }
    }
}

#[test]
fn a_table_with_more_events_than_people_does_no_harm() {
    let mut broken = LifeTable::default();
    let row = |entered, events, ended| LifeDay {
        entered,
        events,
        ended,
    };
    broken.days.insert(0, row(2, 0, 0));
    broken.days.insert(5, row(0, 9, u64::MAX));
    broken.days.insert(8, row(0, 1, 1));
    let mut endless = table(&[(0, 5, Event)]);
    endless.days.entry(5).or_default().entered = 1;
    assert!(KaplanMeier::fit(&endless, LEVEL).at(6).is_err());
    for step in curve(&broken, LEVEL) {
        assert!((0.0..=1.0).contains(&step.survival) && step.events <= step.at_risk);
    }
    assert!(log_rank(&[&broken, &broken]).is_err());
}

#[test]
fn the_log_rank_test_refuses_what_it_cannot_tell() {
    let refused = |groups: &[&LifeTable]| match log_rank(groups) {
        Err(Unknown::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    };
    let some = table(&[(0, 10, Event), (0, 20, StillFollowed)]);
    let stayed = table(&[(0, 20, StillFollowed)]);
    let empty = LifeTable::default();
    assert_eq!(refused(&[]), "nobody left in any group");
    assert_eq!(refused(&[&stayed, &stayed]), "nobody left in any group");
    assert_eq!(
        refused(&[&some]),
        "only one group was followed when anyone left"
    );
    assert_eq!(
        refused(&[&some, &empty]),
        "only one group was followed when anyone left"
    );
    let apart = "the groups were never followed together while some left and some stayed";
    let gone = table(&[(0, 10, Event)]);
    assert_eq!(refused(&[&gone, &gone]), apart);
    // One group all gone before the other is followed.
    let later = table(&[(30, 40, Event), (30, 50, StillFollowed)]);
    assert_eq!(refused(&[&some, &later]), apart);
    let same = log_rank(&[&some, &some]).unwrap();
    assert_eq!(
        (same.chi_square, same.p, same.degrees_of_freedom),
        (0.0, 1.0, 1)
    );
}
