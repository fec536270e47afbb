//! Words on the terminal: progress and findings on stderr, data on stdout.
//! docs/style.md has the voice.

use super::Failed;
use super::look::Look;
use crate::pipeline::Progress;
use crate::report::facts::people;
use crate::report::words::capital;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use staywise_core::domain::{Finding, Severity};
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How many findings of a severity are printed before the rest are counted.
const SHOWN: usize = 40;

/// How many places of one finding are printed before the rest are counted.
const PLACES: usize = 8;

/// How long a command may take before it says what it is doing.
const SILENT: Duration = Duration::from_secs(1);

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Everything.
    Full,
    /// Errors only.
    Quiet,
}

/// Talk on stderr, data on stdout.
pub(super) struct Talk {
    voice: Voice,
    bar: ProgressBar,
    doing: Arc<Mutex<Doing>>,
    stages: Mutex<Vec<(String, Instant)>>,
    /// How words on stderr look.
    pub(super) look: Look,
    /// How words on stdout look.
    pub(super) data_look: Look,
}

impl Talk {
    pub(super) fn new(voice: Voice) -> Self {
        let doing = Arc::default();
        Self {
            voice,
            bar: bar(voice, &doing),
            doing,
            stages: Mutex::new(Vec::new()),
            look: Look::of(&std::io::stderr()),
            data_look: Look::of(&std::io::stdout()),
        }
    }

    /// A line that is left out under --quiet.
    pub(super) fn line(&self, text: &str) {
        if self.voice == Voice::Full {
            self.bar
                .suspend(|| write_line(&mut std::io::stderr(), text));
        }
    }

    /// What went wrong: always said.
    pub(super) fn failed(&self, failed: &Failed) {
        self.bar.finish_and_clear();
        let said = Said {
            word: Severity::Error.word(),
            message: &failed.what,
            places: failed.place.iter().cloned().collect(),
            how_many: 0,
            remedy: &failed.remedy,
        };
        write_line(&mut std::io::stderr(), &said.written(self.look));
    }

    /// How long each stage so far took, in seconds, as JSON; for private/.
    pub(super) fn timings(&self) -> String {
        let stages = self.stages.lock().map(|s| s.clone()).unwrap_or_default();
        let ends = stages
            .iter()
            .skip(1)
            .map(|(_, at)| *at)
            .chain([Instant::now()]);
        let lines: Vec<String> = stages
            .iter()
            .zip(ends)
            .map(|((what, from), to)| {
                format!(
                    "  \"{what}\": {:.3}",
                    to.duration_since(*from).as_secs_f64()
                )
            })
            .collect();
        format!("{{\n{}\n}}\n", lines.join(",\n"))
    }

    /// Data, on stdout.
    pub(super) fn data(&self, text: &str) {
        self.bar.finish_and_clear();
        write_line(&mut std::io::stdout(), text);
    }

    /// Findings, by what is found: errors always, warnings and notes unless
    /// quiet.
    pub(super) fn findings<'f>(&self, findings: impl IntoIterator<Item = &'f Finding>) {
        self.bar.finish_and_clear();
        let findings: Vec<&Finding> = findings.into_iter().collect();
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            if self.voice == Voice::Quiet && severity != Severity::Error {
                continue;
            }
            let these = findings.iter().filter(|f| f.severity == severity);
            let grouped = by_what_is_found(these.copied());
            for said in grouped.iter().take(SHOWN) {
                write_line(&mut std::io::stderr(), &said.written(self.look));
            }
            if grouped.len() > SHOWN {
                let more = grouped.len() - SHOWN;
                let text = format!(
                    "... and {more} more {}s: `staywise check --json` has all",
                    severity.word()
                );
                write_line(&mut std::io::stderr(), &text);
            }
        }
    }
}

impl Progress for Talk {
    fn stage(&self, what: &str) {
        if let Ok(mut doing) = self.doing.lock() {
            *doing = Doing {
                stage: what.to_owned(),
                files: None,
            };
        }
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((what.to_owned(), Instant::now()));
        }
    }

    fn file_done(&self, of: usize) {
        if let Ok(mut doing) = self.doing.lock() {
            let done = doing.files.map_or(0, |(done, _)| done);
            doing.files = Some((done + 1, of));
        }
    }
}

/// What is being done, and how far it is.
#[derive(Debug, Default)]
struct Doing {
    stage: String,
    files: Option<(usize, usize)>,
}

impl Doing {
    /// `Reading files, 3 of 12 (2 s)`.
    fn words(&self, seconds: u64) -> String {
        let files = self
            .files
            .map_or_else(String::new, |(done, of)| format!(", {done} of {of}"));
        format!("{}{files} ({seconds} s)", self.stage)
    }
}

/// A line of progress, silent for the first second; nothing where stderr is
/// no terminal.
fn bar(voice: Voice, doing: &Arc<Mutex<Doing>>) -> ProgressBar {
    if voice == Voice::Quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    let doing = Arc::clone(doing);
    let line = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let elapsed = state.elapsed();
        if elapsed >= SILENT
            && let Ok(doing) = doing.lock()
        {
            let _ = out.write_str(&doing.words(elapsed.as_secs()));
        }
    };
    if let Ok(style) = ProgressStyle::with_template("{line}") {
        bar.set_style(style.with_key("line", line));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// One thing to say, built as docs/style.md has it: what, where, what to do.
struct Said<'a> {
    word: &'a str,
    message: &'a str,
    places: Vec<String>,
    /// How many there are, where no place is known; else 0.
    how_many: u64,
    remedy: &'a str,
}

impl Said<'_> {
    fn written(&self, look: Look) -> String {
        let word = look.bold(&format!("{}:", self.word));
        let mut text = format!("{word} {}", whole_sentence(self.message));
        for (index, place) in self.places.iter().take(PLACES).enumerate() {
            let label = if index == 0 {
                look.dim("Where:")
            } else {
                "      ".to_owned()
            };
            let _ = write!(text, "\n  {label} {place}");
        }
        if self.places.len() > PLACES {
            let _ = write!(text, "\n         and {} more", self.places.len() - PLACES);
        }
        if self.how_many > 0 {
            let many = in_tens(self.how_many);
            let _ = write!(text, "\n  {} {many}", look.dim("How many:"));
        }
        if !self.remedy.is_empty() {
            let _ = write!(text, "\n  {} {}", look.dim("What to do:"), self.remedy);
        }
        text
    }
}

/// A message as a sentence: a capital first, a full stop at the end. A line of
/// a file may stand under it.
fn whole_sentence(message: &str) -> String {
    let (first, rest) = match message.split_once('\n') {
        Some((first, rest)) => (first, format!("\n{rest}")),
        None => (message, String::new()),
    };
    let stop = if first.ends_with(['.', '?', ':']) {
        ""
    } else {
        "."
    };
    format!("{}{stop}{rest}", capital(first))
}

/// Findings that say the same, with all their places, in the order in which
/// the first of each stands.
fn by_what_is_found<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<Said<'f>> {
    let mut out: Vec<Said<'f>> = Vec::new();
    for finding in findings {
        let place = counted_place(finding);
        let many = match &place {
            None if finding.count > 1 => finding.count,
            _ => 0,
        };
        let same = |s: &&mut Said<'f>| s.message == finding.message && s.remedy == finding.remedy;
        match out.iter_mut().find(same) {
            Some(said) => {
                said.places.extend(place);
                said.how_many = said.how_many.saturating_add(many);
            }
            None => out.push(Said {
                word: finding.severity.word(),
                message: &finding.message,
                places: place.into_iter().collect(),
                how_many: many,
                remedy: &finding.remedy,
            }),
        }
    }
    out
}

/// Where a finding is, with how many cells or rows it covers; nothing where
/// it is about all files.
fn counted_place(finding: &Finding) -> Option<String> {
    let origin = finding.origin.to_string();
    // A line of a text that somebody wrote is one place.
    let written = [".toml", ".sql", ".md"]
        .iter()
        .any(|end| finding.origin.file.ends_with(end));
    let counted = !written && (finding.origin.row.is_some() || finding.count > 1);
    match (origin.is_empty(), counted) {
        (true, _) => None,
        (false, true) => Some(format!("{origin} ({} places)", in_tens(finding.count))),
        (false, false) => Some(origin),
    }
}

/// A count in tens: what is found of a part of the responses must not be
/// taken from a count of all of them.
pub(super) fn in_tens(n: u64) -> String {
    match n {
        0..=9 => people(n),
        n => format!("about {}", people((n + 5) / 10 * 10)),
    }
}

fn write_line(to: &mut dyn Write, text: &str) {
    // A closed pipe is no failure of ours.
    let _ = writeln!(to, "{text}");
}

#[cfg(test)]
mod tests {
    use super::{Doing, Look, by_what_is_found, counted_place, whole_sentence};
    use staywise_core::domain::{Finding, Origin, Severity};

    fn finding(file: &str, row: Option<u32>, count: u64) -> Finding {
        Finding {
            rule: "unknown-label",
            severity: Severity::Warning,
            origin: Origin {
                row,
                ..Origin::file(file)
            },
            message: "Answers are no label.".to_owned(),
            remedy: "Correct them.".to_owned(),
            count,
            private_value: None,
        }
    }

    #[test]
    fn a_small_count_is_not_said() {
        let place = |file, row, count| counted_place(&finding(file, row, count));
        let some = |words: &str| Some(words.to_owned());
        assert_eq!(
            place("a.csv", Some(3), 1),
            some("a.csv > row 3 (fewer than 10 places)")
        );
        assert_eq!(
            place("a.csv", Some(3), 1204),
            some("a.csv > row 3 (about 1,200 places)")
        );
        assert_eq!(place("a.csv", None, 1), some("a.csv"));
        assert_eq!(
            place("staywise.toml", Some(3), 1),
            some("staywise.toml > row 3")
        );
        assert_eq!(place("", None, 12), None);
        let everywhere = finding("", None, 12);
        let said = by_what_is_found([&everywhere].into_iter());
        let text = said.first().map(|s| s.written(Look::Plain));
        assert!(text.is_some_and(|t| t.contains("\n  How many: about 10\n")));
        assert_eq!(place("", None, 1), None);
    }

    #[test]
    fn what_is_the_same_is_said_once_with_its_places() {
        let findings: Vec<Finding> = (0..10).map(|n| finding("a.csv", Some(n), 20)).collect();
        let said = by_what_is_found(findings.iter());
        assert_eq!(said.len(), 1);
        let text = said.first().map(|s| s.written(Look::Plain));
        let text = text.unwrap_or_default();
        assert!(text.starts_with(
            "warning: Answers are no label.\n  Where: a.csv > row 0 (about 20 places)\n"
        ));
        assert!(
            text.ends_with("\n         and 2 more\n  What to do: Correct them."),
            "{text}"
        );
    }

    #[test]
    fn a_message_is_a_sentence() {
        assert_eq!(
            whole_sentence("the header has no `x`"),
            "The header has no `x`."
        );
        assert_eq!(
            whole_sentence("It is so.\n    3 | x"),
            "It is so.\n    3 | x"
        );
        assert_eq!(whole_sentence("`x` is none"), "`x` is none.");
    }

    #[test]
    fn progress_says_how_far_it_is() {
        let doing = Doing {
            stage: "Reading files".to_owned(),
            files: Some((3, 12)),
        };
        assert_eq!(doing.words(2), "Reading files, 3 of 12 (2 s)");
    }
}
