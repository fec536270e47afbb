//! What a column header means, and which questions ask a person who they are.
//! Looks at words only, never at the values beneath.

use super::phrase::Pattern;
use super::{tables, text};
use crate::data::{Holds, Role};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Role words with their headers.
type Headers = BTreeMap<String, Vec<String>>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    any: Headers,
    staff: Headers,
    survey: Headers,
    register: Headers,
    invited: Headers,
    durations: Headers,
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    dimension: String,
    #[serde(flatten)]
    pattern: Pattern,
}

const TOML: &str = include_str!("columns.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<Lookup> = LazyLock::new(|| Lookup {
    any: by_header(&TABLE.any),
    kinds: [Holds::Staff, Holds::Survey, Holds::Register, Holds::Invited]
        .map(|holds| (holds, by_header(TABLE.kind(holds)))),
    durations: by_header(&TABLE.durations),
});

impl Table {
    fn kind(&self, holds: Holds) -> &Headers {
        match holds {
            Holds::Survey => &self.survey,
            Holds::Register => &self.register,
            Holds::Invited => &self.invited,
            Holds::Durations => &self.durations,
            _ => &self.staff,
        }
    }
}

/// Roles by the bare letters and digits of a header.
struct Lookup {
    any: HashMap<String, Role>,
    /// Kinds of table that speak for a header where the kind is not known.
    kinds: [(Holds, HashMap<String, Role>); 4],
    durations: HashMap<String, Role>,
}

fn by_header(headers: &Headers) -> HashMap<String, Role> {
    let mut out = HashMap::new();
    for (word, headers) in headers {
        for header in headers {
            out.insert(bare(header), Role::from_word(word));
        }
    }
    out
}

/// Letters and digits only: `StartDate`, `Start Date` and `start_date` are
/// one.
fn bare(header: &str) -> String {
    text::fold(header)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A header without a remark in brackets behind it: `Gender (self-declared)`.
fn without_remark(header: &str) -> Option<String> {
    let tidied = text::tidy(header);
    let (start, _) = tidied.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    let left = bare(start);
    (!left.is_empty()).then_some(left)
}

/// The role of a header by its words, or nothing where it is not known.
/// Case, dashes, underscores and white space do not matter. Where the kind of
/// table is not known yet, `Start Date` is taken as in a staff list.
#[must_use]
pub fn recognise(header: &str) -> Option<Role> {
    look_up(header, |bare| {
        // What may be a mark in a staff list is another kind's word before.
        let staff_last = usize::from(MAY_BE_A_MARK.contains(&bare));
        let (staff, others) = LOOKUP.kinds.split_at(staff_last);
        let kinds = others.iter().chain(staff);
        let kinds = kinds.filter_map(|(_, kind)| kind.get(bare));
        let mut roles = LOOKUP.any.get(bare).into_iter().chain(kinds);
        // A kind that has no use for a header does not speak for the others.
        let first = roles.next()?;
        if *first == Role::Unused {
            return roles.find(|role| **role != Role::Unused).or(Some(first));
        }
        Some(first)
    })
}

/// The role of a header in a table of a kind: a `Start Date` is a
/// preceptorship's in a register and a response's in a survey.
#[must_use]
pub fn recognise_in(holds: Holds, header: &str) -> Option<Role> {
    let kind = match holds {
        Holds::Durations => Some(&LOOKUP.durations),
        _ => LOOKUP
            .kinds
            .iter()
            .find(|(kind, _)| *kind == holds)
            .map(|(_, kind)| kind),
    };
    look_up(header, |bare| {
        let own = kind.and_then(|kind| kind.get(bare));
        own.or_else(|| LOOKUP.any.get(bare))
    })
}

/// Headers of a staff list that may as well be a yes or no: dates only where
/// dates stand below them.
const MAY_BE_A_MARK: [&str; 6] = [
    "started",
    "start",
    "joined",
    "left",
    "finished",
    "commenced",
];

/// Headers that tell of a leaving only beside the date of one.
const BESIDE_A_LEAVING: [&str; 7] = [
    "reason",
    "whereto",
    "movedto",
    "goingto",
    "goneto",
    "wentto",
    "newemployer",
];

/// Whether a header such as `Left` is a date of a staff list only where dates
/// stand below it.
#[must_use]
pub fn may_be_a_mark(header: &str) -> bool {
    is_one_of(&MAY_BE_A_MARK, header)
}

/// Whether a header such as `Reason` tells of a leaving only in a table with
/// leaving dates.
#[must_use]
pub fn needs_a_leaving(header: &str) -> bool {
    is_one_of(&BESIDE_A_LEAVING, header)
}

fn is_one_of(words: &[&str], header: &str) -> bool {
    let is = |bare: String| words.contains(&bare.as_str());
    is(bare(header)) || without_remark(header).is_some_and(is)
}

fn look_up<'a>(header: &str, find: impl Fn(&str) -> Option<&'a Role>) -> Option<Role> {
    find(&bare(header))
        .or_else(|| find(&without_remark(header)?))
        .cloned()
}

/// The dimension that a survey question asks a person for: `What is your
/// ethnic group?` is `ethnic_category`. Nothing for questions that only
/// mention one.
#[must_use]
pub fn dimension_of_question(question: &str) -> Option<&'static str> {
    let folded = text::words(question);
    let words: Vec<&str> = folded.split(' ').collect();
    TABLE
        .question
        .iter()
        .find(|row| row.pattern.fits(&words))
        .map(|row| row.dimension.as_str())
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
