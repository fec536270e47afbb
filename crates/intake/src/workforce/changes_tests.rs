//! Moves, bank work and breaks as changes, on small lists made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::rules_tests::{assignments, by};
use super::tests::day;
use super::{BankPosts, Breaks, Rules, build};
use crate::data::{ChangeKind, Rename, Workforce};

/// Person, day, kind and spell of each change.
fn changes(workforce: &Workforce) -> Vec<(u32, String, ChangeKind, u32)> {
    let all = workforce.changes.iter();
    all.map(|c| (c.person, c.on.iso(), c.kind, c.spell))
        .collect()
}

const ROTATION: &[&[&str]] = &[
    &["1", "2024-01-01", "2024-07-01", "1-1", "", "", "Ward 4"],
    &["1", "2024-07-01", "2025-01-01", "1-1", "", "", "Oak"],
    &["1", "2025-01-01", "2025-07-01", "1-1", "", "", "Elm"],
    // Back after more than the gap, elsewhere: no move.
    &["1", "2025-12-01", "", "1-1", "", "", "Ash"],
    // A unit that is not written is no move.
    &["2", "2024-01-01", "2024-07-01", "2-1", "", "", "Oak"],
    &["2", "2024-07-01", "2025-01-01", "2-1", "", "", ""],
    &["2", "2025-01-01", "", "2-1", "", "", "Oak"],
];

#[test]
fn t30_a_rotation_is_a_move_and_a_rehire_or_a_new_name_is_none() {
    let (workforce, stage) = by(&Rules::default(), assignments(ROTATION));
    let unit = ChangeKind::MovedUnit;
    assert_eq!(
        changes(&workforce),
        [
            (0, "2024-07-01".into(), unit, 0),
            (0, "2025-01-01".into(), unit, 0),
        ]
    );
    let moves = "changes within the organisation: moved unit";
    assert_eq!(stage.counted(moves), Some(2));
    let renamed = Rules {
        renames: vec![Rename {
            dimension: "unit".into(),
            from: "Ward 4".into(),
            to: "Oak".into(),
            since: None,
        }],
        ..Rules::default()
    };
    let (workforce, _) = build(&[assignments(ROTATION)], &renamed, day("2026-03-31"));
    assert_eq!(changes(&workforce), [(0, "2025-01-01".into(), unit, 0)]);
}

const BANK: &[&[&str]] = &[
    &["1", "2022-01-01", "2023-01-01", "1-1", "Permanent", "", "A"],
    &["1", "2022-06-01", "", "1-2", "Bank", "", "A"],
    &["1", "2024-01-01", "", "1-3", "Permanent", "", "A"],
    // From the bank to a first post: joined, not back.
    &["2", "2022-01-01", "", "2-1", "Bank", "", "A"],
    &["2", "2023-01-01", "", "2-2", "Permanent", "", "A"],
];

#[test]
fn to_the_bank_only_and_back_is_known_under_either_rule() {
    let apart = by(&Rules::default(), assignments(BANK)).0;
    let (to, back) = (ChangeKind::ToBankOnly, ChangeKind::BackFromBank);
    assert_eq!(
        changes(&apart),
        [
            (0, "2023-01-01".into(), to, 0),
            (0, "2024-01-01".into(), back, 1),
        ]
    );
    let rules = Rules {
        bank: BankPosts::Count,
        ..Rules::default()
    };
    let count = by(&rules, assignments(BANK)).0;
    assert_eq!(
        changes(&count),
        [
            (0, "2023-01-01".into(), to, 0),
            (0, "2024-01-01".into(), back, 0),
        ]
    );
}

#[test]
fn breaks_begin_and_end_under_either_rule() {
    let rows: &[&[&str]] = &[
        // Ends written as last days: the next begins on the day after.
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
            "Career Break",
            "A",
        ],
        &["1", "2025-02-01", "", "1-1", "", "Active Assignment", "A"],
        // Ends written as the day from which it no longer holds.
        &[
            "2",
            "2023-01-01",
            "2024-03-01",
            "2-1",
            "",
            "Active Assignment",
            "A",
        ],
        &[
            "2",
            "2024-03-01",
            "2025-03-01",
            "2-1",
            "",
            "Suspend With Pay",
            "A",
        ],
        &["2", "2025-03-01", "", "2-1", "", "Active Assignment", "A"],
        // At work in another assignment throughout: no break.
        &[
            "3",
            "2023-01-01",
            "2024-01-01",
            "3-1",
            "",
            "Active Assignment",
            "A",
        ],
        &["3", "2024-01-01", "", "3-1", "", "Career Break", "A"],
        &["3", "2023-06-01", "", "3-2", "", "Active Assignment", "A"],
        // Left from the break: it does not end.
        &[
            "4",
            "2023-01-01",
            "2024-01-01",
            "4-1",
            "",
            "Active Assignment",
            "A",
        ],
        &[
            "4",
            "2024-01-01",
            "2024-10-01",
            "4-1",
            "",
            "Career Break",
            "A",
        ],
    ];
    let (began, ended) = (ChangeKind::BreakBegan, ChangeKind::BreakEnded);
    let expected = |spells: [u32; 5]| {
        [
            (0, String::from("2024-02-29"), began, spells[0]),
            (0, "2025-02-01".into(), ended, spells[1]),
            (1, "2024-03-01".into(), began, spells[2]),
            (1, "2025-03-01".into(), ended, spells[3]),
            (3, "2024-01-01".into(), began, spells[4]),
        ]
    };
    let in_post = by(&Rules::default(), assignments(rows)).0;
    assert_eq!(changes(&in_post), expected([0, 0, 1, 1, 3]));
    let rules = Rules {
        breaks: Breaks::Leaving,
        ..Rules::default()
    };
    let leaving = by(&rules, assignments(rows)).0;
    assert_eq!(changes(&leaving), expected([0, 1, 2, 3, 5]));
}
