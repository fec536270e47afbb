//! Who is in a comparison: the flow of people from everyone to those who are
//! compared, and how alike the two groups are. Takes no count from another.

use super::comparison::chosen;
use super::frame::{Figure, tried};
use super::{Page, nothing};
use crate::chart::figure::{HIDDEN, count, shorthand};
use crate::chart::{
    Alike, Caption, ChartError, FlowBox, MOST_ROWS, balance as draw_balance, flow as draw_flow,
    standardised,
};
use crate::report::cells::Cell;
use crate::report::evidence::{Balance, Comparison, FlowStep, Guard};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::table::{Column, Text};
use staywise_core::domain::Status;

/// The flow of people of the first comparison, or of the one that is named.
pub(super) fn flow(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let of = match first(page, request) {
        Ok(of) => of,
        Err(why) => return Ok(page.without(&why)),
    };
    if of.flow.is_empty() {
        return Ok(nothing(&phrases::NO_FLOW.say([&of.title])));
    }
    let title = phrases::TITLE_FLOW.say([&of.title]);
    let boxes: Vec<FlowBox> = of.flow.iter().map(boxed).collect();
    let drawing = if boxes.len() > MOST_ROWS {
        Err(phrases::TOO_MANY.say([]))
    } else {
        let id = format!("c{}", page.index);
        let caption = Caption {
            id: &id,
            title: &title,
            description: &in_words(&boxes),
            base: "",
        };
        Ok(draw_flow(&boxes, &caption))
    };
    let figure = Figure {
        title: title.clone(),
        lead: phrases::LEAD_FLOW.html([], page.terms),
        caution: None,
        drawing: tried(drawing)?,
        table: flow_table(of, title),
        source: phrases::FLOW_SOURCE.html([], page.terms),
        level: None,
    };
    Ok(figure.set(page))
}

fn first<'a>(page: &Page<'a>, request: &Request) -> Result<&'a Comparison, String> {
    let found = chosen(page.shelf, request)?;
    let first = found.first().copied();
    first.ok_or_else(|| phrases::NO_COMPARISON.say([]))
}

/// A count in words, or that it is hidden.
fn people(n: Option<u64>) -> String {
    match n {
        Some(n) => count(n),
        None => format!("{} {HIDDEN}", shorthand(Status::Confidential)),
    }
}

fn boxed(step: &FlowStep) -> FlowBox {
    FlowBox {
        label: step.label.clone(),
        count: match step.count {
            Some(n) => phrases::PEOPLE_COUNT.say([&count(n)]),
            None => people(None),
        },
        out: step
            .out
            .iter()
            .map(|(why, n)| (why.clone(), people(*n)))
            .collect(),
    }
}

fn in_words(boxes: &[FlowBox]) -> String {
    let told: Vec<String> = boxes
        .iter()
        .map(|one| {
            let out: String = one
                .out
                .iter()
                .map(|(why, n)| format!(" {}: {n}.", phrases::WENT_OUT.say([why])))
                .collect();
            format!("{}: {}.{out}", one.label, one.count)
        })
        .collect();
    told.join(" ")
}

fn flow_table(of: &Comparison, title: String) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (phrases::COLUMN_STEP.say([]), Column::Name),
            (phrases::COLUMN_PEOPLE.say([]), Column::Number),
        ],
        ..Text::default()
    };
    for step in &of.flow {
        let cell = counted(&mut table, step.count);
        table.rows.push(vec![Cell::words(step.label.clone()), cell]);
        for (why, n) in &step.out {
            let cell = counted(&mut table, *n);
            let why = phrases::WENT_OUT.say([why]);
            table.rows.push(vec![Cell::words(why), cell]);
        }
    }
    table
}

/// A count's cell; a hidden one has its mark, which the table explains.
fn counted(table: &mut Text, n: Option<u64>) -> Cell {
    n.map_or_else(
        || {
            table.mark(Status::Confidential, HIDDEN);
            Cell::words(shorthand(Status::Confidential))
        },
        Cell::count,
    )
}

/// How alike the groups of the first comparison are, or of the one named.
pub(super) fn balance(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let of = match first(page, request) {
        Ok(of) => of,
        Err(why) => return Ok(page.without(&why)),
    };
    if of.balance.is_empty() || matches!(of.guard, Guard::Refused { .. }) {
        return Ok(nothing(&phrases::NO_BALANCE.say([&of.title])));
    }
    let title = phrases::TITLE_BALANCE.say([&of.title]);
    let rows: Vec<Alike> = of.balance.iter().map(alike).collect();
    let hidden = rows.iter().all(|r| r.before.is_none() && r.after.is_none());
    let drawing = if rows.len() > MOST_ROWS {
        Err(phrases::TOO_MANY.say([]))
    } else if hidden {
        Err(phrases::THIS_HIDDEN.say([]))
    } else {
        let id = format!("c{}", page.index);
        let caption = Caption {
            id: &id,
            title: &title,
            description: &differences(&rows),
            base: "",
        };
        Ok(draw_balance(&rows, &caption))
    };
    let figure = Figure {
        title: title.clone(),
        lead: phrases::LEAD_BALANCE.html([], page.terms),
        caution: None,
        drawing: tried(drawing)?,
        table: balance_table(of, title),
        source: phrases::BALANCE_SOURCE.html([&of.compared, &of.comparator], page.terms),
        level: None,
    };
    Ok(figure.set(page))
}

fn alike(of: &Balance) -> Alike {
    let label = match of.level.as_str() {
        "" => of.covariate.clone(),
        level => phrases::BALANCE_LABEL.say([&of.covariate, level]),
    };
    Alike {
        label,
        before: of.before,
        after: of.after,
    }
}

fn differences(rows: &[Alike]) -> String {
    let said = |value: Option<f64>| value.map_or_else(|| people(None), standardised);
    let told: Vec<String> = rows
        .iter()
        .map(|row| match (row.before, row.after) {
            (Some(_), None) => format!("{}: {}.", row.label, said(row.before)),
            (None, None) => format!("{}: {}.", row.label, people(None)),
            _ => format!(
                "{}: {}, then {}.",
                row.label,
                said(row.before),
                said(row.after)
            ),
        })
        .collect();
    told.join(" ")
}

fn balance_table(of: &Comparison, title: String) -> Text {
    let mut table = Text {
        title,
        columns: vec![
            (phrases::COLUMN_COVARIATE.say([]), Column::Name),
            (phrases::COLUMN_BALANCE_BEFORE.say([]), Column::Number),
            (phrases::COLUMN_BALANCE_AFTER.say([]), Column::Number),
        ],
        ..Text::default()
    };
    let never = of.balance.iter().all(|one| one.after.is_none());
    for one in &of.balance {
        let before = apart(&mut table, one.before);
        let after = match one.after {
            // Nobody was made alike, or the row as a whole is hidden.
            None if never && one.before.is_some() => {
                table.mark(Status::NotApplicable, &phrases::NOTHING_ASIDE.say([]));
                Cell::words(shorthand(Status::NotApplicable))
            }
            after => apart(&mut table, after),
        };
        let name = Cell::words(alike(one).label);
        table.rows.push(vec![name, before, after]);
    }
    table
}

fn apart(table: &mut Text, value: Option<f64>) -> Cell {
    value.map_or_else(
        || {
            table.mark(Status::Confidential, HIDDEN);
            Cell::words(shorthand(Status::Confidential))
        },
        |value| Cell::signed(value, 2),
    )
}
