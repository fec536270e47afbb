//! Posts to spells: the union of a person's posts, gaps up to the rehire gap
//! joined. A person leaves when the last post ends.

use super::rows::{Listed, Listing};
use crate::data::stage::{Aside, Words};
use crate::data::workforce::Spell;
use crate::data::{Role, Stage};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::text;
use staywise_core::domain::{Day, Severity};

/// A stretch of posts without a gap that counts.
struct Stretch<'a> {
    rows: &'a [Listed],
    start: i32,
    /// Nothing while any post is open.
    end: Option<i32>,
}

/// Spells by key, their person still to be filled in. Posts must be in order
/// of start.
pub(super) fn spells(
    listed: &[Vec<Listed>],
    listing: &Listing,
    leavers_from: Option<Day>,
    stage: &mut Stage,
) -> Vec<Vec<Spell>> {
    let mut before = Aside::default();
    let (mut all, mut late) = (0, 0);
    let mut kept = Vec::with_capacity(listed.len());
    for rows in listed {
        let stretches = stretches(rows, listing.rules.rehire_gap_days);
        all += stretches.len();
        let mut spells = of_person(&stretches, listing);
        if let Some(from) = leavers_from {
            spells.retain(|s| {
                let gone = s.leave.is_some_and(|leave| leave < from);
                if gone {
                    before.add(0);
                }
                !gone
            });
            for spell in &mut spells {
                spell.entry_day = u32::try_from(from.0 - spell.start.0).unwrap_or(0);
                late += usize::from(spell.entry_day > 0);
            }
        }
        kept.push(spells);
    }
    stage.count("spells found", all);
    if leavers_from.is_some() {
        stage.count(
            "spells that ended before leavers are listed",
            all - kept.iter().map(Vec::len).sum::<usize>(),
        );
        stage.count("spells followed from a later day than their start", late);
    }
    report(before, listing, stage);
    kept
}

fn report(mut before: Aside, listing: &Listing, stage: &mut Stage) {
    before.row = None;
    let words = Words {
        rule: "left-before-list",
        severity: Severity::Note,
        message: "Spells ended before the date since which the list has leavers, and are set \
                  aside: others who left then are not in the list.",
        remedy: "",
    };
    let stated = listing.staff.iter().find(|t| t.leavers_from.is_some());
    if let Some(table) = stated {
        stage
            .findings
            .extend(before.finding(&words, |_| table.origin(None, None)));
    }
}

fn stretches(rows: &[Listed], gap: i32) -> Vec<Stretch<'_>> {
    let mut found: Vec<(usize, Option<i32>)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match found.last_mut() {
            Some((_, end)) if end.is_none_or(|end| row.start.saturating_sub(end) <= gap) => {
                *end = match (*end, row.end) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            _ => found.push((at, row.end)),
        }
    }
    let ends = found.iter().skip(1).map(|(at, _)| *at).chain([rows.len()]);
    found
        .iter()
        .zip(ends)
        .filter_map(|((first, end), next)| {
            let rows = rows.get(*first..next)?;
            Some(Stretch {
                rows,
                start: rows.first()?.start,
                end: *end,
            })
        })
        .collect()
}

fn of_person(stretches: &[Stretch], listing: &Listing) -> Vec<Spell> {
    let mut spells = Vec::with_capacity(stretches.len());
    let mut last_end: Option<i32> = None;
    for (at, stretch) in stretches.iter().enumerate() {
        let next = stretches.get(at + 1).map(|s| s.start);
        let start = began(stretch, last_end, listing.as_at);
        let end = stretch.end.map(|end| left(stretch, end, next));
        last_end = end;
        let leave = end.filter(|end| *end <= listing.as_at.0);
        spells.push(Spell {
            ended: leave.map(Day),
            leave: leave.map(Day),
            first: at == 0,
            reason: leave.and_then(|_| reason(stretch, listing)),
            ..Spell::open(0, Day(start))
        });
    }
    spells
}

/// The start of a spell: with the organisation where its rows say so, unless
/// that lies in an earlier spell or after this one; else of the first post.
fn began(stretch: &Stretch, last_end: Option<i32>, as_at: Day) -> i32 {
    let possible = |day: &i32| {
        let latest = stretch.end.map_or(as_at.0, |end| end.min(as_at.0));
        *day <= latest && last_end.is_none_or(|last| *day > last)
    };
    let stated = stretch
        .rows
        .iter()
        .filter_map(|r| r.began)
        .filter(possible)
        .min();
    stated.unwrap_or(stretch.start)
}

/// The end of a spell: leaving the organisation where that is later than the
/// end of the last post and before the next spell.
fn left(stretch: &Stretch, end: i32, next: Option<i32>) -> i32 {
    let possible = |day: &i32| *day > end && next.is_none_or(|next| *day < next);
    stretch
        .rows
        .iter()
        .filter_map(|r| r.left)
        .filter(possible)
        .max()
        .unwrap_or(end)
}

/// The reason on the row that ended last; of several the first in order.
fn reason(stretch: &Stretch, listing: &Listing) -> Option<String> {
    let last = stretch.rows.iter().filter_map(|r| r.end).max()?;
    let rows = stretch
        .rows
        .iter()
        .filter(|r| r.end == Some(last))
        .flat_map(|r| &r.at);
    rows.filter_map(|(list, row)| {
        let cell = listing
            .staff
            .get(*list)?
            .column(&Role::LeavingReason)?
            .cells
            .cell(*row);
        (!is_missing(cell)).then(|| text::tidy(&cell.text()))
    })
    .min()
}
