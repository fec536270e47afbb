//! A small case with round numbers, for tests: one group, three years, every
//! input known, so that a person can follow it with a calculator.

#![allow(dead_code, clippy::unwrap_used)]

use staywise_core::casemodel::{
    Adjustment, Effect, Grade, Input, Model, Plan, Provenance, Range, SetBy, Spread, Unit,
};
use staywise_core::domain::Day;

/// Slug, unit, low, central, high.
pub(crate) const INPUTS: &[(&str, Unit, f64, f64, f64)] = &[
    ("preceptees", Unit::People, 60.0, 60.0, 60.0),
    ("contract_hours", Unit::HoursAWeek, 37.5, 37.5, 37.5),
    ("pay", Unit::PoundsAYear, 30_000.0, 31_000.0, 32_000.0),
    ("on_costs", Unit::Share, 0.2, 0.25, 0.3),
    (
        "senior_pay",
        Unit::PoundsAYear,
        46_000.0,
        48_000.0,
        50_000.0,
    ),
    (
        "preceptor_pay",
        Unit::PoundsAYear,
        38_000.0,
        39_000.0,
        40_000.0,
    ),
    ("cover_rate", Unit::PoundsAnHour, 24.0, 28.0, 36.0),
    ("backfill_rate", Unit::PoundsAnHour, 22.0, 25.0, 30.0),
    ("advert", Unit::Pounds, 100.0, 250.0, 400.0),
    ("finder_share", Unit::Share, 0.0, 0.1, 0.3),
    ("finder_fee", Unit::Pounds, 2_000.0, 3_000.0, 4_000.0),
    ("relocation", Unit::Pounds, 0.0, 0.0, 0.0),
    ("checks", Unit::Pounds, 60.0, 90.0, 150.0),
    ("interview_hours", Unit::Hours, 8.0, 12.0, 20.0),
    ("induction_hours", Unit::Hours, 22.5, 37.5, 75.0),
    ("induction_other", Unit::Pounds, 50.0, 100.0, 200.0),
    ("supernumerary_hours", Unit::Hours, 37.5, 75.0, 150.0),
    ("vacancy_weeks", Unit::Weeks, 6.0, 10.0, 16.0),
    ("cover_share", Unit::Share, 0.5, 0.8, 1.0),
    ("ramp_weeks", Unit::Weeks, 4.0, 8.0, 12.0),
    ("ramp_gap", Unit::Share, 0.1, 0.25, 0.4),
    ("exit_hours", Unit::Hours, 2.0, 4.0, 8.0),
    ("exit_other", Unit::Pounds, 0.0, 50.0, 100.0),
    ("preceptor_hours", Unit::Hours, 8.0, 8.0, 12.0),
    ("preceptee_hours", Unit::Hours, 75.0, 75.0, 90.0),
    ("usual_share", Unit::Share, 0.0, 0.2, 0.5),
    ("study_days", Unit::Days, 2.0, 4.0, 6.0),
    ("study_fee", Unit::Pounds, 0.0, 120.0, 300.0),
    ("backfill_share", Unit::Share, 0.2, 0.5, 1.0),
    ("lead_fte", Unit::Fte, 0.2, 0.4, 0.6),
    ("lead_pay", Unit::PoundsAYear, 46_000.0, 48_000.0, 50_000.0),
    ("materials", Unit::Pounds, 20.0, 40.0, 60.0),
    ("yearly_other", Unit::Pounds, 1_000.0, 2_000.0, 4_000.0),
    ("set_up", Unit::Pounds, 2_000.0, 5_000.0, 10_000.0),
    ("funding", Unit::Pounds, 0.0, 0.0, 0.0),
    ("attribution", Unit::Share, 0.5, 0.75, 1.0),
    ("optimism_bias", Unit::Share, 0.0, 0.1, 0.2),
    ("discount_rate", Unit::Share, 0.035, 0.035, 0.035),
    ("reach_1", Unit::Share, 0.5, 0.5, 0.5),
    ("reach_2", Unit::Share, 1.0, 1.0, 1.0),
    ("reach_3", Unit::Share, 1.0, 1.0, 1.0),
];

/// An input of the given range, sourced, dated and graded.
pub(crate) fn input(slug: &str, unit: Unit, range: Range) -> Input {
    Input {
        name: slug.to_owned(),
        slug: slug.split('.').next().unwrap_or(slug).to_owned(),
        group: None,
        label: slug.replace('_', " "),
        what: String::new(),
        unit,
        range,
        provenance: Provenance {
            price_year: Some("2025-26".to_owned()),
            source: Some("made up".to_owned()),
            dated: Day::from_ymd(2025, 4, 1),
            good_until: Day::from_ymd(2027, 3, 31),
            grade: Some(Grade::B),
            set_by: SetBy::Study,
            note: None,
        },
        spread: Spread::Triangle,
    }
}

/// Every input of the example.
pub(crate) fn inputs() -> Vec<Input> {
    INPUTS
        .iter()
        .map(|&(slug, unit, low, central, high)| input(slug, unit, Range { low, central, high }))
        .collect()
}

/// The effect: five points more stay, from one to nine.
pub(crate) fn effect(low: f64, central: f64, high: f64) -> Input {
    Input {
        spread: Spread::Interval,
        ..input("effect", Unit::Share, Range { low, central, high })
    }
}

/// The example's plan.
pub(crate) fn plan(effect_range: Option<(f64, f64, f64)>, adjustment: Adjustment) -> Plan {
    let mut inputs = inputs();
    inputs.extend(effect_range.map(|(low, central, high)| effect(low, central, high)));
    Plan {
        inputs,
        groups: vec![String::new()],
        years: 3,
        effect: effect_range.map_or(Effect::BreakEven, |_| Effect::Measured),
        adjustment,
    }
}

/// The example's model.
pub(crate) fn model(effect_range: Option<(f64, f64, f64)>, adjustment: Adjustment) -> Model {
    plan(effect_range, adjustment).model().unwrap()
}
