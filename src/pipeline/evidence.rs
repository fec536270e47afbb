//! What models and rules make of a run beside its tables: comparisons, the
//! switchboard of turnover, control charts, sites and the quarters to come.
//! Brings the stages together; computes nothing itself.

use super::{Gathered, Periods, Run, compared, switchboard};
use crate::report::Evidence;
use staywise_core::disclosure::{Protected, Released};

/// Everything, with the rows it adds to the results.
pub(super) fn gather(
    run: &Run<'_>,
    gathered: &Gathered,
    (protected, periods): (&Protected, &Periods),
    rows: &mut Vec<Released>,
) -> Evidence {
    let linked = &gathered.linked;
    let (answers, comparisons) = compared::all(run, linked, protected, &periods.all);
    rows.extend(answers);
    let turnover = switchboard::turnover(linked, periods, rows);
    Evidence {
        comparisons,
        turnover,
        ..Evidence::default()
    }
}
