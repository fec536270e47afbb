//! Reports: a Markdown file with components and the released rows become one
//! self-contained HTML page. Reads no file and no clock, computes no figure,
//! and shows nothing but released rows and declared facts.

pub mod error;
pub mod facts;
pub mod front;
pub mod request;
pub mod words;

mod cautions;
mod components;
mod markdown;
mod page;
mod shelf;
mod table;
mod template;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod made_up;
#[cfg(test)]
mod made_up_estimator;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod period_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use error::ReportError;
pub use facts::{Facts, FileLine, FindingLine, Quality};
pub use request::{Component, Known, Request, When};

use cautions::cautions;
use markdown::{Filling, fill, set};
use shelf::Shelf;
use staywise_core::disclosure::Released;
use std::collections::{BTreeMap, BTreeSet};
use template::{PageFact, Recorded, Slot, line_of};

/// The report that is built in, by name, with its text.
pub const BUILT_IN: [(&str, &str); 1] = [("quarterly", include_str!("../../reports/quarterly.md"))];

/// The page that a report is set in, where the study has none of its own.
pub const PAGE: &str = include_str!("../../reports/page.html");

/// Its style sheet.
pub const STYLE: &str = include_str!("../../reports/page.css");

/// A report as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its file as the author knows it: `reports/quarterly.md`.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The page it is set in: `PAGE`, or the study's own.
    pub page: &'a str,
    /// The page's style sheet: `STYLE`, or the study's own.
    pub style: &'a str,
}

impl<'a> Source<'a> {
    /// A report in the built-in page.
    #[must_use]
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self {
            name,
            text,
            page: PAGE,
            style: STYLE,
        }
    }

    fn error(&self, line: Option<usize>, message: String) -> ReportError {
        ReportError {
            file: self.name.to_owned(),
            line,
            message,
        }
    }
}

/// A report that was read: its front matter, its body and what it asks for.
struct Read {
    front: front::Front,
    body: String,
    recorded: Recorded,
}

fn read(source: &Source<'_>) -> Result<Read, Vec<ReportError>> {
    let (front, body) = front::split(source.text)
        .map_err(|(line, message)| vec![source.error(Some(line), message)])?;
    let recorded = template::record(source.name, &body)?;
    Ok(Read {
        front,
        body,
        recorded,
    })
}

/// What a report asks for. Renders it once with recording components, before
/// anything is computed; no figure can change what it asks for.
///
/// # Errors
/// Every mistake in its form, with its line: front matter, template,
/// arguments, a component where it cannot stand, a broken page.
pub fn plan(source: &Source<'_>) -> Result<Vec<Request>, Vec<ReportError>> {
    let read = read(source)?;
    let placed = |index: usize| {
        read.recorded.slots.get(index).map(|slot| match slot {
            Slot::Component(request) if !request.component.is_inline() => {
                Filling::Block(" ".to_owned())
            }
            _ => Filling::Words(String::new()),
        })
    };
    set_page(source, &read, placed, None).map_err(|error| vec![error])?;
    Ok(read.recorded.requests())
}

/// The names that a report uses and nobody has, with their lines. A report
/// that cannot be read gives its mistakes.
#[must_use]
pub fn check(source: &Source<'_>, known: &Known<'_>) -> Vec<ReportError> {
    match read(source) {
        Ok(read) => template::check(source.name, &read.body, &read.recorded, known),
        Err(errors) => errors,
    }
}

/// The finished page. A metric that the study cannot compute is "not
/// available because ..."; the page goes on.
///
/// # Errors
/// As `plan`, and names that are neither computed nor known to be missing.
pub fn render(
    source: &Source<'_>,
    rows: &[Released],
    facts: &Facts,
) -> Result<String, Vec<ReportError>> {
    let read = read(source)?;
    let metrics: Vec<String> = names(facts);
    let dimensions: Vec<String> = dimensions(facts);
    let known = Known {
        metrics: &metrics,
        dimensions: &dimensions,
    };
    let errors = template::check(source.name, &read.body, &read.recorded, &known);
    if !errors.is_empty() {
        return Err(errors);
    }
    let shelf = Shelf { rows, facts };
    let used: Vec<String> = read
        .recorded
        .requests()
        .into_iter()
        .flat_map(|request| request.metrics)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut fillings: BTreeMap<usize, Filling> = BTreeMap::new();
    for (index, slot) in read.recorded.slots.iter().enumerate() {
        let filling = match slot {
            Slot::Fact(fact) => Filling::Words(told(*fact, facts)),
            Slot::Component(request) => components::filling(shelf, request, index, &used)
                .map_err(|error| vec![source.error(None, error.to_string())])?,
            Slot::Fault(_) => continue,
        };
        fillings.insert(index, filling);
    }
    set_page(
        source,
        &read,
        |index| fillings.get(&index).cloned(),
        Some(shelf),
    )
    .map_err(|error| vec![error])
}

fn names(facts: &Facts) -> Vec<String> {
    let missing = facts.unavailable.iter().map(|(metric, _)| metric);
    let all = facts.definitions.iter().chain(missing);
    all.map(|metric| metric.name.clone()).collect()
}

fn dimensions(facts: &Facts) -> Vec<String> {
    let standard = words::DIMENSIONS.iter().map(|(slug, _)| (*slug).to_owned());
    standard.chain(facts.dimensions.iter().cloned()).collect()
}

fn told(fact: PageFact, facts: &Facts) -> String {
    match fact {
        PageFact::Study => facts.study.clone(),
        PageFact::Period => facts.reported.in_words(),
        PageFact::AsAt => facts.as_at.to_string(),
    }
}

/// Markdown, then tokens, then the page. Without rows and facts the page is only
/// tried, with nothing in it.
fn set_page(
    source: &Source<'_>,
    read: &Read,
    filling: impl Fn(usize) -> Option<Filling>,
    shelf: Option<Shelf<'_>>,
) -> Result<String, ReportError> {
    let misplaced = |index: usize| {
        let line = line_of(source.name, &read.body, index);
        let word = match read.recorded.slots.get(index) {
            Some(Slot::Component(request)) => request.component.word(),
            _ => "component",
        };
        let message = format!("`{word}` stands in a paragraph of its own, with nothing else in it");
        source.error(line, message)
    };
    let set = set(&read.recorded.text);
    let body = fill(&set.html, &filling).map_err(misplaced)?;
    let mut contents = Vec::new();
    for heading in &set.headings {
        let words = markdown::heading_words(heading, &filling).map_err(misplaced)?;
        contents.push((heading.id.clone(), words));
    }
    let cautions = shelf.map(cautions).unwrap_or_default();
    let parts = page::Parts {
        front: &read.front,
        contents: &contents,
        body: &body,
        style: source.style,
        cautions: &cautions,
        facts: shelf.map(|shelf| shelf.facts),
    };
    page::page(source.page, &parts)
}
