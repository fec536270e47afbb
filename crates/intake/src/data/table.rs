//! A table as read: one header, typed columns, every cell's place kept.

use super::{Column, DateOrder, Holds, Layout, Role};
use staywise_core::domain::{Origin, QuestionType};

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// Zero-based column of the sheet; 5 is F.
    pub index: usize,
    /// The header as written, white space collapsed; the variable name in a
    /// file that has both.
    pub header: String,
    /// The question's text, where it stands apart from the header.
    pub question: Option<String>,
    /// A name that is unique in the table: the header, with a suffix where
    /// two are the same.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// For a question, the sort of answers; typed from all rows.
    pub question_type: Option<QuestionType>,
    /// For a column of dates as text: how they are meant, decided from all
    /// rows.
    pub dates: Option<DateOrder>,
    /// The values of the data rows.
    pub cells: Column,
}

impl TableColumn {
    /// The words of the question: its text, else the header.
    #[must_use]
    pub fn asks(&self) -> &str {
        self.question.as_deref().unwrap_or(&self.header)
    }

    /// The column as a spreadsheet letters it, with its header: `F "Start
    /// date"`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} \"{}\"", letters(self.index), self.header)
    }
}

/// Spreadsheet letters of a zero-based column: 0 is A, 26 is AA.
#[must_use]
pub fn letters(index: usize) -> String {
    let mut left = index + 1;
    let mut out = Vec::new();
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        out.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    out.iter().rev().collect()
}

/// The tables that hold one thing, in order.
#[must_use]
pub fn holding(tables: &[Table], holds: Holds) -> Vec<&Table> {
    tables.iter().filter(|t| t.holds == holds).collect()
}

/// A table as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The file's path inside the study folder.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// What it holds.
    pub holds: Holds,
    /// Which tool wrote it.
    pub layout: Layout,
    /// Why this layout was taken, in a sentence.
    pub reason: String,
    /// The wave that the study fixes for all rows.
    pub wave: Option<String>,
    /// The date since which a staff list has leavers, where the study says.
    pub leavers_from: Option<staywise_core::domain::Day>,
    /// The time zone that the file states for its times, as an IANA name.
    pub time_zone: Option<String>,
    /// The row of the (first) header, as a spreadsheet numbers it.
    pub header_row: u32,
    /// The spreadsheet's row number of each data row, in order. Blank rows,
    /// totals and notes are not data rows.
    pub row_numbers: Vec<u32>,
    /// Columns from left to right; blank ones left out.
    pub columns: Vec<TableColumn>,
}

impl Table {
    /// How many data rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.row_numbers.len()
    }

    /// The first column of a role.
    #[must_use]
    pub fn column(&self, role: &Role) -> Option<&TableColumn> {
        self.columns.iter().find(|c| c.role == *role)
    }

    /// The place of a cell.
    #[must_use]
    pub fn origin(&self, row: Option<usize>, column: Option<&TableColumn>) -> Origin {
        Origin {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row: row.and_then(|r| self.row_numbers.get(r).copied()),
            column: column.map(TableColumn::place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_as_a_spreadsheet_has_them() {
        let all: Vec<String> = [0, 25, 26, 51, 701, 702].map(letters).into();
        assert_eq!(all, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }
}
