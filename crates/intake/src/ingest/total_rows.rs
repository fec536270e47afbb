//! Rows that look like totals though they are not named so: `England`, `All
//! staff`. They are told where their figures are the sums of the others, and
//! never dropped: a region may be a row like any other.

use super::findings::finding;
use crate::data::{Cell, Holds, Table};
use crate::vocabulary::{cells, text};
use staywise_core::domain::{Finding, Severity};

const NAMES: [&str; 14] = [
    "all",
    "all staff",
    "all staff groups",
    "all organisations",
    "all trusts",
    "all respondents",
    "all regions",
    "england",
    "wales",
    "scotland",
    "great britain",
    "united kingdom",
    "national",
    "overall",
];
/// Rows of a table looked at: published tables are short, lists of people are
/// long and have no such rows.
const ROWS: usize = 20_000;

/// Tells of rows that sum the others.
pub(crate) fn told(table: &Table) -> Vec<Finding> {
    if table.holds != Holds::Other || table.rows() > ROWS {
        return Vec::new();
    }
    let figures: Vec<Vec<Option<f64>>> = table
        .columns
        .iter()
        .map(|column| {
            let read = column.cells.read(|cell| match cell {
                Cell::Moment(_) => None,
                cell => cells::number(cell),
            });
            let of = |code: &u32| usize::try_from(*code).ok().and_then(|c| *read.get(c)?);
            column.cells.codes.iter().map(of).collect()
        })
        .collect();
    (0..table.rows())
        .filter(|row| is_named_so(table, *row))
        .filter(|row| sums_the_others(&figures, *row))
        .map(|row| {
            finding(
                ("sums-the-others", Severity::Warning),
                table.origin(Some(row), None),
                "The figures of this row are the sums of the other rows; it was kept as a row \
                 like them, so a sum over the table counts everything twice.",
                "Take the row out of the file if the table is to be summed.",
            )
        })
        .collect()
}

fn is_named_so(table: &Table, row: usize) -> bool {
    table.columns.iter().any(|column| {
        matches!(column.cells.cell(row), Cell::Text(words)
            if words.len() <= 24 && NAMES.contains(&text::fold(words).as_str()))
    })
}

/// Whether a row has the sums of the others, once or, where the others have
/// sums among them, twice. Heads of several posts do not quite add up.
fn sums_the_others(figures: &[Vec<Option<f64>>], row: usize) -> bool {
    const LEAST: usize = 3;
    let (mut so, mut not) = (0_usize, 0_usize);
    for column in figures {
        let Some(own) = column.get(row).copied().flatten().filter(|n| *n != 0.0) else {
            continue;
        };
        let others: Vec<f64> = column.iter().flatten().copied().collect();
        if others.len() <= LEAST {
            continue;
        }
        let sum: f64 = others.iter().sum::<f64>() - own;
        let near = |times: f64| (sum - times * own).abs() <= 0.5 + 0.01 * own.abs() * times;
        if near(1.0) || near(2.0) {
            so += 1;
        } else {
            not += 1;
        }
    }
    so > 0 && so > not
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::ingest::tests::read_bytes;

    #[test]
    fn a_row_that_sums_the_others_is_told_and_kept() {
        let text = "Region,Heads,FTE\nEngland,60,50.5\nNorth,10,9\nMidlands,20,16.5\nSouth,30,25\n";
        let reading = read_bytes("x.csv", text.as_bytes());
        assert_eq!(reading.report.rows_read, 4);
        let told: Vec<Option<u32>> = reading
            .findings
            .iter()
            .filter(|f| f.rule == "sums-the-others")
            .map(|f| f.origin.row)
            .collect();
        assert_eq!(told, [Some(2)]);
        let parts =
            "Nation,Heads,FTE\nEngland,60,50.5\nWales,10,9\nScotland,20,16.5\nIreland,3,2\n";
        let reading = read_bytes("x.csv", parts.as_bytes());
        assert!(!reading.findings.iter().any(|f| f.rule == "sums-the-others"));
    }
}
