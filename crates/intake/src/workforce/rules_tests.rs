//! Which ends count as leaving, the clock and the rehire gap, each with its
//! settings, on small lists made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::tests::{day, dimension, rules_of};
use super::{Clock, Ending, Leavings, Rules, build};
use crate::data::fixture::table;
use crate::data::{After, Holds, Role, Spell, Stage, Table, Workforce};
use staywise_core::domain::Day;

/// A list with staff number, start, leaving date, reason and destination.
fn leavings(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("Leaving Reason", Role::LeavingReason),
        ("Destination On Leaving", Role::Destination),
    ];
    table(Holds::Staff, &columns, rows)
}

/// A list with staff number, post start and end, assignment, contract, status
/// and unit.
pub(super) fn assignments(rows: &[&[&str]]) -> Table {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Post start", Role::PostStart),
        ("Post end", Role::PostEnd),
        ("Assignment Number", Role::Assignment),
        ("Assignment Category", Role::Contract),
        ("Assignment Status", Role::Status),
        ("Unit", dimension("unit")),
    ];
    table(Holds::Staff, &columns, rows)
}

pub(super) fn by(rules: &Rules, list: Table) -> (Workforce, Stage) {
    build(&[list], rules, day("2026-03-31"))
}

/// A day, or nothing, as a text.
fn iso(day: Option<Day>) -> String {
    day.map(Day::iso).unwrap_or_default()
}

/// Person, start, end and leaving of each spell.
pub(super) fn spells(workforce: &Workforce) -> Vec<(u32, String, String, String)> {
    let of = |s: &Spell| (s.person, s.start.iso(), iso(s.ended), iso(s.leave));
    workforce.spells.iter().map(of).collect()
}

pub(super) fn spell(
    person: u32,
    start: &str,
    ended: &str,
    leave: &str,
) -> (u32, String, String, String) {
    (person, start.into(), ended.into(), leave.into())
}

/// One person who left for a reason, by rules.
fn left(reason: &str, rules: &Rules) -> (Spell, Stage) {
    let list = leavings(&[&["1", "2024-01-01", "2025-06-30", reason, ""]]);
    let (workforce, stage) = by(rules, list);
    assert_eq!(workforce.spells.len(), 1);
    (workforce.spells[0].clone(), stage)
}

fn with(leavings: Leavings) -> Rules {
    Rules {
        leavings,
        ..Rules::default()
    }
}

#[test]
fn t7_one_of_two_posts_ending_is_no_leaving() {
    let rows: &[&[&str]] = &[
        &["1", "2024-01-01", "2025-06-30", "1-1", "Permanent", "", "A"],
        &["1", "2024-09-01", "", "1-2", "Permanent", "", "B"],
    ];
    let (workforce, _) = by(&Rules::default(), assignments(rows));
    assert_eq!(spells(&workforce), [spell(0, "2024-01-01", "", "")]);
    assert_eq!(workforce.spells[0].after, After::InPost);
    assert_eq!(workforce.spells[0].sort, None);
}

#[test]
fn t8_the_end_of_a_fixed_term_is_not_voluntary() {
    for reason in [
        "End of Fixed Term Contract",
        "End of Fixed Term Contract - Completion of Training Scheme",
        "end of contract",
    ] {
        let (spell, stage) = left(reason, &Rules::default());
        assert_eq!(spell.sort, Some("contract_end"), "{reason}");
        assert_eq!(spell.leave, Some(day("2025-06-30")));
        assert_eq!(spell.after, After::Left);
        assert_eq!(stage.counted("leavers"), Some(1));
        let kept = with(Leavings {
            contract_end: Ending::EndsFollowUp,
            ..Leavings::default()
        });
        let (spell, stage) = left(reason, &kept);
        assert_eq!((spell.leave, spell.ended), (None, Some(day("2025-06-30"))));
        assert_eq!(spell.sort, Some("contract_end"));
        let what = "ends that do not count as leaving: contract end";
        assert_eq!(stage.counted(what), Some(1));
    }
    let (chose, _) = left("Voluntary Resignation - Relocation", &Rules::default());
    assert_eq!(chose.sort, Some("voluntary"));
}

#[test]
fn t9_a_transfer_with_the_work_ends_follow_up_and_is_no_leaving() {
    let (spell, stage) = left("Employee Transfer", &Rules::default());
    assert_eq!((spell.ended, spell.leave), (Some(day("2025-06-30")), None));
    assert_eq!(spell.after, After::Transferred);
    assert_eq!(stage.counted("spells that ended"), Some(1));
    assert_eq!(stage.counted("leavers"), Some(0));
    let what = "ends that do not count as leaving: administrative";
    assert_eq!(stage.counted(what), Some(1));
    let counted = with(Leavings {
        administrative: Ending::Counts,
        ..Leavings::default()
    });
    assert_eq!(left("TUPE", &counted).0.leave, Some(day("2025-06-30")));
    let (merged, _) = left("Merged Organisation - Duplicate Record", &Rules::default());
    assert_eq!((merged.leave, merged.after), (None, After::RecordClosed));
}

#[test]
fn t10_a_move_inside_that_is_listed_as_a_leaving_is_none() {
    let moved = "Moved to a different role in this organisation";
    let (spell, _) = left(moved, &Rules::default());
    assert_eq!((spell.ended, spell.leave), (Some(day("2025-06-30")), None));
    assert_eq!(
        (spell.sort, spell.after),
        (Some("internal_move"), After::MovedWithin)
    );
    let counted = with(Leavings {
        internal_move: Ending::Counts,
        ..Leavings::default()
    });
    assert_eq!(left(moved, &counted).0.leave, Some(day("2025-06-30")));
}

#[test]
fn retirement_and_death_count_unless_the_rules_say_otherwise() {
    let kept = with(Leavings {
        retirement: Ending::EndsFollowUp,
        death: Ending::EndsFollowUp,
        ..Leavings::default()
    });
    for (reason, after, sort) in [
        ("Retirement Age", After::Retired, "retirement"),
        ("Death in Service", After::Died, "death"),
    ] {
        let (spell, _) = left(reason, &Rules::default());
        assert_eq!(spell.leave, Some(day("2025-06-30")), "{reason}");
        assert_eq!((spell.after, spell.sort), (after, Some(sort)));
        let (spell, _) = left(reason, &kept);
        assert_eq!((spell.leave, spell.after), (None, after), "{reason}");
    }
}

#[test]
fn t33_reasons_keep_their_unknown_share() {
    let list = leavings(&[
        &["1", "2024-01-01", "2025-06-30", "Unknown", ""],
        &["2", "2024-01-01", "2025-06-30", "", ""],
        &["3", "2024-01-01", "2025-06-30", "Went to sea", "the moon"],
        &[
            "4",
            "2024-01-01",
            "2025-06-30",
            "Dismissal - Conduct",
            "NHS Organisation",
        ],
        &["5", "2024-01-01", "", "", ""],
    ]);
    let (workforce, stage) = by(&Rules::default(), list);
    let sorts: Vec<_> = workforce.spells.iter().map(|s| s.sort).collect();
    let unknown = Some("unknown");
    assert_eq!(
        sorts,
        [unknown, unknown, unknown, Some("involuntary"), None]
    );
    let went: Vec<_> = workforce
        .spells
        .iter()
        .map(|s| s.destination_sort)
        .collect();
    assert_eq!(went, [unknown, unknown, unknown, Some("nhs"), None]);
    assert_eq!(
        stage.counted("leavers"),
        Some(4),
        "an unknown reason is a leaving"
    );
    assert_eq!(workforce.spells[2].reason.as_deref(), Some("Went to sea"));
    assert_eq!(workforce.spells[2].destination.as_deref(), Some("the moon"));
    assert_eq!(
        rules_of(&stage),
        ["unknown-leaving-reason", "unknown-destination"]
    );
    assert!(
        stage
            .findings
            .iter()
            .all(|f| f.count == 1 && f.origin.row == Some(4))
    );
    assert!(stage.findings.iter().all(|f| !f.message.contains("sea")));
}

/// One person on a PIN of a month, who started on a day.
fn clocked(pin: &str, started: &str, left: &str, clock: Clock) -> Spell {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("Left", Role::LeaveDate),
        ("NMC PIN", Role::RegistrationNumber),
    ];
    let list = table(Holds::Staff, &columns, &[&["1", started, left, pin]]);
    let rules = Rules {
        clock,
        ..Rules::default()
    };
    by(&rules, list).0.spells[0].clone()
}

#[test]
fn t31_the_clock_starts_with_the_post_the_registration_or_the_later_of_both() {
    let of = |pin, started, clock| {
        let spell = clocked(pin, started, "", clock);
        assert_eq!(spell.start, day(started), "the start stays what it is");
        (spell.time_zero.iso(), spell.entry_day)
    };
    let (before, after, start) = ("24J1234E", "25C1234E", "2025-01-06");
    for pin in [before, after, ""] {
        assert_eq!(of(pin, start, Clock::Start), (start.into(), 0));
    }
    // Registered three months before: followed from the start on.
    assert_eq!(
        of(before, start, Clock::Registration),
        ("2024-10-01".into(), 97)
    );
    assert_eq!(of(before, start, Clock::Later), (start.into(), 0));
    // Started before the registration came through.
    let registered = (String::from("2025-03-01"), 0);
    assert_eq!(of(after, start, Clock::Registration), registered);
    assert_eq!(of(after, start, Clock::Later), registered);
    // Nothing tells: the start.
    assert_eq!(of("", start, Clock::Registration), (start.into(), 0));
    assert_eq!(of("", start, Clock::Later), (start.into(), 0));
}

#[test]
fn t31_who_had_left_by_the_registration_keeps_the_start() {
    for clock in [Clock::Registration, Clock::Later] {
        for left in ["2025-02-01", "2025-03-01"] {
            let spell = clocked("25C1234E", "2025-01-06", left, clock);
            assert_eq!((spell.time_zero, spell.entry_day), (spell.start, 0));
        }
        let spell = clocked("25C1234E", "2025-01-06", "2025-03-02", clock);
        assert_eq!(spell.time_zero, day("2025-03-01"));
    }
}

#[test]
fn t31_a_list_of_late_leavers_is_followed_from_its_date_on_any_clock() {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Start", Role::StartDate),
        ("NMC PIN", Role::RegistrationNumber),
    ];
    let mut list = table(Holds::Staff, &columns, &[&["1", "2024-01-11", "24A1234E"]]);
    list.leavers_from = Some(day("2024-02-01"));
    for (clock, entry) in [(Clock::Start, 21), (Clock::Registration, 31)] {
        let rules = Rules {
            clock,
            ..Rules::default()
        };
        let (workforce, _) = by(&rules, list.clone());
        assert_eq!(workforce.spells[0].entry_day, entry);
    }
}

#[test]
fn t32_the_rehire_gap_is_a_rule() {
    let list = || {
        leavings(&[
            &["1", "2023-01-01", "2024-01-01", "", ""],
            &["1", "2024-01-15", "", "", ""],
        ])
    };
    let of = |rehire_gap_days| {
        let rules = Rules {
            rehire_gap_days,
            ..Rules::default()
        };
        by(&rules, list()).0.spells.len()
    };
    assert_eq!([of(0), of(13), of(14), of(30)], [2, 2, 1, 1]);
}
