//! A whole sheet as columns of interned cells: each distinct value of a column
//! is held once, whatever the number of rows. Row r of the grid is row r + 1
//! of the spreadsheet. Interprets nothing.

pub(crate) use super::interned::{Interned, Value};
use super::merged::Merged;
use crate::data::{Cell, Column};

/// Columns a spreadsheet can have.
pub(crate) const MAX_COLUMNS: usize = 16_384;
/// Cells a grid may hold, those skipped over included: 1 GB of codes.
pub(crate) const MAX_CELLS: usize = 250_000_000;
/// Of these, cells skipped over: in a table the columns are about as long as
/// one another, and this is reached only where values stand far below all.
pub(crate) const MAX_SKIPPED: usize = 100_000_000;

/// Changes distinct values of a column and joins those that become the same.
pub(crate) fn relabel(column: &mut Column, change: impl FnMut(&Cell) -> Option<Cell>) {
    let changed: Vec<Option<Cell>> = column.pool.iter().map(change).collect();
    if changed.iter().all(Option::is_none) {
        return;
    }
    let mut fresh = Interned::default();
    let new: Vec<u32> = changed
        .iter()
        .zip(&column.pool)
        .map(|(changed, cell)| {
            Value::of(changed.as_ref().unwrap_or(cell)).map_or(0, |value| fresh.code(value))
        })
        .collect();
    for code in &mut column.codes {
        *code = usize::try_from(*code).map_or(0, |at| new[at]);
    }
    column.pool = fresh.with_codes(Vec::new()).pool;
}

/// The sheet has more cells or columns than a table can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// A whole sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    columns: Vec<Interned>,
    rows: usize,
    cells: usize,
    skipped: usize,
    merged: Vec<Merged>,
}

impl Grid {
    /// Puts a value in a cell. Cells come in any order; those skipped are
    /// empty.
    pub(crate) fn put(
        &mut self,
        row: usize,
        column: usize,
        value: Value<'_>,
    ) -> Result<(), TooLarge> {
        if column >= MAX_COLUMNS {
            return Err(TooLarge);
        }
        if column >= self.columns.len() {
            self.columns.resize_with(column + 1, Interned::default);
        }
        let into = &mut self.columns[column];
        let rows = into.codes().len();
        // Checked before the column becomes as long as that.
        let longer = (row + 1).saturating_sub(rows);
        if longer > 0 && value != Value::Text("") {
            self.cells += longer;
            self.skipped += longer - 1;
            if self.cells > MAX_CELLS || self.skipped > MAX_SKIPPED {
                return Err(TooLarge);
            }
            self.rows = self.rows.max(row + 1);
        }
        into.put(row, value);
        Ok(())
    }

    /// A grid of columns filled elsewhere: its rows, and how many cells it
    /// has and of these were skipped.
    pub(crate) fn of(
        columns: Vec<Interned>,
        rows: usize,
        (cells, skipped): (usize, usize),
    ) -> Self {
        Self {
            columns,
            rows,
            cells,
            skipped,
            merged: Vec::new(),
        }
    }

    /// The same with the cells that are merged over several rows.
    pub(crate) fn with_merged(self, merged: Vec<Merged>) -> Self {
        Self { merged, ..self }
    }

    /// Cells that are merged over several rows, where the file tells.
    pub(crate) fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// Grids of which each has columns of its own, one after the other in
    /// turns, as one.
    pub(crate) fn joined(mut shares: Vec<Self>) -> Result<Self, TooLarge> {
        let sum = |of: fn(&Self) -> usize| shares.iter().map(of).sum();
        let most = |of: fn(&Self) -> usize| shares.iter().map(of).max().unwrap_or(0);
        let (cells, skipped) = (sum(|g| g.cells), sum(|g| g.skipped));
        let (width, rows) = (most(|g| g.columns.len()), most(|g| g.rows));
        if cells > MAX_CELLS || skipped > MAX_SKIPPED {
            return Err(TooLarge);
        }
        let count = shares.len().max(1);
        let columns = (0..width).map(|column| {
            let share = shares.get_mut(column % count);
            share.map_or_else(Interned::default, |share| share.take(column))
        });
        Ok(Self::of(columns.collect(), rows, (cells, skipped)))
    }

    /// Rows up to the last that has a value.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Columns up to the last that has a value.
    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The columns.
    pub(crate) fn columns(&self) -> &[Interned] {
        &self.columns
    }

    /// The value in a cell; empty outside.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.columns.get(column).map_or(&EMPTY, |c| c.cell(row))
    }

    /// Takes a column out; an empty one is left.
    pub(crate) fn take(&mut self, column: usize) -> Interned {
        self.columns
            .get_mut(column)
            .map(std::mem::take)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Grid, Interned, MAX_COLUMNS, TooLarge, Value, relabel};

    #[test]
    fn each_value_is_held_once_in_order_of_appearance() {
        let mut column = Interned::default();
        let texts: Vec<String> = (0..1000).map(|n| format!("v{}", n % 250)).collect();
        let codes: Vec<u32> = texts.iter().map(|t| column.code(Value::Text(t))).collect();
        assert_eq!(column.pool().len(), 251);
        assert_eq!(codes[..3], [1, 2, 3]);
        assert_eq!(codes[250..253], [1, 2, 3]);
        assert_eq!(column.code(Value::Text("")), 0);
        let number = column.code(Value::Number(3.0));
        assert_ne!(number, column.code(Value::Moment(3.0)));
        assert_eq!(number, column.code(Value::Number(3.0)));
    }

    #[test]
    fn cells_may_come_in_any_order_and_leave_gaps() {
        let mut grid = Grid::default();
        for (row, column, text) in [(4, 2, "b"), (1, 2, "a"), (4, 2, "c")] {
            assert_eq!(grid.put(row, column, Value::Text(text)), Ok(()));
        }
        assert_eq!((grid.rows(), grid.width()), (5, 3));
        assert_eq!(grid.cell(1, 2), &Cell::Text("a".into()));
        assert_eq!(grid.cell(4, 2), &Cell::Text("c".into()));
        assert_eq!(grid.cell(3, 2), &Cell::Empty);
        assert_eq!(grid.cell(99, 99), &Cell::Empty);
    }

    #[test]
    fn a_sheet_of_a_thousand_million_cells_is_refused() {
        let mut grid = Grid::default();
        let far = (0..1000).map(|column| grid.put(1_048_575, column, Value::Bool(true)));
        assert!(far.into_iter().any(|put| put == Err(TooLarge)));
        assert_eq!(
            Grid::default().put(0, MAX_COLUMNS, Value::Bool(true)),
            Err(TooLarge)
        );
    }

    #[test]
    fn selected_rows_bring_their_own_values_only() {
        let mut grid = Grid::default();
        for (row, text) in ["title", "x", "y", "x"].iter().enumerate() {
            assert_eq!(grid.put(row, 0, Value::Text(text)), Ok(()));
        }
        let column = grid.take(0).select(&[2, 3, 9]);
        assert_eq!(column.codes, [1, 2, 0]);
        let pool = [Cell::Empty, Cell::Text("y".into()), Cell::Text("x".into())];
        assert_eq!(column.pool, pool);
    }

    #[test]
    fn values_that_become_the_same_are_joined() {
        let mut grid = Grid::default();
        for (row, value) in [Value::Number(7.0), Value::Text("7"), Value::Text("8")]
            .into_iter()
            .enumerate()
        {
            assert_eq!(grid.put(row, 0, value), Ok(()));
        }
        let mut column = grid.take(0).select(&[0, 1, 2]);
        relabel(&mut column, |cell| match cell {
            Cell::Number(n) => Some(Cell::Text(n.to_string().into())),
            _ => None,
        });
        assert_eq!(column.codes, [1, 1, 2]);
        assert_eq!(column.pool.len(), 3);
    }
}
