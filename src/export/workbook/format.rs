//! How a number is shown by a spreadsheet, so that it reads as on the page.
//! Where programs could differ (a half that one rounds up and another down, a
//! minus nothing) the cell carries its words as a literal format: the number
//! stays whole, what is seen is the page's. Never changes a number.

use super::Cell;
use std::collections::BTreeSet;

/// How a cell's number is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// Words: there is no number, or none that a format could print.
    Words,
    /// A whole number with a comma between thousands: `1,204`.
    Whole,
    /// A share as a whole percentage: 0.6721 as `67%`.
    Percent,
    /// As many decimal places: `3.8`.
    Decimal(u8),
    /// A difference with its sign, of as many decimal places: `+12`.
    Signed(u8),
    /// Whole pounds: `£1,204`.
    Pounds,
}

/// How many different literal formats a workbook may have. Excel stops at
/// about 200 formats of a workbook's own, and says that the file is damaged.
const MOST_LITERALS: usize = 120;

/// The longest format code that Excel reads.
const LONGEST_CODE: usize = 255;

impl NumberFormat {
    /// The format code, the same in every language of a spreadsheet program.
    #[must_use]
    pub fn code(self) -> Option<String> {
        match self {
            Self::Words => None,
            Self::Whole => Some("#,##0".to_owned()),
            Self::Percent => Some("#,##0%".to_owned()),
            Self::Pounds => Some("£#,##0".to_owned()),
            Self::Decimal(n) => Some(places(n)),
            Self::Signed(n) => Some(format!("+{0};-{0};0", places(n))),
        }
    }

    /// What every spreadsheet program shows of a number, or nothing where they
    /// could differ.
    #[must_use]
    pub fn plain(self, number: f64) -> Option<String> {
        let (scale, places, sign) = match self {
            Self::Words => return None,
            Self::Whole | Self::Pounds => (1.0, 0, ""),
            Self::Percent => (100.0, 0, "%"),
            Self::Decimal(places) | Self::Signed(places) => (1.0, places, ""),
        };
        let size = number.abs() * scale;
        // Beyond 15 digits a spreadsheet shows noughts.
        if !size.is_finite() || size >= 1e12 || places > 6 {
            return None;
        }
        let shifted = size * 10_f64.powi(i32::from(places));
        let nothing = shifted < 0.5;
        let signed = number < 0.0 || matches!(self, Self::Signed(_));
        if (shifted.fract() - 0.5).abs() < 1e-6 || (nothing && signed && number != 0.0) {
            return None;
        }
        let digits = format!("{size:.0$}", usize::from(places));
        let before = match (self, number) {
            (_, number) if number < 0.0 => "-",
            (Self::Signed(_), number) if number > 0.0 => "+",
            _ => "",
        };
        Some(match self {
            Self::Signed(_) if number == 0.0 => "0".to_owned(),
            Self::Pounds => format!("{before}£{}", with_commas(&digits)),
            Self::Whole | Self::Percent => format!("{before}{}{sign}", with_commas(&digits)),
            _ => format!("{before}{digits}{sign}"),
        })
    }
}

fn places(n: u8) -> String {
    match n {
        0 => "0".to_owned(),
        n => format!("0.{}", "0".repeat(usize::from(n))),
    }
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How a cell is to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    /// As words.
    Words,
    /// As a number in a format.
    Number(f64, String),
}

/// The literal formats that a workbook has so far.
#[derive(Debug, Default)]
pub(super) struct Literals(BTreeSet<String>);

impl Literals {
    /// How to write a cell so that it reads as its text.
    pub(super) fn written(&mut self, cell: &Cell) -> Written {
        let Some(number) = cell.number.and_then(twelve_digits) else {
            return Written::Words;
        };
        if let Some(code) = cell.format.code()
            && cell.format.plain(number).as_deref() == Some(cell.text.as_str())
        {
            return Written::Number(number, code);
        }
        let code = literal(&cell.text, number);
        let room = self.0.len() < MOST_LITERALS || self.0.contains(&code);
        if cell.text.trim().is_empty() || code.encode_utf16().count() > LONGEST_CODE || !room {
            return Written::Words;
        }
        self.0.insert(code.clone());
        Written::Number(number, code)
    }
}

/// The number as results.csv has it.
fn twelve_digits(number: f64) -> Option<f64> {
    crate::export::number12(number).parse().ok()
}

/// A format code that shows the same words whatever the number. Of a number
/// below nothing the second section is used, else a minus would be added.
fn literal(text: &str, number: f64) -> String {
    let mut code = String::new();
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            code.push_str("\\\"");
        }
        if !part.is_empty() {
            code.push_str(&format!("\"{part}\""));
        }
    }
    if number < 0.0 {
        format!("{code};{code}")
    } else {
        code
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Literals, NumberFormat, Written, literal};

    fn cell(text: &str, number: f64, format: NumberFormat) -> Cell {
        Cell {
            text: text.to_owned(),
            number: Some(number),
            format,
        }
    }

    fn number(value: f64, code: &str) -> Written {
        Written::Number(value, code.to_owned())
    }

    #[test]
    fn a_number_whose_format_shows_the_words_has_that_format() {
        let mut literals = Literals::default();
        let cases = [
            ("67%", 0.6721, NumberFormat::Percent, "#,##0%"),
            ("1,204%", 12.041, NumberFormat::Percent, "#,##0%"),
            ("1,204", 1204.0, NumberFormat::Whole, "#,##0"),
            ("0", 0.0, NumberFormat::Whole, "#,##0"),
            ("3.8", 3.84, NumberFormat::Decimal(1), "0.0"),
            ("-3.8", -3.84, NumberFormat::Decimal(1), "0.0"),
            ("+12", 12.3, NumberFormat::Signed(0), "+0;-0;0"),
            ("-12.3", -12.3, NumberFormat::Signed(1), "+0.0;-0.0;0"),
            ("0", 0.0, NumberFormat::Signed(0), "+0;-0;0"),
            ("-£1,235", -1235.2, NumberFormat::Pounds, "£#,##0"),
        ];
        for (text, value, format, code) in cases {
            let written = literals.written(&cell(text, value, format));
            assert_eq!(written, number(value, code), "{text}");
        }
        assert!(literals.0.is_empty());
    }

    #[test]
    fn where_programs_differ_the_words_are_the_format() {
        let mut literals = Literals::default();
        // Half a per cent, a minus nothing, words that no format makes.
        let cases = [
            ("12%", 0.125, "\"12%\""),
            ("28%", 0.285, "\"28%\""),
            ("0%", -0.001, "\"0%\";\"0%\""),
            (
                "12 points lower",
                -0.12,
                "\"12 points lower\";\"12 points lower\"",
            ),
            ("67%", 0.9, "\"67%\""),
        ];
        for (text, value, code) in cases {
            let written = literals.written(&cell(text, value, NumberFormat::Percent));
            assert_eq!(written, number(value, code), "{text}");
        }
        assert_eq!(literal("a \"b\"", 1.0), "\"a \"\\\"\"b\"\\\"");
    }

    #[test]
    fn too_many_or_too_long_literals_are_words() {
        let mut literals = Literals::default();
        let long = "x".repeat(300);
        let words = [
            cell(&long, 1.0, NumberFormat::Words),
            cell(" ", 1.0, NumberFormat::Words),
            cell("nothing", f64::NAN, NumberFormat::Whole),
        ];
        for cell in &words {
            assert_eq!(literals.written(cell), Written::Words);
        }
        let kept = (0..1000)
            .filter(|n| {
                let cell = cell(&format!("about {n}"), 1.0, NumberFormat::Words);
                literals.written(&cell) != Written::Words
            })
            .count();
        assert_eq!(kept, 120);
    }
}
