//! What the gallery's pictures of each kind say: lengths, places and steps
//! that are those of the figures, and nothing to measure where one is hidden.

use super::fixture::Picture;
use super::marks::{Mark, marks, of_class};
use super::tests::GALLERY;

fn named(name: &str) -> &'static Picture {
    GALLERY.iter().find(|picture| picture.name == name).unwrap()
}

#[test]
fn parts_are_as_long_as_their_shares_from_the_middle_outward() {
    let picture = named("likert, one");
    for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
        let parts = of_class(svg, "rect", "part");
        let classes: Vec<&str> = parts[..5].iter().map(|part| part.class.as_str()).collect();
        let wanted = [
            "part against-1",
            "part against-2",
            "part neither",
            "part for-1",
            "part for-2",
        ];
        assert_eq!(classes, wanted);
        let counts = [60.0, 24.0, 98.0, 308.0, 210.0];
        let wide = |part: &Mark| part.edges[2] - part.edges[0];
        let whole = wide(&parts[3]) / (308.0 / 700.0);
        for (part, count) in parts.iter().zip(counts) {
            assert!(
                (wide(part) - whole * count / 700.0).abs() < 0.2,
                "{}",
                part.class
            );
        }
        assert!(parts[1].edges[2] <= parts[0].edges[0] + 0.1);
        assert!(parts[0].edges[2] <= parts[3].edges[0] + 0.1);
        let totals: Vec<String> = of_class(svg, "text", "value")
            .into_iter()
            .map(|v| v.words)
            .collect();
        assert_eq!(totals, ["12%", "14%", "74%"]);
    }
}

#[test]
fn what_is_hidden_has_its_place_and_nothing_to_measure() {
    for (kind, class) in [
        ("likert", "part"),
        ("bars", "slice"),
        ("slope", "slope"),
        ("forest", "dot"),
        ("heat map", "heat"),
    ] {
        let picture = named(&format!("{kind}, all hidden"));
        for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
            let marks = of_class(svg, "rect", class).len()
                + of_class(svg, "polyline", class).len()
                + of_class(svg, "line", class).len()
                + of_class(svg, "circle", class).len();
            // The key's squares and the legend's steps stand for no figure.
            let key = match kind {
                "heat map" => 6,
                _ => picture.key.len(),
            };
            assert_eq!(marks, key, "{kind}");
            for quiet in ["value", "inside", "base"] {
                assert!(of_class(svg, "text", quiet).is_empty(), "{kind} {quiet}");
            }
            assert!(
                svg.as_str().contains("[c] hidden to protect people"),
                "{kind}"
            );
        }
    }
}

#[test]
fn a_slope_goes_up_where_the_later_figure_is_higher() {
    let svg = named("slope, one").drawing.wide();
    let dots = of_class(svg, "circle", "dot");
    assert!(dots[0].edges[0] < dots[1].edges[0] && dots[0].edges[1] > dots[1].edges[1]);
    let values: Vec<String> = of_class(svg, "text", "value")
        .into_iter()
        .map(|v| v.words)
        .collect();
    assert_eq!(values, ["52%", "74%"]);
}

#[test]
fn a_lower_figure_stands_left_of_no_difference() {
    for (case, lower) in [("negative", true), ("positive", false)] {
        let picture = named(&format!("forest, {case}"));
        for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
            let mut marks = marks(svg);
            marks.retain(|mark| mark.class == "ref");
            let line = marks[0].edges[0];
            for dot in of_class(svg, "circle", "dot") {
                assert_eq!(
                    f64::midpoint(dot.edges[0], dot.edges[2]) < line,
                    lower,
                    "{case}"
                );
            }
        }
    }
}

#[test]
fn a_cell_lies_on_the_step_of_its_figure() {
    for picture in GALLERY
        .iter()
        .filter(|picture| picture.name.starts_with("heat map"))
    {
        let marks = marks(picture.drawing.wide());
        for pair in marks
            .windows(2)
            .filter(|pair| pair[1].class.starts_with("inside"))
        {
            let percent: f64 = pair[1].words.trim_end_matches('%').parse().unwrap_or(100.0);
            let step = [17.0, 33.0, 50.0, 67.0, 83.0]
                .iter()
                .filter(|from| percent >= **from)
                .count();
            assert_eq!(pair[0].class, format!("heat h{step}"), "{}", pair[1].words);
        }
    }
}
