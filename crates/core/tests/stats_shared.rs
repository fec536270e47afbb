//! The estimators on public data sets against R's results for them. Skipped,
//! saying so, where the data sets are not beside the project.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use serde_json::Value;
use stats_read::{Csv, assert_limits, assert_same, count, ending, json, number, shared};
use staywise_core::domain::LifeTable;
use staywise_core::stats::difference::{Share, newcombe};
use staywise_core::stats::logrank::log_rank;
use staywise_core::stats::proportion::{clopper_pearson, wilson};
use staywise_core::stats::survival::{KaplanMeier, Step, curve};
use std::collections::BTreeMap;

#[test]
fn proportions_as_r_gives_them() {
    let Some(folder) = shared() else { return };
    let csv = Csv::read(&folder.join("ref-proportions/proportion_cis.expected.csv"));
    let (x, n, level) = (csv.counts("x"), csv.counts("n"), csv.numbers("conf"));
    let column = |name: &str| csv.numbers(name);
    let (wl, wu) = (column("wilson_lo"), column("wilson_hi"));
    let (cl, cu) = (column("clopper_lo"), column("clopper_hi"));
    for i in 0..x.len() {
        let what = format!("{} of {} at {}", x[i], n[i], level[i]);
        let limits = wilson(x[i], n[i], level[i]).unwrap();
        // R leaves a rounding error where the limit is 0 or 1.
        assert!(
            (limits.lower - wl[i]).abs() < 1e-15 || stats_read::same(limits.lower, wl[i]),
            "{what}"
        );
        assert_same(limits.upper, wu[i], &what);
        assert_limits(clopper_pearson(x[i], n[i], level[i]), (cl[i], cu[i]), &what);
    }
    assert!(x.len() > 40);
}

#[test]
fn differences_by_method_10() {
    let Some(folder) = shared() else { return };
    let csv = Csv::read(&folder.join("ref-proportions/newcombe_difference.expected.csv"));
    let [a, m, b, n] = ["a", "m", "b", "n"].map(|name| csv.counts(name));
    let (lower, upper) = (csv.numbers("newcombe_lo"), csv.numbers("newcombe_hi"));
    for i in 0..a.len() {
        let (first, second) = (
            Share {
                hits: a[i],
                n: m[i],
            },
            Share {
                hits: b[i],
                n: n[i],
            },
        );
        let found = newcombe(first, second, 0.95).unwrap();
        let what = format!("{first:?} less {second:?}");
        assert_limits(Some(found.interval), (lower[i], upper[i]), &what);
    }
    assert_eq!(a.len(), 8);
}

/// One life table a level of `group`, in the levels' order; all in one where
/// there is no group.
fn tables(csv: &Csv, columns: (&str, &str), group: Option<&str>) -> BTreeMap<String, LifeTable> {
    let (time, event) = (csv.counts(columns.0), csv.column(columns.1));
    let levels = group.map(|name| csv.column(name));
    let mut found = BTreeMap::<String, LifeTable>::new();
    for (i, day) in time.iter().enumerate() {
        let level = levels.as_ref().map_or("", |l| l[i]).to_owned();
        let day = u32::try_from(*day).unwrap();
        let left = matches!(event[i], "1" | "Yes");
        found.entry(level).or_default().follow(0, day, ending(left));
    }
    found
}

fn assert_curve(steps: &[Step], expected: &[Value], limits: Limits) {
    assert!(!expected.is_empty());
    for row in expected {
        let day = u32::try_from(count(row, "time")).unwrap();
        let step = steps.iter().find(|s| s.day == day).expect("a step");
        assert_eq!(step.at_risk, count(row, "n_risk"), "{row}");
        assert_eq!(step.events, count(row, "n_event"), "{row}");
        assert!((step.survival - number(row, "surv")).abs() < 1e-14, "{row}");
        if step.survival > 0.0 {
            assert_same(step.std_err.unwrap(), number(row, "std_err"), row);
        }
        if limits == Limits::LogLog && step.survival > 0.0 && step.survival < 1.0 {
            assert_limits(
                step.interval,
                (number(row, "lower"), number(row, "upper")),
                row,
            );
        }
    }
}

/// Which limits the expected rows hold.
#[derive(PartialEq)]
enum Limits {
    Log,
    LogLog,
}

#[test]
fn curves_medians_and_log_rank_of_the_textbook_sets() {
    let Some(folder) = shared() else { return };
    let sets = [
        ("aml", "time", "status", "x"),
        ("lung", "time", "event", "sex"),
        ("rossi", "week", "arrest", "fin"),
    ];
    for (name, time, event, group) in sets {
        let csv = Csv::read(&folder.join(format!("ref-survival/{name}.csv")));
        let expected = json(&folder.join(format!("ref-survival/{name}.expected.json")));
        let everyone = tables(&csv, (time, event), None).remove("").unwrap();
        let overall = &expected["km_overall"]["log-log"];
        let steps = curve(&everyone, 0.95);
        let rows = overall["table"].as_array().unwrap();
        assert_eq!(steps.len(), rows.len(), "{name}");
        assert_curve(&steps, rows, Limits::LogLog);
        for row in expected["at_times"].as_array().unwrap() {
            let day = u32::try_from(count(row, "time")).unwrap();
            let step = KaplanMeier::fit(&everyone, 0.95).at(day).unwrap();
            assert_eq!(step.at_risk, count(row, "n_risk"));
            assert_same(step.survival, number(row, "surv"), row);
        }
        let quantiles = &overall["quantiles"];
        assert_median(
            &everyone,
            [
                &quantiles["quantile"]["50"],
                &quantiles["lower"]["50"],
                &quantiles["upper"]["50"],
            ],
        );
        let groups = tables(&csv, (time, event), Some(group));
        let by_group = &expected["km_by_group_quantiles_loglog"];
        for (i, table) in groups.values().enumerate() {
            assert_median(
                table,
                ["quantile", "lower", "upper"].map(|k| &by_group[k][i]["50"]),
            );
        }
        assert_log_rank(&groups, &expected["logrank"], name);
    }
}

fn assert_median(table: &LifeTable, expected: [&Value; 3]) {
    let found = KaplanMeier::fit(table, 0.95).median().ok();
    let days = [
        found.map(|m| m.day),
        found.and_then(|m| m.lower),
        found.and_then(|m| m.upper),
    ];
    // Where the median is not reached R still gives the limits that are.
    if found.is_none() {
        assert!(expected[0].is_null(), "{expected:?}");
        return;
    }
    for (day, expected) in days.iter().zip(expected) {
        assert_eq!(day.map(u64::from), expected.as_u64(), "{days:?}");
    }
}

fn assert_log_rank(groups: &BTreeMap<String, LifeTable>, expected: &Value, name: &str) {
    let found = log_rank(&groups.values().collect::<Vec<_>>()).unwrap();
    assert_same(found.chi_square, number(expected, "chisq"), &name);
    assert_same(found.p, number(expected, "p"), &name);
    let freedom = u64::from(found.degrees_of_freedom);
    assert_eq!(freedom, count(expected, "df"), "{name}");
    if let Some(hoped) = expected["exp"].as_array() {
        for (mine, theirs) in found.expected.iter().zip(hoped) {
            assert_same(*mine, theirs.as_f64().unwrap(), &name);
        }
    }
}

#[test]
fn curves_of_a_book_on_people_analytics() {
    let Some(folder) = shared() else { return };
    let csv = Csv::read(&folder.join("hr-mcnulty/job_retention.csv"));
    let expected = &json(&folder.join("hr-mcnulty/expected.GIVE.json"))["job_retention"];
    let rows = |key: &str, strata: &str| -> Vec<Value> {
        let all = expected[key].as_array().unwrap().iter();
        all.filter(|r| r["strata"].as_str().unwrap_or("") == strata)
            .cloned()
            .collect()
    };
    let columns = ("month", "left");
    let everyone = tables(&csv, columns, None).remove("").unwrap();
    assert_curve(
        &curve(&everyone, 0.95),
        &rows("km_overall", ""),
        Limits::Log,
    );
    let gender = tables(&csv, columns, Some("gender"));
    for (level, table) in &gender {
        let rows = rows("km_gender", &format!("gender={level}"));
        assert_curve(&curve(table, 0.95), &rows, Limits::Log);
    }
    for group in ["gender", "field"] {
        let groups = tables(&csv, columns, Some(group));
        assert_log_rank(&groups, &expected["logrank"][group], group);
    }
    let female = KaplanMeier::fit(&gender["F"], 0.95).at(12).unwrap();
    assert_eq!(
        (female.at_risk, format!("{:.3}", female.survival)),
        (621, "0.603".to_owned())
    );
    let intention = by_intention(&csv);
    for (level, table) in &intention {
        let rows = rows(
            "km_intention_loglog",
            &format!("intention_category={level}"),
        );
        assert_curve(&curve(table, 0.95), &rows, Limits::LogLog);
    }
    assert_log_rank(&intention, &expected["logrank"]["intention"], "intention");
}

/// By stated intention to leave: over 7, 4 to 7, under 4.
fn by_intention(csv: &Csv) -> BTreeMap<String, LifeTable> {
    let (months, left) = (csv.counts("month"), csv.counts("left"));
    let mut found = BTreeMap::<String, LifeTable>::new();
    for (i, score) in csv.counts("intention").iter().enumerate() {
        let level = match score {
            0..=3 => "Low",
            4..=6 => "Moderate",
            _ => "High",
        };
        let month = u32::try_from(months[i]).unwrap();
        let table = found.entry(level.to_owned()).or_default();
        table.follow(0, month, ending(left[i] == 1));
    }
    found
}

#[test]
fn years_at_a_company_with_leavers_in_year_0() {
    let Some(folder) = shared() else { return };
    let csv = Csv::read(&folder.join("hr-ibm/ibm_hr_attrition_original.csv"));
    let expected = json(&folder.join("hr-ibm/expected.json"));
    let columns = ("YearsAtCompany", "Attrition");
    let everyone = tables(&csv, columns, None).remove("").unwrap();
    let fitted = KaplanMeier::fit(&everyone, 0.95);
    for row in expected["km_years_at_company"]["at"].as_array().unwrap() {
        let year = number(row, "time").round() as u32;
        let step = fitted.at(year).unwrap();
        assert_eq!(step.at_risk, count(row, "n_at_risk"), "{row}");
        assert_same(step.survival, number(row, "surv"), row);
        let limits = (number(row, "loglog_lo"), number(row, "loglog_hi"));
        assert_limits(step.interval, limits, row);
    }
    assert_eq!((everyone.entered(), everyone.events()), (1470, 237));
    for group in ["OverTime", "Department"] {
        let groups = tables(&csv, columns, Some(group));
        assert_log_rank(&groups, &expected[format!("logrank_{group}")], group);
    }
}
