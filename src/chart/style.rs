//! The style sheet of charts, and the same rules read for a drawing that is a
//! file of its own: each mark's class becomes attributes with light colours.
//! Reads only the plain rules of chart.css, never what stands in `@media`.

use std::collections::BTreeMap;

/// The rules for every class of a chart, to follow a page's own. They take
/// colours from the page's custom properties.
pub const STYLE: &str = include_str!("chart.css");

/// The paper of a file of its own.
pub const PAPER: &str = "#ffffff";

/// The light colours behind the custom properties, as the page has them.
pub const LIGHT: &[(&str, &str)] = &[
    ("--paper", PAPER),
    ("--ink", "#15191d"),
    ("--soft", "#4a545c"),
    ("--line", "#d9dee2"),
    ("--band", "#e3e8ec"),
    ("--rule", "#6b757d"),
    ("--link", "#12436d"),
    ("--s1", "#12436d"),
    ("--s2", "#b8480f"),
    ("--s3", "#1a6f68"),
    ("--s4", "#801650"),
    ("--against-2", "#8c3a10"),
    ("--against-1", "#dfa27f"),
    ("--neither", "#aeb6bc"),
    ("--for-1", "#86a6cb"),
    ("--for-2", "#12436d"),
    ("--h0", "#eff4f9"),
    ("--h1", "#d5e2ef"),
    ("--h2", "#adc6e0"),
    ("--h3", "#3f6f9f"),
    ("--h4", "#285b8c"),
    ("--h5", "#12436d"),
];

/// What may stand as an attribute; all else is for pages alone.
const ATTRIBUTES: [&str; 10] = [
    "fill",
    "fill-opacity",
    "font-size",
    "font-weight",
    "opacity",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-linejoin",
    "stroke-width",
];

/// A rule for marks of one element or of certain classes.
#[derive(Debug)]
struct Rule {
    element: String,
    classes: Vec<String>,
    declarations: Vec<(String, String)>,
}

/// The plain rules in light colours.
#[derive(Debug)]
pub(super) struct Light {
    rules: Vec<Rule>,
}

impl Light {
    /// The rules of chart.css.
    pub(super) fn new() -> Self {
        let mut rules = Vec::new();
        for (selectors, body) in plain(STYLE) {
            let declarations = declarations(&body);
            for selector in selectors.split(',') {
                rules.extend(rule(selector.trim(), &declarations));
            }
        }
        // As in CSS: of two rules the one with more classes holds, then the later.
        rules.sort_by_key(|rule| rule.classes.len());
        Self { rules }
    }

    /// The attributes of a mark, each with a space before it.
    pub(super) fn dress(&self, element: &str, class: &str) -> String {
        let classes: Vec<&str> = class.split(' ').collect();
        let mut worn: BTreeMap<&str, &str> = BTreeMap::new();
        for rule in &self.rules {
            let fits = rule.element.is_empty() || rule.element == element;
            if fits && rule.classes.iter().all(|c| classes.contains(&c.as_str())) {
                let wears = rule.declarations.iter();
                worn.extend(wears.map(|(name, value)| (name.as_str(), value.as_str())));
            }
        }
        let mut markup = String::new();
        for (name, value) in worn {
            markup.push_str(&format!(" {name}=\"{value}\""));
        }
        markup
    }
}

/// Selectors and body of each rule that stands in no `@` block.
fn plain(css: &str) -> Vec<(String, String)> {
    let mut rules = Vec::new();
    let (mut depth, mut selectors, mut body) = (0_usize, String::new(), String::new());
    for part in uncommented(css).split_inclusive(['{', '}']) {
        let (words, end) = part.split_at(part.len().saturating_sub(1));
        match (end, depth) {
            ("{", 0) => {
                selectors = words.trim().to_owned();
                depth = 1;
            }
            ("{", _) => depth += 1,
            ("}", _) => {
                if depth == 1 && !selectors.starts_with('@') {
                    body.push_str(words);
                    rules.push((std::mem::take(&mut selectors), std::mem::take(&mut body)));
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    rules
}

fn uncommented(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

fn declarations(body: &str) -> Vec<(String, String)> {
    let pairs = body.split(';').filter_map(|pair| pair.split_once(':'));
    pairs
        .map(|(name, value)| (name.trim().to_owned(), resolved(value.trim())))
        .filter(|(name, _)| ATTRIBUTES.contains(&name.as_str()))
        .collect()
}

/// `var(--ink)` as its light colour; any other value as it stands.
fn resolved(value: &str) -> String {
    let name = value
        .strip_prefix("var(")
        .and_then(|rest| rest.strip_suffix(')'));
    let colour = LIGHT.iter().find(|(of, _)| Some(*of) == name);
    colour.map_or_else(|| value.to_owned(), |(_, colour)| (*colour).to_owned())
}

/// `.chart text` or `.chart .line.s1`; no other form has a mark.
fn rule(selector: &str, declarations: &[(String, String)]) -> Option<Rule> {
    let mark = selector.strip_prefix(".chart ")?;
    let (element, classes) = mark.split_once('.').unwrap_or((mark, ""));
    Some(Rule {
        element: element.to_owned(),
        classes: classes
            .split('.')
            .filter(|class| !class.is_empty())
            .map(str::to_owned)
            .collect(),
        declarations: declarations.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::{LIGHT, Light, STYLE, plain};
    use crate::chart::backend::SCALE;
    use crate::chart::ink::Ink;
    use crate::chart::letters::Weight;

    #[test]
    fn every_ink_has_a_look() {
        let light = Light::new();
        for ink in Ink::all() {
            let worn = light.dress("rect", &ink.class());
            assert!(
                worn.contains("fill=\"") || worn.contains("stroke=\""),
                "{ink:?}"
            );
            assert!(!worn.contains("var("), "{ink:?} {worn}");
        }
    }

    #[test]
    fn letters_are_as_large_as_they_were_measured() {
        let light = Light::new();
        for ink in Ink::all() {
            let (face, worn) = (ink.face(), light.dress("text", &ink.class()));
            let size = format!("font-size=\"{}px\"", face.size * SCALE);
            let bold = worn.contains("font-weight=\"600\"");
            assert!(worn.contains(&size), "{ink:?} {worn}");
            assert_eq!(bold, face.weight == Weight::Semibold, "{ink:?} {worn}");
        }
    }

    #[test]
    fn plain_rules_are_of_the_form_that_is_read() {
        for (selectors, _) in plain(STYLE) {
            for selector in selectors.split(',').map(str::trim) {
                let mark = selector.strip_prefix(".chart ").unwrap_or("");
                assert!(
                    selector.starts_with(".chart") && !mark.contains([' ', ':', '>', '[']),
                    "{selector}"
                );
            }
        }
    }

    #[test]
    fn light_colours_are_those_of_the_page() {
        let page = include_str!("../../reports/page.css");
        let light = page.split("@media").next().unwrap_or("");
        for (name, colour) in LIGHT {
            let given = light
                .split_once(&format!("{name}: "))
                .and_then(|(_, rest)| rest.split(';').next());
            let short = if *colour == "#ffffff" { "#fff" } else { colour };
            if let Some(given) = given {
                assert!(given == *colour || given == short, "{name}: {given}");
            }
        }
    }
}
