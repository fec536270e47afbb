//! Wards and other levels that were renamed or merged: from a day on, or for
//! all time, what the study says they are called. Guesses no rename.

use super::Rules;
use super::posts::{empty, push};
use crate::data::stage::{Aside, Words};
use crate::data::{History, Rename, Stage};
use crate::vocabulary::levels;
use crate::vocabulary::text;
use staywise_core::domain::{Level, Origin, Severity};

/// Renames levels in all histories.
pub(super) fn apply(histories: &mut [History], rules: &Rules, stage: &mut Stage) {
    let mut unused = Aside::default();
    for rename in &rules.renames {
        let history = histories
            .iter_mut()
            .find(|h| h.dimension.as_str() == rename.dimension);
        let done = history.is_some_and(|history| {
            let has = find(history, &rename.from).is_some();
            if has {
                *history = renamed(history, rename);
            }
            has
        });
        if !done {
            unused.add(0);
        }
    }
    stage
        .findings
        .extend(unused.finding(&UNUSED, |_| Origin::file("staywise.toml")));
}

const UNUSED: Words = Words {
    rule: "rename-unused",
    severity: Severity::Warning,
    message: "The study renames something that no staff list has under the old name.",
    remedy: "Compare the old name under [[rename]] with the lists, or take the rename out.",
};

fn find(history: &History, name: &str) -> Option<u32> {
    let wanted = text::words(name);
    let at = history
        .levels
        .iter()
        .position(|level| text::words(level.as_str()) == wanted)?;
    u32::try_from(at).ok()
}

fn renamed(history: &History, rename: &Rename) -> History {
    let (Some(old), since) = (find(history, &rename.from), rename.since) else {
        return history.clone();
    };
    let mut names: Vec<String> = history
        .levels
        .iter()
        .map(|level| level.as_str().to_owned())
        .collect();
    let new = find(history, &rename.to).unwrap_or_else(|| {
        names.push(rename.to.clone());
        u32::try_from(names.len() - 1).unwrap_or(0)
    });
    // The old name goes where nobody is left under it.
    let mut changed = empty(history.dimension.clone(), Vec::new());
    for bounds in history.offsets.windows(2) {
        let [first, end] = [bounds[0], bounds[1]].map(|b| b as usize);
        let from = history.from.get(first..end).unwrap_or_default();
        let codes = history.codes.get(first..end).unwrap_or_default();
        let mut stretches = Vec::with_capacity(from.len() + 1);
        for (at, (day, code)) in from.iter().zip(codes).enumerate() {
            let next = from.get(at + 1).copied().unwrap_or(i32::MAX);
            match since.map(|s| s.0) {
                _ if *code != old => stretches.push((*day, *code)),
                None => stretches.push((*day, new)),
                Some(since) if *day >= since => stretches.push((*day, new)),
                Some(since) if next > since => stretches.extend([(*day, old), (since, new)]),
                Some(_) => stretches.push((*day, old)),
            }
        }
        push(&mut changed, stretches.into_iter());
    }
    let used = changed.codes.contains(&old);
    let slug = history.dimension.as_str().to_owned();
    let kept: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(at, _)| used || u32::try_from(*at) != Ok(old))
        .map(|(_, name)| name.clone())
        .collect();
    let (sorted, _) = levels::sorted(&slug, &kept);
    let place = |code: &u32| {
        let name = names.get(*code as usize);
        let at = sorted.iter().position(|level| Some(level) == name);
        at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
    };
    changed.codes = changed.codes.iter().map(place).collect();
    changed.levels = sorted.iter().map(|name| Level::new(name)).collect();
    changed
}
