//! The distinct values of a column below its header, as layouts look at them
//! before anything is taken, and what is said of answers that are bare
//! figures. Takes nothing and changes nothing.

use super::{Draft, Made, Remark};
use crate::data::{Cell, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::{scales, text};
use staywise_core::domain::Severity;

/// Values that are not blank, with how many rows hold each.
pub(super) fn below(grid: &Grid, index: usize, from: usize) -> Vec<(&Cell, u64)> {
    let Some(column) = grid.columns().get(index) else {
        return Vec::new();
    };
    let mut counts = vec![0_u64; column.pool().len()];
    for code in column.codes().iter().skip(from) {
        if let Some(count) = usize::try_from(*code).ok().and_then(|c| counts.get_mut(c)) {
            *count += 1;
        }
    }
    let held = column.pool().iter().zip(counts);
    held.filter(|(cell, count)| *count > 0 && !cell.is_blank())
        .collect()
}

/// Values in the form in which words are looked up.
pub(super) fn folded(grid: &Grid, index: usize, from: usize) -> Vec<String> {
    let held = below(grid, index, from).into_iter();
    held.map(|(cell, _)| text::fold(&cell.text())).collect()
}

/// Whether there are values and all of them are among some words.
pub(super) fn are_all(values: &[String], words: &[&str]) -> bool {
    !values.is_empty() && values.iter().all(|value| words.contains(&value.as_str()))
}

/// Draft positions of questions whose every answer is a code: a figure up to
/// two digits, or one that `is_code` knows. Figures that are a rating from 0
/// to 10 say what they mean.
pub(super) fn of_codes(
    (grid, from): (&Grid, usize),
    drafts: &[Draft],
    is_code: impl Fn(&str) -> bool,
) -> Vec<usize> {
    const CODES: usize = 20;
    let figure = |word: &str| {
        (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let coded = |draft: &Draft| {
        let values = below(grid, draft.index, from);
        let words: Vec<(String, u64)> = values
            .iter()
            .map(|(cell, count)| (text::fold(&cell.text()), *count))
            .filter(|(word, _)| !draft.meaning.missing.contains(word))
            .collect();
        let few = (1..=CODES).contains(&words.len());
        let labels: Vec<(&str, u64)> = words.iter().map(|(w, n)| (w.as_str(), *n)).collect();
        few && labels.iter().all(|(w, _)| figure(w) || is_code(w))
            && scales::recognise(&labels).is_none()
    };
    let own = |draft: &Draft| {
        let asked = matches!(draft.role, Role::Question | Role::Dimension(_));
        asked && draft.made == Made::Own && draft.meaning.labels.is_empty()
    };
    let places = drafts.iter().enumerate();
    places
        .filter(|(_, draft)| own(draft) && coded(draft))
        .map(|(at, _)| at)
        .collect()
}

/// That questions have codes and no labels for them, and how to export the
/// labels.
pub(super) fn without_labels(drafts: &[Draft], at: &[usize], export: &str) -> Option<Remark> {
    const SHOWN: usize = 5;
    let of: Vec<&Draft> = at.iter().filter_map(|at| drafts.get(*at)).collect();
    let first = of.first()?;
    let mut named: Vec<String> = of.iter().take(SHOWN).map(|draft| draft.place()).collect();
    if of.len() > SHOWN {
        named.push(format!("{} more", of.len() - SHOWN));
    }
    Some(Remark {
        rule: ("codes-without-labels", Severity::Warning),
        row: None,
        column: Some(first.index),
        message: format!(
            "The answers to these questions are codes without labels: {}. Which end is good is \
             not guessed, so they are counted on no scale.",
            named.join(", ")
        ),
        remedy: format!(
            "{export} Or, where the figures run from 1 to 5 with 5 the best, say so: `scale = \
             \"rating_1_5\"` under [[item]] for the question in staywise.toml."
        ),
        count: of.len() as u64,
    })
}
