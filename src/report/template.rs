//! A report's text through minijinja. Components do not draw: each leaves a
//! token and is recorded, so that what a page needs is known before anything
//! is computed, and nothing in the data can become markup or an argument.

use super::error::{ReportError, unknown};
use super::request::{Component, Known, Request};
use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use std::sync::{Arc, Mutex, PoisonError};

/// What opens and closes a token: characters of the private use area, which
/// no text of the author keeps.
pub(super) const OPEN: char = '\u{E000}';
/// See `OPEN`.
pub(super) const CLOSE: char = '\u{E001}';

/// More components than any page needs; a loop that makes more is a mistake.
const MOST: usize = 2_000;

/// Page facts that a report may name within a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageFact {
    /// The study's name.
    Study,
    /// The period in words.
    Period,
    /// The as-at date.
    AsAt,
}

impl PageFact {
    const ALL: [(&'static str, Self); 3] = [
        ("study", Self::Study),
        ("period", Self::Period),
        ("as_at", Self::AsAt),
    ];
}

/// What a token stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// A fact within a sentence.
    Fact(PageFact),
    /// A component.
    Component(Request),
    /// A component that was called wrongly.
    Fault(String),
}

/// A report's text with tokens in it, and what they stand for.
#[derive(Debug)]
pub(super) struct Recorded {
    /// Markdown.
    pub(super) text: String,
    /// By token.
    pub(super) slots: Vec<Slot>,
}

impl Recorded {
    /// The components asked for, in order.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.slots
            .iter()
            .filter_map(|slot| match slot {
                Slot::Component(request) => Some(request.clone()),
                _ => None,
            })
            .collect()
    }
}

/// The slots of one rendering. With `stop_at`, that call fails, which is how
/// its line is learnt.
#[derive(Default)]
struct Book {
    slots: Vec<Slot>,
    stop_at: Option<usize>,
}

/// The token of a slot.
pub(super) fn token(index: usize) -> String {
    format!("{OPEN}{index}{CLOSE}")
}

/// Renders a report's body once with recording components.
///
/// # Errors
/// Every mistake in the template or in a component's arguments, with its line.
pub(super) fn record(file: &str, body: &str) -> Result<Recorded, Vec<ReportError>> {
    let body = plain(body);
    let recorded = run(file, &body, None).map_err(|error| vec![error])?;
    let faults: Vec<ReportError> = recorded
        .slots
        .iter()
        .enumerate()
        .filter_map(|(index, slot)| match slot {
            Slot::Fault(message) => Some(ReportError {
                file: file.to_owned(),
                line: line_of(file, &body, index),
                message: message.clone(),
            }),
            _ => None,
        })
        .collect();
    if faults.is_empty() {
        Ok(recorded)
    } else {
        Err(faults)
    }
}

/// Checks the names of every component.
pub(super) fn check(
    file: &str,
    body: &str,
    recorded: &Recorded,
    known: &Known<'_>,
) -> Vec<ReportError> {
    let body = plain(body);
    let mut errors = Vec::new();
    for (index, slot) in recorded.slots.iter().enumerate() {
        if let Slot::Component(request) = slot
            && let Err(message) = request.check(known)
        {
            errors.push(ReportError {
                file: file.to_owned(),
                line: line_of(file, &body, index),
                message,
            });
        }
    }
    errors
}

/// The line of the call that left a token.
pub(super) fn line_of(file: &str, body: &str, index: usize) -> Option<usize> {
    run(file, &plain(body), Some(index)).err()?.line
}

/// The author's text without the characters that tokens are made of.
fn plain(body: &str) -> String {
    body.replace([OPEN, CLOSE], "\u{FFFD}").replace('\r', "")
}

fn run(file: &str, body: &str, stop_at: Option<usize>) -> Result<Recorded, ReportError> {
    let book = Arc::new(Mutex::new(Book {
        slots: Vec::new(),
        stop_at,
    }));
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, fact) in PageFact::ALL {
        let at = place(&book, Slot::Fact(fact)).map_err(|error| translated(file, &error))?;
        environment.add_global(name, at);
    }
    for component in Component::ALL {
        let book = Arc::clone(&book);
        let call = move |args: Rest<ValueOrKwargs>| {
            let slot = match Request::read(component, args) {
                Ok(request) => Slot::Component(request),
                Err(message) => Slot::Fault(message),
            };
            place(&book, slot)
        };
        environment.add_function(component.word(), call);
    }
    let text = environment
        .render_named_str(file, body, ())
        .map_err(|error| translated(file, &error))?;
    let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Recorded {
        text,
        slots: std::mem::take(&mut book.slots),
    })
}

/// Writes a slot down and gives its token.
fn place(book: &Mutex<Book>, slot: Slot) -> Result<Value, Error> {
    let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
    let index = book.slots.len();
    if book.stop_at == Some(index) {
        return Err(Error::new(ErrorKind::InvalidOperation, "stopped here"));
    }
    if index >= MOST {
        let message = format!("a report has at most {MOST} components");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    book.slots.push(slot);
    Ok(Value::from(token(index)))
}

/// What minijinja found, in our own words where it can be said better.
fn translated(file: &str, error: &Error) -> ReportError {
    let detail = error.detail().unwrap_or("");
    let message = match error.kind() {
        ErrorKind::UnknownFunction => {
            let name = detail.split_whitespace().next().unwrap_or(detail);
            unknown("component", name, Component::ALL.iter().map(|c| c.word()))
        }
        ErrorKind::UndefinedError => {
            "a name is used here that no report has; `study`, `period` and `as_at` are there"
                .to_owned()
        }
        _ if detail.is_empty() => error.kind().to_string(),
        _ => detail.to_owned(),
    };
    ReportError {
        file: file.to_owned(),
        line: error.line(),
        message,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Known, check, record};
    use crate::report::request::{Component, When};

    #[test]
    fn a_report_says_what_it_needs() {
        let body = "{{ headline(\"a\") }}\n{% for d in [\"site\", \"wave\"] %}\
                    {{ chart(\"a\", by=d, period=\"all\") }}{% endfor %}\n{{ table([\"b\", \"c\"]) }}";
        let requests = record("reports/x.md", body).unwrap().requests();
        let shape: Vec<_> = requests
            .iter()
            .map(|r| (r.component, r.metrics.join("+"), r.by.len(), r.when))
            .collect();
        assert_eq!(
            shape,
            [
                (Component::Headline, "a".to_owned(), 0, When::Reported),
                (Component::Chart, "a".to_owned(), 1, When::All),
                (Component::Chart, "a".to_owned(), 1, When::All),
                (Component::Table, "b+c".to_owned(), 0, When::Reported),
            ]
        );
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_line() {
        let body = "\n\n{{ chart() }}\n\n{{ table(\"a\", bye=\"site\") }}\n{{ headline(3) }}";
        let errors = record("reports/x.md", body).unwrap_err();
        let lines: Vec<_> = errors.iter().map(|e| e.line).collect();
        assert_eq!(lines, [Some(3), Some(5), Some(6)]);
        assert!(
            errors[1].message.contains("did you mean `by`"),
            "{}",
            errors[1]
        );
    }

    #[test]
    fn unknown_names_are_told_with_the_nearest() {
        let known = Known {
            metrics: &["intention_to_stay".to_owned()],
            dimensions: &["site".to_owned()],
        };
        let body = "{{ chart(\"intention_to_sty\", by=\"site\") }}\n\n{{ chart(\"intention_to_stay\", by=\"sit\") }}";
        let recorded = record("x.md", body).unwrap();
        let errors = check("x.md", body, &recorded, &known);
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "x.md, line 1: there is no metric `intention_to_sty`; did you mean `intention_to_stay`?",
                "x.md, line 3: there is no dimension `sit`; did you mean `site`?",
            ]
        );
    }

    #[test]
    fn an_unknown_component_and_a_broken_template_say_where() {
        let error = &record("x.md", "a\n{{ chrat(\"a\") }}").unwrap_err()[0];
        assert_eq!(error.line, Some(2));
        assert!(error.message.contains("did you mean `chart`"), "{error}");
        assert_eq!(
            record("x.md", "a\nb\n{{ chart(").unwrap_err()[0].line,
            Some(3)
        );
        assert!(record("x.md", "{{ nothing }}").is_err());
        let endless = "{% for a in range(3000) %}{{ quality() }}{% endfor %}";
        assert!(
            record("x.md", endless).unwrap_err()[0]
                .message
                .contains("at most")
        );
    }

    #[test]
    fn an_author_cannot_write_a_token() {
        let recorded = record("x.md", "\u{E000}0\u{E001}").unwrap();
        assert_eq!(recorded.text, "\u{FFFD}0\u{FFFD}");
    }
}
