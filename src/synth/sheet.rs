//! How made rows become files: CSV text and workbooks. The same cells always
//! give the same bytes: a workbook carries a fixed creation date.

use super::NotMade;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use staywise_core::domain::Day;
use std::borrow::Cow;

/// One cell.
pub(super) enum Cell {
    /// Nothing.
    Blank,
    /// Text.
    Text(Cow<'static, str>),
    /// A number.
    Number(f64),
    /// A date.
    Date(Day),
    /// A date and time, as seconds since midnight of the day.
    Moment(Day, u32),
}

/// Text of a cell, nothing for empty text.
pub(super) fn text(text: impl Into<Cow<'static, str>>) -> Cell {
    let text = text.into();
    if text.is_empty() {
        Cell::Blank
    } else {
        Cell::Text(text)
    }
}

/// Days from Excel's day 0 (30 December 1899) to 1 January 1970.
const EXCEL_EPOCH: i32 = 25_569;
const DAY_SECONDS: f64 = 86_400.0;

/// A workbook of one sheet, row by row.
pub(super) struct Sheet<'a> {
    worksheet: &'a mut Worksheet,
    date: Format,
    moment: Format,
    next: u32,
}

impl Sheet<'_> {
    /// Writes the next row.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), XlsxError> {
        let row = self.next;
        self.next += 1;
        for (column, cell) in (0_u16..).zip(cells) {
            let sheet = &mut *self.worksheet;
            match cell {
                Cell::Blank => continue,
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Number(number) => sheet.write_number(row, column, number)?,
                Cell::Date(day) => {
                    let serial = f64::from(day.0 + EXCEL_EPOCH);
                    sheet.write_number_with_format(row, column, serial, &self.date)?
                }
                Cell::Moment(day, second) => {
                    let part = f64::from(second) / DAY_SECONDS;
                    let serial = f64::from(day.0 + EXCEL_EPOCH) + part;
                    sheet.write_number_with_format(row, column, serial, &self.moment)?
                }
            };
        }
        Ok(())
    }
}

/// A workbook with one sheet that `fill` writes.
///
/// # Errors
/// Where the rows are more than a sheet can hold.
pub(super) fn workbook(
    name: &str,
    created: Day,
    fill: impl FnOnce(&mut Sheet<'_>) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, NotMade> {
    let write = || {
        let mut workbook = Workbook::new();
        let date = ExcelDateTime::from_timestamp(i64::from(created.0) * 86_400)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
        let mut sheet = Sheet {
            worksheet: workbook.add_worksheet().set_name(name)?,
            date: Format::new().set_num_format("dd/mm/yyyy"),
            moment: Format::new().set_num_format("m/d/yy hh:mm:ss"),
            next: 0,
        };
        fill(&mut sheet)?;
        workbook.save_to_buffer()
    };
    write().map_err(|error: XlsxError| NotMade(error.to_string()))
}

/// How the lines of a text file end.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    /// As survey tools write them.
    Feed,
    /// As Excel writes them.
    ReturnFeed,
}

/// Adds one line of CSV, quoted where it must be.
pub(super) fn line<'a>(
    out: &mut String,
    ending: Ending,
    fields: impl IntoIterator<Item = Cow<'a, str>>,
) {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str(match ending {
        Ending::Feed => "\n",
        Ending::ReturnFeed => "\r\n",
    });
}

/// `30/06/2026`.
pub(super) fn british(day: Day) -> String {
    day.date().format("%d/%m/%Y").to_string()
}
