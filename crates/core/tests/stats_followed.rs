//! Curves of people followed without dates: a whole month is a whole month.

#![allow(clippy::unwrap_used)]

mod stats_made;

use stats_made::metric;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Kind, LifeTable, Metric, Statistic, Tally};
use staywise_core::stats::estimates;
use staywise_core::stats::survival::day_of_month;

#[test]
fn a_median_of_whole_months_without_dates_is_a_whole_month() {
    let mut made = metric(Kind::Survival);
    for month in 1..=60_u32 {
        let mut table = LifeTable::default();
        for _ in 0..20 {
            table.follow(0, day_of_month(month), Ending::Event);
        }
        let median = |made: &Metric| {
            let all = estimates(made, &Tally::Survival(table.clone()));
            let own = all.iter().find(|e| e.statistic == Statistic::Median);
            own.unwrap().outcome.clone().unwrap().estimate
        };
        made.grain = Grain::Followed;
        assert_eq!(median(&made).to_bits(), f64::from(month).to_bits());
        // With dates, days are days.
        made.grain = Grain::Spell;
        let days = f64::from(day_of_month(month)) * 12.0 / 365.0;
        assert_eq!(median(&made).to_bits(), days.to_bits());
    }
}
