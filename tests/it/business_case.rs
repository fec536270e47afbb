//! The two workbooks of a business case, from a made-up case: what the live one
//! holds, and that it can be handed to a spreadsheet program with what the
//! model makes of a what-if (tests/workbook/case.py).

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use staywise::case::{Answers, Basis, Case, Leavers, Whose};
use staywise::export::case_book;
use staywise_core::casemodel::{
    Adjustment, Effect, Grade, HeldBack, Input, Plan, Provenance, Range, Rounding, SetBy, Spread,
    Target, Unit, Withheld, named, verdict,
};
use staywise_core::domain::Day;
use std::collections::BTreeMap;
use std::io::Cursor;

/// Slug, unit, least, likeliest, most.
const INPUTS: &[(&str, Unit, [f64; 3])] = &[
    ("contract_hours", Unit::HoursAWeek, [37.5, 37.5, 37.5]),
    ("pay", Unit::PoundsAYear, [30_000.0, 31_049.0, 32_000.0]),
    ("on_costs", Unit::Share, [0.2, 0.276, 0.3]),
    (
        "senior_pay",
        Unit::PoundsAYear,
        [46_000.0, 48_526.0, 50_000.0],
    ),
    (
        "preceptor_pay",
        Unit::PoundsAYear,
        [38_000.0, 39_043.0, 40_000.0],
    ),
    ("cover_rate", Unit::PoundsAnHour, [24.0, 28.35, 36.0]),
    ("backfill_rate", Unit::PoundsAnHour, [22.0, 25.1, 30.0]),
    ("advert", Unit::Pounds, [100.0, 250.0, 400.0]),
    ("finder_share", Unit::Share, [0.0, 0.1, 0.3]),
    ("finder_fee", Unit::Pounds, [2_000.0, 3_000.0, 4_000.0]),
    ("relocation", Unit::Pounds, [0.0, 0.0, 0.0]),
    ("checks", Unit::Pounds, [49.5, 90.0, 150.0]),
    ("interview_hours", Unit::Hours, [8.0, 12.0, 20.0]),
    ("induction_hours", Unit::Hours, [22.5, 37.5, 75.0]),
    ("induction_other", Unit::Pounds, [50.0, 100.0, 200.0]),
    ("supernumerary_hours", Unit::Hours, [37.5, 75.0, 150.0]),
    ("vacancy_weeks", Unit::Weeks, [6.0, 10.0, 16.0]),
    ("cover_share", Unit::Share, [0.5, 0.8, 1.0]),
    ("ramp_weeks", Unit::Weeks, [4.0, 8.0, 12.0]),
    ("ramp_gap", Unit::Share, [0.1, 0.225, 0.4]),
    ("exit_hours", Unit::Hours, [2.0, 4.0, 8.0]),
    ("exit_other", Unit::Pounds, [0.0, 50.0, 100.0]),
    ("preceptor_hours", Unit::Hours, [8.0, 8.0, 12.0]),
    ("preceptee_hours", Unit::Hours, [75.0, 75.0, 90.0]),
    ("usual_share", Unit::Share, [0.0, 0.2, 0.5]),
    ("study_days", Unit::Days, [2.0, 4.0, 6.0]),
    ("study_fee", Unit::Pounds, [0.0, 120.0, 300.0]),
    ("backfill_share", Unit::Share, [0.2, 0.5, 1.0]),
    ("lead_fte", Unit::Fte, [0.2, 0.4, 0.6]),
    (
        "lead_pay",
        Unit::PoundsAYear,
        [46_000.0, 48_526.0, 50_000.0],
    ),
    ("materials", Unit::Pounds, [20.0, 40.0, 60.0]),
    ("yearly_other", Unit::Pounds, [1_000.0, 2_000.0, 4_000.0]),
    ("set_up", Unit::Pounds, [2_000.0, 5_000.0, 10_000.0]),
    ("funding", Unit::Pounds, [0.0, 0.0, 0.0]),
    ("attribution", Unit::Share, [0.5, 0.75, 1.0]),
    ("optimism_bias", Unit::Share, [0.0, 0.1, 0.2]),
    ("discount_rate", Unit::Share, [0.035, 0.035, 0.035]),
    ("reach_1", Unit::Share, [0.5, 0.5, 0.5]),
    ("reach_2", Unit::Share, [1.0, 1.0, 1.0]),
    ("reach_3", Unit::Share, [1.0, 1.0, 1.0]),
];

pub(crate) const GROUPS: [&str; 2] = ["Nurses", "=Therapists"];

fn input(name: &str, unit: Unit, [low, central, high]: [f64; 3]) -> Input {
    Input {
        name: name.to_owned(),
        slug: name.split('.').next().unwrap().to_owned(),
        group: None,
        label: name.replace('_', " "),
        what: "=2+2 is no formula here.".to_owned(),
        unit,
        range: Range { low, central, high },
        provenance: Provenance {
            price_year: Some("2025-26".to_owned()),
            source: Some("=HYPERLINK(\"http://example.org\") as made up".to_owned()),
            dated: Day::from_ymd(2025, 4, 1),
            good_until: Day::from_ymd(2027, 3, 31),
            grade: Some(Grade::B),
            set_by: SetBy::Shipped,
            note: None,
        },
        spread: Spread::Triangle,
    }
}

/// Inputs of two groups, of which the second has its own pay.
pub(crate) fn inputs() -> Vec<Input> {
    let mut inputs: Vec<Input> = INPUTS.iter().map(|(n, u, r)| input(n, *u, *r)).collect();
    let own = [
        ("preceptees", Unit::People, [40.0; 3], 0),
        ("preceptees", Unit::People, [21.0; 3], 1),
        ("pay", Unit::PoundsAYear, [31_000.0, 33_487.0, 36_000.0], 1),
    ];
    for (slug, unit, range, group) in own {
        let mut input = input(&named(slug, group, 2), unit, range);
        input.group = Some(GROUPS[group].to_owned());
        inputs.push(input);
    }
    inputs
}

fn plan(effect: Effect) -> Plan {
    let mut inputs = inputs();
    if effect == Effect::Measured {
        inputs.push(input("effect", Unit::Share, [0.01, 0.0512, 0.09]));
    }
    Plan {
        inputs,
        groups: GROUPS.map(str::to_owned).into(),
        years: 3,
        effect,
        adjustment: Adjustment::Attribution,
    }
}

fn case(effect: Effect, held_back: HeldBack) -> Case {
    let model = plan(effect).model().unwrap();
    let answers = Answers {
        verdict: verdict(&model, (effect, Adjustment::Attribution), None).unwrap(),
        held_back,
        target: Target::BreakEven,
        bars: Vec::new(),
        scenarios: None,
        drawn: None,
        payback: None,
        switching: Vec::new(),
    };
    Case {
        model,
        groups: GROUPS.map(str::to_owned).into(),
        years: 3,
        effect,
        adjustment: Adjustment::Attribution,
        basis: Basis::BreakEven("No comparison was declared.".to_owned()),
        leavers: Some(Leavers {
            count: 9.0,
            source: "=the register".to_owned(),
            whose: Whose::WithoutIt,
        }),
        prices_of: "2025-26".to_owned(),
        setting: "nhs".to_owned(),
        today: Day::from_ymd(2026, 6, 30).unwrap(),
        answers,
        choices: Vec::new(),
        not_set: Vec::new(),
        what_ifs: Vec::new(),
    }
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn opened(bytes: &[u8]) -> Book {
    open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

/// The value of each named cell, by its name.
fn named_values(book: &mut Book) -> BTreeMap<String, f64> {
    let names = book.defined_names().to_vec();
    let mut values = BTreeMap::new();
    for (name, cell) in names {
        // The rows that are printed again on each page have a name too.
        let Some((sheet, cell)) = cell.split_once('!').filter(|_| !name.starts_with('_')) else {
            continue;
        };
        let range = book.worksheet_range(sheet.trim_matches('\'')).unwrap();
        let place = cell.replace('$', "");
        let digits = place.find(|c: char| c.is_ascii_digit()).unwrap();
        let column = place[..digits]
            .bytes()
            .fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1);
        let row: u32 = place[digits..].parse().unwrap();
        let value = range.get_value((row - 1, column - 1));
        if let Some(Data::Float(value)) = value {
            values.insert(name, *value);
        }
    }
    values
}

fn cell_name(begin: &str, name: &str) -> String {
    format!("{begin}{}", name.replace('.', "_group_"))
}

#[test]
fn every_step_of_a_case_is_a_live_cell_that_holds_what_the_model_worked_out() {
    let case = case(Effect::Measured, HeldBack::default());
    let bytes = case_book(&case).unwrap();
    assert_eq!(
        bytes,
        case_book(&case).unwrap(),
        "the same case, other bytes"
    );
    let mut book = opened(&bytes);
    let sheets = [
        "Read me",
        "Inputs",
        "One leaver",
        "Programme",
        "Years",
        "Answers",
    ];
    assert_eq!(book.sheet_names(), sheets);
    let found = named_values(&mut book);
    let values = case.model.worked(&case.model.central(), Rounding::Pence);
    for input in &case.model.inputs {
        let value = found[&cell_name("in_", &input.name)];
        assert_eq!(value.to_bits(), input.range.central.to_bits());
    }
    for step in &case.model.steps {
        let value = found.get(&cell_name("calc_", &step.name));
        let value = value.unwrap_or_else(|| panic!("{} has no cell", step.name));
        assert_eq!(value.to_bits(), values.get(&step.name).unwrap().to_bits());
    }
    let mut formulas = 0;
    for sheet in sheets {
        let range = book.worksheet_formula(sheet).unwrap();
        for (_, _, formula) in range.used_cells() {
            assert!(!formula.contains("HYPERLINK") && !formula.contains("NA()"));
            formulas += 1;
        }
    }
    // Two beside the steps: whole people, and the check.
    assert_eq!(
        formulas,
        case.model.steps.len() + case.model.inputs.len() + 2
    );
}

#[test]
fn what_a_case_holds_back_has_no_cell() {
    let held = |one_figure, per_stayer| HeldBack {
        probability: Some(Withheld::Few),
        per_stayer,
        one_figure,
    };
    let names = |case: &Case| -> Vec<String> {
        let mut book = opened(&case_book(case).unwrap());
        named_values(&mut book).into_keys().collect()
    };
    let few = names(&case(
        Effect::Measured,
        held(Some(Withheld::Few), Some(Withheld::Few)),
    ));
    let told = |names: &[String], name: &str| names.iter().any(|n| n == &format!("calc_{name}"));
    for name in [
        "npv",
        "bcr",
        "pv_saved",
        "saved_2",
        "net_1",
        "cost_per_stayer",
        "stayers_year",
    ] {
        assert!(!told(&few, name), "{name}");
    }
    assert!(told(&few, "break_even") && told(&few, "pv_cost") && told(&few, "leaver_mean"));
    let spans = names(&case(
        Effect::Measured,
        held(None, Some(Withheld::SpansNought)),
    ));
    assert!(told(&spans, "npv") && !told(&spans, "cost_per_stayer"));
    let none = names(&case(
        Effect::BreakEven,
        held(Some(Withheld::NoEffect), Some(Withheld::NoEffect)),
    ));
    assert!(told(&none, "break_even") && !told(&none, "npv"));
}

/// The folder that tests/workbook/run.sh names, where it wants the workbook.
const FOLDER: &str = "STAYWISE_CASE_FOLDER";

/// What the model makes of a what-if, by the names of cells.
fn expected(case: &Case, set: &[(&str, f64)]) -> serde_json::Value {
    let mut inputs = case.model.central();
    for (name, value) in set {
        inputs[case.model.place(name).unwrap()] = *value;
    }
    let values = case.model.worked(&inputs, Rounding::Pence);
    let steps = case.model.steps.iter();
    let steps: BTreeMap<String, f64> = steps
        .map(|s| (cell_name("calc_", &s.name), values.get(&s.name).unwrap()))
        .collect();
    let set: BTreeMap<String, f64> = set.iter().map(|(n, v)| (cell_name("in_", n), *v)).collect();
    serde_json::json!({ "set": set, "values": steps })
}

#[test]
fn a_workbook_and_its_what_ifs_are_written_where_they_are_wanted() {
    let case = case(Effect::Measured, HeldBack::default());
    let what_ifs = [
        expected(&case, &[("vacancy_weeks", 8.0)]),
        expected(
            &case,
            &[
                ("cover_share", 0.333),
                ("pay.2", 35_123.45),
                ("effect", -0.02),
            ],
        ),
    ];
    let whole = |answer: &serde_json::Value| answer["values"]["calc_npv"].as_f64().unwrap();
    assert!((whole(&what_ifs[0]) - whole(&what_ifs[1])).abs() > 1.0);
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = std::path::Path::new(&folder);
    let json = serde_json::to_vec_pretty(&what_ifs).unwrap();
    std::fs::write(folder.join("business-case.xlsx"), case_book(&case).unwrap()).unwrap();
    std::fs::write(folder.join("business-case.what-ifs.json"), json).unwrap();
}
