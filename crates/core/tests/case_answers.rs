//! What a business case answers beside its steps: which input moves it most,
//! its worst and best, where it turns, when it has paid for itself, what may
//! be said of it and what is held back. Small models whose answers can be
//! done in the head stand beside the example.
#![allow(clippy::unwrap_used)]

mod case_made;

use case_made::{input, model, plan};
use staywise_core::casemodel::{
    Adjustment, Effect, Formula, Grade, HeldBack, Input, Model, Part, Plan, Purse, Range, Rounding,
    SetBy, Spread, Step, Target, Turn, Unit, Verdict, Withheld, batch, drivers, payback, scenarios,
    switching, together, tornado, verdict, withheld,
};

fn range(low: f64, central: f64, high: f64) -> Range {
    Range { low, central, high }
}

fn of(name: &str) -> Formula {
    Formula::Value(name.to_owned())
}

fn step(name: &str, formula: Formula) -> Step {
    Step {
        name: name.to_owned(),
        label: name.to_owned(),
        group: None,
        unit: Unit::Pounds,
        formula,
        part: Part::Answer,
        purse: Purse::Mixed,
    }
}

/// The net value as a sum of so many times each input.
fn linear(parts: &[(&str, f64, Range)]) -> Model {
    let inputs = parts.iter().map(|(name, _, r)| Input {
        spread: Spread::Triangle,
        ..input(name, Unit::Pounds, *r)
    });
    let terms = parts.iter();
    let terms =
        terms.map(|(name, times, _)| Formula::Product(vec![Formula::Number(*times), of(name)]));
    let net = step("npv", Formula::Sum(terms.collect()));
    Model::new(inputs.collect(), vec![net]).unwrap()
}

fn near(one: f64, other: f64) {
    let most = 1e-9 * other.abs().max(1.0);
    assert!((one - other).abs() <= most, "{one}, not {other}");
}

// --- the tornado, what drives, and the scenarios ---

#[test]
fn bars_are_sorted_by_swing_and_equal_ones_by_name() {
    let model = linear(&[
        ("pear", 1.0, range(0.0, 1.0, 4.0)),
        ("apple", -2.0, range(1.0, 2.0, 3.0)),
        ("known", 5.0, Range::fixed(3.0)),
        ("idle", 0.0, range(0.0, 5.0, 9.0)),
        ("fig", 3.0, range(0.0, 1.0, 2.0)),
    ]);
    let bars = tornado(&model, Target::NetValue);
    let names: Vec<&str> = bars.iter().map(|b| b.input.as_str()).collect();
    // Fig swings by 6, apple and pear by 4; the other two by nothing.
    assert_eq!(names, ["fig", "apple", "pear"]);
    // Centre: 1 - 4 + 15 + 3.
    let ends: Vec<(f64, f64)> = bars.iter().map(|b| (b.at_low, b.at_high)).collect();
    assert_eq!(ends, [(12.0, 18.0), (17.0, 13.0), (14.0, 18.0)]);
}

#[test]
fn each_bar_is_the_example_worked_again_with_one_input_moved() {
    let model = model(Some((0.01, 0.05, 0.09)), Adjustment::Attribution);
    for target in [Target::NetValue, Target::BreakEven] {
        let bars = tornado(&model, target);
        assert!(bars.windows(2).all(|w| w[0].swing() >= w[1].swing()));
        for bar in &bars {
            let place = model.place(&bar.input).unwrap();
            let at = |to: f64| {
                let mut inputs = model.central();
                inputs[place] = to;
                let values = model.worked(&inputs, Rounding::None);
                values.get(target.step()).unwrap()
            };
            let r = model.inputs[place].range;
            near(bar.at_low, at(r.low));
            near(bar.at_high, at(r.high));
        }
        let moving = bars.iter().filter(|b| b.swing() > 1e-9).count();
        assert_eq!(moving, bars.len());
    }
    // How many must stay does not rest on the difference that was found.
    let bars = tornado(&model, Target::BreakEven);
    let idle = ["effect", "attribution", "optimism_bias"];
    assert!(bars.iter().all(|b| !idle.contains(&b.input.as_str())));
    assert_eq!(bars[0].input, "cover_rate");
}

#[test]
fn drivers_are_the_fewest_that_make_nine_tenths_of_the_squares() {
    let swings = |swings: &[(&str, f64)]| {
        let parts: Vec<(&str, f64, Range)> = swings
            .iter()
            .map(|(name, s)| (*name, *s, range(0.0, 0.5, 1.0)))
            .collect();
        let bars = tornado(&linear(&parts), Target::NetValue);
        drivers(&bars)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    // 36 of 40 is nine tenths; 36 of 41 is less.
    assert_eq!(swings(&[("a", 6.0), ("b", 2.0)]), ["a"]);
    assert_eq!(swings(&[("a", 6.0), ("b", 2.0), ("c", 1.0)]), ["a", "b"]);
    assert_eq!(swings(&[("a", 1.0), ("b", 1.0)]), ["a", "b"]);
    assert!(swings(&[]).is_empty());
}

#[test]
fn the_worst_has_every_input_at_its_worse_end() {
    let model = linear(&[
        ("good", 2.0, range(1.0, 2.0, 4.0)),
        ("bad", -3.0, range(0.0, 1.0, 5.0)),
    ]);
    let found = scenarios(&model, Target::NetValue).unwrap();
    assert_eq!((found.worst, found.central, found.best), (-13.0, 1.0, 8.0));

    let example = case_made::model(Some((0.01, 0.05, 0.09)), Adjustment::None);
    let net = scenarios(&example, Target::NetValue).unwrap();
    assert!(net.worst < net.central && net.central < net.best);
    let people = scenarios(&example, Target::BreakEven).unwrap();
    assert!(people.best < people.central && people.central < people.worst);
    for bar in tornado(&example, Target::BreakEven) {
        assert!(
            people.worst >= bar.at_low.max(bar.at_high) - 1e-9,
            "{}",
            bar.input
        );
        assert!(
            people.best <= bar.at_low.min(bar.at_high) + 1e-9,
            "{}",
            bar.input
        );
    }
}

#[test]
fn without_an_answer_there_is_no_bar_and_no_scenario() {
    let model = model(None, Adjustment::None);
    assert!(tornado(&model, Target::NetValue).is_empty());
    assert_eq!(scenarios(&model, Target::NetValue), None);
    assert_eq!(switching(&model, "vacancy_weeks", (0.0, 52.0)), None);
    assert_eq!(payback(&model, 3), None);
    assert!(!tornado(&model, Target::BreakEven).is_empty());
}

/// A programme of 100 and a leaver who costs 40, less what is not paid.
fn leaver_who_may_cost_nothing(unpaid: Range) -> Model {
    let unpaid = Input {
        spread: Spread::Triangle,
        ..input("unpaid", Unit::Pounds, unpaid)
    };
    let steps = vec![
        step("pv_cost", Formula::Number(100.0)),
        step("leaver_mean", Formula::Number(40.0).less(of("unpaid"))),
        step("break_even", of("pv_cost").over(of("leaver_mean"))),
    ];
    Model::new(vec![unpaid], steps).unwrap()
}

#[test]
fn where_a_leaver_costs_less_than_nothing_no_number_is_enough() {
    let model = leaver_who_may_cost_nothing(range(0.0, 20.0, 60.0));
    let found = scenarios(&model, Target::BreakEven).unwrap();
    assert_eq!((found.best, found.central), (2.5, 5.0));
    assert_eq!(found.worst, f64::INFINITY);
    let bars = tornado(&model, Target::BreakEven);
    assert_eq!((bars[0].at_low, bars[0].at_high), (2.5, f64::INFINITY));
    assert_eq!(drivers(&bars), ["unpaid"]);

    let drawn = together(&[batch(&model, Target::BreakEven, (1, 0))]).unwrap();
    assert_eq!(drawn.without, 0);
    // Unpaid is over 40, and nothing is enough, in 400 / 2,400 of draws.
    assert!(drawn.points[..3].iter().all(|p| *p > 0.0 && p.is_finite()));
    assert_eq!(drawn.points[4], f64::INFINITY);
    assert!(drawn.points.windows(2).all(|pair| pair[0] <= pair[1]));
    assert!(drawn.point_errors.iter().all(|e| !e.is_nan()));
}

// --- where it turns ---

#[test]
fn an_input_at_its_switching_value_gives_nothing() {
    let mut plan = plan(Some((0.02, 0.12, 0.2)), Adjustment::None);
    for i in &mut plan.inputs {
        match i.slug.as_str() {
            "study_days" | "preceptor_hours" => i.range = Range::fixed(0.0),
            "preceptee_hours" => i.range = range(7.5, 15.0, 30.0),
            "lead_fte" => i.range = range(0.05, 0.1, 0.5),
            _ => {}
        }
    }
    let model = plan.model().unwrap();
    let mut turned = 0;
    for i in &model.inputs {
        let most = if i.unit == Unit::Share {
            1.0
        } else {
            200_000.0
        };
        let Some(Turn::At(value)) = switching(&model, &i.name, (0.0001, most)) else {
            continue;
        };
        turned += 1;
        let mut inputs = model.central();
        inputs[model.place(&i.name).unwrap()] = value;
        let net = model.worked(&inputs, Rounding::None).get("npv").unwrap();
        assert!(net.abs() < 1e-4, "{} at {value}: {net}", i.name);
    }
    assert!(turned >= 10, "{turned}");
}

#[test]
fn a_turn_is_found_at_the_ends_too_and_never_beyond_them() {
    let model = linear(&[
        ("a", 2.0, range(0.0, 5.0, 9.0)),
        ("b", -1.0, range(0.0, 4.0, 9.0)),
    ]);
    assert_eq!(switching(&model, "a", (2.0, 9.0)), Some(Turn::At(2.0)));
    assert_eq!(switching(&model, "a", (0.0, 2.0)), Some(Turn::At(2.0)));
    assert_eq!(switching(&model, "a", (2.5, 9.0)), Some(Turn::Never));
    match switching(&model, "b", (0.0, 100.0)) {
        Some(Turn::At(value)) => near(value, 10.0),
        other => unreachable!("{other:?}"),
    }
    assert_eq!(switching(&model, "b", (0.0, 9.0)), Some(Turn::Never));
    assert_eq!(switching(&model, "c", (0.0, 9.0)), None);
}

// --- when it has paid for itself ---

/// Years with the given net values.
fn nets(of_years: &[f64]) -> Model {
    let steps = of_years.iter().enumerate();
    let steps = steps.map(|(at, net)| step(&format!("net_{}", at + 1), Formula::Number(*net)));
    Model::new(Vec::new(), steps.collect()).unwrap()
}

#[test]
fn payback_is_when_the_balance_rises_to_nothing_for_good() {
    for (of_years, wanted) in [
        (&[5.0, 1.0][..], Some(0.0)),
        (&[0.0, 0.0][..], Some(0.0)),
        // 30 of 60 owed are made up half way through the second year.
        (&[-30.0, 60.0, 60.0][..], Some(1.5)),
        (&[-30.0, 30.0][..], Some(2.0)),
        (&[-30.0, 10.0, 10.0][..], None),
        (&[-30.0, 10.0, 40.0][..], Some(2.5)),
        // It pays, falls back and stays there; or comes back.
        (&[10.0, -20.0][..], None),
        (&[10.0, -20.0, 5.0][..], None),
        (&[10.0, -20.0, 40.0][..], Some(2.25)),
        (&[-10.0, 20.0, -30.0, 40.0][..], Some(3.5)),
        (&[-10.0, 20.0, -5.0][..], Some(1.5)),
        (&[][..], None),
    ] {
        let years = u16::try_from(of_years.len()).unwrap();
        assert_eq!(payback(&nets(of_years), years), wanted, "{of_years:?}");
    }
    assert_eq!(payback(&nets(&[-1.0]), 2), None, "a year that is not there");
}

// --- what it comes to ---

/// A programme of study fees alone that saves leavers who cost their advert
/// alone: `fee` a preceptee against `leaver` a leaver, over one year.
fn plain(fee: f64, leaver: f64, people: f64, effect: Option<(f64, f64, f64)>) -> Plan {
    let mut made = plan(effect, Adjustment::None);
    made.years = 1;
    made.inputs
        .retain(|i| !matches!(i.slug.as_str(), "reach_2" | "reach_3"));
    for i in &mut made.inputs {
        i.range = match i.slug.as_str() {
            "preceptees" => Range::fixed(people),
            "study_fee" => Range::fixed(fee),
            "advert" => Range::fixed(leaver),
            "reach_1" => Range::fixed(1.0),
            "effect" | "pay" | "on_costs" | "contract_hours" | "discount_rate" => i.range,
            _ => Range::fixed(0.0),
        };
    }
    made
}

fn judged(plan: Plan, leavers: Option<f64>) -> Option<Verdict> {
    let how = (plan.effect, plan.adjustment);
    verdict(&plan.model().unwrap(), how, leavers)
}

#[test]
fn each_verdict_is_told_from_what_is_needed_and_the_interval() {
    // 60 at 1,000 against leavers of 20,000: three must stay, one in twenty.
    let with = |effect| judged(plain(1_000.0, 20_000.0, 60.0, effect), Some(12.0)).unwrap();
    let needed = 3.0;
    assert_eq!(with(None), Verdict::PaysIf { needed });
    assert_eq!(with(Some((0.06, 0.1, 0.2))), Verdict::Pays { needed });
    assert_eq!(with(Some((0.05, 0.1, 0.2))), Verdict::Pays { needed });
    assert_eq!(with(Some((0.01, 0.1, 0.2))), Verdict::MayPay { needed });
    assert_eq!(with(Some((0.01, 0.03, 0.05))), Verdict::MayPay { needed });
    assert_eq!(
        with(Some((0.01, 0.02, 0.04))),
        Verdict::DoesNotPay { needed }
    );
    assert_eq!(
        with(Some((-0.2, -0.1, -0.05))),
        Verdict::DoesNotPay { needed }
    );
    for spans in [(-0.02, 0.1, 0.2), (0.0, 0.1, 0.2), (-0.2, -0.1, 0.0)] {
        assert_eq!(with(Some(spans)), Verdict::CannotTell { needed });
    }
    let people = |v: Verdict| v.people();
    assert_eq!(people(with(None)), Some(3.0));
    let free = judged(plain(0.0, 20_000.0, 60.0, None), None).unwrap();
    assert_eq!((free, people(free)), (Verdict::Free, None));
    let nothing = judged(plain(10.0, 0.0, 60.0, None), None).unwrap();
    assert_eq!((nothing, people(nothing)), (Verdict::NothingToSave, None));
    // Nobody takes part in a programme that costs something.
    let mut nobody = plain(10.0, 10.0, 0.0, None);
    for i in nobody
        .inputs
        .iter_mut()
        .filter(|i| i.slug == "yearly_other")
    {
        i.range = Range::fixed(100.0);
    }
    assert_eq!(judged(nobody, None), None);
}

#[test]
fn funding_of_all_of_it_makes_it_free() {
    let mut paid = plain(1_000.0, 20_000.0, 60.0, None);
    let funding = paid.inputs.iter_mut().find(|i| i.slug == "funding");
    funding.unwrap().range = Range::fixed(1_000.0);
    assert_eq!(judged(paid, Some(1.0)), Some(Verdict::Free));
}

#[test]
fn ten_preceptees_and_two_leavers_cannot_pay_for_more_than_two_leavers_cost() {
    // 10 at 1,001 against leavers of 5,000: a little over two.
    let found = judged(plain(1_001.0, 5_000.0, 10.0, None), Some(2.0)).unwrap();
    match found {
        Verdict::CannotPay { needed, leavers } => {
            near(needed, 2.002);
            assert_eq!((leavers, found.people()), (2.0, Some(3.0)));
        }
        other => unreachable!("{other:?}"),
    }
    // Just what two cost can be had, and it does not matter what was found.
    let just = judged(plain(1_000.0, 5_000.0, 10.0, None), Some(2.0)).unwrap();
    assert_eq!(just, Verdict::PaysIf { needed: 2.0 });
    let found = judged(
        plain(1_001.0, 5_000.0, 10.0, Some((0.3, 0.4, 0.5))),
        Some(2.0),
    );
    assert!(matches!(found, Some(Verdict::CannotPay { .. })));
    let unknown = judged(plain(1_001.0, 5_000.0, 10.0, None), None);
    assert!(matches!(unknown, Some(Verdict::PaysIf { .. })));
    // Nor can more stay than there are.
    let beyond = judged(plain(5_001.0, 5_000.0, 10.0, None), None);
    assert!(matches!(
        beyond,
        Some(Verdict::CannotPay { leavers: 10.0, .. })
    ));
}

#[test]
fn the_share_that_is_credited_counts_before_it_pays() {
    let mut half = plain(1_000.0, 20_000.0, 60.0, Some((0.06, 0.1, 0.2)));
    half.adjustment = Adjustment::Attribution;
    for i in &mut half.inputs {
        if i.slug == "attribution" {
            i.range = range(0.25, 0.5, 1.0);
        }
    }
    assert_eq!(judged(half, None), Some(Verdict::MayPay { needed: 3.0 }));
}

/// The lower end is what is counted; the interval is still what it was.
#[test]
fn the_lower_end_of_an_interval_that_spans_nothing_cannot_tell() {
    for low in [-0.02, 0.0] {
        let mut lower = plain(1_000.0, 20_000.0, 60.0, Some((low, 0.1, 0.2)));
        lower.adjustment = Adjustment::LowerEnd;
        let model = lower.clone().model().unwrap();
        assert!(model.range("effect").unwrap().is_fixed());
        assert_eq!(
            judged(lower, None),
            Some(Verdict::CannotTell { needed: 3.0 })
        );
        let held = withheld(&model, &tornado(&model, Target::NetValue), Effect::Measured);
        assert_eq!(held.probability, Some(Withheld::SpansNought));
        assert_eq!(held.per_stayer, Some(Withheld::SpansNought));
    }
    let with = |effect| {
        let mut lower = plain(1_000.0, 20_000.0, 60.0, Some(effect));
        lower.adjustment = Adjustment::LowerEnd;
        judged(lower, None).unwrap()
    };
    assert_eq!(with((0.06, 0.1, 0.2)), Verdict::Pays { needed: 3.0 });
    assert_eq!(with((0.01, 0.1, 0.2)), Verdict::MayPay { needed: 3.0 });
    assert_eq!(
        with((0.01, 0.02, 0.04)),
        Verdict::DoesNotPay { needed: 3.0 }
    );
}

// --- what is held back ---

fn held(plan: Plan) -> HeldBack {
    let effect = plan.effect;
    let model = plan.model().unwrap();
    withheld(&model, &tornado(&model, Target::NetValue), effect)
}

/// Sixty of whom enough stay, moved by the cost of a leaver and the difference.
fn sound(people: f64, effect: (f64, f64, f64)) -> Plan {
    let mut made = plain(1_000.0, 20_000.0, people, Some(effect));
    for i in &mut made.inputs {
        if i.slug == "advert" {
            i.range = range(5_000.0, 20_000.0, 60_000.0);
        }
    }
    made
}

#[test]
fn nothing_is_held_back_of_a_sound_case() {
    assert_eq!(held(sound(60.0, (0.06, 0.1, 0.2))), HeldBack::default());
    assert_eq!(held(sound(30.0, (0.06, 0.1, 0.2))), HeldBack::default());
}

#[test]
fn without_a_difference_and_with_few_people_figures_are_held_back() {
    let none = held(plain(1_000.0, 20_000.0, 60.0, None));
    for why in [none.probability, none.per_stayer, none.one_figure] {
        assert_eq!(why, Some(Withheld::NoEffect));
    }
    let few = held(sound(29.0, (0.06, 0.1, 0.2)));
    for why in [few.probability, few.per_stayer, few.one_figure] {
        assert_eq!(why, Some(Withheld::Few));
    }
    let spans = held(sound(60.0, (0.0, 0.1, 0.2)));
    assert_eq!(spans.probability, Some(Withheld::SpansNought));
    assert_eq!(spans.per_stayer, Some(Withheld::SpansNought));
    assert_eq!(spans.one_figure, None);
}

#[test]
fn the_probability_is_held_back_where_a_driver_has_a_weak_source() {
    let with = |grade, set_by, slug: &str| {
        let mut made = sound(60.0, (0.06, 0.1, 0.2));
        for i in made.inputs.iter_mut().filter(|i| i.slug == slug) {
            i.provenance.grade = grade;
            i.provenance.set_by = set_by;
        }
        held(made)
    };
    let driver = |grade| {
        let label = "advert".to_owned();
        Some(Withheld::Driver { label, grade })
    };
    for grade in [Some(Grade::C), Some(Grade::D), None] {
        let found = with(grade, SetBy::Study, "advert");
        assert_eq!(found.probability, driver(grade));
        assert_eq!((found.per_stayer, found.one_figure), (None, None));
    }
    for grade in [Grade::A, Grade::B] {
        assert_eq!(
            with(Some(grade), SetBy::Study, "advert"),
            HeldBack::default()
        );
    }
    let tried = with(Some(Grade::A), SetBy::WhatIf, "advert");
    assert_eq!(tried.probability, driver(Some(Grade::A)));
    // What does not move it may be a guess.
    assert_eq!(
        with(Some(Grade::D), SetBy::Study, "ramp_gap"),
        HeldBack::default()
    );
}
