//! Control charts, where the study asks for them: each period marked as usual
//! or not, with the limits it was judged by. Judges nothing itself, and says
//! why where there is no chart.

use super::Page;
use super::comparison::paragraph;
use super::frame::{Figure, tried};
use super::trend::short;
use crate::chart::figure::{amount, shorthand};
use crate::chart::text::escape;
use crate::chart::{
    Caption, Cause, ChartError, Charted, ControlChart, MOST_ROWS, cause_words,
    control as draw_control,
};
use crate::report::cells::Cell;
use crate::report::evidence::{Control, Signal};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::table::{Column, Text};
use crate::report::words::capital;
use staywise_core::domain::{Status, Unit};

/// Every control chart, or those of the metric that is named.
pub(super) fn control(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let all = &page.shelf.facts.evidence.control;
    let wanted = request.metric();
    let found: Vec<&Control> = all
        .iter()
        .filter(|one| wanted.is_empty() || one.metric == wanted)
        .collect();
    if found.is_empty() {
        let why = match wanted {
            "" => phrases::NO_CONTROL.say([]),
            metric => phrases::NO_CONTROL_OF.say([&page.shelf.label(metric)]),
        };
        return Ok(page.without(&why));
    }
    let mut html = String::new();
    for (part, one) in found.into_iter().enumerate() {
        html.push_str(&charted(page, one, part)?);
    }
    Ok(html)
}

fn cause(of: Signal) -> Cause {
    match of {
        Signal::CommonCause => Cause::Common,
        Signal::Improvement => Cause::Better,
        Signal::Concern => Cause::Worse,
        Signal::Neutral => Cause::Either,
    }
}

fn charted(page: &mut Page<'_>, of: &Control, part: usize) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let title = phrases::TITLE_CONTROL.say([&shelf.label(&of.metric)]);
    let notes: Vec<&str> = of
        .assurance
        .iter()
        .chain(&of.notes)
        .map(String::as_str)
        .collect();
    if of.points.is_empty() {
        let why = if notes.is_empty() {
            phrases::NO_CONTROL_OF.say([&shelf.label(&of.metric)])
        } else {
            notes.join(" ")
        };
        let heading = format!("<h3>{}</h3>\n", escape(&title));
        return Ok(format!("{heading}{}", paragraph(&why)));
    }
    let unit = shelf
        .metric(&of.metric)
        .map_or(Unit::Rate, |metric| metric.unit);
    let drawing = if of.points.len() > MOST_ROWS {
        Err(phrases::TOO_MANY.say([]))
    } else {
        let id = format!("c{}-{part}", page.index);
        let caption = Caption {
            id: &id,
            title: &title,
            description: &in_words(of, unit),
            base: "",
        };
        Ok(draw_control(&chart(of, unit), &caption))
    };
    let plain = phrases::LEAD_CONTROL.html([&of.kind], page.terms);
    let lead = match of.target {
        Some(target) => {
            let target = amount(unit, target);
            let words = phrases::LEAD_CONTROL_TARGET.html([&target], page.terms);
            format!("{plain} {words}")
        }
        None => plain,
    };
    let figure = Figure {
        title: title.clone(),
        lead,
        caution: (!notes.is_empty()).then(|| notes.join(" ")),
        drawing: tried(drawing)?,
        table: table(of, title, unit),
        source: phrases::CONTROL_SOURCE.html([], page.terms),
        level: None,
    };
    Ok(figure.set(page))
}

fn chart(of: &Control, unit: Unit) -> ControlChart {
    let points = of.points.iter().enumerate();
    ControlChart {
        points: points
            .map(|(index, (period, value, signal))| Charted {
                label: short(period),
                value: *value,
                cause: cause(*signal),
                limits: of.limits.get(index).copied(),
            })
            .collect(),
        target: of.target,
        unit,
    }
}

fn in_words(of: &Control, unit: Unit) -> String {
    let told: Vec<String> = of
        .points
        .iter()
        .map(|(period, value, signal)| {
            let marked = cause_words(cause(*signal));
            format!(
                "{}: {}, {marked}.",
                capital(&period.in_words()),
                amount(unit, *value)
            )
        })
        .collect();
    told.join(" ")
}

fn table(of: &Control, title: String, unit: Unit) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (phrases::COLUMN_PERIOD.say([]), Column::Name),
            (phrases::COLUMN_FIGURE.say([]), Column::Number),
            (phrases::COLUMN_MARKED.say([]), Column::Words),
            (phrases::COLUMN_MEAN.say([]), Column::Number),
            (phrases::COLUMN_LIMIT_LOWER.say([]), Column::Number),
            (phrases::COLUMN_LIMIT_UPPER.say([]), Column::Number),
        ],
        ..Text::default()
    };
    for (index, (period, value, signal)) in of.points.iter().enumerate() {
        let mut cells = vec![
            Cell::words(capital(&period.in_words())),
            Cell::amount(unit, *value),
            Cell::words(cause_words(cause(*signal))),
        ];
        let none = || Cell::words(shorthand(Status::NotApplicable));
        let limits = of.limits.get(index);
        for limit in limits.map_or([None; 3], |(a, b, c)| [Some(*a), Some(*b), Some(*c)]) {
            cells.push(limit.map_or_else(none, |limit| Cell::amount(unit, limit)));
        }
        if limits.is_none() {
            table.mark(Status::NotApplicable, "");
        }
        table.rows.push(cells);
    }
    table.notes = of.assurance.iter().chain(&of.notes).cloned().collect();
    table
}
