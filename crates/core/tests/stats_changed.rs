//! Why a share changed: parts that must sum exactly, and variances by
//! numerical influence.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{number, reference};
use staywise_core::domain::Unknown;
use staywise_core::stats::decomposition::{Change, Row, Steps, decompose};
use staywise_core::stats::difference::Share;

/// The deviate of a 95% interval.
const Z: f64 = 1.959_963_984_540_054;

fn rows(value: &Value) -> Vec<Row> {
    let all: Vec<(u64, u32, bool)> = serde_json::from_value(value.clone()).unwrap();
    let row = |(person, cell, hit): (u64, u32, bool)| Row { person, cell, hit };
    all.into_iter().map(row).collect()
}

/// Rows of new people: hits and people in each cell.
fn made(cells: &[(u32, u64, u64)], first: u64) -> Vec<Row> {
    let mut person = first;
    let mut out = Vec::new();
    for (cell, hits, n) in cells {
        for at in 0..*n {
            let hit = at < *hits;
            out.push(Row {
                person,
                cell: *cell,
                hit,
            });
            person += 1;
        }
    }
    out
}

fn of(rows: &[Row]) -> Share {
    Share {
        hits: rows.iter().filter(|r| r.hit).count() as u64,
        n: rows.len() as u64,
    }
}

/// Nothing but mix and rate: published once, with today's definition.
fn plain(before: &[Row], now: &[Row]) -> Change {
    let steps = Steps {
        published: of(before),
        on_todays_data: of(before),
        earlier: before,
        now,
    };
    decompose(&steps, 0.95).unwrap()
}

fn parts(change: &Change) -> f64 {
    change.data + change.definition + change.mix + change.rate + change.remainder
}

/// make_sites.py: parts by Kitagawa's formula, each person's influence by
/// numerical differentiation, which is good to about eight digits.
#[test]
fn parts_and_their_errors_with_the_same_people_in_both_periods() {
    for row in reference("changed") {
        let what = &row["name"];
        let (before, now) = (rows(&row["before"]), rows(&row["now"]));
        let found = plain(&before, &now);
        assert!(
            (found.change - number(&row, "change")).abs() < 1e-12,
            "{what}"
        );
        assert!((found.mix - number(&row, "mix")).abs() < 1e-12, "{what}");
        assert!((found.rate - number(&row, "rate")).abs() < 2e-12, "{what}");
        assert_eq!(parts(&found).to_bits(), found.change.to_bits(), "{what}");
        for (interval, key) in [
            (found.mix_interval, "mix_error"),
            (found.rate_interval, "rate_error"),
        ] {
            let limits = interval.unwrap();
            let error = (limits.upper - limits.lower) / 2.0 / Z;
            let expected = number(&row, key);
            assert!(
                (error / expected - 1.0).abs() < 1e-6,
                "{what} {key}: {error} {expected}"
            );
            assert_eq!(limits.method, "linearised_by_person");
        }
        let people = found.people_before + found.people_now - found.people_in_both;
        assert_eq!(people, number(&row, "people") as u64, "{what}");
    }
}

/// The same rows as those of other people: the interval is wider, as answers
/// of one person in both periods mostly agree.
#[test]
fn keeping_a_person_together_narrows_the_interval_of_the_rate() {
    let row = &reference("changed")[0];
    let (before, now) = (rows(&row["before"]), rows(&row["now"]));
    let together = plain(&before, &now);
    let apart: Vec<Row> = now
        .iter()
        .map(|r| Row {
            person: r.person + 10_000,
            ..*r
        })
        .collect();
    let apart = plain(&before, &apart);
    let width = |c: &Change| c.rate_interval.map(|i| i.upper - i.lower).unwrap();
    assert_eq!(apart.people_in_both, 0);
    assert!(together.people_in_both > 50);
    assert!(width(&together) < 0.97 * width(&apart));
    assert_eq!(together.rate, apart.rate);
}

/// method.md, section 2.11: -8.0 may be mix -12.0 and rate +4.0, and the
/// sentence says so.
#[test]
fn a_fall_of_eight_points_may_be_mix_of_minus_twelve_and_rate_of_plus_four() {
    // Two sites, 80% and 40%; both rise by four points, and the people move
    // from the first (75 of 100) to the second (45 of 100).
    let before = made(&[(1, 600, 750), (2, 100, 250)], 0);
    let now = made(&[(1, 378, 450), (2, 242, 550)], 5_000);
    let found = plain(&before, &now);
    assert_eq!(found.points().change, -80);
    assert_eq!((found.points().mix, found.points().rate), (-120, 40));
    assert_eq!(found.sentence(), "-8.0 points: mix -12.0 and rate +4.0");
    assert_eq!(parts(&found).to_bits(), found.change.to_bits());
    let (mix, rate) = (found.mix_interval.unwrap(), found.rate_interval.unwrap());
    assert!(mix.upper < 0.0 && rate.lower < 0.04 && 0.04 < rate.upper);
}

/// A ward's people are counted at another site than before: the site's figure
/// changes by definition, not by rate or mix.
#[test]
fn a_remapped_site_shows_as_definition_and_not_as_rate() {
    // Published: 60 of 100 at the site. With the ward, 90 of 180, then as now.
    let with_ward = made(&[(1, 60, 100), (2, 30, 80)], 0);
    let steps = Steps {
        published: Share { hits: 60, n: 100 },
        on_todays_data: Share { hits: 60, n: 100 },
        earlier: &with_ward,
        now: &made(&[(1, 60, 100), (2, 30, 80)], 1_000),
    };
    let found = decompose(&steps, 0.95).unwrap();
    assert_eq!((found.data, found.mix, found.rate), (0.0, 0.0, 0.0));
    assert_eq!(found.definition, found.change);
    assert_eq!(found.sentence(), "-10.0 points: definition -10.0");
}

#[test]
fn late_records_show_as_data_in_the_stated_order() {
    let earlier = made(&[(1, 45, 100)], 0);
    let now = made(&[(1, 50, 100)], 500);
    let steps = Steps {
        published: Share { hits: 40, n: 100 },
        on_todays_data: Share { hits: 42, n: 100 },
        earlier: &earlier,
        now: &now,
    };
    let found = decompose(&steps, 0.95).unwrap();
    let points = found.points();
    assert_eq!((points.data, points.definition), (20, 30));
    assert_eq!((points.mix, points.rate, points.remainder), (0, 50, 0));
    assert_eq!(parts(&found).to_bits(), found.change.to_bits());
    let order = "+10.0 points: corrected data +2.0, definition +3.0 and rate +5.0";
    assert_eq!(found.sentence(), order);
}

#[test]
fn a_group_new_or_gone_is_the_remainder() {
    // The new group is at the mean of both shares, 50%: it moves nothing.
    let before = made(&[(1, 30, 50), (2, 20, 50)], 0);
    let now = made(&[(1, 24, 40), (2, 16, 40), (3, 10, 20)], 500);
    let found = plain(&before, &now);
    assert_eq!(found.one_period_only, [3]);
    assert_eq!((found.change, found.remainder, found.rate), (0.0, 0.0, 0.0));
    assert!(found.sentence().contains("no part"));
    // Now at 80%: six points come with it, less what it pulls on the centre.
    let now = made(&[(1, 24, 40), (2, 16, 40), (3, 16, 20)], 500);
    let found = plain(&before, &now);
    assert_eq!(found.points().change, 60);
    assert_eq!(found.points().rate, 0);
    assert!(found.remainder > 0.05, "{found:?}");
    assert_eq!(parts(&found).to_bits(), found.change.to_bits());
    let gone = plain(&now, &before);
    assert_eq!(gone.points().change, -60);
    assert_eq!(gone.remainder.to_bits(), (-found.remainder).to_bits());
}

#[test]
fn printed_parts_add_up_whatever_they_are() {
    let mut seed = 9_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % most
    };
    for _ in 0..300 {
        let mut cells = |first| {
            let some: Vec<(u32, u64, u64)> = (0..4)
                .map(|cell| {
                    let n = next(13);
                    (cell, next(n + 1), n)
                })
                .collect();
            made(&some, first)
        };
        let (earlier, now) = (cells(0), cells(30));
        if earlier.is_empty() || now.is_empty() {
            continue;
        }
        let share = |hits: u64| Share { hits, n: hits + 3 };
        let steps = Steps {
            published: share(next(9)),
            on_todays_data: share(next(9)),
            earlier: &earlier,
            now: &now,
        };
        let found = decompose(&steps, 0.95).unwrap();
        assert_eq!(parts(&found).to_bits(), (found.change + 0.0).to_bits());
        let p = found.points();
        assert_eq!(
            p.data + p.definition + p.mix + p.rate + p.remainder,
            p.change
        );
        for (part, exact) in [
            (p.mix, found.mix),
            (p.rate, found.rate),
            (p.data, found.data),
        ] {
            assert!(
                (part as f64 - exact * 1000.0).abs() <= 1.5,
                "{found:?} {p:?}"
            );
        }
    }
}

#[test]
fn changes_are_refused_or_have_no_interval_where_nothing_varies() {
    let some = made(&[(1, 3, 9)], 0);
    let refused = |published, earlier: &[Row], now: &[Row]| {
        let steps = Steps {
            published,
            on_todays_data: Share { hits: 1, n: 2 },
            earlier,
            now,
        };
        decompose(&steps, 0.95).unwrap_err()
    };
    let half = Share { hits: 1, n: 2 };
    for unknown in [
        refused(half, &[], &some),
        refused(half, &some, &[]),
        refused(Share { hits: 0, n: 0 }, &some, &some),
        refused(Share { hits: 3, n: 2 }, &some, &some),
    ] {
        assert!(matches!(unknown, Unknown::NotApplicable(_)));
    }
    let all = plain(
        &made(&[(1, 5, 5), (2, 3, 3)], 0),
        &made(&[(1, 2, 2), (2, 7, 7)], 50),
    );
    assert_eq!((all.mix, all.mix_interval), (0.0, None));
    assert_eq!((all.rate, all.rate_interval), (0.0, None));
    // One person, then and now: no spread to go by.
    let one = plain(&made(&[(1, 0, 1)], 0), &made(&[(1, 1, 1)], 0));
    assert_eq!((one.rate, one.rate_interval), (1.0, None));
    // One group in each period and not the same: all is remainder.
    let apart = plain(&made(&[(1, 1, 4)], 0), &made(&[(2, 3, 4)], 50));
    assert_eq!((apart.mix, apart.rate), (0.0, 0.0));
    assert_eq!(apart.remainder, 0.5);
}
