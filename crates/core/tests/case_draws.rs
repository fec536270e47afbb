//! Draws of the business case: the same seed gives the same bits in any order
//! and on any thread, and what they say of models whose answer is known is
//! that answer, within four errors of the simulation.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

mod case_made;

use case_made::{effect, input, model};
use staywise_core::casemodel::{
    Adjustment, BATCH, Formula, Input, Model, POINTS, Part, Purse, Range, Rounding, Step, Target,
    Unit, batch, together,
};
use std::thread;
use std::time::Instant;

/// The point of the standard normal curve below which 95% lie.
const Z95: f64 = 1.644_853_626_951_472_7;
/// That below which 75% lie.
const Z75: f64 = 0.674_489_750_196_081_7;
/// That below which 97.5% lie.
const Z975: f64 = 1.959_963_984_540_054;

fn range(low: f64, central: f64, high: f64) -> Range {
    Range { low, central, high }
}

/// The net value is the sum of the inputs.
fn sum_of(inputs: Vec<Input>) -> Model {
    let parts = inputs.iter().map(|i| Formula::Value(i.name.clone()));
    let formula = Formula::Sum(parts.collect());
    net(inputs, formula)
}

fn net(inputs: Vec<Input>, formula: Formula) -> Model {
    let step = Step {
        name: "npv".to_owned(),
        label: String::new(),
        group: None,
        unit: Unit::Pounds,
        formula,
        part: Part::Answer,
        purse: Purse::Mixed,
    };
    Model::new(inputs, vec![step]).unwrap()
}

fn triangle(name: &str, (low, central, high): (f64, f64, f64)) -> Input {
    input(name, Unit::Pounds, range(low, central, high))
}

fn batches(model: &Model, seed: u64, count: u32) -> Vec<Vec<f64>> {
    (0..count)
        .map(|part| batch(model, Target::NetValue, (seed, part)))
        .collect()
}

fn bits(batches: &[Vec<f64>]) -> Vec<u64> {
    batches.iter().flatten().map(|x| x.to_bits()).collect()
}

// --- the same seed ---

#[test]
fn the_same_seed_gives_the_same_bits_in_any_order_and_on_any_thread() {
    let model = model(Some((0.01, 0.05, 0.09)), Adjustment::Attribution);
    let one = batches(&model, 42, 8);
    assert_eq!(bits(&one), bits(&batches(&model, 42, 8)));
    let mut backwards: Vec<Vec<f64>> = (0..8)
        .rev()
        .map(|part| batch(&model, Target::NetValue, (42, part)))
        .collect();
    backwards.reverse();
    assert_eq!(bits(&one), bits(&backwards));
    for threads in [2_u32, 3, 8] {
        let mut found = vec![Vec::new(); 8];
        thread::scope(|scope| {
            let model = &model;
            let drawn: Vec<_> = (0..threads)
                .map(|first| {
                    scope.spawn(move || {
                        let own = (first..8).step_by(threads as usize);
                        own.map(|part| (part, batch(model, Target::NetValue, (42, part))))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            for handle in drawn {
                for (part, draws) in handle.join().unwrap() {
                    found[part as usize] = draws;
                }
            }
        });
        assert_eq!(bits(&one), bits(&found), "{threads} threads");
        assert_eq!(together(&one), together(&found));
    }
    assert_ne!(bits(&one), bits(&batches(&model, 43, 8)));
    assert_ne!(bits(&one[..1]), bits(&one[1..2]));
}

#[test]
fn inputs_that_are_known_give_one_answer() {
    let mut plan = case_made::plan(Some((0.01, 0.05, 0.09)), Adjustment::None);
    for i in &mut plan.inputs {
        i.range = Range::fixed(i.range.central);
    }
    let model = plan.model().unwrap();
    let central = model
        .worked(&model.central(), Rounding::None)
        .get("npv")
        .unwrap();
    let drawn = batches(&model, 7, 3);
    assert!(drawn.iter().flatten().all(|x| *x == central));
    let found = together(&drawn).unwrap();
    assert_eq!(found.points, [central; 5]);
    assert_eq!(found.point_errors, [0.0; 5]);
    assert!((found.mean - central).abs() < 1e-6 && found.mean_error < 1e-6);
    assert_eq!((found.count, found.without), (3 * BATCH as usize, 0));
    let people = model.worked(&model.central(), Rounding::None);
    let people = people.get("break_even").unwrap();
    let drawn = batch(&model, Target::BreakEven, (7, 0));
    assert!(drawn.iter().all(|x| *x == people));
}

// --- what is known ---

/// The point of a triangle below which a share lies, and its height there.
fn of_triangle((a, c, b): (f64, f64, f64), p: f64) -> (f64, f64) {
    let (left, whole) = (c - a, b - a);
    if p < left / whole {
        let x = a + (p * whole * left).sqrt();
        (x, 2.0 * (x - a) / (whole * left))
    } else {
        let x = b - ((1.0 - p) * whole * (b - c)).sqrt();
        (x, 2.0 * (b - x) / (whole * (b - c)))
    }
}

#[test]
fn the_points_of_one_triangle_are_its_own() {
    for (seed, ends) in [
        (1, (0.0, 30.0, 100.0)),
        (2, (-50.0, 40.0, 50.0)),
        (3, (10.0, 10.0, 20.0)),
        (4, (10.0, 20.0, 20.0)),
    ] {
        let model = sum_of(vec![triangle("a", ends)]);
        let drawn = batches(&model, seed, 25);
        let found = together(&drawn).unwrap();
        for (at, p) in POINTS.into_iter().enumerate() {
            let (point, height) = of_triangle(ends, p);
            let error = (p * (1.0 - p) / found.count as f64).sqrt() / height;
            let off = found.points[at] - point;
            assert!(off.abs() < 4.0 * error, "{ends:?} at {p}: {off} of {error}");
        }
        let all = || drawn.iter().flatten();
        assert!(all().all(|x| (ends.0..=ends.2).contains(x)));
        // The share at or above nought, where that is known.
        if ends.0 < 0.0 {
            let below = ends.0.powi(2) / ((ends.2 - ends.0) * (ends.1 - ends.0));
            let error = (below * (1.0 - below) / found.count as f64).sqrt();
            assert!((found.share_even - (1.0 - below)).abs() < 4.0 * error);
        }
    }
}

#[test]
fn an_interval_has_its_ends_and_its_centre_at_2_5_50_and_97_5_of_100() {
    let (low, central, high) = (0.01, 0.05, 0.15);
    let model = net(
        vec![effect(low, central, high)],
        Formula::Value("effect".to_owned()),
    );
    let drawn = batches(&model, 11, 25);
    let count = f64::from(25 * BATCH);
    for (end, p) in [(low, 0.025), (central, 0.5), (high, 0.975)] {
        let below = drawn.iter().flatten().filter(|x| **x < end).count() as f64;
        let error = (p * (1.0 - p) / count).sqrt();
        let share = below / count;
        assert!((share - p).abs() < 4.0 * error, "{share} below {end}");
    }
    let found = together(&drawn).unwrap();
    let (below, above) = ((central - low) / Z975, (high - central) / Z975);
    let wanted = [
        (central - Z95 * below, below, Z95),
        (central - Z75 * below, below, Z75),
        (central + Z75 * above, above, Z75),
        (central + Z95 * above, above, Z95),
    ];
    for ((point, side, z), at) in wanted.into_iter().zip([0, 1, 3, 4]) {
        let p = POINTS[at];
        let height = f64::exp(-z * z / 2.0) / (std::f64::consts::TAU.sqrt() * side);
        let error = (p * (1.0 - p) / count).sqrt() / height;
        assert!((found.points[at] - point).abs() < 4.0 * error, "at {p}");
    }
}

#[test]
fn a_sum_has_the_sum_of_means_and_of_variances() {
    let ends = [
        (0.0, 30.0, 100.0),
        (-20.0, -5.0, 1.0),
        (3.0, 3.0, 40.0),
        (-9.0, 0.0, 9.0),
    ];
    let names = ["a", "b", "c", "d"];
    let inputs = names.iter().zip(ends).map(|(name, e)| triangle(name, e));
    let drawn = batches(&sum_of(inputs.collect()), 5, 25);
    let found = together(&drawn).unwrap();
    let mean: f64 = ends.iter().map(|(a, c, b)| (a + b + c) / 3.0).sum();
    let variance =
        |(a, c, b): &(f64, f64, f64)| (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0;
    let variance: f64 = ends.iter().map(variance).sum();
    let n = found.count as f64;
    assert!((found.mean - mean).abs() < 4.0 * (variance / n).sqrt());
    let error = (variance / n).sqrt();
    assert!((found.mean_error / error - 1.0).abs() < 0.02, "{found:?}");
    let powers = |power| {
        let all = drawn.iter().flatten();
        all.map(|x| (x - found.mean).powi(power)).sum::<f64>() / n
    };
    let error = ((powers(4) - powers(2).powi(2)) / n).sqrt();
    assert!((powers(2) - variance).abs() < 4.0 * error);
}

/// Inputs are drawn each on its own: a product's mean is that of the means.
#[test]
fn inputs_do_not_go_together() {
    let parts = ["a", "b"].map(|name| Formula::Value(name.to_owned()));
    let inputs = vec![
        triangle("a", (0.0, 30.0, 60.0)),
        triangle("b", (-10.0, 0.0, 10.0)),
    ];
    let model = net(inputs, Formula::Product(parts.into()));
    let found = together(&batches(&model, 8, 25)).unwrap();
    assert!(found.mean.abs() < 4.0 * found.mean_error, "{found:?}");
}

/// 200 runs differ as much as each says that another would.
#[test]
fn the_errors_that_are_told_are_those_of_another_run() {
    let model = sum_of(vec![triangle("a", (0.0, 30.0, 100.0))]);
    let runs: Vec<_> = (0..200_u64)
        .map(|seed| together(&batches(&model, seed, 5)).unwrap())
        .collect();
    let spread = |of: &dyn Fn(usize) -> f64| {
        let mean = (0..200).map(of).sum::<f64>() / 200.0;
        ((0..200).map(|at| (of(at) - mean).powi(2)).sum::<f64>() / 199.0).sqrt()
    };
    let told =
        |of: &dyn Fn(usize) -> f64| ((0..200).map(|at| of(at).powi(2)).sum::<f64>() / 200.0).sqrt();
    let holds = |what: &str, spread: f64, told: f64| {
        // The spread of 200 runs is itself off by one part in twenty.
        let ratio = spread / told;
        println!("{what}: the runs' spread is {ratio:.3} of the error told");
        assert!(
            (ratio - 1.0).abs() < 4.0 / (2.0_f64 * 199.0).sqrt(),
            "{what}"
        );
    };
    for (point, share) in POINTS.iter().enumerate() {
        let spread = spread(&|at| runs[at].points[point]);
        let told = told(&|at| runs[at].point_errors[point]);
        holds(&format!("point {share}"), spread, told);
    }
    let mean = spread(&|at| runs[at].mean);
    holds("mean", mean, told(&|at| runs[at].mean_error));
}

// --- what is said of draws ---

#[test]
fn points_lie_between_the_two_nearest_draws() {
    let found = together(&[vec![4.0, 1.0, 3.0], vec![2.0]]).unwrap();
    // Type 7: 3 times 0.05, 0.25, 0.5, 0.75, 0.95 past the first.
    let wanted = [1.15, 1.75, 2.5, 3.25, 3.85];
    for (found, wanted) in found.points.iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-12, "{found}");
    }
    assert_eq!((found.mean, found.count, found.share_even), (2.5, 4, 1.0));
    // The variance of 1 to 4 is 5/3, over 4.
    assert!((found.mean_error - (5.0_f64 / 12.0).sqrt()).abs() < 1e-12);
}

#[test]
fn draws_without_an_answer_are_counted_and_left_out() {
    let found = together(&[vec![f64::NAN, 1.0], vec![f64::NAN], vec![-1.0]]).unwrap();
    assert_eq!((found.count, found.without), (4, 2));
    assert_eq!((found.mean, found.share_even), (0.0, 0.5));
    assert!(found.point_errors.iter().all(|e| e.is_finite()));
    // No number is enough in one draw of three: an answer, and the worst.
    let worst = together(&[vec![1.0, f64::INFINITY], vec![2.0]]).unwrap();
    assert_eq!((worst.without, worst.points[2]), (0, 2.0));
    assert_eq!(worst.points[3..], [f64::INFINITY; 2]);
    assert!(worst.mean.is_infinite() && worst.mean_error.is_infinite());
    assert_eq!(together(&[]), None);
    assert_eq!(together(&[vec![f64::NAN], Vec::new()]), None);
    // Nobody said how it works, so that there is no net value.
    let without = model(None, Adjustment::None);
    assert_eq!(together(&batches(&without, 1, 2)), None);
    let one = together(&[vec![2.0]]).unwrap();
    assert_eq!((one.mean_error, one.points), (0.0, [2.0; 5]));
}

#[test]
fn a_hundred_thousand_draws_of_the_example_take_under_a_second() {
    let model = model(Some((0.01, 0.05, 0.09)), Adjustment::Attribution);
    let mut quickest = f64::INFINITY;
    // The best of three: another program may have the machine.
    for seed in 0..3 {
        let begun = Instant::now();
        let found = together(&batches(&model, seed, 100_000 / BATCH)).unwrap();
        quickest = quickest.min(begun.elapsed().as_secs_f64());
        assert_eq!((found.count, found.without), (100_000, 0));
        assert!(found.points.windows(2).all(|w| w[0] < w[1]));
    }
    println!("100,000 draws: {quickest:.3} s");
    // A test build is slower, and runs beside others.
    let most = if cfg!(debug_assertions) { 4.0 } else { 1.0 };
    assert!(quickest < most, "{quickest} s");
}
