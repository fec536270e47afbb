//! How a released figure is written: whole percentages, thousands with a
//! comma, limits in words. One place, so that a chart, its table and a
//! sentence never differ. Writes nothing for a row that is not shown but why.

use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status, Unit};

/// The one way of saying that a cell is hidden.
pub const HIDDEN: &str = "hidden to protect people";

/// What stands in place of a figure, in words.
#[must_use]
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::Shown => "",
        Status::Confidential => HIDDEN,
        Status::NotAvailable => "not available",
        Status::NotApplicable => "not applicable",
        Status::TooFew => "too few to say",
    }
}

/// The shorthand of a status: `[c]`; nothing for shown.
#[must_use]
pub fn shorthand(status: Status) -> String {
    match status {
        Status::Shown => String::new(),
        other => format!("[{}]", other.code()),
    }
}

/// Why there is no figure: the same words for every hidden one, the reason
/// given for any other, the status in words where none was given.
#[must_use]
pub fn why_not(row: &Released) -> String {
    match row.status() {
        Status::Shown => String::new(),
        Status::NotAvailable | Status::NotApplicable | Status::TooFew
            if !row.reason().is_empty() =>
        {
            unquoted(row.reason())
        }
        status => status_words(status).to_owned(),
    }
}

/// Words without the back-ticks that set names off on a terminal and would
/// stand on a page as they are.
#[must_use]
pub fn unquoted(words: &str) -> String {
    words.replace('`', "")
}

/// Whom the row is about: `Ward 7`, `Ward 7, White`, `Disability: yes`,
/// `Everyone`.
#[must_use]
pub fn group_label(row: &Released) -> String {
    let parts = row.key().group.parts();
    if parts.is_empty() {
        return "Everyone".to_owned();
    }
    let levels: Vec<String> = parts
        .iter()
        .map(|(dimension, level)| match level.as_str() {
            // An answer that says nothing without its question.
            short @ ("Yes" | "No" | "Y" | "N") => {
                let name = dimension.as_str().replace('_', " ");
                let (first, rest) = name.split_at_checked(1).unwrap_or((&name, ""));
                format!("{}{rest}: {}", first.to_uppercase(), short.to_lowercase())
            }
            other => other.to_owned(),
        })
        .collect();
    levels.join(", ")
}

/// The figure: `69%`, `1,204`, `3.8`; the shorthand where it is not shown.
#[must_use]
pub fn figure(row: &Released) -> String {
    match (row.status(), row.estimate()) {
        (Status::Shown, Some(estimate)) => match (row.key().statistic, row.unit()) {
            (Statistic::Difference, Unit::Fraction | Unit::Rate) => points(estimate),
            (Statistic::Ratio, _) => ratio(estimate),
            (_, unit) => amount(unit, estimate),
        },
        (status, _) => shorthand(status),
    }
}

/// The base: `412`; the shorthand where it is not shown.
#[must_use]
pub fn base(row: &Released) -> String {
    match (row.status(), row.n()) {
        (Status::Shown, Some(n)) => count(n),
        (Status::Shown, None) => String::new(),
        (status, _) => shorthand(status),
    }
}

/// The interval in words: `between 62% and 78%`. Nothing where the row is not
/// shown or has no interval.
#[must_use]
pub fn interval(row: &Released) -> Option<String> {
    if row.status() != Status::Shown {
        return None;
    }
    let (lower, upper) = row.lower().zip(row.upper())?;
    if row.key().statistic == Statistic::Difference
        && matches!(row.unit(), Unit::Fraction | Unit::Rate)
    {
        return Some(format!("from {} to {}", points(lower), points(upper)));
    }
    let of = |value| match row.key().statistic {
        Statistic::Ratio => ratio(value),
        _ => limit(row.unit(), value),
    };
    let (low, high) = (of(lower), of(upper));
    Some(if low == high {
        format!("{low}, to the nearest whole number")
    } else {
        format!("between {low} and {high}")
    })
}

/// A limit: as an amount, but a plain `0%` or `100%` at the ends.
fn limit(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Fraction | Unit::Rate => format!("{}%", whole(value * 100.0)),
        other => amount(other, value),
    }
}

/// A number in its unit.
#[must_use]
pub fn amount(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Fraction | Unit::Rate => percent(unit, value),
        Unit::People | Unit::Count => whole(value),
        Unit::Score => decimal(value),
        Unit::Per100PersonYears => format!("{} per 100 person-years", decimal(value)),
        Unit::Fte => format!("{} FTE", decimal(value)),
        Unit::Per100PersonMonths => format!("{} per 100 person-months", decimal(value)),
        Unit::Months if decimal(value) == "1.0" => "1 month".to_owned(),
        Unit::Months => format!("{} months", decimal(value).trim_end_matches(".0")),
        Unit::Pence => {
            let pounds = whole(value.abs() / 100.0);
            let sign = if value < 0.0 && pounds != "0" {
                "-"
            } else {
                ""
            };
            format!("{sign}£{pounds}")
        }
    }
}

/// A whole percentage. What is not nothing and not all never reads as 0% or
/// 100%.
fn percent(unit: Unit, value: f64) -> String {
    let rounded = (value * 100.0).round();
    if value > 0.0 && rounded <= 0.0 {
        return "under 1%".to_owned();
    }
    if unit == Unit::Fraction && value < 1.0 && rounded >= 100.0 {
        return "over 99%".to_owned();
    }
    format!("{}%", whole(value * 100.0))
}

/// A difference of shares: `12 points lower`, `no points higher or lower`.
fn points(value: f64) -> String {
    let size = whole(value.abs() * 100.0);
    let noun = if size == "1" { "point" } else { "points" };
    match size.as_str() {
        "0" => "0 points".to_owned(),
        _ if value < 0.0 => format!("{size} {noun} lower"),
        _ => format!("{size} {noun} higher"),
    }
}

/// A ratio, whatever the unit of what is divided.
fn ratio(value: f64) -> String {
    format!("{value:.*}", usize::from(ratio_places(value)))
}

/// The decimal places of a ratio: two, but where it left with two figures no
/// more than those, so that 1.1 is not 1.10.
pub(crate) fn ratio_places(value: f64) -> u8 {
    let places = match value.abs() {
        size if size >= 10.0 => 0,
        size if size >= 1.0 => 1,
        _ => return 2,
    };
    let scaled = value * 10_f64.powi(i32::from(places));
    let is_coarse = (scaled - scaled.round()).abs() < 1e-9;
    if is_coarse { places } else { 2 }
}

/// One decimal place, never a minus zero.
fn decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    if text == "-0.0" {
        "0.0".to_owned()
    } else {
        text
    }
}

/// A whole number with a comma between thousands.
fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let sign = if value < 0.0 && digits != "0" {
        "-"
    } else {
        ""
    };
    format!("{sign}{}", commas(&digits))
}

/// A count with a comma between thousands.
#[must_use]
pub fn count(n: u64) -> String {
    commas(&n.to_string())
}

fn commas(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{amount, count, points};
    use staywise_core::domain::Unit;

    #[test]
    fn t35_a_share_of_14_has_no_decimal() {
        assert_eq!(amount(Unit::Fraction, 9.0 / 14.0), "64%");
        assert_eq!(amount(Unit::Rate, 3.0 / 14.0), "21%");
    }

    #[test]
    fn percentages_are_whole_and_never_falsely_nothing_or_all() {
        let of = |value| amount(Unit::Fraction, value);
        assert_eq!([of(0.0), of(0.686), of(1.0)], ["0%", "69%", "100%"]);
        assert_eq!([of(0.004), of(0.996)], ["under 1%", "over 99%"]);
        assert_eq!(amount(Unit::Rate, 1.204), "120%");
    }

    #[test]
    fn thousands_have_a_comma() {
        assert_eq!([count(0), count(999), count(1204)], ["0", "999", "1,204"]);
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(amount(Unit::Pence, -123_456.0), "-£1,235");
        assert_eq!(amount(Unit::Pence, -40.0), "£0");
    }

    #[test]
    fn differences_say_which_way() {
        assert_eq!(points(-0.12), "12 points lower");
        assert_eq!(points(0.01), "1 point higher");
        assert_eq!(points(-0.001), "0 points");
    }

    #[test]
    fn months_read_as_months() {
        assert_eq!(amount(Unit::Months, 1.0), "1 month");
        assert_eq!(amount(Unit::Months, 14.04), "14 months");
        assert_eq!(amount(Unit::Months, 14.26), "14.3 months");
    }
}
