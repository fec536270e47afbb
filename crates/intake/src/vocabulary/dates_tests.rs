//! What dates are read as, and what they are not.

use super::{Decision, decide, parse_any, plain_iso, read, states_zone};
use crate::data::DateOrder::{DayFirst, MonthFirst};
use proptest::prelude::{any, proptest};
use staywise_core::domain::Day;

const MARCH_3: f64 = 20_515.0;

#[test]
fn the_anchor_is_right() {
    assert_eq!(Day::from_ymd(2026, 3, 3), Some(Day(20_515)));
}

#[test]
fn dates_without_doubt_need_no_order() {
    for text in [
        "2026-03-03",
        "2026/03/03",
        "2026-3-3",
        "3 March 2026",
        "03-Mar-2026",
        "03-MAR-26",
        "3rd March 2026",
        "Mar 3, 2026",
        "March 3 2026",
        "Mar. 3, 2026",
        "Tuesday, 3 March 2026",
        "Tue 03 Mar 2026",
        "3/Mar/2026",
        "2026-Mar-03",
        " 3\u{a0}March\u{a0}2026 ",
        "3/3/26",
        "03.03.2026",
        "03-03-2026",
    ] {
        assert_eq!(read(text, DayFirst), Some(MARCH_3), "{text}");
        assert_eq!(read(text, MonthFirst), Some(MARCH_3), "{text}");
    }
}

#[test]
fn day_and_month_go_by_the_order() {
    let day = |d| Day::from_ymd(2026, 4, d).map(|d| f64::from(d.0));
    for text in [
        "03/04/2026",
        "3/4/26",
        "3-4-2026",
        "03.04.26",
        "03 / 04 / 2026",
    ] {
        assert_eq!(read(text, DayFirst), day(3), "{text}");
        assert_eq!(
            read(text, MonthFirst),
            Day::from_ymd(2026, 3, 4).map(|d| f64::from(d.0)),
            "{text}"
        );
    }
    assert_eq!(read("31/03/2026", MonthFirst), None);
    assert_eq!(read("03/31/2026", DayFirst), None);
}

#[test]
fn times_are_fractions() {
    let noonish = [
        "2026-03-03T12:00:00Z",
        "2026-03-03 12:00",
        "2026-03-03T13:00:00.000+01:00",
        "2026-03-03T13:00+0100",
        "03/03/2026 12:00",
        "3/3/26 12:00:00",
        "3/3/2026 12:00 PM",
        "3/3/2026, 12:00:00 pm",
        "2026/03/03 12:00:00 pm GMT",
        "3 March 2026 at 12pm",
        "3 March 2026 12:00 p.m.",
        "2026-03-03 12:00:00 UTC",
        "2026-03-03 13:00:00 GMT+1",
        "2026-03-03 07:00:00 EST",
        "2026-03-03 13:00 (CET)",
    ];
    for text in noonish {
        assert_eq!(read(text, DayFirst), Some(MARCH_3 + 0.5), "{text}");
    }
    assert_eq!(read("3/3/26 12:00 am", DayFirst), Some(MARCH_3));
    assert_eq!(read("3/3/26 6:00 pm", DayFirst), Some(MARCH_3 + 0.75));
    let second = read("2026-03-03 00:00:01.5", DayFirst).map(|d| (d - MARCH_3) * 86_400.0);
    assert!(second.is_some_and(|s| (s - 1.5).abs() < 1e-4));
}

#[test]
fn a_time_that_states_its_zone_is_uk_time_before_a_day_is_chosen() {
    let july = |d| Day::from_ymd(2025, 7, d).map(|day| f64::from(day.0));
    let at = |text: &str| read(text, DayFirst);
    assert_eq!(at("2025-06-30T23:00:00Z"), july(1));
    assert_eq!(at("2025/07/01 12:00:00 am BST"), july(1));
    assert_eq!(at("2025/06/30 11:00:00 pm GMT"), july(1));
    assert_eq!(at("2025-06-30T18:00:00-05:00"), july(1));
    assert_eq!(at("2025-07-01 00:00:00"), july(1));
    assert!(states_zone("2025-06-30T23:00:00Z"));
    assert!(!states_zone("2025-06-30 23:00:00"));
    // These mean several zones.
    assert_eq!(at("2025-06-30 23:00 IST"), None);
}

#[test]
fn two_digit_years_have_their_century() {
    let years = [
        ("01/01/68", 2068),
        ("01/01/69", 1969),
        ("01/01/00", 2000),
        ("01-Jan-99", 1999),
    ];
    for (text, year) in years {
        let day = Day::from_ymd(year, 1, 1).map(|d| f64::from(d.0));
        assert_eq!(read(text, DayFirst), day, "{text}");
    }
    // ESR writes "no end" as this day.
    assert!(read("31-DEC-4712", DayFirst).is_some());
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "-",
        "Ward 3",
        "2026",
        "March 2026",
        "31/02/2026",
        "30 February 2026",
        "29/02/2025",
        "2026-13-01",
        "2026-00-10",
        "0202-03-03",
        "3/3/226",
        "3/3-2026",
        "3//3/2026",
        "3/3/2026/1",
        "3 3 2026",
        "46084",
        "20260303",
        "12:00",
        "3/3/2026 25:00",
        "3/3/2026 12:60",
        "3/3/2026 13:00 pm",
        "3/3/2026 0:30 am",
        "3/3/2026 14",
        "3/3/2026 -",
        "3/3/2026 (est.)",
        "2026-03-0312:00",
        "3-4 hours",
        "Band 5/6/7",
        "1.2.3",
        "Tuesday",
        "99999999999999999999/1/1",
    ] {
        assert_eq!(read(text, DayFirst), None, "{text}");
        assert_eq!(read(text, MonthFirst), None, "{text}");
    }
}

#[test]
fn a_column_decides_its_order() {
    let decided = |texts: &[&str]| decide(texts.iter().copied());
    // Trap T21: Microsoft Forms writes the reader's own order.
    assert_eq!(
        decided(&["4/5/26 11:21:47", "4/28/26 11:22:58"]),
        Decision::Order(MonthFirst)
    );
    assert_eq!(
        decided(&["04/05/2026", "28/04/2026"]),
        Decision::Order(DayFirst)
    );
    assert_eq!(
        decided(&["04/05/2026", "01/02/2026"]),
        Decision::Undecidable
    );
    assert_eq!(decided(&["28/04/2026", "04/28/2026"]), Decision::Mixed);
    assert_eq!(
        decided(&["2026-04-05", "3 May 2026"]),
        Decision::Order(DayFirst)
    );
    // One that needs no order says nothing about one that does.
    assert_eq!(
        decided(&["2026-04-28", "04/05/2026"]),
        Decision::Undecidable
    );
    assert_eq!(
        decided(&["05/05/2026", "6/6/26"]),
        Decision::Order(DayFirst)
    );
    assert_eq!(decided(&[]), Decision::NotDates);
    assert_eq!(decided(&["", "-", "n/a"]), Decision::NotDates);
    assert_eq!(decided(&["31/02/2026"]), Decision::NotDates);
    // Half is enough; blanks and placeholders do not count.
    assert_eq!(
        decided(&["", "-", "13/04/2026", "soon"]),
        Decision::Order(DayFirst)
    );
    assert_eq!(
        decided(&["13/04/2026", "soon", "later"]),
        Decision::NotDates
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = (read(&text, DayFirst), decide(std::iter::once(text.as_str())));
    }

    #[test]
    fn near_dates_are_read_or_refused(text in "[0-9]{0,5}[-/. ,:T]{0,2}[0-9A-Za-z]{0,4}[-/. ,:]{0,2}[0-9]{0,5}[ T,]?[0-9:]{0,8}[ a-zA-Z.+:0-9]{0,8}") {
        if let Some(days) = read(&text, DayFirst) {
            assert!(days.is_finite());
        }
    }

    #[test]
    fn the_short_way_reads_as_the_long_one(text in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]([ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9])?") {
        assert_eq!(plain_iso(text.as_bytes()), parse_any(&text), "{text}");
    }

    #[test]
    fn every_day_reads_back(days in -300_000_i32..1_000_000, second in 0_u32..86_400) {
        let date = Day(days).date();
        let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
        let expected = f64::from(days) + f64::from(second) / 86_400.0;
        for (form, order) in [
            ("%Y-%m-%d", DayFirst), ("%Y-%m-%d", MonthFirst), ("%d/%m/%Y", DayFirst),
            ("%m/%d/%Y", MonthFirst), ("%d.%m.%Y", DayFirst), ("%e %B %Y", MonthFirst),
            ("%d-%b-%Y", MonthFirst), ("%b %e, %Y", DayFirst), ("%A, %e %B %Y", DayFirst),
        ] {
            let text = format!("{} {h:02}:{m:02}:{s:02}", date.format(form));
            assert_eq!(read(&text, order), Some(expected), "{text}");
        }
    }
}
