//! The values of a table's columns, taken out of the grid as a layout says
//! they are made and meant: as they stand, of options ticked or not, and with
//! labels for codes. Decides no role and no type.

use super::grid::{Grid, Interned, Value, relabel};
use super::layouts::{Choice, Draft, Made, Meaning};
use crate::data::{Cell, Column};
use crate::vocabulary::text;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::collections::HashMap;

/// The values of columns in these grid rows; those that are not kept are left
/// empty. Columns are taken out of the grid from left to right, and made on
/// several threads.
pub(crate) fn all(
    grid: &mut Grid,
    drafts: &[Draft],
    is_kept: impl Fn(&Draft) -> bool,
    rows: &[u32],
) -> Vec<Column> {
    enum Part<'a> {
        Own(Interned, &'a Draft),
        Made(Column, &'a Draft),
        Nothing,
    }
    let parts: Vec<Part<'_>> = drafts
        .iter()
        .map(|draft| match &draft.made {
            _ if !is_kept(draft) => Part::Nothing,
            Made::Own => Part::Own(grid.take(draft.index), draft),
            Made::Options(choices) => Part::Made(ticked(grid, choices, rows), draft),
            Made::FirstOf(columns) => Part::Made(first_of(grid, columns, rows), draft),
        })
        .collect();
    let made = |part| {
        let (mut column, draft) = match part {
            Part::Own(interned, draft) => (interned.select(rows), draft),
            Part::Made(column, draft) => (column, draft),
            Part::Nothing => {
                return Column {
                    codes: vec![0; rows.len()],
                    pool: vec![Cell::Empty],
                };
            }
        };
        mean(&mut column, &draft.meaning);
        column
    };
    parts.into_par_iter().map(made).collect()
}

/// By row the value of the first of these columns that has one.
fn first_of(grid: &Grid, columns: &[usize], rows: &[u32]) -> Column {
    let mut made = Interned::default();
    let codes = rows
        .iter()
        .map(|row| {
            let row = usize::try_from(*row).unwrap_or(usize::MAX);
            let mut cells = columns.iter().map(|column| grid.cell(row, *column));
            let value = cells.find(|cell| !cell.is_blank()).and_then(Value::of);
            value.map_or(0, |value| made.code(value))
        })
        .collect();
    made.with_codes(codes)
}

/// What a cell says of an option that is not chosen.
const NOT_TICKED: [&str; 12] = [
    "0",
    "no",
    "n",
    "false",
    "unchecked",
    "not selected",
    "unselected",
    "not ticked",
    "off",
    "-",
    "n/a",
    "not chosen",
];

/// By row the labels of the options that are ticked, each with a semicolon
/// behind it; nothing where none is.
fn ticked(grid: &Grid, choices: &[Choice], rows: &[u32]) -> Column {
    let options: Vec<Ticks> = choices
        .iter()
        .filter_map(|choice| Ticks::of(grid, choice))
        .collect();
    let mut made = Interned::default();
    let mut words = String::new();
    let codes = rows
        .iter()
        .map(|row| {
            words.clear();
            for option in &options {
                if option.is_ticked(*row) {
                    words.push_str(&option.label);
                    words.push(';');
                }
            }
            made.code(Value::Text(&words))
        })
        .collect();
    made.with_codes(codes)
}

/// A column of ticks, each distinct cell read once.
struct Ticks<'a> {
    column: &'a Interned,
    ticks: Vec<bool>,
    /// Without semicolons, which part the labels.
    label: String,
}

impl<'a> Ticks<'a> {
    fn of(grid: &'a Grid, choice: &Choice) -> Option<Self> {
        let column = grid.columns().get(choice.index)?;
        let is_tick = |cell: &Cell| {
            !cell.is_blank()
                && !matches!(cell, Cell::Fault(_))
                && !NOT_TICKED.contains(&text::fold(&cell.text()).as_str())
        };
        Some(Self {
            column,
            ticks: column.pool().iter().map(is_tick).collect(),
            label: choice.label.replace(';', ","),
        })
    }

    fn is_ticked(&self, row: u32) -> bool {
        let code = usize::try_from(row).map_or(0, |row| self.column.code_at(row));
        let at = usize::try_from(code).unwrap_or(0);
        self.ticks.get(at) == Some(&true)
    }
}

/// Gives codes their labels and empties what stands for no value.
fn mean(column: &mut Column, meaning: &Meaning) {
    if meaning.labels.is_empty() && meaning.missing.is_empty() {
        return;
    }
    let labels: HashMap<String, &str> = meaning
        .labels
        .iter()
        .map(|(code, label)| (text::fold(code), label.as_str()))
        .collect();
    let missing: Vec<String> = meaning.missing.iter().map(|m| text::fold(m)).collect();
    relabel(column, |cell| {
        if cell.is_blank() {
            return None;
        }
        let folded = text::fold(&cell.text());
        if missing.contains(&folded) {
            return Some(Cell::Empty);
        }
        let label = labels.get(&folded)?;
        Some(Cell::Text((*label).into()))
    });
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::data::Role;
    use crate::ingest::delimited;
    use crate::ingest::layouts::{Choice, Draft, Made, Meaning};

    fn texts(text: &str, draft: &Draft) -> Vec<String> {
        let mut grid = delimited::read(text).map(|r| r.grid).unwrap_or_default();
        let rows: Vec<u32> = (1..u32::try_from(grid.rows()).unwrap_or(0)).collect();
        let column = all(&mut grid, std::slice::from_ref(draft), |_| true, &rows).remove(0);
        (0..rows.len())
            .map(|row| column.cell(row).text().into_owned())
            .collect()
    }

    #[test]
    fn ticked_options_become_one_set() {
        let choice = |index, label: &str| Choice {
            index,
            label: label.to_owned(),
        };
        let draft = Draft {
            made: Made::Options(vec![choice(0, "Time; money"), choice(1, "Place")]),
            ..Draft::new(0, "Why?".into(), Role::Question)
        };
        let all = texts("a,b,c\n1,Checked,x\n0,Yes,x\n,,x\nUnchecked,No,x\n", &draft);
        assert_eq!(all, ["Time, money;Place;", "Place;", "", ""]);
    }

    #[test]
    fn codes_get_labels_and_sentinels_go() {
        let draft = Draft {
            meaning: Meaning {
                labels: vec![("1".into(), "Yes".into()), ("01".into(), "Adult".into())],
                missing: vec!["999".into()],
            },
            ..Draft::new(0, "x".into(), Role::Question)
        };
        assert_eq!(
            texts("x\n1\n01\n999\n7\n", &draft),
            ["Yes", "Adult", "", "7"]
        );
    }
}
