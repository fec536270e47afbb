//! Tallies that may be estimated from. A hidden cell has no number here: not
//! a zero, not a mark of why it is hidden. Only `protect` makes these.

use super::{Policy, Precision};
use crate::domain::{Cell, Dimension, Group, Level, Metric, Period, Tally};

/// Every table of a release, with what must be hidden taken out.
#[derive(Clone, Debug)]
pub struct Protected {
    pub(super) policy: Policy,
    pub(super) reported: Period,
    pub(super) tables: Vec<ProtectedTable>,
    pub(super) summary: Summary,
}

impl Protected {
    /// The policy it was made by.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The tables, in the order they came.
    #[must_use]
    pub fn tables(&self) -> &[ProtectedTable] {
        &self.tables
    }

    /// How much was hidden and by which rule: for private/ only, since it
    /// tells primary from complementary.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

/// One table, as it may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedTable {
    pub(super) metric: Metric,
    pub(super) period: Period,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) item: Option<String>,
    pub(super) answers: Vec<Level>,
    pub(super) cells: Vec<ProtectedCell>,
    pub(super) total: ProtectedCell,
    pub(super) not_yet_due: Option<u64>,
    pub(super) precision: Precision,
    pub(super) total_precision: Precision,
    /// Whether it is of figures that somebody else has published.
    pub(super) public: bool,
}

impl ProtectedTable {
    /// What is measured.
    #[must_use]
    pub fn metric(&self) -> &Metric {
        &self.metric
    }

    /// When.
    #[must_use]
    pub fn period(&self) -> &Period {
        &self.period
    }

    /// None, one, or a pair of dimensions.
    #[must_use]
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// The item, for a metric that is counted item by item.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// A cell a group, in the dimension's order.
    #[must_use]
    pub fn cells(&self) -> &[ProtectedCell] {
        &self.cells
    }

    /// Everyone.
    #[must_use]
    pub fn total(&self) -> &ProtectedCell {
        &self.total
    }

    /// At what precision its cells leave (everyone apart).
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }
}

/// One group: its counts, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedCell {
    pub(super) group: Group,
    pub(super) counts: Option<Counts>,
}

/// The counts of a shown cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) tally: Tally,
    pub(super) persons: Option<u64>,
}

impl ProtectedCell {
    pub(super) fn shown(cell: Cell) -> Self {
        Self {
            group: cell.group,
            counts: Some(Counts {
                tally: cell.tally,
                persons: cell.persons,
            }),
        }
    }

    pub(super) fn hidden(group: Group) -> Self {
        Self {
            group,
            counts: None,
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn group(&self) -> &Group {
        &self.group
    }

    /// The counts, unless they are hidden.
    #[must_use]
    pub fn tally(&self) -> Option<&Tally> {
        self.counts.as_ref().map(|c| &c.tally)
    }

    /// Distinct people, where known and not hidden.
    #[must_use]
    pub fn persons(&self) -> Option<u64> {
        self.counts.as_ref().and_then(|c| c.persons)
    }

    /// Whether it is hidden.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.counts.is_none()
    }
}

/// What was hidden, metric by metric in order of first appearance. Never for
/// a shareable output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// One entry a metric.
    pub metrics: Vec<HiddenCounts>,
}

/// How many cells of a metric were hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HiddenCounts {
    /// The metric's slug.
    pub metric: String,
    /// Cells in all its tables, totals apart.
    pub cells: u64,
    /// Cells about too few people.
    pub primary: u64,
    /// Cells hidden to protect those.
    pub complementary: u64,
    /// Totals hidden, a table each.
    pub totals: u64,
}
