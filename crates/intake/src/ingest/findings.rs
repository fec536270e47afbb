//! How findings of reading are made. A message never holds a cell's value.

use crate::data::{Cell, TableColumn};
use staywise_core::domain::{Finding, Origin, Severity};

/// A finding of one thing.
pub(crate) fn finding(
    (rule, severity): (&'static str, Severity),
    origin: Origin,
    message: &str,
    remedy: &str,
) -> Finding {
    Finding {
        rule,
        severity,
        origin,
        message: message.to_owned(),
        remedy: remedy.to_owned(),
        count: 1,
        private_value: None,
    }
}

/// Where in a column some cells are.
pub(crate) struct Places {
    /// How many.
    pub(crate) count: u64,
    /// The first data row.
    pub(crate) first: Option<usize>,
}

impl Places {
    /// Finds the cells of a column that are so.
    pub(crate) fn of(column: &TableColumn, is: impl FnMut(&Cell) -> bool) -> Self {
        let so = column.cells.read(is);
        let counts = column.cells.counts();
        let count = counts
            .iter()
            .zip(&so)
            .filter(|(_, so)| **so)
            .map(|(n, _)| n)
            .sum();
        let at = |code: &u32| usize::try_from(*code).is_ok_and(|c| so.get(c) == Some(&true));
        let first = (count > 0)
            .then(|| column.cells.codes.iter().position(at))
            .flatten();
        Self { count, first }
    }
}
