//! `init` and `check` on a study as it grows: what is kept, what is added,
//! what is left in private/, and how bad a study says that a finding is.

use crate::harness::Study;

#[test]
fn init_again_keeps_what_is_said_and_tells_what_moved() {
    let survey = |site: &str, third: &str| {
        let mut text = format!(
            "Response,Completion date,{site},I intend to stay with this organisation,Why?\n"
        );
        for n in 0..20 {
            let answer = ["Agree", "Disagree", third][n % 3];
            text.push_str(&format!(
                "{n},{}/05/2026,North,{answer},because {n}\n",
                13 + n % 15
            ));
        }
        text
    };
    let study = Study::with(&[("wave-1.csv", survey("Hub", "Strongly agree").as_bytes())]);
    assert_eq!(study.run(&["init", "."]).code, 0);
    let own = format!("{}\n# my own words\n", study.read("staywise.toml"));
    study.write("staywise.toml", own.as_bytes());

    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stderr.contains("Nothing is new"), "{}", said.stderr);
    assert_eq!(study.read("staywise.toml"), own);

    study.write(
        "wave-2.csv",
        survey("Hub name", "Strongly disagree").as_bytes(),
    );
    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let against = "wave-2.csv, against wave-1.csv: ";
    for told in [
        format!("{against}the question \"Hub\" is now \"Hub name\""),
        format!(
            "{against}\"I intend to stay with this organisation\" has answers that it had not: Strongly disagree"
        ),
    ] {
        assert!(said.stderr.contains(&told), "{told}\n{}", said.stderr);
    }
    let now = study.read("staywise.toml");
    assert!(now.starts_with(own.trim_end()), "what was said is kept");
    assert_eq!(now.matches("[[source]]").count(), 2);
    assert_eq!(now.matches("name = \"intention_to_stay\"").count(), 1);
    assert_eq!(study.read("staywise.toml.old"), own);
    assert_eq!(study.run(&["check", "."]).code, 0);
}

#[test]
fn check_leaves_a_page_and_every_finding_in_private() {
    let study = Study::with(&[(
        "staff.csv",
        b"Employee Number,Start Date,Leaving Date,Staff Group\n1,2024-01-01,,Nursing\n2,2024-01-01,soon,Nursing\n3,2024-02-01,,Nursing\n",
    )]);
    study.run(&["check", "."]);
    let page = study.read("private/check.html");
    assert!(page.contains("What was found in the data") && page.contains("staff.csv"));
    assert!(!page.contains("soon"), "no value on the page");
    assert!(!page.contains("http://") && !page.contains("<script"));
    let all = study.read("private/findings.csv");
    assert!(
        all.starts_with("severity,rule,file,") && all.contains("soon"),
        "{all}"
    );
}

#[test]
fn a_study_says_how_bad_a_finding_is() {
    let study = Study::with(&[
        ("staff.csv", b"Employee Number,Start Date,Leaving Date\n1,2024-01-01,\n2,2024-01-01,2025-03-01\n1,2024-01-01,\n"),
        ("staywise.toml", b"[quality.severity]\nlayout = \"warning\"\nlayuot = \"error\"\n"),
    ]);
    let said = study.run(&["check", "."]);
    assert!(
        said.stderr.contains("warning: Read as a staff list"),
        "{}",
        said.stderr
    );
    assert!(said.stderr.contains("`layuot`"), "{}", said.stderr);
}
