//! Times by other clocks than the UK's: each is turned to UK time once before
//! a day is chosen, and times that say nothing of a zone stay.

use super::{complaints, notes, read_bytes};
use crate::data::{Layout, Role, Table};
use crate::ingest::Reading;
use crate::vocabulary::cells;
use staywise_core::domain::Day;

/// The days of a column in the order of the rows.
fn days(table: &Table, role: &Role) -> Vec<Option<Day>> {
    let column = table.column(role).unwrap();
    (0..table.rows())
        .map(|row| cells::moment(column.cells.cell(row), column.dates).day())
        .collect()
}

fn on(month: u32, day: u32) -> Option<Day> {
    Day::from_ymd(2026, month, day)
}

/// How often it is said that times were turned.
fn turned(reading: &Reading) -> usize {
    let rules = notes(reading);
    rules.iter().filter(|rule| **rule == "time-zone").count()
}

/// A Qualtrics export whose times are of a zone.
fn qualtrics(zone: &str, times: &[&str]) -> Reading {
    let id = |id: &str, zone: &str| format!("\"{{\"\"ImportId\"\":\"\"{id}\"\"{zone}}}\"");
    let zone = format!(",\"\"timeZone\"\":\"\"{zone}\"\"");
    let ids = [
        id("startDate", &zone),
        id("endDate", &zone),
        id("recordedDate", &zone),
        id("_recordId", ""),
        id("QID1", ""),
    ];
    let mut text = format!(
        "StartDate,EndDate,RecordedDate,ResponseId,Q1\n\
         Start Date,End Date,Recorded Date,Response ID,How likely are you to stay?\n{}\n",
        ids.join(",")
    );
    for (row, time) in times.iter().enumerate() {
        text.push_str(&format!("{time},{time},{time},R_{row},Very likely\n"));
    }
    read_bytes("q.csv", text.as_bytes())
}

#[test]
fn times_of_qualtrics_in_denver_are_of_the_day_in_the_uk() {
    let reading = qualtrics(
        "America/Denver",
        &[
            "2026-06-30 23:30:00",
            // Half past eleven at night here: turned twice it would be July.
            "2026-06-30 16:30:00",
            "2026-01-10 16:59:59",
            "2026-01-10 17:00:00",
        ],
    );
    let table = &reading.tables[0];
    assert_eq!(table.layout, Layout::Qualtrics);
    let expected = [on(7, 1), on(6, 30), on(1, 10), on(1, 11)];
    assert_eq!(days(table, &Role::CompletedAt), expected);
    assert_eq!(days(table, &Role::StartedAt), expected);
    assert_eq!(turned(&reading), 1);
}

#[test]
fn times_of_qualtrics_in_utc_and_in_london() {
    let times = ["2026-06-30 23:30:00", "2026-01-10 23:30:00"];
    let utc = qualtrics("UTC", &times);
    assert_eq!(
        days(&utc.tables[0], &Role::CompletedAt),
        [on(7, 1), on(1, 10)]
    );
    let london = qualtrics("Europe/London", &times);
    assert_eq!(
        days(&london.tables[0], &Role::CompletedAt),
        [on(6, 30), on(1, 10)]
    );
    assert_eq!((turned(&utc), turned(&london)), (1, 0));
}

#[test]
fn a_zone_that_is_not_known_is_said_and_times_stay() {
    let reading = qualtrics("Mars/Base", &["2026-06-30 23:30:00"]);
    assert_eq!(days(&reading.tables[0], &Role::CompletedAt), [on(6, 30)]);
    let said = complaints(&reading);
    assert!(
        said.contains(&"warning time-zone-unknown x1".to_owned()),
        "{said:?}"
    );
}

#[test]
fn times_of_typeform_in_summer_are_an_hour_later_here() {
    let mut text =
        "#,How likely are you to stay?,Start Date (UTC),Submit Date (UTC),Network ID\n".to_owned();
    for (token, time) in [
        ("a1", "2026-06-30 22:59:00"),
        ("a2", "2026-06-30 23:30:00"),
        ("a3", "2026-01-10 23:30:00"),
    ] {
        text.push_str(&format!("{token},Very likely,{time},{time},n{token}\n"));
    }
    let reading = read_bytes("t.csv", text.as_bytes());
    let table = &reading.tables[0];
    assert_eq!(table.layout, Layout::Typeform);
    assert_eq!(
        days(table, &Role::CompletedAt),
        [on(6, 30), on(7, 1), on(1, 10)]
    );
    assert_eq!(turned(&reading), 1);
}

fn google(zone: &str, times: &[&str]) -> Reading {
    let mut text = "Timestamp,How likely are you to stay?\n".to_owned();
    for time in times {
        text.push_str(&format!("{time}{zone},Very likely\n"));
    }
    read_bytes("g.csv", text.as_bytes())
}

#[test]
fn times_of_google_forms_say_their_own_zone() {
    let times = ["2026/06/30 11:30:00 pm", "2026/01/13 11:30:00 pm"];
    let gmt = google(" GMT", &times);
    assert_eq!(gmt.report.layout, Some(Layout::GoogleForms));
    let role = Role::CompletedAt;
    assert_eq!(days(&gmt.tables[0], &role), [on(7, 1), on(1, 13)]);
    let ahead = google(" GMT+1", &times);
    assert_eq!(days(&ahead.tables[0], &role), [on(6, 30), on(1, 13)]);
    for reading in [gmt, ahead] {
        assert_eq!(turned(&reading), 1);
        assert!(complaints(&reading).is_empty(), "{:?}", reading.findings);
    }
}

#[test]
fn times_without_a_zone_stay() {
    let times = ["2026/06/30 23:30:00", "2026/01/13 00:10:00"];
    let reading = google("", &times);
    let table = &reading.tables[0];
    assert_eq!(
        (table.layout, &table.time_zone),
        (Layout::GoogleForms, &None)
    );
    assert_eq!(days(table, &Role::CompletedAt), [on(6, 30), on(1, 13)]);
    assert_eq!(turned(&reading), 0);
}

/// A Parquet file of a Typeform export with one response.
fn parquet(adjusted: &str, at: i64) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
    use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
    use std::sync::Arc;

    fn put<T: DataType>(group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>, value: T::T) {
        let mut column = group.next_column().unwrap().unwrap();
        let typed = column.typed::<T>();
        typed.write_batch(&[value], None, None).unwrap();
        column.close().unwrap();
    }
    let schema = format!(
        "message t {{ required binary token (UTF8); required binary stay (UTF8); \
         required int64 submitted_at (TIMESTAMP(MILLIS,{adjusted})); }}"
    );
    let schema = parquet::schema::parser::parse_message_type(&schema).unwrap();
    let mut out = Vec::new();
    let mut file = SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    put::<ByteArrayType>(&mut group, ByteArray::from("a1"));
    put::<ByteArrayType>(&mut group, ByteArray::from("Very likely"));
    put::<Int64Type>(&mut group, at);
    group.close().unwrap();
    file.close().unwrap();
    out
}

#[test]
fn times_of_parquet_in_utc_are_uk_times_and_others_stay() {
    // Half past eleven at night on 30 June 2026.
    let at = i64::from(on(6, 30).unwrap().0) * 86_400_000 + 84_600_000;
    let day = |adjusted: &str| {
        let reading = read_bytes("t.parquet", &parquet(adjusted, at));
        let column = &reading.tables[0].columns[2];
        let told = notes(&reading).contains(&"times-in-utc");
        (
            cells::moment(column.cells.cell(0), column.dates).day(),
            told,
        )
    };
    assert_eq!(day("true"), (on(7, 1), true));
    assert_eq!(day("false"), (on(6, 30), false));
}
