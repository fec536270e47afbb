//! Published figures to set the study's own beside, an organisation's flows as
//! counts, and how long people stayed without dates. Each as the file has it,
//! with what it is of, when, of how many and what it can be compared with.
//! Never a person, never a figure that the publisher hid.

use staywise_core::domain::{Day, Origin};
use std::sync::Arc;

/// One step of what a figure is of: `staff_group`, `Midwives`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level {
    /// The dimension's slug: `organisation`, `staff_group`, `region`.
    pub dimension: String,
    /// The level as the file has it.
    pub level: String,
}

impl Level {
    /// A level of a dimension.
    #[must_use]
    pub fn new(dimension: &str, level: &str) -> Self {
        Self {
            dimension: dimension.to_owned(),
            level: level.to_owned(),
        }
    }

    /// Whether it stands for all of its dimension, so that it must never be
    /// added to the others: `All staff groups`.
    #[must_use]
    pub fn is_all(&self) -> bool {
        let mut words = self.level.split_whitespace();
        words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("all"))
    }

    /// Whether a published flow of it is the total of flows of the other
    /// levels: all of a dimension, a total, or a nation beside its parts.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        const PLACES: [&str; 5] = ["nation", "country", "region", "ics", "organisation"];
        const NATIONS: [&str; 4] = ["england", "scotland", "wales", "northern ireland"];
        let name = self.level.trim().to_lowercase();
        let nation = PLACES.contains(&self.dimension.as_str()) && NATIONS.contains(&name.as_str());
        self.is_all() || nation || name == "total" || name.starts_with("total ")
    }
}

/// When a figure is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// As the file has it: `202403 to 202503`, `2011-12 Q1`, `2025`.
    pub label: String,
    /// The first and the last day, where the label says them.
    pub days: Option<(Day, Day)>,
}

/// What stands in the cell of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given {
    /// A figure.
    Value(f64),
    /// The publisher hid it: too few people.
    Suppressed,
    /// The publisher says that there is none, or left the cell empty.
    NotAvailable,
}

impl Given {
    /// The figure, where there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Suppressed | Self::NotAvailable => None,
        }
    }
}

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A share of one: 0.25 is a quarter.
    Share,
    /// A score from 0 to 10, more is better.
    Score,
    /// People, posts or answers.
    Count,
    /// Full-time equivalents.
    Fte,
}

/// Where a figure was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Publication {
    /// The file's path inside the study folder.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// Who publishes files of this layout.
    pub publisher: &'static str,
}

/// A published figure. What many figures of a file have in common is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    /// The measure's slug: `leaver_rate`, `intention_to_stay`.
    pub measure: Arc<str>,
    /// Which of a measure's definitions: `nhs_england`, `nhs_scotland_start`.
    pub definition: &'static str,
    /// What the file calls it.
    pub label: Arc<str>,
    /// What it is of, the widest first.
    pub levels: Arc<[Level]>,
    /// When.
    pub period: Arc<Period>,
    /// What it counts in.
    pub unit: Unit,
    /// The figure, or that it is hidden or not there.
    pub given: Given,
    /// How many were counted, where that is published.
    pub numerator: Option<u64>,
    /// Of how many: people, full-time equivalents, days, or the mean of two
    /// counts.
    pub denominator: Option<f64>,
    /// How many people or answers stand behind it.
    pub base: Option<u64>,
    /// Where it was published.
    pub publication: Arc<Publication>,
    /// What it can and cannot be compared with.
    pub note: &'static str,
    /// The spreadsheet's row.
    pub row: u32,
    /// The column, as a spreadsheet letters it, with its header; nothing for
    /// a figure made of several.
    pub column: Option<Arc<str>>,
}

impl Benchmark {
    /// The figure, where it is published.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.given.value()
    }

    /// Where it stands.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin {
            file: self.publication.file.clone(),
            sheet: self.publication.sheet.clone(),
            row: Some(self.row),
            column: self.column.as_deref().map(str::to_owned),
        }
    }

    /// The level in a dimension.
    #[must_use]
    pub fn level(&self, dimension: &str) -> Option<&str> {
        let own = self.levels.iter().find(|l| l.dimension == dimension);
        own.map(|l| l.level.as_str())
    }
}

/// How a number of people came to be another.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Of whom, the widest first.
    pub levels: Arc<[Level]>,
    /// When.
    pub period: Arc<Period>,
    /// Whether somebody else published it; else it is the organisation's own
    /// count of its people.
    pub published: bool,
    /// In post at the start.
    pub opening: Option<i64>,
    /// Who came.
    pub joiners: Option<i64>,
    /// Who left.
    pub leavers: Option<i64>,
    /// In post at the end.
    pub closing: Option<i64>,
    /// Where it stands.
    pub origin: Origin,
}

impl Flow {
    /// What joiners and leavers do not explain of the change: moves between
    /// groups, corrections, rounding. Nothing where a count is not there.
    #[must_use]
    pub fn unexplained(&self) -> Option<i64> {
        let expected = self
            .opening?
            .checked_add(self.joiners?)?
            .checked_sub(self.leavers?)?;
        self.closing?.checked_sub(expected)
    }
}

/// What lengths of time are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl TimeUnit {
    /// The unit in words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The whole day since the start that a time reaches, to the nearest: 12
    /// months and a year are 365 days, and a whole month is the day at which
    /// curves are read for it.
    #[must_use]
    pub fn day(self, time: f64) -> u32 {
        let day = match self {
            Self::Days => time + 0.5,
            Self::Weeks => 7.0 * time + 0.5,
            Self::Months => (365.0 * time + 6.0) / 12.0,
            Self::Years => 365.0 * time + 0.5,
        };
        // Past the range it is the last day that can be counted; a time is
        // never below nought.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let day = day.floor() as u32;
        day
    }
}

/// How long one person was followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// The spreadsheet's row.
    pub row: u32,
    /// For how long.
    pub time: f64,
    /// Whether they left at the end of it; else they were still there.
    pub left: bool,
    /// The place of their level in each of the groupings.
    pub levels: Vec<u32>,
}

/// What people of a table of durations are divided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// The dimension's slug, or the slug of the header.
    pub dimension: String,
    /// Levels as printed, in order of first appearance.
    pub levels: Vec<String>,
}

/// A table of durations: ready for a survival curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Durations {
    /// What times are counted in; nothing where neither header nor study says.
    pub unit: Option<TimeUnit>,
    /// What people are divided by.
    pub groupings: Vec<Grouping>,
    /// A row a person; those without a time or an event are left out.
    pub followed: Vec<Followed>,
    /// The table.
    pub origin: Origin,
}

impl Durations {
    /// What a model reads of one grouping: the place of each person's level.
    #[must_use]
    pub fn codes(&self, grouping: usize) -> Vec<u32> {
        let code = |f: &Followed| f.levels.get(grouping).copied().unwrap_or(0);
        self.followed.iter().map(code).collect()
    }

    /// The same as numbers, where every level that occurs is one: a score, an
    /// age in years. Nothing where some level is words.
    #[must_use]
    pub fn numbers(&self, grouping: usize) -> Option<Vec<f64>> {
        let levels = &self.groupings.get(grouping)?.levels;
        let number = |level: &String| level.trim().parse().ok().filter(|n: &f64| n.is_finite());
        let values: Vec<Option<f64>> = levels.iter().map(number).collect();
        let codes = self.codes(grouping).into_iter();
        let value = |code: u32| *values.get(usize::try_from(code).ok()?)?;
        codes.map(value).collect()
    }

    /// The times in order of rows, in `unit`.
    pub fn times(&self) -> impl Iterator<Item = f64> {
        self.followed.iter().map(|f| f.time)
    }

    /// Whether each left at the end of their time, in order of rows.
    pub fn events(&self) -> impl Iterator<Item = bool> {
        self.followed.iter().map(|f| f.left)
    }
}

/// Everything that tables of published figures, flows and durations hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Benchmarks {
    /// Published figures.
    pub figures: Vec<Benchmark>,
    /// Flows, published or the organisation's own.
    pub flows: Vec<Flow>,
    /// Durations, a table each.
    pub durations: Vec<Durations>,
}

#[cfg(test)]
mod tests {
    use super::{Flow, Level, Period};
    use staywise_core::domain::Origin;
    use std::sync::Arc;

    #[test]
    fn what_is_not_explained_needs_all_four_counts() {
        let flow = Flow {
            levels: Arc::new([]),
            period: Arc::new(Period {
                label: "2026".to_owned(),
                days: None,
            }),
            published: true,
            opening: Some(100),
            joiners: Some(12),
            leavers: Some(9),
            closing: Some(101),
            origin: Origin::default(),
        };
        assert_eq!(flow.unexplained(), Some(-2));
        let open = Flow {
            closing: None,
            ..flow
        };
        assert_eq!(open.unexplained(), None);
        assert!(Level::new("staff_group", "All staff groups").is_all());
        assert!(!Level::new("staff_group", "Allied Health Professionals").is_all());
        for (dimension, level, whole) in [
            ("region", "England", true),
            ("nationality", "England", false),
            ("organisation", "NHS England", false),
            ("band", "Total", true),
            ("band", "Totally new", false),
            ("staff_group", "ALL", true),
        ] {
            assert_eq!(Level::new(dimension, level).is_whole(), whole, "{level}");
        }
    }
}
