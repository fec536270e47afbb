//! The style sheet as the gallery's checks read it: what a class looks like
//! in light and in dark, and how far two colours are apart. For tests.

use crate::chart::style::STYLE;
use std::collections::BTreeMap;

/// A colour's red, green and blue from 0 to 255.
pub(super) type Rgb = [f64; 3];

/// Dark colours that hold where the page does not give its own.
const DARK: [(&str, &str); 11] = [
    ("--against-2", "#ff9d66"),
    ("--against-1", "#b3653a"),
    ("--neither", "#5d6871"),
    ("--for-1", "#41719c"),
    ("--for-2", "#9cc8f0"),
    ("--h0", "#1a232b"),
    ("--h1", "#22364a"),
    ("--h2", "#2b4a68"),
    ("--h3", "#6ba3d6"),
    ("--h4", "#95c2ea"),
    ("--h5", "#c2e0f9"),
];

/// The page's style sheet.
pub(super) const PAGE: &str = include_str!("../../../reports/page.css");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Light,
    Dark,
}

/// Rules of charts and the colours behind their names.
pub(super) struct Look {
    rules: Vec<(String, Vec<String>, BTreeMap<String, String>)>,
    colours: BTreeMap<String, String>,
}

impl Look {
    pub(super) fn of(theme: Theme) -> Self {
        let mut rules = Vec::new();
        let plain = STYLE.split("@media").next().unwrap();
        let plain = plain.split("*/").last().unwrap();
        for rule in plain.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else {
                continue;
            };
            let worn: BTreeMap<String, String> = body
                .split(';')
                .filter_map(|pair| pair.split_once(':'))
                .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
                .collect();
            for selector in selectors.split(',') {
                let mark = selector.trim().strip_prefix(".chart ").unwrap_or("");
                let (element, classes) = mark.split_once('.').unwrap_or((mark, ""));
                let classes = classes.split('.').filter(|c| !c.is_empty());
                let classes: Vec<String> = classes.map(str::to_owned).collect();
                if !mark.is_empty() {
                    rules.push((element.to_owned(), classes, worn.clone()));
                }
            }
        }
        rules.sort_by_key(|(_, classes, _)| classes.len());
        Self {
            rules,
            colours: colours(theme),
        }
    }

    /// What a mark of an element and classes wears; nothing for a class
    /// without a rule.
    pub(super) fn worn(&self, element: &str, class: &str) -> BTreeMap<String, String> {
        let classes: Vec<&str> = class.split(' ').collect();
        let mut worn = BTreeMap::new();
        for (of, needed, wears) in &self.rules {
            let fits = of.is_empty() || of == element;
            if fits && needed.iter().all(|c| classes.contains(&c.as_str())) {
                worn.extend(wears.clone());
            }
        }
        worn
    }

    /// Whether a rule names this class.
    pub(super) fn names(&self, class: &str) -> bool {
        let all: Vec<&str> = class.split(' ').collect();
        self.rules.iter().any(|(_, needed, _)| {
            !needed.is_empty() && needed.iter().all(|c| all.contains(&c.as_str()))
        })
    }

    pub(super) fn colour(&self, name: &str) -> Rgb {
        let hex = self
            .colours
            .get(name)
            .unwrap_or_else(|| panic!("no {name}"));
        let digits = hex.trim_start_matches('#');
        let wide: String = if digits.len() == 3 {
            digits.chars().flat_map(|c| [c, c]).collect()
        } else {
            digits.to_owned()
        };
        [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()))
    }

    /// The colour of a fill or stroke over the paper, if there is one.
    pub(super) fn painted(&self, worn: &BTreeMap<String, String>, what: &str) -> Option<Rgb> {
        let name = worn.get(what)?.strip_prefix("var(")?.strip_suffix(')')?;
        let share = |name: &str| {
            worn.get(name)
                .map_or(1.0, |value| value.parse::<f64>().unwrap())
        };
        let whole = share("opacity")
            * if what == "fill" {
                share("fill-opacity")
            } else {
                1.0
            };
        let (over, under) = (self.colour(name), self.colour("--paper"));
        Some([0, 1, 2].map(|k| over[k] * whole + under[k] * (1.0 - whole)))
    }
}

fn colours(theme: Theme) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = crate::chart::style::LIGHT
        .iter()
        .map(|(name, colour)| ((*name).to_owned(), (*colour).to_owned()))
        .collect();
    let block = |text: &str| -> Vec<(String, String)> {
        let body = text.split_once(":root {").map_or("", |(_, after)| after);
        let body = body.split('}').next().unwrap();
        let pairs = body.split(';').filter_map(|pair| pair.split_once(':'));
        pairs
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .filter(|(name, value)| name.starts_with("--") && value.starts_with('#'))
            .collect()
    };
    found.extend(block(PAGE));
    if theme == Theme::Dark {
        found.extend(DARK.map(|(name, colour)| (name.to_owned(), colour.to_owned())));
        let dark = PAGE.split_once("prefers-color-scheme: dark").unwrap().1;
        found.extend(block(dark));
    }
    found
}

/// The dark colours that the page lacks, as a style sheet.
pub(super) fn missing() -> String {
    let properties = |pairs: &[(&str, &str)]| -> String {
        let kept = pairs
            .iter()
            .filter(|(name, _)| !PAGE.contains(&format!("{name}:")));
        kept.map(|(name, colour)| format!("{name}:{colour};"))
            .collect()
    };
    format!(
        ":root{{{}}}@media(prefers-color-scheme:dark){{:root{{{}}}}}",
        properties(crate::chart::style::LIGHT),
        properties(&DARK)
    )
}

/// Contrast of two colours after WCAG 2.2, from 1 to 21.
pub(super) fn contrast(one: Rgb, other: Rgb) -> f64 {
    let light = |colour: Rgb| {
        let [r, g, b] = colour.map(|part| {
            let part = part / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}
