//! What a cell means as a date, a number or nothing at all. One place, so
//! that every stage reads a cell the same way. Decides nothing about rows.

use super::{dates, missing, text};
use crate::data::{Cell, DateOrder, TableColumn};
use staywise_core::domain::Day;

/// A cell of a date column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// Nothing there.
    Missing,
    /// Days since 1 January 1970, the time of day as a fraction.
    At(f64),
    /// Something that is no date.
    Unreadable,
}

impl Moment {
    /// The day, where there is one.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        match self {
            Self::At(days) if days.abs() < 1e6 => {
                // In range by the check above.
                #[allow(clippy::cast_possible_truncation)]
                let day = days.floor() as i32;
                Some(Day(day))
            }
            _ => None,
        }
    }
}

/// Whether nothing is there, or a text that stands for nothing.
#[must_use]
pub fn is_missing(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => cell.is_blank() || missing::is_missing(text),
        _ => cell.is_blank(),
    }
}

/// Reads a cell as a date. A number is a spreadsheet's day number (counted
/// from 1900) where it falls between 1927 and 2119, else no date. A text
/// whose order of day and month is not decided is read only if both orders
/// agree or just one can be read.
#[must_use]
pub fn moment(cell: &Cell, order: Option<DateOrder>) -> Moment {
    const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=80_000.0;
    const SERIAL_OF_EPOCH: f64 = 25_569.0;
    if is_missing(cell) {
        return Moment::Missing;
    }
    let at = match cell {
        Cell::Moment(days) if days.is_finite() => Some(*days),
        Cell::Number(n) if SERIALS.contains(n) => Some(n - SERIAL_OF_EPOCH),
        Cell::Text(text) => read_text(text, order),
        _ => None,
    };
    at.map_or(Moment::Unreadable, Moment::At)
}

fn read_text(text: &str, order: Option<DateOrder>) -> Option<f64> {
    if let Some(order) = order {
        return dates::read(text, order);
    }
    let day_first = dates::read(text, DateOrder::DayFirst);
    let month_first = dates::read(text, DateOrder::MonthFirst);
    match (day_first, month_first) {
        (Some(a), Some(b)) => (a.to_bits() == b.to_bits()).then_some(a),
        (a, b) => a.or(b),
    }
}

/// A date column's distinct values, by pool index.
#[must_use]
pub fn moments(column: &TableColumn) -> Vec<Moment> {
    column.cells.read(|cell| moment(cell, column.dates))
}

/// A cell as a number: `0.8`, `80%` (as 0.8) or a number cell.
#[must_use]
pub fn number(cell: &Cell) -> Option<f64> {
    let n = match cell {
        Cell::Number(n) => *n,
        Cell::Text(text) => {
            let plain = text::tidied(text);
            match plain.strip_suffix('%') {
                Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
                None => plain.parse().ok()?,
            }
        }
        _ => return None,
    };
    n.is_finite().then_some(n)
}

#[cfg(test)]
mod tests {
    use super::{Cell, Day, Moment, moment, number};

    #[test]
    fn a_day_number_is_a_date_and_a_small_number_is_not() {
        let day = |cell| moment(&cell, None).day();
        assert_eq!(day(Cell::Number(46_112.0)), Day::from_ymd(2026, 3, 31));
        assert_eq!(moment(&Cell::Number(12.0), None), Moment::Unreadable);
        assert_eq!(day(Cell::Moment(-0.5)), Some(Day(-1)));
        assert_eq!(moment(&Cell::Text(" ".into()), None), Moment::Missing);
    }

    #[test]
    fn numbers_in_text_are_read() {
        assert_eq!(number(&Cell::Text("80 %".into())), Some(0.8));
        assert_eq!(number(&Cell::Text("0.6".into())), Some(0.6));
        assert_eq!(number(&Cell::Text("full".into())), None);
    }
}
