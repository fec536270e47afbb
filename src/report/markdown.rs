//! Markdown to HTML, then tokens to what they stand for. Raw HTML stays text,
//! only web, mail and page links are links, and nothing is fetched. A token
//! of a component is a paragraph of its own; words may stand anywhere.

use super::set_tables::tables;
use super::template::{CLOSE, OPEN};
use crate::chart::text::escape;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::BTreeSet;

/// A heading of the second level, for the page's contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// The id in the page.
    pub(super) id: String,
    /// Its words, tokens and all.
    pub(super) words: String,
}

/// HTML with tokens in it, and the page's headings.
#[derive(Debug)]
pub(super) struct Set {
    /// The markup.
    pub(super) html: String,
    /// Headings of the second level.
    pub(super) headings: Vec<Heading>,
}

/// Turns Markdown into HTML. The page's title is its only first-level
/// heading, so one in the text counts as of the second.
pub(super) fn set(markdown: &str) -> Set {
    let mut headings = Vec::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut link = Link::Kept;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        let Some(event) = harmless(event, &mut link) else {
            continue;
        };
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some((events.len(), String::new())),
            Event::Text(ref words) | Event::Code(ref words) => {
                if let Some((_, heading)) = open.as_mut() {
                    heading.push_str(words);
                }
            }
            _ => {}
        }
        let ends = match event {
            Event::End(TagEnd::Heading(level)) => Some(lowered(level)),
            _ => None,
        };
        events.push(match ends {
            Some(level) => Event::End(TagEnd::Heading(level)),
            None => event,
        });
        if let Some(level) = ends
            && let Some((start, words)) = open.take()
        {
            let id = unique(&mut ids, &slug(&words));
            if let Some(opening) = events.get_mut(start) {
                *opening = Event::Start(Tag::Heading {
                    level,
                    id: Some(CowStr::from(id.clone())),
                    classes: Vec::new(),
                    attrs: Vec::new(),
                });
            }
            if level == HeadingLevel::H2 {
                headings.push(Heading { id, words });
            }
        }
    }
    let mut written = String::new();
    html::push_html(
        &mut written,
        tables(events, &mut |words| unique(&mut ids, &slug(words))).into_iter(),
    );
    Set {
        html: written,
        headings,
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        level => level,
    }
}

/// Whether the link that is open, or was last, is still a link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Kept,
    Dropped,
}

/// The event, made harmless, or nothing. Links do not nest.
fn harmless<'a>(event: Event<'a>, link: &mut Link) -> Option<Event<'a>> {
    let blocked = |url: &str| {
        let url = url.trim().to_ascii_lowercase();
        let allowed = ["https://", "http://", "mailto:", "#"];
        !allowed.iter().any(|start| url.starts_with(start))
    };
    match event {
        Event::Html(words) | Event::InlineHtml(words) => {
            let comment = words.trim_start().starts_with("<!--");
            (!comment).then_some(Event::Text(words))
        }
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            *link = if blocked(dest_url) {
                Link::Dropped
            } else {
                Link::Kept
            };
            (*link == Link::Kept).then_some(event)
        }
        Event::End(TagEnd::Link) => (*link == Link::Kept).then_some(event),
        Event::Start(Tag::Image { .. }) => Some(Event::Start(Tag::Emphasis)),
        Event::End(TagEnd::Image) => Some(Event::End(TagEnd::Emphasis)),
        event => Some(event),
    }
}

fn slug(words: &str) -> String {
    let mut slug = String::new();
    let mut in_token = false;
    for letter in words.chars() {
        match letter {
            OPEN => in_token = true,
            CLOSE => in_token = false,
            _ if in_token => {}
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug.to_owned()
    }
}

/// The slug, or the slug with the first number that nobody has.
fn unique(ids: &mut BTreeSet<String>, slug: &str) -> String {
    let mut id = slug.to_owned();
    let mut times = 1;
    while !ids.insert(id.clone()) {
        times += 1;
        id = format!("{slug}-{times}");
    }
    id
}

/// What a token becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filling {
    /// Words, not yet escaped.
    Words(String),
    /// A sentence as markup, and in plain words for places that take none.
    Inline {
        /// Markup.
        html: String,
        /// Words, not yet escaped.
        plain: String,
    },
    /// A card; neighbours stand in one row.
    Card(String),
    /// Markup of its own.
    Block(String),
}

/// Puts what they stand for in place of the tokens.
///
/// # Errors
/// The index of a token that stands where its component cannot.
pub(super) fn fill(
    html: &str,
    filling: impl Fn(usize) -> Option<Filling>,
) -> Result<String, usize> {
    let mut page = String::with_capacity(html.len() * 2);
    let mut rest = html;
    while let Some((before, paragraph, after)) = next_paragraph(rest) {
        page.push_str(&inline(before, &filling)?);
        match blocks(paragraph, &filling) {
            Some(markup) => page.push_str(&markup),
            None => page.push_str(&format!("<p>{}</p>", inline(paragraph, &filling)?)),
        }
        rest = after;
    }
    page.push_str(&inline(rest, &filling)?);
    Ok(page)
}

fn next_paragraph(html: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = html.split_once("<p>")?;
    let (paragraph, after) = from.split_once("</p>")?;
    Some((before, paragraph, after))
}

/// The pieces of a text: words and tokens.
pub(super) fn pieces(text: &str) -> Vec<Result<&str, usize>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, from)) = rest.split_once(OPEN) {
        let Some((index, after)) = from.split_once(CLOSE) else {
            break;
        };
        pieces.push(Ok(words));
        if let Ok(index) = index.parse() {
            pieces.push(Err(index));
        }
        rest = after;
    }
    pieces.push(Ok(rest));
    pieces
}

/// A paragraph that holds components and nothing else, as markup.
fn blocks(paragraph: &str, filling: &impl Fn(usize) -> Option<Filling>) -> Option<String> {
    let mut markup = String::new();
    let mut cards = String::new();
    let mut any = false;
    for piece in pieces(paragraph) {
        match piece {
            Ok(words) if words.trim().is_empty() => {}
            Ok(_) => return None,
            Err(index) => match filling(index)? {
                Filling::Words(_) | Filling::Inline { .. } => return None,
                Filling::Card(card) => {
                    any = true;
                    cards.push_str(&card);
                }
                // A component may have nothing to say, as where no run is named.
                Filling::Block(block) => {
                    any = true;
                    markup.push_str(&block);
                }
            },
        }
    }
    if !cards.is_empty() {
        markup.insert_str(0, &format!("<div class=\"cards\">\n{cards}</div>\n"));
    }
    any.then_some(markup)
}

/// Words in place of tokens; any other component is out of place. Within a
/// tag, as in a link's title, a sentence is its words alone.
fn inline(text: &str, filling: &impl Fn(usize) -> Option<Filling>) -> Result<String, usize> {
    let mut filled = String::with_capacity(text.len());
    let mut in_tag = false;
    for piece in pieces(text) {
        match piece {
            Ok(words) => {
                // Neither mark stands in the text itself: both are escaped there.
                in_tag = match (words.rfind('<'), words.rfind('>')) {
                    (None, None) => in_tag,
                    (opened, closed) => opened > closed,
                };
                filled.push_str(words);
            }
            Err(index) => match filling(index) {
                Some(Filling::Words(words)) => filled.push_str(&escape(&words)),
                Some(Filling::Inline { plain, .. }) if in_tag => filled.push_str(&escape(&plain)),
                Some(Filling::Inline { html, .. }) => filled.push_str(&html),
                _ => return Err(index),
            },
        }
    }
    Ok(filled)
}

/// A heading's words for the contents list, escaped.
///
/// # Errors
/// The index of a token that stands where its component cannot.
pub(super) fn heading_words(
    heading: &Heading,
    filling: impl Fn(usize) -> Option<Filling>,
) -> Result<String, usize> {
    let plain = |index: usize| match filling(index) {
        Some(Filling::Inline { plain, .. }) => Some(Filling::Words(plain)),
        other => other,
    };
    inline(&escape(&heading.words), &plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Filling, fill, set};
    use crate::report::template::token;

    fn filled(markdown: &str) -> Result<String, usize> {
        fill(&set(markdown).html, |index| match index {
            0 => Some(Filling::Words(
                "[x](javascript:alert(1)) <script>\"".to_owned(),
            )),
            1 => Some(Filling::Card("<article>1</article>\n".to_owned())),
            2 => Some(Filling::Block("<figure></figure>\n".to_owned())),
            _ => None,
        })
    }

    #[test]
    fn what_data_say_stays_text() {
        let words = "[x](javascript:alert(1)) &lt;script&gt;&quot;";
        for markdown in [
            "Site T.",
            "**T**",
            "- T",
            "# T",
            "[a](https://b \"T\")",
            "`T`",
        ] {
            let html = filled(&markdown.replace('T', &token(0))).unwrap();
            assert!(html.contains(words), "{html}");
            assert!(
                !html.contains("<script") && !html.contains("href=\"javascript"),
                "{html}"
            );
        }
    }

    #[test]
    fn what_an_author_writes_runs_nothing() {
        let html = filled(
            "<script>x</script>\n\n<b>y</b> [z](javascript:x) ![a](http://b/c.png)\n\n<!-- c -->",
        )
        .unwrap();
        for bad in ["<script", "<b>", "<a ", "<img", "c.png", "<!--"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert!(
            filled("[z](https://a.b)")
                .unwrap()
                .contains("<a href=\"https://a.b\">z</a>")
        );
    }

    #[test]
    fn components_are_paragraphs_and_cards_stand_together() {
        let html = filled(&format!("{}\n{}\n\n{}", token(1), token(1), token(2))).unwrap();
        assert!(html.starts_with(
            "<div class=\"cards\">\n<article>1</article>\n<article>1</article>\n</div>"
        ));
        assert!(html.contains("<figure></figure>") && !html.contains("<p>"));
        for place in ["Words T.", "- T", "## T", "> a T"] {
            assert_eq!(filled(&place.replace('T', &token(2))), Err(2), "{place}");
        }
        assert_eq!(filled(&token(9)), Err(9));
    }

    #[test]
    fn a_sentence_is_markup_but_never_within_a_tag() {
        let fill_with = |markdown: &str| {
            fill(&set(&markdown.replace('T', &token(0))).html, |_| {
                Some(Filling::Inline {
                    html: "<strong>a</strong> <small>\"b\"</small>".to_owned(),
                    plain: "a \"b\"".to_owned(),
                })
            })
            .unwrap()
        };
        assert!(fill_with("- T").contains("<li><strong>a</strong> <small>"));
        let link = fill_with("x > y < z [a](https://b \"T\") T");
        assert!(link.contains("title=\"a &quot;b&quot;\""), "{link}");
        assert!(
            link.ends_with("</a> <strong>a</strong> <small>\"b\"</small></p>\n"),
            "{link}"
        );
    }

    #[test]
    fn headings_have_ids_of_their_own() {
        let found = set("## How good?\n\n# How good?\n\n### Not in the contents\n\n## !");
        let ids: Vec<&str> = found.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["how-good", "how-good-2", "section"]);
        assert!(!found.html.contains("<h1"));
    }
}
