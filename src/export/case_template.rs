//! The workbook of inputs that somebody fills in for a business case: a sheet
//! that says how, and one with a row an input, as they stand now. Words are
//! never formulas and no cell is one; the same inputs give the same bytes.
//! Reads nothing back (`pipeline::case_inputs` does).

use super::paper::Paper;
use super::workbook::names::held;
use super::workbook::styles::Styles;
use super::workbook::tables::{Across, sheet, tall};
use super::workbook::{ExportError, fixed_date};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, Format, FormatBorder, Workbook,
    Worksheet, XlsxError,
};
use staywise_core::casemodel::{Grade, Input, Range, SetBy, Unit};
use staywise_core::domain::Day;

/// The sheet that is read back.
pub const SHEET: &str = "Inputs";

/// How pounds are shown.
pub(super) const POUNDS: &str = "£#,##0.00;-£#,##0.00";

/// A column of the sheet that is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The input's name: `vacancy_weeks`.
    Name,
    /// What it is, in words; not read back.
    What,
    /// The staff group it is of; empty where it is of all.
    Group,
    /// What it is counted in; not read back.
    Unit,
    /// The least.
    Least,
    /// The likeliest.
    Likeliest,
    /// The most.
    Most,
    /// The year whose prices it is in.
    PriceYear,
    /// Who says so.
    Source,
    /// When they said so.
    Date,
    /// The last day it is good for.
    GoodUntil,
    /// A, B, C or D.
    Grade,
    /// Who set it; not read back.
    SetBy,
    /// What to check.
    Note,
}

/// The columns, in order, with heading and width in letters.
pub const FIELDS: [(Field, &str, u16); 14] = [
    (Field::Name, "Name", 22),
    (Field::What, "What it is", 60),
    (Field::Group, "Staff group", 18),
    (Field::Unit, "Unit", 16),
    (Field::Least, "Least", 14),
    (Field::Likeliest, "Likeliest", 14),
    (Field::Most, "Most", 14),
    (Field::PriceYear, "Prices of", 12),
    (Field::Source, "Source", 50),
    (Field::Date, "Date", 14),
    (Field::GoodUntil, "Good until", 14),
    (Field::Grade, "Grade", 10),
    (Field::SetBy, "Set by", 22),
    (Field::Note, "Note", 50),
];

impl Field {
    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        let own = FIELDS.iter().find(|(field, ..)| *field == self);
        own.map_or("", |(_, heading, _)| heading)
    }
}

/// How many preceptees a year.
pub const PRECEPTEES: &str = "preceptees";
/// How many of a year's preceptees left within twelve months.
pub const LEAVERS: &str = "leavers";

/// Rows about people, with what each is: a study may know neither.
const PEOPLE: [(&str, &str); 2] = [
    (
        PRECEPTEES,
        "Preceptees a year. How many people begin preceptorship in a year.",
    ),
    (
        LEAVERS,
        "Leavers. Of those who began in one year, how many had left your organisation within \
         twelve months of starting. Leave it empty where you do not know.",
    ),
];

/// What a template is made of.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// The inputs as they stand. The difference in staying is left out, since
    /// nobody may type it in, as is what else came from the study's data.
    pub inputs: &'a [Input],
    /// The groups of staff as printed; one without a name where all are one.
    pub groups: &'a [String],
    /// The year whose prices all money is in: `2026-27`.
    pub prices_of: &'a str,
    /// The document's date.
    pub as_at: Day,
}

/// The template's bytes: sheets "Read me" and "Inputs", the latter with its
/// headings in row 1 and a row an input, those about people first. Money is in
/// pounds, shares are fractions of 1 shown as percentages.
///
/// # Errors
/// Where the workbook cannot be put together, which fewer than a million
/// inputs never make happen.
pub fn case_template(template: &Template<'_>) -> Result<Vec<u8>, ExportError> {
    made(template).map_err(|why| ExportError(format!("the template cannot be made: {why}")))
}

fn made(template: &Template<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    let styles = Styles::new();
    file.set_default_format(styles.plain(), 20, 80)?;
    let properties = DocProperties::new()
        .set_title("Inputs of the business case")
        .set_custom_property("Language", "en-GB");
    file.set_properties(&match fixed_date(template.as_at) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    });
    read_me(&mut file, &styles, template)?;
    let page = sheet(&mut file, SHEET, Across::Wide)?;
    headings(page, &styles)?;
    for (row, line) in (1_u32..).zip(lines(template)) {
        line.write(page, &styles, row)?;
    }
    file.save_to_buffer()
}

fn read_me(file: &mut Workbook, styles: &Styles, template: &Template<'_>) -> Result<(), XlsxError> {
    let mut paper = Paper::new(file, styles, "Read me")?;
    paper.title("Inputs of the business case")?;
    paper.words(
        "A business case sets what preceptorship costs against what it costs when somebody leaves. \
         Both are made of small things: weeks a post stands empty, hours in an interview, the rate \
         for an hour of cover. The sheet \"Inputs\" has them, a row each, with what is used now.",
    )?;
    paper.heading("What to do")?;
    for words in [
        "1. You need not fill in everything. Rows marked \"came with staywise\" are used as they \
         stand; most of those are assumptions, and yours are better.",
        "2. Begin with how many preceptees you have a year and how many of a year's left within \
         twelve months. Then what an hour of cover costs, how many weeks posts stood empty, how \
         much of that time was covered, and how many hours a new person is not counted in the \
         numbers.",
        "3. Give three figures. Likeliest is what you think is so. Least and Most are what you \
         could defend to a finance director who asks why. Where you know a figure exactly, write \
         it in all three.",
        "4. Say where it comes from: the source in a few words (\"agency invoices, April to June \
         2026\"), its date, and a grade. For amounts of money, also the year of the prices.",
        "5. Shares are percentages: 80%. Money is in pounds. Dates are written 31/03/2026.",
        "6. Where staff groups differ, copy a row and write the group's name in \"Staff group\". A \
         row without a group is for all of them.",
        "7. Save the workbook, as it is or as an OpenDocument spreadsheet, or the sheet \"Inputs\" \
         alone as CSV. Do not change the headings or the names.",
    ] {
        paper.words(words)?;
    }
    paper.heading("Grades")?;
    for grade in Grade::ALL {
        paper.words(&format!("{}: {}.", grade.letter(), grade.words()))?;
    }
    paper.words(
        "Your own records are C because nobody outside can check them, not because they are poor.",
    )?;
    paper.heading("Good to know")?;
    paper.words(&format!(
        "The case is in prices of {}. An amount of another year is told as such.",
        template.prices_of
    ))?;
    if let [_, _, ..] = template.groups {
        paper.words(&format!(
            "Staff groups of this study: {}.",
            template.groups.join("; ")
        ))?;
    }
    paper.words(
        "Whether more stay with preceptorship is not asked here: it comes from the study's own \
         data, or is not said. What is missing, old or without a source is shown as such in the \
         report; it does not stop the case.",
    )?;
    paper.link(SHEET, "Go to the inputs")
}

fn headings(page: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
    for (column, (field, heading, width)) in (0_u16..).zip(FIELDS) {
        let is_number = matches!(field, Field::Least | Field::Likeliest | Field::Most);
        let format = if is_number {
            styles.column_right()
        } else {
            styles.column()
        };
        page.write_string_with_format(0, column, heading, &format)?;
        page.set_column_width(column, f64::from(width))?;
    }
    page.set_freeze_panes(1, 1)?;
    page.set_repeat_rows(0, 0)?;
    Ok(())
}

/// A row of the template: an input, or a question that nobody has answered.
enum Line<'a> {
    Known(&'a Input),
    Asked {
        slug: &'static str,
        what: &'static str,
        group: &'a str,
    },
}

/// The rows, those about people first.
fn lines<'a>(template: &Template<'a>) -> Vec<Line<'a>> {
    let of = |slug: &'static str| {
        let inputs = template.inputs.iter();
        inputs.filter(move |input| input.slug == slug)
    };
    let mut lines = Vec::new();
    for (slug, what) in PEOPLE {
        let given: Vec<Line<'_>> = of(slug).map(Line::Known).collect();
        // Each group has its own number of preceptees; leavers are of all.
        let groups = if slug == PRECEPTEES {
            template.groups
        } else {
            &[]
        };
        match groups {
            _ if !given.is_empty() => lines.extend(given),
            [_, _, ..] => {
                lines.extend(groups.iter().map(|group| Line::Asked { slug, what, group }))
            }
            _ => lines.push(Line::Asked {
                slug,
                what,
                group: "",
            }),
        }
    }
    let asked = |input: &&Input| {
        let slug = input.slug.as_str();
        let about_people = PEOPLE.iter().any(|(person, _)| *person == slug);
        !about_people && is_asked(input)
    };
    lines.extend(template.inputs.iter().filter(asked).map(Line::Known));
    lines
}

/// Whether an input is somebody's to say, and not the data's.
#[must_use]
pub fn is_asked(input: &Input) -> bool {
    input.slug != "effect" && input.provenance.set_by != SetBy::Data
}

impl Line<'_> {
    fn write(&self, page: &mut Worksheet, styles: &Styles, row: u32) -> Result<(), XlsxError> {
        let (slug, unit) = match self {
            Self::Known(input) => (input.slug.as_str(), input.unit),
            Self::Asked { slug, .. } => (*slug, Unit::People),
        };
        let mut heights = Vec::new();
        for (column, (field, _, width)) in (0_u16..).zip(FIELDS) {
            let number = |pick: fn(Range) -> f64| self.number(pick);
            match field {
                Field::Least => self.put(page, styles, ((row, column), number(|r| r.low)))?,
                Field::Likeliest => {
                    self.put(page, styles, ((row, column), number(|r| r.central)))?;
                }
                Field::Most => self.put(page, styles, ((row, column), number(|r| r.high)))?,
                Field::Date | Field::GoodUntil => self.day(page, styles, (row, column, field))?,
                field => {
                    let text = self.words(field);
                    // A year such as 2011-12 must not turn into a month.
                    let format = entry(styles.words(), field).set_num_format("@");
                    page.write_string_with_format(row, column, held(&text), &format)?;
                    heights.push((text, width));
                }
            }
            if field == Field::Grade {
                page.add_data_validation(row, column, row, column, &grades()?)?;
            }
        }
        let last = 6;
        page.add_data_validation(row, 4, row, last, &bounds(slug, unit)?)?;
        tall(
            page,
            row,
            heights.iter().map(|(text, width)| (text.as_str(), *width)),
        )
    }

    fn number(&self, pick: fn(Range) -> f64) -> Option<f64> {
        match self {
            Self::Known(input) => Some(pick(input.range)),
            Self::Asked { .. } => None,
        }
    }

    fn put(
        &self,
        page: &mut Worksheet,
        styles: &Styles,
        ((row, column), number): ((u32, u16), Option<f64>),
    ) -> Result<(), XlsxError> {
        let code = match self {
            Self::Known(input) => entered_as(input.unit, input.range),
            Self::Asked { .. } => "General".to_owned(),
        };
        let format = to_fill(styles.number(&code));
        match number {
            Some(number) => page.write_number_with_format(row, column, number, &format)?,
            None => page.write_blank(row, column, &format)?,
        };
        Ok(())
    }

    fn day(
        &self,
        page: &mut Worksheet,
        styles: &Styles,
        (row, column, field): (u32, u16, Field),
    ) -> Result<(), XlsxError> {
        let day = match self {
            Self::Known(input) if field == Field::Date => input.provenance.dated,
            Self::Known(input) => input.provenance.good_until,
            Self::Asked { .. } => None,
        };
        let format = to_fill(styles.number("dd/mm/yyyy"));
        match day.and_then(fixed_date) {
            Some(date) => page.write_datetime_with_format(row, column, &date, &format)?,
            None => page.write_blank(row, column, &format)?,
        };
        Ok(())
    }

    fn words(&self, field: Field) -> String {
        let Self::Known(input) = self else {
            return self.asked(field);
        };
        let from = &input.provenance;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match field {
            Field::Name => input.slug.clone(),
            Field::What if input.what.is_empty() => format!("{}.", input.label),
            Field::What => format!("{}. {}", input.label, input.what),
            Field::Group => text(&input.group),
            Field::Unit => input.unit.slug().to_owned(),
            Field::PriceYear => text(&from.price_year),
            Field::Source => text(&from.source),
            Field::Grade => from.grade.map_or(String::new(), |g| g.letter().to_owned()),
            Field::SetBy => from.set_by.words().to_owned(),
            Field::Note => text(&from.note),
            _ => String::new(),
        }
    }

    fn asked(&self, field: Field) -> String {
        let Self::Asked { slug, what, group } = self else {
            return String::new();
        };
        let text = match field {
            Field::Name => *slug,
            Field::What => *what,
            Field::Group => *group,
            Field::Unit => Unit::People.slug(),
            _ => "",
        };
        text.to_owned()
    }
}

/// A cell that somebody fills in has a border and a light ground; what only
/// tells has none.
fn entry(format: Format, field: Field) -> Format {
    match field {
        Field::Name | Field::What | Field::Unit | Field::SetBy => format,
        _ => to_fill(format),
    }
}

fn to_fill(format: Format) -> Format {
    format
        .set_background_color(Color::RGB(0x00_FF_F8_E5))
        .set_border(FormatBorder::Thin)
}

/// How an input's figures are shown where they are entered: with all of their
/// decimals, so that a copy as CSV has them.
pub(super) fn entered_as(unit: Unit, range: Range) -> String {
    let decimals = |n: f64| {
        let percent = format!("{:.4}", n * 100.0);
        let used = percent.trim_end_matches('0');
        used.split_once('.').map_or(0, |(_, after)| after.len())
    };
    match unit {
        Unit::Share => {
            let all = [range.low, range.central, range.high].map(decimals);
            match all.into_iter().max() {
                Some(most) if most > 0 => format!("0.{}%", "0".repeat(most)),
                _ => "0%".to_owned(),
            }
        }
        unit if unit.is_money() => POUNDS.to_owned(),
        _ => "General".to_owned(),
    }
}

fn grades() -> Result<DataValidation, XlsxError> {
    let letters = Grade::ALL.map(Grade::letter);
    DataValidation::new()
        .allow_list_strings(&letters)?
        .set_error_title("Grade")?
        .set_error_message("A, B, C or D: see the sheet \"Read me\"")
}

/// What may be entered for an input.
pub(super) fn bounds(slug: &str, unit: Unit) -> Result<DataValidation, XlsxError> {
    let (rule, told) = match (slug, unit) {
        ("effect", _) => (
            DataValidationRule::Between(-1.0, 1.0),
            "A share from -100% to 100%, as 5%",
        ),
        (_, Unit::Share) => (
            DataValidationRule::Between(0.0, 1.0),
            "A share from 0% to 100%, as 80%",
        ),
        ("contract_hours", _) => (DataValidationRule::GreaterThan(0.0), "A number above 0"),
        _ => (
            DataValidationRule::GreaterThanOrEqualTo(0.0),
            "A number, 0 or more",
        ),
    };
    DataValidation::new()
        .allow_decimal_number(rule)
        .set_error_title("Not a figure of this kind")?
        .set_error_message(told)
}
