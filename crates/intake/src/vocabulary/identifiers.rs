//! Staff numbers and e-mail addresses in the form in which they are
//! compared. What is made here stays in memory: pseudonyms go further.

use super::cells::is_missing;
use super::{nobody, text};
use crate::data::Cell;
use std::collections::{HashMap, HashSet};

/// A staff number as it is compared: upper case without white space, a whole
/// number without a point. Leading zeros are kept here, as only a comparison
/// of all lists can tell whether they matter: see [`StaffNumbers`]. Nothing
/// for zeros alone, for a number that a spreadsheet has cut to `1.14E+10`,
/// and for words that name nobody.
#[must_use]
pub fn normalise_staff_number(cell: &Cell) -> Option<String> {
    const WHOLE: f64 = 1e15;
    if is_missing(cell) || nobody::read(cell).is_some() {
        return None;
    }
    let number = match cell {
        Cell::Number(n) if n.fract() == 0.0 && (0.0..WHOLE).contains(n) => format!("{n}"),
        Cell::Text(written) => {
            let mut plain = text::tidy(written).replace(' ', "").to_uppercase();
            if let Some(whole) = plain.strip_suffix(".0").filter(|w| is_digits(w)) {
                plain = whole.to_owned();
            }
            plain
        }
        _ => return None,
    };
    let zeros = number.chars().all(|c| c == '0');
    (!zeros && !is_cut(&number)).then_some(number)
}

/// An e-mail address as it is compared: lower case without white space.
/// Nothing where it is none, as `anonymous`.
#[must_use]
pub fn normalise_email(cell: &Cell) -> Option<String> {
    let Cell::Text(written) = cell else {
        return None;
    };
    let plain = text::fold(written).replace(' ', "");
    let plain = plain.strip_prefix("mailto:").unwrap_or(&plain);
    let (name, host) = plain.split_once('@')?;
    let whole = !name.is_empty() && host.contains('.') && !host.contains('@');
    (whole && !name.starts_with("anonymous")).then(|| plain.to_owned())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether this is what a spreadsheet leaves of a long number: `1.14E+10`.
fn is_cut(number: &str) -> bool {
    number
        .split_once("E+")
        .is_some_and(|(digits, power)| is_digits(power) && is_digits(&digits.replacen('.', "", 1)))
}

/// Which staff numbers may be compared without their leading zeros. One list
/// may have `00123` as text where another has lost the zeros to a
/// spreadsheet: these meet, unless some one list has both `00123` and `123`,
/// which then are two people and every number of that sort stays as written.
#[derive(Clone, Debug, Default)]
pub struct StaffNumbers {
    ambiguous: HashSet<String>,
}

impl StaffNumbers {
    /// From all numbers, each with the list it stands in.
    #[must_use]
    pub fn new<'a>(numbers: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut written: HashMap<&str, Vec<(usize, &str)>> = HashMap::new();
        let mut ambiguous = HashSet::new();
        for (list, number) in numbers.filter(|(_, number)| is_digits(number)) {
            let bare = number.trim_start_matches('0');
            let seen = written.entry(bare).or_default();
            if seen.contains(&(list, number)) {
                continue;
            }
            if seen.iter().any(|(other, _)| *other == list) {
                ambiguous.insert(bare.to_owned());
            }
            seen.push((list, number));
        }
        Self { ambiguous }
    }

    /// The form in which a normalised number is compared.
    #[must_use]
    pub fn canonical<'a>(&self, number: &'a str) -> &'a str {
        let bare = number.trim_start_matches('0');
        if is_digits(number) && !self.ambiguous.contains(bare) {
            bare
        } else {
            number
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, StaffNumbers, normalise_email, normalise_staff_number};

    fn number(text: &str) -> Option<String> {
        normalise_staff_number(&Cell::Text(text.into()))
    }

    #[test]
    fn a_staff_number_is_text() {
        assert_eq!(number(" ab 00123\u{a0}").as_deref(), Some("AB00123"));
        assert_eq!(number("00123").as_deref(), Some("00123"));
        assert_eq!(number("20456.0").as_deref(), Some("20456"));
        assert_eq!(number("1.14E+10"), None, "a cut number names nobody");
        assert_eq!(number("000"), None);
        assert_eq!(number("Anonymous"), None);
        assert_eq!(number("agency"), None, "words that name nobody");
        let cell = Cell::Number(11_400_123_456.0);
        assert_eq!(
            normalise_staff_number(&cell).as_deref(),
            Some("11400123456")
        );
        assert_eq!(normalise_staff_number(&Cell::Number(1.5)), None);
    }

    #[test]
    fn an_address_is_lower_case_and_anonymous_is_none() {
        let email = |text: &str| normalise_email(&Cell::Text(text.into()));
        assert_eq!(
            email(" A.B@Trust.NHS.uk ").as_deref(),
            Some("a.b@trust.nhs.uk")
        );
        assert_eq!(email("anonymous"), None);
        assert_eq!(email("a@b"), None);
    }

    #[test]
    fn leading_zeros_are_dropped_only_where_no_list_needs_them() {
        let apart = StaffNumbers::new([(0, "00123"), (1, "123"), (0, "077")].into_iter());
        assert_eq!(
            (apart.canonical("00123"), apart.canonical("123")),
            ("123", "123")
        );
        let both =
            StaffNumbers::new([(0, "00123"), (0, "123"), (1, "123"), (0, "077")].into_iter());
        assert_eq!(
            (both.canonical("00123"), both.canonical("123")),
            ("00123", "123")
        );
        assert_eq!(both.canonical("077"), "77");
        assert_eq!(both.canonical("A0123"), "A0123");
    }
}
