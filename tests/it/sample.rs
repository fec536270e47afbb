//! The demonstration as a person gets it: its figures equal those of an
//! independent count of the same files, the planted truths lie inside their
//! intervals, and its report is the one that visitors are shown.

use crate::harness::{Study, golden};
use crate::independent::{self, RULES, compare::compare, files};
use staywise::synth::TRUTHS;
use std::collections::HashMap;

fn demo() -> Study {
    let study = Study::new();
    let said = study.run(&["demo", "."]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    assert_eq!(
        said.stdout,
        "./out/2026-Q2/quarterly.html\n./out/2026-Q2/cohorts.html\n\
         ./out/2026-Q2/business-case.html\n"
    );
    study
}

const RESULTS: &str = "out/2026-Q2/results.csv";

/// The contract of results.csv: these columns, in this order, first.
const COLUMNS: &str = "metric,definition,kind,period,dimension,level,dimension_2,level_2,status,\
    reason,n,numerator,denominator,estimate,lower,upper,interval_level,method,unit,good,claim,\
    statistic,item,answer,horizon_months,comparator_level,weighted,persons,adjusted_for";

fn rows(text: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.unwrap();
        header
            .iter()
            .map(str::to_owned)
            .zip(record.iter().map(str::to_owned))
            .collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn the_figures_equal_an_independent_count() {
    let study = demo();
    let expected = independent::Study::new(files::read(&study.path()), &RULES).figures();
    let found = compare(&study.read(RESULTS), &expected);
    println!(
        "{} figures compared, {} hidden",
        found.compared, found.hidden
    );
    assert!(
        found.mismatches.is_empty(),
        "{}",
        found.mismatches.join("\n")
    );
    assert!(
        found.compared > 150,
        "only {} figures were compared",
        found.compared
    );
}

#[test]
fn the_results_keep_their_contract() {
    let study = demo();
    let text = study.read(RESULTS);
    assert!(
        text.starts_with(COLUMNS),
        "{}",
        text.lines().next().unwrap_or("")
    );
    let mut claims = HashMap::new();
    for row in rows(&text) {
        let figures = [
            "n",
            "numerator",
            "denominator",
            "estimate",
            "lower",
            "upper",
        ];
        let any = figures.iter().any(|f| !row[*f].is_empty());
        assert_eq!(row["status"] == "shown", any, "{row:?}");
        if row["status"] == "c" {
            assert_eq!(row["reason"], "hidden to protect people", "{row:?}");
        }
        if row["status"] != "shown" {
            assert!(!row["reason"].is_empty(), "{row:?}");
            assert!(row["persons"].is_empty(), "{row:?}");
        }
        let other = claims.insert(row["claim"].clone(), row.clone());
        assert!(other.is_none(), "one claim id twice: {row:?} {other:?}");
        for name in ["estimate", "lower", "upper"] {
            let number = row[name].as_str();
            assert!(number.is_empty() || number.parse::<f64>().is_ok_and(f64::is_finite));
        }
    }
}

#[test]
fn planted_truths_lie_inside_the_printed_intervals() {
    let study = demo();
    let rows = rows(&study.read(RESULTS));
    let find = |metric: &str, period: &str, level: &str, statistic: &str| {
        rows.iter()
            .find(|r| {
                r["metric"] == metric
                    && r["period"] == period
                    && r["level"] == level
                    && r["statistic"] == statistic
                    && r["dimension_2"].is_empty()
                    && ["ethnic_minority", "programme"].contains(&r["dimension"].as_str())
            })
            .unwrap_or_else(|| panic!("no row {metric} {period} {level} {statistic}"))
    };
    let inside = |row: &HashMap<String, String>, truth: f64| {
        let limit = |name: &str| row[name].parse::<f64>().unwrap_or(f64::NAN);
        let (lower, upper) = (limit("lower"), limit("upper"));
        assert!(
            lower <= truth && truth <= upper,
            "{truth} is not in {lower} to {upper}"
        );
    };
    inside(
        find("intention_to_stay", "2026-Q2", "White", "value"),
        TRUTHS.stay_white,
    );
    inside(
        find("intention_to_stay", "2026-Q2", "Ethnic minority", "value"),
        TRUTHS.stay_ethnic_minority,
    );
    inside(
        find("intention_to_stay", "all", "Ethnic minority", "difference"),
        TRUTHS.stay_ethnic_minority - TRUTHS.stay_white,
    );
    inside(
        find("retention_12m", "all", "On programme", "value"),
        TRUTHS.retention_12m_programme,
    );
    inside(
        find("retention_12m", "all", "Not on programme", "value"),
        TRUTHS.retention_12m_no_programme,
    );
}

#[test]
fn the_rendered_sample_is_what_the_program_makes() {
    let study = demo();
    golden(
        "../reports/sample/quarterly.html",
        &study.read("out/2026-Q2/quarterly.html"),
    );
    golden(
        "../reports/sample/business-case.html",
        &study.read("out/2026-Q2/business-case.html"),
    );
    golden(
        "../reports/sample/staywise.toml",
        &study.read("staywise.toml"),
    );
}
