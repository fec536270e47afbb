//! The README's tour, as a reader takes it: every command of it is run, in
//! order, in one folder, and what the README says is printed is printed.

use std::fs;
use std::path::Path;
use std::process::Command;

/// One fenced block of the tour.
enum Step {
    /// Commands, one a line.
    Type(Vec<String>),
    /// Text that what was printed since the last step must hold, line by line.
    Read(Vec<String>),
    /// A file that the reader writes.
    Write(String, String),
}

fn steps(readme: &str) -> Vec<Step> {
    let from = readme.find("## Five minutes").expect("the tour is there");
    let to = readme.find("## Your own files").expect("the tour ends");
    let mut steps = Vec::new();
    let mut file: Option<String> = None;
    let mut lines = readme[from..to].lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("<!-- file: ") {
            file = Some(name.trim_end_matches(" -->").to_owned());
        }
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<String> = lines
            .by_ref()
            .take_while(|l| *l != "```")
            .map(str::to_owned)
            .collect();
        steps.push(match (file.take(), language) {
            (Some(name), _) => Step::Write(name, block.join("\n") + "\n"),
            (None, "sh") => Step::Type(block),
            (None, "text") => Step::Read(block),
            (None, other) => panic!("a block of `{other}` in the tour is neither run nor read"),
        });
    }
    steps
}

/// The words of a command, those in double quotes together.
fn arguments(line: &str) -> Vec<String> {
    let typed = line.split(" #").next().unwrap_or(line);
    let mut words = Vec::new();
    for (index, part) in typed.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn run(folder: &Path, line: &str) -> String {
    let words = arguments(line);
    assert_eq!(words[0], "staywise", "the tour types only staywise: {line}");
    let output = Command::new(env!("CARGO_BIN_EXE_staywise"))
        .args(&words[1..])
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "$ {line}\n{said}");
    said
}

#[test]
fn the_readme_can_be_followed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("it reads");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut said, mut typed, mut read) = (String::new(), 0, 0);
    for step in steps(&readme) {
        match step {
            Step::Type(lines) => {
                said.clear();
                for line in lines {
                    said.push_str(&run(folder.path(), &line));
                    typed += 1;
                }
            }
            Step::Read(lines) => {
                for line in lines {
                    assert!(said.contains(&line), "the tour says {line:?}, not\n{said}");
                    read += 1;
                }
            }
            Step::Write(name, text) => {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().expect("it is in a folder")).expect("made");
                fs::write(path, text).expect("it is written");
            }
        }
    }
    assert!(typed >= 8 && read >= 15, "{typed} typed, {read} read");
}

#[test]
fn the_two_commands_come_first() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("it reads");
    let first = readme.split("```").nth(1).expect("it has a block");
    let typed: Vec<&str> = first.lines().skip(1).collect();
    assert!(typed[0].starts_with("cargo run --release -- demo"));
    assert!(typed[1].starts_with("cargo test"));
    for link in readme.split("](").skip(1) {
        let target = link.split(')').next().unwrap_or("");
        if !target.starts_with("http") {
            assert!(root.join(target).exists(), "{target} is not there");
        }
    }
}
