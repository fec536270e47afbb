//! The dates of a column, and whether too many of its cells are none.

use crate::data::stage::{Aside, Words};
use crate::data::{DateOrder, Role, Stage, Table, TableColumn};
use crate::vocabulary::cells::{self, Moment, moments};
use staywise_core::domain::Severity;

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
        if !exceeds(unreadable, filled, most) {
            return;
        }
        let bad = |code: &u32| self.values.get(*code as usize) == Some(&Moment::Unreadable);
        let row = column.cells.codes.iter().position(bad);
        let aside = Aside {
            count: unreadable,
            row,
            value: row.map(|r| column.cells.cell(r).text().into_owned()),
        };
        let message = format!(
            "More of the cells of this date column than {} hold something that is no date.",
            allowed(most)
        );
        let other_order = column
            .cells
            .pool
            .iter()
            .zip(&self.values)
            .any(|(cell, moment)| {
                let read = |order| matches!(cells::moment(cell, Some(order)), Moment::At(_));
                let dated = read(DateOrder::DayFirst) || read(DateOrder::MonthFirst);
                *moment == Moment::Unreadable && dated
            });
        let remedy = if other_order {
            format!(
                "Correct the dates, or say in staywise.toml how they are written: dates = \"day \
                 first\". {OR_ALLOW}"
            )
        } else {
            format!("Correct these cells: no calendar has such a day. {OR_ALLOW}")
        };
        let words = Words {
            rule: "too-many-unusable",
            severity: Severity::Error,
            message: &message,
            remedy: &remedy,
        };
        let place = |row| table.origin(row, Some(column));
        stage.findings.extend(aside.finding(&words, place));
    }
}

/// What may be done where correcting is not.
pub(super) const OR_ALLOW: &str = "If so many rows may be left out, allow it: max_unusable under \
                                   [quality] in staywise.toml.";

/// The share that may be unusable, as said in a finding.
pub(super) fn allowed(most: f64) -> String {
    let percent = (most * 1000.0).round() / 10.0;
    format!("max_unusable allows ({percent}%)")
}

/// Whether a part is more than a share of the whole.
pub(super) fn exceeds(part: u64, whole: u64, share: f64) -> bool {
    // Counts of rows are far below 2^52.
    #[allow(clippy::cast_precision_loss)]
    let (part, whole) = (part as f64, whole as f64);
    part > share * whole
}
