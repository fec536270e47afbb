//! Vacancy rates through the program: a care provider's files as they are
//! uploaded, and an establishment that changes.

use crate::harness::Study;
use crate::turnover::rows;
use std::collections::BTreeMap;
use std::fmt::Write;

const WORKER: &str = "LOCALESTID,UNIQUEWORKERID,STATUS,STARTDATE,EMPLSTATUS,MAINJOBROLE";
const STUDY: &str = "[study]\nname = \"Our homes\"\nas_at = 2026-06-30\nsector = \"social care\"\n\
                     [[source]]\nfiles = \"*worker.csv\"\ncolumns = { \"FTE\" = \"fte\", \"LEFT\" = \
                     \"leave_date\" }\n[[source]]\nfiles = \"workplace.csv\"\n";

/// Oak: 28 care workers and 12 nurses; Elm: 12 and 12; Fir: 50 care workers;
/// Ash: some.
fn workers(ash: usize) -> String {
    let mut out = format!("{WORKER},FTE,LEFT\n");
    let homes = [
        ("OAK", 28, 12),
        ("ELM", 12, 12),
        ("ASH", ash, 0),
        ("FIR", 50, 0),
    ];
    for (home, carers, nurses) in homes {
        for number in 1..=carers + nurses {
            let role = if number <= carers { 8 } else { 16 };
            writeln!(out, "{home},{number},UPDATE,15/02/2024,1,{role},0.8,").unwrap();
        }
        writeln!(out, "{home},900,UPDATE,15/02/2024,3,8,,").unwrap();
    }
    // So many left that no period is hidden for it.
    for number in 901..=912 {
        writeln!(out, "OAK,{number},UPDATE,01/02/2021,1,8,0.8,30/06/2022").unwrap();
    }
    out
}

fn workplaces((workers, ash): (usize, &str)) -> String {
    let workers = workers.to_string();
    let mut out = String::from(
        "LOCALESTID,STATUS,ESTNAME,TOTALPERMTEMP,ALLJOBROLES,STARTERS,LEAVERS,VACANCIES,REASONS,REASONNOS\n",
    );
    for (home, total, roles, vacancies) in [
        ("OAK,UPDATE", "40", "8;16", "3;1"),
        ("ELM,UPDATE", "26", "8;16", "2;0"),
        ("ASH,NEW", &workers, "8", ash),
        ("FIR,NOCHANGE", "50", "8", "0"),
        ("YEW,DELETE", "70", "8", "9"),
    ] {
        writeln!(out, "{home},Redacted,{total},{roles},999,999,{vacancies},,").unwrap();
    }
    out
}

const PAGE: &str = "---\ntitle: Vacancies\n---\n\n{{ headline(\"vacancy_rate_asc_wds\") }}\n\n\
                    {{ table(\"vacancy_rate_asc_wds\", by=\"site\") }}\n\n\
                    {{ headline(\"vacancy_rate\") }}\n";

/// With so many workers at Ash, and the vacancies that it states.
fn study(toml: &str, ash: (usize, &str)) -> Study {
    let study = Study::with(&[
        ("worker.csv", workers(ash.0).as_bytes()),
        ("workplace.csv", workplaces(ash).as_bytes()),
        ("reports/vacancies.md", PAGE.as_bytes()),
    ]);
    study.write("staywise.toml", format!("{STUDY}{toml}").as_bytes());
    study
}

fn reported(study: &Study) -> Vec<BTreeMap<String, String>> {
    let said = study.run(&["report", "vacancies", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    rows(study, "2026-Q2")
}

/// The status, counts and reason of a metric's row by level, period by period.
fn told(
    rows: &[BTreeMap<String, String>],
    metric: &str,
) -> BTreeMap<(String, String), [String; 4]> {
    let of =
        |row: &&BTreeMap<String, String>| row["metric"] == metric && row["statistic"] == "value";
    rows.iter()
        .filter(of)
        .map(|row| {
            let what = ["status", "numerator", "denominator", "reason"].map(|c| row[c].clone());
            ((row["period"].clone(), row["level"].clone()), what)
        })
        .collect()
}

fn at<'a>(
    told: &'a BTreeMap<(String, String), [String; 4]>,
    period: &str,
    level: &str,
) -> [&'a str; 4] {
    let key = (period.to_owned(), level.to_owned());
    let row = told
        .get(&key)
        .unwrap_or_else(|| panic!("{key:?} of {told:?}"));
    [0, 1, 2, 3].map(|at| row[at].as_str())
}

#[test]
fn a_care_provider_has_both_rates_under_their_two_names() {
    let dated = "[[establishment]]\nfte = 100\non = 2026-01-01\n[[establishment]]\nfte = 120\non = \
                 2026-04-01\n";
    let study = study(dated, (14, "1"));
    let rows = reported(&study);
    let care = told(&rows, "vacancy_rate_asc_wds");
    // 128 workers, and 3 + 1 + 2 + 1 vacancies.
    assert_eq!(at(&care, "2026-Q2", ""), ["shown", "7", "135", ""]);
    assert_eq!(at(&care, "2026-Q2", "OAK"), ["shown", "4", "44", ""]);
    assert_eq!(at(&care, "2026-Q2", "FIR"), ["shown", "0", "50", ""]);
    assert_eq!(at(&care, "2026-Q2", "ASH"), ["shown", "1", "15", ""]);
    assert_eq!(
        at(&care, "2026-Q2", "Registered Nurse"),
        ["shown", "1", "25", ""]
    );
    assert!(
        care.keys().all(|(period, _)| period == "2026-Q2"),
        "{care:?}"
    );
    // 128 posts of 0.8 each.
    let planned = told(&rows, "vacancy_rate");
    let posts = |period: &str| at(&planned, period, "")[2];
    assert_eq!((posts("2026-Q2"), posts("2026-Q1")), ("120", "100"));
    let before = at(&planned, "2025-Q4", "");
    assert_eq!(before[0], "x");
    assert!(
        before[3].contains("is of 1 January 2026, after this period"),
        "{before:?}"
    );
    let page = study.read("out/2026-Q2/vacancies.html");
    for words in ["Vacancy rate (ASC-WDS)", "Vacancy rate", ">5%<"] {
        assert!(page.contains(words), "the page lacks {words}");
    }
    explained(&study, &rows);
    let said = study.run(&["check", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let note = "note: A workplace states another number of permanent and temporary workers";
    assert!(said.stderr.contains(note), "{}", said.stderr);
    assert!(
        said.stderr
            .contains("workplace.csv > row 3 > column D \"TOTALPERMTEMP\"")
    );
    assert!(
        !page.contains("states another number"),
        "a note stands on no page"
    );
}

/// What stands behind each, by the claim in its row.
fn explained(study: &Study, rows: &[BTreeMap<String, String>]) {
    for (metric, how) in [
        (
            "vacancy_rate_asc_wds",
            "vacancies / (vacancies + headcount)",
        ),
        ("vacancy_rate", "[[establishment]] of 1 April 2026"),
    ] {
        let of = |r: &&BTreeMap<String, String>| {
            r["metric"] == metric && r["period"] == "2026-Q2" && r["level"].is_empty()
        };
        let claim = rows.iter().find(of).unwrap()["claim"].clone();
        let said = study.run(&["explain", &claim]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        assert!(said.stdout.contains(how), "{}", said.stdout);
        // No query counts it, so none is offered.
        assert!(!said.stderr.contains("staywise metrics"), "{}", said.stderr);
    }
}

#[test]
fn a_home_that_does_not_know_leaves_no_total_and_tells_nothing_of_its_workers() {
    let study = study("", (4, "999"));
    let rows = reported(&study);
    let care = told(&rows, "vacancy_rate_asc_wds");
    let why = "How many posts are vacant is not known for 1 of 4 workplaces, so there is no total.";
    assert_eq!(at(&care, "2026-Q2", ""), ["x", "", "", why]);
    assert_eq!(at(&care, "2026-Q2", "OAK"), ["shown", "4", "44", ""]);
    let hidden = ["c", "", "", "hidden to protect people"];
    assert_eq!(at(&care, "2026-Q2", "ASH"), hidden, "known or not");
    let page = study.read("out/2026-Q2/vacancies.html");
    assert!(page.contains("not known for 1 of 4 workplaces"));
    assert!(page.contains("the study gives no [establishment]"));
}

#[test]
fn establishments_that_cannot_be_told_apart_are_said_all_at_once() {
    let toml = "[[establishment]]\nfte = 100\n[[establishment]]\nfte = 110\non = 2026-04-01\n\
                [[establishment]]\non = 2026-04-01\n";
    let said = study(toml, (14, "1")).run(&["check", "."]);
    assert_eq!(said.code, 1, "{}{}", said.stdout, said.stderr);
    for wrong in [
        "There are several [[establishment]]s, and one does not say of when it is (`on`).",
        "An [[establishment]] does not say how many posts it has (`fte`).",
        "Two [[establishment]]s are of 1 April 2026.",
        "Write, for instance, fte = 412.6 and on = 2026-04-01",
    ] {
        assert!(said.stderr.contains(wrong), "{}", said.stderr);
    }
}
