//! What is true of a person whatever their post: ethnicity, sex, disability,
//! where they trained. Where rows differ the latest that says something holds.

use super::posts::{Place, empty, push};
use super::rows::{Listed, Listing};
use crate::data::stage::Words;
use crate::data::{History, Role, Stage};
use crate::vocabulary::levels::{self, ETHNIC_PARTS, Ethnic, EthnicPart, NOT_KNOWN};
use staywise_core::domain::{Dimension, Finding, Level, Severity};

/// The dimensions of people; all others are of posts.
pub(super) const PERSONAL: [&str; 9] = [
    "ethnic_category",
    "ethnic_group",
    "ethnic_minority",
    "sex",
    "disability",
    "nationality_group",
    "country_of_training",
    "route",
    "programme",
];

/// The personal dimensions that the staff lists have.
pub(super) fn histories(
    people: &[Vec<Listed>],
    listing: &Listing,
    stage: &mut Stage,
) -> Vec<History> {
    let mut histories = ethnicity(people, listing, stage);
    let has = |slug: &str| {
        let role = Role::Dimension(slug.to_owned());
        listing.staff.iter().any(|t| t.column(&role).is_some())
    };
    let derived = if histories.is_empty() { 2 } else { 3 };
    for slug in PERSONAL.iter().skip(derived).filter(|slug| has(slug)) {
        let place = Place::new(slug, listing.staff);
        let (codes, conflicts) = latest(people, |post| place.stated(&post.at).max());
        let not_known = place
            .levels
            .iter()
            .position(|l| l.as_str() == NOT_KNOWN)
            .unwrap_or(0);
        let not_known = u32::try_from(not_known).unwrap_or(0);
        report_conflicts(slug, conflicts, listing, stage);
        let mut history = empty(place.dimension, place.levels);
        for (posts, code) in people.iter().zip(codes) {
            push(
                &mut history,
                [(first_day(posts), code.unwrap_or(not_known))].into_iter(),
            );
        }
        histories.push(history);
    }
    histories
}

/// The day from which a person is known of.
pub(super) fn first_day(posts: &[Listed]) -> i32 {
    posts
        .iter()
        .map(|p| p.began.map_or(p.start, |began| began.min(p.start)))
        .min()
        .unwrap_or(0)
}

/// By person what their latest post states, and how many people's posts
/// differ. Later starts later; of posts that start together the one that ends
/// last.
fn latest(
    people: &[Vec<Listed>],
    stated: impl Fn(&Listed) -> Option<u32>,
) -> (Vec<Option<u32>>, u64) {
    let mut conflicts = 0;
    let codes = people
        .iter()
        .map(|posts| {
            let mut best: Option<((i32, i32, u32), u32)> = None;
            let mut differ = false;
            for post in posts {
                let Some(code) = stated(post) else { continue };
                let when = (post.start, post.end.unwrap_or(i32::MAX), post.assignment);
                differ |= best.is_some_and(|(_, other)| other != code);
                best = best.max(Some((when, code)));
            }
            conflicts += u64::from(differ);
            best.map(|(_, code)| code)
        })
        .collect();
    (codes, conflicts)
}

fn report_conflicts(slug: &str, people: u64, listing: &Listing, stage: &mut Stage) {
    let role = Role::Dimension(slug.to_owned());
    let table = listing.staff.iter().find(|t| t.column(&role).is_some());
    if let Some(table) = table.filter(|_| people > 0) {
        stage.findings.push(Finding {
            rule: "conflicting-values",
            severity: Severity::Warning,
            origin: table.origin(None, table.column(&role)),
            message: format!(
                "The rows of a person differ in {slug}; the latest that says something is used."
            ),
            remedy: "Correct the rows that are out of date.".to_owned(),
            count: people,
            private_value: None,
        });
    }
}

/// Which column of a list tells ethnicity.
struct EthnicColumn {
    codes: Vec<u32>,
    /// By pool value: place in the levels, nothing where it says nothing.
    places: Vec<Option<u32>>,
}

/// Category, group and minority, from a column of categories, else of groups.
fn ethnicity(people: &[Vec<Listed>], listing: &Listing, stage: &mut Stage) -> Vec<History> {
    let mut given: Vec<Ethnic> = vec![Ethnic::all(NOT_KNOWN)];
    let read: Vec<Option<Vec<Ethnic>>> = listing
        .staff
        .iter()
        .map(|table| read_column(table, stage))
        .collect();
    if read.iter().all(Option::is_none) {
        return Vec::new();
    }
    given.extend(read.iter().flatten().flatten().cloned());
    given.sort();
    given.dedup();
    let place = |e: &Ethnic| {
        let says = *e != Ethnic::all(NOT_KNOWN);
        says.then(|| {
            given
                .binary_search(e)
                .ok()
                .and_then(|p| u32::try_from(p).ok())
        })
        .flatten()
    };
    let columns: Vec<Option<EthnicColumn>> = listing
        .staff
        .iter()
        .zip(&read)
        .map(|(table, read)| {
            Some(EthnicColumn {
                codes: ethnic_column(table)?.cells.codes.clone(),
                places: read.as_ref()?.iter().map(place).collect(),
            })
        })
        .collect();
    let (codes, conflicts) = latest(people, |post| {
        let codes = post.at.iter().filter_map(|(list, row)| {
            let column = columns.get(*list)?.as_ref()?;
            *column.places.get(*column.codes.get(*row)? as usize)?
        });
        codes.max()
    });
    report_conflicts("ethnic_category", conflicts, listing, stage);
    ETHNIC_PARTS
        .iter()
        .map(|(slug, part)| project(slug, (people, &codes), &given, *part))
        .collect()
}

/// One of the three as a dimension.
fn project(
    slug: &str,
    (people, codes): (&[Vec<Listed>], &[Option<u32>]),
    given: &[Ethnic],
    part: EthnicPart,
) -> History {
    let mut names: Vec<String> = given.iter().map(|e| part(e).clone()).collect();
    names.push(NOT_KNOWN.to_owned());
    let (levels, places) = levels::sorted(slug, &names);
    let not_known = places.last().copied().unwrap_or(0);
    let mut history = empty(
        Dimension::new(slug),
        levels.iter().map(|l| Level::new(l)).collect(),
    );
    for (posts, code) in people.iter().zip(codes) {
        let level = code
            .and_then(|c| places.get(c as usize).copied())
            .unwrap_or(not_known);
        push(&mut history, [(first_day(posts), level)].into_iter());
    }
    history
}

fn ethnic_column(table: &crate::data::Table) -> Option<&crate::data::TableColumn> {
    ["ethnic_category", "ethnic_group"]
        .iter()
        .find_map(|slug| table.column(&Role::Dimension((*slug).to_owned())))
}

/// The ethnicity of each pool value; an unknown label is a finding and not
/// known.
fn read_column(table: &crate::data::Table, stage: &mut Stage) -> Option<Vec<Ethnic>> {
    let column = ethnic_column(table)?;
    let by_group = column.role == Role::Dimension("ethnic_group".to_owned());
    let (read, strange) = levels::ethnicities(&column.cells, |cell| {
        let group = || by_group.then(|| Ethnic::of_group(levels::read("ethnic_group", cell)));
        levels::ethnic(cell).or_else(group)
    });
    let origin = |_| table.origin(None, Some(column));
    stage.findings.extend(strange.finding(&STRANGE, origin));
    Some(read)
}

const STRANGE: Words = Words {
    rule: "unknown-label",
    severity: Severity::Warning,
    message: "Labels are no ethnic category of the NHS or census lists; these people count as Not \
              known.",
    remedy: "Write the code or the full label of the list.",
};
