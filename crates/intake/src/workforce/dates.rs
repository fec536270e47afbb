//! The dates of a column, and whether too many of its cells are none.

use crate::data::stage::{Aside, Words};
use crate::data::{Role, Stage, Table, TableColumn};
use crate::vocabulary::cells::{Moment, moments};
use staywise_core::domain::{Day, Severity};

/// The dates of one role, each distinct value read once.
pub(super) struct Dates<'a> {
    pub(super) column: Option<&'a TableColumn>,
    values: Vec<Moment>,
}

impl<'a> Dates<'a> {
    pub(super) fn new(table: &'a Table, role: &Role) -> Self {
        let column = table.column(role);
        Self {
            column,
            values: column.map(moments).unwrap_or_default(),
        }
    }

    /// Of one column.
    pub(super) fn of(column: &'a TableColumn) -> Self {
        Self {
            column: Some(column),
            values: moments(column),
        }
    }

    pub(super) fn at(&self, row: usize) -> Moment {
        self.column
            .and_then(|c| c.cells.codes.get(row))
            .and_then(|code| self.values.get(*code as usize))
            .copied()
            .unwrap_or(Moment::Missing)
    }

    /// Whether every row holds a date.
    pub(super) fn fill(&self, table: &Table) -> bool {
        table.rows() > 0 && (0..table.rows()).all(|row| self.at(row) != Moment::Missing)
    }

    /// Whether any has come by a day.
    pub(super) fn come_by(&self, day: Day) -> bool {
        self.values
            .iter()
            .any(|m| m.day().is_some_and(|d| d <= day))
    }

    /// Whether any row holds something.
    pub(super) fn any(&self) -> bool {
        self.values.iter().any(|moment| *moment != Moment::Missing)
    }

    pub(super) fn day(&self, row: usize) -> Option<i32> {
        self.at(row).day().map(|d| d.0)
    }

    /// An error where more than the given share of the cells that hold
    /// something are no dates. Fewer are a warning, made where dates are read.
    pub(super) fn report(&self, table: &Table, most: f64, stage: &mut Stage) {
        let Some(column) = self.column else { return };
        let counts = column.cells.counts();
        let of = |wanted: fn(&Moment) -> bool| -> u64 {
            self.values
                .iter()
                .zip(&counts)
                .filter(|(m, _)| wanted(m))
                .map(|(_, n)| n)
                .sum()
        };
        let unreadable = of(|m| *m == Moment::Unreadable);
        let filled = of(|m| *m != Moment::Missing);
        let bad = |code: &u32| self.values.get(*code as usize) == Some(&Moment::Unreadable);
        let row = column.cells.codes.iter().position(bad);
        let aside = Aside {
            count: unreadable,
            row,
            value: row.map(|r| column.cells.cell(r).text().into_owned()),
        };
        if !exceeds(unreadable, filled, most) {
            return;
        }
        stage.findings.extend(aside.finding(
            &Words {
                rule: "too-many-unusable",
                severity: Severity::Error,
                message: "Too many cells of this date column hold something that is no date.",
                remedy: "Correct the dates, or say in staywise.toml how they are written: dates = \
                         \"day first\".",
            },
            |row| table.origin(row, Some(column)),
        ));
    }
}

/// Whether a part is more than a share of the whole.
pub(super) fn exceeds(part: u64, whole: u64, share: f64) -> bool {
    // Counts of rows are far below 2^52.
    #[allow(clippy::cast_precision_loss)]
    let (part, whole) = (part as f64, whole as f64);
    part > share * whole
}
