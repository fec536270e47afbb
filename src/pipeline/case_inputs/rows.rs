//! The rows of the sheet of inputs, by the headings over its columns.
//! Interprets no value.

use crate::data::Cell;
use crate::data::table::letters;
use crate::export::case_template::{FIELDS, Field};
use crate::ingest::Written;
use staywise_core::domain::{Finding, Origin, Severity};

/// Rows from the top in which the headings may stand.
const DEEPEST: usize = 30;
/// Columns in which a heading may stand.
const WIDEST: usize = 60;
/// More rows than anybody fills in.
const MOST_ROWS: usize = 5_000;

/// The sheet with the columns of its headings.
pub(super) struct Form<'a> {
    file: &'a str,
    written: &'a Written,
    top: usize,
    columns: Vec<(Field, usize)>,
}

/// One row.
pub(super) struct Row<'a> {
    form: &'a Form<'a>,
    at: usize,
}

/// Columns without which nothing can be read.
const NEEDED: [Field; 4] = [Field::Name, Field::Least, Field::Likeliest, Field::Most];
/// Columns without which a figure has no source.
const WANTED: [Field; 5] = [
    Field::Group,
    Field::PriceYear,
    Field::Source,
    Field::Date,
    Field::Grade,
];

impl<'a> Form<'a> {
    /// The sheet by its headings, with the columns it lacks; an error where
    /// one that it needs is not there.
    pub(super) fn of(
        file: &'a str,
        written: &'a Written,
    ) -> Result<(Self, Vec<Finding>), Box<Finding>> {
        let likely = (0..written.rows().min(DEEPEST)).map(|row| (row, columns(written, row)));
        let (top, columns) = likely
            .max_by_key(|(row, columns)| (columns.len(), DEEPEST - row))
            .unwrap_or_default();
        let form = Self {
            file,
            written,
            top,
            columns,
        };
        let lacking = |fields: &[Field]| {
            let fields = fields.iter().filter(|field| form.column(**field).is_none());
            let headings: Vec<String> = fields.map(|f| format!("\"{}\"", f.heading())).collect();
            headings.join(", ")
        };
        let said = |severity, missing: &str| Finding {
            rule: "case-columns",
            severity,
            origin: Origin {
                row: u32::try_from(form.top + 1).ok(),
                ..form.origin()
            },
            message: format!("The row of headings lacks: {missing}."),
            remedy: "Write the headings as in the template, or make the template anew and copy \
                     your figures into it."
                .to_owned(),
            count: 1,
            private_value: None,
        };
        let needed = lacking(&NEEDED);
        if !needed.is_empty() {
            return Err(Box::new(said(Severity::Error, &needed)));
        }
        let wanted = lacking(&WANTED);
        let findings = (!wanted.is_empty()).then(|| said(Severity::Warning, &wanted));
        Ok((form, findings.into_iter().collect()))
    }

    fn origin(&self) -> Origin {
        Origin {
            sheet: self.written.sheet.clone(),
            ..Origin::file(self.file)
        }
    }

    fn column(&self, field: Field) -> Option<usize> {
        let mut found = self.columns.iter().filter(|(own, _)| *own == field);
        found.next().map(|(_, column)| *column)
    }

    /// The rows below the headings that hold something.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.top + 1..self.written.rows().min(MOST_ROWS);
        let rows = rows.map(|at| Row { form: self, at });
        rows.filter(|row| {
            let mut columns = self.columns.iter();
            columns.any(|(field, _)| !row.cell(*field).is_blank())
        })
    }
}

/// The columns that have a heading of ours in a row, each the first of its
/// name.
fn columns(written: &Written, row: usize) -> Vec<(Field, usize)> {
    let mut found: Vec<(Field, usize)> = Vec::new();
    for column in 0..written.width().min(WIDEST) {
        let heading = written.cell(row, column).text();
        let words: Vec<&str> = heading.split_whitespace().collect();
        let heading = words.join(" ");
        let field = FIELDS
            .iter()
            .find(|(_, own, _)| own.eq_ignore_ascii_case(&heading));
        if let Some((field, ..)) = field
            && found.iter().all(|(known, _)| known != field)
        {
            found.push((*field, column));
        }
    }
    found
}

impl Row<'_> {
    /// Its number, as a spreadsheet counts.
    pub(super) fn number(&self) -> u32 {
        u32::try_from(self.at + 1).unwrap_or(u32::MAX)
    }

    /// The cell of a column; empty where there is no such column.
    pub(super) fn cell(&self, field: Field) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        let column = self.form.column(field);
        column.map_or(&EMPTY, |column| self.form.written.cell(self.at, column))
    }

    /// What is written in a column, without white space around it.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        let cell = self.cell(field);
        let text = cell.text();
        (!cell.is_blank()).then(|| text.trim().to_owned())
    }

    /// An error in a column.
    pub(super) fn wrong(
        &self,
        field: Field,
        rule: &'static str,
        message: &str,
        remedy: &str,
    ) -> Finding {
        let column = self.form.column(field);
        Finding {
            rule,
            severity: Severity::Error,
            origin: Origin {
                row: Some(self.number()),
                column: column.map(|at| format!("{} \"{}\"", letters(at), field.heading())),
                ..self.form.origin()
            },
            message: message.to_owned(),
            remedy: remedy.to_owned(),
            count: 1,
            private_value: self.text(field),
        }
    }
}
