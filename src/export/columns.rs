//! results.parquet: the rows of results.csv in types. Text as it is, numbers
//! as results.csv rounds them, nothing where results.csv is empty. No clock in
//! it: the same rows give the same bytes.

use super::dictionary::{MEANINGS, Type};
use super::record::{Field, record};
use super::workbook::ExportError;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type as Schema;
use staywise_core::disclosure::Released;
use std::sync::Arc;

/// Rows of a row group: few enough to hold in memory as text.
const GROUP: usize = 100_000;

impl From<ParquetError> for ExportError {
    fn from(error: ParquetError) -> Self {
        Self(format!("results.parquet cannot be made: {error}"))
    }
}

/// The rows as a Parquet file, compressed with Snappy.
///
/// # Errors
/// Where the file cannot be put together, which no row makes happen.
pub fn results_parquet(rows: &[Released]) -> Result<Vec<u8>, ExportError> {
    let properties = WriterProperties::builder()
        .set_created_by(concat!("staywise ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .build();
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema()?, Arc::new(properties))?;
    for part in rows.chunks(GROUP) {
        let records: Vec<[Field; 29]> = part.iter().map(record).collect();
        let mut group = file.next_row_group()?;
        let mut index = 0;
        while let Some(mut column) = group.next_column()? {
            let fields = records.iter().filter_map(|fields| fields.get(index));
            write(&mut column, fields)?;
            column.close()?;
            index += 1;
        }
        group.close()?;
    }
    file.close()?;
    Ok(bytes)
}

fn schema() -> Result<Arc<Schema>, ParquetError> {
    let mut fields = Vec::with_capacity(MEANINGS.len());
    for meaning in &MEANINGS {
        let (physical, logical) = match meaning.holds {
            Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Type::Number => (Physical::DOUBLE, None),
            Type::Whole => (Physical::INT64, None),
            Type::Flag => (Physical::BOOLEAN, None),
        };
        let field = Schema::primitive_type_builder(meaning.column, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
    }
    let schema = Schema::group_type_builder("results").with_fields(fields);
    Ok(Arc::new(schema.build()?))
}

/// One column of a row group. An empty field has level 0 and no value.
fn write<'a>(
    column: &mut SerializedColumnWriter<'_>,
    fields: impl Iterator<Item = &'a Field> + Clone,
) -> Result<(), ParquetError> {
    use parquet::column::writer::ColumnWriter;
    match column.untyped() {
        ColumnWriter::ByteArrayColumnWriter(_) => {
            let (values, levels) = values(fields, |field| match field {
                Field::Text(words) => Some(ByteArray::from(words.as_str())),
                _ => None,
            });
            let writer = column.typed::<ByteArrayType>();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(_) => {
            let (values, levels) = values(fields, |field| match field {
                Field::Number(digits) => digits.parse::<f64>().ok(),
                _ => None,
            });
            let writer = column.typed::<DoubleType>();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(_) => {
            let (values, levels) = values(fields, |field| match field {
                Field::Number(digits) => digits.parse::<i64>().ok(),
                _ => None,
            });
            let writer = column.typed::<Int64Type>();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(_) => {
            let (values, levels) = values(fields, |field| match field {
                Field::Flag(yes) => Some(*yes),
                _ => None,
            });
            let writer = column.typed::<BoolType>();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => {
            return Err(ParquetError::General(
                "a column of a type that results.csv does not have".to_owned(),
            ));
        }
    }
    Ok(())
}

/// The values there are, and for each row whether it has one.
fn values<'a, V>(
    fields: impl Iterator<Item = &'a Field>,
    value: impl Fn(&Field) -> Option<V>,
) -> (Vec<V>, Vec<i16>) {
    let mut values = Vec::new();
    let mut levels = Vec::new();
    for field in fields {
        let value = value(field);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (values, levels)
}
