//! Figures from models of people rather than from one cell's counts: shown
//! only where every cell they rest on is shown, and always rounded. Makes no
//! estimate, and never a figure out of a hidden cell.

use super::{Policy, Precision, Protected, Released};
use crate::domain::{Figures, Group, Level, Metric, Period, RowKey, Statistic, Unknown};

/// One figure of a model.
#[derive(Clone, Debug)]
pub struct Modelled {
    /// The header of the outcome's metric.
    pub metric: Metric,
    /// The period of the rows it belongs to.
    pub period: Period,
    /// The group of interest.
    pub group: Group,
    /// What it is held against; nothing where it is no comparison.
    pub comparator: Option<Level>,
    /// Which statistic.
    pub statistic: Statistic,
    /// The horizon in months.
    pub horizon_months: Option<u32>,
    /// How and for what it is adjusted; nothing for a plain figure.
    pub adjusted_for: Option<String>,
    /// The p of a difference, adjusted for its family.
    pub p: Option<f64>,
    /// The figure, or why there is none.
    pub outcome: Result<Figures, Unknown>,
}

/// What models rest on.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    /// The groups of a table that the people come from: metric, period, group.
    pub cells: Vec<(String, Period, Group)>,
    /// People in each group.
    pub people: Vec<u64>,
    /// People of those cells that are not in the sample, reason by reason.
    pub left_out: Vec<u64>,
    /// The item whose answers they rest on: cells of tables of it count too.
    pub item: Option<String>,
}

impl Basis {
    /// Whether no cell it rests on is hidden. A cell of a table that the run
    /// does not make has nothing beside it that could be subtracted.
    #[must_use]
    pub fn is_shown(&self, protected: &Protected) -> bool {
        let shown = |(metric, period, group): &(String, Period, Group)| {
            let tables = protected.tables().iter().filter(|t| {
                let own = t.item().is_none() || t.item() == self.item.as_deref();
                t.metric().name == *metric && t.period() == period && own
            });
            let mut cells = tables.flat_map(|t| t.cells().iter().chain([t.total()]));
            !cells.any(|c| c.group() == group && c.is_hidden())
        };
        let policy = protected.policy();
        self.cells.iter().all(shown) && self.people.iter().all(|n| !policy.too_few(*n))
    }

    /// Whether the counts of who was in and out may stand beside the figures:
    /// each is nobody or enough people.
    #[must_use]
    pub fn may_count(&self, policy: &Policy) -> bool {
        let all = self.people.iter().chain(&self.left_out);
        all.copied().all(|n| !policy.too_few(n))
    }
}

/// The rows of some modelled figures that rest on the same people.
#[must_use]
pub fn release_modelled(
    protected: &Protected,
    basis: &Basis,
    modelled: Vec<Modelled>,
) -> Vec<Released> {
    let policy = protected.policy();
    let shown = basis.is_shown(protected);
    let counts = basis.may_count(policy);
    let row = |figure: Modelled| {
        let key = RowKey {
            metric: figure.metric.name.clone(),
            definition: figure.metric.definition_id.clone(),
            period: figure.period,
            group: figure.group,
            statistic: figure.statistic,
            item: None,
            answer: None,
            horizon_months: figure.horizon_months,
            comparator: figure.comparator,
            adjusted_for: figure.adjusted_for,
        };
        if !shown {
            return Released::confidential(key, &figure.metric, policy);
        }
        let mut row = match figure.outcome {
            Ok(figures) => {
                let figures = Precision::Rounded.apply(figures);
                Released::shown(key, &figure.metric, figures)
            }
            Err(why) => Released::unknown(key, &figure.metric, &why),
        };
        row.judged(figure.p);
        if counts { row } else { row.without_base() }
    };
    modelled.into_iter().map(row).collect()
}
