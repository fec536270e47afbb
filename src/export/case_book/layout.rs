//! The sheets of steps: what stands in which row and column, and how it is
//! written. Knows of the case only what is kept back and what it worked out.

use super::places::Places;
use super::shown_as;
use crate::case::{Basis, Case};
use crate::export::workbook::names::held;
use crate::export::workbook::styles::Styles;
use crate::export::workbook::tables::{Across, sheet, tall};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use staywise_core::casemodel::{Rounding, Unit, Withheld};
use std::collections::BTreeSet;

/// The column of the first value; before it stand the line's label and what
/// it is counted in.
pub(super) const FIRST_VALUE: u16 = 2;
/// Letters in a column of labels, of units, of values and of words.
const WIDTHS: [u16; 4] = [46, 22, 18, 90];

/// The steps that a case keeps back.
pub(super) struct Kept {
    hidden: BTreeSet<String>,
}

impl Kept {
    /// What rests on the difference where no single net value is told, and the
    /// cost for each person kept where that is not.
    pub(super) fn of(case: &Case) -> Self {
        let held = &case.answers.held_back;
        let rests = |name: &str| {
            let inputs = case.model.rests_on(name);
            inputs.iter().any(|input| input.slug == "effect")
        };
        let mut hidden = BTreeSet::new();
        for step in &case.model.steps {
            let mut reads = Vec::new();
            step.formula.reads(&mut reads);
            if (held.one_figure.is_some() && rests(&step.name))
                || (held.per_stayer.is_some() && step.name == "cost_per_stayer")
                || reads.iter().any(|name| hidden.contains(name))
            {
                hidden.insert(step.name.clone());
            }
        }
        Self { hidden }
    }

    /// Whether a step has a cell.
    pub(super) fn shows(&self, name: &str) -> bool {
        !self.hidden.contains(name)
    }
}

/// Why something is not told.
pub(super) fn why(case: &Case, withheld: &Withheld) -> String {
    match (withheld, &case.basis) {
        (Withheld::NoEffect, Basis::BreakEven(why)) => format!("Not told. {why}"),
        (Withheld::NoEffect, Basis::Measured { .. }) => {
            "Not told: there is no difference in staying that may be valued.".to_owned()
        }
        (Withheld::SpansNought, _) => {
            "Not told: the interval of the difference spans nought, so that we cannot tell whether \
             more stay at all."
                .to_owned()
        }
        (Withheld::Few, _) => {
            "Not told: with fewer than 30 preceptees a year one figure would look surer than it \
             is. The report has the range."
                .to_owned()
        }
        (Withheld::Driver { label, .. }, _) => {
            format!("Not told: it rests on \"{label}\", whose source is not good enough.")
        }
    }
}

/// A sheet of steps.
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) title: String,
    /// What is said above the table.
    pub(super) about: Vec<String>,
    /// What the columns of values are.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A line of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) label: String,
    /// What it is counted in, or whether it is money or time.
    pub(super) of: String,
    pub(super) entries: Vec<Entry>,
    /// How it is worked out, in words.
    pub(super) how: String,
    pub(super) stress: Stress,
}

/// How loud a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stress {
    /// One of several.
    #[default]
    Line,
    /// What they come to, or what stands over them.
    Strong,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// Nothing.
    Blank,
    /// A step of the model, by name.
    Step(String),
    /// A formula over cells that is no step, with what it comes to.
    Beside(Beside),
    /// A number that somebody said.
    Said(f64, Unit),
    /// A reason in place of a number.
    Words(String),
}

/// A formula beside the model's: what it is over, and its result.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    /// Names in braces are the model's: `{break_even}`.
    pub(super) text: String,
    pub(super) names: Vec<&'static str>,
    pub(super) result: Option<f64>,
    pub(super) code: &'static str,
}

impl Page {
    /// The row of the first line, counted from 0.
    pub(super) fn first_row(&self) -> u32 {
        u32::try_from(self.about.len()).unwrap_or(0) + 2
    }

    fn last_column(&self) -> u16 {
        FIRST_VALUE.saturating_add(u16::try_from(self.columns.len()).unwrap_or(u16::MAX))
    }

    /// Writes it.
    pub(super) fn write(
        &self,
        file: &mut Workbook,
        styles: &Styles,
        (case, places): (&Case, &Places),
    ) -> Result<(), XlsxError> {
        let page = sheet(file, self.name, Across::Wide)?;
        self.above(page, styles)?;
        let values = case.model.worked(&case.model.central(), Rounding::Pence);
        for (row, line) in (self.first_row()..).zip(&self.rows) {
            let bold = |format: Format| match line.stress {
                Stress::Line => format,
                Stress::Strong => format.set_bold(),
            };
            let words = bold(styles.words());
            page.write_string_with_format(row, 0, held(&line.label), &words)?;
            page.write_string_with_format(row, 1, held(&line.of), &styles.words())?;
            for (column, entry) in (FIRST_VALUE..).zip(&line.entries) {
                let number = |code: &str| bold(styles.number(code));
                match entry {
                    Entry::Blank => {}
                    Entry::Words(text) => {
                        page.write_string_with_format(row, column, held(text), &styles.words())?;
                    }
                    Entry::Said(value, unit) => {
                        let format = number(shown_as(*unit));
                        page.write_number_with_format(row, column, *value, &format)?;
                    }
                    Entry::Step(name) => {
                        let Some(step) = case.model.step(name) else {
                            continue;
                        };
                        let formula = cached(places.formula(&step.formula), values.get(name));
                        let format = number(shown_as(step.unit));
                        page.write_formula_with_format(row, column, formula, &format)?;
                    }
                    Entry::Beside(beside) => {
                        let formula = cached(beside.over(places), beside.result);
                        let format = number(beside.code);
                        page.write_formula_with_format(row, column, formula, &format)?;
                    }
                }
            }
            let last = self.last_column();
            page.write_string_with_format(row, last, held(&line.how), &styles.words_apart())?;
            let of = [&line.label, &line.of, &line.how];
            let widths = [WIDTHS[0], WIDTHS[1], WIDTHS[3]];
            tall(page, row, of.into_iter().map(String::as_str).zip(widths))?;
        }
        Ok(())
    }

    /// What stands over the lines.
    fn above(&self, page: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
        page.write_string_with_format(0, 0, held(&self.title), &styles.title())?;
        page.set_row_height_pixels(0, 30)?;
        let plain = styles.plain().clone().set_quote_prefix();
        for (row, text) in (1_u32..).zip(&self.about) {
            page.write_string_with_format(row, 0, held(text), &plain)?;
        }
        let top = self.first_row() - 1;
        page.write_string_with_format(top, 0, "Line", &styles.column())?;
        page.write_string_with_format(top, 1, "What it is", &styles.column())?;
        for (column, heading) in (FIRST_VALUE..).zip(&self.columns) {
            page.write_string_with_format(top, column, held(heading), &styles.column_right())?;
            page.set_column_width(column, f64::from(WIDTHS[2]))?;
        }
        let last = self.last_column();
        let how = styles.column().set_indent(1);
        page.write_string_with_format(top, last, "How it is worked out", &how)?;
        page.set_column_width(0, f64::from(WIDTHS[0]))?;
        page.set_column_width(1, f64::from(WIDTHS[1]))?;
        page.set_column_width(last, f64::from(WIDTHS[3]))?;
        page.set_freeze_panes(top + 1, 1)?;
        page.set_repeat_rows(top, top)?;
        Ok(())
    }
}

impl Beside {
    fn over(&self, places: &Places) -> String {
        let names = self.names.iter();
        names.fold(self.text.clone(), |text, name| {
            text.replace(&format!("{{{name}}}"), &places.name(name))
        })
    }
}

/// A formula with what the program worked out; a division by nought says so,
/// as the spreadsheet program would.
fn cached(text: String, result: Option<f64>) -> Formula {
    let result = result.map_or_else(|| "#DIV/0!".to_owned(), |n| n.to_string());
    Formula::new(format!("={text}")).set_result(result)
}
