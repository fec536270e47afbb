//! A programme that came to sites at different dates, through the program:
//! told where sites and quarters are enough, refused where they are not.

use crate::harness::Study;
use crate::turnover::rows;
use std::fmt::Write;

const SITES: usize = 16;
const QUARTERS: usize = 12;
const A_QUARTER: usize = 20;
/// The quarter in which the programme began at the sites where it did.
const BEGAN: usize = 7;

/// How many of a site's 20 starters of a quarter leave within the year: sites
/// differ, quarters differ, and the programme takes 4 of 20 off.
fn leave(site: usize, quarter: usize, started: usize) -> usize {
    let own = 6 + site % 3 + (site * 7 + quarter * 5) % 4;
    own - if site < started && quarter >= BEGAN {
        4
    } else {
        0
    }
}

fn staff(started: usize) -> String {
    let mut out =
        String::from("Employee Number,Site,Latest Start Date,Termination Date,Leaving Reason\n");
    let mut number = 1000;
    for site in 0..SITES {
        for quarter in 0..QUARTERS {
            for person in 0..A_QUARTER {
                let (year, month) = (2022 + quarter / 4, 1 + 3 * (quarter % 4));
                let left = if person < leave(site, quarter, started) {
                    format!(
                        "20/{:02}/{year},Voluntary Resignation - Relocation",
                        month + 2
                    )
                } else {
                    ",".to_owned()
                };
                writeln!(out, "{number},Site {site},15/{month:02}/{year},{left}").unwrap();
                number += 1;
            }
        }
    }
    out
}

/// The study with the programme begun at the first so many sites on a day of
/// the quarter.
fn study(started: usize, more: &str) -> Study {
    let study = Study::with(&[("staff-list.csv", staff(started).as_bytes())]);
    let mut text = format!(
        "[study]\nname = \"Ours\"\nas_at = 2026-06-30\n\n[[rollout]]\nname = \
         \"academy\"\n{more}\n\n[rollout.starts]\n"
    );
    for site in 0..started {
        writeln!(text, "\"Site {site}\" = 2023-11-0{}", 1 + site % 9).unwrap();
    }
    study.write("staywise.toml", text.as_bytes());
    let said = study.run(&["report", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    study
}

/// The mean change from the last quarter before to each since, at sites where
/// it began less at the others: all sites are of one size.
fn by_hand(started: usize) -> f64 {
    let share = |site, quarter| 1.0 - leave(site, quarter, started) as f64 / A_QUARTER as f64;
    let change = |from: usize, to: usize, quarter| {
        let all = (from..to).map(|site| share(site, quarter) - share(site, BEGAN - 1));
        all.sum::<f64>() / (to - from) as f64
    };
    let since = BEGAN..QUARTERS;
    let count = since.len() as f64;
    let effects = since.map(|q| change(0, started, q) - change(started, SITES, q));
    effects.sum::<f64>() / count
}

#[test]
fn sites_that_began_are_told_beside_those_that_had_not() {
    let study = study(8, "declared_on = 2022-01-01\nprimary = true");
    let all = rows(&study, "2026-Q2");
    let found: Vec<_> = all
        .iter()
        .filter(|row| row["adjusted_for"] == "group-time differences: nothing, academy")
        .collect();
    let [row] = found.as_slice() else {
        panic!("{found:?}")
    };
    let number = |column: &str| row[column].parse::<f64>().unwrap();
    let expected = (by_hand(8) * 100.0).round() / 100.0;
    assert!(
        (number("estimate") - expected).abs() < 1e-9,
        "{expected}: {row:?}"
    );
    assert!(number("lower") < expected && expected < number("upper"));
    assert!(number("lower") > 0.0, "{row:?}");
    assert_eq!(row["n"], format!("{}", SITES * QUARTERS * A_QUARTER));
    assert_eq!(row["method"], "did_clustered");
    let page = study.read("out/2026-Q2/cohorts.html");
    for words in [
        "The primary comparison, declared on 1 January 2022.",
        "where it began, the change by site was",
        "8 sites where it began are judged, beside 8 where it had not begun by then",
        "Before it began, one cannot see that the sites",
        "Callaway and Sant",
    ] {
        assert!(page.contains(words), "{words} is not on the page");
    }
}

#[test]
fn too_few_sites_are_refused_with_the_reason() {
    let study = study(3, "");
    let all = rows(&study, "2026-Q2");
    assert!(
        all.iter()
            .all(|row| !row["adjusted_for"].contains("academy"))
    );
    let page = study.read("out/2026-Q2/cohorts.html");
    for words in [
        "Exploratory: the study does not say that it was declared beforehand.",
        "Fewer than 5 sites started with 2 periods before",
    ] {
        assert!(page.contains(words), "{words} is not on the page");
    }
}

#[test]
fn a_rollout_without_dates_or_beside_another_primary_is_said() {
    let said = |text: &str| {
        let study = Study::with(&[("staff-list.csv", staff(8).as_bytes())]);
        study.write("staywise.toml", text.as_bytes());
        let said = study.run(&["report"]);
        assert_eq!(said.code, 1, "{}", said.stdout);
        said.stderr
    };
    let bare = said("[[rollout]]\nname = \"academy\"\n");
    assert!(
        bare.contains("A [[rollout]] needs `name` and `starts`."),
        "{bare}"
    );
    let two = said(
        "[[comparison]]\nname = \"one\"\ndimension = \"site\"\ncompare = \"Site 1\"\nprimary = \
         true\n\n[[rollout]]\nname = \"two\"\nprimary = true\nstarts = { \"Site 1\" = \
         2023-11-01 }\n",
    );
    assert!(
        two.contains("More than one [[comparison]] or [[rollout]] is primary."),
        "{two}"
    );
    let day = said("[[rollout]]\nname = \"two\"\nstarts = { \"Site 1\" = 12 }\n");
    assert!(
        day.contains("`Site 1` in [starts] must be a date."),
        "{day}"
    );
}
