//! A finished drawing read back: each mark, its class and the pixels that it
//! takes, words by the widths of the embedded font. For tests.

use super::look::{Look, Theme};
use crate::chart::Svg;
use crate::chart::backend::SCALE;
use crate::chart::letters::{Face, Weight};
use crate::chart::text::width;

/// A rectangle: left, top, right, bottom in pixels.
pub(super) type Edges = [f64; 4];

pub(super) struct Mark {
    pub(super) element: String,
    pub(super) class: String,
    pub(super) edges: Edges,
    pub(super) words: String,
}

fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = line.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

fn number(line: &str, name: &str) -> f64 {
    attribute(line, name).unwrap().parse::<f64>().unwrap() / SCALE
}

pub(super) fn marks(svg: &Svg) -> Vec<Mark> {
    let look = Look::of(Theme::Light);
    let lines = svg
        .as_str()
        .lines()
        .filter(|line| line.contains(" class=\""));
    lines
        .filter(|line| !line.starts_with("<svg") && !line.starts_with("<g"))
        .map(|line| {
            let element = line[1..].split(' ').next().unwrap().to_owned();
            let class = attribute(line, "class").unwrap().to_owned();
            let words = unescaped(line.split_once('>').unwrap().1.trim_end_matches("</text>"));
            let edges = match element.as_str() {
                "text" => text_edges(line, face(&look, &class), &words),
                "rect" => {
                    let (x, y) = (number(line, "x"), number(line, "y"));
                    [x, y, x + number(line, "width"), y + number(line, "height")]
                }
                "circle" => {
                    let (x, y, r) = (number(line, "cx"), number(line, "cy"), number(line, "r"));
                    [x - r, y - r, x + r, y + r]
                }
                "line" => {
                    let (a, b) = (number(line, "x1"), number(line, "x2"));
                    let (c, d) = (number(line, "y1"), number(line, "y2"));
                    [a.min(b), c.min(d), a.max(b), c.max(d)]
                }
                _ => points_edges(attribute(line, "points").unwrap()),
            };
            Mark {
                element,
                class,
                edges,
                words,
            }
        })
        .collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

pub(super) fn face(look: &Look, class: &str) -> Face {
    let worn = look.worn("text", class);
    let size = worn["font-size"].trim_end_matches("px");
    let bold = worn.get("font-weight").is_some_and(|w| w == "600");
    Face {
        size: size.parse::<f64>().unwrap() / SCALE,
        weight: if bold {
            Weight::Semibold
        } else {
            Weight::Regular
        },
    }
}

fn text_edges(line: &str, face: Face, words: &str) -> Edges {
    let (x, y, wide) = (number(line, "x"), number(line, "y"), width(words, face));
    let left = match attribute(line, "text-anchor") {
        Some("middle") => x - wide / 2.0,
        Some("end") => x - wide,
        _ => x,
    };
    [
        left,
        y - 0.74 * face.size,
        left + wide,
        y + 0.22 * face.size,
    ]
}

fn points_edges(points: &str) -> Edges {
    let mut edges = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for point in points.split(' ') {
        let (x, y) = point.split_once(',').unwrap();
        let (x, y) = (
            x.parse::<f64>().unwrap() / SCALE,
            y.parse::<f64>().unwrap() / SCALE,
        );
        edges = [
            edges[0].min(x),
            edges[1].min(y),
            edges[2].max(x),
            edges[3].max(y),
        ];
    }
    edges
}

pub(super) fn size(svg: &Svg) -> (f64, f64) {
    let whole = attribute(svg.as_str(), "viewBox").unwrap();
    let parts: Vec<f64> = whole.split(' ').map(|n| n.parse().unwrap()).collect();
    (parts[2] / SCALE, parts[3] / SCALE)
}

pub(super) fn texts(marks: &[Mark]) -> Vec<&Mark> {
    marks.iter().filter(|mark| mark.element == "text").collect()
}

pub(super) fn of_class(svg: &Svg, element: &str, class: &str) -> Vec<Mark> {
    let mut marks = marks(svg);
    marks.retain(|mark| mark.element == element && mark.class.starts_with(class));
    marks
}
