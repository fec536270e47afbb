//! What the pictures of comparisons, flows and definitions say: steps as long
//! as their change, dots on the right side of the line, and nothing to
//! measure where a figure is hidden.

use super::fixture::Picture;
use super::marks::{Mark, of_class};
use super::tests::GALLERY;

fn named(name: &str) -> &'static Picture {
    GALLERY.iter().find(|picture| picture.name == name).unwrap()
}

fn middle(mark: &Mark) -> f64 {
    f64::midpoint(mark.edges[0], mark.edges[2])
}

#[test]
fn every_kind_has_its_cases() {
    for kind in [
        "waterfall",
        "flow",
        "balance",
        "control",
        "months",
        "unlike",
    ] {
        for case in ["several", "forty", "one", "none"] {
            let name = format!("{kind}, {case}");
            assert!(GALLERY.iter().any(|picture| picture.name == name), "{name}");
        }
    }
}

#[test]
fn a_step_is_as_long_as_its_change_and_ends_where_the_next_level_is() {
    let picture = named("waterfall, several");
    for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
        let levels = of_class(svg, "circle", "dot");
        let (up, down) = (
            of_class(svg, "rect", "step up"),
            of_class(svg, "rect", "step down"),
        );
        // The last of each is the key's.
        let (up, down) = (&up[0], &down[0]);
        assert!((up.edges[0] - middle(&levels[0])).abs() < 0.2);
        assert!((up.edges[2] - middle(&levels[1])).abs() < 0.2);
        assert!((down.edges[2] - middle(&levels[1])).abs() < 0.2);
        assert!((down.edges[0] - middle(&levels[2])).abs() < 0.2);
        let points = (up.edges[2] - up.edges[0]) / 5.0;
        assert!((down.edges[2] - down.edges[0] - 8.6 * points).abs() < 0.3);
    }
}

#[test]
fn a_group_that_has_more_of_it_stands_right_of_the_line() {
    let picture = named("balance, several");
    for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
        let line = middle(&of_class(svg, "line", "ref")[0]);
        let before: Vec<f64> = of_class(svg, "circle", "before")
            .iter()
            .map(middle)
            .collect();
        assert!(before[0] > line && before[1] < line && before[2] > line);
        let after: Vec<f64> = of_class(svg, "circle", "dot").iter().map(middle).collect();
        assert!((after[0] - line).abs() < (before[0] - line).abs());
    }
}

#[test]
fn hidden_people_have_no_mark_to_measure() {
    for (kind, classes) in [
        ("balance", ["before", "dot"]),
        ("months", ["bar", "point"]),
        ("unlike", ["dot", "interval"]),
    ] {
        let picture = named(&format!("{kind}, all hidden"));
        for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
            for class in classes {
                for element in ["circle", "line", "polyline", "rect"] {
                    assert!(of_class(svg, element, class).is_empty(), "{kind} {class}");
                }
            }
            assert!(svg.as_str().contains("[c]"), "{kind}");
            assert!(svg.as_str().contains("hidden to protect people"), "{kind}");
        }
    }
}

#[test]
fn causes_differ_in_shape_and_not_in_colour_alone() {
    let svg = named("control, several").drawing.wide();
    let shape = |element: &str, class: &str| of_class(svg, element, class).len();
    // Three of each among twelve points, and one in the key.
    assert_eq!(shape("circle", "signal common"), 4);
    assert_eq!(shape("polygon", "signal better"), 4);
    assert_eq!(shape("rect", "signal worse"), 4);
    assert_eq!(shape("polygon", "signal either"), 4);
}

#[test]
fn boxes_stand_under_one_another_and_who_went_out_beside_or_between() {
    let picture = named("flow, several");
    for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
        let boxes = of_class(svg, "rect", "box");
        for (index, one) in boxes.iter().enumerate() {
            for other in &boxes[index + 1..] {
                let (a, b) = (one.edges, other.edges);
                assert!(a[3] <= b[1] + 0.1 || b[3] <= a[1] + 0.1 || a[2] <= b[0] || b[2] <= a[0]);
            }
        }
        let out = boxes.iter().filter(|mark| mark.class == "box out").count();
        assert_eq!((boxes.len(), out), (6, 2));
    }
}
