//! The columns below a header row, as their names are meant in a table of a
//! kind: what the layouts that have no marks of their own go by. Chooses none.

use super::{Draft, Shape, present};
use crate::data::{Cell, DateOrder, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::header;
use crate::ingest::header_rows::HeaderRows;
use crate::vocabulary::cells::{Moment, is_missing, moment};
use crate::vocabulary::{columns, items, scales};

/// A header row with the columns below it.
pub(crate) struct Named<'a> {
    pub(super) grid: &'a Grid,
    pub(super) rows: HeaderRows,
    /// Roles as the study states them, or as names have them in any table.
    pub(super) drafts: Vec<Draft>,
}

impl<'a> Named<'a> {
    pub(super) fn at(grid: &'a Grid, rows: HeaderRows) -> Self {
        let drafts = present(grid, rows.names_row, rows.data_from())
            .map(|index| {
                let name = rows.name(index);
                let role = header::role(&Cell::Text(name.into())).unwrap_or(Role::Unknown);
                Draft::new(index, name.to_owned(), role)
            })
            .collect();
        Self { grid, rows, drafts }
    }

    /// The columns as their names are meant in a table of a kind.
    pub(super) fn kind(&self, holds: Holds) -> Kind<'_> {
        let meant = |draft: &Draft| {
            let mut draft = draft.clone();
            if !draft.stated {
                draft.role = self.meant(holds, &draft).unwrap_or(Role::Unknown);
            }
            draft
        };
        let mut drafts: Vec<Draft> = self.drafts.iter().map(meant).collect();
        if !drafts.iter().any(|draft| draft.role == Role::LeaveDate) {
            let alone =
                |draft: &&mut Draft| !draft.stated && columns::needs_a_leaving(&draft.header);
            for draft in drafts.iter_mut().filter(alone) {
                draft.role = Role::Unknown;
            }
        }
        Kind {
            named: self,
            holds,
            drafts,
        }
    }

    /// What the name of a column means in a table of a kind. `Left` and the
    /// like are dates of a staff list only where dates stand below.
    fn meant(&self, holds: Holds, draft: &Draft) -> Option<Role> {
        let role = columns::recognise_in(holds, &draft.header)?;
        let marks = holds == Holds::Staff
            && columns::may_be_a_mark(&draft.header)
            && !self.holds_dates(draft.index);
        (!marks).then_some(role)
    }

    /// Whether at least half of the values of a column are dates.
    fn holds_dates(&self, index: usize) -> bool {
        let is_date = |cell: &&Cell| {
            let read = |order| matches!(moment(cell, Some(order)), Moment::At(_));
            read(DateOrder::DayFirst) || read(DateOrder::MonthFirst)
        };
        let filled: Vec<&Cell> = self.below(index).filter(|cell| !is_missing(cell)).collect();
        filled.iter().copied().filter(|cell| is_date(cell)).count() * 2 >= filled.len()
    }

    /// The distinct cells of a column below the header that hold something.
    pub(super) fn below(&self, index: usize) -> impl Iterator<Item = &Cell> {
        let column = self.grid.columns().get(index);
        let mut seen = vec![false; column.map_or(0, |column| column.pool().len())];
        let codes = column.into_iter().flat_map(|column| column.codes());
        for code in codes.skip(self.rows.data_from()) {
            if let Some(seen) = usize::try_from(*code).ok().and_then(|c| seen.get_mut(c)) {
                *seen = true;
            }
        }
        let pool = column.into_iter().flat_map(|column| column.pool());
        let cells = pool.zip(seen);
        cells.filter_map(|(cell, seen)| (seen && !cell.is_blank()).then_some(cell))
    }
}

/// The columns as they are meant in a table of a kind.
pub(crate) struct Kind<'a> {
    pub(super) named: &'a Named<'a>,
    pub(super) holds: Holds,
    pub(super) drafts: Vec<Draft>,
}

impl Kind<'_> {
    /// The first column of any of these roles.
    pub(super) fn first(&self, roles: &[Role]) -> Option<&Draft> {
        self.drafts.iter().find(|draft| roles.contains(&draft.role))
    }

    /// How many of these roles there are.
    pub(super) fn count(&self, roles: &[Role]) -> usize {
        roles
            .iter()
            .filter(|role| self.drafts.iter().any(|d| d.role == **role))
            .count()
    }

    /// Columns of any of these roles whose names mean nothing else in a table
    /// of another kind.
    pub(super) fn plainly(&self, roles: &[Role]) -> impl Iterator<Item = &Draft> {
        const KINDS: [Holds; 4] = [Holds::Staff, Holds::Survey, Holds::Register, Holds::Invited];
        let only = |draft: &&Draft| {
            let elsewhere = |holds: &Holds| {
                *holds != self.holds
                    && self
                        .named
                        .meant(*holds, draft)
                        .is_some_and(|role| role != draft.role)
            };
            draft.stated || !KINDS.iter().any(elsewhere)
        };
        let wanted: Vec<Role> = roles.to_vec();
        self.drafts
            .iter()
            .filter(move |d| wanted.contains(&d.role))
            .filter(only)
    }

    /// The first column that asks a question: by its words, or by answers on
    /// a scale of three levels or more; else the first of two with question
    /// marks.
    pub(super) fn question(&self) -> Option<&Draft> {
        let open = || {
            let asked = [Role::Unknown, Role::Question];
            self.drafts
                .iter()
                .filter(move |draft| asked.contains(&draft.role))
        };
        open()
            .find(|draft| {
                draft.role == Role::Question
                    || items::recognise(&draft.header).is_some() && !self.counts(draft)
                    || self.is_on_a_scale(draft)
            })
            .or_else(|| {
                // `Full time?` is the name of a column, no question.
                let asks = |words: &str| words.ends_with('?') && words.split(' ').count() > 3;
                let mut marked = open().filter(|draft| asks(&draft.header));
                marked.next().filter(|_| marked.next().is_some())
            })
    }

    /// Distinct texts of a column with how often each comes; nothing where
    /// there are too many to be options.
    pub(super) fn labels(&self, draft: &Draft) -> Option<Vec<(&str, u64)>> {
        const LABELS: usize = 200;
        let column = self.named.grid.columns().get(draft.index)?;
        if column.pool().len() > LABELS {
            return None;
        }
        let mut counts = vec![0_u64; column.pool().len()];
        for code in column.codes().iter().skip(self.named.rows.data_from()) {
            if let Some(count) = usize::try_from(*code).ok().and_then(|c| counts.get_mut(c)) {
                *count += 1;
            }
        }
        let labels = column
            .pool()
            .iter()
            .zip(counts)
            .filter_map(|(cell, count)| match cell {
                Cell::Text(words) if count > 0 => Some((&**words, count)),
                _ => None,
            });
        Some(labels.collect())
    }

    /// Whether a column of a few words holds figures that no scale has, as
    /// hours: most of its values, and one over 10 at least.
    fn counts(&self, draft: &Draft) -> bool {
        const OF_A_SENTENCE: usize = 5;
        if draft.header.split_whitespace().count() >= OF_A_SENTENCE {
            return false;
        }
        let figure = |cell: &Cell| match cell {
            Cell::Number(n) => Some(*n),
            Cell::Text(words) => words.trim().parse().ok(),
            _ => None,
        };
        let filled: Vec<&Cell> = self.named.below(draft.index).collect();
        let figures: Vec<f64> = filled.iter().filter_map(|cell| figure(cell)).collect();
        figures.len() * 2 > filled.len() && figures.iter().any(|n| *n > 10.0)
    }

    /// Whether nine of ten rows or more hold something in a column.
    pub(super) fn is_filled(&self, draft: &Draft) -> bool {
        let Some(column) = self.named.grid.columns().get(draft.index) else {
            return false;
        };
        let rows = self.named.rows.data_from()..column.codes().len();
        let all = rows.len();
        let filled = rows.filter(|row| !is_missing(column.cell(*row))).count();
        filled > 0 && filled * 10 >= all * 9
    }

    fn is_on_a_scale(&self, draft: &Draft) -> bool {
        let Some(labels) = self.labels(draft) else {
            return false;
        };
        // Figures from 0 to 10 may count anything.
        let worded = labels
            .iter()
            .any(|(label, _)| label.chars().any(char::is_alphabetic));
        worded && scales::recognise(&labels).is_some_and(|scale| scale.levels.len() > 2)
    }

    /// Whether no answer to a question comes twice, as in a table that lists
    /// each answer with its count.
    pub(super) fn lists_answers(&self, draft: &Draft) -> bool {
        self.labels(draft)
            .is_some_and(|labels| labels.iter().all(|(_, count)| *count < 2))
    }

    /// A shape with these columns.
    pub(super) fn shape(&self, layout: Layout, reason: String) -> Shape {
        let rows = &self.named.rows;
        let kind = (layout, self.holds);
        Shape {
            data_from: rows.data_from(),
            remarks: rows.remarks(),
            ..Shape::new(kind, reason, rows.names_row, self.drafts.clone())
        }
    }
}
