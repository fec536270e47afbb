//! The periods that figures are counted for.

use super::files::Day;

/// First day, day after the last, and the day the leaver rate's year begins.
pub(super) struct Period {
    pub(super) label: &'static str,
    pub(super) start: Day,
    pub(super) end: Day,
    pub(super) year_start: Option<Day>,
}

/// The last four quarters, and all of the time.
pub(super) const PERIODS: [Period; 5] = [
    // The first days of July 2025 and 2024, October, January, April.
    period("2025-Q3", 20_270, 20_362, Some(19_997)),
    period("2025-Q4", 20_362, 20_454, Some(20_089)),
    period("2026-Q1", 20_454, 20_544, Some(20_179)),
    period("2026-Q2", 20_544, 20_635, Some(20_270)),
    period("all", -100_000, 20_635, None),
];

const fn period(label: &'static str, start: Day, end: Day, year_start: Option<Day>) -> Period {
    Period {
        label,
        start,
        end,
        year_start,
    }
}

impl Period {
    pub(super) fn holds(&self, day: Day) -> bool {
        self.start <= day && day < self.end
    }
}
