//! Months as lists of staff and their files name them: `2025-04`, `202504`,
//! `Apr-25`, `2025-APR`, `staff in post April 2025`. A month stands for its
//! last day, as a list of a month is of its end. Decides no order of day and
//! month: a date of figures alone is read only with its year first.

use super::dates::month_named;
use super::text;
use staywise_core::domain::Day;

/// The last day of the month that a text names and nothing else.
#[must_use]
pub fn read(text: &str) -> Option<Day> {
    let folded = text::fold(text);
    let parts = parts(&folded);
    let (day, used) = named_at(&parts)?;
    (used == parts.len()).then_some(day)
}

/// The first month or day that a name (of a file or a sheet) holds.
#[must_use]
pub fn within(name: &str) -> Option<Day> {
    let folded = text::fold(name);
    let parts = parts(&folded);
    (0..parts.len()).find_map(|at| Some(named_at(parts.get(at..)?)?.0))
}

/// The last day of the month of a day.
#[must_use]
pub fn end_of(day: Day) -> Day {
    use chrono::Datelike;
    let date = day.date();
    last(date.year(), date.month()).unwrap_or(day)
}

/// Whether a day is the first of its month.
#[must_use]
pub fn is_first(day: Day) -> bool {
    use chrono::Datelike;
    day.date().day() == 1
}

/// Stretches of figures and of letters.
fn parts(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for stretch in text.split(|c: char| !c.is_alphanumeric()) {
        let mut from = 0;
        let mut before: Option<bool> = None;
        for (at, c) in stretch.char_indices() {
            let figure = c.is_ascii_digit();
            if before.is_some_and(|b| b != figure) {
                found.push(&stretch[from..at]);
                from = at;
            }
            before = Some(figure);
        }
        if from < stretch.len() {
            found.push(&stretch[from..]);
        }
    }
    found
}

/// The month or day that these parts begin with, and how many they use.
fn named_at(parts: &[&str]) -> Option<(Day, usize)> {
    let figures = |text: &str, length: usize| {
        (text.len() == length)
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let full_year = |text: &str| figures(text, 4).filter(|y| (1990..2100).contains(y));
    let in_year = |text: &str| figures(text, 2).filter(|m| (1..=12).contains(m));
    match parts {
        [year, month, day, ..] if full_year(year).is_some() && in_year(month).is_some() => {
            let (year, month) = (full_year(year)?, in_year(month)?);
            match figures(day, 2) {
                Some(day) => Some((Day::from_ymd(signed(year)?, month, day)?, 3)),
                None => Some((last(signed(year)?, month)?, 2)),
            }
        }
        [year, month, ..] if full_year(year).is_some() => {
            let month = in_year(month).or_else(|| month_named(month))?;
            Some((last(signed(full_year(year)?)?, month)?, 2))
        }
        [month, year, ..] if month_named(month).is_some() => {
            let year = full_year(year).or_else(|| Some(2000 + figures(year, 2)?))?;
            Some((last(signed(year)?, month_named(month)?)?, 2))
        }
        [only, ..] if only.len() == 6 || only.len() == 8 => {
            let year = full_year(only.get(..4)?)?;
            let month = in_year(only.get(4..6)?)?;
            match only.get(6..8) {
                Some(day) => Some((Day::from_ymd(signed(year)?, month, figures(day, 2)?)?, 1)),
                None => Some((last(signed(year)?, month)?, 1)),
            }
        }
        _ => None,
    }
}

fn signed(year: u32) -> Option<i32> {
    i32::try_from(year).ok()
}

fn last(year: i32, month: u32) -> Option<Day> {
    let (next_year, next) = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    Day::from_ymd(next_year, next, 1).map(|day| day.plus(-1))
}

#[cfg(test)]
mod tests {
    use super::{read, within};

    #[test]
    fn a_month_is_its_last_day() {
        let iso = |text: &str| read(text).map(|day| day.iso());
        for text in [
            "2025-04",
            "202504",
            "Apr-25",
            "2025-APR",
            "April 2025",
            "2025/04",
        ] {
            assert_eq!(iso(text).as_deref(), Some("2025-04-30"), "{text}");
        }
        assert_eq!(iso("2024-02").as_deref(), Some("2024-02-29"));
        assert_eq!(iso("2025-04-15").as_deref(), Some("2025-04-15"));
        assert_eq!(iso("Dec 2025").as_deref(), Some("2025-12-31"));
        for text in ["03/04/2025", "2025", "13", "Ward 4", "2025-13", "", "1-2-3"] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_files_name_holds_its_month() {
        let iso = |text: &str| within(text).map(|day| day.iso());
        assert_eq!(iso("staff/sip_2025-04.csv").as_deref(), Some("2025-04-30"));
        assert_eq!(iso("SIP Apr25.xlsx").as_deref(), Some("2025-04-30"));
        assert_eq!(iso("20250430 SIP.xlsx").as_deref(), Some("2025-04-30"));
        assert_eq!(iso("staff list.xlsx"), None);
        assert_eq!(iso("march past.csv"), None);
    }
}
