//! Tables of figures: one metric by group, several metrics for everyone, the
//! answers to each question, and a metric over the periods there are.

use super::nothing;
use crate::chart::figure::{base, figure, interval, why_not};
use crate::report::request::Request;
use crate::report::shelf::{Pick, Shelf};
use crate::report::table::{Column, TableText};
use crate::report::words::{base_noun, base_words, capital, dimension_name, period_words};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Kind, Level, Statistic, Status};

/// A table as asked for, or why there is none.
pub(super) fn table(shelf: Shelf<'_>, request: &Request, index: usize) -> String {
    if request.metrics.len() > 1 {
        return several(shelf, request).html(&format!("t{index}"));
    }
    let rows = shelf.asked(request);
    let answers = shelf.metric(request.metric()).map_or_else(
        || rows.iter().any(|row| row.key().answer.is_some()),
        |metric| metric.kind == Kind::Distribution,
    );
    if rows.is_empty() {
        return nothing(&shelf.why_missing(request));
    }
    if !answers {
        return by_group(shelf, request, &rows).html(&format!("t{index}"));
    }
    let tables = distributions(shelf, request, &rows);
    let numbered = tables.iter().enumerate();
    numbered
        .map(|(part, table)| table.html(&format!("t{index}-{part}")))
        .collect()
}

/// `Intention to stay, by ethnic group`: neutral, whatever the figures.
pub(super) fn title(shelf: Shelf<'_>, request: &Request) -> String {
    let label = shelf.label(request.metric());
    let names: Vec<String> = request
        .by
        .iter()
        .map(|d| dimension_name(d.as_str()))
        .collect();
    if names.is_empty() {
        label
    } else {
        format!("{label}, by {}", names.join(" and "))
    }
}

/// One metric, a row a group, everyone last.
pub(super) fn by_group(shelf: Shelf<'_>, request: &Request, rows: &[&Released]) -> TableText {
    let everyone = if request.by.is_empty() {
        Vec::new()
    } else {
        shelf.everyone(request)
    };
    let all: Vec<&Released> = rows.iter().copied().chain(everyone).collect();
    let noun = shelf
        .metric(request.metric())
        .map_or(Some("base"), base_noun);
    let mut columns: Vec<(String, Column)> = match request.by.as_slice() {
        [] => vec![("Group".to_owned(), Column::Name)],
        by => by.iter().map(heading).collect(),
    };
    let names = columns.len();
    columns.push((shelf.label(request.metric()), Column::Number));
    columns.push((interval_heading(&all), Column::Words));
    if let Some(noun) = noun {
        columns.push((capital(noun), Column::Number));
    }
    let cells = |row: &&Released| {
        let mut cells = group_cells(row, names);
        cells.extend([figure(row), interval_cell(row)]);
        if noun.is_some() {
            cells.push(base(row));
        }
        cells
    };
    TableText {
        caption: format!(
            "{}. {}.",
            title(shelf, request),
            capital(&shelf.dates(request, rows))
        ),
        columns,
        rows: all.iter().map(cells).collect(),
        statuses: statuses(&all),
    }
}

fn heading(dimension: &Dimension) -> (String, Column) {
    (capital(&dimension_name(dimension.as_str())), Column::Name)
}

/// The levels of a row, a column each; everyone in each where it is everyone.
pub(super) fn group_cells(row: &Released, columns: usize) -> Vec<String> {
    let parts = row.key().group.parts();
    if parts.is_empty() {
        return vec!["Everyone".to_owned(); columns];
    }
    parts
        .iter()
        .map(|(_, level)| level.as_str().to_owned())
        .collect()
}

/// `95% interval`.
pub(super) fn interval_heading(rows: &[&Released]) -> String {
    let level = rows.iter().find_map(|row| row.interval_level());
    level.map_or_else(
        || "Interval".to_owned(),
        |level| format!("{:.0}% interval", level * 100.0),
    )
}

/// The interval in words, or why there is no figure, or that it needs none.
pub(super) fn interval_cell(row: &Released) -> String {
    if row.status() != Status::Shown {
        return why_not(row);
    }
    interval(row).unwrap_or_else(|| match row.kind() {
        Kind::Event | Kind::Stock | Kind::Sum => "a full count".to_owned(),
        _ => "no interval".to_owned(),
    })
}

pub(super) fn statuses(rows: &[&Released]) -> Vec<Status> {
    rows.iter().map(|row| row.status()).collect()
}

/// Several metrics for everyone, a row a metric, missing ones too.
fn several(shelf: Shelf<'_>, request: &Request) -> TableText {
    let mut rows = Vec::new();
    let mut found: Vec<&Released> = Vec::new();
    let mut missing = false;
    for name in &request.metrics {
        let one = Request {
            metrics: vec![name.clone()],
            ..request.clone()
        };
        let values = shelf.everyone(&one);
        let Some(row) = values.first() else {
            missing = true;
            let cells = [shelf.label(name), "[x]".to_owned(), shelf.why_missing(&one)];
            let rest = ["[x]".to_owned(), shelf.dates(&one, &[])];
            rows.push(cells.into_iter().chain(rest).collect());
            continue;
        };
        found.push(row);
        let metric = shelf.metric(name);
        let base = base_words(row, metric).unwrap_or_else(|| match row.status() {
            Status::Shown => "the figure itself".to_owned(),
            _ => base(row),
        });
        let cells = [shelf.label(name), figure(row), interval_cell(row)];
        let rest = [base, shelf.dates(&one, &values)];
        rows.push(cells.into_iter().chain(rest).collect());
    }
    let mut statuses = statuses(&found);
    if missing {
        statuses.push(Status::NotAvailable);
    }
    let columns = [
        ("Measure".to_owned(), Column::Name),
        ("Figure".to_owned(), Column::Number),
        (interval_heading(&found), Column::Words),
        ("Base".to_owned(), Column::Words),
        ("Dates".to_owned(), Column::Words),
    ];
    TableText {
        caption: format!("Everyone, {}", shelf.facts.reported.in_words()),
        columns: columns.into(),
        rows,
        statuses,
    }
}

/// One question (and group) of a distribution.
struct Asked<'a> {
    item: Option<&'a str>,
    rows: Vec<&'a Released>,
}

/// A table for each set of questions that have the same answers.
fn distributions(shelf: Shelf<'_>, request: &Request, rows: &[&Released]) -> Vec<TableText> {
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for row in rows.iter().copied() {
        let item = row.key().item.as_deref();
        let same = asked.iter_mut().find(|asked| {
            let first = asked.rows.first().map(|first| &first.key().group);
            asked.item == item && first == Some(&row.key().group)
        });
        match same {
            Some(asked) => asked.rows.push(row),
            None => asked.push(Asked {
                item,
                rows: vec![row],
            }),
        }
    }
    let mut scales: Vec<(Vec<&str>, Vec<Asked<'_>>)> = Vec::new();
    for asked in asked {
        let answers: Vec<&str> = asked
            .rows
            .iter()
            .filter_map(|row| row.key().answer.as_ref().map(Level::as_str))
            .collect();
        match scales.iter_mut().find(|(known, _)| *known == answers) {
            Some((_, questions)) => questions.push(asked),
            None => scales.push((answers, vec![asked])),
        }
    }
    scales
        .into_iter()
        .map(|(answers, questions)| distribution(shelf, request, (&answers, &questions)))
        .collect()
}

fn distribution(
    shelf: Shelf<'_>,
    request: &Request,
    (answers, questions): (&[&str], &[Asked<'_>]),
) -> TableText {
    let mut columns = vec![("Question".to_owned(), Column::Name)];
    columns.extend(request.by.iter().map(heading));
    columns.extend(
        answers
            .iter()
            .map(|answer| ((*answer).to_owned(), Column::Number)),
    );
    columns.push(("Answers".to_owned(), Column::Number));
    let mut rows = Vec::new();
    for asked in questions {
        let mut cells = vec![asked.item.map_or_else(
            || shelf.label(request.metric()),
            |item| shelf.question(item),
        )];
        if let Some(first) = asked.rows.first() {
            cells.extend(group_cells(first, request.by.len()));
        }
        cells.extend(asked.rows.iter().map(|row| figure(row)));
        let shown = asked.rows.iter().find(|row| row.status() == Status::Shown);
        let cited = shown.or(asked.rows.first());
        cells.push(cited.map_or_else(String::new, |row| base(row)));
        rows.push(cells);
    }
    let all: Vec<&Released> = questions
        .iter()
        .flat_map(|q| q.rows.iter().copied())
        .collect();
    let title = title(shelf, request);
    TableText {
        caption: format!(
            "{title}. Share of valid answers, {}. Intervals are in results.csv.",
            shelf.dates(request, &all)
        ),
        columns,
        rows,
        statuses: statuses(&all),
    }
}

/// A metric over the periods there are, oldest first.
pub(super) fn trend(shelf: Shelf<'_>, request: &Request, index: usize) -> String {
    let mut rows = shelf.pick(&Pick {
        metric: request.metric(),
        by: &[],
        item: request.item.as_deref(),
        statistic: Statistic::Value,
        period: None,
    });
    rows.retain(|row| row.key().period.label != "all" && row.key().answer.is_none());
    if rows.is_empty() {
        return nothing(&shelf.why_missing(request));
    }
    rows.sort_by(|a, b| a.key().period.cmp(&b.key().period));
    let metric = shelf.metric(request.metric());
    let noun = metric.map_or(Some("base"), base_noun);
    let mut columns = vec![
        ("Period".to_owned(), Column::Name),
        (shelf.label(request.metric()), Column::Number),
        (interval_heading(&rows), Column::Words),
    ];
    columns.extend(noun.map(|noun| (capital(noun), Column::Number)));
    let cells = |row: &&Released| {
        let dates = capital(&period_words(&row.key().period, metric));
        let mut cells = vec![dates, figure(row), interval_cell(row)];
        if noun.is_some() {
            cells.push(base(row));
        }
        cells
    };
    let table = TableText {
        caption: format!("{}, over time", shelf.label(request.metric())),
        columns,
        rows: rows.iter().map(cells).collect(),
        statuses: statuses(&rows),
    };
    table.html(&format!("t{index}"))
}
