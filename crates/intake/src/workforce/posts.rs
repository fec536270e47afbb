//! Posts: where a person was on a day. The
//! main post of a day is one that counts by the rules before one that does not
//! (a bank post beside a substantive one), then the one with the highest
//! full-time equivalent, then the one that began last, as lists without the ends of posts leave the
//! earlier places of a rotation open; then the first assignment number.

use super::Rules;
use super::personal::PERSONAL;
use super::rows::Listed;
use crate::data::{Cell, History, Role, Table, TableColumn};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::levels::{self, NOT_KNOWN};
use staywise_core::domain::{Dimension, Level};
use std::cmp::Reverse;

/// A dimension read from the staff lists, each distinct value once.
pub(super) struct Place {
    pub(super) dimension: Dimension,
    pub(super) levels: Vec<Level>,
    /// The level of those of whom nothing is recorded.
    pub(super) not_known: u32,
    /// By list: the codes of the column and the level of each pool value.
    columns: Vec<Option<(Vec<u32>, Vec<u32>)>>,
}

impl Place {
    pub(super) fn new(slug: &str, staff: &[&Table]) -> Self {
        let role = Role::Dimension(slug.to_owned());
        let found: Vec<_> = staff
            .iter()
            .map(|t| {
                t.column(&role)
                    .or_else(|| piped(t).filter(|_| slug == STAFF_GROUP))
            })
            .collect();
        let mut given = vec![NOT_KNOWN.to_owned()];
        let mut spans = Vec::new();
        for column in &found {
            let from = given.len();
            if let Some(column) = column {
                given.extend(
                    column
                        .cells
                        .pool
                        .iter()
                        .map(|cell| level(slug, column, cell)),
                );
            }
            spans.push(from..given.len());
        }
        let (names, places) = levels::sorted(slug, &given);
        let columns = found.iter().zip(spans).map(|(column, span)| {
            let of_pool = places.get(span).unwrap_or_default().to_vec();
            column.map(|c| (c.cells.codes.clone(), of_pool))
        });
        Self {
            dimension: Dimension::new(slug),
            columns: columns.collect(),
            not_known: places.first().copied().unwrap_or(0),
            levels: names.iter().map(|l| Level::new(l)).collect(),
        }
    }

    /// The levels that rows (by list and row) state, without those that say
    /// nothing.
    pub(super) fn stated(&self, rows: &[(usize, usize)]) -> impl Iterator<Item = u32> {
        rows.iter()
            .filter_map(|(list, row)| {
                let (codes, of_pool) = self.columns.get(*list)?.as_ref()?;
                of_pool.get(*codes.get(*row)? as usize).copied()
            })
            .filter(|code| *code != self.not_known)
    }

    /// The level of a post.
    pub(super) fn of(&self, post: &Listed) -> u32 {
        self.stated(&post.at).min().unwrap_or(self.not_known)
    }
}

const STAFF_GROUP: &str = "staff_group";

/// The level of a cell; of a job without a pipe no staff group can be told.
fn level(slug: &str, column: &TableColumn, cell: &Cell) -> String {
    let own = column.role == Role::Dimension(slug.to_owned());
    if own || cell.text().contains('|') {
        levels::read(slug, cell)
    } else {
        NOT_KNOWN.to_owned()
    }
}

/// The column of jobs written `Staff group|Role`, where most are and no column
/// has the staff group.
fn piped(table: &Table) -> Option<&TableColumn> {
    if table
        .column(&Role::Dimension(STAFF_GROUP.to_owned()))
        .is_some()
    {
        return None;
    }
    let column = table.column(&Role::Dimension("profession".to_owned()))?;
    let texts = || column.cells.pool.iter().filter(|cell| !is_missing(cell));
    // `4362624|Community Nurse|N6H|` is a number and a title, no group.
    let has_group = |cell: &&Cell| {
        cell.text()
            .split_once('|')
            .is_some_and(|(group, _)| !group.trim().bytes().all(|b| b.is_ascii_digit()))
    };
    (texts().filter(has_group).count() * 2 > texts().count()).then_some(column)
}

/// Every dimension that goes with a post rather than with a person.
pub(super) struct Places(Vec<Place>);

impl Places {
    pub(super) fn new(staff: &[&Table]) -> Self {
        let mut slugs: Vec<&str> = Vec::new();
        for column in staff.iter().flat_map(|t| &t.columns) {
            if let Role::Dimension(slug) = &column.role
                && !PERSONAL.contains(&slug.as_str())
                && !slugs.contains(&slug.as_str())
            {
                slugs.push(slug);
            }
        }
        if !slugs.contains(&STAFF_GROUP) && staff.iter().any(|t| piped(t).is_some()) {
            slugs.push(STAFF_GROUP);
        }
        slugs.sort_by_key(|slug| {
            (
                ORDER.iter().position(|o| o == slug).unwrap_or(ORDER.len()),
                *slug,
            )
        });
        Self(slugs.iter().map(|slug| Place::new(slug, staff)).collect())
    }

    /// Whether none differs where both posts state it.
    pub(super) fn agree(&self, a: &Listed, b: &Listed) -> bool {
        self.0.iter().all(|place| {
            let (a, b) = (place.of(a), place.of(b));
            a == b || a == place.not_known || b == place.not_known
        })
    }

    /// The levels of a post in every dimension.
    pub(super) fn of(&self, post: &Listed) -> Vec<u32> {
        self.0.iter().map(|place| place.of(post)).collect()
    }
}

/// The order in which dimensions of posts are listed; others follow by name.
const ORDER: [&str; 6] = [
    "organisation",
    "site",
    "unit",
    "staff_group",
    "profession",
    "band",
];

/// Each dimension of posts over time, for every person.
pub(super) fn histories(people: &[Vec<Listed>], places: &Places, rules: &Rules) -> Vec<History> {
    let mut histories: Vec<History> = places
        .0
        .iter()
        .map(|p| empty(p.dimension.clone(), p.levels.clone()))
        .collect();
    for posts in people {
        let mains = mains(posts, places, rules);
        for (place, history) in places.0.iter().zip(&mut histories) {
            let stretches = mains.iter().map(|(from, post)| (*from, place.of(post)));
            push(history, stretches);
        }
    }
    histories
}

/// A history without people.
pub(super) fn empty(dimension: Dimension, levels: Vec<Level>) -> History {
    History {
        dimension,
        levels,
        offsets: vec![0],
        from: Vec::new(),
        codes: Vec::new(),
    }
}

/// Adds a person with their stretches in order of time; neighbours of the
/// same level become one.
pub(super) fn push(history: &mut History, stretches: impl Iterator<Item = (i32, u32)>) {
    let first = history.from.len();
    for (from, code) in stretches {
        if history.from.len() > first && history.codes.last() == Some(&code) {
            continue;
        }
        history.from.push(from);
        history.codes.push(code);
    }
    history
        .offsets
        .push(u32::try_from(history.from.len()).unwrap_or(u32::MAX));
}

/// The main post from each day on that one begins or ends; after the last
/// end, and in a gap, it stays what it was.
fn mains<'a>(posts: &'a [Listed], places: &Places, rules: &Rules) -> Vec<(i32, &'a Listed)> {
    if let [only] = posts {
        return vec![(only.start, only)];
    }
    let mut days: Vec<i32> = posts
        .iter()
        .flat_map(|p| [Some(p.start), p.end])
        .flatten()
        .collect();
    days.sort_unstable();
    days.dedup();
    let in_force = |day: i32| {
        let held = posts
            .iter()
            .filter(|p| p.start <= day && p.end.is_none_or(|end| day < end));
        held.min_by_key(|p| {
            let apart = !p.counts(rules);
            (
                apart,
                Reverse(p.fte),
                Reverse(p.start),
                p.assignment,
                places.of(p),
            )
        })
    };
    let mut mains: Vec<(i32, &Listed)> = days
        .iter()
        .filter_map(|day| Some((*day, in_force(*day)?)))
        .collect();
    if mains.is_empty() {
        mains.extend(posts.first().map(|p| (p.start, p)));
    }
    mains
}
