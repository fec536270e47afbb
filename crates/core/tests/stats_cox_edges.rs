//! Cox's model at its ends: nobody, one, nobody left, everybody left, one
//! group, ties everywhere, entry on the day of a leaving, no follow-up,
//! columns that say nothing or everything. Expected values are worked by hand.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use staywise_core::domain::Unknown;
use staywise_core::stats::cox::{
    Caution, Column, CoxFit, CoxModel, Errors, Followed, Options, Refused, Ties,
};

fn column<'a>(term: &'a str, values: &'a [f64]) -> Column<'a> {
    Column {
        term,
        level: None,
        values,
    }
}

fn fit_of(rows: &[Followed], columns: &[Column]) -> Result<CoxFit, Refused> {
    CoxModel::new(rows, columns)?.fit(Options::default())
}

fn until(days: &[(i32, bool)]) -> Vec<Followed> {
    days.iter().map(|(d, e)| Followed::until(*d, *e)).collect()
}

fn refused(rows: &[Followed], columns: &[Column]) -> Refused {
    match fit_of(rows, columns) {
        Err(refused) => refused,
        Ok(fit) => panic!("{fit:?}"),
    }
}

/// Leavings in the order 0, 1, 0, 1 of two and two.
const FOUR: [(i32, bool); 4] = [(1, true), (3, true), (2, true), (4, true)];
const HALVES: [f64; 4] = [0.0, 0.0, 1.0, 1.0];

fn by_hand() -> f64 {
    (17.0_f64.sqrt() - 1.0) / 8.0
}

#[test]
fn four_people_by_hand() {
    // Order of leaving: 0, 1, 0, 1. With r the hazard ratio the likelihood is
    // 1/(2+2r) * r/(1+2r) * 1/(1+r): its slope is 0 where
    // 2r/(1+r) + 2r/(1+2r) = 1, that is 4r^2 + r - 1 = 0.
    let r = by_hand();
    let fit = fit_of(&until(&FOUR), &[column("completed", &HALVES)]).unwrap();
    let found = &fit.coefficients[0];
    assert!((found.hazard_ratio - r).abs() < 1e-12, "{found:?}");
    let information = 2.0 * r / (1.0 + r).powi(2) + 2.0 * r / (1.0 + 2.0 * r).powi(2);
    let error = information.sqrt().recip();
    assert!((found.std_err - error).abs() < 1e-12);
    assert_eq!((fit.rows, fit.events, fit.set_aside), (4, 4, 0));
    let few = Caution::FewEvents {
        events: 4,
        columns: 1,
    };
    assert_eq!(fit.cautions, [few]);
}

#[test]
fn nobody_one_and_nobody_left() {
    let none: [f64; 0] = [];
    assert_eq!(refused(&[], &[column("x", &none)]), Refused::NobodyFollowed);
    let one = until(&[(5, true)]);
    let same = Refused::SameForAll("x".into());
    assert_eq!(refused(&one, &[column("x", &[1.0])]), same);
    let stayed = until(&[(5, false), (6, false)]);
    let refusal = refused(&stayed, &[column("x", &[0.0, 1.0])]);
    assert_eq!(refusal, Refused::NobodyLeft);
    assert_eq!(
        Unknown::from(refusal),
        Unknown::TooFew("nobody left".into())
    );
    assert_eq!(refused(&one, &[]), Refused::NothingToCompare);
}

#[test]
fn what_is_not_followed_is_set_aside_and_counted() {
    let mut rows = until(&FOUR);
    rows.push(Followed {
        from: 3,
        ..Followed::until(3, true)
    });
    rows.push(Followed {
        weight: 0.0,
        ..Followed::until(9, true)
    });
    let values = [0.0, 0.0, 1.0, 1.0, 1.0, 0.0];
    let fit = fit_of(&rows, &[column("completed", &values)]).unwrap();
    assert_eq!((fit.rows, fit.events, fit.set_aside), (4, 4, 2));
    assert!((fit.coefficients[0].hazard_ratio - by_hand()).abs() < 1e-12);
    let gone = [Followed {
        from: 5,
        ..Followed::until(4, true)
    }];
    assert_eq!(
        refused(&gone, &[column("x", &[1.0])]),
        Refused::NobodyFollowed
    );
}

#[test]
fn who_enters_on_the_day_of_a_leaving_is_not_at_risk_on_it() {
    // A fifth, who enters on day 1 or just before it.
    let with = |from| {
        let mut rows = until(&FOUR);
        rows.push(Followed {
            from,
            ..Followed::until(9, false)
        });
        let values = [0.0, 0.0, 1.0, 1.0, 1.0];
        let model = CoxModel::new(&rows, &[column("x", &values)]).unwrap();
        let fit = model.fit(Options::default()).unwrap();
        model.baseline(&fit).unwrap()[0].at_risk
    };
    assert_eq!((with(1), with(0), with(2)), (4, 5, 4));
}

#[test]
fn who_leaves_on_day_0_counts() {
    let rows = until(&[(0, true), (0, false), (4, true), (5, true)]);
    let fit = fit_of(&rows, &[column("x", &[0.0, 1.0, 1.0, 0.0])]).unwrap();
    assert_eq!((fit.events, fit.set_aside), (3, 0));
}

#[test]
fn everyone_on_one_day() {
    // Efron's slope at 0 is 0 where both groups leave alike; Breslow's too.
    let rows = until(&[(7, true); 4]);
    for ties in [Ties::Efron, Ties::Breslow] {
        let model = CoxModel::new(&rows, &[column("x", &HALVES)]).unwrap();
        let options = Options {
            ties,
            ..Options::default()
        };
        let fit = model.fit(options).unwrap();
        assert!(fit.coefficients[0].estimate.abs() < 1e-12);
        assert!((fit.coefficients[0].p - 1.0).abs() < 1e-9);
        assert_eq!(model.proportional(&fit), Err(Refused::TooFewDays));
        assert_eq!(model.concordance(&fit), Err(Refused::NoPairs));
    }
}

#[test]
fn a_level_without_leavers_is_named() {
    let rows = until(&[(1, true), (2, true), (3, false), (4, false)]);
    let values = [0.0, 0.0, 1.0, 1.0];
    let column = Column {
        term: "site",
        level: Some("North"),
        values: &values,
    };
    let refusal = refused(&rows, &[column]);
    assert_eq!(
        refusal.to_string(),
        "nobody left among those with site: North at 1"
    );
    let turned = [1.0, 1.0, 0.0, 0.0];
    let refusal = refused(
        &rows,
        &[Column {
            values: &turned,
            ..column
        }],
    );
    assert_eq!(
        refusal.to_string(),
        "nobody left among those with site: North at 0"
    );
}

#[test]
fn what_tells_exactly_who_left_is_refused() {
    // The older, the sooner: always the oldest of those still there.
    let rows: Vec<Followed> = (1..30).map(|d| Followed::until(d, true)).collect();
    let age: Vec<f64> = (1..30).map(|d| 60.0 - f64::from(d)).collect();
    let other: Vec<f64> = (1..30).map(|d| f64::from(d * 7 % 5)).collect();
    let columns = [column("other", &other), column("age", &age)];
    assert_eq!(refused(&rows, &columns), Refused::NoEnd("age".into()));
    // The first of three levels has no leavers: the other two run together.
    let rows = until(&[
        (1, true),
        (2, true),
        (3, true),
        (4, true),
        (4, false),
        (5, false),
    ]);
    let (second, third) = (
        [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
    );
    let refusal = refused(&rows, &[column("b", &second), column("c", &third)]);
    assert!(matches!(refusal, Refused::NoEnd(_)), "{refusal:?}");
    // Both values leave, but all of the one before any of the other.
    let rows = until(&[(1, true), (2, true), (8, true), (9, true)]);
    let refusal = refused(&rows, &[column("x", &HALVES)]);
    assert_eq!(refusal, Refused::NoEnd("x".into()));
}

#[test]
fn columns_that_others_give_are_named() {
    let rows: Vec<Followed> = (1..9).map(|d| Followed::until(d, true)).collect();
    let north = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0];
    let south: Vec<f64> = north.iter().map(|v| 1.0 - v).collect();
    let age = [30.0, 41.0, 28.0, 55.0, 39.0, 60.0, 22.0, 33.0];
    let columns = [
        column("north", &north),
        column("age", &age),
        column("south", &south),
    ];
    let refusal = refused(&rows, &columns);
    assert_eq!(refusal, Refused::GivenByOthers("south".into()));
    // The same for all but those who were gone before anyone left.
    let mut rows = rows;
    rows.push(Followed::until(0, false));
    let gone: Vec<f64> = (0..9)
        .map(|i| if i == 8 { 3.5 } else { f64::from(i % 2) })
        .collect();
    let age = [30.0, 41.0, 28.0, 55.0, 39.0, 60.0, 22.0, 33.0, 70.0];
    let twice: Vec<f64> = (0..9).map(|i| 2.0 * gone[i] + f64::from(i == 8)).collect();
    let columns = [
        column("age", &age),
        column("gone", &gone),
        column("twice", &twice),
    ];
    let refusal = refused(&rows, &columns);
    assert_eq!(refusal, Refused::GivenByOthers("twice".into()));
}

#[test]
fn a_column_that_differs_only_when_nobody_leaves_is_named() {
    // It differs in one who was gone before anyone left.
    let mut rows: Vec<Followed> = (1..9).map(|d| Followed::until(d, true)).collect();
    rows.push(Followed::until(0, false));
    let age = [30.0, 41.0, 28.0, 55.0, 39.0, 60.0, 22.0, 33.0, 41.0];
    let gone: Vec<f64> = (0..9).map(|i| 0.1 + 0.7 * f64::from(i / 8)).collect();
    let third = [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.7];
    let mut columns = [column("age", &age), column("gone", &third)];
    let nobody = Refused::LevelWithoutLeavers("gone".into(), "0.7".into());
    assert_eq!(refused(&rows, &columns), nobody);
    // And in one who entered when all others were gone.
    rows.push(Followed {
        from: 8,
        ..Followed::until(9, true)
    });
    let age: Vec<f64> = age.iter().copied().chain([50.0]).collect();
    let gone: Vec<f64> = gone.into_iter().chain([0.8]).collect();
    columns = [column("age", &age), column("gone", &gone)];
    let same = Refused::SameWheneverAnyoneLeft("gone".into());
    assert_eq!(refused(&rows, &columns), same);
}

#[test]
fn clusters_that_say_the_same_leave_nothing_to_be_sure_by() {
    let rows: Vec<Followed> = (0..8)
        .map(|i| Followed {
            cluster: i / 4,
            ..Followed::until(7, true)
        })
        .collect();
    let values = [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0];
    let model = CoxModel::new(&rows, &[column("x", &values)]).unwrap();
    let options = Options {
        errors: Errors::Clustered,
        ..Options::default()
    };
    assert_eq!(model.fit(options), Err(Refused::NoSpread("x".into())));
}

#[test]
fn numbers_that_are_none_are_refused() {
    let rows = until(&FOUR);
    let columns = |values| [column("x", values)];
    let nan = [0.0, 1.0, f64::NAN, 1.0];
    assert_eq!(
        refused(&rows, &columns(&nan)),
        Refused::NotANumber("x".into())
    );
    let huge = [f64::MAX, -f64::MAX, 0.0, 1.0];
    assert_eq!(
        refused(&rows, &columns(&huge)),
        Refused::NotANumber("x".into())
    );
    let short = [0.0, 1.0];
    assert_eq!(
        refused(&rows, &columns(&short)),
        Refused::WrongLength("x".into())
    );
    let mut weighed = rows.clone();
    weighed[1].weight = -1.0;
    assert_eq!(refused(&weighed, &columns(&HALVES)), Refused::NotAWeight);
    // A step of a whole unit where people differ by millionths of one.
    let tiny: Vec<f64> = HALVES.iter().map(|v| v * 1e-6).collect();
    assert_eq!(
        refused(&rows, &columns(&tiny)),
        Refused::UnitTooLarge("x".into())
    );
    let model = CoxModel::new(&rows, &columns(&HALVES)).unwrap();
    for level in [0.0, 1.0, f64::NAN] {
        let options = Options {
            level,
            ..Options::default()
        };
        assert_eq!(model.fit(options), Err(Refused::NotALevel));
    }
    let options = Options {
        errors: Errors::Clustered,
        ..Options::default()
    };
    assert_eq!(model.fit(options), Err(Refused::OneCluster));
}

#[test]
fn strata_in_which_nobody_left_change_nothing() {
    let rows = until(&FOUR);
    let one = fit_of(&rows, &[column("x", &HALVES)]).unwrap();
    let mut more = rows;
    for stratum in [0, 7] {
        more.push(Followed {
            stratum: stratum + 1,
            from: 2,
            ..Followed::until(9, false)
        });
    }
    let values = [0.0, 0.0, 1.0, 1.0, 1.0, 0.0];
    let model = CoxModel::new(&more, &[column("x", &values)]).unwrap();
    let fit = model.fit(Options::default()).unwrap();
    let gap = fit.coefficients[0].estimate - one.coefficients[0].estimate;
    assert!(gap.abs() < 1e-12);
    assert_eq!(model.baseline(&fit).unwrap().len(), 4);
}

#[test]
fn weights_are_people_who_are_there_so_often() {
    // Breslow's likelihood with a weight of 2 is that of two people.
    let rows = until(&[(1, true), (3, true), (2, true), (4, true), (3, false)]);
    let values = [0.0, 0.0, 1.0, 1.0, 1.0];
    let (mut weighed, mut twice, mut double) = (rows.clone(), rows.clone(), values.to_vec());
    weighed[2].weight = 2.0;
    twice.push(rows[2]);
    double.push(values[2]);
    let fit = |rows: &[Followed], values: &[f64]| {
        let model = CoxModel::new(rows, &[column("x", values)]).unwrap();
        let ties = Ties::Breslow;
        let fit = model
            .fit(Options {
                ties,
                ..Options::default()
            })
            .unwrap();
        (fit.coefficients[0].estimate, fit.coefficients[0].std_err)
    };
    let (one, other) = (fit(&weighed, &values), fit(&twice, &double));
    assert!((one.0 - other.0).abs() < 1e-12 && (one.1 - other.1).abs() < 1e-12);
}

#[test]
fn the_same_input_gives_the_same_bits() {
    let fit = || fit_of(&until(&FOUR), &[column("x", &HALVES)]).unwrap();
    assert_eq!(fit(), fit());
}
