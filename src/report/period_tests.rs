//! Which people and dates a page says that its figures are about.

use super::made_up::{Table, facts, hidden_curves, metric, metrics, released, rows};
use super::{BUILT_IN, Facts, ReportError, Source, words};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Day, Kind, Period, Tally};

/// The page alone.
fn render(
    source: &Source<'_>,
    rows: &[Released],
    facts: &Facts,
) -> Result<String, Vec<ReportError>> {
    super::render(source, rows, facts).map(|document| document.html)
}

fn quarterly() -> Source<'static> {
    Source::new("reports/quarterly.md", BUILT_IN[0].1)
}

fn one(component: &str, rows: &[Released], facts: &Facts) -> String {
    let text = format!("---\ntitle: a\n---\n{{{{ {component} }}}}");
    render(&Source::new("reports/a.md", &text), rows, facts).unwrap()
}

#[test]
fn a_figure_with_a_horizon_says_who_is_counted() {
    let whose = "whose 12 months ended in April to June 2026";
    let (rows, facts) = (rows(), facts());
    for (component, words) in [
        (
            "headline(\"retention_12m\")",
            format!("<p class=\"base\">338 starters, {whose}</p>"),
        ),
        (
            "sentence(\"retention_12m\")",
            format!("; 338 starters, {whose})."),
        ),
        (
            "chart(\"retention_12m\", by=\"ethnic_minority\")",
            format!("<p class=\"source\">Starters {whose}. Everyone: 338 starters."),
        ),
        (
            "table(\"retention_12m\", by=\"ethnic_minority\")",
            format!("by ethnicity. Starters {whose}.</caption>"),
        ),
        (
            "table([\"retention_12m\", \"starters\"])",
            format!("<td>Starters {whose}</td>"),
        ),
    ] {
        let page = one(component, &rows, &facts);
        assert!(page.contains(&words), "{component}: {page}");
    }
    let trend = one("trend(\"retention_12m\")", &rows, &facts);
    assert!(trend.contains(">Period in which the 12 months ended</th>"));
    let stay = one("headline(\"intention_to_stay\")", &rows, &facts);
    assert!(!stay.contains("whose"));
}

#[test]
fn a_horizon_is_told_for_every_shape_of_period() {
    let kept = metrics()
        .into_iter()
        .find(|m| m.horizon_months.is_some())
        .unwrap();
    let day = Day::from_ymd(2026, 6, 30).unwrap();
    let told = |period: &Period| words::period_words(period, Some(&kept));
    assert_eq!(
        told(&Period::all(day)),
        "starters whose 12 months had ended by 30 June 2026"
    );
    assert_eq!(
        told(&Period::parse("2025-26").unwrap()),
        "starters whose 12 months ended between 1 April 2025 and 31 March 2026"
    );
}

/// A share of `hits` in `n` in each of some quarters, and of none where `n` is 0.
fn quarters(of: &[(&str, u64, u64)]) -> Vec<Released> {
    let stay = metric("intention_to_stay", "Intention to stay", Kind::Proportion);
    let tables = of.iter().map(|(label, hits, n)| {
        let table = Table {
            metric: &stay,
            period: Period::parse(label).unwrap(),
            by: "",
            levels: vec![("", Tally::Proportion { n: *n, hits: *hits })],
        };
        table.tallies()
    });
    released(tables.collect())
}

#[test]
fn a_trend_starts_with_the_first_period_that_has_anything() {
    let rows = quarters(&[
        ("2025-Q1", 0, 0),
        ("2025-Q2", 0, 0),
        ("2025-Q3", 30, 50),
        ("2025-Q4", 0, 0),
        ("2026-Q1", 40, 60),
    ]);
    let page = one("trend(\"intention_to_stay\")", &rows, &facts());
    assert!(!page.contains("March 2025") && !page.contains("April to June 2025"));
    assert!(page.contains("July to September 2025</th>"), "{page}");
    assert!(page.contains("October to December 2025</th><td class=\"number\">[z]"));

    // One that may not be shown keeps its place, even where nothing is in it.
    let rows = quarters(&[("2025-Q2", 0, 0), ("2025-Q3", 3, 5), ("2026-Q1", 40, 60)]);
    let page = one("trend(\"intention_to_stay\")", &rows, &facts());
    for dates in ["April to June 2025", "July to September 2025"] {
        let cell = format!("{dates}</th><td class=\"number\">[c]");
        assert!(page.contains(&cell), "{page}");
    }

    let page = one(
        "trend(\"intention_to_stay\")",
        &quarters(&[("2025-Q2", 0, 0)]),
        &facts(),
    );
    assert!(page.contains("Intention to stay has no figure in any period."));
}

#[test]
fn answers_by_wave_say_that_a_person_counts_in_each() {
    let words = "A person counts once in each wave";
    let (rows, facts) = (rows(), facts());
    for component in ["chart", "table"] {
        let by =
            |by: &str| format!("{component}(\"intention_to_stay\", by=\"{by}\", period=\"all\")");
        assert!(
            one(&by("wave"), &rows, &facts).contains(words),
            "{component}"
        );
        assert!(
            !one(&by("site"), &rows, &facts).contains(words),
            "{component}"
        );
    }
}

#[test]
fn curves_that_are_all_hidden_are_not_drawn() {
    let mut facts = facts();
    facts.as_at = Day::from_ymd(2026, 6, 30).unwrap();
    let page = one(
        "survival(\"retention_curve\", by=\"programme\")",
        &hidden_curves(),
        &facts,
    );
    assert!(page.contains("No group can be shown: all are hidden to protect people."));
    assert!(!page.contains("Shading is the interval"));
    assert!(!page.contains("<svg") && page.contains("<summary>The table</summary>"));
}

#[test]
fn a_period_that_the_data_do_not_reach_or_fill_is_said_at_the_top() {
    let (rows, mut facts) = (rows(), facts());
    let said = |page: &str, words: &str| {
        let top = page.split("</header>").next().unwrap_or_default();
        top.contains(&format!("<p class=\"caution\">{words}</p>"))
    };
    let ends = "The data end on 15 May 2026, before the period does.";
    let empty = "No valid responses fall in this period.";
    let page = render(&quarterly(), &rows, &facts).unwrap();
    assert!(!page.contains("<p class=\"caution\">The data") && !said(&page, empty));
    facts.as_at = Day::from_ymd(2026, 5, 15).unwrap();
    let page = render(&quarterly(), &rows, &facts).unwrap();
    assert!(said(&page, ends) && !said(&page, empty));
    // The page of a quarter without answers, of one whose answers are hidden,
    // and of a study that asked nobody.
    let none = quarters(&[("2026-Q1", 40, 60), ("2026-Q2", 0, 0)]);
    assert!(said(&render(&quarterly(), &none, &facts).unwrap(), empty));
    let hidden = quarters(&[("2026-Q1", 40, 60), ("2026-Q2", 3, 5)]);
    assert!(!said(
        &render(&quarterly(), &hidden, &facts).unwrap(),
        empty
    ));
    facts.quality.responses = None;
    assert!(!said(&render(&quarterly(), &none, &facts).unwrap(), empty));
}

#[test]
fn back_ticks_are_not_printed() {
    let mut facts = facts();
    facts.unavailable[0].1 = "no question is recognised as `intention_to_stay`".to_owned();
    facts.quality.findings[0].message = "`Q4` has a label that is on no scale".to_owned();
    let page = render(&quarterly(), &rows(), &facts).unwrap();
    assert!(page.contains("because no question is recognised as intention_to_stay."));
    let body = page.split("<body>").nth(1).unwrap();
    assert!(body.contains("Q4 has a label") && !body.contains('`'));
}
