//! Groups held against the rest: like them or not, in words. In the order of
//! the data; never ranked.

use super::Page;
use super::comparison::listed;
use super::frame::{Figure, tried};
use crate::chart::figure::{HIDDEN, amount, shorthand};
use crate::chart::{Caption, ChartError, MOST_ROWS, Unlike, unlike};
use crate::report::cells::Cell;
use crate::report::evidence::Sites;
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::table::{Column, Text};
use crate::report::words::{capital, dimension_name};
use staywise_core::domain::{Status, Unit};

/// Every dimension that is held against the rest, or those of one metric.
pub(super) fn sites(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let all = &page.shelf.facts.evidence.sites;
    let wanted = request.metric();
    let found: Vec<&Sites> = all
        .iter()
        .filter(|one| wanted.is_empty() || one.metric == wanted)
        .collect();
    if found.is_empty() {
        let why = match wanted {
            "" => phrases::NO_SITES.say([]),
            metric => phrases::NO_SITES_OF.say([&page.shelf.label(metric)]),
        };
        return Ok(page.without(&why));
    }
    let mut html = String::new();
    for (part, one) in found.into_iter().enumerate() {
        html.push_str(&held(page, one, part)?);
    }
    Ok(html)
}

fn held(page: &mut Page<'_>, of: &Sites, part: usize) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let unit = shelf
        .metric(&of.metric)
        .map_or(Unit::Fraction, |metric| metric.unit);
    let one = dimension_name(of.dimension.as_str());
    let title = phrases::TITLE_FUNNEL.say([&shelf.label(&of.metric), &one]);
    let groups: Vec<Unlike> = of
        .groups
        .iter()
        .map(|(label, figure, verdict)| Unlike {
            label: label.clone(),
            figure: *figure,
            verdict: verdict.clone(),
        })
        .collect();
    let drawing = if groups.len() > MOST_ROWS {
        Err(phrases::TOO_MANY.say([]))
    } else if groups.iter().all(|group| group.figure.is_none()) {
        Err(phrases::ALL_HIDDEN.say([]))
    } else {
        let id = format!("c{}-{part}", page.index);
        let caption = Caption {
            id: &id,
            title: &title,
            description: &in_words(&groups, unit),
            base: "",
        };
        Ok(unlike(&groups, unit, &caption))
    };
    let figure = Figure {
        title: title.clone(),
        lead: phrases::LEAD_SITES.html([&one], page.terms),
        caution: None,
        drawing: tried(drawing)?,
        table: table(&groups, title, (unit, &one)),
        source: phrases::SOURCE_MANY.html([&of.metric], page.terms),
        level: None,
    };
    let html = figure.set(page);
    let beside = beside(page, of, &one);
    Ok(format!("{html}{beside}{}", listed("", &of.notes)))
}

/// The share who left each group, beside the share who would have.
fn beside(page: &mut Page<'_>, of: &Sites, one: &str) -> String {
    let Some((whom, found)) = &of.beside else {
        return String::new();
    };
    let mut table = Text {
        title: phrases::TITLE_EXPECTED.say([one]),
        columns: vec![
            (capital(one), Column::Name),
            (phrases::COLUMN_LEFT.say([]), Column::Number),
            (phrases::COLUMN_EXPECTED_LEFT.say([]), Column::Number),
            (phrases::COLUMN_LEFT_LESS.say([]), Column::Number),
            (phrases::COLUMN_LOWER_PLAIN.say([]), Column::Number),
            (phrases::COLUMN_UPPER_PLAIN.say([]), Column::Number),
        ],
        ..Text::default()
    };
    for ((label, figure, _), expected) in of.groups.iter().zip(found) {
        let mut cells = vec![Cell::words(label.clone())];
        match expected {
            Some(expected) => {
                let limits = expected.limits.map(|(low, high)| [low, high]);
                let points = |share: f64| Cell::signed(share * 100.0, 0);
                cells.push(Cell::amount(Unit::Fraction, expected.observed));
                cells.push(Cell::amount(Unit::Fraction, expected.expected));
                cells.push(points(expected.difference));
                cells.extend(match limits {
                    Some(limits) => limits.map(points),
                    None => [(); 2].map(|()| Cell::words(shorthand(Status::NotApplicable))),
                });
            }
            None => {
                let status = match figure {
                    Some(_) => Status::NotAvailable,
                    None => Status::Confidential,
                };
                table.mark(
                    status,
                    &match figure {
                        Some(_) => phrases::NOTHING_EXPECTED.say([]),
                        None => HIDDEN.to_owned(),
                    },
                );
                cells.extend((0..5).map(|_| Cell::words(shorthand(status))));
            }
        }
        table.rows.push(cells);
    }
    let lead = phrases::LEAD_EXPECTED.html([one, whom], page.terms);
    format!("<p>{lead}</p>\n{}", page.table(table, None))
}

fn in_words(groups: &[Unlike], unit: Unit) -> String {
    let told: Vec<String> = groups
        .iter()
        .map(|group| match group.figure {
            Some((figure, lower, upper)) => format!(
                "{}: {}, between {} and {}, {}.",
                group.label,
                amount(unit, figure),
                amount(unit, lower),
                amount(unit, upper),
                group.verdict
            ),
            None => format!(
                "{}: {} {HIDDEN}.",
                group.label,
                shorthand(Status::Confidential)
            ),
        })
        .collect();
    told.join(" ")
}

fn table(groups: &[Unlike], title: String, (unit, one): (Unit, &str)) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (capital(one), Column::Name),
            (phrases::COLUMN_FIGURE.say([]), Column::Number),
            (phrases::COLUMN_LOWER_PLAIN.say([]), Column::Number),
            (phrases::COLUMN_UPPER_PLAIN.say([]), Column::Number),
            (phrases::COLUMN_VERDICT.say([]), Column::Words),
        ],
        ..Text::default()
    };
    for group in groups {
        let mut cells = vec![Cell::words(group.label.clone())];
        match group.figure {
            Some((figure, lower, upper)) => {
                cells.extend([figure, lower, upper].map(|value| Cell::amount(unit, value)));
                cells.push(Cell::words(group.verdict.clone()));
            }
            None => {
                table.mark(Status::Confidential, HIDDEN);
                let mark = Cell::words(shorthand(Status::Confidential));
                cells.extend([mark.clone(), mark.clone(), mark.clone(), mark]);
            }
        }
        table.rows.push(cells);
    }
    table
}
