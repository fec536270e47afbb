//! What changed and why: from the earlier figure to the later one through
//! data, definition, who is there and what they do, in that order. The parts
//! come as they were worked out; only the levels between them are summed for
//! the drawing.

use super::Page;
use super::frame::{Figure, tried};
use super::scale::Scale;
use crate::chart::figure::shorthand;
use crate::chart::text::escape;
use crate::chart::{Caption, ChartError, Stand, Step, waterfall};
use crate::report::cells::Cell;
use crate::report::evidence::{Cause, Changed};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::table::{Column, Text};
use crate::report::words::{capital, dimension_name};
use staywise_core::domain::{Interval, Status, Unit};

/// Every change that was taken apart, or those of one metric.
pub(super) fn changed(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let all = &page.shelf.facts.evidence.changed;
    let wanted = request.metric();
    let found: Vec<&Changed> = all
        .iter()
        .filter(|one| wanted.is_empty() || one.metric == wanted)
        .collect();
    if found.is_empty() {
        let why = match wanted {
            "" => phrases::NO_CHANGED.say([]),
            metric => phrases::NO_CHANGED_OF.say([&page.shelf.label(metric)]),
        };
        return Ok(page.without(&why));
    }
    let mut html = String::new();
    for (part, one) in found.into_iter().enumerate() {
        html.push_str(&told(page, one, part)?);
    }
    Ok(html)
}

fn cause(of: Cause) -> String {
    match of {
        Cause::Data => phrases::CAUSE_DATA.say([]),
        Cause::Definition => phrases::CAUSE_DEFINITION.say([]),
        Cause::Mix => phrases::CAUSE_MIX.say([]),
        Cause::Rate => phrases::CAUSE_RATE.say([]),
        Cause::Remainder => phrases::CAUSE_REMAINDER.say([]),
    }
}

/// The limits of the parts that may have some.
fn limits((of, _, interval): &(Cause, f64, Option<Interval>)) -> Option<(f64, f64)> {
    let may = matches!(of, Cause::Mix | Cause::Rate);
    let interval = interval.filter(|_| may)?;
    Some((interval.lower, interval.upper))
}

fn told(page: &mut Page<'_>, of: &Changed, part: usize) -> Result<String, ChartError> {
    let unit = page
        .shelf
        .metric(&of.metric)
        .map_or(Unit::Fraction, |metric| metric.unit);
    let parts = of.parts.iter().map(|(_, change, _)| *change);
    let scale = Scale::of(unit, [of.figures.0, of.figures.1].into_iter().chain(parts));
    let (before, after) = (of.periods.0.in_words(), of.periods.1.in_words());
    let title = phrases::TITLE_CHANGED.say([&of.label, &before, &after]);
    let steps = steps(of, scale);
    let described: Vec<String> = steps
        .iter()
        .map(|step| match step.aside.as_str() {
            "" => format!("{}: {}.", step.label, step.words),
            aside => format!("{}: {}, {aside}.", step.label, step.words),
        })
        .collect();
    let id = format!("c{}-{part}", page.index);
    let caption = Caption {
        id: &id,
        title: &title,
        description: &described.join(" "),
        base: "",
    };
    let drawing = waterfall(&steps, unit, &caption);
    let mut source = phrases::CHANGED_SOURCE.html([], page.terms);
    if let Some(by) = &of.by {
        let by = dimension_name(by.as_str());
        source = format!("{source} {}", phrases::CHANGED_BY.html([&by], page.terms));
    }
    let figure = Figure {
        title: title.clone(),
        lead: escape(&of.sentence),
        caution: None,
        drawing: tried(Ok(drawing))?,
        table: table(of, title, scale),
        source,
        level: None,
    };
    Ok(figure.set(page))
}

fn steps(of: &Changed, scale: Scale) -> Vec<Step> {
    let level = |label: String, at: f64| Step {
        label: capital(&label),
        words: scale.level(at),
        aside: String::new(),
        stand: Stand::Level(at),
    };
    let mut steps = vec![level(of.periods.0.in_words(), of.figures.0)];
    let mut at = of.figures.0;
    for part in &of.parts {
        let (name, change, _) = part;
        let reach = limits(part);
        steps.push(Step {
            label: cause(*name),
            words: scale.change(*change),
            aside: reach.map_or_else(String::new, |reach| scale.reach(reach)),
            stand: Stand::Change {
                from: at,
                to: at + change,
                reach,
            },
        });
        at += change;
    }
    steps.push(level(of.periods.1.in_words(), of.figures.1));
    steps
}

fn table(of: &Changed, title: String, scale: Scale) -> Text {
    let none = || Cell::words(shorthand(Status::NotApplicable));
    let mut table = Text {
        title,
        columns: vec![
            (phrases::COLUMN_PART.say([]), Column::Name),
            (scale.level_heading(), Column::Number),
            (scale.change_heading(), Column::Number),
            (phrases::COLUMN_LOWER_PLAIN.say([]), Column::Number),
            (phrases::COLUMN_UPPER_PLAIN.say([]), Column::Number),
        ],
        ..Text::default()
    };
    table.mark(Status::NotApplicable, &phrases::NOT_A_CHANGE.say([]));
    let figure = |period: String, value: f64| {
        let name = Cell::words(capital(&period));
        vec![name, scale.level_cell(value), none(), none(), none()]
    };
    table
        .rows
        .push(figure(of.periods.0.in_words(), of.figures.0));
    for part in &of.parts {
        let (name, change, _) = part;
        let mut cells = vec![
            Cell::words(cause(*name)),
            none(),
            scale.change_cell(*change),
        ];
        cells.extend(match limits(part) {
            Some((lower, upper)) => [lower, upper].map(|limit| scale.change_cell(limit)),
            None => [none(), none()],
        });
        table.rows.push(cells);
    }
    table
        .rows
        .push(figure(of.periods.1.in_words(), of.figures.1));
    table
}
