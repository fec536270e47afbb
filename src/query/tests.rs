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
