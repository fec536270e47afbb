//! Published surveys: the NHS Staff Survey and the Civil Service People Survey.

use super::{complaints, near, of_real, of_sheet, of_text, one, tables};
use crate::data::Benchmark;
use crate::data::benchmark::{Given, Unit};

fn figure<'a>(all: &'a [Benchmark], measure: &str, of: (&str, &str)) -> &'a Benchmark {
    let own = all.iter().find(|f| {
        *f.measure == *measure
            && f.level("organisation_code") == Some(of.0)
            && f.period.label == of.1
    });
    own.unwrap_or_else(|| panic!("no {measure} of {of:?}"))
}

#[test]
fn t4_share_or_per_cent_is_decided_by_all_values_of_the_file() {
    let head = "org_id,org_name,q26a_2025,q25d_2025,theme_morale_2025\n";
    let (all, _) = of_text(&format!("{head}ZX1,A,0.31,0.62,5.9\nZX2,B,0.29,0.6,6\n"));
    assert!(near(
        figure(&all.figures, "intention_to_leave", ("ZX1", "2025")).value(),
        0.31
    ));
    // The same organisation in per cent; a value under one is a per cent too.
    let (all, stage) = of_text(&format!("{head}ZX1,A,31,62,5.9\nZX2,B,0.5,60,6\n"));
    let of = |code| figure(&all.figures, "intention_to_leave", (code, "2025")).value();
    assert!(near(of("ZX1"), 0.31) && near(of("ZX2"), 0.005));
    let morale = figure(&all.figures, "morale_score", ("ZX1", "2025"));
    assert_eq!((morale.value(), morale.unit), (Some(5.9), Unit::Score));
    assert_eq!(stage.of("share-or-per-cent").count(), 1);
    // One sheet alone would be read as shares; its file says per cent.
    let mut both = tables("b.csv", &format!("{head}ZX1,A,0.4,0.9,6\n"));
    both.extend(tables("b.csv", &format!("{head}ZX2,B,31,62,6\n")));
    let (all, _) = super::build(&both);
    assert!(near(
        figure(&all.figures, "intention_to_leave", ("ZX1", "2025")).value(),
        0.004
    ));
}

#[test]
fn t3_the_workbook_gives_earlier_years_under_the_latest_number() {
    let book = "nhs-staff-survey/NSS-Benchmark-report-excel-data-for-2021-2025-v2.xlsx";
    let (all, stage) = of_sheet(book, "Acute&Acute Community Trusts");
    assert_eq!(complaints(&stage), []);
    let of = |year| figure(&all.figures, "intention_to_leave", ("ZX1", year));
    assert_eq!(of("2021").definition, "nhs_staff_survey_latest_number");
    assert_eq!(of("2025").definition, "nhs_staff_survey");
    assert!(near(of("2021").value(), 0.27) && near(of("2025").value(), 0.286));
    // No history after a merger is no nought.
    assert_eq!(
        figure(&all.figures, "intention_to_leave", ("ZX3", "2022")).given,
        Given::NotAvailable
    );
    let rate = figure(&all.figures, "nss_response_rate", ("ZX1", "2025"));
    assert_eq!((rate.base, rate.unit), (Some(944), Unit::Share));
    // By its number alone it would be another question.
    let (all, _) = of_text("org_id,org_name,q22a_2021,q22a_2024\nZX1,A,0.3,0.7\n");
    assert!(near(
        figure(&all.figures, "intention_to_leave", ("ZX1", "2021")).value(),
        0.3
    ));
    assert!(near(
        figure(&all.figures, "nss_q22a", ("ZX1", "2024")).value(),
        0.7
    ));
}

#[test]
fn a_detailed_sheet_has_a_base_behind_each_question() {
    let Some((all, stage)) = of_real("nhs-staff-survey/ST18_job1_sheet1_religion.xls") else {
        return;
    };
    assert_eq!(complaints(&stage), []);
    let own = all
        .figures
        .iter()
        .find(|f| f.label.ends_with(": Yes, frequently") && f.level("group") == Some("ALL TRUSTS"))
        .unwrap();
    assert_eq!((&*own.measure, own.base), ("nss_q1", Some(473_328)));
    assert!((own.value().unwrap() - 0.674_673_606_523_088).abs() < 1e-12);
}

#[test]
fn what_people_intend_is_two_answers_together() {
    let Some((all, stage)) = of_real(
        "gov-people-survey/Civil-Service-People-Survey-2018-results-by-all-demographic-groups.xlsx",
    ) else {
        return;
    };
    assert_eq!(complaints(&stage), []);
    let everyone = ("overall", "All Civil Servants");
    let of = |measure, definition| one(&all, (measure, definition), everyone);
    let answers = "people_survey_two_answers";
    for (measure, definition, value) in [
        ("intention_to_stay", answers, 0.78),
        ("intention_to_leave", answers, 0.22),
        ("intention_to_leave_asap", "people_survey", 0.09),
        ("intention_to_leave_12_months", "people_survey", 0.13),
        ("intention_to_stay_1_year", "people_survey", 0.27),
        ("intention_to_stay_3_years", "people_survey", 0.51),
    ] {
        let own = of(measure, definition);
        assert!(near(own.value(), value), "{measure}: {:?}", own.value());
        assert_eq!(
            (own.base, &*own.period.label),
            (Some(302_170), "2018"),
            "{measure}"
        );
    }
}

#[test]
fn the_same_survey_as_csv_and_as_a_workbook_gives_the_same_figures() {
    let (Some((csv, _)), Some((book, _))) = (
        of_real("gov-people-survey/csps2014_demographics.csv"),
        of_real("gov-people-survey/csps2014_demographics.xlsx"),
    ) else {
        return;
    };
    assert_eq!(csv.figures.len(), book.figures.len());
    assert!(csv.figures.len() > 10_000);
    for (a, b) in csv.figures.iter().zip(&book.figures) {
        assert_eq!(
            (&a.measure, &a.levels, a.base),
            (&b.measure, &b.levels, b.base)
        );
        assert_eq!(&*a.period.label, "2014");
        match (a.given, b.given) {
            (Given::Value(a), Given::Value(b)) => assert!((a - b).abs() < 1e-9, "{a} {b}"),
            (one, other) => assert_eq!(one, other, "{a:?}"),
        }
    }
    let clerks = ("grade", "AO/AA");
    let stay = one(
        &csv,
        ("intention_to_stay", "people_survey_two_answers"),
        clerks,
    );
    assert!(near(stay.value(), 0.79), "{stay:?}");
    assert_eq!(stay.base, Some(71_169));
}

#[test]
fn the_people_survey_over_the_years() {
    let Some((all, stage)) = of_real(
        "gov-people-survey/Civil_Service_People_Survey_2024_-_Results_Highlights_Data_Companion.ods",
    ) else {
        return;
    };
    assert_eq!(complaints(&stage), []);
    let of = |measure: &str, year: &str, level: &str| {
        let mut own = all.figures.iter().filter(|figure| {
            &*figure.measure == measure
                && figure.period.label == year
                && figure.levels[0].level == level
        });
        let own = (own.next().unwrap(), own.next());
        assert_eq!(own.1, None, "{measure}");
        own.0.given
    };
    let engaged = "cs_employee_engagement_index";
    for (measure, year, level, value) in [
        ("cs_e01", "2016", "All", 0.12),
        ("cs_e03", "2009", "All", 0.10),
        ("cs_w04", "2020", "All", 0.35),
        ("cs_perma_index", "2024", "All", 0.74),
        (engaged, "2009", "Civil Service median score", 0.58),
        (engaged, "2009", "Organisation minimum score", 0.36),
        (engaged, "2010", "Organisation maximum score", 0.73),
    ] {
        let given = of(measure, year, level).value();
        assert!(near(given, value), "{measure} {year}: {given:?}");
    }
    assert_eq!(of("cs_e05", "2009", "All"), Given::NotAvailable);
}

#[test]
fn what_the_people_survey_hides_stays_hidden() {
    let text = "Civil Service People Survey 2018: results,,Grade,\n,,AO/AA,EO\n\
        Number of responses,,30,9\n\
        I want to stay working for [my organisation] for at least the next year,,20,..\n\
        I want to stay working for [my organisation] for at least the next three years,,51,..\n";
    let (all, stage) = of_text(text);
    assert_eq!(complaints(&stage), []);
    let of = |grade| {
        one(
            &all,
            ("intention_to_stay", "people_survey_two_answers"),
            ("grade", grade),
        )
    };
    assert!(near(of("AO/AA").value(), 0.71));
    assert_eq!(
        (of("AO/AA").base, of("EO").given),
        (Some(30), Given::Suppressed)
    );
}
