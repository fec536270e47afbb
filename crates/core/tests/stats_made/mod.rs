//! A metric to hang a tally on, for the tests of `stats`.

#![allow(unreachable_pub)]

use staywise_core::domain::metric::Grain;
use staywise_core::domain::{Good, Kind, Metric, Unit};

/// A metric of this kind, in a unit that fits it, with no horizon.
pub fn metric(kind: Kind) -> Metric {
    let unit = match kind {
        Kind::Mean | Kind::Paired => Unit::Score,
        Kind::Event | Kind::Stock => Unit::People,
        Kind::Sum => Unit::Pence,
        Kind::Ratio => Unit::Rate,
        Kind::Exposure => Unit::Per100PersonYears,
        Kind::Proportion | Kind::Distribution | Kind::Survival => Unit::Fraction,
    };
    Metric {
        name: "made".into(),
        label: "Made".into(),
        kind,
        grain: Grain::Response,
        additive: true,
        good: Good::Neither,
        definition_id: "made".into(),
        definition: String::new(),
        exclusions: String::new(),
        source: String::new(),
        unit,
        window_months: None,
        horizon_months: None,
    }
}
