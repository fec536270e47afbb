//! Which rows below the header are data: not blank rows, totals, notes at the
//! foot or the header come again. Row numbers stay those of the spreadsheet.

use super::grid::Grid;
use super::layouts::Shape;
use crate::data::Cell;
use crate::vocabulary::text;
use std::collections::HashMap;

/// The rows below a header, as grid rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) data: Vec<u32>,
    pub(crate) totals: Vec<u32>,
    pub(crate) notes: Vec<u32>,
    /// The header come again, as where pages were put together.
    pub(crate) headers: Vec<u32>,
    /// No data by a rule of the layout; the place of each rule in the shape's.
    pub(crate) ruled: Vec<Vec<u32>>,
}

/// A row's cells in so far as they decide what it is.
#[derive(Clone, Copy, Default)]
struct Filled {
    cells: u32,
    /// Whether the first cell that is not blank is a word for a total.
    total: bool,
    /// The column of that cell.
    first: usize,
    /// Cells equal to the header's.
    as_header: u32,
}

/// Sorts the rows of a shape.
pub(crate) fn rows(grid: &Grid, shape: &Shape) -> Body {
    let filled = filled(grid, shape);
    let from = shape.data_from;
    // Only a table of several columns shows that a lone cell is a note.
    let end = if shape.drafts.len() >= 3 {
        foot(grid, &filled, from)
    } else {
        grid.rows()
    };
    let ruled: HashMap<u32, usize> = shape
        .aside
        .iter()
        .enumerate()
        .flat_map(|(rule, aside)| aside.rows.iter().map(move |row| (*row, rule)))
        .collect();
    let mut body = Body {
        ruled: vec![Vec::new(); shape.aside.len()],
        ..Body::default()
    };
    for (at, row) in filled.iter().enumerate() {
        let Ok(number) = u32::try_from(from + at) else {
            break;
        };
        if row.cells == 0 {
            continue;
        }
        if let Some(into) = ruled
            .get(&number)
            .and_then(|rule| body.ruled.get_mut(*rule))
        {
            into.push(number);
            continue;
        }
        let into = if row.total {
            &mut body.totals
        } else if from + at >= end {
            &mut body.notes
        } else if row.as_header >= 2 && row.as_header == row.cells {
            &mut body.headers
        } else {
            &mut body.data
        };
        into.push(number);
    }
    body
}

fn filled(grid: &Grid, shape: &Shape) -> Vec<Filled> {
    let from = shape.data_from;
    let mut rows = vec![Filled::default(); grid.rows().saturating_sub(from)];
    let columns = shape.drafts.iter().filter_map(|draft| {
        grid.columns()
            .get(draft.index)
            .map(|column| (draft.index, column))
    });
    for (index, column) in columns {
        let blank: Vec<bool> = column.pool().iter().map(Cell::is_blank).collect();
        let header = column.code_at(shape.names_row);
        let codes = column.codes().iter().skip(from);
        for (row, code) in rows.iter_mut().zip(codes) {
            let at = usize::try_from(*code).unwrap_or(0);
            if blank[at] {
                continue;
            }
            if row.cells == 0 {
                row.total = is_total(&column.pool()[at]);
                row.first = index;
            }
            row.cells += 1;
            row.as_header += u32::from(*code == header);
        }
    }
    rows
}

/// The grid row from which on there is nothing but blank rows, totals and
/// rows of one cell that reads like a sentence.
fn foot(grid: &Grid, filled: &[Filled], from: usize) -> usize {
    let is_note =
        |at: usize, row: &Filled| row.cells == 1 && is_sentence(grid.cell(from + at, row.first));
    let mut end = filled.len();
    while let Some(row) = end.checked_sub(1).and_then(|last| filled.get(last)) {
        if !(row.cells == 0 || row.total || is_note(end - 1, row)) {
            break;
        }
        end -= 1;
    }
    from + end
}

fn is_total(cell: &Cell) -> bool {
    const WORDS: [&str; 9] = [
        "total",
        "totals",
        "grand total",
        "grand totals",
        "overall total",
        "sub total",
        "subtotal",
        "sub-total",
        "sum",
    ];
    const INITIALS: [char; 8] = ['t', 'T', 'g', 'G', 'o', 'O', 's', 'S'];
    match cell {
        // Most cells are told by length or first letter: folding costs.
        Cell::Text(words) if words.len() <= 24 && words.trim_start().starts_with(INITIALS) => {
            WORDS.contains(&text::fold(words).trim_end_matches([':', ' ']))
        }
        _ => false,
    }
}

fn is_sentence(cell: &Cell) -> bool {
    match cell {
        Cell::Text(words) => words.split_whitespace().count() >= 2 || words.ends_with(':'),
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Body, rows};
    use crate::data::{Holds, Layout, Role};
    use crate::ingest::delimited;
    use crate::ingest::layouts::{Draft, Shape};

    fn body(text: &str, width: usize) -> Body {
        let grid = delimited::read(text).unwrap().grid;
        let drafts = (0..width).map(|index| Draft::new(index, String::new(), Role::Unknown));
        let kind = (Layout::Plain, Holds::Survey);
        let shape = Shape::new(kind, String::new(), 0, drafts.collect());
        rows(&grid, &shape)
    }

    #[test]
    fn totals_notes_and_headers_are_set_aside_and_blank_rows_passed_over() {
        let text = "a,b,c\n1,2,3\n\nSub-total:,2,3\na,b,c\n4,,\n,,\nGrand Total,6,6\n\n\
            Source: the trust\n";
        let expected = Body {
            data: vec![1, 5],
            totals: vec![3, 7],
            notes: vec![9],
            headers: vec![4],
            ruled: Vec::new(),
        };
        assert_eq!(body(text, 3), expected);
    }

    #[test]
    fn a_lone_cell_above_data_or_in_a_narrow_table_is_data() {
        assert_eq!(body("a,b,c\nno answer given,,\n1,2,3\n", 3).data, [1, 2]);
        assert_eq!(body("a,b\n1,2\nfree text,\n", 2).data, [1, 2]);
        assert_eq!(body("a,b,c\n1,2,3\n4,,\n", 3).data, [1, 2]);
    }
}
