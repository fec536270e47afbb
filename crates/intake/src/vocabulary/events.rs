//! Whether a person left, and what lengths of time are counted in, by the
//! words of a cell or a header.

use super::{missing, text};
use crate::data::{Cell, benchmark::TimeUnit};

/// Words for having left, and for being still there.
const LEFT: [&str; 10] = [
    "1", "yes", "y", "true", "left", "leaver", "event", "leaved", "resigned", "exited",
];
const STAYED: [&str; 12] = [
    "0",
    "no",
    "n",
    "false",
    "stayed",
    "censored",
    "in post",
    "current",
    "active",
    "employed",
    "still employed",
    "still in post",
];

/// Whether a cell says that the person left; nothing where it says neither.
#[must_use]
pub fn read(cell: &Cell) -> Option<bool> {
    let words = match cell {
        Cell::Bool(left) => return Some(*left),
        Cell::Number(_) | Cell::Text(_) => cell.text(),
        _ => return None,
    };
    if missing::is_missing(&words) {
        return None;
    }
    let words = text::words(words.trim().trim_end_matches(".0"));
    if LEFT.contains(&words.as_str()) {
        Some(true)
    } else {
        STAYED.contains(&words.as_str()).then_some(false)
    }
}

/// The unit that a header or a word names: `month`, `Tenure (years)`,
/// `YearsAtCompany`.
#[must_use]
pub fn unit(words: &str) -> Option<TimeUnit> {
    const UNITS: [(TimeUnit, &str); 4] = [
        (TimeUnit::Days, "day"),
        (TimeUnit::Weeks, "week"),
        (TimeUnit::Months, "month"),
        (TimeUnit::Years, "year"),
    ];
    let parted: String = words
        .chars()
        .flat_map(|c| [c.is_uppercase().then_some(' '), Some(c)])
        .flatten()
        .collect();
    let named = |text: &str| {
        let words = text::words(&text.replace('_', " "));
        let mut found = UNITS.iter().filter(|(_, unit)| {
            let plural = format!("{unit}s");
            words.split(' ').any(|word| word == *unit || word == plural)
        });
        let (unit, _) = found.next()?;
        // Two units in one header decide nothing.
        found.next().is_none().then_some(*unit)
    };
    named(words).or_else(|| named(&parted))
}

#[cfg(test)]
mod tests {
    use super::{Cell, TimeUnit, read, unit};

    #[test]
    fn events_are_yes_or_no_in_any_dress() {
        let of = |text: &str| read(&Cell::Text(text.into()));
        assert_eq!(of(" YES "), Some(true));
        assert_eq!(of("Still in post"), Some(false));
        assert_eq!(read(&Cell::Number(1.0)), Some(true));
        assert_eq!(read(&Cell::Number(0.0)), Some(false));
        assert_eq!(read(&Cell::Number(2.0)), None);
        assert_eq!(read(&Cell::Bool(false)), Some(false));
        assert_eq!((of("perhaps"), of(""), of("-")), (None, None, None));
    }

    #[test]
    fn a_header_may_say_its_unit() {
        assert_eq!(unit("month"), Some(TimeUnit::Months));
        assert_eq!(unit("Tenure (years)"), Some(TimeUnit::Years));
        assert_eq!(unit("YearsAtCompany"), Some(TimeUnit::Years));
        assert_eq!(unit("tenure_weeks"), Some(TimeUnit::Weeks));
        assert_eq!(unit("time"), None);
        assert_eq!(unit("days or weeks"), None);
    }
}
