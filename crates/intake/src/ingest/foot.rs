//! Where a table ends: notes and sources at its foot, and a second table
//! below it. Sets nothing aside itself.

use super::body::Filled;
use super::grid::Grid;
use super::header::is_wording;
use super::layouts::Shape;
use crate::data::Cell;
use crate::vocabulary::{missing, text};
use std::collections::HashSet;

/// Values of a column looked at to say what it holds.
const LOOKED_AT: usize = 200;

/// Rows in a run that are looked at to tell what they are.
const RUN: usize = 60;
/// Rows below a gap that are looked at as another header.
const GAPS: usize = 50;

/// A table's columns and rows, as far as its end depends on them.
pub(crate) struct Table<'a> {
    pub(crate) grid: &'a Grid,
    pub(crate) shape: &'a Shape,
    /// Every column that a draft is made of.
    pub(crate) columns: &'a [usize],
    /// By row from the first below the header.
    pub(crate) filled: &'a [Filled],
}

impl Table<'_> {
    fn row(&self, at: usize) -> usize {
        self.shape.data_from + at
    }

    /// The columns that hold something in a row.
    fn cells(&self, at: usize) -> Vec<usize> {
        self.columns
            .iter()
            .copied()
            .filter(|column| !self.grid.cell(self.row(at), *column).is_blank())
            .collect()
    }

    /// Whether a column holds figures and dates in these rows, and seldom
    /// words; marks for no value aside.
    fn holds_figures(&self, column: usize, rows: std::ops::Range<usize>) -> bool {
        let (mut figures, mut words) = (0_usize, 0_usize);
        for at in rows {
            let cell = self.grid.cell(self.row(at), column);
            let none = matches!(cell, Cell::Text(words) if missing::is_missing(words));
            if cell.is_blank() || none || matches!(cell, Cell::Fault(_)) {
                continue;
            }
            if is_wording(cell) {
                words += 1;
            } else {
                figures += 1;
            }
            if figures + words >= LOOKED_AT {
                break;
            }
        }
        figures > 0 && figures >= 4 * words
    }

    /// The row after the last that is data: behind it are only blank rows,
    /// totals and notes. A note is a lone cell that reads like one; words in
    /// columns of figures show that the thin rows around them are notes too.
    pub(crate) fn foot(&self) -> usize {
        let mut end = self.filled.len();
        while let Some(row) = end.checked_sub(1).and_then(|last| self.filled.get(last)) {
            if !(row.cells == 0 || row.total || self.is_note(end - 1)) {
                break;
            }
            end -= 1;
        }
        self.thin_rows(end)
    }

    fn is_note(&self, at: usize) -> bool {
        let Some(row) = self.filled.get(at).filter(|row| row.cells == 1) else {
            return false;
        };
        let after_gap = at.checked_sub(1).is_some_and(|above| {
            self.filled[..=above]
                .iter()
                .rev()
                .take(RUN)
                .take_while(|row| row.cells <= 1)
                .any(|row| row.cells == 0)
        });
        match self.grid.cell(self.row(at), row.first) {
            Cell::Text(words) => reads_like_a_note(words, after_gap),
            _ => false,
        }
    }

    /// Thin rows of words before an end, if some of their words stand in
    /// columns of figures; else the end itself.
    fn thin_rows(&self, end: usize) -> usize {
        let width = self.columns.len();
        let is_thin = |at: usize| {
            let cells = self.cells(at);
            cells.len() * 3 <= width
                && cells
                    .iter()
                    .all(|c| is_wording(self.grid.cell(self.row(at), *c)))
        };
        let mut from = end;
        while from > 0 && end - from < RUN && is_thin(from - 1) {
            from -= 1;
        }
        let out_of_place = |at: usize| {
            self.cells(at).into_iter().any(|column| {
                let cell = self.grid.cell(self.row(at), column);
                let none = matches!(cell, Cell::Text(words) if missing::is_missing(words));
                !none && self.holds_figures(column, 0..from)
            })
        };
        if from > 0 && (from..end).any(out_of_place) {
            from
        } else {
            end
        }
    }

    /// Where a second table begins: its header's row, and from which row on
    /// nothing is the first table's.
    pub(crate) fn second(&self) -> Option<Second> {
        let mut gaps = 0;
        (1..self.filled.len()).find_map(|at| {
            let row = self.filled.get(at)?;
            let below_gap = row.cells >= 2 && gaps < GAPS && self.follows_a_gap(at);
            gaps += usize::from(below_gap);
            let begins = self.repeats_names(at, row)
                || (below_gap && self.takes_other_columns(at, row))
                || (below_gap && self.is_another_header(at));
            begins.then(|| Second {
                from: self.title_above(at),
                header: at,
            })
        })
    }

    /// Two names of the header come again in their columns, and other names
    /// beside them.
    fn repeats_names(&self, at: usize, row: &Filled) -> bool {
        row.as_header >= 2
            && row.as_header < row.cells
            && self
                .cells(at)
                .iter()
                .all(|c| is_wording(self.grid.cell(self.row(at), *c)))
    }

    /// A name of the header comes again in its column, and beside it stand
    /// words over columns that the header does not name.
    fn takes_other_columns(&self, at: usize, row: &Filled) -> bool {
        let cells = self.cells(at);
        let unnamed = |column: &&usize| self.grid.cell(self.shape.names_row, **column).is_blank();
        row.as_header >= 1
            && cells.iter().filter(unnamed).count() >= 2
            && cells
                .iter()
                .all(|c| is_wording(self.grid.cell(self.row(at), *c)))
    }

    /// Below a gap a row of words that come nowhere else in their columns,
    /// some of them between figures above and figures below.
    fn is_another_header(&self, at: usize) -> bool {
        let cells = self.cells(at);
        let own = |column: &usize| self.grid.cell(self.row(at), *column);
        let end = self.filled.len().min(at + 1 + LOOKED_AT);
        let fresh = |column: &usize| {
            let column_rows = (0..self.filled.len()).filter(|other| *other != at);
            let mut others = column_rows.map(|other| self.grid.cell(self.row(other), *column));
            is_wording(own(column)) && others.all(|cell| cell != own(column))
        };
        let between = |column: &&usize| {
            let above = self.grid.columns().get(**column).is_some() && {
                let nothing = (0..at).all(|r| self.grid.cell(self.row(r), **column).is_blank());
                nothing || self.holds_figures(**column, 0..at)
            };
            above && self.holds_figures(**column, at + 1..end)
        };
        let words: HashSet<String> = cells.iter().map(|c| text::fold(&own(c).text())).collect();
        let wanted = if cells.len() <= 3 { 1 } else { 2 };
        cells.iter().filter(between).count() >= wanted
            && words.len() == cells.len()
            && cells.iter().all(fresh)
    }

    /// Whether a blank row stands above, titles of one cell between aside.
    fn follows_a_gap(&self, at: usize) -> bool {
        self.filled[..at]
            .iter()
            .rev()
            .take(3)
            .take_while(|row| row.cells <= 1)
            .any(|row| row.cells == 0)
    }

    /// The row of the first title over a second header.
    fn title_above(&self, at: usize) -> usize {
        let titles = self.filled[..at]
            .iter()
            .rev()
            .take(3)
            .take_while(|row| row.cells <= 1)
            .count();
        // A table has a row of its own before the next one's title.
        at - titles.min(at.saturating_sub(1))
    }
}

/// A second table, by rows below the first header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Second {
    pub(crate) from: usize,
    pub(crate) header: usize,
}

/// Whether a lone cell is a note: it begins as one, is an address, or is a
/// sentence; below a gap two words or a colon do.
fn reads_like_a_note(words: &str, after_gap: bool) -> bool {
    const BEGINNINGS: [&str; 8] = [
        "source",
        "note",
        "key",
        "http",
        "www.",
        "contact",
        "footnote",
        "data quality",
    ];
    let folded = text::fold(words);
    let count = folded.split(' ').count();
    let marked = folded
        .split_once([' ', '.', ')', ':'])
        .is_some_and(|(mark, _)| mark.len() <= 2 && !mark.is_empty());
    let begins = BEGINNINGS.iter().any(|start| folded.starts_with(start));
    let sentence = count >= 6 || (marked && count >= 4);
    begins || sentence || (after_gap && (count >= 2 || folded.ends_with(':')))
}
