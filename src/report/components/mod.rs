//! What each component becomes: words, a card, or markup. Every figure comes
//! from a released row; every word of the data is escaped. A component that
//! has nothing to show says why, and the page goes on.

mod about;
mod answers;
mod cards;
pub(super) mod case;
mod changed;
mod charts;
mod compare;
mod comparison;
mod control;
mod fates;
mod flow;
mod forward;
mod frame;
mod grid;
mod know;
mod leaving;
mod moved;
mod published;
mod retold;
mod rollout;
mod scale;
mod sites;
mod tables;
mod trend;
mod turnover;

use super::markdown::Filling;
use super::request::{Component, Request};
use super::shelf::{Lack, Shelf};
use super::table::{ReportTable, Text};
use super::terms::{Terms, glossary};
use super::words::Sentence;
use crate::chart::text::escape;
use crate::chart::{ChartError, Drawing};
use staywise_core::domain::{Grain, Metric};
use std::collections::BTreeSet;

/// A page while its components are filled: what they may show, and what they
/// have made so far.
pub(super) struct Page<'a> {
    /// Rows and facts.
    pub(super) shelf: Shelf<'a>,
    /// All metrics of the page.
    pub(super) used: &'a [String],
    /// Those that have a card.
    pub(super) cards: Vec<String>,
    /// Whether the page explains its words.
    pub(super) terms: Terms,
    /// The tables made so far.
    pub(super) tables: Vec<ReportTable>,
    /// The section that is being filled.
    pub(super) section: String,
    /// The component that is being filled, which its drawings' ids are made of.
    pub(super) index: usize,
    ids: BTreeSet<String>,
    /// What each section has said is missing, and why.
    missed: BTreeSet<(String, Lack)>,
    /// What else each section has said that there is not.
    without: BTreeSet<(String, String)>,
    sure: Sure,
}

/// Whether the page has said what a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sure {
    Unsaid,
    Said,
}

impl<'a> Page<'a> {
    /// A page with nothing in it.
    pub(super) fn new(shelf: Shelf<'a>, used: &'a [String], terms: Terms) -> Self {
        Self {
            shelf,
            used,
            cards: Vec::new(),
            terms,
            tables: Vec::new(),
            section: String::new(),
            index: 0,
            ids: BTreeSet::new(),
            missed: BTreeSet::new(),
            without: BTreeSet::new(),
            sure: Sure::Unsaid,
        }
    }

    /// Whether the page has said what a bar is.
    fn has_said(&self) -> bool {
        self.sure == Sure::Said
    }

    /// Why a request has nothing to show, as a paragraph. A section says the
    /// same reason once: a study without a staff list is told so, not told so
    /// for every chart. "How we worked it out" lists every metric.
    /// What hardly any study has, published flows and people followed without
    /// dates, is not missed.
    fn missing(&mut self, request: &Request) -> String {
        let metric = self.shelf.metric(request.metric());
        if metric.is_some_and(is_beside) {
            return String::new();
        }
        let lack = self.shelf.lack(request);
        if self.missed.insert((self.section.clone(), lack)) {
            nothing(&self.shelf.why_missing(request))
        } else {
            String::new()
        }
    }

    /// Why a component that is told no rows has nothing to show, as a
    /// paragraph. A section says it once.
    fn without(&mut self, words: &str) -> String {
        let said = (self.section.clone(), words.to_owned());
        match self.without.insert(said) {
            true => nothing(words),
            false => String::new(),
        }
    }

    /// Whether the section has said why a request has nothing to show.
    fn has_missed(&self, request: &Request) -> bool {
        let lack = self.shelf.lack(request);
        self.missed.contains(&(self.section.clone(), lack))
    }

    /// Keeps a table, with an id of its own, and gives its markup.
    pub(super) fn table(&mut self, text: Text, drawing: Option<Drawing>) -> String {
        let shorthand = text.shorthand();
        let table = ReportTable {
            id: self.id(&text.title),
            section: self.section.clone(),
            title: text.title,
            dates: text.dates,
            columns: text.columns,
            rows: text.rows,
            between: text.between,
            shorthand,
            notes: text.notes,
            drawing,
        };
        let html = table.html(self.terms);
        self.tables.push(table);
        html
    }

    /// Words as an id: letters, digits and hyphens, with a number where
    /// another table has the same.
    fn id(&mut self, words: &str) -> String {
        let mut slug = String::new();
        for letter in words.to_lowercase().chars().take(80) {
            if letter.is_ascii_alphanumeric() {
                slug.push(letter);
            } else if !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        let slug = if slug.is_empty() { "table" } else { slug };
        let mut id = slug.to_owned();
        let mut times = 1;
        while !self.ids.insert(id.clone()) {
            times += 1;
            id = format!("{slug}-{times}");
        }
        id
    }
}

/// Whether a metric is of what stands beside the study's own people.
fn is_beside(metric: &Metric) -> bool {
    matches!(metric.grain, Grain::Flow | Grain::Followed)
}

/// What a component is filled with.
pub(super) fn filling(page: &mut Page<'_>, request: &Request) -> Result<Filling, ChartError> {
    let shelf = page.shelf;
    Ok(match request.component {
        Component::Headline => match cards::headline(shelf, request) {
            Some(card) => Filling::Card(card),
            None => Filling::Block(page.missing(request)),
        },
        Component::Sentence => inline(&cards::sentence(shelf, request)),
        Component::CannotTell => inline(&know::cannot_tell(shelf, request)),
        Component::Findings => Filling::Block(know::findings(page, request)),
        Component::Table => Filling::Block(tables::table(page, request)),
        Component::Trend => Filling::Block(trend::trend(page, request)?),
        Component::Chart => Filling::Block(charts::chart(page, request)?),
        Component::Survival => Filling::Block(charts::survival(page, request)?),
        Component::Likert => Filling::Block(answers::likert(page, request)?),
        Component::Bars => Filling::Block(answers::bars(page, request)?),
        Component::HeatMap => Filling::Block(grid::heat_map(page, request)?),
        Component::Forest => Filling::Block(compare::forest(page, request)?),
        Component::Funnel => Filling::Block(compare::funnel(page, request)?),
        Component::Slope => Filling::Block(moved::slope(page, request)?),
        Component::Comparison => Filling::Block(comparison::comparison(page, request)?),
        Component::Flow => Filling::Block(flow::flow(page, request)?),
        Component::Balance => Filling::Block(flow::balance(page, request)?),
        Component::Turnover => Filling::Block(turnover::turnover(page)?),
        Component::Leaving => Filling::Block(leaving::leaving(page, request)?),
        Component::Times => Filling::Block(leaving::times(page, request)),
        Component::Control => Filling::Block(control::control(page, request)?),
        Component::Sites => Filling::Block(sites::sites(page, request)?),
        Component::Forward => Filling::Block(forward::forward(page)),
        Component::Fates => Filling::Block(fates::fates(page)),
        Component::Rollout => Filling::Block(rollout::rollout(page)),
        Component::Changed => Filling::Block(changed::changed(page, request)?),
        Component::Since => Filling::Block(moved::since(page)),
        of @ (Component::CaseAnswer
        | Component::CaseBreakEven
        | Component::CaseTornado
        | Component::CaseCash
        | Component::CaseLeaver
        | Component::CaseProgramme
        | Component::CaseDraws
        | Component::CaseOptions
        | Component::CaseWho
        | Component::CaseInputs
        | Component::CaseWorked) => Filling::Block(case::told(page, of)?),
        Component::Published => Filling::Block(published::published(page)),
        Component::Quality => Filling::Block(about::quality(page)),
        Component::Method => Filling::Block(about::method(page, request)),
        Component::Definitions => Filling::Block(about::definitions(shelf, page.used)),
        Component::Glossary => Filling::Block(glossary()),
    })
}

/// A sentence within a paragraph: its first part in bold, its claims small.
fn inline(sentence: &Sentence) -> Filling {
    Filling::Inline {
        html: told(sentence),
        plain: sentence.words(),
    }
}

/// The same as markup.
fn told(sentence: &Sentence) -> String {
    let mut html = match sentence.first.as_str() {
        "" => String::new(),
        first => format!("<strong>{}</strong>", escape(first)),
    };
    html.push_str(&escape(&sentence.rest));
    for claim in &sentence.claims {
        html.push_str(&format!(
            " <small class=\"claim\">{}</small>",
            escape(claim)
        ));
    }
    html
}

/// A paragraph that says why there is nothing.
fn nothing(words: &str) -> String {
    format!("<p class=\"missing\">{}</p>\n", escape(words))
}
