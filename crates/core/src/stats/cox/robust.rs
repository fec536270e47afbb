//! Lin and Wei's robust standard errors: how much each row, or each cluster
//! of rows, moves the coefficients. Never a correction for few clusters.

use super::newton::Top;
use super::risk::{Depth, Tied};
use super::{CoxModel, Errors, Options, Refused};
use crate::stats::matrix::Symmetric;
use std::collections::BTreeMap;

/// One day with leavings, as a row's share in it needs it.
struct Day {
    stratum: u32,
    day: i32,
    /// The hazard, and its sum with the mean covariates, from the stratum's
    /// first day to this one and with it.
    hazard: f64,
    mean: Vec<f64>,
    tied: Tied,
    /// Mean over the tied leavings of the mean covariates of the sets.
    centre: Vec<f64>,
    /// Sum of w f / t times the mean covariates of the sets.
    taken: Vec<f64>,
}

impl CoxModel {
    /// The robust covariance of the standardised coefficients, and how many
    /// clusters it is made of.
    pub(super) fn robust(
        &self,
        top: &Top,
        options: Options,
    ) -> Result<(Symmetric, usize), Refused> {
        let changes = self.changes(top, options).ok_or(Refused::NotFound)?;
        let mut sum = Symmetric::zeros(self.width());
        let mut units = 0_usize;
        if options.errors == Errors::Clustered {
            let mut clusters: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
            for (row, change) in self.rows.iter().zip(&changes) {
                let total = clusters
                    .entry(row.cluster)
                    .or_insert_with(|| vec![0.0; self.width()]);
                for (slot, value) in total.iter_mut().zip(change) {
                    *slot += value;
                }
            }
            units = clusters.len();
            for change in clusters.values() {
                sum.add_square(change, 1.0);
            }
        } else {
            for change in &changes {
                sum.add_square(change, 1.0);
                units += 1;
            }
        }
        sum.mirror();
        if units < 2 {
            return Err(Refused::OneCluster);
        }
        Ok((sum, units))
    }

    /// How far each row moves the coefficients.
    fn changes(&self, top: &Top, options: Options) -> Option<Vec<Vec<f64>>> {
        let risks = self.risks(&top.end.beta)?;
        let days = self.days(&risks, options)?;
        let changes = self.rows.iter().enumerate().map(|(i, row)| {
            let x = self.row(i);
            let mut score = vec![0.0; self.width()];
            let upto = days.partition_point(|d| (d.stratum, d.day) <= (row.stratum, row.to));
            let before = days.partition_point(|d| (d.stratum, d.day) <= (row.stratum, row.from));
            let last = upto.checked_sub(1).and_then(|k| days.get(k));
            let first = before.checked_sub(1).and_then(|k| days.get(k));
            if let Some(day) = last.filter(|d| d.stratum == row.stratum) {
                add_exposure(&mut score, (x, day), -risks[i]);
            }
            if let Some(day) = first.filter(|d| d.stratum == row.stratum) {
                add_exposure(&mut score, (x, day), risks[i]);
            }
            if let Some(day) = last.filter(|_| row.event) {
                for (k, slot) in score.iter_mut().enumerate() {
                    *slot += row.weight * (x[k] - day.centre[k]);
                    *slot += risks[i] * (day.tied.shared * x[k] - day.taken[k]);
                }
            }
            top.change(&score)
        });
        Some(changes.collect())
    }

    /// The days with leavings, by stratum and from the first to the last.
    fn days(&self, risks: &[f64], options: Options) -> Option<Vec<Day>> {
        let mut days = Vec::new();
        let width = self.width();
        self.walk(risks, (Depth::Means, options.ties), |leaving| {
            let mut day = Day {
                stratum: leaving.stratum,
                day: leaving.day,
                hazard: leaving.tied.hazard,
                mean: vec![0.0; width],
                tied: leaving.tied,
                centre: vec![0.0; width],
                taken: vec![0.0; width],
            };
            leaving.add_hazard_mean(&mut day.mean);
            leaving.add_mean(&mut day.centre, 1.0 / leaving.weight);
            leaving.add_taken(&mut day.taken);
            days.push(day);
        })?;
        days.reverse();
        days.sort_by_key(|d| d.stratum);
        for i in 1..days.len() {
            let (done, rest) = days.split_at_mut(i);
            let (Some(before), Some(day)) = (done.last(), rest.first_mut()) else {
                continue;
            };
            if before.stratum == day.stratum {
                day.hazard += before.hazard;
                for (slot, value) in day.mean.iter_mut().zip(&before.mean) {
                    *slot += value;
                }
            }
        }
        Some(days)
    }
}

/// Adds a row's own hazard up to a day, times its distance from the means.
fn add_exposure(score: &mut [f64], of: (&[f64], &Day), risk: f64) {
    let (x, day) = of;
    for ((slot, x), mean) in score.iter_mut().zip(x).zip(&day.mean) {
        *slot += risk * (day.hazard * x - mean);
    }
}
