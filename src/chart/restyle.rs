//! From the SVG that plotters writes to the SVG that a page takes: reserved
//! colours become classes, and widths, fonts and opacities are left to the
//! style sheet. Knows only the marks that our charts draw, and refuses any
//! other, so that nothing unstyled slips through.

use super::ChartError;
use super::ink::Ink;
use std::collections::BTreeMap;

/// Attributes that place a mark; all others are the style sheet's.
const PLACING: [&str; 13] = [
    "x",
    "y",
    "width",
    "height",
    "cx",
    "cy",
    "r",
    "x1",
    "y1",
    "x2",
    "y2",
    "points",
    "text-anchor",
];

/// Rewrites every mark of a finished plotters drawing, one a line, without
/// the enclosing `<svg>`.
pub(super) fn restyle(raw: &str) -> Result<String, ChartError> {
    let classes: BTreeMap<String, String> =
        Ink::all().map(|ink| (ink.hex(), ink.class())).collect();
    let mut marks = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        match name {
            "svg" | "/svg" => {}
            "text" => {
                let (words, after) = rest
                    .split_once("</text>")
                    .ok_or_else(|| ChartError("a text without an end".to_owned()))?;
                rest = after;
                let placed = placed(attributes, &classes)?;
                marks.push_str(&format!("<text{placed}>{}</text>\n", words.trim()));
            }
            "line" | "rect" | "circle" | "polyline" | "polygon" => {
                let placed = placed(attributes, &classes)?;
                marks.push_str(&format!("<{name}{placed}/>\n"));
            }
            other => return Err(ChartError(format!("`{other}` has no style"))),
        }
    }
    Ok(marks)
}

/// The next tag without its brackets, and what follows it. plotters escapes
/// brackets in words and attributes, so a bracket is always markup.
fn next_tag(text: &str) -> Option<(&str, &str)> {
    let (_, from) = text.split_once('<')?;
    let (tag, rest) = from.split_once('>')?;
    Some((tag.trim_end_matches('/'), rest))
}

/// The placing attributes and the class.
fn placed(attributes: &str, classes: &BTreeMap<String, String>) -> Result<String, ChartError> {
    let mut placing = String::new();
    let mut class = None;
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after
            .split_once('"')
            .ok_or_else(|| ChartError("an attribute without an end".to_owned()))?;
        rest = after;
        let key = key.trim();
        if (key == "fill" || key == "stroke") && value.starts_with('#') {
            class = classes.get(value);
        }
        let default = key == "text-anchor" && value == "start";
        if PLACING.contains(&key) && !default {
            placing.push_str(&format!(" {key}=\"{}\"", value.trim()));
        }
    }
    let class = class.ok_or_else(|| ChartError("a mark without an ink".to_owned()))?;
    Ok(format!(" class=\"{class}\"{placing}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::restyle;

    #[test]
    fn colours_become_classes_and_words_are_left_alone() {
        let raw = "<svg width=\"10\" height=\"10\">\n\
                   <line opacity=\"1\" stroke=\"#010057\" stroke-width=\"1\" x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\"/>\n\
                   <text x=\"5\" y=\"6\" dy=\"-0.5ex\" text-anchor=\"end\" opacity=\"1\" fill=\"#090057\">\n\
                   stroke=&quot;#010057&quot; &lt;b&gt;\n</text>\n</svg>\n";
        assert_eq!(
            restyle(raw).unwrap(),
            "<line class=\"grid\" x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\"/>\n\
             <text class=\"label\" x=\"5\" y=\"6\" text-anchor=\"end\">stroke=&quot;#010057&quot; &lt;b&gt;</text>\n"
        );
    }

    #[test]
    fn a_mark_that_has_no_style_is_refused() {
        assert!(restyle("<image x=\"1\"/>").is_err());
        assert!(restyle("<line stroke=\"#FFFFFF\" x1=\"1\"/>").is_err());
    }
}
