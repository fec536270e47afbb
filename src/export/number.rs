//! Numbers as they stand in files: 12 significant digits, so that the same
//! figures give the same bytes on every machine.

/// The shortest decimal of a number at 12 significant digits: `0.741935483871`,
/// `23`, `-0.08`. An exponent only below a millionth and from 1e15 up; nothing
/// for what is no number.
#[must_use]
pub fn number12(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let Ok(rounded) = format!("{value:.11e}").parse::<f64>() else {
        return String::new();
    };
    // Rust writes the shortest digits that read back, so 12 digits stay 12.
    match rounded.abs() {
        0.0 => "0".to_owned(),
        size if (1e-6..1e15).contains(&size) => format!("{rounded}"),
        _ => format!("{rounded:e}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::number12;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn writes_what_people_expect() {
        let cases = [
            (23.0 / 31.0, "0.741935483871"),
            (23.0, "23"),
            (0.1 + 0.2, "0.3"),
            (-0.08, "-0.08"),
            (-0.0, "0"),
            (1204.5, "1204.5"),
            (1e-6, "0.000001"),
            (1.5e-9, "1.5e-9"),
            (1e15, "1e15"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
        ];
        for (value, text) in cases {
            assert_eq!(number12(value), text);
        }
    }

    proptest! {
        #[test]
        fn at_most_twelve_digits_that_read_back(value in -1e18_f64..1e18) {
            let text = number12(value);
            let back: f64 = text.parse().unwrap();
            let digits = text.split('e').next().unwrap();
            let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
            let digits = digits.trim_start_matches('0');
            let kept = if text.contains(['.', 'e']) { digits.len() } else { digits.trim_end_matches('0').len() };
            prop_assert!(kept <= 12, "{text}");
            prop_assert!((back - value).abs() <= value.abs() * 5.01e-12);
            prop_assert_eq!(number12(back), text);
        }

        #[test]
        fn ordinary_sizes_have_no_exponent(value in 1e-6_f64..1e14) {
            prop_assert!(!number12(value).contains('e'));
        }
    }
}
