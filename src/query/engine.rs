//! Runs one query against the frames. The one place that calls the SQL
//! engine; what it cannot run becomes a finding, and what the study does not
//! have a reason.

use super::contract;
use super::header::{MetricQuery, mistake, nearest};
use super::sql::Select;
use crate::data::Frames;
use polars::prelude::{DataFrame, IntoLazy, PolarsError, PolarsResult};
use polars::sql::SQLContext;
use staywise_core::domain::Finding;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a metric has no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The study does not have what it needs: why, to follow "not available
    /// because".
    Unavailable(String),
    /// The file is wrong.
    Wrong(Vec<Finding>),
}

/// A query and what it is run on.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub query: &'a MetricQuery,
    pub select: &'a Select,
    pub frames: Frames<'a>,
}

impl Run<'_> {
    /// What stands in the way, before anything is made.
    pub(super) fn ready(&self) -> Result<(), Stop> {
        let wrong = contract::check_grain(self.query, self.select);
        if !wrong.is_empty() {
            return Err(Stop::Wrong(wrong));
        }
        let missing = self.select.frames.iter();
        match missing.filter_map(|f| self.frames.missing(*f)).next() {
            Some(why) => Err(Stop::Unavailable(why.to_owned())),
            None => Ok(()),
        }
    }

    /// The rows; `item` is whose answers are read.
    pub(super) fn rows(&self, item: usize) -> Result<DataFrame, Stop> {
        // The engine gives up on some queries by panicking.
        let result = catch_unwind(AssertUnwindSafe(|| self.run(item)));
        match result {
            Ok(Ok(Ok(rows))) => Ok(rows),
            Ok(Ok(Err(wrong))) => Err(Stop::Wrong(wrong)),
            Ok(Err(error)) => Err(self.explain(&error)),
            Err(_) => Err(self.wrong((
                format!("the query of `{}` cannot be run", self.query.metric.name),
                "Write it with plain columns, joins, conditions and grouping.".to_owned(),
            ))),
        }
    }

    fn run(&self, item: usize) -> PolarsResult<Result<DataFrame, Vec<Finding>>> {
        let mut context = SQLContext::new();
        for frame in &self.select.frames {
            let wanted = |column: &str| self.select.may_read(column);
            let made = self.frames.make(*frame, item, &wanted)?;
            context.register(frame.word(), made.lazy());
        }
        let mut lazy = context.execute(&self.select.sql)?;
        let wrong = contract::check(self.query, lazy.collect_schema()?.as_ref());
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        lazy.collect().map(Ok)
    }

    /// The study lacks a column that the query names, or the query is wrong.
    fn explain(&self, error: &PolarsError) -> Stop {
        let frames = &self.select.frames;
        let columns: Vec<String> = frames
            .iter()
            .flat_map(|f| self.frames.columns(*f))
            .collect();
        let unknown = || self.select.words().iter().filter(|w| !columns.contains(w));
        for word in unknown() {
            if let Some(why) = frames.iter().find_map(|f| self.frames.absent(*f, word)) {
                return Stop::Unavailable(why);
            }
        }
        let said = error.to_string();
        let meant = unknown()
            .filter(|word| said.contains(word.as_str()))
            .find_map(|word| {
                let name = nearest(word, columns.iter().map(String::as_str))?;
                Some(format!("Did you mean `{name}` where it says `{word}`?"))
            });
        let remedy = meant.unwrap_or_else(|| {
            "Compare it with the frames and the dialect in queries/README.md.".to_owned()
        });
        self.wrong((
            format!(
                "the query of `{}` cannot be run: {}",
                self.query.metric.name,
                first_line(&said)
            ),
            remedy,
        ))
    }

    fn wrong(&self, words: (String, String)) -> Stop {
        Stop::Wrong(vec![mistake(&self.query.path, None, words)])
    }
}

/// What the engine says, as far as it is for people.
fn first_line(said: &str) -> &str {
    let line = said.lines().next().unwrap_or("");
    line.split("; valid columns").next().unwrap_or(line)
}
