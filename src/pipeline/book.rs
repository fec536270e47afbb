//! The tables of a run's reports as a workbook's sheets, and their drawings as
//! files. Maps what a page shows to what a workbook holds; makes no figure and
//! changes no word.

use super::outputs::Output;
use super::{Pictures, Run};
use crate::export::workbook::{
    Book, Cell, Column, Definition, Limits, NativeChart, NumberFormat, Role, Sheet,
};
use crate::report::{self, Document, Facts, ReportError, ReportTable, Shape};
use staywise_core::domain::Metric;
use std::collections::BTreeSet;

/// The dots of a PNG to each pixel of its drawing: sharp on paper.
const SCALE: f32 = 2.0;

/// The workbook of a run's reports, each with its name.
pub(super) fn book(run: &Run<'_>, facts: &Facts, documents: &[(String, Document)]) -> Book {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut cautions: Vec<String> = Vec::new();
    for (name, document) in documents {
        for caution in &document.cautions {
            if !cautions.contains(caution) {
                cautions.push(caution.clone());
            }
        }
        for table in &document.tables {
            let mut sheet = sheet(table);
            let known = sheets.iter().any(|other| {
                other.title == sheet.title
                    && other.columns == sheet.columns
                    && other.rows == sheet.rows
            });
            if known {
                continue;
            }
            if documents.len() > 1 {
                sheet.section = format!("{name}: {}", sheet.section);
            }
            sheets.push(sheet);
        }
    }
    if facts.draft {
        cautions.insert(0, "Draft: check it before you pass it on.".to_owned());
    }
    let period = facts.reported.in_words();
    let publisher = run.study.organisation.clone();
    Book {
        title: format!("{}: tables, {period}", facts.study),
        study: facts.study.clone(),
        publisher: publisher.unwrap_or_else(|| facts.study.clone()),
        period,
        as_at: facts.as_at,
        version: facts.version.clone(),
        policy: facts.policy.clone(),
        cautions,
        sheets,
        definitions: facts.definitions.iter().map(definition).collect(),
    }
}

/// Words without the back-ticks that set names off on a terminal.
fn definition(metric: &Metric) -> Definition {
    let plain = |words: &str| words.replace('`', "");
    Definition {
        metric: metric.name.clone(),
        label: metric.label.clone(),
        definition: plain(&metric.definition),
        exclusions: plain(&metric.exclusions),
        source: plain(&metric.source),
    }
}

fn sheet(table: &ReportTable) -> Sheet {
    Sheet {
        name: table.title.clone(),
        title: table.title.clone(),
        section: table.section.clone(),
        dates: table.dates.clone(),
        columns: table
            .columns
            .iter()
            .map(|(heading, holds)| Column {
                heading: heading.clone(),
                role: match holds {
                    report::Column::Name => Role::Name,
                    report::Column::Words | report::Column::Working => Role::Words,
                    report::Column::Number | report::Column::Mixed => Role::Number,
                },
            })
            .collect(),
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect(),
        shorthand: table.shorthand.clone(),
        notes: table.notes.clone(),
        native: table.drawing.as_ref().and_then(|_| native(table)),
    }
}

fn cell(cell: &report::Cell) -> Cell {
    Cell {
        text: cell.text.clone(),
        number: cell.number,
        format: match cell.shape {
            Shape::Words => NumberFormat::Words,
            Shape::Whole => NumberFormat::Whole,
            Shape::Percent => NumberFormat::Percent,
            Shape::Decimal(places) => NumberFormat::Decimal(places),
            Shape::Signed(places) => NumberFormat::Signed(places),
            Shape::Pounds => NumberFormat::Pounds,
        },
    }
}

/// The chart that a spreadsheet program can draw of a table that the page
/// draws, by what its columns hold: a figure with its limits, or the shares of
/// one whole. Heat maps and slopes have none.
fn native(table: &ReportTable) -> Option<NativeChart> {
    let number =
        |column: usize| matches!(table.columns.get(column), Some((_, report::Column::Number)));
    let names = table
        .columns
        .iter()
        .take_while(|(_, holds)| *holds == report::Column::Name)
        .count();
    if let Some(limits) = limits(table) {
        let before = limits
            .figure
            .checked_sub(1)
            .filter(|column| number(*column));
        return Some(match before {
            Some(month) => NativeChart::Curves {
                month,
                figure: limits.figure,
            },
            None if names == 1 && of_periods(table) => NativeChart::Trend(limits),
            None => NativeChart::Intervals(limits),
        });
    }
    let numbers: Vec<usize> = (0..table.columns.len()).filter(|c| number(*c)).collect();
    let (_, answers) = numbers.split_last()?;
    (answers.len() > 1 && shares(table, answers)).then(|| NativeChart::Shares(answers.to_vec()))
}

/// Whether each row is a period. A heading in another language makes bars of a
/// line, which say the same.
fn of_periods(table: &ReportTable) -> bool {
    let first = table.columns.first();
    first.is_some_and(|(heading, _)| heading.starts_with("Period"))
}

/// A figure and, beside it, two columns whose headings differ only after their
/// last comma and that hold it between them in every row.
fn limits(table: &ReportTable) -> Option<Limits> {
    let stem = |column: usize| {
        let heading = table
            .columns
            .get(column)
            .map(|(heading, _)| heading.as_str());
        heading
            .and_then(|heading| heading.rsplit_once(','))
            .map(|(stem, _)| stem)
    };
    let found = (1..table.columns.len())
        .find(|column| stem(*column).is_some() && stem(*column) == stem(column + 1))?;
    let limits = Limits {
        figure: found - 1,
        lower: found,
        upper: found + 1,
    };
    let held = table.rows.iter().all(|row| {
        let value = |column: usize| row.get(column).and_then(|cell| cell.number);
        let figure = value(limits.figure);
        // Rounding may take a figure to its limit, no further.
        let low = figure.zip(value(limits.lower)).is_none_or(|(f, l)| l <= f);
        let high = figure.zip(value(limits.upper)).is_none_or(|(f, u)| f <= u);
        low && high
    });
    held.then_some(limits)
}

/// Whether each row that has all of some columns has a whole in them, and what
/// follows them is a base.
fn shares(table: &ReportTable, answers: &[usize]) -> bool {
    let mut any = false;
    for row in &table.rows {
        let values: Vec<f64> = answers
            .iter()
            .filter_map(|column| row.get(*column))
            .filter(|cell| cell.shape == Shape::Percent)
            .filter_map(|cell| cell.number)
            .collect();
        if values.len() < answers.len() {
            continue;
        }
        // Each share may be rounded to a whole per cent.
        let most = 0.005 * values.len() as f64 + 1e-9;
        if (values.iter().sum::<f64>() - 1.0).abs() > most {
            return false;
        }
        any = true;
    }
    any
}

/// Every drawing as a file of its own, named after its table. A name that two
/// reports share has the later report's in front.
///
/// # Errors
/// A drawing that does not become a picture.
pub(super) fn charts(
    documents: &[(String, Document)],
    pictures: Pictures,
) -> Result<Vec<Output>, Vec<ReportError>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut files = Vec::new();
    let mut wrong = Vec::new();
    for (name, document) in documents {
        for table in &document.tables {
            let Some(drawing) = &table.drawing else {
                continue;
            };
            let mut stem = table.id.clone();
            if !taken.insert(stem.clone()) {
                stem = format!("{name}-{stem}");
                taken.insert(stem.clone());
            }
            files.push(Output {
                name: format!("charts/{stem}.svg"),
                bytes: drawing.standalone().into_bytes(),
            });
            if pictures == Pictures::Svg {
                continue;
            }
            let file = format!("charts/{stem}.png");
            match drawing.png(SCALE) {
                Ok(bytes) => files.push(Output { name: file, bytes }),
                Err(error) => wrong.push(ReportError {
                    file,
                    line: None,
                    message: error.to_string(),
                }),
            }
        }
    }
    if wrong.is_empty() {
        Ok(files)
    } else {
        Err(wrong)
    }
}
