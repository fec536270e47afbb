//! Where a curve must stop: the numbers still followed at each horizon are a
//! one-way table of their own. Judges estimates; makes none.

use super::Policy;
use super::protected::ProtectedCell;
use crate::domain::{Estimate, Figures, Kind, Statistic};
use std::collections::BTreeSet;

/// A cell with its estimates; none where it is hidden.
pub(super) struct Estimated<'a> {
    pub(super) cell: &'a ProtectedCell,
    pub(super) estimates: Option<Vec<Estimate>>,
}

impl Estimated<'_> {
    /// The number followed at each horizon that could be estimated.
    fn followed(&self) -> impl Iterator<Item = (u32, u64)> {
        let estimates = self.estimates.iter().flatten();
        estimates
            .filter(|e| e.statistic == Statistic::Value)
            .filter_map(|e| {
                let figures = e.outcome.as_ref().ok()?;
                Some((e.horizon_months?, figures.n))
            })
    }

    fn followed_at(&self, horizon: u32) -> Option<u64> {
        let mut followed = self.followed();
        followed.find(|(h, _)| *h == horizon).map(|(_, n)| n)
    }
}

/// Whether an estimate rests on too few. The `n` of a ratio is a mean
/// headcount, which `protect` has judged by the counts it is made of.
pub(super) fn too_few(figures: &Figures, kind: Kind, policy: &Policy) -> bool {
    kind != Kind::Ratio && policy.too_few(figures.n)
}

/// The horizon in months from which these curves are cut: the first at which
/// any of them follows too few. None for other kinds.
pub(super) fn cut(curves: &[&Estimated<'_>], kind: Kind, policy: &Policy) -> Option<u32> {
    if kind != Kind::Survival {
        return None;
    }
    let followed = curves.iter().flat_map(|c| c.followed());
    followed
        .filter(|(_, n)| policy.too_few(*n))
        .map(|(horizon, _)| horizon)
        .min()
}

/// The horizon from which every curve of a table is cut: where any of them
/// follows too few, or where those that are hidden do, which is what everyone
/// less the shown curves gives. Cutting all at once leaves nothing to
/// subtract from.
pub(super) fn table_cut(
    total: &Estimated<'_>,
    cells: &[Estimated<'_>],
    kind: Kind,
    policy: &Policy,
) -> Option<u32> {
    let shown: Vec<&Estimated<'_>> = cells.iter().filter(|c| c.estimates.is_some()).collect();
    let own = cut(&shown, kind, policy);
    if kind != Kind::Survival {
        return None;
    }
    let horizons: BTreeSet<u32> = total.followed().map(|(h, _)| h).collect();
    let rest = horizons.into_iter().find(|horizon| {
        let everyone = total.followed_at(*horizon).unwrap_or(0);
        let shown = shown.iter().filter_map(|c| c.followed_at(*horizon));
        policy.too_few(everyone.saturating_sub(shown.sum()))
    });
    own.into_iter().chain(rest).min()
}

/// Whether an estimate lies at or past the cut: a value or a mean time by its
/// horizon, a median by its own time or its limit's.
pub(super) fn is_cut(estimate: &Estimate, from: u32) -> bool {
    let by_horizon = estimate.horizon_months.is_some_and(|h| h >= from);
    let by_time = estimate.statistic == Statistic::Median
        && estimate.outcome.as_ref().is_ok_and(|figures| {
            let upper = figures.interval.map_or(figures.estimate, |i| i.upper);
            figures.estimate.max(upper) >= f64::from(from)
        });
    by_horizon || by_time
}
