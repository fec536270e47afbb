//! Sites over periods as changes between two of them, and averages of group-time
//! effects with what each site adds. Never a change from or to a period without
//! anybody.

use super::{GroupTime, LEAST_BEFORE, LEAST_SITES, Site};
use crate::stats::difference::Share;
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Groups<'a> = BTreeMap<usize, Vec<&'a Cell>>;

/// A site's change between two periods, and what it counts.
pub(super) struct Change {
    pub(super) site: usize,
    pub(super) weight: f64,
    pub(super) by: f64,
}

/// One group at one time.
pub(super) struct Cell {
    pub(super) start: usize,
    pub(super) period: usize,
    pub(super) base: usize,
    pub(super) started: Vec<Change>,
    pub(super) compared: Vec<Change>,
}

/// The weighted mean change and the weights' sum.
fn mean(changes: &[Change]) -> (f64, f64) {
    let total: f64 = changes.iter().map(|c| c.weight).sum();
    let sum: f64 = changes.iter().map(|c| c.weight * c.by).sum();
    (sum / total, total)
}

impl Cell {
    pub(super) fn effect(&self) -> f64 {
        mean(&self.started).0 - mean(&self.compared).0
    }
}

/// An average of group-time effects and what each site adds to it, where it
/// has started and where it is compared with.
pub(super) struct Combined {
    pub(super) estimate: f64,
    pub(super) started: usize,
    pub(super) influence: Vec<[f64; 2]>,
}

impl Combined {
    pub(super) fn std_err(&self) -> f64 {
        let square: f64 = self.influence.iter().map(|[a, b]| (a + b).powi(2)).sum();
        square.sqrt()
    }

    /// Welch's, from the two sides' own variances.
    pub(super) fn freedom(&self, compared: usize) -> f64 {
        let side = |place: usize| -> f64 { self.influence.iter().map(|i| i[place].powi(2)).sum() };
        let (one, two) = (side(0), side(1));
        let fewer = |sites: usize| sites.saturating_sub(1).max(1) as f64;
        let below = one * one / fewer(self.started) + two * two / fewer(compared);
        if below > 0.0 {
            (one + two).powi(2) / below
        } else {
            fewer(self.started.min(compared))
        }
    }
}

pub(super) struct Panel<'a> {
    pub(super) sites: &'a [Site],
    pub(super) periods: usize,
    /// People of each site over all periods: what it counts.
    pub(super) weights: Vec<f64>,
}

impl<'a> Panel<'a> {
    pub(super) fn of(sites: &'a [Site]) -> Option<Self> {
        let periods = sites.first().map_or(0, |site| site.periods.len());
        let sound = sites.iter().all(|site| {
            site.periods.len() == periods && site.periods.iter().all(|p| p.hits <= p.n)
        });
        let weights = sites
            .iter()
            .map(|site| site.periods.iter().map(|p| p.n as f64).sum())
            .collect();
        sound.then_some(Self {
            sites,
            periods,
            weights,
        })
    }

    /// The periods in which sites started that have enough before.
    pub(super) fn starts(&self) -> BTreeSet<usize> {
        let starts = self.sites.iter().filter_map(|site| site.start);
        starts
            .filter(|start| (LEAST_BEFORE..self.periods).contains(start))
            .collect()
    }

    /// Every group at every time that has enough sites to compare with.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let starts = self.starts().into_iter();
        starts
            .flat_map(|start| (1..self.periods).map(move |period| (start, period)))
            .map(|(start, period)| self.cell(start, period))
            .filter(|cell| !cell.started.is_empty() && cell.compared.len() >= LEAST_SITES)
            .collect()
    }

    pub(super) fn cell(&self, start: usize, period: usize) -> Cell {
        let base = if period >= start { start } else { period } - 1;
        let mut cell = Cell {
            start,
            period,
            base,
            started: Vec::new(),
            compared: Vec::new(),
        };
        for (place, site) in self.sites.iter().enumerate() {
            let share = |at: usize| site.periods.get(at).filter(|p| p.n > 0);
            let Some((then, now)) = share(base).zip(share(period)) else {
                continue;
            };
            let of = |p: &Share| p.hits as f64 / p.n as f64;
            let change = Change {
                site: place,
                weight: self.weights.get(place).copied().unwrap_or(0.0),
                by: of(now) - of(then),
            };
            if site.start == Some(start) {
                cell.started.push(change);
            } else if site.start.is_none_or(|own| own > period) {
                cell.compared.push(change);
            }
        }
        cell
    }

    pub(super) fn group_time(&self, cell: &Cell) -> GroupTime {
        let changes = cell.started.iter().chain(&cell.compared);
        let people = changes
            .filter_map(|change| self.sites.get(change.site))
            .map(|site| {
                let at = |period: usize| site.periods.get(period).map_or(0, |p| p.n);
                at(cell.base) + at(cell.period)
            })
            .sum();
        GroupTime {
            start: cell.start,
            period: cell.period,
            base: cell.base,
            estimate: cell.effect(),
            started: cell.started.len(),
            compared: cell.compared.len(),
            people,
        }
    }

    /// Each group's mean over its cells, then those by what its sites count.
    pub(super) fn combined(&self, groups: &Groups) -> Combined {
        let own = |start: usize| {
            let pairs = self.sites.iter().zip(&self.weights).enumerate();
            pairs.filter(move |(_, (site, _))| site.start == Some(start))
        };
        let worth = |start: usize| -> f64 { own(start).map(|(_, (_, w))| w).sum() };
        let total: f64 = groups.keys().map(|start| worth(*start)).sum();
        let of = |cells: &[&Cell]| {
            cells.iter().map(|c| c.effect()).sum::<f64>() / cells.len().max(1) as f64
        };
        let estimate: f64 = groups
            .iter()
            .map(|(start, cells)| worth(*start) * of(cells) / total)
            .sum();
        let started: usize = groups.keys().map(|start| own(*start).count()).sum();
        let mut influence = vec![[0.0; 2]; self.sites.len()];
        let spread = |sites: usize| (sites as f64 / sites.saturating_sub(1).max(1) as f64).sqrt();
        for (start, cells) in groups {
            // Which sites a group has is chance too: it is centred on the
            // average of all, so that a group of one site has a spread.
            for (site, (_, weight)) in own(*start) {
                influence[site][0] += spread(started) * weight * (of(cells) - estimate) / total;
            }
            let share = worth(*start) / total / cells.len() as f64;
            for cell in cells {
                let (ours, sum) = mean(&cell.started);
                for change in &cell.started {
                    influence[change.site][0] +=
                        spread(started) * share * change.weight * (change.by - ours) / sum;
                }
                let (others, sum) = mean(&cell.compared);
                for change in &cell.compared {
                    influence[change.site][1] -=
                        spread(cell.compared.len()) * share * change.weight * (change.by - others)
                            / sum;
                }
            }
        }
        Combined {
            estimate,
            started,
            influence,
        }
    }
}
