//! Whole drawings from made-up figures.

use super::{Caption, Curve, Svg, interval_dots, survival};
use crate::report::made_up::{hidden_curves, rows};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status};

const CAPTION: Caption<'static> = Caption {
    id: "c1",
    title: "A & B",
    description: "In words.",
    base: "answers",
};

fn of<'a>(all: &'a [Released], metric: &str, by: &str) -> Vec<&'a Released> {
    let wanted = |row: &&Released| {
        let parts = row.key().group.parts();
        row.key().metric == metric
            && row.key().statistic == Statistic::Value
            && parts
                .first()
                .map_or("", |(dimension, _)| dimension.as_str())
                == by
    };
    all.iter().filter(wanted).collect()
}

fn curves<'a>(all: &'a [Released]) -> Vec<Curve<'a>> {
    let rows = of(all, "retention_curve", "programme");
    let mut groups: Vec<_> = rows.iter().map(|row| &row.key().group).collect();
    groups.dedup();
    let with = |group| {
        rows.iter()
            .copied()
            .filter(|row| &row.key().group == group)
            .collect()
    };
    groups
        .into_iter()
        .map(|group| Curve { rows: with(group) })
        .collect()
}

fn words(svg: &Svg, class: &str) -> Vec<String> {
    let open = format!("<text class=\"{class}\"");
    let texts = svg.as_str().lines().filter(|line| line.starts_with(&open));
    texts
        .filter_map(|line| {
            Some(
                line.split_once('>')?
                    .1
                    .trim_end_matches("</text>")
                    .to_owned(),
            )
        })
        .collect()
}

/// The sixteenths of a pixel at which marks of a class stand, by attribute.
fn at(svg: &Svg, class: &str, attribute: &str) -> Vec<i32> {
    let (class, attribute) = (format!("class=\"{class}\""), format!(" {attribute}=\""));
    let marks = svg.as_str().lines().filter(|line| line.contains(&class));
    marks
        .filter_map(|line| {
            line.split_once(&attribute)?
                .1
                .split('"')
                .next()?
                .parse()
                .ok()
        })
        .collect()
}

#[test]
fn a_drawing_names_itself_and_has_no_colour_of_its_own() {
    let all = rows();
    let dots = interval_dots(&of(&all, "intention_to_stay", "site"), None, &CAPTION)
        .unwrap()
        .wide()
        .clone();
    let curve = survival(&curves(&all), &CAPTION).unwrap().wide().clone();
    for svg in [&dots, &curve] {
        let text = svg.as_str();
        assert!(text.contains("role=\"img\" aria-labelledby=\"c1-title c1-desc\""));
        assert!(text.contains("<title id=\"c1-title\">A &amp; B</title>"));
        for bad in [
            "#0", "#1", "rgb", "style=", "font-", "stroke=", "fill=", ".",
        ] {
            let drawn = text
                .lines()
                .filter(|line| line.contains("class=\"") && !line.starts_with("<text"));
            for line in drawn.skip(1) {
                assert!(!line.contains(bad), "{bad} in {line}");
            }
        }
    }
    let again = interval_dots(&of(&all, "intention_to_stay", "site"), None, &CAPTION)
        .unwrap()
        .wide()
        .clone();
    assert_eq!(dots, again);
}

#[test]
fn a_hidden_group_keeps_its_place_and_has_no_mark() {
    let all = rows();
    let sites = of(&all, "intention_to_stay", "site");
    let svg = interval_dots(&sites, None, &CAPTION)
        .unwrap()
        .wide()
        .clone();
    let hidden = sites
        .iter()
        .filter(|row| row.status() == Status::Confidential)
        .count();
    assert_eq!((sites.len(), hidden), (5, 2));
    assert_eq!(words(&svg, "note"), ["[c] hidden to protect people"; 2]);
    assert_eq!(words(&svg, "base"), ["190", "150", "358"]);
    assert_eq!(at(&svg, "dot", "cy"), [896, 3008, 3712]);
    assert_eq!(at(&svg, "note", "y"), [1680, 2384]);
}

#[test]
fn a_dot_lies_within_its_interval_and_on_its_scale() {
    let all = rows();
    let rows = of(&all, "intention_to_stay", "ethnic_minority");
    let everyone = of(&all, "intention_to_stay", "");
    let svg = interval_dots(&rows, everyone.first().copied(), &CAPTION)
        .unwrap()
        .wide()
        .clone();
    // 40% at 204.0 and 80% at 570.0.
    assert_eq!(words(&svg, "tick")[..3], ["40%", "50%", "60%"]);
    let dots = at(&svg, "dot", "cx");
    for (row, x) in rows.iter().zip(&dots) {
        let share = row.estimate().unwrap();
        let expected = 3264.0 + (share - 0.4) / 0.4 * 5856.0;
        assert!((f64::from(*x) - expected).abs() <= 1.0, "{x} {expected}");
    }
    assert_eq!(dots.len(), 3);
    assert_eq!(words(&svg, "value"), ["74%", "61%", "65%"]);
}

#[test]
fn a_curve_never_goes_past_what_is_shown() {
    let all = rows();
    let curves = curves(&all);
    let svg = survival(&curves, &CAPTION).unwrap().wide().clone();
    let last = curves[0].shown().last().unwrap().0;
    assert!((12..=26).contains(&last));
    let line = svg
        .as_str()
        .lines()
        .find(|line| line.contains("line s1"))
        .unwrap();
    let points = line
        .split("points=\"")
        .nth(1)
        .unwrap()
        .trim_end_matches("\"/>");
    let right: i32 = points
        .split_whitespace()
        .filter_map(|p| p.split(',').next()?.parse().ok())
        .max()
        .unwrap();
    let months = f64::from(last.div_ceil(6) * 6);
    let expected = 832.0 + f64::from(last) / months * 6688.0;
    assert!(
        (f64::from(right) - expected).abs() <= 1.0,
        "{right} {expected}"
    );
    assert_eq!(words(&svg, "direct s1"), ["On the programme"]);
    assert_eq!(words(&svg, "direct s2"), ["Not on it"]);
}

#[test]
fn hidden_curves_keep_their_place_and_have_no_line() {
    let all = hidden_curves();
    let curves = curves(&all);
    let svg = survival(&curves, &CAPTION).unwrap().wide().clone();
    assert_eq!(
        words(&svg, "note"),
        vec!["[c] hidden to protect people"; curves.len()]
    );
    assert_eq!(curves.len(), 2);
    for bad in ["class=\"line ", "polygon", "class=\"base\""] {
        assert!(!svg.as_str().contains(bad), "{bad}");
    }
}

#[test]
fn more_curves_than_can_be_told_apart_are_refused() {
    let all = rows();
    let one = curves(&all).remove(0);
    assert!(survival(&vec![one; 5], &CAPTION).is_err());
    assert!(survival(&[], &CAPTION).is_ok());
    assert!(interval_dots(&[], None, &CAPTION).is_ok());
}
