//! Where disclosure meets statistics: protected tallies become estimates.

use staywise_core::disclosure::Estimator;
use staywise_core::domain::{Estimate, Metric, Tally};
use staywise_core::stats;

/// The product's own estimators, at 95%.
pub(super) struct Standard;

impl Estimator for Standard {
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate> {
        stats::estimates(metric, tally)
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        stats::difference(metric, level, comparator)
    }

    fn adjusted_p(&self, _: &Metric, family: &[(&Tally, &Tally)]) -> Vec<Option<f64>> {
        stats::adjusted_p(family)
    }
}
