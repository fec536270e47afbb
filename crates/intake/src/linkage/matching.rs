//! From pseudonyms to people: a reference or staff number first, then an
//! address, where both sides have it. A pseudonym that two people share
//! links to neither.

use super::pseudonym::Marked;
use crate::data::linked::NOBODY;
use std::collections::HashMap;

/// Which identifier linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    StaffNumber,
    Email,
}

/// Whose a response or an invitation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// One person's.
    Person(u32, Key),
    /// One of several people's.
    Ambiguous,
    /// Somebody's whom the staff list does not have.
    Unmatched,
    /// No identifier.
    Anonymous,
}

impl Match {
    /// The person, or `NOBODY`.
    pub(super) fn person(&self) -> u32 {
        match self {
            Self::Person(person, _) => *person,
            _ => NOBODY,
        }
    }
}

/// People by pseudonym; nothing in it where several people share one.
pub(super) struct Index(HashMap<u128, Option<u32>>);

impl Index {
    /// Whether there is nobody to find: no staff list was read.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn new(people: &[Marked]) -> Self {
        let mut index: HashMap<u128, Option<u32>> = HashMap::with_capacity(people.len() * 2);
        for (person, marks) in (0..).zip(people) {
            for mark in marks.all() {
                let known = index.entry(mark).or_insert(Some(person));
                if *known != Some(person) {
                    *known = None;
                }
            }
        }
        Self(index)
    }

    /// Whose an identity is.
    pub(super) fn find(&self, marks: &Marked) -> Match {
        let mut shared = false;
        for mark in marks.all() {
            match self.0.get(&mark) {
                Some(Some(person)) => return Match::Person(*person, key(marks, mark)),
                Some(None) => shared = true,
                None => {}
            }
        }
        match marks.first() {
            0 => Match::Anonymous,
            _ if shared => Match::Ambiguous,
            _ => Match::Unmatched,
        }
    }

    /// Whether several people share a pseudonym.
    pub(super) fn is_shared(&self, mark: u128) -> bool {
        self.0.get(&mark) == Some(&None)
    }

    /// Whether two identifiers of one identity are different people's.
    pub(super) fn contradicts(&self, marks: &Marked) -> bool {
        let mut people = marks.all().filter_map(|mark| *self.0.get(&mark)?);
        let first = people.next();
        people.any(|other| Some(other) != first)
    }
}

fn key(marks: &Marked, mark: u128) -> Key {
    if mark == marks.reference || mark == marks.number {
        Key::StaffNumber
    } else {
        Key::Email
    }
}
