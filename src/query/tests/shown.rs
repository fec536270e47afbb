//! Counts as lines of text, to be held against what a case expects.

use super::given::Case;
use crate::query::Tallied;
use staywise_core::domain::{Cell, Tally, TallyTable};
use std::collections::BTreeSet;

fn counts(tally: &Tally) -> String {
    match tally {
        Tally::Proportion { n, hits } => format!("{hits} of {n}"),
        Tally::Mean { n, sum, squares } | Tally::Paired { n, sum, squares } => {
            let points = |fixed: &i128| *fixed as f64 / 1e9;
            format!("n {n}, sum {}, squares {}", points(sum), points(squares))
        }
        Tally::Distribution { counts } => {
            let all: Vec<String> = counts.iter().map(u64::to_string).collect();
            all.join(" ")
        }
        Tally::Event { n } => format!("{n}"),
        Tally::Stock { opening, closing } => format!("{opening} then {closing}"),
        Tally::Amounts {
            opening,
            closing,
            opening_amount,
            closing_amount,
        } => format!("{opening_amount} of {opening} then {closing_amount} of {closing}"),
        Tally::AmountRatio {
            numerator,
            denominator,
            parts,
            smallest,
        } => format!("{numerator} over {denominator}/{parts}, smallest {smallest}"),
        Tally::Exposure {
            events,
            person_days,
        } => format!("{events} in {person_days} days"),
        Tally::Survival(table) => {
            let days = table.days.iter().map(|(day, d)| {
                let part = |n: u64, word: &str| match n {
                    0 => String::new(),
                    n => format!(" {word}{n}"),
                };
                format!(
                    "{day}:{}{}{}",
                    part(d.entered, "in"),
                    part(d.events, "left"),
                    part(d.ended, "end")
                )
            });
            days.collect::<Vec<_>>().join(", ")
        }
        Tally::Sum { n, total } => format!("{total} of {n}"),
        Tally::Ratio {
            numerator,
            denominator,
            parts,
            smallest,
        } => format!("{numerator} over {denominator}/{parts}, smallest {smallest}"),
    }
}

fn line(table: &TallyTable, cell: &Cell, whom: &str) -> String {
    let item = table.item.as_ref().map(|i| format!(" {i}"));
    format!(
        "{}{} | {whom} | {} | {}",
        table.period.label,
        item.unwrap_or_default(),
        counts(&cell.tally),
        cell.persons.map_or("-".to_owned(), |p| p.to_string())
    )
}

fn lines(table: &TallyTable) -> Vec<String> {
    let mut all: Vec<String> = table
        .cells
        .iter()
        .map(|cell| {
            let parts = cell.group.parts().iter();
            let parts: Vec<String> = parts.map(|(d, l)| format!("{d}={l}")).collect();
            let whom = match parts.is_empty() {
                true => "everyone".to_owned(),
                false => parts.join(" "),
            };
            line(table, cell, &whom)
        })
        .collect();
    if !table.dimensions.is_empty() {
        let names: Vec<&str> = table.dimensions.iter().map(|d| d.as_str()).collect();
        all.push(line(
            table,
            &table.total,
            &format!("total by {}", names.join(" x ")),
        ));
    }
    if let Some(later) = table.not_yet_due.filter(|_| table.dimensions.is_empty()) {
        all.push(format!("{} | not yet due | {later}", table.period.label));
    }
    all
}

impl Case {
    /// Every line that is expected is there, and every table of which one
    /// line is expected has no other.
    pub(super) fn compare(&self, tallied: &Tallied) -> Result<(), String> {
        let why = tallied
            .unavailable
            .iter()
            .find(|(m, _)| m.name == self.metric);
        let why = why.map(|(_, why)| why.clone());
        if why != self.unavailable {
            return Err(format!("unavailable: {why:?}"));
        }
        let own = format!("{}.sql", self.metric);
        let found = tallied.findings.iter();
        let found: Vec<String> = found
            .filter(|f| f.origin.file.ends_with(&own) || f.origin.file.is_empty())
            .map(|f| {
                format!("{}: {} {}", f.count, f.message, f.remedy)
                    .trim()
                    .to_owned()
            })
            .collect();
        if found != self.findings {
            return Err(format!("findings: {found:#?}"));
        }
        let expected: BTreeSet<&str> = self.expect.iter().map(String::as_str).collect();
        let mut seen = BTreeSet::new();
        let mut strange = Vec::new();
        for table in tallied
            .tables
            .iter()
            .filter(|t| t.metric.name == self.metric)
        {
            let lines = lines(table);
            if lines.iter().any(|l| expected.contains(l.as_str())) || self.expect.is_empty() {
                let new = lines.iter().filter(|l| !expected.contains(l.as_str()));
                strange.extend(new.map(|l| format!("  + {l}")));
            }
            seen.extend(lines);
        }
        let missing = expected.iter().filter(|l| !seen.contains(**l));
        strange.extend(missing.map(|l| format!("  - {l}")));
        if strange.is_empty() {
            return Ok(());
        }
        let all: Vec<String> = seen.into_iter().collect();
        Err(format!(
            "{}\n  all:\n  {}",
            strange.join("\n"),
            all.join("\n  ")
        ))
    }
}
