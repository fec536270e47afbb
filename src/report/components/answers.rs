//! What was answered, question by question: diverging bars where answers take
//! sides, whole bars where they do not, and the tables behind them.

use super::charts::{all_confidential, all_hidden};
use super::frame::{Figure, tried};
use super::tables::{group_cells, headings, title, waves};
use super::{Page, nothing};
use crate::chart::figure::{base, figure};
use crate::chart::text::escape;
use crate::chart::{
    Answered, Caption, ChartError, MOST_ANSWERS, Question, Side, bars as draw_bars,
    likert as draw_likert,
};
use crate::report::cells::Cell;
use crate::report::facts::Asked;
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::table::{Column, Text};
use crate::report::words::capital;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Level, Status};

/// The most questions of one drawing.
const MOST_QUESTIONS: usize = 20;

/// One question (and group) of a distribution.
struct One<'a> {
    item: Option<&'a str>,
    rows: Vec<&'a Released>,
}

/// Questions that have the same answers.
struct Scale<'a> {
    answers: Vec<&'a str>,
    questions: Vec<One<'a>>,
}

/// The questions of a distribution, those with the same answers together.
fn scales<'a>(rows: &[&'a Released]) -> Vec<Scale<'a>> {
    let mut asked: Vec<One<'a>> = Vec::new();
    for row in rows.iter().copied() {
        let item = row.key().item.as_deref();
        // Rows of one question stand together.
        let same = asked.last_mut().filter(|one| {
            let first = one.rows.first().map(|first| &first.key().group);
            one.item == item && first == Some(&row.key().group)
        });
        match same {
            Some(one) => one.rows.push(row),
            None => asked.push(One {
                item,
                rows: vec![row],
            }),
        }
    }
    let mut scales: Vec<Scale<'a>> = Vec::new();
    for one in asked {
        let answers: Vec<&str> = one
            .rows
            .iter()
            .filter_map(|row| row.key().answer.as_ref().map(Level::as_str))
            .collect();
        match scales.iter_mut().find(|known| known.answers == answers) {
            Some(scale) => scale.questions.push(one),
            None => scales.push(Scale {
                answers,
                questions: vec![one],
            }),
        }
    }
    scales
}

/// A table for each set of questions that have the same answers.
pub(super) fn distributions(shelf: Shelf<'_>, request: &Request, rows: &[&Released]) -> Vec<Text> {
    scales(rows)
        .iter()
        .map(|scale| distribution(shelf, request, scale))
        .collect()
}

fn distribution(shelf: Shelf<'_>, request: &Request, scale: &Scale<'_>) -> Text {
    let mut columns = vec![(phrases::COLUMN_QUESTION.say([]), Column::Name)];
    if !request.by.is_empty() {
        columns.extend(headings(&request.by));
    }
    let answers = scale.answers.iter();
    columns.extend(answers.map(|answer| ((*answer).to_owned(), Column::Number)));
    columns.push((phrases::COLUMN_ANSWERS.say([]), Column::Number));
    let mut table = Text::default();
    for one in &scale.questions {
        let mut cells = vec![Cell::words(named(shelf, request, one.item))];
        if let Some(first) = one.rows.first().filter(|_| !request.by.is_empty()) {
            cells.extend(group_cells(first, request.by.len()));
        }
        cells.extend(one.rows.iter().map(|row| Cell::figure(row)));
        let shown = one.rows.iter().find(|row| row.status() == Status::Shown);
        cells.extend(shown.or(one.rows.first()).map(|row| Cell::base(row)));
        table.explain(&one.rows);
        table.rows.push(cells);
    }
    let all: Vec<&Released> = scale
        .questions
        .iter()
        .flat_map(|q| q.rows.clone())
        .collect();
    table.columns = columns;
    table.title = scale_title(shelf, request, scale);
    table.dates = capital(&shelf.dates(request, &all));
    table.notes.push(phrases::SHARES_NOTE.say([]));
    table
}

/// The question, where there is one only; else the metric by group.
fn scale_title(shelf: Shelf<'_>, request: &Request, scale: &Scale<'_>) -> String {
    match scale.questions.as_slice() {
        [one] => named(shelf, request, one.item),
        _ => title(shelf, request),
    }
}

/// The question as asked; the metric's label where there is no item.
pub(super) fn named(shelf: Shelf<'_>, request: &Request, item: Option<&str>) -> String {
    item.map_or_else(
        || shelf.label(request.metric()),
        |item| shelf.question(item),
    )
}

/// Which way of drawing answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sides,
    Whole,
}

/// Diverging bars for every question whose answers take sides.
pub(super) fn likert(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    drawn(page, request, Way::Sides)
}

/// Whole bars for every question whose answers take none.
pub(super) fn bars(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    drawn(page, request, Way::Whole)
}

fn drawn(page: &mut Page<'_>, request: &Request, way: Way) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let rows = shelf.asked(request);
    if rows.is_empty() {
        return Ok(page.missing(request));
    }
    let mut html = String::new();
    for (part, scale) in scales(&rows).iter().enumerate() {
        let sides = asked(shelf, scale).is_some_and(Asked::has_sides);
        if sides == (way == Way::Sides) {
            html.push_str(&one_scale(page, request, (part, scale), way)?);
        }
    }
    if html.is_empty() {
        return Ok(nothing(&phrases::NO_QUESTIONS.say([])));
    }
    Ok(html)
}

/// A figure of the questions that have one scale.
fn one_scale(
    page: &mut Page<'_>,
    request: &Request,
    (part, scale): (usize, &Scale<'_>),
    way: Way,
) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let all: Vec<&Released> = scale
        .questions
        .iter()
        .flat_map(|q| q.rows.clone())
        .collect();
    let title = scale_title(shelf, request, scale);
    let asked = asked(shelf, scale);
    let questions: Vec<Question<'_>> = scale
        .questions
        .iter()
        .take(MOST_QUESTIONS)
        .map(|one| question(named(shelf, request, one.item), one, asked))
        .collect();
    let drawing = if all_confidential(&all) {
        Err(all_hidden(request))
    } else if way == Way::Whole && scale.answers.len() > MOST_ANSWERS {
        Err(phrases::TOO_MANY.say([]))
    } else {
        let (id, described) = (format!("c{}-{part}", page.index), told(&questions));
        let caption = Caption {
            id: &id,
            title: &title,
            description: &described,
            base: &phrases::COLUMN_ANSWERS.say([]).to_lowercase(),
        };
        Ok(match way {
            Way::Sides => draw_likert(&questions, &caption),
            Way::Whole => draw_bars(&questions, &caption),
        })
    };
    let how = match way {
        Way::Sides => phrases::LEAD_LIKERT.html([], page.terms),
        Way::Whole => phrases::LEAD_BARS.html([], page.terms),
    };
    let mut table = distribution(shelf, request, scale);
    if scale.questions.len() > MOST_QUESTIONS {
        let most = MOST_QUESTIONS.to_string();
        table.notes.push(phrases::TOO_MANY_QUESTIONS.say([&most]));
    }
    let figure = Figure {
        title,
        lead: how,
        caution: None,
        drawing: tried(drawing)?,
        table,
        source: many(page, request, &all),
        level: None,
    };
    Ok(figure.set(page))
}

/// Dates and definition of many figures, none of which stands for the others,
/// as markup.
pub(super) fn many(page: &Page<'_>, request: &Request, rows: &[&Released]) -> String {
    let mut notes = vec![escape(&(capital(&page.shelf.dates(request, rows)) + "."))];
    let definition = rows.first().map(|row| row.key().definition.as_str());
    notes.extend(definition.map(|id| phrases::SOURCE_MANY.html([id], page.terms)));
    notes.extend(waves(page.shelf, request).map(|words| escape(&words)));
    notes.join(" ")
}

/// What is known of the answers that some questions share.
fn asked<'a>(shelf: Shelf<'a>, scale: &Scale<'_>) -> Option<&'a Asked> {
    let items = scale.questions.iter().filter_map(|one| one.item);
    let mut found = items.filter_map(|item| shelf.facts.question(item));
    found.next()
}

fn question<'a>(label: String, one: &One<'a>, asked: Option<&Asked>) -> Question<'a> {
    let answered = |row: &&'a Released| {
        let answer = row.key().answer.as_ref().map_or("", Level::as_str);
        Answered {
            answer: answer.to_owned(),
            side: asked.map_or(Side::Neither, |asked| asked.side(answer)),
            row,
        }
    };
    Question {
        label,
        answers: one.rows.iter().map(answered).collect(),
    }
}

/// Each question's answers in words.
fn told(questions: &[Question<'_>]) -> String {
    let told: Vec<String> = questions
        .iter()
        .map(|question| {
            let answers: Vec<String> = question
                .answers
                .iter()
                .map(|of| format!("{} {}", of.answer, figure(of.row)))
                .collect();
            let of = question.answers.first().map(|of| base(of.row));
            let label = question.label.trim_end_matches(['.', '?']);
            let of = of.unwrap_or_default();
            format!("{label} ({of}): {}.", answers.join(", "))
        })
        .collect();
    told.join(" ")
}
