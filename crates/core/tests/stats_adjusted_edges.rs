//! Adjusted comparisons at their ends: what is refused and with which words,
//! what those nobody knows about could change, and nothing that is no number.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use staywise_core::domain::sample::{Arm, ArmCounts, Assumption, Covariate, Rows, Sample, Values};
use staywise_core::stats::adjusted::balance::{
    Balance, BalanceRow, Effective, Of, Pair, balance, kish,
};
use staywise_core::stats::adjusted::bounds::{
    Answered, Sentence, Silent, differences, staying, tipping_points,
};
use staywise_core::stats::adjusted::logistic::{Data, NotFitted, fit};
use staywise_core::stats::adjusted::refusals::{Names, of_balance, of_counts};
use staywise_core::stats::adjusted::{Comparison, Refusal, Robust, Sensitivity, Settings, compare};
use staywise_core::stats::difference::Share;

const SETTINGS: Settings = Settings {
    level: 0.95,
    robust: Robust::Hc3,
};
const NAMES: Names = Names {
    compared: "those on the programme",
    comparator: "those who were not",
};

/// People by arm, level and outcome: (arm, level, left, how many).
fn people(cells: &[(Arm, u32, bool, usize)], levels: &[&str]) -> Rows {
    let mut rows = Rows::default();
    let mut codes = Vec::new();
    for (arm, level, left, count) in cells {
        for _ in 0..*count {
            rows.arms.push(*arm);
            rows.left.push(Some(*left));
            codes.push(*level);
        }
    }
    if !levels.is_empty() {
        rows.covariates.push(Covariate {
            name: "site".to_owned(),
            values: Values::Categorical {
                levels: levels.iter().map(|l| (*l).to_owned()).collect(),
                codes,
            },
        });
    }
    rows
}

fn run(rows: Rows) -> Comparison {
    compare(&Sample::new(rows).unwrap(), &SETTINGS)
}

const ONE: Arm = Arm::Compared;
const TWO: Arm = Arm::Comparator;

fn sound() -> [(Arm, u32, bool, usize); 8] {
    [
        (ONE, 0, false, 60),
        (ONE, 0, true, 10),
        (ONE, 1, false, 20),
        (ONE, 1, true, 10),
        (TWO, 0, false, 30),
        (TWO, 0, true, 10),
        (TWO, 1, false, 40),
        (TWO, 1, true, 20),
    ]
}

#[test]
fn a_sound_comparison_is_made_of_people_found_in_both_arms() {
    let found = run(people(&sound(), &["North", "South"]));
    let adjusted = found.adjusted.unwrap();
    // With one covariate of two levels the answer is the mean of the two
    // differences, weighed by the harmonic mean of each level's arms.
    let weigh = |a: f64, b: f64| a * b / (a + b);
    let (north, south) = (weigh(70.0, 40.0), weigh(30.0, 60.0));
    let own = |n: f64, s: f64| (north * n + south * s) / (north + south);
    let expected = own(60.0 / 70.0, 20.0 / 30.0) - own(30.0 / 40.0, 40.0 / 60.0);
    let answer = adjusted.primary.difference.unwrap();
    assert!((answer.estimate - expected).abs() < 1e-12);
    assert_eq!(adjusted.terms.len(), 1);
    assert_eq!(adjusted.sensitivity.len(), 2);
    let unadjusted = found.unadjusted.unwrap();
    assert!((unadjusted.estimate - (0.8 - 0.7)).abs() < 1e-15);
    assert_eq!(unadjusted.interval.method, "newcombe");
}

#[test]
fn nothing_to_allow_for_leaves_the_plain_difference() {
    let found = run(people(&sound(), &[]));
    let answer = found.adjusted.unwrap().primary.difference.unwrap();
    assert!((answer.estimate - 0.1).abs() < 1e-12);
    let error = (0.8 * 0.2 / 100.0 + 0.7 * 0.3 / 100.0_f64).sqrt();
    assert!((answer.std_err - error).abs() < 1e-12);
}

#[test]
fn all_reasons_come_at_once_and_hold_no_number_of_a_group() {
    let few = [
        (ONE, 0, false, 12),
        (ONE, 0, true, 4),
        (ONE, 1, false, 7),
        (TWO, 0, false, 11),
        (TWO, 1, false, 9),
        (TWO, 1, true, 3),
        (TWO, 2, false, 1),
        (ONE, 2, true, 1),
    ];
    let found = run(people(&few, &["North", "South", "East"]));
    let refused = found.adjusted.unwrap_err();
    assert_eq!(
        refused,
        [
            Refusal::FewLeavers {
                arm: ONE,
                leavers: 5
            },
            Refusal::FewPeople {
                arm: ONE,
                people: 24
            },
            Refusal::FewLeavers {
                arm: TWO,
                leavers: 3
            },
            Refusal::FewPeople {
                arm: TWO,
                people: 24
            },
        ]
    );
    let words: Vec<String> = refused.iter().map(|r| r.words(&NAMES)).collect();
    assert_eq!(
        words[0],
        "Fewer than 10 of those on the programme left, too few to allow for how the groups differ."
    );
    assert!(words.iter().all(|w| !w.contains('5') && !w.contains("24")));
    // The plain difference stands, as does how alike the arms are.
    assert!(found.unadjusted.is_ok() && found.balance.is_some());
}

fn counts(stayed: u64, left: u64) -> ArmCounts {
    ArmCounts {
        stayed,
        left,
        unknown: 5,
    }
}

#[test]
fn counts_are_refused_just_under_the_rule() {
    assert_eq!(of_counts(counts(20, 10), counts(20, 10), 3), []);
    let terms = of_counts(counts(20, 10), counts(50, 10), 4);
    assert_eq!(
        terms,
        [Refusal::ManyTerms {
            terms: 4,
            smaller: 30
        }]
    );
    assert!(terms[0].words(&NAMES).contains("4 characteristics"));
    let people = of_counts(counts(19, 10), counts(20, 10), 0);
    assert_eq!(
        people,
        [Refusal::FewPeople {
            arm: ONE,
            people: 29
        }]
    );
    let leavers = of_counts(counts(21, 10), counts(21, 9), 0);
    assert_eq!(
        leavers,
        [Refusal::FewLeavers {
            arm: TWO,
            leavers: 9
        }]
    );
}

#[test]
fn weights_are_refused_just_over_the_rule() {
    let after = |standardised: Option<f64>, effective: f64| Balance {
        rows: vec![BalanceRow {
            covariate: "band".to_owned(),
            of: Of::Level("Band 5".to_owned()),
            before: Pair {
                compared: 0.5,
                comparator: 0.4,
                standardised: Some(0.2),
            },
            after: Some(Pair {
                compared: 0.5,
                comparator: 0.45,
                standardised,
            }),
        }],
        effective: Some(Effective {
            compared: effective,
            comparator: 40.0,
        }),
    };
    let judged = |b: &Balance| of_balance(b, counts(30, 10), counts(30, 10));
    assert_eq!(judged(&after(Some(-0.1), 20.0)), []);
    let small = judged(&after(Some(0.0), 19.9));
    assert!(matches!(
        small[..],
        [Refusal::SmallEffectiveSample { arm: ONE, .. }]
    ));
    assert!(small[0].words(&NAMES).contains("under half"));
    for apart in [Some(-0.11), Some(0.11), None] {
        let refused = judged(&after(apart, 20.0));
        let Refusal::Unbalanced { in_what } = &refused[0] else {
            panic!("{refused:?}");
        };
        assert_eq!(in_what[..], ["band: Band 5"]);
        assert!(refused[0].words(&NAMES).contains("band: Band 5"));
    }
}

#[test]
fn a_level_of_one_arm_alone_is_named() {
    let mut cells = sound().to_vec();
    cells.extend([(ONE, 2, false, 20), (ONE, 2, true, 5)]);
    let found = run(people(&cells, &["North", "South", "East"]));
    let refused = found.adjusted.unwrap_err();
    assert_eq!(
        refused,
        [Refusal::Separated {
            by: vec!["site: East".to_owned()]
        }]
    );
    assert!(refused[0].words(&NAMES).contains("site: East"));
    // The most common level, too: then all others grow.
    let cells = [
        (ONE, 0, false, 100),
        (ONE, 0, true, 20),
        (ONE, 1, false, 30),
        (TWO, 1, false, 30),
        (TWO, 1, true, 20),
    ];
    let refused = run(people(&cells, &["North", "South"]))
        .adjusted
        .unwrap_err();
    assert_eq!(
        refused,
        [Refusal::Separated {
            by: vec!["site: South".to_owned()]
        }]
    );
}

#[test]
fn arms_that_hardly_meet_are_worth_too_little() {
    let cells = [
        (ONE, 0, false, 300),
        (ONE, 0, true, 60),
        (TWO, 0, false, 3),
        (TWO, 0, true, 2),
        (ONE, 1, false, 3),
        (ONE, 1, true, 2),
        (TWO, 1, false, 300),
        (TWO, 1, true, 60),
    ];
    let refused = run(people(&cells, &["North", "South"]))
        .adjusted
        .unwrap_err();
    let arms: Vec<&Refusal> = refused.iter().collect();
    assert!(matches!(
        arms[..],
        [
            Refusal::SmallEffectiveSample { arm: ONE, .. },
            Refusal::SmallEffectiveSample { arm: TWO, .. }
        ]
    ));
}

#[test]
fn a_characteristic_that_others_give_is_named() {
    let mut rows = people(&sound(), &["North", "South"]);
    let codes = match &rows.covariates[0].values {
        Values::Categorical { codes, .. } => codes.iter().map(|c| f64::from(*c)).collect(),
        Values::Numeric(_) => Vec::new(),
    };
    rows.covariates.push(Covariate {
        name: "southern".to_owned(),
        values: Values::Numeric(codes),
    });
    let refused = run(rows.clone()).adjusted.unwrap_err();
    let term = "southern".to_owned();
    assert_eq!(refused, [Refusal::Redundant { term }]);
    rows.covariates[1].values = Values::Numeric(vec![2026.0; 200]);
    let refused = run(rows).adjusted.unwrap_err();
    assert!(
        refused[0]
            .words(&NAMES)
            .starts_with("southern says nothing")
    );
}

#[test]
fn an_outcome_told_apart_leaves_the_primary_answer_alone() {
    // Nobody left at East, in either arm: the model of the outcome has no
    // answer there, the weights have.
    let mut cells = sound().to_vec();
    cells.extend([(ONE, 2, false, 20), (TWO, 2, false, 20)]);
    let adjusted = run(people(&cells, &["North", "South", "East"]))
        .adjusted
        .unwrap();
    assert!(adjusted.primary.difference.is_ok());
    let [
        Sensitivity::Standardised(Err(why)),
        Sensitivity::Regression(Ok(_)),
    ] = &adjusted.sensitivity[..]
    else {
        panic!("{:?}", adjusted.sensitivity);
    };
    assert!(format!("{why:?}").contains("site: East tells those who left"));
}

#[test]
fn nobody_one_arm_and_everybody_gone_give_reasons_and_no_numbers() {
    let nobody = run(Rows::default());
    assert!(nobody.unadjusted.is_err() && nobody.balance.is_none());
    assert_eq!(nobody.adjusted.unwrap_err().len(), 4);
    let one = run(people(&[(ONE, 0, true, 1)], &["North"]));
    assert!(one.unadjusted.is_err() && one.adjusted.is_err());
    let alone = run(people(&sound()[..4], &["North", "South"]));
    // Nobody left, nobody there, nobody for a term.
    assert_eq!(alone.adjusted.unwrap_err().len(), 3);
    let gone = run(people(
        &[
            (ONE, 0, true, 40),
            (ONE, 1, true, 40),
            (TWO, 0, true, 40),
            (TWO, 1, true, 40),
        ],
        &["North", "South"],
    ));
    let adjusted = gone.adjusted.unwrap();
    assert!(adjusted.primary.difference.is_err());
    assert!(adjusted.primary.staying_ratio.is_err());
    for other in &adjusted.sensitivity {
        let refused = match other {
            Sensitivity::Standardised(found) => found.is_err(),
            Sensitivity::Regression(found) | Sensitivity::Hazard(found) => found.is_err(),
        };
        assert!(refused, "{other:?}");
    }
    // Everybody in one cluster: no variance, and a reason.
    let mut rows = people(&sound(), &["North", "South"]);
    rows.clusters = Some(vec![7; 200]);
    let adjusted = run(rows).adjusted.unwrap();
    assert!(format!("{:?}", adjusted.primary.difference).contains("one cluster"));
}

#[test]
fn logistic_regression_says_why_it_has_no_answer() {
    let rows = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let of = |outcome: &[bool]| {
        let data = Data {
            width: 2,
            rows: &rows,
            outcome,
            weights: None,
        };
        fit(&data).map(|model| model.coefficients)
    };
    assert_eq!(of(&[true; 4]), Err(NotFitted::OneOutcome));
    assert_eq!(of(&[true; 3]), Err(NotFitted::Malformed));
    let apart = Err(NotFitted::Separated(vec![1]));
    assert_eq!(of(&[false, false, true, true]), apart);
    assert_eq!(of(&[false, true, true, true]), apart);
    assert!(of(&[false, true, false, true]).is_ok());
    let weights = [1.0, 0.0, 1.0, -1.0];
    let data = Data {
        width: 2,
        rows: &rows,
        outcome: &[false, true, false, true],
        weights: Some(&weights),
    };
    assert_eq!(fit(&data).map(|_| ()), Err(NotFitted::Malformed));
    // Those of weight 0 are not there: everybody else has one outcome.
    let data = Data {
        weights: Some(&[1.0, 0.0, 1.0, 0.0]),
        ..data
    };
    assert_eq!(fit(&data).map(|_| ()), Err(NotFitted::OneOutcome));
}

#[test]
fn balance_where_an_arm_has_no_spread() {
    let rows = people(
        &[(ONE, 0, false, 5), (TWO, 1, true, 5)],
        &["North", "South", "Nowhere"],
    );
    let found = balance(&Sample::new(rows).unwrap(), None).unwrap();
    assert_eq!(found.rows.len(), 2);
    assert!(
        found
            .rows
            .iter()
            .all(|row| row.before.standardised.is_none())
    );
    assert_eq!(found.effective, None);
    assert_eq!(kish([2.0; 8].into_iter()), Some(8.0));
    assert_eq!(kish([0.0; 8].into_iter()), None);
}

#[test]
fn sixty_asked_thirty_answered_21_yes_is_35_to_85_whatever_the_silent_think() {
    let asked = Answered {
        invited: 60,
        answered: 30,
        yes: 21,
    };
    let bounds = asked.bounds().unwrap();
    assert_eq!((bounds.lower, bounds.upper), (0.35, 0.85));
    let most = Share { hits: 1, n: 2 };
    // 31 of 60 are most: 10 of the 30 silent.
    assert_eq!(
        asked.more_than(most),
        Ok(Silent::Decide {
            yes: 10,
            share: 1.0 / 3.0
        })
    );
    let nine = Share { hits: 9, n: 10 };
    assert_eq!(asked.more_than(nine), Ok(Silent::Never));
    let third = Share { hits: 1, n: 3 };
    assert_eq!(asked.more_than(third), Ok(Silent::Always));
    let all = Answered {
        answered: 60,
        ..asked
    };
    assert_eq!(all.more_than(third), Ok(Silent::Always));
    assert_eq!(all.more_than(most), Ok(Silent::Never));
    for broken in [(0, 0, 0), (10, 11, 5), (10, 5, 6)] {
        let (invited, answered, yes) = broken;
        let asked = Answered {
            invited,
            answered,
            yes,
        };
        assert!(asked.bounds().is_err() && asked.more_than(most).is_err());
    }
    assert!(asked.more_than(Share { hits: 0, n: 0 }).is_err());
}

#[test]
fn those_not_known_could_all_have_left_or_stayed() {
    let (one, two) = (
        ArmCounts {
            stayed: 80,
            left: 10,
            unknown: 10,
        },
        ArmCounts {
            stayed: 60,
            left: 20,
            unknown: 20,
        },
    );
    let bounds = staying(one).unwrap();
    assert_eq!((bounds.lower, bounds.upper), (0.8, 0.9));
    assert_eq!(staying(ArmCounts::default()), None);
    let found = differences(one, two, 0.95).unwrap();
    let estimates = found.map(|(_, d)| (d.estimate * 100.0).round());
    assert_eq!(estimates, [20.0, 10.0, 0.0, 30.0]);
    assert_eq!(found[2].0, Assumption::ComparedLeft);
    assert_eq!(differences(one, ArmCounts::default(), 0.95), None);
    // The sample under the same assumptions says the same.
    let mut rows = people(&[(ONE, 0, false, 80), (ONE, 0, true, 10)], &[]);
    rows.arms.extend([ONE; 10]);
    rows.arms.extend([TWO; 100]);
    rows.left.extend([None; 10]);
    rows.left.extend([Some(false); 60]);
    rows.left.extend([Some(true); 20]);
    rows.left.extend([None; 20]);
    let sample = Sample::new(rows).unwrap();
    for (assumption, difference) in found {
        let own = compare(&sample.assuming(assumption), &SETTINGS)
            .unadjusted
            .unwrap();
        assert_eq!(own.estimate, difference.estimate);
        assert_eq!(own.interval, difference.interval);
    }
}

#[test]
fn the_tipping_point_is_where_the_sentence_changes() {
    let (one, two) = (
        ArmCounts {
            stayed: 80,
            left: 10,
            unknown: 30,
        },
        ArmCounts {
            stayed: 60,
            left: 30,
            unknown: 4,
        },
    );
    let [first, second] = tipping_points(one, two, 0.95).unwrap();
    // 10 of 90 left, so 3 of 30; 30 of 90, so 1 of 4.
    assert_eq!((first.as_others, second.as_others), (3, 1));
    assert_eq!(first.sentence, Sentence::Higher);
    let say = |gone: u64| {
        let all = Share {
            hits: 80 + 30 - gone,
            n: 120,
        };
        let other = Share { hits: 63, n: 94 };
        staywise_core::stats::difference::newcombe(all, other, 0.95).unwrap()
    };
    let tips = first.at_least.unwrap();
    assert!(say(tips).interval.lower <= 0.0 && say(tips - 1).interval.lower > 0.0);
    assert_eq!(first.at_most, None);
    assert_eq!((second.at_most, second.at_least), (None, None));
    assert_eq!(tipping_points(ArmCounts::default(), two, 0.95), None);
}
