//! Given rows, expected counts: every case under tests/queries, through the
//! whole of the query stage; and laws that hold for any case.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod given;
mod shown;

use super::{Catalogue, tally};
use given::Case;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn cases() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root).expect("tests/queries") {
        let folder = folder.unwrap().path();
        let metric = folder.file_name().unwrap().to_string_lossy().into_owned();
        for file in std::fs::read_dir(&folder).unwrap() {
            found.push((metric.clone(), file.unwrap().path()));
        }
    }
    found.sort();
    found
}

#[test]
fn every_case_counts_as_expected() {
    let mut failed = Vec::new();
    for (folder, path) in cases() {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::read(&folder, &text, &path);
        let (catalogue, wrong) = Catalogue::with_user(&case.files);
        assert_eq!(wrong, [], "{}", path.display());
        let tallied = tally(&catalogue, &case.linked, &case.slicing, &case.params);
        if let Err(why) = case.compare(&tallied) {
            failed.push(format!("{}\n{why}", path.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn every_built_in_metric_has_a_case() {
    let folders: BTreeSet<String> = cases().into_iter().map(|(folder, _)| folder).collect();
    for name in Catalogue::built_in().names() {
        assert!(folders.contains(name), "tests/queries/{name} is missing");
    }
}

/// Whatever divides them, the units add up: a table's total is that of its
/// period, unless a person may count once a wave.
#[test]
fn totals_agree_over_the_ways_of_dividing() {
    let mut compared = 0;
    for (folder, path) in cases() {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::read(&folder, &text, &path);
        let catalogue = Catalogue::with_user(&case.files).0;
        let tallied = tally(&catalogue, &case.linked, &case.slicing, &case.params);
        for table in &tallied.tables {
            if table.dimensions.iter().any(|d| d.as_str() == "wave") {
                continue;
            }
            let same = |t: &&staywise_core::domain::TallyTable| {
                t.dimensions.is_empty()
                    && t.metric.name == table.metric.name
                    && t.period == table.period
                    && t.item == table.item
            };
            let everyone = tallied.tables.iter().find(same).expect("everyone");
            assert_eq!(everyone.total, table.total, "{}", path.display());
            compared += usize::from(!table.dimensions.is_empty());
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn a_second_run_gives_the_same_in_the_same_order() {
    for (folder, path) in cases() {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::read(&folder, &text, &path);
        let catalogue = Catalogue::with_user(&case.files).0;
        let run = || tally(&catalogue, &case.linked, &case.slicing, &case.params);
        let one = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        assert!(run() == one.install(run), "{}", path.display());
    }
}

#[test]
fn the_deepest_query_that_is_read_is_also_run() {
    let built_in = Catalogue::built_in();
    let text = built_in.get("intention_to_stay").unwrap().text.clone();
    let with = |condition: String| {
        let named = text.replace("intention_to_stay\n", "deep\n");
        let sql = named.replace("where ", &format!("where {condition} and "));
        Catalogue::with_user(&[("queries/deep.sql".to_owned(), sql)])
    };
    let sum = |terms: usize| format!("0 < {}", vec!["response"; terms].join(" + "));
    let nested =
        |depth: usize| format!("0 <= {}response{}", "abs(".repeat(depth), ")".repeat(depth));
    let cases =
        |whens: usize| format!("case {} end", "when response < 0 then false ".repeat(whens));
    for refused in [sum(5_000), nested(5_000), cases(5_000), "(".repeat(100_000)] {
        let (catalogue, findings) = with(refused);
        assert!(catalogue.get("deep").is_none());
        assert!(findings[0].message.contains("long or deep"), "{findings:?}");
    }
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries/intention_to_stay/latest.toml");
    let given = std::fs::read_to_string(&path).unwrap();
    let case = Case::read("intention_to_stay", &given, &path);
    for run in [sum(95), cases(45)] {
        let (catalogue, findings) = with(run);
        assert_eq!(findings, []);
        let tallied = tally(&catalogue, &case.linked, &case.slicing, &case.params);
        assert_eq!(tallied.findings, []);
        assert!(tallied.tables.iter().any(|t| t.metric.name == "deep"));
    }
    // The parser has a limit of its own on brackets, and says so.
    let (catalogue, findings) = with(nested(90));
    assert_eq!(findings, []);
    let tallied = tally(&catalogue, &case.linked, &case.slicing, &case.params);
    assert_eq!(tallied.findings.len(), 1);
}

/// Who has not reached the horizon is in no denominator, and who left before
/// it is not either.
#[test]
fn t6_not_yet_due_is_in_no_denominator() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries/retention_6m/due.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let case = Case::read("retention_6m", &text, &path);
    let tallied = tally(
        &Catalogue::built_in(),
        &case.linked,
        &case.slicing,
        &case.params,
    );
    let all = tallied.tables.iter().find(|t| {
        t.metric.name == "retention_6m" && t.period.label == "all" && t.dimensions.is_empty()
    });
    let all = all.unwrap();
    let tally = staywise_core::domain::Tally::Proportion { n: 2, hits: 1 };
    assert_eq!((&all.total.tally, all.not_yet_due), (&tally, Some(2)));
}
