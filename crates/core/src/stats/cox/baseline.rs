//! The baseline hazard: how fast people leave where every covariate is at its
//! mean. Never a figure for a stratum in which nobody left.

use super::risk::Depth;
use super::{CoxFit, CoxModel, Refused};

/// One day of one stratum on which somebody left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// The stratum.
    pub stratum: u32,
    /// Days since time zero.
    pub day: i32,
    /// Rows at risk on that day.
    pub at_risk: u64,
    /// Rows that left on it.
    pub events: u64,
    /// The hazard added up to that day and on it, at the columns' means
    /// (`CoxFit::means`).
    pub cumulative_hazard: f64,
}

impl CoxModel {
    /// The cumulative hazard at the columns' means, by stratum and day: with
    /// Efron's ties Efron's estimate, with Breslow's Breslow's.
    ///
    /// # Errors
    /// `NotFound` where numbers do not hold the risks; none otherwise.
    pub fn baseline(&self, fit: &CoxFit) -> Result<Vec<Baseline>, Refused> {
        let risks = self.risks(&fit.beta).ok_or(Refused::NotFound)?;
        let mut days = Vec::new();
        self.walk(&risks, (Depth::Means, fit.options.ties), |leaving| {
            days.push(Baseline {
                stratum: leaving.stratum,
                day: leaving.day,
                at_risk: leaving.at_risk,
                events: leaving.left,
                cumulative_hazard: leaving.tied.hazard,
            });
        })
        .ok_or(Refused::NotFound)?;
        days.reverse();
        days.sort_by_key(|d| d.stratum);
        let (mut stratum, mut sum) = (None, 0.0);
        for day in &mut days {
            if stratum != Some(day.stratum) {
                (stratum, sum) = (Some(day.stratum), 0.0);
            }
            sum += day.cumulative_hazard;
            day.cumulative_hazard = sum;
        }
        Ok(days)
    }
}
