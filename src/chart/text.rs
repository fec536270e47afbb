//! How wide words are and how they are broken over lines. Widths are those of
//! the embedded font with something to spare, so that a label has room left
//! over, never too little.

use super::letters::Face;

/// Width of a text in pixels in a face, or at a font size in pixels.
#[must_use]
pub fn width(text: &str, face: impl Into<Face>) -> f64 {
    let face = face.into();
    text.chars().map(|letter| face.advance(letter)).sum()
}

/// Breaks a label over at most two lines of `room` pixels; what does not fit
/// ends in an ellipsis (the table has it in full).
#[must_use]
pub fn two_lines(text: &str, face: impl Into<Face>, room: f64) -> Vec<String> {
    let face = face.into();
    if width(text, face) <= room {
        return vec![text.to_owned()];
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = |count: usize| width(&words[..count].join(" "), face) <= room;
    let on_first = (1..words.len()).take_while(|count| fits(*count)).last();
    match on_first {
        Some(count) => vec![
            words[..count].join(" "),
            ellipsis(&words[count..].join(" "), face, room),
        ],
        None => vec![ellipsis(text, face, room)],
    }
}

/// The text over as many lines of `room` pixels as it needs; a word that is
/// wider than a line is cut with an ellipsis.
#[must_use]
pub fn lines(text: &str, face: impl Into<Face>, room: f64) -> Vec<String> {
    let face = face.into();
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = ellipsis(word, face, room);
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), face) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// The text, or as much of it as fits with an ellipsis.
#[must_use]
pub fn ellipsis(text: &str, face: impl Into<Face>, room: f64) -> String {
    let face = face.into();
    if width(text, face) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = face.advance('…');
    for letter in text.chars() {
        used += face.advance(letter);
        if used > room {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// Text as it may stand between tags or in a quoted attribute: the five
/// letters of markup escaped, control characters (which XML forbids) and the
/// marks that reverse the direction of what follows as a replacement sign.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(clean(c)),
        }
    }
    escaped
}

/// The letter itself, a space for a line end or tab, or a replacement sign.
#[must_use]
pub fn clean(letter: char) -> char {
    match letter {
        '\n' | '\r' | '\t' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{ellipsis, escape, two_lines, width};

    #[test]
    fn a_label_takes_two_lines_and_no_more() {
        let long =
            "Additional professional scientific and technical staff of the northern hospitals";
        let lines = two_lines(long, 15.0, 180.0);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| width(line, 15.0) <= 180.0));
        assert!(lines[1].ends_with('…'));
        assert_eq!(two_lines("Nursing", 15.0, 180.0), ["Nursing"]);
    }

    #[test]
    fn one_long_word_is_cut() {
        let lines = two_lines(&"x".repeat(90), 15.0, 100.0);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].ends_with('…') && width(&lines[0], 15.0) <= 100.0);
        assert_eq!(ellipsis("short", 15.0, 100.0), "short");
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            escape("<b>\"A&E\"</b>'\u{1}\u{202E}"),
            "&lt;b&gt;&quot;A&amp;E&quot;&lt;/b&gt;&#39;\u{FFFD}\u{FFFD}"
        );
    }
}
