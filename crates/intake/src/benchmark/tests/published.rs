//! Turnover, workforce, sickness and reasons for leaving.

use super::{complaints, near, of_format, of_real, of_sheet, of_text, one};
use crate::data::benchmark::{Given, Unit};
use std::collections::HashMap;

const PACK: &str = "PERIOD,TYPE,REPORTING_ORG_NAME,REPORTING_ORG_CODE,STAFF_GROUP_1_NAME,HC,FTE\n";

#[test]
fn a_rate_has_two_definitions_and_names_each() {
    let row = |kind: &str, group: &str, hc: &str| {
        format!("202409 to 202509,{kind},Harbourside,ZX1,{group},{hc},{hc}\n")
    };
    let text = [
        PACK.to_owned(),
        row("Denominator at start of period", "Midwives", "100"),
        row("Denominator at end of period", "Midwives", "140"),
        row("Leavers", "Midwives", "30"),
        row("Denominator at start of period", "Doctors", "50"),
        row("Denominator at end of period", "Doctors", "53"),
        row("Joiners", "Doctors", "2"),
    ]
    .concat();
    let (all, stage) = of_text(&text);
    let midwives = ("staff_group", "Midwives");
    let england = one(&all, ("leaver_rate", "nhs_england"), midwives);
    assert!(near(england.value(), 0.25), "{england:?}");
    assert_eq!(
        (england.numerator, england.denominator),
        (Some(30), Some(120.0))
    );
    let start = one(&all, ("leaver_rate", "nhs_scotland_start"), midwives);
    assert!(near(start.value(), 0.3), "{start:?}");
    assert_eq!(start.level("organisation"), Some("Harbourside"));
    assert_eq!(start.publication.publisher, "NHS England");
    // The pack leaves out rows of nobody.
    let doctors = one(
        &all,
        ("leaver_rate", "nhs_england"),
        ("staff_group", "Doctors"),
    );
    assert_eq!((doctors.value(), doctors.numerator), (Some(0.0), Some(0)));
    assert_eq!(all.flows.len(), 2);
    assert_eq!(all.flows[1].unexplained(), Some(1));
    assert_eq!(complaints(&stage), []);
    assert_eq!(
        stage.of("flow-unexplained").map(|f| f.count).sum::<u64>(),
        2
    );
    assert_eq!(stage.counted("their rows"), Some(6));
    assert_eq!(stage.counted("flows"), Some(2));
}

#[test]
fn hidden_and_missing_counts_make_no_rate() {
    let text = format!(
        "{PACK}202409 to 202509,Denominator at start of period,A,Z1,X,100,90\n\
         202409 to 202509,Denominator at end of period,A,Z1,X,*,90\n\
         202409 to 202509,Leavers,A,Z1,X,5,4\n202409 to 202509,Leavers,A,Z1,X,6,4\n\
         202409 to 202509,Loans,A,Z1,X,6,4\n202409 to 202509,Joiners,A,Z1,X,many,1\n"
    );
    let (all, stage) = of_text(&text);
    let of = ("staff_group", "X");
    assert_eq!(
        one(&all, ("leaver_rate", "nhs_england"), of).given,
        Given::Suppressed
    );
    assert!(near(
        one(&all, ("leaver_rate", "nhs_scotland_start"), of).value(),
        0.05
    ));
    assert_eq!(all.flows[0].unexplained(), None);
    assert_eq!(all.flows[0].joiners, None);
    let mut said = complaints(&stage);
    said.sort_unstable();
    assert_eq!(
        said,
        [
            ("not-a-figure", 1),
            ("same-row-twice", 1),
            ("unknown-type", 1)
        ]
    );
    assert_eq!(stage.counted("rows that gave nothing"), Some(2));
}

#[test]
fn the_real_turnover_pack_gives_what_is_known_of_it() {
    let Some((all, stage)) =
        of_real("nhs-turnover-benchmark/turnover_benchmarking_2_monthly_Oct-25.csv")
    else {
        return;
    };
    assert_eq!((complaints(&stage), all.flows.len()), (Vec::new(), 2780));
    let whole: Vec<_> = all
        .flows
        .iter()
        .filter(|f| {
            f.levels
                .iter()
                .any(|l| l.dimension == "staff_group" && l.is_all())
        })
        .collect();
    let sum = |of: &dyn Fn(&crate::data::benchmark::Flow) -> Option<i64>| -> i64 {
        whole.iter().filter_map(|f| of(f)).sum()
    };
    assert_eq!(whole.len(), 247);
    assert_eq!(sum(&|f| f.opening), 1_499_731);
    assert_eq!(sum(&|f| f.closing), 1_501_545);
    assert_eq!((sum(&|f| f.joiners), sum(&|f| f.leavers)), (16_845, 15_122));
    let balanced = all
        .flows
        .iter()
        .filter(|f| f.unexplained() == Some(0))
        .count();
    assert_eq!(balanced, 1242);
    let (from, to) = all.flows[0].period.days.unwrap();
    assert_eq!(
        (from.iso(), to.iso()),
        ("2025-10-01".to_owned(), "2025-10-31".to_owned())
    );
    each_rate_of_the_real_pack(&all);
}

/// Every rate against the answers that were computed with other software.
fn each_rate_of_the_real_pack(all: &crate::data::Benchmarks) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|a| a.join("shared/data/nhs-turnover-benchmark/expected_Oct-25_by_org_staffgroup.csv"))
        .find(|p| p.is_file())
        .unwrap();
    let mut wanted = csv::Reader::from_path(path).unwrap();
    let mut rates: HashMap<(String, String, &str), Option<f64>> = HashMap::new();
    for figure in all.figures.iter().filter(|f| *f.measure == *"leaver_rate") {
        let level = |dimension| figure.level(dimension).unwrap().to_owned();
        let key = (
            level("organisation_code"),
            level("staff_group"),
            figure.definition,
        );
        assert!(rates.insert(key, figure.value()).is_none());
    }
    let mut compared = 0;
    for record in wanted.records() {
        let record = record.unwrap();
        let text = |at: usize| record.get(at).unwrap().to_owned();
        for (at, definition) in [(9, "nhs_england"), (10, "nhs_scotland_start")] {
            let own = rates[&(text(0), text(2), definition)];
            match text(at).parse::<f64>() {
                Ok(per_cent) => assert!(near(own, per_cent / 100.0), "{record:?}: {own:?}"),
                Err(_) => assert_eq!(own, None, "{record:?}"),
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 2780);
}

#[test]
fn both_tables_of_the_turnover_pack_are_read() {
    let (all, stage) = of_format("nhs-turnover/Turnover 1. Staff group - NHSE region.csv");
    // Full-time equivalents only: no people, so no flow.
    assert_eq!((all.figures.len(), all.flows.len()), (12, 0));
    assert!(
        all.figures
            .iter()
            .all(|f| f.definition == "nhs_england_fte")
    );
    assert_eq!(complaints(&stage), []);
    let (all, _) = of_format(
        "nhs-turnover/Turnover benchmarking 2. Staff group and organisation, monthly, Oct-25.csv",
    );
    assert_eq!(all.flows.len(), 18);
    assert!(all.flows.iter().all(|f| f.unexplained().is_some()));
}

#[test]
fn a_supplementary_sheet_keeps_its_rates_and_what_it_hides() {
    let head = "Period,Type,AfC band,Organisation name,Org code,Denominator at start of period,\
        Denominator at end of period,Joiner,Leaver,Joiner rate,Leaver rate,Stability index\n";
    let row = |kind: &str, band: &str, rest: &str| {
        format!("202403 to 202503,{kind},{band},Harbourside,ZX1,{rest}\n")
    };
    let text = [
        head.to_owned(),
        row("HC", "All AfC bands", "1000,1010,120,105,11.9,10.4,90.2"),
        row("HC", "Band 8a", "20,20,.,.,.,.,."),
        row("FTE", "All AfC bands", "900,905,100,90,11.1,10.0,90.4"),
    ]
    .concat();
    let (all, stage) = of_text(&text);
    let whole = ("band", "All AfC bands");
    let leaver = one(&all, ("leaver_rate", "nhs_england"), whole);
    // As published, not as made of rounded counts.
    assert!(near(leaver.value(), 0.104), "{leaver:?}");
    assert_eq!(
        (leaver.numerator, leaver.denominator),
        (Some(105), Some(1005.0))
    );
    assert!(near(
        one(&all, ("leaver_rate", "nhs_scotland_start"), whole).value(),
        0.105
    ));
    assert!(near(
        one(&all, ("stability", "nhs_england_stability"), whole).value(),
        0.902
    ));
    assert!(near(
        one(&all, ("leaver_rate", "nhs_england_fte"), whole).value(),
        0.1
    ));
    let hidden = ("band", "Band 8a");
    for of in [
        ("leaver_rate", "nhs_england"),
        ("stability", "nhs_england_stability"),
    ] {
        assert_eq!(one(&all, of, hidden).given, Given::Suppressed, "{of:?}");
    }
    assert_eq!(all.flows.len(), 2);
    assert_eq!(complaints(&stage), []);
}

#[test]
fn each_sheet_of_a_supplementary_workbook_is_a_table() {
    let book = "nhs-turnover-workbook/Turnover supplementary tables, March 2025.xlsx";
    for (sheet, dimension, level, flows) in [
        ("Grade", "band", "Band 5", 15),
        ("Gender", "sex", "Female", 9),
        ("Age band", "age_band", "Under 25", 18),
        ("Ethnic group", "ethnic_group", "White", 21),
    ] {
        let (all, stage) = of_sheet(book, sheet);
        assert_eq!(
            (complaints(&stage), all.flows.len()),
            (Vec::new(), flows),
            "{sheet}"
        );
        let own = all
            .figures
            .iter()
            .filter(|f| f.level(dimension) == Some(level));
        assert!(
            own.filter(|f| f.definition == "nhs_england_stability")
                .count()
                == 3,
            "{sheet}"
        );
    }
}

#[test]
fn the_scale_of_published_rates_is_told_by_the_counts_beside_them() {
    let head = "Period,Type,Gender,Denominator at start of period,Denominator at end of period,\
        Joiner,Leaver,Leaver rate\n";
    // 0.5 per cent, and a half: the same text of a rate, two meanings.
    for (counts, rate) in [("1000,1000,5,5", 0.005), ("100,100,50,50", 0.5)] {
        let (all, _) = of_text(&format!("{head}202403 to 202503,HC,Female,{counts},0.5\n"));
        let own = one(&all, ("leaver_rate", "nhs_england"), ("sex", "Female"));
        assert!(near(own.value(), rate), "{own:?}");
    }
    let (all, stage) = of_text(&format!("{head}202403 to 202503,HC,Female,.,.,.,.,0.5\n"));
    assert_eq!(complaints(&stage), [("share-or-per-cent", 1)]);
    assert!(all.figures.iter().all(|f| f.value().is_none()));
}

#[test]
fn t28_rows_of_all_are_never_added_to_their_parts() {
    let (all, stage) =
        of_format("nhs-workforce-pack/Core 1. Staff group - England, NHSE region, ICS and org.csv");
    assert_eq!(complaints(&stage), []);
    // A figure a cell: none is made of others.
    assert_eq!(stage.counted("their rows"), Some(60));
    assert_eq!(all.figures.len(), 120);
    let mut own = all.figures.iter().filter(|f| {
        f.unit == Unit::Count
            && f.level("organisation_code") == Some("ZX1")
            && f.period.label == "2025-09-30"
    });
    let whole = own.next().unwrap();
    assert!(
        whole.levels.iter().filter(|l| l.is_all()).count() == 2,
        "{whole:?}"
    );
    // Of the rest the parts of one level alone make the whole.
    let parts: f64 = own
        .filter(|f| {
            f.level("staff_group")
                .is_some_and(|g| !g.starts_with("All"))
        })
        .filter_map(|f| f.value())
        .sum();
    assert_eq!(whole.value(), Some(parts));
}

#[test]
fn sickness_rates_stand_beside_their_days() {
    let (all, stage) =
        of_format("nhs-workforce-pack/NHS Sickness Absence rates CSV, September 2025.csv");
    assert_eq!((all.figures.len(), complaints(&stage)), (3, Vec::new()));
    let wrong = "DATE,ORG_CODE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n\
        30/04/2024,ZX1,10,200,5\n30/04/2024,ZX2,10,200,7\n";
    let (all, stage) = of_text(wrong);
    assert_eq!(complaints(&stage), [("rate-not-its-parts", 1)]);
    assert!(near(all.figures[1].value(), 0.07));
    if let Some((all, stage)) = of_real("nhs-sickness/nhs_sickness_absence_2024-04.csv") {
        assert_eq!((all.figures.len(), complaints(&stage)), (285, Vec::new()));
        let days = |f: &crate::data::Benchmark| f.denominator;
        let available: f64 = all.figures.iter().filter_map(days).sum();
        assert!((available - 43_405_896.431_87).abs() < 1e-3);
        let (from, to) = all.figures[0].period.days.unwrap();
        assert_eq!(
            (from.iso(), to.iso()),
            ("2024-04-01".into(), "2024-04-30".into())
        );
    }
}

#[test]
fn t40_a_dash_is_nobody_and_two_stops_are_not_available() {
    let (all, stage) = of_format("nhs-leaving-reasons/Reasons for Leaving by quarter.csv");
    assert_eq!(complaints(&stage), []);
    let of = |reason: &str, quarter: &str| {
        let own = all.figures.iter().find(|f| {
            *f.measure == *"leavers_by_reason"
                && f.level("leaving_reason") == Some(reason)
                && f.period.label == quarter
        });
        own.unwrap().clone()
    };
    assert_eq!(of("Has Not Worked", "2023-24 Q1").value(), Some(0.0));
    let bank = "Bank Staff not fulfilled minimum work requirement";
    assert_eq!(of(bank, "2025-26 Q4").given, Given::NotAvailable);
    // A thousands comma, and a dash between words.
    assert_eq!(of("Unknown", "2023-24 Q1").numerator, Some(14_740));
    let capability = of("Dismissal - Capability", "2023-24 Q1");
    assert_eq!(capability.level("leaving_sort"), Some("Involuntary"));
    let (from, to) = capability.period.days.unwrap();
    assert_eq!(
        (from.iso(), to.iso()),
        ("2023-04-01".into(), "2023-06-30".into())
    );
}

#[test]
fn a_reason_is_a_share_of_all_leavers_the_unknown_among_them() {
    let text = ",2024-25,,\n,Q1,Q2,Q3\nAll reasons,100,50,..\nUnknown,40,20,..\n\
        Voluntary Resignation \u{2013} Relocation,60,30,1\nDismissal - Capabilty,-,-,-\n";
    let (all, stage) = of_text(text);
    let share = |quarter: &str| {
        let own = all.figures.iter().find(|f| {
            *f.measure == *"leaving_reason_share"
                && f.level("leaving_reason") == Some("Voluntary Resignation - Relocation")
                && f.period.label == quarter
        });
        own.unwrap().value()
    };
    assert!(near(share("2024-25 Q1"), 0.6));
    assert!(near(share("2024-25 Q2"), 0.6));
    // The rest is not all where one reason is not there.
    assert_eq!(share("2024-25 Q3"), None);
    assert_eq!(complaints(&stage), [("unknown-leaving-reason", 1)]);
    let remedy = stage
        .of("unknown-leaving-reason")
        .next()
        .unwrap()
        .remedy
        .clone();
    assert!(remedy.contains("\"Dismissal - Capability\""), "{remedy}");
}

#[test]
fn staff_by_nationality_stand_under_two_header_rows() {
    let path = "nhs-hchs-nationality/HCHS_staff_with_an_EU_or_UK_nationality__by_staff_group_and_organisation.xls";
    let Some((all, stage)) = of_real(path) else {
        return;
    };
    assert_eq!(complaints(&stage), []);
    let of = |nationality: &str, group: &str| {
        let own = all.figures.iter().find(|f| {
            f.level("organisation") == Some("England")
                && f.level("nationality_group") == Some(nationality)
                && f.level("staff_group") == Some(group)
        });
        own.unwrap().value()
    };
    assert_eq!(of("European Union", "All staff"), Some(62_005.0));
    assert_eq!(
        of("European Union", "Nurses & health visitors"),
        Some(22_090.0)
    );
    assert_eq!(of("United Kingdom", "HCHS Doctors"), Some(79_611.0));
}
