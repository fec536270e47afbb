//! What stands behind the figures: how good the data are, how figures were
//! worked out, and what each of them means. Counts of people or responses
//! under ten are never printed.

use super::Page;
use crate::chart::figure::{count, unquoted};
use crate::chart::text::escape;
use crate::report::cells::Cell;
use crate::report::facts::{FileLine, Quality, parts, people};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::table::{Column, Text};
use crate::report::words::{capital, method_words};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Metric, Status};
use std::collections::BTreeSet;

/// Tables of the files read, the responses linked and what was found.
pub(super) fn quality(page: &mut Page<'_>) -> String {
    let quality = &page.shelf.facts.quality;
    let mut html = String::new();
    if quality.files.is_empty() {
        html.push_str(&super::nothing(&phrases::NO_FILE.say([])));
    } else {
        html.push_str(&page.table(files(&quality.files), None));
    }
    if let Some(table) = responses(quality) {
        html.push_str(&page.table(table, None));
    }
    if quality.findings.is_empty() {
        html.push_str(&paragraph(&phrases::NOTHING_FOUND.say([])));
    } else {
        html.push_str(&page.table(findings(quality), None));
    }
    html
}

fn files(files: &[FileLine]) -> Text {
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
            phrases::NOTHING_ASIDE.say([])
        } else {
            aside.join("; ")
        };
        let mut cells = [&file.file, &file.holds, &file.layout]
            .map(Cell::words)
            .to_vec();
        cells.extend([
            printed(rows, file.rows),
            printed(used, file.used),
            Cell::words(aside),
        ]);
        cells
    };
    Text {
        title: phrases::FILES_TITLE.say([]),
        columns: vec![
            (phrases::COLUMN_FILE.say([]), Column::Name),
            (phrases::COLUMN_HOLDS.say([]), Column::Words),
            (phrases::COLUMN_LAYOUT.say([]), Column::Words),
            (phrases::COLUMN_ROWS.say([]), Column::Number),
            (phrases::COLUMN_USED.say([]), Column::Number),
            (phrases::COLUMN_ASIDE.say([]), Column::Words),
        ],
        rows: files.iter().map(row).collect(),
        ..Text::default()
    }
}

/// A count as it is printed: a number only where it is printed as it is.
fn printed(words: String, n: u64) -> Cell {
    if words == count(n) {
        Cell::count(n)
    } else {
        Cell::words(words)
    }
}

/// How responses were linked, where there are any.
fn responses(quality: &Quality) -> Option<Text> {
    let whole = quality.responses?;
    let named = [
        (phrases::MATCHED, quality.linked),
        (phrases::ANONYMOUS, quality.anonymous),
        (phrases::UNMATCHED, quality.unmatched),
        (phrases::AMBIGUOUS, quality.ambiguous),
        (phrases::REPEATS, quality.repeats),
    ];
    let known: Vec<(String, u64)> = named
        .into_iter()
        .filter_map(|(name, n)| n.map(|n| (name.say([]), n)))
        .collect();
    let counts: Vec<u64> = known.iter().map(|(_, n)| *n).collect();
    let (all, counts) = parts(whole, &counts);
    let mut rows = vec![vec![
        Cell::words(phrases::RESPONSES_READ.say([])),
        printed(all, whole),
    ]];
    let parts = known.into_iter().zip(counts);
    rows.extend(parts.map(|((name, n), words)| vec![Cell::words(name), printed(words, n)]));
    Some(Text {
        title: phrases::RESPONSES_TITLE.say([]),
        columns: vec![
            (phrases::COLUMN_RESPONSES.say([]), Column::Name),
            (phrases::COLUMN_HOW_MANY.say([]), Column::Number),
        ],
        rows,
        ..Text::default()
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

fn findings(quality: &Quality) -> Text {
    let rows = quality.findings.iter().map(|finding| {
        vec![
            Cell::words(unquoted(&finding.message)),
            Cell::words(finding.severity.word()),
            Cell::words(match finding.place.as_str() {
                "" => phrases::NO_PLACE.say([]),
                place => place.to_owned(),
            }),
            Cell::words(in_tens(finding.count)),
            Cell::words(finding.rule.clone()),
        ]
    });
    Text {
        title: phrases::FINDINGS_TITLE.say([]),
        columns: vec![
            (phrases::COLUMN_FINDING.say([]), Column::Name),
            (phrases::COLUMN_KIND.say([]), Column::Words),
            (phrases::COLUMN_FIRST_PLACE.say([]), Column::Words),
            (phrases::COLUMN_TENS.say([]), Column::Number),
            (phrases::COLUMN_RULE.say([]), Column::Words),
        ],
        rows: rows.collect(),
        ..Text::default()
    }
}

/// How figures were worked out: all of the page's, or one metric's.
pub(super) fn method(page: &Page<'_>, request: &Request) -> String {
    let (shelf, terms) = (page.shelf, page.terms);
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
    let (period, day) = (facts.reported.in_words(), facts.as_at.to_string());
    let mut html = paragraph(&phrases::ABOUT_PAGE.say([&period, &day]));
    if !facts.nation.is_empty() {
        html.push_str(&paragraph(&phrases::NATION.say([&facts.nation])));
    }
    html.push_str(&paragraph(&facts.policy));
    html.push_str(&format!("<p>{}</p>\n", phrases::SAME_FACE.html([], terms)));
    html.push_str(&paragraph(&intervals(shelf.rows.iter())));
    for rule in [
        phrases::TENTHS_RULE,
        phrases::REAL_RULE,
        phrases::CLAIM_RULE,
    ] {
        html.push_str(&format!("<p>{}</p>\n", rule.html([], terms)));
    }
    let missed: Vec<_> = facts
        .unavailable
        .iter()
        .filter(|(metric, _)| !super::is_beside(metric))
        .collect();
    if !missed.is_empty() {
        html.push_str(&paragraph(&phrases::MISSING_LIST.say([])));
        html.push_str("<ul>\n");
        for (metric, why) in missed {
            let why = unquoted(why.trim().trim_end_matches('.'));
            let words = phrases::MISSING_ENTRY.say([&metric.label, &why]);
            html.push_str(&format!("<li>{}</li>\n", escape(&words)));
        }
        html.push_str("</ul>\n");
    }
    html.push_str(&paragraph(&phrases::MADE_WITH.say([&facts.version])));
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
    let levels = levels.join(", ");
    let methods: Vec<String> = methods.into_iter().collect();
    phrases::INTERVALS_BY.say([&levels, &methods.join("; ")])
}

/// The definitions of the metrics that the page uses.
pub(super) fn definitions(shelf: Shelf<'_>, used: &[String]) -> String {
    let facts = shelf.facts;
    let missing = facts.unavailable.iter().map(|(metric, _)| metric);
    let missing = missing.filter(|metric| !super::is_beside(metric));
    let all = facts.definitions.iter().chain(missing);
    let entries: String = all
        .filter(|metric| used.contains(&metric.name))
        .map(entry)
        .collect();
    if entries.is_empty() {
        return super::nothing(&phrases::NONE_DEFINED.say([]));
    }
    entries
}

fn entry(metric: &Metric) -> String {
    let mut html = format!(
        "<dl class=\"definition\">\n<dt>{}</dt>\n<dd>{}</dd>\n",
        escape(&metric.label),
        escape(&unquoted(&metric.definition))
    );
    for (phrase, words) in [
        (phrases::LEFT_OUT, &metric.exclusions),
        (phrases::FROM_SOURCE, &metric.source),
    ] {
        if !words.is_empty() {
            let words = escape(&phrase.say([&unquoted(words)]));
            html.push_str(&format!("<dd>{words}</dd>\n"));
        }
    }
    let window = metric.window_months.map(|n| n.to_string());
    let window = window.map(|n| phrases::OVER_MONTHS.say([&n]));
    let kind = capital(metric.kind.word());
    let window = window.unwrap_or_default();
    let ids = phrases::DEFINITION_ID.say([&metric.definition_id, &kind, &window]);
    html.push_str(&format!("<dd>{}</dd>\n</dl>\n", escape(&ids)));
    html
}
