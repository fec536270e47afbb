//! How text is compared: case, dashes, quotes and white space apart. Changes
//! no text that is shown.

use std::borrow::Cow;

/// Collapses white space (no-break spaces and zero-width marks too), makes
/// dashes and quotes plain. Case stays.
#[must_use]
pub fn tidy(text: &str) -> String {
    tidied(text).into_owned()
}

/// `tidy`, of which most texts need nothing: those are lent back.
#[must_use]
pub fn tidied(text: &str) -> Cow<'_, str> {
    if is_tidy(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let plain = match c {
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => continue,
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if plain == ' ' {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(plain);
        }
    }
    Cow::Owned(out)
}

/// Whether a text is words of ASCII with one space between them.
fn is_tidy(text: &str) -> bool {
    let mut gap = true;
    for byte in text.bytes() {
        let space = byte == b' ';
        if !(byte.is_ascii_graphic() || space && !gap) {
            return false;
        }
        gap = space;
    }
    !gap || text.is_empty()
}

/// `tidy`, in lower case: the form in which words are looked up.
#[must_use]
pub fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// `fold`; a text that is so already is lent back.
#[must_use]
pub fn folded(text: &str) -> Cow<'_, str> {
    match tidied(text) {
        Cow::Borrowed(tidy) if !tidy.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            Cow::Borrowed(tidy)
        }
        tidy => Cow::Owned(tidy.to_lowercase()),
    }
}

/// Letters and digits of `fold`, other stretches as one underscore: a slug.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in folded(text).chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_owned()
}

/// Words of letters and digits of `fold`, one space between them, `&` as
/// `and`: the form in which labels and questions are matched.
#[must_use]
pub fn words(text: &str) -> String {
    let folded = folded(text);
    let mut out = String::with_capacity(folded.len());
    let mut gap = false;
    for c in folded.chars() {
        if c == '&' {
            out.push_str(if out.is_empty() { "and" } else { " and" });
            gap = true;
        } else if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            out.push(c);
            gap = false;
        } else {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fold, slug, tidy, words};

    #[test]
    fn words_stand_apart_from_their_marks() {
        assert_eq!(
            words("White & Black-Caribbean"),
            "white and black caribbean"
        );
        assert_eq!(words("White&Asian"), "white and asian");
        assert_eq!(words(" 5 \u{2013} Don\u{2019}t know. "), "5 don t know");
        assert_eq!(words("&"), "and");
        assert_eq!(words("--"), "");
    }

    #[test]
    fn text_compares_without_its_dress() {
        assert_eq!(
            tidy("\u{feff} Dismissal \u{2013}\u{a0}Capability\n"),
            "Dismissal - Capability"
        );
        assert_eq!(fold("Don\u{2019}t  KNOW"), "don't know");
        assert_eq!(
            slug("Ethnic Origin (self-declared)"),
            "ethnic_origin_self_declared"
        );
        assert_eq!(slug("  "), "");
        for (text, plain) in [
            ("a b", "a b"),
            ("", ""),
            (" ", ""),
            ("a  b", "a b"),
            ("a ", "a"),
        ] {
            assert_eq!(tidy(text), plain);
        }
        assert_eq!(tidy("a\u{7f}b\0"), "a b");
    }
}
