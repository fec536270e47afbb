//! Snapshots a month: the same person in twelve of them is one person, with
//! posts that run for as long as they are seen. Whoever is missing from a
//! snapshot has left on its day, unless they are back with the same start.

use super::posts::Places;
use super::rows::{Listed, Listing};
use crate::data::stage::{Aside, Words};
use crate::data::{PostKind, Stage, Standing};
use staywise_core::domain::{Origin, Severity};
use std::collections::BTreeMap;

/// A row of a snapshot.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    /// The day of the snapshot.
    pub(super) seen: i32,
    /// The start of the post, where the row says.
    pub(super) start: Option<i32>,
    /// What else the row says; its own start is not used.
    pub(super) post: Listed,
}

/// What makes rows of several snapshots one post: assignment, start, full-time
/// equivalent, contract and status, and the levels of all dimensions.
type Same = (
    u32,
    Option<i32>,
    Option<u32>,
    (Option<PostKind>, Option<Standing>),
    Vec<u32>,
);

/// What was found on the way.
#[derive(Default)]
struct Found {
    no_start: Aside,
    first: Option<(usize, usize)>,
    bridged: Aside,
    first_seen: Aside,
}

/// Adds the posts that snapshots show.
pub(super) fn add(
    listed: &mut [Vec<Listed>],
    sightings: Vec<Vec<Sighting>>,
    (places, listing): (&Places, &Listing),
    stage: &mut Stage,
) {
    let days = &listing.lists.days;
    if days.is_empty() {
        return;
    }
    let mut found = Found::default();
    let (mut rows, mut posts) = (0, 0);
    for (into, seen) in listed.iter_mut().zip(sightings) {
        rows += seen.len();
        let shown = of_person(seen, (days, places), &mut found);
        posts += shown.len();
        into.extend(shown);
    }
    stage.count("staff rows of snapshots", rows);
    stage.count("posts that snapshots show", posts);
    report(found, rows, listing, stage);
}

/// The posts of a person.
fn of_person(
    sightings: Vec<Sighting>,
    (days, places): (&[i32], &Places),
    found: &mut Found,
) -> Vec<Listed> {
    let place = |day: i32| days.binary_search(&day).ok();
    let known = sightings.iter().filter_map(|s| s.start).min();
    let mut there: Vec<usize> = sightings.iter().filter_map(|s| place(s.seen)).collect();
    there.sort_unstable();
    there.dedup();
    let times = times(&there, &sightings, days, found);
    let mut same: BTreeMap<Same, Vec<(usize, Listed)>> = BTreeMap::new();
    for sighting in sightings {
        let Some(at) = place(sighting.seen) else {
            continue;
        };
        let start = sighting.start.or(known);
        let post = sighting.post;
        let said = (post.kind, post.standing);
        let key = (post.assignment, start, post.fte, said, places.of(&post));
        same.entry(key).or_default().push((at, post));
    }
    let mut posts = Vec::new();
    for ((_, start, ..), mut rows) in same {
        rows.sort_by_key(|(at, post)| (*at, post.at.clone()));
        for run in runs(&rows, &times) {
            let shown = post(run, start, (&times, days), found);
            posts.extend(
                shown
                    .into_iter()
                    .flat_map(|post| seen_since(post, run, days)),
            );
        }
    }
    posts
}

/// A time of a person among the staff: the snapshots they are in.
type Time = Vec<usize>;

/// The person's times: a snapshot missed between two with the same start is a
/// gap in the list, not a leaving.
fn times(there: &[usize], sightings: &[Sighting], days: &[i32], found: &mut Found) -> Vec<Time> {
    let starts = |at: usize| {
        let day = days.get(at).copied();
        let mut starts: Vec<Option<i32>> = sightings
            .iter()
            .filter(|s| Some(s.seen) == day)
            .map(|s| s.start.or(s.post.began))
            .collect();
        starts.sort_unstable();
        starts
    };
    let mut times: Vec<Time> = Vec::new();
    for at in there {
        let joins = times
            .last()
            .and_then(|time| time.last())
            .is_some_and(|last| {
                if last + 1 == *at {
                    return true;
                }
                let before = starts(*last);
                let back = starts(*at)
                    .iter()
                    .any(|start| start.is_some() && before.contains(start));
                if back {
                    found.bridged.add(0);
                }
                back
            });
        match times.last_mut() {
            Some(time) if joins => time.push(*at),
            _ => times.push(vec![*at]),
        }
    }
    times
}

/// Stretches of snapshots that follow one another in one of the times.
fn runs<'a>(rows: &'a [(usize, Listed)], times: &[Time]) -> Vec<&'a [(usize, Listed)]> {
    let follows = |a: &(usize, Listed), b: &(usize, Listed)| {
        times.iter().any(|time| {
            let at = |n: usize| time.binary_search(&n).ok();
            match (at(a.0), at(b.0)) {
                (Some(a), Some(b)) => b <= a + 1,
                _ => false,
            }
        })
    };
    rows.chunk_by(follows).collect()
}

/// The post of a run, or nothing where nobody can tell when it began.
fn post(
    run: &[(usize, Listed)],
    start: Option<i32>,
    (times, days): (&[Time], &[i32]),
    found: &mut Found,
) -> Option<Listed> {
    let ((first, _), (last, latest)) = (run.first()?, run.last()?);
    let time = times.iter().find(|time| time.contains(first))?;
    let day = |at: usize| days.get(at).copied();
    let at = |n: usize| time.binary_search(&n).ok();
    let before = at(*first)?.checked_sub(1).and_then(|a| day(*time.get(a)?));
    let begun = match (before, start) {
        // A change within a time: when it began is seen, or said more closely.
        (Some(before), start) => start.filter(|s| *s > before).or(day(*first)),
        (None, Some(start)) => Some(start),
        (None, None) if *first > 0 => {
            found.first_seen.add(0);
            day(*first)
        }
        (None, None) => {
            for (_, row) in run {
                found.no_start.add(0);
                found.first = found.first.or(row.at.first().copied());
            }
            None
        }
    }?;
    let next = match time.get(at(*last)? + 1) {
        Some(next) => day(*next),
        None => day(last + 1),
    };
    let said = latest.end.into_iter().chain(latest.left).min();
    let end = next.into_iter().chain(said).min();
    let mut post = latest.clone();
    // Of a run the first and last rows speak for the others.
    let opening = run.first().and_then(|(_, row)| row.at.first().copied());
    post.at = opening
        .into_iter()
        .chain(latest.at.iter().copied())
        .collect();
    post.at.dedup();
    Some(Listed {
        start: begun,
        end: end.map(|end| end.max(begun)),
        ..post
    })
}

/// A break that a person's first snapshot shows began nobody knows when: until
/// that day the post counts as one at work.
fn seen_since(post: Listed, run: &[(usize, Listed)], days: &[i32]) -> Vec<Listed> {
    let first = run.first().and_then(|(at, _)| days.get(*at).copied());
    match first {
        Some(first) if post.is_break() && post.start < first => vec![
            Listed {
                end: Some(first),
                standing: Some(Standing::Active),
                ..post.clone()
            },
            Listed {
                start: first,
                end: post.end.map(|end| end.max(first)),
                ..post
            },
        ],
        _ => vec![post],
    }
}

fn report(found: Found, rows: usize, listing: &Listing, stage: &mut Stage) {
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let most = listing.rules.max_unusable;
    let severity = if super::dates::exceeds(found.no_start.count, rows, most) {
        Severity::Error
    } else {
        Severity::Warning
    };
    let first = found.first.or_else(|| {
        let list = (0..listing.staff.len()).find(|at| listing.lists.is_snapshots(*at))?;
        Some((list, 0))
    });
    let table = first.and_then(|(list, _)| listing.staff.get(list));
    let row = found.first.map(|(_, row)| row);
    let place = |_| table.map_or_else(Origin::default, |table| table.origin(row, None));
    let whole = |_| table.map_or_else(Origin::default, |table| table.origin(None, None));
    let no_start = Words {
        severity,
        ..NO_START
    };
    stage
        .findings
        .extend(found.no_start.finding(&no_start, place));
    stage
        .findings
        .extend(found.first_seen.finding(&FIRST_SEEN, whole));
    stage
        .findings
        .extend(found.bridged.finding(&BRIDGED, whole));
}

const NO_START: Words = Words {
    rule: "no-start-date",
    severity: Severity::Warning,
    message: "Rows of people who are in the first snapshot have no start date, and are set aside: \
              they started some time before it.",
    remedy: "Export the snapshots with a start date, or name its column in staywise.toml: columns \
             = { \"Its header\" = \"start_date\" }.",
};
const FIRST_SEEN: Words = Words {
    rule: "start-first-seen",
    severity: Severity::Note,
    message: "People have no start date and are missing from the snapshot before; they count as \
              started on the day of the first that they are in.",
    remedy: "",
};
const BRIDGED: Words = Words {
    rule: "missing-from-a-snapshot",
    severity: Severity::Note,
    message: "People are missing from a snapshot and are in a later one with the same start date; \
              they count as there throughout.",
    remedy: "",
};
