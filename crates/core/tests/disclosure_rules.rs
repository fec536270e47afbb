//! What the rules hide in one table and over periods, at the threshold of 10.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod disclosure_support;

use disclosure_support::{
    all, by, events, everyone, faces, hits, now, protected, quarter, sizes, yes,
};
use proptest::collection::vec;
use proptest::{prop_assert, proptest, test_runner::Config as ProptestConfig};
use staywise_core::domain::{Kind, Period, Tally, TallyTable};

fn face(table: TallyTable) -> String {
    faces(&protected(vec![table])).remove(0)
}

#[test]
fn two_hidden_cells_are_not_enough_where_their_sum_is_small() {
    // The example of the rule: 4 and 3 sum to 7, so the next two go too.
    assert_eq!(face(sizes(&now(), "site", &[4, 3, 43, 50])), ".cccc");
    assert_eq!(
        face(sizes(&now(), "site", &[4, 3, 43, 50, 60, 70])),
        ".cccc.."
    );
    // 4 and 9 sum to 13, and either can be anything from 1 to 9.
    assert_eq!(face(sizes(&now(), "site", &[4, 9, 43, 50])), ".cc..");
}

#[test]
fn one_group_under_the_threshold_takes_its_neighbour_with_it() {
    assert_eq!(face(sizes(&now(), "site", &[60, 4, 12, 80])), ".cc..");
    assert_eq!(face(sizes(&now(), "site", &[60, 80, 4, 12])), "...cc");
    // Not an empty one: nobody is protected by it.
    assert_eq!(face(sizes(&now(), "site", &[4, 0, 60, 12, 80])), ".c.c..");
}

#[test]
fn numbers_are_compared_as_numbers_and_nobody_is_not_few() {
    assert_eq!(
        face(sizes(&now(), "site", &[138, 0, 10, 99, 100])),
        "......"
    );
    assert_eq!(face(sizes(&now(), "site", &[138, 9, 40])), "..cc");
}

#[test]
fn which_cells_are_hidden_does_not_depend_on_their_sizes() {
    for bases in [
        [4, 12, 13, 14],
        [4, 43, 44, 900],
        [4, 900, 44, 43],
        [900, 4, 10, 10],
        [9, 9, 10, 10],
    ] {
        assert_eq!(face(sizes(&now(), "site", &bases)), ".cc..", "{bases:?}");
    }
    // One small site beside five of any size hides one other.
    assert_eq!(
        face(sizes(&now(), "site", &[61, 63, 5, 74, 114, 146])),
        "...cc.."
    );
}

#[test]
fn the_first_of_an_odd_number_stands_alone() {
    assert_eq!(face(sizes(&now(), "site", &[43, 4, 44, 50, 60])), "..cc..");
    assert_eq!(face(sizes(&now(), "site", &[4, 43, 44, 50, 60])), ".ccc..");
    // 4 and 3 need somebody more: the one alone is enough.
    assert_eq!(face(sizes(&now(), "site", &[43, 4, 3, 50, 60])), ".ccc..");
    // When everyone is hidden the empty ones are too.
    assert_eq!(face(sizes(&now(), "site", &[4, 43, 44, 0])), ".cccc");
}

#[test]
fn a_few_people_over_many_levels_are_hidden_whole() {
    assert_eq!(
        face(sizes(&now(), "site", &[1, 2, 1, 1, 3, 2, 0])),
        ".ccccccc"
    );
    assert_eq!(
        face(sizes(&now(), "site", &[1, 2, 1, 1, 3, 1, 0])),
        "cccccccc"
    );
}

#[test]
fn hidden_cells_do_not_all_answer_alike_unless_everybody_does() {
    let table = |second: u64, third: u64| {
        by(
            "site",
            &now(),
            &[
                ("A", hits(4, 0)),
                ("B", hits(12, second)),
                ("C", hits(30, third)),
                ("D", hits(90, third)),
                ("E", hits(50, 9)),
                ("F", hits(40, 8)),
            ],
        )
    };
    assert_eq!(face(table(1, 5)), ".cc....");
    // None of 16 people in A and B: C and D go too, and E and F if need be.
    assert_eq!(face(table(0, 5)), ".cccc..");
    assert_eq!(face(table(0, 0)), ".cccccc");
    let nobody = [
        ("A", hits(4, 0)),
        ("B", hits(12, 0)),
        ("C", hits(30, 0)),
        ("D", hits(90, 0)),
    ];
    assert_eq!(face(by("site", &now(), &nobody)), ".cc..");
}

#[test]
fn a_small_total_hides_its_tables() {
    let table = sizes(&now(), "site", &[4, 3]);
    let faces = faces(&protected(vec![everyone(&table), table]));
    assert_eq!(faces, ["cc", "ccc"]);
}

#[test]
fn equal_counts_go_by_position_and_the_order_of_tables_changes_nothing() {
    assert_eq!(
        face(sizes(&now(), "site", &[40, 20, 4, 20, 20, 90])),
        "...cc.."
    );
    assert_eq!(face(sizes(&now(), "site", &[20, 90, 20, 1])), "...cc");
    let tables = vec![
        sizes(&now(), "site", &[20, 20, 4, 60]),
        sizes(&quarter("2026-Q1"), "site", &[30, 20, 40, 60]),
        sizes(&all(), "site", &[90, 90, 80, 200]),
    ];
    let forward = faces(&protected(tables.clone()));
    let mut backward = faces(&protected(tables.into_iter().rev().collect()));
    backward.reverse();
    assert_eq!(forward, backward);
}

#[test]
fn a_stock_is_judged_at_both_dates() {
    let stock = |opening, closing| Tally::Stock { opening, closing };
    let levels = [
        ("A", stock(12, 9)),
        ("B", stock(20, 21)),
        ("C", stock(60, 58)),
        ("D", stock(30, 30)),
    ];
    assert_eq!(face(by("site", &now(), &levels)), ".cc..");
    let levels = [
        ("A", stock(0, 12)),
        ("B", stock(20, 0)),
        ("C", stock(60, 58)),
    ];
    assert_eq!(face(by("site", &now(), &levels)), "....");
}

#[test]
fn distinct_people_are_held_to_the_threshold_not_answers() {
    let mut table = sizes(&now(), "site", &[12, 30, 80, 50]);
    for (cell, persons) in table.cells.iter_mut().zip([4, 28, 70, 45]) {
        cell.persons = Some(persons);
    }
    table.total.persons = Some(147);
    assert_eq!(face(table), ".cc..");
}

#[test]
fn a_total_that_is_not_the_sum_of_its_parts_hides_them_all() {
    let mut table = sizes(&now(), "wave", &[4, 43, 60]);
    table.total.tally = yes(99);
    assert_eq!(face(table), ".ccc");
}

#[test]
fn a_trend_with_a_hidden_cell_shows_its_totals_and_the_reported_period() {
    let tables = vec![
        sizes(&now(), "site", &[4, 20, 60, 50]),
        sizes(&quarter("2026-Q1"), "site", &[30, 30, 30, 30]),
        sizes(&quarter("2025-Q4"), "site", &[30, 30, 30, 30]),
    ];
    assert_eq!(faces(&protected(tables)), [".cc..", ".cccc", ".cccc"]);
}

#[test]
fn all_less_the_reported_period_leaves_nobody_few() {
    let with = |bases: &[u64]| {
        let now = sizes(&now(), "site", &[30, 20, 60]);
        faces(&protected(vec![now, sizes(&all(), "site", bases)]))
    };
    assert_eq!(with(&[40, 20, 90]), ["....", "...."]);
    // Three more on site A than the report's own 30.
    assert_eq!(with(&[33, 40, 90]), ["....", ".ccc"]);
}

#[test]
fn all_stays_beside_hidden_cells_only_where_it_is_much_larger() {
    let with = |bases: &[u64]| {
        let now = sizes(&now(), "site", &[4, 20, 60, 50]);
        faces(&protected(vec![now, sizes(&all(), "site", bases)]))
    };
    // 24 are hidden, and 10 more make 34.
    assert_eq!(with(&[34, 80, 90, 90]), [".cc..", "....."]);
    assert_eq!(with(&[33, 80, 90, 90]), [".cc..", ".cccc"]);
}

#[test]
fn totals_are_differenced_too() {
    let total = |period: &Period, n| everyone(&by("site", period, &[("A", events(n))]));
    let run = |last: u64, all_n: u64| {
        let tables = vec![
            total(&now(), 50),
            total(&quarter("2026-Q1"), last),
            total(&all(), all_n),
        ];
        faces(&protected(tables))
    };
    assert_eq!(run(40, 200), ["..", "..", ".."]);
    // What came before the trend: 5 people.
    assert_eq!(run(40, 95), ["..", "cc", ".."]);
    // The report's own and all but 3.
    assert_eq!(run(3, 53), ["..", "cc", "cc"]);
    assert_eq!(run(7, 200), ["..", "cc", ".."]);
}

#[test]
fn windows_that_overlap_differ_by_nobody_or_by_enough() {
    let window = |label: &str, n: u64| {
        let period = quarter(label).window(12).expect("a window");
        let mut table = sizes(&period, "site", &[n, 60]);
        table.metric.window_months = Some(12);
        table
    };
    let run = |a: u64, b: u64| {
        let tables = vec![
            window("2026-Q2", 40),
            window("2026-Q1", a),
            window("2025-Q4", b),
        ];
        faces(&protected(tables))
    };
    assert_eq!(run(40, 60), ["...", "...", "..."]);
    assert_eq!(run(43, 60), ["...", "ccc", "ccc"]);
}

#[test]
fn the_private_summary_tells_primary_from_complementary() {
    let protected = protected(vec![sizes(&now(), "site", &[4, 3, 43, 50])]);
    let summary = &protected.summary().metrics[0];
    assert_eq!(summary.metric, "measure");
    assert_eq!(
        (summary.cells, summary.primary, summary.complementary),
        (4, 2, 2)
    );
    assert_eq!(protected.tables()[0].metric().kind, Kind::Proportion);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Whatever the bases: nothing shown is few, and what subtraction gives
    /// of the hidden cells is not few either, with room for each to be 9.
    #[test]
    fn nothing_shown_or_derived_is_few(bases in vec(0_u64..40, 2..9)) {
        let protected = protected(vec![sizes(&now(), "site", &bases)]);
        let table = &protected.tables()[0];
        let shown: Vec<u64> = table.cells().iter().filter_map(|c| c.tally()).map(Tally::base).collect();
        prop_assert!(shown.iter().all(|n| *n == 0 || *n >= 10));
        let hidden = (table.cells().len() - shown.len()) as u64;
        match table.total().tally().map(Tally::base) {
            None => prop_assert!(shown.is_empty() && (1..10).contains(&bases.iter().sum::<u64>())),
            Some(total) if hidden > 0 => {
                let rest = total - shown.iter().sum::<u64>();
                let least = if shown.is_empty() { 10 } else { 10 + hidden - 2 };
                prop_assert!(hidden > 1 && rest >= least);
            }
            Some(_) => prop_assert!(shown == bases),
        }
    }
}
