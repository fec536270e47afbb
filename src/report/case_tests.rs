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

#[test]
fn pictures() {
    for (name, made) in kinds() {
        let html = whole(Some(made.case())).html;
        let first = html.split_once("class=\"decision\">").unwrap().1;
        let first = first.split_once("</ul>").unwrap().0;
        println!("== {name}\n{first}");
        if let Ok(folder) = std::env::var("STAYWISE_TEST_PAGES") {
            std::fs::write(format!("{folder}/case-{name}.html"), html).unwrap();
        }
    }
}

fn kinds() -> Vec<(&'static str, Made)> {
    let clear = Some([(430, 480), (375, 460)]);
    let unclear = Some([(52, 60), (50, 60)]);
    vec![
        (
            "pays_if",
            Made {
                leavers: Some(12.0),
                ..Made::default()
            },
        ),
        (
            "cannot_pay",
            Made {
                leavers: Some(2.0),
                set: vec![("preceptees", 10.0, 10.0, 10.0)],
                ..Made::default()
            },
        ),
        (
            "cannot_tell",
            Made {
                found: unclear,
                leavers: Some(12.0),
                ..Made::default()
            },
        ),
        (
            "cannot_tell_lower",
            Made {
                found: unclear,
                adjustment: Adjustment::LowerEnd,
                leavers: Some(12.0),
                ..Made::default()
            },
        ),
        (
            "pays",
            Made {
                found: Some([(470, 480), (275, 460)]),
                leavers: Some(30.0),
                adjustment: Adjustment::Attribution,
                ..Made::default()
            },
        ),
        (
            "may_pay",
            Made {
                found: clear,
                leavers: Some(30.0),
                ..Made::default()
            },
        ),
        (
            "groups",
            Made {
                found: clear,
                leavers: Some(60.0),
                groups: vec!["Nursing", "Therapies"],
                ..Made::default()
            },
        ),
        (
            "few",
            Made {
                found: clear,
                set: vec![("preceptees", 12.0, 12.0, 12.0)],
                ..Made::default()
            },
        ),
        (
            "free",
            Made {
                set: vec![("funding", 9000.0, 9000.0, 9000.0)],
                ..Made::default()
            },
        ),
    ]
}
