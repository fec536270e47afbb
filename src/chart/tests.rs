//! Whole drawings from made-up figures.

use super::ink::Ink;
use super::{Caption, Curve, Form, Svg, interval_dots, survival};
use crate::report::made_up::{hidden_curves, rows};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status};

pub(super) const CAPTION: Caption<'static> = Caption {
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

pub(super) fn words(svg: &Svg, class: &str) -> Vec<String> {
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
pub(super) fn at(svg: &Svg, class: &str, attribute: &str) -> Vec<i32> {
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

#[test]
fn on_a_phone_names_stand_above_their_row_and_bases_at_the_edge() {
    let all = rows();
    let sites = of(&all, "intention_to_stay", "site");
    let drawing = interval_dots(&sites, None, &CAPTION).unwrap();
    let narrow = drawing.narrow();
    assert!(narrow.as_str().contains("class=\"chart narrow\""));
    assert!(
        narrow
            .as_str()
            .contains("aria-labelledby=\"c1-narrow-title c1-narrow-desc\"")
    );
    assert!(narrow.as_str().contains("viewBox=\"0 0 5120 "));
    assert!(at(narrow, "label", "x").iter().all(|x| *x == 0));
    assert!(at(narrow, "base", "x").iter().all(|x| *x == 5120));
    assert_eq!(words(narrow, "base"), words(drawing.wide(), "base"));
    assert_eq!(words(narrow, "value"), words(drawing.wide(), "value"));
    assert_eq!(words(narrow, "note"), words(drawing.wide(), "note"));
    for row in narrow.as_str().split("<g class=\"row\">").skip(1) {
        let part = |class: &str, name: &str| {
            let mark = row
                .lines()
                .find(|l| l.contains(&format!("class=\"{class}\"")))?;
            let value = mark
                .split_once(&format!(" {name}=\""))?
                .1
                .split('"')
                .next()?;
            value.parse::<i32>().ok()
        };
        let name = part("label", "y").unwrap();
        let mark = part("dot", "cy").or(part("note", "y")).unwrap();
        assert!(name < mark, "{row}");
        // The figure is a whole line under the name.
        if let Some(figure) = part("value", "y") {
            assert!(figure >= name + 15 * 16, "{row}");
        }
    }
}

#[test]
fn no_letter_is_under_twelve_pixels_on_a_small_phone() {
    // Of 320 pixels a drawing has 288.
    for ink in Ink::all() {
        assert!(
            ink.face().size * 288.0 / Form::Narrow.width() >= 12.0,
            "{ink:?}"
        );
    }
}

#[test]
fn a_phone_names_curves_in_a_key_under_the_axis() {
    let all = rows();
    let drawing = survival(&curves(&all), &CAPTION).unwrap();
    let narrow = drawing.narrow();
    let names = words(narrow, "direct s1");
    assert!(names.contains(&"On the programme".to_owned()), "{names:?}");
    assert_eq!(words(narrow, "base"), words(drawing.wide(), "base"));
    let samples = narrow.as_str().matches("class=\"sample s").count();
    assert_eq!(samples, 2);
}

#[test]
fn a_file_of_its_own_has_its_colours_and_refers_to_nothing() {
    let all = rows();
    let sites = of(&all, "intention_to_stay", "site");
    let everyone = of(&all, "intention_to_stay", "");
    let drawing = interval_dots(&sites, everyone.first().copied(), &CAPTION).unwrap();
    let file = drawing.standalone();
    assert!(file.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
    assert!(file.contains("<title id=\"title\">A &amp; B</title>"));
    assert!(file.contains("<desc id=\"desc\">In words.</desc>"));
    let bare = file.replace("http://www.w3.org/2000/svg", "");
    for bad in [
        "class=", "var(", "http", "<script", "<style", "url(", "href", "@",
    ] {
        assert!(!bare.contains(bad), "{bad}");
    }
    // A dot for each of the three sites that are shown.
    assert_eq!(file.matches("<circle fill=\"#12436d\"").count(), 3);
    assert!(resvg::usvg::Tree::from_str(&file, &resvg::usvg::Options::default()).is_ok());
    // Every mark of the page's drawing is in the file.
    let marks = |text: &str, name: &str| text.matches(&format!("<{name} ")).count();
    for name in ["circle", "line", "polyline"] {
        assert_eq!(
            marks(&file, name),
            marks(drawing.wide().as_str(), name),
            "{name}"
        );
    }
}

#[test]
fn a_picture_is_the_same_on_every_run() {
    let all = rows();
    let rows = of(&all, "intention_to_stay", "ethnic_minority");
    let drawing = interval_dots(&rows[..1], None, &CAPTION).unwrap();
    let picture = drawing.png(0.5).unwrap();
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(picture, drawing.png(0.5).unwrap());
    // 660 and twice the margin of 16, halved.
    assert_eq!(picture[16..20], 346_u32.to_be_bytes());
    for bad in [0.0, -1.0, 9.0, f32::NAN, f32::INFINITY] {
        assert!(drawing.png(bad).is_err(), "{bad}");
    }
}
