//! From protected tallies to rows that may be presented. Has estimates made
//! from shown cells only, and judges the numbers at risk that only an
//! estimate knows. Makes no estimate itself.

use super::change::Past;
use super::curve::{self, Estimated};
use super::protected::{ProtectedCell, ProtectedTable};
use super::{Policy, Precision, Protected, Released};
use crate::domain::{
    Dimension, Estimate, Group, Kind, Level, Metric, Period, RowKey, Statistic, Status, Tally,
    Unknown,
};
use std::collections::BTreeSet;

/// Makes estimates from exact counts; implemented outside this module.
pub trait Estimator {
    /// Every statistic of one cell, empty cells too (those say why there is
    /// none).
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate>;

    /// A level less its comparator, where the metric's kind has such a thing.
    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate>;

    /// The p of each difference of a family (level and comparator), adjusted
    /// for all of them, in the same order; none where there is no test.
    fn adjusted_p(&self, _: &Metric, family: &[(&Tally, &Tally)]) -> Vec<Option<f64>> {
        vec![None; family.len()]
    }
}

/// The level that the others of a dimension are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparator {
    /// The dimension.
    pub dimension: Dimension,
    /// Its reference level.
    pub level: Level,
}

/// Levels that are nobody's group and so are compared with nothing.
const NO_GROUP: [&str; 3] = ["Not stated", "Not known", "Not linked"];

/// The months a hidden curve has a row for: those of every curve.
const HORIZONS: [u32; 5] = [3, 6, 12, 18, 24];

/// The rows that may be presented, table by table as they come, cell by cell
/// in the dimension's order, everyone of a metric, item and period first and
/// once; in the reported period the change since an earlier one comes next. A
/// level's difference from its comparator follows its own rows.
#[must_use]
pub fn release(
    protected: &Protected,
    estimator: &dyn Estimator,
    comparators: &[Comparator],
) -> Vec<Released> {
    let mut rows = Vec::new();
    let mut everyone: BTreeSet<(&str, Option<&str>, &Period)> = BTreeSet::new();
    let past = Past::of(protected);
    for table in &protected.tables {
        let desk = Desk {
            table,
            policy: &protected.policy,
            estimator,
        };
        if everyone.insert((&table.metric.name, table.item.as_deref(), &table.period)) {
            desk.everyone(&mut rows);
            rows.extend(past.change(&desk));
        }
        if !table.dimensions.is_empty() {
            desk.cells(comparators, &mut rows);
        }
    }
    rows
}

/// Differences that are judged together: those of one metric, item, period and
/// dimension that are shown. What is hidden is in none, so that it moves no p.
#[derive(Default)]
struct Family<'a> {
    /// Where each stands among the rows.
    places: Vec<usize>,
    compared: Vec<(&'a Tally, &'a Tally)>,
}

impl<'a> Family<'a> {
    fn join(&mut self, place: usize, row: &Released, compared: (&'a Tally, &'a Tally)) {
        if row.status() == Status::Shown {
            self.places.push(place);
            self.compared.push(compared);
        }
    }
}

/// One table being released.
pub(super) struct Desk<'a> {
    pub(super) table: &'a ProtectedTable,
    pub(super) policy: &'a Policy,
    pub(super) estimator: &'a dyn Estimator,
}

impl Desk<'_> {
    fn everyone(&self, rows: &mut Vec<Released>) {
        let estimated = self.estimated(&self.table.total);
        let cut = curve::cut(&[&estimated], self.table.metric.kind, self.policy);
        let mut own = Vec::new();
        let precision = self.table.total_precision;
        self.rows(&estimated, (cut, precision), &mut own);
        let not_yet_due = self.table.not_yet_due;
        rows.extend(own.into_iter().map(|r| r.with_not_yet_due(not_yet_due)));
    }

    fn cells(&self, comparators: &[Comparator], rows: &mut Vec<Released>) {
        let total = self.estimated(&self.table.total);
        let cells: Vec<Estimated<'_>> =
            self.table.cells.iter().map(|c| self.estimated(c)).collect();
        let cut = curve::table_cut(&total, &cells, self.table.metric.kind, self.policy);
        let precision = if cut.is_some() {
            Precision::Rounded
        } else {
            self.table.precision
        };
        let comparator = self.comparator(comparators);
        let mut family = Family::default();
        for cell in &cells {
            self.rows(cell, (cut, precision), rows);
            let found = comparator.and_then(|c| self.difference(cell.cell, c, (cut, precision)));
            if let Some((row, compared)) = found {
                family.join(rows.len(), &row, compared);
                rows.push(row);
            }
        }
        self.judge(&family, rows);
    }

    /// Gives the differences of a family their p.
    fn judge(&self, family: &Family<'_>, rows: &mut [Released]) {
        let metric = &self.table.metric;
        let adjusted = self.estimator.adjusted_p(metric, &family.compared);
        for (place, p) in family.places.iter().zip(adjusted) {
            if let Some(row) = rows.get_mut(*place) {
                row.judged(p);
            }
        }
    }

    fn estimated<'b>(&self, cell: &'b ProtectedCell) -> Estimated<'b> {
        let estimates = cell
            .tally()
            .map(|tally| self.estimator.estimates(&self.table.metric, tally));
        Estimated { cell, estimates }
    }

    /// The rows of one cell. `how` is the horizon from which a curve is cut,
    /// and the precision.
    fn rows(&self, of: &Estimated<'_>, how: (Option<u32>, Precision), rows: &mut Vec<Released>) {
        let metric = &self.table.metric;
        let Some(estimates) = &of.estimates else {
            let keys = self.hidden_keys(of.cell.group());
            rows.extend(keys.map(|key| Released::confidential(key, metric, self.policy)));
            return;
        };
        for estimate in estimates {
            let key = self.key(of.cell.group(), estimate);
            if how.0.is_some_and(|from| curve::is_cut(estimate, from)) {
                rows.push(Released::confidential(key, metric, self.policy));
            } else {
                let row = self.row(key, estimate, how.1);
                // A stock's people are counted at two dates, its figure at one.
                let persons = of.cell.persons().filter(|_| metric.kind != Kind::Stock);
                rows.push(row.with_persons(persons));
            }
        }
    }

    pub(super) fn row(&self, key: RowKey, estimate: &Estimate, precision: Precision) -> Released {
        let metric = &self.table.metric;
        match &estimate.outcome {
            Ok(figures)
                if !self.table.public && curve::too_few(figures, metric.kind, self.policy) =>
            {
                Released::confidential(key, metric, self.policy)
            }
            Ok(figures) => Released::shown(key, metric, precision.apply(*figures)),
            Err(why) => Released::unknown(key, metric, why),
        }
    }

    fn comparator(&self, comparators: &[Comparator]) -> Option<&ProtectedCell> {
        let [dimension] = self.table.dimensions.as_slice() else {
            return None;
        };
        let wanted = comparators.iter().find(|c| &c.dimension == dimension)?;
        let is = |cell: &&ProtectedCell| level(cell) == Some(&wanted.level);
        self.table.cells.iter().find(is)
    }

    /// A difference and what it compares, where both cells are shown and have
    /// anybody in them.
    fn difference<'b>(
        &self,
        cell: &'b ProtectedCell,
        comparator: &'b ProtectedCell,
        how: (Option<u32>, Precision),
    ) -> Option<(Released, (&'b Tally, &'b Tally))> {
        let (mine, other) = (level(cell)?, level(comparator)?);
        if mine == other || NO_GROUP.contains(&mine.as_str()) {
            return None;
        }
        let occupied = |cell: &ProtectedCell| cell.tally().is_some_and(|t| t.base() > 0);
        if !occupied(cell) || !occupied(comparator) {
            return None;
        }
        let compared = (cell.tally()?, comparator.tally()?);
        let metric = &self.table.metric;
        let estimate = self.estimator.difference(metric, compared.0, compared.1)?;
        if how.0.is_some_and(|from| curve::is_cut(&estimate, from)) {
            return None;
        }
        let mut key = self.key(cell.group(), &estimate);
        key.comparator = Some(other.clone());
        Some((self.row(key, &estimate, how.1), compared))
    }

    pub(super) fn key(&self, group: &Group, estimate: &Estimate) -> RowKey {
        let answer = estimate.answer.and_then(|i| self.table.answers.get(i));
        RowKey {
            metric: self.table.metric.name.clone(),
            definition: self.table.metric.definition_id.clone(),
            period: self.table.period.clone(),
            group: group.clone(),
            statistic: estimate.statistic,
            item: self.table.item.clone(),
            answer: answer.cloned(),
            horizon_months: estimate.horizon_months,
            comparator: None,
            adjusted_for: None,
        }
    }

    /// The rows of a hidden cell: those a cell of its kind has whatever is in
    /// it, so that their number tells nothing.
    fn hidden_keys(&self, group: &Group) -> impl Iterator<Item = RowKey> {
        let metric = &self.table.metric;
        let value = |answer: Option<usize>, horizon_months: Option<u32>| Estimate {
            statistic: Statistic::Value,
            answer,
            horizon_months,
            outcome: Err(Unknown::NotApplicable(String::new())),
        };
        let values: Vec<Estimate> = match metric.kind {
            Kind::Distribution => (0..self.table.answers.len())
                .map(|i| value(Some(i), metric.horizon_months))
                .collect(),
            Kind::Survival => HORIZONS.iter().map(|h| value(None, Some(*h))).collect(),
            _ => vec![value(None, metric.horizon_months)],
        };
        let keys: Vec<RowKey> = values.iter().map(|e| self.key(group, e)).collect();
        keys.into_iter()
    }
}

fn level(cell: &ProtectedCell) -> Option<&Level> {
    match cell.group().parts() {
        [(_, level)] => Some(level),
        _ => None,
    }
}
