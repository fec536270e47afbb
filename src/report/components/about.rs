//! What stands behind the figures: how good the data are, how figures were
//! worked out, and what each of them means. Counts of people or responses
//! under ten are never printed.

use crate::chart::figure::{HIDDEN, count, unquoted};
use crate::chart::text::escape;
use crate::report::facts::{Facts, FileLine, Quality, parts, people};
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::table::{Column, TableText};
use crate::report::words::{capital, method_words};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Metric, Status};
use std::collections::BTreeSet;

/// Tables of the files read, the responses linked and what was found.
pub(super) fn quality(facts: &Facts, index: usize) -> String {
    let quality = &facts.quality;
    let mut html = String::new();
    if quality.files.is_empty() {
        html.push_str(&super::nothing("No file was read."));
    } else {
        html.push_str(&files(&quality.files).html(&format!("t{index}-files")));
    }
    if let Some(table) = responses(quality) {
        html.push_str(&table.html(&format!("t{index}-responses")));
    }
    if quality.findings.is_empty() {
        html.push_str("<p>Nothing was found that needs attention.</p>\n");
    } else {
        html.push_str(&findings(quality).html(&format!("t{index}-findings")));
    }
    html
}

fn files(files: &[FileLine]) -> TableText {
    let row = |file: &FileLine| {
        let mut counts = vec![file.used];
        counts.extend(file.set_aside.iter().map(|(_, n)| *n));
        let (rows, counts) = parts(file.rows, &counts);
        let mut counts = counts.into_iter();
        let used = counts.next().unwrap_or_default();
        let aside: Vec<String> = file
            .set_aside
            .iter()
            .zip(counts)
            .map(|((why, _), n)| format!("{why}: {n}"))
            .collect();
        let aside = if aside.is_empty() {
            "none".to_owned()
        } else {
            aside.join("; ")
        };
        let names = [&file.file, &file.holds, &file.layout].map(Clone::clone);
        names.into_iter().chain([rows, used, aside]).collect()
    };
    TableText {
        caption: "Files read".to_owned(),
        columns: columns(&[
            ("File", Column::Name),
            ("Holds", Column::Words),
            ("Layout", Column::Words),
            ("Rows", Column::Number),
            ("Used", Column::Number),
            ("Set aside", Column::Words),
        ]),
        rows: files.iter().map(row).collect(),
        statuses: Vec::new(),
    }
}

fn columns(columns: &[(&str, Column)]) -> Vec<(String, Column)> {
    columns
        .iter()
        .map(|(heading, column)| ((*heading).to_owned(), *column))
        .collect()
}

/// How responses were linked, where there are any.
fn responses(quality: &Quality) -> Option<TableText> {
    let whole = quality.responses?;
    let named = [
        ("Matched to one person of the staff list", quality.linked),
        ("Without an identifier, never matched", quality.anonymous),
        ("With an identifier that nobody has", quality.unmatched),
        (
            "With an identifier that several people have",
            quality.ambiguous,
        ),
        (
            "Earlier answers of the same person in a wave, left out",
            quality.repeats,
        ),
    ];
    let known: Vec<(&str, u64)> = named
        .into_iter()
        .filter_map(|(name, n)| n.map(|n| (name, n)))
        .collect();
    let counts: Vec<u64> = known.iter().map(|(_, n)| *n).collect();
    let (whole, counts) = parts(whole, &counts);
    let mut rows = vec![vec!["Responses read".to_owned(), whole]];
    rows.extend(
        known
            .iter()
            .zip(counts)
            .map(|((name, _), n)| vec![(*name).to_owned(), n]),
    );
    Some(TableText {
        caption: "Responses and who gave them".to_owned(),
        columns: columns(&[("Responses", Column::Name), ("How many", Column::Number)]),
        rows,
        statuses: Vec::new(),
    })
}

/// A count in tens: what is found of a part of the responses must not be
/// taken from a count of all of them.
fn in_tens(n: u64) -> String {
    match n {
        0..=9 => people(n),
        n => format!("about {}", count((n + 5) / 10 * 10)),
    }
}

fn findings(quality: &Quality) -> TableText {
    let rows = quality.findings.iter().map(|finding| {
        vec![
            unquoted(&finding.message),
            finding.severity.word().to_owned(),
            finding.place.clone(),
            in_tens(finding.count),
            finding.rule.clone(),
        ]
    });
    TableText {
        caption: "What was found in the data".to_owned(),
        columns: columns(&[
            ("Finding", Column::Name),
            ("Kind", Column::Words),
            ("First place", Column::Words),
            ("How many, in tens", Column::Number),
            ("Rule", Column::Words),
        ]),
        rows: rows.collect(),
        statuses: Vec::new(),
    }
}

/// How figures were worked out: all of the page's, or one metric's.
pub(super) fn method(shelf: Shelf<'_>, request: &Request) -> String {
    if let Some(metric) = shelf.metric(request.metric()) {
        let used = shelf
            .rows
            .iter()
            .filter(|row| row.key().metric == metric.name);
        let mut html = entry(metric);
        html.push_str(&paragraph(&intervals(used)));
        return html;
    }
    let facts = shelf.facts;
    let mut html = paragraph(&format!(
        "This page is about {}. The data stand as at {}.",
        facts.reported.in_words(),
        facts.as_at
    ));
    if !facts.nation.is_empty() {
        html.push_str(&paragraph(&format!("Nation: {}.", facts.nation)));
    }
    html.push_str(&paragraph(&facts.policy));
    html.push_str(&paragraph(&format!(
        "A figure marked [c] is {HIDDEN}, whatever the reason: the same words stand for every one."
    )));
    html.push_str(&paragraph(&intervals(shelf.rows.iter())));
    html.push_str(&paragraph(
        "A share is told as \"about 7 in 10\" only where its interval reaches no more than 10 \
         points either way; otherwise as \"between 6 and 8 in 10\", and in people where the base \
         is under 30.",
    ));
    if !facts.unavailable.is_empty() {
        html.push_str("<p>Not available from these data:</p>\n<ul>\n");
        for (metric, why) in &facts.unavailable {
            let why = unquoted(why.trim().trim_end_matches('.'));
            let words = format!("{}: {why}.", metric.label);
            html.push_str(&format!("<li>{}</li>\n", escape(&words)));
        }
        html.push_str("</ul>\n");
    }
    html.push_str(&paragraph(&format!(
        "Made with staywise {}.",
        facts.version
    )));
    html
}

fn paragraph(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("<p>{}</p>\n", escape(words))
}

/// The levels and methods of the intervals that are shown.
fn intervals<'a>(rows: impl Iterator<Item = &'a Released>) -> String {
    let mut methods: BTreeSet<String> = BTreeSet::new();
    let mut levels: BTreeSet<String> = BTreeSet::new();
    for row in rows.filter(|row| row.status() == Status::Shown) {
        if let Some(level) = row.interval_level() {
            levels.insert(format!("{:.0}%", level * 100.0));
        }
        methods.extend(row.method().map(method_words));
    }
    if levels.is_empty() {
        return String::new();
    }
    let levels: Vec<String> = levels.into_iter().collect();
    let methods: Vec<String> = methods.into_iter().collect();
    format!(
        "Intervals are at the {} level, by {}.",
        levels.join(" and "),
        methods.join("; ")
    )
}

/// The definitions of the metrics that the page uses.
pub(super) fn definitions(shelf: Shelf<'_>, used: &[String]) -> String {
    let facts = shelf.facts;
    let missing = facts.unavailable.iter().map(|(metric, _)| metric);
    let all = facts.definitions.iter().chain(missing);
    let entries: String = all
        .filter(|metric| used.contains(&metric.name))
        .map(entry)
        .collect();
    if entries.is_empty() {
        return super::nothing("This page has no figures to define.");
    }
    entries
}

fn entry(metric: &Metric) -> String {
    let mut html = format!(
        "<dl class=\"definition\">\n<dt>{}</dt>\n<dd>{}</dd>\n",
        escape(&metric.label),
        escape(&unquoted(&metric.definition))
    );
    for (name, words) in [("Left out", &metric.exclusions), ("Source", &metric.source)] {
        if !words.is_empty() {
            let words = escape(&unquoted(words));
            html.push_str(&format!("<dd>{name}: {words}</dd>\n"));
        }
    }
    let window = metric.window_months.map(|n| format!(", over {n} months"));
    let ids = format!(
        "Definition id: {}. {}{}.",
        metric.definition_id,
        capital(metric.kind.word()),
        window.unwrap_or_default()
    );
    html.push_str(&format!("<dd>{}</dd>\n</dl>\n", escape(&ids)));
    html
}
