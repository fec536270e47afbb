//! What the cells of a row mean: the name, the three figures, the price year,
//! dates and the grade. Says what was expected where a cell is something else.

use super::rows::Row;
use crate::data::nearest::nearest;
use crate::data::{Cell, DateOrder};
use crate::export::case_template::{Field, LEAVERS, PRECEPTEES, is_asked};
use crate::ingest;
use crate::vocabulary::cells::{Moment, moment};
use staywise_core::casemodel::{Grade, Input, Range, Unit};
use staywise_core::domain::{Day, Finding, Severity};

/// Which input a row is about.
pub(super) struct Asked {
    pub(super) slug: String,
    unit: Unit,
}

/// The columns of figures, from the least.
const FIGURES: [Field; 3] = [Field::Least, Field::Likeliest, Field::Most];

/// The input of a row, by its name; none where no input has it.
pub(super) fn asked_of(
    row: &Row<'_>,
    inputs: &[Input],
    findings: &mut Vec<Finding>,
) -> Option<Asked> {
    let filled = FIGURES.iter().any(|field| !row.cell(*field).is_blank());
    let Some(written) = row.text(Field::Name) else {
        if filled {
            findings.push(row.wrong(
                Field::Name,
                "case-input-name",
                "The row has figures and no name.",
                "Write the input's name, as in the template: vacancy_weeks.",
            ));
        }
        return None;
    };
    let people = [(PRECEPTEES, Unit::People), (LEAVERS, Unit::People)];
    let inputs = inputs.iter().filter(|input| is_asked(input));
    let named: Vec<(&str, Unit)> = inputs
        .map(|i| (i.slug.as_str(), i.unit))
        .chain(people)
        .collect();
    if let Some((slug, unit)) = named.iter().find(|(s, _)| s.eq_ignore_ascii_case(&written)) {
        return Some(Asked {
            slug: (*slug).to_owned(),
            unit: *unit,
        });
    }
    let near = nearest(&written, named.iter().map(|(slug, _)| *slug));
    let remedy = match near {
        Some(near) => format!("If \"{near}\" is meant, write that; else delete the row."),
        None => "Write a name of the template, or delete the row.".to_owned(),
    };
    findings.push(row.wrong(
        Field::Name,
        "case-input-name",
        "No input has this name.",
        &remedy,
    ));
    None
}

/// The three figures; none where the row has none or one is wrong.
pub(super) fn range(row: &Row<'_>, asked: &Asked, findings: &mut Vec<Finding>) -> Option<Range> {
    if FIGURES.iter().all(|field| row.cell(*field).is_blank()) {
        return None;
    }
    let mut given: [Option<f64>; 3] = [None; 3];
    let mut wrong = false;
    for (field, into) in FIGURES.iter().zip(&mut given) {
        if row.cell(*field).is_blank() {
            continue;
        }
        match figure(row.cell(*field), asked) {
            Ok(figure) => *into = Some(figure),
            Err((message, remedy)) => {
                findings.push(row.wrong(*field, "case-figure", message, remedy));
                wrong = true;
            }
        }
    }
    if wrong {
        return None;
    }
    let range = whole(row, asked, (given, findings))?;
    for (upper, (below, above)) in [
        (Field::Likeliest, (range.low, range.central)),
        (Field::Most, (range.central, range.high)),
    ] {
        if below > above {
            let (lower, higher) = match upper {
                Field::Most => ("Likeliest", "Most"),
                _ => ("Least", "Likeliest"),
            };
            findings.push(row.wrong(
                upper,
                "case-order",
                &format!("{lower} is above {higher}: the three must go up from Least to Most."),
                "Put the smallest of the three first, whichever of them helps the case.",
            ));
        }
    }
    Some(range)
}

/// A range of what was given. One figure alone is known exactly.
fn whole(
    row: &Row<'_>,
    asked: &Asked,
    (given, findings): ([Option<f64>; 3], &mut Vec<Finding>),
) -> Option<Range> {
    match given {
        [Some(low), Some(central), Some(high)] => Some(Range { low, central, high }),
        [None, Some(central), None] => {
            // How many there were nobody gives a range of.
            if ![PRECEPTEES, LEAVERS].contains(&asked.slug.as_str()) {
                findings.push(Finding {
                    severity: Severity::Note,
                    ..row.wrong(
                        Field::Likeliest,
                        "case-one-figure",
                        "Only Likeliest is filled in; it was taken as known exactly.",
                        "Fill in Least and Most too if it is not.",
                    )
                });
            }
            Some(Range::fixed(central))
        }
        given => {
            for (field, _) in FIGURES.iter().zip(given).filter(|(_, n)| n.is_none()) {
                findings.push(row.wrong(
                    *field,
                    "case-figure",
                    "A number was expected here, and the cell is empty.",
                    "Fill in all three; where you know the figure exactly, the same in each.",
                ));
            }
            None
        }
    }
}

type Refused = (&'static str, &'static str);

/// A figure in its input's unit, or what was expected instead.
fn figure(cell: &Cell, asked: &Asked) -> Result<f64, Refused> {
    const NO_NUMBER: Refused = (
        "A number was expected.",
        "Write digits only, as 1234.50 or £1,234.50; words belong in the column \"Note\".",
    );
    let (number, percent) = match cell {
        Cell::Number(number) => (*number, false),
        Cell::Text(text) if text.contains(['$', '€']) => {
            return Err((
                "An amount in pounds was expected, and this is another currency.",
                "Write the amount in pounds.",
            ));
        }
        Cell::Text(text) => {
            let percent = text.trim().ends_with('%');
            let number = ingest::number(text).ok_or(NO_NUMBER)?;
            (if percent { number / 100.0 } else { number }, percent)
        }
        Cell::Moment(_) => {
            return Err((
                "A number was expected, and the cell holds a date.",
                "Set the cell's format to a number and write the figure again.",
            ));
        }
        _ => return Err(NO_NUMBER),
    };
    if !number.is_finite() {
        return Err(NO_NUMBER);
    }
    if percent && asked.unit != Unit::Share {
        return Err((
            "A plain number was expected, and this is a percentage.",
            "Write the number without %, in the unit that the row names.",
        ));
    }
    if number < 0.0 {
        return Err((
            "A number of 0 or more was expected.",
            "Write it without a minus.",
        ));
    }
    if asked.unit == Unit::Share && number > 1.0 {
        return Err((
            "A share from 0 to 1 was expected, and this is above 1.",
            "Write eighty per cent as 80% or 0.8, not as 80.",
        ));
    }
    if asked.slug == "contract_hours" && number == 0.0 {
        return Err((
            "A number above 0 was expected.",
            "Write the hours of one full-time post in a week.",
        ));
    }
    Ok(number)
}

/// The year of prices: `2026-27`, however its parts are joined.
pub(super) fn price_year(row: &Row<'_>, findings: &mut Vec<Finding>) -> Option<String> {
    let text = row.text(Field::PriceYear)?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let others = text
        .chars()
        .all(|c| c.is_ascii_digit() || "-/\u{2013} ".contains(c));
    let parsed = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let years = match digits.len() {
        6 => parsed(0..4).zip(parsed(4..6)),
        8 => parsed(0..4).zip(parsed(4..8).map(|year| year % 100)),
        _ => None,
    };
    match years.filter(|(first, second)| others && (first + 1) % 100 == *second) {
        Some((first, second)) => Some(format!("{first}-{second:02}")),
        None => {
            findings.push(row.wrong(
                Field::PriceYear,
                "case-price-year",
                "A financial year was expected, as 2026-27.",
                "Write the two years with a hyphen; if the cell shows a month, set its format to \
                 text first.",
            ));
            None
        }
    }
}

/// A day; none where the cell is empty or no date.
pub(super) fn day(row: &Row<'_>, field: Field, findings: &mut Vec<Finding>) -> Option<Day> {
    let read = moment(row.cell(field), Some(DateOrder::DayFirst));
    let day = read.day();
    if day.is_none() && read != Moment::Missing {
        findings.push(row.wrong(
            field,
            "case-date",
            "A date was expected, as 31/03/2026.",
            "Write day, month and year; leave it empty where you do not know.",
        ));
    }
    day
}

/// The grade; none where the cell is empty or no grade.
pub(super) fn grade(row: &Row<'_>, findings: &mut Vec<Finding>) -> Option<Grade> {
    let text = row.text(Field::Grade)?;
    let grade = Grade::from_letter(&text);
    if grade.is_none() {
        let all = Grade::ALL.map(|g| format!("{} ({})", g.letter(), g.words()));
        findings.push(row.wrong(
            Field::Grade,
            "case-grade",
            &format!("A grade was expected: {}.", all.join(", ")),
            "Write one letter; your own records are C.",
        ));
    }
    grade
}
