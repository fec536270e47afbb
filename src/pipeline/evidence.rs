//! What models and rules make of a run beside its tables: comparisons, the
//! switchboard of turnover, control charts, sites and the quarters to come.
//! Brings the stages together; computes nothing itself.

use super::compared::Coefficients;
use super::{Gathered, Periods, Run, case, changed, compared, switchboard};
use super::{control, fates, forward, rollout, sites, vacancy, whereabouts};
use crate::report::Evidence;
use staywise_core::disclosure::{Protected, Released};
use staywise_core::domain::Finding;

/// Everything, with the rows it adds to the results, and the models fitted.
pub(super) fn gather(
    run: &Run<'_>,
    gathered: &Gathered,
    (protected, periods): (&Protected, &Periods),
    rows: &mut Vec<Released>,
) -> (Evidence, Vec<Coefficients>, Vec<Finding>) {
    let linked = &gathered.linked;
    let setting = compared::Setting {
        run,
        gathered,
        protected,
        period: &periods.all,
    };
    let found = compared::all(setting);
    rows.extend(found.rows);
    let rollouts = rollout::all(setting);
    rows.extend(rollouts.rows);
    let turnover = switchboard::turnover(linked, periods, rows);
    rows.extend(vacancy::rows(run, gathered, (rows, periods)));
    let (case, wrong) = case::of_run(run, (rows, &found.told), linked.as_at);
    let evidence = Evidence {
        case,
        comparisons: found.told,
        rollouts: rollouts.told,
        changed: changed::for_page(run, gathered, (protected, periods), rows),
        turnover,
        control: control::all(run, rows, (periods, linked.as_at)),
        sites: sites::all(rows, periods),
        forward: forward::all(run, linked, (rows, protected.policy())),
        fates: fates::all(linked, rows, protected.policy()),
        whereabouts: whereabouts::all(linked, rows, protected.policy()),
        programme_months: run.study.programme_months,
    };
    (evidence, found.models, wrong)
}
