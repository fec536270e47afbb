//! Finding the rows that a component asks for. Everything shown on a page is
//! picked here from released rows; nothing is added, joined or recomputed.

use super::facts::Facts;
use super::phrases;
use super::request::{Request, When};
use super::strength::by_words;
use super::words::{capital, dimension_name, period_words};
use crate::chart::figure::unquoted;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Metric, RowKey, Statistic, Status};
use std::collections::HashSet;

/// Levels of those of whom it is not known.
const NOBODY: [&str; 2] = ["Not known", "Not linked"];

/// The rows of a run and the facts beside them.
#[derive(Clone, Copy)]
pub(super) struct Shelf<'a> {
    /// Every released row.
    pub(super) rows: &'a [Released],
    /// What is said beside them.
    pub(super) facts: &'a Facts,
}

/// Which figures of a metric.
#[derive(Clone, Copy)]
pub(super) struct Pick<'a> {
    /// The metric's name.
    pub(super) metric: &'a str,
    /// How people are divided.
    pub(super) by: &'a [Dimension],
    /// One item only.
    pub(super) item: Option<&'a str>,
    /// Which statistic.
    pub(super) statistic: Statistic,
    /// The period's label; nothing for every period.
    pub(super) period: Option<&'a str>,
}

impl<'a> Shelf<'a> {
    /// The rows picked, in the order they were released in. What models and
    /// comparisons made is told with them and nowhere else.
    pub(super) fn pick(&self, pick: &Pick<'_>) -> Vec<&'a Released> {
        let wanted = |key: &RowKey| {
            key.metric == pick.metric
                && key.adjusted_for.is_none()
                && key.statistic == pick.statistic
                && pick.period.is_none_or(|label| key.period.label == label)
                && pick
                    .item
                    .is_none_or(|item| key.item.as_deref() == Some(item))
                && divided(key, pick.by)
        };
        // A table's total is everyone's row too, so it may be there twice.
        let mut seen = HashSet::new();
        self.rows
            .iter()
            .filter(|row| wanted(row.key()) && seen.insert(row.key()))
            .collect()
    }

    /// The label of the period that a request is about.
    pub(super) fn period(&self, when: When) -> &'a str {
        match when {
            When::Reported => &self.facts.reported.label,
            When::All => "all",
        }
    }

    /// The values that a request asks for, by its own dimensions. A level that
    /// is nobody's group and has nothing in it is left out.
    pub(super) fn asked(&self, request: &Request) -> Vec<&'a Released> {
        let mut rows = self.values(request, &request.by);
        let nobody = |row: &Released| {
            let levels = row.key().group.parts();
            let mut levels = levels.iter().map(|(_, level)| level.as_str());
            levels.any(|level| NOBODY.contains(&level))
        };
        rows.retain(|row| row.status() != Status::NotApplicable || !nobody(row));
        rows
    }

    /// The same for everyone.
    pub(super) fn everyone(&self, request: &Request) -> Vec<&'a Released> {
        self.values(request, &[])
    }

    /// The values for each of a request's dimensions, one after another.
    pub(super) fn divided(&self, request: &Request) -> Vec<&'a Released> {
        let by = request.by.iter();
        by.flat_map(|dimension| self.values(request, std::slice::from_ref(dimension)))
            .collect()
    }

    /// Each group less the one it is compared with, dimension by dimension.
    pub(super) fn differences(&self, request: &Request) -> Vec<&'a Released> {
        let by = request.by.iter();
        by.flat_map(|dimension| self.less(request, std::slice::from_ref(dimension)))
            .collect()
    }

    /// Everyone's figure less that of an earlier period.
    pub(super) fn change(&self, request: &Request) -> Option<&'a Released> {
        self.less(request, &[]).into_iter().next()
    }

    fn less(&self, request: &Request, by: &[Dimension]) -> Vec<&'a Released> {
        self.pick(&Pick {
            metric: request.metric(),
            by,
            item: request.item.as_deref(),
            statistic: Statistic::Difference,
            period: Some(self.period(request.when)),
        })
    }

    /// The earlier figure that a change is from.
    pub(super) fn before(&self, change: &Released) -> Option<&'a Released> {
        let key = change.key();
        let earlier = self.pick(&Pick {
            metric: &key.metric,
            by: &[],
            item: key.item.as_deref(),
            statistic: Statistic::Value,
            period: Some(key.comparator.as_ref()?.as_str()),
        });
        earlier.into_iter().next()
    }

    fn values(&self, request: &Request, by: &[Dimension]) -> Vec<&'a Released> {
        self.pick(&Pick {
            metric: request.metric(),
            by,
            item: request.item.as_deref(),
            statistic: Statistic::Value,
            period: Some(self.period(request.when)),
        })
    }

    /// A metric's header.
    pub(super) fn metric(&self, name: &str) -> Option<&'a Metric> {
        self.facts.metric(name)
    }

    /// A metric's label; its name where it has no header.
    pub(super) fn label(&self, name: &str) -> String {
        let label = self.metric(name).map(|metric| metric.label.clone());
        label.unwrap_or_else(|| name.replace('_', " "))
    }

    /// The dates that a request's figures are about.
    pub(super) fn dates(&self, request: &Request, rows: &[&Released]) -> String {
        let period = rows
            .first()
            .map_or(&self.facts.reported, |row| &row.key().period);
        period_words(period, self.metric(request.metric()))
    }

    /// Why a request has no rows, as a sentence.
    pub(super) fn why_missing(&self, request: &Request) -> String {
        let label = self.label(request.metric());
        let by = by_words(request.by.iter().map(Dimension::as_str));
        let whole = match by.as_str() {
            "" => label.clone(),
            by => phrases::BY_GROUPS.say([&label, by]),
        };
        match self.lack(request) {
            Lack::Metric(why) => phrases::NOT_AVAILABLE.say([&label, &why]),
            Lack::Dimension(name) => phrases::NO_DIMENSION.say([&whole, &name]),
            Lack::Figures(when) => phrases::NO_FIGURES.say([&whole, &when]),
        }
    }

    /// What a request without rows lacks, whichever metric it asks for.
    pub(super) fn lack(&self, request: &Request) -> Lack {
        if let Some(why) = self.facts.why_unavailable(request.metric()) {
            return Lack::Metric(unquoted(why.trim().trim_end_matches('.')));
        }
        let absent = request.by.iter().find(|dimension| {
            let mut keys = self.rows.iter().map(Released::key);
            !keys.any(|key| key.group.parts().iter().any(|(d, _)| d == *dimension))
        });
        match (absent, request.when) {
            (Some(dimension), _) => Lack::Dimension(dimension_name(dimension.as_str())),
            (None, When::Reported) => Lack::Figures(self.facts.reported.in_words()),
            (None, When::All) => {
                Lack::Figures(phrases::UP_TO_DAY.say([&self.facts.as_at.to_string()]))
            }
        }
    }

    /// The question behind an item's slug.
    pub(super) fn question(&self, item: &str) -> String {
        let found = self.facts.question(item);
        found.map_or_else(
            || capital(&item.replace('_', " ")),
            |question| question.text.clone(),
        )
    }
}

/// What stands in the way of figures, in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lack {
    /// The metric cannot be computed, and why.
    Metric(String),
    /// The data do not divide people so.
    Dimension(String),
    /// There are none for these dates.
    Figures(String),
}

/// Whether a row divides people in just this way, in either order.
fn divided(key: &RowKey, by: &[Dimension]) -> bool {
    let parts = key.group.parts();
    parts.len() == by.len()
        && by
            .iter()
            .all(|wanted| parts.iter().any(|(dimension, _)| dimension == wanted))
}
