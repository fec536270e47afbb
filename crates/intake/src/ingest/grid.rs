//! A whole sheet as columns of interned cells: each distinct value of a column
//! is held once, whatever the number of rows. Row r of the grid is row r + 1
//! of the spreadsheet. Interprets nothing.

use crate::data::{Cell, Column};
use foldhash::fast::RandomState;
use std::hash::BuildHasher;

/// Columns a spreadsheet can have.
pub(crate) const MAX_COLUMNS: usize = 16_384;
/// Cells a grid may hold, those skipped over included: 1 GB of codes.
pub(crate) const MAX_CELLS: usize = 250_000_000;
/// Of these, cells skipped over: in a table the columns are about as long as
/// one another, and this is reached only where values stand far below all.
pub(crate) const MAX_SKIPPED: usize = 100_000_000;

/// A value on its way into the grid, not yet owned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// Days since 1 January 1970.
    Moment(f64),
    /// True or false.
    Bool(bool),
    /// A spreadsheet's error value.
    Fault(&'a str),
}

impl Value<'_> {
    fn hash(&self, state: &RandomState) -> u64 {
        match self {
            Self::Text(text) => state.hash_one(text),
            Self::Fault(text) => state.hash_one((1_u8, text)),
            Self::Number(n) => state.hash_one((2_u8, n.to_bits())),
            Self::Moment(n) => state.hash_one((3_u8, n.to_bits())),
            Self::Bool(b) => state.hash_one((4_u8, b)),
        }
    }

    fn is(&self, cell: &Cell) -> bool {
        match (self, cell) {
            (Self::Text(a), Cell::Text(b)) | (Self::Fault(a), Cell::Fault(b)) => **a == **b,
            (Self::Number(a), Cell::Number(b)) | (Self::Moment(a), Cell::Moment(b)) => {
                a.to_bits() == b.to_bits()
            }
            (Self::Bool(a), Cell::Bool(b)) => a == b,
            _ => false,
        }
    }

    fn own(&self) -> Cell {
        match *self {
            Self::Text(text) => Cell::Text(text.into()),
            Self::Fault(text) => Cell::Fault(text.into()),
            Self::Number(n) => Cell::Number(n),
            Self::Moment(n) => Cell::Moment(n),
            Self::Bool(b) => Cell::Bool(b),
        }
    }

    /// What a cell holds, borrowed; nothing for an empty one.
    pub(crate) fn of(cell: &Cell) -> Option<Value<'_>> {
        match cell {
            Cell::Empty => None,
            Cell::Text(text) => Some(Value::Text(text)),
            Cell::Fault(text) => Some(Value::Fault(text)),
            Cell::Number(n) => Some(Value::Number(*n)),
            Cell::Moment(n) => Some(Value::Moment(*n)),
            Cell::Bool(b) => Some(Value::Bool(*b)),
        }
    }
}

/// A column being filled: codes, the pool, and where in the pool each value
/// is.
#[derive(Clone, Debug)]
pub(crate) struct Interned {
    codes: Vec<u32>,
    pool: Vec<Cell>,
    slots: Vec<Slot>,
    state: RandomState,
}

/// Half a hash and a pool index; 0, the empty cell, marks a free slot. With
/// the hash at hand, other values need not be looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    code: u32,
}

impl Default for Interned {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            pool: vec![Cell::Empty],
            slots: vec![Slot::default(); 16],
            state: RandomState::default(),
        }
    }
}

/// Pool indices fit: a sheet has fewer cells than `u32::MAX`.
fn index(code: u32) -> usize {
    usize::try_from(code).unwrap_or(0)
}

/// The slot a hash starts from; the number of slots is a power of two.
fn home(hash: u32, slots: usize) -> usize {
    index(hash) & (slots - 1)
}

impl Interned {
    /// A column of values made here, by their codes.
    pub(crate) fn with_codes(self, codes: Vec<u32>) -> Column {
        Column {
            codes,
            pool: self.pool,
        }
    }

    /// Puts a value in a row; rows that are skipped are empty.
    pub(crate) fn put(&mut self, row: usize, value: Value<'_>) {
        let hash = self.hash(&value);
        self.put_hashed(row, value, hash);
    }

    /// The same, of a value whose hash is known.
    pub(crate) fn put_hashed(&mut self, row: usize, value: Value<'_>, hash: u32) {
        let code = self.code_hashed(value, hash);
        if code == 0 {
            return;
        }
        match self.codes.get_mut(row) {
            Some(there) => *there = code,
            None => {
                if row > self.codes.len() {
                    self.codes.resize(row, 0);
                }
                self.codes.push(code);
            }
        }
    }

    /// Whether there are so many values that looking one up waits for memory.
    pub(crate) fn is_large(&self) -> bool {
        const LARGE: usize = 1 << 13;
        self.slots.len() > LARGE
    }

    /// Half a hash is enough: there are always far fewer values.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn hash(&self, value: &Value<'_>) -> u32 {
        (value.hash(&self.state) >> 32) as u32
    }

    /// What is in the place where a value is looked up first. Asked of some
    /// values before any of them is put, their places are fetched together.
    pub(crate) fn glance(&self, hash: u32) -> u32 {
        self.slots[home(hash, self.slots.len())].code
    }

    /// The code of a value, which is added to the pool where it is new.
    pub(crate) fn code(&mut self, value: Value<'_>) -> u32 {
        let hash = self.hash(&value);
        self.code_hashed(value, hash)
    }

    fn code_hashed(&mut self, value: Value<'_>, hash: u32) -> u32 {
        if value == Value::Text("") {
            return 0;
        }
        let mut slot = home(hash, self.slots.len());
        loop {
            let there = self.slots[slot];
            if there.code == 0 {
                break;
            }
            if there.hash == hash && value.is(&self.pool[index(there.code)]) {
                return there.code;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let code = u32::try_from(self.pool.len()).unwrap_or(0);
        self.slots[slot] = Slot { hash, code };
        self.pool.push(value.own());
        if self.pool.len() * 2 > self.slots.len() {
            self.widen();
        }
        code
    }

    fn widen(&mut self) {
        const SMALL: usize = 1 << 14;
        let times = if self.slots.len() < SMALL { 4 } else { 2 };
        let wide = self.slots.len() * times;
        let narrow = std::mem::replace(&mut self.slots, vec![Slot::default(); wide]);
        for filled in narrow.into_iter().filter(|slot| slot.code != 0) {
            let mut slot = home(filled.hash, wide);
            while self.slots[slot].code != 0 {
                slot = (slot + 1) & (wide - 1);
            }
            self.slots[slot] = filled;
        }
    }

    /// The value in a row; empty past the end.
    pub(crate) fn cell(&self, row: usize) -> &Cell {
        &self.pool[index(self.code_at(row))]
    }

    /// The pool index in a row; 0 past the end.
    pub(crate) fn code_at(&self, row: usize) -> u32 {
        self.codes.get(row).copied().unwrap_or(0)
    }

    /// Pool index by row; rows past the end are empty.
    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Distinct values.
    pub(crate) fn pool(&self) -> &[Cell] {
        &self.pool
    }

    /// The column of some of the rows, with a pool of their values only.
    pub(crate) fn select(mut self, rows: &[u32]) -> Column {
        let mut renumbered = vec![0_u32; self.pool.len()];
        let mut pool = vec![Cell::Empty];
        let mut codes = Vec::with_capacity(rows.len());
        for row in rows {
            let old = index(self.code_at(index(*row)));
            if old != 0 && renumbered[old] == 0 {
                renumbered[old] = u32::try_from(pool.len()).unwrap_or(0);
                pool.push(std::mem::replace(&mut self.pool[old], Cell::Empty));
            }
            codes.push(renumbered[old]);
        }
        Column { codes, pool }
    }
}

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
        *code = new[index(*code)];
    }
    column.pool = fresh.pool;
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
        let rows = into.codes.len();
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
        }
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
