//! The page round a report: one HTML file whose style sheet, letters and script
//! are in it, and whose Content-Security-Policy lets in nothing else.

use super::error::ReportError;
use super::facts::Facts;
use super::front::Front;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// What is set in a page.
pub(super) struct Parts<'a> {
    /// Title and description.
    pub(super) front: &'a Front,
    /// Ids and escaped words of the headings.
    pub(super) contents: &'a [(String, String)],
    /// The report as markup.
    pub(super) body: &'a str,
    /// The style sheet.
    pub(super) style: &'a str,
    /// The script; may be empty.
    pub(super) script: &'a str,
    /// What must be known before anything else on the page, a sentence each.
    pub(super) cautions: &'a [String],
    /// The page's facts; nothing where the page is only tried.
    pub(super) facts: Option<&'a Facts>,
}

const FILE: &str = "reports/page.html";

/// Source Sans 3, Latin, of variable weight.
const LETTERS: &[u8] = include_bytes!("../../reports/font/source-sans-3.woff2");

/// The rule that brings the letters, which are in the page.
pub(super) static FACE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "@font-face {{ font-family: \"Source Sans 3\"; font-weight: 200 900; font-display: swap; \
         src: url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n",
        base64(LETTERS)
    )
});

/// The page as HTML.
///
/// # Errors
/// A page that is no template, names what is not there, or a style sheet that
/// closes its own element.
pub(super) fn page(template: &str, parts: &Parts<'_>) -> Result<String, ReportError> {
    for (file, what, text) in [
        ("reports/page.css", "style sheet", parts.style),
        ("reports/page.js", "script", parts.script),
    ] {
        if text.contains("</") || text.contains("<!--") {
            return Err(ReportError {
                file: file.to_owned(),
                line: None,
                message: format!("a {what} cannot hold `</` or `<!--`"),
            });
        }
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
        .render_named_str(FILE, template, values(parts))
        .map_err(|error| ReportError {
            file: FILE.to_owned(),
            line: error.line(),
            message: error
                .detail()
                .map_or_else(|| error.kind().to_string(), str::to_owned),
        })
}

fn values(parts: &Parts<'_>) -> Value {
    let text = |told: fn(&Facts) -> String| parts.facts.map(told).unwrap_or_default();
    let contents: Vec<Value> = parts
        .contents
        .iter()
        .map(|(id, words)| {
            context! { id => id, words => Value::from_safe_string(words.clone()) }
        })
        .collect();
    let style = format!("{}{}{}", *FACE, parts.style, crate::chart::STYLE);
    context! {
        title => &parts.front.title,
        description => &parts.front.description,
        study => text(|facts| facts.study.clone()),
        period => text(|facts| facts.reported.in_words()),
        period_label => text(|facts| facts.reported.label.clone()),
        as_at => text(|facts| facts.as_at.to_string()),
        draft => parts.facts.is_some_and(|facts| facts.draft),
        cautions => parts.cautions.to_vec(),
        policy => Value::from_safe_string(policy(&style, parts.script)),
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(parts.script.to_owned()),
        version => text(|facts| facts.version.clone()),
        contents => contents,
        body => Value::from_safe_string(parts.body.to_owned()),
    }
}

/// Nothing may be fetched, framed or sent; one style sheet and one script, each
/// by its hash, and the letters that the style sheet holds.
pub(super) fn policy(style: &str, script: &str) -> String {
    let [style, script] = [style, script].map(|text| base64(&Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
         font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or(0);
            text.push(if place <= chunk.len() {
                char::from(LETTERS[letter])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, policy};

    #[test]
    fn base64_as_in_rfc_4648() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn the_policy_names_style_sheet_and_script_by_their_hashes() {
        // echo -n '' | sha256sum, as base 64
        let nothing = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        let policy = policy("", "a");
        assert!(policy.contains(&format!("style-src {nothing};")));
        assert!(!policy.contains(&format!("script-src {nothing};")));
        assert!(policy.contains("font-src data:;") && !policy.contains("unsafe"));
    }
}
