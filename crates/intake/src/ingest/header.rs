//! Which row is the header: the one with names over the columns, of which
//! known ones count most. Title rows above it are passed over.

use super::grid::Grid;
use crate::data::{Cell, Role};
use crate::vocabulary::{columns, text};
use std::collections::HashSet;

/// Rows looked at from the top.
const ROWS: usize = 60;
/// Rows below a header that say what its columns hold.
const BELOW: usize = 30;
/// Columns looked at.
const COLUMNS: usize = 512;

/// A row that may be the header.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Grid row.
    pub(crate) row: usize,
    pub(crate) score: f64,
    /// Cells with a name.
    pub(crate) names: usize,
    /// Names whose meaning is known.
    pub(crate) known: usize,
}

/// The likeliest header row and the next likeliest, if any.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    pub(crate) best: Candidate,
    pub(crate) runner_up: Option<Candidate>,
}

impl Heading {
    /// Why this row, in a sentence; rows as a spreadsheet numbers them.
    pub(crate) fn reason(&self) -> String {
        let Candidate {
            row, names, known, ..
        } = self.best;
        let mut reason = format!("row {} has {names} names over the columns", row + 1);
        if known > 0 {
            reason.push_str(&format!(", {known} of them known"));
        }
        if let Some(next) = &self.runner_up {
            reason.push_str(&format!("; the next likeliest is row {}", next.row + 1));
        }
        reason
    }
}

/// How much a sheet looks like a table: the score of its best header, and that
/// there are rows below it. A sheet of a few tidy cells is often a note beside
/// the table; above so many rows, more of them say nothing.
pub(crate) fn score(grid: &Grid) -> f64 {
    const ENOUGH: usize = 5;
    let Some(Heading { best, .. }) = find(grid) else {
        return 0.0;
    };
    let held = |row: &usize| (0..grid.width()).any(|c| !grid.cell(*row, c).is_blank());
    let rows = (best.row + 1..grid.rows()).filter(held).take(ENOUGH);
    best.score + 2.0 * share(rows.count(), ENOUGH)
}

/// Finds the header row among the first rows.
pub(crate) fn find(grid: &Grid) -> Option<Heading> {
    let mut candidates: Vec<Candidate> = (0..grid.rows().min(ROWS))
        .filter_map(|row| candidate(grid, row))
        .collect();
    // Stable: of equals, the upper row comes first.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let upper = candidates.first().and_then(|best| {
        let heads = |upper: &Candidate| is_of_a_table_above(grid, upper, best);
        candidates.iter().position(heads)
    });
    if let Some(upper) = upper {
        let first = candidates.remove(upper);
        candidates.insert(0, first);
    }
    let mut in_order = candidates.into_iter();
    in_order.next().map(|best| Heading {
        best,
        runner_up: in_order.next(),
    })
}

/// Whether a likely header has a table of its own above the likeliest, with a
/// gap between the two: tables are read from the first on.
fn is_of_a_table_above(grid: &Grid, upper: &Candidate, best: &Candidate) -> bool {
    const LEAST: usize = 5;
    let cells = |row: usize| {
        let held = (0..grid.width()).filter(|c| !grid.cell(row, *c).is_blank());
        held.take(2).count()
    };
    let close = upper.names >= 2 && upper.row < best.row && upper.score + 1.5 >= best.score;
    let held = || (upper.row + 1..best.row).map(cells);
    close && held().filter(|n| *n > 0).count() >= LEAST && held().rev().take(3).any(|n| n == 0)
}

/// The role of a header cell.
pub(crate) fn role(cell: &Cell) -> Option<Role> {
    match cell {
        Cell::Text(words) if words.chars().count() <= 200 => columns::recognise(words),
        _ => None,
    }
}

/// Whether a cell holds words, as a name does: not a number, nor a date.
pub(crate) fn is_wording(cell: &Cell) -> bool {
    match cell {
        Cell::Text(words) => {
            let mut letters = 0;
            let mut digits = 0;
            for c in words.chars().take(200) {
                letters += usize::from(c.is_alphabetic());
                digits += usize::from(c.is_ascii_digit());
            }
            letters > 0 && (letters > 2 || letters >= digits) && !is_duration(words)
        }
        _ => false,
    }
}

/// `PT10H10M10S`, as a workbook may write a time.
fn is_duration(words: &str) -> bool {
    words
        .strip_prefix("PT")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a cell is a year, a stretch of years (`2024-25`) or a date.
fn is_time(cell: &Cell) -> bool {
    match cell {
        Cell::Moment(_) => true,
        Cell::Number(n) => n.fract() == 0.0 && (1950.0..2100.0).contains(n),
        Cell::Text(words) => {
            let words = words.trim();
            let figures = words
                .chars()
                .all(|c| c.is_ascii_digit() || "-/ ".contains(c));
            let year: Option<u32> = words.get(..4).and_then(|year| year.parse().ok());
            figures && words.len() <= 10 && year.is_some_and(|y| (1950..2100).contains(&y))
        }
        _ => false,
    }
}

/// Cells that are names though they hold no words: two or more different
/// years or dates in order, over columns that hold no such thing; or numbers
/// in order in a row whose words stand over figures.
fn figures_as_names(grid: &Grid, row: usize, filled: &[usize]) -> usize {
    let below = |column: usize| {
        (row + 1..grid.rows().min(row + 1 + BELOW))
            .map(move |r| grid.cell(r, column))
            .filter(|cell| !cell.is_blank())
    };
    let times: Vec<usize> = filled
        .iter()
        .copied()
        .filter(|c| is_time(grid.cell(row, *c)))
        .collect();
    let mut shown: Vec<String> = times
        .iter()
        .map(|c| grid.cell(row, *c).text().into_owned())
        .collect();
    let in_order = shown.is_sorted() || shown.iter().rev().is_sorted();
    shown.sort();
    shown.dedup();
    let alone = |c: &usize| {
        let held = below(*c).count();
        below(*c).filter(|cell| is_time(cell)).count() * 5 < held
    };
    if times.len() >= 2 && in_order && shown.len() == times.len() && times.iter().all(alone) {
        return times.len();
    }
    let words: HashSet<String> = filled
        .iter()
        .filter(|c| {
            let figures = below(**c).filter(|cell| !is_wording(cell)).count();
            figures >= 3 && figures * 5 >= below(**c).count() * 4
        })
        .filter(|c| is_wording(grid.cell(row, **c)))
        .map(|c| text::fold(&grid.cell(row, *c).text()))
        .filter(|words| words.len() > 2)
        .collect();
    let numbers: Vec<f64> = filled
        .iter()
        .filter_map(|c| match grid.cell(row, *c) {
            Cell::Number(n) => Some(*n),
            _ => None,
        })
        .collect();
    let rising = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    if words.len() >= 2 && numbers.len() >= 2 && rising {
        numbers.len()
    } else {
        0
    }
}

fn candidate(grid: &Grid, row: usize) -> Option<Candidate> {
    let width = grid.width().min(COLUMNS);
    let filled: Vec<usize> = (0..width)
        .filter(|c| !grid.cell(row, *c).is_blank())
        .collect();
    let words = filled.iter().filter(|c| is_wording(grid.cell(row, **c)));
    let wordings = match words.count() {
        0 => 0,
        words => words + figures_as_names(grid, row, &filled),
    };
    if filled.is_empty() || wordings * 2 < filled.len() {
        return None;
    }
    let below = Below::of(grid, row, width);
    let coverage = below.coverage(&filled);
    if coverage < 0.5 {
        return None;
    }
    let known = known(grid, row, (&filled, &below));
    let n = filled.len();
    let lost = (0..row).filter(|above| is_lost(grid, *above, (width, n)));
    let lost = lost.count();
    // With nothing below it, or alone, a row under rows of figures is no header.
    if lost > 0 && (below.is_empty() || n == 1) {
        return None;
    }
    let score = 3.0 * coverage
        + 2.0 * share(wordings, n)
        + unlike_data(grid, row, (&filled, &below))
        + 0.5 * share(known.min(5), 1)
        - 0.6 * share(lost, 1)
        - 0.01 * share(row, 1)
        - if below.is_empty() { 2.0 } else { 0.0 }
        // One name is a title as soon as there is a row of several.
        - if n == 1 { 1.5 } else { 0.0 };
    Some(Candidate {
        row,
        score,
        names: wordings,
        known,
    })
}

/// How many names of a row are known and come nowhere below.
fn known(grid: &Grid, row: usize, (filled, below): (&[usize], &Below)) -> usize {
    let known: HashSet<Role> = filled
        .iter()
        .filter(|c| !below.again[**c])
        .filter_map(|c| role(grid.cell(row, *c)))
        .filter(|role| *role != Role::Unused)
        .collect();
    known.len()
}

/// How much a row differs from data, at most 3: its cells differ from each
/// other, come nowhere below and stand over what is no words.
fn unlike_data(grid: &Grid, row: usize, (filled, below): (&[usize], &Below)) -> f64 {
    let n = filled.len();
    let distinct: HashSet<String> = filled
        .iter()
        .map(|c| text::fold(&grid.cell(row, *c).text()))
        .collect();
    let fresh = filled.iter().filter(|c| !below.again[**c]).count();
    let contrast = filled
        .iter()
        .filter(|c| below.wordings[**c] * 5 < below.filled[**c] * 2)
        .count();
    share(distinct.len(), n) + share(fresh, n) + share(contrast, n)
}

/// Whether a row above a header of so many names would be lost: titles have a
/// cell or two and are words; a row as full as the header is data.
fn is_lost(grid: &Grid, row: usize, (width, names): (usize, usize)) -> bool {
    let cells: Vec<&Cell> = (0..width)
        .map(|c| grid.cell(row, c))
        .filter(|cell| !cell.is_blank())
        .collect();
    let figures = cells.iter().any(|cell| !is_wording(cell));
    cells.len() * 2 >= names && (cells.len() >= 2 || (figures && !cells.is_empty()))
}

// Row and column counts are far below 2^52.
#[allow(clippy::cast_precision_loss)]
fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// What stands below a row, by column.
struct Below {
    /// Cells that are not blank.
    filled: Vec<usize>,
    /// Of these, words.
    wordings: Vec<usize>,
    /// Whether the row's own value comes again.
    again: Vec<bool>,
}

impl Below {
    /// Of the columns that hold something, the share that a row names.
    fn coverage(&self, named: &[usize]) -> f64 {
        let covered = named.iter().filter(|c| self.filled[**c] > 0).count();
        match self.filled.iter().filter(|n| **n > 0).count() {
            0 => 1.0,
            over => share(covered, over),
        }
    }

    fn is_empty(&self) -> bool {
        self.filled.iter().all(|n| *n == 0)
    }

    fn of(grid: &Grid, row: usize, width: usize) -> Self {
        let mut below = Self {
            filled: vec![0; width],
            wordings: vec![0; width],
            again: vec![false; width],
        };
        let end = grid.rows().min(row + 1 + BELOW);
        for (c, column) in grid.columns().iter().take(width).enumerate() {
            let own = column.code_at(row);
            for r in row + 1..end {
                let cell = column.cell(r);
                if cell.is_blank() {
                    continue;
                }
                below.filled[c] += 1;
                below.wordings[c] += usize::from(is_wording(cell));
                below.again[c] |= column.code_at(r) == own;
            }
        }
        below
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{find, is_wording};
    use crate::data::Cell;
    use crate::ingest::delimited;

    fn row_of(text: &str) -> Option<usize> {
        let grid = delimited::read(text).unwrap().grid;
        find(&grid).map(|heading| heading.best.row)
    }

    #[test]
    fn the_header_is_found_under_title_rows() {
        let titled = "Staff in post\nReport date,31/03/2026\n\n\n\n\n\
            Employee Number,Role,Hire Date\n1,Nurse,01/02/2020\n2,Nurse,05/06/2021\n";
        assert_eq!(row_of(titled), Some(6));
        assert_eq!(row_of("a,b\n1,2\n"), Some(0));
        assert_eq!(row_of("Name,Colour\nAnn,red\nBob,blue\nCal,red\n"), Some(0));
    }

    #[test]
    fn years_and_dates_may_be_names() {
        assert_eq!(
            row_of("Region,2023,2024,2025\nNorth,1,2,3\nSouth,4,5,6\n"),
            Some(0)
        );
        let dates = "Region,2023-03-31,2024-03-31\nNorth,10,20\nSouth,40,50\n";
        assert_eq!(row_of(dates), Some(0));
        let financial = "Team,2023-24,2024-25,2025-26\nA,1.5,2,3\nB,2,3,4\n";
        assert_eq!(row_of(financial), Some(0));
        // Start and leaving dates of a person are no names.
        let staff = "x,2019-01-01,2020-02-02\ny,2018-01-01,2021-02-02\n";
        assert_eq!(row_of(staff), None);
    }

    #[test]
    fn answers_that_are_also_headers_make_no_header() {
        let text = "What is it?,Why?,Where?\nHome,No,Base\nName,Other,Site\nHome,Yes,Base\n";
        assert_eq!(row_of(text), Some(0));
    }

    #[test]
    fn a_row_of_numbers_is_no_header() {
        assert_eq!(row_of("1,2,3\n"), None);
        assert_eq!(row_of("1,2\n3,4\nend\n"), None);
        assert!(!is_wording(&Cell::Text("PT10H10M10S".into())));
        assert!(!is_wording(&Cell::Text("2026-03-31T10:00:00".into())));
        assert!(is_wording(&Cell::Text("Q1".into())));
        assert!(!is_wording(&Cell::Number(3.0)));
    }
}
