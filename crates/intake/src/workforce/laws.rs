//! What holds for every staff list, tried on many.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::rules_tests::by;
use super::tests::{built, day, staff};
use super::{BankPosts, Breaks, Clock, Ending, Leavings, Rules};
use crate::data::fixture::table;
use crate::data::{After, Holds, Role, Spell, Table, Workforce};
use proptest::prelude::{Strategy, any, prop, proptest};
use staywise_core::domain::Day;
use std::collections::HashSet;

/// Person, start, length (or open) and unit.
type Row = (u8, u16, Option<u8>, u8);

/// Small random lists.
fn lists() -> impl Strategy<Value = (Vec<Row>, Vec<u64>)> {
    let row = (0..6_u8, 0..900_u16, any::<Option<u8>>(), 0..3_u8);
    prop::collection::vec((row, any::<u64>()), 1..25).prop_map(|rows| rows.into_iter().unzip())
}

fn listed(rows: &[Row]) -> Table {
    let from = day("2023-01-01");
    let texts: Vec<[String; 4]> = rows
        .iter()
        .map(|(person, start, length, unit)| {
            let start = from.plus(i32::from(*start));
            let left = length
                .map(|l| start.plus(i32::from(l)).iso())
                .unwrap_or_default();
            [
                person.to_string(),
                start.iso(),
                left,
                format!("Unit {unit}"),
            ]
        })
        .collect();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|r| r.iter().map(String::as_str).collect())
        .collect();
    staff(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// What a row says beside person, start and length: reason, contract, status,
/// assignment.
type Said = (u8, u8, u8, u8);

const REASONS: [&str; 8] = [
    "",
    "Retirement Age",
    "Employee Transfer",
    "Death in Service",
    "End of Fixed Term Contract",
    "Moved to a different role in this organisation",
    "Voluntary Resignation - Health",
    "no such reason",
];
const CONTRACTS: [&str; 4] = ["", "Permanent", "Bank", "Honorary"];
const STATUSES: [&str; 4] = ["", "Active Assignment", "Career Break", "Suspend No Pay"];

/// Small random lists of posts with all that rules look at.
fn posts() -> impl Strategy<Value = Vec<(Row, Said)>> {
    let row = (0..5_u8, 0..900_u16, any::<Option<u8>>(), 0..3_u8);
    let said = (0..8_u8, 0..4_u8, 0..4_u8, 0..3_u8);
    prop::collection::vec((row, said), 1..25)
}

fn rules() -> impl Strategy<Value = Rules> {
    let ending = |yes: bool| {
        if yes {
            Ending::Counts
        } else {
            Ending::EndsFollowUp
        }
    };
    let all = (any::<[bool; 5]>(), any::<[bool; 2]>(), 0..3_u8, 0..60_i32);
    all.prop_map(move |(counts, [bank, breaks], clock, gap)| Rules {
        rehire_gap_days: gap,
        leavings: Leavings {
            contract_end: ending(counts[0]),
            administrative: ending(counts[1]),
            retirement: ending(counts[2]),
            death: ending(counts[3]),
            internal_move: ending(counts[4]),
        },
        clock: [Clock::Start, Clock::Registration, Clock::Later][usize::from(clock)],
        bank: if bank {
            BankPosts::Count
        } else {
            BankPosts::Apart
        },
        breaks: if breaks {
            Breaks::Leaving
        } else {
            Breaks::InPost
        },
        ..Rules::default()
    })
}

fn with_everything(rows: &[(Row, Said)]) -> Table {
    let columns = [
        ("Employee Number", Role::StaffNumber),
        ("Post start", Role::PostStart),
        ("Post end", Role::PostEnd),
        ("Unit", super::tests::dimension("unit")),
        ("Leaving Reason", Role::LeavingReason),
        ("Assignment Category", Role::Contract),
        ("Assignment Status", Role::Status),
        ("Assignment Number", Role::Assignment),
        ("NMC PIN", Role::RegistrationNumber),
    ];
    let from = day("2023-01-01");
    let texts: Vec<Vec<String>> = rows
        .iter()
        .map(
            |((person, start, length, unit), (reason, contract, status, number))| {
                let start = from.plus(i32::from(*start));
                let end = length.map(|l| start.plus(i32::from(l)).iso());
                let of = |words: &[&str], at: &u8| words[usize::from(*at)].to_owned();
                vec![
                    person.to_string(),
                    start.iso(),
                    end.unwrap_or_default(),
                    format!("Unit {unit}"),
                    of(&REASONS, reason),
                    of(&CONTRACTS, contract),
                    of(&STATUSES, status),
                    if *number == 0 {
                        String::new()
                    } else {
                        format!("{person}-{number}")
                    },
                    format!("24{}000{person}E", char::from(b'A' + person)),
                ]
            },
        )
        .collect();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|r| r.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    table(Holds::Staff, &columns, &rows)
}

/// Distinct people in post at the close of a day.
fn in_post(workforce: &Workforce, on: Day) -> usize {
    let there = workforce.spells.iter().filter(|s| s.covers(on));
    there.map(|s| s.person).collect::<HashSet<_>>().len()
}

/// What was counted under words that begin so.
fn sum(counts: &[(String, u64)], words: &str) -> u64 {
    let of = counts.iter().filter(|(what, _)| what.starts_with(words));
    of.map(|(_, n)| n).sum()
}

fn flows_reconcile(workforce: &Workforce, (open, close): (Day, Day)) {
    let during = |day: Day| open < day && day <= close;
    let of = |wanted: &dyn Fn(&&Spell) -> bool| workforce.spells.iter().filter(wanted).count();
    let begun = of(&|s| during(s.start));
    let ended = of(&|s| s.ended.is_some_and(during));
    let leavings = of(&|s| s.leave.is_some_and(during));
    let uncounted = of(&|s| s.leave.is_none() && s.ended.is_some_and(during));
    assert_eq!(
        in_post(workforce, open) + begun - ended,
        in_post(workforce, close)
    );
    assert_eq!(ended, leavings + uncounted);
}

proptest! {
    #[test]
    fn flows_reconcile_under_any_rules(
        rows in posts(), rules in rules(), open in 0..1200_i32, length in 0..1200_i32,
    ) {
        let (workforce, stage) = by(&rules, with_everything(&rows));
        let open = day("2022-12-01").plus(open);
        flows_reconcile(&workforce, (open, open.plus(length)));
        let counted = |what| stage.counted(what).unwrap_or(0);
        let uncounted = sum(&stage.counts, "ends that do not count as leaving");
        assert_eq!(counted("spells that ended"), counted("leavers") + uncounted);
    }

    #[test]
    fn spells_are_whole_under_any_rules(rows in posts(), rules in rules()) {
        let (workforce, _) = by(&rules, with_everything(&rows));
        for spell in &workforce.spells {
            assert!(spell.ended.is_none_or(|ended| ended >= spell.start && ended <= day("2026-03-31")));
            assert!(spell.leave.is_none() || spell.leave == spell.ended);
            assert_eq!(spell.after == After::InPost, spell.ended.is_none());
            assert_eq!(spell.sort.is_some(), spell.ended.is_some());
            assert_eq!(spell.destination_sort.is_some(), spell.ended.is_some());
            // Follow-up begins no later than it ends.
            let entry = spell.time_zero.plus(i32::try_from(spell.entry_day).unwrap());
            let end = spell.ended.unwrap_or(day("2026-03-31"));
            assert!(entry >= spell.start && entry <= end, "{spell:?}");
        }
        for pair in workforce.spells.windows(2).filter(|p| p[0].person == p[1].person) {
            assert!(pair[1].start > pair[0].ended.expect("only the last spell is open"));
        }
        assert!(workforce.changes.is_sorted());
        for change in &workforce.changes {
            let spell = &workforce.spells[change.spell as usize];
            assert_eq!(spell.person, change.person);
            assert!(spell.start <= change.on && change.on <= day("2026-03-31"));
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter_to_any_rule(rows in posts(), rules in rules()) {
        let backwards: Vec<_> = rows.iter().rev().copied().collect();
        let (one, counts) = by(&rules, with_everything(&rows));
        let (other, other_counts) = by(&rules, with_everything(&backwards));
        assert_eq!(one, other);
        assert_eq!(counts.counts, other_counts.counts);
    }

    #[test]
    fn the_order_of_rows_does_not_matter((rows, keys) in lists()) {
        let mut shuffled: Vec<_> = rows.iter().zip(keys).collect();
        shuffled.sort_by_key(|(_, key)| *key);
        let shuffled: Vec<_> = shuffled.into_iter().map(|(row, _)| *row).collect();
        let (one, counts) = built(&[listed(&rows)]);
        let (other, other_counts) = built(&[listed(&shuffled)]);
        assert_eq!(one, other);
        assert_eq!(counts.counts, other_counts.counts);
    }

    #[test]
    fn spells_of_a_person_are_apart_by_more_than_the_gap((rows, _) in lists()) {
        let (workforce, _) = built(&[listed(&rows)]);
        for pair in workforce.spells.windows(2).filter(|p| p[0].person == p[1].person) {
            let ended = pair[0].ended.expect("only the last spell is open");
            assert!(pair[1].start.0 - ended.0 > 30);
        }
        let known = workforce.dimensions.iter().all(|d| d.offsets.len() == workforce.people() + 1);
        assert!(known && workforce.identities.len() <= 6);
    }
}
