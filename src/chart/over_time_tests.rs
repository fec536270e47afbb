//! Trends and funnels from made-up figures.

use super::tests::{CAPTION, at, words};
use super::{FunnelAt, FunnelLimits, Line, Moment, funnel, trend};
use crate::report::made_up::{Table, metric, released};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Kind, Period, Statistic, Tally};

/// Everyone and each site, as released; hits and base of each.
fn sites(period: &str, counts: &[(&str, u64, u64)]) -> Vec<Released> {
    let metric = metric("intention_to_stay", "Intention to stay", Kind::Proportion);
    let share = |hits, n| Tally::Proportion { n, hits };
    let total = share(
        counts.iter().map(|c| c.1).sum(),
        counts.iter().map(|c| c.2).sum(),
    );
    let levels = counts
        .iter()
        .map(|(name, hits, n)| (*name, share(*hits, *n)));
    let table = |by, levels| {
        let period = Period::parse(period).unwrap();
        Table {
            metric: &metric,
            period,
            by,
            levels,
        }
        .tallies()
    };
    let rows = released(vec![
        table("", vec![("", total)]),
        table("site", levels.collect()),
    ]);
    let values = rows.into_iter();
    values
        .filter(|row| row.key().statistic == Statistic::Value)
        .collect()
}

fn quarters() -> Vec<Vec<Released>> {
    ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
        .iter()
        .enumerate()
        .map(|(k, quarter)| {
            let north = if k == 2 { (4, 7) } else { (40 + k as u64, 60) };
            sites(
                quarter,
                &[
                    ("North", north.0, north.1),
                    ("South", 30, 51),
                    ("East", 20, 52),
                ],
            )
        })
        .collect()
}

fn line<'a>(label: &str, quarters: &'a [Vec<Released>], which: usize) -> Line<'a> {
    let moment = |(k, rows): (usize, &'a Vec<Released>)| Moment {
        label: format!("Quarter {k}"),
        row: &rows[which],
    };
    Line {
        label: label.to_owned(),
        moments: quarters.iter().enumerate().map(moment).collect(),
    }
}

#[test]
fn a_period_without_a_figure_keeps_its_place_and_breaks_the_line() {
    let quarters = quarters();
    let drawing = trend(&[line("North", &quarters, 1)], &CAPTION).unwrap();
    for svg in [drawing.wide(), drawing.narrow()] {
        let points = at(svg, "point s1", "cx");
        assert_eq!(points.len(), 4);
        // Five periods evenly spaced: the third place is empty.
        let step = points[1] - points[0];
        assert!((points[2] - points[1] - 2 * step).abs() <= 2, "{points:?}");
        assert_eq!(words(svg, "base"), ["60", "60", "[c]", "60", "60"]);
        assert_eq!(words(svg, "note"), ["[c] hidden to protect people"]);
        // From the first to the second and from the fourth to the fifth.
        assert_eq!(at(svg, "thread s1", "x1"), [points[0], points[2]]);
        assert_eq!(at(svg, "thread s1", "x2"), [points[1], points[3]]);
        assert_eq!(at(svg, "bar s1", "x1"), points);
        assert_eq!(words(svg, "value"), ["67%", "68%", "72%", "73%"]);
    }
    assert_eq!(words(drawing.wide(), "direct s1"), ["North"]);
}

#[test]
fn lines_are_named_and_stand_beside_one_another() {
    let quarters = quarters();
    let lines = [line("North", &quarters, 1), line("Everyone", &quarters, 0)];
    let drawing = trend(&lines, &CAPTION).unwrap();
    for svg in [drawing.wide(), drawing.narrow()] {
        assert_eq!(words(svg, "direct s1"), ["North"]);
        assert_eq!(words(svg, "direct s2"), ["Everyone"]);
        assert!(at(svg, "point s1", "cx")[0] < at(svg, "point s2", "cx")[0]);
        assert!(words(svg, "value").is_empty());
    }
}

#[test]
fn what_no_trend_can_show_is_refused() {
    let quarters = quarters();
    let one = line("North", &quarters, 1);
    assert!(trend(&vec![one.clone(); 5], &CAPTION).is_err());
    let mut short = one.clone();
    short.moments.truncate(2);
    assert!(trend(&[one.clone(), short], &CAPTION).is_err());
    let mut long = one.clone();
    long.moments = one.moments.iter().cycle().take(14).cloned().collect();
    assert!(trend(&[long], &CAPTION).is_err());
    assert!(trend(&[], &CAPTION).is_ok());
    let bare = Line {
        label: String::new(),
        moments: Vec::new(),
    };
    assert!(trend(&[bare], &CAPTION).is_ok());
}

fn limits(share: f64, bases: impl Iterator<Item = u64>) -> FunnelLimits {
    let at = |base: u64| {
        let half = (share * (1.0 - share) / base as f64).sqrt();
        let within = |z: f64| ((share - z * half).max(0.0), (share + z * half).min(1.0));
        FunnelAt {
            base,
            inner: within(1.96),
            outer: within(3.09),
        }
    };
    FunnelLimits {
        at: bases.map(at).collect(),
    }
}

#[test]
fn only_sites_outside_are_named_and_hidden_ones_listed() {
    let rows = sites(
        "2026-Q2",
        &[
            ("North", 120, 200),
            ("South", 30, 51),
            ("East", 10, 52),
            ("West", 66, 70),
            ("Cottage", 4, 7),
            ("Lodge", 5, 6),
        ],
    );
    let (everyone, sites) = rows.split_first().unwrap();
    let sites: Vec<&Released> = sites.iter().collect();
    let limits = limits(everyone.estimate().unwrap(), (10..=200).step_by(10));
    let drawing = funnel(&sites, everyone, &limits, &CAPTION).unwrap();
    for svg in [drawing.wide(), drawing.narrow()] {
        assert_eq!(at(svg, "site within", "cx").len(), 2);
        assert_eq!(at(svg, "site beyond", "cx").len(), 2);
        let mut named = words(svg, "name");
        named.sort();
        assert_eq!(named, ["East 19%", "West 94%"]);
        let listed = words(svg, "note");
        assert_eq!(listed, ["[c] hidden to protect people: Cottage, Lodge."]);
        for class in ["limit inner", "limit outer"] {
            let curves = svg
                .as_str()
                .matches(&format!("<polyline class=\"{class}\""))
                .count();
            assert_eq!(curves, 2, "{class}");
        }
    }
}

#[test]
fn a_funnel_of_hidden_sites_has_no_dot() {
    let rows = sites(
        "2026-Q2",
        &[("North", 120, 200), ("Cottage", 4, 7), ("Lodge", 5, 6)],
    );
    let (everyone, sites) = rows.split_first().unwrap();
    let hidden: Vec<&Released> = sites[1..].iter().collect();
    let limits = limits(0.6, (10..=200).step_by(10));
    let drawing = funnel(&hidden, everyone, &limits, &CAPTION).unwrap();
    assert!(!drawing.wide().as_str().contains("<circle"));
    assert_eq!(
        words(drawing.wide(), "note"),
        ["[c] hidden to protect people: Cottage, Lodge."]
    );
    assert!(funnel(&[], everyone, &FunnelLimits::default(), &CAPTION).is_ok());
}
