//! Every question by group in one grid, and the table behind it.

use super::Page;
use super::answers::{many, named};
use super::charts::{all_confidential, all_hidden};
use super::frame::{Figure, tried};
use super::tables::title;
use crate::chart::figure::{figure, group_label, shorthand};
use crate::chart::{Caption, ChartError, Drawing, Grid, heat_map as draw_heat_map};
use crate::report::cells::Cell;
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::table::{Column, Text};
use crate::report::words::capital;
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;
use std::collections::BTreeMap;

/// The most questions and groups of a grid.
const MOST_GRID: (usize, usize) = (24, 16);

/// Every question by group in one grid, everyone first.
pub(super) fn heat_map(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let shelf = page.shelf;
    let rows = shelf.asked(request);
    if rows.is_empty() {
        return Ok(page.missing(request));
    }
    let everyone = match request.by.as_slice() {
        [] => Vec::new(),
        _ => shelf.everyone(request),
    };
    let all: Vec<&Released> = everyone.into_iter().chain(rows).collect();
    let (items, groups) = (items(&all), groups(&all));
    let fits = items.len() <= MOST_GRID.0 && groups.len() <= MOST_GRID.1;
    let title = title(shelf, request);
    let mut at: BTreeMap<(Option<&str>, String), &Released> = BTreeMap::new();
    for row in &all {
        at.insert((row.key().item.as_deref(), group_label(row)), row);
    }
    let cell = |item, group: &String| at.get(&(item, group.clone())).copied();
    let cells: Vec<Vec<Option<&Released>>> = items
        .iter()
        .map(|item| groups.iter().map(|group| cell(*item, group)).collect())
        .collect();
    let names = items.iter().map(|item| named(shelf, request, *item));
    let grid = Grid {
        rows: names.collect(),
        columns: groups.clone(),
        cells,
    };
    let drawing = if !fits {
        Err(phrases::TOO_MANY.say([]))
    } else if all_confidential(&all) {
        Err(all_hidden(request))
    } else {
        Ok(draw_grid(page, &grid, &title))
    };
    let figure = Figure {
        title,
        lead: phrases::LEAD_HEAT.html([], page.terms),
        caution: super::charts::caution(request),
        drawing: tried(drawing)?,
        table: grid_table(shelf, request, (&grid, &all)),
        source: many(page, request, &all),
        level: None,
    };
    Ok(figure.set(page))
}

fn draw_grid(page: &Page<'_>, grid: &Grid<'_>, title: &str) -> Result<Drawing, ChartError> {
    let told: Vec<String> = grid
        .rows
        .iter()
        .zip(&grid.cells)
        .map(|(name, cells)| {
            let figures: Vec<String> = grid
                .columns
                .iter()
                .zip(cells)
                .filter_map(|(group, row)| row.map(|row| format!("{group} {}", figure(row))))
                .collect();
            format!(
                "{}: {}.",
                name.trim_end_matches(['.', '?']),
                figures.join(", ")
            )
        })
        .collect();
    let (id, described) = (format!("c{}", page.index), told.join(" "));
    let caption = Caption {
        id: &id,
        title,
        description: &described,
        base: &phrases::COLUMN_ANSWERS.say([]).to_lowercase(),
    };
    draw_heat_map(grid, &caption)
}

/// The items in the order they come in.
fn items<'a>(rows: &[&'a Released]) -> Vec<Option<&'a str>> {
    let mut items = Vec::new();
    for row in rows {
        let item = row.key().item.as_deref();
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

/// The groups in the order they come in.
fn groups(rows: &[&Released]) -> Vec<String> {
    let mut groups = Vec::new();
    for row in rows {
        let group = group_label(row);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

fn grid_table(shelf: Shelf<'_>, request: &Request, (grid, all): (&Grid<'_>, &[&Released])) -> Text {
    let mut columns = vec![(phrases::COLUMN_QUESTION.say([]), Column::Name)];
    let groups = grid.columns.iter().cloned();
    columns.extend(groups.map(|group| (group, Column::Number)));
    let mut table = Text {
        title: title(shelf, request),
        dates: capital(&shelf.dates(request, all)),
        columns,
        notes: vec![phrases::SHARES_NOTE.say([])],
        ..Text::default()
    };
    table.explain(all);
    for (name, cells) in grid.rows.iter().zip(&grid.cells) {
        let mut row = vec![Cell::words(name.clone())];
        for cell in cells {
            row.push(match cell {
                Some(cell) => Cell::figure(cell),
                None => {
                    table.mark(Status::NotAvailable, "");
                    Cell::words(shorthand(Status::NotAvailable))
                }
            });
        }
        table.rows.push(row);
    }
    table
}
