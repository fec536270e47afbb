//! What is true of people, on small lists made by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::tests::{built, dimension, level, rules_of, staff};
use crate::data::fixture::table;
use crate::data::{Holds, Role};

#[test]
fn the_register_says_who_is_on_the_programme() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Began", Role::PreceptorshipStart),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2024-03-31"],
        &["2", "2024-04-02"],
        &["4", ""],
        &["9", "2024-01-01"],
    ];
    let register = table(Holds::Register, &columns, rows);
    let list = staff(&[
        &["1", "2024-01-01", "", "A"],
        &["2", "2024-01-02", "", "A"],
        &["3", "2024-01-01", "", "A"],
        &["4", "2024-01-01", "", "A"],
    ]);
    let (workforce, stage) = built(&[list, register]);
    let on = |person| level(&workforce, "programme", person, "2025-01-01");
    assert_eq!(
        [on(0), on(1), on(2), on(3)],
        [
            "On programme",
            "Not on programme",
            "Not on programme",
            "Not known"
        ]
    );
    assert_eq!(workforce.preceptorships.len(), 4);
    assert_eq!(workforce.preceptorships[3].person, None);
    assert_eq!(rules_of(&stage), ["no-start-date", "register-unmatched"]);
}

#[test]
fn the_latest_value_holds_and_everyone_has_a_level() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("Sex", dimension("sex")),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2025-01-01", "", ""],
        &["1", "2024-06-01", "2024-12-31", "Female"],
        &["1", "2024-01-01", "2024-05-31", "Male"],
        &["2", "2024-01-01", "", ""],
        &["3", "2024-01-01", "", "Prefer not to say"],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    let sex = |person| level(&workforce, "sex", person, "2025-02-01");
    assert_eq!(
        [sex(0), sex(1), sex(2)],
        ["Female", "Not known", "Not stated"]
    );
    assert_eq!(
        stage
            .of("conflicting-values")
            .map(|f| f.count)
            .collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn the_reason_is_that_of_the_last_post() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("Why", Role::LeavingReason),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2024-01-01", "2025-01-01", "Promotion"],
        &[
            "1",
            "2024-01-01",
            "2025-02-01",
            " Voluntary  Resignation \u{2013} Health",
        ],
        &["2", "2024-01-01", "2027-02-01", "Retirement Age"],
    ];
    let (workforce, _) = built(&[table(Holds::Staff, &columns, rows)]);
    let reasons: Vec<_> = workforce
        .spells
        .iter()
        .map(|s| s.reason.as_deref())
        .collect();
    assert_eq!(reasons, [Some("Voluntary Resignation - Health"), None]);
}

#[test]
fn age_bands_change_on_the_birthday_that_crosses_them() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Born", Role::BirthDate),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2025-01-06", "2000-02-29"],
        &["2", "2025-01-06", "2020-01-01"],
        &["3", "2025-01-06", ""],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    let band = |person, on| level(&workforce, "age_band", person, on);
    assert_eq!(
        [band(0, "2025-02-28"), band(0, "2025-03-01")],
        ["Under 25", "25 to 34"]
    );
    assert_eq!(
        [band(1, "2025-03-01"), band(2, "2025-03-01")],
        ["Not known", "Not known"]
    );
    assert_eq!(rules_of(&stage), ["implausible-birth-date"]);
}

#[test]
fn a_category_tells_group_and_minority_and_an_unknown_label_tells_nothing() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Ethnic Origin", dimension("ethnic_category")),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2025-01-06", "A"],
        &["2", "2025-01-06", "R"],
        &["3", "2025-01-06", "Z"],
        &["4", "2025-01-06", "99"],
        &["5", "2025-01-06", "a colour"],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    let all = |slug| [0, 1, 2, 3, 4].map(|person| level(&workforce, slug, person, "2025-02-01"));
    let rest = ["Not stated", "Not known", "Not known"];
    assert_eq!(
        all("ethnic_group")[..],
        [&["White", "Asian"], &rest[..]].concat()
    );
    assert_eq!(
        all("ethnic_minority")[..],
        [&["White", "Ethnic minority"], &rest[..]].concat()
    );
    assert_eq!(
        stage
            .of("unknown-label")
            .map(|f| f.count)
            .collect::<Vec<_>>(),
        [1]
    );
    assert!(stage.findings.iter().all(|f| !f.message.contains("colour")));
}

#[test]
fn what_only_the_register_knows_is_a_dimension_too() {
    let columns = [
        ("No", Role::StaffNumber),
        ("Began", Role::PreceptorshipStart),
        ("Route", dimension("route")),
    ];
    let register = table(
        Holds::Register,
        &columns,
        &[&["2", "2025-01-06", "Return to practice"]],
    );
    let list = staff(&[&["1", "2025-01-06", "", "A"], &["2", "2025-01-06", "", "A"]]);
    let (workforce, _) = built(&[list, register]);
    let route = |person| level(&workforce, "route", person, "2025-02-01");
    assert_eq!([route(0), route(1)], ["Not known", "Return to practice"]);
}
