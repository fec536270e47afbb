//! The frames of what stands beside the study's own people: published flows,
//! and people followed without dates. Adds no flow to another.

use super::Fields;
use crate::data::{FollowedPeople, Linked, PublishedFlows};
use std::sync::Arc;

/// Why there is no frame of flows.
pub(super) fn no_flows(flows: &PublishedFlows) -> Option<&'static str> {
    if flows.flows.is_empty() {
        return Some("the study has no published flows");
    }
    let named = !flows.periods().is_empty();
    (!named).then_some("no published flow is of a whole month, quarter or year")
}

/// Published flows, a row each. The key is the place among them.
pub(super) fn flows<'a>(linked: &'a Linked) -> Fields<'a> {
    let flows = &linked.flows.flows;
    let mut fields = Fields::new(flows.len());
    fields.whole("flow", |row| u32::try_from(row).ok());
    fields.day("period_start", |row| flows.get(row).map(|f| f.from.0));
    fields.day("period_end", |row| flows.get(row).map(|f| f.to.0));
    fields.count("opening", |row| flows.get(row)?.opening);
    fields.count("joiners", |row| flows.get(row)?.joiners);
    fields.count("leavers", |row| flows.get(row)?.leavers);
    fields.count("closing", |row| flows.get(row)?.closing);
    fields.count("unexplained", |row| flows.get(row)?.unexplained);
    for dimension in &linked.flows.dimensions {
        let coded = &dimension.coded;
        fields.text(coded.dimension.as_str(), |row| {
            let code = usize::try_from(*coded.codes.get(row)?).ok()?;
            coded.levels.get(code).map(|level| level.as_str())
        });
    }
    fields
}

/// Why there is no frame of durations.
pub(super) fn no_durations(followed: &FollowedPeople) -> Option<&'static str> {
    match (followed.tables, followed.unit) {
        (0, _) => Some("the study has no table of people followed without dates"),
        (1, Some(_)) => None,
        (1, None) => Some(
            "nothing says whether the times of people followed without dates are days, weeks, \
             months or years",
        ),
        _ => Some(
            "the study has several tables of people followed without dates, and nobody can say \
             whether they are of the same people",
        ),
    }
}

/// People followed without dates, a row each. The key is the place among them.
pub(super) fn durations<'a>(linked: &'a Linked) -> Fields<'a> {
    let followed = &linked.followed;
    let mut fields = Fields::new(followed.time.len());
    fields.whole("followed", |row| u32::try_from(row).ok());
    fields.number("time", |row| followed.time.get(row).copied());
    let unit = followed
        .unit
        .map(crate::data::benchmark::TimeUnit::in_words);
    fields.text("time_unit", move |_| unit);
    let exit = |row: usize| followed.exit_day.get(row).copied();
    fields.integer(
        "exit_day",
        Arc::new(move |row| i32::try_from(exit(row)?).ok()),
    );
    fields.flag("has_left", |row| followed.left.get(row).copied());
    for coded in &followed.dimensions {
        fields.text(coded.dimension.as_str(), |row| {
            let code = usize::try_from(*coded.codes.get(row)?).ok()?;
            coded.levels.get(code).map(|level| level.as_str())
        });
    }
    fields
}
