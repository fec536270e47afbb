//! What each file asked and how often it was answered: for `check`.

use super::asked::Asked;
use super::kept::{Dropped, Kept};
use crate::data::survey::{NO_ANSWER, OFF_SCALE, UNKNOWN_LABEL};
use crate::data::{Cell, Table, TableColumn};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::{items, text};
use staywise_core::domain::{Item, QuestionType};
use std::collections::BTreeMap;

/// What became of a file's rows, and what it asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileResponses {
    /// The file's path inside the study folder.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// Rows that are responses.
    pub responses: u64,
    /// Rows that are not, by the word of the rule.
    pub dropped: Vec<(String, u64)>,
    /// Its questions from left to right.
    pub questions: Vec<QuestionReport>,
}

/// A question of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionReport {
    /// The item's name where the study gives it one or it is well known, else
    /// the column's.
    pub name: String,
    /// The name that metrics know the question by, where it is an item.
    pub item: Option<String>,
    /// The question's words.
    pub text: String,
    /// What sort of answers it takes.
    pub kind: QuestionType,
    /// Responses with an answer.
    pub answers: u64,
    /// How many chose each option, for scales, choices and multiple choices.
    /// Of a scale every level in its order, then what is off it; of others the
    /// most chosen first. May hold what people wrote beside `Other`.
    pub options: Vec<(String, u64)>,
}

/// A report for each file.
pub(super) fn report(files: &[&Table], kept: &[Kept], items: &[Asked]) -> Vec<FileResponses> {
    let of = |(file, (table, kept)): (usize, (&&Table, &Kept))| {
        let asked = table.columns.iter().enumerate().filter_map(|(at, column)| {
            let kind = column.question_type?;
            let place = (file, at);
            let item = items
                .iter()
                .find(|i| i.columns.contains(&place))
                .map(|i| &i.item);
            Some(question((column, kind), item, kept))
        });
        FileResponses {
            file: table.file.clone(),
            sheet: table.sheet.clone(),
            responses: whole(kept.responses.len()),
            dropped: Dropped::ALL
                .iter()
                .map(|rule| (rule.word().to_owned(), whole(kept.dropped(*rule))))
                .filter(|(_, count)| *count > 0)
                .collect(),
            questions: asked.collect(),
        }
    };
    files.iter().zip(kept).enumerate().map(of).collect()
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn question(
    (column, kind): (&TableColumn, QuestionType),
    item: Option<&Item>,
    kept: &Kept,
) -> QuestionReport {
    let mut counts = vec![0_u64; column.cells.pool.len()];
    for response in &kept.responses {
        let code = column.cells.codes.get(response.row).map(|c| *c as usize);
        if let Some(count) = code.and_then(|c| counts.get_mut(c)) {
            *count += 1;
        }
    }
    let says = |cell: &Cell| match item {
        Some(item) => super::answers::code(cell, &item.scale) != NO_ANSWER,
        None => !is_missing(cell) && !matches!(cell, Cell::Fault(_)),
    };
    let said: Vec<(&Cell, u64)> = column
        .cells
        .pool
        .iter()
        .zip(counts)
        .filter(|(c, n)| *n > 0 && says(c))
        .collect();
    let kind = if item.is_some() {
        QuestionType::Scale
    } else {
        kind
    };
    QuestionReport {
        name: item
            .map_or(column.name.as_str(), |item| shown_name(item, column))
            .to_owned(),
        item: item.map(|item| item.name.clone()),
        text: column.asks().to_owned(),
        kind,
        answers: said.iter().map(|(_, n)| n).sum(),
        options: match (item, kind) {
            (Some(item), _) => levels(item, &said),
            (None, QuestionType::Multi) => several(&said),
            (None, QuestionType::Scale | QuestionType::Choice) => one(&said),
            (None, QuestionType::Number | QuestionType::Date | QuestionType::Text) => Vec::new(),
        },
    }
}

/// The item's name, unless that is only a slug of the question.
fn shown_name<'a>(item: &'a Item, column: &'a TableColumn) -> &'a str {
    let own = item
        .name
        .trim_end_matches(|c: char| c == '_' || c.is_ascii_digit());
    let is_slug = text::slug(column.asks()).starts_with(own);
    if is_slug && items::label(&item.name).is_none() {
        &column.name
    } else {
        &item.name
    }
}

/// Every level of the scale in order, then labels that are off it or unknown.
fn levels(item: &Item, said: &[(&Cell, u64)]) -> Vec<(String, u64)> {
    let mut options: Vec<(String, u64)> = item
        .scale
        .levels
        .iter()
        .map(|l| (l.label.clone(), 0))
        .collect();
    let mut others: BTreeMap<String, u64> = BTreeMap::new();
    for (cell, count) in said {
        match super::answers::code(cell, &item.scale) {
            OFF_SCALE | UNKNOWN_LABEL => {
                *others.entry(text::tidy(&cell.text())).or_default() += count
            }
            level => {
                if let Some((_, all)) = options.get_mut(usize::from(level)) {
                    *all += count;
                }
            }
        }
    }
    options.extend(others);
    options
}

fn one(said: &[(&Cell, u64)]) -> Vec<(String, u64)> {
    most_first(said.iter().map(|(cell, n)| (text::tidy(&cell.text()), *n)))
}

/// The parts between semicolons; the closing one of Microsoft Forms makes no
/// empty option, and an option that stands twice in a cell counts once.
fn several(said: &[(&Cell, u64)]) -> Vec<(String, u64)> {
    most_first(said.iter().flat_map(|(cell, n)| {
        let written = cell.text();
        let mut parts: Vec<String> = written
            .split(';')
            .map(text::tidy)
            .filter(|part| !part.is_empty())
            .collect();
        parts.sort();
        parts.dedup();
        parts.into_iter().map(|part| (part, *n)).collect::<Vec<_>>()
    }))
}

fn most_first(options: impl Iterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (option, count) in options {
        *counts.entry(option).or_default() += count;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
