//! Tables of figures: one metric by group, several metrics for everyone, the
//! answers to each question, and a metric over the periods there are.

use super::nothing;
use crate::chart::figure::{base, figure, interval, why_not};
use crate::chart::text::escape;
use crate::report::request::Request;
use crate::report::shelf::{Pick, Shelf};
use crate::report::table::{Column, TableText};
use crate::report::words::{base_noun, base_words, capital, dates, dimension_name};
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{Dimension, Kind, Level, Metric, Statistic, Status};

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
        let table = by_group(shelf, request, &rows).html(&format!("t{index}"));
        return table + &note(waves(shelf, request));
    }
    let tables = distributions(shelf, request, &rows);
    let numbered = tables.iter().enumerate();
    let html: String = numbered
        .map(|(part, table)| table.html(&format!("t{index}-{part}")))
        .collect();
    html + &note(waves(shelf, request))
}

/// What must be said of answers that are divided by wave, where they are.
pub(super) fn waves(shelf: Shelf<'_>, request: &Request) -> Option<&'static str> {
    let by_wave = request.by.iter().any(|d| d.as_str() == "wave");
    let answered = shelf
        .metric(request.metric())
        .is_some_and(|metric| matches!(metric.grain, Grain::Response | Grain::Answer));
    (by_wave && answered).then_some(
        "A person counts once in each wave, so the waves can add up to more than everyone.",
    )
}

fn note(words: Option<&str>) -> String {
    words.map_or_else(String::new, |words| {
        format!("<p class=\"source\">{}</p>\n", escape(words))
    })
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
            let rest = ["[x]".to_owned(), capital(&shelf.dates(&one, &[]))];
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
        let rest = [base, capital(&shelf.dates(&one, &values))];
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

/// The periods from the first that has a figure, or one that may not be shown:
/// nothing is said of the time before there were data. Later gaps stay.
fn since_the_first(rows: Vec<&Released>) -> Vec<&Released> {
    let empty =
        |row: &&Released| matches!(row.status(), Status::NotApplicable | Status::NotAvailable);
    rows.into_iter().skip_while(empty).collect()
}

fn trend_heading(metric: Option<&Metric>) -> String {
    match metric.and_then(|metric| metric.horizon_months) {
        Some(1) => "Period in which the month ended".to_owned(),
        Some(months) => format!("Period in which the {months} months ended"),
        None => "Period".to_owned(),
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
    let rows = since_the_first(rows);
    if rows.is_empty() {
        let label = shelf.label(request.metric());
        return nothing(&format!("{label} has no figure in any period."));
    }
    let metric = shelf.metric(request.metric());
    let noun = metric.map_or(Some("base"), base_noun);
    let mut columns = vec![
        (trend_heading(metric), Column::Name),
        (shelf.label(request.metric()), Column::Number),
        (interval_heading(&rows), Column::Words),
    ];
    columns.extend(noun.map(|noun| (capital(noun), Column::Number)));
    let cells = |row: &&Released| {
        let dates = capital(&dates(&row.key().period, metric).in_words());
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
