//! What the end of a spell is: its reason and destination, what became of the
//! person, and whether the rules count it as leaving.

use super::rows::{Listed, Listing};
use super::spells::Stretch;
use super::{BankPosts, Breaks, Ending, Rules};
use crate::data::workforce::{After, Spell};
use crate::data::{Role, Stage};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::leaving_reasons::{Reason, Sort};
use crate::vocabulary::{destinations, leaving_reasons, text};
use std::collections::BTreeMap;

/// What goes on when the last post that counts has ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GoesOn {
    /// Bank, agency or honorary work.
    Bank,
    /// A post that is on a break.
    Break,
}

/// What of a person's posts goes on beyond an end of those that count.
pub(super) fn goes_on(rows: &[Listed], end: i32, rules: &Rules) -> Option<GoesOn> {
    // A post that ends on one day and goes on as a break the next has no gap.
    if rules.breaks == Breaks::Leaving
        && beyond(rows, (end, 1), |r| r.is_held(rules) && r.is_break())
    {
        return Some(GoesOn::Break);
    }
    let apart = rules.bank == BankPosts::Apart;
    let bank = apart && beyond(rows, (end, rules.rehire_gap_days), |r| !r.is_held(rules));
    bank.then_some(GoesOn::Bank)
}

/// Whether a post of a sort began at most so many days after an end and goes
/// on beyond it.
pub(super) fn beyond(
    rows: &[Listed],
    (end, gap): (i32, i32),
    of_sort: impl Fn(&Listed) -> bool,
) -> bool {
    let latest = end.saturating_add(gap);
    rows.iter()
        .any(|r| r.start <= latest && r.end.is_none_or(|e| e > end) && of_sort(r))
}

/// A spell with what its end is; one that goes on as it is.
pub(super) fn told(
    spell: Spell,
    stretch: &Stretch,
    (goes_on, listing): (Option<GoesOn>, &Listing),
) -> Spell {
    let Some(ended) = spell.ended else {
        return spell;
    };
    // Why somebody left who was on a break by then is not why it began.
    let on_break = goes_on == Some(GoesOn::Break);
    let said = |role: &Role| said(stretch, role, listing).filter(|_| !on_break);
    let (reason, destination) = (said(&Role::LeavingReason), said(&Role::Destination));
    let known = reason.as_deref().and_then(leaving_reasons::read);
    let sort = match known {
        _ if on_break => Sort::Break,
        Some(known) => known.sort,
        None => Sort::Unknown,
    };
    let went = destination.as_deref().and_then(destinations::read);
    let went = went.map_or(destinations::Sort::Unknown, |d| d.sort);
    let counts = listing.rules.leavings.of(sort) == Ending::Counts;
    Spell {
        leave: Some(ended).filter(|_| counts),
        sort: Some(sort.slug()),
        destination_sort: Some(went.slug()),
        after: after(goes_on, sort, known),
        reason,
        destination,
        ..spell
    }
}

fn after(goes_on: Option<GoesOn>, sort: Sort, reason: Option<Reason>) -> After {
    match (goes_on, sort) {
        (Some(GoesOn::Bank), _) => After::BankOnly,
        (Some(GoesOn::Break), _) | (_, Sort::Break) => After::OnBreak,
        (_, Sort::Retirement) => After::Retired,
        (_, Sort::Death) => After::Died,
        (_, Sort::InternalMove) => After::MovedWithin,
        (_, Sort::Administrative) if reason.is_some_and(|r| r.is_transfer()) => After::Transferred,
        (_, Sort::Administrative) => After::RecordClosed,
        (_, Sort::Voluntary | Sort::Involuntary | Sort::ContractEnd | Sort::Unknown) => After::Left,
    }
}

/// What the row that ended last says in a column, tidied; of several rows the
/// first in order.
fn said(stretch: &Stretch, role: &Role, listing: &Listing) -> Option<String> {
    let last = stretch.rows.iter().filter_map(|r| r.end).max()?;
    let rows = stretch
        .rows
        .iter()
        .filter(|r| r.end == Some(last))
        .flat_map(|r| &r.at);
    rows.filter_map(|(list, row)| {
        let cell = listing.staff.get(*list)?.column(role)?.cells.cell(*row);
        (!is_missing(cell)).then(|| text::tidy(&cell.text()))
    })
    .min()
}

/// Counts the ends: how many count as leaving, and of the others how many of
/// each sort.
pub(super) fn count(spells: &[Spell], stage: &mut Stage) {
    let ended = || spells.iter().filter(|s| s.ended.is_some());
    stage.count("spells that ended", ended().count());
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for sort in ended().filter(|s| s.leave.is_none()).filter_map(|s| s.sort) {
        *others.entry(sort).or_default() += 1;
    }
    for (sort, ends) in others {
        let sort = sort.replace('_', " ");
        stage.count(&format!("ends that do not count as leaving: {sort}"), ends);
    }
    let bank = ended().filter(|s| s.after == After::BankOnly).count();
    if bank > 0 {
        stage.count("spells after which only bank work goes on", bank);
    }
}
