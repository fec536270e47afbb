//! business-case.xlsx: the business case as a workbook that works itself out.
//! Every step of the model is a formula over named cells, written from the same
//! formula that the program works with; its cached result is what the program
//! worked out, so that a viewer that does not calculate shows the same. What
//! the case holds back has no cell here. Words are never formulas. Holds no
//! clock: the same case gives the same bytes. Works nothing out itself.

mod inputs;
mod layout;
mod pages;
mod places;
mod read_me;

use super::workbook::styles::Styles;
use super::workbook::{ExportError, fixed_date};
use crate::case::Case;
use layout::Kept;
use places::Places;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use staywise_core::casemodel::Unit;

const READ_ME: &str = "Read me";
const INPUTS: &str = "Inputs";
const LEAVER: &str = "One leaver";
const PROGRAMME: &str = "Programme";
const YEARS: &str = "Years";
const ANSWERS: &str = "Answers";

/// The workbook's bytes: sheets "Read me", "Inputs" (a row an input; the cell
/// in use follows the chosen end of the range unless an own value is filled
/// in), "One leaver", "Programme", "Years" (a column a year) and "Answers".
/// Each input is named `in_` and each step `calc_` with its name in the model.
/// Money is in pounds, shares are fractions of 1 shown as percentages.
///
/// # Errors
/// Where the workbook cannot be put together, which a model of fewer than
/// 16,000 years and groups never makes happen.
pub fn case_book(case: &Case) -> Result<Vec<u8>, ExportError> {
    made(case).map_err(|why| ExportError(format!("business-case.xlsx cannot be made: {why}")))
}

fn made(case: &Case) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    let styles = Styles::new();
    file.set_default_format(styles.plain(), 20, 80)?;
    file.set_properties(&properties(case));
    let kept = Kept::of(case);
    let pages = pages::all(case, &kept);
    let places = Places::of(case, &pages);
    read_me::write(&mut file, &styles, case)?;
    inputs::write(&mut file, &styles, (case, &kept))?;
    for page in &pages {
        page.write(&mut file, &styles, (case, &places))?;
    }
    places.name_cells(&mut file)?;
    file.save_to_buffer()
}

fn properties(case: &Case) -> DocProperties {
    let properties = DocProperties::new()
        .set_title("Business case of preceptorship")
        .set_subject("Live formulas over sourced inputs")
        .set_keywords("preceptorship, retention, business case")
        .set_comment(format!(
            "Made by staywise; sources judged on {}.",
            case.today
        ))
        .set_custom_property("Language", "en-GB");
    match fixed_date(case.today) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    }
}

/// How a worked value of a unit is shown.
fn shown_as(unit: Unit) -> &'static str {
    match unit {
        Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAnHour => super::case_template::POUNDS,
        Unit::Share => "0.00%",
        Unit::Number | Unit::Years => "0.0000",
        Unit::Hours | Unit::HoursAWeek | Unit::Weeks | Unit::Days | Unit::People | Unit::Fte => {
            "#,##0.00"
        }
    }
}
