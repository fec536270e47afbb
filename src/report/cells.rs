//! Cells: the words that the page shows and, where they are a number, the
//! number that a spreadsheet shows as those words. Rows that are not shown
//! have no number.

use crate::chart::figure::{amount, base, count, ratio_places, shorthand};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status, Unit};

/// How a number is shown as words; in brackets what a spreadsheet calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Not at all: the cell is words.
    Words,
    /// A whole number with a comma between thousands (`#,##0`).
    Whole,
    /// A fraction as a whole percentage (`#,##0%`).
    Percent,
    /// So many decimal places (`0.0`).
    Decimal(u8),
    /// A difference with its sign, of so many decimal places (`+0;-0;0`).
    Signed(u8),
    /// Whole pounds (`£#,##0`).
    Pounds,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Exactly what the page shows.
    pub text: String,
    /// The number that a spreadsheet shows as `text` in `shape`; none for words.
    pub number: Option<f64>,
    /// How it is shown.
    pub shape: Shape,
}

impl Cell {
    /// Words.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            number: None,
            shape: Shape::Words,
        }
    }

    /// A whole number.
    pub(super) fn count(n: u64) -> Self {
        Self::shaped(count(n), n as f64, Shape::Whole)
    }

    /// A number with so many decimal places.
    pub(super) fn decimal(value: f64, places: u8) -> Self {
        let text = plain(value, places);
        match places {
            0 => Self::shaped(text, value, Shape::Whole),
            _ => Self::shaped(text, value, Shape::Decimal(places)),
        }
    }

    /// A difference with its sign and so many decimal places.
    pub(super) fn signed(value: f64, places: u8) -> Self {
        Self::shaped(signed(value, places), value, Shape::Signed(places))
    }

    /// A number that a spreadsheet shows as the text; where rounding at a tie
    /// would show another, the number is the one that is shown.
    fn shaped(text: String, number: f64, shape: Shape) -> Self {
        let (scale, places) = match shape {
            Shape::Words => return Self::words(text),
            Shape::Whole | Shape::Pounds => (1.0, 0),
            Shape::Percent => (100.0, 0),
            Shape::Decimal(places) | Shape::Signed(places) => (1.0, places),
        };
        let digits: String = text
            .chars()
            .filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
            .collect();
        let Ok(printed) = digits.parse::<f64>() else {
            return Self::words(text);
        };
        let printed_number = printed / scale;
        let number = if shown_as(number * scale, places) == shown_as(printed, places) {
            number
        } else {
            printed_number
        };
        Self {
            text,
            number: Some(number),
            shape,
        }
    }

    /// A row's figure.
    pub(super) fn figure(row: &Released) -> Self {
        match row.estimate().filter(|_| row.status() == Status::Shown) {
            Some(value) if row.key().statistic == Statistic::Difference => {
                Self::difference(row.unit(), value)
            }
            Some(value) if row.key().statistic == Statistic::Ratio => {
                Self::decimal(value, ratio_places(value))
            }
            Some(value) => Self::amount(row.unit(), value),
            None => Self::words(shorthand(row.status())),
        }
    }

    /// A row's figure or limit, `[z]` where a shown figure has no such limit.
    fn limit(row: &Released, value: Option<f64>) -> Self {
        if row.status() != Status::Shown {
            return Self::words(shorthand(row.status()));
        }
        match value {
            Some(value) if row.key().statistic == Statistic::Difference => {
                Self::difference(row.unit(), value)
            }
            Some(value) if row.key().statistic == Statistic::Ratio => {
                Self::decimal(value, ratio_places(value))
            }
            // A limit may be 0% or 100% though the figure never is.
            Some(value) if matches!(row.unit(), Unit::Fraction | Unit::Rate) => {
                Self::percent(value)
            }
            Some(value) => Self::amount(row.unit(), value),
            None => Self::words(shorthand(Status::NotApplicable)),
        }
    }

    /// The limits of a row's interval.
    pub(super) fn limits(row: &Released) -> [Self; 2] {
        [row.lower(), row.upper()].map(|value| Self::limit(row, value))
    }

    /// The same without decimals.
    pub(super) fn in_whole(self) -> Self {
        match self
            .number
            .filter(|_| matches!(self.shape, Shape::Decimal(_)))
        {
            Some(value) => Self::decimal(value, 0),
            None => self,
        }
    }

    /// A row's base.
    pub(super) fn base(row: &Released) -> Self {
        match (row.status(), row.n()) {
            (Status::Shown, Some(n)) => Self::count(n),
            (Status::Shown, None) => Self::words(shorthand(Status::NotApplicable)),
            _ => Self::words(base(row)),
        }
    }

    fn percent(value: f64) -> Self {
        let text = format!("{}%", amount(Unit::Count, value * 100.0));
        Self::shaped(text, value, Shape::Percent)
    }

    /// A number in its unit; the unit's own words stand in the heading.
    pub(super) fn amount(unit: Unit, value: f64) -> Self {
        let text = amount(unit, value);
        match unit {
            // "under 1%" and "over 99%" are words.
            Unit::Fraction | Unit::Rate if text.starts_with(|c: char| c.is_alphabetic()) => {
                Self::words(text)
            }
            Unit::Fraction | Unit::Rate => Self::shaped(text, value, Shape::Percent),
            Unit::People | Unit::Count => Self::shaped(text, value, Shape::Whole),
            Unit::Score
            | Unit::Per100PersonYears
            | Unit::Per100PersonMonths
            | Unit::Months
            | Unit::Fte => Self::shaped(amount(Unit::Score, value), value, Shape::Decimal(1)),
            Unit::Pence => Self::shaped(text, value / 100.0, Shape::Pounds),
        }
    }

    fn difference(unit: Unit, value: f64) -> Self {
        let (value, places, text) = match unit {
            Unit::Fraction | Unit::Rate => {
                let points = value * 100.0;
                (points, 0, amount(Unit::Count, points))
            }
            Unit::People | Unit::Count => (value, 0, amount(Unit::Count, value)),
            Unit::Pence => (value / 100.0, 0, amount(Unit::Count, value / 100.0)),
            _ => (value, 1, amount(Unit::Score, value)),
        };
        let nothing = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
        let text = match text.starts_with('-') || nothing {
            true => text,
            false => format!("+{text}"),
        };
        Self::shaped(text, value, Shape::Signed(places))
    }
}

/// A number with so many decimal places, a comma between thousands and never
/// a minus zero.
pub(super) fn plain(value: f64, places: u8) -> String {
    let text = format!("{:.*}", usize::from(places), value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), count);
    let point = if rest.is_empty() { "" } else { "." };
    let nothing = text.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if value < 0.0 && !nothing { "-" } else { "" };
    format!("{sign}{whole}{point}{rest}")
}

/// The same with a plus where it is above nothing.
pub(super) fn signed(value: f64, places: u8) -> String {
    let text = plain(value, places);
    let nothing = text.chars().all(|c| matches!(c, '0' | '.' | ','));
    match value > 0.0 && !nothing {
        true => format!("+{text}"),
        false => text,
    }
}

/// What a spreadsheet shows: 15 digits of the number, rounded half away from
/// zero.
fn shown_as(value: f64, places: u8) -> String {
    let fifteen: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let scale = 10_f64.powi(i32::from(places));
    let whole = (fifteen * scale).abs();
    let whole: f64 = format!("{whole:.14e}").parse().unwrap_or(whole);
    let sign = if value < 0.0 && whole.round() > 0.0 {
        "-"
    } else {
        ""
    };
    format!("{sign}{:.0}", whole.round())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Cell, Shape, shown_as};
    use staywise_core::domain::Unit;

    #[test]
    fn a_spreadsheet_shows_what_the_page_does() {
        // A tie that the page rounds down and a spreadsheet up.
        let tie = Cell::amount(Unit::Fraction, 0.125);
        assert_eq!((tie.text.as_str(), tie.number), ("12%", Some(0.12)));
        let plain = Cell::amount(Unit::Fraction, 0.672_1);
        assert_eq!((plain.text.as_str(), plain.number), ("67%", Some(0.672_1)));
        assert_eq!(Cell::amount(Unit::Fraction, 0.004), Cell::words("under 1%"));
        let count = Cell::count(1204);
        assert_eq!((count.text.as_str(), count.number), ("1,204", Some(1204.0)));
        let score = Cell::amount(Unit::Score, 3.75);
        assert_eq!(score.shape, Shape::Decimal(1));
        let shown = shown_as(score.number.unwrap(), 1);
        assert_eq!(shown, score.text.replace('.', ""));
        let pounds = Cell::amount(Unit::Pence, -123_456.0);
        assert_eq!(
            (pounds.text.as_str(), pounds.number),
            ("-£1,235", Some(-1234.56))
        );
    }

    #[test]
    fn decimals_are_left_out_where_some_figure_was_released_without() {
        let months = |value| Cell::amount(Unit::Months, value).in_whole();
        assert_eq!(
            (months(10.0).text, months(9.6).text),
            ("10".into(), "10".into())
        );
        assert_eq!(months(9.6).shape, Shape::Whole);
        assert_eq!(Cell::words("[c]").in_whole(), Cell::words("[c]"));
    }

    #[test]
    fn differences_have_their_sign() {
        let of = |value| Cell::difference(Unit::Fraction, value);
        assert_eq!(of(-0.094).text, "-9");
        assert_eq!(of(0.094).text, "+9");
        assert_eq!(
            (of(-0.001).text.as_str(), of(-0.001).number),
            ("0", Some(-0.1))
        );
        assert_eq!(of(0.094).shape, Shape::Signed(0));
    }

    #[test]
    fn spreadsheets_round_half_away_from_zero_at_fifteen_digits() {
        assert_eq!(shown_as(12.5, 0), "13");
        assert_eq!(shown_as(12.499_999_999_999_998, 0), "13");
        assert_eq!(shown_as(12.49, 0), "12");
        assert_eq!(shown_as(-0.4, 0), "0");
    }
}
