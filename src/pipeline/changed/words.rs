//! What is told of two runs laid side by side: words for a terminal, a table
//! and JSON for the data team. No count of fewer people than the threshold.

use super::{Apart, Compared, Left, Part, Why};
use crate::pipeline::private::line;
use crate::report::words::{capital, dimension_name};
use serde_json::{Value, json};
use staywise_core::domain::{Group, Interval, Period};
use std::fmt::Write;

/// Counts of people below this are not given.
const FEW: u64 = 10;

impl Why {
    /// The slug in tables.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Definition => "definition",
            Self::DataOrDefinition => "data_or_definition",
            Self::Mix => "mix",
            Self::Rate => "rate",
            Self::Groups => "groups_new_or_gone",
            Self::Rest => "rest",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Data => "corrected data",
            Self::Definition => "definition",
            Self::DataOrDefinition => "data or definition",
            Self::Mix => "mix",
            Self::Rate => "rate",
            Self::Groups => "groups new or gone",
            Self::Rest => "mix and rate together",
        }
    }
}

impl Apart {
    /// The sentence: the change in points and its parts, those that are
    /// nothing left out.
    #[must_use]
    pub fn sentence(&self) -> String {
        let parts: Vec<String> = self
            .parts
            .iter()
            .filter(|part| part.tenths != 0)
            .map(|part| format!("{} {}", part.why.words(), signed(part.tenths)))
            .collect();
        let change = signed(self.tenths);
        match parts.as_slice() {
            [] => format!("{change} points: no part moved it"),
            [only] => format!("{change} points: {only}"),
            [others @ .., last] => format!("{change} points: {} and {last}", others.join(", ")),
        }
    }
}

/// Tenths of a point as printed: `+4.0`, `-12.0`, `0.0`.
fn signed(tenths: i64) -> String {
    let sign = match tenths {
        0 => "",
        1.. => "+",
        _ => "-",
    };
    let size = tenths.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

/// Which share: its name, with the item.
pub(super) fn which(label: &str, item: Option<&str>) -> String {
    item.map_or_else(|| label.to_owned(), |item| format!("{label}: {item}"))
}

/// Which figure: `Intention to stay, site: North`.
fn figure(label: &str, group: &Group) -> String {
    let mut words = label.to_owned();
    for (dimension, level) in group.parts() {
        let dimension = dimension_name(dimension.as_str());
        words = format!("{words}, {dimension}: {}", level.as_str());
    }
    words
}

/// What is not taken apart: a line for each figure about everyone, and for
/// the groups of one metric how many.
fn left(compared: &Compared) -> Vec<String> {
    let mut lines = Vec::new();
    for of_metric in compared.left.chunk_by(|a, b| a.label == b.label) {
        let (everyone, groups): (Vec<&Left>, Vec<&Left>) =
            of_metric.iter().partition(|left| left.group.is_everyone());
        lines.extend(
            everyone
                .iter()
                .map(|left| format!("{}: {}", left.label, left.why)),
        );
        let by = groups.first().and_then(|left| left.group.parts().first());
        if let Some((dimension, _)) = by {
            let name = dimension_name(dimension.as_str());
            let n = groups.len();
            let label = of_metric.first().map_or("", |left| left.label.as_str());
            lines.push(format!(
                "{label}, by {name}: {n} without a figure that is shown on both sides"
            ));
        }
    }
    lines
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// `-2.1 (-3.0 to -1.2)`: a part in points, with its limits.
fn with_limits(part: &Part) -> String {
    let point = |share: f64| {
        let shown = format!("{:+.1}", share * 100.0);
        match shown.as_str() {
            "+0.0" | "-0.0" => "0.0".to_owned(),
            _ => shown,
        }
    };
    let limits = |i: Interval| format!(" ({} to {})", point(i.lower), point(i.upper));
    let limits = part.interval.map(limits).unwrap_or_default();
    format!("{}{limits}", signed(part.tenths))
}

fn people(n: u64) -> String {
    if n < FEW {
        format!("fewer than {FEW}")
    } else {
        n.to_string()
    }
}

/// Everything, for a terminal.
#[must_use]
pub fn told(compared: &Compared, (earlier, later): (&Period, &Period)) -> String {
    let mut text = format!(
        "{} to {}: what changed, and by what\n\nIn points, in this order: corrected data, \
         definition, mix (who is there), rate (what they do),\ngroups new or gone. The parts add \
         up to the change. They say what changed together with it,\nnot what caused it. Limits \
         (95%) hold people in both periods together.\n",
        capital(&earlier.in_words()),
        later.in_words()
    );
    let mut say = |words: String| {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{words}");
    };
    for note in &compared.notes {
        say(note.clone());
    }
    for apart in &compared.figures {
        let name = figure(&which(&apart.label, apart.item.as_deref()), &apart.group);
        let (then, now) = apart.figures;
        say(format!("\n{name}: {} to {}", percent(then), percent(now)));
        say(format!("  {}", apart.sentence()));
        for part in &apart.parts {
            say(format!("    {:<24}{}", part.why.words(), with_limits(part)));
        }
        if let Some(by) = &apart.by {
            let name = dimension_name(by.as_str());
            say(format!("    mix by {name}"));
        }
        if let Some(why) = &apart.untold {
            say(format!("    {why}"));
        }
        let (then, now, both) = apart.people;
        say(format!(
            "    people: {} then, {} now, {} in both",
            people(then),
            people(now),
            people(both)
        ));
    }
    if !compared.left.is_empty() {
        say("\nNot taken apart".to_owned());
    }
    for line in left(compared) {
        say(format!("  {line}"));
    }
    text
}

const HEADER: [&str; 19] = [
    "metric",
    "label",
    "item",
    "dimension",
    "level",
    "mix_by",
    "period_before",
    "period_now",
    "figure_before",
    "figure_now",
    "change",
    "part",
    "part_change",
    "part_lower",
    "part_upper",
    "people_before",
    "people_now",
    "people_in_both",
    "note",
];

/// A line a part, and a line for each figure that is not taken apart; shares
/// in full.
#[must_use]
pub fn csv(compared: &Compared, (earlier, later): (&Period, &Period)) -> String {
    let mut out = String::new();
    line(&mut out, &HEADER);
    for apart in &compared.figures {
        let group = apart.group.parts().first();
        let (dimension, level) = group.map_or(("", ""), |(d, l)| (d.as_str(), l.as_str()));
        let (then, now, both) = apart.people;
        for part in &apart.parts {
            let limit = |of: fn(Interval) -> f64| part.interval.map(|i| of(i).to_string());
            let numbers = [
                apart.figures.0.to_string(),
                apart.figures.1.to_string(),
                apart.change.to_string(),
                part.change.to_string(),
                limit(|i| i.lower).unwrap_or_default(),
                limit(|i| i.upper).unwrap_or_default(),
            ];
            let [before, after, change, own, lower, upper] = &numbers;
            let fields: [&str; HEADER.len()] = [
                &apart.metric,
                &apart.label,
                apart.item.as_deref().unwrap_or(""),
                dimension,
                level,
                apart.by.as_ref().map_or("", |by| by.as_str()),
                &earlier.label,
                &later.label,
                before,
                after,
                change,
                part.why.slug(),
                own,
                lower,
                upper,
                &people(then),
                &people(now),
                &people(both),
                apart.untold.as_deref().unwrap_or(""),
            ];
            line(&mut out, &fields);
        }
    }
    for left in &compared.left {
        let mut fields = [""; HEADER.len()];
        fields[0] = &left.metric;
        fields[1] = &left.label;
        if let Some((dimension, level)) = left.group.parts().first() {
            fields[3] = dimension.as_str();
            fields[4] = level.as_str();
        }
        fields[6] = &earlier.label;
        fields[7] = &later.label;
        fields[11] = "not_taken_apart";
        fields[18] = &left.why;
        line(&mut out, &fields);
    }
    out
}

/// The same as one document.
#[must_use]
pub fn json(compared: &Compared, (earlier, later): (&Period, &Period)) -> String {
    let part = |part: &Part| {
        json!({
            "part": part.why.slug(),
            "change": part.change,
            "lower": part.interval.map(|i| i.lower),
            "upper": part.interval.map(|i| i.upper),
        })
    };
    let count = |n: u64| if n < FEW { json!(people(n)) } else { json!(n) };
    let taken = |apart: &Apart| {
        let group = apart.group.parts().first();
        json!({
            "metric": apart.metric,
            "label": apart.label,
            "item": apart.item,
            "dimension": group.map(|(dimension, _)| dimension.as_str()),
            "level": group.map(|(_, level)| level.as_str()),
            "mix_by": apart.by.as_ref().map(|by| by.as_str()),
            "before": apart.figures.0,
            "now": apart.figures.1,
            "change": apart.change,
            "parts": apart.parts.iter().map(part).collect::<Vec<Value>>(),
            "people": {
                "before": count(apart.people.0),
                "now": count(apart.people.1),
                "in_both": count(apart.people.2),
            },
            "sentence": apart.sentence(),
            "mix_not_told": apart.untold,
        })
    };
    let left = compared.left.iter();
    let document = json!({
        "earlier": earlier.label,
        "later": later.label,
        "order": ["data", "definition", "mix", "rate", "groups_new_or_gone"],
        "notes": compared.notes,
        "figures": compared.figures.iter().map(taken).collect::<Vec<Value>>(),
        "not_taken_apart": left
            .map(|l| json!({"metric": l.metric, "figure": figure(&l.label, &l.group), "why": l.why}))
            .collect::<Vec<Value>>(),
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}
