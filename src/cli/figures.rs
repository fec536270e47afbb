//! What the figures of a run come to: how many may be shown, and those that it
//! opens with. Makes no figure.

use super::summary::statuses;
use crate::report::facts::people;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Kind, Statistic, Status};

/// How many figures of the period are shown, and how many are not and why.
pub(super) fn figures(rows: &[Released], label: &str) -> String {
    let words = |status| match status {
        Status::Shown => "shown",
        Status::Confidential => "hidden to protect people",
        Status::NotAvailable => "not available",
        Status::NotApplicable => "not applicable",
        Status::TooFew => "too few to say",
    };
    let of_period = rows.iter().filter(|r| r.key().period.label == label);
    let counts: Vec<String> = statuses(of_period)
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(status, n)| format!("{} {}", files_or_rows(*n), words(*status)))
        .collect();
    match counts.as_slice() {
        [] => "none for the period".to_owned(),
        counts => format!("for the period: {}", counts.join(", ")),
    }
}

/// A count of what is no person, with a comma between thousands.
fn files_or_rows(n: usize) -> String {
    match n {
        0..=9 => n.to_string(),
        n => people(u64::try_from(n).unwrap_or(u64::MAX)),
    }
}

/// Each metric's figure about everyone in a period, one a metric.
pub(super) fn headlines<'r>(rows: &'r [Released], label: &str) -> Vec<&'r Released> {
    let mut found: Vec<&Released> = Vec::new();
    for row in rows {
        let key = row.key();
        let plain = key.period.label == label
            && key.group.is_everyone()
            && key.statistic == Statistic::Value
            && key.item.is_none()
            && key.answer.is_none()
            && row.kind() != Kind::Survival;
        if plain && found.iter().all(|f| f.key().metric != key.metric) {
            found.push(row);
        }
    }
    found
}

/// Whether a period has a figure to show.
pub(super) fn any_shown(rows: &[Released], label: &str) -> bool {
    let shown = |row: &Released| row.status() == Status::Shown && row.key().period.label == label;
    rows.iter().any(shown)
}
