//! What stands in a published cell: a figure, a mark for a hidden one, a mark
//! for none. Marks differ between publications, so each names its own. Reads
//! thousands commas, never a comma as a decimal point.

use crate::data::benchmark::Given;
use crate::data::{Cell, TableColumn};
use crate::vocabulary::text;

/// What the marks of a publication mean.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// Hidden: too few people.
    pub(super) hidden: &'static [&'static str],
    /// There is none, or it was not collected.
    pub(super) nothing: &'static [&'static str],
    /// Nobody.
    pub(super) zero: &'static [&'static str],
}

/// Marks of workforce statistics: `.` and `*` hide a small number.
pub(super) const WORKFORCE: Marks = Marks {
    hidden: &[".", "*", "[c]", "c"],
    nothing: &["", "..", "-", "[x]", "[z]", "x", "z", "n/a", "na"],
    zero: &[],
};
/// Marks of the reasons for leaving: `-` is nobody, `..` not available.
pub(super) const REASONS: Marks = Marks {
    hidden: &["*", "[c]", "c"],
    nothing: &["", "..", ".", "[x]", "[z]", "n/a", "na"],
    zero: &["-"],
};
/// Marks of surveys: `..` hides what too few answered.
pub(super) const SURVEY: Marks = Marks {
    hidden: &["..", ".", "*", "[c]", "c"],
    nothing: &["", "-", "[x]", "[z]", "x", "z", "n/a", "na"],
    zero: &[],
};

/// A cell of a figure as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    pub(super) given: Given,
    /// Whether a per cent sign stands behind it.
    pub(super) per_cent: bool,
}

/// Reads a cell; nothing where it is neither figure nor mark.
pub(super) fn read(cell: &Cell, marks: &Marks) -> Option<Written> {
    let plain = |given| {
        Some(Written {
            given,
            per_cent: false,
        })
    };
    match cell {
        Cell::Empty => return plain(Given::NotAvailable),
        Cell::Number(n) if n.is_finite() => return plain(Given::Value(*n)),
        Cell::Text(_) => {}
        _ => return None,
    }
    let words = text::fold(&cell.text());
    let is = |of: &[&str]| of.contains(&words.as_str());
    if is(marks.hidden) {
        plain(Given::Suppressed)
    } else if is(marks.nothing) {
        plain(Given::NotAvailable)
    } else if is(marks.zero) {
        plain(Given::Value(0.0))
    } else {
        let per_cent = words.ends_with('%');
        number(words.trim_end_matches('%').trim_end()).map(|n| Written {
            given: Given::Value(n),
            per_cent,
        })
    }
}

/// `1,234.5`: commas only where thousands are.
fn number(text: &str) -> Option<f64> {
    let (sign, bare) = match text.strip_prefix('-') {
        Some(bare) => (-1.0, bare),
        None => (1.0, text),
    };
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().filter(|g| digits(g))?;
    let parted = whole.contains(',');
    if parted && (first.len() > 3 || !groups.all(|g| g.len() == 3 && digits(g))) {
        return None;
    }
    if !digits(fraction) {
        return None;
    }
    let plain = format!("{}.{fraction}", whole.replace(',', ""));
    plain
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
        .map(|n| sign * n)
}

/// A column of figures, each distinct cell read once.
pub(super) struct Figures<'a> {
    column: &'a TableColumn,
    read: Vec<Option<Written>>,
}

impl<'a> Figures<'a> {
    pub(super) fn of(column: &'a TableColumn, marks: &Marks) -> Self {
        Self {
            column,
            read: column.cells.read(|cell| read(cell, marks)),
        }
    }

    /// What is written in a row; nothing where it cannot be read.
    pub(super) fn at(&self, row: usize) -> Option<Written> {
        let code = self.column.cells.codes.get(row).copied().unwrap_or(0);
        let code = usize::try_from(code).unwrap_or(0);
        self.read.get(code).copied().flatten()
    }

    /// The figure in a row; what cannot be read is not available.
    pub(super) fn given(&self, row: usize) -> Given {
        self.at(row).map_or(Given::NotAvailable, |w| w.given)
    }

    /// The distinct readings.
    pub(super) fn distinct(&self) -> impl Iterator<Item = Written> + '_ {
        self.read.iter().flatten().copied()
    }

    /// How many cells cannot be read, and the first row of them.
    pub(super) fn unreadable(&self) -> (usize, Option<usize>) {
        let bad = |code: &u32| {
            usize::try_from(*code).is_ok_and(|c| self.read.get(c).is_some_and(Option::is_none))
        };
        let codes = &self.column.cells.codes;
        (
            codes.iter().filter(|c| bad(c)).count(),
            codes.iter().position(bad),
        )
    }

    pub(super) fn column(&self) -> &'a TableColumn {
        self.column
    }
}

/// A whole number of people; nothing for a part of one.
pub(super) fn count(given: Given) -> Option<u64> {
    let value = given.value()?;
    // Up to 2^53 whole numbers are exact.
    let fits = (0.0..=9e15).contains(&value) && value.fract() == 0.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fits.then_some(value as u64)
}

/// A share of two figures: hidden where either is, not available where there
/// is nothing to divide by.
pub(super) fn share(of: Given, by: Given) -> Given {
    match (of, by) {
        (Given::Suppressed, _) | (_, Given::Suppressed) => Given::Suppressed,
        (Given::Value(n), Given::Value(d)) if d > 0.0 => Given::Value(n / d),
        _ => Given::NotAvailable,
    }
}

/// The mean of two figures, as of a number at the start and at the end.
pub(super) fn mean(a: Given, b: Given) -> Given {
    match (a, b) {
        (Given::Suppressed, _) | (_, Given::Suppressed) => Given::Suppressed,
        (Given::Value(a), Given::Value(b)) => Given::Value(f64::midpoint(a, b)),
        _ => Given::NotAvailable,
    }
}

#[cfg(test)]
mod tests {
    use super::{REASONS, SURVEY, WORKFORCE, count, mean, number, read, share};
    use crate::data::Cell;
    use crate::data::benchmark::Given;
    use proptest::prelude::{any, proptest};

    fn given(text: &str, marks: &super::Marks) -> Option<Given> {
        read(&Cell::Text(text.into()), marks).map(|w| w.given)
    }

    #[test]
    fn t40_thousands_commas_are_read_and_a_dash_is_what_the_publication_says() {
        assert_eq!(number("1,234"), Some(1234.0));
        assert_eq!(number("1.234"), Some(1.234));
        // A part of a person is no count: "1.234" may have been 1,234.
        assert_eq!(count(Given::Value(1.234)), None);
        for text in ["1,23", "1234,567", "1.234,5", ",5", "1,,234", "a", ""] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(given("-", &REASONS), Some(Given::Value(0.0)));
        assert_eq!(given("\u{2013}", &REASONS), Some(Given::Value(0.0)));
        assert_eq!(given("-", &WORKFORCE), Some(Given::NotAvailable));
        assert_eq!(given("..", &REASONS), Some(Given::NotAvailable));
        assert_eq!(given("..", &SURVEY), Some(Given::Suppressed));
        assert_eq!(given(".", &WORKFORCE), Some(Given::Suppressed));
        assert_eq!(given("some", &WORKFORCE), None);
    }

    #[test]
    fn what_is_hidden_stays_hidden() {
        let (hidden, one) = (Given::Suppressed, Given::Value(1.0));
        assert_eq!(share(hidden, one), hidden);
        assert_eq!(mean(one, hidden), hidden);
        assert_eq!(share(one, Given::Value(0.0)), Given::NotAvailable);
        assert_eq!(share(one, Given::Value(4.0)), Given::Value(0.25));
        assert_eq!(mean(one, Given::Value(4.0)), Given::Value(2.5));
    }

    proptest! {
        #[test]
        fn a_number_with_its_commas_is_itself(n in 0_u64..1_000_000_000_000, noise in any::<String>()) {
            let digits = n.to_string();
            let parted: Vec<&str> = digits
                .as_bytes()
                .rchunks(3)
                .rev()
                .filter_map(|group| std::str::from_utf8(group).ok())
                .collect();
            let written = given(&parted.join(","), &WORKFORCE);
            assert_eq!(written.and_then(count), Some(n));
            let _ = given(&noise, &SURVEY);
        }
    }
}
