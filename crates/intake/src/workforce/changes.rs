//! What changed for people other than joining and leaving: moves of the main
//! post, work on the bank only, breaks. What flows inside the organisation and
//! models of several states rest on.

use super::Building;
use super::ends::beyond;
use super::rows::{Listed, Listing};
use super::spells::stretches;
use crate::data::workforce::{Change, ChangeKind, Spell};
use crate::data::{History, PostKind, Stage};
use crate::vocabulary::levels;
use staywise_core::domain::Day;

/// The dimensions whose changes are moves.
const MOVES: [(&str, ChangeKind); 4] = [
    ("unit", ChangeKind::MovedUnit),
    ("site", ChangeKind::MovedSite),
    ("staff_group", ChangeKind::MovedStaffGroup),
    ("band", ChangeKind::MovedBand),
];

/// Finds the changes of everyone. Histories must have their last names by now:
/// a ward that was renamed is not a move.
pub(super) fn find(building: &mut Building, listing: &Listing, stage: &mut Stage) {
    let workforce = &building.workforce;
    let moves: Vec<(&History, Vec<bool>, ChangeKind)> = MOVES
        .iter()
        .filter_map(|(slug, kind)| {
            let mut all = workforce.dimensions.iter();
            let history = all.find(|d| d.dimension.as_str() == *slug)?;
            let known = history.levels.iter().map(|l| levels::is_known(l.as_str()));
            Some((history, known.collect(), *kind))
        })
        .collect();
    let mut changes = Vec::new();
    let mut first = 0;
    for (person, rows) in (0_u32..).zip(&building.listed) {
        let spells = workforce.spells.get(first..).unwrap_or_default();
        let own = spells.partition_point(|s| s.person == person);
        let spells = spells.get(..own).unwrap_or_default();
        let mut found: Vec<(Day, ChangeKind)> = Vec::new();
        for (history, known, kind) in &moves {
            found.extend(moved(history, known, person).map(|day| (day, *kind)));
        }
        found.retain(|(day, _)| within(spells, *day));
        let mut others = bank(rows, listing);
        others.extend(breaks(rows, listing));
        others.retain(|(day, _)| near(spells, *day));
        found.extend(others);
        found.retain(|(day, _)| *day <= listing.as_at);
        found.sort_unstable();
        found.dedup();
        changes.extend(found.into_iter().map(|(on, kind)| Change {
            person,
            on,
            kind,
            spell: u32::try_from(first + begun(spells, on).saturating_sub(1)).unwrap_or(u32::MAX),
        }));
        first += own;
    }
    let of = |kind: ChangeKind| changes.iter().filter(|c| c.kind == kind).count();
    for kind in ChangeKind::ALL {
        if of(kind) > 0 {
            let what = kind.slug().replace('_', " ");
            stage.count(
                &format!("changes within the organisation: {what}"),
                of(kind),
            );
        }
    }
    building.workforce.changes = changes;
}

/// How many of a person's spells had begun by a day.
fn begun(spells: &[Spell], day: Day) -> usize {
    spells.partition_point(|s| s.start <= day)
}

fn last_begun(spells: &[Spell], day: Day) -> Option<&Spell> {
    spells.get(begun(spells, day).checked_sub(1)?)
}

/// Whether a day lies inside a spell: whoever joins or leaves on it does not
/// move.
fn within(spells: &[Spell], day: Day) -> bool {
    last_begun(spells, day).is_some_and(|s| s.start < day && s.covers(day))
}

/// Whether a day lies in a spell or is the day on which it ended, or the next.
fn near(spells: &[Spell], day: Day) -> bool {
    last_begun(spells, day).is_some_and(|s| s.ended.is_none_or(|ended| day <= ended.plus(1)))
}

/// The days on which a person's level became another one that is known.
fn moved(history: &History, known: &[bool], person: u32) -> impl Iterator<Item = Day> {
    let bound = |at: usize| history.offsets.get(at).map_or(0, |b| *b as usize);
    let own = bound(person as usize)..bound(person as usize + 1);
    let from = history.from.get(own.clone()).unwrap_or_default();
    let codes = history.codes.get(own).unwrap_or_default();
    let mut last: Option<u32> = None;
    from.iter().zip(codes).filter_map(move |(day, code)| {
        if known.get(*code as usize) != Some(&true) {
            return None;
        }
        let before = last.replace(*code)?;
        (before != *code).then_some(Day(*day))
    })
}

/// Between substantive work and work on the bank only.
fn bank(rows: &[Listed], listing: &Listing) -> Vec<(Day, ChangeKind)> {
    let gap = listing.rules.rehire_gap_days;
    let substantive = |row: &Listed| row.kind() == PostKind::Substantive;
    let mut found = Vec::new();
    if rows.iter().all(substantive) {
        return found;
    }
    let mut only = false;
    for stretch in stretches(rows.iter().filter(|r| substantive(r)), gap) {
        if only {
            found.push((Day(stretch.start), ChangeKind::BackFromBank));
        }
        let end = stretch.end;
        only = end.is_some_and(|end| beyond(rows, (end, gap), |r| !substantive(r)));
        if let Some(end) = end.filter(|_| only) {
            found.push((Day(end), ChangeKind::ToBankOnly));
        }
    }
    found
}

/// Breaks: no post at work, and one at least on a break.
fn breaks(rows: &[Listed], listing: &Listing) -> Vec<(Day, ChangeKind)> {
    let mut found = Vec::new();
    if !rows.iter().any(Listed::is_break) {
        return found;
    }
    let held: Vec<&Listed> = rows.iter().filter(|r| r.is_held(listing.rules)).collect();
    let mut days: Vec<i32> = held
        .iter()
        .flat_map(|r| [Some(r.start), r.end, r.end.map(|end| end.saturating_add(1))])
        .flatten()
        .collect();
    days.sort_unstable();
    days.dedup();
    let mut before = None;
    for day in days {
        let now = state(&held, day);
        match (before, now) {
            (Some(State::Active), Some(State::Break)) => {
                found.push((Day(day), ChangeKind::BreakBegan));
            }
            (Some(State::Break), Some(State::Active)) => {
                found.push((Day(day), ChangeKind::BreakEnded));
            }
            _ => {}
        }
        before = now;
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Active,
    Break,
}

/// How a person stands on a day. A post that ends on one day, with the next
/// beginning on the day after, lasts until then.
fn state(held: &[&Listed], day: i32) -> Option<State> {
    let of = |rows: &mut dyn Iterator<Item = &&Listed>| {
        rows.map(|r| r.is_break())
            .reduce(|a, b| a && b)
            .map(|all| if all { State::Break } else { State::Active })
    };
    let in_force = |r: &&&Listed| r.start <= day && r.end.is_none_or(|end| end > day);
    of(&mut held.iter().filter(in_force))
        .or_else(|| of(&mut held.iter().filter(|r| r.end == Some(day))))
}
