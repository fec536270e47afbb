//! What a workbook's cell holds, as a value of a grid: dates by their calendar
//! date, error values as such, a formula as its value when the workbook was
//! last saved. Looks at one cell at a time.

use super::filling::Unread;
use super::grid::{Grid, TooLarge, Value};
use crate::data::{Cell, DateOrder};
use crate::vocabulary::dates;
use calamine::{Data, DataRef, DataType, ExcelDateTime};
use staywise_core::domain::Day;

/// The value of a borrowed cell.
impl Unread for DataRef<'_> {
    fn give(&self, take: impl FnOnce(Value<'_>)) {
        match self {
            Self::Empty => {}
            Self::SharedString(text) => take(Value::Text(text)),
            Self::String(text) | Self::DurationIso(text) => take(Value::Text(text)),
            Self::Float(n) => take(number(*n)),
            Self::Int(_) => take(number(self.as_f64().unwrap_or(f64::NAN))),
            Self::Bool(b) => take(Value::Bool(*b)),
            Self::DateTimeIso(text) => match dates::read(text, DateOrder::DayFirst) {
                Some(days) => take(Value::Moment(days)),
                None => take(Value::Text(text)),
            },
            Self::DateTime(serial) => take(moment(serial)),
            Self::Error(error) => take(Value::Fault(&error.to_string())),
        }
    }
}

/// A cell with no value of its own.
pub(crate) fn is_nothing(cell: &DataRef<'_>) -> bool {
    match cell {
        DataRef::Empty => true,
        DataRef::SharedString(text) => text.is_empty(),
        DataRef::String(text) | DataRef::DurationIso(text) | DataRef::DateTimeIso(text) => {
            text.is_empty()
        }
        _ => false,
    }
}

/// Puts a cell into a grid.
pub(crate) fn put(
    grid: &mut Grid,
    (row, column): (usize, usize),
    value: &Data,
) -> Result<(), TooLarge> {
    match value {
        Data::Empty => Ok(()),
        Data::Int(_) => grid.put(row, column, number(value.as_f64().unwrap_or(f64::NAN))),
        Data::Float(n) => grid.put(row, column, number(*n)),
        Data::Bool(b) => grid.put(row, column, Value::Bool(*b)),
        Data::String(text) | Data::DurationIso(text) => grid.put(row, column, Value::Text(text)),
        Data::DateTimeIso(text) => match dates::read(text, DateOrder::DayFirst) {
            Some(days) => grid.put(row, column, Value::Moment(days)),
            None => grid.put(row, column, Value::Text(text)),
        },
        Data::DateTime(serial) => grid.put(row, column, moment(serial)),
        Data::Error(error) => grid.put(row, column, Value::Fault(&error.to_string())),
    }
}

/// A number, or an error value where it is none.
pub(crate) fn number(n: f64) -> Value<'static> {
    if n.is_finite() {
        // Not minus zero.
        Value::Number(n + 0.0)
    } else {
        Value::Fault("#NUM!")
    }
}

/// A serial date by its calendar date, so that neither the epoch (1900, 1904)
/// nor the 29 February 1900 that never was matters here. Times of day and
/// durations are no dates and stay numbers.
fn moment(serial: &ExcelDateTime) -> Value<'static> {
    let value = serial.as_f64();
    if serial.is_duration() || !(1.0..2_958_466.0).contains(&value) {
        return number(value);
    }
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    let Some(date) = Day::from_ymd(i32::from(year), u32::from(month), u32::from(day)) else {
        return number(value);
    };
    let seconds = f64::from(u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second));
    Value::Moment(f64::from(date.0) + (seconds + f64::from(milli) / 1000.0) / 86_400.0)
}

/// A serial day number in a cell that is not formatted as a date.
pub(crate) fn serial_day(value: f64) -> Option<Cell> {
    // 1 January 1930 to 31 December 2119: dates in use, and no head counts.
    const FIRST: f64 = 10_959.0;
    const LAST: f64 = 80_353.0;
    const EPOCH: f64 = 25_569.0;
    (FIRST..=LAST)
        .contains(&value)
        .then_some(Cell::Moment(value - EPOCH))
}
