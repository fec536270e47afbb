//! `compare`: what changed between two runs of a made-up study, of which it is
//! known by what; and of the sample.

use crate::harness::{Said, Study};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A site's answers in a quarter: how many of its people answer, and how many
/// of those mean to stay.
type Answers = (&'static str, usize, usize);

/// Everyone of the staff list: 130 people a site.
const SITES: [&str; 4] = ["North", "South", "East", "Annex"];
const A_SITE: usize = 130;

fn number(site: &str, person: usize) -> usize {
    let place = SITES.iter().position(|s| *s == site).unwrap();
    1000 + place * A_SITE + person
}

fn staff() -> String {
    let mut out = String::from("Employee Number,Staff Group,Site,Start Date,Ethnic Origin\n");
    for site in SITES {
        for person in 0..A_SITE {
            let (day, month) = (1 + person % 28, 1 + person % 9);
            out.push_str(&format!(
                "{},Nursing,{site},{day:02}/0{month}/2024,A\n",
                number(site, person)
            ));
        }
    }
    out
}

/// A wave answered in a month of 2026.
fn wave(month: usize, answers: &[Answers]) -> String {
    let mut out = String::from(
        "Response,Employee Number,Completion date,I intend to stay with this organisation\n",
    );
    for (site, n, stay) in answers {
        for person in 0..*n {
            let answer = if person < *stay { "Agree" } else { "Disagree" };
            let who = number(site, person);
            let day = 1 + person % 28;
            out.push_str(&format!(
                "{month}{who},{who},{day:02}/0{month}/2026,{answer}\n"
            ));
        }
    }
    out
}

const Q1: &str = "feedback 2026-Q1.csv";
const Q2: &str = "feedback 2026-Q2.csv";

fn study_says(study: &Study, as_at: &str, more: &str) {
    let text = format!("[study]\nname = \"Ours\"\nas_at = {as_at}\n{more}");
    study.write("staywise.toml", text.as_bytes());
}

fn report(study: &Study, period: &str) {
    let said = study.run(&["report", "--period", period]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
}

/// A study with its first quarter reported.
fn first(answers: &[Answers]) -> Study {
    let study = Study::with(&[
        ("staff.csv", staff().as_bytes()),
        (Q1, wave(2, answers).as_bytes()),
    ]);
    study_says(&study, "2026-03-31", "");
    report(&study, "2026-Q1");
    study
}

/// The second quarter's answers, and its report.
fn second(study: &Study, answers: &[Answers], more: &str) {
    study.write(Q2, wave(5, answers).as_bytes());
    study_says(study, "2026-06-30", more);
    report(study, "2026-Q2");
}

fn compared(study: &Study, more: &[&str]) -> Value {
    let mut arguments = vec!["compare", "2026-Q1", "2026-Q2", "--json"];
    arguments.extend(more);
    let said = study.run(&arguments);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let told: Value = serde_json::from_str(&said.stdout).unwrap();
    for figure in told["figures"].as_array().unwrap() {
        let change = figure["change"].as_f64().unwrap();
        let parts = figure["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|p| p["change"].as_f64().unwrap()).sum();
        assert!((sum - change).abs() < 1e-12, "{figure}");
        let between = figure["now"].as_f64().unwrap() - figure["before"].as_f64().unwrap();
        assert!((between - change).abs() < 1e-12, "{figure}");
    }
    told
}

/// The figure of intention to stay about everyone, or a site.
fn staying<'a>(told: &'a Value, site: Option<&str>) -> &'a Value {
    let figures = told["figures"].as_array().unwrap();
    figures
        .iter()
        .find(|f| f["metric"] == "intention_to_stay" && f["level"].as_str() == site)
        .unwrap_or_else(|| panic!("{site:?} is not in {told:#}"))
}

fn part(figure: &Value, name: &str) -> Option<f64> {
    let parts = figure["parts"].as_array().unwrap();
    let found = parts.iter().find(|p| p["part"] == name)?;
    found["change"].as_f64()
}

fn near(found: Option<f64>, expected: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < 1e-11)
}

/// Worked by hand. Published: 110 of 200. Twelve of North's answers of the
/// first quarter were wrong: 122 of 200, +6.0 points of data. Then 126 of 210.
#[test]
fn the_parts_sum_to_the_change() {
    let study = first(&[("North", 100, 70), ("South", 100, 40)]);
    study.write(
        Q1,
        wave(2, &[("North", 100, 82), ("South", 100, 40)]).as_bytes(),
    );
    second(&study, &[("North", 90, 81), ("South", 120, 45)], "");
    let told = compared(&study, &["--by", "site"]);
    let all = staying(&told, None);
    assert!(near(all["before"].as_f64(), 0.55), "{all}");
    assert!(near(all["change"].as_f64(), 0.05), "{all}");
    assert!(near(part(all, "data"), 0.06), "{all}");
    assert_eq!(part(all, "definition"), Some(0.0));
    // Kitagawa: North falls from 1/2 to 3/7 of all; its share is 0.82, then
    // 0.9, South's 0.4, then 0.375.
    let moved = 3.0 / 7.0 - 0.5;
    let mix = moved * (0.86 - 0.3875);
    assert!(near(part(all, "mix"), mix), "{all}");
    assert!(near(part(all, "rate"), 0.6 - 0.61 - mix), "{all}");
    assert_eq!(part(all, "groups_new_or_gone"), Some(0.0));
    // Those who answered twice: 90 of North, 100 of South.
    assert_eq!(all["people"]["in_both"], 190, "{all}");
    let limits = |name: &str| {
        let parts = all["parts"].as_array().unwrap();
        let of = parts.iter().find(|p| p["part"] == name).unwrap();
        (of["lower"].as_f64(), of["upper"].as_f64())
    };
    for (name, has) in [
        ("data", false),
        ("definition", false),
        ("mix", true),
        ("rate", true),
    ] {
        assert_eq!(
            limits(name).0.is_some() && limits(name).1.is_some(),
            has,
            "{name}"
        );
    }
    // By site, which the data's correction is of one only.
    let north = staying(&told, Some("North"));
    assert!(
        near(part(north, "data"), 0.12) && near(part(north, "rate"), 0.08),
        "{north}"
    );
    let south = staying(&told, Some("South"));
    assert!(
        near(part(south, "data"), 0.0) && near(part(south, "rate"), -0.025),
        "{south}"
    );
    // A report on the second quarter says it too.
    let told = study.run(&["report", "--period", "2026-Q2", "--since", "2026-Q1"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    let page = study.read("out/2026-Q2/quarterly.html");
    let sentence = "+5.0 points: corrected data +6.0, mix -3.4 and rate +2.4";
    assert!(page.contains(sentence), "the page has no such sentence");
    // The same in words, and in a table for the data team.
    let said = study.run(&["compare", "2026-Q1", "2026-Q2"]);
    assert!(
        said.stdout
            .contains("+5.0 points: corrected data +6.0, mix -3.4 and rate +2.4"),
        "{}",
        said.stdout
    );
    let table = study.read("private/compare/2026-Q1-2026-Q2.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let sum: f64 = reader
        .records()
        .map(Result::unwrap)
        .filter(|r| &r[0] == "intention_to_stay" && &r[11] != "not_taken_apart" && r[3].is_empty())
        .map(|r| r[12].parse::<f64>().unwrap())
        .sum();
    assert!((sum - 0.05).abs() < 1e-11, "{table}");
}

/// North and the Annex answer as they did; the Annex is counted with North
/// from the second report on.
#[test]
fn a_remapped_site_is_definition_not_rate() {
    let answers = [("North", 100, 70), ("South", 100, 40), ("Annex", 50, 15)];
    let study = first(&answers);
    let rename = "[[rename]]\ndimension = \"site\"\nfrom = \"Annex\"\nto = \"North\"\n";
    second(&study, &answers, rename);
    let told = compared(&study, &["--by", "site"]);
    let north = staying(&told, Some("North"));
    let change = 85.0 / 150.0 - 0.7;
    assert!(near(north["change"].as_f64(), change), "{north}");
    assert!(near(part(north, "definition"), change), "{north}");
    assert_eq!(part(north, "rate"), Some(0.0), "{north}");
    assert_eq!(part(north, "data"), Some(0.0), "{north}");
    let all = staying(&told, None);
    for name in ["data", "definition", "mix", "rate", "groups_new_or_gone"] {
        assert!(near(part(all, name), 0.0), "{name}: {all}");
    }
    let left = told["not_taken_apart"].as_array().unwrap();
    let annex = |l: &&Value| l["figure"].as_str().unwrap().ends_with("Annex");
    let annex = left.iter().find(annex).unwrap();
    assert!(
        annex["why"]
            .as_str()
            .unwrap()
            .contains("no figure of that name"),
        "{annex}"
    );
}

#[test]
fn a_change_of_who_is_there_is_mix() {
    let study = first(&[("North", 80, 60), ("South", 40, 10)]);
    second(&study, &[("North", 40, 30), ("South", 80, 20)], "");
    let told = compared(&study, &[]);
    let all = staying(&told, None);
    let change = 50.0 / 120.0 - 70.0 / 120.0;
    assert_eq!(all["mix_by"], "site");
    assert!(near(all["change"].as_f64(), change), "{all}");
    assert!(near(part(all, "mix"), change), "{all}");
    assert!(near(part(all, "rate"), 0.0), "{all}");
    for site in ["North", "South"] {
        let own = staying(&told, Some(site));
        assert!(near(own["change"].as_f64(), 0.0), "{own}");
    }
}

/// Nobody answers otherwise, but those who mean to stay are counted as those
/// who do not.
#[test]
fn a_replaced_metric_is_definition() {
    let answers = [("North", 100, 70), ("South", 100, 40)];
    let study = first(&answers);
    let built_in = include_str!("../../queries/survey/intention_to_stay.sql");
    let own = built_in.replace(
        "    intention_to_stay_favourable as hit",
        "    intention_to_stay_favourable = false as hit",
    );
    assert_ne!(own, built_in);
    study.write("queries/intention_to_stay.sql", own.as_bytes());
    second(&study, &answers, "");
    let kept = study.read("out/2026-Q2/private/queries/intention_to_stay.sql");
    assert_eq!(kept, own);
    let told = compared(&study, &[]);
    let all = staying(&told, None);
    assert!(near(part(all, "definition"), -0.1), "{all}");
    assert!(
        near(part(all, "rate"), 0.0) && near(part(all, "data"), 0.0),
        "{all}"
    );
}

#[test]
fn of_a_run_that_kept_nothing_data_and_definition_are_told_together() {
    let study = first(&[("North", 100, 70), ("South", 100, 40)]);
    fs::remove_dir_all(study.path().join("out/2026-Q1/private")).unwrap();
    study.write(
        Q1,
        wave(2, &[("North", 100, 82), ("South", 100, 40)]).as_bytes(),
    );
    second(&study, &[("North", 90, 81), ("South", 120, 45)], "");
    let told = compared(&study, &[]);
    let all = staying(&told, None);
    assert_eq!(part(all, "data"), None);
    assert!(near(part(all, "data_or_definition"), 0.06), "{all}");
    let notes = told["notes"][0].as_str().unwrap();
    assert!(notes.contains("as data or definition"), "{notes}");
}

#[test]
fn a_mix_of_hidden_groups_is_not_told() {
    let study = first(&[("North", 100, 70), ("South", 100, 40), ("Annex", 4, 1)]);
    second(
        &study,
        &[("North", 90, 61), ("South", 120, 45), ("Annex", 4, 3)],
        "",
    );
    let by_site = compared(&study, &["--by", "site"]);
    let all = staying(&by_site, None);
    assert_eq!((part(all, "mix"), part(all, "rate")), (None, None));
    assert!(part(all, "rest").is_some(), "{all}");
    let why = all["mix_not_told"].as_str().unwrap();
    assert!(why.contains("with --by staff_group"), "{why}");
    assert!(why.contains("without showing hidden groups"), "{why}");
    // Where none is named, the first by which it can be told; figures of sites
    // stay those of sites.
    let told = compared(&study, &[]);
    let all = staying(&told, None);
    assert_eq!(all["mix_by"], "staff_group");
    assert!(near(part(all, "mix"), 0.0), "all are nurses: {all}");
    assert!(part(all, "rate").is_some(), "{all}");
    let text = told.to_string();
    let annex = |l: &Value| l["figure"].as_str().unwrap().ends_with("Annex");
    let left = told["not_taken_apart"].as_array().unwrap();
    let annex = left.iter().find(|l| annex(l)).unwrap();
    assert!(
        annex["why"]
            .as_str()
            .unwrap()
            .contains("hidden to protect people"),
        "{text}"
    );
}

#[test]
fn runs_that_cannot_be_compared_are_refused_with_what_to_do() {
    let answers = [("North", 100, 70), ("South", 100, 40)];
    let study = first(&answers);
    second(&study, &answers, "");
    let refused = |arguments: &[&str], words: &str| {
        let said: Said = study.run(arguments);
        assert_eq!(said.code, 2, "{}", said.stdout);
        assert!(
            said.stderr.contains(words),
            "{words:?} is not in\n{}",
            said.stderr
        );
    };
    refused(&["compare", "2026-Q2", "2026-Q1"], "later than the period");
    refused(&["compare", "2026-Q1", "2025-Q4"], "there is no such run");
    let by = ["compare", "2026-Q1", "2026-Q2", "--by", "wave"];
    refused(&by, "People are not divided by `wave`");
    let metric = ["compare", "2026-Q1", "2026-Q2", "--metric", "headcount"];
    refused(&metric, "Choose from these: intention_to_stay");
    study.write(Q2, wave(5, &[("North", 50, 30)]).as_bytes());
    refused(
        &["compare", "2026-Q1", "2026-Q2"],
        "report --period 2026-Q2",
    );
}

/// Two quarters of the sample, as a reader takes them.
#[test]
fn two_quarters_of_the_sample_are_taken_apart() {
    let study = Study::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with('.') {
            study.write(&name, &fs::read(&path).unwrap());
        }
    }
    assert_eq!(study.run(&["init", "."]).code, 0);
    report(&study, "2026-Q1");
    report(&study, "2026-Q2");
    let told = compared(&study, &[]);
    let all = staying(&told, None);
    assert_eq!(part(all, "data"), Some(0.0), "the same files");
    assert_eq!(part(all, "definition"), Some(0.0), "the same study");
    let figures = told["figures"].as_array().unwrap();
    let everyone = |metric: &str| {
        let of = |f: &&Value| f["metric"] == metric && f["level"].is_null();
        assert!(
            figures.iter().any(|f| of(&f)),
            "{metric} is not in {told:#}"
        );
    };
    for metric in ["intention_to_stay", "belonging", "retention_12m"] {
        everyone(metric);
    }
    let said = study.run(&["compare", "2026-Q1", "2026-Q2"]);
    assert!(
        said.stdout.contains("\nIntention to stay: "),
        "{}",
        said.stdout
    );
}
