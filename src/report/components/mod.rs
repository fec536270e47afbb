//! What each component becomes: words, a card, or markup. Every figure comes
//! from a released row; every word of the data is escaped. A component that
//! has nothing to show says why, and the page goes on.

mod about;
mod cards;
mod charts;
mod tables;

use super::markdown::Filling;
use super::request::{Component, Request};
use super::shelf::Shelf;
use crate::chart::ChartError;
use crate::chart::text::escape;

/// What a component is filled with. `index` is its place on the page, which
/// its ids are made of; `used` are all metrics of the page.
pub(super) fn filling(
    shelf: Shelf<'_>,
    request: &Request,
    index: usize,
    used: &[String],
) -> Result<Filling, ChartError> {
    Ok(match request.component {
        Component::Headline => Filling::Card(cards::headline(shelf, request)),
        Component::Sentence => Filling::Words(cards::sentence(shelf, request)),
        Component::CannotTell => Filling::Words(cards::cannot_tell(shelf, request)),
        Component::Table => Filling::Block(tables::table(shelf, request, index)),
        Component::Trend => Filling::Block(tables::trend(shelf, request, index)),
        Component::Chart => Filling::Block(charts::chart(shelf, request, index)?),
        Component::Survival => Filling::Block(charts::survival(shelf, request, index)?),
        Component::Quality => Filling::Block(about::quality(shelf.facts, index)),
        Component::Method => Filling::Block(about::method(shelf, request)),
        Component::Definitions => Filling::Block(about::definitions(shelf, used)),
    })
}

/// A paragraph that says why there is nothing.
fn nothing(words: &str) -> String {
    format!("<p class=\"missing\">{}</p>\n", escape(words))
}
