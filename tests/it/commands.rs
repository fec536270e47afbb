//! What commands say and where they say it: every error with what to do, no
//! small count, data apart from talk, a figure explained, an earlier run
//! compared.

use crate::harness::{Said, Study};
use serde_json::Value;
use std::fs;

/// Staff and a survey: sixty people of two sites; `strangers` of the sixty
/// responses have a number that no one has.
fn small(strangers: usize) -> Study {
    let mut staff =
        String::from("Employee Number,Staff Group,Site,Start Date,Leaving Date,Ethnic Origin\n");
    let mut survey = String::from(
        "Response,Employee Number,Completion date,I intend to stay with this organisation,I feel I belong\n",
    );
    for n in 0..60 {
        let site = if n < 4 {
            "Cottage"
        } else {
            ["North", "South", "East"][n % 3]
        };
        let leave = if n % 3 == 0 { "25/05/2026" } else { "" };
        let (day, month) = (13 + n % 15, 1 + n % 9);
        staff.push_str(&format!(
            "{},Nursing,{site},{day}/0{month}/2024,{leave},A\n",
            1000 + n
        ));
        let who = if n < strangers { 9000 + n } else { 1000 + n };
        let answer = ["Agree", "Disagree", "Strongly agree"][(n / 2) % 3];
        survey.push_str(&format!(
            "{n},{who},{day}/0{}/2026,{answer},Agree\n",
            2 + n % 2
        ));
    }
    let study = Study::with(&[
        ("staff.csv", staff.as_bytes()),
        ("feedback 2026-Q1.csv", survey.as_bytes()),
    ]);
    study.write(
        "staywise.toml",
        b"[study]\nname = \"Ours\"\nas_at = 2026-06-30\n",
    );
    study
}

fn made() -> Study {
    let study = small(0);
    let said = study.run(&["report", "--period", "2026-Q1"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    study
}

const RESULTS: &str = "out/2026-Q1/results.csv";

/// The first row of the results for which all of some columns are so.
fn row(study: &Study, wanted: &[(&str, &str)]) -> csv::StringRecord {
    let text = study.read(RESULTS);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    reader
        .records()
        .map(Result::unwrap)
        .find(|r| wanted.iter().all(|(name, value)| &r[at(name)] == *value))
        .unwrap_or_else(|| panic!("no row has {wanted:?}"))
}

/// Where `claim` and `estimate` stand, by the contract of results.csv.
const CLAIM: usize = 20;

/// Without the line ends and blanks that wrapping puts in.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn json(said: &Said) -> Value {
    serde_json::from_str(&said.stdout).unwrap_or_else(|e| panic!("{e}: {}", said.stdout))
}

#[test]
fn every_error_says_what_to_do() {
    let study = made();
    study.write(
        "../broken/staywise.toml",
        b"[study]\nasat = 1\n[[source]]\nfiles = \"[\"\n",
    );
    study.write("../broken/staff.csv", b"");
    study.write("../mine/queries/a.sql", b"select 1");
    study.write(
        "../mine/staff.csv",
        b"Employee Number,Start Date\n1,2024-01-31\n",
    );
    study.write(
        "../page/reports/a.md",
        b"---\ntitle: A\n---\n\n{{ headline(\"nothing\") }}\n",
    );
    study.write(
        "../page/staff.csv",
        b"Employee Number,Start Date\n1,2024-01-31\n",
    );
    study.write("../key/private/key", b"short");
    study.write(
        "../key/staff.csv",
        b"Employee Number,Start Date\n1,2024-01-31\n",
    );
    study.write("../empty/notes.docx", b"x");
    let wrong: &[(&[&str], i32)] = &[
        (&["-C", "nowhere", "check"], 2),
        (&["check", "../empty"], 1),
        (&["init", "../empty"], 1),
        (&["demo", "../empty"], 2),
        (&["synth", "../empty"], 2),
        (&["check", "../broken"], 1),
        (&["-C", "../broken", "explain", "C-1"], 1),
        (&["-C", "../mine", "report"], 1),
        (&["-C", "../mine", "metrics"], 1),
        (&["-C", "../page", "report"], 1),
        (&["-C", "../key", "report"], 2),
        (&["report", "nothing"], 2),
        (&["report", "--period", "soon"], 2),
        (&["report", "--period", "2031-Q1"], 2),
        (&["report", "--out", "../empty"], 2),
        (&["report", "--out", "."], 2),
        (&["report", "--since", "2019"], 2),
        (&["report", "--since", "../empty"], 2),
        (&["metrics", "nothing"], 2),
        (&["metrics", "headcout"], 2),
        (&["explain", "C-nothing"], 2),
        (&["explain", "C-nothing", "--run", "2019"], 2),
        (&["-C", "mine2", "explain", "C-nothing"], 2),
        (&["explain"], 2),
        (&["explian"], 2),
        (&["report", "--perod"], 2),
        (&["synth", "new", "--staff", "1"], 2),
    ];
    for (arguments, code) in wrong {
        let said = study.run(arguments);
        let text = format!("$ staywise {}\n{}", arguments.join(" "), said.stderr);
        assert_eq!(said.code, *code, "{text}{}", said.stdout);
        assert!(text.contains("error: "), "{text}");
        // What comes before the command is known is said by the reader of
        // arguments, in its own shape.
        if text.contains("For more information, try '--help'.") {
            continue;
        }
        for block in said.stderr.split("error: ").skip(1) {
            let remedy = block.split("\n  What to do: ").nth(1);
            let remedy = remedy.and_then(|r| r.lines().next()).unwrap_or("");
            assert!(remedy.len() > 10, "no word of what to do: {text}");
            let what = block.lines().next().unwrap_or("");
            assert!(!what.is_empty() && !what.contains("staywise: "), "{text}");
        }
    }
}

#[test]
fn small_counts_are_said_nowhere_on_the_terminal() {
    let study = small(5);
    for arguments in [&["check"][..], &["report", "--period", "2026-Q1"][..]] {
        let said = study.run(arguments);
        assert_eq!(said.code, 0, "{}", said.stderr);
        let text = said.stdout + &said.stderr;
        assert!(
            text.contains(
                "about 60: about 60 linked to a person, fewer than 10 not in the staff list"
            ),
            "{text}"
        );
        for exact in [
            "60 linked",
            "55 linked",
            " 5 not in",
            "60: about",
            "60; none",
        ] {
            let exactly = text
                .match_indices(exact)
                .any(|(at, _)| !text[..at].ends_with("about "));
            assert!(!exactly, "{exact:?} stands in\n{text}");
        }
    }
    let nine = Study::with(&[(
        "staff.csv",
        b"Employee Number,Start Date,Leaving Date,Staff Group\n1,31/01/2024,,Nursing\n2,30/01/2024,,Nursing\n",
    )]);
    let said = nine.run(&["check"]);
    assert!(
        said.stdout
            .contains("People     fewer than 10 in the staff list"),
        "{}",
        said.stdout
    );
}

#[test]
fn data_and_talk_are_apart() {
    let study = small(0);
    let report = ["report", "--period", "2026-Q1"];
    let said = study.run(&report);
    assert_eq!(
        said.stdout,
        "./out/2026-Q1/quarterly.html\n./out/2026-Q1/cohorts.html\n"
    );
    assert!(
        said.stderr
            .contains("  Report     ./out/2026-Q1/quarterly.html"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("  staywise explain C-"),
        "{}",
        said.stderr
    );
    let claim = row(&study, &[("status", "shown"), ("level", "")])[CLAIM].to_owned();
    let quiet: &[&[&str]] = &[&report, &["check"], &["metrics"], &["explain", &claim]];
    for arguments in quiet {
        let loud = study.run(arguments);
        let said = study.run(&[arguments, &["--quiet"][..]].concat());
        assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{arguments:?}");
        assert_eq!(said.stdout, loud.stdout);
        assert!(!loud.stderr.is_empty(), "{arguments:?}");
        assert!(
            !(loud.stdout + &loud.stderr).contains('\u{1b}'),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_machine_may_read() {
    let study = small(0);
    let report = json(&study.run(&["report", "--period", "2026-Q1", "--json"]));
    assert_eq!(report["run"], "./out/2026-Q1");
    assert_eq!(report["period"]["first_day"], "2026-01-01");
    assert_eq!(report["reports"][0], "./out/2026-Q1/quarterly.html");
    assert!(report["rows"]["shown"].as_u64().unwrap() > 50);
    let stay = report["headlines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|h| h["metric"] == "intention_to_stay")
        .unwrap();
    let claim = stay["claim"].as_str().unwrap();
    let told = json(&study.run(&["explain", claim, "--json"]));
    assert_eq!(told["estimate"], stay["estimate"]);
    assert_eq!(
        (&told["n"], &told["status"]),
        (&Value::from(60), &Value::from("shown"))
    );
    assert_eq!(told["query"]["built_in"], true);
    let all = json(&study.run(&["metrics", "--json"]));
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .any(|m| m["name"] == "headcount")
    );
    let one = json(&study.run(&["metrics", "headcount", "--json"]));
    assert_eq!(one["file"], "queries/workforce/headcount.sql");
    let check = json(&study.run(&["check", "--json"]));
    assert_eq!(check["people"], 60);
    let listed = json(&study.run(&["report", "--list", "--json"]));
    assert_eq!(
        listed,
        serde_json::json!(["quarterly", "cohorts", "business-case"])
    );
}

#[test]
fn a_figure_is_explained_from_what_may_leave() {
    let study = made();
    fs::remove_dir_all(study.path().join("out/2026-Q1/private")).unwrap();
    let shown = row(
        &study,
        &[
            ("metric", "intention_to_stay"),
            ("period", "2026-Q1"),
            ("level", ""),
        ],
    );
    let claim = &shown[CLAIM];
    let said = study.run(&["explain", claim]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    for words in [
        "Intention to stay\n67% (between 54% and 77%)",
        "\n  Whom          Everyone\n",
        "\n  Base          60 answers\n",
        "\n  Counts        40 over 60\n",
        "Run           ./out/2026-Q1: a draft",
        "queries/survey/intention_to_stay.sql (built in)\n\n-- metric:",
    ] {
        assert!(
            said.stdout.contains(words),
            "{words:?} is not in\n{}",
            said.stdout
        );
    }
    for words in [
        "docs/methods.md, \"One proportion: Wilson\"",
        "(`partials = \"drop\"`)",
    ] {
        assert!(on_one_line(&said.stdout).contains(words), "{}", said.stdout);
    }
    // However it is typed.
    let bare = claim.trim_start_matches("C-").to_uppercase();
    assert_eq!(study.run(&["explain", &bare]).stdout, said.stdout);
    let by_folder = study.run(&["explain", claim, "--run", "out/2026-Q1"]);
    assert_eq!(by_folder.stdout, said.stdout.replace("./out", "out"));
    // A slip of a letter.
    let slip = claim.replacen(&claim[2..3], "", 1);
    let near = study.run(&["explain", &slip]);
    assert_eq!(near.code, 2);
    assert!(
        near.stderr.contains(&format!(
            "Did you mean {claim} (Intention to stay, everyone"
        )),
        "{}",
        near.stderr
    );
}

#[test]
fn a_hidden_figure_is_explained_by_the_shared_words_alone() {
    let study = made();
    let hidden = row(
        &study,
        &[
            ("metric", "intention_to_stay"),
            ("status", "c"),
            ("level", "Cottage"),
        ],
    );
    let said = study.run(&["explain", &hidden[CLAIM]]);
    assert!(
        said.stdout.contains("\n[c] hidden to protect people\n"),
        "{}",
        said.stdout
    );
    assert!(
        said.stdout
            .contains("\n  Status        c: hidden to protect people\n"),
        "{}",
        said.stdout
    );
    for heading in ["Base ", "Counts ", "Interval "] {
        assert!(
            !said.stdout.contains(&format!("\n  {heading}")),
            "{}",
            said.stdout
        );
    }
    let told = json(&study.run(&["explain", &hidden[CLAIM], "--json"]));
    for number in [
        "estimate",
        "lower",
        "upper",
        "n",
        "numerator",
        "denominator",
        "persons",
    ] {
        assert!(told[number].is_null(), "{number}: {told}");
    }
}

#[test]
fn a_query_of_the_studys_own_is_named_so_and_a_changed_one_is_said() {
    let study = made();
    let claim = row(&study, &[("metric", "belonging"), ("status", "shown")])[CLAIM].to_owned();
    let built_in = include_str!("../../queries/survey/belonging.sql");
    let own = built_in.replace("-- exclusions: ", "-- exclusions: Bank staff. ");
    study.write("queries/belonging.sql", own.as_bytes());
    let said = study.run(&["explain", &claim]);
    let words = "(the study's own; its definition has changed since the run)";
    assert!(on_one_line(&said.stdout).contains(words), "{}", said.stdout);
    let left_out = said.stdout.split("Left out").nth(1).unwrap();
    assert!(
        !left_out.lines().next().unwrap().contains("Bank staff"),
        "{left_out}"
    );
}

#[test]
fn an_earlier_run_is_compared_only_where_that_means_something() {
    let study = made();
    let said = study.run(&["report", "--period", "2026-Q2", "--since", "2026-Q1"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let page = study.read("out/2026-Q2/quarterly.html");
    let plain = study.run(&["report", "--period", "2026-Q2"]);
    assert_eq!(plain.code, 0);
    assert_ne!(
        page,
        study.read("out/2026-Q2/quarterly.html"),
        "the page says what moved"
    );

    let refused = |arguments: &[&str], words: &str| {
        let said = study.run(arguments);
        assert_eq!(said.code, 2, "{}", said.stderr);
        assert!(
            said.stderr.contains(words),
            "{words:?} is not in\n{}",
            said.stderr
        );
    };
    let earlier = ["report", "--period", "2025-Q4", "--since", "2026-Q1"];
    refused(&earlier, "later than the period asked for");
    let year = ["report", "--period", "2026", "--since", "2026-Q1"];
    refused(&year, "not as long as the period asked for");
    let manifest = study.read("out/2026-Q1/manifest.json");
    study.write("theirs/results.csv", study.read(RESULTS).as_bytes());
    let renamed = manifest
        .replace("\"Ours\"", "\"Theirs\"")
        .replace("\"study_digest\": \"", "\"study_digest\": \"0");
    study.write("theirs/manifest.json", renamed.as_bytes());
    refused(
        &["report", "--since", "theirs"],
        "another study, \"Theirs\"",
    );
    study.write("theirs/manifest.json", manifest.as_bytes());
    let changed = study
        .read(RESULTS)
        .replace(",intention_to_stay,", ",other,");
    study.write("theirs/results.csv", changed.as_bytes());
    refused(
        &["report", "--since", "theirs"],
        "of its results.csv was changed",
    );
}

#[test]
fn without_a_command_it_says_what_to_type_first() {
    let study = Study::new();
    let first = |study: &Study| {
        let said = study.run(&[]);
        assert_eq!((said.code, said.stderr.as_str()), (0, ""));
        let typed = said.stdout.lines().find(|l| l.starts_with("  staywise "));
        typed.unwrap_or("").trim().to_owned()
    };
    assert!(first(&study).starts_with("staywise demo "));
    study.write("staff.csv", b"a,b\n");
    assert!(first(&study).starts_with("staywise init "));
    study.write("staywise.toml", b"");
    assert!(first(&study).starts_with("staywise report "));
}

#[test]
fn every_command_has_examples() {
    let study = Study::new();
    let help = study.run(&["--help"]).stdout;
    let commands = [
        "demo", "init", "check", "report", "compare", "explain", "metrics", "synth",
    ];
    let page = include_str!("../../docs/commands.md");
    for command in commands {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
        let said = study.run(&[command, "--help"]);
        assert_eq!(said.code, 0);
        assert!(said.stdout.contains("Example"), "{}", said.stdout);
        assert!(said.stdout.contains(&format!("staywise {command}")) || command == "explain");
        assert!(
            page.contains(&format!("\n## {command}\n")),
            "docs/commands.md has no {command}"
        );
    }
}
