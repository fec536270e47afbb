//! Reports: a Markdown file with components and the released rows become one
//! self-contained HTML page. Reads no file and no clock, computes no figure,
//! and shows nothing but released rows and declared facts.

pub mod cells;
pub mod error;
pub mod evidence;
pub mod facts;
pub mod front;
pub mod request;
pub mod table;
pub mod words;

mod cautions;
mod components;
mod findings;
mod markdown;
mod page;
mod phrases;
mod sections;
mod set_tables;
mod shelf;
mod strength;
mod template;
mod terms;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod case_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod evidence_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod made_up;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod made_up_case;
#[cfg(test)]
mod made_up_estimator;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod made_up_evidence;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod made_up_rates;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod period_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use cells::{Cell, Shape};
pub use error::ReportError;
pub use evidence::Evidence;
pub use facts::{
    Asked, Facts, FileLine, FindingLine, Funnel, Published, PublishedLine, Quality, Since,
};
pub use findings::{CheckedTable, findings_page};
pub use request::{Component, Known, Request, When};
pub use table::{Column, ReportTable};

use cautions::cautions;
use markdown::{Filling, fill, set};
use shelf::Shelf;
use staywise_core::disclosure::Released;
use std::collections::{BTreeMap, BTreeSet};
use template::{PageFact, Recorded, Slot, line_of};
use terms::Terms;

/// The reports that are built in, by name, with their texts.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("quarterly", include_str!("../../reports/quarterly.md")),
    ("cohorts", include_str!("../../reports/cohorts.md")),
    (OF_CASE, include_str!("../../reports/business-case.md")),
];

/// The built-in report that is for studies with a business case: in a run of
/// every report it is left out where there is none, and asked for by name it
/// says how to make one.
pub const OF_CASE: &str = "business-case";

/// The page that a report is set in, where the study has none of its own.
pub const PAGE: &str = include_str!("../../reports/page.html");

/// Its style sheet.
pub const STYLE: &str = include_str!("../../reports/page.css");

/// Its script: nothing on the page needs it.
pub const SCRIPT: &str = include_str!("../../reports/page.js");

/// A report as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its file as the author knows it: `reports/quarterly.md`.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The page it is set in: `PAGE`, or the study's own.
    pub page: &'a str,
    /// The page's style sheet: `STYLE`, or the study's own. The letters and
    /// the classes of charts are set beside it.
    pub style: &'a str,
    /// The page's script: `SCRIPT`, or none.
    pub script: &'a str,
}

/// A report, made.
#[derive(Clone, Debug)]
pub struct Document {
    /// The page: one file that fetches nothing.
    pub html: String,
    /// Every table of the page, in its order, with the drawing it is behind.
    pub tables: Vec<ReportTable>,
    /// What must be known before anything else, a sentence each.
    pub cautions: Vec<String>,
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
            script: SCRIPT,
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
    set_page(source, &read, placed, &[], None).map_err(|error| vec![error])?;
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

/// The finished page and its tables. A metric that the study cannot compute is
/// "not available because ..."; the page goes on.
///
/// # Errors
/// As `plan`, and names that are neither computed nor known to be missing.
pub fn render(
    source: &Source<'_>,
    rows: &[Released],
    facts: &Facts,
) -> Result<Document, Vec<ReportError>> {
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
    let (fillings, tables) = filled(source, &read, shelf)?;
    let cautions = cautions(shelf);
    let html = set_page(
        source,
        &read,
        |index| fillings.get(&index).cloned(),
        &cautions,
        Some(facts),
    )
    .map_err(|error| vec![error])?;
    Ok(Document {
        html,
        tables,
        cautions,
    })
}

type Filled = (BTreeMap<usize, Filling>, Vec<ReportTable>);

/// What every token of a report becomes, and the tables made on the way.
fn filled(source: &Source<'_>, read: &Read, shelf: Shelf<'_>) -> Result<Filled, Vec<ReportError>> {
    let requests = read.recorded.requests();
    let used: Vec<String> = requests
        .iter()
        .flat_map(|request| request.metrics.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let explains = |request: &Request| request.component == Component::Glossary;
    let terms = match requests.iter().any(explains) {
        true => Terms::Linked,
        false => Terms::Plain,
    };
    let set = set(&read.recorded.text);
    let sections: BTreeMap<usize, Option<usize>> =
        sections::of_tokens(&set.html).into_iter().collect();
    let mut page = components::Page::new(shelf, &used, terms);
    let cards = requests.iter();
    let cards = cards.filter(|request| request.component == Component::Headline);
    page.cards = cards.flat_map(|request| request.metrics.clone()).collect();
    let mut fillings: BTreeMap<usize, Filling> = BTreeMap::new();
    for (index, slot) in read.recorded.slots.iter().enumerate() {
        let filling = match slot {
            Slot::Fact(fact) => Filling::Words(told(*fact, shelf.facts)),
            Slot::Component(request) => {
                let section = sections.get(&index).copied().flatten();
                let section = section.and_then(|at| set.headings.get(at));
                page.section = section
                    .map(|heading| heading.words.clone())
                    .unwrap_or_default();
                page.index = index;
                components::filling(&mut page, request)
                    .map_err(|error| vec![source.error(None, error.to_string())])?
            }
            Slot::Fault(_) => continue,
        };
        fillings.insert(index, filling);
    }
    Ok((fillings, page.tables))
}

fn names(facts: &Facts) -> Vec<String> {
    let missing = facts.unavailable.iter().map(|(metric, _)| metric);
    let all = facts.definitions.iter().chain(missing);
    all.map(|metric| metric.name.clone()).collect()
}

fn dimensions(facts: &Facts) -> Vec<String> {
    let standard = words::dimension_slugs().map(str::to_owned);
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
    cautions: &[String],
    facts: Option<&Facts>,
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
    let body = sections::wrapped(&body);
    let parts = page::Parts {
        front: &read.front,
        contents: &contents,
        body: &body,
        style: source.style,
        script: source.script,
        cautions,
        facts,
    };
    page::page(source.page, &parts)
}
