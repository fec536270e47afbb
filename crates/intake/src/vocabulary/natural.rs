//! Natural order: Ward 2 before Ward 10, whatever the case.

use std::cmp::Ordering;

/// Compares two texts, stretches of digits as whole numbers of any length.
/// Texts that differ only in case or leading zeros keep a fixed order.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (l, l_rest) = stretch(left);
        let (r, r_rest) = stretch(right);
        if l.is_empty() || r.is_empty() {
            return l.len().cmp(&r.len()).then_with(|| a.cmp(b));
        }
        let order = match (is_number(l), is_number(r)) {
            (true, true) => number(l, r),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => l.to_lowercase().cmp(&r.to_lowercase()),
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (l_rest, r_rest);
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The leading stretch of digits or of anything else, and what follows.
fn stretch(text: &str) -> (&str, &str) {
    let digits = is_number(text);
    let end = text
        .find(|c: char| c.is_ascii_digit() != digits)
        .unwrap_or(text.len());
    text.split_at(end)
}

/// Digits of any length as numbers.
fn number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::compare;
    use proptest::prelude::{Strategy, proptest};

    #[test]
    fn wards_are_counted_not_spelled() {
        let mut wards = [
            "Ward 10", "ward 3", "Ward 2", "Ward", "Acute 1", "9 East", "Ward 2b",
        ];
        wards.sort_by(|a, b| compare(a, b));
        assert_eq!(
            wards,
            [
                "9 East", "Acute 1", "Ward", "Ward 2", "Ward 2b", "ward 3", "Ward 10"
            ]
        );
    }

    fn short() -> impl Strategy<Value = String> {
        "[aB0-2 é]{0,6}"
    }

    proptest! {
        #[test]
        fn it_is_an_order(a in short(), b in short(), c in short()) {
            assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            assert_eq!(compare(&a, &b).is_eq(), a == b);
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                assert!(compare(&a, &c).is_le());
            }
        }
    }
}
