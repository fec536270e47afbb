//! A column of interned cells: each distinct value is held once, in order of
//! first appearance. Interprets nothing.

use crate::data::{Cell, Column};
use foldhash::fast::RandomState;
use std::hash::BuildHasher;

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
