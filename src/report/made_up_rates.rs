//! Made-up leaver rates for tests, each under the name of a definition.

use super::made_up::{Table, metric, quarter, released};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Kind, Tally};

/// Leavers over a headcount, under the name of a definition.
pub(crate) fn leaver_rate(
    (name, label): (&str, &str),
    leavers: u64,
    below: (u64, u64),
) -> Released {
    let metric = metric(name, label, Kind::Ratio);
    let table = Table {
        metric: &metric,
        period: quarter(),
        by: "",
        levels: vec![(
            "",
            Tally::Ratio {
                numerator: leavers,
                denominator: below.0,
                parts: below.1,
                smallest: leavers,
            },
        )],
    };
    released(vec![table.tallies()]).remove(0)
}
