//! What the business case is fed: each input with the range somebody would
//! defend, its unit, and where it came from. Judges its age and its source;
//! never looks anything up and never fills in what is missing.

use crate::domain::Day;
use std::fmt;

/// What an input or a step is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Pounds.
    Pounds,
    /// Pounds a year.
    PoundsAYear,
    /// Pounds an hour.
    PoundsAnHour,
    /// Hours.
    Hours,
    /// Hours a week.
    HoursAWeek,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
    /// A fraction of 1, printed as a percentage.
    Share,
    /// People.
    People,
    /// Full-time equivalents.
    Fte,
    /// Years.
    Years,
    /// A plain number: a ratio, a discount factor.
    Number,
}

/// Units with the words that name them in files.
pub const UNITS: [(Unit, &str); 12] = [
    (Unit::Pounds, "pounds"),
    (Unit::PoundsAYear, "pounds a year"),
    (Unit::PoundsAnHour, "pounds an hour"),
    (Unit::Hours, "hours"),
    (Unit::HoursAWeek, "hours a week"),
    (Unit::Weeks, "weeks"),
    (Unit::Days, "days"),
    (Unit::Share, "share"),
    (Unit::People, "people"),
    (Unit::Fte, "fte"),
    (Unit::Years, "years"),
    (Unit::Number, "number"),
];

impl Unit {
    /// The word that names it in files: `pounds an hour`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        UNITS
            .iter()
            .find(|(unit, _)| *unit == self)
            .map_or("number", |(_, slug)| slug)
    }

    /// The unit that a word names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        UNITS
            .iter()
            .find(|(_, word)| *word == slug)
            .map(|(unit, _)| *unit)
    }

    /// Whether it is money, which has a price year.
    #[must_use]
    pub fn is_money(self) -> bool {
        matches!(self, Self::Pounds | Self::PoundsAYear | Self::PoundsAnHour)
    }
}

/// The least, the likeliest and the most that an input may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The likeliest.
    pub central: f64,
    /// The most.
    pub high: f64,
}

impl Range {
    /// One number, known.
    #[must_use]
    pub fn fixed(value: f64) -> Self {
        Self {
            low: value,
            central: value,
            high: value,
        }
    }

    /// Whether the three are numbers in their order.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        [self.low, self.central, self.high]
            .iter()
            .all(|n| n.is_finite())
            && self.low <= self.central
            && self.central <= self.high
    }

    /// Whether there is nothing to vary.
    #[must_use]
    pub fn is_fixed(self) -> bool {
        self.low >= self.high
    }
}

/// How good a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// An official figure.
    A,
    /// A published study.
    B,
    /// The organisation's own record, or a public figure at second hand.
    C,
    /// An assumption, or an anecdote.
    D,
}

impl Grade {
    /// All four, best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The grade that a letter names, capital or small.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|grade| grade.letter().eq_ignore_ascii_case(letter.trim()))
    }

    /// Its letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// What it means.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::A => "official figure",
            Self::B => "published study",
            Self::C => "own record, or at second hand",
            Self::D => "assumption",
        }
    }
}

/// Who gave an input the value it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// It came with the program.
    Shipped,
    /// staywise.toml.
    Study,
    /// The workbook of inputs.
    Workbook,
    /// An option of the case.
    Choice,
    /// A what-if on the command line.
    WhatIf,
    /// The study's own data.
    Data,
}

impl SetBy {
    /// As printed.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Shipped => "came with staywise",
            Self::Study => "staywise.toml",
            Self::Workbook => "workbook of inputs",
            Self::Choice => "this option",
            Self::WhatIf => "what-if",
            Self::Data => "this study's data",
        }
    }
}

/// Where an input came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The year whose prices it is in, for money: `2025-26`.
    pub price_year: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// When they said so.
    pub dated: Option<Day>,
    /// The last day it is good for.
    pub good_until: Option<Day>,
    /// How good the source is.
    pub grade: Option<Grade>,
    /// Who set it.
    pub set_by: SetBy,
    /// What to check.
    pub note: Option<String>,
}

/// What is wrong with where an input came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody is named.
    Unsourced,
    /// No date is given.
    Undated,
    /// No grade is given.
    Ungraded,
    /// It was good until a day that has passed.
    Stale(Day),
    /// Money without the year of its prices.
    NoPriceYear,
    /// Its prices are of another year than the case's, and were not brought
    /// to it.
    OtherPrices(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsourced => f.write_str("no source"),
            Self::Undated => f.write_str("no date"),
            Self::Ungraded => f.write_str("no grade"),
            Self::Stale(day) => write!(f, "out of date since {day}"),
            Self::NoPriceYear => f.write_str("no price year"),
            Self::OtherPrices(year) => write!(f, "prices of {year}"),
        }
    }
}

/// How chance draws an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// A triangle from low over central to high.
    Triangle,
    /// Two halves of a normal curve that meet at central, with low and high
    /// as its 2.5% and 97.5% points: an estimate with its interval.
    Interval,
}

/// One input of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its own name in the model: `vacancy_weeks`, or `vacancy_weeks.2` where
    /// the second group has its own.
    pub name: String,
    /// What it is an input of: `vacancy_weeks`.
    pub slug: String,
    /// The group it is of, where a group has its own.
    pub group: Option<String>,
    /// As printed: "Weeks a post stands vacant".
    pub label: String,
    /// What it is, and what is in and out of it.
    pub what: String,
    /// What it is counted in.
    pub unit: Unit,
    /// Least, likeliest, most.
    pub range: Range,
    /// Where it came from.
    pub provenance: Provenance,
    /// How chance draws it.
    pub spread: Spread,
}

impl Input {
    /// What is wrong with where it came from, on a day, in a case of some
    /// year's prices. A what-if is nobody's claim, so that only its prices
    /// are judged.
    #[must_use]
    pub fn faults(&self, today: Day, prices_of: &str) -> Vec<Fault> {
        let from = &self.provenance;
        let mut faults = Vec::new();
        if from.set_by != SetBy::WhatIf {
            if from.source.as_deref().is_none_or(|s| s.trim().is_empty()) {
                faults.push(Fault::Unsourced);
            }
            if from.dated.is_none() {
                faults.push(Fault::Undated);
            }
            if from.grade.is_none() {
                faults.push(Fault::Ungraded);
            }
            if let Some(day) = from.good_until.filter(|day| *day < today) {
                faults.push(Fault::Stale(day));
            }
        }
        // Nothing has no price.
        if self.unit.is_money() && self.range.high > 0.0 {
            match from.price_year.as_deref() {
                None => faults.push(Fault::NoPriceYear),
                Some(year) if year != prices_of => {
                    faults.push(Fault::OtherPrices(year.to_owned()));
                }
                Some(_) => {}
            }
        }
        faults
    }
}
