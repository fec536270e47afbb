//! Leavers of whom a list does not say what is known of those who stay: their
//! sex, their ethnicity. By such a thing every group looks as if nobody left.
//! Judges lists; counts no figure.

use super::rows::Listing;
use crate::data::{History, Stage, Workforce};
use crate::vocabulary::levels::{NOT_KNOWN, NOT_STATED};
use staywise_core::domain::{Finding, Origin, Severity};

/// Fewer leavers may lack something by chance.
const LEAVERS: usize = 5;
/// By how much the share of whom it is not known must be the larger among
/// those who left.
const MORE: f64 = 0.3;

/// Warns where most leavers have no level of what most others have one of.
pub(super) fn find(workforce: &Workforce, listing: &Listing, stage: &mut Stage) {
    let missing = |history: &&History| is_missing_of_leavers(workforce, history);
    let all = workforce.dimensions.iter();
    let names: Vec<String> = all
        .filter(|history| history.dimension.as_str() != "programme")
        .filter(missing)
        .map(|history| history.dimension.as_str().replace('_', " "))
        .collect();
    let lists = (0..listing.staff.len()).find(|at| listing.lists.is_of_leavers(*at));
    let Some(table) = listing.staff.get(lists.unwrap_or(0)) else {
        return;
    };
    if names.is_empty() {
        return;
    }
    stage.findings.push(Finding {
        rule: "leavers-without-groups",
        severity: Severity::Warning,
        origin: Origin::file(&table.file),
        message: format!(
            "Of most people who left it is not known what is known of those who stay: {}. They \
             count as Not known, so that every other group looks as if hardly anybody left.",
            names.join(", ")
        ),
        remedy:
            "Do not read leaving or staying by these. Export the leavers with the same columns \
                 as the staff, or keep each quarter's staff list."
                .to_owned(),
        count: u64::try_from(names.len()).unwrap_or(u64::MAX),
        private_value: None,
    });
}

fn is_missing_of_leavers(workforce: &Workforce, history: &History) -> bool {
    let unknown = |level: &str| level == NOT_KNOWN || level == NOT_STATED;
    // Those who left and those who did not: how many, and of how many it is
    // not known.
    let mut counts = [(0_usize, 0_usize); 2];
    for spell in &workforce.spells {
        let code = history.at(spell.person, spell.time_zero);
        let level = code.and_then(|code| history.levels.get(usize::try_from(code).ok()?));
        let of = &mut counts[usize::from(spell.leave.is_none())];
        of.0 += 1;
        of.1 += usize::from(level.is_none_or(|level| unknown(level.as_str())));
    }
    let [left, stayed] = counts;
    let share = |(all, unknown): (usize, usize)| unknown as f64 / all.max(1) as f64;
    left.0 >= LEAVERS && share(left) >= 0.5 && share(left) - share(stayed) >= MORE
}
