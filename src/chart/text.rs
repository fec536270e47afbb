//! How wide words are, near enough, and how they are broken over lines. The
//! page's font is not known when a chart is drawn, so widths err on the wide
//! side: a label may have room to spare, never too little.

/// Width of a text in pixels at a font size in pixels.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    let em: f64 = text.chars().map(em).sum();
    em * size * 1.06
}

/// The advance of a letter as a share of the font size, after the metrics of
/// common sans-serif faces.
fn em(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.26,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '-' | '/' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.88,
        'A'..='Z' | '&' => 0.68,
        // Letters beyond Latin may be as wide as they are high.
        c if u32::from(c) > 0x2FF => 1.0,
        _ => 0.56,
    }
}

/// Breaks a label over at most two lines of `room` pixels; what does not fit
/// ends in an ellipsis (the table has it in full).
#[must_use]
pub fn two_lines(text: &str, size: f64, room: f64) -> Vec<String> {
    if width(text, size) <= room {
        return vec![text.to_owned()];
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = |count: usize| width(&words[..count].join(" "), size) <= room;
    let on_first = (1..words.len()).take_while(|count| fits(*count)).last();
    match on_first {
        Some(count) => vec![
            words[..count].join(" "),
            ellipsis(&words[count..].join(" "), size, room),
        ],
        None => vec![ellipsis(text, size, room)],
    }
}

/// The text, or as much of it as fits with an ellipsis.
#[must_use]
pub fn ellipsis(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size);
    for letter in text.chars() {
        used += width(&letter.to_string(), size);
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
