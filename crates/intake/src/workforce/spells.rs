//! Posts to spells: the union of the posts of a person that count by the
//! rules, gaps up to the rehire gap joined. A spell ends when the last of them
//! does. What an end is, and whether it counts as leaving, is told in `ends`.

use super::ends;
use super::rows::{Listed, Listing};
use crate::data::Stage;
use crate::data::stage::{Aside, Words};
use crate::data::workforce::Spell;
use staywise_core::domain::{Day, Severity};

/// A stretch of posts without a gap that counts.
pub(super) struct Stretch<'a> {
    /// In order of start.
    pub(super) rows: Vec<&'a Listed>,
    pub(super) start: i32,
    /// Nothing while any post is open.
    pub(super) end: Option<i32>,
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
        let counted = rows.iter().filter(|row| row.counts(listing.rules));
        let stretches = stretches(counted, listing.rules.rehire_gap_days);
        all += stretches.len();
        let mut spells = of_person(&stretches, rows, listing);
        if let Some(from) = leavers_from {
            spells.retain(|s| {
                let gone = s.ended.is_some_and(|ended| ended < from);
                if gone {
                    before.add(0);
                }
                !gone
            });
            late += spells.iter().filter(|spell| spell.start < from).count();
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

/// Posts, in order of start, as stretches: posts up to so many days apart are
/// one.
pub(super) fn stretches<'a>(rows: impl Iterator<Item = &'a Listed>, gap: i32) -> Vec<Stretch<'a>> {
    let mut found: Vec<Stretch<'a>> = Vec::new();
    for row in rows {
        match found.last_mut() {
            Some(last)
                if last
                    .end
                    .is_none_or(|end| row.start.saturating_sub(end) <= gap) =>
            {
                last.end = match (last.end, row.end) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
                last.rows.push(row);
            }
            _ => found.push(Stretch {
                rows: vec![row],
                start: row.start,
                end: row.end,
            }),
        }
    }
    found
}

fn of_person(stretches: &[Stretch], rows: &[Listed], listing: &Listing) -> Vec<Spell> {
    let mut spells = Vec::with_capacity(stretches.len());
    let mut last_end: Option<i32> = None;
    for (at, stretch) in stretches.iter().enumerate() {
        let next = stretches.get(at + 1).map(|s| s.start);
        let start = began(stretch, last_end, (rows, listing));
        let goes_on = stretch
            .end
            .and_then(|end| ends::goes_on(rows, end, listing.rules));
        let end = match goes_on {
            Some(_) => stretch.end,
            None => stretch.end.map(|end| left(stretch, end, next)),
        };
        last_end = end;
        let ended = end.filter(|end| *end <= listing.as_at.0);
        let spell = Spell {
            ended: ended.map(Day),
            first: at == 0,
            ..Spell::open(0, Day(start))
        };
        spells.push(ends::told(spell, stretch, (goes_on, listing)));
    }
    spells
}

/// The start of a spell: with the organisation where its rows say so, unless
/// that lies in an earlier spell, after this one or in the time of a post that
/// does not count, as bank work before a first post; else of the first post.
fn began(stretch: &Stretch, last_end: Option<i32>, (rows, listing): (&[Listed], &Listing)) -> i32 {
    let apart = |day: i32| {
        let mut others = rows.iter().filter(|row| !row.counts(listing.rules));
        others.any(|row| row.start <= day && row.end.is_none_or(|end| end > day))
    };
    let possible = |day: &i32| {
        let as_at = listing.as_at.0;
        let latest = stretch.end.map_or(as_at, |end| end.min(as_at));
        *day <= latest
            && last_end.is_none_or(|last| *day > last)
            && (*day >= stretch.start || !apart(*day))
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
