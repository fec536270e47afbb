//! The Civil Service People Survey over the years: a row a year, a measure a
//! column; or a row a year and measure, with the lowest, the median and the
//! highest of the organisations.

use super::cells::{Figures, SURVEY};
use super::people_survey::{divisor, measure, share};
use super::turnover::{Place, unreadable};
use super::{Made, periods, publication};
use crate::data::benchmark::{Benchmark, Level};
use crate::data::{Table, TableColumn};
use crate::vocabulary::text;
use std::sync::Arc;

const NOTE: &str = "Civil servants, another sector than health and care. Scores of organisations are \
their lowest, median and highest, not of all answers together. Rounded to whole per cent.";

/// Whether a table has a row a year.
pub(super) fn are_years(table: &Table) -> bool {
    let first = table.columns.first();
    first.is_some_and(|column| text::fold(&column.header) == "year")
}

/// Makes the figures.
pub(super) fn build(table: &Table, file: &[&Table], made: &mut Made) {
    let Some((years, others)) = table.columns.split_first() else {
        return;
    };
    let is_name = |column: &&TableColumn| text::fold(&column.header) == "measure";
    let names = others.iter().find(is_name);
    let divisor = divisor(file);
    let publication = publication(table);
    for column in others.iter().filter(|column| !is_name(column)) {
        let figures = Figures::of(column, &SURVEY);
        unreadable(table, &figures, made);
        let header = without_per_cent(&column.header);
        let level = names.map_or("All", |_| header);
        let levels: Arc<[Level]> = Arc::new([Level::new("overall", level)]);
        for row in 0..table.rows() {
            let named = names.map(|names| text::tidy(&names.cells.cell(row).text()));
            let label = named.as_deref().map_or(header, without_per_cent);
            let place = Place {
                levels: levels.clone(),
                period: periods::labelled(&years.cells.cell(row).text()),
                publication: publication.clone(),
                row: table.row_numbers.get(row).copied().unwrap_or(0),
                note: NOTE,
            };
            let given = share(&figures, row, divisor);
            made.all.figures.push(Benchmark {
                label: label.into(),
                column: Some(column.place().into()),
                ..place.figure((&measure(label), "people_survey_trend"), given)
            });
        }
    }
}

/// A name without what stands in brackets behind it: `PERMA Index` of `PERMA
/// Index (indicates employees flourishing) (%)`.
fn without_per_cent(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(bare, _)| bare).trim()
}
