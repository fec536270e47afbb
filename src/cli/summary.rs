//! The end of a command as a person reads it: what was read, who is in it,
//! what was found, where things are, and what to type next. Counts of people
//! and responses under ten are not said, nor what would give them away.

use super::look::Look;
use super::say::in_tens;
use crate::data::Holds;
use crate::pipeline::Gathered;
use crate::report::facts::{count, parts, people};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Finding, Severity, Status};

/// How many findings are named.
const NAMED: usize = 3;

/// How long a finding's line may be.
const LONGEST: usize = 96;

/// Lines under a heading each, aligned.
#[derive(Debug, Default)]
pub(super) struct Summary {
    lines: Vec<(&'static str, String)>,
}

impl Summary {
    /// What was read and what was found.
    pub(super) fn of(gathered: &Gathered, left_alone: usize) -> Self {
        let mut summary = Self::default();
        summary.add("Files", files(gathered, left_alone));
        let everyone = gathered.linked.workforce.people();
        let everyone = u64::try_from(everyone).unwrap_or(u64::MAX);
        summary.add(
            "People",
            match everyone {
                0 => "none: no staff list was read".to_owned(),
                n => format!("{} in the staff list", people(n)),
            },
        );
        summary.add("Responses", responses(gathered));
        if let Some(words) = published(gathered) {
            summary.add("Published", words);
        }
        summary.findings(&gathered.findings);
        summary
    }

    /// A line under a heading; under the same one where it is empty.
    pub(super) fn add(&mut self, heading: &'static str, words: String) {
        self.lines.push((heading, words));
    }

    /// Each survey file with what was dropped from it.
    pub(super) fn survey_files(&mut self, gathered: &Gathered) {
        let tens = Counts::of(gathered).tens;
        for (index, file) in gathered.responses.iter().enumerate() {
            let dropped: Vec<String> = file
                .dropped
                .iter()
                .map(|(rule, n)| format!("{rule} {}", in_tens(*n)))
                .collect();
            let dropped = if dropped.is_empty() {
                "none dropped".to_owned()
            } else {
                format!("dropped: {}", dropped.join(", "))
            };
            let heading = if index == 0 { "By file" } else { "" };
            let answered = said(file.responses, tens);
            self.add(heading, format!("{}: {answered}; {dropped}", file.file));
        }
    }

    /// How many findings of each severity, and the most frequent in a line
    /// each.
    fn findings(&mut self, findings: &[Finding]) {
        let (errors, warnings, notes) = by_severity(findings);
        let several = |n: usize, noun: &str| match n {
            1 => format!("1 {noun}"),
            n => format!("{n} {noun}s"),
        };
        let counts = [
            several(errors, "error"),
            several(warnings, "warning"),
            several(notes, "note"),
        ];
        self.add("Findings", counts.join(", "));
        for line in most_frequent(findings) {
            self.add("", line);
        }
    }

    /// The lines, headings in one column.
    pub(super) fn written(&self, look: Look) -> String {
        let width = self.lines.iter().map(|(h, _)| h.len()).max().unwrap_or(0);
        let line = |(heading, words): &(&'static str, String)| {
            let gap = " ".repeat(width - heading.len());
            format!("  {}{gap}  {words}", look.bold(heading))
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Errors, warnings, notes.
pub(super) fn by_severity(findings: &[Finding]) -> (usize, usize, usize) {
    let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
    (
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note),
    )
}

/// What others published, flows and durations, where there are any.
fn published(gathered: &Gathered) -> Option<String> {
    let all = &gathered.benchmarks;
    let durations: usize = all.durations.iter().map(|d| d.followed.len()).sum();
    let whole = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let counts = [
        (
            all.figures.len(),
            count(whole(all.figures.len())),
            "figures",
        ),
        (all.flows.len(), count(whole(all.flows.len())), "flows"),
        (
            durations,
            people(whole(durations)),
            "people followed without dates",
        ),
    ];
    let words: Vec<String> = counts
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(_, words, what)| format!("{words} {what}"))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn files(gathered: &Gathered, left_alone: usize) -> String {
    let names = [
        (Holds::Staff, "staff list", "staff lists"),
        (Holds::Survey, "survey file", "survey files"),
        (Holds::Register, "register", "registers"),
        (Holds::Invited, "invited list", "invited lists"),
        (Holds::Benchmark, "published table", "published tables"),
        (Holds::Flows, "table of flows", "tables of flows"),
        (
            Holds::Durations,
            "table of durations",
            "tables of durations",
        ),
        (
            Holds::Workplaces,
            "list of workplaces",
            "lists of workplaces",
        ),
        (Holds::Training, "training list", "training lists"),
        (Holds::Absences, "absence list", "absence lists"),
        (Holds::Vacancies, "vacancy list", "vacancy lists"),
        (
            Holds::Registrations,
            "registration list",
            "registration lists",
        ),
        (Holds::Dictionary, "data dictionary", "data dictionaries"),
    ];
    let read: Vec<Holds> = gathered
        .files
        .iter()
        .filter_map(|f| f.report.holds)
        .collect();
    let kinds: Vec<String> = names
        .iter()
        .map(|(holds, one, many)| (read.iter().filter(|h| *h == holds).count(), one, many))
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
    let unused = gathered.files.len() - read.len() + left_alone;
    let mut words = format!("{} read", read.len());
    if !kinds.is_empty() {
        words = format!("{words}: {}", kinds.join(", "));
    }
    if unused > 0 {
        words = format!("{words}; {unused} left alone");
    }
    words
}

/// Responses as they may be said: exactly, or all in tens where one of the
/// counts is small.
struct Counts {
    whole: u64,
    tens: bool,
}

impl Counts {
    fn of(gathered: &Gathered) -> Self {
        let report = &gathered.linked.report;
        let by_file: Vec<u64> = gathered.responses.iter().map(|f| f.responses).collect();
        let in_files = by_file.iter().sum();
        let links = [
            report.linked,
            report.anonymous,
            report.unmatched,
            report.ambiguous,
        ];
        let repeats = [report.responses, report.repeats];
        // Where a part is small, or left over, the whole is not said exactly.
        let exact = |whole: u64, of: &[u64]| {
            let (words, _) = parts(whole, of);
            whole >= 10 && !words.starts_with("about")
        };
        Self {
            whole: report.responses,
            tens: !(exact(report.responses, &links)
                && exact(in_files, &by_file)
                && exact(in_files, &repeats)),
        }
    }
}

fn said(n: u64, tens: bool) -> String {
    if tens { in_tens(n) } else { people(n) }
}

fn responses(gathered: &Gathered) -> String {
    let counts = Counts::of(gathered);
    let report = &gathered.linked.report;
    if counts.whole == 0 {
        return "none: no survey was read".to_owned();
    }
    let whole = said(counts.whole, counts.tens);
    if gathered.linked.workforce.people() == 0 {
        return whole;
    }
    let links = [
        (report.linked, "linked to a person"),
        (report.anonymous, "anonymous"),
        (report.unmatched, "not in the staff list"),
        (report.ambiguous, "with an identifier of several people"),
    ];
    let links: Vec<String> = links
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", said(*n, counts.tens)))
        .collect();
    format!("{whole}: {}", links.join(", "))
}

/// Errors before warnings, the rules that cover most first; no notes.
fn most_frequent(findings: &[Finding]) -> Vec<String> {
    let mut rules: Vec<(&Finding, u64)> = Vec::new();
    for finding in findings.iter().filter(|f| f.severity != Severity::Note) {
        match rules.iter_mut().find(|(f, _)| f.rule == finding.rule) {
            Some((_, n)) => *n = n.saturating_add(finding.count),
            None => rules.push((finding, finding.count)),
        }
    }
    rules.sort_by(|a, b| (a.0.severity, b.1).cmp(&(b.0.severity, a.1)));
    let line = |(finding, n): &(&Finding, u64)| {
        let words = first_words(&finding.message);
        let said = format!("{}: {words}", finding.severity.word());
        // Of a whole file, sheet or study there is nothing to count.
        if *n > 1 || finding.origin.row.is_some() {
            format!("{said} ({})", in_tens(*n))
        } else {
            said
        }
    };
    rules.iter().take(NAMED).map(line).collect()
}

/// A message up to its first full stop, semicolon or line, and not too long.
fn first_words(message: &str) -> String {
    let ends = [";", ". ", " (", ":\n", "\n"];
    let end = ends.iter().filter_map(|end| message.find(end)).min();
    let first = message.get(..end.unwrap_or(message.len()));
    let first = first.unwrap_or(message).trim_end_matches('.');
    if first.chars().count() <= LONGEST {
        return first.to_owned();
    }
    let cut: String = first.chars().take(LONGEST).collect();
    let whole_words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole_words} ...")
}

/// How many rows of the results have each status.
pub(super) fn statuses<'r>(rows: impl Iterator<Item = &'r Released>) -> [(Status, usize); 5] {
    let mut counts = [
        Status::Shown,
        Status::Confidential,
        Status::NotAvailable,
        Status::NotApplicable,
        Status::TooFew,
    ]
    .map(|status| (status, 0));
    for row in rows {
        for (_, n) in counts.iter_mut().filter(|(s, _)| *s == row.status()) {
            *n += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{Look, Summary, first_words, most_frequent};
    use staywise_core::domain::{Finding, Origin, Severity};

    fn finding(rule: &'static str, severity: Severity, count: u64) -> Finding {
        Finding {
            rule,
            severity,
            origin: Origin::default(),
            message: format!("{rule} is so; and more."),
            remedy: String::new(),
            count,
            private_value: None,
        }
    }

    #[test]
    fn errors_come_first_and_then_the_most_frequent() {
        let findings = [
            finding("note", Severity::Note, 900),
            finding("seldom", Severity::Warning, 3),
            finding("often", Severity::Warning, 20),
            finding("often", Severity::Warning, 30),
            finding("broken", Severity::Error, 1),
            finding("rare", Severity::Warning, 2),
        ];
        assert_eq!(
            most_frequent(&findings),
            [
                "error: broken is so",
                "warning: often is so (about 50)",
                "warning: seldom is so (fewer than 10)"
            ]
        );
    }

    #[test]
    fn a_long_message_ends_at_a_word() {
        let long = "word ".repeat(40);
        let said = first_words(&long);
        assert!(said.ends_with("word ...") && said.len() < 101, "{said}");
        assert_eq!(first_words("One. Two."), "One");
    }

    #[test]
    fn headings_stand_in_one_column() {
        let mut summary = Summary::default();
        summary.add("Files", "1 read".to_owned());
        summary.add("", "more".to_owned());
        summary.add("Responses", "none".to_owned());
        assert_eq!(
            summary.written(Look::Plain),
            "  Files      1 read\n             more\n  Responses  none"
        );
    }
}
