//! Every kind of chart with every kind of trouble: forty groups, one, none,
//! long names, all hidden, nothing, everything, less than nothing. For tests.

use super::answers_fixture::{of_answers, of_no_sides};
use super::evidence_fixture::of_evidence;
use super::made_up::{
    Said, all_the_same, differences, everyone, forty, hidden, long_names, several, shares,
};
use super::over_time_fixture::{of_curves, of_funnels, of_trends};
use crate::chart::{Caption, Change, Drawing, Grid, forest, heat_map, interval_dots, slope};
use staywise_core::disclosure::Released;

/// One picture of the gallery, and what must be in it.
pub(super) struct Picture {
    pub(super) name: String,
    pub(super) drawing: Drawing,
    /// Names that must all be there.
    pub(super) labels: Vec<String>,
    /// What the key must say, in order.
    pub(super) key: Vec<String>,
}

pub(super) fn gallery() -> Vec<Picture> {
    let mut all = by_group();
    all.extend(of_answers());
    all.extend(of_no_sides());
    all.extend(of_grids());
    all.extend(of_waves());
    all.extend(of_differences());
    all.extend(of_curves());
    all.extend(of_trends());
    all.extend(of_funnels());
    all.extend(of_evidence());
    all
}

pub(super) fn cases() -> [(&'static str, Vec<Said>); 8] {
    [
        ("several", several()),
        ("forty", forty()),
        ("one", several().drain(..1).collect()),
        ("none", Vec::new()),
        ("long names", long_names()),
        ("all hidden", hidden()),
        ("zero", all_the_same(0)),
        ("100%", all_the_same(200)),
    ]
}

pub(super) fn picture(
    name: &str,
    labels: Vec<String>,
    key: &[&str],
    draw: impl Fn(&Caption<'_>) -> Drawing,
) -> Picture {
    let id: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let caption = Caption {
        id: &id,
        title: name,
        description: "Made-up figures.",
        base: "answers",
    };
    Picture {
        name: name.to_owned(),
        drawing: draw(&caption),
        labels,
        key: key.iter().map(|words| (*words).to_owned()).collect(),
    }
}

pub(super) fn names(said: &[Said]) -> Vec<String> {
    said.iter().map(|(name, ..)| name.clone()).collect()
}

fn by_group() -> Vec<Picture> {
    cases()
        .iter()
        .map(|(case, said)| {
            let rows = shares("site", said);
            let refs: Vec<&Released> = rows.iter().collect();
            let whole = (!said.is_empty()).then(|| everyone(said));
            picture(&format!("dots, {case}"), names(said), &[], |caption| {
                interval_dots(&refs, whole.as_ref(), caption).unwrap()
            })
        })
        .collect()
}

fn grid(case: &str, items: &[String], said: &[Said]) -> Picture {
    let rows: Vec<Vec<Released>> = items
        .iter()
        .enumerate()
        .map(|(k, _)| {
            let shifted = said
                .iter()
                .map(|(name, hits, n)| (name.clone(), (hits + n * k as u64 / 9).min(*n), *n));
            let shifted: Vec<Said> = if case == "zero" {
                said.to_vec()
            } else {
                shifted.collect()
            };
            shares("site", &shifted)
        })
        .collect();
    let grid = Grid {
        rows: items.to_vec(),
        columns: names(said),
        cells: rows
            .iter()
            .map(|row| row.iter().map(Some).collect())
            .collect(),
    };
    let labels = items.iter().cloned().chain(names(said)).collect();
    picture(&format!("heat map, {case}"), labels, &[], |caption| {
        heat_map(&grid, caption).unwrap()
    })
}

fn of_grids() -> Vec<Picture> {
    let items = [
        "Belonging",
        "Protected time",
        "Able to raise concerns",
        "Lived experience respected",
    ]
    .map(str::to_owned);
    let long = [
        "My preceptor had time set aside in the rota to meet me at least once in each of the first weeks",
        "Voice",
    ]
    .map(str::to_owned);
    let mut all: Vec<Picture> = cases()
        .iter()
        .map(|(case, said)| {
            let items = if *case == "long names" {
                &long[..]
            } else {
                &items
            };
            grid(case, items, said)
        })
        .collect();
    let many: Vec<String> = (0..40).map(|k| format!("Statement {}", k + 1)).collect();
    all.push(grid("forty rows", &many, &several()));
    all.push(grid("no rows", &[], &several()));
    let row = shares("site", &several());
    let gap = Grid {
        rows: vec!["Belonging".to_owned(), "Not asked".to_owned()],
        columns: names(&several()),
        cells: vec![row.iter().map(Some).collect(), vec![None, Some(&row[0])]],
    };
    all.push(picture(
        "heat map, gaps",
        gap.rows.clone(),
        &[],
        |caption| heat_map(&gap, caption).unwrap(),
    ));
    all
}

fn of_waves() -> Vec<Picture> {
    cases()
        .iter()
        .map(|(case, said)| {
            let earlier: Vec<Said> = said
                .iter()
                .enumerate()
                .map(|(k, (name, hits, n))| {
                    let hits = if *hits == 0 || hits == n {
                        *hits
                    } else {
                        hits * (70 + 5 * (k as u64 % 8)) / 100
                    };
                    // One group was hidden in the earlier wave alone.
                    if *case == "several" && k == 5 {
                        (name.clone(), 2, 5)
                    } else {
                        (name.clone(), hits, *n)
                    }
                })
                .collect();
            let (one, other) = (shares("site", &earlier), shares("site", said));
            let changes: Vec<Change<'_>> = one
                .iter()
                .zip(&other)
                .zip(said)
                .map(|((before, after), (name, ..))| Change {
                    label: name.clone(),
                    before,
                    after,
                })
                .collect();
            picture(&format!("slope, {case}"), names(said), &[], |caption| {
                slope(
                    &changes,
                    ("January to March 2026", "April to June 2026"),
                    caption,
                )
                .unwrap()
            })
        })
        .collect()
}

fn of_differences() -> Vec<Picture> {
    let mut all = cases().to_vec();
    let lower = [("White", 380, 400), ("Asian", 120, 300), ("Black", 20, 250)];
    let lower = lower.map(|(name, hits, n)| (name.to_owned(), hits, n));
    let higher = [("White", 20, 400), ("Asian", 190, 300), ("Black", 240, 250)];
    let higher = higher.map(|(name, hits, n)| (name.to_owned(), hits, n));
    all.push(("negative", lower.into()));
    all.push(("positive", higher.into()));
    all.iter()
        .map(|(case, said)| {
            let rows = differences(said);
            assert!(rows.len() + 1 >= said.len(), "{case}");
            let refs: Vec<&Released> = rows.iter().collect();
            let labels = names(said).into_iter().skip(1).collect();
            picture(&format!("forest, {case}"), labels, &[], |caption| {
                forest(&refs, caption).unwrap()
            })
        })
        .collect()
}
