//! Differences in differences against loops in other software
//! (`reference/make_adjusted_reference.py`), worked by hand, and at their ends.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{assert_same, number, reference};
use staywise_core::stats::difference::Share;
use staywise_core::stats::difference_in_differences::{
    DifferenceInDifferences, Refusal, Site, difference_in_differences,
};

const LEVEL: f64 = 0.95;

fn site(start: Option<usize>, stayed: &[u64], people: &[u64]) -> Site {
    let pairs = stayed.iter().zip(people);
    Site {
        start,
        periods: pairs
            .map(|(hits, n)| Share { hits: *hits, n: *n })
            .collect(),
    }
}

fn panel(row: &Value) -> Vec<Site> {
    let panel = &row["panel"];
    let list = |value: &Value| -> Vec<u64> {
        let all = value.as_array().expect("a list");
        all.iter().map(|v| v.as_u64().expect("a count")).collect()
    };
    let starts = panel["start"].as_array().unwrap();
    (0..starts.len())
        .map(|i| {
            let start = starts[i].as_u64().map(|s| s as usize);
            site(start, &list(&panel["hits"][i]), &list(&panel["people"][i]))
        })
        .collect()
}

fn near(actual: f64, expected: f64, what: &str) {
    let close = (actual - expected).abs() <= 1e-7 * expected.abs();
    assert!(close, "{what}: {actual:?} is not {expected:?}");
}

fn same(found: &DifferenceInDifferences, row: &Value) {
    let (name, expected) = (row["name"].as_str().unwrap(), &row["average"]);
    let average = found.average.as_ref().unwrap();
    assert_same(average.estimate, number(expected, "estimate"), &name);
    // The reference takes influences by differences of 1 in 100,000.
    near(average.std_err, number(expected, "std_err"), name);
    near(found.freedom, number(expected, "freedom"), name);
    near(average.interval.lower, number(expected, "lower"), name);
    near(average.interval.upper, number(expected, "upper"), name);
    near(average.p, number(expected, "p"), name);
    assert_eq!(found.started as u64, expected["started"].as_u64().unwrap());
    assert_eq!(
        found.compared as u64,
        expected["compared"].as_u64().unwrap()
    );
    let cells = row["cells"].as_array().unwrap();
    assert_eq!(found.effects.len(), cells.len(), "{name}");
    for (own, other) in found.effects.iter().zip(cells) {
        assert_eq!(own.start as u64, other[0].as_u64().unwrap());
        assert_eq!(own.period as u64, other[1].as_u64().unwrap());
        let expected = other[2].as_f64().unwrap();
        assert!((own.estimate - expected).abs() < 1e-12, "{name}: {own:?}");
    }
    for lead in &found.before.leads {
        let all = row["before"].as_array().unwrap();
        let other = all
            .iter()
            .find(|l| l[0].as_u64() == Some(lead.before as u64));
        let other = other.unwrap();
        assert_same(lead.estimate, other[1].as_f64().unwrap(), &name);
        near(lead.std_err, other[2].as_f64().unwrap(), name);
        near(lead.freedom, other[3].as_f64().unwrap(), name);
    }
}

#[test]
fn group_time_effects_and_averages_of_made_panels() {
    for row in reference("did") {
        let found = difference_in_differences(&panel(&row), LEVEL).unwrap();
        same(&found, &row);
        let leads: Vec<usize> = found.before.leads.iter().map(|l| l.before).collect();
        match row["name"].as_str().unwrap() {
            "two by two" => assert_eq!(leads, [1]),
            "staggered" => {
                // Of the eight that started all have 2 before, four have 3.
                assert_eq!(leads, [1, 2]);
                assert_eq!((found.too_early, found.too_late), (2, 0));
            }
            "nobody never" => {
                assert_eq!((found.too_early, found.too_late), (0, 6));
            }
            other => panic!("{other}"),
        }
        near(found.before.p.unwrap(), number(&row, "before_p"), "before");
    }
}

/// Five sites that started in period 2 and five that never did, of 100 people
/// in each period, with these in post.
fn ten(started: [[u64; 3]; 5], never: [[u64; 3]; 5]) -> Vec<Site> {
    let of = |start, rows: [[u64; 3]; 5]| rows.map(|row| site(start, &row, &[100; 3]));
    let mut sites = of(Some(2), started).to_vec();
    sites.extend(of(None, never));
    sites
}

#[test]
fn two_periods_and_two_groups_are_the_plain_difference_of_differences() {
    // Started: 70 to 80 on average. Never: 60 to 64. So 10 less 4 points.
    let started = [
        [70, 68, 77],
        [71, 72, 84],
        [69, 70, 78],
        [70, 69, 79],
        [70, 71, 82],
    ];
    let never = [
        [60, 61, 66],
        [60, 59, 62],
        [61, 60, 65],
        [59, 62, 64],
        [60, 58, 63],
    ];
    let found = difference_in_differences(&ten(started, never), LEVEL).unwrap();
    let average = found.average.unwrap();
    assert!((average.estimate - 0.06).abs() < 1e-12);
    // Changes of 9, 12, 8, 10, 11 and of 5, 3, 5, 2, 5 points.
    let error = (2.5_f64 / 5.0 + 2.0 / 5.0).sqrt() / 100.0;
    assert!((average.std_err - error).abs() < 1e-12);
    // Before: 70 to 70, 60 to 60.
    let lead = found.before.leads[0];
    assert!(lead.estimate.abs() < 1e-12 && lead.before == 1);
    assert_eq!(found.effects.len(), 2);
    assert_eq!(found.effects[1].people, 2_000);
}

#[test]
fn a_site_that_had_started_is_never_compared_with() {
    // Those that started in period 2 rise for ever; those that start in
    // period 4 rise by 10 points at once; the others do not change.
    let rising = [50, 50, 55, 60, 65, 70];
    let later = [50, 50, 50, 50, 60, 60];
    let flat = [50; 6];
    let mut sites = Vec::new();
    for i in 0..5 {
        // A person more or less, so that there is a spread.
        let nudged = |row: [u64; 6]| row.map(|v| v + i % 2);
        sites.push(site(Some(2), &nudged(rising), &[100; 6]));
        sites.push(site(Some(4), &later, &[100; 6]));
        let mut last = flat;
        last[5] += i;
        last[3] += i;
        sites.push(site(None, &last, &[100; 6]));
    }
    let found = difference_in_differences(&sites, LEVEL).unwrap();
    let at = |start, period| {
        let mut all = found.effects.iter();
        all.find(|e| e.start == start && e.period == period)
            .unwrap()
    };
    // In period 4 the ten others less those that then start: five.
    assert_eq!(at(2, 2).compared, 10);
    assert_eq!(at(2, 4).compared, 5);
    assert!((at(4, 4).estimate - (0.10 + 0.02)).abs() < 1e-12);
    assert!((at(2, 4).estimate - 0.15).abs() < 1e-12);
}

#[test]
fn too_few_sites_or_periods_are_refused_with_the_reason() {
    let row = [70, 68, 77];
    let all = ten([row; 5], [row; 5]);
    let run = |sites: &[Site]| difference_in_differences(sites, LEVEL).map(|_| ());
    assert_eq!(run(&[]), Err(vec![Refusal::NothingBefore]));
    assert_eq!(run(&all[..5]), Err(vec![Refusal::FewCompared { sites: 0 }]));
    assert_eq!(run(&all[1..]), Err(vec![Refusal::FewStarted { sites: 4 }]));
    assert_eq!(run(&all[5..]), Err(vec![Refusal::NothingBefore]));
    assert_eq!(
        run(&all[3..7]),
        Err(vec![
            Refusal::FewStarted { sites: 2 },
            Refusal::FewCompared { sites: 2 }
        ])
    );
    let early: Vec<Site> = all
        .iter()
        .map(|s| Site {
            start: s.start.map(|_| 1),
            ..s.clone()
        })
        .collect();
    assert_eq!(run(&early), Err(vec![Refusal::NothingBefore]));
    let mut broken = all.clone();
    broken[0].periods.pop();
    assert_eq!(run(&broken), Err(vec![Refusal::Malformed]));
    broken = all.clone();
    broken[0].periods[0].n = 1;
    assert_eq!(run(&broken), Err(vec![Refusal::Malformed]));
    for refusal in [
        Refusal::Malformed,
        Refusal::NothingBefore,
        Refusal::FewStarted { sites: 4 },
        Refusal::FewCompared { sites: 4 },
    ] {
        assert!(refusal.words().ends_with('.') && !refusal.words().contains('4'));
    }
}

#[test]
fn sites_that_all_change_alike_have_no_interval_but_a_reason() {
    let found = difference_in_differences(&ten([[70, 68, 77]; 5], [[60, 61, 64]; 5]), LEVEL);
    let found = found.unwrap();
    assert!(found.average.is_err());
    assert!(found.before.p.is_err());
    assert!(found.freedom.is_finite());
    // A period without anybody is left out for that site alone.
    let mut sites = ten([[70, 68, 77]; 5], [[60, 61, 64]; 5]);
    sites[0].periods[2] = Share { hits: 0, n: 0 };
    sites[9].periods[1] = Share { hits: 0, n: 0 };
    // Only four are left to compare with.
    let refused = difference_in_differences(&sites, LEVEL).unwrap_err();
    assert_eq!(refused, [Refusal::FewCompared { sites: 4 }]);
}

#[test]
fn the_check_before_sees_that_sites_went_another_way() {
    let rows = reference("did");
    let mut sites = panel(&rows[1]);
    for site in sites.iter_mut().filter(|s| s.start.is_some_and(|s| s >= 2)) {
        // Up to the start each period is 15 points under the next.
        let start = site.start.unwrap();
        for (t, share) in site.periods.iter_mut().enumerate() {
            let lift = 0.15 * (t.min(start) as f64);
            share.hits = ((share.n as f64) * (0.1 + lift)).round() as u64;
        }
    }
    let found = difference_in_differences(&sites, LEVEL).unwrap();
    assert!(found.before.p.unwrap() < 0.001);
}
