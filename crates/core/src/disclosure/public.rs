//! What somebody else has published is public already. Our threshold hides
//! nothing in it: hiding it here would protect nobody, and change another's
//! figures. What its publisher hid has no number to begin with.
//!
//! So tables of the grain `flow` pass as they are, at full precision. The
//! grain alone opens no door: a table passes only where it is a sum or a ratio
//! of sums and no cell of it counts people. Every table that is made of
//! people's rows counts them, so one that bears the grain by mistake is
//! protected as any other is.

use super::Precision;
use super::protected::{ProtectedCell, ProtectedTable};
use crate::domain::{Cell, Grain, Kind, Tally, TallyTable};

/// Whether a table is of figures that somebody else has published.
pub(super) fn is_public(table: &TallyTable) -> bool {
    let metric = &table.metric;
    let published = |cell: &Cell| {
        let sum = match cell.tally {
            Tally::Sum { .. } => metric.kind == Kind::Sum,
            Tally::Ratio { .. } => metric.kind == Kind::Ratio,
            _ => false,
        };
        sum && cell.persons.is_none()
    };
    metric.grain == Grain::Flow
        && table.item.is_none()
        && table.not_yet_due.is_none()
        && table.cells.iter().chain([&table.total]).all(published)
}

/// A public table as it is.
pub(super) fn as_published(table: TallyTable) -> ProtectedTable {
    ProtectedTable {
        metric: table.metric,
        period: table.period,
        dimensions: table.dimensions,
        item: table.item,
        answers: table.answers,
        cells: table.cells.into_iter().map(ProtectedCell::shown).collect(),
        total: ProtectedCell::shown(table.total),
        not_yet_due: table.not_yet_due,
        precision: Precision::Exact,
        total_precision: Precision::Exact,
        public: true,
    }
}
