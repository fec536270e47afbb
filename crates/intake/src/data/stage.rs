//! What every stage hands on beside its data: what it found, and how many
//! came in and went out. Prints nothing.

use staywise_core::domain::{Finding, Origin, Severity};

/// What a stage found and counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// In order of finding.
    pub findings: Vec<Finding>,
    /// What was counted, in words, and how many; in the order of the stage.
    pub counts: Vec<(String, u64)>,
}

impl Stage {
    /// Adds a count.
    pub fn count(&mut self, what: &str, how_many: usize) {
        let how_many = u64::try_from(how_many).unwrap_or(u64::MAX);
        self.counts.push((what.to_owned(), how_many));
    }

    /// A count by its words.
    #[must_use]
    pub fn counted(&self, what: &str) -> Option<u64> {
        self.counts.iter().find(|(w, _)| w == what).map(|(_, n)| *n)
    }

    /// The findings of a rule.
    pub fn of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |f| f.rule == rule)
    }
}

/// Cells or rows set aside for one reason: how many, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// How many.
    pub count: u64,
    /// The first row (of the data rows, from 0).
    pub row: Option<usize>,
    /// The first value, for private files only.
    pub value: Option<String>,
}

impl Aside {
    /// Sets a row aside.
    pub fn add(&mut self, row: usize) {
        self.count += 1;
        self.row.get_or_insert(row);
    }

    /// The finding, if anything was set aside.
    #[must_use]
    pub fn finding(
        self,
        words: &Words,
        origin: impl Fn(Option<usize>) -> Origin,
    ) -> Option<Finding> {
        (self.count > 0).then(|| Finding {
            rule: words.rule,
            severity: words.severity,
            origin: origin(self.row),
            message: words.message.to_owned(),
            remedy: words.remedy.to_owned(),
            count: self.count,
            private_value: self.value,
        })
    }
}

/// The words of a finding.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The rule's slug.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What was found. Holds no count: a small one says too much, and whoever
    /// prints the finding decides how.
    pub message: &'a str,
    /// What to do.
    pub remedy: &'a str,
}
