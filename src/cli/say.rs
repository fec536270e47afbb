//! Words on the terminal: progress and findings on stderr, data on stdout.
//! No colour at all, so that NO_COLOR holds by itself.

use crate::pipeline::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use staywise_core::domain::{Finding, Severity};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How many findings of a severity are printed before the rest are counted.
const SHOWN: usize = 40;

/// Talk on stderr.
pub(super) struct Talk {
    quiet: bool,
    bar: ProgressBar,
    stages: Mutex<Vec<(String, Instant)>>,
}

impl Talk {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(150));
            bar
        };
        Self {
            quiet,
            bar,
            stages: Mutex::new(Vec::new()),
        }
    }

    /// A line that is left out under --quiet.
    pub(super) fn line(&self, text: &str) {
        if !self.quiet {
            self.bar
                .suspend(|| write_line(&mut std::io::stderr(), text));
        }
    }

    /// A line that is always said.
    pub(super) fn error(&self, text: &str) {
        self.bar.finish_and_clear();
        write_line(&mut std::io::stderr(), &format!("staywise: {text}"));
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

    /// Findings: errors always, warnings and notes unless quiet.
    pub(super) fn findings(&self, findings: &[Finding]) {
        self.bar.finish_and_clear();
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            if self.quiet && severity != Severity::Error {
                continue;
            }
            let these: Vec<&Finding> = findings.iter().filter(|f| f.severity == severity).collect();
            for finding in these.iter().take(SHOWN) {
                write_line(&mut std::io::stderr(), &written(finding));
            }
            if these.len() > SHOWN {
                let text = format!("... and {} more {}s.", these.len() - SHOWN, severity.word());
                write_line(&mut std::io::stderr(), &text);
            }
        }
    }
}

impl Progress for Talk {
    fn stage(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((what.to_owned(), Instant::now()));
        }
    }
}

/// `warning: staff.xlsx > Sheet1 > column F "Start date": ... (3 cells)`.
fn written(finding: &Finding) -> String {
    let place = finding.origin.to_string();
    let gap = if place.is_empty() { "" } else { "\n  " };
    let mut text = format!(
        "{}: {place}{gap}{}",
        finding.severity.word(),
        finding.message
    );
    if finding.origin.row.is_none() && finding.count <= 1 {
        // Of a whole file, sheet or study: there is nothing to count.
    } else {
        text.push_str(&format!(" In {} places.", few(finding.count)));
    }
    if !finding.remedy.is_empty() {
        text.push_str(&format!("\n  What to do: {}", finding.remedy));
    }
    text
}

/// A count that may be of people: under ten it is not said.
pub(super) fn few(n: u64) -> String {
    match n {
        1..=9 => "fewer than 10".to_owned(),
        _ => n.to_string(),
    }
}

fn write_line(to: &mut dyn Write, text: &str) {
    // A closed pipe is no failure of ours.
    let _ = writeln!(to, "{text}");
}

#[cfg(test)]
mod tests {
    use super::few;

    #[test]
    fn small_counts_are_not_said() {
        assert_eq!(few(0), "0");
        assert_eq!(few(9), "fewer than 10");
        assert_eq!(few(10), "10");
    }
}
