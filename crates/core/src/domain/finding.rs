//! What is wrong with the data, where, and what to do. Findings come all at
//! once. The message never holds a value that could be personal; the value
//! itself goes only to private/findings.csv.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The data must be mended before a run.
    Error,
    /// Cells were set aside and counted; the run goes on.
    Warning,
    /// Worth knowing: what was recognised, or left alone.
    Note,
}

impl Severity {
    /// The word as printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where in the files a thing is: as far down as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file's path inside the study folder.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row as a spreadsheet numbers it, from 1.
    pub row: Option<u32>,
    /// The column as a spreadsheet letters it, with its header: `F "Start date"`.
    pub column: Option<String>,
}

impl Origin {
    /// A whole file.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            ..Self::default()
        }
    }
}

/// `staff.xlsx > Sheet1 > row 12 > column F "Start date"`.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, " > {sheet}")?;
        }
        if let Some(row) = self.row {
            write!(f, " > row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, " > column {column}")?;
        }
        Ok(())
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's slug, as `unknown-label`.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Where it first occurs.
    pub origin: Origin,
    /// What was found and what was expected, in a sentence. No value that
    /// could be personal.
    pub message: String,
    /// What to do, in a sentence; empty for a note that asks for nothing.
    pub remedy: String,
    /// How many cells, rows or files it covers.
    pub count: u64,
    /// The value itself, for private/findings.csv only.
    pub private_value: Option<String>,
}
