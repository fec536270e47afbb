//! What small providers and programme leads keep: a leavers sheet beside a
//! worker file, one sheet that is staff list and register, addresses in the
//! survey and numbers in the list.

use crate::harness::Study;
use std::fmt::Write;

/// An ASC-WDS worker file of 40 in post.
fn workers() -> String {
    let mut text = String::from(
        "LOCALESTID,UNIQUEWORKERID,STATUS,DISPLAYID,STARTDATE,EMPLSTATUS,MAINJOBROLE\n",
    );
    for n in 0..40 {
        let home = ["ELM", "OAK"][n % 2];
        let month = 1 + n % 12;
        writeln!(
            text,
            "{home},W{n},UPDATE,x,1{}/{month:02}/202{},1,8",
            n % 9,
            3 + n % 3
        )
        .unwrap();
    }
    text
}

/// Twenty leavers, with the headers that are given.
fn leavers(header: &str, started: impl Fn(usize) -> String) -> String {
    let mut text = format!("{header}\n");
    for n in 0..20 {
        let month = 1 + n % 12;
        let home = ["ELM", "OAK"][n % 2];
        writeln!(
            text,
            "L{n},{},1{}/{month:02}/2026,{home},Pay",
            started(n),
            n % 9
        )
        .unwrap();
    }
    text.replace("/10/2026", "/03/2026")
        .replace("/11/2026", "/03/2026")
        .replace("/12/2026", "/03/2026")
}

#[test]
fn a_leavers_sheet_in_short_words_beside_a_worker_file() {
    let header = "Worker no.,Started,Left,Home,Why they left";
    let list = leavers(header, |n| format!("1{}/05/2024", n % 9));
    let study = Study::with(&[
        ("worker.csv", workers().as_bytes()),
        ("leavers.csv", list.as_bytes()),
    ]);
    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let toml = study.read("staywise.toml");
    assert!(toml.contains("sector = \"social care\""), "{toml}");
    assert_eq!(toml.matches("holds = \"staff\"").count(), 2, "{toml}");
    let said = study.run(&["check", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(!said.stderr.contains("nobody who left"), "{}", said.stderr);
    assert!(
        said.stdout.contains("20 leavers") || said.stdout.contains("20"),
        "{}",
        said.stdout
    );
}

#[test]
fn leavers_without_a_start_stop_the_run_and_make_no_rate() {
    let list = leavers("Worker no.,Begun at ours,Left,Home,Why they left", |_| {
        String::new()
    });
    let study = Study::with(&[
        ("worker.csv", workers().as_bytes()),
        ("leavers.csv", list.as_bytes()),
        (
            "staywise.toml",
            b"[study]\nas_at = 2026-09-30\n[[source]]\nfiles = \"leavers.csv\"\nholds = \"staff\"\n",
        ),
    ]);
    for command in ["check", "report"] {
        let said = study.run(&[command]);
        assert_ne!(said.code, 0, "{}", said.stdout);
        assert!(said.stderr.contains("whose start is"), "{}", said.stderr);
    }
    // Without the list there is no source of leavers, and no rate.
    study.write(
        "staywise.toml",
        b"[study]\nas_at = 2026-09-30\nignore = [\"leavers.csv\"]\n[report]\nperiod = \"2026-Q3\"\n",
    );
    let said = study.run(&["report"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let rows = study.read("out/2026-Q3/results.csv");
    assert!(
        !rows.contains("leaver_rate,") && !rows.contains("retention_12m,"),
        "{rows}"
    );
    let page = study.read("out/2026-Q3/quarterly.html");
    assert!(page.contains("no leaving dates"), "the reason is said");
}

/// One row a preceptee, with when they left.
fn preceptees() -> String {
    let mut text =
        String::from("Staff No,Site,Programme start,Completed,Protected hours received,Left on\n");
    for n in 0..60 {
        let left = if n % 4 == 0 { "2025-11-20" } else { "" };
        let done = if n % 4 == 1 { "2025-10-01" } else { "" };
        let site = ["North", "South"][n % 2];
        writeln!(
            text,
            "{},{site},2024-1{}-0{},{done},{},{left}",
            41_000 + n,
            n % 3,
            1 + n % 9,
            8 + n % 9
        )
        .unwrap();
    }
    text
}

#[test]
fn one_sheet_is_the_staff_list_and_the_register() {
    let study = Study::with(&[("preceptees.csv", preceptees().as_bytes())]);
    study.run(&["init", "."]);
    let toml = study.read("staywise.toml");
    assert!(toml.contains("holds = \"register\""), "{toml}");
    // Alone, it follows nobody; what `init` offers does.
    let said = study.run(&["check", "."]);
    assert!(
        said.stderr.contains("There is no staff list"),
        "{}",
        said.stderr
    );
    let both: String = toml
        .lines()
        .map(|line| {
            let offered = [
                "# [[source]]",
                "# files =",
                "# holds =",
                "# header_row =",
                "# columns =",
            ];
            let offered = offered.iter().any(|start| line.starts_with(start));
            let line = if offered { &line[2..] } else { line };
            format!("{line}\n")
        })
        .collect();
    assert_eq!(both.matches("\n[[source]]").count(), 2, "{both}");
    study.write("staywise.toml", both.as_bytes());
    let said = study.run(&["check", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        !said.stderr.contains("There is no staff list"),
        "{}",
        said.stderr
    );
    let said = study.run(&["report", "--period", "all"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let rows = study.read("out/all/results.csv");
    let on = rows.lines().filter(|l| l.contains("On programme"));
    assert!(on.count() > 0, "enrolment comes of the same sheet");
    // A copy of the file may stand for either as well.
    let copied = both.replacen("preceptees.csv", "copy.csv", 3);
    assert_ne!(copied, both);
    study.write("copy.csv", preceptees().as_bytes());
    let said = study.run(&["check", "."]);
    assert!(said.stderr.contains("same file"), "{}", said.stderr);
    let two = "[[source]]\nfiles = \"preceptees.csv\"\nholds = \"staff\"\n\
               columns = { \"Programme start\" = \"start_date\" }\n\
               [[source]]\nfiles = \"copy.csv\"\nholds = \"register\"\n";
    study.write("staywise.toml", two.as_bytes());
    let said = study.run(&["check", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(!said.stderr.contains("same file"), "{}", said.stderr);
}

#[test]
fn an_impossible_day_names_the_setting_that_stops_the_run() {
    let study = Study::with(&[
        (
            "staff.csv",
            b"Staff No,Start date,Leaving date\n1,31/02/2025,\n2,13/03/2025,\n3,14/03/2025,15/04/2026\n",
        ),
        ("staywise.toml", b"[study]\nas_at = 2026-09-30\n"),
    ]);
    let said = study.run(&["check", "."]);
    assert_ne!(said.code, 0);
    assert!(said.stderr.contains("max_unusable"), "{}", said.stderr);
    assert!(
        !said.stderr.contains("dates = \"day first\""),
        "{}",
        said.stderr
    );
    let found = study.read("private/findings.csv");
    assert!(found.contains("31/02/2025"));
}
