//! Rows of an earlier run: what was written comes back as it was, and what no
//! run writes is refused.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod disclosure_support;

use disclosure_support::{all, by, everyone, hits, now, pair, protected, quarter};
use staywise_core::disclosure::{Comparator, Estimator, PublishedFields, Released, release};
use staywise_core::domain::{
    Day, Dimension, Estimate, Level, LifeTable, Metric, Status, Tally, TallyTable, tally::Ending,
};
use staywise_core::stats;

/// The estimators of the product.
struct Real;

impl Estimator for Real {
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate> {
        stats::estimates(metric, tally)
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        stats::difference(metric, level, comparator)
    }
}

fn as_at() -> Day {
    Day::from_ymd(2026, 6, 30).expect("a day")
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// The columns of results.csv for a row.
fn fields(row: &Released) -> Vec<(&'static str, String)> {
    let key = row.key();
    let part = |i: usize| key.group.parts().get(i).cloned();
    vec![
        ("metric", key.metric.clone()),
        ("definition", key.definition.clone()),
        ("kind", row.kind().word().into()),
        ("period", key.period.label.clone()),
        ("dimension", text(part(0).map(|p| p.0))),
        ("level", text(part(0).map(|p| p.1))),
        ("dimension_2", text(part(1).map(|p| p.0))),
        ("level_2", text(part(1).map(|p| p.1))),
        ("status", row.status().code().into()),
        ("reason", row.reason().into()),
        ("n", text(row.n())),
        ("numerator", text(row.numerator())),
        ("denominator", text(row.denominator())),
        ("estimate", text(row.estimate())),
        ("lower", text(row.lower())),
        ("upper", text(row.upper())),
        ("interval_level", text(row.interval_level())),
        ("method", text(row.method())),
        ("unit", row.unit().word().into()),
        ("good", row.good().word().into()),
        ("claim", row.claim()),
        ("statistic", key.statistic.word().into()),
        ("item", text(key.item.as_ref())),
        ("answer", text(key.answer.as_ref())),
        ("horizon_months", text(key.horizon_months)),
        ("comparator_level", text(key.comparator.as_ref())),
        ("weighted", row.weighted().to_string()),
        ("persons", text(row.persons())),
        ("adjusted_for", row.adjusted_for().into()),
    ]
}

fn read(row: &Released) -> Released {
    let given = PublishedFields::new(fields(row));
    Released::published(row.label(), as_at(), &given).expect("a row")
}

fn refused(row: &Released, changes: &[(&str, &str)]) -> &'static str {
    let mut given = fields(row);
    for (column, value) in changes {
        let field = given.iter_mut().find(|(name, _)| name == column);
        field.expect("a column").1 = (*value).to_owned();
    }
    match Released::published("Measure", as_at(), &PublishedFields::new(given)) {
        Err(why) => {
            assert!(why.to_string().starts_with(why.column), "{why}");
            why.column
        }
        Ok(row) => panic!("{changes:?} was read as {row:?}"),
    }
}

fn curve() -> Tally {
    let mut table = LifeTable::default();
    for day in 0..60 {
        table.follow(0, 300 + day, Ending::Event);
        table.follow(0, 500, Ending::StillFollowed);
    }
    Tally::Survival(table)
}

/// Every status but the two that no tally gives, with and without intervals,
/// dimensions, answers, items and horizons.
fn rows() -> Vec<Released> {
    let levels = [
        ("A", hits(60, 31)),
        ("=B", hits(50, 40)),
        ("'-C", hits(80, 30)),
        ("D", hits(0, 0)),
    ];
    let hidden = [
        ("A", hits(60, 31)),
        ("B", hits(50, 40)),
        ("C", hits(4, 3)),
        ("D", hits(80, 20)),
    ];
    let counts = Tally::Distribution {
        counts: vec![20, 0, 31],
    };
    let mut answers = everyone(&by("site", &now(), &[("A", counts)]));
    answers.answers = ["No", "Unsure", "Yes"].map(Level::new).to_vec();
    answers.item = Some("belonging".into());
    answers.metric.name = "answers".into();
    let named = |mut table: TallyTable, name: &str| {
        table.metric.name = name.into();
        table
    };
    let stock = Tally::Stock {
        opening: 40,
        closing: 44,
    };
    let tables = vec![
        by("site", &quarter("2026-Q1"), &levels),
        by("site", &now(), &levels),
        by("site", &all(), &levels),
        named(by("band", &now(), &hidden), "hidden"),
        named(
            pair(("site", "band"), &now(), &[&[40, 50], &[60, 70]]),
            "pair",
        ),
        answers,
        named(everyone(&by("site", &all(), &[("A", curve())])), "curve"),
        named(everyone(&by("site", &now(), &[("A", stock)])), "stock"),
    ];
    let against = Comparator {
        dimension: Dimension::new("site"),
        level: Level::new("A"),
    };
    release(&protected(tables), &Real, &[against])
}

#[test]
fn what_was_released_comes_back_as_it_was() {
    let rows = rows();
    for row in &rows {
        assert_eq!(&read(row), row);
    }
    let with = |what: &dyn Fn(&Released) -> bool| rows.iter().filter(|r| what(r)).count();
    for status in [Status::Shown, Status::Confidential, Status::NotApplicable] {
        assert!(with(&|r| r.status() == status) > 0, "{status:?}");
    }
    assert!(with(&|r| r.key().comparator.is_some()) > 2);
    assert_eq!(with(&|r| r.key().change_since().is_some()), 1);
    assert!(with(&|r| r.key().group.parts().len() == 2) > 3);
    assert!(with(&|r| r.key().horizon_months.is_some()) > 5);
    assert!(with(&|r| r.estimate().is_some() && r.lower().is_none()) > 0);
}

#[test]
fn texts_that_csv_guards_come_back_too() {
    let rows = rows();
    let is = |row: &&Released, level: &str| {
        let part = row.key().group.parts().first();
        part.is_some_and(|(_, l)| l.as_str() == level)
    };
    let formula = rows.iter().find(|r| is(r, "=B")).expect("a row");
    let mut given = fields(formula);
    given[5].1 = "'=B".to_owned();
    let back = Released::published("measure", as_at(), &PublishedFields::new(given));
    assert_eq!(back.as_ref(), Ok(formula));
    // An apostrophe of its own stays.
    let own = rows.iter().find(|r| is(r, "'-C")).expect("a row");
    assert_eq!(&read(own), own);
}

#[test]
fn what_no_run_writes_is_refused() {
    let rows = rows();
    let of = |status: Status| {
        let mut found = rows.iter().filter(|r| r.status() == status);
        found.next().expect("a row")
    };
    let (shown, hidden) = (of(Status::Shown), of(Status::Confidential));
    for row in [hidden, of(Status::NotApplicable)] {
        for (column, value) in [
            ("n", "7"),
            ("numerator", "3"),
            ("denominator", "7"),
            ("estimate", "0.5"),
            ("lower", "0.1"),
            ("upper", "0.9"),
            ("interval_level", "0.95"),
            ("method", "wilson"),
            ("persons", "7"),
        ] {
            assert_eq!(refused(row, &[(column, value)]), column);
        }
        assert_eq!(refused(row, &[("reason", "")]), "reason");
        assert_eq!(refused(row, &[("status", "shown")]), "reason");
        let pretended = [("status", "shown"), ("reason", "")];
        assert_eq!(refused(row, &pretended), "estimate");
    }
    for (column, value, said) in [
        ("status", "s", "status"),
        ("status", "c", "reason"),
        ("reason", "why not", "reason"),
        ("kind", "share", "kind"),
        ("unit", "percent", "unit"),
        ("good", "", "good"),
        ("statistic", "mean", "statistic"),
        ("statistic", "difference", "comparator_level"),
        ("comparator_level", "A", "comparator_level"),
        ("claim", "C-000000000000", "claim"),
        ("claim", "", "claim"),
        ("metric", "other", "claim"),
        ("metric", "", "metric"),
        ("period", "2026-Q3", "claim"),
        ("period", "last year", "period"),
        ("dimension", "site", "dimension"),
        ("level_2", "Band 5", "dimension_2"),
        ("horizon_months", "12", "claim"),
        ("horizon_months", "99999999999", "horizon_months"),
        ("horizon_months", "a year", "horizon_months"),
        ("n", "-1", "n"),
        ("n", "12.5", "n"),
        ("persons", "many", "persons"),
        ("estimate", "", "estimate"),
        ("estimate", "NaN", "estimate"),
        ("estimate", "inf", "estimate"),
        ("estimate", "0.999", "estimate"),
        ("lower", "", "lower"),
        ("upper", "0.01", "lower"),
        ("interval_level", "95", "lower"),
        ("method", "", "lower"),
        ("method", "guess", "method"),
        ("weighted", "true", "weighted"),
        ("adjusted_for", "age", "claim"),
    ] {
        assert_eq!(refused(shown, &[(column, value)]), said, "{column} {value}");
    }
}

#[test]
fn a_hidden_row_says_what_all_hidden_rows_say() {
    let rows = rows();
    let hidden = rows.iter().find(|r| r.status() == Status::Confidential);
    let hidden = hidden.expect("a row");
    let mut given = fields(hidden);
    given[9].1 = "only 4 people".to_owned();
    let back = Released::published("measure", as_at(), &PublishedFields::new(given));
    assert_eq!(back.as_ref(), Ok(hidden));
}

#[test]
fn columns_may_be_added_and_an_empty_row_is_none() {
    let rows = rows();
    let more = fields(&rows[0]).into_iter().chain([("later", "1".into())]);
    assert!(Released::published("measure", as_at(), &PublishedFields::new(more)).is_ok());
    assert!(Released::published("", as_at(), &PublishedFields::default()).is_err());
}
