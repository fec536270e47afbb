//! Times of day behind a date, and the stretches of letters, digits and marks
//! that dates and times are read from, and the zone that stands behind a time.
//! Shifts no time by its zone.

use super::zones::minutes;

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// ASCII digits.
    Digits(&'a str),
    /// Letters.
    Word(&'a str),
    /// Any one other character.
    Mark(char),
}

/// The stretches of a folded text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digit = first.is_ascii_digit();
        let end = if digit || first.is_alphabetic() {
            rest.find(|c: char| c.is_ascii_digit() != digit || c.is_alphabetic() == digit)
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (stretch, tail) = rest.split_at(end);
        out.push(match first {
            _ if digit => Token::Digits(stretch),
            c if c.is_alphabetic() => Token::Word(stretch),
            c => Token::Mark(c),
        });
        rest = tail;
    }
    out
}

/// A time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Time {
    /// As a fraction of a day.
    pub(super) of_day: f64,
    /// How far ahead of UTC it says to be, in minutes.
    pub(super) ahead: Option<i32>,
}

/// What follows a date as a time: nothing at all is midnight; anything that
/// is no time makes the text no date.
pub(super) fn time_of_day(tokens: &[Token<'_>]) -> Option<Time> {
    let rest = match skip_marks(tokens) {
        [Token::Word("t" | "at"), rest @ ..] => skip_marks(rest),
        [] => return Some(Time::default()),
        // A date and a time touch only with a T between.
        _ if !matches!(tokens.first(), Some(Token::Mark(' ' | ','))) => return None,
        rest => rest,
    };
    let (hour, rest) = clock_part(rest, 23)?;
    let (minute, rest) = match rest {
        [Token::Mark(':'), rest @ ..] => clock_part(rest, 59)?,
        // "3pm" needs no minutes.
        _ if half_of_day(rest).is_some() => (0, rest),
        _ => return None,
    };
    let (second, rest) = match rest {
        [Token::Mark(':'), rest @ ..] => clock_part(rest, 59)?,
        _ => (0, rest),
    };
    let (fraction, rest) = match rest {
        [Token::Mark('.' | ','), Token::Digits(digits), rest @ ..] => {
            (format!("0.{digits}").parse::<f64>().ok()?, rest)
        }
        _ => (0.0, rest),
    };
    let (hour, rest) = match half_of_day(rest) {
        None => (hour, rest),
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some((half, rest)) => (hour % 12 + half, rest),
    };
    let ahead = zone(rest)?;
    let seconds = f64::from(hour * 3600 + minute * 60 + second) + fraction;
    Some(Time {
        of_day: seconds / 86_400.0,
        ahead,
    })
}

fn clock_part<'t, 'a>(tokens: &'t [Token<'a>], most: u32) -> Option<(u32, &'t [Token<'a>])> {
    match tokens {
        [Token::Digits(digits), rest @ ..] if digits.len() <= 2 => {
            let value = digits.parse().ok()?;
            (value <= most).then_some((value, rest))
        }
        _ => None,
    }
}

/// Before or after noon, as hours to add, and what follows.
fn half_of_day<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(u32, &'t [Token<'a>])> {
    let tokens = match tokens {
        [Token::Mark(' '), rest @ ..] => rest,
        _ => tokens,
    };
    match tokens {
        [Token::Word("am"), rest @ ..] => Some((0, rest)),
        [Token::Word("pm"), rest @ ..] => Some((12, rest)),
        [
            Token::Word(half @ ("a" | "p")),
            Token::Mark('.'),
            Token::Word("m"),
            rest @ ..,
        ] => {
            let rest = match rest {
                [Token::Mark('.'), rest @ ..] => rest,
                _ => rest,
            };
            Some((if *half == "a" { 0 } else { 12 }, rest))
        }
        _ => None,
    }
}

/// What is left after a time: nothing, or how far ahead of UTC it is. Names
/// that mean several zones (IST, CST) make the text no date.
fn zone(rest: &[Token<'_>]) -> Option<Option<i32>> {
    let bare: Vec<Token<'_>> = skip_marks(rest)
        .iter()
        .copied()
        .filter(|token| !matches!(token, Token::Mark('(' | ')')))
        .collect();
    match bare.as_slice() {
        [] => rest
            .iter()
            .all(|t| matches!(t, Token::Mark(' ')))
            .then_some(None),
        [Token::Word(name)] => NAMED
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, minutes)| Some(*minutes)),
        [
            Token::Word("utc" | "gmt"),
            Token::Mark(sign @ ('+' | '-')),
            digits @ ..,
        ]
        | [Token::Mark(sign @ ('+' | '-')), digits @ ..] => {
            let ahead = match digits {
                [Token::Digits(digits)] => minutes(digits)?,
                [Token::Digits(hours), Token::Mark(':'), Token::Digits(rest)] => {
                    minutes(&format!("{hours}:{rest}"))?
                }
                _ => return None,
            };
            Some(Some(if *sign == '-' { -ahead } else { ahead }))
        }
        _ => None,
    }
}

/// Zones that stand behind a time, in minutes ahead of UTC.
const NAMED: [(&str, i32); 14] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("est", -300),
    ("edt", -240),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
];

/// What follows spaces, commas and points.
pub(super) fn skip_marks<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let from = tokens
        .iter()
        .position(|t| !matches!(t, Token::Mark(' ' | ',' | '.')))
        .unwrap_or(tokens.len());
    tokens.get(from..).unwrap_or_default()
}
