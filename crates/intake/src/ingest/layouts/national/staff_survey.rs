//! The NHS Staff Survey: benchmark data (a row an organisation, a column a
//! question and year) and the older detailed spreadsheets (a row a group, a
//! column an answer, five header rows).

use super::{COLUMNS, ROWS, Shape, all, drafts, header};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, collapsed, present};
use crate::vocabulary::{staff_survey, text};

/// Recognises either.
pub(in crate::ingest::layouts) fn staff_survey(grid: &Grid) -> Option<Shape> {
    by_year(grid).or_else(|| detailed(grid))
}

/// `org_id`, `org_name`, and variables with a year behind them.
fn by_year(grid: &Grid) -> Option<Shape> {
    let row = header(grid, |names| {
        all(names, &["org_id", "org_name"])
            && names
                .iter()
                .any(|name| staff_survey::variable(name).is_some())
    })?;
    let kind = (Layout::StaffSurveyBenchmark, Holds::Benchmark);
    let reason = "it has organisations by `org_id` and questions by year".to_owned();
    Some(Shape::new(kind, reason, row, drafts(grid, row)))
}

/// Answers over `%` and bases over `n`, with the question above.
fn detailed(grid: &Grid) -> Option<Shape> {
    let options = (2..grid.rows().min(ROWS)).find(|row| is_options(grid, *row))?;
    let units = options + 1;
    let mut stem = [String::new(), String::new(), String::new()];
    let mut drafts: Vec<Draft> = Vec::new();
    for index in present(grid, units, units + 1) {
        // Number, stem and statement stand over the first column of theirs; a
        // new one ends what stood below it.
        for above in 0..3_usize {
            let Some(row) = (options + above).checked_sub(3) else {
                continue;
            };
            let words = collapsed(grid.cell(row, index));
            if !words.is_empty() {
                stem[above] = words;
                for below in stem.iter_mut().skip(above + 1) {
                    below.clear();
                }
            }
        }
        let asked: Vec<&str> = stem
            .iter()
            .map(String::as_str)
            .filter(|s| !s.is_empty())
            .collect();
        let first = drafts.is_empty();
        let header = if first {
            "Group".to_owned()
        } else {
            collapsed(grid.cell(options, index))
        };
        drafts.push(Draft {
            question: (!first).then(|| asked.join(" ")),
            ..Draft::new(index, header, Role::Published)
        });
        if first {
            stem.iter_mut().for_each(String::clear);
        }
    }
    let kind = (Layout::StaffSurveyBenchmark, Holds::Benchmark);
    let reason = format!(
        "row {} has answers and their bases, row {} says % or n",
        options + 1,
        units + 1
    );
    let mut shape = Shape::new(kind, reason, options, drafts);
    shape.data_from = units + 1;
    Some(shape)
}

fn is_options(grid: &Grid, row: usize) -> bool {
    let is = |row: usize, column: usize, wanted: &str| {
        collapsed(grid.cell(row, column)).to_lowercase() == wanted
    };
    let bases = (0..grid.width().min(COLUMNS)).filter(|column| {
        let base = text::words(&collapsed(grid.cell(row, *column)));
        base == "base number of respondents" && is(row + 1, *column, "n")
    });
    bases.count() > 0 && (0..grid.width().min(COLUMNS)).any(|column| is(row + 1, column, "%"))
}
