//! The gallery's charts of answers, with sides and without. For tests.

use super::fixture::{Picture, picture};
use super::made_up::{FIVE, answered};
use crate::chart::{Answered, Question, Side, bars, likert};
use staywise_core::disclosure::Released;

type Asked = (String, Vec<Released>);

const YES_NO: [Side; 2] = [Side::Against, Side::For];
const SIDES: [Side; 5] = [
    Side::Against,
    Side::Against,
    Side::Neither,
    Side::For,
    Side::For,
];

fn asked(question: &str, answers: &[&str], counts: &[u64]) -> Asked {
    (question.to_owned(), answered("item", answers, counts))
}

fn questions<'a>(asked: &'a [Asked], answers: &[&str], sides: &[Side]) -> Vec<Question<'a>> {
    asked
        .iter()
        .map(|(label, rows)| Question {
            label: label.clone(),
            answers: rows
                .iter()
                .zip(answers)
                .zip(sides)
                .map(|((row, answer), side)| Answered {
                    answer: (*answer).to_owned(),
                    side: *side,
                    row,
                })
                .collect(),
        })
        .collect()
}

fn diverging(case: &str, asked: &[Asked], answers: &[&str], sides: &[Side]) -> Picture {
    let all = questions(asked, answers, sides);
    let labels = asked.iter().map(|(label, _)| label.clone()).collect();
    let on = answers.iter().zip(sides);
    let key: Vec<&str> = on
        .filter(|(_, side)| **side != Side::Outside && !asked.is_empty())
        .map(|(answer, _)| *answer)
        .collect();
    picture(&format!("likert, {case}"), labels, &key, |caption| {
        likert(&all, caption).unwrap()
    })
}

pub(super) fn of_answers() -> Vec<Picture> {
    let some = [
        asked("I feel I belong in my team", &FIVE, &[24, 60, 98, 308, 210]),
        asked(
            "My preceptor had protected time",
            &FIVE,
            &[120, 178, 107, 200, 99],
        ),
        asked("I felt able to raise concerns", &FIVE, &[2, 1, 3, 1, 2]),
        asked(
            "My lived experience was respected",
            &FIVE,
            &[56, 80, 154, 270, 140],
        ),
    ];
    let forty: Vec<Asked> = (0..40_u64)
        .map(|k| {
            asked(
                &format!("Statement {}", k + 1),
                &FIVE,
                &[k * 5, 40, 60, 120, 200 - k * 5],
            )
        })
        .collect();
    let long = "My preceptor, or another person who was named to me before I started, had time \
                set aside in the rota to meet me at least once in each of the first twelve weeks, \
                and we met";
    let mut all = vec![
        diverging("several", &some, &FIVE, &SIDES),
        diverging("forty", &forty, &FIVE, &SIDES),
        diverging("one", &some[..1], &FIVE, &SIDES),
        diverging("none", &[], &FIVE, &SIDES),
        diverging(
            "long names",
            &[asked(long, &FIVE, &[20, 30, 40, 50, 60])],
            &FIVE,
            &SIDES,
        ),
        diverging(
            "all hidden",
            &[some[2].clone(), some[2].clone()],
            &FIVE,
            &SIDES,
        ),
        diverging(
            "zero",
            &[asked("Nobody agrees", &FIVE, &[150, 50, 0, 0, 0])],
            &FIVE,
            &SIDES,
        ),
        diverging(
            "100%",
            &[asked("Everyone agrees", &FIVE, &[0, 0, 0, 0, 200])],
            &FIVE,
            &SIDES,
        ),
        diverging(
            "all neither",
            &[asked("Nobody says", &FIVE, &[0, 0, 200, 0, 0])],
            &FIVE,
            &SIDES,
        ),
    ];
    all.extend(of_scales());
    all
}

/// Scales of two to eleven answers, with some outside, and upside down.
fn of_scales() -> Vec<Picture> {
    let eleven: Vec<String> = (0..=10).map(|k| k.to_string()).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let counts: Vec<u64> = (0..=10).map(|k| 12 + k * k).collect();
    let recommend = asked(
        "How likely are you to recommend working here?",
        &eleven,
        &counts,
    );
    let to_ten: Vec<Side> = (0..=10)
        .map(|k| match k {
            0..=6 => Side::Against,
            7 | 8 => Side::Neither,
            _ => Side::For,
        })
        .collect();
    let outside = [&FIVE[..], &["Prefer not to say"]].concat();
    let sides_and_outside = [&SIDES[..], &[Side::Outside]].concat();
    let down: Vec<&str> = FIVE.iter().rev().copied().collect();
    let sides_down: Vec<Side> = SIDES.iter().rev().copied().collect();
    let seven = [
        "Very dissatisfied",
        "Dissatisfied",
        "Slightly dissatisfied",
        "Neither satisfied nor dissatisfied",
        "Slightly satisfied",
        "Satisfied",
        "Very satisfied",
    ];
    let sides_of_seven = [&[Side::Against; 3][..], &[Side::Neither], &[Side::For; 3]].concat();
    vec![
        diverging(
            "two answers",
            &[asked("Had a preceptor", &["No", "Yes"], &[40, 160])],
            &["No", "Yes"],
            &YES_NO,
        ),
        diverging(
            "seven answers",
            &[asked("Pay", &seven, &[30, 40, 50, 20, 40, 60, 20])],
            &seven,
            &sides_of_seven,
        ),
        diverging("eleven answers", &[recommend], &eleven, &to_ten),
        diverging(
            "outside",
            &[asked("I feel safe", &outside, &[40, 60, 98, 308, 210, 60])],
            &outside,
            &sides_and_outside,
        ),
        diverging(
            "from the best down",
            &[asked("I feel safe", &down, &[210, 308, 98, 60, 40])],
            &down,
            &sides_down,
        ),
    ]
}

fn without_sides(case: &str, asked: &[Asked], answers: &[&str]) -> Picture {
    let all = questions(asked, answers, &vec![Side::Neither; answers.len()]);
    let labels = asked.iter().map(|(label, _)| label.clone()).collect();
    let key = if asked.is_empty() { &[] } else { answers };
    picture(&format!("bars, {case}"), labels, key, |caption| {
        bars(&all, caption).unwrap()
    })
}

pub(super) fn of_no_sides() -> Vec<Picture> {
    let often = [
        "Every week",
        "Every two weeks",
        "Every month",
        "Less often",
        "Never",
    ];
    let eight = [
        "Pay",
        "Hours",
        "Distance from home",
        "Care of a relative",
        "Another career",
        "Health",
        "Retirement",
        "Something else that is not in this list of reasons",
    ];
    let some = [
        asked(
            "How often did you meet your preceptor?",
            &often,
            &[120, 140, 210, 60, 20],
        ),
        asked(
            "How often did you have supervision?",
            &often,
            &[2, 1, 3, 1, 1],
        ),
        asked(
            "How often did you have feedback?",
            &often,
            &[60, 80, 240, 130, 40],
        ),
    ];
    let forty: Vec<Asked> = (0..40_u64)
        .map(|k| {
            asked(
                &format!("Question {}", k + 1),
                &often,
                &[k * 5, 40, 60, 20, 200 - k * 5],
            )
        })
        .collect();
    let long = "How often, in the first twelve weeks after you started in the post that you hold now, did \
                you and the person who was named as your preceptor meet in time that was set aside?";
    vec![
        without_sides("several", &some, &often),
        without_sides("forty", &forty, &often),
        without_sides("one", &some[..1], &often),
        without_sides("none", &[], &often),
        without_sides(
            "long names",
            &[asked(long, &often, &[20, 30, 40, 50, 60])],
            &often,
        ),
        without_sides("all hidden", &[some[1].clone()], &often),
        without_sides(
            "zero",
            &[asked("Never once", &often, &[0, 0, 0, 0, 200])],
            &often,
        ),
        without_sides(
            "100%",
            &[asked("Always", &often, &[200, 0, 0, 0, 0])],
            &often,
        ),
        without_sides(
            "eight answers",
            &[asked(
                "Why would you leave?",
                &eight,
                &[60, 55, 50, 45, 40, 35, 30, 25],
            )],
            &eight,
        ),
    ]
}
