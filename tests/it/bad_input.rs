//! What the program says of bad input, whole: where it is, what was expected,
//! what to do; that nothing is written; and that warnings let a run go on.

use crate::harness::{Study, golden, workbook};

const STAFF: &str = "Employee Number,Staff Group,Start Date,Leaving Date,Ethnic Origin\n";

/// Thirty people, ten of them gone; dates day first beyond doubt.
fn staff() -> String {
    let mut text = STAFF.to_owned();
    for n in 0..30 {
        let leave = if n % 3 == 0 {
            format!("{}/05/2026", 13 + n % 15)
        } else {
            String::new()
        };
        text.push_str(&format!(
            "{},Nursing,{}/0{}/2024,{leave},A\n",
            1000 + n,
            13 + n % 15,
            1 + n % 9
        ));
    }
    text
}

fn survey(label: &str) -> String {
    let mut text = String::from(
        "Response,Employee Number,Completion date,I intend to stay with this organisation,I feel I belong\n",
    );
    for n in 0..30 {
        let answer = if n == 7 {
            label
        } else {
            ["Agree", "Disagree", "Strongly agree"][n % 3]
        };
        text.push_str(&format!(
            "{n},{},{}/05/2026,{answer},Agree\n",
            1000 + n,
            13 + n % 15
        ));
    }
    text
}

/// Runs `init` then `report`, and compares all that was said.
fn story(name: &str, files: &[(&str, &[u8])]) -> Study {
    let study = Study::with(files);
    let mut text = String::new();
    for arguments in [&["init", "."][..], &["report"][..]] {
        let said = study.run(arguments);
        text.push_str(&format!(
            "$ staywise {}\nexit {}\n{}{}\n",
            arguments.join(" "),
            said.code,
            said.stdout,
            said.stderr
        ));
        if said.code == 2 {
            break;
        }
    }
    golden(&format!("cases/bad-input/{name}.txt"), &text);
    study
}

fn nothing_written(study: &Study) {
    let made: Vec<String> = study
        .files()
        .into_keys()
        .filter(|n| n.starts_with("out/") || n.ends_with(".part") || n.contains(".new-"))
        .collect();
    assert!(made.is_empty(), "half-written: {made:?}");
}

#[test]
fn no_files() {
    nothing_written(&story("no-files", &[]));
}

#[test]
fn an_empty_file() {
    nothing_written(&story("empty-file", &[("staff.csv", b"")]));
}

#[test]
fn a_header_only_sheet() {
    let book = workbook(&[&[
        "Employee Number",
        "Start Date",
        "Leaving Date",
        "Staff Group",
    ]]);
    nothing_written(&story("header-only", &[("staff.xlsx", &book)]));
}

#[test]
fn a_password_protected_workbook() {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(512, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    nothing_written(&story("password-protected", &[("staff.xlsx", &bytes)]));
}

#[test]
fn a_truncated_workbook() {
    let book = workbook(&[&["Employee Number", "Start Date"], &["1", "2024-01-01"]]);
    nothing_written(&story(
        "truncated-workbook",
        &[("staff.xlsx", &book[..book.len() / 2])],
    ));
}

#[test]
fn an_image_renamed() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    nothing_written(&story("image-renamed", &[("staff.xlsx", png)]));
}

#[test]
fn a_ragged_csv() {
    let text = format!("{}1031,Nursing,13/01/2024,,A,stray,more\n", staff());
    nothing_written(&story("ragged-csv", &[("staff.csv", text.as_bytes())]));
}

#[test]
fn no_identifier_column() {
    let text = staff().replace("Employee Number", "Row label");
    let study = Study::with(&[("staff.csv", text.as_bytes())]);
    study.write(
        "staywise.toml",
        b"[[source]]\nfiles = \"staff.csv\"\nholds = \"staff\"\nlayout = \"staff_list\"\n",
    );
    let said = study.run(&["report"]);
    golden(
        "cases/bad-input/no-identifier.txt",
        &format!(
            "$ staywise report\nexit {}\n{}{}\n",
            said.code, said.stdout, said.stderr
        ),
    );
    nothing_written(&study);
}

#[test]
fn dates_that_mix_orders() {
    let text = staff().replace("13/01/2024", "01/13/2024");
    nothing_written(&story("dates-mixed", &[("staff.csv", text.as_bytes())]));
}

#[test]
fn dates_that_can_be_read_both_ways() {
    let mut text = STAFF.to_owned();
    for n in 0..30 {
        text.push_str(&format!(
            "{},Nursing,0{}/0{}/2024,,A\n",
            1000 + n,
            1 + n % 9,
            1 + n % 7
        ));
    }
    nothing_written(&story(
        "dates-undecidable",
        &[("staff.csv", text.as_bytes())],
    ));
}

#[test]
fn a_broken_query() {
    let sql = b"-- metric: sick_days\n-- lable: Sick days\n-- kind: proportoin\n\
                delete from people; select 1 / 2\n";
    let staff = staff();
    let files: &[(&str, &[u8])] = &[
        ("staff.csv", staff.as_bytes()),
        ("queries/sick_days.sql", sql),
    ];
    nothing_written(&story("broken-sql", files));
}

#[test]
fn a_broken_report() {
    let page = b"---\ntitle: Ours\n---\n\n# Ours\n\n{{ headline(\"intention_to_sty\") }}\n\n\
                 {{ chart(\"retention_12m\", bye=\"site\") }}\n";
    let staff = staff();
    let files: &[(&str, &[u8])] = &[("staff.csv", staff.as_bytes()), ("reports/ours.md", page)];
    nothing_written(&story("broken-report", files));
}

#[test]
fn a_broken_study() {
    let toml = b"[study]\nname = \"x\"\nasat = 2026-06-30\n\n[[source]]\nfiles = \"staff.csv\"\n\
                 holds = \"staf\"\nheader_row = \"one\"\n\n[disclosure]\npolicy = \"none\"\n";
    let staff = staff();
    let files: &[(&str, &[u8])] = &[("staff.csv", staff.as_bytes()), ("staywise.toml", toml)];
    let study = Study::with(files);
    let said = study.run(&["check"]);
    golden(
        "cases/bad-input/broken-toml.txt",
        &format!(
            "$ staywise check\nexit {}\n{}{}\n",
            said.code, said.stdout, said.stderr
        ),
    );
    assert_eq!(said.code, 1);
    nothing_written(&study);
}

#[test]
fn unknown_labels_are_set_aside_and_the_run_goes_on() {
    let (staff, survey) = (staff(), survey("Sometimes maybe"));
    let files: &[(&str, &[u8])] = &[
        ("staff.csv", staff.as_bytes()),
        ("feedback 2026-Q2.csv", survey.as_bytes()),
    ];
    let study = story("unknown-labels", files);
    let files = study.files();
    let private = files.keys().find(|n| n.ends_with("private/findings.csv"));
    let said = study.read(private.expect("a run is made"));
    assert!(said.contains("Sometimes maybe"), "the value is in private/");
}

#[test]
fn bad_dates_up_to_the_limit_are_set_aside() {
    let staff = staff().replacen("13/01/2024", "31/02/2024", 1);
    let study = story("bad-dates", &[("staff.csv", staff.as_bytes())]);
    assert!(study.files().keys().any(|n| n.ends_with("results.csv")));
}

#[test]
fn two_columns_with_the_same_question_are_both_kept() {
    let survey =
        survey("Agree").replace("I feel I belong", "I intend to stay with this organisation");
    let staff = staff();
    let files: &[(&str, &[u8])] = &[
        ("staff.csv", staff.as_bytes()),
        ("feedback 2026-Q2.csv", survey.as_bytes()),
    ];
    let study = story("same-question-twice", files);
    assert!(study.files().keys().any(|n| n.ends_with("results.csv")));
}

#[test]
fn a_metric_whose_columns_are_absent_is_not_available() {
    let staff: String = staff()
        .lines()
        .map(|l| {
            let cells: Vec<&str> = l.split(',').collect();
            format!("{},{},{},{}\n", cells[0], cells[1], cells[2], cells[4])
        })
        .collect();
    let study = story("no-leavers", &[("staff.csv", staff.as_bytes())]);
    let page = study
        .files()
        .into_iter()
        .find(|(n, _)| n.ends_with("quarterly.html"))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .expect("a report is made");
    assert!(
        page.contains("not available because"),
        "the report says why"
    );
}
