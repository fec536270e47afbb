//! A page's sections: from each heading of the second level to the next. Every
//! such heading is the author's; what components make starts a level lower.

use super::markdown::pieces;

/// The heading that each token stands under, as an index into the headings of
/// the second level; none before the first.
pub(super) fn of_tokens(html: &str) -> Vec<(usize, Option<usize>)> {
    let mut found = Vec::new();
    let mut opened = 0_usize;
    for piece in pieces(html) {
        match piece {
            Ok(words) => opened += words.matches("<h2").count(),
            Err(index) => found.push((index, opened.checked_sub(1))),
        }
    }
    found
}

/// The markup with an element round each section.
pub(super) fn wrapped(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + 512);
    for (index, part) in html.split("<h2").enumerate() {
        match index {
            0 => page.push_str(part),
            _ => page.push_str(&format!("<section>\n<h2{part}</section>\n")),
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{of_tokens, wrapped};
    use crate::report::markdown::set;
    use crate::report::template::token;

    #[test]
    fn tokens_know_their_section() {
        let [a, b, c] = [0, 1, 2].map(token);
        let text = format!("{a}\n\n## A\n\n{b}\n\n## B\n\n### no\n\n## C\n\n{c}");
        let found = of_tokens(&set(&text).html);
        assert_eq!(found, [(0, None), (1, Some(0)), (2, Some(2))]);
    }

    #[test]
    fn sections_end_where_the_next_begins() {
        assert_eq!(
            wrapped("<p>x</p><h2 id=\"a\">A</h2>y<h2>B</h2>"),
            "<p>x</p><section>\n<h2 id=\"a\">A</h2>y</section>\n<section>\n<h2>B</h2></section>\n"
        );
    }
}
