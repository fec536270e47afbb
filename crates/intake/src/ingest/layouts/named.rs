//! The columns below a header row, as their names are meant in a table of a
//! kind: what the layouts that have no marks of their own go by. Chooses none.

use super::{Draft, Shape, present};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::header;
use crate::ingest::header_rows::HeaderRows;
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
                let role = columns::recognise_in(holds, &draft.header);
                draft.role = role.unwrap_or(Role::Unknown);
            }
            draft
        };
        Kind {
            named: self,
            holds,
            drafts: self.drafts.iter().map(meant).collect(),
        }
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
                    && columns::recognise_in(*holds, &draft.header)
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
                    || items::recognise(&draft.header).is_some()
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
