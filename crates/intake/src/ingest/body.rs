//! Which rows below the header are data: not blank rows, totals, notes at the
//! foot or the header come again. Row numbers stay those of the spreadsheet.

use super::foot::{Second, Table};
use super::grid::Grid;
use super::layouts::Shape;
use crate::data::{Cell, Holds};
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
    let columns = shape.columns();
    let filled = filled(grid, shape, &columns);
    let ends = Ends::of(grid, shape, (&columns, &filled));
    let ruled: HashMap<u32, usize> = shape
        .aside
        .iter()
        .enumerate()
        .flat_map(|(rule, aside)| aside.rows.iter().map(move |row| (*row, rule)))
        .collect();
    let mut body = Body {
        ruled: vec![Vec::new(); shape.aside.len()],
        second_header: ends.second_header,
        ..Body::default()
    };
    let from = shape.data_from;
    for (at, row) in filled.iter().enumerate() {
        let Ok(number) = u32::try_from(from + at) else {
            break;
        };
        if row.cells == 0 {
            continue;
        }
        let by_rule = ruled.get(&number).copied();
        let label = || ends.several && row.cells == 1 && is_label(grid.cell(from + at, row.first));
        let into = match by_rule.and_then(|rule| body.ruled.get_mut(rule)) {
            Some(rule) => rule,
            None if at >= ends.own => &mut body.second,
            None if row.total => &mut body.totals,
            None if row.lines == row.cells => &mut body.lines,
            None if at >= ends.data => &mut body.notes,
            None if row.as_header >= 2 && row.as_header == row.cells => &mut body.headers,
            None if label() => &mut body.labels,
            None => &mut body.data,
        };
        into.push(number);
    }
    body
}

/// Where a table ends, by rows below its header.
struct Ends {
    /// Only a table of several columns shows that a lone cell is a note.
    several: bool,
    /// The row after the last that may be data.
    data: usize,
    /// The row after the last that is this table's at all.
    own: usize,
    /// Grid row of a second table's header.
    second_header: Option<usize>,
}

impl Ends {
    fn of(grid: &Grid, shape: &Shape, (columns, filled): (&[usize], &[Filled])) -> Self {
        let table = |filled| Table {
            grid,
            shape,
            columns,
            filled,
        };
        let second = table(filled).second();
        let own = second.map_or(filled.len(), |second| second.from);
        let several = shape.drafts.len() >= 3;
        let data = if several {
            table(filled.get(..own).unwrap_or(filled)).foot()
        } else {
            own
        };
        Self {
            several,
            data,
            own,
            second_header: second.map(|Second { header, .. }| shape.data_from + header),
        }
    }
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

fn filled(grid: &Grid, shape: &Shape, columns: &[usize]) -> Vec<Filled> {
    let from = shape.data_from;
    let mut rows = vec![Filled::default(); grid.rows().saturating_sub(from)];
    // A field of a dictionary may be named `total`.
    let has_totals = shape.holds != Holds::Dictionary;
    let held = columns
        .iter()
        .filter_map(|index| grid.columns().get(*index).map(|column| (*index, column)));
    for (index, column) in held {
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
                row.total = has_totals && is_total(&column.pool()[at]);
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
    use crate::ingest::layouts::{Choice, Draft, Made, Shape};

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
    fn a_row_that_holds_only_later_options_of_a_question_is_data() {
        let grid = delimited::read("id,Which? a,Which? b,Which? c\n1,,,\n,,,1\n,1,,\n,,,\n")
            .unwrap()
            .grid;
        let choice = |index: usize| Choice {
            index,
            label: String::new(),
        };
        let mut which = Draft::new(1, "Which?".to_owned(), Role::Question);
        which.made = Made::Options([1, 2, 3].map(choice).to_vec());
        let id = Draft::new(0, "id".to_owned(), Role::ResponseId);
        let kind = (Layout::Redcap, Holds::Survey);
        let shape = Shape::new(kind, String::new(), 0, vec![id, which]);
        assert_eq!(rows(&grid, &shape).data, [1, 2, 3]);
    }

    #[test]
    fn a_field_named_total_is_an_entry_of_a_dictionary() {
        let text = "Field Name,Form,Type\nage,a,text\ntotal,a,calc\n";
        let grid = delimited::read(text).unwrap().grid;
        let of = |holds: Holds| {
            let drafts = (0..3).map(|index| Draft::new(index, String::new(), Role::Unknown));
            let kind = (Layout::RedcapDictionary, holds);
            rows(&grid, &Shape::new(kind, String::new(), 0, drafts.collect()))
        };
        assert_eq!(of(Holds::Dictionary).data, [1, 2]);
        assert_eq!(of(Holds::Other).totals, [2]);
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
