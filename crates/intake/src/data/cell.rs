//! A cell as it was read and a column of them, each distinct value held once,
//! so that every later stage interprets a value once however often it occurs.

use std::borrow::Cow;

/// One distinct value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing there.
    Empty,
    /// Text, as typed (trimmed of nothing).
    Text(Box<str>),
    /// A number.
    Number(f64),
    /// A date or a date and time that the file holds as such: days since
    /// 1 January 1970, the time of day as a fraction.
    Moment(f64),
    /// True or false.
    Bool(bool),
    /// A spreadsheet's error value, as `#N/A`.
    Fault(Box<str>),
}

impl Cell {
    /// The cell as a spreadsheet would show it in a plain format: whole
    /// numbers without a point, moments as `2026-03-31` or with ` 14:02:11`.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Fault(text) => Cow::Borrowed(text),
            Self::Bool(true) => Cow::Borrowed("TRUE"),
            Self::Bool(false) => Cow::Borrowed("FALSE"),
            Self::Number(n) => Cow::Owned(format!("{n}")),
            Self::Moment(days) => Cow::Owned(moment_text(*days)),
        }
    }

    /// Whether nothing is there: empty, or only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || c == '\u{feff}'),
            _ => false,
        }
    }
}

fn moment_text(days: f64) -> String {
    const SECONDS: f64 = 86_400.0;
    let whole = (days * SECONDS).round();
    if !whole.is_finite() || whole.abs() > 1e13 {
        return String::new();
    }
    // In range by the check above.
    #[allow(clippy::cast_possible_truncation)]
    let seconds = whole as i64;
    let Some(moment) = chrono::DateTime::from_timestamp(seconds, 0) else {
        return String::new();
    };
    if seconds.rem_euclid(86_400) == 0 {
        moment.format("%Y-%m-%d").to_string()
    } else {
        moment.format("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// A column: for each row the index of its value in the pool. `pool[0]` is
/// always `Empty`.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Pool index by row.
    pub codes: Vec<u32>,
    /// Distinct values in order of first appearance; the first is `Empty`.
    pub pool: Vec<Cell>,
}

impl Default for Column {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            pool: vec![Cell::Empty],
        }
    }
}

impl Column {
    /// The value in a row; `Empty` past the end.
    #[must_use]
    pub fn cell(&self, row: usize) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.codes
            .get(row)
            .and_then(|code| self.pool.get(usize::try_from(*code).ok()?))
            .unwrap_or(&EMPTY)
    }

    /// How many rows hold each pool value.
    #[must_use]
    pub fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.pool.len()];
        for code in &self.codes {
            if let Some(count) = usize::try_from(*code).ok().and_then(|c| counts.get_mut(c)) {
                *count += 1;
            }
        }
        counts
    }

    /// Interprets each distinct value once: the results by pool index.
    pub fn read<T>(&self, interpret: impl FnMut(&Cell) -> T) -> Vec<T> {
        self.pool.iter().map(interpret).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Column};

    #[test]
    fn shows_values_as_a_spreadsheet_does() {
        assert_eq!(Cell::Number(12.0).text(), "12");
        assert_eq!(Cell::Number(0.5).text(), "0.5");
        assert_eq!(Cell::Moment(20_543.0).text(), "2026-03-31");
        assert_eq!(Cell::Moment(20_543.5).text(), "2026-03-31 12:00:00");
        assert!(Cell::Text("\u{a0} ".into()).is_blank());
    }

    #[test]
    fn a_row_past_the_end_is_empty() {
        assert_eq!(Column::default().cell(3), &Cell::Empty);
    }
}
