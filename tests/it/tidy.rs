//! The house rules that a compiler does not hold: which module may import
//! which, which module may name which crate, how long a file may be, and that
//! no network crate is in the tree. ARCHITECTURE.md explains the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Module, modules of src/ it may import, crates it may name.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("data", &["vocabulary"], &["chrono", "strsim"]),
    (
        "vocabulary",
        &["data"],
        &["toml", "serde", "strsim", "chrono"],
    ),
    ("benchmark", &["data", "vocabulary"], &["foldhash"]),
    (
        "ingest",
        &["data", "vocabulary"],
        &[
            "csv",
            "calamine",
            "encoding_rs",
            "zip",
            "foldhash",
            "parquet",
            "rayon",
        ],
    ),
    (
        "workforce",
        &["data", "vocabulary"],
        &["chrono", "rayon", "foldhash"],
    ),
    ("workplaces", &["data", "vocabulary"], &[]),
    (
        "survey",
        &["data", "vocabulary"],
        &["chrono", "rayon", "foldhash"],
    ),
    (
        "linkage",
        &["data", "vocabulary"],
        &["hmac", "sha2", "rayon", "foldhash"],
    ),
    ("frames", &["data", "vocabulary"], &["polars", "strsim"]),
    (
        "query",
        &["data", "frames", "vocabulary"],
        &["polars", "rayon", "strsim", "foldhash"],
    ),
    (
        "chart",
        &["vocabulary"],
        &["plotters", "plotters_backend", "resvg", "skrifa"],
    ),
    ("case", &[], &[]),
    (
        "report",
        &["case", "chart", "vocabulary"],
        &[
            "minijinja",
            "pulldown_cmark",
            "serde",
            "strsim",
            "sha2",
            "toml",
        ],
    ),
    (
        "export",
        &["case", "vocabulary"],
        &["csv", "parquet", "serde", "serde_json", "rust_xlsxwriter"],
    ),
    (
        "synth",
        &[],
        &["csv", "rust_xlsxwriter", "rand_pcg", "encoding_rs"],
    ),
    (
        "study",
        &["data", "ingest", "vocabulary", "workforce"],
        &["toml", "serde", "globset", "strsim"],
    ),
    (
        "pipeline",
        &[
            "case",
            "data",
            "vocabulary",
            "ingest",
            "workforce",
            "survey",
            "benchmark",
            "linkage",
            "workplaces",
            "query",
            "chart",
            "report",
            "export",
            "study",
        ],
        &["rayon", "hmac", "sha2", "serde_json", "strsim"],
    ),
    ("files", &["study"], &["thiserror", "getrandom"]),
    (
        "cli",
        &[
            "case",
            "pipeline",
            "study",
            "files",
            "synth",
            "query",
            "report",
            "data",
            "vocabulary",
        ],
        &["clap", "indicatif", "serde_json", "thiserror"],
    ),
];

const CRATES: &[&str] = &[
    "calamine",
    "chrono",
    "clap",
    "csv",
    "encoding_rs",
    "foldhash",
    "getrandom",
    "globset",
    "hmac",
    "indicatif",
    "minijinja",
    "parquet",
    "plotters",
    "plotters_backend",
    "polars",
    "pulldown_cmark",
    "rand_pcg",
    "rayon",
    "resvg",
    "rust_xlsxwriter",
    "serde",
    "serde_json",
    "sha2",
    "skrifa",
    "strsim",
    "thiserror",
    "toml",
    "zip",
];

/// What only the rims may touch.
const RIM_WORDS: &[&str] = &[
    "std::fs",
    "std::env",
    "SystemTime",
    "Instant::now",
    "std::io::stdout",
];
const RIMS: &[&str] = &["files", "cli"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// A file's code without comments, up to its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("the file reads");
    let body = text.split("#[cfg(test)]").next().unwrap_or("");
    body.lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<&str>>()
        .join("\n")
}

/// Words directly before `::`, with the word before them where there is one.
fn paths(code: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let word = |text: &str| {
        let reversed: String = text
            .chars()
            .rev()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        reversed.chars().rev().collect::<String>()
    };
    for (at, _) in code.match_indices("::") {
        let head = word(&code[..at]);
        let before = &code[..at - head.len()];
        if before.ends_with("::") || head.is_empty() {
            continue;
        }
        let rest: String = code[at + 2..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        found.insert((head.clone(), rest.clone()));
        if head == "crate" && code[at + 2..].starts_with('{') {
            found.insert((head, "{".to_owned()));
        }
    }
    found
}

/// A file that is compiled for tests only.
fn is_test(path: &Path) -> bool {
    let text = path.to_string_lossy().replace('\\', "/");
    text.contains("/tests/")
        || ["tests.rs", "_tests.rs", "fixture.rs", "made_up.rs"]
            .iter()
            .any(|end| text.ends_with(end))
}

/// Where the stages are: the program, and what it reads with.
const STAGES: [&str; 2] = ["src", "crates/intake/src"];

fn module_of(path: &Path) -> String {
    let relative = STAGES
        .iter()
        .find_map(|folder| path.strip_prefix(root().join(folder)).ok())
        .expect("it is in a folder of stages");
    let first = relative.components().next().expect("it has a name");
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    let stages = STAGES.iter().flat_map(|s| sources(&root().join(s)));
    for path in stages {
        let module = module_of(&path);
        if module == "lib" || module == "main" || is_test(&path) {
            continue;
        }
        let Some((_, modules, crates)) = LAYERS.iter().find(|(name, ..)| *name == module) else {
            wrong.push(format!("{}: `{module}` has no layer", path.display()));
            continue;
        };
        let code = code(&path);
        for (head, rest) in paths(&code) {
            let bad = match head.as_str() {
                "crate" => rest != module && !modules.contains(&rest.as_str()),
                name if CRATES.contains(&name) => !crates.contains(&name),
                _ => false,
            };
            if bad {
                wrong.push(format!("{}: `{head}::{rest}`", path.display()));
            }
        }
        if !RIMS.contains(&module.as_str()) {
            for word in RIM_WORDS {
                if code.contains(word) {
                    wrong.push(format!("{}: `{word}` outside a rim", path.display()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "against the layer table:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn only_the_core_words_are_under_the_stages() {
    // stats and disclosure never import one another.
    for (folder, other) in [("stats", "disclosure"), ("disclosure", "stats")] {
        for path in sources(&root().join("crates/core/src").join(folder)) {
            let code = code(&path);
            assert!(
                !code.contains(&format!("crate::{other}")),
                "{} imports {other}",
                path.display()
            );
        }
    }
}

#[test]
fn files_are_short() {
    const LONGEST: usize = 480;
    let mut long = Vec::new();
    for folder in ["src", "crates/core/src", "crates/intake/src"] {
        for path in sources(&root().join(folder)) {
            let text = fs::read_to_string(&path).expect("the file reads");
            let lines = text.lines().count();
            if lines > LONGEST {
                long.push(format!("{} has {lines} lines", path.display()));
            }
            assert!(
                text.starts_with("//!"),
                "{} does not say what it is",
                path.display()
            );
        }
    }
    assert!(
        long.is_empty(),
        "over {LONGEST} lines:\n{}",
        long.join("\n")
    );
}

#[test]
fn no_network_crate_is_in_the_tree() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let text = String::from_utf8_lossy(&tree.stdout);
    let names: BTreeSet<&str> = text.lines().filter_map(|l| l.split(' ').next()).collect();
    assert!(names.contains("polars"), "the tree was read");
    let network = [
        "curl",
        "h2",
        "h3",
        "http",
        "hyper",
        "hyper-util",
        "isahc",
        "native-tls",
        "object_store",
        "openssl",
        "quinn",
        "reqwest",
        "rustls",
        "tungstenite",
        "ureq",
        "webpki-roots",
    ];
    for name in network {
        assert!(!names.contains(name), "{name} is in the default tree");
    }
}

#[test]
fn no_word_of_the_workshop_is_left() {
    // Built from parts, so that this file does not hold them.
    let forbidden: Vec<String> = [("TO", "DO"), ("FIX", "ME"), ("XX", "X:"), ("dbg", "!(")]
        .iter()
        .map(|(a, b)| format!("{a}{b}"))
        .collect();
    for folder in ["src", "crates/core/src", "tests/it"] {
        for path in sources(&root().join(folder)) {
            let text = fs::read_to_string(&path).expect("the file reads");
            for word in &forbidden {
                assert!(
                    !text.contains(word.as_str()),
                    "{} holds {word}",
                    path.display()
                );
            }
        }
    }
}
