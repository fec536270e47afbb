//! Real exports that nobody here made: what `check --json` says of them is
//! what is known of them. Skipped, and said, where the folder is not here.

use crate::harness::{Study, shared_data};
use serde_json::Value;
use std::fs;

fn checked(file: &str) -> Option<Value> {
    let path = shared_data()?.join(file);
    let name = path.file_name()?.to_string_lossy().into_owned();
    let study = Study::with(&[(name.as_str(), &fs::read(&path).expect("the file reads"))]);
    let said = study.run(&["check", ".", "--json"]);
    assert!(said.code < 2, "{file}: {}", said.stderr);
    let document: Value = serde_json::from_str(&said.stdout)
        .unwrap_or_else(|e| panic!("{file}: {e}\n{}{}", said.stdout, said.stderr));
    Some(document["files"][0].clone())
}

fn question<'a>(file: &'a Value, text: &str) -> &'a Value {
    file["questions"]
        .as_array()
        .and_then(|all| all.iter().find(|q| q["text"].as_str() == Some(text)))
        .unwrap_or_else(|| panic!("no question {text}: {}", file["questions"]))
}

fn options(question: &Value) -> Vec<(String, u64)> {
    let all = question["options"].as_array().expect("a list");
    all.iter()
        .map(|o| {
            (
                o["label"].as_str().unwrap_or("").to_owned(),
                o["n"].as_u64().unwrap_or(0),
            )
        })
        .collect()
}

#[test]
fn a_microsoft_forms_workbook() {
    let Some(file) = checked("survey-msforms/surveyEng.xlsx") else {
        return;
    };
    assert_eq!(file["layout"], "microsoft_forms");
    assert_eq!(file["header_row"], 1);
    assert_eq!(
        (&file["rows_read"], &file["responses"]),
        (&28.into(), &28.into())
    );
    assert_eq!(file["questions"].as_array().map(Vec::len), Some(9));
    let satisfied = question(&file, "How satisfied are you about your phone?");
    assert_eq!(satisfied["type"], "scale");
    let mut counts = options(satisfied);
    counts.retain(|(_, n)| *n > 0);
    counts.sort();
    let expected = [
        ("Neither satisfied nor dissatisfied", 1),
        ("Somewhat satisfied", 7),
        ("Very dissatisfied", 1),
        ("Very satisfied", 19),
    ];
    let expected: Vec<(String, u64)> = expected
        .iter()
        .map(|(l, n)| ((*l).to_owned(), *n))
        .collect();
    assert_eq!(counts, expected);
    let factors = question(
        &file,
        "What factors are important to you whilst purchasing your phone?",
    );
    assert_eq!(factors["type"], "multi");
    let counts = options(factors);
    for (label, n) in [
        ("Pricing", 21),
        ("Operating system", 19),
        ("Battery", 17),
        ("Brand", 10),
    ] {
        assert!(
            counts.contains(&(label.to_owned(), n)),
            "{label}: {counts:?}"
        );
    }
    assert!(
        counts.iter().all(|(label, _)| !label.trim().is_empty()),
        "an empty option"
    );
}

#[test]
fn a_microsoft_forms_csv() {
    let Some(file) = checked("survey-msforms/surveyEng.csv") else {
        return;
    };
    assert_eq!(file["layout"], "microsoft_forms");
    assert_eq!(file["responses"], 55);
    assert_eq!(file["questions"].as_array().map(Vec::len), Some(9));
}

#[test]
fn qualtrics_exports_with_three_header_rows() {
    for (name, responses, questions) in [
        ("survey-qualtrics/qualtRics_sample.csv", 1, 2),
        ("survey-qualtrics-tools/SAMC_Insights.csv", 5, 6),
        ("survey-qualtrics-tools/MAMC_Insights.csv", 5, 6),
        ("survey-qualtrics-tools/SAMatrix_Insights.csv", 5, 16),
    ] {
        let Some(file) = checked(name) else { return };
        assert_eq!(file["layout"], "qualtrics", "{name}");
        assert_eq!(file["rows_read"], responses, "{name}");
        let dropped: u64 = file["dropped"]
            .as_object()
            .map(|d| d.values().filter_map(Value::as_u64).sum())
            .unwrap_or(0);
        assert_eq!(
            file["responses"].as_u64().map(|r| r + dropped),
            Some(responses),
            "{name}: every row is a response or dropped by a rule"
        );
        if questions > 0 {
            assert_eq!(
                file["questions"].as_array().map(Vec::len),
                Some(questions),
                "{name}"
            );
        }
    }
}

/// Every file of every folder: a result or a clear error, in time, and
/// nothing half-written.
#[test]
fn every_real_file_gives_a_result_or_a_clear_error() {
    let Some(data) = shared_data() else { return };
    let mut tried = 0;
    for folder in fs::read_dir(&data).expect("the folder reads").flatten() {
        if !folder.path().is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())
            .expect("the folder reads")
            .flatten()
        {
            let name = file.file_name().to_string_lossy().into_owned();
            let known = [".csv", ".xlsx", ".xls", ".xlsb", ".ods"];
            if !known.iter().any(|e| name.ends_with(e)) {
                continue;
            }
            let bytes = fs::read(file.path()).expect("the file reads");
            let study = Study::with(&[(name.as_str(), &bytes)]);
            let began = std::time::Instant::now();
            let said = study.run(&["check", ".", "--json"]);
            assert!(said.code == 0 || said.code == 1, "{name}: {}", said.stderr);
            assert!(!said.stderr.contains("panicked"), "{name}: {}", said.stderr);
            assert!(
                began.elapsed().as_secs() < 10,
                "{name} takes {:?}",
                began.elapsed()
            );
            if said.code == 1 {
                assert!(
                    said.stdout.contains("\"error\"") || !said.stderr.is_empty(),
                    "{name}"
                );
            }
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} files were tried");
}
