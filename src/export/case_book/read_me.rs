//! The first sheet: what the workbook is and how it is used, in plain words.

use super::layout::why;
use super::{ANSWERS, INPUTS, LEAVER, PROGRAMME, READ_ME, YEARS};
use crate::case::{Basis, Case};
use crate::export::paper::Paper;
use crate::export::workbook::styles::Styles;
use rust_xlsxwriter::{Workbook, XlsxError};
use staywise_core::casemodel::Adjustment;

/// Writes it.
pub(super) fn write(file: &mut Workbook, styles: &Styles, case: &Case) -> Result<(), XlsxError> {
    let mut paper = Paper::new(file, styles, READ_ME)?;
    paper.title("The business case of preceptorship, worked out in cells")?;
    for words in [
        "Every figure of the case is worked out here from its inputs, line by line. It comes to \
         what the report says as long as nothing is changed."
            .to_owned(),
        basis(case),
        adjustment(case.adjustment).to_owned(),
        format!(
            "All money is in prices of {}. Sources were judged on {}.",
            case.prices_of, case.today
        ),
    ] {
        paper.words(&words)?;
    }
    if !case.what_ifs.is_empty() {
        let asked = case.what_ifs.join(", ");
        paper.words(&format!("This is a what-if, with: {asked}."))?;
    }
    paper.heading("How to use it")?;
    for words in [
        "1. Go to the sheet \"Inputs\". Each row is one input, with the least, the likeliest and \
         the most that somebody would defend, and who says so.",
        "2. Change a yellow cell and everything follows: write your own value in the column \"Your \
         own value\", or choose Least, Likeliest or Most for all inputs at the top. Shares are \
         written as percentages: 80%.",
        "3. Read the sheet \"Answers\": first how many more must stay for the programme to pay for \
         itself.",
        "4. To go back, empty the yellow cells and choose Likeliest.",
        "A figure of your own belongs in the study with its source and date, so that the report \
         has it too. What is only changed here is in no report.",
    ] {
        paper.words(words)?;
    }
    paper.heading("What is inside")?;
    for (sheet, what) in [
        (
            INPUTS,
            "every input with its source, its grade and what is wrong with it",
        ),
        (
            LEAVER,
            "what an hour costs and what one leaver costs, line by line",
        ),
        (
            PROGRAMME,
            "what the programme costs for one preceptee, and however many take part",
        ),
        (
            YEARS,
            "each year's costs and savings, and both at the first year's value",
        ),
        (ANSWERS, "how many more must stay, and what it comes to"),
    ] {
        paper.link(sheet, &format!("{sheet}: {what}"))?;
    }
    paper.heading("What is not inside")?;
    paper.words(
        "Chance, the worst and the best case, and what each input does alone are in the report. \
         Steps are named: in_vacancy_weeks is the input in use, calc_cover_line the line worked \
         from it. Groups of people are never priced.",
    )?;
    let held = &case.answers.held_back;
    for reason in [&held.one_figure, &held.per_stayer].into_iter().flatten() {
        paper.words(&why(case, reason))?;
        if held.one_figure.is_some() {
            break;
        }
    }
    paper.words(
        "What is held back was judged on the figures of the report. It does not come back when a \
         yellow cell is changed; make the case again with your figures.",
    )?;
    Ok(())
}

fn basis(case: &Case) -> String {
    match &case.basis {
        Basis::Measured { title, method, .. } => format!(
            "The difference in staying is this study's own: {title} ({method}). It is associated \
             with preceptorship; it is not shown to be caused by it."
        ),
        Basis::BreakEven(why) => {
            format!("It says how many more would have to stay, and not what is saved. {why}")
        }
    }
}

fn adjustment(adjustment: Adjustment) -> &'static str {
    match adjustment {
        Adjustment::None => "No prudent adjustment is made.",
        Adjustment::Attribution => {
            "One prudent adjustment is made: only a share of the difference is credited to \
             preceptorship (the input \"attribution\")."
        }
        Adjustment::OptimismBias => {
            "One prudent adjustment is made: the programme is taken to cost more than planned (the \
             input \"optimism_bias\")."
        }
        Adjustment::LowerEnd => {
            "One prudent adjustment is made: the difference is taken at the lower end of its \
             interval."
        }
    }
}
