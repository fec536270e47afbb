//! What models and rules make of a run beside its tables: comparisons, the
//! switchboard of turnover, control charts, sites and the quarters to come.
//! Brings the stages together; computes nothing itself.

use super::{Gathered, Periods, Run, changed, compared, switchboard};
use super::{control, forward, sites, vacancy};
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
    rows.extend(vacancy::rows(run, rows, periods));
    Evidence {
        comparisons,
        changed: changed::for_page(run, gathered, (protected, periods), rows),
        turnover,
        control: control::all(run, rows, (periods, linked.as_at)),
        sites: sites::all(rows, periods),
        forward: forward::all(run, linked, (rows, protected.policy())),
        programme_months: run.study.programme_months,
    }
}
