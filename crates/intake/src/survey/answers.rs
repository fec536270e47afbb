//! Answers as codes on their item's scale, and labels that are not known.

use super::asked::Asked;
use super::kept::Kept;
use super::{Given, Rules};
use crate::data::stage::{Aside, Words};
use crate::data::survey::{NO_ANSWER, OFF_SCALE, UNKNOWN_LABEL};
use crate::data::{Cell, ItemAnswers, Stage, Table, TableColumn};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::scales::{self, Answer};
use staywise_core::domain::{Scale, Severity};

/// The answers to each item, by response.
pub(super) fn codes(
    files: &[&Table],
    (given, kept): (&[Given], &[Kept]),
    (items, rules): (&[Asked], &Rules),
    stage: &mut Stage,
) -> Vec<ItemAnswers> {
    let column = |(file, at): &(usize, usize)| files.get(*file)?.columns.get(*at);
    for asked in items {
        for place in &asked.columns {
            let question = files.get(place.0).zip(column(place)).zip(kept.get(place.0));
            if let Some(((table, column), kept)) = question {
                report(
                    (table, column, kept),
                    &asked.item.scale,
                    rules.max_unusable,
                    stage,
                );
            }
        }
    }
    let of = |asked: &Asked| {
        let mut by_file: Vec<Option<(&TableColumn, Vec<u8>)>> = vec![None; files.len()];
        for place in &asked.columns {
            if let (Some(column), Some(slot)) = (column(place), by_file.get_mut(place.0)) {
                let read = column.cells.read(|cell| code(cell, &asked.item.scale));
                *slot = Some((column, read));
            }
        }
        let answer = |one: &Given| -> Option<u8> {
            let (column, codes) = by_file.get(one.file)?.as_ref()?;
            codes
                .get(*column.cells.codes.get(one.row)? as usize)
                .copied()
        };
        ItemAnswers {
            item: asked.item.clone(),
            codes: given
                .iter()
                .map(|one| answer(one).unwrap_or(NO_ANSWER))
                .collect(),
        }
    };
    items.iter().map(of).collect()
}

/// The code of a cell on a scale.
pub(super) fn code(cell: &Cell, scale: &Scale) -> u8 {
    if matches!(cell, Cell::Empty | Cell::Fault(_)) || cell.is_blank() {
        return NO_ANSWER;
    }
    match scales::read(scale, &cell.text()) {
        Answer::Level(level) => level,
        Answer::OffScale => OFF_SCALE,
        Answer::Missing => NO_ANSWER,
        Answer::Unknown if is_missing(cell) => NO_ANSWER,
        Answer::Unknown => UNKNOWN_LABEL,
    }
}

/// A finding for labels that are not on the scale: an error where they are
/// more than the given share of a question's answers.
fn report(
    (table, column, kept): (&Table, &TableColumn, &Kept),
    scale: &Scale,
    most: f64,
    stage: &mut Stage,
) {
    let codes = column.cells.read(|cell| code(cell, scale));
    let (mut unknown, mut answers) = (Aside::default(), 0_u64);
    let mut labels: Vec<usize> = Vec::new();
    for response in &kept.responses {
        let Some(at) = column.cells.codes.get(response.row).map(|c| *c as usize) else {
            continue;
        };
        match codes.get(at) {
            Some(&NO_ANSWER) | None => {}
            Some(&UNKNOWN_LABEL) => {
                answers += 1;
                unknown.add(response.row);
                if !labels.contains(&at) {
                    labels.push(at);
                }
            }
            Some(_) => answers += 1,
        }
    }
    let texts = labels
        .iter()
        .filter_map(|at| column.cells.pool.get(*at))
        .map(|c| c.text());
    unknown.value = Some(texts.collect::<Vec<_>>().join("; "));
    // Counts of answers are far below 2^52.
    #[allow(clippy::cast_precision_loss)]
    let over = unknown.count as f64 > most * answers as f64;
    let words = Words {
        rule: "unknown-label",
        severity: if over {
            Severity::Error
        } else {
            Severity::Warning
        },
        message: "Answers are no label of the question's scale; they count as no valid answer.",
        remedy: "Correct the labels, or name the question's scale in staywise.toml under \
                 [[item]].",
    };
    stage
        .findings
        .extend(unknown.finding(&words, |row| table.origin(row, Some(column))));
}
