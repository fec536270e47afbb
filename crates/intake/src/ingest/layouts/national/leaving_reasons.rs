//! NHS England's quarterly reasons for leaving: some lines of title, a row of
//! financial years of which only the first cell of each is filled, a row of
//! quarters, then a row a reason.

use super::{COLUMNS, ROWS, Shape, aside};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, collapsed, present};
use crate::vocabulary::text;

/// Recognises one.
pub(in crate::ingest::layouts) fn leaving_reasons(grid: &Grid) -> Option<Shape> {
    let years = (0..grid.rows().min(ROWS)).find(|row| has_years_over_quarters(grid, *row))?;
    let quarters = years + 1;
    let mut year = String::new();
    let mut drafts: Vec<Draft> = present(grid, quarters, quarters + 1)
        .map(|index| {
            let above = collapsed(grid.cell(years, index));
            if is_financial_year(&above) {
                year.clone_from(&above);
            }
            let below = collapsed(grid.cell(quarters, index));
            let header = match quarter(&below) {
                Some(quarter) => format!("{year} {quarter}"),
                None if below.is_empty() => above,
                None => below,
            };
            Draft::new(index, header, Role::Published)
        })
        .collect();
    if let Some(first) = drafts.first_mut().filter(|d| d.header.is_empty()) {
        "Reason for leaving".clone_into(&mut first.header);
    }
    let reason = format!(
        "row {} has financial years over the quarters of row {}",
        years + 1,
        quarters + 1
    );
    let kind = (Layout::LeavingReasons, Holds::Benchmark);
    let mut shape = Shape::new(kind, reason, quarters, drafts);
    let label = shape.drafts.first().map_or(0, |draft| draft.index);
    let totals = (shape.data_from..grid.rows()).filter(|row| is_total(grid.cell(*row, label)));
    shape.aside.extend(aside(
        "totals-row",
        "Rows of all reasons were set aside: the reasons below them are their parts.",
        totals,
    ));
    Some(shape)
}

fn has_years_over_quarters(grid: &Grid, row: usize) -> bool {
    let quarters = (0..grid.width().min(COLUMNS))
        .filter(|c| quarter(&collapsed(grid.cell(row + 1, *c))).is_some())
        .count();
    quarters >= 2
        && (0..grid.width().min(COLUMNS)).any(|c| is_financial_year(&collapsed(grid.cell(row, c))))
}

/// `2011-12`, `2011/12`.
fn is_financial_year(text: &str) -> bool {
    let Some((from, to)) = text.split_once(['-', '/', '\u{2013}']) else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    from.len() == 4 && (to.len() == 2 || to.len() == 4) && digits(from) && digits(to)
}

/// `Q1` of `Q1`, `q1`, `Quarter 1`.
fn quarter(text: &str) -> Option<&'static str> {
    match text::slug(text).as_str() {
        "q1" | "quarter_1" => Some("Q1"),
        "q2" | "quarter_2" => Some("Q2"),
        "q3" | "quarter_3" => Some("Q3"),
        "q4" | "quarter_4" => Some("Q4"),
        _ => None,
    }
}

fn is_total(cell: &Cell) -> bool {
    const TOTALS: [&str; 6] = [
        "all reasons",
        "all reasons for leaving",
        "all leavers",
        "total leavers",
        "all",
        "total reasons for leaving",
    ];
    matches!(cell, Cell::Text(words) if TOTALS.contains(&text::words(words).as_str()))
}
