//! A calendar day as a whole number. No time of day, no time zone: a leaving
//! date means "not in post at the close of that day".

use chrono::{Datelike, NaiveDate};
use std::fmt;

/// Days since 1 January 1970; earlier days are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

impl Day {
    /// The day of a calendar date, or nothing where there is no such date.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }

    /// Reads `2026-03-31`, and nothing else.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()
            .map(Self::from)
    }

    /// The calendar date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        EPOCH
            .checked_add_signed(chrono::TimeDelta::days(i64::from(self.0)))
            .unwrap_or(NaiveDate::MAX)
    }

    /// `2026-03-31`.
    #[must_use]
    pub fn iso(self) -> String {
        self.date().format("%Y-%m-%d").to_string()
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - EPOCH.num_days_from_ce())
    }
}

/// `3 March 2026`, as GOV.UK writes dates.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{} {}", date.day(), date.format("%B %Y"))
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn reads_back_what_it_writes() {
        for n in [-25_567, -1, 0, 1, 11_016, 20_500] {
            assert_eq!(Day::parse_iso(&Day(n).iso()), Some(Day(n)));
        }
    }

    #[test]
    fn writes_dates_as_people_do() {
        let day = Day::from_ymd(2026, 3, 3).map(|d| d.to_string());
        assert_eq!(day.as_deref(), Some("3 March 2026"));
        assert_eq!(Day::from_ymd(2026, 2, 29), None);
    }
}
