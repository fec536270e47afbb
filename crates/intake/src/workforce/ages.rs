//! Age bands over time from a date of birth, or as listed. Keeps neither the
//! date nor the age.

use super::dates::Dates;
use super::posts::{empty, push};
use super::rows::{Listed, Listing};
use super::{Building, personal};
use crate::data::stage::{Aside, Words};
use crate::data::{History, Role, Stage};
use crate::vocabulary::cells::number;
use crate::vocabulary::groups::age_band;
use crate::vocabulary::levels::{self, NOT_KNOWN};
use chrono::{Datelike, NaiveDate};
use staywise_core::domain::{Day, Dimension, Level, Severity};

/// Ages that someone at work can have.
const WORKING: std::ops::RangeInclusive<u32> = 14..=99;

/// The bands of one person over time.
enum Age {
    Born(NaiveDate),
    Listed(u32),
    NotKnown,
}

/// What the staff lists say of ages, list by list.
struct Told<'a> {
    listing: &'a Listing<'a>,
    births: Vec<Dates<'a>>,
    /// Ages in whole years by pool value, where a list has them.
    ages: Vec<Option<Vec<Option<u32>>>>,
}

impl<'a> Told<'a> {
    fn of(listing: &'a Listing<'a>) -> Self {
        let staff = listing.staff.iter();
        let ages = staff.clone().map(|t| {
            let cells = &t.column(&Role::Age)?.cells;
            Some(cells.read(|cell| whole_years(number(cell)?)))
        });
        Self {
            listing,
            births: staff.map(|t| Dates::new(t, &Role::BirthDate)).collect(),
            ages: ages.collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.births.iter().all(|b| b.column.is_none()) && self.ages.iter().all(Option::is_none)
    }

    /// The last date of birth of a person's posts, else the last age listed.
    fn of_person(&self, posts: &[Listed]) -> Age {
        let rows = || posts.iter().rev().flat_map(|p| &p.at);
        let born = rows().find_map(|(list, row)| self.births.get(*list)?.at(*row).day());
        let listed = || {
            rows().find_map(|(list, row)| {
                let codes = &self
                    .listing
                    .staff
                    .get(*list)?
                    .column(&Role::Age)?
                    .cells
                    .codes;
                *self
                    .ages
                    .get(*list)?
                    .as_ref()?
                    .get(*codes.get(*row)? as usize)?
            })
        };
        born.map(|day| Age::Born(day.date()))
            .or_else(|| listed().map(Age::Listed))
            .unwrap_or(Age::NotKnown)
    }
}

/// The bands, where any list has a date of birth or an age.
pub(super) fn history(
    building: &Building,
    listing: &Listing,
    stage: &mut Stage,
) -> Option<History> {
    let told = Told::of(listing);
    if told.is_empty() {
        return None;
    }
    let mut odd = Aside::default();
    let mut given = vec![NOT_KNOWN.to_owned()];
    given.extend((0..=*WORKING.end()).map(|years| age_band(years).to_owned()));
    let (names, places) = levels::sorted("age_band", &given);
    let band = |years: u32| {
        let known = if WORKING.contains(&years) {
            years as usize + 1
        } else {
            0
        };
        places.get(known).copied().unwrap_or(0)
    };
    let mut history = empty(
        Dimension::new("age_band"),
        names.iter().map(|l| Level::new(l)).collect(),
    );
    for posts in &building.listed {
        let from = personal::first_day(posts);
        match told.of_person(posts) {
            Age::Born(born) => {
                let started = years(born, Day(from).date());
                if !started.is_some_and(|y| WORKING.contains(&y)) {
                    odd.add(0);
                    push(&mut history, [(from, band(0))].into_iter());
                    continue;
                }
                let days = birthdays(born, Day(from), listing.as_at);
                push(&mut history, days.map(|(day, years)| (day, band(years))));
            }
            Age::Listed(years) => push(&mut history, [(from, band(years))].into_iter()),
            Age::NotKnown => push(&mut history, [(from, band(0))].into_iter()),
        }
    }
    report(&told.births, odd, listing, stage);
    Some(history)
}

fn whole_years(age: f64) -> Option<u32> {
    // Within 0 to 150 by the check.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=150.0).contains(&age).then_some(age.floor() as u32)
}

/// Completed years of age on a day.
fn years(born: NaiveDate, on: NaiveDate) -> Option<u32> {
    let before = (on.month(), on.day()) < (born.month(), born.day());
    u32::try_from(on.year() - born.year() - i32::from(before)).ok()
}

/// The age on a first day, and each later birthday up to the as-at date.
/// Whoever was born on 29 February is a year older on 1 March.
fn birthdays(born: NaiveDate, from: Day, as_at: Day) -> impl Iterator<Item = (i32, u32)> {
    let start = from.date();
    let first = (from.0, years(born, start).unwrap_or(0));
    let later = (start.year()..=as_at.date().year()).filter_map(move |year| {
        let day = born
            .with_year(year)
            .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
            .map(Day::from)?;
        let years = u32::try_from(year - born.year()).ok()?;
        (day > from && day <= as_at).then_some((day.0, years))
    });
    std::iter::once(first).chain(later)
}

fn report(births: &[Dates], odd: Aside, listing: &Listing, stage: &mut Stage) {
    let words = Words {
        rule: "implausible-birth-date",
        severity: Severity::Warning,
        message: "Dates of birth make people younger than 14 or older than 99 when they started; \
                  their age counts as Not known.",
        remedy: "Correct the dates of birth.",
    };
    let table = listing
        .staff
        .iter()
        .zip(births)
        .find(|(_, b)| b.column.is_some());
    if let Some((table, dates)) = table {
        let place = |_| table.origin(None, dates.column);
        stage.findings.extend(odd.finding(&words, place));
    }
}
