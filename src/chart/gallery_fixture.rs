//! Every kind of chart with every kind of trouble: forty groups, one, none,
//! long names, all hidden, nothing, everything, less than nothing. For tests.

use super::gallery_made_up::{
    FIVE, Said, all_the_same, answered, differences, everyone, forty, hidden, long_names, several,
    shares, shares_in,
};
use super::{
    Answered, Caption, Change, Curve, Drawing, Grid, Question, Side, bars, forest, heat_map,
    interval_dots, likert, slope, survival,
};
use crate::report::made_up::{hidden_curves, rows};
use staywise_core::disclosure::Released;
use staywise_core::domain::Period;

/// One picture of the gallery, and what must be in it.
pub(super) struct Picture {
    pub(super) name: String,
    pub(super) drawing: Drawing,
    /// Names that must all be there.
    pub(super) labels: Vec<String>,
    /// What the key must say, in order.
    pub(super) key: Vec<String>,
}

type Asked = (String, Vec<Released>);

const YES_NO: [Side; 2] = [Side::Against, Side::For];
const SIDES: [Side; 5] = [
    Side::Against,
    Side::Against,
    Side::Neither,
    Side::For,
    Side::For,
];

pub(super) fn gallery() -> Vec<Picture> {
    let mut all = by_group();
    all.extend(of_answers());
    all.extend(of_no_sides());
    all.extend(of_grids());
    all.extend(of_waves());
    all.extend(of_differences());
    all.extend(of_curves());
    all
}

fn cases() -> [(&'static str, Vec<Said>); 8] {
    [
        ("several", several()),
        ("forty", forty()),
        ("one", several().drain(..1).collect()),
        ("none", Vec::new()),
        ("long names", long_names()),
        ("all hidden", hidden()),
        ("zero", all_the_same(0)),
        ("100%", all_the_same(200)),
    ]
}

fn picture(
    name: &str,
    labels: Vec<String>,
    key: &[&str],
    draw: impl Fn(&Caption<'_>) -> Drawing,
) -> Picture {
    let id: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let caption = Caption {
        id: &id,
        title: name,
        description: "Made-up figures.",
        base: "answers",
    };
    Picture {
        name: name.to_owned(),
        drawing: draw(&caption),
        labels,
        key: key.iter().map(|words| (*words).to_owned()).collect(),
    }
}

fn names(said: &[Said]) -> Vec<String> {
    said.iter().map(|(name, ..)| name.clone()).collect()
}

fn by_group() -> Vec<Picture> {
    cases()
        .iter()
        .map(|(case, said)| {
            let rows = shares("site", said);
            let refs: Vec<&Released> = rows.iter().collect();
            let whole = (!said.is_empty()).then(|| everyone(said));
            picture(&format!("dots, {case}"), names(said), &[], |caption| {
                interval_dots(&refs, whole.as_ref(), caption).unwrap()
            })
        })
        .collect()
}

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

fn of_answers() -> Vec<Picture> {
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

fn of_no_sides() -> Vec<Picture> {
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

fn grid(case: &str, items: &[String], said: &[Said]) -> Picture {
    let rows: Vec<Vec<Released>> = items
        .iter()
        .enumerate()
        .map(|(k, _)| {
            let shifted = said
                .iter()
                .map(|(name, hits, n)| (name.clone(), (hits + n * k as u64 / 9).min(*n), *n));
            let shifted: Vec<Said> = if case == "zero" {
                said.to_vec()
            } else {
                shifted.collect()
            };
            shares("site", &shifted)
        })
        .collect();
    let grid = Grid {
        rows: items.to_vec(),
        columns: names(said),
        cells: rows
            .iter()
            .map(|row| row.iter().map(Some).collect())
            .collect(),
    };
    let labels = items.iter().cloned().chain(names(said)).collect();
    picture(&format!("heat map, {case}"), labels, &[], |caption| {
        heat_map(&grid, caption).unwrap()
    })
}

fn of_grids() -> Vec<Picture> {
    let items = [
        "Belonging",
        "Protected time",
        "Able to raise concerns",
        "Lived experience respected",
    ]
    .map(str::to_owned);
    let long = [
        "My preceptor had time set aside in the rota to meet me at least once in each of the first weeks",
        "Voice",
    ]
    .map(str::to_owned);
    let mut all: Vec<Picture> = cases()
        .iter()
        .map(|(case, said)| {
            let items = if *case == "long names" {
                &long[..]
            } else {
                &items
            };
            grid(case, items, said)
        })
        .collect();
    let many: Vec<String> = (0..40).map(|k| format!("Statement {}", k + 1)).collect();
    all.push(grid("forty rows", &many, &several()));
    all.push(grid("no rows", &[], &several()));
    let row = shares("site", &several());
    let gap = Grid {
        rows: vec!["Belonging".to_owned(), "Not asked".to_owned()],
        columns: names(&several()),
        cells: vec![row.iter().map(Some).collect(), vec![None, Some(&row[0])]],
    };
    all.push(picture(
        "heat map, gaps",
        gap.rows.clone(),
        &[],
        |caption| heat_map(&gap, caption).unwrap(),
    ));
    all
}

fn of_waves() -> Vec<Picture> {
    let before = Period::parse("2026-Q1").unwrap();
    cases()
        .iter()
        .map(|(case, said)| {
            let earlier: Vec<Said> = said
                .iter()
                .enumerate()
                .map(|(k, (name, hits, n))| {
                    let hits = if *hits == 0 || hits == n {
                        *hits
                    } else {
                        hits * (70 + 5 * (k as u64 % 8)) / 100
                    };
                    // One group was hidden in the earlier wave alone.
                    if *case == "several" && k == 5 {
                        (name.clone(), 2, 5)
                    } else {
                        (name.clone(), hits, *n)
                    }
                })
                .collect();
            let (one, other) = (
                shares_in(before.clone(), "site", &earlier),
                shares("site", said),
            );
            let changes: Vec<Change<'_>> = one
                .iter()
                .zip(&other)
                .zip(said)
                .map(|((before, after), (name, ..))| Change {
                    label: name.clone(),
                    before,
                    after,
                })
                .collect();
            picture(&format!("slope, {case}"), names(said), &[], |caption| {
                slope(
                    &changes,
                    ("January to March 2026", "April to June 2026"),
                    caption,
                )
                .unwrap()
            })
        })
        .collect()
}

fn of_differences() -> Vec<Picture> {
    let mut all = cases().to_vec();
    let lower = [("White", 380, 400), ("Asian", 120, 300), ("Black", 20, 250)];
    let lower = lower.map(|(name, hits, n)| (name.to_owned(), hits, n));
    let higher = [("White", 20, 400), ("Asian", 190, 300), ("Black", 240, 250)];
    let higher = higher.map(|(name, hits, n)| (name.to_owned(), hits, n));
    all.push(("negative", lower.into()));
    all.push(("positive", higher.into()));
    all.iter()
        .map(|(case, said)| {
            let rows = differences(said);
            assert!(rows.len() + 1 >= said.len(), "{case}");
            let refs: Vec<&Released> = rows.iter().collect();
            let labels = names(said).into_iter().skip(1).collect();
            picture(&format!("forest, {case}"), labels, &[], |caption| {
                forest(&refs, caption).unwrap()
            })
        })
        .collect()
}

fn of_curves() -> Vec<Picture> {
    let curve = |all: &[Released]| -> Vec<Vec<Released>> {
        let of = |name: &str| -> Vec<Released> {
            let wanted = |row: &&Released| {
                let parts = row.key().group.parts();
                row.key().metric == "retention_curve"
                    && parts
                        .first()
                        .is_some_and(|(_, level)| level.as_str() == name)
            };
            all.iter().filter(wanted).cloned().collect()
        };
        vec![of("On the programme"), of("Not on it")]
    };
    let both = vec!["On the programme".to_owned(), "Not on it".to_owned()];
    let cases = [
        ("two", curve(&rows()), both.clone()),
        ("one", curve(&rows())[..1].to_vec(), both[..1].to_vec()),
        ("none", Vec::new(), Vec::new()),
        ("all hidden", curve(&hidden_curves()), both),
    ];
    cases
        .into_iter()
        .map(|(case, rows, labels)| {
            let curves: Vec<Curve<'_>> = rows
                .iter()
                .map(|rows| Curve {
                    rows: rows.iter().collect(),
                })
                .collect();
            picture(&format!("survival, {case}"), labels, &[], |caption| {
                survival(&curves, caption).unwrap()
            })
        })
        .collect()
}
