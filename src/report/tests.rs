//! Whole pages from made-up figures.

use super::made_up::{HOSTILE, beside, facts, metrics, rows};
use super::{BUILT_IN, Document, Facts, Known, ReportError, Source, check, plan, words};
use staywise_core::disclosure::Released;

/// The page alone.
fn render(
    source: &Source<'_>,
    rows: &[Released],
    facts: &Facts,
) -> Result<String, Vec<ReportError>> {
    super::render(source, rows, facts).map(|document: Document| document.html)
}

fn quarterly() -> Source<'static> {
    Source::new("reports/quarterly.md", BUILT_IN[0].1)
}

#[test]
fn the_quarterly_report_is_one_page_that_fetches_nothing() {
    let page = render(&quarterly(), &rows(), &facts()).unwrap();
    if let Ok(path) = std::env::var("STAYWISE_TEST_PAGE") {
        std::fs::write(path, &page).unwrap();
    }
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">"));
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("url(").count(), 1, "the letters, in the page");
    assert!(page.contains("url(data:font/woff2;base64,d09GMg"));
    for bad in [
        "<script ",
        "src=",
        "@import",
        "<link",
        "href=\"http",
        " style=",
        "onerror",
    ] {
        assert!(!page.contains(bad), "{bad}");
    }
    // Every token found its place.
    assert!(!page.contains(['\u{E000}', '\u{E001}']));
    assert_eq!(page, render(&quarterly(), &rows(), &facts()).unwrap());
}

#[test]
fn a_hostile_site_name_stays_text() {
    let page = render(&quarterly(), &rows(), &facts()).unwrap();
    assert!(!page.contains("<script>alert") && !page.contains("href=\"javascript"));
    let escaped = crate::chart::text::escape(HOSTILE);
    assert!(
        page.matches(&escaped).count() >= 2,
        "in a table and in a chart's words"
    );
}

#[test]
fn ids_are_unique_and_headings_step_by_one() {
    let page = render(&quarterly(), &rows(), &facts()).unwrap();
    let mut ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|s| s.split('"').next())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let referred = page
        .split("aria-labelledby=\"")
        .skip(1)
        .filter_map(|s| s.split('"').next());
    for id in referred.flat_map(str::split_whitespace) {
        assert!(ids.binary_search(&id).is_ok(), "{id}");
    }
    let levels: Vec<u32> = page
        .split("<h")
        .skip(1)
        .filter_map(|s| s.chars().next().and_then(|c| c.to_digit(10)))
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|w| w[1] <= w[0] + 1), "{levels:?}");
}

#[test]
fn hidden_cells_have_one_face_and_no_number() {
    let page = render(&quarterly(), &rows(), &facts()).unwrap();
    assert!(page.contains("[c] hidden to protect people"));
    // South is 4 of 7 and West 5 of 6: neither their shares nor their bases.
    let rows = page
        .split("<tr>")
        .filter_map(|row| row.split("</tr>").next());
    let hidden: Vec<&str> = rows
        .filter(|row| row.contains("row\">South<") || row.contains("row\">West<"))
        .collect();
    assert!(hidden.len() >= 2);
    for row in hidden {
        assert!(row.contains("[c]") && !row.contains('%'), "{row}");
        assert!(!row.contains(">7<") && !row.contains(">6<"), "{row}");
    }
}

#[test]
fn the_page_goes_on_without_any_one_metric() {
    for missing in metrics() {
        let mut facts = facts();
        facts
            .definitions
            .retain(|metric| metric.name != missing.name);
        facts
            .unavailable
            .retain(|(metric, _)| metric.name != missing.name);
        facts
            .unavailable
            .push((missing.clone(), "the data have no `Start date`.".to_owned()));
        let kept: Vec<_> = rows()
            .into_iter()
            .filter(|r| r.key().metric != missing.name)
            .collect();
        let page = render(&quarterly(), &kept, &facts).unwrap();
        // In a table the reason stands among others, without its full stop.
        let words = format!(
            "{} is not available because the data have no Start date",
            missing.label
        );
        assert!(page.contains(&words), "{}", missing.name);
    }
    let page = render(&quarterly(), &[], &facts()).unwrap();
    assert!(page.contains("How good is the data?"));
}

#[test]
fn what_hardly_any_study_has_is_not_missed() {
    let page = render(&quarterly(), &rows(), &facts()).unwrap();
    for (metric, _) in beside() {
        assert!(!page.contains(&metric.label), "{}", metric.name);
    }
}

#[test]
fn a_section_says_one_reason_once() {
    let mut facts = facts();
    let all = metrics();
    facts.definitions.clear();
    let why = "the study has no staff list.".to_owned();
    facts.unavailable = all.into_iter().map(|m| (m, why.clone())).collect();
    facts.unavailable.extend(beside());
    let page = render(&quarterly(), &[], &facts).unwrap();
    let sections: Vec<&str> = page.split("<h2").collect();
    let said = |section: &&str| {
        let whys: Vec<&str> = section
            .split("class=\"missing\">")
            .skip(1)
            .filter_map(|rest| rest.split('<').next())
            .collect();
        let different: std::collections::BTreeSet<&str> = whys.iter().copied().collect();
        assert_eq!(different.len(), whys.len(), "{whys:?}");
        let charts = whys
            .iter()
            .filter(|why| why.contains("staff list."))
            .count();
        (charts, section.contains("class=\"card\""))
    };
    let all: Vec<(usize, bool)> = sections.iter().map(said).collect();
    assert!(all.iter().all(|(n, card)| *n <= 1 && !card), "{all:?}");
    assert!(all.iter().filter(|(n, _)| *n == 1).count() >= 5, "{all:?}");
}

#[test]
fn what_the_page_says() {
    let page = render(&quarterly(), &rows(), &facts()).unwrap();
    for words in [
        "<p class=\"big\">About 7 in 10</p>",
        "<p class=\"exact\">69% (between 65% and 72%)</p>",
        "<p class=\"base\">711 answers, April to June 2026</p>",
        "<h3>Feel they belong</h3>\n<p class=\"big\">9 of 14</p>",
        "<strong>About 7 in 10 of the invitations were answered</strong> (66%, between 63% and 68%; 1,083 invitations).",
        "<h3>Ethnic minority staff are less sure they will stay</h3>",
        "<caption id=\"table-intention-to-stay-by-ethnicity\">Intention to stay, by ethnicity. April to June 2026.</caption>",
        "1 July 2025 to 30 June 2026",
        "Preceptorship influenced the decision is not available because no question asks about it.",
        "My preceptor had protected time",
        "as at 30 June 2026",
        "previews: fewer than 10",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_plan_is_made_without_a_figure() {
    let asked = plan(&quarterly()).unwrap();
    assert!(asked.len() > 15);
    let beside = beside().into_iter().map(|(metric, _)| metric);
    let metrics = metrics().into_iter().chain(beside);
    let metrics: Vec<String> = metrics.map(|metric| metric.name).collect();
    let dimensions: Vec<String> = words::dimension_slugs().map(str::to_owned).collect();
    let known = Known {
        metrics: &metrics,
        dimensions: &dimensions,
    };
    assert_eq!(check(&quarterly(), &known), []);
    let fewer = Known {
        metrics: &metrics[1..],
        dimensions: &dimensions,
    };
    let errors = check(&quarterly(), &fewer);
    assert!(errors.len() >= 6 && errors.iter().all(|error| error.line.is_some()));
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    let told = |text: &str| {
        let errors = plan(&Source::new("reports/mine.md", text)).unwrap_err();
        errors[0].to_string()
    };
    let front = "---\ntitle: Mine\n---\n\n";
    assert_eq!(
        told(&format!("{front}Words {{{{ quality() }}}} more")),
        "reports/mine.md, line 5: `quality` stands in a paragraph of its own, with nothing else in it"
    );
    assert!(told("no front").starts_with("reports/mine.md, line 1: "));
    assert!(
        told(&format!("{front}{{{{ trend(\"a\", period=\"all\") }}}}"))
            .contains("line 5: there is no argument of `trend` `period`")
    );
    let text = format!("{front}{{{{ table(\"headcont\") }}}}");
    let errors = render(&Source::new("reports/mine.md", &text), &rows(), &facts()).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "reports/mine.md, line 5: there is no metric `headcont`; did you mean `headcount`?"
    );
    let broken = Source {
        page: "{{ nothing }}",
        ..quarterly()
    };
    assert_eq!(plan(&broken).unwrap_err()[0].file, "reports/page.html");
}

/// The contrast of two colours by WCAG 2.2 (relative luminance).
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |colour: &str| {
        let hex = colour.trim_start_matches('#');
        let wide = if hex.len() == 3 {
            hex.chars().flat_map(|c| [c, c]).collect()
        } else {
            hex.to_owned()
        };
        let channel = |from: usize| {
            let value = f64::from(u8::from_str_radix(&wide[from..from + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let (one, other) = (luminance(a), luminance(b));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_theme_has_contrast_enough() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
    let themes: Vec<Vec<(&str, &str)>> = super::STYLE
        .split(":root {")
        .skip(1)
        .map(|block| {
            let lines = block.split('}').next().unwrap_or("").split(';');
            lines
                .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
                .map(|(name, value)| (name, value.trim()))
                .collect()
        })
        .collect();
    assert_eq!(themes.len(), 3, "light, dark, print");
    for theme in themes {
        let of = |name: &str| theme.iter().find(|(n, _)| *n == name).unwrap().1;
        for ground in ["paper", "wash", "band"] {
            for text in ["ink", "soft"] {
                assert!(contrast(of(text), of(ground)) >= 4.5, "{text} on {ground}");
            }
        }
        for text in ["link", "s1", "s2", "s3", "s4"] {
            assert!(contrast(of(text), of("paper")) >= 4.5, "{text}");
        }
        assert!(contrast(of("rule"), of("band")) >= 3.0);
        assert!(contrast(of("s1"), of("band")) >= 3.0);
    }
}

#[test]
fn what_we_cannot_tell_is_said() {
    let text = "---\ntitle: a\n---\n{{ cannot_tell(\"retention_12m\", by=\"ethnic_minority\") }}\n\n\
                {{ cannot_tell(\"intention_to_stay\", by=\"ethnic_minority\") }}\n\n\
                {{ cannot_tell(\"intention_to_stay\", by=\"site\") }}";
    let page = render(&Source::new("reports/a.md", text), &rows(), &facts()).unwrap();
    let said = "<strong>We cannot tell</strong> whether ethnic minority staff differ from White staff \
                in still in post at 12 months: the figures fit anything from 15 points lower to 1 point \
                higher. <small class=\"claim\">C-";
    assert!(page.contains(said), "{page}");
    assert!(page.contains("why intention to stay differs by ethnicity, if it does"));
    assert!(page.contains("Groups marked [c] are hidden to protect people."));
}

#[test]
fn what_to_know_is_at_most_five_sentences_the_strongest_first() {
    let text = "---\ntitle: a\n---\n{{ findings([\"retention_12m\", \"intention_to_stay\", \"belonging\", \
                \"response_rate\"], by=[\"ethnic_minority\"]) }}";
    let page = render(&Source::new("reports/a.md", text), &rows(), &facts()).unwrap();
    let list = page.split("<ul class=\"read\">").nth(1).unwrap();
    let list = list.split("</ul>").next().unwrap();
    let told: Vec<&str> = list.split("<li>").skip(1).collect();
    assert_eq!(told.len(), 5, "{list}");
    let first = "<strong>Ethnic minority staff are less sure they will stay</strong>: 61% against 74% for White \
                 staff (between 6 and 20 points lower).";
    assert!(told[0].starts_with(first), "{}", told[0]);
    assert!(told[4].starts_with("<strong>We cannot tell</strong> whether ethnic minority staff"));
    assert!(
        told.iter()
            .all(|one| one.contains("<small class=\"claim\">C-"))
    );
    let none = render(&Source::new("reports/a.md", text), &[], &facts()).unwrap();
    assert_eq!(
        none.split("<ul class=\"read\">")
            .nth(1)
            .unwrap()
            .matches("<li>")
            .count(),
        1
    );
}

#[test]
fn a_document_has_the_tables_of_its_page_with_their_sections() {
    let made = super::render(&quarterly(), &rows(), &facts()).unwrap();
    assert_eq!(
        made.html.matches("<table data-sortable").count(),
        made.tables.len()
    );
    let by_site = made
        .tables
        .iter()
        .find(|t| t.id == "intention-to-stay-by-site");
    let by_site = by_site.unwrap();
    assert_eq!(by_site.section, "Intention to stay");
    assert!(by_site.drawing.is_some());
    let headings: Vec<&str> = by_site
        .columns
        .iter()
        .map(|(words, _)| words.as_str())
        .collect();
    assert_eq!(
        headings,
        [
            "Site",
            "Intention to stay",
            "95% interval, lower",
            "95% interval, upper",
            "Answers"
        ]
    );
    for table in &made.tables {
        assert!(!table.section.is_empty(), "{}", table.title);
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{}", table.title);
            for cell in row {
                assert!(!cell.text.is_empty(), "{}", table.title);
                assert!(cell.number.is_none() || !cell.text.starts_with('['));
            }
        }
    }
}

#[test]
fn a_page_without_its_words_explained_links_to_none() {
    let text = "---\ntitle: a\n---\n{{ chart(\"intention_to_stay\", by=\"ethnic_minority\") }}";
    let page = render(&Source::new("reports/a.md", text), &rows(), &facts()).unwrap();
    assert!(!page.contains("#term-") && page.contains("The bar is the 95% interval"));
    let with = format!("{text}\n\n{{{{ glossary() }}}}");
    let page = render(&Source::new("reports/a.md", &with), &rows(), &facts()).unwrap();
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(page.contains("<a class=\"term\" href=\"#term-interval\">95% interval</a>"));
}
