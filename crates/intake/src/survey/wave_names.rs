//! Waves as names state them: `wave 3`, `w2`, `2026-Q1`, `March 2026`.

use crate::vocabulary::text;
use chrono::NaiveDate;
use staywise_core::domain::Day;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A cell of a wave column: `2`, `w2` and `wave 2` are one wave; any other
/// words are a wave's own name.
pub(super) fn of_cell(written: &str) -> String {
    if written.len() <= 3 && written.bytes().all(|b| b.is_ascii_digit()) {
        return format!("Wave {}", written.trim_start_matches('0'));
    }
    match find(written) {
        Some((stated, Extent::Whole)) => stated.name(),
        _ => written.to_owned(),
    }
}

/// A wave as a name states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    Number(u32),
    /// Year and quarter.
    Quarter(i32, u32),
    /// First year of a financial year and its quarter.
    FinancialQuarter(i32, u32),
    /// Year and month.
    Month(i32, u32),
}

impl Stated {
    pub(super) fn name(self) -> String {
        match self {
            Self::Number(n) => format!("Wave {n}"),
            Self::Quarter(year, q) => format!("{year}-Q{q}"),
            Self::FinancialQuarter(year, q) => {
                format!("{year}-{:02}-Q{q}", (year + 1).rem_euclid(100))
            }
            Self::Month(year, month) => {
                let name = (month as usize).checked_sub(1).and_then(|m| MONTHS.get(m));
                format!("{} {year}", name.unwrap_or(&""))
            }
        }
    }

    /// The last day of the stated time.
    pub(super) fn last_day(self) -> Option<Day> {
        let (year, month) = match self {
            Self::Number(_) => return None,
            Self::Quarter(year, q) => (year, q * 3),
            Self::FinancialQuarter(year, 4) => (year + 1, 3),
            Self::FinancialQuarter(year, q) => (year, q * 3 + 3),
            Self::Month(year, month) => (year, month),
        };
        let (year, month) = if month >= 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
        NaiveDate::from_ymd_opt(year, month, 1)?
            .pred_opt()
            .map(Day::from)
    }
}

/// How much of a name states the wave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Part,
}

/// Reads a wave at the beginning of some words, and says how many it took.
type Reading = fn(&[&str]) -> Option<(Stated, usize)>;

/// What a name states: a wave's number first, then a quarter, then a month.
pub(super) fn find(name: &str) -> Option<(Stated, Extent)> {
    let folded = text::fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let readings: [Reading; 3] = [number, quarter_of, month];
    readings.iter().find_map(|read| {
        (0..words.len()).find_map(|at| {
            let (stated, used) = read(words.get(at..)?)?;
            let extent = if used == words.len() {
                Extent::Whole
            } else {
                Extent::Part
            };
            Some((stated, extent))
        })
    })
}

fn number(words: &[&str]) -> Option<(Stated, usize)> {
    let small = |text: &str| text.parse::<u32>().ok().filter(|n| (1..1000).contains(n));
    match words {
        ["wave", n, ..] if small(n).is_some() => small(n).map(|n| (Stated::Number(n), 2)),
        [word, ..] => {
            let digits = word
                .strip_prefix("wave")
                .or_else(|| word.strip_prefix('w'))?;
            small(digits).map(|n| (Stated::Number(n), 1))
        }
        [] => None,
    }
}

fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|year| digits && (1990..2100).contains(year))
}

fn quarter_of(words: &[&str]) -> Option<(Stated, usize)> {
    let nth = |text: &str| {
        let nth = text.strip_prefix('q')?.parse::<u32>().ok()?;
        (1..=4).contains(&nth).then_some(nth)
    };
    let follows = |first: i32, second: &str| {
        let next = (first + 1).to_string();
        second == next || Some(second) == next.get(2..)
    };
    match words {
        [y, z, q, ..] if year(y).is_some_and(|y| follows(y, z)) && nth(q).is_some() => {
            Some((Stated::FinancialQuarter(year(y)?, nth(q)?), 3))
        }
        [q, y, z, ..] if year(y).is_some_and(|y| follows(y, z)) && nth(q).is_some() => {
            Some((Stated::FinancialQuarter(year(y)?, nth(q)?), 3))
        }
        [y, q, ..] if year(y).is_some() && nth(q).is_some() => {
            Some((Stated::Quarter(year(y)?, nth(q)?), 2))
        }
        [q, y, ..] if nth(q).is_some() && year(y).is_some() => {
            Some((Stated::Quarter(year(y)?, nth(q)?), 2))
        }
        [both, ..] if both.len() == 6 && both.is_ascii() => {
            let (y, q) = both.split_at(4);
            Some((Stated::Quarter(year(y)?, nth(q)?), 1))
        }
        _ => None,
    }
}

fn month(words: &[&str]) -> Option<(Stated, usize)> {
    let named = |text: &str| {
        let place = MONTHS.iter().position(|month| {
            let month = month.to_lowercase();
            text == month
                || (text.len() == 3 && month.starts_with(text))
                || text == "sept" && month == "september"
        })?;
        u32::try_from(place + 1).ok()
    };
    let numbered = |text: &str| {
        let month = text.parse::<u32>().ok()?;
        (text.len() == 2 && (1..=12).contains(&month)).then_some(month)
    };
    let whole = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    match words {
        [m, y, ..] if named(m).is_some() && year(y).is_some() => {
            Some((Stated::Month(year(y)?, named(m)?), 2))
        }
        [y, m, ..] if year(y).is_some() && named(m).is_some() => {
            Some((Stated::Month(year(y)?, named(m)?), 2))
        }
        [y, m, d, ..] if year(y).is_some() && numbered(m).is_some() && d.len() == 2 => {
            d.parse::<u32>().ok().filter(|d| (1..=31).contains(d))?;
            Some((Stated::Month(year(y)?, numbered(m)?), 3))
        }
        [y, m, ..] if year(y).is_some() && numbered(m).is_some() => {
            Some((Stated::Month(year(y)?, numbered(m)?), 2))
        }
        [all, ..] if whole(all) => {
            let (y, m) = (all.get(..4)?, all.get(4..6)?);
            Some((Stated::Month(year(y)?, numbered(m)?), 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::waves::quarter;
    use super::{Extent, Stated, find, of_cell};
    use staywise_core::domain::Day;

    #[test]
    fn names_state_waves_in_many_ways() {
        let name = |text| find(text).map(|(stated, _)| stated.name());
        for (text, wave) in [
            ("feedback wave 3 final", "Wave 3"),
            ("w2_export", "Wave 2"),
            ("Wave12", "Wave 12"),
            ("survey-2026-Q1-forms", "2026-Q1"),
            ("Q1 2026", "2026-Q1"),
            ("2026q4", "2026-Q4"),
            ("2026-27-Q1", "2026-27-Q1"),
            ("Survey March 2026", "March 2026"),
            ("export_2026-03-14_1200", "March 2026"),
            ("20260314", "March 2026"),
            ("sept 2025", "September 2025"),
        ] {
            assert_eq!(name(text).as_deref(), Some(wave), "{text}");
        }
        for text in [
            "Sheet1",
            "feedback(1-57)",
            "ward 7",
            "waves",
            "2026",
            "win 2026 13",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn a_wave_of_a_cell_is_a_number_or_a_name() {
        assert_eq!(
            ["2", "w2", "WAVE 2"].map(of_cell),
            ["Wave 2"; 3].map(String::from)
        );
        assert_eq!(
            of_cell("Month 6 follow-up, wave 2"),
            "Month 6 follow-up, wave 2"
        );
        assert!(find("wave 2 x").is_some_and(|(_, e)| e == Extent::Part));
    }

    #[test]
    fn a_stated_time_ends_on_its_last_day() {
        let last = |stated: Stated| stated.last_day().map(Day::iso);
        assert_eq!(
            last(Stated::Quarter(2025, 4)).as_deref(),
            Some("2025-12-31")
        );
        assert_eq!(
            last(Stated::FinancialQuarter(2025, 3)).as_deref(),
            Some("2025-12-31")
        );
        assert_eq!(
            last(Stated::FinancialQuarter(2025, 4)).as_deref(),
            Some("2026-03-31")
        );
        assert_eq!(last(Stated::Month(2024, 2)).as_deref(), Some("2024-02-29"));
        assert_eq!(
            Day::parse_iso("2026-03-31").map(quarter).as_deref(),
            Some("2026-Q1")
        );
    }
}
