//! The other rows of a header: group names above the names ("Contract | |
//! Pay"), names under a group, and a row of units or remarks below. A name
//! takes its group in front only where it says nothing alone. Chooses no
//! header row and gives no column its role.

use super::grid::Grid;
use super::header::is_wording;
use super::layouts::{Remark, collapsed};
use crate::data::Cell;
use crate::vocabulary::{missing, text};
use staywise_core::domain::Severity;
use std::collections::{HashMap, HashSet};

/// Rows above the names that may group them.
const ABOVE: usize = 3;
/// Rows below the header that say what its columns hold.
const BELOW: usize = 30;

/// A header of one row or several. Rows are grid rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HeaderRows {
    /// The row of names.
    pub(crate) names_row: usize,
    /// Rows of group names, the upper first.
    pub(crate) groups: Vec<usize>,
    /// The row of units or remarks below the names.
    pub(crate) units: Option<usize>,
    /// By column its name; none where it has none.
    names: Vec<String>,
    /// How many names took their group in front.
    joined: usize,
}

/// Whether the row of names was found or is the study's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    Found,
    Stated,
}

impl HeaderRows {
    /// What belongs to a header row.
    pub(crate) fn of(grid: &Grid, row: usize, chosen: Chosen) -> Self {
        let has_names_below = chosen == Chosen::Found && names_stand_below(grid, row);
        let names_row = if has_names_below { row + 1 } else { row };
        let mut groups: Vec<usize> = (names_row.saturating_sub(ABOVE)..names_row)
            .rev()
            .take_while(|above| {
                (has_names_below && *above == row) || is_group(grid, *above, names_row)
            })
            .collect();
        groups.reverse();
        let units = Some(names_row + 1).filter(|below| are_units(grid, *below));
        let (names, joined) = names(grid, names_row, &groups);
        Self {
            names_row,
            groups,
            units,
            names,
            joined,
        }
    }

    /// The name of a column.
    pub(crate) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// First row below the header.
    pub(crate) fn data_from(&self) -> usize {
        self.units.unwrap_or(self.names_row) + 1
    }

    /// What is to be said of a header of several rows.
    pub(crate) fn remarks(&self) -> Vec<Remark> {
        let note = |row: usize, message: String, count: usize| Remark {
            rule: ("header-rows", Severity::Note),
            row: u32::try_from(row).ok(),
            column: None,
            message,
            remedy: "If another row has the names, say so: `header_row` for this source in \
                     staywise.toml."
                .to_owned(),
            count: count as u64,
        };
        let groups = self.groups.first().filter(|_| self.joined > 0).map(|row| {
            let message = format!(
                "The names in row {} repeat or say nothing alone; {} of them took what stands \
                 above them in front.",
                self.names_row + 1,
                self.joined
            );
            note(*row, message, self.groups.len())
        });
        let units = self.units.map(|row| {
            let message = "This row below the names gives units or remarks, and is no data.";
            note(row, message.to_owned(), 1)
        });
        groups.into_iter().chain(units).collect()
    }
}

fn filled(grid: &Grid, row: usize) -> Vec<usize> {
    (0..grid.width())
        .filter(|column| !grid.cell(row, *column).is_blank())
        .collect()
}

/// Of the rows below, how many hold something in a column, and how many of
/// these a number, a date or a mark for none.
struct Under {
    rows: usize,
    filled: usize,
    figures: usize,
}

impl Under {
    fn of(grid: &Grid, row: usize, column: usize) -> Self {
        let mut under = Self {
            rows: 0,
            filled: 0,
            figures: 0,
        };
        for below in row + 1..grid.rows().min(row + 1 + BELOW) {
            let cell = grid.cell(below, column);
            under.rows += 1;
            if cell.is_blank() {
                continue;
            }
            under.filled += 1;
            let none = matches!(cell, Cell::Text(words) if missing::is_missing(words));
            under.figures += usize::from(none || !is_wording(cell));
        }
        under
    }

    fn is_mostly_filled(&self) -> bool {
        self.filled > 0 && self.filled * 2 >= self.rows
    }
}

/// Whether the row below a header row holds the names of columns that the
/// header row groups or leaves blank: words that come nowhere else, under
/// blank cells or at the beginning of a group, and blank only under names
/// that are merged over both rows.
fn names_stand_below(grid: &Grid, row: usize) -> bool {
    let below = row + 1;
    let cells = filled(grid, below);
    if cells.is_empty() || below + 1 >= grid.rows() {
        return false;
    }
    let blank = |row: usize, column: usize| grid.cell(row, column).is_blank();
    let words: HashSet<String> = cells
        .iter()
        .map(|column| text::fold(&grid.cell(below, *column).text()))
        .collect();
    let fresh = |column: &usize| {
        let own = grid.cell(below, *column);
        is_wording(own)
            && (below + 1..grid.rows().min(below + 1 + BELOW))
                .all(|other| grid.cell(other, *column) != own)
    };
    let begins_group = |column: &usize| blank(row, column + 1) && !blank(below, column + 1);
    let gap = |column: &usize| blank(row, *column);
    let merged_down = filled(grid, row)
        .into_iter()
        .filter(|column| blank(below, *column))
        .all(|column| Under::of(grid, below, column).is_mostly_filled());
    let named = filled(grid, row);
    words.len() == cells.len()
        && cells.iter().all(fresh)
        && cells.iter().all(|c| gap(c) || begins_group(c))
        && cells
            .iter()
            .any(|c| gap(c) && Under::of(grid, below, *c).filled > 0)
        && merged_down
        && named.iter().any(|column| blank(below, *column))
}

/// Whether a row above the names groups them: it stands over later columns
/// than the first, has no more cells than there are names, and is neither a
/// title nor a word with its value.
fn is_group(grid: &Grid, row: usize, names_row: usize) -> bool {
    let cells = filled(grid, row);
    let names = filled(grid, names_row);
    let Some(first) = names.first() else {
        return false;
    };
    let over = cells.iter().any(|column| column > first);
    let is_value = |cell: &Cell| !matches!(cell, Cell::Text(_));
    let is_pair = cells.len() == 2
        && cells.first() == Some(&0)
        && cells
            .last()
            .is_some_and(|last| is_value(grid.cell(row, *last)));
    let labels = cells
        .iter()
        .any(|column| grid.cell(row, *column).text().trim_end().ends_with(':'));
    over && cells.len() <= names.len() && !is_pair && !labels
}

/// Whether the row below the names gives units or remarks: short words
/// without figures over columns of figures, and nothing in the first column,
/// which is filled in the rows below.
fn are_units(grid: &Grid, row: usize) -> bool {
    const LONGEST: usize = 40;
    let cells = filled(grid, row);
    // Names of rows may stand under no name of their own.
    let first = (0..grid.width()).find(|column| Under::of(grid, row, *column).is_mostly_filled());
    let Some(first) = first else {
        return false;
    };
    let is_unit = |column: &usize| {
        let Cell::Text(words) = grid.cell(row, *column) else {
            return false;
        };
        let under = Under::of(grid, row, *column);
        words.chars().count() <= LONGEST
            && !words.chars().any(|c| c.is_ascii_digit())
            && !missing::is_missing(words)
            && under.filled > 0
            && under.figures * 5 >= under.filled * 4
    };
    !cells.is_empty() && !cells.contains(&first) && cells.iter().all(is_unit)
}

/// The names by column, and how many of them took their group in front.
fn names(grid: &Grid, names_row: usize, groups: &[usize]) -> (Vec<String>, usize) {
    let own: Vec<String> = (0..grid.width())
        .map(|column| {
            let nearest = std::iter::once(names_row)
                .chain(groups.iter().rev().copied())
                .map(|row| collapsed(grid.cell(row, column)));
            let merged_down = !grid.cell(names_row, column).is_blank()
                || Under::of(grid, names_row, column).filled > 0;
            let mut held = nearest.filter(|name| !name.is_empty());
            held.next().filter(|_| merged_down).unwrap_or_default()
        })
        .collect();
    if groups.is_empty() {
        return (own, 0);
    }
    let grouped = group_names(grid, names_row, groups);
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for (column, name) in own.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        alike.entry(text::fold(name)).or_default().push(column);
    }
    let mut names = own.clone();
    let mut joined = 0;
    for columns in alike.into_values() {
        let says_nothing = columns.len() > 1 || columns.iter().any(|c| is_bare(&own[*c]));
        if !says_nothing {
            continue;
        }
        // The nearest group first; the whole stack where that repeats too.
        let distinct = (1..=groups.len()).find_map(|depth| {
            let with: Vec<String> = columns
                .iter()
                .map(|c| with_groups(&grouped[*c], depth, &own[*c]))
                .collect();
            let folded: HashSet<String> = with.iter().map(|name| text::fold(name)).collect();
            (folded.len() == columns.len()).then_some(with)
        });
        for (column, name) in columns.iter().zip(distinct.unwrap_or_default()) {
            joined += usize::from(name != own[*column]);
            names[*column] = name;
        }
    }
    (names, joined)
}

/// Whether a name says nothing without its group.
fn is_bare(name: &str) -> bool {
    const BARE: [&str; 12] = [
        "n", "%", "no", "no.", "number", "per cent", "percent", "rate", "count", "value", "yes",
        "base",
    ];
    BARE.contains(&text::fold(name).as_str()) || !is_wording(&Cell::Text(name.into()))
}

fn with_groups(groups: &[String], depth: usize, name: &str) -> String {
    let from = groups.len().saturating_sub(depth);
    let mut parts: Vec<&str> = Vec::new();
    for part in groups.iter().skip(from).map(String::as_str).chain([name]) {
        if !part.is_empty() && parts.last() != Some(&part) {
            parts.push(part);
        }
    }
    parts.join(" - ")
}

/// By column what each group row says of it, filled rightwards over blanks as
/// far as the groups above reach; a name merged over both rows groups nothing.
fn group_names(grid: &Grid, names_row: usize, groups: &[usize]) -> Vec<Vec<String>> {
    let mut running: Vec<String> = vec![String::new(); groups.len()];
    let mut by_column = Vec::with_capacity(grid.width());
    for column in 0..grid.width() {
        let own: Vec<String> = groups
            .iter()
            .map(|row| collapsed(grid.cell(*row, column)))
            .collect();
        for (level, name) in own.iter().enumerate() {
            if !name.is_empty() {
                running[level].clone_from(name);
                running.iter_mut().skip(level + 1).for_each(String::clear);
            }
        }
        by_column.push(running.clone());
        let is_name = grid.cell(names_row, column).is_blank()
            && Under::of(grid, names_row, column).filled > 0;
        if is_name {
            running.iter_mut().for_each(String::clear);
        }
    }
    by_column
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Chosen, HeaderRows};
    use crate::ingest::delimited;

    fn rows(text: &str, row: usize) -> HeaderRows {
        let grid = delimited::read(text).unwrap().grid;
        HeaderRows::of(&grid, row, Chosen::Found)
    }

    fn names(header: &HeaderRows, width: usize) -> Vec<&str> {
        (0..width).map(|column| header.name(column)).collect()
    }

    #[test]
    fn groups_stand_in_front_of_names_that_repeat() {
        let text =
            "Staff,,2024,,2025,\nTeam,Site,Heads,FTE,Heads,FTE\nA,N,4,3.1,5,4\nB,S,2,2,1,1\n";
        let header = rows(text, 1);
        let expected = [
            "Team",
            "Site",
            "2024 - Heads",
            "2024 - FTE",
            "2025 - Heads",
            "2025 - FTE",
        ];
        assert_eq!(names(&header, 6), expected);
        assert_eq!(
            (header.groups.as_slice(), header.data_from()),
            (&[0][..], 2)
        );
        assert_eq!(header.remarks().len(), 1);
    }

    #[test]
    fn names_under_a_group_row_are_the_names() {
        let text = "Number,Name,Contract,,Pay,\n,,Type,Hours,Band,Point\n1,x,Full,37.5,5,22\n\
            2,y,Part,20,6,24\n";
        let header = rows(text, 0);
        assert_eq!(header.names_row, 1);
        let expected = ["Number", "Name", "Type", "Hours", "Band", "Point"];
        assert_eq!(names(&header, 6), expected);
    }

    #[test]
    fn a_row_of_units_is_no_data_and_a_row_of_answers_is() {
        let text = "Team,Cost,Share\n,pounds,%\nA,3,4\nB,4,5\n";
        assert_eq!(rows(text, 0).units, Some(1));
        for text in [
            "Team,Cost,Share\n,-,..\nA,3,4\nB,4,5\n",
            "Team,Cost,Share\nC,pounds,%\nA,3,4\nB,4,5\n",
            "Team,Why,How\n,pay,bad\nA,time,worse\nB,pay,good\n",
        ] {
            assert_eq!(rows(text, 0).units, None, "{text}");
        }
    }

    #[test]
    fn titles_and_a_first_row_of_data_are_no_header_rows() {
        let titled = "Staff list\nReport date:,31/03/2026\nA,A,B\n1,2,3\n";
        let header = rows(titled, 2);
        assert_eq!((header.groups.len(), header.data_from()), (0, 3));
        let plain = rows("a,b,c,\nx,y,z,w\np,q,r,s\n", 0);
        assert_eq!((plain.names_row, plain.data_from()), (0, 1));
    }
}
