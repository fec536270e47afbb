//! Tests and effects against R's answers for R's own data sets, where the
//! folder of public data is there: `ref-tests`, `ref-proportions`, `hr-ibm`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation
)]

mod stats_read;

use serde_json::Value;
use stats_read::{Csv, assert_same, json, number, shared};
use staywise_core::domain::Interval;
use staywise_core::domain::tally::SCORE_ONE;
use staywise_core::stats::association::{Association, chi_square, shares_alike, trend};
use staywise_core::stats::difference::{Share, newcombe};
use staywise_core::stats::mean::Sums;
use staywise_core::stats::multiplicity::{
    benjamini_hochberg, benjamini_yekutieli, bonferroni, holm,
};
use staywise_core::stats::odds::{Alternative, fisher_exact, mantel_haenszel};
use staywise_core::stats::paired::{Pairs, mcnemar};
use staywise_core::stats::proportion::{
    agresti_coull, clopper_pearson, jeffreys, wald, wilson, wilson_continuity,
};
use staywise_core::stats::ranks::{RankMethod, kruskal_wallis, mann_whitney};
use staywise_core::stats::two_means::welch;
use staywise_core::stats::two_shares::{Continuity, pooled_test};
use std::collections::BTreeMap;

const PLAIN: Continuity = Continuity::Uncorrected;
const DRAWN: Continuity = Continuity::Corrected;

/// R's answers on its own data sets.
fn answers() -> Option<Value> {
    shared().map(|folder| json(&folder.join("ref-tests/tests.expected.json")))
}

fn table(row: &Value) -> Vec<Vec<u64>> {
    let lines = row["table"].as_array().expect("a table").iter();
    lines
        .map(|line| {
            let cells = line.as_array().expect("a row").iter();
            cells.map(|c| c.as_u64().expect("a count")).collect()
        })
        .collect()
}

fn numbers(row: &Value) -> Vec<f64> {
    let all = row.as_array().expect("numbers").iter();
    all.map(|x| x.as_f64().expect("a number")).collect()
}

fn counts(row: &Value) -> Vec<u64> {
    let all = row.as_array().expect("counts").iter();
    all.map(|x| x.as_u64().expect("a count")).collect()
}

/// The rows of a 2x2 table as shares.
fn rows(row: &Value) -> (Share, Share) {
    let table = table(row);
    let share = |i: usize| Share {
        hits: table[i][0],
        n: table[i].iter().sum(),
    };
    (share(0), share(1))
}

fn assert_cells(found: &[Vec<f64>], expected: &Value) {
    for (found, expected) in found.iter().zip(expected.as_array().unwrap()) {
        for (found, expected) in found.iter().zip(numbers(expected)) {
            assert_same(*found, expected, &"cell");
        }
    }
}

fn assert_test(found: &Association, expected: &Value) {
    assert_same(found.chi_square, number(expected, "statistic"), expected);
    assert_same(found.p, number(expected, "p"), expected);
    let freedom = u64::from(found.degrees_of_freedom);
    assert_eq!(Some(freedom), expected["df"].as_u64(), "{expected}");
}

#[track_caller]
fn assert_ends(found: Interval, expected: &Value) {
    let ends = numbers(&expected["conf_int"]);
    assert_same(found.lower, ends[0], expected);
    assert_same(found.upper, ends[1], expected);
}

#[test]
fn ref_tests_chi_square_residuals_and_cramers_v() {
    let Some(all) = answers() else { return };
    let row = &all["chisq_agresti_gender_party"];
    let found = chi_square(&table(row), DRAWN).unwrap();
    assert_test(&found, row);
    assert_eq!(found.continuity, PLAIN, "two rows and two columns only");
    assert_cells(&found.expected, &row["expected"]);
    assert_cells(&found.residuals, &row["stdres"]);
    assert_same(found.smallest_expected, 246.354_733_405_876, row);
    let v = &all["cramers_v"];
    assert_same(found.cramers_v, number(v, "gender_party"), v);
    let row = &all["chisq_2x2_yates"];
    assert_test(&chi_square(&table(row), DRAWN).unwrap(), row);
    assert_test(
        &chi_square(&table(row), PLAIN).unwrap(),
        &row["uncorrected"],
    );
    let row = &all["fisher_job_satisfaction_rxc"];
    let found = chi_square(&table(row), PLAIN).unwrap();
    assert_test(&found, &row["chisq"]);
    assert_same(found.cramers_v, number(v, "job"), v);
    let tea = chi_square(&table(&all["fisher_tea"]), DRAWN).unwrap();
    assert_same(tea.cramers_v, number(v, "tea"), v);
}

#[test]
fn ref_tests_shares_and_their_trend() {
    let Some(all) = answers() else { return };
    let row = &all["prop_test_smokers"];
    let (x, n) = (counts(&row["x"]), counts(&row["n"]));
    let pairs = x.iter().zip(&n).map(|(&hits, &n)| Share { hits, n });
    let groups: Vec<Share> = pairs.collect();
    assert_test(&shares_alike(&groups).unwrap(), row);
    let row = &all["prop_trend_test_smokers"];
    let scored: Vec<(Share, f64)> = groups.into_iter().zip([1.0, 2.0, 3.0, 4.0]).collect();
    let found = trend(&scored).unwrap();
    assert_same(found.chi_square, number(row, "statistic"), row);
    assert_same(found.p, number(row, "p"), row);
    let row = &all["prop_test_two_sample"];
    let (x, n) = (counts(&row["x"]), counts(&row["n"]));
    let share = |i: usize| Share {
        hits: x[i],
        n: n[i],
    };
    for (continuity, expected) in [(DRAWN, row), (PLAIN, &row["no_cc"])] {
        let found = pooled_test(share(0), share(1), continuity, 0.95).unwrap();
        assert_same(found.chi_square, number(expected, "statistic"), expected);
        assert_same(found.p, number(expected, "p"), expected);
        assert!(found.z < 0.0);
        assert_ends(found.difference.interval, expected);
    }
}

/// R looks for the odds ratio and its limits to a step of 1.2e-4 of the ratio
/// or, above 1, of its inverse (`uniroot`'s default), so that 626.24 comes out
/// as 621.93; p is exact. The ten digits are held in `stats_tests.rs`.
#[test]
fn ref_tests_fisher_exact() {
    let Some(all) = answers() else { return };
    let inverse = |x: f64| if x > 1.0 { 1.0 / x } else { x };
    let near = |found: f64, expected: f64| (inverse(found) - inverse(expected)).abs() <= 1.2e-4;
    let run = |row: &Value, key: &str, alternative| {
        let (first, second) = rows(row);
        let expected = if key.is_empty() { row } else { &row[key] };
        let found = fisher_exact(first, second, alternative, 0.95).unwrap();
        assert_same(found.p, number(expected, "p"), expected);
        let ratio = number(&expected["estimate"], "odds ratio");
        assert!(near(found.odds_ratio.unwrap(), ratio), "{found:?}");
        let ends = &expected["conf_int"];
        assert!(
            near(found.interval.lower, ends[0].as_f64().unwrap()),
            "{found:?}"
        );
        match ends[1].as_f64() {
            Some(end) => assert!(near(found.interval.upper.unwrap(), end), "{found:?}"),
            None => assert_eq!(found.interval.upper, None),
        }
    };
    run(&all["fisher_tea"], "", Alternative::TwoSided);
    run(&all["fisher_tea"], "greater", Alternative::Greater);
    run(&all["fisher_convictions"], "", Alternative::TwoSided);
    run(&all["fisher_convictions"], "less", Alternative::Less);
}

#[test]
fn ref_tests_mcnemar_approval() {
    let Some(all) = answers() else { return };
    let row = &all["mcnemar"];
    let cells = table(row);
    let pairs = Pairs {
        both: cells[0][0],
        first_only: cells[0][1],
        second_only: cells[1][0],
        neither: cells[1][1],
    };
    for (continuity, expected) in [(DRAWN, row), (PLAIN, &row["uncorrected"])] {
        let found = mcnemar(pairs, continuity).unwrap();
        assert_same(found.chi_square, number(expected, "statistic"), expected);
        assert_same(found.p, number(expected, "p"), expected);
    }
}

/// Ozone of `airquality.csv` by month; days without are left out.
fn ozone() -> Option<BTreeMap<u32, Vec<f64>>> {
    let file = Csv::read(&shared()?.join("ref-tests/airquality.csv"));
    let mut months: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    let days = file.column("Month").into_iter().zip(file.column("Ozone"));
    for (month, level) in days {
        if let Ok(level) = level.parse() {
            months
                .entry(month.parse().unwrap())
                .or_default()
                .push(level);
        }
    }
    Some(months)
}

#[test]
fn ref_tests_mann_whitney_and_kruskal_wallis() {
    let (Some(all), Some(months)) = (answers(), ozone()) else {
        return;
    };
    let row = &all["mannwhitney_airquality_ozone_may_vs_aug"];
    let (may, august) = (&months[&5], &months[&8]);
    assert_eq!((may.len(), august.len()), (26, 26));
    for (continuity, expected) in [(DRAWN, row), (PLAIN, &row["no_continuity"])] {
        let found = mann_whitney(may, august, continuity, 0.95).unwrap();
        assert_eq!(found.method, RankMethod::Normal(continuity));
        assert_same(found.u, number(expected, "statistic"), expected);
        assert_same(found.p, number(expected, "p"), expected);
        assert_same(found.superiority, 127.5 / 676.0, expected);
    }
    let row = &all["mannwhitney_exact_small"];
    let found = mann_whitney(&numbers(&row["x"]), &numbers(&row["y"]), DRAWN, 0.95).unwrap();
    assert_eq!((found.u, found.method), (35.0, RankMethod::Exact));
    assert_same(found.p, number(row, "p"), row);
    assert_same(found.p / 2.0, number(&row["greater"], "p"), row);
    let row = &all["kruskal_airquality"];
    let groups: Vec<&[f64]> = months.values().map(Vec::as_slice).collect();
    let found = kruskal_wallis(&groups).unwrap();
    assert_same(found.chi_square, number(row, "statistic"), row);
    assert_same(found.p, number(row, "p"), row);
    assert_eq!(found.degrees_of_freedom, 4);
}

#[test]
fn ref_tests_welch_sleep() {
    let (Some(all), Some(folder)) = (answers(), shared()) else {
        return;
    };
    let file = Csv::read(&folder.join("ref-tests/sleep.csv"));
    let sums = |wanted: &str| {
        let mut sums = Sums {
            n: 0,
            sum: 0,
            squares: 0,
        };
        for (group, extra) in file.column("group").into_iter().zip(file.numbers("extra")) {
            if group == wanted {
                let score = (extra * 10.0).round() as i128 * (SCORE_ONE / 10);
                sums.n += 1;
                sums.sum += score;
                sums.squares += score * score / SCORE_ONE;
            }
        }
        sums
    };
    let row = &all["t_welch_sleep"];
    let found = welch(sums("1"), sums("2"), 0.95).unwrap();
    assert_same(found.estimate, -1.58, row);
    assert_same(found.t, number(row, "statistic"), row);
    assert_same(found.degrees_of_freedom, number(row, "df"), row);
    assert_same(found.p, number(row, "p"), row);
    assert_ends(found.interval, row);
}

#[test]
fn ref_tests_p_adjust() {
    let Some(all) = answers() else { return };
    let row = &all["p_adjust"];
    let family = numbers(&row["p"]);
    for (found, key) in [
        (holm(&family), "holm"),
        (bonferroni(&family), "bonferroni"),
        (benjamini_hochberg(&family), "BH"),
        (benjamini_yekutieli(&family), "BY"),
    ] {
        for (found, expected) in found.iter().zip(numbers(&row[key])) {
            assert_same(*found, expected, &key);
        }
    }
}

#[test]
fn ref_tests_mantel_haenszel_admissions() {
    let (Some(all), Some(folder)) = (answers(), shared()) else {
        return;
    };
    let file = Csv::read(&folder.join("ref-tests/ucbadmissions_counts.csv"));
    let mut strata: BTreeMap<&str, [Share; 2]> = BTreeMap::new();
    let freq = file.counts("Freq");
    for (i, department) in file.column("Dept").into_iter().enumerate() {
        let none = [Share { hits: 0, n: 0 }; 2];
        let side = usize::from(file.column("Gender")[i] == "Female");
        let slot = &mut strata.entry(department).or_insert(none)[side];
        slot.n += freq[i];
        if file.column("Admit")[i] == "Admitted" {
            slot.hits += freq[i];
        }
    }
    let strata: Vec<(Share, Share)> = strata.into_values().map(|[m, f]| (m, f)).collect();
    let row = &all["mantel_haenszel_ucb"];
    let found = mantel_haenszel(&strata, DRAWN, 0.95).unwrap();
    assert_eq!(found.strata, 6);
    assert_same(found.chi_square, number(row, "statistic"), row);
    assert_same(found.p, number(row, "p"), row);
    let ratio = number(&row["estimate"], "common odds ratio");
    assert_same(found.odds_ratio.unwrap(), ratio, row);
    assert_ends(found.interval.unwrap(), row);
}

#[test]
fn ref_proportions_every_interval() {
    let Some(folder) = shared() else { return };
    let file = Csv::read(&folder.join("ref-proportions/proportion_cis.expected.csv"));
    let (x, n, levels) = (file.counts("x"), file.counts("n"), file.numbers("conf"));
    type Method = fn(u64, u64, f64) -> Option<Interval>;
    let methods: [(&str, Method); 6] = [
        ("wilson", wilson),
        ("wilson_cc", wilson_continuity),
        ("clopper", clopper_pearson),
        ("agresti_coull", agresti_coull),
        ("wald", wald),
        ("jeffreys", jeffreys),
    ];
    for (name, method) in methods {
        let lower = file.numbers(&format!("{name}_lo"));
        let upper = file.numbers(&format!("{name}_hi"));
        for i in 0..x.len() {
            let found = method(x[i], n[i], levels[i]).unwrap();
            let what = format!("{name} {} of {} at {}", x[i], n[i], levels[i]);
            assert_same(found.lower, lower[i], &what);
            assert_same(found.upper, upper[i], &what);
        }
    }
    let file = Csv::read(&folder.join("ref-proportions/newcombe_difference.expected.csv"));
    let (a, m) = (file.counts("a"), file.counts("m"));
    let (b, n) = (file.counts("b"), file.counts("n"));
    let (lower, upper) = (file.numbers("newcombe_lo"), file.numbers("newcombe_hi"));
    for i in 0..a.len() {
        let (one, two) = (
            Share {
                hits: a[i],
                n: m[i],
            },
            Share {
                hits: b[i],
                n: n[i],
            },
        );
        let found = newcombe(one, two, 0.95).unwrap().interval;
        assert_same(found.lower, lower[i], &i);
        assert_same(found.upper, upper[i], &i);
    }
}

#[test]
fn hr_ibm_leavers_by_group() {
    let Some(folder) = shared() else { return };
    let all = json(&folder.join("hr-ibm/expected.json"));
    let file = Csv::read(&folder.join("hr-ibm/ibm_hr_attrition_original.csv"));
    let left = file.column("Attrition");
    for column in [
        "Department",
        "Gender",
        "OverTime",
        "BusinessTravel",
        "JobRole",
        "MaritalStatus",
    ] {
        let mut groups: BTreeMap<&str, Share> = BTreeMap::new();
        for (group, left) in file.column(column).into_iter().zip(&left) {
            let share = groups.entry(group).or_insert(Share { hits: 0, n: 0 });
            share.n += 1;
            share.hits += u64::from(*left == "Yes");
        }
        let expected = &all[format!("by_{column}")]["test"];
        let groups: Vec<Share> = groups.into_values().collect();
        let found = shares_alike(&groups).unwrap();
        assert_same(found.chi_square, number(expected, "chisq"), &column);
        assert_same(found.p, number(expected, "p"), &column);
        assert_same(found.cramers_v, number(expected, "cramers_v"), &column);
        let smallest = number(expected, "min_expected");
        assert_same(found.smallest_expected, smallest, &column);
        let freedom = u64::from(found.degrees_of_freedom);
        assert_eq!(Some(freedom), expected["df"].as_u64(), "{column}");
        if column == "Gender" {
            let two = pooled_test(groups[0], groups[1], PLAIN, 0.95).unwrap();
            assert_same(two.p, found.p, &column);
        }
    }
}
