//! Declared comparisons of answers on a scale, through the program: two groups
//! by their latest answers, and the same people in two waves.

use crate::harness::Study;
use crate::turnover::rows;
use std::collections::BTreeMap;
use std::fmt::Write;

const SCALE: [&str; 5] = [
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
];

/// 130 people a site.
const A_SITE: usize = 130;
const SITES: [&str; 2] = ["North", "South"];

fn staff() -> String {
    let mut out = String::from("Employee Number,Staff Group,Site,Start Date\n");
    for (place, site) in SITES.iter().enumerate() {
        for person in 0..A_SITE {
            let (number, day) = (1000 + place * A_SITE + person, 1 + person % 28);
            writeln!(out, "{number},Nursing,{site},{day:02}/02/2024").unwrap();
        }
    }
    out
}

/// What somebody answers, from 1 to 5, in the first wave and in the second;
/// nothing where they do not.
fn answer(site: usize, person: usize, wave: usize) -> Option<usize> {
    let answers = [
        [[1, 2, 3, 4, 5, 4, 4], [2, 4, 3, 4, 5, 5, 4]],
        [[1, 1, 2, 3, 4, 4, 2], [1, 2, 2, 3, 4, 5, 2]],
    ];
    // Of each site 40 answer in the first wave alone, 30 in the second alone.
    let there = match wave {
        0 => person < 100,
        _ => person >= 40,
    };
    there.then_some(answers[site][wave][(person * 5 + site) % 7])
}

fn wave(which: usize) -> String {
    let mut out = String::from(
        "Response,Employee Number,Completion date,I intend to stay with this organisation\n",
    );
    for site in 0..SITES.len() {
        for person in 0..A_SITE {
            let Some(given) = answer(site, person, which) else {
                continue;
            };
            let (number, month) = (1000 + site * A_SITE + person, 2 + 3 * which);
            let (day, words) = (1 + person % 28, SCALE[given - 1]);
            writeln!(
                out,
                "{which}{number},{number},{day:02}/0{month}/2026,{words}"
            )
            .unwrap();
        }
    }
    out
}

fn study(declared: &str) -> Study {
    let study = Study::with(&[
        ("staff.csv", staff().as_bytes()),
        ("feedback winter.csv", wave(0).as_bytes()),
        ("feedback spring.csv", wave(1).as_bytes()),
    ]);
    let text = format!(
        "[study]\nname = \"Ours\"\nas_at = 2026-06-30\n\n[[source]]\nfiles = \"feedback \
         winter.csv\"\nwave = \"Winter\"\n\n[[source]]\nfiles = \"feedback spring.csv\"\nwave = \
         \"Spring\"\n\n[[comparison]]\noutcome = \"intention_to_stay\"\n{declared}"
    );
    study.write("staywise.toml", text.as_bytes());
    let said = study.run(&["report", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    study
}

const BY_SITE: &str =
    "name = \"sites\"\ndimension = \"site\"\ncompare = \"North\"\nagainst = \"South\"\n";
const BY_WAVE: &str =
    "name = \"waves\"\ndimension = \"wave\"\ncompare = \"Spring\"\nagainst = \"Winter\"\n";

/// Figure and base of what a comparison made, by how it was made.
fn made(study: &Study) -> BTreeMap<String, (f64, String)> {
    let found = rows(study, "2026-Q2").into_iter();
    found
        .filter(|row| !row["adjusted_for"].is_empty())
        .map(|row| {
            assert_eq!(row["status"], "shown", "{row:?}");
            let figure = row["estimate"].parse().unwrap();
            (row["adjusted_for"].clone(), (figure, row["n"].clone()))
        })
        .collect()
}

fn latest(site: usize) -> Vec<f64> {
    (0..A_SITE)
        .filter_map(|person| answer(site, person, 1).or_else(|| answer(site, person, 0)))
        .map(|given| given as f64)
        .collect()
}

fn rounded(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (value * scale).round() / scale
}

#[test]
fn two_sites_are_compared_by_everyones_latest_answer() {
    let study = study(BY_SITE);
    let found = made(&study);
    let (north, south) = (latest(0), latest(1));
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    let share = |all: &[f64]| all.iter().filter(|a| **a >= 4.0).count() as f64 / all.len() as f64;
    let spread = |all: &[f64]| {
        let middle = mean(all);
        all.iter().map(|a| (a - middle).powi(2)).sum::<f64>()
    };
    let freedom = (north.len() + south.len() - 2) as f64;
    let deviation = ((spread(&north) + spread(&south)) / freedom).sqrt();
    let g = (mean(&north) - mean(&south)) / deviation * (1.0 - 3.0 / (4.0 * freedom - 1.0));
    let mut pairs = 0.0;
    for one in &north {
        for other in &south {
            pairs += f64::from(u8::from(one > other)) - f64::from(u8::from(one < other));
        }
    }
    let pairs = pairs / (north.len() * south.len()) as f64;
    let (p, q) = (share(&north), share(&south));
    let two_digits = |value: f64| format!("{value:.1e}").parse::<f64>().unwrap();
    for (way, expected) in [
        ("nothing: sites of this comparison", rounded(p - q, 2)),
        ("score: nothing, sites", rounded(p - q, 2)),
        ("relative likelihood: nothing, sites", two_digits(p / q)),
        (
            "relative likelihood of missing: nothing, sites",
            two_digits((1.0 - p) / (1.0 - q)),
        ),
        (
            "odds of missing: nothing, sites",
            two_digits((1.0 - p) / p / ((1.0 - q) / q)),
        ),
        (
            "means: nothing, sites",
            rounded(mean(&north) - mean(&south), 1),
        ),
        ("hedges g: nothing, sites", rounded(g, 1)),
        ("ranks: nothing, sites", rounded(pairs, 2)),
    ] {
        let (figure, n) = &found[way];
        assert!(
            (figure - expected).abs() < 1e-9,
            "{way}: {figure}, {expected}"
        );
        assert_eq!(n, "260", "{way}");
    }
    // The people are those of the table that the page has anyway.
    let table: u64 = rows(&study, "2026-Q2")
        .iter()
        .filter(|row| {
            row["metric"] == "intention_to_stay"
                && row["period"] == "all"
                && row["dimension"] == "site"
                && row["statistic"] == "value"
        })
        .filter_map(|row| row["n"].parse::<u64>().ok())
        .sum();
    assert_eq!(table, 260);
    let page = study.read("out/2026-Q2/cohorts.html");
    for words in [
        "Each person counts with their latest answer",
        "Hedges&#39; g: the same in standard deviations",
        "points of the scale",
        "Mann and Whitney's test of the answers in order, ties counted: p under 0.01",
        "test of mean scores: p under 0.01 by itself",
        "permutation test of the gap between mean scores): p under 0.01",
    ] {
        let plain = words.replace("&#39;", "'");
        let coded = words.replace('\'', "&#39;");
        assert!(
            page.contains(&plain) || page.contains(&coded),
            "{words} is not on the page"
        );
    }
}

#[test]
fn the_same_people_are_compared_in_two_waves() {
    let study = study(BY_WAVE);
    let found = made(&study);
    let both = (0..2).flat_map(|site| {
        (40..100).map(move |person| [1, 0].map(|wave| answer(site, person, wave).unwrap() >= 4))
    });
    let both: Vec<[bool; 2]> = both.collect();
    let net: i32 = both
        .iter()
        .map(|[now, then]| i32::from(*now) - i32::from(*then))
        .sum();
    assert_ne!(net, 0);
    let (figure, n) = &found["nothing: waves of this comparison"];
    let expected = rounded(f64::from(net) / both.len() as f64, 2);
    assert!((figure - expected).abs() < 1e-9, "{figure}, {expected}");
    assert_eq!(n, "120");
    assert_eq!(found.len(), 1, "{found:?}");
    let page = study.read("out/2026-Q2/cohorts.html");
    for words in [
        "Only those who answered in both waves are compared, each with themselves.",
        "exact test of who changed: p ",
        "signed-rank test of how far answers moved on the scale: p ",
    ] {
        assert!(page.contains(words), "{words} is not on the page");
    }
}

#[test]
fn answers_are_compared_neither_from_a_landmark_nor_by_completing() {
    for more in ["landmark_day = 90\n", "entered_by = \"completion\"\n"] {
        let study = study(&format!("{BY_SITE}{more}"));
        assert!(made(&study).is_empty());
        let page = study.read("out/2026-Q2/cohorts.html");
        assert!(page.contains("An answer is given on one day"), "{more}");
    }
}
