//! Posts planned and filled: rows by level, what is hidden, what is in doubt.

use super::{NAME, rows, worked_out};
use crate::pipeline::made_up::{self, Kept, built_in, periods};
use crate::report::made_up::Table;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Tally};

const PLAN: &str = "[establishment]\nfte = 250\non = 2026-04-01\n[establishment.site]\nNorth = \
                    100\nSouth = 20\n";

fn stock(people: u64, milli: u64) -> Tally {
    Tally::Amounts {
        opening: people,
        closing: people,
        opening_amount: milli,
        closing_amount: milli,
    }
}

fn made(toml: &str, sites: &[(&str, Tally)]) -> Vec<Released> {
    let periods = periods(1);
    let table = Table {
        metric: &built_in("fte"),
        period: periods.reported.clone(),
        by: "site",
        levels: sites.iter().map(|(n, t)| (*n, t.clone())).collect(),
    };
    let kept = Kept::new(toml, &[]);
    rows(&kept.run(), &made_up::rows(vec![table.tallies()]), &periods)
}

#[test]
fn posts_planned_less_posts_filled_of_everyone_and_of_levels_given() {
    let sites = [
        ("North", stock(100, 90_000)),
        ("South", stock(40, 30_000)),
        ("East", stock(120, 110_000)),
    ];
    let made = made(PLAN, &sites);
    let told: Vec<(Status, Option<f64>)> =
        made.iter().map(|r| (r.status(), r.estimate())).collect();
    // 250 planned and 230 filled; 100 and 90; 20 and 30, over plan.
    let shown = |share| (Status::Shown, Some(share));
    assert_eq!(told, [shown(0.08), shown(0.1), shown(-0.5)]);
    assert_eq!(
        made[0].numerator().zip(made[0].denominator()),
        Some((20.0, 250.0))
    );
    assert!(made.iter().all(|r| r.key().metric == NAME));
    assert_eq!(made[0].key().definition, "nhs_establishment");
}

#[test]
fn what_is_hidden_in_post_is_hidden_as_a_vacancy() {
    let sites = [
        ("North", stock(5, 4_000)),
        ("South", stock(40, 30_000)),
        ("East", stock(120, 110_000)),
        ("West", stock(120, 110_000)),
    ];
    let made = made(PLAN, &sites);
    let north = &made[1];
    assert_eq!(north.status(), Status::Confidential);
    assert_eq!(north.reason(), "hidden to protect people");
    assert_eq!(
        (north.estimate(), north.denominator(), north.n()),
        (None, None, None)
    );
}

#[test]
fn without_an_establishment_there_is_none() {
    let sites = [("North", stock(50, 40_000)), ("South", stock(50, 40_000))];
    assert!(made("", &sites).is_empty());
}

/// In each of the last quarters all 230 full-time equivalents in post, and 90
/// of them in the North.
fn quarters(toml: &str, count: usize) -> (Kept, Vec<Released>) {
    let periods = periods(count);
    let table = |period: &staywise_core::domain::Period| {
        let sites = [
            ("North", stock(100, 90_000)),
            ("South", stock(40, 30_000)),
            ("East", stock(120, 110_000)),
        ];
        Table {
            metric: &built_in("fte"),
            period: period.clone(),
            by: "site",
            levels: sites.to_vec(),
        }
        .tallies()
    };
    let tables = periods.trend.iter().map(table).collect();
    let kept = Kept::new(toml, &[]);
    let made = rows(&kept.run(), &made_up::rows(tables), &periods);
    (kept, made)
}

const DATED: &str = "[[establishment]]\nfte = 240\non = 2026-01-01\nsource = \"old\"\n\
                     [[establishment]]\nfte = 250\non = 2026-06-30\nsource = \"new\"\n\
                     [establishment.site]\nNorth = 100\n";

#[test]
fn each_period_is_held_against_the_last_establishment_dated_by_its_end() {
    let (kept, made) = quarters(DATED, 3);
    let told = |label: &str, level: &str| {
        let of = |row: &&Released| {
            let group = &row.key().group;
            let parts = group.parts().first();
            row.key().period.label == label && parts.map_or("", |(_, l)| l.as_str()) == level
        };
        made.iter().find(of).map(|r| (r.status(), r.estimate()))
    };
    let share = |of: f64, posts: f64| Some((Status::Shown, Some((posts - of) / posts)));
    // The second is of the very day on which the last quarter ends.
    assert_eq!(told("2026-Q2", ""), share(230.0, 250.0));
    assert_eq!(told("2026-Q2", "North"), share(90.0, 100.0));
    assert_eq!(told("2026-Q1", ""), share(230.0, 240.0));
    assert_eq!(told("2026-Q1", "North"), None, "the first names no site");
    // Before the first there is none, and a level that any of them names.
    assert_eq!(told("2025-Q4", ""), Some((Status::NotAvailable, None)));
    assert_eq!(told("2025-Q4", "North"), Some((Status::NotAvailable, None)));
    assert_eq!(made.len(), 5);
    let why =
        "The first establishment that the study gives is of 1 January 2026, after this period.";
    let early = made.iter().filter(|r| r.status() == Status::NotAvailable);
    assert!(early.clone().all(|r| r.reason() == why));
    let how = |row: &Released| worked_out(&kept.study, row).unwrap().1;
    let q1 = made.iter().find(|r| r.key().period.label == "2026-Q1");
    assert!(how(q1.unwrap()).contains("posts  [[establishment]] of 1 January 2026, old\n"));
    assert!(early.clone().all(|r| how(r).contains(why)));
}

#[test]
fn one_establishment_is_held_against_every_period_as_it_was() {
    let (kept, made) = quarters(PLAN, 3);
    assert_eq!(made.len(), 9);
    assert!(made.iter().all(|row| row.status() == Status::Shown));
    let (_, how) = worked_out(&kept.study, &made[0]).unwrap();
    assert!(how.contains("posts  [establishment], as given in staywise.toml\n"));
}

#[test]
fn a_plan_without_a_date_or_of_long_ago_is_in_doubt() {
    let said = |on: &str| {
        let kept = Kept::new(&format!("[establishment]\nfte = 250\n{on}\n"), &[]);
        let planned = kept.study.establishments.clone().unwrap();
        let now = made_up::day("2026-06-30");
        super::dated(planned.on(now).unwrap(), now).map(|f| f.rule)
    };
    assert_eq!(said(""), Some("establishment-undated"));
    assert_eq!(said("on = 2025-04-01"), Some("establishment-old"));
    assert_eq!(said("on = 2025-06-30"), None);
}
