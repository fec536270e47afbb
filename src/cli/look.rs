//! Bold and dim words on a terminal that can show them, and plain ones
//! everywhere else: in a file or a pipe, where NO_COLOR is set, and where TERM
//! is `dumb`. No colour at all.

use std::io::IsTerminal;

/// How words on one stream look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Words as they are.
    Plain,
    /// Weight by escape codes.
    Weighted,
}

impl Look {
    /// The look of a stream.
    pub(super) fn of(stream: &impl IsTerminal) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        // The old Windows console prints escape codes as they are; the new one
        // and those that know TERM do not.
        let knows = !cfg!(windows) || set("WT_SESSION") || set("TERM");
        if stream.is_terminal() && !set("NO_COLOR") && !dumb && knows {
            Self::Weighted
        } else {
            Self::Plain
        }
    }

    /// What catches the eye first.
    pub(super) fn bold(self, words: &str) -> String {
        self.within(words, "1")
    }

    /// What may be passed over.
    pub(super) fn dim(self, words: &str) -> String {
        self.within(words, "2")
    }

    fn within(self, words: &str, code: &str) -> String {
        match self {
            Self::Weighted if !words.is_empty() => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
            _ => words.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Look;

    #[test]
    fn plain_words_have_no_codes() {
        assert_eq!(Look::Plain.bold("a"), "a");
        assert_eq!(Look::Weighted.bold("a"), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(Look::Weighted.dim(""), "");
    }
}
