//! Numbers as people type them, and identifiers that a spreadsheet has turned
//! into numbers.

/// Reads `12`, `1,234.5`, `1 234`, `£20`, `45%` as numbers; nothing else.
pub(crate) fn number(text: &str) -> Option<f64> {
    let bare: String = text
        .trim()
        .trim_start_matches(['£', '$', '€'])
        .trim_end_matches('%')
        .trim()
        .to_owned();
    if !bare
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_digit() || "+-.".contains(c))
    {
        return None;
    }
    let plain: String = if bare.contains([',', ' ', '\u{a0}', '\u{202f}']) {
        in_thousands(&bare)?
    } else {
        bare
    };
    plain.parse().ok().filter(|n: &f64| n.is_finite())
}

/// A number without its marks of thousands, each of which must have three
/// digits behind it.
fn in_thousands(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split([',', ' ', '\u{a0}', '\u{202f}']);
    let mut out = groups
        .next()
        .filter(|g| g.len() <= 4 && !g.is_empty())?
        .to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        out.push_str(group);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    Some(out)
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
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
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
    use super::{number, restored};

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
