//! What is wrong with a report's file: where, and what was probably meant.

use std::fmt;

/// One mistake in a report's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportError {
    /// The file as the author knows it: `reports/quarterly.md`.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for ReportError {}

/// `there is no metric`, the name, and the nearest of those there are.
#[must_use]
pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest = known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    match nearest {
        Some((_, nearest)) => format!("there is no {what} `{name}`; did you mean `{nearest}`?"),
        None => format!("there is no {what} `{name}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::{ReportError, unknown};

    #[test]
    fn the_nearest_name_is_offered() {
        let known = ["intention_to_stay", "intention_to_leave", "headcount"];
        let message = unknown("metric", "intention_to_sty", known.into_iter());
        assert!(
            message.ends_with("did you mean `intention_to_stay`?"),
            "{message}"
        );
        let message = unknown("metric", "xyz", known.into_iter());
        assert_eq!(message, "there is no metric `xyz`");
    }

    #[test]
    fn an_error_says_where() {
        let error = ReportError {
            file: "reports/a.md".to_owned(),
            line: Some(3),
            message: "no".to_owned(),
        };
        assert_eq!(error.to_string(), "reports/a.md, line 3: no");
    }
}
