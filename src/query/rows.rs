//! A query's rows as plain vectors: keys checked, nulls and duplicates
//! refused by the metric's name, scores in fixed point. Knows no group and no
//! period.

use super::contract;
use super::header::MetricQuery;
use super::order::{by_person, pick};
use super::units::Units;
use super::wrong::mistake;
use polars::prelude::{Column, DataFrame, DataType};
use staywise_core::domain::tally::SCORE_ONE;
use staywise_core::domain::{Finding, Grain, Kind, Level};

/// The measure columns, by kind.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measures {
    Hit(Vec<bool>),
    /// Fixed point.
    Score(Vec<i64>),
    /// Index of the answer, from 0.
    Level(Vec<u32>),
    Event,
    Stay {
        from: Vec<i32>,
        /// `i32::MAX` where it has not ended.
        to: Vec<i32>,
        /// What each has; empty where units are counted.
        amount: Vec<u64>,
    },
    /// Stretches of time that each period cuts for itself.
    Stretch {
        from: Vec<i32>,
        /// `i32::MAX` where it has not ended.
        to: Vec<i32>,
        /// For a share, whether being there at the end is a hit; for an
        /// exposure, whether the stretch ends with an event.
        flag: Vec<bool>,
    },
    Exposure {
        events: Vec<u64>,
        days: Vec<u64>,
    },
    Life {
        entry: Vec<u32>,
        exit: Vec<u32>,
        event: Vec<bool>,
    },
    Amount(Vec<i64>),
    /// Published counts; none where the publisher gives none.
    Published(Vec<Option<i64>>),
    /// After less before, fixed point.
    Change(Vec<i64>),
}

/// Rows in order of person, then key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    pub key: Vec<u32>,
    /// Day counted at; 0 for a stock, which is counted at any date.
    pub at: Vec<i32>,
    pub person: Vec<u32>,
    pub measures: Measures,
    /// The answers of a distribution, in order.
    pub answers: Vec<Level>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.key.len()
    }

    /// Reads what a query returned; `answers` are the levels of the scale, if
    /// one is known.
    ///
    /// # Errors
    /// Everything that is wrong with the rows.
    pub(super) fn read(
        query: &MetricQuery,
        frame: &DataFrame,
        units: &Units<'_>,
        answers: Option<&[Level]>,
    ) -> Result<Self, Vec<Finding>> {
        let mut reader = Reader {
            query,
            frame,
            findings: Vec::new(),
        };
        let key = reader.keys(units);
        let stretches = contract::of_stretches(query.metric.kind, frame.schema());
        let at = match query.metric.kind {
            Kind::Stock => vec![0; key.len()],
            _ if stretches => vec![0; key.len()],
            _ => reader.days("at"),
        };
        let (measures, answers) = reader.measures(answers);
        if !reader.findings.is_empty() {
            return Err(reader.findings);
        }
        let person = key.iter().map(|k| units.person(*k)).collect();
        let rows = Self {
            key,
            at,
            person,
            measures,
            answers,
        };
        Ok(rows.in_order())
    }

    fn in_order(self) -> Self {
        let place = |i: usize| (self.person.get(i), self.key.get(i));
        if (1..self.len()).all(|i| place(i - 1) <= place(i)) {
            return self;
        }
        let order = by_person(&self.person, &self.key);
        let measures = match &self.measures {
            Measures::Hit(v) => Measures::Hit(pick(v, &order)),
            Measures::Score(v) => Measures::Score(pick(v, &order)),
            Measures::Level(v) => Measures::Level(pick(v, &order)),
            Measures::Event => Measures::Event,
            Measures::Stay { from, to, amount } => Measures::Stay {
                from: pick(from, &order),
                to: pick(to, &order),
                amount: pick(amount, &order),
            },
            Measures::Stretch { from, to, flag } => Measures::Stretch {
                from: pick(from, &order),
                to: pick(to, &order),
                flag: pick(flag, &order),
            },
            Measures::Exposure { events, days } => Measures::Exposure {
                events: pick(events, &order),
                days: pick(days, &order),
            },
            Measures::Life { entry, exit, event } => Measures::Life {
                entry: pick(entry, &order),
                exit: pick(exit, &order),
                event: pick(event, &order),
            },
            Measures::Amount(v) => Measures::Amount(pick(v, &order)),
            Measures::Published(v) => Measures::Published(pick(v, &order)),
            Measures::Change(v) => Measures::Change(pick(v, &order)),
        };
        Self {
            key: pick(&self.key, &order),
            at: pick(&self.at, &order),
            person: pick(&self.person, &order),
            measures,
            answers: self.answers,
        }
    }
}

struct Reader<'a> {
    query: &'a MetricQuery,
    frame: &'a DataFrame,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn wrong(&mut self, count: usize, words: (String, &str)) {
        let words = (words.0, words.1.to_owned());
        self.findings.push(Finding {
            count: u64::try_from(count).unwrap_or(u64::MAX),
            ..mistake(&self.query.path, None, words)
        });
    }

    fn column(&mut self, name: &str) -> Option<Column> {
        let column = self.frame.column(name).ok().cloned();
        let nulls = column.as_ref().map_or(0, Column::null_count);
        // A published count that is hidden or not given is none.
        let published = name == "amount" && self.query.metric.grain == Grain::Flow;
        if nulls > 0 && name != "to_day" && !published {
            let words = format!("`{name}` of `{}` is null", self.query.metric.name);
            self.wrong(nulls, (words, "Leave such rows out with a WHERE."));
        }
        column
    }

    /// Whole numbers and dates; none where null.
    fn wholes(&mut self, name: &str) -> Vec<Option<i64>> {
        let Some(column) = self.column(name) else {
            return Vec::new();
        };
        let cast = column.to_physical_repr().cast(&DataType::Int64);
        let series = cast.ok().map(|c| c.as_materialized_series().clone());
        series
            .as_ref()
            .and_then(|s| s.i64().ok())
            .map_or_else(Vec::new, |values| values.iter().collect())
    }

    /// Whole numbers that must fit; what does not is a finding. A null has
    /// one already.
    fn fit<T: TryFrom<i64> + Copy + Default>(&mut self, name: &str) -> Vec<T> {
        let mut outside = 0;
        let values = self.wholes(name).into_iter();
        let fitted = values
            .map(|value| {
                let fits = T::try_from(value.unwrap_or(0));
                outside += usize::from(fits.is_err());
                fits.unwrap_or_default()
            })
            .collect();
        if outside > 0 {
            let words = format!(
                "`{name}` of `{}` is negative or too large",
                self.query.metric.name
            );
            self.wrong(
                outside,
                (words, "Leave such rows out, or mend the arithmetic."),
            );
        }
        fitted
    }

    fn days(&mut self, name: &str) -> Vec<i32> {
        self.fit(name)
    }

    fn flags(&mut self, name: &str) -> Vec<bool> {
        let column = self.column(name);
        let series = column.map(|c| c.as_materialized_series().clone());
        let values = series.as_ref().and_then(|s| s.bool().ok());
        values.map_or_else(Vec::new, |v| v.iter().map(|b| b == Some(true)).collect())
    }

    fn numbers(&mut self, name: &str) -> Vec<f64> {
        let column = self
            .column(name)
            .and_then(|c| c.cast(&DataType::Float64).ok());
        let series = column.map(|c| c.as_materialized_series().clone());
        let values = series.as_ref().and_then(|s| s.f64().ok());
        values.map_or_else(Vec::new, |v| v.iter().map(|n| n.unwrap_or(0.0)).collect())
    }

    /// Fixed point; what is not finite, or past a thousand million, is a
    /// finding.
    fn fixed(&mut self, name: &str, values: impl Iterator<Item = f64>) -> Vec<i64> {
        const LARGEST: f64 = 1e9;
        let mut outside = 0;
        let one = SCORE_ONE as f64;
        let fixed = values
            .map(|value| {
                if value.is_finite() && value.abs() <= LARGEST {
                    // In range by the check.
                    #[allow(clippy::cast_possible_truncation)]
                    let fixed = (value * one).round() as i64;
                    fixed
                } else {
                    outside += 1;
                    0
                }
            })
            .collect();
        if outside > 0 {
            let words = format!(
                "`{name}` of `{}` is no usable number",
                self.query.metric.name
            );
            self.wrong(outside, (words, "Leave such rows out with a WHERE."));
        }
        fixed
    }

    fn keys(&mut self, units: &Units<'_>) -> Vec<u32> {
        let name = self.query.metric.grain.word();
        let keys: Vec<u32> = self.fit(name);
        let known = units.count();
        let strange = keys.iter().filter(|k| **k >= known).count();
        if strange > 0 {
            let words = format!("`{name}` of `{}` is no {name}", self.query.metric.name);
            self.wrong(
                strange,
                (words, "Return the key column as the frame has it."),
            );
            return keys;
        }
        let mut seen = vec![false; usize::try_from(known).unwrap_or(0)];
        let mut twice = 0;
        for key in &keys {
            if let Some(seen) = usize::try_from(*key).ok().and_then(|k| seen.get_mut(k)) {
                twice += usize::from(std::mem::replace(seen, true));
            }
        }
        if twice > 0 {
            let words = format!(
                "`{name}` stands in `{}` more than once",
                self.query.metric.name
            );
            self.wrong(
                twice,
                (words, "Return one row a unit; a join may have made more."),
            );
        }
        keys
    }

    fn measures(&mut self, answers: Option<&[Level]>) -> (Measures, Vec<Level>) {
        let kind = self.query.metric.kind;
        if contract::of_stretches(kind, self.frame.schema()) {
            return (self.stretches(kind), Vec::new());
        }
        let measures = match kind {
            Kind::Proportion => Measures::Hit(self.flags("hit")),
            Kind::Mean => {
                let scores = self.numbers("score");
                Measures::Score(self.fixed("score", scores.into_iter()))
            }
            Kind::Distribution => return self.levels(answers),
            Kind::Event | Kind::Ratio => Measures::Event,
            Kind::Stock => Measures::Stay {
                from: self.days("from_day"),
                to: self.ends(),
                amount: match self.frame.schema().contains("amount") {
                    true => self.fit("amount"),
                    false => Vec::new(),
                },
            },
            Kind::Exposure => Measures::Exposure {
                events: self.fit("events"),
                days: self.fit("person_days"),
            },
            Kind::Survival => self.lives(),
            Kind::Sum if self.query.metric.grain == Grain::Flow => {
                Measures::Published(self.wholes("amount"))
            }
            Kind::Sum => Measures::Amount(self.fit("amount")),
            Kind::Paired => {
                let before = self.numbers("before");
                let change = self.numbers("after").into_iter().zip(before);
                Measures::Change(self.fixed("after less before", change.map(|(a, b)| a - b)))
            }
        };
        (measures, Vec::new())
    }

    /// The ends of stretches; `i32::MAX` where there is none yet.
    fn ends(&mut self) -> Vec<i32> {
        let ends = self.wholes("to_day").into_iter();
        let last = |day: Option<i64>| day.and_then(|d| i32::try_from(d).ok());
        ends.map(|day| last(day).unwrap_or(i32::MAX)).collect()
    }

    fn stretches(&mut self, kind: Kind) -> Measures {
        let from = self.days("from_day");
        let to = self.ends();
        let flag = self.flags(if kind == Kind::Exposure {
            "event"
        } else {
            "there"
        });
        Measures::Stretch { from, to, flag }
    }

    fn lives(&mut self) -> Measures {
        let entry: Vec<u32> = self.fit("entry_day");
        let exit: Vec<u32> = self.fit("exit_day");
        let event = self.flags("event");
        let early = entry.iter().zip(&exit).filter(|(a, b)| a > b).count();
        if early > 0 {
            let words = format!(
                "`exit_day` of `{}` is before `entry_day`",
                self.query.metric.name
            );
            self.wrong(early, (words, "Leave out those who were never followed."));
        }
        Measures::Life { entry, exit, event }
    }

    fn levels(&mut self, answers: Option<&[Level]>) -> (Measures, Vec<Level>) {
        let column = self.column("level");
        if column
            .as_ref()
            .is_some_and(|c| *c.dtype() == DataType::String)
        {
            return self.texts(column, answers);
        }
        let levels: Vec<u32> = self.fit("level");
        let most = levels.iter().max().copied().unwrap_or(0);
        let numbered = || (1..=most).map(|n| Level::new(&n.to_string())).collect();
        let answers = answers.map_or_else(numbered, <[Level]>::to_vec);
        let last = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        let off = levels.iter().filter(|l| !(1..=last).contains(*l)).count();
        if off > 0 {
            let words = format!("`level` of `{}` is off the scale", self.query.metric.name);
            self.wrong(off, (words, "Levels count from 1, in the scale's order."));
        }
        let levels = levels.into_iter().map(|l| l.saturating_sub(1)).collect();
        (Measures::Level(levels), answers)
    }

    fn texts(
        &mut self,
        column: Option<Column>,
        answers: Option<&[Level]>,
    ) -> (Measures, Vec<Level>) {
        let series = column.map(|c| c.as_materialized_series().clone());
        let texts = series.as_ref().and_then(|s| s.str().ok());
        let texts: Vec<&str> =
            texts.map_or_else(Vec::new, |t| t.iter().map(|t| t.unwrap_or("")).collect());
        let distinct = || {
            let mut all: Vec<&str> = texts.clone();
            all.sort_unstable();
            all.dedup();
            all.into_iter().map(Level::new).collect()
        };
        let answers: Vec<Level> = answers.map_or_else(distinct, <[Level]>::to_vec);
        let mut off = 0;
        let index = |text: &&str| answers.iter().position(|a| a.as_str() == *text);
        let levels = texts.iter().map(|text| {
            let found = index(text).and_then(|i| u32::try_from(i).ok());
            off += usize::from(found.is_none());
            found.unwrap_or(0)
        });
        let levels = levels.collect();
        if off > 0 {
            let words = format!(
                "`level` of `{}` is no level of the scale",
                self.query.metric.name
            );
            self.wrong(
                off,
                (
                    words,
                    "Return the scale's own labels, or the level's number.",
                ),
            );
        }
        (Measures::Level(levels), answers)
    }
}
