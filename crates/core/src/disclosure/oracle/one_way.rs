//! One-way tables by brute force, of every kind of count.

use super::{Attacker, compositions, few, published, quarter, table};
use crate::disclosure::Policy;
use crate::disclosure::pattern::{Pattern, one_way};
use crate::domain::{Kind, Period, Tally, TallyTable};
use std::collections::BTreeMap;

/// Tables of so many levels and of each of these totals; `elsewhere` marks
/// the levels that the attacker sees in another table, unless they are few or
/// must be hidden there too.
fn one_measure(
    cells: usize,
    totals: std::ops::RangeInclusive<u64>,
    threshold: u64,
    elsewhere: &[bool],
) -> usize {
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    let mut attacker = Attacker::default();
    for total in totals.filter(|t| *t >= threshold) {
        for bases in compositions(total, cells) {
            let tallies = bases.iter().map(|n| Tally::Event { n: *n }).collect();
            let pattern = one_way(&table(Kind::Event, &period, tallies), elsewhere, &policy);
            let mut out = published(&pattern, std::slice::from_ref(&bases));
            let seen = bases.iter().zip(elsewhere).filter(|(_, seen)| **seen);
            let hidden = |n: u64| pattern == Pattern::Entangled || policy.too_few(n);
            let number = |n: u64| i64::try_from(n).ok().filter(|_| !hidden(n));
            out.extend(seen.map(|(n, _)| number(*n).unwrap_or(-1)));
            attacker.see(out, &bases, &few(&bases, threshold));
        }
    }
    attacker.finds_nothing(threshold)
}

#[test]
fn no_small_table_gives_a_hidden_base_away() {
    let mut forms = 0;
    for threshold in [2, 3, 4, 5] {
        forms += one_measure(2, 0..=40, threshold, &[]);
        forms += one_measure(3, 0..=40, threshold, &[]);
        forms += one_measure(4, 0..=30, threshold, &[]);
        forms += one_measure(5, 0..=22, threshold, &[]);
    }
    forms += one_measure(6, 0..=17, 4, &[]);
    forms += one_measure(3, 0..=60, 10, &[]);
    forms += one_measure(4, 0..=40, 10, &[]);
    forms += one_measure(5, 0..=27, 10, &[]);
    // Enough were hidden in part for the test to mean something.
    assert!(forms > 2_000, "{forms}");
}

#[test]
fn no_small_table_of_which_another_shows_a_level_gives_a_hidden_base_away() {
    let mut forms = 0;
    for threshold in [4, 5] {
        forms += one_measure(3, 0..=40, threshold, &[false, false, true]);
        forms += one_measure(4, 0..=26, threshold, &[false, true]);
        forms += one_measure(5, 0..=20, threshold, &[false, false, false, true]);
    }
    forms += one_measure(3, 0..=60, 10, &[true]);
    forms += one_measure(4, 0..=36, 10, &[false, false, false, true]);
    assert!(forms > 2_000, "{forms}");
}

/// A rule against which the oracle itself is held: the smallest cells are
/// hidden first, primary ones in any case, until `content` with the hidden.
fn smallest_first(total: u64, cells: usize, content: fn(&[u64]) -> bool) {
    let mut attacker = Attacker::default();
    for bases in compositions(total, cells) {
        let mut order: Vec<usize> = (0..cells).filter(|i| bases[*i] > 0).collect();
        order.sort_by_key(|i| (bases[*i], *i));
        let small = few(&bases, 5);
        let mut hidden: Vec<usize> = order.drain(..small.len()).collect();
        let values = |hidden: &[usize]| -> Vec<u64> { hidden.iter().map(|i| bases[*i]).collect() };
        while !hidden.is_empty() && !order.is_empty() && !content(&values(&hidden)) {
            hidden.push(order.remove(0));
        }
        let pattern = Pattern::Cells((0..cells).map(|i| hidden.contains(&i)).collect());
        let out = published(&pattern, std::slice::from_ref(&bases));
        attacker.see(out, &bases, &small);
    }
    attacker.finds_nothing(5);
}

#[test]
#[should_panic(expected = "cannot be")]
fn the_oracle_finds_what_two_hidden_cells_give_away() {
    smallest_first(30, 3, |hidden| hidden.len() > 1);
}

/// Enough are hidden, and yet the choice of the smallest gives them away.
#[test]
#[should_panic(expected = "cannot be")]
fn the_oracle_finds_what_hiding_the_smallest_gives_away() {
    smallest_first(30, 4, |hidden| {
        let k = hidden.len() as u64;
        k > 1 && hidden.iter().sum::<u64>() >= 5 + k - 2
    });
}

#[test]
fn no_small_table_of_hits_gives_a_hidden_base_or_answer_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    for (cells, totals) in [(2, 4..=14), (3, 4..=13), (4, 4..=10)] {
        let mut attacker = Attacker::default();
        let mut unions: BTreeMap<Vec<i64>, (u64, bool, bool)> = BTreeMap::new();
        for total in totals {
            for bases in compositions(total, cells) {
                for hits in below(&bases) {
                    let pairs = bases.iter().zip(&hits);
                    let tallies = pairs.map(|(n, hits)| Tally::Proportion { n: *n, hits: *hits });
                    let table = table(Kind::Proportion, &period, tallies.collect());
                    let pattern = one_way(&table, &[], &policy);
                    let out = published(&pattern, &[bases.clone(), hits.clone()]);
                    let small = few(&bases, threshold);
                    let everybody: u64 = hits.iter().sum();
                    let entry = unions.entry(out.clone()).or_insert((0, true, true));
                    entry.0 = u64::from(everybody == 0 || everybody == total);
                    entry.1 &= small.iter().all(|i| hits[*i] == 0);
                    entry.2 &= small.iter().all(|i| hits[*i] == bases[*i]);
                    if small.is_empty() {
                        (entry.1, entry.2) = (false, false);
                    }
                    attacker.see(out, &bases, &small);
                }
            }
        }
        assert!(attacker.finds_nothing(threshold) > 50);
        for (out, (everybody_agrees, none, all)) in unions {
            assert!(everybody_agrees == 1 || !(none || all), "{out:?}");
        }
    }
}

/// Every vector of hits no larger than the bases.
fn below(bases: &[u64]) -> Vec<Vec<u64>> {
    let Some((first, rest)) = bases.split_first() else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for hits in 0..=*first {
        for mut tail in below(rest) {
            tail.insert(0, hits);
            all.push(tail);
        }
    }
    all
}

#[test]
fn no_small_stock_gives_either_date_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    let mut forms = 0;
    for (opening_total, closing_total) in [(0, 9), (4, 4), (5, 12), (9, 9), (12, 13), (16, 17)] {
        let mut attacker = Attacker::default();
        for opening in compositions(opening_total, 3) {
            for closing in compositions(closing_total, 3) {
                let dates = opening.iter().zip(&closing);
                let tallies = dates.map(|(opening, closing)| Tally::Stock {
                    opening: *opening,
                    closing: *closing,
                });
                let table = table(Kind::Stock, &period, tallies.collect());
                let pattern = one_way(&table, &[], &policy);
                let counts = [opening.clone(), closing.clone()];
                let out = published(&pattern, &counts);
                let truth = counts.concat();
                attacker.see(out, &truth, &few(&truth, threshold));
            }
        }
        forms += attacker.finds_nothing(threshold);
    }
    assert!(forms > 20, "{forms}");
}

#[test]
fn repeat_answers_give_neither_people_nor_answers_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    let mut forms = 0;
    for (people, answers) in [(7, 7), (9, 12), (12, 13), (13, 19)] {
        let mut attacker = Attacker::default();
        for persons in compositions(people, 3) {
            for bases in compositions(answers, 3) {
                let mut both = persons.iter().zip(&bases);
                if both.any(|(p, b)| p > b || (*p == 0 && *b > 0)) {
                    continue;
                }
                let tallies = bases.iter().map(|n| Tally::Event { n: *n }).collect();
                let mut table = table(Kind::Event, &period, tallies);
                for (cell, p) in table.cells.iter_mut().zip(&persons) {
                    cell.persons = Some(*p);
                }
                let counts = [persons.clone(), bases.clone()];
                let out = published(&one_way(&table, &[], &policy), &counts);
                let truth = counts.concat();
                attacker.see(out, &truth, &few(&truth, threshold));
            }
        }
        forms += attacker.finds_nothing(threshold);
    }
    assert!(forms > 10, "{forms}");
}

#[test]
fn a_ratio_gives_neither_leavers_nor_headcounts_away() {
    let threshold = 4;
    let policy = Policy::of("test", threshold);
    let period = quarter("2026-Q2");
    let mut forms = 0;
    for (leavers, start, end) in [(6, 11, 11), (0, 9, 8), (9, 10, 9), (4, 6, 7)] {
        let mut attacker = Attacker::default();
        let (starts, ends) = (compositions(start, 3), compositions(end, 3));
        for left in compositions(leavers, 3) {
            for opening in &starts {
                for closing in &ends {
                    let tallies = (0..3).map(|i| Tally::Ratio {
                        numerator: left[i],
                        denominator: opening[i] + closing[i],
                        parts: 2,
                        smallest: [left[i], opening[i], closing[i]]
                            .into_iter()
                            .filter(|n| *n > 0)
                            .min()
                            .unwrap_or(0),
                    });
                    let table = ratio_table(&period, tallies.collect());
                    let pattern = one_way(&table, &[], &policy);
                    let below: Vec<u64> = (0..3).map(|i| opening[i] + closing[i]).collect();
                    let out = published(&pattern, &[left.clone(), below]);
                    let truth = [left.clone(), opening.clone(), closing.clone()].concat();
                    attacker.see(out, &truth, &few(&truth, threshold));
                }
            }
        }
        forms += attacker.finds_nothing(threshold);
    }
    assert!(forms > 10, "{forms}");
}

/// Ratios do not add up by themselves: the total is put together here.
fn ratio_table(period: &Period, tallies: Vec<Tally>) -> TallyTable {
    let line = |t: &Tally| match t {
        Tally::Ratio {
            numerator,
            denominator,
            ..
        } => (*numerator, *denominator),
        _ => (0, 0),
    };
    let (numerator, denominator) = tallies
        .iter()
        .map(line)
        .fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
    let events = tallies.iter().map(|t| Tally::Event { n: line(t).0 });
    let mut made = table(Kind::Ratio, period, events.collect());
    for (cell, tally) in made.cells.iter_mut().zip(tallies) {
        cell.tally = tally;
    }
    made.total.tally = Tally::Ratio {
        numerator,
        denominator,
        parts: 2,
        smallest: numerator,
    };
    made
}
