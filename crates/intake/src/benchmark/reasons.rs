//! Reasons for leaving by financial quarter: each reason's number, and its
//! share of all leavers of the quarter. Leavers of unknown reason are in that
//! base and have a row of their own: a share of the known alone says more than
//! anyone knows.

use super::cells::{Figures, REASONS, count, share};
use super::turnover::{Place, unreadable};
use super::{Made, Said, periods, publication};
use crate::data::benchmark::{Benchmark, Given, Level, Unit};
use crate::data::{Table, TableColumn};
use crate::vocabulary::{leaving_reasons, nearest, text};
use staywise_core::domain::Severity;

const NOTE: &str = "Reasons as recorded by employers; the share of unknown reasons is large and \
differs between organisations. Leavers here include ends of fixed terms and transfers.";

/// Makes numbers and shares.
pub(super) fn build(table: &Table, made: &mut Made) {
    let (names, quarters): (Vec<&TableColumn>, Vec<&TableColumn>) = table
        .columns
        .iter()
        .partition(|column| periods::labelled(&column.header).days.is_none());
    let Some(names) = names.first() else {
        made.unused += table.rows();
        return;
    };
    unknown(table, names, made);
    let publication = publication(table);
    let levels: Vec<_> = (0..table.rows()).map(|row| levels(names, row)).collect();
    for column in quarters {
        let figures = Figures::of(column, &REASONS);
        unreadable(table, &figures, made);
        let period = periods::labelled(&column.header);
        let total = total(&figures, table.rows());
        for (row, levels) in levels.iter().enumerate() {
            let place = Place {
                levels: levels.clone().into(),
                period: period.clone(),
                publication: publication.clone(),
                row: table.row_numbers.get(row).copied().unwrap_or(0),
                note: NOTE,
            };
            let given = figures.given(row);
            let label = text::tidy(&names.cells.cell(row).text());
            let at = |figure: Benchmark| Benchmark {
                label: label.as_str().into(),
                numerator: count(given),
                column: Some(column.place().into()),
                ..figure
            };
            made.all.figures.push(Benchmark {
                unit: Unit::Count,
                ..at(place.figure(("leavers_by_reason", "as_recorded"), given))
            });
            made.all.figures.push(Benchmark {
                denominator: total.value(),
                base: count(total),
                ..at(place.figure(
                    ("leaving_reason_share", "of_all_leavers"),
                    share(given, total),
                ))
            });
        }
    }
}

/// All leavers of a quarter; not available where one reason is not, as the
/// rest is not all.
fn total(figures: &Figures<'_>, rows: usize) -> Given {
    let mut sum = 0.0;
    for row in 0..rows {
        match figures.given(row) {
            Given::Value(n) => sum += n,
            Given::Suppressed | Given::NotAvailable => return Given::NotAvailable,
        }
    }
    Given::Value(sum)
}

fn levels(names: &TableColumn, row: usize) -> Vec<Level> {
    let written = text::tidy(&names.cells.cell(row).text());
    match leaving_reasons::read(&written) {
        Some(reason) => vec![
            Level::new("leaving_sort", reason.sort.label()),
            Level::new("leaving_reason", reason.name),
        ],
        None => vec![Level::new("leaving_reason", &written)],
    }
}

fn unknown(table: &Table, names: &TableColumn, made: &mut Made) {
    let strange = |row: &usize| leaving_reasons::read(&names.cells.cell(*row).text()).is_none();
    let rows: Vec<usize> = (0..table.rows()).filter(strange).collect();
    let Some(first) = rows.first() else {
        return;
    };
    let near = nearest("leaving_reason", &names.cells.cell(*first).text());
    let remedy = near.map_or_else(String::new, |near| {
        format!("The first of them is nearest to \"{near}\".")
    });
    made.found(
        table,
        &Said {
            rule: "unknown-leaving-reason",
            severity: Severity::Warning,
            row: Some(*first),
            count: rows.len(),
            message: "Reasons that are not among the known ones were kept as written, in no group \
                      of reasons.",
            remedy: &remedy,
        },
    );
}
