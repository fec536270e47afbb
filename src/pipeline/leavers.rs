//! Whether a staff list forgets those who left before some date: by what its
//! title rows say, else by what its people show. Proposes; the study decides.

use super::as_at::date_in;
use super::read_in::FileRead;
use crate::data::{Holds, Workforce};
use crate::vocabulary::text::fold;
use staywise_core::domain::{Day, Finding, Origin, Severity};

/// The date since which the title rows of a staff list say that it has
/// leavers, and why that is thought.
pub(super) fn said(file: &FileRead) -> Option<(Day, String)> {
    let staff = file.tables.iter().any(|t| t.holds == Holds::Staff);
    let titles = file.report.titles.iter().filter(|_| staff);
    titles.into_iter().find_map(|title| {
        let title = fold(title);
        let at = ["leavers since", "leavers from", "left since"]
            .iter()
            .find_map(|words| title.find(words))?;
        let day = date_in(title.get(at..)?)?;
        Some((day, "a title row says so".to_owned()))
    })
}

/// What the lists themselves show; else the first leaving, where nobody left before though many had started more
/// than a year earlier: a person's leaving, not the end of a post.
pub(super) fn shown(workforce: &Workforce) -> Option<(Day, String)> {
    const YEAR: i32 = 365;
    const LEAVINGS: usize = 10;
    const EARLIER_STARTS: usize = 20;
    if let Some(day) = workforce.leavers_from {
        let why = "it is the first snapshot, or the first leaving that is listed";
        return Some((day, why.to_owned()));
    }
    let leavings = || workforce.spells.iter().filter_map(|s| s.ended);
    let first = leavings().min()?;
    let earlier = workforce
        .spells
        .iter()
        .filter(|s| s.start.plus(YEAR) < first)
        .count();
    (leavings().count() >= LEAVINGS && earlier >= EARLIER_STARTS).then(|| {
        let why = "nobody in the list left before, though many had started over a year earlier";
        (first, why.to_owned())
    })
}

/// What is said where the study does not say it.
pub(super) fn unsaid(guess: Option<(Day, String)>, workforce: &Workforce) -> Option<Finding> {
    if workforce.leavers_from.is_some() {
        return None;
    }
    let (day, why) = guess.or_else(|| shown(workforce))?;
    Some(Finding {
        rule: "leavers-from",
        severity: Severity::Warning,
        origin: Origin::default(),
        message: format!(
            "The staff list seems to have leavers only since {day} ({why}). Then retention of \
             those who started before is too high."
        ),
        remedy: format!(
            "Write leavers_from = {} for the staff list in staywise.toml, or an earlier date if \
             the list is complete from then.",
            day.iso()
        ),
        count: 1,
        private_value: None,
    })
}
