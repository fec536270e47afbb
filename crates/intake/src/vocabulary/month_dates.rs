//! Dates written without marks (`20260331`) and months without a day
//! (`2026-03`, `Mar-26`), which are dates only where a column is known to
//! hold dates. Decides nothing about a column.

use super::clock::{Token, tokens};
use super::dates::{month_named, year_of};
use super::text::fold;
use staywise_core::domain::Day;

/// `20260331`: year, month and day in eight digits.
#[must_use]
pub fn compact(text: &str) -> Option<Day> {
    let text = text.trim();
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let year = i32::try_from(year)
        .ok()
        .filter(|y| (1900..2200).contains(y))?;
    Day::from_ymd(year, month, day)
}

/// `2026-03`, `03/2026`, `Mar-26`, `March 2026`: the first day of the month.
/// A month's name with two digits behind it is a month of a year; with two
/// digits in front it is a day of no year, and nothing here.
#[must_use]
pub fn month(text: &str) -> Option<Day> {
    if text.len() > 24 {
        return None;
    }
    let folded = fold(text);
    let tokens = tokens(&folded);
    let parts: Vec<Token<'_>> = tokens
        .iter()
        .copied()
        .filter(|token| !matches!(token, Token::Mark(_)))
        .collect();
    let marks = tokens.iter().filter_map(|token| match token {
        Token::Mark(mark) => Some(*mark),
        _ => None,
    });
    if !marks.into_iter().all(|mark| "-/. ,'".contains(mark)) {
        return None;
    }
    let (year, month) = match parts.as_slice() {
        [Token::Digits(y), Token::Digits(m)] if y.len() == 4 && m.len() <= 2 => {
            (year_of(y)?, number(m)?)
        }
        [Token::Digits(m), Token::Digits(y)] if y.len() == 4 && m.len() <= 2 => {
            (year_of(y)?, number(m)?)
        }
        [Token::Word(m), Token::Digits(y)] => (year_of(y)?, month_named(m)?),
        [Token::Digits(y), Token::Word(m)] if y.len() == 4 => (year_of(y)?, month_named(m)?),
        _ => return None,
    };
    let year = i32::try_from(year)
        .ok()
        .filter(|y| (1900..2200).contains(y))?;
    // `2026-03` and `2025/26` are told apart by the month.
    Day::from_ymd(year, month, 1).filter(|_| tokens.len() > 1)
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{compact, month};
    use staywise_core::domain::Day;

    #[test]
    fn months_are_their_first_day() {
        let march = Day::from_ymd(2026, 3, 1);
        for text in [
            "2026-03",
            "2026/3",
            "03/2026",
            "Mar-26",
            "Mar 2026",
            "March 2026",
            "Mar '26",
            "2026 Mar",
        ] {
            assert_eq!(month(text), march, "{text}");
        }
        for text in [
            "2025/26",
            "26-Mar",
            "2026-13",
            "3",
            "2026",
            "Mar",
            "1.5",
            "12/26",
            "March 3 2026",
            "May I",
        ] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn eight_digits_are_a_date_where_they_are_one() {
        assert_eq!(compact("20140102"), Day::from_ymd(2014, 1, 2));
        for text in ["20141302", "02012014", "2014010", "20012345", "2014-1-2"] {
            assert_eq!(compact(text), None, "{text}");
        }
    }
}
