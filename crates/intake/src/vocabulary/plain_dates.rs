//! The commonest ways of writing dates, read in place: a survey's export has
//! a million of them. Reads nothing that the long way reads otherwise; any
//! other text is left to it.

use super::clock::Time;
use super::dates::{Reading, both_orders, year, ymd};

/// `2026-03-31`, alone or with a time: `2026-03-31 14:02`,
/// `2026-03-31T14:02:11.5Z`, `2026-03-31T14:02:11+01:00`.
pub(super) fn plain_iso(text: &[u8]) -> Option<Reading> {
    let (date, time) = text.split_at_checked(10)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let day = ymd(year, two(m1, m2)?, two(d1, d2)?)?;
    let time = match time {
        [] => Time::default(),
        [b' ' | b'T', time @ ..] => clock(time)?,
        _ => return None,
    };
    Some(Reading {
        day_first: Some(day),
        month_first: Some(day),
        time,
    })
}

/// `31/03/2026`, `3.4.26`, `31-03-2026`, alone or with a time.
pub(super) fn plain_marked(text: &[u8]) -> Option<Reading> {
    let (first, _, rest) = figures(text)?;
    let (mark, rest) = rest.split_first()?;
    let (second, _, rest) = figures(rest)?;
    let (again, rest) = rest.split_first()?;
    if mark != again || !matches!(mark, b'/' | b'-' | b'.') {
        return None;
    }
    let (century, digits, rest) = figures(rest)?;
    let (number, digits, rest) = match figures(rest) {
        Some((ones, 2, rest)) if digits == 2 => (century * 100 + ones, 4, rest),
        _ => (century, digits, rest),
    };
    let (day_first, month_first) = both_orders(year(number, digits)?, first, second);
    let time = match rest {
        [] => Time::default(),
        [b' ', time @ ..] => clock(time)?,
        _ => return None,
    };
    (day_first.is_some() || month_first.is_some()).then_some(Reading {
        day_first,
        month_first,
        time,
    })
}

/// One or two digits: the number, how many they are, and what follows.
fn figures(text: &[u8]) -> Option<(u32, usize, &[u8])> {
    match *text {
        [tens, ones, ref rest @ ..] if ones.is_ascii_digit() => {
            two(tens, ones).map(|number| (number, 2, rest))
        }
        [ones, ref rest @ ..] => two(b'0', ones).map(|number| (number, 1, rest)),
        [] => None,
    }
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    let digit = |d: u8| char::from(d).to_digit(10);
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// `14:02`, `9:02:11`, `14:02:11.5`, with the zone that stands behind it.
fn clock(text: &[u8]) -> Option<Time> {
    let (hour, _, rest) = figures(text)?;
    let (minute, rest) = after_colon(rest)?;
    let (second, rest) = match rest {
        [b':', ..] => after_colon(rest)?,
        _ => (0, rest),
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, rest) = match rest {
        [b'.', digits @ ..] => decimals(digits)?,
        _ => (0.0, rest),
    };
    Some(Time {
        of_day: (f64::from(hour * 3600 + minute * 60 + second) + fraction) / 86_400.0,
        ahead: zone(rest)?,
    })
}

/// Two digits behind a colon.
fn after_colon(text: &[u8]) -> Option<(u32, &[u8])> {
    match *text {
        [b':', tens, ones, ref rest @ ..] => Some((two(tens, ones)?, rest)),
        _ => None,
    }
}

/// Up to nine digits behind a point, of which the quotient is exact.
fn decimals(text: &[u8]) -> Option<(f64, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(digits)?;
    let places = i32::try_from(digits.len()).ok()?;
    if !(1..=9).contains(&places) {
        return None;
    }
    let number = digits
        .iter()
        .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Some((f64::from(number) / 10_f64.powi(places), rest))
}

/// Nothing, `Z` or `+01:00`: how far ahead of UTC, in minutes.
fn zone(text: &[u8]) -> Option<Option<i32>> {
    match *text {
        [] => Some(None),
        [b'Z'] => Some(Some(0)),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            let ahead = i32::try_from(hours * 60 + minutes).ok()?;
            let known = hours <= 14 && minutes < 60;
            known.then_some(Some(if sign == b'-' { -ahead } else { ahead }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::dates::parse_any;
    use super::{plain_iso, plain_marked};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn what_is_read_in_place_is_read_as_the_long_way_reads_it(
            date in "[0-3]?[0-9]([/.-])[01]?[0-9]([/.-])(20)?[0-9]{2}|[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]",
            time in "([ T][0-2]?[0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,10})?)?(Z|[+-][01][0-9]:[0-6][0-9])?)?",
        ) {
            let text = format!("{date}{time}");
            let plain = plain_iso(text.as_bytes()).or_else(|| plain_marked(text.as_bytes()));
            if plain.is_some() {
                prop_assert_eq!(plain, parse_any(&text), "{}", text);
            }
        }
    }

    #[test]
    fn the_common_forms_are_read_in_place() {
        for text in [
            "2026-03-31",
            "2026-03-31 14:02",
            "2026-03-31 14:02:11",
            "2026-03-31T14:02:11Z",
            "2026-03-31T14:02:11.123Z",
            "2026-03-31T14:02:11+01:00",
        ] {
            assert!(plain_iso(text.as_bytes()).is_some(), "{text}");
        }
        for text in [
            "31/03/2026",
            "3.4.26",
            "31/03/2026 9:02",
            "31-03-2026 14:02:11",
        ] {
            assert!(plain_marked(text.as_bytes()).is_some(), "{text}");
        }
        for text in [
            "31/03-2026",
            "31/03/202",
            "31/03/20261",
            "32/13/2026",
            "31/03/2026x",
            "",
        ] {
            assert!(plain_marked(text.as_bytes()).is_none(), "{text}");
        }
    }
}
