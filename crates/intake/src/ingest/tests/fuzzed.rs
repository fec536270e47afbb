//! What fuzzing found, each with the bytes that showed it: a reader that
//! panics in the midst of a file is told as a file that cannot be read.

use super::containers::{staff_workbook, with_part};
use super::{complaints, read_bytes};

#[test]
fn a_cell_that_says_it_is_in_a_row_that_no_sheet_has_gives_a_reading() {
    // The reader crate multiplies the row's digits without a check.
    for place in ["A99999999999", "ZZZZZZZZZZ1", "A0", "A4294967297"] {
        let book = with_part(&staff_workbook(), "xl/worksheets/sheet1.xml", |sheet| {
            sheet.replacen("r=\"A2\"", &format!("r=\"{place}\""), 1)
        });
        let reading = read_bytes("staff.xlsx", &book);
        let told = !complaints(&reading).is_empty() || !reading.tables.is_empty();
        assert!(told, "{place}");
    }
}
