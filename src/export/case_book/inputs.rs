//! The sheet of inputs: each with its range, the value in use, and where it
//! came from with what is wrong with that.

use super::INPUTS;
use super::layout::Kept;
use crate::case::Case;
use crate::export::case_template::{bounds, entered_as};
use crate::export::workbook::names::held;
use crate::export::workbook::styles::Styles;
use crate::export::workbook::tables::{Across, sheet, tall};
use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatBorder, Formula, Workbook, Worksheet, XlsxError, utility,
};
use staywise_core::casemodel::{Grade, Input};
use std::collections::BTreeSet;

/// The row of the first input, counted from 0.
pub(super) const FIRST_ROW: u32 = 5;
/// The column of the value in use.
pub(super) const IN_USE: u16 = 8;
const OWN: u16 = 7;
/// The cell that says which end of the ranges is used.
const CHOOSER: (u32, u16) = (2, 1);
const ENDS: [&str; 3] = ["Least", "Likeliest", "Most"];

/// Heading, letters.
const COLUMNS: [(&str, u16); 18] = [
    ("Input", 40),
    ("Name", 22),
    ("Staff group", 18),
    ("Unit", 16),
    ("Least", 14),
    ("Likeliest", 14),
    ("Most", 14),
    ("Your own value (yellow)", 16),
    ("In use", 14),
    ("Prices of", 12),
    ("Source", 60),
    ("Date", 14),
    ("Good until", 14),
    ("Grade", 20),
    ("Set by", 20),
    ("What is wrong with it", 30),
    ("What to check", 60),
    ("What it is", 60),
];

/// Writes the sheet.
pub(super) fn write(
    file: &mut Workbook,
    styles: &Styles,
    (case, kept): (&Case, &Kept),
) -> Result<(), XlsxError> {
    let page = sheet(file, INPUTS, Across::Wide)?;
    above(page, styles)?;
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for step in case.model.steps.iter().filter(|s| kept.shows(&s.name)) {
        used.extend(
            case.model
                .rests_on(&step.name)
                .iter()
                .map(|i| i.name.as_str()),
        );
    }
    for (row, input) in (FIRST_ROW..).zip(&case.model.inputs) {
        let rests = used.contains(input.name.as_str());
        numbers(page, styles, (row, input))?;
        let words = told(case, input, rests);
        let mut heights = Vec::new();
        for (column, text) in &words {
            page.write_string_with_format(row, *column, held(text), &styles.words())?;
            let width = COLUMNS
                .get(usize::from(*column))
                .map_or(20, |(_, width)| *width);
            heights.push((text.as_str(), width));
        }
        tall(page, row, heights.into_iter())?;
    }
    Ok(())
}

/// The title, the chooser and the headings.
fn above(page: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
    page.write_string_with_format(0, 0, "Inputs", &styles.title())?;
    page.set_row_height_pixels(0, 30)?;
    let plain = styles.plain().clone().set_quote_prefix();
    page.write_string_with_format(
        1,
        0,
        "Change a yellow cell and every sheet follows. Your own value is used where there is one.",
        &plain,
    )?;
    let (row, column) = CHOOSER;
    page.write_string_with_format(row, 0, "Figures in use (yellow)", &styles.column())?;
    page.write_string_with_format(row, column, ENDS[1], &yellow(styles.words()))?;
    let ends = DataValidation::new()
        .allow_list_strings(&ENDS)?
        .set_error_title("Figures in use")?
        .set_error_message("Least, Likeliest or Most")?;
    page.add_data_validation(row, column, row, column, &ends)?;
    page.write_string_with_format(
        row,
        2,
        "Least, Likeliest or Most: of every input at once. Least is the low figure, not the bad \
         case: low helps the case for some inputs and harms it for others.",
        &plain,
    )?;
    let top = FIRST_ROW - 1;
    for (column, (heading, width)) in (0_u16..).zip(COLUMNS) {
        let is_number = (4..=IN_USE).contains(&column);
        let format = if is_number {
            styles.column_right()
        } else {
            styles.column()
        };
        page.write_string_with_format(top, column, heading, &format)?;
        page.set_column_width(column, f64::from(width))?;
    }
    page.set_row_height_pixels(top, 63)?;
    page.set_freeze_panes(FIRST_ROW, 1)?;
    page.set_repeat_rows(top, top)?;
    Ok(())
}

fn yellow(format: Format) -> Format {
    format
        .set_background_color(Color::RGB(0x00_FF_F2_CC))
        .set_border(FormatBorder::Thin)
}

/// The range, the own value and the one in use.
fn numbers(
    page: &mut Worksheet,
    styles: &Styles,
    (row, input): (u32, &Input),
) -> Result<(), XlsxError> {
    let range = input.range;
    let code = entered_as(input.unit, range);
    for (column, value) in (4_u16..).zip([range.low, range.central, range.high]) {
        page.write_number_with_format(row, column, value, &styles.number(&code))?;
    }
    page.write_blank(row, OWN, &yellow(styles.number(&code)))?;
    page.add_data_validation(row, OWN, row, OWN, &bounds(&input.slug, input.unit)?)?;
    let cell = |column| utility::row_col_to_cell(row, column);
    let chooser = utility::row_col_to_cell_absolute(CHOOSER.0, CHOOSER.1);
    let formula = format!(
        "=IF({own}<>\"\",{own},IF({chooser}=\"{}\",{low},IF({chooser}=\"{}\",{high},{central})))",
        ENDS[0],
        ENDS[2],
        own = cell(OWN),
        low = cell(4),
        central = cell(5),
        high = cell(6),
    );
    let formula = Formula::new(formula).set_result(range.central.to_string());
    let format = styles.number(&code).set_bold();
    page.write_formula_with_format(row, IN_USE, formula, &format)?;
    Ok(())
}

/// What is said of an input, by column.
fn told(case: &Case, input: &Input, rests: bool) -> Vec<(u16, String)> {
    let from = &input.provenance;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let iso = |day: Option<staywise_core::domain::Day>| day.map_or(String::new(), |d| d.iso());
    let faults = input.faults(case.today, &case.prices_of);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let wrong = if faults.is_empty() {
        "nothing".to_owned()
    } else {
        faults.join("; ")
    };
    let check = [
        (!rests).then(|| "Nothing in this case rests on it.".to_owned()),
        from.note.clone(),
    ];
    let check: Vec<String> = check.into_iter().flatten().collect();
    let grade = |grade: Grade| format!("{}: {}", grade.letter(), grade.words());
    vec![
        (0, input.label.clone()),
        (1, input.name.clone()),
        (2, text(&input.group)),
        (3, input.unit.slug().to_owned()),
        (9, text(&from.price_year)),
        (10, text(&from.source)),
        (11, iso(from.dated)),
        (12, iso(from.good_until)),
        (13, from.grade.map(grade).unwrap_or_default()),
        (14, from.set_by.words().to_owned()),
        (15, wrong),
        (16, check.join(" ")),
        (17, input.what.clone()),
    ]
}
