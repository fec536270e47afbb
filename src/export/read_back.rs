//! results.csv read back: the lines of an earlier run by the names of their
//! columns. Holds them as they were written; what they mean is told elsewhere.

use super::COLUMNS;
use std::fmt;

/// The lines of a results.csv.
#[derive(Clone, Debug)]
pub struct Results {
    /// Where each of `COLUMNS` stands in a record.
    places: Vec<usize>,
    records: Vec<csv::StringRecord>,
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    results: &'a Results,
    index: usize,
}

/// What is wrong with a file that should be results.csv.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotResults {
    /// It has not this column.
    NoColumn(&'static str),
    /// A line cannot be read; as a spreadsheet numbers it.
    BadLine(usize),
}

impl fmt::Display for NotResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoColumn(name) => write!(f, "results.csv has no column `{name}`"),
            Self::BadLine(row) => write!(f, "row {row} of results.csv cannot be read"),
        }
    }
}

impl std::error::Error for NotResults {}

/// Reads results.csv. Further columns after those of `COLUMNS` are left alone.
///
/// # Errors
/// `NotResults` where a column is missing or a line is broken.
pub fn read_results(bytes: &[u8]) -> Result<Results, NotResults> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|_| NotResults::BadLine(1))?;
    let place = |name: &'static str| {
        let found = header.iter().position(|column| column == name);
        found.ok_or(NotResults::NoColumn(name))
    };
    let places = COLUMNS
        .into_iter()
        .map(place)
        .collect::<Result<Vec<usize>, NotResults>>()?;
    let mut records = Vec::new();
    for record in reader.into_records() {
        records.push(record.map_err(|_| NotResults::BadLine(records.len() + 2))?);
    }
    Ok(Results { places, records })
}

impl Results {
    /// Every line, in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.records.len()).map(|index| Line {
            results: self,
            index,
        })
    }
}

impl<'a> Line<'a> {
    /// What stands in a column, as it stands there; nothing for a name that is
    /// no column.
    #[must_use]
    pub fn get(&self, column: &str) -> &'a str {
        COLUMNS
            .iter()
            .position(|name| *name == column)
            .and_then(|at| self.results.places.get(at))
            .and_then(|place| self.results.records.get(self.index)?.get(*place))
            .unwrap_or("")
    }

    /// Every column with what stands in it.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a, '_> {
        COLUMNS.into_iter().map(|name| (name, self.get(name)))
    }

    /// The row, as a spreadsheet numbers it.
    #[must_use]
    pub fn row(&self) -> usize {
        self.index + 2
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{COLUMNS, NotResults, read_results};

    #[test]
    fn a_line_gives_what_its_columns_hold() {
        let mut text = format!("\u{feff}{},later\r\n", COLUMNS.join(","));
        let cells: Vec<String> = COLUMNS.iter().map(|c| format!("\"'={c}, x\"")).collect();
        text.push_str(&format!("{},9\r\n", cells.join(",")));
        let results = read_results(text.as_bytes()).unwrap();
        let line = results.lines().next().unwrap();
        assert_eq!((line.get("level"), line.row()), ("'=level, x", 2));
        assert_eq!(line.get("later"), "");
    }

    #[test]
    fn what_is_no_results_file_is_said() {
        let said = |text: &str| read_results(text.as_bytes()).unwrap_err();
        assert_eq!(said(""), NotResults::NoColumn("metric"));
        assert_eq!(said("metric,definition\n"), NotResults::NoColumn("kind"));
        let text = format!("{}\na,b\n", COLUMNS.join(","));
        assert_eq!(said(&text), NotResults::BadLine(2));
    }
}
