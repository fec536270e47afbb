//! The guard's two comparisons by simulation with a fixed seed, and beside
//! them the comparison that it refuses. Ignored by `cargo test`; `.ci/run`
//! runs them.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use staywise_core::domain::Day;
use staywise_core::domain::tally::Ending;
use staywise_core::stats::chance::Chance;
use staywise_core::stats::cox::{Column, CoxModel, Options};
use staywise_core::stats::immortal::{
    Comparison, Placed, Post, Question, Verdict, guard, landmark, varying,
};

const REPLICATES: u64 = 2_500;
const PEOPLE: usize = 1_200;
/// A year after which 35% have left without the programme, a day.
const RATE: f64 = 0.431 / 365.0;
/// Days followed at most.
const END: f64 = 730.0;
const LANDMARK: u32 = 90;
/// Days from enrolment to completion.
const COURSE: i32 = 180;

/// A day as a whole number.
fn whole(time: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation)]
    {
        time.clamp(-100_000.0, 100_000.0) as i32
    }
}

/// What is so of everybody.
#[derive(Clone, Copy)]
struct World {
    /// The share who enrol, if they are still there.
    enrol: f64,
    /// The last day on which they do, of days from 1.
    last: f64,
    /// How many times as fast they leave from the close of that day.
    ratio: f64,
}

fn person(chance: &mut Chance, world: World) -> Post {
    let start = Day(18_000 + whole(1_000.0 * chance.fraction()));
    let enrols = chance
        .happens(world.enrol)
        .then(|| 1 + whole(world.last * chance.fraction()));
    let before = chance.waiting() / RATE;
    let after = chance.waiting() / (RATE * world.ratio);
    let leaves = match enrols {
        Some(day) if before > f64::from(day) => f64::from(day) + after,
        _ => before,
    };
    let ends = (END * (0.4 + 0.6 * chance.fraction())).ceil();
    let until = whole(leaves.ceil().min(ends));
    let left = leaves.ceil() <= ends;
    let enrolled = enrols.filter(|day| *day < until);
    Post {
        start,
        enrolled: enrolled.map(|d| start.plus(d)),
        completed: enrolled
            .filter(|day| day + COURSE < until)
            .map(|d| start.plus(d + COURSE)),
        standards: Vec::new(),
        followed_from: start,
        until: start.plus(until),
        ending: if left {
            Ending::Event
        } else {
            Ending::StillFollowed
        },
    }
}

/// Errors of a log hazard ratio over the replicates.
#[derive(Default)]
struct Seen {
    errors: Vec<f64>,
    held: u32,
}

impl Seen {
    fn add(&mut self, rows: &[Placed], truth: f64) {
        let spells: Vec<_> = rows.iter().map(Placed::followed).collect();
        let arm: Vec<f64> = rows.iter().map(|r| f64::from(r.arm)).collect();
        let column = Column {
            term: "programme",
            level: None,
            values: &arm,
        };
        let model = CoxModel::new(&spells, &[column]).unwrap();
        let fit = model.fit(Options::default()).unwrap();
        let found = &fit.coefficients[0];
        self.errors.push(found.estimate - truth);
        let holds = found.interval.lower.ln() <= truth && truth <= found.interval.upper.ln();
        self.held += u32::from(holds);
    }

    /// Mean error, its Monte Carlo standard error, and coverage.
    fn told(&self, what: &str) -> (f64, f64, f64) {
        let n = self.errors.len() as f64;
        let mean = self.errors.iter().sum::<f64>() / n;
        let square = self.errors.iter().map(|e| (e - mean).powi(2)).sum::<f64>();
        let error = (square / (n - 1.0) / n).sqrt();
        let held = f64::from(self.held) / n;
        println!("{what}: mean error {mean:.4} (Monte Carlo error {error:.4}), coverage {held:.4}");
        (mean, error, held)
    }

    fn assert_sound(&self, what: &str) {
        let (mean, error, held) = self.told(what);
        assert!(mean.abs() <= 2.0 * error, "{what}: {mean} and {error}");
        assert!((0.94..=0.96).contains(&held), "{what}: {held}");
    }
}

/// The comparison the guard refuses: who completed against the rest, from the
/// start.
fn naive(people: &[Post]) -> Vec<Placed> {
    people
        .iter()
        .enumerate()
        .map(|(person, post)| Placed {
            person,
            arm: u32::from(post.completed.is_some()),
            from: -1,
            to: post.until.0 - post.start.0,
            event: post.ending == Ending::Event,
        })
        .collect()
}

fn simulated(world: World, seed: u64) {
    let truth = world.ratio.ln();
    let mut seen = [(); 3].map(|()| Seen::default());
    for replicate in 0..REPLICATES {
        let mut chance = Chance::new(seed, replicate);
        let people: Vec<Post> = (0..PEOPLE).map(|_| person(&mut chance, world)).collect();
        for comparison in [Comparison::ByEnrolment, Comparison::ByCompletion] {
            let verdict = guard(&people, Question::new(comparison, LANDMARK)).unwrap();
            assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
        }
        let still = landmark(&people, Comparison::ByEnrolment, LANDMARK).unwrap();
        seen[0].add(&still.rows, truth);
        let parts = varying(&people, Comparison::ByEnrolment).unwrap();
        seen[1].add(&parts.rows, truth);
        seen[2].add(&naive(&people), truth);
    }
    println!(
        "hazard ratio {}, {REPLICATES} replicates of {PEOPLE} people",
        world.ratio
    );
    seen[0].assert_sound("landmark");
    seen[1].assert_sound("exposure from its day");
    let (mean, error, held) = seen[2].told("completers against the rest from day 0");
    assert!(mean < -0.5 && mean < -20.0 * error && held < 0.1);
}

#[test]
#[ignore = "long"]
fn without_an_effect_none_is_found() {
    // Enrolment goes on after the landmark: those are of arm 0 on it. By the
    // landmark half have enrolled; with unequal arms the estimate of highest
    // likelihood leans a little by itself, as docs/methods/immortal-time.md
    // says.
    let world = World {
        enrol: 0.7,
        last: 126.0,
        ratio: 1.0,
    };
    simulated(world, 1);
}

#[test]
#[ignore = "long"]
fn a_hazard_ratio_of_7_in_10_is_recovered() {
    // All enrol by the landmark, so that the ratio after it is the planted
    // one.
    let world = World {
        enrol: 0.5,
        last: f64::from(LANDMARK),
        ratio: 0.7,
    };
    simulated(world, 2);
}
