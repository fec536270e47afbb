//! Numbers as people type them, and identifiers that a spreadsheet has turned
//! into numbers.

use crate::data::NumberStyle;

/// What the numbers of a column say about how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Some can only be read so, or none depends on it.
    Style(NumberStyle),
    /// Every number that depends on it can be read either way.
    Either,
    /// Some can be read in one way only and others only in the other.
    Mixed,
}

/// Decides from the distinct texts of a column; those that are no numbers
/// say nothing.
pub(crate) fn decide<'a>(texts: impl Iterator<Item = &'a str>) -> Decision {
    let (mut point, mut comma, mut either) = (false, false, false);
    for text in texts {
        match (
            read(text, NumberStyle::DecimalPoint),
            read(text, NumberStyle::DecimalComma),
        ) {
            (Some(_), None) => point = true,
            (None, Some(_)) => comma = true,
            (Some(a), Some(b)) => either |= a.to_bits() != b.to_bits(),
            (None, None) => {}
        }
    }
    match (point, comma) {
        (true, true) => Decision::Mixed,
        (false, true) => Decision::Style(NumberStyle::DecimalComma),
        (false, false) if either => Decision::Either,
        _ => Decision::Style(NumberStyle::DecimalPoint),
    }
}

/// Reads `12`, `1,234.5`, `1 234`, `£20`, `45%` (as 45), `(20)` and `20-` (as
/// minus 20) as numbers; nothing else.
pub fn number(text: &str) -> Option<f64> {
    read(text, NumberStyle::DecimalPoint)
}

/// Reads a number in one style.
pub(crate) fn read(text: &str, style: NumberStyle) -> Option<f64> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim();
    let inside = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let (negative, bare) = match inside {
        Some(inside) => (true, without_marks(inside)),
        None => signed(without_marks(text)),
    };
    // The currency may stand before or behind the sign.
    let bare = without_marks(bare);
    if !bare.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let n: f64 = plain(bare, style)?.parse().ok()?;
    let n = if negative && n != 0.0 { -n } else { n };
    n.is_finite().then_some(n)
}

fn without_marks(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, '£' | '$' | '€' | '%') || c.is_whitespace();
    text.trim_matches(is_mark)
}

/// A number without its sign, which may stand in front or behind, and whether
/// it is negative.
fn signed(text: &str) -> (bool, &str) {
    const MINUS: [char; 3] = ['-', '\u{2212}', '\u{2013}'];
    if let Some(rest) = text.strip_prefix(MINUS) {
        (true, rest)
    } else if let Some(rest) = text.strip_suffix(MINUS) {
        (true, rest)
    } else {
        (false, text.strip_prefix('+').unwrap_or(text))
    }
}

/// Digits with a point and a power of ten as Rust reads them: without marks
/// of thousands, each of which must have three digits behind it.
fn plain(text: &str, style: NumberStyle) -> Option<String> {
    let (point, thousands) = match style {
        NumberStyle::DecimalPoint => ('.', ','),
        NumberStyle::DecimalComma => (',', '.'),
    };
    let (whole, fraction) = match text.split_once(point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_mark =
        |c: char| c == thousands || matches!(c, ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}');
    let mut groups = whole.split(is_mark);
    let mut out = groups.next().unwrap_or_default().to_owned();
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 || !digits(group) {
            return None;
        }
        out.push_str(group);
    }
    // Thousands begin with one to three digits, and never with a nought.
    if grouped && (!matches!(whole.find(is_mark), Some(1..=3)) || out.starts_with('0')) {
        return None;
    }
    let last = fraction.unwrap_or(&out);
    let (mantissa, _) = last.split_once(['e', 'E']).unwrap_or((last, ""));
    if fraction.is_some() && (mantissa.is_empty() && out.is_empty() || !digits(mantissa)) {
        return None;
    }
    if let Some(fraction) = fraction.filter(|fraction| !fraction.is_empty()) {
        out.push('.');
        out.push_str(fraction);
    }
    Some(out)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// An identifier as its digits, and whether some may have been lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restored {
    pub(crate) digits: String,
    /// Written with a power of ten and so with fewer digits than it has.
    pub(crate) rounded: bool,
}

/// Reads `20012345.0` and `1.14E+10` back to digits; nothing for any other
/// text, which is kept as it is: `007`, `12E4`.
pub(crate) fn restored(text: &str) -> Option<Restored> {
    let text = text.trim();
    let of_number = |byte: u8| byte.is_ascii_digit() || b".eE+".contains(&byte);
    if !text.contains(['.', 'e', 'E']) || !text.bytes().all(of_number) {
        return None;
    }
    if let Some((whole, zeros)) = text.split_once('.')
        && !whole.is_empty()
        && whole.bytes().all(|b| b.is_ascii_digit())
        && !zeros.is_empty()
        && zeros.bytes().all(|b| b == b'0')
    {
        return Some(Restored {
            digits: whole.to_owned(),
            rounded: false,
        });
    }
    let (mantissa, power) = text.split_once(['E', 'e'])?;
    // `12E4` may be an identifier; `1.2E4` and `1E+10` are not.
    let places = match (mantissa.split_once('.'), power.strip_prefix('+')) {
        (Some((_, places)), _) => places,
        (None, Some(_)) => "",
        (None, None) => return None,
    };
    let whole = mantissa.split('.').next().unwrap_or_default();
    let signed = power.starts_with('+');
    let power: usize = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    if whole.len() != 1 || !digits(whole) || !digits(places) || power > 20 || places.len() > power {
        return None;
    }
    Some(Restored {
        digits: format!("{whole}{places:0<power$}"),
        // A spreadsheet shows so many places and a sign; programs that write
        // all the digits there are write no sign.
        rounded: signed && places.len() < power,
    })
}

#[cfg(test)]
mod tests {
    use super::{Decision, decide, number, read, restored};
    use crate::data::NumberStyle;
    use proptest::prelude::{Just, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

    #[test]
    fn numbers_are_read_as_typed() {
        assert_eq!(number("99,998,800,000"), Some(99_998_800_000.0));
        assert_eq!(number("1\u{a0}234.5"), Some(1234.5));
        assert_eq!(number(" £20 "), Some(20.0));
        assert_eq!(number("-0.5"), Some(-0.5));
        for text in [
            "1,5",
            "12pm",
            "1.234.5",
            "",
            "nan",
            "inf",
            "iPhone 12",
            "3-4",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn negatives_and_currencies_are_read() {
        for text in [
            "(1,234)",
            "1,234-",
            "-1,234",
            "£-1,234",
            "-£1,234",
            "(£1,234)",
            "\u{2212}1 234",
        ] {
            assert_eq!(number(text), Some(-1234.0), "{text}");
        }
        assert_eq!(number("(0)").map(f64::to_bits), Some(0_f64.to_bits()));
        for text in [
            "-", "(", "()", "(a)", "--1", "1-2", ",", ".", "1,23", "0,123", ",5", "1,2345",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn t40_a_column_decides_its_decimal_mark() {
        let decided = |texts: &[&str]| decide(texts.iter().copied());
        assert_eq!(decided(&["1,234", "5"]), Decision::Either);
        assert_eq!(decided(&["1.234"]), Decision::Either);
        assert_eq!(
            decided(&["1,234", "2.5"]),
            Decision::Style(NumberStyle::DecimalPoint)
        );
        assert_eq!(
            decided(&["1,234", "2,5"]),
            Decision::Style(NumberStyle::DecimalComma)
        );
        assert_eq!(
            decided(&["1.234", "0.123"]),
            Decision::Style(NumberStyle::DecimalPoint)
        );
        assert_eq!(
            decided(&["1,7", "200.000.000"]),
            Decision::Style(NumberStyle::DecimalComma)
        );
        assert_eq!(decided(&["1,7", "1.7"]), Decision::Mixed);
        assert_eq!(
            decided(&["12", "-", "x"]),
            Decision::Style(NumberStyle::DecimalPoint)
        );
        assert_eq!(read("1.234,5", NumberStyle::DecimalComma), Some(1234.5));
        assert_eq!(read("45,5 %", NumberStyle::DecimalComma), Some(45.5));
    }

    /// A whole number of thousandths as a locale writes it.
    fn written(thousandths: i64, (mark, point): (&str, &str), places: usize) -> String {
        let bare = format!("{:03}", thousandths.unsigned_abs());
        let (whole, fraction) = bare.split_at(bare.len() - 3);
        let whole = if whole.is_empty() { "0" } else { whole };
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                grouped.push_str(mark);
            }
            grouped.push(digit);
        }
        let sign = if thousandths < 0 { "-" } else { "" };
        let fraction = &fraction[..places];
        let point = if places == 0 { "" } else { point };
        format!("{sign}{grouped}{point}{fraction}")
    }

    proptest! {
        #[test]
        fn numbers_of_a_locale_read_back_or_are_undecided(
            values in proptest::collection::vec(-2_000_000_000_i64..2_000_000_000, 1..20),
            marks in prop_oneof![
                Just((",", ".")), Just((".", ",")), Just((" ", ".")), Just(("\u{a0}", ",")),
                Just(("", ".")), Just(("", ",")), Just(("'", ".")),
            ],
            places in 0_usize..=3,
        ) {
            let texts: Vec<String> = values.iter().map(|v| written(*v, marks, places)).collect();
            let unit = 10_i64.pow(u32::try_from(3 - places).unwrap_or(0));
            let own = if marks.0 == "." || marks.1 == "," { NumberStyle::DecimalComma } else { NumberStyle::DecimalPoint };
            let exact = |style: NumberStyle| texts.iter().zip(&values).all(|(text, value)| {
                // Exact: what is divided has fewer than 2^53 units.
                #[allow(clippy::cast_precision_loss)]
                let expected = (value / unit) as f64 / 10_f64.powi(i32::try_from(places).unwrap_or(0));
                read(text, style).is_some_and(|n| (n - expected).abs() < 1e-9 * expected.abs().max(1.0))
            });
            prop_assert!(exact(own), "{texts:?}");
            match decide(texts.iter().map(String::as_str)) {
                Decision::Style(style) => prop_assert!(exact(style), "{texts:?}"),
                Decision::Either => {}
                Decision::Mixed => prop_assert!(false, "{texts:?}"),
            }
        }

        #[test]
        fn any_text_is_a_number_or_none(text in any::<String>()) {
            for style in [NumberStyle::DecimalPoint, NumberStyle::DecimalComma] {
                if let Some(n) = read(&text, style) {
                    prop_assert!(n.is_finite());
                }
            }
            prop_assert_eq!(number(&text), read(&text, NumberStyle::DecimalPoint));
        }
    }

    #[test]
    fn identifiers_come_back_to_digits() {
        let digits = |text: &str| restored(text).map(|r| (r.digits, r.rounded));
        assert_eq!(digits("20012345.0"), Some(("20012345".into(), false)));
        assert_eq!(digits("1.0E7"), Some(("10000000".into(), false)));
        assert_eq!(digits("1.14E+10"), Some(("11400000000".into(), true)));
        assert_eq!(digits("2.0012345E7"), Some(("20012345".into(), false)));
        for text in ["007", "12E4", "20012345", "1.5", "E7", "1.2.3E4", "A.0"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
