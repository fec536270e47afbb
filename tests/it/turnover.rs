//! One workforce under every definition of turnover: the example of 100 people
//! that become 140 with 30 leavers, as a study.

use crate::harness::Study;
use std::collections::BTreeMap;
use std::fmt::Write;

/// 100 in post, 30 of whom leave in the autumn; 70 join in the summer.
fn hundred_to_140() -> Study {
    let mut list = String::from("Employee Number,Latest Start Date,Termination Date,FTE\n");
    for person in 0..100 {
        let leave = if person < 30 { "15/11/2025" } else { "" };
        writeln!(list, "S{person:04},01/02/2020,{leave},1.0").expect("a string");
    }
    for person in 100..170 {
        writeln!(list, "S{person:04},01/09/2025,,1.0").expect("a string");
    }
    Study::with(&[("staff-list.csv", list.as_bytes())])
}

pub fn rows(study: &Study, run: &str) -> Vec<BTreeMap<String, String>> {
    let text = study.read(&format!("out/{run}/results.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            head.iter()
                .map(str::to_owned)
                .zip(record.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

fn everyone(rows: &[BTreeMap<String, String>], metric: &str) -> (String, String, String) {
    let row = rows
        .iter()
        .find(|r| {
            r["metric"] == metric
                && r["period"] == "2026-Q2"
                && r["dimension"].is_empty()
                && r["statistic"] == "value"
        })
        .unwrap_or_else(|| panic!("no row of {metric}"));
    let number = |column: &str| row[column].clone();
    (
        row["definition"].clone(),
        format!("{}/{}", number("numerator"), number("denominator")),
        format!(
            "{:.1}%",
            100.0 * number("estimate").parse::<f64>().expect("a number")
        ),
    )
}

#[test]
fn t5_a_hundred_that_become_140_have_three_rates_under_three_names() {
    let study = hundred_to_140();
    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    // The list has leavers all along; that nobody left before is so.
    let toml: Vec<String> = study
        .read("staywise.toml")
        .lines()
        .filter(|line| {
            let line = line.trim_start();
            !line.starts_with("as_at") && !line.starts_with("leavers_from")
        })
        .map(str::to_owned)
        .collect();
    let toml = toml
        .join("\n")
        .replacen("[study]", "[study]\nas_at = 2026-06-30", 1);
    study.write("staywise.toml", toml.as_bytes());
    let said = study.run(&["report", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let rows = rows(&study, "2026-Q2");
    let of = |metric: &str| everyone(&rows, metric);
    let expect =
        |id: &str, line: &str, rate: &str| (id.to_owned(), line.to_owned(), rate.to_owned());
    assert_eq!(
        of("leaver_rate_12m"),
        expect("nhs_england", "30/120", "25.0%")
    );
    assert_eq!(
        of("leaver_rate_start_12m"),
        expect("nhs_scotland_start", "30/100", "30.0%")
    );
    assert_eq!(
        of("leaver_rate_end_12m"),
        expect("skills_for_care", "30/140", "21.4%")
    );
    // Headcounts 100, 100, 100, 170, 170, 140 and seven more of 140.
    let (id, line, _) = of("leaver_rate_monthly_12m");
    assert_eq!(id, "thirteen_points");
    let mean: f64 = line
        .split_once('/')
        .and_then(|(_, below)| below.parse().ok())
        .expect("a mean");
    assert!(
        (mean - (300.0 + 340.0 + 8.0 * 140.0) / 13.0).abs() < 1e-9,
        "{line}"
    );
    let page = study.read("out/2026-Q2/cohorts.html");
    for line in [
        "turnover as NHS Scotland defines it",
        "leaver rate as NHS England defines it",
        "turnover as Skills for Care defines it",
        "30.0%",
        "25.0%",
        "21.4%",
        "divided by the mean of those in post at the start and at the end",
        "divided by workers now",
    ] {
        assert!(page.contains(line), "the page lacks {line}");
    }
    assert_eq!(of("stability_12m").2, "70.0%");
    assert_eq!(of("leaver_rate_fte_12m").2, "25.0%");
}
