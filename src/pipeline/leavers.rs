//! Whether a staff list forgets those who left before some date: by what its
//! title rows say, else by what its dates show. Proposes; the study decides.

use super::as_at::{date_in, days};
use super::read_in::FileRead;
use crate::data::{Holds, Role, Table};
use crate::vocabulary::text::fold;
use staywise_core::domain::{Day, Finding, Severity};

/// The date since which a list seems to have leavers, and why.
#[must_use]
pub(super) fn since(file: &FileRead) -> Option<(Day, String)> {
    let table = file.tables.iter().find(|t| t.holds == Holds::Staff)?;
    if table.leavers_from.is_some() {
        return None;
    }
    said(&file.report.titles).or_else(|| shown(table))
}

/// `Staff in post as at 30 June 2026, and leavers since 1 July 2023`.
fn said(titles: &[String]) -> Option<(Day, String)> {
    titles.iter().find_map(|title| {
        let title = fold(title);
        let at = ["leavers since", "leavers from", "left since"]
            .iter()
            .find_map(|words| title.find(words))?;
        let day = date_in(title.get(at..)?)?;
        Some((day, "a title row says so".to_owned()))
    })
}

/// Nobody is listed as leaving before a date, though many had started more
/// than a year earlier.
fn shown(table: &Table) -> Option<(Day, String)> {
    const YEAR: i32 = 365;
    const LEAVINGS: usize = 10;
    const EARLIER_STARTS: usize = 20;
    let of = |roles: [Role; 2]| -> Vec<Day> {
        let columns = table.columns.iter().filter(|c| roles.contains(&c.role));
        columns.flat_map(days).collect()
    };
    let leavings = of([Role::LeaveDate, Role::PostEnd]);
    let first = leavings.iter().min().copied()?;
    let starts = of([Role::StartDate, Role::PostStart]);
    let earlier = starts.iter().filter(|s| s.plus(YEAR) < first).count();
    (leavings.len() >= LEAVINGS && earlier >= EARLIER_STARTS).then(|| {
        let why = "nobody in the list left before, though many had started over a year earlier";
        (first, why.to_owned())
    })
}

/// What is said where the study does not say it.
pub(super) fn unsaid(file: &FileRead) -> Option<Finding> {
    let (day, why) = since(file)?;
    let table = file.tables.iter().find(|t| t.holds == Holds::Staff)?;
    Some(Finding {
        rule: "leavers-from",
        severity: Severity::Warning,
        origin: table.origin(None, None),
        message: format!(
            "The list seems to have leavers only since {day} ({why}). Then retention of those who \
             started before is too high."
        ),
        remedy: format!(
            "Write leavers_from = {} for this source in staywise.toml, or an earlier date if the \
             list is complete from then.",
            day.iso()
        ),
        count: 1,
        private_value: None,
    })
}
