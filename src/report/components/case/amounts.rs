//! How the business case writes money, people and other amounts: rounded as
//! it is read in a sentence, to the pound in a table, to the penny where each
//! step is shown. Works nothing out.

use crate::report::cells::{Cell, plain};
use crate::report::phrases::case as say;
use staywise_core::casemodel::Unit;
use staywise_core::domain;

/// Whole pounds: `£1,235`, `-£90`.
pub(super) fn pounds(value: f64) -> String {
    money(value, 0)
}

/// A pound with its pence where it has any: `£29`, `£26.50`.
fn price(value: f64) -> String {
    money(value, if is_whole(value) { 0 } else { 2 })
}

/// To the penny: `£1,234.56`.
pub(super) fn penny(value: f64) -> String {
    money(value, 2)
}

/// Half a pound goes away from nought, as in a spreadsheet and as pence do.
const HAIR: f64 = 1e-9;

fn money(value: f64, places: u8) -> String {
    let text = plain(value.abs() + HAIR, places);
    let nothing = text.chars().all(|c| matches!(c, '0' | '.' | ','));
    let sign = if value < 0.0 && !nothing { "-" } else { "" };
    format!("{sign}£{text}")
}

/// As a sentence has it: to ten pounds under a thousand, to a hundred under a
/// million, to a thousand above.
pub(super) fn about(value: f64) -> String {
    pounds(near(value))
}

/// The same as a cell.
pub(super) fn about_cell(value: f64) -> Cell {
    pounds_cell(near(value))
}

fn near(value: f64) -> f64 {
    let to = match value.abs() {
        s if s < 1_000.0 => 10.0,
        s if s < 1_000_000.0 => 100.0,
        _ => 1_000.0,
    };
    (value / to).round() * to
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// People: `4`, or `2.4` where they are an average.
pub(super) fn people(value: f64) -> String {
    plain(value, u8::from(!is_whole(value)))
}

/// A share: `5%`, `27.6%`.
pub(super) fn share(value: f64) -> String {
    let percent = value * 100.0;
    format!("{}%", plain(percent, u8::from(!is_whole(percent))))
}

/// An amount with its unit: `10 weeks`, `£29`, `27.6%`.
pub(super) fn amount(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Pounds | Unit::PoundsAYear | Unit::PoundsAnHour => price(value),
        Unit::Share => share(value),
        Unit::Number => bare(value),
        Unit::People
        | Unit::Hours
        | Unit::HoursAWeek
        | Unit::Weeks
        | Unit::Days
        | Unit::Years
        | Unit::Fte => format!("{} {}", bare(value), noun(unit, value)),
    }
}

fn noun(unit: Unit, value: f64) -> String {
    let words = match unit {
        Unit::Fte => "FTE",
        other => other.slug(),
    };
    let one = (value - 1.0).abs() < 1e-9;
    match one && matches!(unit, Unit::Hours | Unit::Weeks | Unit::Days | Unit::Years) {
        true => words.trim_end_matches('s').to_owned(),
        false => words.to_owned(),
    }
}

/// A number as it is, with no more places than it needs up to six.
pub(super) fn bare(value: f64) -> String {
    let places = (0..6_u8).find(|places| {
        let scaled = value * 10_f64.powi(i32::from(*places));
        (scaled - scaled.round()).abs() < 1e-6
    });
    plain(value, places.unwrap_or(6))
}

/// A number as it goes into a calculator: no commas, shares as fractions.
pub(super) fn typed(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Pounds if !is_whole(value) => format!("{value:.2}"),
        _ => bare(value).replace(',', ""),
    }
}

/// Whole pounds as a cell, whose number is the amount to a millionth: half a
/// pound goes away from nought there too.
pub(super) fn pounds_cell(value: f64) -> Cell {
    let half_away = value + HAIR * value.signum();
    let cell = Cell::amount(domain::Unit::Pence, half_away * 100.0);
    Cell {
        number: cell.number.map(|_| (value * 1e6).round() / 1e6),
        ..cell
    }
}

/// More or fewer people: `6 more`, `2 fewer`, `none`.
pub(super) fn more_or_fewer(people: f64) -> String {
    let n = plain(people.abs(), 0);
    match people {
        _ if n == "0" => say::CASE_NEITHER.say([]),
        p if p < 0.0 => say::CASE_FEWER.say([&n]),
        _ => say::CASE_MORE.say([&n]),
    }
}

#[cfg(test)]
mod tests {
    use super::{about, amount, bare, more_or_fewer, penny, typed};
    use staywise_core::casemodel::Unit;

    #[test]
    fn money_is_rounded_as_it_is_read() {
        let said = [188_764.2, -941.0, 12_349.0, 1_204_499.0, 0.4].map(about);
        assert_eq!(said, ["£188,800", "-£940", "£12,300", "£1,204,000", "£0"]);
        assert_eq!([penny(-0.001), penny(1234.5)], ["£0.00", "£1,234.50"]);
        let halves = [742.5, 1486.5, -0.5].map(|value| super::pounds_cell(value).text);
        assert_eq!(halves, ["£743", "£1,487", "-£1"]);
        assert_eq!([742.5, -1486.5].map(super::pounds), ["£743", "-£1,487"]);
    }

    #[test]
    fn amounts_have_their_unit_and_no_place_too_many() {
        assert_eq!(amount(Unit::Weeks, 10.0), "10 weeks");
        assert_eq!(amount(Unit::Weeks, 1.0), "1 week");
        assert_eq!(amount(Unit::Share, 0.276), "27.6%");
        assert_eq!(amount(Unit::PoundsAnHour, 26.5), "£26.50");
        assert_eq!(amount(Unit::PoundsAYear, 32_074.0), "£32,074");
        assert_eq!(amount(Unit::Fte, 0.1), "0.1 FTE");
        assert_eq!(bare(0.1 + 0.2), "0.3");
        assert_eq!(typed(Unit::PoundsAYear, 32_074.0), "32074");
        assert_eq!(typed(Unit::Pounds, 1_234.5), "1234.50");
    }

    #[test]
    fn people_are_more_fewer_or_none() {
        assert_eq!(
            [-2.0, 0.2, 6.0].map(more_or_fewer),
            ["2 fewer", "none", "6 more"]
        );
    }
}
