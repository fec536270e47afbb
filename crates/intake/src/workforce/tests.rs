//! The case rules on small lists made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{Rules, build};
use crate::data::fixture::{pooled, table};
use crate::data::{Cell, Holds, Role, Stage, Table, Workforce};
use staywise_core::domain::{Day, Severity};

pub(super) fn day(iso: &str) -> Day {
    Day::parse_iso(iso).unwrap()
}

pub(super) fn dimension(slug: &str) -> Role {
    Role::Dimension(slug.to_owned())
}

/// A list with staff number, start, leaving date and unit.
pub(super) fn staff(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("Unit", dimension("unit")),
    ];
    table(Holds::Staff, &columns, rows)
}

/// A list with staff number, post start and end, start, assignment, FTE, unit.
fn posts(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Post start", Role::PostStart),
        ("Post end", Role::PostEnd),
        ("Hired", Role::StartDate),
        ("Assignment", Role::Assignment),
        ("FTE", Role::Fte),
        ("Unit", dimension("unit")),
    ];
    table(Holds::Staff, &columns, rows)
}

pub(super) fn built(tables: &[Table]) -> (Workforce, Stage) {
    build(tables, &Rules::default(), day("2026-03-31"))
}

fn spells(workforce: &Workforce) -> Vec<(u32, String, Option<String>)> {
    let spell = |s: &crate::data::Spell| (s.person, s.start.iso(), s.leave.map(Day::iso));
    workforce.spells.iter().map(spell).collect()
}

pub(super) fn level(workforce: &Workforce, slug: &str, person: u32, on: &str) -> String {
    let found = workforce
        .dimensions
        .iter()
        .find(|d| d.dimension.as_str() == slug)
        .unwrap();
    let code = found.at(person, day(on)).unwrap();
    found.levels.get(code as usize).unwrap().as_str().to_owned()
}

pub(super) fn rules_of(stage: &Stage) -> Vec<&str> {
    stage.findings.iter().map(|f| f.rule).collect()
}

#[test]
fn t7_whoever_ends_one_of_two_posts_has_not_left() {
    let list = posts(&[
        &[
            "1",
            "2024-01-01",
            "2025-06-30",
            "2024-01-01",
            "1-1",
            "0.6",
            "A",
        ],
        &["1", "2024-09-01", "", "2024-01-01", "1-2", "0.4", "B"],
    ]);
    let (workforce, _) = built(&[list]);
    assert_eq!(spells(&workforce), [(0, "2024-01-01".into(), None)]);
    assert_eq!(
        level(&workforce, "unit", 0, "2025-06-29"),
        "A",
        "the larger post is the main one"
    );
    assert_eq!(level(&workforce, "unit", 0, "2025-06-30"), "B");
}

#[test]
fn t7_a_person_leaves_when_the_last_post_ends() {
    let (workforce, stage) = built(&[staff(&[
        &["1", "2024-01-01", "2025-06-30", "A"],
        &["1", "2024-09-01", "2025-08-31", "B"],
    ])]);
    assert_eq!(
        spells(&workforce),
        [(0, "2024-01-01".into(), Some("2025-08-31".into()))]
    );
    assert_eq!(stage.counted("leavers"), Some(1));
}

#[test]
fn t10_a_move_within_is_not_leaving_and_the_start_is_the_organisations() {
    let list = posts(&[
        &["1", "2024-03-01", "2025-02-28", "2020-05-04", "", "1", "A"],
        &["1", "2025-03-01", "", "2020-05-04", "", "1", "B"],
    ]);
    let (workforce, _) = built(&[list]);
    assert_eq!(spells(&workforce), [(0, "2020-05-04".into(), None)]);
}

#[test]
fn t30_a_rotation_counts_where_the_person_was_then() {
    let list = posts(&[
        &["1", "2025-01-01", "2025-07-01", "", "", "1", "A"],
        &["1", "2025-07-01", "2026-01-01", "", "", "1", "B"],
        &["1", "2026-01-01", "", "", "", "1", "A"],
    ]);
    let (workforce, _) = built(&[list]);
    let at = |on| level(&workforce, "unit", 0, on);
    assert_eq!(
        [at("2025-06-30"), at("2025-07-01"), at("2026-01-01")],
        ["A", "B", "A"]
    );
    assert_eq!(workforce.spells.len(), 1);
}

#[test]
fn t30_a_rotation_whose_ends_are_not_listed_moves_on_all_the_same() {
    let list = posts(&[
        &["1", "2025-01-01", "", "", "1-1", "1", "A"],
        &["1", "2025-07-01", "", "", "1-2", "1", "B"],
    ]);
    let (workforce, _) = built(&[list]);
    let at = |on| level(&workforce, "unit", 0, on);
    assert_eq!([at("2025-06-30"), at("2025-07-01")], ["A", "B"]);
}

#[test]
fn t32_a_gap_of_more_than_thirty_days_is_a_rehire() {
    let (workforce, _) = built(&[staff(&[
        &["1", "2023-01-01", "2024-01-01", "A"],
        &["1", "2024-01-31", "2025-01-01", "A"],
        &["2", "2023-01-01", "2024-01-01", "A"],
        &["2", "2024-02-01", "", "A"],
    ])]);
    let (jan, end) = (String::from("2023-01-01"), |iso: &str| Some(iso.to_owned()));
    let expected = [
        (0, jan.clone(), end("2025-01-01")),
        (1, jan, end("2024-01-01")),
        (1, "2024-02-01".into(), None),
    ];
    assert_eq!(spells(&workforce), expected);
    let first: Vec<bool> = workforce.spells.iter().map(|s| s.first).collect();
    assert_eq!(first, [true, true, false]);
}

#[test]
fn t32_the_date_of_a_rehire_does_not_move_the_first_spell() {
    let list = posts(&[
        &[
            "1",
            "2019-01-01",
            "2020-01-01",
            "2024-05-01",
            "1-1",
            "1",
            "A",
        ],
        &["1", "2024-05-01", "", "2024-05-01", "1-2", "1", "B"],
    ]);
    let (workforce, _) = built(&[list]);
    let expected = [
        (0, "2019-01-01".into(), Some("2020-01-01".into())),
        (0, "2024-05-01".into(), None),
    ];
    assert_eq!(spells(&workforce), expected);
}

#[test]
fn t26_a_number_that_was_a_float_meets_the_text() {
    let text = staff(&[
        &["00123", "2024-01-01", "", "A"],
        &["456", "2024-01-01", "", "A"],
    ]);
    let mut number = staff(&[&["?", "2025-01-01", "2025-02-01", "B"]]);
    number.columns[0].cells = pooled([Cell::Number(123.0)].into_iter());
    let (workforce, _) = built(&[text, number]);
    assert_eq!(workforce.people(), 2);
    let numbers: Vec<_> = workforce
        .identities
        .iter()
        .map(|i| i.staff_number.clone())
        .collect();
    assert_eq!(numbers, [Some("123".into()), Some("456".into())]);
}

#[test]
fn a_leaving_date_to_come_is_still_in_post_and_one_on_the_day_is_not() {
    let (workforce, stage) = built(&[staff(&[
        &["1", "2024-01-01", "2026-04-01", "A"],
        &["2", "2024-01-01", "2026-03-31", "A"],
        &["3", "2026-04-01", "", "A"],
    ])]);
    let leaves: Vec<_> = workforce
        .spells
        .iter()
        .map(|s| s.leave.map(Day::iso))
        .collect();
    assert_eq!(leaves, [None, Some("2026-03-31".to_owned())]);
    assert_eq!(rules_of(&stage), ["not-yet-started"]);
    assert!(workforce.sees_leavers);
}

#[test]
fn rows_with_impossible_dates_are_set_aside_and_too_many_stop_the_run() {
    let good: Vec<Vec<String>> = (1..40)
        .map(|n| vec![n.to_string(), "2024-01-01".into(), String::new()])
        .collect();
    let good: Vec<Vec<&str>> = good
        .iter()
        .map(|r| r.iter().map(String::as_str).collect())
        .collect();
    let mut rows: Vec<&[&str]> = good.iter().map(Vec::as_slice).collect();
    rows.extend([
        &["90", "", ""] as &[&str],
        &["91", "2024-02-01", "2024-01-01"],
    ]);
    let (workforce, stage) = built(&[staff(&rows)]);
    assert_eq!(workforce.people(), 39);
    assert_eq!(rules_of(&stage), ["no-start-date", "leaves-before-start"]);
    assert!(
        stage
            .findings
            .iter()
            .all(|f| f.severity == Severity::Warning && f.count == 1)
    );
    assert_eq!(stage.findings[1].origin.row, Some(42));

    rows.extend([&["92", "never", ""] as &[&str], &["93", "", ""]]);
    let (_, stage) = built(&[staff(&rows)]);
    let errors = stage
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error);
    assert_eq!(
        errors.map(|f| f.rule).collect::<Vec<_>>(),
        ["too-many-unusable"]
    );
}

#[test]
fn a_list_that_forgets_leavers_is_followed_from_its_first_date() {
    let mut list = staff(&[
        &["1", "2020-01-01", "2022-12-31", "A"],
        &["2", "2020-01-01", "2023-01-01", "A"],
        &["3", "2024-01-01", "", "A"],
    ]);
    list.leavers_from = Some(day("2023-01-01"));
    let (workforce, stage) = built(&[list]);
    let entry: Vec<_> = workforce.spells.iter().map(|s| s.entry_day).collect();
    assert_eq!(entry, [1096, 0]);
    assert_eq!(rules_of(&stage), ["left-before-list"]);
    assert_eq!(workforce.leavers_from, Some(day("2023-01-01")));
    assert_eq!(
        stage.counted("spells that ended before leavers are listed"),
        Some(1)
    );
}

#[test]
fn a_post_counts_once_however_often_it_is_listed() {
    let list = posts(&[
        &["1", "2024-01-01", "", "2024-01-01", "1-1", "0.5", "A"],
        &["1", "2024-01-01", "", "2024-01-01", "1-1", "0.5", "A"],
        &["1", "2024-01-01", "", "2024-01-01", "1-2", "0.5", "A"],
    ]);
    let (workforce, stage) = built(&[list]);
    assert_eq!(workforce.posts.len(), 2);
    assert_eq!(stage.counted("staff rows that repeat another"), Some(1));
    assert_eq!(rules_of(&stage), ["duplicate-row"]);
}

#[test]
fn a_list_of_leavers_ends_the_post_that_the_staff_list_has_open() {
    let current = staff(&[&["1", "2024-01-01", "", "A"]]);
    let leavers = staff(&[&["1", "2024-01-01", "2025-10-31", ""]]);
    let (workforce, stage) = built(&[current, leavers]);
    assert_eq!(
        spells(&workforce),
        [(0, "2024-01-01".into(), Some("2025-10-31".into()))]
    );
    assert_eq!(level(&workforce, "unit", 0, "2025-10-31"), "A");
    assert_eq!(rules_of(&stage), ["open-and-ended"]);
}

#[test]
fn rows_without_an_identifier_are_found() {
    let (workforce, stage) = built(&[staff(&[
        &["", "2024-01-01", "", "A"],
        &["1", "2024-01-01", "", "A"],
    ])]);
    assert_eq!(
        (workforce.people(), rules_of(&stage)),
        (1, vec!["no-identifier"])
    );
}

#[test]
fn an_address_stands_in_for_a_number_only_where_it_is_one_persons() {
    let columns = [
        ("No", Role::StaffNumber),
        ("E-mail", Role::Email),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
    ];
    let (workforce, stage) = built(&[table(
        Holds::Staff,
        &columns,
        &[
            &["1", "a@x.uk", "2024-01-01", ""],
            &["", "A@X.uk ", "2024-06-01", ""],
            &["2", "team@x.uk", "2024-01-01", ""],
            &["3", "team@x.uk", "2024-01-01", ""],
            &["", "team@x.uk", "2025-01-01", ""],
            &["", "new@x.uk", "2025-01-01", ""],
        ],
    )]);
    assert_eq!(workforce.people(), 4);
    assert_eq!(rules_of(&stage), ["ambiguous-identifier"]);
}
