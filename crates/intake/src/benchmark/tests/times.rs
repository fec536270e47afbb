//! Flows and durations.

use super::{complaints, of_format, of_real, of_text};
use crate::data::benchmark::{Durations, TimeUnit};

#[test]
fn flows_say_what_they_leave_unexplained() {
    let (all, stage) = of_format("flows/flows by quarter.csv");
    assert_eq!((all.flows.len(), complaints(&stage)), (8, Vec::new()));
    let unexplained: Vec<Option<i64>> = all.flows.iter().map(|f| f.unexplained()).collect();
    assert_eq!(unexplained.iter().filter(|n| **n == Some(0)).count(), 7);
    assert!(unexplained.contains(&Some(2)));
    assert_eq!(all.flows[0].opening, Some(1210));
    let (from, to) = all.flows[0].period.days.unwrap();
    assert_eq!(
        (from.iso(), to.iso()),
        ("2025-01-01".into(), "2025-03-31".into())
    );
    let parts = "period,opening,joiners,leavers,closing\n2026-01,1.234,3,2,5\n2026-02,10,1,2,9\n";
    let (all, stage) = of_text(parts);
    assert_eq!(complaints(&stage), [("not-a-count", 1)]);
    assert_eq!(
        (all.flows[0].opening, all.flows[1].unexplained()),
        (None, Some(0))
    );
}

/// Survival at a time by Kaplan and Meier's product.
fn survival(durations: &Durations, at: f64) -> f64 {
    let mut times: Vec<f64> = durations.followed.iter().map(|f| f.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    times.iter().filter(|t| **t <= at).fold(1.0, |left, t| {
        let risk = durations.followed.iter().filter(|f| f.time >= *t).count();
        let events = durations
            .followed
            .iter()
            .filter(|f| f.left && f.time.total_cmp(t).is_eq())
            .count();
        #[allow(clippy::cast_precision_loss)]
        let gone = events as f64 / risk as f64;
        left * (1.0 - gone)
    })
}

#[test]
fn durations_are_ready_for_a_survival_curve() {
    if let Some((all, stage)) = of_real("hr-mcnulty/job_retention.csv") {
        let own = &all.durations[0];
        assert_eq!(
            (own.followed.len(), own.unit),
            (3770, Some(TimeUnit::Months))
        );
        assert_eq!(own.followed.iter().filter(|f| f.left).count(), 1354);
        assert!((survival(own, 12.0) - 0.616_765_302_860_348).abs() < 1e-12);
        let groupings: Vec<&str> = own.groupings.iter().map(|g| g.dimension.as_str()).collect();
        assert_eq!(
            groupings,
            ["sex", "field", "level", "sentiment", "intention"]
        );
        assert_eq!(
            own.groupings[0]
                .levels
                .iter()
                .filter(|l| *l == "Female")
                .count(),
            1
        );
        assert_eq!(complaints(&stage), []);
    }
    for path in [
        "hr-ibm/ibm_hr_attrition_original.csv",
        "hr-ibm/WA_Fn-UseC_-HR-Employee-Attrition.csv",
    ] {
        if let Some((all, _)) = of_real(path) {
            let own = &all.durations[0];
            let left = own.followed.iter().filter(|f| f.left).count();
            assert_eq!((own.followed.len(), left), (1470, 237), "{path}");
            assert_eq!(own.unit, Some(TimeUnit::Years), "{path}");
        }
    }
    if let Some((all, stage)) = of_real("ref-survival/aml.csv") {
        assert_eq!(
            (all.durations[0].followed.len(), all.durations[0].unit),
            (23, None)
        );
        assert_eq!(complaints(&stage), [("no-time-unit", 1)]);
    }
}

#[test]
fn a_row_without_a_time_or_an_event_is_counted_and_left_out() {
    let (all, stage) = of_format("durations/retention without dates.csv");
    let own = &all.durations[0];
    assert_eq!((own.followed.len(), own.unit), (39, Some(TimeUnit::Months)));
    assert_eq!(complaints(&stage), [("no-time-or-event", 1)]);
    assert_eq!(stage.counted("their rows"), Some(40));
    assert_eq!(stage.counted("rows that gave nothing"), Some(1));
    assert_eq!(stage.counted("people followed without dates"), Some(39));
    let named: Vec<&str> = own.groupings.iter().map(|g| g.dimension.as_str()).collect();
    assert_eq!(named, ["staff_group", "sex", "programme"]);
}
