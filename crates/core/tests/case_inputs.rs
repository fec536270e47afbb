//! The inputs of the business case: what is wrong with where each came from,
//! the words for their units and grades, and which of them cannot be.
#![allow(clippy::unwrap_used)]

mod case_made;

use case_made::{input, plan};
use staywise_core::casemodel::{
    Adjustment, Fault, Grade, Input, Model, Plan, Range, SetBy, UNITS, Unit, Wrong,
};
use staywise_core::domain::Day;

const PRICES: &str = "2025-26";

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn today() -> Day {
    day(2026, 11, 23)
}

fn money() -> Input {
    input("advert", Unit::Pounds, Range::fixed(250.0))
}

fn faults(change: impl Fn(&mut Input)) -> Vec<Fault> {
    let mut made = money();
    change(&mut made);
    made.faults(today(), PRICES)
}

// --- where it came from ---

#[test]
fn each_fault_is_found_alone() {
    assert_eq!(faults(|_| {}), []);
    let unsourced = [Fault::Unsourced];
    assert_eq!(faults(|i| i.provenance.source = None), unsourced);
    let blank = faults(|i| i.provenance.source = Some("  ".to_owned()));
    assert_eq!(blank, unsourced);
    assert_eq!(faults(|i| i.provenance.dated = None), [Fault::Undated]);
    assert_eq!(faults(|i| i.provenance.grade = None), [Fault::Ungraded]);
    let unpriced = faults(|i| i.provenance.price_year = None);
    assert_eq!(unpriced, [Fault::NoPriceYear]);
}

#[test]
fn t36_a_stale_discount_rate_shows() {
    let mut rate = input("discount_rate", Unit::Share, Range::fixed(0.035));
    rate.provenance.good_until = Some(day(2026, 6, 30));
    let told = rate.faults(today(), PRICES);
    assert_eq!(told, [Fault::Stale(day(2026, 6, 30))]);
    assert_eq!(told[0].to_string(), "out of date since 30 June 2026");
    // On its last day it is good; a day later it is not.
    assert_eq!(rate.faults(day(2026, 6, 30), PRICES), []);
    assert_eq!(rate.faults(day(2026, 7, 1), PRICES).len(), 1);
    rate.provenance.good_until = None;
    assert_eq!(rate.faults(today(), PRICES), []);
}

#[test]
fn t36_prices_of_another_year_show() {
    let older = |i: &mut Input| i.provenance.price_year = Some("2021-22".to_owned());
    let told = faults(older);
    assert_eq!(told, [Fault::OtherPrices("2021-22".to_owned())]);
    assert_eq!(told[0].to_string(), "prices of 2021-22");
    for unit in [Unit::PoundsAYear, Unit::PoundsAnHour] {
        let of_unit = faults(|i| {
            older(i);
            i.unit = unit;
        });
        assert_eq!(of_unit.len(), 1, "{unit:?}");
    }
    // A case of that year's prices has no quarrel with it.
    let mut made = money();
    older(&mut made);
    assert_eq!(made.faults(today(), "2021-22"), []);
    // Hours have no prices, and nothing costs the same in every year.
    let hours = faults(|i| {
        older(i);
        i.unit = Unit::Hours;
    });
    assert_eq!(hours, []);
    let nothing = faults(|i| {
        i.provenance.price_year = None;
        i.range = Range::fixed(0.0);
    });
    assert_eq!(nothing, []);
    let perhaps = faults(|i| {
        i.provenance.price_year = None;
        i.range.low = 0.0;
        i.range.central = 0.0;
    });
    assert_eq!(perhaps, [Fault::NoPriceYear]);
}

#[test]
fn all_faults_are_told_together_and_a_what_if_has_those_of_its_prices_alone() {
    let bad = |i: &mut Input| {
        i.provenance.source = None;
        i.provenance.dated = None;
        i.provenance.grade = None;
        i.provenance.good_until = Some(day(2020, 1, 1));
        i.provenance.price_year = None;
    };
    let told: Vec<String> = faults(bad).iter().map(ToString::to_string).collect();
    let wanted = [
        "no source",
        "no date",
        "no grade",
        "out of date since 1 January 2020",
        "no price year",
    ];
    assert_eq!(told, wanted);
    let tried = faults(|i| {
        bad(i);
        i.provenance.set_by = SetBy::WhatIf;
    });
    assert_eq!(tried, [Fault::NoPriceYear]);
}

// --- words ---

#[test]
fn units_are_read_as_they_are_written() {
    for (unit, slug) in UNITS {
        assert_eq!(unit.slug(), slug);
        assert_eq!(Unit::from_slug(slug), Some(unit));
        assert_eq!(unit.is_money(), slug.starts_with("pounds"), "{slug}");
    }
    for wrong in ["", "pound", "Pounds", " pounds", "%"] {
        assert_eq!(Unit::from_slug(wrong), None, "{wrong}");
    }
}

#[test]
fn grades_are_letters_in_order() {
    for grade in Grade::ALL {
        assert_eq!(Grade::from_letter(grade.letter()), Some(grade));
        let small = format!(" {} ", grade.letter().to_lowercase());
        assert_eq!(Grade::from_letter(&small), Some(grade));
        assert!(!grade.words().is_empty());
    }
    assert!(Grade::ALL.windows(2).all(|w| w[0] < w[1]));
    for wrong in ["", "E", "AB", "1"] {
        assert_eq!(Grade::from_letter(wrong), None, "{wrong}");
    }
}

// --- what cannot be ---

fn changed(change: impl Fn(&mut Plan)) -> Result<Model, Wrong> {
    let mut made = plan(Some((0.01, 0.05, 0.09)), Adjustment::None);
    change(&mut made);
    made.model()
}

fn with(name: &str, range: Range) -> Option<Wrong> {
    let set = |plan: &mut Plan| {
        for i in plan.inputs.iter_mut().filter(|i| i.name == name) {
            i.range = range;
        }
    };
    changed(set).err()
}

#[test]
fn an_input_that_cannot_be_is_refused_by_name() {
    let fixed = Range::fixed;
    for (name, value) in [
        ("cover_share", 1.01),
        ("backfill_share", 1.01),
        ("attribution", 1.01),
        ("effect", 1.01),
        ("effect", -1.01),
        ("reach_2", 1.01),
        ("vacancy_weeks", -0.01),
        ("contract_hours", 0.0),
        ("discount_rate", -0.01),
    ] {
        let wrong = with(name, fixed(value));
        assert_eq!(wrong, Some(Wrong::Impossible(name.to_owned())), "{value}");
    }
    for (name, value) in [
        ("cover_share", 1.0),
        ("cover_share", 0.0),
        ("effect", -1.0),
        ("effect", 1.0),
        ("reach_2", 0.0),
        ("discount_rate", 0.0),
        ("preceptees", 0.0),
    ] {
        assert_eq!(with(name, fixed(value)), None, "{name} {value}");
    }
}

#[test]
fn a_range_out_of_order_is_refused_by_name() {
    for (low, central, high) in [
        (2.0, 1.0, 3.0),
        (1.0, 4.0, 3.0),
        (f64::NAN, 1.0, 3.0),
        (1.0, 2.0, f64::INFINITY),
    ] {
        let wrong = with("vacancy_weeks", Range { low, central, high });
        assert_eq!(wrong, Some(Wrong::Unordered("vacancy_weeks".to_owned())));
    }
    // The lower end of an interval without order is no interval's.
    let mut lower = plan(Some((0.2, 0.05, 0.09)), Adjustment::LowerEnd);
    lower.years = 3;
    let wrong = lower.model().err();
    assert_eq!(wrong, Some(Wrong::Unordered("effect".to_owned())));
}

#[test]
fn an_input_missing_twice_or_of_no_year_is_refused() {
    let missing = changed(|p| p.inputs.retain(|i| i.name != "cover_rate")).err();
    assert_eq!(missing, Some(Wrong::Missing("cover_rate".to_owned())));
    let twice = changed(|p| p.inputs.push(money())).err();
    assert_eq!(twice, Some(Wrong::Twice("advert".to_owned())));
    // Both a year without its share of the effect and a share without a year.
    for years in [0, 2, 4] {
        assert_eq!(changed(|p| p.years = years).err(), Some(Wrong::Ramp));
    }
    assert!(changed(|_| {}).is_ok());
}

#[test]
fn an_answer_names_every_input_that_it_rests_on() {
    let model = changed(|_| {}).unwrap();
    let names = |step| {
        let inputs = model.rests_on(step).into_iter();
        inputs.map(|i| i.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(names("hour"), ["contract_hours", "pay", "on_costs"]);
    let all = names("npv");
    let idle: Vec<&str> = model
        .inputs
        .iter()
        .map(|i| i.name.as_str())
        .filter(|name| !all.contains(name))
        .collect();
    assert_eq!(idle, ["attribution", "optimism_bias"]);
    assert!(!names("break_even").contains(&"effect"));
}
