//! When: a month, a quarter, a year, or everything up to a date. A wave is not a
//! period. Days are half-open: `start` is in, `end` is not.

use super::Day;
use chrono::Datelike;

/// A named stretch of days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub start: Day,
    /// The day after the last.
    pub end: Day,
    /// `2026-M04`, `2026-Q2`, `2026-27-Q1`, `2026`, `2026-27` or `all`.
    pub label: String,
    /// How the label names it.
    pub shape: Shape,
}

/// How a period is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// A month.
    Month,
    /// A quarter of the calendar year.
    Quarter,
    /// A quarter of the financial year, which starts in April.
    FinancialQuarter,
    /// A calendar year.
    Year,
    /// A financial year.
    FinancialYear,
    /// Everything up to the as-at date.
    All,
    /// A window of months that ends with another period.
    Window,
}

/// A period that cannot be read; says what can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPeriod(pub String);

impl std::fmt::Display for UnknownPeriod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "`{}` is not a period; write a month (2026-M04), a quarter (2026-Q2), a financial \
             quarter (2026-27-Q1), a year (2026 or 2026-27) or `all`",
            self.0
        )
    }
}

impl std::error::Error for UnknownPeriod {}

/// The day `all` starts: before any record.
const DAWN: Day = Day(-100_000);

impl Period {
    /// Reads `2026-M04`, `2026-Q2`, `2026-27-Q1`, `2026` or `2026-27`; `all` needs an
    /// as-at date and is made by `all`.
    ///
    /// # Errors
    /// `UnknownPeriod` for anything else, and for years that do not follow
    /// one another (`2026-28`).
    pub fn parse(text: &str) -> Result<Self, UnknownPeriod> {
        let unknown = || UnknownPeriod(text.to_owned());
        let parts: Vec<&str> = text.trim().split('-').collect();
        let year: i32 = parts
            .first()
            .filter(|y| y.len() == 4)
            .and_then(|y| y.parse().ok())
            .ok_or_else(unknown)?;
        let quarter = |text: &str| match text {
            "Q1" | "q1" => Some(0_i32),
            "Q2" | "q2" => Some(1),
            "Q3" | "q3" => Some(2),
            "Q4" | "q4" => Some(3),
            _ => None,
        };
        // `2011-12` is a financial year: a month has its letter.
        let month = |text: &str| {
            let number = text.strip_prefix(['M', 'm']).filter(|n| n.len() == 2)?;
            let number = number.parse::<i32>().ok()?;
            (1..=12).contains(&number).then_some(number)
        };
        let follows = |text: &str| {
            text.len() == 2 && text.parse::<i32>().is_ok_and(|y| y == (year + 1) % 100)
        };
        match parts.as_slice() {
            [_] => months(year, 1, 12, Shape::Year),
            [_, next] if follows(next) => months(year, 4, 12, Shape::FinancialYear),
            [_, part] => match (quarter(part), month(part)) {
                (Some(q), _) => months(year, 1 + 3 * q, 3, Shape::Quarter),
                (None, Some(m)) => months(year, m, 1, Shape::Month),
                (None, None) => None,
            },
            [_, next, q] if follows(next) => {
                quarter(q).and_then(|q| months(year, 4 + 3 * q, 3, Shape::FinancialQuarter))
            }
            _ => None,
        }
        .ok_or_else(unknown)
    }

    /// Everything up to and with `as_at`.
    #[must_use]
    pub fn all(as_at: Day) -> Self {
        Self {
            start: DAWN,
            end: as_at.plus(1),
            label: "all".to_owned(),
            shape: Shape::All,
        }
    }

    /// The calendar quarter that holds `day`.
    #[must_use]
    pub fn quarter_of(day: Day) -> Self {
        let date = day.date();
        let first = 1 + 3 * (i32::try_from(date.month0()).unwrap_or(0) / 3);
        months(date.year(), first, 3, Shape::Quarter).unwrap_or_else(|| Self::all(day))
    }

    /// The period that has these as its first and last day: a month, a
    /// quarter or a financial year (April to March), or a calendar year.
    /// Nothing for other stretches, which have no name.
    #[must_use]
    pub fn of_days(first: Day, last: Day) -> Option<Self> {
        let from = first.date();
        let month = i32::try_from(from.month()).ok()?;
        let named = [
            (1, Shape::Month),
            (3, Shape::Quarter),
            (12, Shape::Year),
            (12, Shape::FinancialYear),
        ];
        named
            .into_iter()
            .filter_map(|(length, shape)| months(from.year(), month, length, shape))
            .filter(|period| period.start == first && period.last() == last)
            // Three months that are no quarter would bear another's name.
            .find(|period| Self::parse(&period.label).as_ref() == Ok(period))
    }

    /// The period of the same shape just before; `all` has none.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        let date = self.start.date();
        let month = i32::try_from(date.month()).unwrap_or(1);
        let length = match self.shape {
            Shape::Month => 1,
            Shape::Quarter | Shape::FinancialQuarter => 3,
            Shape::Year | Shape::FinancialYear => 12,
            Shape::All | Shape::Window => return None,
        };
        months(date.year(), month - length, length, self.shape)
    }

    /// The `count` months that end with this period, or nothing for `all`.
    #[must_use]
    pub fn window(&self, count: u32) -> Option<Self> {
        if self.shape == Shape::All {
            return None;
        }
        let end = self.end.date();
        let back = i32::try_from(count).ok()?;
        let zero_based = end.year() * 12 + i32::try_from(end.month0()).ok()? - back;
        let start = Day::from_ymd(
            zero_based.div_euclid(12),
            u32::try_from(zero_based.rem_euclid(12)).ok()? + 1,
            1,
        )?;
        Some(Self {
            start,
            end: self.end,
            label: self.label.clone(),
            shape: Shape::Window,
        })
    }

    /// Its months in order, as windows of a month; none for `all`, or where it
    /// does not begin with a month.
    #[must_use]
    pub fn months(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut end = self.end;
        while self.shape != Shape::All && end > self.start {
            let upto = Self {
                end,
                ..self.clone()
            };
            let Some(month) = upto.window(1) else { break };
            end = month.start;
            found.push(month);
        }
        found.reverse();
        match found.first() {
            Some(first) if first.start == self.start => found,
            _ => Vec::new(),
        }
    }

    /// Whether the day falls in it.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.start <= day && day < self.end
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> Day {
        self.end.plus(-1)
    }

    /// `April to June 2026`, or the dates where it is no whole months of a
    /// year.
    #[must_use]
    pub fn in_words(&self) -> String {
        let (first, last) = (self.start.date(), self.last().date());
        match self.shape {
            Shape::All => format!("everything up to {}", self.last()),
            Shape::Month => first.format("%B %Y").to_string(),
            Shape::Quarter | Shape::FinancialQuarter => {
                format!("{} to {}", first.format("%B"), last.format("%B %Y"))
            }
            Shape::Year | Shape::FinancialYear | Shape::Window => {
                format!("{} to {}", self.start, self.last())
            }
        }
    }
}

/// A period of whole months; `month` may lie outside 1 to 12.
fn months(year: i32, month: i32, length: i32, shape: Shape) -> Option<Period> {
    let first = year * 12 + month - 1;
    let day = |zero_based: i32| {
        let month = u32::try_from(zero_based.rem_euclid(12)).ok()? + 1;
        Day::from_ymd(zero_based.div_euclid(12), month, 1)
    };
    let starts = first.div_euclid(12);
    let quarter = first.rem_euclid(12) / 3 + 1;
    let financial = (first - 3).div_euclid(12);
    let next = (financial + 1).rem_euclid(100);
    let label = match shape {
        Shape::Month => format!("{starts}-M{:02}", first.rem_euclid(12) + 1),
        Shape::Quarter => format!("{starts}-Q{quarter}"),
        Shape::FinancialQuarter => {
            format!("{financial}-{next:02}-Q{}", (quarter + 2) % 4 + 1)
        }
        Shape::Year => format!("{starts}"),
        Shape::FinancialYear => format!("{financial}-{next:02}"),
        Shape::All | Shape::Window => return None,
    };
    Some(Period {
        start: day(first)?,
        end: day(first + length)?,
        label,
        shape,
    })
}

#[cfg(test)]
mod tests {
    use super::{Day, Period};

    #[test]
    fn the_months_of_a_year_are_twelve_and_join_up() {
        let year = Period::parse("2026-27").unwrap_or_else(|_| Period::all(Day(0)));
        let months = year.months();
        assert_eq!(months.len(), 12);
        assert!(months.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(months.first().map(|m| m.start), Some(year.start));
        assert_eq!(months.last().map(|m| m.end), Some(year.end));
        assert!(Period::all(Day(0)).months().is_empty());
    }

    fn dates(text: &str) -> Option<(String, String)> {
        let period = Period::parse(text).ok()?;
        Some((period.start.iso(), period.last().iso()))
    }

    fn pair(a: &str, b: &str) -> Option<(String, String)> {
        Some((a.to_owned(), b.to_owned()))
    }

    #[test]
    fn calendar_and_financial_quarters_name_the_same_days() {
        assert_eq!(dates("2026-Q2"), pair("2026-04-01", "2026-06-30"));
        assert_eq!(dates("2026-27-Q1"), pair("2026-04-01", "2026-06-30"));
        assert_eq!(dates("2026-27-Q4"), pair("2027-01-01", "2027-03-31"));
        assert_eq!(dates("2026"), pair("2026-01-01", "2026-12-31"));
        assert_eq!(dates("2026-27"), pair("2026-04-01", "2027-03-31"));
    }

    #[test]
    fn labels_read_back() {
        for label in [
            "2026-Q1",
            "2026-27-Q4",
            "2026-27-Q1",
            "1999-00",
            "2025",
            "2011-M12",
            "2026-M01",
        ] {
            assert_eq!(Period::parse(label).map(|p| p.label), Ok(label.to_owned()));
        }
        for bad in [
            "",
            "Q2",
            "2026-Q5",
            "2026-28",
            "26-Q1",
            "2026-27-Q0",
            "all",
            "2026-M13",
            "2026-M1",
            "2026-04",
        ] {
            assert!(Period::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn steps_back_over_the_year() {
        let labels = |text: &str| {
            let period = Period::parse(text).ok()?.previous()?;
            Some(period.label)
        };
        assert_eq!(labels("2026-Q1").as_deref(), Some("2025-Q4"));
        assert_eq!(labels("2026-27-Q1").as_deref(), Some("2025-26-Q4"));
        assert_eq!(labels("2026-27").as_deref(), Some("2025-26"));
        assert_eq!(labels("2026-M01").as_deref(), Some("2025-M12"));
    }

    #[test]
    fn days_that_have_a_name_are_found_by_it() {
        let label = |first: &str, last: &str| {
            let days = (Day::parse_iso(first)?, Day::parse_iso(last)?);
            Some(Period::of_days(days.0, days.1)?.label)
        };
        for (first, last, named) in [
            ("2025-10-01", "2025-10-31", Some("2025-M10")),
            ("2024-02-01", "2024-02-29", Some("2024-M02")),
            ("2025-10-01", "2025-12-31", Some("2025-Q4")),
            ("2025-01-01", "2025-12-31", Some("2025")),
            ("2024-04-01", "2025-03-31", Some("2024-25")),
            ("2024-11-01", "2025-10-31", None),
            ("2025-11-01", "2026-01-31", None),
            ("2025-10-01", "2025-10-30", None),
            ("2025-10-02", "2025-10-31", None),
        ] {
            assert_eq!(label(first, last).as_deref(), named, "{first} to {last}");
        }
    }

    #[test]
    fn a_window_ends_with_its_period() {
        let window = Period::parse("2026-Q2").ok().and_then(|p| p.window(12));
        let dates = window.map(|w| (w.start.iso(), w.last().iso()));
        assert_eq!(dates, pair("2025-07-01", "2026-06-30"));
    }

    #[test]
    fn everything_ends_with_the_as_at_date() {
        let all = Period::all(Day(20_000));
        assert!(all.holds(Day(20_000)) && !all.holds(Day(20_001)));
        assert_eq!(all.previous(), None);
    }
}
