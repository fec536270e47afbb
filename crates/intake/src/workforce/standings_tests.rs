//! Bank work and breaks under each rule, on small lists made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::rules_tests::{assignments, by, spell, spells};
use super::tests::rules_of;
use super::{BankPosts, Breaks, Rules};
use crate::data::fixture::table;
use crate::data::{After, Holds, PostKind, Role};

const BANK: &[&[&str]] = &[
    // Bank before, substantive, then bank again.
    &["1", "2020-01-01", "2022-01-01", "1-1", "Bank", "", "A"],
    &["1", "2022-01-01", "2025-01-01", "1-2", "Permanent", "", "B"],
    &["1", "2025-01-10", "", "1-3", "Bank", "", "C"],
    // Bank beside a substantive post, both ended.
    &[
        "2",
        "2024-01-01",
        "2025-06-30",
        "2-1",
        "Fixed Term Temp",
        "",
        "A",
    ],
    &["2", "2024-02-01", "2025-06-30", "2-2", "Bank", "", "B"],
    // Bank and agency only.
    &["3", "2024-01-01", "", "3-1", "Pool/Bank", "", "A"],
    &["3", "2024-01-01", "", "3-2", "Agency", "", "A"],
];

#[test]
fn who_goes_on_at_the_bank_has_left_the_substantive_workforce() {
    let (workforce, stage) = by(&Rules::default(), assignments(BANK));
    assert_eq!(
        spells(&workforce),
        [
            spell(0, "2022-01-01", "2025-01-01", "2025-01-01"),
            spell(1, "2024-01-01", "2025-06-30", "2025-06-30"),
        ]
    );
    let after: Vec<_> = workforce.spells.iter().map(|s| s.after).collect();
    assert_eq!(after, [After::BankOnly, After::Left]);
    let outside = "people with bank, agency or honorary posts only";
    assert_eq!(stage.counted(outside), Some(1));
    assert_eq!(
        stage.counted("spells after which only bank work goes on"),
        Some(1)
    );
    let said: Vec<_> = stage.of("bank-only").collect();
    assert_eq!((said.len(), said[0].count), (1, 1));
    let bank = workforce.posts.iter().filter(|p| p.kind == PostKind::Bank);
    assert_eq!(
        bank.count(),
        2,
        "posts beside and after are kept, and of their kind"
    );
    let unit = |person, on| super::tests::level(&workforce, "unit", person, on);
    assert_eq!(
        unit(1, "2024-06-01"),
        "A",
        "the substantive post is the main one"
    );
}

#[test]
fn bank_posts_count_as_posts_where_the_rules_say_so() {
    let rules = Rules {
        bank: BankPosts::Count,
        ..Rules::default()
    };
    let (workforce, stage) = by(&rules, assignments(BANK));
    assert_eq!(
        spells(&workforce),
        [
            spell(0, "2020-01-01", "", ""),
            spell(1, "2024-01-01", "2025-06-30", "2025-06-30"),
            spell(2, "2024-01-01", "", ""),
        ]
    );
    assert_eq!(stage.of("bank-only").count(), 0);
}

#[test]
fn without_contracts_every_post_is_substantive_and_unknown_words_are_told() {
    let rows: &[&[&str]] = &[&["1", "2024-01-01", "", "1-1", "", "", "A"]];
    let (workforce, stage) = by(&Rules::default(), assignments(rows));
    assert_eq!(workforce.spells.len(), 1);
    assert!(stage.findings.is_empty(), "{:?}", stage.findings);
    let rows: &[&[&str]] = &[&["1", "2024-01-01", "", "1-1", "Gold", "on holiday", "A"]];
    let (workforce, stage) = by(&Rules::default(), assignments(rows));
    assert_eq!(workforce.posts[0].kind, PostKind::Substantive);
    assert_eq!(
        rules_of(&stage),
        ["unknown-contract", "unknown-assignment-status"]
    );
}

#[test]
fn a_start_with_the_organisation_at_the_bank_is_not_the_start_of_the_post() {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Hired", Role::StartDate),
        ("Post start", Role::PostStart),
        ("Post end", Role::PostEnd),
        ("Assignment Category", Role::Contract),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2020-01-01", "2020-01-01", "", "Bank"],
        &["1", "2020-01-01", "2024-01-01", "", "Permanent"],
        &["2", "2020-01-01", "2024-01-01", "", "Permanent"],
    ];
    let (workforce, _) = by(&Rules::default(), table(Holds::Staff, &columns, rows));
    let starts: Vec<_> = workforce.spells.iter().map(|s| s.start.iso()).collect();
    assert_eq!(starts, ["2024-01-01", "2020-01-01"]);
}

const BREAK: &[&[&str]] = &[
    &[
        "1",
        "2023-01-01",
        "2024-02-28",
        "1-1",
        "",
        "Active Assignment",
        "A",
    ],
    &[
        "1",
        "2024-02-29",
        "2025-01-31",
        "1-1",
        "",
        "Maternity & Adoption",
        "A",
    ],
    &["1", "2025-02-01", "", "1-1", "", "Active Assignment", "B"],
    // Left from a career break.
    &[
        "2",
        "2023-01-01",
        "2024-01-01",
        "2-1",
        "",
        "Active Assignment",
        "A",
    ],
    &[
        "2",
        "2024-01-01",
        "2024-10-01",
        "2-1",
        "",
        "Career Break",
        "A",
    ],
    // A break of whose beginning the list says nothing.
    &[
        "3",
        "2020-01-01",
        "",
        "3-1",
        "",
        "Maternity & Adoption",
        "A",
    ],
    // On a break in one assignment, at work in the other.
    &[
        "4",
        "2023-01-01",
        "2024-01-01",
        "4-1",
        "",
        "Active Assignment",
        "A",
    ],
    &["4", "2024-01-01", "", "4-1", "", "Career Break", "A"],
    &["4", "2023-06-01", "", "4-2", "", "Acting Up", "B"],
];

#[test]
fn who_is_on_a_break_is_in_post() {
    let (workforce, stage) = by(&Rules::default(), assignments(BREAK));
    assert_eq!(
        spells(&workforce),
        [
            spell(0, "2023-01-01", "", ""),
            spell(1, "2023-01-01", "2024-10-01", "2024-10-01"),
            spell(2, "2020-01-01", "", ""),
            spell(3, "2023-01-01", "", ""),
        ]
    );
    assert_eq!(stage.counted("posts or parts of posts on a break"), Some(3));
    let undated = "posts on a break since a day that is not known";
    assert_eq!(stage.counted(undated), Some(1));
    assert!(stage.findings.is_empty(), "{:?}", stage.findings);
}

#[test]
fn a_break_is_a_leaving_where_the_rules_say_so() {
    let rules = Rules {
        breaks: Breaks::Leaving,
        ..Rules::default()
    };
    let (workforce, stage) = by(&rules, assignments(BREAK));
    assert_eq!(
        spells(&workforce),
        [
            spell(0, "2023-01-01", "2024-02-28", "2024-02-28"),
            spell(0, "2025-02-01", "", ""),
            spell(1, "2023-01-01", "2024-01-01", "2024-01-01"),
            spell(2, "2020-01-01", "", ""),
            spell(3, "2023-01-01", "", ""),
        ]
    );
    let ended: Vec<_> = workforce.spells.iter().map(|s| (s.after, s.sort)).collect();
    assert_eq!(ended[0], (After::OnBreak, Some("break")));
    assert_eq!(ended[2], (After::OnBreak, Some("break")));
    assert_eq!(ended[3], (After::InPost, None));
    assert_eq!(rules_of(&stage), ["break-without-dates"]);
}

#[test]
fn snapshots_show_a_break_month_by_month() {
    let columns = [
        ("Snapshot date", Role::SnapshotOn),
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Assignment Status", Role::Status),
    ];
    let (at_work, away) = ("Active Assignment", "Maternity & Adoption");
    let rows: &[&[&str]] = &[
        &["2025-04-30", "1", "2020-02-01", at_work],
        &["2025-05-31", "1", "2020-02-01", away],
        &["2025-07-31", "1", "2020-02-01", at_work],
        &["2025-04-30", "2", "2021-02-01", away],
        &["2025-05-31", "2", "2021-02-01", at_work],
        &["2025-07-31", "2", "2021-02-01", at_work],
    ];
    let list = || table(Holds::Staff, &columns, rows);
    let (workforce, stage) = by(&Rules::default(), list());
    let whole = [
        spell(0, "2020-02-01", "", ""),
        spell(1, "2021-02-01", "", ""),
    ];
    assert_eq!(spells(&workforce), whole);
    let gap = stage.of("snapshots").next().unwrap();
    assert!(
        gap.message.contains("from 2025-05-31 to 2025-07-31"),
        "{}",
        gap.message
    );
    let rules = Rules {
        breaks: Breaks::Leaving,
        ..Rules::default()
    };
    let (workforce, _) = by(&rules, list());
    assert_eq!(
        spells(&workforce),
        [
            spell(0, "2020-02-01", "2025-05-31", "2025-05-31"),
            spell(0, "2025-07-31", "", ""),
            spell(1, "2021-02-01", "2025-04-30", "2025-04-30"),
            spell(1, "2025-05-31", "", ""),
        ]
    );
}

#[test]
fn a_contract_that_becomes_one_of_the_bank_between_snapshots_ends_the_post() {
    let columns = [
        ("Snapshot date", Role::SnapshotOn),
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Assignment Category", Role::Contract),
    ];
    let rows: &[&[&str]] = &[
        &["2025-04-30", "1", "2020-02-01", "Permanent"],
        &["2025-05-31", "1", "2020-02-01", "Bank"],
        &["2025-06-30", "1", "2020-02-01", "Bank"],
    ];
    let (workforce, _) = by(&Rules::default(), table(Holds::Staff, &columns, rows));
    let ended = spell(0, "2020-02-01", "2025-05-31", "2025-05-31");
    assert_eq!(spells(&workforce), [ended]);
    assert_eq!(workforce.spells[0].after, After::BankOnly);
}

#[test]
fn leaving_the_bank_later_is_not_when_the_post_ended() {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Post start", Role::PostStart),
        ("Post end", Role::PostEnd),
        ("Termination Date", Role::LeaveDate),
        ("Assignment Category", Role::Contract),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2024-01-01", "2025-03-31", "2025-09-30", "Permanent"],
        &["1", "2024-06-01", "2025-09-30", "2025-09-30", "Bank"],
        &["2", "2024-01-01", "2025-03-31", "2025-09-30", "Permanent"],
    ];
    let (workforce, _) = by(&Rules::default(), table(Holds::Staff, &columns, rows));
    assert_eq!(
        spells(&workforce),
        [
            spell(0, "2024-01-01", "2025-03-31", "2025-03-31"),
            spell(1, "2024-01-01", "2025-09-30", "2025-09-30"),
        ]
    );
    let after: Vec<_> = workforce.spells.iter().map(|s| s.after).collect();
    assert_eq!(after, [After::BankOnly, After::Left]);
}
