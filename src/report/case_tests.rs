//! What pages say of the business case, from made-up ones.

use super::made_up::{facts, rows};
use super::made_up_case::Made;
use super::{BUILT_IN, Document, Evidence, Facts, Source, render};
use crate::case::Case;
use staywise_core::casemodel::Adjustment;

fn with(case: Option<Case>) -> Facts {
    Facts {
        evidence: Evidence {
            case,
            ..Evidence::default()
        },
        ..facts()
    }
}

fn made(body: &str, case: Option<Case>) -> Document {
    let text = format!("---\ntitle: a\n---\n\n## Section\n\n{body}");
    render(&Source::new("reports/a.md", &text), &[], &with(case)).unwrap()
}

fn whole(case: Option<Case>) -> Document {
    let (_, text) = BUILT_IN[2];
    render(
        &Source::new("reports/business-case.md", text),
        &rows(),
        &with(case),
    )
    .unwrap()
}

/// Inputs that make up what a leaver costs.
const NOUGHT: [&str; 12] = [
    "advert",
    "finder_share",
    "relocation",
    "checks",
    "interview_hours",
    "induction_hours",
    "induction_other",
    "supernumerary_hours",
    "vacancy_weeks",
    "ramp_weeks",
    "exit_hours",
    "exit_other",
];

fn kinds() -> Vec<(&'static str, Made)> {
    let [clear, wide, unclear] = [
        [(430, 480), (375, 460)],
        [(455, 480), (370, 460)],
        [(52, 60), (50, 60)],
    ];
    // A finder's fee for every post makes a leaver cost about £22,000, so that
    // 9.3 of 60 must stay.
    let costly = || {
        vec![
            ("finder_share", 1.0, 1.0, 1.0),
            ("finder_fee", 14_000.0, 15_000.0, 16_000.0),
        ]
    };
    let of = |leavers: f64| Made {
        leavers: Some(leavers),
        set: costly(),
        ..Made::default()
    };
    let found = |of: Made, found| Made {
        found: Some(found),
        ..of
    };
    let also = |mut of: Made, slug, at| {
        of.set.push((slug, at, at, at));
        of
    };
    vec![
        ("pays_if", of(12.0)),
        ("cannot_pay", also(of(2.0), "preceptees", 10.0)),
        ("cannot_tell", found(of(12.0), unclear)),
        (
            "cannot_tell_lower",
            Made {
                adjustment: Adjustment::LowerEnd,
                ..found(of(12.0), unclear)
            },
        ),
        (
            "cannot_pay_or_tell",
            found(also(of(2.0), "preceptees", 10.0), unclear),
        ),
        (
            "pays",
            Made {
                adjustment: Adjustment::Attribution,
                ..found(of(30.0), [(470, 480), (275, 460)])
            },
        ),
        ("may_pay", found(of(30.0), wide)),
        ("does_not_pay", found(of(30.0), clear)),
        (
            "groups",
            Made {
                groups: vec!["Nursing", "Therapies"],
                ..found(of(60.0), clear)
            },
        ),
        ("few", found(also(of(6.0), "preceptees", 12.0), clear)),
        ("free", also(of(12.0), "funding", 9_000.0)),
        (
            "nothing",
            Made {
                leavers: Some(12.0),
                set: NOUGHT.map(|slug| (slug, 0.0, 0.0, 0.0)).into(),
                ..Made::default()
            },
        ),
    ]
}

/// The first sentence of a case, and all the words beneath it.
fn told(made: &Made) -> (String, String) {
    let html = self::made("{{ case_answer() }}", Some(made.case())).html;
    let block = html.split_once("class=\"decision\">").unwrap().1;
    let (first, rest) = block.split_once("</p>").unwrap();
    let rest = rest.split_once("</ul>").unwrap().0;
    (
        first.replace("<strong>", "").replace("</strong>", ""),
        rest.to_owned(),
    )
}

/// Whether a cell says something, and no number that is none.
fn is_told(cell: &super::Cell) -> bool {
    let text = cell.text.as_str();
    !text.is_empty() && !text.contains("NaN") && text != "inf"
}

fn kind(name: &str) -> Made {
    let (_, made) = kinds().into_iter().find(|(n, _)| *n == name).unwrap();
    made
}

#[test]
fn every_verdict_has_its_first_sentence() {
    for (name, words) in [
        (
            "pays_if",
            "It pays for itself if 10 more of each year&#39;s 60 preceptees stay who would otherwise leave, once it runs fully.",
        ),
        (
            "cannot_pay",
            "It cannot pay for itself on leavers alone: 3 more would have to stay, and 2 of 10 leave.",
        ),
        (
            "cannot_tell",
            "We cannot tell whether more stay: the figures of this study fit anything from",
        ),
        (
            "cannot_tell_lower",
            "We cannot tell whether more stay: the figures of this study fit anything from",
        ),
        (
            "pays",
            "It pays for itself if the difference that this study found is the programme&#39;s: ",
        ),
        ("may_pay", "It may pay for itself: "),
        (
            "free",
            "It costs this employer nothing: others pay for all of it.",
        ),
        (
            "nothing",
            "Nothing can be saved: on these inputs a leaver costs nothing.",
        ),
        (
            "does_not_pay",
            "It does not pay for itself on leavers alone: ",
        ),
    ] {
        let (first, _) = told(&kind(name));
        assert!(first.starts_with(words), "{name}: {first}");
        assert!(!first.contains("caused"), "{name}: {first}");
    }
    let (pays, _) = told(&kind("pays"));
    assert!(pays.contains("the programme is associated with"), "{pays}");
}

#[test]
fn what_is_held_back_is_not_printed_and_says_why() {
    let (_, rest) = told(&kind("pays_if"));
    for words in [
        "Over 3 years",
        "pound of cost",
        "person kept it",
        "in 100 draws",
        "made up for",
    ] {
        assert!(!rest.contains(words), "{words}: {rest}");
    }
    assert!(
        rest.contains("The study has no difference in retention that may be used."),
        "{rest}"
    );
    for name in ["cannot_tell", "cannot_tell_lower"] {
        let (_, rest) = told(&kind(name));
        for words in [
            "pound of cost",
            "person kept it costs",
            "in 100 draws",
            "made up for",
        ] {
            assert!(!rest.contains(words), "{name} {words}: {rest}");
        }
        assert!(
            rest.contains("The interval of the difference touches nought."),
            "{rest}"
        );
    }
    let (_, few) = told(&kind("few"));
    assert!(
        few.contains("There are fewer than 30 preceptees a year."),
        "{few}"
    );
    assert!(few.contains("lies between about"), "{few}");
    let worked = made("{{ case_worked() }}", Some(kind("cannot_tell").case()));
    let names: Vec<&str> = worked.tables[0]
        .rows
        .iter()
        .map(|row| row[0].text.as_str())
        .collect();
    assert!(!names.contains(&"Cost for each person kept"), "{names:?}");
    assert!(names.contains(&"The programme costs"), "{names:?}");
}

#[test]
fn one_adjustment_is_named_and_money_stands_apart() {
    let (_, rest) = told(&kind("pays"));
    assert!(
        rest.contains("only 75% of the difference is put down to preceptorship"),
        "{rest}"
    );
    assert!(rest.contains("Of that, money: about £"), "{rest}");
    let (_, rest) = told(&kind("cannot_tell_lower"));
    assert!(
        rest.contains("the difference is taken at the lower end of its interval"),
        "{rest}"
    );
}

#[test]
fn every_input_has_its_source_and_grade_and_every_fault_shows() {
    let mut case = kind("may_pay").case();
    let day = staywise_core::domain::Day::from_ymd(2025, 3, 31);
    for input in &mut case.model.inputs {
        let from = &mut input.provenance;
        match input.slug.as_str() {
            "advert" => from.source = None,
            "checks" => from.dated = None,
            "exit_other" => from.grade = None,
            "materials" => from.good_until = day,
            "cover_rate" => from.price_year = Some("2021-22".to_owned()),
            _ => {}
        }
    }
    let all = case.model.inputs.len();
    let page = made("{{ case_inputs() }}", Some(case));
    let cells: Vec<Vec<String>> = page
        .tables
        .iter()
        .flat_map(|table| {
            let at = |name: &str| table.columns.iter().position(|(h, _)| h == name).unwrap();
            let wanted = ["Input", "Grade", "Source", "Dated", "To check"].map(at);
            table
                .rows
                .iter()
                .map(move |row| wanted.map(|at| row[at].text.clone()).to_vec())
        })
        .collect();
    assert_eq!(cells.len(), all);
    assert!(cells.iter().flatten().all(|cell| !cell.is_empty()));
    let of = |name: &str| cells.iter().find(|row| row[0] == name).unwrap().clone();
    assert_eq!(
        of("Advert")[2..],
        ["no source", "1 April 2025", "no source"]
    );
    assert_eq!(of("Checks")[3..], ["no date", "no date"]);
    assert_eq!(of("Exit other")[1], "no grade");
    assert_eq!(of("Materials")[4], "out of date since 31 March 2025");
    assert_eq!(of("Cover rate")[4], "prices of 2021-22");
    assert!(
        page.html
            .contains(&format!("5 of {all} inputs have something wrong"))
    );
    // What the study has not set comes first, with how far it moves the answer.
    assert!(page.tables[0].title.contains("that the study has not set"));
    assert!(
        page.tables[0]
            .columns
            .iter()
            .any(|(h, _)| h == "Moves the answer by")
    );
}

#[test]
fn a_leaver_is_told_line_by_line_and_unpaid_salary_comes_off() {
    let page = made("{{ case_leaver() }}", Some(kind("pays_if").case()));
    let table = &page.tables[0];
    let line = |name: &str| table.rows.iter().find(|row| row[0].text == name).unwrap();
    let unpaid = line("Salary not paid while the post is empty");
    assert!(unpaid[1].text.starts_with("-£"), "{}", unpaid[1].text);
    let cover = line("Cover while the post is empty");
    assert_eq!(cover[1].text, "£8,400");
    assert!(
        cover[3].text.contains("[Vacancy weeks] × [Contract hours]"),
        "{}",
        cover[3].text
    );
    assert!(
        cover[4].text.contains("Vacancy weeks (10 weeks, B)"),
        "{}",
        cover[4].text
    );
    let sum: f64 = table
        .rows
        .iter()
        .filter(|row| row[4].text.contains('('))
        .filter_map(|row| row[1].number)
        .sum();
    let total = line("One leaver costs")[1].number.unwrap();
    assert!((sum - total).abs() < 0.02, "{sum} {total}");
}

#[test]
fn the_worked_table_can_be_followed() {
    let page = made("{{ case_worked() }}", Some(kind("may_pay").case()));
    let table = &page.tables[0];
    let row = table
        .rows
        .iter()
        .find(|row| row[0].text == "An hour of the preceptee's time")
        .unwrap();
    // 31,000 x 1.25 x 7 / (365 x 37.5) = 19.817...
    assert_eq!(row[1].text, "£19.82");
    assert_eq!(
        row[2].text,
        "31000 × (1 + 0.25) × 7 ÷ (365 × 37.5), to the penny"
    );
    let names: Vec<&str> = table.rows.iter().map(|row| row[0].text.as_str()).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "two steps of one name");
}

#[test]
fn groups_are_told_apart() {
    let page = made(
        "{{ case_leaver() }}\n\n{{ case_programme() }}",
        Some(kind("groups").case()),
    );
    for words in [
        "What one leaver costs: Nursing",
        "What one leaver costs: Therapies",
        "What the programme costs for one preceptee: Therapies",
    ] {
        assert!(page.html.contains(words), "{words}");
    }
}

#[test]
fn without_a_case_every_part_says_how_to_make_one() {
    let body = super::Component::ALL
        .into_iter()
        .filter(|component| component.is_of_case())
        .map(|component| format!("{{{{ {}() }}}}\n\n", component.word()))
        .collect::<String>();
    assert_eq!(body.matches("case_").count(), 11);
    let page = made(&body, None);
    assert_eq!(page.html.matches("staywise case --template").count(), 1);
    assert!(page.tables.is_empty() && !page.html.contains("<svg"));
    assert!(whole(None).html.contains("docs/business-case.md"));
}

#[test]
fn every_case_makes_a_whole_page() {
    for (name, made) in kinds() {
        let page = whole(Some(made.case()));
        assert!(!page.html.contains(['\u{E000}', '\u{E001}']), "{name}");
        for table in &page.tables {
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.title);
                assert!(row.iter().all(is_told), "{}", table.title);
            }
        }
    }
}

#[test]
fn pages_are_written_where_a_folder_is_named() {
    let Ok(folder) = std::env::var("STAYWISE_TEST_PAGES") else {
        return;
    };
    for (name, made) in kinds() {
        let html = whole(Some(made.case())).html;
        std::fs::write(format!("{folder}/case-{name}.html"), html).unwrap();
    }
}
