//! The supplementary turnover workbook: a row a group with rounded counts and
//! published rates. A published rate stands as published; the rate over the
//! start is made of the counts. Hidden counts stay hidden.

use super::cells::{Figures, WORKFORCE};
use super::levels::{Of, column};
use super::turnover::{Four, NHS_ENGLAND, Place, told_unbalanced, unreadable};
use super::{Made, Said, periods, publication};
use crate::data::Table;
use crate::data::benchmark::{Benchmark, Given};
use crate::vocabulary::text;
use staywise_core::domain::Severity;

const NOTE: &str = "Leavers of active service (maternity leave and career breaks count as \
leaving); counts are rounded and small ones hidden by the publisher, so rates made of them are \
near, not exact.";

/// Columns of the four counts, by their names.
const COUNTS: [&[&str]; 4] = [
    &["denominator_at_start_of_period"],
    &["joiner", "joiners"],
    &["leaver", "leavers"],
    &["denominator_at_end_of_period"],
];
/// Columns of the published rates: name, measure and definition.
const RATES: [(&str, &str, &str); 3] = [
    ("leaver_rate", "leaver_rate", NHS_ENGLAND),
    ("joiner_rate", "joiner_rate", NHS_ENGLAND),
    ("stability_index", "stability", "nhs_england_stability"),
];

/// Columns that are read.
struct Columns<'a> {
    counts: [Option<Figures<'a>>; 4],
    rates: [Option<Figures<'a>>; 3],
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Self {
        let figures =
            |names: &[&str]| column(table, names).map(|column| Figures::of(column, &WORKFORCE));
        Self {
            counts: COUNTS.map(figures),
            rates: RATES.map(|(name, ..)| figures(&[name])),
        }
    }

    fn four(&self, row: usize) -> Four {
        let given = |figures: &Option<Figures<'_>>| {
            figures
                .as_ref()
                .map_or(Given::NotAvailable, |f| f.given(row))
        };
        let [a, b, c, d] = &self.counts;
        [given(a), given(b), given(c), given(d)]
    }
}

/// Makes flows and rates.
pub(super) fn build(table: &Table, file: &[&Table], made: &mut Made) {
    let columns = Columns::of(table);
    let Some(period) = column(table, &["period"]) else {
        made.unused += table.rows();
        return;
    };
    for figures in columns.counts.iter().chain(&columns.rates).flatten() {
        unreadable(table, figures, made);
    }
    let divisor = per_cent_or_share(file);
    if divisor.is_none() && columns.rates.iter().any(Option::is_some) {
        made.found(table, &undecided(table));
    }
    let not: Vec<&str> = COUNTS
        .iter()
        .flat_map(|names| names.iter().copied())
        .chain(RATES.iter().map(|(name, ..)| *name))
        .chain(["period", "type"])
        .collect();
    let of = Of::all_but(table, &not);
    let kinds = column(table, &["type"]);
    let publication = publication(table);
    let mut unbalanced = (0, None);
    for row in 0..table.rows() {
        let place = Place {
            levels: of.levels(row),
            period: periods::of_cell(period.cells.cell(row), periods::Dates::TheirMonths),
            publication: publication.clone(),
            row: table.row_numbers.get(row).copied().unwrap_or(0),
            note: NOTE,
        };
        let four = columns.four(row);
        let in_fte = kinds.is_some_and(|kinds| text::slug(&kinds.cells.cell(row).text()) == "fte");
        let mut figures: Vec<Benchmark> = if in_fte {
            vec![place.rate_in_fte(&four)]
        } else {
            let flow = place.flow(&four);
            if flow.unexplained().is_some_and(|n| n != 0) {
                unbalanced.0 += 1;
                unbalanced.1.get_or_insert(row);
            }
            made.all.flows.push(flow);
            place.rates(&four).into()
        };
        if let Some(divisor) = divisor {
            published(&mut figures, &columns, (row, in_fte, divisor), &place);
        }
        made.all.figures.extend(figures);
    }
    told_unbalanced(table, unbalanced, made);
}

/// Puts the published rates in the stead of those made of rounded counts.
fn published(
    figures: &mut Vec<Benchmark>,
    columns: &Columns<'_>,
    (row, in_fte, divisor): (usize, bool, f64),
    place: &Place,
) {
    for ((_, measure, definition), rate) in RATES.iter().zip(&columns.rates) {
        let Some(rate) = rate else {
            continue;
        };
        let given = match rate.given(row) {
            Given::Value(value) => Given::Value(value / divisor),
            other => other,
        };
        let wanted = match (in_fte, *definition) {
            (true, NHS_ENGLAND) => "nhs_england_fte",
            (true, _) => "nhs_england_stability_fte",
            (false, own) => own,
        };
        let there = figures
            .iter_mut()
            .find(|figure| *figure.measure == **measure && figure.definition == wanted);
        let column = Some(rate.column().place().into());
        match there {
            // A rate that is not shown says less than the counts that are.
            Some(figure) if given == Given::NotAvailable => figure.column = None,
            Some(figure) => {
                figure.given = given;
                figure.column = column;
            }
            None => figures.push(Benchmark {
                label: rate.column().header.as_str().into(),
                column,
                ..place.figure((measure, wanted), given)
            }),
        }
    }
}

/// What published rates are divided by to be shares: decided by all sheets of
/// the file, first by the counts beside the rates, else by the stability
/// indices, which are near one or near a hundred.
fn per_cent_or_share(file: &[&Table]) -> Option<f64> {
    let (mut stated, mut made, mut highest) = (0.0_f64, 0.0_f64, f64::NEG_INFINITY);
    for table in file {
        let columns = Columns::of(table);
        let [leaver, _, stability] = &columns.rates;
        for row in 0..table.rows() {
            let [start, _, leavers, end] = columns.four(row);
            let own = leaver
                .as_ref()
                .and_then(|figures| figures.given(row).value());
            if let (Some(own), Some(start), Some(end), Some(leavers)) =
                (own, start.value(), end.value(), leavers.value())
                && start + end > 0.0
                && leavers > 0.0
            {
                stated += own;
                made += 2.0 * leavers / (start + end);
            }
        }
        let indices = stability.iter().flat_map(Figures::distinct);
        highest = indices
            .filter_map(|w| w.given.value())
            .fold(highest, f64::max);
    }
    if made > 0.0 {
        return Some(if stated / made > 10.0 { 100.0 } else { 1.0 });
    }
    highest
        .is_finite()
        .then_some(if highest > 1.5 { 100.0 } else { 1.0 })
}

fn undecided(table: &Table) -> Said<'static> {
    Said {
        rule: "share-or-per-cent",
        severity: Severity::Warning,
        row: (table.rows() > 0).then_some(0),
        count: 1,
        message: "Whether the published rates are shares or per cent cannot be told: no row has \
                  counts and a rate, and there is no stability index. They were not used.",
        remedy: "Give the publisher's whole workbook, with the sheets that have counts.",
    }
}
