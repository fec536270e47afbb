//! Vacancies that workplaces state, held against their workers: by hand, what
//! is hidden, what is not known, and the edges.

use super::NAME;
use crate::pipeline::made_up::{self, Kept, built_in};
use crate::pipeline::vacancy::unavailable;
use crate::pipeline::{Made, Periods, gather, make};
use crate::report::made_up::Table;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Finding, Period, Severity, Status, Tally};
use std::fmt::Write;

const STUDY: &str = "[study]\nas_at = 2026-06-30\n[[source]]\nfiles = \"leavers.csv\"\n\
                     columns = { \"LEFTON\" = \"leave_date\" }\n";
/// Without somebody who left a list shows no headcount of a day gone by.
const LEAVERS: &str = "LOCALESTID,UNIQUEWORKERID,STATUS,STARTDATE,EMPLSTATUS,MAINJOBROLE,LEFTON\n\
                       HOME-A,L1,UPDATE,01/02/2021,1,8,30/06/2022\n";

/// A home's workers: its name, and how many of each job role.
type Home<'a> = (&'a str, &'a [(&'a str, usize)]);

fn workers(homes: &[Home<'_>]) -> String {
    let mut out =
        String::from("LOCALESTID,UNIQUEWORKERID,STATUS,STARTDATE,EMPLSTATUS,MAINJOBROLE\n");
    for (home, roles) in homes {
        let roles = roles.iter().flat_map(|(role, n)| vec![*role; *n]);
        for (number, role) in roles.enumerate() {
            let status = 1 + number % 2;
            let (day, number) = (1 + number % 28, number + 1);
            let line = format!("{home},{number},UPDATE,{day:02}/02/2024,{status},{role}");
            writeln!(out, "{line}").unwrap();
        }
        // A pool worker fills no post.
        writeln!(out, "{home},P,UPDATE,01/02/2024,3,8").unwrap();
    }
    out
}

/// The workplace file: name, stated workers, job roles and vacancies.
fn workplaces(rows: &[[&str; 4]]) -> String {
    let mut out = String::from(
        "LOCALESTID,STATUS,ESTNAME,TOTALPERMTEMP,ALLJOBROLES,STARTERS,LEAVERS,VACANCIES\n",
    );
    for [home, stated, roles, vacancies] in rows {
        writeln!(out, "{home},UPDATE,Ours,{stated},{roles},0,0,{vacancies}").unwrap();
    }
    out
}

struct Told {
    rows: Vec<Released>,
    findings: Vec<Finding>,
    missing: Vec<String>,
}

impl Told {
    /// The row of a level, or of everyone.
    fn row(&self, level: &str) -> &Released {
        let of = |row: &&Released| {
            let parts = row.key().group.parts().first();
            parts.map_or("", |(_, l)| l.as_str()) == level
        };
        self.rows.iter().find(of).unwrap()
    }

    fn of(&self, level: &str) -> (Option<f64>, Option<f64>) {
        let row = self.row(level);
        (row.numerator(), row.denominator())
    }

    fn why(&self, level: &str) -> (Status, &str) {
        let row = self.row(level);
        assert_eq!(
            (row.estimate(), row.numerator(), row.n()),
            (None, None, None)
        );
        (row.status(), row.reason())
    }
}

/// A study of these files, reported on a quarter.
fn told((toml, quarter): (&str, &str), worker: &str, workplace: &str) -> Told {
    let leavers = if toml == ALONE { "" } else { LEAVERS };
    let toml = if toml == ALONE { "" } else { toml };
    let files = [
        ("worker.csv", worker),
        ("workplace.csv", workplace),
        ("leavers.csv", leavers),
    ];
    let kept: Vec<(&str, &str)> = files
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let mut kept = Kept::new(&format!("{STUDY}{toml}"), &kept);
    kept.reports = vec![("mine".to_owned(), format!("{{{{ headline(\"{NAME}\") }}}}"))];
    let run = kept.run();
    let gathered = gather(&run);
    let errors = gathered
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|f| f.rule).collect();
    // The source of leavers has no file where the list of them is left out.
    assert!(errors.is_empty(), "{:?}", gathered.findings);
    let mut periods = Periods::choose(None, &gathered.linked).unwrap();
    periods.reported = Period::parse(quarter).unwrap();
    let made: Made = make(&run, &gathered, periods);
    let missing = unavailable(&run, &gathered, &made);
    let wanted = |row: &Released| row.key().metric == NAME;
    Told {
        rows: made.rows.into_iter().filter(wanted).collect(),
        findings: gathered.findings,
        missing: missing.into_iter().map(|(_, why)| why).collect(),
    }
}

/// In place of a study's text: without the list of leavers.
const ALONE: &str = "alone";
const NOW: (&str, &str) = ("", "2026-Q2");
const TWO: [Home<'_>; 2] = [
    ("HOME-A", &[("8", 28), ("16", 12)]),
    ("HOME-B", &[("8", 12), ("16", 12)]),
];

#[test]
fn vacancies_over_vacancies_and_workers_by_hand() {
    let stated = [
        ["HOME-A", "40", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
    ];
    let told = told(NOW, &workers(&TWO), &workplaces(&stated));
    // 64 workers and 6 vacancies; 40 and 4; 24 and 2; 40 carers and 5; 24
    // nurses and 1.
    let line = |vacant, posts| (Some(vacant), Some(posts));
    assert_eq!(told.of(""), line(6.0, 70.0));
    assert_eq!(told.of("HOME-A"), line(4.0, 44.0));
    assert_eq!(told.of("HOME-B"), line(2.0, 26.0));
    assert_eq!(told.of("Care worker"), line(5.0, 45.0));
    assert_eq!(told.of("Registered Nurse"), line(1.0, 25.0));
    assert_eq!(told.rows.len(), 5);
    let all = told.row("");
    assert_eq!(all.estimate(), Some(6.0 / 70.0));
    assert_eq!(all.n(), Some(64));
    assert_eq!(all.key().definition, "asc_wds_vacancy");
    assert_eq!(all.key().period.label, "2026-Q2");
    assert_eq!(told.missing, [""; 0]);
    let rules: Vec<&str> = told.findings.iter().map(|f| f.rule).collect();
    assert!(!rules.contains(&"workers-differ"), "{rules:?}");
}

#[test]
fn a_hidden_headcount_has_a_hidden_rate_whatever_is_stated() {
    let homes: Vec<Home<'_>> = [
        &TWO[..],
        &[("HOME-C", &[("8", 4)]), ("HOME-D", &[("8", 40)])],
    ]
    .concat();
    for vacancies in ["2", "999"] {
        let stated = [
            ["HOME-A", "40", "8;16", "3;1"],
            ["HOME-B", "24", "8;16", "2;0"],
            ["HOME-C", "4", "8", vacancies],
            ["HOME-D", "40", "8", "5"],
        ];
        let told = told(NOW, &workers(&homes), &workplaces(&stated));
        let hidden = (Status::Confidential, "hidden to protect people");
        assert_eq!(told.why("HOME-C"), hidden);
        assert_eq!(
            told.why("HOME-D"),
            hidden,
            "so that no sum tells of the other"
        );
        assert_eq!(told.of("HOME-B"), (Some(2.0), Some(26.0)));
        // What is stated has no part in whether the workers are hidden.
        let whole = told.row("").status();
        assert_eq!(whole == Status::Shown, vacancies == "2");
    }
}

#[test]
fn t11_what_one_workplace_does_not_know_is_in_no_total() {
    let stated = [
        ["HOME-A", "40", "8;16", "3;999"],
        ["HOME-B", "24", "8;16", "2;0"],
    ];
    let told = told(NOW, &workers(&TWO), &workplaces(&stated));
    let why = |what: &str| {
        format!("How many {what} is not known for 1 of 2 workplaces, so there is no total.")
    };
    let x = Status::NotAvailable;
    assert_eq!(told.why(""), (x, why("posts are vacant").as_str()));
    let here = "The workplace file does not say how many posts are vacant here.";
    assert_eq!(told.why("HOME-A"), (x, here));
    assert_eq!(told.of("HOME-B"), (Some(2.0), Some(26.0)));
    assert_eq!(told.of("Care worker"), (Some(5.0), Some(45.0)));
    let role = why("posts of this job role are vacant");
    assert_eq!(told.why("Registered Nurse"), (x, role.as_str()));
}

#[test]
fn when_nobody_knows_there_is_no_rate_and_none_vacant_is_0() {
    let all = |vacancies: &'static str| {
        let stated = [
            ["HOME-A", "40", "8;16", vacancies],
            ["HOME-B", "24", "8;16", vacancies],
        ];
        told(NOW, &workers(&TWO), &workplaces(&stated))
    };
    let none = all("999");
    assert!(none.rows.iter().all(|r| r.status() == Status::NotAvailable));
    assert!(none.why("").1.contains("2 of 2 workplaces"));
    assert_eq!(none.rows.len(), 5);
    let nought = all("0");
    assert!(nought.rows.iter().all(|r| r.estimate() == Some(0.0)));
    assert_eq!(nought.of("Care worker"), (Some(0.0), Some(40.0)));
}

#[test]
fn a_workplace_that_the_file_lacks_leaves_no_total() {
    let stated = [["HOME-A", "40", "8;16", "3;1"]];
    let told = told(NOW, &workers(&TWO), &workplaces(&stated));
    assert!(told.why("").1.contains("1 of 2 workplaces"));
    assert_eq!(told.of("HOME-A"), (Some(4.0), Some(44.0)));
    let lacks = "The workplace file does not have this workplace.";
    assert_eq!(told.why("HOME-B"), (Status::NotAvailable, lacks));
    assert!(told.why("Care worker").1.contains("1 of 2 workplaces"));
}

#[test]
fn a_job_role_that_no_workplace_names_is_not_known() {
    let stated = [["HOME-A", "40", "8", "3"], ["HOME-B", "24", "8", "2"]];
    let told = told(NOW, &workers(&TWO), &workplaces(&stated));
    assert_eq!(told.of(""), (Some(5.0), Some(69.0)));
    let why = "The workplace file does not name this job role.";
    assert_eq!(told.why("Registered Nurse"), (Status::NotAvailable, why));
}

#[test]
fn a_workplace_of_nobody_adds_its_vacancies_and_other_names_are_said() {
    let stated = [
        ["HOME-A", "40", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
        ["HOME-NEW", "0", "8", "10"],
    ];
    let new = told(NOW, &workers(&TWO), &workplaces(&stated));
    assert_eq!(new.of(""), (Some(16.0), Some(80.0)));
    let other = told(NOW, &workers(&TWO), &workplaces(&[["OAK", "40", "8", "3"]]));
    assert!(
        other
            .why("")
            .1
            .starts_with("The staff list has nobody at a workplace")
    );
    let rules: Vec<&str> = other.findings.iter().map(|f| f.rule).collect();
    assert!(rules.contains(&"workplaces-of-nobody"), "{rules:?}");
}

#[test]
fn the_file_is_of_now_and_has_no_rate_of_long_ago() {
    let stated = workplaces(&[
        ["HOME-A", "40", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
    ]);
    // 31 March is 91 days before 30 June, 31 December 181.
    let last = told(("", "2026-Q1"), &workers(&TWO), &stated);
    assert_eq!(last.of(""), (Some(6.0), Some(70.0)));
    let ago = told(("", "2025-Q4"), &workers(&TWO), &stated);
    assert!(
        ago.why("HOME-A")
            .1
            .starts_with("The workplace file is of now")
    );
}

#[test]
fn bank_work_that_counts_leaves_no_rate() {
    let stated = workplaces(&[
        ["HOME-A", "40", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
    ]);
    let bank = "[workforce]\nbank = \"count\"\n";
    let told = told((bank, "2026-Q2"), &workers(&TWO), &stated);
    assert!(told.why("").1.starts_with("The study counts bank work"));
}

#[test]
fn without_files_a_report_that_asks_is_told_why() {
    let none = told(NOW, &workers(&TWO), "");
    assert!(none.rows.is_empty());
    assert_eq!(none.missing, ["the study has no workplace file of ASC-WDS"]);
}

#[test]
fn workers_of_now_alone_are_no_headcount_of_a_day_gone_by() {
    let stated = workplaces(&[
        ["HOME-A", "40", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
    ]);
    let told = told((ALONE, "2026-Q2"), &workers(&TWO), &stated);
    assert!(told.rows.is_empty());
    assert_eq!(told.missing, ["the staff list has no leaving dates"]);
    let said = told
        .findings
        .iter()
        .find(|f| f.rule == "vacancies-without-headcount");
    assert_eq!(said.unwrap().origin.file, "workplace.csv");
}

#[test]
fn homes_that_a_study_has_renamed_are_met_under_their_new_name() {
    let stated = workplaces(&[
        ["HOME-A", "40", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
    ]);
    let rename = "[[rename]]\ndimension = \"site\"\nfrom = \"HOME-A\"\nto = \"Oak House\"\n";
    let told = told((rename, "2026-Q2"), &workers(&TWO), &stated);
    assert_eq!(told.of("Oak House"), (Some(4.0), Some(44.0)));
    assert_eq!(told.of(""), (Some(6.0), Some(70.0)));
}

#[test]
fn another_number_of_workers_is_a_note_without_the_numbers() {
    let stated = workplaces(&[
        ["HOME-A", "43", "8;16", "3;1"],
        ["HOME-B", "24", "8;16", "2;0"],
    ]);
    let told = told(NOW, &workers(&TWO), &stated);
    let found: Vec<&Finding> = told
        .findings
        .iter()
        .filter(|f| f.rule == "workers-differ")
        .collect();
    assert_eq!(found.len(), 1);
    let (finding, place) = (found[0], &found[0].origin);
    // Notes stand on no page and in no manifest.
    assert_eq!(finding.severity, Severity::Note);
    assert_eq!((place.file.as_str(), place.row), ("workplace.csv", Some(2)));
    assert_eq!(place.column.as_deref(), Some("D \"TOTALPERMTEMP\""));
    let said = format!("{}{}", finding.message, finding.remedy);
    assert!(!said.contains("43") && !said.contains("40"), "{said}");
    let private = finding.private_value.as_deref();
    assert_eq!(private, Some("TOTALPERMTEMP 43; staff list 40"));
}

#[test]
fn where_nobody_works_all_stated_posts_are_vacant_and_without_posts_there_is_no_rate() {
    let metric = built_in("headcount");
    let nobody = Table {
        metric: &metric,
        period: Period::parse("2026-Q2").unwrap(),
        by: "",
        levels: vec![(
            "",
            Tally::Stock {
                opening: 0,
                closing: 0,
            },
        )],
    };
    let rows = made_up::rows(vec![nobody.tallies()]);
    let of = |vacancies| Released::vacancy_stated(&rows[0], &super::metric(), vacancies);
    assert_eq!(
        (of(3).status(), of(3).estimate()),
        (Status::Shown, Some(1.0))
    );
    assert_eq!(
        (of(0).status(), of(0).estimate()),
        (Status::NotApplicable, None)
    );
    // Full-time equivalents are no people.
    let why = Released::vacancy(&rows[0], &super::metric(), 10.0);
    assert_eq!(why.status(), Status::NotApplicable);
}
