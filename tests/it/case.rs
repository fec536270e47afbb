//! The business case through the program: an acute trust, a community service
//! of therapists and a nursing home with eight nurses, and everything that a
//! case must refuse or say aloud.

use crate::harness::{Study, golden};
use serde_json::Value;
use std::fmt::Write;

/// A share of its own for each number, the same everywhere (Steele, Lea and
/// Flood 2014).
fn share(of: u64) -> f64 {
    let mut z = of.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn day(days: i64) -> String {
    let date =
        chrono::NaiveDate::from_ymd_opt(2023, 1, 2).expect("a date") + chrono::Duration::days(days);
    date.format("%d/%m/%Y").to_string()
}

/// Who starts: how many, how many points fewer of a hundred leave on the
/// programme, and whose name they bear.
struct Starters {
    people: u64,
    points: f64,
    role: &'static str,
}

/// A staff list and a register. Band 5 are more often on the programme and
/// leave more often whether or not they are.
fn files(of: &Starters) -> (String, String) {
    let mut list = String::from(
        "Employee Number,Site,Role,Pay Grade,Latest Start Date,Termination Date,Leaving Reason\n",
    );
    let mut register = String::from("Employee Number,Preceptorship Start Date,Completed On\n");
    for person in 0..of.people {
        let draw = |which: u64| share(person * 8 + which);
        let band = if draw(1) < 0.5 { "Band 5" } else { "Band 6" };
        let site = ["North", "South", "East"][usize::try_from(person % 3).expect("small")];
        let on = draw(2) < if band == "Band 5" { 0.65 } else { 0.35 };
        let leaves = if band == "Band 5" { 0.45 } else { 0.25 };
        let leaves = leaves - if on { of.points / 100.0 } else { 0.0 };
        let start = (draw(3) * 800.0) as i64;
        let (left, reason) = if draw(4) < leaves {
            let when = 1 + (draw(5) * 360.0) as i64;
            (day(start + when), "Voluntary Resignation - Relocation")
        } else {
            (String::new(), "")
        };
        let begun = day(start);
        writeln!(
            list,
            "S{person:04},{site},{},{band},{begun},{left},{reason}",
            of.role
        )
        .expect("a string");
        if on {
            writeln!(register, "S{person:04},{begun},{}", day(start + 365)).expect("a string");
        }
    }
    (list, register)
}

/// A study with what it says of itself.
fn study(of: &Starters, says: &str) -> Study {
    let (list, register) = files(of);
    let study = Study::with(&[
        ("staff-list.csv", list.as_bytes()),
        ("preceptorship-register.csv", register.as_bytes()),
    ]);
    said(&study, says);
    study
}

fn said(study: &Study, says: &str) {
    let text = format!(
        "[study]\nname = \"Ours\"\nas_at = 2026-06-30\n\n[[source]]\nfiles = \"staff-list.csv\"\n\
         holds = \"staff\"\n\n[[source]]\nfiles = \"preceptorship-register.csv\"\n\
         holds = \"register\"\n{says}"
    );
    study.write("staywise.toml", text.as_bytes());
}

const DECLARED: &str = r#"
[[comparison]]
name = "programme"
dimension = "programme"
compare = "On programme"
against = "Not on programme"
covariates = ["band", "site"]
declared_on = 2023-01-01
primary = true
"#;

const TRUST: Starters = Starters {
    people: 900,
    points: 15.0,
    role: "Nurse",
};

/// What a trust's finance department has written down.
const TRUST_CASE: &str = r#"
[case]
declared_on = 2026-04-01
setting = "NHS"
price_year = "2026-27"
reach = [0.5, 1.0, 1.0]

[[case.group]]
name = "Band 5 nurses"
preceptees = 180

[[case.group]]
name = "Band 5 therapists"
preceptees = 60
[case.group.input.vacancy_weeks]
low = 10
central = 14
high = 20
source = "Therapy vacancies 2025-26, recruitment team"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"

[case.input.vacancy_weeks]
low = 7
central = 9
high = 14
source = "Nursing vacancies 2025-26, recruitment team"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"

[case.input.cover_rate]
low = 27
central = 33
high = 48
price_year = "2026-27"
source = "Temporary staffing, all shifts of 2025-26"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"

[case.input.usual_share]
low = 0.4
central = 0.6
high = 0.8
source = "Induction policy: nine days for every starter"
dated = 2025-09-01
good_until = 2027-09-01
grade = "C"

[case.input.backfill_share]
low = 0.1
central = 0.25
high = 0.4
source = "Rota system, released hours that were filled, 2025-26"
dated = 2026-04-01
good_until = 2027-03-31
grade = "C"
"#;

fn json(study: &Study, more: &[&str]) -> Value {
    let said = study.run(&[&["case", "--json"], more].concat());
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    serde_json::from_str(&said.stdout).expect("it is JSON")
}

fn answer(study: &Study) -> String {
    json(study, &[])["answer"]
        .as_str()
        .expect("an answer")
        .to_owned()
}

/// The value of a step or the middle of an input.
fn of(case: &Value, name: &str) -> f64 {
    let find = |list: &str, what: &str| {
        let all = case[list].as_array()?;
        all.iter().find(|v| v["name"] == name)?[what].as_f64()
    };
    find("steps", "value")
        .or_else(|| find("inputs", "central"))
        .unwrap_or_else(|| panic!("no {name} in {case}"))
}

/// The business-case page, without its marks.
fn page(study: &Study) -> String {
    let said = study.run(&["report", "business-case", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    words(&study.read("out/2026-Q2/business-case.html"))
}

/// The words of a page: tags out, what is drawn out, one space between words.
fn words(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, main)| main);
    let body = body.split_once('>').map_or(body, |(_, rest)| rest);
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let skipped = ["svg", "style", "script"]
            .iter()
            .find(|name| tag.starts_with(**name));
        let tag = match skipped {
            Some(name) => {
                let end = format!("</{name}>");
                tag.split_once(&end).map_or("", |(_, after)| after)
            }
            None => tag.split_once('>').map_or("", |(_, after)| after),
        };
        text.push(' ');
        rest = tag;
    }
    text.push_str(rest);
    let text = text
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a person reads first: the terminal, then the decision on the page.
fn story(study: &Study) -> String {
    let said = study.run(&["case"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let page = page(study);
    let decision = page
        .split_once("The decision")
        .and_then(|(_, rest)| rest.split_once("This is a page for a decision"))
        .map_or("", |(decision, _)| decision.trim());
    format!(
        "$ staywise case\n{}\n$ staywise report business-case\n{decision}\n",
        said.stdout
    )
}

#[test]
fn an_acute_trust_values_its_own_adjusted_difference() {
    let study = study(&TRUST, &format!("{DECLARED}{TRUST_CASE}"));
    golden("cases/case/acute-trust.txt", &story(&study));
    let case = json(&study, &[]);
    assert_eq!(of(&case, "preceptees_all"), 240.0);
    // What others pay for and what is saved add up to the answer.
    let (saved, cost) = (of(&case, "pv_saved"), of(&case, "pv_cost"));
    assert!((saved - cost - of(&case, "npv")).abs() < 0.005);
}

#[test]
fn a_community_service_with_too_few_for_a_comparison_gets_break_even() {
    let of = Starters {
        people: 64,
        points: 10.0,
        role: "Physiotherapist",
    };
    let case = "\n[case]\npreceptees = 30\ndeclared_on = 2026-04-01\n";
    let study = study(&of, &format!("{DECLARED}{case}"));
    golden("cases/case/community-therapists.txt", &story(&study));
    let case = json(&study, &[]);
    let steps = case["steps"].as_array().expect("steps");
    assert!(steps.iter().all(|s| s["name"] != "npv"));
}

#[test]
fn a_nursing_home_with_eight_nurses_is_told_how_many_must_stay() {
    let mut list = String::from("Name,Start Date,Leaving Date,Job Role,Contracted Hours\n");
    for (person, (start, left)) in [
        ("14/01/2019", ""),
        ("03/06/2021", ""),
        ("11/09/2023", "02/03/2024"),
        ("01/02/2024", ""),
        ("05/08/2024", ""),
        ("20/01/2025", "15/07/2025"),
        ("01/09/2025", ""),
        ("12/01/2026", ""),
    ]
    .into_iter()
    .enumerate()
    {
        writeln!(list, "N{person},{start},{left},Registered Nurse,36").expect("a string");
    }
    let study = Study::with(&[("nurses.csv", list.as_bytes())]);
    let text = "[study]\nname = \"A nursing home\"\nsector = \"social care\"\n\
         as_at = 2026-06-30\n\n[[source]]\nfiles = \"nurses.csv\"\nholds = \"staff\"\n\
         columns = { \"Name\" = \"staff_number\" }\n\n[case]\npreceptees = 3\nleavers = 1\n\
         leavers_source = \"our own list of nurses\"\ndeclared_on = 2026-04-01\n";
    study.write("staywise.toml", text.as_bytes());
    golden("cases/case/nursing-home.txt", &story(&study));
}

#[test]
fn a_difference_that_may_be_nought_is_said_in_the_first_sentence() {
    let none = Starters {
        points: 1.0,
        ..TRUST
    };
    let study = study(
        &none,
        &format!("{DECLARED}\n[case]\npreceptees = 240\nleavers = 80\n"),
    );
    let case = json(&study, &["--set", "usual_share=1", "--set", "study_days=0"]);
    let first = case["answer"].as_str().expect("an answer");
    assert!(
        first.starts_with("We cannot tell whether more stay"),
        "{first}"
    );
    let steps = case["steps"].as_array().expect("steps");
    assert!(steps.iter().all(|s| s["name"] != "cost_per_stayer"));
}

#[test]
fn ten_preceptees_and_two_leavers_cannot_pay_for_more_than_two() {
    let study = study(
        &TRUST,
        "\n[case]\npreceptees = 10\nleavers = 2\ncomparison = \"none\"\n",
    );
    let first = answer(&study);
    assert!(
        first.starts_with("It cannot pay for itself on leavers alone"),
        "{first}"
    );
    assert!(first.contains("2 of 10 leave"), "{first}");
}

#[test]
fn leavers_who_may_have_had_it_limit_nothing() {
    // A third of everyone leaves within a year; more would have to stay.
    let study = study(
        &TRUST,
        "\n[case]\npreceptees = 10\ncomparison = \"none\"\n\n[case.input.lead_fte]\ncentral = 0.5\n",
    );
    let said = study.run(&["case"]);
    let first = said.stdout.lines().next().unwrap_or_default();
    assert!(!first.contains(" of 10 leave"), "{first}");
    let told = "Some of them may have had preceptorship";
    assert!(said.stdout.contains(told), "{}", said.stdout);
}

#[test]
fn t36_a_stale_rate_and_mixed_prices_are_said() {
    let case = "\n[case]\npreceptees = 60\n\n[case.input.advert]\nlow = 90\ncentral = 120\n\
         high = 300\nprice_year = \"2019-20\"\nsource = \"Old invoice\"\ndated = 2019-05-01\n\
         grade = \"C\"\n\n[case.input.checks]\ncentral = 100\nprice_year = \"2023-24\"\n\
         source = \"Invoice\"\ndated = 2023-05-01\ngrade = \"C\"\n\n[case.prices]\n\
         2023-24 = 1.08\n";
    let study = study(&TRUST, &format!("{DECLARED}{case}"));
    let found = json(&study, &[]);
    let faults = |name: &str| {
        let inputs = found["inputs"].as_array().expect("inputs");
        let input = inputs
            .iter()
            .find(|i| i["name"] == name)
            .expect("it is there");
        input["faults"].to_string()
    };
    assert!(faults("advert").contains("prices of 2019-20"));
    assert!(
        !faults("checks").contains("prices of"),
        "it was brought to the year"
    );
    assert!((of(&found, "checks") - 108.0).abs() < 1e-9);
    // Good until 30 June 2026 is good on that day, and stale on the next.
    assert!(!faults("discount_rate").contains("out of date"));
    let later =
        format!("{DECLARED}{case}").replacen("[case]\n", "[case]\ndeclared_on = 2026-07-01\n", 1);
    said(&study, &later);
    let found = json(&study, &[]);
    let inputs = found["inputs"].as_array().expect("inputs");
    let rate = inputs.iter().find(|i| i["name"] == "discount_rate");
    let rate = rate.expect("it is there")["faults"].to_string();
    assert!(rate.contains("out of date since 30 June 2026"), "{rate}");
    let page = page(&study);
    assert!(page.contains("out of date since 30 June 2026"), "{page}");
    assert!(page.contains("prices of 2019-20"));
}

#[test]
fn t37_no_benefit_without_a_comparator() {
    // A before and after, or nothing at all, is no comparison.
    let study = study(&TRUST, "\n[case]\npreceptees = 60\n");
    let found = json(&study, &[]);
    let steps = found["steps"].as_array().expect("steps");
    assert!(
        steps
            .iter()
            .all(|s| s["name"] != "npv" && s["name"] != "pv_saved")
    );
    let told = study.run(&["case"]).stdout;
    assert!(
        told.contains("a before and after alone says nothing"),
        "{told}"
    );
    // Nor can a difference be typed in.
    said(
        &study,
        "\n[case]\npreceptees = 60\n[case.input]\neffect = 0.1\n",
    );
    let refused = study.run(&["case"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("`effect` is no input"),
        "{}",
        refused.stderr
    );
    // Those who completed have, by definition, stayed that long.
    let completed = DECLARED.replacen("primary", "entered_by = \"completion\"\nprimary", 1);
    said(&study, &format!("{completed}\n[case]\npreceptees = 60\n"));
    let told = study.run(&["case"]).stdout;
    assert!(told.contains("is refused"), "{told}");
    assert!(told.contains("stayed that long"), "{told}");
    assert!(!told.contains("Saved less cost"), "{told}");
}

#[test]
fn two_prudent_adjustments_are_one_too_many() {
    let study = study(
        &TRUST,
        &format!(
            "{DECLARED}\n[case]\npreceptees = 60\nadjustment = \"lower end\"\n[case.input]\n\
             attribution = 0.5\n"
        ),
    );
    let refused = study.run(&["case"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("discount the same doubt twice"),
        "{}",
        refused.stderr
    );
}

#[test]
fn every_figure_rests_on_inputs_with_a_source_or_says_that_it_has_none() {
    let study = study(&TRUST, &format!("{DECLARED}{TRUST_CASE}"));
    let found = json(&study, &[]);
    let inputs = found["inputs"].as_array().expect("inputs");
    let steps = found["steps"].as_array().expect("steps");
    let mut known: Vec<&str> = inputs.iter().filter_map(|i| i["name"].as_str()).collect();
    for step in steps {
        let formula = step["formula"].as_str().expect("a formula");
        let names = formula.split(|c: char| !(c.is_alphanumeric() || "_.".contains(c)));
        for name in names.filter(|n| n.starts_with(|c: char| c.is_ascii_lowercase())) {
            assert!(known.contains(&name), "{name} of {formula}");
        }
        known.push(step["name"].as_str().expect("a name"));
    }
    let page = page(&study);
    for input in inputs {
        let label = input["label"].as_str().expect("a label");
        assert!(page.contains(label), "{label}");
        let sourced = input["source"].as_str().is_some_and(|s| page.contains(s));
        let graded = input["grade"].is_string();
        let said = input["faults"].as_array().is_some_and(|f| !f.is_empty());
        assert!((sourced && graded) || said, "{input}");
    }
}

#[test]
fn one_thread_and_many_make_the_same_bytes() {
    let study = study(&TRUST, &format!("{DECLARED}{TRUST_CASE}"));
    let mut made = Vec::new();
    for threads in ["1", "2", "7"] {
        let said = study.run_with(
            &["report", "business-case", "--period", "2026-Q2"],
            &[("RAYON_NUM_THREADS", threads)],
        );
        assert_eq!(said.code, 0, "{}", said.stderr);
        made.push(study.read("out/2026-Q2/business-case.html"));
    }
    assert!(made[0].contains("100,000") && made[0] == made[1] && made[1] == made[2]);
}

#[test]
fn a_what_if_moves_the_answer_and_is_marked() {
    let study = study(&TRUST, &format!("{DECLARED}\n[case]\npreceptees = 60\n"));
    let plain = json(&study, &[]);
    let moved = json(
        &study,
        &["--set", "vacancy_weeks=20", "--set", "cover_share=100%"],
    );
    assert!(of(&moved, "leaver_cost") > of(&plain, "leaver_cost"));
    assert_eq!(moved["what_ifs"][0], "vacancy_weeks=20");
    let wrong = study.run(&["case", "--set", "vacany_weeks=20"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("Did you mean `vacancy_weeks`"));
    let wrong = study.run(&["case", "--set", "vacancy_weeks=-3"]);
    assert_eq!(wrong.code, 1, "{}", wrong.stderr);
}

#[test]
fn without_a_case_the_study_is_told_how_to_make_one() {
    let study = study(&TRUST, "");
    let said = study.run(&["case"]);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("preceptees = 60"), "{}", said.stderr);
    let said = study.run(&["case", "--set", "preceptees=10", "--quiet"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
}

#[test]
fn the_template_is_read_back_and_its_own_figures_count() {
    let study = Study::with(&[]);
    let says = "[study]\nname = \"Home\"\nsector = \"social care\"\n\
         ignore = [\"inputs.xlsx\"]\n[case]\npreceptees = 8\n";
    study.write("staywise.toml", says.as_bytes());
    let before = json(&study, &[]);
    let said = study.run(&["case", "--template", "inputs.xlsx"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let again = study.run(&["case", "--template", "inputs.xlsx"]);
    assert_eq!(again.code, 2, "it is not written over");
    study.write(
        "staywise.toml",
        format!("{says}inputs_from = \"inputs.xlsx\"\n").as_bytes(),
    );
    // What was not changed is what it was.
    assert_eq!(json(&study, &[])["steps"], before["steps"]);
    // The same sheet, saved as CSV with an own figure.
    let csv = "Name,Least,Likeliest,Most,Prices of,Source,Date,Good until,Grade\n\
         vacancy_weeks,2,4,6,,Rota of 2025,2026-01-31,2027-01-31,C\nleavers,3,3,3,,Register,,,C\n";
    study.write("inputs.csv", csv.as_bytes());
    study.write(
        "staywise.toml",
        format!("{says}inputs_from = \"inputs.csv\"\n").as_bytes(),
    );
    let read = json(&study, &[]);
    assert_eq!(of(&read, "vacancy_weeks"), 4.0);
    let first = read["answer"].as_str().expect("an answer");
    assert!(first.contains("3 of 8"), "{first}");
    // Everything wrong with it is said at once, with its place.
    let csv = "Name,Least,Likeliest,Most\nvacancy_weeks,2,four,6\ncover_share,70,80,90\n";
    study.write("inputs.csv", csv.as_bytes());
    let wrong = study.run(&["case"]);
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.stderr.contains("row 2 > column C"),
        "{}",
        wrong.stderr
    );
    assert!(wrong.stderr.contains("row 3 > column"), "{}", wrong.stderr);
}

#[test]
fn who_leaves_is_not_made_up_where_nobody_says() {
    let study = Study::with(&[]);
    let said = study.run(&["case", "--set", "preceptees=3", "--quiet"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        said.stdout.contains("there are only 3 preceptees a year"),
        "{}",
        said.stdout
    );
}
