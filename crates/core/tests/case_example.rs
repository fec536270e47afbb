//! The hand-worked example of the business case and eight cases like it, every
//! step to the penny, against decimal arithmetic that knows nothing of the
//! model's formulas (reference/make_case.py). The page of methods has the
//! example as a table, which is held here too.
#![allow(clippy::unwrap_used)]

mod case_made;
mod stats_read;

use case_made::{INPUTS, input, model};
use serde_json::Value;
use stats_read::reference;
use staywise_core::casemodel::{
    Adjustment, Effect, Input, Model, Plan, Range, Rounding, Spread, Unit, Values, payback,
};
use std::collections::BTreeMap;

/// The unit of an input, a group's own too.
fn unit(name: &str) -> Unit {
    let slug = name.split('.').next().unwrap();
    let found = INPUTS.iter().find(|row| row.0 == slug);
    found.map_or(Unit::Share, |row| row.1)
}

fn decimal(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn years(row: &Value) -> u16 {
    u16::try_from(row["years"].as_u64().unwrap()).unwrap()
}

/// The plan of a row, every input fixed.
fn planned(row: &Value) -> Plan {
    let given = row["inputs"].as_object().unwrap();
    let inputs = given.iter().map(|(name, value)| {
        let made = input(name, unit(name), Range::fixed(decimal(value)));
        let spread = if name == "effect" {
            Spread::Interval
        } else {
            Spread::Triangle
        };
        Input { spread, ..made }
    });
    Plan {
        inputs: inputs.collect(),
        groups: (0..row["groups"].as_u64().unwrap())
            .map(|group| format!("group {group}"))
            .collect(),
        years: years(row),
        effect: if given.contains_key("effect") {
            Effect::Measured
        } else {
            Effect::BreakEven
        },
        adjustment: match row["adjustment"].as_str().unwrap() {
            "attribution" => Adjustment::Attribution,
            "optimism bias" => Adjustment::OptimismBias,
            "lower end" => Adjustment::LowerEnd,
            _ => Adjustment::None,
        },
    }
}

/// Every step is in the reference and the other way round, and is the same.
fn holds(row: &Value, model: &Model, rounding: Rounding) {
    let which = match rounding {
        Rounding::Pence => "pence",
        Rounding::None => "exact",
    };
    let values = model.worked(&model.central(), rounding);
    let wanted = row[which].as_object().unwrap();
    for step in &model.steps {
        let name = &step.name;
        let said = wanted
            .get(name)
            .unwrap_or_else(|| unreachable!("{name} is in no reference"));
        let found = values.get(name);
        let told = format!("{}, {which}: {name} is {found:?}, not {said}", row["name"]);
        if said.is_null() {
            assert_eq!(found, None, "{told}");
            continue;
        }
        let (found, said) = (found.unwrap(), decimal(said));
        let near = match (rounding, step.unit.is_money()) {
            // A mean over groups and a cost a person are no whole pence.
            (Rounding::Pence, true) => 1e-7,
            _ => 1e-12 * said.abs().max(1.0),
        };
        assert!((found - said).abs() <= near, "{told}");
    }
    assert_eq!(wanted.len(), model.steps.len(), "{}: steps", row["name"]);
}

#[test]
fn every_step_of_nine_cases_is_that_of_decimal_arithmetic() {
    let rows = reference("case");
    assert_eq!(rows.len(), 9);
    for row in &rows {
        let model = planned(row).model().unwrap();
        holds(row, &model, Rounding::Pence);
        holds(row, &model, Rounding::None);
        let paid = payback(&model, years(row));
        match &row["payback"] {
            Value::Null => assert_eq!(paid, None, "{}", row["name"]),
            said => assert!((paid.unwrap() - decimal(said)).abs() < 1e-9, "{paid:?}"),
        }
    }
}

/// What the reference and these tests call the example is one thing.
#[test]
fn the_example_of_the_reference_is_the_one_of_the_tests() {
    let row = &reference("case")[0];
    let given = row["inputs"].as_object().unwrap();
    for (name, _, _, central, _) in INPUTS {
        assert!((decimal(&given[*name]) - central).abs() < 1e-15, "{name}");
    }
    assert_eq!(given.len(), INPUTS.len() + 1);
    let example = model(Some((0.01, 0.05, 0.09)), Adjustment::Attribution);
    holds(row, &example, Rounding::Pence);
    let lower = model(Some((0.01, 0.05, 0.09)), Adjustment::LowerEnd);
    holds(&reference("case")[3], &lower, Rounding::Pence);
}

/// The names and figures that the page's table tells, as it tells them.
fn page() -> BTreeMap<String, String> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/methods/business-case.md"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let (_, example) = text.split_once("## The example").unwrap();
    let (example, _) = example.split_once("\n## ").unwrap();
    example
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let name = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?;
            let told = cells[cells.len() - 2];
            Some((name.to_owned(), told.to_owned()))
        })
        .collect()
}

/// Off by no more than half of the last digit that is printed.
fn as_printed(told: &str, value: f64) -> bool {
    let plain = told.replace(['£', ','], "");
    let (number, hundredth) = match plain.strip_suffix('%') {
        Some(number) => (number, 0.01),
        None => (plain.as_str(), 1.0),
    };
    let digits = number.split_once('.').map_or(0, |(_, after)| after.len());
    let step = 0.1_f64.powi(i32::try_from(digits).unwrap());
    let printed: f64 = number.parse().unwrap();
    (printed - value / hundredth).abs() <= step / 2.0 + 1e-9
}

#[test]
fn the_page_of_methods_tells_the_example_as_it_is() {
    let example = model(Some((0.01, 0.05, 0.09)), Adjustment::Attribution);
    let values = example.worked(&example.central(), Rounding::Pence);
    let told = page();
    for (name, told) in &told {
        let value = values.get(name).unwrap();
        assert!(as_printed(told, value), "{name}: {told}, not {value}");
    }
    let named = example.inputs.iter().map(|i| &i.name);
    for name in named.chain(example.steps.iter().map(|s| &s.name)) {
        assert!(told.contains_key(name), "{name} is not on the page");
    }
}

fn put_back(plan: Plan, rounding: Rounding) -> (f64, f64) {
    let share = |values: &Values<'_>| values.get("break_even_share").unwrap();
    let first = plan.clone().model().unwrap();
    let needed = share(&first.worked(&first.central(), rounding));
    let mut inputs = first.central();
    let credited = match plan.adjustment {
        Adjustment::Attribution => inputs[first.place("attribution").unwrap()],
        _ => 1.0,
    };
    inputs[first.place("effect").unwrap()] = needed / credited;
    let again = first.worked(&inputs, rounding);
    (again.get("npv").unwrap(), f64::from(plan.years))
}

#[test]
fn break_even_put_back_as_the_effect_gives_nothing() {
    let mut tried = 0;
    for row in reference("case") {
        if row["pence"]["break_even"].is_null() || row["inputs"]["effect"].is_null() {
            continue;
        }
        tried += 1;
        let (net, _) = put_back(planned(&row), Rounding::None);
        assert!(net.abs() < 1e-6, "{}: {net}", row["name"]);
        // Two flows of a year are rounded on the way: what is saved, and that
        // at the first year's value.
        let (net, years) = put_back(planned(&row), Rounding::Pence);
        assert!(net.abs() <= 0.005 * 2.0 * years, "{}: {net}", row["name"]);
    }
    assert_eq!(tried, 7);
}

/// A case whose every figure can be done in the head.
#[test]
fn set_up_is_paid_in_the_first_year_alone_and_funding_in_each() {
    let mut plan = case_made::plan(Some((0.01, 0.05, 0.09)), Adjustment::OptimismBias);
    for i in &mut plan.inputs {
        let slug = i.slug.as_str();
        match slug {
            "lead_fte" | "study_days" | "preceptor_hours" | "preceptee_hours" => {
                i.range = Range::fixed(0.0);
            }
            "study_fee" => i.range = Range::fixed(100.0),
            "funding" => i.range = Range::fixed(30.0),
            "materials" => i.range = Range::fixed(0.0),
            _ => {}
        }
    }
    let model = plan.model().unwrap();
    let values = model.worked(&model.central(), Rounding::Pence);
    let is = |name: &str, wanted: f64| {
        let found = values.get(name).unwrap();
        assert!((found - wanted).abs() < 1e-9, "{name}: {found}");
    };
    // 60 times 100 and 2,000, and a tenth more; 5,000 once, and a tenth more.
    is("programme_year", 8_800.0);
    is("cost_1", 14_300.0);
    is("cost_2", 8_800.0);
    is("cost_3", 8_800.0);
    // What others pay is not made more of.
    is("funding_1", 1_800.0);
    is("funding_3", 1_800.0);
    is("pv_cost_1", 12_500.0);
    // 7,000 over 1.035 and over 1.071225.
    is("pv_cost_2", 6_763.29);
    is("pv_cost_3", 6_534.57);
    is("pv_cost", 25_797.86);
}

#[test]
fn nobody_and_nothing_give_no_answer_and_no_panic() {
    let zero = |slugs: &[&str]| {
        let mut plan = case_made::plan(Some((0.01, 0.05, 0.09)), Adjustment::None);
        for i in &mut plan.inputs {
            if slugs.contains(&i.slug.as_str()) {
                i.range = Range::fixed(0.0);
            }
        }
        plan.model().unwrap()
    };
    let without = |model: &Model, name: &str| {
        let values = model.worked(&model.central(), Rounding::Pence);
        values.get(name).is_none()
    };
    let nobody = zero(&["preceptees"]);
    assert!(without(&nobody, "break_even") && without(&nobody, "leaver_mean"));
    assert!(without(&nobody, "cost_per_stayer"));
    let never_works = zero(&["reach_1", "reach_2", "reach_3"]);
    assert!(without(&never_works, "break_even") && without(&never_works, "cost_per_stayer"));
    let no_difference = zero(&["effect"]);
    assert!(without(&no_difference, "cost_per_stayer") && !without(&no_difference, "break_even"));
    let free = zero(&[
        "lead_fte",
        "study_days",
        "preceptor_hours",
        "preceptee_hours",
        "study_fee",
        "materials",
        "yearly_other",
        "set_up",
    ]);
    assert!(without(&free, "bcr") && !without(&free, "npv"));
}

#[test]
fn a_group_has_its_own_inputs_and_else_those_of_all() {
    let row = &reference("case")[4];
    let model = planned(row).model().unwrap();
    let step = model.step("hour.2").unwrap();
    assert_eq!(step.group.as_deref(), Some("group 1"));
    let mut read = Vec::new();
    step.formula.reads(&mut read);
    assert_eq!(read, ["pay.2", "on_costs", "contract_hours.2"]);
}
