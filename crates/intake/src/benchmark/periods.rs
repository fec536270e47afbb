//! When a published figure is of, in days where its label says them. Quarters
//! of a financial year begin in April. What says no day keeps its label.

use crate::data::Cell;
use crate::data::DateOrder;
use crate::data::benchmark::Period;
use crate::vocabulary::{cells, text};
use staywise_core::domain::Day;
use std::sync::Arc;

/// The first and the last day of a month.
fn month(year: i32, month: u32) -> Option<(Day, Day)> {
    months((year, month), 1)
}

/// The first and the last day of some months from one on.
fn months((year, month): (i32, u32), how_many: u32) -> Option<(Day, Day)> {
    let from = Day::from_ymd(year, month, 1)?;
    let last = month - 1 + how_many;
    let years = i32::try_from(last / 12).ok()?;
    let after = Day::from_ymd(year.checked_add(years)?, last % 12 + 1, 1)?;
    Some((from, after.plus(-1)))
}

/// Reads a label: `202403 to 202503`, `2011-12 Q1`, `2025-26`, `2026-03`,
/// `2026-Q2`.
pub(super) fn labelled(label: &str) -> Arc<Period> {
    let label = text::tidy(label);
    Arc::new(Period {
        days: between_months(&label)
            .or_else(|| quarter(&label))
            .or_else(|| year_or_month(&label)),
        label,
    })
}

/// Reads the cell of a period column. A date stands for itself, or for its
/// month where the table is of months.
pub(super) fn of_cell(cell: &Cell, of: Dates) -> Arc<Period> {
    let read = labelled(&cell.text());
    if read.days.is_some() {
        return read;
    }
    let Some(day) = cells::moment(cell, Some(DateOrder::DayFirst)).day() else {
        return read;
    };
    let days = match of {
        Dates::Themselves => Some((day, day)),
        Dates::TheirMonths => month_of(day),
    };
    Arc::new(Period {
        label: read.label.clone(),
        days,
    })
}

/// What a date in a period column stands for.
#[derive(Clone, Copy)]
pub(super) enum Dates {
    /// For itself: who was in post at its close.
    Themselves,
    /// For its month.
    TheirMonths,
}

fn month_of(day: Day) -> Option<(Day, Day)> {
    let iso = day.iso();
    let mut parts = iso.split('-');
    let year = parts.next()?.parse().ok()?;
    month(year, parts.next()?.parse().ok()?)
}

/// `202403 to 202503`: from the close of the one month to that of the other.
fn between_months(label: &str) -> Option<(Day, Day)> {
    let (from, to) = label.split_once(" to ")?;
    let read = |text: &str| {
        let digits = text.trim();
        let six = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
        let (year, number) = six.then(|| digits.split_at(4))?;
        month(year.parse().ok()?, number.parse().ok()?)
    };
    let (from, to) = (read(from)?.1.plus(1), read(to)?.1);
    (from <= to).then_some((from, to))
}

/// `2011-12 Q1` is April to June 2011, `2026-Q2` April to June 2026.
fn quarter(label: &str) -> Option<(Day, Day)> {
    let (year, quarter) = label.rsplit_once([' ', '-'])?;
    let quarter: u32 = quarter.strip_prefix(['Q', 'q'])?.parse().ok()?;
    (1..=4).contains(&quarter).then_some(())?;
    if let Some(year) = financial_year(year.trim()) {
        return match quarter {
            4 => months((year.checked_add(1)?, 1), 3),
            _ => months((year, 1 + 3 * quarter), 3),
        };
    }
    let year = calendar_year(year.trim())?;
    months((year, 3 * quarter - 2), 3)
}

/// `2025-26` is April to March, `2026-03` a month. A year alone may be either.
fn year_or_month(label: &str) -> Option<(Day, Day)> {
    if let Some(year) = financial_year(label) {
        return months((year, 4), 12);
    }
    let (year, number) = label.split_once('-')?;
    let number: u32 = number.parse().ok().filter(|_| number.len() == 2)?;
    (1..=12).contains(&number).then_some(())?;
    month(calendar_year(year)?, number)
}

/// The first year of `2011-12` or `2011/12`: the second must follow.
fn financial_year(text: &str) -> Option<i32> {
    let (from, to) = text.split_once(['-', '/'])?;
    let year = calendar_year(from)?;
    let next = (year + 1).to_string();
    (to == next || to.len() == 2 && next.ends_with(to)).then_some(year)
}

fn calendar_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok().filter(|_| text.len() == 4)?;
    (1948..=2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::{Dates, labelled, of_cell};
    use crate::data::Cell;
    use proptest::prelude::proptest;

    fn days(label: &str) -> Option<String> {
        let (from, to) = labelled(label).days?;
        Some(format!("{} {}", from.iso(), to.iso()))
    }

    #[test]
    fn t29_a_financial_quarter_is_not_a_calendar_quarter() {
        let expected = [
            ("2011-12 Q1", "2011-04-01 2011-06-30"),
            ("2011-12 Q3", "2011-10-01 2011-12-31"),
            ("2011-12 Q4", "2012-01-01 2012-03-31"),
            ("2026-27-Q1", "2026-04-01 2026-06-30"),
            ("2026-Q1", "2026-01-01 2026-03-31"),
            ("2026-Q4", "2026-10-01 2026-12-31"),
        ];
        for (label, wanted) in expected {
            assert_eq!(days(label).as_deref(), Some(wanted), "{label}");
        }
        assert_eq!(days("2011-12 Q5"), None);
        // Which year a quarter alone is in nobody says.
        assert_eq!(days("Q1"), None);
    }

    #[test]
    fn a_period_between_two_months_begins_when_the_first_has_closed() {
        assert_eq!(
            days("202403 to 202503").as_deref(),
            Some("2024-04-01 2025-03-31")
        );
        assert_eq!(
            days("202509 to 202510").as_deref(),
            Some("2025-10-01 2025-10-31")
        );
        for label in ["202503 to 202403", "202413 to 202503", "2025", "", "soon"] {
            assert_eq!(days(label), None, "{label}");
        }
        // A year that is followed by its next is a financial one, not a month.
        assert_eq!(days("2011-12").as_deref(), Some("2011-04-01 2012-03-31"));
        assert_eq!(days("2026-03").as_deref(), Some("2026-03-01 2026-03-31"));
    }

    #[test]
    fn a_date_is_itself_or_its_month() {
        let cell = Cell::Text("30/04/2024".into());
        let days = |of| {
            of_cell(&cell, of)
                .days
                .map(|(from, to)| format!("{} {}", from.iso(), to.iso()))
        };
        assert_eq!(
            days(Dates::Themselves).as_deref(),
            Some("2024-04-30 2024-04-30")
        );
        assert_eq!(
            days(Dates::TheirMonths).as_deref(),
            Some("2024-04-01 2024-04-30")
        );
    }

    proptest! {
        #[test]
        fn any_label_is_a_period_that_ends_after_it_begins(label in "[0-9qQ/ to-]{0,18}|.*") {
            if let Some((from, to)) = labelled(&label).days {
                assert!(from <= to, "{label}");
            }
        }
    }
}
