//! Dates and times written as text. Which of day and month comes first is
//! decided from a whole column, never from one cell.

use super::clock::{Time, Token, skip_marks, time_of_day, tokens};
use super::missing::is_missing;
use super::plain_dates::{plain_iso, plain_marked};
use super::text::folded;
use super::zones::{self, Zone};
use crate::data::DateOrder;
use staywise_core::domain::Day;

/// What a column of texts says about its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Some date can only be read in this order, and none contradicts it; or
    /// every date is written without doubt (ISO, month names).
    Order(DateOrder),
    /// Every date can be read either way.
    Undecidable,
    /// Some can only be read day first and others only month first.
    Mixed,
    /// Fewer than half of the texts that are not blank are dates at all.
    NotDates,
}

/// A text read as far as one cell allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    /// Read day first, where that is a date.
    pub(super) day_first: Option<Day>,
    /// Read month first, where that is a date.
    pub(super) month_first: Option<Day>,
    /// Time of day, with its zone where it states one.
    pub(super) time: Time,
}

/// Decides from all distinct texts of a column. Placeholders for a missing
/// value count as blank. Dates that are the same day in both orders (5/5/26)
/// and those that need no order decide nothing, and leave nothing undecided.
#[must_use]
pub fn decide<'a>(texts: impl Iterator<Item = &'a str>) -> Decision {
    let (mut texts_seen, mut dates) = (0_u64, 0_u64);
    let (mut day_first, mut month_first, mut either) = (false, false, false);
    for text in texts {
        let Some(reading) = parse(text) else {
            texts_seen += u64::from(!is_missing(text));
            continue;
        };
        texts_seen += 1;
        dates += 1;
        match (reading.day_first, reading.month_first) {
            (Some(_), None) => day_first = true,
            (None, Some(_)) => month_first = true,
            (a, b) => either |= a != b,
        }
    }
    if dates == 0 || dates * 2 < texts_seen {
        return Decision::NotDates;
    }
    match (day_first, month_first) {
        (true, true) => Decision::Mixed,
        (true, false) => Decision::Order(DateOrder::DayFirst),
        (false, true) => Decision::Order(DateOrder::MonthFirst),
        (false, false) if either => Decision::Undecidable,
        (false, false) => Decision::Order(DateOrder::DayFirst),
    }
}

/// Reads a date or a date and time: days since 1 January 1970 with the time
/// as a fraction. ISO dates and month names need no order. A time that states
/// its zone (`Z`, `GMT`, `+01:00`) is turned to UK time; any other stays as
/// written.
#[must_use]
pub fn read(text: &str, order: DateOrder) -> Option<f64> {
    let reading = parse(text)?;
    let day = match order {
        DateOrder::DayFirst => reading.day_first,
        DateOrder::MonthFirst => reading.month_first,
    }?;
    let shown = f64::from(day.0) + reading.time.of_day;
    Some(match reading.time.ahead {
        Some(minutes) => zones::to_uk(shown, Zone::Fixed(minutes)),
        None => shown,
    })
}

/// Whether a date and time states its own zone.
#[must_use]
pub fn states_zone(text: &str) -> bool {
    parse(text).is_some_and(|reading| reading.time.ahead.is_some())
}

/// Whether a text is a date of the ISO form, alone or with a time that states
/// no zone: most tools write dates so, and these need no more looking at.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    plain_iso(text.as_bytes()).is_some_and(|reading| reading.time.ahead.is_none())
}

/// Reads a text in both orders; nothing where neither gives a date.
fn parse(text: &str) -> Option<Reading> {
    let bytes = text.as_bytes();
    plain_iso(bytes)
        .or_else(|| plain_marked(bytes))
        .or_else(|| parse_any(text))
}

pub(super) fn parse_any(text: &str) -> Option<Reading> {
    // No way of writing a date and time is longer; a free text often is.
    if text.len() > 80 {
        return None;
    }
    let folded = folded(text);
    let tokens = tokens(&folded);
    let mut rest = tokens.as_slice();
    if let [Token::Word(word), tail @ ..] = rest
        && is_weekday(word)
    {
        rest = skip_marks(tail);
    }
    let (parts, rest) = date_parts(rest)?;
    let time = time_of_day(rest)?;
    let (day_first, month_first) = by_order(parts);
    (day_first.is_some() || month_first.is_some()).then_some(Reading {
        day_first,
        month_first,
        time,
    })
}

/// A part of a date: a number with how many digits it was written in, or a
/// month by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number(u32, usize),
    Month(u32),
}

/// The three parts of a date and what follows them. Marks between are the
/// same twice (`-`, `/`, `.`), or free around a month's name.
fn date_parts<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<([Part; 3], &'t [Token<'a>])> {
    let (first, rest) = part(tokens)?;
    let (mark_1, rest) = between(rest);
    let (second, rest) = part(rest)?;
    let (mark_2, rest) = between(rest);
    let (third, rest) = part(rest)?;
    let parts = [first, second, third];
    let named = parts.iter().filter(|p| matches!(p, Part::Month(_))).count();
    let sound = match named {
        0 => mark_1 == mark_2 && matches!(mark_1, Some('-' | '/' | '.')),
        1 => [mark_1, mark_2]
            .iter()
            .all(|m| matches!(m, None | Some(' ' | '-' | '/' | '.' | ','))),
        _ => false,
    };
    sound.then_some((parts, rest))
}

fn part<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(Part, &'t [Token<'a>])> {
    match tokens {
        [
            Token::Digits(digits),
            Token::Word("st" | "nd" | "rd" | "th"),
            rest @ ..,
        ] => Some((number(digits)?, rest)),
        [Token::Digits(digits), rest @ ..] => Some((number(digits)?, rest)),
        [Token::Word(word), rest @ ..] => Some((Part::Month(month_named(word)?), rest)),
        _ => None,
    }
}

fn number(digits: &str) -> Option<Part> {
    if digits.len() > 4 {
        return None;
    }
    Some(Part::Number(digits.parse().ok()?, digits.len()))
}

/// The mark between two parts, spaces around it aside; a space where there is
/// no other.
fn between<'t, 'a>(tokens: &'t [Token<'a>]) -> (Option<char>, &'t [Token<'a>]) {
    let mut mark = None;
    let mut rest = tokens;
    while let [Token::Mark(c), tail @ ..] = rest {
        match (mark, *c) {
            (None, c) => mark = Some(c),
            (Some(' '), c) => mark = Some(c),
            (Some(_), ' ') => {}
            // A second mark: "Mar., 3" has two, a date in figures never.
            (Some('.'), ',') => mark = Some(','),
            (Some(_), _) => return (Some('?'), rest),
        }
        rest = tail;
    }
    (mark, rest)
}

/// The date by each order.
fn by_order(parts: [Part; 3]) -> (Option<Day>, Option<Day>) {
    let sure = |day: Option<Day>| (day, day);
    match parts {
        [
            Part::Number(y, 4),
            Part::Number(m, 1..=2),
            Part::Number(d, 1..=2),
        ] => sure(ymd(y, m, d)),
        [Part::Number(y, 4), Part::Month(m), Part::Number(d, 1..=2)] => sure(ymd(y, m, d)),
        [
            Part::Number(d, 1..=2),
            Part::Month(m),
            Part::Number(y, digits),
        ]
        | [
            Part::Month(m),
            Part::Number(d, 1..=2),
            Part::Number(y, digits),
        ] => sure(year(y, digits).and_then(|y| ymd(y, m, d))),
        [
            Part::Number(a, 1..=2),
            Part::Number(b, 1..=2),
            Part::Number(y, digits),
        ] => year(y, digits).map_or((None, None), |y| both_orders(y, a, b)),
        _ => (None, None),
    }
}

/// The date of a year and two numbers, day first and month first.
pub(super) fn both_orders(y: u32, a: u32, b: u32) -> (Option<Day>, Option<Day>) {
    (ymd(y, b, a), ymd(y, a, b))
}

/// Four digits are the year; of two, 00 to 68 are this century's, as POSIX
/// strptime has it.
pub(super) fn year(year: u32, digits: usize) -> Option<u32> {
    match (digits, year) {
        (4, y) => Some(y),
        (2, 0..=68) => Some(2000 + year),
        (2, _) => Some(1900 + year),
        _ => None,
    }
}

pub(super) fn ymd(year: u32, month: u32, day: u32) -> Option<Day> {
    // A year under 1000 is a slip of the keyboard (0202 for 2022).
    (year >= 1000).then_some(())?;
    Day::from_ymd(i32::try_from(year).ok()?, month, day)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}

/// A year of two or four digits.
pub(super) fn year_of(digits: &str) -> Option<u32> {
    year(digits.parse().ok()?, digits.len())
}

/// A month by its name or the first three letters of it.
pub(super) fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word == "sept" {
        return Some(9);
    }
    let at = MONTHS
        .iter()
        .position(|name| *name == word || (word.len() == 3 && name.starts_with(word)))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
