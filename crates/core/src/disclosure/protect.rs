//! From exact tallies to tallies that may be estimated from: every rule in
//! its order, until none of them hides anything more. Makes no figure.

use super::measure::primary;
use super::protected::{HiddenCounts, ProtectedCell, ProtectedTable};
use super::public::{as_published, is_public};
use super::{Policy, Precision, Protected, Summary, related, series};
use crate::domain::{Cell, Period, TallyTable};

/// What a run would like to show, all at once: tables protect one another, so
/// those that are released together are protected together.
#[derive(Clone, Debug)]
pub struct Release {
    /// Every table.
    pub tables: Vec<TallyTable>,
    /// The report's own period; others are `all` or the trend.
    pub reported: Period,
}

/// Takes out what must be hidden. What somebody else has published passes as it
/// is, and bears on nothing else.
///
/// Each rule only ever hides more, so going round them ends: at the latest
/// when everything is hidden.
#[must_use]
pub fn protect(release: Release, policy: &Policy) -> Protected {
    let order: Vec<bool> = release.tables.iter().map(is_public).collect();
    let (public, own): (Vec<TallyTable>, Vec<TallyTable>) =
        release.tables.into_iter().partition(is_public);
    let mut drafts: Vec<Draft> = own
        .into_iter()
        .map(|table| Draft::new(table, policy))
        .collect();
    related::own_patterns(&mut drafts, policy);
    loop {
        let before = hidden_count(&drafts);
        series::totals(&mut drafts, &release.reported, policy);
        related::nested(&mut drafts);
        series::cells(&mut drafts, &release.reported, policy);
        related::pairs(&mut drafts, policy);
        related::same_bases(&mut drafts);
        if hidden_count(&drafts) == before {
            break;
        }
    }
    let summary = summary(&drafts);
    let precision = series::precisions(&drafts);
    let mut own = drafts
        .into_iter()
        .zip(precision)
        .map(|(draft, precision)| draft.finish(precision, policy));
    let mut public = public.into_iter().map(as_published);
    // Each in the place that it came in.
    let tables = order
        .into_iter()
        .filter_map(|is_public| if is_public { public.next() } else { own.next() })
        .collect();
    Protected {
        policy: *policy,
        reported: release.reported,
        tables,
        summary,
    }
}

/// A table on its way, with what is to be hidden.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) table: TallyTable,
    pub(super) primary: Vec<bool>,
    pub(super) hidden: Vec<bool>,
    pub(super) total_primary: bool,
    pub(super) total_hidden: bool,
}

impl Draft {
    fn new(table: TallyTable, policy: &Policy) -> Self {
        let primaries: Vec<bool> = table.cells.iter().map(|c| primary(c, policy)).collect();
        let mut draft = Self {
            hidden: vec![false; table.cells.len()],
            total_primary: primary(&table.total, policy),
            total_hidden: false,
            primary: primaries,
            table,
        };
        if draft.total_primary {
            draft.hide_total();
        }
        draft
    }

    /// Whether it divides nobody.
    pub(super) fn is_everyone(&self) -> bool {
        self.table.dimensions.is_empty()
    }

    /// Whether a cell of it is hidden.
    pub(super) fn hides(&self) -> bool {
        self.total_hidden || self.hidden.contains(&true)
    }

    /// Whether every cell of it is hidden, empty ones too.
    pub(super) fn is_whole(&self) -> bool {
        self.hidden.iter().all(|h| *h)
    }

    /// Hides every cell but the total.
    pub(super) fn hide_cells(&mut self) {
        if self.is_everyone() {
            self.total_hidden = true;
        }
        self.hidden.fill(true);
    }

    /// Hides the total and so every cell.
    pub(super) fn hide_total(&mut self) {
        self.total_hidden = true;
        self.hidden.fill(true);
    }

    fn finish(self, precision: (Precision, Precision), policy: &Policy) -> ProtectedTable {
        let door = |cell: Cell, hidden: bool| {
            if hidden {
                ProtectedCell::hidden(cell.group)
            } else {
                ProtectedCell::shown(cell)
            }
        };
        let TallyTable {
            metric,
            period,
            dimensions,
            item,
            answers,
            cells,
            total,
            not_yet_due,
        } = self.table;
        ProtectedTable {
            metric,
            period,
            dimensions,
            item,
            answers,
            cells: cells
                .into_iter()
                .zip(self.hidden)
                .map(|(cell, hidden)| door(cell, hidden))
                .collect(),
            total: door(total, self.total_hidden),
            not_yet_due: not_yet_due.filter(|n| !policy.too_few(*n) && !self.total_hidden),
            precision: precision.0,
            total_precision: precision.1,
            public: false,
        }
    }
}

fn hidden_count(drafts: &[Draft]) -> usize {
    let cells = drafts.iter().flat_map(|d| &d.hidden).filter(|h| **h);
    cells.count() + drafts.iter().filter(|d| d.total_hidden).count()
}

fn summary(drafts: &[Draft]) -> Summary {
    let mut metrics: Vec<HiddenCounts> = Vec::new();
    for draft in drafts {
        let name = &draft.table.metric.name;
        let at = metrics.iter().position(|m| &m.metric == name);
        let at = at.unwrap_or_else(|| {
            metrics.push(HiddenCounts {
                metric: name.clone(),
                ..HiddenCounts::default()
            });
            metrics.len() - 1
        });
        let Some(entry) = metrics.get_mut(at) else {
            continue;
        };
        entry.totals += u64::from(draft.total_hidden);
        if draft.is_everyone() {
            continue;
        }
        for (hidden, primary) in draft.hidden.iter().zip(&draft.primary) {
            entry.cells += 1;
            entry.primary += u64::from(*hidden && *primary);
            entry.complementary += u64::from(*hidden && !*primary);
        }
    }
    Summary { metrics }
}
