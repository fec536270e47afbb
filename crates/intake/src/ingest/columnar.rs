//! Parquet into a grid. Such a file has no header row: the names of its
//! columns become row 1, so that its first row is row 2 as on a sheet. Columns
//! inside columns are told and left out.

use super::grid::{Grid, MAX_COLUMNS, TooLarge, Value};
use super::sheet_cells::number;
use super::workbook::Unreadable;
use crate::vocabulary::zones;
use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

/// What a Parquet file holds.
#[derive(Debug, Default)]
pub(crate) struct Columnar {
    pub(crate) grid: Grid,
    /// Columns left out, as they hold further columns or lists.
    pub(crate) nested: Vec<String>,
    /// Columns of times that are kept in UTC and were turned to UK time.
    pub(crate) utc: Vec<String>,
}

/// Most bytes that all columns may unpack to, and above which they may be at
/// most so many times as many as they are packed.
const MOST_UNPACKED: i64 = 4 << 30;
const BATCH: usize = 4096;

/// Reads a file.
pub(crate) fn read(bytes: Vec<u8>) -> Result<Columnar, Unreadable> {
    let broken = |error: parquet::errors::ParquetError| Unreadable::Broken(error.to_string());
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(broken)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let groups = reader.metadata().row_groups();
    let unpacked: i64 = groups.iter().map(|g| g.total_byte_size().max(0)).sum();
    if unpacked > MOST_UNPACKED {
        return Err(Unreadable::TooLarge);
    }
    let mut out = Columnar::default();
    // By leaf: the column of the grid, or none where it is left out.
    let mut places = Vec::new();
    for leaf in schema.columns() {
        let name = leaf.path().parts().first().cloned().unwrap_or_default();
        if leaf.path().parts().len() > 1 || leaf.max_rep_level() > 0 {
            if out.nested.last() != Some(&name) {
                out.nested.push(name);
            }
            places.push(None);
            continue;
        }
        if is_utc(leaf) {
            out.utc.push(name.clone());
        }
        let column = places.iter().flatten().count();
        out.grid.put(0, column, Value::Text(&name))?;
        places.push(Some(column));
    }
    if places.len() > MAX_COLUMNS {
        return Err(Unreadable::TooLarge);
    }
    let mut from = 1;
    for at in 0..reader.num_row_groups() {
        let group = reader.get_row_group(at).map_err(broken)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        for (leaf, place) in places.iter().enumerate() {
            let Some(column) = place else { continue };
            let descr = schema.column(leaf);
            let cells = Cells {
                grid: &mut out.grid,
                column: *column,
                from,
                rows,
                descr: &descr,
            };
            cells.fill(group.get_column_reader(leaf).map_err(broken)?)?;
        }
        from += rows;
    }
    Ok(out)
}

fn is_utc(leaf: &ColumnDescriptor) -> bool {
    matches!(leaf.logical_type_ref(), Some(LogicalType::Timestamp(t)) if t.is_adjusted_to_u_t_c)
}

/// Where a column of a group of rows goes.
struct Cells<'a> {
    grid: &'a mut Grid,
    column: usize,
    from: usize,
    rows: usize,
    descr: &'a ColumnDescriptor,
}

impl Cells<'_> {
    fn fill(mut self, reader: ColumnReader) -> Result<(), Unreadable> {
        let descr = self.descr;
        match reader {
            ColumnReader::BoolColumnReader(r) => {
                self.each(r, |cell, value| cell.put(Value::Bool(*value)))
            }
            ColumnReader::Int32ColumnReader(r) => {
                self.each(r, |cell, value| cell.integer(descr, i64::from(*value)))
            }
            ColumnReader::Int64ColumnReader(r) => {
                self.each(r, |cell, value| cell.integer(descr, *value))
            }
            ColumnReader::Int96ColumnReader(r) => self.each(r, |cell, value| {
                cell.put(moment(value.to_millis(), 86_400_000))
            }),
            // As it is written in the decimals that tell it from its
            // neighbours: 0.1, not 0.10000000149.
            ColumnReader::FloatColumnReader(r) => self.each(r, |cell, value| {
                cell.put(number(value.to_string().parse().unwrap_or(f64::NAN)))
            }),
            ColumnReader::DoubleColumnReader(r) => {
                self.each(r, |cell, value| cell.put(number(*value)))
            }
            ColumnReader::ByteArrayColumnReader(r) => {
                self.each(r, |cell, value| cell.bytes(descr, value))
            }
            ColumnReader::FixedLenByteArrayColumnReader(r) => {
                self.each(r, |cell, value| cell.bytes(descr, value))
            }
        }
    }

    fn each<T, F>(&mut self, mut reader: ColumnReaderImpl<T>, put: F) -> Result<(), Unreadable>
    where
        T: DataType,
        F: Fn(&mut Place<'_>, &T::T) -> Result<(), TooLarge>,
    {
        let present = self.descr.max_def_level();
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let mut row = 0;
        while row < self.rows {
            levels.clear();
            values.clear();
            let wanted = BATCH.min(self.rows - row);
            let (read, ..) = reader
                .read_records(wanted, Some(&mut levels), None, &mut values)
                .map_err(|e| Unreadable::Broken(e.to_string()))?;
            if read == 0 {
                return Err(Unreadable::Broken(
                    "a column ends before its rows".to_owned(),
                ));
            }
            let mut next = values.iter();
            for at in 0..read {
                if present == 0 || levels.get(at) == Some(&present) {
                    let Some(value) = next.next() else { break };
                    let mut place = Place {
                        grid: &mut *self.grid,
                        row: self.from + row + at,
                        column: self.column,
                    };
                    put(&mut place, value)?;
                }
            }
            row += read;
        }
        Ok(())
    }
}

/// A cell of the grid.
struct Place<'a> {
    grid: &'a mut Grid,
    row: usize,
    column: usize,
}

impl Place<'_> {
    fn put(&mut self, value: Value<'_>) -> Result<(), TooLarge> {
        self.grid.put(self.row, self.column, value)
    }

    fn integer(&mut self, descr: &ColumnDescriptor, value: i64) -> Result<(), TooLarge> {
        if let Some(LogicalType::Timestamp(kind)) = descr.logical_type_ref() {
            let at = moment(value, a_day(kind.unit));
            return self.put(match at {
                Value::Moment(utc) if kind.is_adjusted_to_u_t_c => {
                    Value::Moment(zones::to_uk(utc, zones::UTC))
                }
                at => at,
            });
        }
        if let Some(LogicalType::Time(kind)) = descr.logical_type_ref() {
            return self.put(number(days(value, a_day(kind.unit))));
        }
        match descr.converted_type() {
            ConvertedType::DATE => self.put(moment(value, 1)),
            ConvertedType::TIMESTAMP_MILLIS => self.put(moment(value, 86_400_000)),
            ConvertedType::TIMESTAMP_MICROS => self.put(moment(value, 86_400_000_000)),
            ConvertedType::TIME_MILLIS => self.put(number(days(value, 86_400_000))),
            ConvertedType::TIME_MICROS => self.put(number(days(value, 86_400_000_000))),
            ConvertedType::DECIMAL => self.decimal(descr, i128::from(value)),
            ConvertedType::UINT_32 => self.whole(i128::from(value & 0xFFFF_FFFF)),
            ConvertedType::UINT_64 => self.whole(i128::from(value.cast_unsigned())),
            _ => self.whole(i128::from(value)),
        }
    }

    /// A whole number; as text where a number would lose digits, as in the
    /// identifiers of responses.
    fn whole(&mut self, value: i128) -> Result<(), TooLarge> {
        if value.unsigned_abs() > 1 << 53 {
            return self.put(Value::Text(&value.to_string()));
        }
        self.put(number(float(value)))
    }

    fn decimal(&mut self, descr: &ColumnDescriptor, value: i128) -> Result<(), TooLarge> {
        self.put(number(float(value) / 10_f64.powi(descr.type_scale())))
    }

    fn bytes(&mut self, descr: &ColumnDescriptor, value: &impl Held) -> Result<(), TooLarge> {
        let data = value.held();
        if descr.converted_type() == ConvertedType::DECIMAL {
            return match whole(data) {
                Some(value) => self.decimal(descr, value),
                None => self.put(Value::Fault("a number too large")),
            };
        }
        match (descr.physical_type(), std::str::from_utf8(data)) {
            (Physical::BYTE_ARRAY, Ok(text)) => self.put(Value::Text(text)),
            _ => self.put(Value::Fault("no text")),
        }
    }
}

/// The bytes of a value, of any length or of a fixed one.
trait Held {
    fn held(&self) -> &[u8];
}

impl Held for ByteArray {
    fn held(&self) -> &[u8] {
        self.data()
    }
}

impl Held for parquet::data_type::FixedLenByteArray {
    fn held(&self) -> &[u8] {
        self.data()
    }
}

/// A whole number in two's complement, its highest byte first.
fn whole(data: &[u8]) -> Option<i128> {
    let first = *data.first()?;
    let mut wide = [if first < 0x80 { 0 } else { 0xFF }; 16];
    let start = wide.len().checked_sub(data.len())?;
    wide[start..].copy_from_slice(data);
    Some(i128::from_be_bytes(wide))
}

// Numbers are rounded to the nearest that a cell can hold.
#[allow(clippy::cast_precision_loss)]
fn float(value: i128) -> f64 {
    value as f64
}

/// Parts of a unit in a day.
fn a_day(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 86_400_000,
        TimeUnit::MICROS => 86_400_000_000,
        TimeUnit::NANOS => 86_400_000_000_000,
    }
}

/// Days with their fraction, the whole ones exact.
fn days(value: i64, day: i64) -> f64 {
    let (whole, part) = (value.div_euclid(day), value.rem_euclid(day));
    float(i128::from(whole)) + float(i128::from(part)) / float(i128::from(day))
}

/// Days since 1 January 1970, as Parquet counts them too.
fn moment(value: i64, day: i64) -> Value<'static> {
    // The years 1 to 9999; anything else is no date in use.
    const FIRST: f64 = -719_162.0;
    const LAST: f64 = 2_932_897.0;
    let days = days(value, day);
    if (FIRST..LAST).contains(&days) {
        Value::Moment(days)
    } else {
        Value::Fault("no date")
    }
}
