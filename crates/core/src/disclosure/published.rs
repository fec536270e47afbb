//! Rows that an earlier run released, read back from the fields of its
//! results. Refuses what no run writes; makes no figure that is not there and
//! shows none that was not shown.

use super::{Policy, Released};
use crate::domain::estimate::METHODS;
use crate::domain::{
    Day, Dimension, Figures, Good, Group, Interval, Kind, Level, Period, RowKey, Statistic, Status,
    Unit,
};
use std::collections::BTreeMap;
use std::fmt;

/// One row of results.csv or results.json: the columns' names and their text.
/// A column that is not there is empty; names that are no column are passed
/// over, so that a later version may add to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedFields(BTreeMap<String, String>);

impl PublishedFields {
    /// The fields of a row: column and text.
    pub fn new<N: Into<String>, T: Into<String>>(fields: impl IntoIterator<Item = (N, T)>) -> Self {
        let own = fields.into_iter().map(|(n, t)| (n.into(), t.into()));
        Self(own.collect())
    }

    fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    /// The same with the apostrophe taken away that keeps a spreadsheet from
    /// running text as a formula.
    fn unguarded(&self) -> Self {
        let plain = |text: &String| {
            let rest = text.strip_prefix('\'');
            rest.filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']))
                .unwrap_or(text)
                .to_owned()
        };
        let fields = self.0.iter();
        Self(fields.map(|(n, t)| (n.clone(), plain(t))).collect())
    }
}

/// Why a row cannot be read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPublished {
    /// The column it is about.
    pub column: &'static str,
    /// What is wrong, in words.
    pub why: String,
}

impl fmt::Display for NotPublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.column, self.why)
    }
}

impl std::error::Error for NotPublished {}

fn refuse<T>(column: &'static str, why: impl Into<String>) -> Result<T, NotPublished> {
    Err(NotPublished {
        column,
        why: why.into(),
    })
}

/// The columns that only a shown row may fill.
const NUMBERS: [&str; 9] = [
    "n",
    "numerator",
    "denominator",
    "estimate",
    "lower",
    "upper",
    "interval_level",
    "method",
    "persons",
];

impl Released {
    /// A row that an earlier run released. `label` is the metric's printed
    /// name and `as_at` the earlier run's date (for the period `all`), which
    /// results.csv does not hold. Its period is the one of that label, also
    /// where the metric is counted over a window that ends with it. It has no
    /// `adjusted_p` and no `not_yet_due`.
    ///
    /// # Errors
    /// `NotPublished` where a run would not have written it so: a number
    /// beside a status that is not shown, a word that is none, an interval
    /// that does not hold its figure, a claim that is not that of the row.
    pub fn published(
        label: &str,
        as_at: Day,
        fields: &PublishedFields,
    ) -> Result<Self, NotPublished> {
        let row = Row { fields };
        let key = row.claimed(as_at)?;
        let status = row.word("status", &Status::ALL, Status::code)?;
        let reason = row.reason(status)?;
        if status != Status::Shown
            && let Some(column) = NUMBERS.into_iter().find(|c| !fields.text(c).is_empty())
        {
            let why = format!("a row of the status `{}` has no number", status.code());
            return refuse(column, why);
        }
        if fields.text("weighted") != "false" {
            return refuse("weighted", "a weighted figure is not read back");
        }
        let unit = row.word("unit", &Unit::ALL, Unit::word)?;
        let shown = status == Status::Shown;
        Ok(Self {
            key,
            label: label.to_owned(),
            kind: row.word("kind", &Kind::ALL, Kind::word)?,
            unit,
            good: row.word("good", &Good::ALL, Good::word)?,
            status,
            reason,
            base: row.count("n")?,
            figures: if shown {
                Some(row.figures(unit)?)
            } else {
                None
            },
            persons: row.count("persons")?,
            not_yet_due: None,
            adjusted_p: None,
        })
    }
}

/// A row being read.
struct Row<'a> {
    fields: &'a PublishedFields,
}

impl Row<'_> {
    /// The key that the row's claim is of: as written, or without the
    /// apostrophes that CSV may have before its texts.
    fn claimed(&self, as_at: Day) -> Result<RowKey, NotPublished> {
        let claim = self.fields.text("claim");
        let key = self.key(as_at)?;
        if key.claim() == claim {
            return Ok(key);
        }
        let fields = &self.fields.unguarded();
        let key = Row { fields }.key(as_at)?;
        if key.claim() == claim {
            return Ok(key);
        }
        refuse("claim", format!("`{claim}` is not the claim of this row"))
    }

    fn key(&self, as_at: Day) -> Result<RowKey, NotPublished> {
        let statistic = self.word("statistic", &Statistic::ALL, Statistic::word)?;
        let comparator = self.level("comparator_level");
        let compares = matches!(statistic, Statistic::Difference | Statistic::Ratio);
        if compares != comparator.is_some() {
            let why = "what is compared has a comparator, and nothing else has";
            return refuse("comparator_level", why);
        }
        let horizon = self.count("horizon_months")?.map(u32::try_from);
        let Ok(horizon_months) = horizon.transpose() else {
            return refuse("horizon_months", "too large");
        };
        Ok(RowKey {
            metric: self.some("metric")?.to_owned(),
            definition: self.some("definition")?.to_owned(),
            period: self.period(as_at)?,
            group: self.group()?,
            statistic,
            item: self.level("item").map(|item| item.as_str().to_owned()),
            answer: self.level("answer"),
            horizon_months,
            comparator,
            adjusted_for: Some(self.fields.text("adjusted_for"))
                .filter(|words| !words.is_empty())
                .map(str::to_owned),
        })
    }

    fn period(&self, as_at: Day) -> Result<Period, NotPublished> {
        let label = self.some("period")?;
        let all = Period::all(as_at);
        if label == all.label {
            return Ok(all);
        }
        Period::parse(label).or_else(|unknown| refuse("period", unknown.to_string()))
    }

    fn group(&self) -> Result<Group, NotPublished> {
        let part = |dimension: &'static str, level: &'static str| {
            let slug = self.fields.text(dimension);
            match (slug.is_empty(), self.level(level)) {
                (false, Some(level)) => Ok(Some((Dimension::new(slug), level))),
                (true, None) => Ok(None),
                _ => refuse(dimension, "a dimension and its level stand together"),
            }
        };
        let first = part("dimension", "level")?;
        match (first, part("dimension_2", "level_2")?) {
            (None, None) => Ok(Group::everyone()),
            (Some((d, l)), None) => Ok(Group::one(&d, &l)),
            (Some((d, l)), Some((e, m))) => Ok(Group::pair((&d, &l), (&e, &m))),
            (None, Some(_)) => refuse("dimension_2", "there is no first dimension"),
        }
    }

    /// Why there is no figure. What is hidden says the one thing that all that
    /// is hidden says.
    fn reason(&self, status: Status) -> Result<String, NotPublished> {
        let reason = self.fields.text("reason");
        match status {
            Status::Shown if reason.is_empty() => Ok(String::new()),
            Status::Shown => refuse("reason", "a row that is shown gives none"),
            _ if reason.is_empty() => refuse("reason", "a row that is not shown gives one"),
            Status::Confidential => Ok(Policy::nss10().words().to_owned()),
            _ => Ok(reason.to_owned()),
        }
    }

    fn figures(&self, unit: Unit) -> Result<Figures, NotPublished> {
        let Some(estimate) = self.number("estimate")? else {
            return refuse("estimate", "a row that is shown has a figure");
        };
        let interval = self.interval()?;
        if interval.is_some_and(|i| estimate < i.lower || i.upper < estimate) {
            return refuse("estimate", "the figure lies outside its interval");
        }
        Ok(Figures {
            n: self.count("n")?.unwrap_or(0),
            numerator: self.number("numerator")?,
            denominator: self.number("denominator")?,
            estimate,
            interval,
            unit,
        })
    }

    fn interval(&self) -> Result<Option<Interval>, NotPublished> {
        let method = self.fields.text("method");
        let known = METHODS.iter().copied().find(|m| *m == method);
        if known.is_none() && !method.is_empty() {
            return refuse("method", format!("`{method}` is no method"));
        }
        let limits = (self.number("lower")?, self.number("upper")?);
        match (limits, self.number("interval_level")?, known) {
            ((None, None), None, None) => Ok(None),
            ((Some(lower), Some(upper)), Some(level), Some(method))
                if lower <= upper && level > 0.0 && level < 1.0 =>
            {
                Ok(Some(Interval {
                    lower,
                    upper,
                    level,
                    method,
                }))
            }
            _ => refuse(
                "lower",
                "an interval has two limits in order, a level and a method",
            ),
        }
    }

    fn some(&self, column: &'static str) -> Result<&str, NotPublished> {
        match self.fields.text(column) {
            "" => refuse(column, "there is nothing there"),
            text => Ok(text),
        }
    }

    fn level(&self, column: &str) -> Option<Level> {
        let text = self.fields.text(column);
        (!text.is_empty()).then(|| Level::new(text))
    }

    fn word<T: Copy>(
        &self,
        column: &'static str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<T, NotPublished> {
        let text = self.some(column)?;
        match all.iter().find(|one| word(**one) == text) {
            Some(found) => Ok(*found),
            None => refuse(column, format!("`{text}` is not known")),
        }
    }

    fn number(&self, column: &'static str) -> Result<Option<f64>, NotPublished> {
        match self.fields.text(column) {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Some(value)),
                _ => refuse(column, format!("`{text}` is no number")),
            },
        }
    }

    fn count(&self, column: &'static str) -> Result<Option<u64>, NotPublished> {
        match self.fields.text(column) {
            "" => Ok(None),
            text => match text.parse::<u64>() {
                Ok(count) => Ok(Some(count)),
                Err(_) => refuse(column, format!("`{text}` is no whole number")),
            },
        }
    }
}
