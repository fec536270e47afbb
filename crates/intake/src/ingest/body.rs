//! Which rows below the header are data: not blank rows, totals, notes at the
//! foot or the header come again. Row numbers stay those of the spreadsheet.

use super::foot::{Second, Table};
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
    /// Rows of dashes.
    pub(crate) lines: Vec<u32>,
    /// A word with a colon over the rows that follow.
    pub(crate) labels: Vec<u32>,
    /// Of a table below the first: its header, and what follows.
    pub(crate) second: Vec<u32>,
    /// Grid row of the second table's header.
    pub(crate) second_header: Option<usize>,
    /// No data by a rule of the layout; the place of each rule in the shape's.
    pub(crate) ruled: Vec<Vec<u32>>,
}

/// A row's cells in so far as they decide what it is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filled {
    pub(crate) cells: u32,
    /// Whether the first cell that is not blank is a word for a total.
    pub(crate) total: bool,
    /// The column of that cell.
    pub(crate) first: usize,
    /// Cells equal to the header's.
    pub(crate) as_header: u32,
    /// Cells that are drawn: `-----`.
    lines: u32,
}

/// Sorts the rows of a shape.
pub(crate) fn rows(grid: &Grid, shape: &Shape) -> Body {
    let filled = filled(grid, shape);
    let from = shape.data_from;
    let second = Table {
        grid,
        shape,
        filled: &filled,
    }
    .second();
    let own = second.map_or(filled.len(), |second| second.from);
    // Only a table of several columns shows that a lone cell is a note.
    let several = shape.drafts.len() >= 3;
    let end = if several {
        let first = filled.get(..own).unwrap_or(&filled);
        Table {
            grid,
            shape,
            filled: first,
        }
        .foot()
    } else {
        own
    };
    let ruled: HashMap<u32, usize> = shape
        .aside
        .iter()
        .enumerate()
        .flat_map(|(rule, aside)| aside.rows.iter().map(move |row| (*row, rule)))
        .collect();
    let mut body = Body {
        ruled: vec![Vec::new(); shape.aside.len()],
        second_header: second.map(|Second { header, .. }| from + header),
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
        let label = || several && row.cells == 1 && is_label(grid.cell(from + at, row.first));
        let into = if at >= own {
            &mut body.second
        } else if row.total {
            &mut body.totals
        } else if row.lines == row.cells {
            &mut body.lines
        } else if at >= end {
            &mut body.notes
        } else if row.as_header >= 2 && row.as_header == row.cells {
            &mut body.headers
        } else if label() {
            &mut body.labels
        } else {
            &mut body.data
        };
        into.push(number);
    }
    body
}

/// A few words with a colon, over the rows that follow: `Of which:`.
fn is_label(cell: &Cell) -> bool {
    match cell {
        Cell::Text(words) => {
            let words = words.trim();
            words.ends_with(':') && words.split_whitespace().count() <= 5
        }
        _ => false,
    }
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
        let line: Vec<bool> = column.pool().iter().map(is_rule).collect();
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
            row.lines += u32::from(line[at]);
            row.as_header += u32::from(*code == header);
        }
    }
    rows
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

/// Whether a cell is drawn: `-----`, `=====`.
fn is_rule(cell: &Cell) -> bool {
    const LEAST: usize = 3;
    match cell {
        Cell::Text(words) if words.starts_with(['-', '=', '_', '*', '\u{2013}', '\u{2014}']) => {
            let words = words.trim();
            let drawn = |c: char| "-=_*+| \u{2013}\u{2014}".contains(c);
            words.chars().count() >= LEAST && words.chars().all(drawn)
        }
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
            ..Body::default()
        };
        assert_eq!(body(text, 3), expected);
    }

    #[test]
    fn a_lone_cell_above_data_or_in_a_narrow_table_is_data() {
        assert_eq!(body("a,b,c\nno answer given,,\n1,2,3\n", 3).data, [1, 2]);
        assert_eq!(body("a,b\n1,2\nfree text,\n", 2).data, [1, 2]);
        assert_eq!(body("a,b,c\n1,2,3\n4,,\n", 3).data, [1, 2]);
    }

    #[test]
    fn dashes_and_labels_are_no_data_and_missing_answers_are() {
        let text = "a,b,c\n-----,---,-----\n1,2,3\nOf which:,,\n-,-,-\n4,5,6\n";
        let body = body(text, 3);
        assert_eq!((body.lines, body.labels), (vec![1], vec![3]));
        assert_eq!(body.data, [2, 4, 5]);
    }

    #[test]
    fn a_second_table_is_not_rows_of_the_first() {
        let text = "Team,Heads,FTE\nA,3,2.5\nB,4,4\n\nLeavers\nTeam,Left,Rate\nA,1,33.3\nB,0,0\n";
        let found = body(text, 3);
        assert_eq!((found.data, found.second), (vec![1, 2], vec![4, 5, 6, 7]));
        assert_eq!(found.second_header, Some(5));
        // Names that come again need no gap; another person after a gap whose
        // dates are not known is a person.
        let names = "Who,When,What\nA,x,y\nB,x,z\nGifts,,\nWho,When,From whom\nC,x,t\n";
        assert_eq!(body(names, 3).second, [3, 4, 5]);
        let staff = "Role,Start,Hours\nNurse,2020-01-01,30\nNurse,2021-01-01,20\n\n\
            Nurse,unknown,few\nNurse,2022-01-01,10\n";
        assert_eq!(body(staff, 3).second, [] as [u32; 0]);
    }

    #[test]
    fn thin_rows_of_words_in_columns_of_figures_are_notes() {
        let text = "Name,Role,Age,Kids,Born,Died\nA,x,1,2,1900-01-01,\nB,y,3,4,1901-01-01,\n\
            Some,,,,,\n,also write,,,,\n,,at the,bottom,,\n";
        let found = body(text, 6);
        assert_eq!((found.data, found.notes), (vec![1, 2], vec![3, 4, 5]));
        let blanks = "Name,Role,Age\nA,x,1\nThis row has blanks,,\nSo has this,,\n";
        assert_eq!(body(blanks, 3).data, [1, 2, 3]);
    }

    #[test]
    fn addresses_and_long_sentences_at_the_foot_are_notes() {
        let text = "a,b,c\n1,2,3\n\nhttps://example.org/a,,\n1 Counts are of heads.,,\n\nData Quality,,\n\
            The figures are as they were on the day of the census.,,\n";
        assert_eq!(body(text, 3).notes, [3, 4, 6, 7]);
    }
}
