//! Cells merged over several rows: a spreadsheet keeps their value in the first
//! and shows it over all of them, so that it counts for every row of data that
//! they reach. Headers and cells merged over several columns are left alone.

use super::findings::finding;
use super::grid::{Grid, Value};
use super::layouts::{Draft, Shape};
use calamine::Dimensions;
use staywise_core::domain::{Finding, Origin, Severity};

/// Rows of a sheet in which merged cells are looked for: a longer one is no
/// work of a hand, and would have to be read twice.
pub(crate) const MOST_ROWS: usize = 50_000;

/// A cell merged over rows of one column, by grid rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    column: usize,
    from: usize,
    /// The last row.
    to: usize,
}

/// The areas that are one column wide and several rows high.
pub(crate) fn downward(areas: &[Dimensions]) -> Vec<Merged> {
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let high = areas
        .iter()
        .filter(|area| area.start.1 == area.end.1 && area.start.0 < area.end.0);
    let mut found: Vec<Merged> = high
        .map(|area| Merged {
            column: place(area.start.1),
            from: place(area.start.0),
            to: place(area.end.0),
        })
        .collect();
    // A program writes them in any order.
    found.sort_by_key(|merged| (merged.from, merged.column));
    found
}

/// Gives every row of data below a merged cell's first its value, and says so.
pub(crate) fn fill(
    grid: &mut Grid,
    (shape, data): (&Shape, &[u32]),
    origin: &Origin,
) -> Option<Finding> {
    let first_row = usize::try_from(*data.first()?).ok()?;
    let rows = |merged: &Merged| {
        let of = |row: &u32| usize::try_from(*row).ok();
        let (after, to) = (merged.from, merged.to);
        let within = data
            .iter()
            .filter_map(of)
            .filter(move |row| *row > after && *row <= to);
        within.collect::<Vec<usize>>()
    };
    let mut filled = 0;
    let mut first = None;
    // The value of an area that begins above the data is a header's.
    let areas = grid.merged().to_vec().into_iter();
    for merged in areas.filter(|merged| merged.from >= first_row) {
        let cell = grid.cell(merged.from, merged.column).clone();
        let Some(value) = Value::of(&cell) else {
            continue;
        };
        for row in rows(&merged) {
            if grid.cell(row, merged.column).is_blank()
                && grid.put(row, merged.column, value).is_ok()
            {
                filled += 1;
                first.get_or_insert(merged);
            }
        }
    }
    let first = first?;
    Some(Finding {
        count: filled,
        ..finding(
            ("merged-cells", Severity::Note),
            Origin {
                row: u32::try_from(first.from + 1).ok(),
                column: of_column(shape, first.column),
                ..origin.clone()
            },
            &format!(
                "Cells are merged over several rows, the first down to row {}; what stands in \
                 them counts for every row that they reach.",
                first.to + 1
            ),
            "If it is not meant so, take the merged cells apart and fill in each row.",
        )
    })
}

fn of_column(shape: &Shape, index: usize) -> Option<String> {
    let own = shape.drafts.iter().find(|draft| draft.index == index);
    own.map(Draft::place)
}
