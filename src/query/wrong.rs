//! Findings about metric files, and the name that was probably meant.

use staywise_core::domain::{Finding, Origin, Severity};

/// A finding about a metric file.
pub(super) fn mistake(path: &str, line: Option<u32>, words: (String, String)) -> Finding {
    Finding {
        rule: "metric-file",
        severity: Severity::Error,
        origin: Origin {
            row: line,
            ..Origin::file(path)
        },
        message: words.0,
        remedy: words.1,
        count: 1,
        private_value: None,
    }
}

/// The nearest of some names, where one is near.
pub(super) fn nearest<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const NEAR: f64 = 0.8;
    let scored = names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wanted, name), name));
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(score, _)| *score >= NEAR)
        .map(|(_, name)| name)
}
