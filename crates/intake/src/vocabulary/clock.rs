//! Times of day behind a date, and the stretches of letters, digits and marks
//! that dates and times are read from. Shifts no time by its zone.

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

/// What follows a date as a fraction of a day: nothing at all is midnight;
/// anything that is no time makes the text no date.
pub(super) fn time_of_day(tokens: &[Token<'_>]) -> Option<f64> {
    let rest = match skip_marks(tokens) {
        [Token::Word("t" | "at"), rest @ ..] => skip_marks(rest),
        [] => return Some(0.0),
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
    is_zone(skip_marks(rest), rest).then_some(())?;
    let seconds = f64::from(hour * 3600 + minute * 60 + second) + fraction;
    Some(seconds / 86_400.0)
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

/// Whether what is left after a time is nothing or a time zone.
fn is_zone(trimmed: &[Token<'_>], whole: &[Token<'_>]) -> bool {
    match trimmed {
        [] => whole.iter().all(|t| matches!(t, Token::Mark(' '))),
        [Token::Word("z" | "utc" | "gmt" | "bst")] => true,
        [
            Token::Word("utc" | "gmt"),
            Token::Mark('+' | '-'),
            rest @ ..,
        ]
        | [Token::Mark('+' | '-'), rest @ ..] => matches!(
            rest,
            [Token::Digits(_)] | [Token::Digits(_), Token::Mark(':'), Token::Digits(_)]
        ),
        _ => false,
    }
}

/// What follows spaces, commas and points.
pub(super) fn skip_marks<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let from = tokens
        .iter()
        .position(|t| !matches!(t, Token::Mark(' ' | ',' | '.')))
        .unwrap_or(tokens.len());
    tokens.get(from..).unwrap_or_default()
}
