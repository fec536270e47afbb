//! Posts planned and filled: rows by level, what is hidden, what is in doubt.

use super::{NAME, rows, unavailable};
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
fn without_an_establishment_there_is_none_and_a_report_says_why() {
    let mut kept = Kept::new("", &[]);
    assert!(
        made(
            "",
            &[("North", stock(50, 40_000)), ("South", stock(50, 40_000))]
        )
        .is_empty()
    );
    assert!(unavailable(&kept.run()).is_empty());
    kept.reports = vec![("mine".to_owned(), "vacancy_rate".to_owned())];
    assert_eq!(unavailable(&kept.run()).len(), 1);
}

#[test]
fn a_plan_without_a_date_or_of_long_ago_is_in_doubt() {
    let said = |on: &str| {
        let kept = Kept::new(&format!("[establishment]\nfte = 250\n{on}\n"), &[]);
        let planned = kept.study.establishment.clone().unwrap();
        super::dated(&planned, made_up::day("2026-06-30")).map(|f| f.rule)
    };
    assert_eq!(said(""), Some("establishment-undated"));
    assert_eq!(said("on = 2025-04-01"), Some("establishment-old"));
    assert_eq!(said("on = 2025-06-30"), None);
}
