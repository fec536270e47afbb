//! Each format that is read, as a study of its own: its files go through
//! `init`, `check` and `report` as they are, and what was said is kept.

use crate::harness::{Study, golden};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// The formats' slugs, in order.
fn slugs() -> Vec<String> {
    let mut slugs: Vec<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    slugs.sort();
    slugs
}

fn copied(slug: &str) -> Study {
    let study = Study::new();
    let mut open = vec![folder().join(slug)];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).expect("the folder reads").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder().join(slug))
                .expect("it is inside");
            let name = name.to_string_lossy().replace('\\', "/");
            study.write(&name, &fs::read(&path).expect("the file reads"));
        }
    }
    study
}

/// What was said of a format, whole, and what is wrong with it.
fn story(slug: &str) -> (String, Vec<String>) {
    let study = copied(slug);
    let (mut text, mut wrong) = (String::new(), Vec::new());
    for arguments in [&["init", "."][..], &["check", "."], &["report"]] {
        let said = study.run(arguments);
        let command = arguments.join(" ");
        text.push_str(&format!(
            "$ staywise {command}\nexit {}\n{}{}\n",
            said.code, said.stdout, said.stderr
        ));
        if said.code != 0 {
            wrong.push(format!(
                "{slug}: staywise {command} ended with {}",
                said.code
            ));
        }
    }
    text.push_str("staywise.toml:\n");
    text.push_str(&study.read("staywise.toml"));
    let said = study.run(&["check", ".", "--json"]);
    let document: Value = serde_json::from_str(&said.stdout).unwrap_or_default();
    let files = document["files"].as_array().cloned().unwrap_or_default();
    let read = |file: &&Value| file["rows_read"].as_u64().is_some_and(|rows| rows > 0);
    if !files.iter().any(|f| read(&f) && !f["layout"].is_null()) {
        wrong.push(format!("{slug}: no row was read"));
    }
    (text, wrong)
}

#[test]
fn each_format_goes_through_untouched() {
    let slugs = slugs();
    let next = AtomicUsize::new(0);
    let stories = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(slug) = slugs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let told = story(slug);
                    stories.lock().expect("no story failed").push((slug, told));
                }
            });
        }
    });
    let mut stories = stories.into_inner().expect("no story failed");
    stories.sort();
    let mut all_wrong = Vec::new();
    for (slug, (text, wrong)) in stories {
        all_wrong.extend(wrong);
        golden(&format!("cases/formats/{slug}.txt"), &text);
    }
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}
