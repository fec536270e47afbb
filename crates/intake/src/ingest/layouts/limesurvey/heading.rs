//! A LimeSurvey heading: the code, the text, or `code. text`, with the
//! subquestion in square brackets, as `Q1[SQ001]. How are you? [At work]`.

use crate::vocabulary::text;

/// What LimeSurvey itself records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    Id,
    Submitted,
    LastPage,
    StartLanguage,
    Started,
    LastAction,
    Token,
    Email,
    PersonName,
    /// Where the respondent's machine is.
    Address,
    /// What the survey's sender knows of a participant.
    Attribute,
    /// Seeds, referrers and timings.
    Other,
}

/// A heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// The code with its brackets.
    pub(super) code: Option<String>,
    /// The text with its brackets.
    pub(super) text: Option<String>,
    /// The subquestion: its code where there is one, else its text.
    pub(super) part: Option<String>,
    /// How many bracketed parts the code, or else the text, ends in.
    pub(super) subs: usize,
    /// What LimeSurvey itself records.
    pub(super) own: Option<Own>,
}

impl Heading {
    /// Reads a heading.
    pub(super) fn of(written: &str) -> Self {
        let (code, words) = match written
            .split_once(". ")
            .or_else(|| written.split_once(": "))
        {
            Some((code, words)) if is_code(code) => (Some(code), Some(words.trim())),
            _ if is_code(written) => (Some(written), None),
            _ => match written.strip_suffix(['.', ':']).filter(|c| is_code(c)) {
                Some(code) => (Some(code), None),
                None => (None, Some(written).filter(|w| !w.is_empty())),
            },
        };
        let bracketed = code.or(words).unwrap_or_default();
        let part = bracketed
            .strip_suffix(']')
            .and_then(|rest| rest.rsplit_once('['))
            .map(|(_, part)| part.trim().to_owned());
        let subs = match code {
            Some(code) => code.matches('[').count(),
            None => usize::from(part.is_some()),
        };
        Self {
            own: own(code, words),
            part,
            subs,
            code: code.map(str::to_owned),
            text: words.map(str::to_owned),
        }
    }

    /// Whether there is no heading at all.
    pub(super) fn is_blank(&self) -> bool {
        self.code.is_none() && self.text.is_none()
    }

    /// The code of a heading that has a text too.
    pub(super) fn code_of_both(&self) -> Option<&str> {
        self.text.as_ref().and(self.code.as_deref())
    }

    /// The question's text, a bracket without anything in it left out.
    pub(super) fn words(&self) -> Option<String> {
        self.code.as_ref()?;
        let text = self.text.as_deref()?;
        let bare = text.strip_suffix("[]").unwrap_or(text).trim();
        Some(bare.to_owned()).filter(|bare| !bare.is_empty())
    }

    /// The code or the text without the subquestion.
    pub(super) fn base(&self) -> Option<&str> {
        let whole = self.code.as_deref().or(self.text.as_deref())?;
        Some(
            match whole.strip_suffix(']').and_then(|w| w.rsplit_once('[')) {
                Some((base, _)) => base.trim_end(),
                None => whole,
            },
        )
    }

    /// The question's words without the subquestion.
    pub(super) fn stem(&self) -> Option<String> {
        let text = self.text.as_deref()?;
        let stem = text.strip_suffix(']').and_then(|t| t.rsplit_once('['));
        let stem = stem.map_or(text, |(stem, _)| stem).trim();
        Some(stem.to_owned()).filter(|stem| !stem.is_empty())
    }

    /// The subquestion's words.
    pub(super) fn part_text(&self) -> Option<String> {
        let (_, part) = self.text.as_deref()?.strip_suffix(']')?.rsplit_once('[')?;
        Some(text::tidy(part)).filter(|part| !part.is_empty())
    }

    /// What is chosen where this box is ticked.
    pub(super) fn option(&self) -> String {
        if self.is_other() {
            return "Other".to_owned();
        }
        self.part_text()
            .or_else(|| self.part.clone())
            .unwrap_or_default()
    }

    /// Whether this is what was written beside Other.
    pub(super) fn is_other(&self) -> bool {
        let is = |part: &str| part.eq_ignore_ascii_case("other");
        self.part.as_deref().is_some_and(is)
    }

    /// Whether this is a comment on an answer.
    pub(super) fn is_comment(&self) -> bool {
        let is = |part: &str| part.to_ascii_lowercase().ends_with("comment");
        self.part.as_deref().is_some_and(is)
    }
}

/// Letters, digits, `_` and `-`, then parts in brackets.
fn is_code(written: &str) -> bool {
    let (name, parts) = match written.find('[') {
        Some(at) => written.split_at(at),
        None => (written, ""),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let named = name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain);
    let closed =
        parts.is_empty() || parts.ends_with(']') && !parts.contains(' ') && parts.len() > 2;
    named && closed
}

fn own(code: Option<&str>, words: Option<&str>) -> Option<Own> {
    if let Some(found) = code.and_then(by_code) {
        return Some(found);
    }
    let words = text::fold(words?);
    match code {
        None => by_text(&words),
        // A question's own time has its code: `Q1Time. Question time: Q1`.
        Some(code) => {
            let ends = code.to_ascii_lowercase().ends_with("time");
            (ends && is_time_of(&words)).then_some(Own::Other)
        }
    }
}

fn is_time_of(words: &str) -> bool {
    words.starts_with("group time:") || words.starts_with("question time:")
}

fn by_code(code: &str) -> Option<Own> {
    let lower = code.to_ascii_lowercase();
    Some(match lower.as_str() {
        "id" => Own::Id,
        "submitdate" | "completed" => Own::Submitted,
        "lastpage" => Own::LastPage,
        "startlanguage" => Own::StartLanguage,
        "startdate" => Own::Started,
        "datestamp" => Own::LastAction,
        "token" => Own::Token,
        "email" => Own::Email,
        "firstname" | "lastname" => Own::PersonName,
        "ipaddr" => Own::Address,
        "seed" | "refurl" | "interviewtime" => Own::Other,
        _ if numbered(&lower, "attribute_") => Own::Attribute,
        _ if is_timing(&lower) => Own::Other,
        _ => return None,
    })
}

fn by_text(words: &str) -> Option<Own> {
    Some(match words {
        "response id" => Own::Id,
        "date submitted" => Own::Submitted,
        "last page" => Own::LastPage,
        "start language" => Own::StartLanguage,
        "date started" => Own::Started,
        "date last action" => Own::LastAction,
        "access code" | "token" => Own::Token,
        "email address" => Own::Email,
        "first name" | "last name" => Own::PersonName,
        "ip address" => Own::Address,
        "seed" | "referrer url" | "total time" => Own::Other,
        _ if is_time_of(words) => Own::Other,
        _ if numbered(words, "attribute ") => Own::Attribute,
        _ => return None,
    })
}

fn numbered(word: &str, prefix: &str) -> bool {
    word.strip_prefix(prefix)
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `groupTime12`, `questionTime34`, and of older versions `123X45X678Time`.
fn is_timing(code: &str) -> bool {
    let older = code.strip_suffix("time").is_some_and(|rest| {
        rest.contains('x') && rest.bytes().all(|b| b.is_ascii_digit() || b == b'x')
    });
    older || numbered(code, "grouptime") || numbered(code, "questiontime")
}

#[cfg(test)]
mod tests {
    use super::{Heading, Own};

    #[test]
    fn headings_are_codes_texts_or_both() {
        let both = Heading::of("Q01[SQ001]. Your work: [I intend to stay]");
        assert_eq!(both.code.as_deref(), Some("Q01[SQ001]"));
        assert_eq!(
            (both.base(), both.part.as_deref()),
            (Some("Q01"), Some("SQ001"))
        );
        assert_eq!(both.part_text().as_deref(), Some("I intend to stay"));
        assert_eq!(both.stem().as_deref(), Some("Your work:"));
        let code = Heading::of("Q01[other]");
        assert!(code.is_other() && code.text.is_none() && code.option() == "Other");
        let words = Heading::of("What helped? [Peers]");
        assert_eq!(
            (words.base(), words.option()),
            (Some("What helped?"), "Peers".to_owned())
        );
        assert_eq!(words.words(), None, "the heading itself asks");
        assert_eq!(
            Heading::of("Age[SQ1]. Your age: []").words().as_deref(),
            Some("Your age:")
        );
        assert!(Heading::of("Q5[SQ001comment]").is_comment());
        assert!(Heading::of("").is_blank());
    }

    #[test]
    fn what_limesurvey_records_is_known_in_each_form() {
        let own = |written: &str| Heading::of(written).own;
        for form in ["submitdate", "Date submitted", "submitdate. Date submitted"] {
            assert_eq!(own(form), Some(Own::Submitted), "{form}");
        }
        assert_eq!(own("ipaddr. IP address"), Some(Own::Address));
        assert_eq!(own("attribute_1. Site"), Some(Own::Attribute));
        for form in [
            "interviewtime. Total time",
            "groupTime12",
            "12X3X45Time",
            "Group time: A",
        ] {
            assert_eq!(own(form), Some(Own::Other), "{form}");
        }
        assert_eq!(own("Q3. Token"), None);
        assert_eq!(own("overtime"), None);
    }
}
