//! What a layout says of a sheet: its columns, what their values are made of
//! and mean, and which rows are no data. Recognises nothing.

use crate::data::{Holds, Layout, Role, table::letters};
use staywise_core::domain::Severity;
use std::collections::HashSet;

/// A column as a layout sees it, before its values are taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    /// Zero-based column of the sheet.
    pub(crate) index: usize,
    /// The header as written, white space collapsed.
    pub(crate) header: String,
    /// The question's text, where it stands apart.
    pub(crate) question: Option<String>,
    /// What the column is for.
    pub(crate) role: Role,
    /// The item that the study says it is.
    pub(crate) item: Option<String>,
    /// Whether the study states the role.
    pub(crate) stated: bool,
    /// What its values are made of.
    pub(crate) made: Made,
    /// What its values mean.
    pub(crate) meaning: Meaning,
}

impl Draft {
    /// A column by its header, its values as they stand.
    pub(crate) fn new(index: usize, header: String, role: Role) -> Self {
        Self {
            index,
            header,
            question: None,
            role,
            item: None,
            stated: false,
            made: Made::Own,
            meaning: Meaning::default(),
        }
    }

    /// The column as a spreadsheet letters it, with its header.
    pub(crate) fn place(&self) -> String {
        format!("{} \"{}\"", letters(self.index), self.header)
    }
}

/// What the values of a column are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// Of the cells as they stand.
    Own,
    /// Of a column an option, ticked or not: the labels of those ticked, each
    /// with a semicolon behind it, as Forms writes them. `index` is the first.
    Options(Vec<Choice>),
    /// Of the first of these columns that has a value: one question that goes
    /// on in a new column, as the study says. `index` is among them.
    FirstOf(Vec<usize>),
}

/// One option of a question to which several answers may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Zero-based column of the sheet.
    pub(crate) index: usize,
    /// What is chosen when it is ticked.
    pub(crate) label: String,
}

/// What the values of a column mean where that is not what they say. Codes
/// and marks are compared as text, case and white space aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Codes with their labels.
    pub(crate) labels: Vec<(String, String)>,
    /// What stands for no value, in this column only (999, -99).
    pub(crate) missing: Vec<String>,
}

/// Rows of a shape that are no data by a rule of its layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetAside {
    /// The rule's slug.
    pub(crate) rule: &'static str,
    /// What they are, in a sentence.
    pub(crate) message: &'static str,
    /// Grid rows in order.
    pub(crate) rows: Vec<u32>,
}

/// What a layout has to say of a file beside why it was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// The rule's slug and how bad it is.
    pub(crate) rule: (&'static str, Severity),
    /// Grid row, where it is about one.
    pub(crate) row: Option<u32>,
    /// Column, where it is about one.
    pub(crate) column: Option<usize>,
    /// What was found. Holds no value that may be personal.
    pub(crate) message: String,
    /// What to do.
    pub(crate) remedy: String,
    /// How many cells or rows.
    pub(crate) count: u64,
}

impl Remark {
    /// One thing of no weight, about a column or the whole.
    pub(crate) fn note(
        rule: &'static str,
        column: Option<usize>,
        message: String,
        remedy: &str,
    ) -> Self {
        Self {
            rule: (rule, Severity::Note),
            row: None,
            column,
            message,
            remedy: remedy.to_owned(),
            count: 1,
        }
    }
}

/// A sheet as recognised. Rows are grid rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) layout: Layout,
    pub(crate) holds: Holds,
    /// Why, in a sentence.
    pub(crate) reason: String,
    /// Why this header row, where that was not plain from the layout.
    pub(crate) header_reason: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) names_row: usize,
    /// First row below the header rows.
    pub(crate) data_from: usize,
    pub(crate) drafts: Vec<Draft>,
    /// Headers that the study names and the sheet does not have.
    pub(crate) missing: Vec<String>,
    /// Rows that are no data by a rule of the layout.
    pub(crate) aside: Vec<SetAside>,
    /// What the layout has to say of the file.
    pub(crate) remarks: Vec<Remark>,
}

impl Shape {
    /// A shape with one header row.
    pub(crate) fn new(
        (layout, holds): (Layout, Holds),
        reason: String,
        names_row: usize,
        drafts: Vec<Draft>,
    ) -> Self {
        Self {
            layout,
            holds,
            reason,
            header_reason: None,
            time_zone: None,
            names_row,
            data_from: names_row + 1,
            drafts,
            missing: Vec::new(),
            aside: Vec::new(),
            remarks: Vec::new(),
        }
    }
    /// Every column that a draft is made of, in the order of the drafts.
    pub(crate) fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = Vec::new();
        for draft in &self.drafts {
            columns.push(draft.index);
            match &draft.made {
                Made::Own => {}
                Made::Options(choices) => columns.extend(choices.iter().map(|c| c.index)),
                Made::FirstOf(others) => columns.extend(others),
            }
        }
        let mut seen = HashSet::new();
        columns.retain(|column| seen.insert(*column));
        columns
    }
}
