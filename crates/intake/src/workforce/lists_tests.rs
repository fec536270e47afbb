//! Lists of leavers, snapshots, renames, registers and registration numbers,
//! small and made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::tests::{built, day, dimension, level, rules_of, staff};
use super::{Rules, build};
use crate::data::fixture::table;
use crate::data::{Holds, Outcome, Rename, Role, Table, Workforce};
use staywise_core::domain::{Day, Severity};

pub(super) fn spells(workforce: &Workforce) -> Vec<(u32, String, Option<String>)> {
    let spell = |s: &crate::data::Spell| (s.person, s.start.iso(), s.leave.map(Day::iso));
    workforce.spells.iter().map(spell).collect()
}

pub(super) fn leavers(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Termination Date", Role::LeaveDate),
        ("Leaving Reason", Role::LeavingReason),
        ("Assignment", Role::Assignment),
    ];
    Table {
        file: "leavers.csv".into(),
        ..table(Holds::Staff, &columns, rows)
    }
}

pub(super) fn snapshots(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Snapshot date", Role::SnapshotOn),
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Unit", dimension("unit")),
    ];
    table(Holds::Staff, &columns, rows)
}

#[test]
fn a_leaving_ends_the_posts_of_a_list_of_staff_in_post() {
    let in_post = staff(&[
        &["1", "2023-01-01", "", "A"],
        &["2", "2024-01-01", "", "A"],
        &["3", "2025-09-01", "", "B"],
    ]);
    let gone = leavers(&[
        &["1", "2025-06-30", "Retirement Age", ""],
        &["3", "2025-08-31", "Unknown", ""],
        &["9", "2025-07-31", "Unknown", ""],
    ]);
    let (workforce, stage) = built(&[in_post, gone]);
    assert_eq!(
        spells(&workforce),
        [
            (0, "2023-01-01".into(), Some("2025-06-30".into())),
            (1, "2024-01-01".into(), None),
            (2, "2025-09-01".into(), None),
        ]
    );
    assert_eq!(
        workforce.spells[0].reason.as_deref(),
        Some("Retirement Age")
    );
    assert_eq!(workforce.leavers_from, Some(day("2025-06-30")));
    assert_eq!(
        workforce.spells[0].entry_day, 911,
        "followed from the first leaving"
    );
    let nowhere: Vec<_> = stage.of("leaver-not-listed").collect();
    assert_eq!((nowhere.len(), nowhere[0].count), (1, 2));
    assert_eq!(nowhere[0].origin.row, Some(3));
    assert_eq!(stage.counted("leavings joined to a post"), Some(1));
}

#[test]
fn t7_a_leaving_of_one_assignment_is_not_leaving() {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Assignment", Role::Assignment),
    ];
    let rows: &[&[&str]] = &[&["1", "2024-01-01", "1-1"], &["1", "2024-05-01", "1-2"]];
    let in_post = table(Holds::Staff, &columns, rows);
    let gone = leavers(&[&["1", "2025-06-30", "Unknown", "1-2"]]);
    let (workforce, _) = built(&[in_post, gone]);
    assert_eq!(spells(&workforce), [(0, "2024-01-01".into(), None)]);
}

#[test]
fn leavers_alone_make_no_spell_and_it_is_said() {
    let (workforce, stage) = built(&[leavers(&[&["1", "2025-06-30", "Unknown", ""]])]);
    assert_eq!(workforce.people(), 0);
    let said = stage.of("leavers-only").next().unwrap();
    assert_eq!(said.severity, Severity::Error);
    assert_eq!(workforce.leavers_from, None);
}

#[test]
fn t7_the_same_person_in_snapshots_is_one_and_leaves_when_missing() {
    let (workforce, stage) = built(&[snapshots(&[
        &["2025-04-30", "1", "2020-02-01", "A"],
        &["2025-05-31", "1", "2020-02-01", "A"],
        &["2025-06-30", "1", "2020-02-01", "A"],
        &["2025-04-30", "2", "2024-02-01", "A"],
        &["2025-05-31", "2", "2024-02-01", "A"],
        &["2025-06-30", "3", "2025-06-16", "B"],
        // Missing from one, back with the same start: there throughout.
        &["2025-04-30", "4", "2024-03-01", "B"],
        &["2025-06-30", "4", "2024-03-01", "B"],
    ])]);
    assert_eq!(
        spells(&workforce),
        [
            (0, "2020-02-01".into(), None),
            (1, "2024-02-01".into(), Some("2025-06-30".into())),
            (2, "2025-06-16".into(), None),
            (3, "2024-03-01".into(), None),
        ]
    );
    assert_eq!(workforce.leavers_from, Some(day("2025-04-30")));
    assert!(workforce.sees_leavers);
    assert_eq!(stage.counted("snapshots"), Some(3));
    assert_eq!(workforce.spells[2].entry_day, 0);
    assert!(workforce.spells[0].entry_day > 1900);
    let rules = rules_of(&stage);
    assert!(rules.contains(&"snapshots") && rules.contains(&"missing-from-a-snapshot"));
    assert!(rules.contains(&"leavers-from-shown"));
}

#[test]
fn t30_a_move_between_snapshots_is_a_move_and_no_leaving() {
    let (workforce, _) = built(&[snapshots(&[
        &["2025-04-30", "1", "2020-02-01", "A"],
        &["2025-05-31", "1", "2020-02-01", "B"],
        &["2025-06-30", "1", "2020-02-01", "B"],
    ])]);
    assert_eq!(spells(&workforce), [(0, "2020-02-01".into(), None)]);
    let at = |on| level(&workforce, "unit", 0, on);
    assert_eq!(
        [at("2025-05-30"), at("2025-05-31"), at("2025-12-31")],
        ["A", "B", "B"]
    );
}

#[test]
fn without_start_dates_only_those_first_seen_later_are_known() {
    let columns = [
        ("Snapshot date", Role::SnapshotOn),
        ("Employee Number", Role::StaffNumber),
    ];
    let rows: &[&[&str]] = &[
        &["2025-04-30", "1"],
        &["2025-05-31", "1"],
        &["2025-05-31", "2"],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    assert_eq!(spells(&workforce), [(0, "2025-05-31".into(), None)]);
    let said = stage.of("no-start-date").next().unwrap();
    assert_eq!((said.severity, said.count), (Severity::Error, 2));
    assert_eq!(stage.of("start-first-seen").count(), 1);
}

#[test]
fn lists_named_for_months_are_snapshots() {
    let list = |file: &str, rows: &[&[&str]]| Table {
        file: file.into(),
        ..staff(rows)
    };
    let april = list(
        "sip 2025-04.csv",
        &[&["1", "2024-01-01", "", "A"], &["2", "2024-01-01", "", "A"]],
    );
    let may = list("sip 2025-05.csv", &[&["1", "2024-01-01", "", "A"]]);
    let (workforce, _) = built(&[april.clone(), may]);
    let left: Vec<_> = workforce.spells.iter().map(|s| s.leave).collect();
    assert_eq!(left, [None, Some(day("2025-05-31"))]);
    let (alone, _) = built(std::slice::from_ref(&april));
    assert!(!alone.sees_leavers, "one list is no series");
    let elsewhere = list("sip south 2025-05.csv", &[&["7", "2024-01-01", "", "A"]]);
    let (both, stage) = built(&[april, elsewhere]);
    assert!(both.spells.iter().all(|s| s.leave.is_none()), "two sites");
    assert_eq!(stage.of("months-of-different-people").count(), 1);
}

fn renamed(since: Option<&str>) -> Workforce {
    let list = staff(&[
        &["1", "2025-01-01", "", "Ward 4"],
        &["2", "2025-08-01", "", "Ward 4"],
        &["3", "2025-01-01", "", "Oak"],
    ]);
    let rules = Rules {
        renames: vec![Rename {
            dimension: "unit".into(),
            from: "ward 4".into(),
            to: "Oak".into(),
            since: since.map(day),
        }],
        ..Rules::default()
    };
    build(&[list], &rules, day("2026-03-31")).0
}

#[test]
fn a_merged_ward_counts_under_its_new_name_from_the_day() {
    let dated = renamed(Some("2025-07-01"));
    let at = |person, on| level(&dated, "unit", person, on);
    assert_eq!(
        [at(0, "2025-06-30"), at(0, "2025-07-01")],
        ["Ward 4", "Oak"]
    );
    assert_eq!([at(1, "2025-08-01"), at(2, "2025-02-01")], ["Oak", "Oak"]);
    let whole = renamed(None);
    assert_eq!(level(&whole, "unit", 0, "2025-01-01"), "Oak");
    let unit = whole
        .dimensions
        .iter()
        .find(|d| d.dimension.as_str() == "unit")
        .unwrap();
    let gone = unit.levels.iter().all(|l| l.as_str() != "Ward 4");
    assert!(gone, "the old name is gone: {:?}", unit.levels);
}

#[test]
fn a_rename_of_nothing_is_said() {
    let rules = Rules {
        renames: vec![Rename {
            dimension: "unit".into(),
            from: "Ward 9".into(),
            to: "Elm".into(),
            since: None,
        }],
        ..Rules::default()
    };
    let list = staff(&[&["1", "2025-01-01", "", "Ward 4"]]);
    let (_, stage) = build(&[list], &rules, day("2026-03-31"));
    assert_eq!(stage.of("rename-unused").count(), 1);
}

fn register(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Staff Number", Role::StaffNumber),
        ("Preceptor", Role::Preceptor),
        ("Start", Role::PreceptorshipStart),
        ("Status", Role::Outcome),
        ("Extended to", Role::ExtendedTo),
        ("Supernumerary hours", Role::SupernumeraryHours),
        ("Meeting 1", Role::MeetingOn),
        ("Meeting 2", Role::MeetingOn),
    ];
    table(Holds::Register, &columns, rows)
}

#[test]
fn a_register_tells_outcomes_hours_and_meetings_across_columns() {
    let people = staff(&[&["1", "2025-01-01", "", "A"], &["2", "2025-01-01", "", "A"]]);
    let list = register(&[
        &[
            "1",
            "PR2",
            "2025-01-10",
            "Extended",
            "2026-04-10",
            "37.5 hours",
            "2025-01-20",
            "2025-03-01",
        ],
        &[
            "2",
            "PR1",
            "2025-01-10",
            "gone fishing",
            "",
            "75",
            "2025-01-01",
            "2026-12-01",
        ],
    ]);
    let (workforce, stage) = built(&[people, list]);
    let first = &workforce.preceptorships[0];
    assert_eq!(first.outcome, Some(Outcome::Extended));
    assert_eq!(first.extended_to, Some(day("2026-04-10")));
    assert_eq!(first.supernumerary_hours_milli, Some(37_500));
    assert_eq!(first.preceptor, Some(1), "a number, no name");
    let met: Vec<_> = workforce
        .meetings
        .iter()
        .map(|m| (m.preceptorship, m.on.iso(), m.number))
        .collect();
    assert_eq!(
        met,
        [
            (0, "2025-01-20".into(), Some(1)),
            (0, "2025-03-01".into(), Some(2))
        ]
    );
    assert_eq!(stage.of("met-before-start").count(), 1);
    assert_eq!(stage.of("unknown-outcome").count(), 1);
}

#[test]
fn t30_a_row_a_meeting_or_rotation_is_one_preceptorship() {
    let people = staff(&[&["1", "2025-01-01", "", "A"]]);
    let list = register(&[
        &["1", "PR1", "2025-01-10", "", "", "", "2025-01-20", ""],
        &["1", "", "", "", "", "", "2025-03-20", ""],
        &["1", "", "2025-01-10", "Completed", "", "", "2025-06-20", ""],
    ]);
    let (workforce, stage) = built(&[people, list]);
    assert_eq!(workforce.preceptorships.len(), 1);
    assert_eq!(
        workforce.preceptorships[0].outcome,
        Some(Outcome::Completed)
    );
    assert_eq!(workforce.meetings.len(), 3);
    let said = stage.of("rows-of-one-preceptorship").next().unwrap();
    assert_eq!(said.count, 2);
    assert_eq!(stage.of("duplicate-row").count(), 0);
}

#[test]
fn t31_a_registration_number_tells_and_goes() {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("NMC PIN", Role::RegistrationNumber),
        ("Country", dimension("country_of_training")),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2025-01-01", "24L1234E", ""],
        &["2", "2025-01-01", "21y1234o", "India"],
        &["3", "2025-01-01", "23A1234E", "India"],
        &["4", "2025-01-01", "C1A1234E", ""],
        &["5", "2025-01-01", "", ""],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    let of = |slug: &str| {
        let all = (0..5).map(|person| level(&workforce, slug, person, "2025-06-01"));
        all.collect::<Vec<_>>()
    };
    assert_eq!(
        of("country_of_training"),
        ["England", "India", "India", "Not known", "Not known"]
    );
    assert_eq!(of("return_to_practice")[1], "Returned to practice");
    assert_eq!(workforce.registered[0], Some(day("2024-12-01")));
    assert_eq!(workforce.registered[1], None);
    let disagree = stage.of("country-of-training-disagrees").next().unwrap();
    assert_eq!(disagree.count, 1);
    let malformed = stage.of("malformed-registration-number").next().unwrap();
    assert_eq!((malformed.count, malformed.origin.row), (1, Some(5)));
    let said = format!("{:?}", stage.findings);
    assert!(!said.contains("1234"), "no part of a number in a finding");
}

#[test]
fn a_slip_in_a_category_is_said_with_the_nearest_and_kept() {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Staff Group", dimension("staff_group")),
    ];
    let rows: &[&[&str]] = &[
        &["1", "2025-01-01", "Estates and Ancillery"],
        &["2", "2025-01-01", "AHP"],
    ];
    let (workforce, stage) = built(&[table(Holds::Staff, &columns, rows)]);
    let said = stage.of("unlisted-value").next().unwrap();
    assert!(
        said.message.contains("Estates and Ancillary"),
        "{}",
        said.message
    );
    assert_eq!((said.count, said.origin.row), (1, Some(2)));
    let kept = level(&workforce, "staff_group", 0, "2025-06-01");
    assert_eq!(kept, "Estates and Ancillery");
}
