//! Leavings listed beside snapshots of staff in post: whose posts they end where
//! bank work or another post goes on, and lists that agree.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::lists_tests::{leavers, snapshots, spells};
use super::tests::{built, staff};
use crate::data::fixture::table;
use crate::data::{After, Holds, PostKind, Role, Stage, Table, Workforce};
use staywise_core::domain::{Day, Severity};

/// Snapshots with assignment, contract and start.
fn contracts(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Snapshot date", Role::SnapshotOn),
        ("Employee Number", Role::StaffNumber),
        ("Assignment", Role::Assignment),
        ("Assignment Category", Role::Contract),
        ("Latest Start Date", Role::StartDate),
    ];
    table(Holds::Staff, &columns, rows)
}

/// One person who leaves a substantive post and stays on the bank, with a row
/// of bank work in each of three snapshots.
fn kept_on_the_bank(left: &str, others: &[&[&str]]) -> (Workforce, Stage) {
    let mut rows: Vec<&[&str]> = vec![
        &["2025-06-30", "1", "1-9", "Bank", "2021-01-04"],
        &["2025-09-30", "1", "1-9", "Bank", "2021-01-04"],
        &["2025-12-31", "1", "1-9", "Bank", "2021-01-04"],
        &["2025-06-30", "1", "1-1", "Permanent", "2020-01-06"],
        // Somebody else, so that every snapshot is one.
        &["2025-06-30", "2", "2-1", "Permanent", "2020-01-06"],
        &["2025-09-30", "2", "2-1", "Permanent", "2020-01-06"],
        &["2025-12-31", "2", "2-1", "Permanent", "2020-01-06"],
    ];
    rows.extend(others);
    let gone = leavers(&[&["1", left, "Retirement Age", ""]]);
    built(&[contracts(&rows), gone])
}

#[test]
fn who_leaves_a_post_and_stays_on_the_bank_has_left_on_the_day() {
    let (workforce, stage) = kept_on_the_bank("2025-08-15", &[]);
    let left = Some("2025-08-15".to_owned());
    assert_eq!(spells(&workforce)[0], (0, "2020-01-06".into(), left));
    let spell = &workforce.spells[0];
    assert_eq!(spell.after, After::BankOnly);
    assert_eq!(spell.reason.as_deref(), Some("Retirement Age"));
    assert_eq!(stage.of("left-but-listed").count(), 0);
    let bank = workforce.posts.iter().find(|p| p.kind == PostKind::Bank);
    assert_eq!(bank.unwrap().end, None, "the bank post goes on");
}

#[test]
fn who_leaves_on_the_day_of_a_snapshot_and_stays_on_the_bank_has_left_then() {
    // Still in the snapshot of that day, or no more: the same day either way.
    let row: &[&str] = &["2025-09-30", "1", "1-1", "Permanent", "2020-01-06"];
    for others in [vec![row], vec![]] {
        let (workforce, stage) = kept_on_the_bank("2025-09-30", &others);
        let left = Some("2025-09-30".to_owned());
        assert_eq!(spells(&workforce)[0], (0, "2020-01-06".into(), left));
        let reason = workforce.spells[0].reason.as_deref();
        assert_eq!(reason, Some("Retirement Age"));
        assert_eq!(stage.of("left-but-listed").count(), 0);
    }
}

#[test]
fn who_comes_back_from_the_bank_starts_again() {
    let back: &[&str] = &["2025-12-31", "1", "1-1", "Permanent", "2025-10-20"];
    let (workforce, stage) = kept_on_the_bank("2025-08-15", &[back]);
    let left = Some("2025-08-15".to_owned());
    assert_eq!(
        spells(&workforce)[..2],
        [
            (0, "2020-01-06".into(), left),
            (0, "2025-10-20".into(), None)
        ]
    );
    assert_eq!(stage.of("left-but-listed").count(), 0);
}

#[test]
fn a_leaving_that_a_later_snapshot_of_the_same_post_outweighs_is_said() {
    let still: &[&[&str]] = &[
        &["2025-09-30", "1", "1-1", "Permanent", "2020-01-06"],
        &["2025-12-31", "1", "1-1", "Permanent", "2020-01-06"],
    ];
    let (workforce, stage) = kept_on_the_bank("2025-08-15", still);
    assert_eq!(spells(&workforce)[0], (0, "2020-01-06".into(), None));
    assert_eq!(stage.of("left-but-listed").count(), 1);
    // Bank work alone, listed as left and seen later: the same.
    let bank: &[&[&str]] = &[
        &["2025-06-30", "3", "3-9", "Bank", "2021-01-04"],
        &["2025-09-30", "3", "3-9", "Bank", "2021-01-04"],
    ];
    let gone = leavers(&[&["3", "2025-08-15", "Unknown", ""]]);
    let (_, stage) = built(&[contracts(bank), gone]);
    assert_eq!(stage.of("left-but-listed").count(), 1);
}

#[test]
fn who_leaves_one_of_two_posts_is_in_post_and_it_is_a_note() {
    let other: &[&[&str]] = &[
        &["2025-06-30", "1", "1-2", "Permanent", "2022-01-10"],
        &["2025-09-30", "1", "1-2", "Permanent", "2022-01-10"],
        &["2025-12-31", "1", "1-2", "Permanent", "2022-01-10"],
    ];
    let (workforce, stage) = kept_on_the_bank("2025-08-15", other);
    assert_eq!(spells(&workforce)[0], (0, "2020-01-06".into(), None));
    let ended = workforce.posts.iter().filter(|p| p.end.is_some());
    let ends: Vec<_> = ended.filter_map(|p| p.end).map(Day::iso).collect();
    assert_eq!(ends, ["2025-08-15"]);
    let said = stage.of("left-one-post").next().unwrap();
    assert_eq!((said.severity, said.count), (Severity::Note, 1));
    assert_eq!(stage.of("left-but-listed").count(), 0);
}

#[test]
fn a_list_of_starters_that_agrees_with_snapshots_is_no_fault() {
    let starters = Table {
        file: "starters.csv".into(),
        ..staff(&[
            &["1", "2025-02-01", "", "A"],
            &["2", "2025-03-01", "", "A"],
            &["3", "2025-04-01", "", "B"],
            &["3", "2025-04-01", "", "B"],
        ])
    };
    let seen = snapshots(&[
        &["2025-06-30", "1", "2025-02-01", "A"],
        &["2025-06-30", "2", "2025-03-01", "A"],
        &["2025-09-30", "2", "2025-03-01", "A"],
        &["2025-06-30", "3", "2025-04-01", "B"],
        &["2025-09-30", "3", "2025-04-01", "B"],
    ]);
    let gone = leavers(&[&["1", "2025-08-15", "Unknown", ""]]);
    let (workforce, stage) = built(&[gone, seen, starters]);
    assert_eq!(workforce.spells.len(), 3);
    let said = stage.of("listed-elsewhere-too").next().unwrap();
    assert_eq!(said.severity, Severity::Note);
    let twice: Vec<_> = stage.of("duplicate-row").collect();
    assert_eq!((twice.len(), twice[0].count), (1, 1));
    assert_eq!(
        &*twice[0].origin.file, "starters.csv",
        "the list that repeats"
    );
    assert_eq!(twice[0].origin.row, Some(5));
}
