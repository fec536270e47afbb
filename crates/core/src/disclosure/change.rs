//! What changed: the reported period less the latest one before it that has a
//! figure. Only of everyone, only of figures that are both shown; hides nothing.

use super::protected::ProtectedTable;
use super::release::Desk;
use super::{Protected, Released};
use crate::domain::{Kind, Level, Period, Status, period::Shape};
use std::collections::BTreeMap;

/// The dated tables of each metric and item, the newest first.
pub(super) struct Past<'a> {
    reported: &'a Period,
    tables: BTreeMap<(&'a str, Option<&'a str>), Vec<&'a ProtectedTable>>,
}

impl<'a> Past<'a> {
    pub(super) fn of(protected: &'a Protected) -> Self {
        let mut tables: BTreeMap<(&str, Option<&str>), Vec<&ProtectedTable>> = BTreeMap::new();
        for table in &protected.tables {
            let name = (table.metric.name.as_str(), table.item.as_deref());
            let line = tables.entry(name).or_default();
            // A curve is for everything only, and may be cut anywhere.
            let dated = table.period.shape != Shape::All && table.metric.kind != Kind::Survival;
            if dated && line.last().is_none_or(|t| t.period != table.period) {
                line.push(table);
            }
        }
        for line in tables.values_mut() {
            line.sort_by_key(|table| std::cmp::Reverse(table.period.end));
        }
        Self {
            reported: &protected.reported,
            tables,
        }
    }

    /// The change of everyone in the reported period, where there is an
    /// earlier figure to take from it. Windows that overlap hold the same
    /// leavers, say, twice: what is before is what has ended by the start.
    pub(super) fn change(&self, desk: &Desk<'_>) -> Option<Released> {
        let now = desk.table;
        if now.period.shape == Shape::All || now.period.label != self.reported.label {
            return None;
        }
        figure(desk)?;
        let name = (now.metric.name.as_str(), now.item.as_deref());
        let line = self.tables.get(&name)?;
        let before = line
            .iter()
            .filter(|table| table.period.end <= now.period.start)
            .find(|table| figure(&Desk { table, ..*desk }).is_some())?;
        let compared = (now.total.tally()?, before.total.tally()?);
        let metric = &now.metric;
        let estimate = desk.estimator.difference(metric, compared.0, compared.1)?;
        let mut key = desk.key(now.total.group(), &estimate);
        key.comparator = Some(Level::new(&before.period.label));
        let precision = now.total_precision.max(before.total_precision);
        let mut row = desk.row(key, &estimate, precision);
        // One comparison is a family of its own.
        let p = desk.estimator.adjusted_p(metric, &[compared]);
        row.judged(p.first().copied().flatten());
        (row.status() == Status::Shown).then_some(row)
    }
}

/// Whether everyone in a table has a figure that is shown.
fn figure(desk: &Desk<'_>) -> Option<()> {
    let total = &desk.table.total;
    let tally = total.tally()?;
    let estimates = desk.estimator.estimates(&desk.table.metric, tally);
    let estimate = estimates.first()?;
    let key = desk.key(total.group(), estimate);
    let row = desk.row(key, estimate, desk.table.total_precision);
    (row.status() == Status::Shown).then_some(())
}
