//! The guard against immortal time: what is allowed, what is refused in which
//! words, and who is in what may be compared instead.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Day, Unknown};
use staywise_core::stats::immortal::{
    Comparison, Instead, LATE_SHARE, Placed, Post, Question, Refusal, STANDARDS_DAY, Standard,
    Verdict, WHY, guard, landmark, varying,
};
use std::collections::BTreeMap;

const START: Day = Day(20_000);

/// Followed from the start to a day; enrolled and completed on days since it.
fn post(until: i32, left: bool, enrolled: Option<i32>, completed: Option<i32>) -> Post {
    Post {
        start: START,
        enrolled: enrolled.map(|d| START.plus(d)),
        completed: completed.map(|d| START.plus(d)),
        standards: Vec::new(),
        followed_from: START,
        until: START.plus(until),
        ending: if left {
            Ending::Event
        } else {
            Ending::StillFollowed
        },
    }
}

fn refusal(people: &[Post], comparison: Comparison) -> Refusal {
    match guard(people, Question::new(comparison, 180)) {
        Ok(Verdict::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn why<T: std::fmt::Debug>(outcome: Result<T, Unknown>) -> String {
    match outcome {
        Err(Unknown::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn placed(person: usize, arm: u32, span: (i32, i32), event: bool) -> Placed {
    Placed {
        person,
        arm,
        from: span.0,
        to: span.1,
        event,
    }
}

#[test]
fn completion_is_always_refused_from_the_start() {
    // Even where everyone who completed is said to have done so at the start.
    for day in [0, 200] {
        let people = [
            post(400, false, None, Some(day)),
            post(30, true, None, None),
        ];
        let refusal = refusal(&people, Comparison::ByCompletion);
        assert_eq!(
            refusal.why,
            "Those who finish have, by definition, stayed that long."
        );
        assert_eq!(refusal.why, WHY);
        assert_eq!((refusal.ever, refusal.late), (1, u64::from(day > 0)));
        let instead = [Instead::Landmark { day: 180 }, Instead::TimeVarying];
        assert_eq!(refusal.instead, instead);
        assert_eq!(
            refusal.instead[0].to_string(),
            "Compare those still in post on day 180 by what they had done by then."
        );
    }
}

#[test]
fn enrolment_on_or_before_the_start_is_allowed() {
    let people = [
        post(400, false, Some(0), None),
        post(0, true, Some(-30), None),
        post(50, true, None, None),
        post(-1, false, None, None),
    ];
    let verdict = guard(&people, Question::new(Comparison::ByEnrolment, 90)).unwrap();
    let Verdict::Allowed(allowed) = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!(
        (allowed.enrolled, allowed.late, allowed.set_aside),
        (2, 0, 1)
    );
    let rows = [
        placed(0, 1, (-1, 400), false),
        placed(1, 1, (-1, 0), true),
        placed(2, 0, (-1, 50), true),
    ];
    assert_eq!(allowed.rows, rows);
    assert_eq!(allowed.rows[1].followed().cluster, 1);
}

#[test]
fn a_tiny_share_of_late_enrolment_stands_as_it_stood_at_the_start() {
    let mut people: Vec<Post> = (0..49).map(|_| post(400, false, Some(0), None)).collect();
    people.push(post(400, false, Some(1), None));
    people.push(post(20, true, None, None));
    assert!((LATE_SHARE - 0.02).abs() < 1e-15);
    let verdict = guard(&people, Question::new(Comparison::ByEnrolment, 90)).unwrap();
    let Verdict::Allowed(allowed) = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!((allowed.enrolled, allowed.late), (49, 1));
    assert_eq!((allowed.rows[48].arm, allowed.rows[49].arm), (1, 0));
    // One more, and it is no longer tiny.
    people.push(post(400, false, Some(30), None));
    let refusal = refusal(&people, Comparison::ByEnrolment);
    assert_eq!(
        refusal.why,
        "2 of 51 enrolled only after they had started. Those who enrol later have, by definition, \
         stayed that long."
    );
    assert_eq!(
        (refusal.ever, refusal.late, refusal.instead.len()),
        (51, 2, 2)
    );
}

#[test]
fn nothing_to_compare_is_said() {
    let asked = |people: &[Post], comparison| why(guard(people, Question::new(comparison, 90)));
    assert_eq!(asked(&[], Comparison::ByEnrolment), "nobody was followed");
    assert_eq!(asked(&[], Comparison::ByCompletion), "nobody was followed");
    let one = [post(10, true, None, None)];
    assert_eq!(asked(&one, Comparison::ByEnrolment), "nobody enrolled");
    let all = [post(10, true, Some(0), None), post(20, true, Some(0), None)];
    assert_eq!(
        asked(&all, Comparison::ByEnrolment),
        "all who were still followed at the start were of one group"
    );
    let gone = [post(-5, true, Some(0), None)];
    assert_eq!(
        asked(&gone, Comparison::ByEnrolment),
        "nobody was still followed at the start"
    );
}

#[test]
fn a_landmark_counts_who_left_before_it() {
    let mut late = post(500, true, Some(40), None);
    late.followed_from = START.plus(120);
    let people = [
        post(400, true, Some(30), None),
        // On the landmark's own day: still, and no longer, in post.
        post(400, false, Some(90), None),
        post(90, true, Some(10), None),
        post(91, true, None, None),
        post(60, true, None, None),
        post(90, false, None, None),
        // Enrolled after it; never while followed.
        post(300, true, Some(91), None),
        post(300, true, Some(301), None),
        late,
        post(-3, false, None, None),
    ];
    let found = landmark(&people, Comparison::ByEnrolment, 90).unwrap();
    let rows = [
        placed(0, 1, (90, 400), true),
        placed(1, 1, (90, 400), false),
        placed(3, 0, (90, 91), true),
        placed(6, 0, (90, 300), true),
        placed(7, 0, (90, 300), true),
        placed(8, 1, (120, 500), true),
    ];
    assert_eq!(found.rows, rows);
    assert_eq!(found.left_before, BTreeMap::from([(0, 1), (1, 1)]));
    assert_eq!(
        (found.ended_before, found.later, found.set_aside),
        (1, 1, 1)
    );
    assert_eq!(found.day, 90);
    // Nobody is lost.
    let left: u64 = found.left_before.values().sum();
    let all = found.rows.len() as u64 + left + found.ended_before + found.set_aside;
    assert_eq!(all, people.len() as u64);
}

#[test]
fn a_landmark_without_two_groups_is_refused() {
    let people = [post(400, true, Some(30), None), post(60, true, None, None)];
    assert_eq!(
        why(landmark(&people, Comparison::ByEnrolment, 90)),
        "all who were still followed after day 90 were of one group"
    );
    assert_eq!(
        why(landmark(&people, Comparison::ByEnrolment, 400)),
        "nobody was still followed after day 400"
    );
    assert_eq!(
        why(landmark(&[], Comparison::ByCompletion, u32::MAX)),
        "nobody was still followed after day 4294967295"
    );
}

#[test]
fn exposure_begins_on_its_day() {
    let mut late = post(500, true, Some(40), None);
    late.followed_from = START.plus(120);
    let people = [
        post(400, true, Some(30), None),
        post(400, false, Some(0), None),
        post(400, false, Some(-9), None),
        // Who leaves on the day of enrolment leaves without it.
        post(30, true, Some(30), None),
        post(200, true, None, None),
        late,
        post(-1, true, None, None),
    ];
    let found = varying(&people, Comparison::ByEnrolment).unwrap();
    let rows = [
        placed(0, 0, (-1, 30), false),
        placed(0, 1, (30, 400), true),
        placed(1, 1, (-1, 400), false),
        placed(2, 1, (-1, 400), false),
        placed(3, 0, (-1, 30), true),
        placed(4, 0, (-1, 200), true),
        placed(5, 1, (120, 500), true),
    ];
    assert_eq!(found.rows, rows);
    assert_eq!((found.people, found.changed), (6, 1));
    assert_eq!((found.throughout, found.set_aside), (3, 1));
    let none = |people: &[Post]| why(varying(people, Comparison::ByCompletion));
    assert_eq!(none(&[]), "nobody was followed");
    assert_eq!(none(&people), "nobody was followed with the programme");
    let with = [post(9, true, None, Some(0))];
    assert_eq!(none(&with), "nobody was followed without the programme");
}

fn with_standards(until: i32, left: bool, met: &[(u32, Option<i32>)]) -> Post {
    Post {
        standards: met
            .iter()
            .map(|(due, met)| Standard {
                due: *due,
                met: met.map(|d| START.plus(d)),
            })
            .collect(),
        ..post(until, left, None, None)
    }
}

#[test]
fn standards_are_those_due_by_day_90_among_those_then_in_post() {
    let people = [
        // One in time, one a day late, one not due by then.
        with_standards(400, true, &[(30, Some(90)), (90, Some(91)), (91, Some(20))]),
        with_standards(400, false, &[(30, Some(5)), (90, Some(60)), (91, None)]),
        with_standards(89, true, &[(30, Some(5)), (90, None), (91, None)]),
        with_standards(200, true, &[(30, None), (90, None), (91, Some(2))]),
    ];
    let refusal = refusal(&people, Comparison::ByStandards);
    assert_eq!(
        refusal.why,
        "Standards are met over time. Those who finish have, by definition, stayed that long."
    );
    assert_eq!(refusal.instead, [Instead::Landmark { day: STANDARDS_DAY }]);
    let found = landmark(&people, Comparison::ByStandards, STANDARDS_DAY).unwrap();
    let arms: Vec<(usize, u32)> = found.rows.iter().map(|r| (r.person, r.arm)).collect();
    assert_eq!(arms, [(0, 1), (1, 2), (3, 0)]);
    assert_eq!(found.left_before, BTreeMap::from([(1, 1)]));
    assert_eq!((found.standards_due, found.later), (2, 0));
    assert_eq!(
        why(landmark(&people, Comparison::ByStandards, 180)),
        "people are compared by standards on day 90 only"
    );
    assert_eq!(
        why(varying(&people, Comparison::ByStandards)),
        "standards are compared among those still in post on a day only"
    );
    let mut uneven = people.to_vec();
    uneven.push(with_standards(400, false, &[(30, Some(5))]));
    assert_eq!(
        why(landmark(&uneven, Comparison::ByStandards, STANDARDS_DAY)),
        "not the same number of standards was due for all by day 90"
    );
}
