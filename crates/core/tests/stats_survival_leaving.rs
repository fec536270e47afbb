//! Landmarks, leaving rates and hours at their ends: nobody, one, all left,
//! nobody left, day 0, late entry. Expected values are worked by hand.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use staywise_core::domain::tally::Ending;
use staywise_core::domain::{LifeTable, Unknown};
use staywise_core::stats::landmark::{Followed, Landmark, Place, landmark, place};
use staywise_core::stats::leaving::{Exposure, exposure, months, step_at};
use staywise_core::stats::weighted_retention::{Standing, StartingHours, hours_kept};

use Ending::{Event, StillFollowed};

fn table(units: &[(u32, u32, Ending)]) -> LifeTable {
    let mut table = LifeTable::default();
    for (entry, exit, ending) in units {
        table.follow(*entry, *exit, *ending);
    }
    table
}

fn why<T: std::fmt::Debug>(found: Result<T, Unknown>) -> String {
    match found {
        Err(Unknown::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    }
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
    assert_eq!(at(0, 90, StillFollowed), Place::NotYetThere);
    assert_eq!(
        at(0, 91, StillFollowed),
        Place::InPost(since(0, 1, StillFollowed))
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
    assert_eq!((found.in_post, found.later, found.left_before), (1, 1, 1));
    assert_eq!((found.not_yet_there, found.never_followed), (2, 1));
    assert_eq!((found.table.entered(), found.table.events()), (2, 2));
    assert_eq!(landmark(&[], 90), Landmark::default());
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
