//! Tables of names in groups, each group of one sort, as reasons for leaving
//! and destinations are: of a list of names the first is the printed one and
//! the others are spellings of it. Never says what a sort means.

use super::{missing, text};
use serde::Deserialize;
use std::collections::HashMap;

/// A table of names by their sort.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grouped<S> {
    group: Vec<Group<S>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group<S> {
    name: S,
    names: Vec<Vec<String>>,
}

impl<S> Default for Grouped<S> {
    fn default() -> Self {
        Self { group: Vec::new() }
    }
}

impl<S: Copy> Grouped<S> {
    /// Each list of names with its sort, in the table's order.
    pub(super) fn lists(&self) -> impl Iterator<Item = (S, &[String])> {
        let groups = self.group.iter();
        groups.flat_map(|group| {
            let lists = group.names.iter();
            lists.map(move |names| (group.name, names.as_slice()))
        })
    }

    /// Every spelling, the printed one too, with its printed name and sort.
    pub(super) fn spellings(&self) -> impl Iterator<Item = (&str, &str, S)> {
        self.lists().flat_map(|(sort, names)| {
            let printed = names.first().map_or("", String::as_str);
            let names = names.iter();
            names.map(move |name| (name.as_str(), printed, sort))
        })
    }

    /// What each spelling stands for, by its words as they are compared.
    pub(super) fn lookup<T>(&'static self, of: fn(&'static str, S) -> T) -> HashMap<String, T> {
        let all = self.spellings();
        all.map(|(spelling, printed, sort)| (text::words(spelling), of(printed, sort)))
            .collect()
    }
}

/// What words stand for; nothing where they are none of the table's. A blank is
/// what `unknown` is.
pub(super) fn read<T: Copy>(lookup: &HashMap<String, T>, written: &str) -> Option<T> {
    if missing::is_missing(written) {
        return lookup.get("unknown").copied();
    }
    lookup.get(&text::words(written)).copied()
}
