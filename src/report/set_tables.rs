//! Tables of an author's Markdown, set as the page's own are, so that a
//! screen reader and the script find the same in both. Knows no figure.

use super::phrases;
use crate::chart::text::escape;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

/// The same with each table as the page's own are: a caption, which is the
/// heading that it stands under, headers with their scope, and each row named
/// by its first cell. `id` makes an id of words, never the same twice.
pub(super) fn tables<'a>(
    events: Vec<Event<'a>>,
    id: &mut dyn FnMut(&str) -> String,
) -> Vec<Event<'a>> {
    let mut kept: Vec<Event<'a>> = Vec::with_capacity(events.len());
    let mut heading = String::new();
    let mut within = false;
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        match &event {
            Event::Start(Tag::Heading { .. }) => {
                within = true;
                heading.clear();
            }
            Event::End(TagEnd::Heading(_)) => within = false,
            Event::Text(words) | Event::Code(words) if within => heading.push_str(words),
            Event::Start(Tag::Table(_)) => {
                let inside = events
                    .by_ref()
                    .take_while(|event| !matches!(event, Event::End(TagEnd::Table)));
                let inside: Vec<Event<'a>> = inside.collect();
                let id = id(&format!("told {heading}"));
                kept.push(Event::Html(CowStr::from(table(inside, &heading, &id))));
                continue;
            }
            _ => {}
        }
        kept.push(event);
    }
    kept
}

fn table(inside: Vec<Event<'_>>, heading: &str, id: &str) -> String {
    let caption = match heading {
        "" => phrases::THE_TABLE.say([]),
        words => words.to_owned(),
    };
    let caption = escape(&caption);
    let mut markup = format!(
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\n\
         <table data-sortable data-name=\"{id}\">\n<caption id=\"{id}\">{caption}</caption>\n<thead>\n<tr>"
    );
    let (mut cell, mut column, mut head) = (Vec::new(), 0, true);
    for event in inside {
        match event {
            Event::Start(Tag::TableHead | Tag::TableCell) => {}
            Event::Start(Tag::TableRow) => {
                markup.push_str("<tr>");
                column = 0;
            }
            Event::End(TagEnd::TableHead) => {
                markup.push_str("</tr>\n</thead>\n<tbody>\n");
                head = false;
            }
            Event::End(TagEnd::TableRow) => markup.push_str("</tr>\n"),
            Event::End(TagEnd::TableCell) => {
                let (open, close) = match (head, column) {
                    (true, _) => ("<th scope=\"col\">", "</th>"),
                    (false, 0) => ("<th scope=\"row\">", "</th>"),
                    (false, _) => ("<td>", "</td>"),
                };
                markup.push_str(open);
                html::push_html(&mut markup, cell.drain(..));
                markup.push_str(close);
                column += 1;
            }
            event => cell.push(event),
        }
    }
    markup.push_str("</tbody>\n</table>\n</div>\n");
    markup
}

#[cfg(test)]
mod tests {
    use crate::report::markdown::set;

    #[test]
    fn a_table_is_named_and_so_are_its_columns_and_rows() {
        let made = set(
            "## A & B\n\n| x | y |\n| --- | --- |\n| 1 | [z](#a) |\n\n| p |\n| --- |\n| <b> |\n",
        );
        for words in [
            "<caption id=\"told-a-b\">A &amp; B</caption>",
            "<tr><th scope=\"col\">x</th><th scope=\"col\">y</th></tr>",
            "<tr><th scope=\"row\">1</th><td><a href=\"#a\">z</a></td></tr>",
            "aria-labelledby=\"told-a-b-2\"",
            "<th scope=\"row\">&lt;b&gt;</th>",
        ] {
            assert!(made.html.contains(words), "{words} in {}", made.html);
        }
        assert_eq!(made.html.matches("<div class=\"table\"").count(), 2);
    }
}
