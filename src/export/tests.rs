//! Result files from made-up figures.

use super::record::{COLUMNS, Field, record};
use super::results::guarded;
use super::{number12, results_csv, results_json, results_parquet};
use crate::report::made_up::{metric, quarter, rows};
use parquet::basic::Type as Physical;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field as Read;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Group, Kind, RowKey, Statistic, Status, Unit};
use std::collections::BTreeMap;
use std::io::Write;

fn parsed(rows: &[Released]) -> Vec<BTreeMap<String, String>> {
    let bytes = results_csv(rows);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let read: Result<Vec<BTreeMap<String, String>>, _> = reader.deserialize().collect();
    read.unwrap()
}

#[test]
fn the_columns_are_the_contract_in_its_order() {
    let bytes = results_csv(&[]);
    let contract = "metric, definition, kind, period, dimension, level, dimension_2, level_2, status, \
                    reason, n, numerator, denominator, estimate, lower, upper, interval_level, method, \
                    unit, good, claim, statistic, item, answer, horizon_months, comparator_level, \
                    weighted, persons, adjusted_for";
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        contract.replace(", ", ",") + "\n"
    );
}

#[test]
fn what_is_written_reads_back() {
    let rows = rows();
    let read = parsed(&rows);
    assert_eq!(read.len(), rows.len());
    for (row, line) in rows.iter().zip(&read) {
        let number = |value: Option<f64>| value.map_or_else(String::new, number12);
        assert_eq!(line["status"], row.status().code());
        assert_eq!(line["estimate"], number(row.estimate()));
        assert_eq!(line["lower"], number(row.lower()));
        assert_eq!(line["claim"], row.claim());
        assert_eq!(
            line["n"],
            row.n().map_or_else(String::new, |n| n.to_string())
        );
    }
    assert!(!results_csv(&rows).contains(&b'\r'));
}

#[test]
fn a_hidden_row_has_its_status_and_no_number() {
    let rows = rows();
    let hidden: Vec<_> = parsed(&rows)
        .into_iter()
        .filter(|line| line["status"] == "c")
        .collect();
    assert!(hidden.len() >= 3);
    for line in hidden {
        assert_eq!(line["reason"], "hidden to protect people");
        for column in [
            "n",
            "numerator",
            "denominator",
            "estimate",
            "lower",
            "upper",
            "interval_level",
            "method",
            "persons",
        ] {
            assert_eq!(line[column], "", "{column}");
        }
    }
}

#[test]
fn json_says_the_same_in_types() {
    let rows = rows();
    let read: Vec<serde_json::Value> = serde_json::from_slice(&results_json(&rows)).unwrap();
    assert_eq!(read.len(), rows.len());
    for (row, object) in rows.iter().zip(&read) {
        let fields = record(row);
        let filled = fields.iter().filter(|f| !matches!(f, Field::Empty)).count();
        assert_eq!(object.as_object().unwrap().len(), filled);
        for (name, field) in COLUMNS.iter().zip(fields) {
            match field {
                Field::Empty => assert!(object[name].is_null(), "{name}"),
                Field::Text(words) => assert_eq!(object[name], words),
                Field::Flag(yes) => assert_eq!(object[name], yes),
                Field::Number(digits) => {
                    assert_eq!(object[name].as_f64(), digits.parse().ok(), "{name}");
                }
            }
        }
    }
    let text = String::from_utf8(results_json(&rows)).unwrap();
    assert!(text.starts_with("[\n{\"metric\":") && !text.contains("NaN"));
    assert_eq!(results_json(&[]), b"[\n]\n");
}

#[test]
fn no_text_is_a_formula() {
    for words in ["=1+1", "+44", "-x", "@x", "\tx", "\rx"] {
        assert_eq!(guarded(words.to_owned()), format!("'{words}"));
    }
    assert_eq!(guarded("a=1".to_owned()), "a=1");
    let key = RowKey {
        metric: "=cmd()".to_owned(),
        definition: "price".to_owned(),
        period: quarter(),
        group: Group::everyone(),
        statistic: Statistic::Value,
        item: None,
        answer: None,
        horizon_months: None,
        comparator: None,
        adjusted_for: None,
    };
    let row = Released::declared(key, "Price", Unit::Pence, -12.5);
    let line = &parsed(std::slice::from_ref(&row))[0];
    assert_eq!(
        (line["metric"].as_str(), line["estimate"].as_str()),
        ("'=cmd()", "-12.5")
    );
    assert_eq!(row.status(), Status::Shown);
    assert_eq!(metric("a", "A", Kind::Sum).kind.word(), line["kind"]);
}

fn opened(bytes: &[u8]) -> SerializedFileReader<std::fs::File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

#[test]
fn parquet_says_the_same_in_types() {
    let rows = rows();
    let bytes = results_parquet(&rows).unwrap();
    assert_eq!(results_parquet(&rows).unwrap(), bytes);
    let file = opened(&bytes);
    let described = file.metadata().file_metadata();
    assert!(described.created_by().unwrap().starts_with("staywise "));
    for column in described.schema_descr().columns() {
        let wanted = match column.name() {
            "n" | "persons" | "horizon_months" => Physical::INT64,
            "weighted" => Physical::BOOLEAN,
            "numerator" | "denominator" | "estimate" | "lower" | "upper" | "interval_level" => {
                Physical::DOUBLE
            }
            _ => Physical::BYTE_ARRAY,
        };
        assert_eq!(column.physical_type(), wanted, "{}", column.name());
    }
    let mut read = 0;
    for (line, row) in file.get_row_iter(None).unwrap().zip(&rows) {
        let line = line.unwrap();
        let names = line.get_column_iter().map(|(name, _)| name.as_str());
        assert!(names.eq(COLUMNS));
        for ((name, got), wanted) in line.get_column_iter().zip(record(row)) {
            let same = match (got, &wanted) {
                (Read::Null, Field::Empty) => true,
                (Read::Str(got), Field::Text(wanted)) => got == wanted,
                (Read::Bool(got), Field::Flag(wanted)) => got == wanted,
                (Read::Double(got), Field::Number(wanted)) => number12(*got) == *wanted,
                (Read::Long(got), Field::Number(wanted)) => got.to_string() == *wanted,
                _ => false,
            };
            assert!(same, "{name}: {got:?} is not {wanted:?}");
        }
        read += 1;
    }
    assert_eq!(read, rows.len());
    let none = opened(&results_parquet(&[]).unwrap());
    assert_eq!(none.metadata().file_metadata().num_rows(), 0);
}
