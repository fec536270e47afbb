//! What the documents must have: every layout, every rule of findings, and
//! links that lead somewhere. Never how it is put.

use staywise::data::{Holds, Layout};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Every file below a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder reads").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_layout_is_in_the_table_of_formats() {
    let page = read("docs/formats.md");
    let (_, from) = page
        .split_once("<!-- layouts -->")
        .expect("the table begins");
    let (table, _) = from
        .split_once("<!-- /layouts -->")
        .expect("the table ends");
    for (_, word) in Layout::WORDS {
        let row = format!("\n| `{word}` |");
        assert!(table.contains(&row), "docs/formats.md: layout {word}");
    }
    for (_, word) in Holds::WORDS {
        let word = format!("`{word}`");
        assert!(page.contains(&word), "docs/formats.md: holds {word}");
    }
}

/// What stands in round brackets behind words in square ones.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link)
}

#[test]
fn every_link_of_the_formats_leads_to_a_file() {
    let mut pages = files(&root().join("docs/formats"), ".md");
    pages.push(root().join("docs/formats.md"));
    pages.push(root().join("docs/findings.md"));
    let mut followed = 0;
    for page in pages {
        let text = fs::read_to_string(&page).expect("the page reads");
        for link in links(&text).filter(|link| !link.contains("://")) {
            let file = link.split('#').next().unwrap_or_default();
            let folder = page.parent().expect("a page is in a folder");
            let there = file.is_empty() || folder.join(file).exists();
            assert!(there, "{}: {link}", page.display());
            followed += 1;
        }
    }
    assert!(followed > 40, "only {followed} links were found");
}

/// Whether text could be the slug of a rule.
fn is_slug(text: &str) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(known)
}

/// The rules that a source file names, its own tests left out: where one is
/// said to be the rule, where a severity follows it, and where one with a
/// hyphen comes first in brackets, as in a call that makes a note.
fn rules(source: &str) -> BTreeSet<String> {
    let text: String = source.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.split("modtests{").next().unwrap_or_default();
    let mut found = BTreeSet::new();
    for opening in ["rule:\"", "rule:(\"", "note(\"", "(\""] {
        for part in text.split(opening).skip(1) {
            let Some((slug, rest)) = part.split_once('"') else {
                continue;
            };
            let severe = rest.starts_with(",Severity::") || rest.starts_with(",severity");
            let told = opening != "(\"" || severe || slug.contains('-') && rest.starts_with(',');
            if told && is_slug(slug) {
                found.insert(slug.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_rule_of_findings_is_in_the_documents() {
    let page = read("docs/findings.md");
    let mut all = BTreeSet::new();
    for folder in ["crates/intake/src", "src/pipeline", "src/study"] {
        let sources = files(&root().join(folder), ".rs").into_iter();
        let is_test = |path: &Path| {
            let inside = path.strip_prefix(root()).expect("it is inside");
            let name = inside.to_string_lossy().replace('\\', "/");
            name.contains("/tests/") || name.ends_with("tests.rs")
        };
        for path in sources.filter(|path| !is_test(path)) {
            all.extend(rules(&fs::read_to_string(&path).expect("the source reads")));
        }
    }
    // One of each way in which a rule is named.
    for known in [
        "study",
        "layout",
        "ranks",
        "custom-data",
        "took-too-long",
        "header-row",
        "redcap-repeats",
        "second-table",
    ] {
        assert!(all.contains(known), "the scan no longer finds {known}");
    }
    assert!(all.len() > 150, "only {} rules were found", all.len());
    let missing: Vec<&String> = all
        .iter()
        .filter(|rule| !page.contains(&format!("`{rule}`")))
        .collect();
    assert!(missing.is_empty(), "docs/findings.md lacks {missing:?}");
}
