//! What pages say of comparisons, definitions and the quarters to come, from
//! made-up evidence.

use super::evidence::{Answer, Guard, Purpose};
use super::made_up::{against, facts, leaving_hidden, leaving_rows, rows, times_rows, untested};
use super::made_up_evidence::{cannot_tell, clear, evidence, refused};
use super::{BUILT_IN, Document, Evidence, Facts, Source, render};
use staywise_core::disclosure::Released;

fn with(evidence: Evidence) -> Facts {
    Facts {
        evidence,
        ..facts()
    }
}

fn made(body: &str, rows: &[Released], facts: &Facts) -> Document {
    let text = format!("---\ntitle: a\n---\n\n## Section\n\n{body}");
    render(&Source::new("reports/a.md", &text), rows, facts).unwrap()
}

fn page(body: &str, evidence: Evidence) -> String {
    made(body, &[], &with(evidence)).html
}

fn of(comparison: super::evidence::Comparison) -> Evidence {
    Evidence {
        comparisons: vec![comparison],
        ..Evidence::default()
    }
}

/// The page's own part, between its first section and its end.
fn body(html: &str) -> &str {
    let from = html.split_once("<h2").unwrap().1;
    from.split_once("<footer").map_or(from, |(body, _)| body)
}

/// Every component of evidence.
const ALL: &str = "{{ comparison() }}\n\n{{ flow() }}\n\n{{ balance() }}\n\n{{ turnover() }}\n\n\
                   {{ leaving(\"retention_curve\", end=12) }}\n\n{{ times(\"retention_curve\") }}\n\n\
                   {{ control() }}\n\n{{ sites() }}\n\n{{ forward() }}\n\n{{ changed() }}";

#[test]
fn a_clear_answer_is_associated_and_never_more() {
    let html = page("{{ comparison() }}", of(clear()));
    for words in [
        "The primary comparison, declared on 1 May 2026.",
        "<strong>Still in post at 12 months: &quot;On the programme&quot; is associated with a figure 8 points higher</strong>",
        "than &quot;Not on the programme&quot; (between 4 and 13 points higher).",
        "The two are made alike in staff group, band and site.",
        "Primary: Overlap weights",
        "Sensitivity: Standardisation",
        "Before the fact: 480 against 460 people",
        "Had all those not linked left",
    ] {
        assert!(html.contains(words), "{words}\n{}", body(&html));
    }
    assert!(!body(&html).contains("caused"));
}

#[test]
fn an_interval_that_spans_no_difference_cannot_tell() {
    let html = page("{{ comparison(name=\"late\") }}", evidence());
    for words in [
        "Exploratory: the study does not say that it was declared beforehand.",
        "Compared among those still in post on day 90. Those who left before it are out, and counted.",
        "<strong>We cannot tell</strong> whether &quot;On the programme&quot; and &quot;Not on the programme&quot; \
         differ in still in post at 12 months: the figures fit anything from 11 points lower to 7 points higher.",
        "What was refused, and what to do:",
        "allow for fewer things.",
    ] {
        assert!(html.contains(words), "{words}\n{}", body(&html));
    }
    assert!(!html.contains("is associated with a figure") && !html.contains("declared on 1 May"));
}

#[test]
fn a_difference_that_chance_may_have_made_is_not_told_as_found() {
    let mut one = clear();
    for answer in &mut one.answers {
        answer.row = untested((430, 480), (375, 460));
    }
    let html = page("{{ comparison() }}", of(one));
    let words = "differ in still in post at 12 months by more than chance: the figures fit anything \
                 from 4 points higher to 13 points higher.";
    assert!(html.contains(words), "{}", body(&html));
    assert!(!html.contains("is associated with a figure"));
}

#[test]
fn mean_times_stand_in_a_table_and_a_median_that_was_not_reached_says_so() {
    let made = made("{{ times(\"retention_curve\") }}", &times_rows(), &facts());
    let cells: Vec<Vec<&str>> = made.tables[0]
        .rows
        .iter()
        .map(|row| row[1..].iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(cells[0][..2], ["Time by which half have left", "[z]"]);
    let mean = "Mean time in post up to 12 months";
    assert_eq!(cells[1][..4], [mean, "11.4", "11.1", "11.7"]);
    assert!(made.html.contains("[z] not applicable: half have not left"));
}

#[test]
fn what_the_guard_refuses_has_no_figure() {
    let html = page("{{ comparison() }}\n\n{{ balance() }}", of(refused()));
    let told = body(&html);
    assert!(told.contains("<strong>No figure is made.</strong> Those who finish have, by definition, stayed that long."));
    assert!(told.contains("Compare by enrolment at the start"));
    assert!(
        !told.contains('%')
            && !told.contains("points")
            && !told.contains("<svg")
            && !told.contains("<table")
    );
}

#[test]
fn a_comparison_without_a_primary_answer_says_so() {
    let mut one = clear();
    one.answers
        .retain(|answer| answer.purpose == Purpose::Unadjusted);
    let html = page("{{ comparison() }}", of(one));
    assert!(html.contains("<strong>There is no adjusted answer to this question</strong>."));
    assert!(!html.contains("is associated with a figure"));
    let mut one = cannot_tell();
    one.guard = Guard::Allowed(String::new());
    one.answers = vec![Answer {
        purpose: Purpose::Primary,
        method: "Overlap weights".to_owned(),
        row: against((3, 4), (360, 460)),
    }];
    let html = page("{{ comparison() }}", of(one));
    assert!(
        html.contains("There is no adjusted answer to this question: "),
        "{}",
        body(&html)
    );
    assert!(html.contains("Not shown, to protect people.") && !body(&html).contains("460"));
}

#[test]
fn people_who_may_not_be_counted_are_hidden_in_the_flow() {
    let made = made("{{ flow() }}", &[], &with(evidence()));
    assert!(
        made.html
            .contains("From everyone to those who are compared: On the programme, against")
    );
    let table = &made.tables[0];
    let cells: Vec<&str> = table.rows.iter().map(|row| row[1].text.as_str()).collect();
    assert_eq!(cells, ["1,204", "212", "[c]", "[c]", "24", "940"]);
    assert_eq!(table.shorthand, ["[c] hidden to protect people"]);
    let drawing = table.drawing.as_ref().unwrap().wide().as_str();
    assert!(drawing.contains("No start date: [c] hidden to") && drawing.contains("1,204 people"));
}

#[test]
fn balance_is_drawn_with_its_table() {
    let made = made("{{ balance() }}", &[], &with(evidence()));
    let cells: Vec<Vec<&str>> = made.tables[0]
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(cells[0], ["Staff group: Nursing", "+0.42", "0.00"]);
    assert_eq!(cells[1][1..], ["-0.31", "-0.02"]);
    assert_eq!(cells[3][1..], ["[c]", "[c]"]);
}

#[test]
fn one_workforce_has_three_rates_under_three_names() {
    let made = made("{{ turnover() }}", &[], &with(evidence()));
    for words in [
        "<h3>Leaver rate, NHS England</h3>\n<p class=\"big\">25.0%</p>\n<p class=\"base\">30 over 120</p>",
        "<h3>Leaver rate, NHS Scotland</h3>\n<p class=\"big\">30.0%</p>\n<p class=\"base\">30 over 100</p>",
        "<h3>Leaver rate, Skills for Care</h3>\n<p class=\"big\">21.4%</p>\n<p class=\"base\">30 over 140</p>",
        "The same workforce under 3 definitions",
        "People who joined and left between two lists are in neither.",
    ] {
        assert!(made.html.contains(words), "{words}\n{}", body(&made.html));
    }
    let steps: Vec<Vec<&str>> = made.tables[1]
        .rows
        .iter()
        .map(|row| row[1..].iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(
        steps,
        [
            ["[z]", "25.0"],
            ["+5.0", "30.0"],
            ["[z]", "30.0"],
            ["-8.6", "21.4"],
            ["[z]", "21.4"]
        ]
    );
    let flow: Vec<&str> = made.tables[2]
        .rows
        .iter()
        .map(|row| row[1].text.as_str())
        .collect();
    assert_eq!(flow, ["100", "[c]", "-30", "[c]", "140"]);
    assert!(!body(&made.html).to_lowercase().contains("turnover"));
}

#[test]
fn months_of_leaving_keep_the_place_of_hidden_ones() {
    let body = "{{ leaving(\"retention_curve\", end=12) }}";
    let made_up = made(body, &leaving_rows(24), &facts());
    let table = &made_up.tables[0];
    assert_eq!(table.rows.len(), 24);
    assert_eq!(
        (
            table.rows[5][1].text.as_str(),
            table.rows[7][1].text.as_str()
        ),
        ("[c]", "3.3")
    );
    assert!(made_up.html.contains("The programme ends at 12 months."));
    let drawing = table.drawing.as_ref().unwrap().wide().as_str();
    assert!(drawing.contains(">programme ends at 12 months<") && drawing.contains(">[c]<"));
    let told = "{{ leaving(\"retention_curve\") }}";
    let by_study = made(told, &leaving_rows(24), &with(evidence()));
    assert!(by_study.html.contains("The programme ends at 12 months."));
    let unsaid = made(told, &leaving_rows(24), &facts());
    assert!(!unsaid.html.contains("programme ends"));
    let hidden = made(body, &leaving_hidden(), &facts());
    assert!(
        hidden.html.contains("Not shown, to protect people.") && hidden.tables[0].drawing.is_none()
    );
    let none = made(body, &rows(), &facts());
    assert!(
        none.html
            .contains("no leaving rate by month since starting was made")
    );
}

#[test]
fn control_charts_say_what_is_unusual_and_why_there_is_none() {
    let made = made("{{ control() }}", &[], &with(evidence()));
    let marked: Vec<&str> = made.tables[0]
        .rows
        .iter()
        .map(|row| row[2].text.as_str())
        .collect();
    assert_eq!(
        marked[3..],
        ["as usual", "unusual, worse", "unusual, better"]
    );
    for words in [
        "XmR chart.",
        "The target is 10%.",
        "The target will be met in some quarters and missed in others. Trial limits: fewer than 12 quarters.",
        "There is no control chart of a rolling 12 months",
    ] {
        assert!(made.html.contains(words), "{words}");
    }
    assert_eq!(made.tables.len(), 1);
    let one = page("{{ control(\"headcount\") }}", evidence());
    assert!(one.contains("The study asks for no control chart of Headcount."));
}

#[test]
fn sites_keep_their_order_and_are_not_ranked() {
    let made = made("{{ sites(\"intention_to_stay\") }}", &[], &with(evidence()));
    let names: Vec<&str> = made.tables[0]
        .rows
        .iter()
        .map(|row| row[0].text.as_str())
        .collect();
    assert_eq!(names, ["East", "South", "West"]);
    assert_eq!(made.tables[0].rows[1][4].text, "[c]");
    assert!(
        made.html
            .contains("lower than the rest by more than chance")
    );
    assert!(
        made.html
            .contains("Sites differ a little more than chance alone")
    );
}

#[test]
fn what_is_due_is_counted_and_what_is_expected_has_a_range() {
    let made = made("{{ forward() }}", &[], &with(evidence()));
    let cells: Vec<Vec<&str>> = made.tables[0]
        .rows
        .iter()
        .map(|row| row[2..5].iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(cells[0], ["61", "[z]", "[z]"]);
    assert_eq!(cells[1][0], "1,220.5");
    assert_eq!(cells[2], ["46.4", "33", "61"]);
    assert_eq!(cells[3], ["[c]", "[c]", "[c]"]);
}

#[test]
fn the_parts_of_a_change_sum_and_only_two_have_intervals() {
    let made = made("{{ changed(\"retention_12m\") }}", &[], &with(evidence()));
    let cells: Vec<Vec<&str>> = made.tables[0]
        .rows
        .iter()
        .map(|row| row[1..].iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(cells[0], ["[z]", "[z]", "[z]", "88.0"]);
    assert_eq!(cells[1], ["-0.5", "[z]", "[z]", "[z]"]);
    assert_eq!(cells[3], ["-12.0", "-15.0", "-9.0", "[z]"]);
    assert_eq!(cells[4], ["+4.0", "-1.0", "+9.0", "[z]"]);
    assert_eq!(cells[6], ["[z]", "[z]", "[z]", "80.0"]);
    assert!(
        made.html
            .contains("Fell by 8.0 points: who is there took 12.0 away")
    );
    assert!(made.html.contains("Who is there is told by staff group."));
}

/// The numbers in words, as they stand.
fn numbers(words: &str) -> Vec<String> {
    let number = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','));
    words
        .split(number)
        .map(|n| n.trim_matches(['.', ',']).to_owned())
        .filter(|n| n.chars().any(|c| c.is_ascii_digit()))
        .collect()
}

#[test]
fn no_drawing_has_a_number_that_its_table_lacks() {
    let mut rows = rows();
    rows.extend(leaving_rows(24));
    let made = made(ALL, &rows, &with(evidence()));
    let drawn: Vec<_> = made.tables.iter().filter(|t| t.drawing.is_some()).collect();
    assert!(drawn.len() >= 8, "{}", drawn.len());
    for table in drawn {
        let cells = table.rows.iter().flatten();
        let mut held: Vec<String> = cells.flat_map(|cell| numbers(&cell.text)).collect();
        // A target stands in the chart's lead, a month of the end in its source.
        held.extend(["10".to_owned(), "12".to_owned()]);
        let drawing = table.drawing.as_ref().unwrap();
        for svg in [drawing.wide(), drawing.narrow()] {
            for class in ["value", "note", "base", "label"] {
                let open = format!("<text class=\"{class}\"");
                for line in svg.as_str().lines().filter(|line| line.starts_with(&open)) {
                    let words = line.split_once('>').unwrap().1.trim_end_matches("</text>");
                    for number in numbers(words) {
                        assert!(
                            held.contains(&number),
                            "{number} of `{words}` in {}",
                            table.title
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn with_nothing_to_show_every_component_says_why_and_what_to_add() {
    let html = page(ALL, Evidence::default());
    let told = body(&html);
    for words in [
        "The study declares no comparison. Add a [[comparison]] to staywise.toml:",
        "Leaver rates by definition are not available",
        "When they leave is not available",
        "Mean and median times in post are not available",
        "The study asks for no control chart.",
        "Groups are not held against the rest here",
        "There is no look ahead to the next quarters",
        "What changed and why is not told",
    ] {
        assert_eq!(told.matches(words).count(), 1, "{words}\n{told}");
    }
    assert!(!told.contains("<h3") && !told.contains("<svg"));
    let named = page("{{ flow(name=\"nobody\") }}", evidence());
    assert!(
        named.contains("declares no comparison nobody; it declares programme, late, completed.")
    );
}

#[test]
fn both_reports_render_with_evidence_and_without() {
    let mut all = rows();
    all.extend(leaving_rows(24));
    for (name, text) in BUILT_IN {
        let file = format!("reports/{name}.md");
        let source = Source::new(&file, text);
        for (case, evidence) in [("with", evidence()), ("without", Evidence::default())] {
            let made = render(&source, &all, &with(evidence)).unwrap();
            let page = &made.html;
            if let Ok(folder) = std::env::var("STAYWISE_TEST_PAGES") {
                std::fs::write(format!("{folder}/{name}-{case}.html"), page).unwrap();
            }
            assert!(!page.contains(['\u{E000}', '\u{E001}']), "{name}");
            let mut ids: Vec<&str> = page
                .split(" id=\"")
                .skip(1)
                .filter_map(|s| s.split('"').next())
                .collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "{name} {case}");
            for link in page.split("href=\"#").skip(1) {
                let id = link.split('"').next().unwrap();
                assert!(ids.binary_search(&id).is_ok(), "{name} {case}: #{id}");
            }
            let levels: Vec<u32> = page
                .split("<h")
                .skip(1)
                .filter_map(|s| s.chars().next().and_then(|c| c.to_digit(10)))
                .collect();
            assert!(
                levels.windows(2).all(|w| w[1] <= w[0] + 1),
                "{name} {case}: {levels:?}"
            );
            // No heading stands over nothing.
            for section in page.split("<h2").skip(1) {
                let after = section.split_once("</h2>").unwrap().1;
                let after = after.split("</section>").next().unwrap();
                assert!(after.contains('<'), "{name} {case}: {section}");
            }
            for table in &made.tables {
                for row in &table.rows {
                    assert_eq!(row.len(), table.columns.len(), "{}", table.title);
                    assert!(
                        row.iter().all(|cell| !cell.text.is_empty()),
                        "{}",
                        table.title
                    );
                }
            }
        }
        assert!(render(&source, &[], &facts()).is_ok(), "{name}");
    }
}
